"""When each criterion is planned to be reached, and how often and how far that has moved.

Source: SEMANTICS, "Plan" (the first planned date is the baseline); docs/decisions/0015, `plan`.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import cast

from domain.criteria import Criterion
from domain.figures.beside import Beside
from domain.lineage import FigureSource, Source, figures_named
from domain.summary import Figure, FigureKind, indicator_id, last_id, plan_id


def figures(beside: Beside) -> Iterator[Figure]:
    """Also in the first week: it states the baselines."""
    for commune in beside.communes():
        for criterion in beside.campaign.catalogue.criteria:
            yield from _of_criterion(beside, commune, criterion)


def _of_criterion(beside: Beside, commune: str, criterion: Criterion) -> Iterator[Figure]:
    def named(what: str) -> str:
        return plan_id(commune, criterion.id, what)

    planned = _planned(beside, named("planned_on"), commune, criterion)
    last = beside.earlier(named("planned_on")) or beside.earlier(last_id(named("planned_on")))
    baseline = beside.earlier(named("baseline")) or _first(named("baseline"), planned)
    if planned:
        yield planned
    elif last:
        yield replace(last, id=last_id(named("planned_on")))
    if baseline:
        yield baseline
        if planned:
            yield _days(named("slip"), baseline, planned, FigureSource(baseline.id))
        move = _move(named("move"), last, planned)
        yield from move
        yield _moves(beside.earlier(named("moves")), named("moves"), baseline, move)


def _planned(beside: Beside, figure_id: str, commune: str, criterion: Criterion) -> Figure | None:
    """The latest date that an indicator of the criterion states."""
    ids = (indicator_id(commune, row.code, "planned_on") for row in criterion.indicators)
    stated = [figure for each in ids if (figure := beside.now.figures.get(each))]
    dates = [figure.value for figure in stated if isinstance(figure.value, date)]
    sources = figures_named(figure.id for figure in stated)
    return Figure(figure_id, FigureKind.DATE, max(dates), sources) if dates else None


def _first(figure_id: str, planned: Figure | None) -> Figure | None:
    """The planned date of this week, where none was ever stated before."""
    return planned and Figure(figure_id, FigureKind.DATE, planned.value, (FigureSource(planned.id),))


def _move(figure_id: str, last: Figure | None, planned: Figure | None) -> tuple[Figure, ...]:
    """From the last planned date before this week, whichever week stated it; empty where it has not moved."""
    if last is None or planned is None or last.value == planned.value:
        return ()
    return (_days(figure_id, last, planned, *last.sources),)


def _days(figure_id: str, start: Figure, end: Figure, *start_sources: Source) -> Figure:
    """Calendar days; negative where the end is earlier."""
    days = (cast(date, end.value) - cast(date, start.value)).days
    return Figure(figure_id, FigureKind.NUMBER, days, (*start_sources, FigureSource(end.id)))


def _moves(before: Figure | None, figure_id: str, baseline: Figure, move: tuple[Figure, ...]) -> Figure:
    """How often so far; of none the baseline is what it is counted from."""
    so_far = before.value if before and isinstance(before.value, int) else 0
    sources = (*(before.sources if before else ()), *figures_named(figure.id for figure in move))
    counted_from = (FigureSource(baseline.id),)
    return Figure(figure_id, FigureKind.NUMBER, so_far + len(move), sources or counted_from)
