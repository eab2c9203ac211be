"""Construction debt per project, commune and district. The legal debt and the unpaid sum are two figures.

Source: the notice, item 1, last dash; Luật Đầu tư công 39/2019/QH14 Điều 4 khoản 20; SEMANTICS, "Money and
numbers".
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from domain.aggregation import sums_by
from domain.campaign import Campaign
from domain.debt import allotted, legal_debt, project_key, unpaid
from domain.forms import Part
from domain.lineage import FigureSource, Source
from domain.snapshot import InForceRow, WeekSnapshot
from domain.submissions import ALLOTTED_FIELDS, DebtRow, DebtRowKind
from domain.summary import ALL, Figure, FigureKind, ProjectLine, debt_id, project_id

AMOUNTS = ("legal", "stated", "unpaid", "accepted", "allotted", "paid")
_CELLS_BEHIND: Mapping[str, tuple[str, ...]] = {
    "legal": ("accepted", *ALLOTTED_FIELDS),
    "stated": ("stated_debt",),
    "unpaid": ("accepted", "paid"),
    "accepted": ("accepted",),
    "allotted": ALLOTTED_FIELDS,
    "paid": ("paid",),
}

_NO_PROJECT = "none"  # the key under which a statement "không có nợ đọng" stands among the projects

DebtLine = InForceRow[DebtRow]


def projects(snapshot: WeekSnapshot) -> tuple[ProjectLine, ...]:
    """The projects of every commune, in the order in which the commune lists them."""
    return tuple(
        ProjectLine(line.reporter, project_key(line.row), line.row.project, line.row.decision)
        for line in snapshot.rows_of(Part.DEBT, DebtRow)
        if line.row.kind is DebtRowKind.PROJECT
    )


def figures(snapshot: WeekSnapshot, campaign: Campaign) -> Iterator[Figure]:
    """Per project and per commune what is stated; a commune that stated nothing has no figure,
    which is not zero."""
    by_commune: dict[str, list[DebtLine]] = defaultdict(list)
    for line in snapshot.rows_of(Part.DEBT, DebtRow):
        if line.row.kind is not DebtRowKind.TOTAL:
            by_commune[line.reporter].append(line)
    communes = [commune.id for commune in campaign.roster.communes_on(snapshot.week.wednesday)]
    stating = [commune for commune in communes if commune in by_commune]
    records = [{"commune": of, **_amounts(line.row)} for of in stating for line in by_commune[of]]
    sums = sums_by(records, "commune", AMOUNTS)
    for commune in stating:
        for line in by_commune[commune]:
            yield from _of_project(commune, line)
        yield from _of_commune(commune, by_commune[commune], sums[commune])
    yield from _of_all(sums, len(communes))


def _amounts(row: DebtRow) -> dict[str, int | None]:
    if row.kind is DebtRowKind.NO_DEBT:
        return {amount: 0 if amount in ("legal", "stated") else None for amount in AMOUNTS}
    return {
        "legal": legal_debt(row),
        "stated": row.stated_debt,
        "unpaid": unpaid(row),
        "accepted": row.accepted,
        "allotted": allotted(row),
        "paid": row.paid,
    }


def _key(row: DebtRow) -> str:
    return _NO_PROJECT if row.kind is DebtRowKind.NO_DEBT else project_key(row)


def _of_project(commune: str, line: DebtLine) -> Iterator[Figure]:
    """Of a statement that there is no debt the one source is the cell that states it."""
    stated_none = line.row.kind is DebtRowKind.NO_DEBT
    key = _key(line.row)
    for amount, value in _amounts(line.row).items():
        cells = ("project",) if stated_none else _CELLS_BEHIND[amount]
        sources = (
            tuple(line.source(cell) for cell in cells if line.row.cell(cell)) if value is not None else ()
        )
        yield Figure(project_id(commune, key, amount), FigureKind.MONEY, value, sources)


def _of_commune(commune: str, lines: list[DebtLine], sums: Mapping[str, int | None]) -> Iterator[Figure]:
    for amount in AMOUNTS:
        sources = _figures([project_id(commune, _key(line.row), amount) for line in lines])
        yield Figure(debt_id(commune, amount), FigureKind.MONEY, sums[amount], sources)
    of_projects = [line for line in lines if line.row.kind is DebtRowKind.PROJECT]
    unknown = [
        project_id(commune, project_key(line.row), "legal")
        for line in of_projects
        if legal_debt(line.row) is None
    ]
    names = tuple(line.source("project") for line in of_projects)
    yield Figure(debt_id(commune, "projects"), FigureKind.NUMBER, len(of_projects), names)
    yield Figure(debt_id(commune, "unknown_projects"), FigureKind.NUMBER, len(unknown), _figures(unknown))


def _of_all(sums: Mapping[str, Mapping[str, int | None]], communes: int) -> Iterator[Figure]:
    """The district: the sum over communes that stated debt, and how many did not."""
    total = sums_by([{"all": ALL, **stated} for stated in sums.values()], "all", AMOUNTS).get(ALL, {})
    for amount in AMOUNTS:
        sources = _figures([debt_id(commune, amount) for commune in sums])
        yield Figure(debt_id(ALL, amount), FigureKind.MONEY, total.get(amount), sources)
    yield Figure(debt_id(ALL, "communes_missing"), FigureKind.NUMBER, communes - len(sums))


def _figures(ids: list[str]) -> tuple[Source, ...]:
    return tuple(FigureSource(figure_id) for figure_id in ids)
