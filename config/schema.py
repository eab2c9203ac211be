"""What each YAML file may say: one record per kind of entry. Shapes only; what must agree is in checks.py.

`source` and `confirmed`: where a fact came from, and whether an officer checked it. People read them; they
are kept in the archive; the engine acts on `confirmed` only where the domain has such a field.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from config.shape import TextOrNumber
from domain.calendar import HolidayPolicy
from domain.criteria import ConditionKind, Unit
from domain.findings import Severity
from domain.forms import DossierState
from domain.weeks import WeekName

# --- campaigns/<id>/campaign.yaml ---


@dataclass(frozen=True, kw_only=True)
class HeadingEntry:
    parent: str
    issuer: str
    symbol: str
    place: str
    subject: str
    addressed_to: tuple[str, ...]
    signer: tuple[str, ...]
    copies_to: tuple[str, ...]
    filed_as: str
    source: str
    confirmed: bool


@dataclass(frozen=True, kw_only=True)
class RecipientEntry:
    name: str
    source: str
    confirmed: bool


@dataclass(frozen=True, kw_only=True)
class FollowedEntry:
    """The communes to which something of the catalogue applies. Here as everywhere both dates are included, and one
    that is left out is open."""

    communes: tuple[str, ...]
    source: str
    confirmed: bool
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, kw_only=True)
class LaterCatalogueEntry:
    """A version of the catalogue that holds from this day until the next one begins."""

    catalogue: str
    valid_from: date
    source: str
    confirmed: bool


@dataclass(frozen=True, kw_only=True)
class CampaignFile:
    name: str
    notice: str
    source: str
    confirmed: bool
    sample: bool
    catalogue: str
    forms: tuple[str, ...]
    heading: HeadingEntry
    recipients: Mapping[str, RecipientEntry]
    later_catalogues: tuple[LaterCatalogueEntry, ...] = ()
    conditions: Mapping[str, tuple[FollowedEntry, ...]] = field(default_factory=dict)
    groups: Mapping[str, tuple[FollowedEntry, ...]] = field(default_factory=dict)
    severities: Mapping[str, Severity] = field(default_factory=dict)
    rule_parameters: Mapping[str, TextOrNumber] = field(default_factory=dict)


# --- campaigns/<id>/roster.yaml ---


@dataclass(frozen=True, kw_only=True)
class ReporterEntry:
    """`successor`: the id of who reports in its place from the day after `valid_to` on."""

    name: str
    source: str
    confirmed: bool
    aliases: tuple[str, ...] = ()
    owes: bool = True
    publishes_remarks: bool = True
    candidate_for_model: bool = False
    outstanding_field: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class AreaEntry:
    names: tuple[str, ...]
    short: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RosterFile:
    source: str
    communes: Mapping[str, ReporterEntry]
    agencies: Mapping[str, ReporterEntry]
    within: tuple[AreaEntry, ...] = ()


# --- campaigns/<id>/assignments.yaml ---


@dataclass(frozen=True, kw_only=True)
class AssignmentEntry:
    """None: as the criterion says, else the file. `lead` is always said anew: null = nobody."""

    lead: str | None
    support: tuple[str, ...] = ()
    confirmed: bool | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""
    note: str = ""
    usual_owner: str = ""


@dataclass(frozen=True, kw_only=True)
class CriterionAssignmentEntry(AssignmentEntry):
    indicators: Mapping[str, tuple[AssignmentEntry, ...]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class AssignmentsFile:
    source: str
    confirmed: bool
    criteria: Mapping[str, CriterionAssignmentEntry]
    conditions: Mapping[str, tuple[AssignmentEntry, ...]] = field(default_factory=dict)
    valid_from: date | None = None
    valid_to: date | None = None


# --- campaigns/<id>/calendar.yaml, holidays/<country>-<year>.yaml ---


@dataclass(frozen=True, kw_only=True)
class DayOffEntry:
    name: str
    source: str
    announced: bool = True


@dataclass(frozen=True, kw_only=True)
class WorkingDayEntry:
    reason: str
    source: str


@dataclass(frozen=True, kw_only=True)
class MilestoneEntry:
    name: str
    wording: str
    last_good_day: date
    source: str
    confirmed: bool
    dossier_state: DossierState | None = None


@dataclass(frozen=True, kw_only=True)
class ExtensionEntry:
    """A moment without an offset is local time of the campaign. `decided_at`: from when on it counts; None = always."""

    reporter: str
    week: WeekName
    until: datetime
    reason: str
    granted_by: str
    document_no: str = ""
    asked_by: str = ""
    decided_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ExclusionEntry:
    """`decided_at` as of an extension; `decided_by` is a role."""

    reporter: str
    week: WeekName
    reason: str
    decided_at: datetime | None = None
    decided_by: str = ""


@dataclass(frozen=True, kw_only=True)
class PlausibleEntry:
    """Days before the first Wednesday and after the last that a date of this column may lie."""

    days_before: int
    days_after: int


@dataclass(frozen=True, kw_only=True)
class CalendarFile:
    source: str
    confirmed: bool
    zone: ZoneInfo
    first_week: WeekName
    last_week: WeekName
    policy: HolidayPolicy
    deadline_at: time
    close_at: time
    cutoff_at: time
    correction_working_days: int
    locked_after_days: int
    holidays: str
    milestones: Mapping[str, MilestoneEntry]
    days_off_local: Mapping[date, DayOffEntry] = field(default_factory=dict)
    working_days_local: Mapping[date, WorkingDayEntry] = field(default_factory=dict)
    extensions: tuple[ExtensionEntry, ...] = ()
    exclusions: tuple[ExclusionEntry, ...] = ()
    plausible_dates: Mapping[str, PlausibleEntry] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class HolidaysFile:
    """One year of one country. `announced`: whether the notice of that year is out; if not, "dự kiến"."""

    source: str
    announced: bool
    days_off: Mapping[date, str]
    working_days: tuple[date, ...] = ()


# --- catalogues/<name>.yaml ---


class Op(StrEnum):
    AT_LEAST = ">="
    AT_MOST = "<="
    ABOVE = ">"
    IS = "is"


class Confidence(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, kw_only=True)
class TargetEntry:
    """`groups`: the groups of communes that it holds for; none = all that have no target of their own."""

    op: Op
    value: TextOrNumber
    confidence: Confidence = Confidence.LOW
    confirmed: bool = False
    groups: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, kw_only=True)
class ToleranceEntry:
    value: Decimal
    confirmed: bool = False
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, kw_only=True)
class IndicatorEntry:
    name: str
    unit: Unit
    target: tuple[TargetEntry, ...] = ()
    split_by_sex: bool = False
    row_of: str | None = None
    plausible_step: Decimal | None = None
    cumulative: bool = False
    tolerance: tuple[ToleranceEntry, ...] = ()
    unit_words: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CriterionEntry:
    number: int
    name: str
    indicators: Mapping[str, IndicatorEntry]


@dataclass(frozen=True, kw_only=True)
class GroupEntry:
    name: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ConditionEntry:
    """`kind`: what a claim that it is met is held against; none: nothing. One that is a number has a `unit`, and the
    `target` to reach in it."""

    name: str
    note: str = ""
    kind: ConditionKind | None = None
    unit: Unit | None = None
    target: tuple[TargetEntry, ...] = ()

    @property
    def measured(self) -> IndicatorEntry | None:
        """Its number, as an indicator is one."""
        return IndicatorEntry(name=self.name, unit=self.unit, target=self.target) if self.unit else None


@dataclass(frozen=True, kw_only=True)
class ChoiceEntry:
    name: str
    at_least: int
    fields: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class CatalogueFile:
    id: str
    name: str
    confirmed: bool
    source: str
    criteria: Mapping[str, CriterionEntry]
    conditions: Mapping[str, ConditionEntry] = field(default_factory=dict)
    choices: Mapping[str, ChoiceEntry] = field(default_factory=dict)
    groups: Mapping[str, GroupEntry] = field(default_factory=dict)


NUMERIC_UNITS = frozenset(Unit) - {Unit.YES_NO, Unit.GRADE, Unit.LEVEL}


def target_value(text: str, unit: Unit) -> Decimal | str:
    """A Decimal where the unit is a number, else a grade's name. Raises ValueError, ArithmeticError."""
    return Decimal(text) if unit in NUMERIC_UNITS else text
