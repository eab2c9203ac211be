"""Differences that stay: since when, which of them are cases, who is to settle them and by when.

A case opens when a difference still stands a week later, or when the agency checked after the day of the printed
cut-off. Silence and a missing report settle nothing; the department may decide (decided.py).
Source: SEMANTICS, "Two witnesses"; docs/decisions/0015, "Cases"; 0033 and 0034.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import cast

from domain.criteria import Catalogue
from domain.figures import decided
from domain.figures.beside import Beside
from domain.figures.decided import judged
from domain.figures.differences import About, agreed_upon
from domain.judgement import Matter, Witness
from domain.lineage import ASSIGNMENTS, CALENDAR, ROSTER, FigureSource, counted, figures_named
from domain.snapshot import WeekSnapshot
from domain.summary import (
    ALL,
    Figure,
    FigureKind,
    case_age_id,
    cases_id,
    difference_id,
    due_id,
    indicator_id,
    indicators_met_id,
    last_id,
    owner_id,
    since_id,
)
from domain.weeks import WeekName

NOBODY_YET = "chưa phân công chính thức"


def figures(snapshot: WeekSnapshot, beside: Beside) -> Iterator[Figure]:
    """Also in the first week: a late check opens a case at once."""
    agreed = agreed_upon(snapshot, beside.campaign)
    for commune in beside.communes():
        ages: list[str] = []
        for code in _judged(beside.campaign.catalogue):
            for matter in Matter:
                for figure in _of(beside, (commune, code, matter), agreed):
                    ages += [figure.id] if figure.kind is FigureKind.NUMBER else []
                    yield figure
        looked_at = (indicators_met_id(commune, witness) for witness in Witness)
        yield Figure(cases_id(commune), FigureKind.NUMBER, len(ages), counted(ages, looked_at))


def _judged(catalogue: Catalogue) -> Iterator[str]:
    """The codes on which both witnesses speak."""
    yield from (row.code for row in catalogue.indicators())
    yield from catalogue.conditions_by_code


def summed_ids(commune: str) -> Iterator[str]:
    """What the total is made of."""
    yield cases_id(commune)


def totals(parts: Mapping[str, Figure], communes: Sequence[str]) -> Iterator[Figure]:
    """`parts`: the number of cases of every commune."""
    sources = figures_named(map(cases_id, communes))
    total = sum(cast(int, parts[each.figure_id].value) for each in sources)
    yield Figure(cases_id(ALL), FigureKind.NUMBER, total, sources or (ROSTER,))


def _of(beside: Beside, about: About, agreed: frozenset[About]) -> Iterator[Figure]:
    """`since` and `owner` of what differs or is a case, and what was decided over it; or when it is due, and the age
    of an open case."""
    difference = difference_id(*about)
    differs = difference in beside.now.figures
    is_case = _is_case(beside, about, agreed)
    if not differs and not is_case:
        return
    since = _since(beside, difference)
    yield since
    yield _owner(beside, about)
    began = cast(date, since.value)
    parts = figures_named([since.id, difference] if differs else [since.id])
    decision = decided.decision_over(beside, about, began) if is_case else None
    if decision:
        yield from decided.figures(decision, parts)
    else:
        yield from _due(beside, difference)
        if is_case:
            age = _weeks(began, beside.now.name)
            yield Figure(case_age_id(*about), FigureKind.NUMBER, age, parts)
    if not differs and about[-1] is not Matter.JUDGEMENT:
        yield from _last_words(beside, difference)


def _is_case(beside: Beside, about: About, agreed: frozenset[About]) -> bool:
    was_open = beside.earlier(case_age_id(*about)) is not None
    was_case = was_open or decided.was_decided(beside, about)
    difference = difference_id(*about)
    if difference in beside.now.figures:
        differed = beside.earlier(difference) is not None
        return differed or was_case or _checked_late(beside, about)
    return was_case and not _agrees(beside, about, agreed)


def _checked_late(beside: Beside, about: About) -> bool:
    """After the day of the cut-off: what was checked on that day, the commune may still have known."""
    commune, code, _ = about
    checked = beside.now.figures.get(indicator_id(commune, code, "checked_on"))
    cutoff = beside.campaign.calendar.cutoff(beside.now.name).date()
    return checked is not None and isinstance(checked.value, date) and checked.value > cutoff


def _agrees(beside: Beside, about: About, agreed: frozenset[About]) -> bool:
    commune, code, matter = about
    if matter is not Matter.JUDGEMENT:
        return about in agreed
    said = [judged(beside.now.figures, commune, code, witness) for witness in Witness]
    return said[0] == said[1] != ""


def _since(beside: Beside, difference: str) -> Figure:
    """As the week before says where it knew the difference, else this week."""
    figure_id = since_id(difference)
    known = beside.earlier(figure_id)
    now = figures_named([difference] if difference in beside.now.figures else [])
    if known:
        return Figure(figure_id, FigureKind.DATE, known.value, (*now, *known.sources))
    return Figure(figure_id, FigureKind.DATE, beside.now.name.wednesday, (FigureSource(difference),))


def _owner(beside: Beside, about: About) -> Figure:
    """While an assignment is unconfirmed no agency is named."""
    found = beside.campaign.assignments.of(about[1], beside.now.name.wednesday)
    lead = found.lead if found and found.confirmed else None
    name = beside.campaign.roster[lead].name if lead else NOBODY_YET
    return Figure(owner_id(difference_id(*about)), FigureKind.TEXT, name, (ASSIGNMENTS,))


def _due(beside: Beside, difference: str) -> Iterator[Figure]:
    """With the next report; none after the last."""
    calendar = beside.campaign.calendar
    for week in calendar.weeks_after(beside.now.name)[:1]:
        yield Figure(due_id(difference), FigureKind.DATE, calendar.deadline(week).date(), (CALENDAR,))


def _last_words(beside: Beside, difference: str) -> Iterator[Figure]:
    """Of a case on which somebody is silent now: what both said when both spoke. Judgements are carried anyway."""
    known = (beside.earlier(figure_id) for figure_id in (difference, last_id(difference)))
    for said in [each for each in known if each][:1]:
        yield replace(said, id=last_id(difference))


def _weeks(since: date, week: WeekName) -> int:
    """Of the calendar, both counted."""
    return (week.wednesday - since).days // 7 + 1
