"""How fast it goes and how fast it would have to go, per milestone: indicators a week, never a date.

A week is a reporting week, counted from the first in which the witness spoke of the commune. What was gained is summed
out of the published changes, which compare a silent unit's next word with its last. Source: docs/decisions/0030.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, partial
from typing import cast

from domain.calendar import Calendar, Milestone
from domain.campaign import Campaign
from domain.figures.beside import Beside
from domain.forms import Part
from domain.judgement import Judgement, Witness, rolled_up
from domain.lateness import due
from domain.lineage import CALENDAR, ROSTER, ConfigurationSource, FigureSource, Source, figures_named
from domain.standing import distance, per_week, reports_between, reports_until
from domain.summary import (
    DOSSIERS,
    Figure,
    FigureKind,
    change_id,
    distance_id,
    indicator_id,
    indicators_met_id,
    milestone_id,
    pace_id,
    standing_id,
)
from domain.weeks import WeekName


@dataclass(frozen=True)
class _Followed:
    """What is counted towards a milestone: `met` of the indicators, whose change `of` is followed from week to week."""

    milestone: Milestone
    commune: str
    of: str
    met: str

    def named(self, what: str) -> str:
        return pace_id(self.milestone.id, self.commune, self.of, what)


_ReportsSince = Callable[[_Followed, WeekName], int]


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


def figures(beside: Beside, as_of: datetime) -> Iterator[Figure]:
    """Upon the changes and the standing of the week, which `beside.now` must have. as_of: exclusions decided later are
    not known to the week."""
    campaign, now = beside.campaign, beside.now.name
    ahead = {each.id: reports_until(campaign.calendar, now, each) for each in campaign.calendar.milestones}
    between = cache(partial(reports_between, campaign.calendar))  # few weeks, many communes

    def reports_since(followed: _Followed, week: WeekName) -> int:
        return len(_owed(campaign, followed, between(week, now), as_of))

    for commune in beside.communes():
        for followed in _followed(campaign.calendar.milestones, commune):
            still, weeks = _left(beside, followed), ahead[followed.milestone.id]
            yield still
            yield _needed(followed, still, weeks, _owed(campaign, followed, weeks, as_of))
            yield from _so_far(beside, followed, still, reports_since)


def _owed(
    campaign: Campaign, followed: _Followed, weeks: tuple[WeekName, ...], as_of: datetime
) -> tuple[WeekName, ...]:
    """Those of the weeks in which the commune is there to be spoken of and, of its own word, isn't excluded."""
    commune = followed.commune
    valid = (each for each in weeks if campaign.roster[commune].is_valid_on(each.wednesday))
    if followed.of == Witness.AGENCY:
        return tuple(valid)
    return tuple(each for each in valid if not _is_excluded(campaign, commune, each, as_of))


def _is_excluded(campaign: Campaign, commune: str, week: WeekName, as_of: datetime) -> bool:
    return bool(campaign.exclusions_of(commune, week) and due(campaign, commune, week, as_of).exclusion)


def _followed(milestones: Iterable[Milestone], commune: str) -> Iterator[_Followed]:
    """Documents are listed by the commune alone; indicators are judged by both witnesses."""
    for milestone in milestones:
        if milestone.dossier_state:
            yield _Followed(milestone, commune, DOSSIERS, milestone_id(milestone.id, commune, "ready"))
        else:
            for witness in Witness:
                yield _Followed(milestone, commune, witness, indicators_met_id(commune, witness))


def _left(beside: Beside, followed: _Followed) -> Figure:
    """Indicators that are not there yet, whether stated otherwise or not stated; None of a silent witness, whose count
    is 0 and says nothing, as its list is null."""
    counted = [followed.met]
    if followed.of != DOSSIERS:
        counted.append(standing_id(followed.commune, followed.of, "open"))
    values = [beside.now.figures[each].value for each in counted]
    left = None if None in values else len(beside.campaign.catalogue.rows_of) - cast(int, values[0])
    catalogue = ConfigurationSource(f"catalogue/{beside.campaign.catalogue.id}")
    return Figure(followed.named("left"), FigureKind.NUMBER, left, (*figures_named(counted), catalogue))


def _needed(
    followed: _Followed, left: Figure, weeks: tuple[WeekName, ...], owed: tuple[WeekName, ...]
) -> Figure:
    """Over the reports that are still owed of the commune; where it owes fewer than are due, who it is says so."""
    parts = figures_named([left.id, distance_id(followed.milestone.id, "weeks")])
    own = (ROSTER, CALENDAR) if owed != weeks else ()
    needed = per_week(_number(left), len(owed))
    return Figure(followed.named("needed"), FigureKind.NUMBER, needed, (*parts, *own))


def _so_far(
    beside: Beside, followed: _Followed, left: Figure, reports_since: _ReportsSince
) -> Iterator[Figure]:
    """Since when, what was gained and in how many weeks, each upon the week before; a witness that is silent this week
    leaves them as they were."""
    since, gained, weeks = (beside.earlier(followed.named(what)) for what in ("since", "gained", "weeks"))
    is_heard = left.value is not None
    if since:
        gained = _gained(beside, followed, gained)
        weeks = _weeks(followed, since, reports_since) if is_heard else weeks
    elif is_heard:
        day = beside.now.name.wednesday
        since = Figure(followed.named("since"), FigureKind.DATE, day, (FigureSource(left.id),))
    yield from filter(None, (since, gained, weeks))
    told = figures_named(each.id for each in (gained, weeks) if each)
    real = per_week(_number(gained), _number(weeks))
    yield Figure(followed.named("real"), FigureKind.NUMBER, real, told)


def _weeks(followed: _Followed, since: Figure, reports_since: _ReportsSince) -> Figure:
    count = reports_since(followed, WeekName(cast(date, since.value)))
    return Figure(followed.named("weeks"), FigureKind.NUMBER, count, (FigureSource(since.id), CALENDAR))


def _gained(beside: Beside, followed: _Followed, before: Figure | None) -> Figure:
    more, sources = _gained_now(beside, followed)
    so_far = before.sources if before else ()
    value = (_number(before) or 0) + more
    # The source of a 0: what has not changed.
    told = (*so_far, *sources) or (FigureSource(followed.met),)
    return Figure(followed.named("gained"), FigureKind.NUMBER, value, told)


def _gained_now(beside: Beside, followed: _Followed) -> tuple[int, tuple[Source, ...]]:
    if followed.of == Witness.AGENCY:
        return _gained_by_agencies(beside, followed.commune)
    part = (followed.commune, Part.PROGRESS)
    if followed.of == Witness.COMMUNE and beside.is_in_force(part) and not beside.asks_as_before(part):
        return _gained_of_both(beside, followed.commune)
    change = beside.now.figures.get(change_id(followed.met))
    return (_number(change) or 0, (FigureSource(change.id),)) if change else (0, ())


def _gained_of_both(beside: Beside, commune: str) -> tuple[int, tuple[Source, ...]]:
    """Of the indicators asked for in both weeks: what is asked anew was not to be met before, nor is what was dropped
    lost."""
    gained, sources = 0, list[Source]()
    part = (commune, Part.PROGRESS)
    asked_before = beside.asked_before(part).rows_of
    for code, rows in beside.campaign.catalogue.rows_of.items():
        if asked_before.get(code) == rows:
            ids = [indicator_id(commune, row, Witness.COMMUNE) for row in rows]
            then = [beside.previous(each, part) for each in ids]
            step = _is_met(map(beside.now.figures.get, ids)) - _is_met(then)
            gained += step
            if step:
                sources += (*figures_named(ids), *(s for each in then if each for s in each.sources))
    return gained, tuple(sources)


def _is_met(said: Iterable[Figure | None]) -> bool:
    words = (cast(Judgement, each.value) if each else Judgement.NOT_STATED for each in said)
    return rolled_up(words) is Judgement.MET


def _gained_by_agencies(beside: Beside, commune: str) -> tuple[int, tuple[Source, ...]]:
    """Indicator by indicator: agencies fall silent one by one, and all of them together are rarely the same."""
    gained, sources = 0, []
    for rows in beside.campaign.catalogue.rows_of.values():
        changed = [row for row in rows if _word_changed(commune, row) in beside.now.figures]
        if changed:
            now = (_said(beside, commune, row) for row in rows)
            then = (
                _said_before(beside, commune, row) if row in changed else _said(beside, commune, row)
                for row in rows
            )
            step = (rolled_up(now) is Judgement.MET) - (rolled_up(then) is Judgement.MET)
            gained += step
            sources += [_word_changed(commune, row) for row in changed if step]
    return gained, figures_named(sources)


def _word_changed(commune: str, row: str) -> str:
    return change_id(indicator_id(commune, row, Witness.AGENCY))


def _said(beside: Beside, commune: str, row: str) -> Judgement:
    return cast(Judgement, beside.now.figures[indicator_id(commune, row, Witness.AGENCY)].value)


def _said_before(beside: Beside, commune: str, row: str) -> Judgement:
    """The word from which it changed: that of the lead of then."""
    lead = beside.before and beside.before.verified(row)
    previous = beside.previous(indicator_id(commune, row, Witness.AGENCY), lead) if lead else None
    return cast(Judgement, previous.value) if previous else Judgement.NOT_STATED


def _number(figure: Figure | None) -> int | None:
    return figure.value if figure and isinstance(figure.value, int) else None
