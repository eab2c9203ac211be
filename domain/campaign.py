"""One notice put into practice: everything an office may change without a programmer,
as config hands it over."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import TypeVar

from domain.calendar import Calendar, Extension
from domain.criteria import Assignments, Catalogue
from domain.forms import Form, Spellings
from domain.reporters import Roster
from domain.vietnamese import match_key
from domain.weeks import WeekName


@dataclass(frozen=True)
class Recipient:
    """To whom a summary is handed. `office` names the channel in the settings ("folder", "http")."""

    id: str
    name: str


@dataclass(frozen=True)
class DocumentHeading:
    """The fixed texts of the published Báo cáo (Nghị định 30/2020). Number,
    date and signature are never filled in."""

    parent: str  # UBND HUYỆN MỸ LỘC
    issuer: str  # PHÒNG NÔNG NGHIỆP VÀ PTNT
    symbol: str  # BC-PNN
    place: str  # Mỹ Lộc
    subject: str  # trích yếu, completed by the week
    addressed_to: tuple[str, ...]
    signer: tuple[str, ...]  # ("TRƯỞNG PHÒNG",)
    copies_to: tuple[str, ...]  # Nơi nhận, without the closing "Lưu: ..."
    filed_as: str  # "VT, PNN"


@dataclass(frozen=True)
class Exclusion:
    """A reporter that owes nothing for a week, with the reason on record; `decided_at` as of an extension."""

    reporter: str
    week: WeekName
    reason: str
    decided_at: datetime | None = None
    decided_by: str = ""


@dataclass(frozen=True)
class CataloguePeriod:
    """The catalogue that holds from this day until the next period begins."""

    valid_from: date
    catalogue: Catalogue


_Whose = tuple[str, WeekName]
_Decided = TypeVar("_Decided", bound=Extension | Exclusion)


@dataclass(frozen=True)
class Campaign:
    """`config_hash` names every byte the campaign was loaded from; each revision carries it. `periods`: where what is
    asked changes with time, all of it, the first included; then `catalogue` is the one of the first week, and whoever
    speaks of a week asks `in_week` first."""

    id: str
    name: str
    notice: str
    sample: bool
    calendar: Calendar
    roster: Roster
    catalogue: Catalogue
    assignments: Assignments
    forms: tuple[Form, ...]
    spellings: Spellings
    heading: DocumentHeading
    recipients: tuple[Recipient, ...]
    severities: Mapping[str, str]  # finding code -> severity
    extensions: tuple[Extension, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    rule_parameters: Mapping[str, str] = field(default_factory=dict)
    config_hash: str = ""
    periods: tuple[CataloguePeriod, ...] = ()
    _in_week: dict[WeekName, "Campaign"] = field(init=False, repr=False, compare=False, default_factory=dict)
    _extensions: Mapping[_Whose, tuple[Extension, ...]] = field(init=False, repr=False, compare=False)
    _exclusions: Mapping[_Whose, tuple[Exclusion, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_extensions", _by_whose(self.extensions))
        object.__setattr__(self, "_exclusions", _by_whose(self.exclusions))

    def in_week(self, week: WeekName) -> "Campaign":
        """As it holds on the week's Wednesday: the catalogue of that day, and the names of who is valid then."""
        if week not in self._in_week:
            self._in_week[week] = self._on(week.wednesday)
        return self._in_week[week]

    def _on(self, day: date) -> "Campaign":
        catalogue, roster = self.catalogue_on(day), self.roster.on(day)
        if catalogue is self.catalogue and roster is self.roster:
            return self
        return replace(self, catalogue=catalogue, roster=roster)

    def catalogue_on(self, day: date) -> Catalogue:
        """What was asked on that day."""
        held = [period.catalogue for period in self.periods if period.valid_from <= day]
        return held[-1] if held else self.catalogue

    @cached_property
    def words_for_a_total(self) -> frozenset[str]:
        """How its forms call a total row, as match keys."""
        return frozenset(
            match_key(text) for form in self.forms for part in form.parts for text in part.total_row
        )

    def extensions_of(self, reporter: str, week: WeekName) -> tuple[Extension, ...]:
        """What this reporter was given for the week, in the order of the calendar."""
        return self._extensions.get((reporter, week), ())

    def exclusions_of(self, reporter: str, week: WeekName) -> tuple[Exclusion, ...]:
        """Why this reporter owes nothing for the week, in the order of the calendar."""
        return self._exclusions.get((reporter, week), ())


def _by_whose(decided: Iterable[_Decided]) -> Mapping[_Whose, tuple[_Decided, ...]]:
    """By reporter and week: every one of ten thousand reporters is asked for in every week."""
    found: dict[_Whose, tuple[_Decided, ...]] = {}
    for one in decided:
        whose = one.reporter, one.week
        found[whose] = (*found.get(whose, ()), one)
    return found
