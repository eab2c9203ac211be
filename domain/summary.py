"""What one revision says: a flat list of figures, each with an id and its sources. Renderers look up by id.

How the figures are computed stands in aggregation.py (counts and sums) and figures/; this module knows
only what a figure and a summary are, and how a figure's id is spelled. The ids are public:
docs/summary.schema.json.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from sys import intern

from domain.findings import Finding
from domain.forms import Part
from domain.judgement import Judgement, Matter, Witness
from domain.lineage import Source
from domain.submissions import SubmissionState
from domain.weeks import WeekName

FigureValue = int | Decimal | str | date | Judgement | None


class FigureKind(StrEnum):
    NUMBER = "number"
    MONEY = "money"  # whole đồng
    PERCENT = "percent"  # percent points
    JUDGEMENT = "judgement"
    STATE = "state"
    DATE = "date"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Figure:
    """One published value. None = nobody stated it; it is printed blank or "chưa có số liệu",
    never as zero."""

    id: str
    kind: FigureKind
    value: FigureValue
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file of a reporter's week, as the summary's first table lists it."""

    file_name: str
    sha256: str
    received_at: datetime
    state: SubmissionState  # also superseded
    nil: bool
    findings: tuple[Finding, ...]  # errors and warnings; notes stay with the verdict


@dataclass(frozen=True, slots=True)
class ReporterLine:
    """One reporter's week."""

    reporter: str
    state: "ReporterWeekState"
    nil: bool = False
    received_at: datetime | None = None  # of the attempt that decided the state
    owes: bool = True
    reason: str = ""  # of an exclusion or extension
    # A newer file was returned or quarantined while an older one stays in force.
    awaits_correction: bool = False
    files: tuple[FileLine, ...] = ()
    parts: tuple[Part, ...] = ()  # what is in force of it: the next week compares with nothing else


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """One project of a commune's debt table: its key in figure ids, and its name."""

    commune: str
    key: str
    name: str
    decision: str


@dataclass(frozen=True, slots=True)
class Change:
    """One figure that differs from the revision before."""

    figure_id: str
    kind: FigureKind
    before: FigureValue
    after: FigureValue


@dataclass(frozen=True)
class Comparison:
    """The summary of the week before that a week was compared with. Revision 0: computed, never published."""

    week: WeekName
    revision: int
    sha256: str  # of its summary.json


@dataclass(frozen=True)
class Summary:
    """Everything one revision publishes. The same inputs give an equal Summary,
    byte for byte when written."""

    campaign: str
    week: WeekName
    revision: int
    deadline: datetime
    as_of: datetime  # the close, or the latest received_at of a file in it
    config_hash: str
    code_version: str
    reporters: tuple[ReporterLine, ...]
    projects: tuple[ProjectLine, ...]
    figures: Mapping[str, Figure] = field(default_factory=dict)
    reason: str = ""  # of revision 2 and later
    changes: tuple[Change, ...] = ()
    compared_with: Comparison | None = None  # None: nothing was owed before this week
    later_weeks: tuple[WeekName, ...] = ()  # published ones that would differ now; they stay as they are

    @property
    def issue_vi(self) -> str:
        """Which issue of the week this is: `bản phát hành lần 2 (thay bản lần 1)`."""
        replaces = f" (thay bản lần {self.revision - 1})" if self.revision > 1 else ""
        return f"bản phát hành lần {self.revision}{replaces}"

    @property
    def owing(self) -> tuple[ReporterLine, ...]:
        """Those who owed a report this week: excluded ones owe none."""
        return tuple(
            line for line in self.reporters if line.owes and line.state is not ReporterWeekState.EXCLUDED
        )

    def value(self, figure_id: str) -> FigureValue:
        """The value published under this id; None where it is not stated or was never published."""
        figure = self.figures.get(figure_id)
        return figure.value if figure else None


class ReporterWeekState(StrEnum):
    """Exactly one for every reporter and week at every moment. Source: SEMANTICS,
    "State of a reporter's week"."""

    EXCLUDED = "excluded"
    ON_TIME = "on_time"
    EXTENDED = "extended"
    LATE = "late"
    QUARANTINED = "quarantined"
    RETURNED = "returned"
    WAITING = "waiting"
    MISSING = "missing"

    @property
    def vi(self) -> str:
        return _STATE_VI[self]

    @property
    def has_reported(self) -> bool:
        return self in (self.ON_TIME, self.EXTENDED, self.LATE)


_STATE_VI = {
    ReporterWeekState.EXCLUDED: "loại trừ",
    ReporterWeekState.ON_TIME: "đúng hạn",
    ReporterWeekState.EXTENDED: "được gia hạn",
    ReporterWeekState.LATE: "muộn",
    ReporterWeekState.QUARANTINED: "chờ xác minh",
    ReporterWeekState.RETURNED: "trả lại",
    ReporterWeekState.WAITING: "chưa đến hạn",
    ReporterWeekState.MISSING: "chưa nộp",
}

AGREED = "agreed"  # stands where a witness stands: what both say
DOSSIERS = "dossiers"  # stands there too: the evidence documents that the commune lists
ALL = "all"  # stands where a commune or reporter stands: all of them together


def state_id(reporter: str) -> str:
    """Its week's state; with /received_at, /nil, /awaits_correction behind it, what belongs to the state."""
    return f"state/{reporter}"


def rate_id(what: str) -> str:
    """what: owed | received | on_time | extended | late | quarantined | returned | waiting | missing | nil
    (numbers), received_share | on_time_share (percent)."""
    return f"rate/{what}"


def criterion_id(commune: str, criterion: str, witness: Witness | str) -> str:
    """Judgement of a criterion by one witness, or `AGREED`."""
    return intern(f"criterion/{commune}/{criterion}/{witness}")


def count_id(commune: str, witness: Witness | str, judgement: Judgement) -> str:
    """Number of criteria with this judgement; the four add to the number of criteria."""
    return intern(f"count/{commune}/{witness}/{judgement}")


def indicators_met_id(commune: str, witness: Witness | str) -> str:
    """Number of indicators (rows joined) judged đạt."""
    return f"indicators_met/{commune}/{witness}"


def indicator_id(commune: str, code: str, what: str) -> str:
    """what: a Witness (judgement) | result (number or text) | completion (percent) | planned_on | checked_on
    (dates) | lacking (text)."""
    return intern(f"indicator/{commune}/{code}/{what}")


def difference_id(commune: str, code: str, matter: Matter = Matter.JUDGEMENT) -> str:
    """There only where both witnesses spoke and differ: text `đạt / chưa đạt`, from both cells."""
    return f"difference/{commune}/{code}{_of(matter)}"


def _of(matter: Matter) -> str:
    """Ids of judgements are older than those of other matters."""
    return "" if matter is Matter.JUDGEMENT else f"/{matter}"


def condition_id(commune: str, condition: str, witness: Witness | str) -> str:
    """Judgement of a kiểu mẫu condition or gate."""
    return f"condition/{commune}/{condition}/{witness}"


def dossier_count_id(commune: str, state: str) -> str:
    """Number of documents in this state, or state=`documents`: all that are listed."""
    return f"dossier/{commune}/{state}"


def milestone_id(milestone: str, commune: str, what: str) -> str:
    """what: ready (indicators or criteria that have reached it) | applicable (of how many) | in_time (those that had
    by the last good day) | share (percent in time) | missing (text: which were not in time)."""
    return f"milestone/{milestone}/{commune}/{what}"


def debt_id(commune: str, what: str) -> str:
    """what: legal | stated | unpaid | accepted | allotted | paid (money), projects | unknown_projects and, of
    `ALL`, communes_missing (numbers).

    A sum runs over the projects that state it; `debt_unknown_id` says how many do not (of the legal debt:
    `unknown_projects`), `communes_missing` how many communes stated nothing.
    """
    return intern(f"debt/{commune}/{what}")


def debt_unknown_id(commune: str, amount: str) -> str:
    """Number of projects that do not state this amount, so that the sum goes without them."""
    if amount == "legal" and commune != ALL:
        return debt_id(commune, "unknown_projects")
    return f"debt_unknown/{commune}/{amount}"


def project_id(commune: str, project: str, what: str) -> str:
    """The same of one project."""
    return intern(f"debt/{commune}/project/{project}/{what}")


def programme_id(commune: str, what: str) -> str:
    """Of the programme's projects. what: legal | stated (money), unknown_legal | unknown_stated (how many of them don't
    state it), unclear (projects that don't say whether they belong) and, of `ALL`, communes_missing (numbers)."""
    return intern(f"programme/{commune}/{what}")


def programme_project_id(commune: str, project: str) -> str:
    """Whether one project does: `có`, `không`."""
    return intern(f"programme/{commune}/project/{project}")


def remark_id(reporter: str, subject: str) -> str:
    return f"remark/{reporter}/{subject}"


def previous_on_id(reporter: str, part: Part) -> str:
    """The Wednesday of the week from which previous values of this part come."""
    return f"previous_on/{reporter}/{part}"


def last_id(figure_id: str) -> str:
    """The value that a figure had last, where its part is not in force this week. In no count and no sum."""
    return f"last/{figure_id}"


def change_id(figure_id: str) -> str:
    """What a figure has changed by, or from and to, since its previous value."""
    return f"change/{figure_id}"


def since_id(figure_id: str) -> str:
    """The Wednesday since which a difference has stood."""
    return f"since/{figure_id}"


def owner_id(figure_id: str) -> str:
    """Who is to settle a difference: the name of the lead agency, where that is confirmed."""
    return f"owner/{figure_id}"


def due_id(figure_id: str) -> str:
    """The day on which the next report is due, with which a difference is to be settled."""
    return f"due/{figure_id}"


def case_age_id(commune: str, code: str, matter: Matter = Matter.JUDGEMENT) -> str:
    """There only where a case is open: weeks, the first and this one both counted."""
    return f"case/{commune}/{code}{_of(matter)}/age"


def decision_id(commune: str, code: str, what: str, matter: Matter = Matter.JUDGEMENT) -> str:
    """There only where a case is decided. what: follows (state: whose word, a Witness) | decided_by | reason (text)."""
    return f"decision/{commune}/{code}{_of(matter)}/{what}"


def cases_id(commune: str) -> str:
    """Number of open cases of a commune, or of `ALL`."""
    return f"cases/{commune}"


def plan_id(commune: str, criterion: str, what: str) -> str:
    """what: planned_on | baseline (dates) | slip | move (calendar days) | moves (number)."""
    return f"plan/{commune}/{criterion}/{what}"


def movement_id(commune: str, what: str) -> str:
    """what: last (previous legal debt) | accepted | allotted | paid (what they have grown by); of `ALL`, too."""
    return f"movement/{commune}/{what}"


def project_movement_id(commune: str, project: str, what: str) -> str:
    """The same of one project; also gone | renamed (text: its previous name)."""
    return f"movement/{commune}/project/{project}/{what}"


def standing_id(commune: str, of: str, what: str) -> str:
    """of: a Witness | dossiers. what: open | unstated (numbers), open_codes | unstated_codes (text); of dossiers also
    documents (number)."""
    return intern(f"standing/{commune}/{of}/{what}")


def distance_id(milestone: str, what: str) -> str:
    """what: last_good_day (date) | days | weeks (numbers, working days and reports left) | passed | expected (states,
    there only where true)."""
    return f"distance/{milestone}/{what}"


def pace_id(milestone: str, commune: str, of: str, what: str) -> str:
    """of: as of standing. what: left (indicators) | needed | real (a week) | since (date) | gained | weeks (of which
    `real` is made)."""
    return intern(f"pace/{milestone}/{commune}/{of}/{what}")
