"""Construction debt of the projects that belong to the programme: the gate of recognition concerns only those.

Only where some project of the commune says whether it does. One that doesn't say it is counted apart, neither inside
nor outside. Source: SEMANTICS, "Money and numbers"; docs/decisions/0032.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from domain.campaign import Campaign
from domain.figures.debt import Project, tables_of
from domain.lineage import ROSTER, Source, counted, figures_named
from domain.snapshot import WeekSnapshot, cells_behind
from domain.submissions import canonical_text
from domain.summary import ALL, Figure, FigureKind, debt_id, programme_id, programme_project_id

AMOUNTS = ("legal", "stated")
_UNKNOWN = tuple(f"unknown_{amount}" for amount in AMOUNTS)


def figures(snapshot: WeekSnapshot, campaign: Campaign) -> Iterator[Figure]:
    """None of a commune that says it of no project."""
    listed = tables_of(snapshot)
    for commune in campaign.roster.communes_on(snapshot.week.wednesday):
        projects = [each for each in listed.get(commune.id, ()) if not each.states_no_debt]
        if any(each.line.row.in_programme is not None for each in projects):
            yield from map(_said, projects)
            yield from _of_commune(commune.id, projects)


def summed_ids(commune: str) -> Iterator[str]:
    """What the totals are made of."""
    yield debt_id(commune, "projects")
    yield from (programme_id(commune, what) for what in (*AMOUNTS, *_UNKNOWN, "unclear"))


def totals(parts: Mapping[str, Figure], communes: Sequence[str]) -> Iterator[Figure]:
    """Over the communes that say it. One that lists no project has none to say it of, so it isn't missing. `parts`: of
    all communes those figures that `summed_ids` names."""
    saying = [commune for commune in communes if programme_id(commune, "unclear") in parts]
    if not saying:
        return
    for what in (*AMOUNTS, *_UNKNOWN, "unclear"):
        ids = [programme_id(commune, what) for commune in saying]
        value = _sum(parts[each].value for each in ids)
        yield Figure(programme_id(ALL, what), parts[ids[0]].kind, value, figures_named(ids))
    listing = [figure_id for each in communes if (figure_id := debt_id(each, "projects")) in parts]
    missing = len(communes) - len(saying) - sum(parts[each].value == 0 for each in listing)
    sources: tuple[Source, ...] = (ROSTER, *figures_named(listing))
    yield Figure(programme_id(ALL, "communes_missing"), FigureKind.NUMBER, missing, sources)


def _said(project: Project) -> Figure:
    """`có` or `không`; None of one that doesn't say it."""
    said = project.line.row.in_programme
    sources = () if said is None else cells_behind([project.line], "in_programme")
    value = None if said is None else canonical_text(said)
    return Figure(programme_project_id(project.commune, project.key), FigureKind.TEXT, value, sources)


def _of_commune(commune: str, projects: Sequence[Project]) -> Iterator[Figure]:
    """A sum over no project is zero only where every one says that it is outside."""
    within = [each for each in projects if each.line.row.in_programme]
    unclear = _asked(each for each in projects if each.line.row.in_programme is None)
    for amount in AMOUNTS:
        ids, sums = [each.id(amount) for each in within], [each.amounts()[amount] for each in within]
        value = _sum(sums) if within or unclear else 0
        sources = counted(ids, _asked(projects))
        yield Figure(programme_id(commune, amount), FigureKind.MONEY, value, sources)
        unknown = [figure_id for figure_id, stated in zip(ids, sums, strict=True) if stated is None]
        sources = counted(unknown, ids or _asked(projects))
        yield Figure(programme_id(commune, f"unknown_{amount}"), FigureKind.NUMBER, len(unknown), sources)
    sources = counted(unclear, _asked(projects))
    yield Figure(programme_id(commune, "unclear"), FigureKind.NUMBER, len(unclear), sources)


def _asked(projects: Iterable[Project]) -> list[str]:
    return [programme_project_id(each.commune, each.key) for each in projects]


def _sum(stated: Iterable[object]) -> int | None:
    """Over those that are stated; None where none is."""
    amounts = [each for each in stated if isinstance(each, int)]
    return sum(amounts) if amounts else None
