"""A week as it was known at a moment: every attempt, and the rows in force. The store reads it,
the summary uses it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

from domain.findings import Finding
from domain.forms import Part
from domain.lineage import CellSource
from domain.submissions import Row, SubmissionState
from domain.weeks import WeekName

R = TypeVar("R", bound=Row)


@dataclass(frozen=True)
class Attempt:
    """One file of a reporter's week with its latest verdict. `parts`: what the file carries."""

    sha256: str
    file_name: str
    received_at: datetime
    recorded_at: datetime
    state: SubmissionState
    nil: bool = False
    parts: frozenset[Part] = frozenset()
    findings: tuple[Finding, ...] = ()
    nil_source: CellSource | None = None  # the cell of the nil statement, where the file makes one


@dataclass(frozen=True)
class InForceRow(Generic[R]):
    """A row that counts. After a nil report it is a row of an earlier week's file."""

    reporter: str
    sha256: str
    row: R

    def source(self, name: str) -> CellSource:
        """The cell behind one field of the row."""
        return self.row.source(self.sha256, name)


@dataclass(frozen=True)
class WeekSnapshot:
    """What was recorded of `week` up to `as_of`. Reporters without any file have no key in `attempts`."""

    campaign: str
    week: WeekName
    as_of: datetime
    attempts: Mapping[str, tuple[Attempt, ...]] = field(default_factory=dict)
    rows: Mapping[Part, tuple[InForceRow[Row], ...]] = field(default_factory=dict)

    def rows_of(self, part: Part, kind: type[R]) -> Iterator[InForceRow[R]]:
        """The rows in force of one part, as the type that part has (domain.submissions.ROW_TYPES)."""
        for line in self.rows.get(part, ()):
            if isinstance(line.row, kind):
                yield InForceRow(line.reporter, line.sha256, line.row)
