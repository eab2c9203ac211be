"""Differences that stay: since when, and which of them are cases.

A case opens when a difference still stands a week later, or when the agency checked after the day of the printed
cut-off. Silence and a missing report settle nothing; the department may decide (decided.py).
Source: SEMANTICS, "Two witnesses"; docs/decisions/0015, "Cases"; 0034.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import cast

from domain.figures import decided
from domain.figures.beside import Beside
from domain.judgement import Judgement, Witness
from domain.lineage import ROSTER, FigureSource, counted, figures_named
from domain.summary import (
    ALL,
    Figure,
    FigureKind,
    case_age_id,
    cases_id,
    difference_id,
    indicator_id,
    indicators_met_id,
    since_id,
)
from domain.weeks import WeekName


def figures(beside: Beside) -> Iterator[Figure]:
    """Also in the first week: a late check opens a case at once."""
    for commune in beside.communes():
        ages: list[str] = []
        for row in beside.campaign.catalogue.indicators():
            for figure in _of_indicator(beside, commune, row.code):
                ages += [figure.id] if figure.kind is FigureKind.NUMBER else []
                yield figure
        looked_at = (indicators_met_id(commune, witness) for witness in Witness)
        yield Figure(cases_id(commune), FigureKind.NUMBER, len(ages), counted(ages, looked_at))


def summed_ids(commune: str) -> Iterator[str]:
    """What the total is made of."""
    yield cases_id(commune)


def totals(parts: Mapping[str, Figure], communes: Sequence[str]) -> Iterator[Figure]:
    """`parts`: the number of cases of every commune."""
    sources = figures_named(map(cases_id, communes))
    total = sum(cast(int, parts[each.figure_id].value) for each in sources)
    yield Figure(cases_id(ALL), FigureKind.NUMBER, total, sources or (ROSTER,))


def _of_indicator(beside: Beside, commune: str, code: str) -> Iterator[Figure]:
    """`since` of what differs or is a case, and the age of an open case, or what was decided over it."""
    difference = difference_id(commune, code)
    differs = difference in beside.now.figures
    is_case = _is_case(beside, commune, code)
    if not differs and not is_case:
        return
    since = _since(beside, difference)
    yield since
    if is_case and isinstance(since.value, date):
        parts = figures_named([since.id, difference] if differs else [since.id])
        decision = decided.decision_over(beside, commune, code, since.value)
        if decision:
            yield from decided.figures(decision, parts)
            return
        age = _weeks(since.value, beside.now.name)
        yield Figure(case_age_id(commune, code), FigureKind.NUMBER, age, parts)


def _is_case(beside: Beside, commune: str, code: str) -> bool:
    was_open = beside.earlier(case_age_id(commune, code)) is not None
    was_case = was_open or decided.was_decided(beside, commune, code)
    difference = difference_id(commune, code)
    if difference in beside.now.figures:
        differed = beside.earlier(difference) is not None
        return differed or was_case or _checked_late(beside, commune, code)
    return was_case and not _agrees(beside, commune, code)


def _checked_late(beside: Beside, commune: str, code: str) -> bool:
    """After the day of the cut-off: what was checked on that day, the commune may still have known."""
    checked = beside.now.figures.get(indicator_id(commune, code, "checked_on"))
    cutoff = beside.campaign.calendar.cutoff(beside.now.name).date()
    return checked is not None and isinstance(checked.value, date) and checked.value > cutoff


def _agrees(beside: Beside, commune: str, code: str) -> bool:
    said = [beside.now.figures[indicator_id(commune, code, witness)].value for witness in Witness]
    return said[0] == said[1] != Judgement.NOT_STATED


def _since(beside: Beside, difference: str) -> Figure:
    """As the week before says where it knew the difference, else this week."""
    figure_id = since_id(difference)
    known = beside.earlier(figure_id)
    now = figures_named([difference] if difference in beside.now.figures else [])
    if known:
        return Figure(figure_id, FigureKind.DATE, known.value, (*now, *known.sources))
    return Figure(figure_id, FigureKind.DATE, beside.now.name.wednesday, (FigureSource(difference),))


def _weeks(since: date, week: WeekName) -> int:
    """Of the calendar, both counted."""
    return (week.wednesday - since).days // 7 + 1
