"""A week as it was known at a moment: every attempt, and the rows in force. The store reads it,
the summary uses it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Generic, TypeVar

from domain.decisions import CaseDecision
from domain.findings import Finding
from domain.forms import Part
from domain.lineage import CellSource
from domain.submissions import Row, SubmissionState
from domain.weeks import WeekName

R = TypeVar("R", bound=Row)


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class InForceRow(Generic[R]):
    """A row that counts. After a nil report it is a row of an earlier week's file, and `kept_by` is the statement
    that keeps it in force."""

    reporter: str
    sha256: str
    row: R
    kept_by: CellSource | None = None

    def source(self, name: str) -> CellSource:
        """The cell behind one field of the row."""
        return self.row.source(self.sha256, name)


def cells_behind(lines: Iterable[InForceRow[R]], *names: str) -> tuple[CellSource, ...]:
    """The cells of these fields where the file has the column, and the nil statements that keep the rows in force;
    each once."""
    lines = tuple(lines)
    cells = [line.source(name) for line in lines for name in names if line.row.cell(name)]
    return tuple(dict.fromkeys((*cells, *(line.kept_by for line in lines if line.kept_by))))


@dataclass(frozen=True)
class WeekSnapshot:
    """What was recorded of `week` up to `as_of`. Reporters without any file have no key in `attempts`. `decisions`:
    over cases of this week and of earlier ones."""

    campaign: str
    week: WeekName
    as_of: datetime
    attempts: Mapping[str, tuple[Attempt, ...]] = field(default_factory=dict)
    rows: Mapping[Part, tuple[InForceRow[Row], ...]] = field(default_factory=dict)
    decisions: tuple[CaseDecision, ...] = ()

    def parted(self, reporters: Collection[str]) -> tuple["WeekSnapshot", "WeekSnapshot"]:
        """What was recorded of these reporters, and of all others."""
        return self._where(lambda reporter: reporter in reporters), self._where(lambda r: r not in reporters)

    def _where(self, is_wanted: Callable[[str], bool]) -> "WeekSnapshot":
        attempts = {reporter: files for reporter, files in self.attempts.items() if is_wanted(reporter)}
        rows = {
            part: tuple(line for line in lines if is_wanted(line.reporter))
            for part, lines in self.rows.items()
        }
        decisions = tuple(each for each in self.decisions if is_wanted(each.commune))
        rows = {part: lines for part, lines in rows.items() if lines}
        return replace(self, attempts=attempts, rows=rows, decisions=decisions)

    def rows_of(self, part: Part, kind: type[R]) -> Iterator[InForceRow[R]]:
        """The rows in force of one part, as the type that part has (domain.submissions.ROW_TYPES)."""
        own = self._own_files(part)
        nil = self._nil_statements()
        for line in self.rows.get(part, ()):
            if isinstance(line.row, kind):
                is_own = (line.reporter, line.sha256) in own
                kept_by = None if is_own else nil.get(line.reporter)
                yield InForceRow(line.reporter, line.sha256, line.row, kept_by)

    def _own_files(self, part: Part) -> set[tuple[str, str]]:
        """(reporter, hash) of what was accepted this week with this part. By state, because the bytes of an
        earlier week may have come again and been returned."""
        return {(reporter, attempt.sha256) for reporter, attempt in self._accepted() if part in attempt.parts}

    def _nil_statements(self) -> dict[str, CellSource]:
        """Reporter -> the cell of its last nil statement, or its file where no cell makes one."""
        return {
            reporter: attempt.nil_source or CellSource(attempt.sha256, "", "", attempt.file_name)
            for reporter, attempt in self._accepted()
            if attempt.nil
        }

    def _accepted(self) -> Iterator[tuple[str, Attempt]]:
        for reporter, attempts in self.attempts.items():
            for attempt in sorted(attempts, key=lambda a: (a.received_at, a.recorded_at, a.sha256)):
                if attempt.state is SubmissionState.ACCEPTED:
                    yield reporter, attempt
