"""How fast it goes and how fast it would have to go, per milestone: indicators a week, never a date.

A week is a reporting week. What was gained is summed from week to week out of the published changes, so only weeks that
can be compared count, and a late file moves the weeks that a change moves. Source: docs/decisions/0030.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import cast

from domain.calendar import Calendar, Milestone
from domain.campaign import Campaign
from domain.figures.beside import Beside
from domain.forms import Part
from domain.judgement import Witness
from domain.lineage import CALENDAR, ConfigurationSource, FigureSource, Source, figures_named
from domain.standing import distance, per_week, reports_between
from domain.summary import (
    DOSSIERS,
    Figure,
    FigureKind,
    change_id,
    distance_id,
    indicators_met_id,
    milestone_id,
    pace_id,
    previous_on_id,
    standing_id,
)
from domain.weeks import WeekName

ReportsSince = Callable[[WeekName], int]


@dataclass(frozen=True)
class _Followed:
    """What is counted towards a milestone: `met` of the indicators, whose change `of` is followed from week to week."""

    milestone: Milestone
    commune: str
    of: str
    met: str

    def named(self, what: str) -> str:
        return pace_id(self.milestone.id, self.commune, self.of, what)


def distances(calendar: Calendar, week: WeekName) -> Iterator[Figure]:
    """The same for all communes."""
    for milestone in calendar.milestones:
        found = distance(calendar, week, milestone)
        numbers = {"days": found.days, "weeks": found.weeks}
        flags = {"passed": found.days is None, "expected": found.is_expected}
        last = distance_id(milestone.id, "last_good_day")
        yield Figure(last, FigureKind.DATE, milestone.last_good_day, (CALENDAR,))
        for what, number in numbers.items():
            yield Figure(distance_id(milestone.id, what), FigureKind.NUMBER, number, (CALENDAR,))
        for what in (what for what, is_so in flags.items() if is_so):
            yield Figure(distance_id(milestone.id, what), FigureKind.STATE, what, (CALENDAR,))


def figures(beside: Beside) -> Iterator[Figure]:
    """Upon the changes and the standing of the week, which `beside.now` must have."""
    calendar, now = beside.campaign.calendar, beside.now.name
    left = {each.id: distance(calendar, now, each).weeks for each in calendar.milestones}

    @cache  # few weeks, many communes
    def reports_since(week: WeekName) -> int:
        return reports_between(calendar, week, now)

    for commune in beside.communes():
        for followed in _followed(calendar.milestones, commune):
            yield from _towards(beside, followed, left[followed.milestone.id])
            yield from _so_far(beside, followed, reports_since)


def _followed(milestones: Iterable[Milestone], commune: str) -> Iterator[_Followed]:
    """Documents are listed by the commune alone; indicators are judged by both witnesses."""
    for milestone in milestones:
        if milestone.dossier_state:
            yield _Followed(milestone, commune, DOSSIERS, milestone_id(milestone.id, commune, "ready"))
        else:
            for witness in Witness:
                yield _Followed(milestone, commune, witness, indicators_met_id(commune, witness))


def _towards(beside: Beside, followed: _Followed, weeks: int | None) -> Iterator[Figure]:
    left = _left(beside, followed)
    parts = figures_named([left.id, distance_id(followed.milestone.id, "weeks")])
    yield left
    yield Figure(followed.named("needed"), FigureKind.NUMBER, per_week(_number(left), weeks), parts)


def _left(beside: Beside, followed: _Followed) -> Figure:
    """Indicators that are not there yet, whether stated otherwise or not stated; None of a silent witness, whose count
    is 0 and says nothing, as its list is null."""
    counted = [followed.met]
    if followed.of != DOSSIERS:
        counted.append(standing_id(followed.commune, followed.of, "open"))
    values = [beside.now.figures[each].value for each in counted]
    left = None if None in values else _indicators(beside.campaign) - cast(int, values[0])
    catalogue = ConfigurationSource(f"catalogue/{beside.campaign.catalogue.id}")
    return Figure(followed.named("left"), FigureKind.NUMBER, left, (*figures_named(counted), catalogue))


def _indicators(campaign: Campaign) -> int:
    return len({row.counted_as for row in campaign.catalogue.indicators()})


def _so_far(beside: Beside, followed: _Followed, reports_since: ReportsSince) -> Iterator[Figure]:
    """What was gained in how many weeks, each upon the week before; of what was never compared neither is there."""
    gained, weeks = (beside.earlier(followed.named(what)) for what in ("gained", "weeks"))
    change = beside.now.figures.get(change_id(followed.met))
    if change and beside.before:
        since, source = _compared_since(beside, followed, beside.before.name)
        gained = _sum(gained, followed.named("gained"), _number(change), FigureSource(change.id))
        weeks = _sum(weeks, followed.named("weeks"), reports_since(since), source, CALENDAR)
    sums = tuple(filter(None, (gained, weeks)))
    yield from sums
    told = figures_named(each.id for each in sums)
    real = per_week(_number(gained), _number(weeks))
    yield Figure(followed.named("real"), FigureKind.NUMBER, real, told)


def _sum(before: Figure | None, figure_id: str, more: int | None, *sources: Source) -> Figure:
    so_far = before.sources if before else ()
    value = (_number(before) or 0) + (more or 0)
    return Figure(figure_id, FigureKind.NUMBER, value, (*so_far, *sources))


def _number(figure: Figure | None) -> int | None:
    return figure.value if figure and isinstance(figure.value, int) else None


def _compared_since(beside: Beside, followed: _Followed, before: WeekName) -> tuple[WeekName, Source]:
    """The week that the change compares with: of the commune's own word the last in which it spoke."""
    if followed.of == Witness.AGENCY:
        return before, CALENDAR
    part = Part.DOSSIERS if followed.of == DOSSIERS else Part.PROGRESS
    figure_id = previous_on_id(followed.commune, part)
    day = beside.now.figures[figure_id].value
    return (WeekName(day) if isinstance(day, date) else before), FigureSource(figure_id)
