"""Construction debt per project, commune and district. The legal debt and the unpaid sum are two figures.

Source: the notice, item 1, last dash; Luật Đầu tư công 39/2019/QH14 Điều 4 khoản 20; SEMANTICS, "Money and
numbers".
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from domain.aggregation import sums_by
from domain.campaign import Campaign
from domain.debt import allotted, legal_debt, numbered, project_key, unpaid
from domain.forms import Part
from domain.lineage import ROSTER, counted, figures_named
from domain.snapshot import InForceRow, WeekSnapshot, cells_behind
from domain.submissions import ALLOTTED_FIELDS, DebtRow, DebtRowKind
from domain.summary import ALL, Figure, FigureKind, ProjectLine, debt_id, debt_unknown_id, project_id

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


@dataclass(frozen=True, slots=True)
class Project:
    """A line of a commune's debt table under the key that its figures have."""

    commune: str
    key: str
    line: InForceRow[DebtRow]

    @property
    def states_no_debt(self) -> bool:
        return self.line.row.kind is DebtRowKind.NO_DEBT

    def id(self, amount: str) -> str:
        return project_id(self.commune, self.key, amount)

    def amounts(self) -> dict[str, int | None]:
        row = self.line.row
        if self.states_no_debt:
            return {amount: 0 if amount in ("legal", "stated") else None for amount in AMOUNTS}
        return {
            "legal": legal_debt(row),
            "stated": row.stated_debt,
            "unpaid": unpaid(row),
            "accepted": row.accepted,
            "allotted": allotted(row),
            "paid": row.paid,
        }


_Table = list[Project]
Sums = Mapping[str, int | None]  # of each amount; None where no project states it


def projects(snapshot: WeekSnapshot) -> tuple[ProjectLine, ...]:
    """The projects of every commune, in the order in which the commune lists them."""
    return tuple(
        ProjectLine(project.commune, project.key, project.line.row.project, project.line.row.decision)
        for table in tables_of(snapshot).values()
        for project in table
        if not project.states_no_debt
    )


def figures(snapshot: WeekSnapshot, campaign: Campaign) -> Iterator[Figure]:
    """Per project and per commune what is stated; a commune that stated nothing has no figure,
    which is not zero."""
    listed = tables_of(snapshot)
    communes = [commune.id for commune in campaign.roster.communes_on(snapshot.week.wednesday)]
    tables = {commune: listed[commune] for commune in communes if commune in listed}
    records = [{"commune": of, **project.amounts()} for of, table in tables.items() for project in table]
    sums = sums_by(records, "commune", AMOUNTS)
    for commune, table in tables.items():
        for project in table:
            yield from _of_project(project)
        yield from _sums(commune, table, sums[commune])
        yield from _numbers(commune, table)


def summed_ids(commune: str) -> Iterator[str]:
    """What the totals are made of."""
    yield debt_id(commune, "projects")
    for amount in AMOUNTS:
        yield debt_id(commune, amount)
        yield debt_unknown_id(commune, amount)


def totals(parts: Mapping[str, Figure], communes: Sequence[str]) -> Iterator[Figure]:
    """The district: the sum over the communes that stated debt, how many projects it lacks, and how many communes.
    `parts`: of all communes those figures that `summed_ids` names."""
    stating = [commune for commune in communes if debt_id(commune, "projects") in parts]
    stated = [{a: _number(parts, debt_id(commune, a)) for a in AMOUNTS} for commune in stating]
    total = sums_by([{"all": ALL, **each} for each in stated], "all", AMOUNTS).get(ALL, {})
    for amount in AMOUNTS:
        sources = figures_named(debt_id(commune, amount) for commune in stating)
        yield Figure(debt_id(ALL, amount), FigureKind.MONEY, total.get(amount), sources)
        if stating:
            unknown = figures_named(debt_unknown_id(commune, amount) for commune in stating)
            lacking = sum(_number(parts, each.figure_id) or 0 for each in unknown)
            yield Figure(debt_unknown_id(ALL, amount), FigureKind.NUMBER, lacking, unknown)
    listed = figures_named(debt_id(commune, "projects") for commune in stating)
    missing = len(communes) - len(stating)
    yield Figure(debt_id(ALL, "communes_missing"), FigureKind.NUMBER, missing, (ROSTER, *listed))


def _number(parts: Mapping[str, Figure], figure_id: str) -> int | None:
    value = parts[figure_id].value
    return value if isinstance(value, int) else None


def tables_of(snapshot: WeekSnapshot) -> dict[str, _Table]:
    """Commune -> what it lists, without its total rows."""
    lines: dict[str, list[InForceRow[DebtRow]]] = defaultdict(list)
    for line in snapshot.rows_of(Part.DEBT, DebtRow):
        if line.row.kind is not DebtRowKind.TOTAL:
            lines[line.reporter].append(line)
    return {commune: list(_keyed(commune, own)) for commune, own in lines.items()}


def _keyed(commune: str, lines: list[InForceRow[DebtRow]]) -> Iterator[Project]:
    keys = numbered(
        _NO_PROJECT if line.row.kind is DebtRowKind.NO_DEBT else project_key(line.row) for line in lines
    )
    return (Project(commune, key, line) for key, line in zip(keys, lines, strict=True))


def _of_project(project: Project) -> Iterator[Figure]:
    """Of a statement that there is no debt the one source is the cell that states it."""
    for amount, value in project.amounts().items():
        cells = ("project",) if project.states_no_debt else _CELLS_BEHIND[amount]
        sources = () if value is None else cells_behind([project.line], *cells)
        yield Figure(project.id(amount), FigureKind.MONEY, value, sources)


def _sums(commune: str, table: _Table, sums: Sums) -> Iterator[Figure]:
    for amount in AMOUNTS:
        sources = figures_named(project.id(amount) for project in table)
        yield Figure(debt_id(commune, amount), FigureKind.MONEY, sums[amount], sources)


def _unknown(table: _Table) -> dict[str, list[str]]:
    """Amount -> the figures of the listed projects that do not state it."""
    listed = [(project, project.amounts()) for project in table if not project.states_no_debt]
    return {
        amount: [project.id(amount) for project, amounts in listed if amounts[amount] is None]
        for amount in AMOUNTS
    }


def _numbers(commune: str, table: _Table) -> Iterator[Figure]:
    """How many projects are listed (of none the source is the statement that says so), and how many of them do not
    state each amount."""
    listed = [project for project in table if not project.states_no_debt]
    names = cells_behind([project.line for project in listed or table], "project")
    yield Figure(debt_id(commune, "projects"), FigureKind.NUMBER, len(listed), names)
    for amount, unknown in _unknown(table).items():
        among = [project.id(amount) for project in listed] or [debt_id(commune, "projects")]
        sources = counted(unknown, among)
        yield Figure(debt_unknown_id(commune, amount), FigureKind.NUMBER, len(unknown), sources)
