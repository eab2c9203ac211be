"""One file understood: typed rows with their places, and the verdict over them.
Raw bytes and grids stay outside."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from domain.findings import Finding, Severity
from domain.forms import DossierState, Part
from domain.judgement import Judgement
from domain.lineage import CellSource
from domain.weeks import WeekName


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """Place of a row: `columns` says which field stands in which column letter ("judgement" -> "G").

    `raw` keeps the text of a field only where it is not the canonical writing of its value.
    """

    sheet: str
    row: int  # 1-based, as the sender sees it
    columns: Mapping[str, str] = field(default_factory=dict)
    raw: Mapping[str, str] = field(default_factory=dict)

    def cell(self, name: str) -> str:
        """`G12`, or "" where the file has no column for this field."""
        letter = self.columns.get(name)
        return f"{letter}{self.row}" if letter else ""

    def source(self, sha256: str, name: str) -> CellSource:
        """The cell behind one field."""
        return CellSource(
            sha256, self.sheet, self.cell(name), self.raw.get(name, canonical_text(getattr(self, name, None)))
        )


def canonical_text(value: object) -> str:
    """How a typed value is written when its raw text was already canonical:
    "" | đạt | có | 85.5 | 2023-04-25 | 1500000."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    return value.vi if isinstance(value, Judgement | DossierState) else str(value)


@dataclass(frozen=True, kw_only=True, slots=True)
class ProgressRow(Row):
    """One indicator as the commune sees it.
    A row at criterion level or of a condition has that code instead."""

    indicator: str
    judgement: Judgement
    result: Decimal | None = None  # in the indicator's unit; percent points 0-100
    result_text: str = ""  # the same as text, or the only form of it (yes/no, grade)
    completion: Decimal | None = None  # percent points
    planned_on: date | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class DossierRow(Row):
    """One evidence document of an indicator."""

    indicator: str
    document: str
    state: DossierState | None  # None = not stated, which is not "chưa lập"
    guided_by: str = ""
    sent_on: date | None = None
    answered_on: date | None = None
    lacking: str = ""


class DebtRowKind(StrEnum):
    PROJECT = "project"
    TOTAL = "total"
    NO_DEBT = "no_debt"  # the commune states that it has none: an explicit zero


ALLOTTED_FIELDS = (
    "allotted_central",
    "allotted_province",
    "allotted_district",
    "allotted_commune",
    "allotted_other",
    "allotted_people",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class DebtRow(Row):
    """One project. Every sum is whole đồng; None = not stated, which is never zero.

    `in_programme`: of the programme (CT MTQG xây dựng NTM) whose gate asks for no debt; None = not stated, never "no".
    """

    project: str
    kind: DebtRowKind = DebtRowKind.PROJECT
    decision: str = ""
    term: str = ""
    total_investment: int | None = None
    settled: int | None = None
    accepted: int | None = None
    allotted_central: int | None = None
    allotted_province: int | None = None
    allotted_district: int | None = None
    allotted_commune: int | None = None
    allotted_other: int | None = None
    allotted_people: int | None = None
    paid: int | None = None
    stated_debt: int | None = None
    debt_before_2015: int | None = None
    repayment: str = ""
    note: str = ""
    in_programme: bool | None = None
    unit: int = 1  # đồng in one of the unit the row was written in
    last_digit: int = 1  # đồng in one of the last digit shown: how precise "equal" can be


@dataclass(frozen=True, kw_only=True, slots=True)
class VerificationRow(Row):
    """What an agency found for one indicator of one commune."""

    commune: str
    indicator: str
    judgement: Judgement
    commune_said: str = ""
    state: DossierState | None = None  # of the indicator's documents together
    dossier_state: str = ""  # the same as text
    lacking: str = ""
    checked_on: date | None = None
    province_said: str = ""
    expected_on: date | None = None
    proposal: str = ""
    result: Decimal | None = None  # what the agency makes of it, as ProgressRow.result
    result_text: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class RemarkRow(Row):
    """One subject of free text."""

    subject: str
    text: str


ROW_TYPES: Mapping[Part, type[Row]] = {
    Part.PROGRESS: ProgressRow,
    Part.DOSSIERS: DossierRow,
    Part.DEBT: DebtRow,
    Part.VERIFICATION: VerificationRow,
    Part.REMARKS: RemarkRow,
}
PLACE_FIELDS = tuple(f.name for f in fields(Row))
# The fields that a part adds to the place of a row.
TYPED_FIELDS: Mapping[Part, tuple[str, ...]] = {
    part: tuple(f.name for f in fields(row_type) if f.name not in PLACE_FIELDS)
    for part, row_type in ROW_TYPES.items()
}


@dataclass(frozen=True)
class Submission:
    """One file understood. `parts` has a key for every part that the file brings; a blank table brings none."""

    campaign: str
    reporter: str
    week: WeekName
    sha256: str
    file_name: str
    received_at: datetime
    form: str = ""
    nil: bool = False
    nil_source: CellSource | None = None
    header: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[Part, tuple[Row, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class EarlierPart:
    """A part as its sender had it in force in `week`; after a nil report the rows that the report kept in force."""

    week: WeekName
    rows: tuple[Row, ...]


Earlier = Mapping[Part, EarlierPart]  # the latest earlier week of each part; none: no key
NOTHING_EARLIER: Earlier = MappingProxyType({})


class SubmissionState(StrEnum):
    """received until judged; superseded: another submission stands in its place. Derived of an accepted attempt none
    of whose parts is in force any more; recorded where a person settled a file as another one (decision 0022)."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    SUPERSEDED = "superseded"
    RETURNED = "returned"
    QUARANTINED = "quarantined"

    @property
    def vi(self) -> str:
        return _STATE_VI[self]


_STATE_VI = {
    SubmissionState.RECEIVED: "chưa kiểm tra",
    SubmissionState.ACCEPTED: "tiếp nhận",
    SubmissionState.SUPERSEDED: "đã có tệp thay",
    SubmissionState.RETURNED: "trả lại",
    SubmissionState.QUARANTINED: "chờ xác minh",
}


@dataclass(frozen=True)
class Verdict:
    """What was decided over one file, and everything that was found in it."""

    state: SubmissionState
    findings: tuple[Finding, ...] = ()

    @classmethod
    def over(cls, findings: tuple[Finding, ...]) -> "Verdict":
        """Quarantined if any finding says so; else returned if any is an error; else accepted."""
        severities = {finding.severity for finding in findings}
        if Severity.QUARANTINE in severities:
            return cls(SubmissionState.QUARANTINED, findings)
        if Severity.ERROR in severities:
            return cls(SubmissionState.RETURNED, findings)
        return cls(SubmissionState.ACCEPTED, findings)
