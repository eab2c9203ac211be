"""How the debt has moved since the commune's previous table, project by project and in sum.

`last` is the previous legal debt; accepted, allotted and paid are what they have grown by, or the whole amounts of a
project that the previous table didn't list: over the weeks they add up. Source: docs/decisions/0015, `movement`.
"""

from collections.abc import Iterator, Mapping, Sequence

from domain.figures.beside import Beside
from domain.forms import Part
from domain.lineage import FigureSource, figures_named
from domain.summary import (
    ALL,
    Figure,
    FigureKind,
    debt_id,
    movement_id,
    project_id,
    project_movement_id,
)
from domain.vietnamese import match_key

_GROWING = ("accepted", "allotted", "paid")
_SUMMED = ("last", *_GROWING)


def figures(beside: Beside) -> Iterator[Figure]:
    """Only of communes whose debt is in force and was stated before."""
    for commune in beside.communes():
        part = (commune, Part.DEBT)
        if beside.is_in_force(part) and beside.previous(debt_id(commune, "projects"), part):
            of_projects = list(_of_projects(beside, commune))
            yield from of_projects
            yield from _last_of_commune(beside, commune)
            yield from _sums(commune, of_projects, _GROWING)


def summed_ids(commune: str) -> Iterator[str]:
    """What the totals are made of."""
    return (movement_id(commune, what) for what in _SUMMED)


def totals(parts: Mapping[str, Figure], communes: Sequence[str]) -> Iterator[Figure]:
    """`parts`: of all communes those figures that `summed_ids` names; none of a commune whose debt has no movement."""
    moved = [
        parts[figure_id] for commune in communes for figure_id in summed_ids(commune) if figure_id in parts
    ]
    yield from _sums(ALL, moved, _SUMMED)


def _sums(commune: str, parts: list[Figure], whats: tuple[str, ...]) -> Iterator[Figure]:
    """Over those that have the figure; none without one."""
    for what in whats:
        summed = [figure for figure in parts if figure.id.endswith(f"/{what}")]
        amounts = [figure.value for figure in summed if isinstance(figure.value, int)]
        if amounts:
            sources = figures_named(figure.id for figure in summed)
            yield Figure(movement_id(commune, what), FigureKind.MONEY, sum(amounts), sources)


def _last_of_commune(beside: Beside, commune: str) -> Iterator[Figure]:
    return _last(beside, commune, debt_id(commune, "legal"), movement_id(commune, "last"))


def _of_projects(beside: Beside, commune: str) -> Iterator[Figure]:
    """As the commune lists them, then those that its previous table listed and this one doesn't."""
    listed, before = beside.now.projects.get(commune, {}), beside.previous_projects(commune)
    for key, name in listed.items():
        yield from _last_of_project(beside, commune, key)
        for what in _GROWING:
            yield from _grown(beside, commune, key, what)
        if key in before and match_key(before[key]) != match_key(name):
            yield _name(beside, commune, key, "renamed")
    for key in before:
        if key not in listed:
            yield from _last_of_project(beside, commune, key)
            yield _name(beside, commune, key, "gone")


def _last_of_project(beside: Beside, commune: str, key: str) -> Iterator[Figure]:
    figure_id = project_movement_id(commune, key, "last")
    return _last(beside, commune, project_id(commune, key, "legal"), figure_id)


def _last(beside: Beside, commune: str, legal: str, figure_id: str) -> Iterator[Figure]:
    previous = beside.previous(legal, (commune, Part.DEBT))
    if previous and previous.value is not None:
        yield Figure(figure_id, FigureKind.MONEY, previous.value, previous.sources)


def _grown(beside: Beside, commune: str, key: str, what: str) -> Iterator[Figure]:
    """None where either side is not stated; a project that was not listed has grown from nothing."""
    amount = project_id(commune, key, what)
    now, previous = beside.now.figures[amount], beside.previous(amount, (commune, Part.DEBT))
    before = previous.value if previous else None
    if key not in beside.previous_projects(commune):
        before = 0
    if isinstance(now.value, int) and isinstance(before, int):
        sources = (FigureSource(amount), *(previous.sources if previous else ()))
        figure_id = project_movement_id(commune, key, what)
        yield Figure(figure_id, FigureKind.MONEY, now.value - before, sources)


def _name(beside: Beside, commune: str, key: str, what: str) -> Figure:
    """Its previous name; the cells of the names stand behind the numbers of projects."""
    listed = debt_id(commune, "projects")
    previous = beside.previous(listed, (commune, Part.DEBT))
    sources = (FigureSource(listed), *(previous.sources if previous else ()))
    name = beside.previous_projects(commune)[key]
    return Figure(project_movement_id(commune, key, what), FigureKind.TEXT, name, sources)
