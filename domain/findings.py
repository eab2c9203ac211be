"""What a check has to say: a code, a place, facts. The words stand in config/messages.vi.yaml, never here."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple


class Severity(StrEnum):
    """quarantine: not sure whose or what; error: the whole file is returned; warning travels along;
    note only tells."""

    QUARANTINE = "quarantine"
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def vi(self) -> str:
        return _VI[self]


_VI = {
    Severity.QUARANTINE: "cần xác minh",
    Severity.ERROR: "lỗi",
    Severity.WARNING: "lưu ý",
    Severity.NOTE: "ghi chú",
}


class Place(NamedTuple):
    """Where in the file: sheet and cell in the sender's own terms. Both empty = the file as a whole."""

    sheet: str = ""
    cell: str = ""

    @property
    def vi(self) -> str:
        """`Tiến độ, ô G12`; "" for the file as a whole. A paragraph of a Word document says itself what it is."""
        named = f"ô {self.cell}" if self.cell[:1].isupper() else self.cell
        return ", ".join(part for part in (self.sheet, named) if part)


# Facts in our own words or in a list's; every other quotes the file.
_NO_QUOTES = frozenset(
    {
        "days",
        "example",
        "expected",
        "heading",
        "indicator",
        "judgement",
        "name",
        "other",
        "own_week",
        "part",
        "ratio",
        "rule",
        "target",
        "week",
    }
)


_INTERNALS = frozenset({"error", "traceback"})  # see telling.failure_facts


class Finding(NamedTuple):
    """One thing that a check found. `facts` fill the braces of the code's sentence; all of them are text.

    A tuple, as Place: a file has thirty, and making them was a fifth of what judging it costs.
    """

    code: str
    severity: Severity
    place: Place = Place()
    facts: Mapping[str, str] = MappingProxyType({})

    def without_internals(self) -> "Finding":
        """The same without what only a technician needs: our own error, and where in our code it was raised."""
        return self._replace(
            facts={name: fact for name, fact in self.facts.items() if name not in _INTERNALS}
        )

    def without_quotes(self) -> "Finding":
        """The same without what the sender wrote; its sentence shows "…" there."""
        return self._replace(facts={name: fact for name, fact in self.facts.items() if name in _NO_QUOTES})


def blocks(findings: Iterable[Finding]) -> bool:
    """Whether any of these keeps the file out of the sums."""
    return any(finding.severity in (Severity.ERROR, Severity.QUARANTINE) for finding in findings)


def is_refused(findings: Iterable[Finding]) -> bool:
    """Whether a person decided that the file is no report (decision 0022)."""
    return any(finding.code == "REFUSED_BY_HAND" for finding in findings)


def names_another_unit(findings: Iterable[Finding]) -> bool:
    """Whether the file says that it is the report of another unit of the roster."""
    return any(finding.code == "REPORTER_DIFFERS" and "other" in finding.facts for finding in findings)
