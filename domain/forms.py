"""The shape of a form: labels, headings and kinds of cells, as config/forms/*.yaml state them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from domain.judgement import Judgement
from domain.reporters import ReporterKind
from domain.vietnamese import first_capital


class Part(StrEnum):
    """What a file can bring. Each part of a reporter's week has its own attempt in force."""

    PROGRESS = "progress"
    DOSSIERS = "dossiers"
    DEBT = "debt"
    VERIFICATION = "verification"
    REMARKS = "remarks"

    @property
    def vi(self) -> str:
        return _PART_VI[self]


_PART_VI = {
    Part.PROGRESS: "tiến độ thực hiện các tiêu chí",
    Part.DOSSIERS: "hồ sơ minh chứng",
    Part.DEBT: "nợ xây dựng cơ bản",
    Part.VERIFICATION: "kết quả thẩm tra",
    Part.REMARKS: "ý kiến, kiến nghị",
}


class CellKind(StrEnum):
    """How the text of a cell is understood (domain/reading)."""

    TEXT = "text"
    IGNORED = "ignored"
    INDICATOR = "indicator"
    COMMUNE = "commune"
    REPORTER = "reporter"
    JUDGEMENT = "judgement"
    PERCENT = "percent"
    RESULT = "result"
    MONEY = "money"
    DATE = "date"
    DOSSIER_STATE = "dossier_state"
    REMARK_SUBJECT = "remark_subject"
    MARK = "mark"
    YES_NO = "yes_no"


@dataclass(frozen=True)
class Column:
    """`headings[0]` is the one printed on the form; the rest are other accepted spellings.

    `marked`: headings of columns that may stand for a judgement column, one for each judgement and ticked there.
    """

    id: str
    headings: tuple[str, ...]
    kind: CellKind
    required: bool = False
    key: bool = False
    marked: Mapping[Judgement, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class HeaderField:
    id: str
    labels: tuple[str, ...]
    kind: CellKind
    required: bool = False


@dataclass(frozen=True)
class PartForm:
    """One table of a form. `subjects`: spelling -> id of a remark's subject. `total_row` (or the words that
    a total begins with), `part_row` (words that a part of the line above begins with), `no_debt`: texts of the debt
    part. `groups`: headings over several columns that mean what the form prints over them."""

    part: Part
    sheet: str
    columns: tuple[Column, ...]
    total_row: tuple[str, ...] = ()
    no_debt: tuple[str, ...] = ()
    part_row: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    subjects: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Form:
    """One version of a workbook that we hand out."""

    id: str
    mark: str
    title: str
    reporter_kind: ReporterKind
    header_sheet: str
    header: tuple[HeaderField, ...]
    parts: tuple[PartForm, ...]


def labels_of_subjects(forms: Iterable[Form]) -> dict[str, str]:
    """Subject of a remark -> its label, in the order of the forms; the first spelling a form lists is the label."""
    labels: dict[str, str] = {}
    for part in (part for form in forms for part in form.parts):
        for label, subject in part.subjects.items():
            labels.setdefault(subject, first_capital(label))
    return labels


@dataclass(frozen=True)
class Spellings:
    """Exact lists. Keys are match_key() of each accepted spelling. Money units: spelling -> đồng in one.

    `unmarked`: boxes that nobody ticked. `nil` (beside a mark): the file says that nothing has changed. `footer`: words
    that begin what stands below a table ("người lập biểu"). `nothing`: what people write into a text column to say that
    there is nothing to say. `affirmed` (beside a mark), `denied`: in a column that asks yes or no.
    """

    judgement: Mapping[str, Judgement]
    dossier_state: Mapping[str, "DossierState"]
    money_unit: Mapping[str, int]
    mark: frozenset[str]
    secret: frozenset[str]
    footer: tuple[str, ...] = ()
    unmarked: frozenset[str] = frozenset()
    nil: frozenset[str] = frozenset()
    nothing: frozenset[str] = frozenset()
    affirmed: frozenset[str] = frozenset()
    denied: frozenset[str] = frozenset()


class DossierState(StrEnum):
    """The states of an evidence document, in the order it passes through them."""

    NOT_STARTED = "not_started"
    DRAFTING = "drafting"
    SENT = "sent"
    MORE_REQUESTED = "more_requested"
    CONFIRMED = "confirmed"
    PROVINCE_ASKED = "province_asked"
    PROVINCE_REPLIED = "province_replied"
    COMPLETE = "complete"

    @property
    def vi(self) -> str:
        return _DOSSIER_VI[self]

    def has_reached(self, other: "DossierState") -> bool:
        """Whether a document in this state has passed `other`.
        One that was sent back for more has not been sent."""
        order = list(DossierState)
        if self is DossierState.MORE_REQUESTED:
            return order.index(other) <= order.index(DossierState.DRAFTING)
        return order.index(self) >= order.index(other)


_DOSSIER_VI = {
    DossierState.NOT_STARTED: "chưa lập",
    DossierState.DRAFTING: "đang lập",
    DossierState.SENT: "đã gửi phòng",
    DossierState.MORE_REQUESTED: "phòng yêu cầu bổ sung",
    DossierState.CONFIRMED: "phòng xác nhận",
    DossierState.PROVINCE_ASKED: "đã xin ý kiến Sở",
    DossierState.PROVINCE_REPLIED: "Sở đã góp ý",
    DossierState.COMPLETE: "hoàn thiện",
}
