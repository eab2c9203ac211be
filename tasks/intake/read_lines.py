"""The lines of one table that are rows, each with what was read of its cells.

Knows what makes a line a row and what of its neighbours a cell's reading needs; which reading a column asks for stands
in cells.py, what becomes of the lines in rows.py.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace

from domain.forms import CellKind, Part, PartForm
from domain.reading.cell import Cell, refusal
from domain.submissions import ROW_TYPES, DebtRowKind
from domain.vietnamese import normal_text
from tasks.intake.cells import AS_WRITTEN, UNREAD, Lists, mark_way, result_way, way_of
from tasks.intake.debt_lines import has_decision, is_title, kind_of, names_a_part, ordinal, section_number
from tasks.intake.debt_parts import PartLine, Standing, standings
from tasks.intake.debt_sections import SectionLine, totals_on_top
from tasks.intake.headings import ColumnAt
from tasks.intake.known import Known, Way, as_read, known, known_down
from tasks.intake.lines import is_numbering, merged_across, merged_down
from tasks.intake.table import Table
from tasks.intake.ticked import is_filled, judged_column, read_ticked

_SAYS_NOTHING_ALONE = frozenset({CellKind.TEXT, CellKind.IGNORED})
KnownCells = Mapping[str, Known]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: its zero-based row, all its cells, and those that a row keeps, as they are read.

    `ticked`: the index of the column that says its judgement, where marks do. `standing`: of the debt table.
    """

    row: int
    all: KnownCells
    kind: DebtRowKind = DebtRowKind.PROJECT
    kept: KnownCells = field(default_factory=dict)
    ticked: int | None = None
    standing: Standing = Standing.PROJECT

    @property
    def cells(self) -> Mapping[str, Cell]:
        return {name: known.cell for name, known in self.all.items()}

    def index(self, at: ColumnAt) -> int:
        """Where the value stands; `at` is where its column does."""
        is_elsewhere = self.ticked is not None and at.column.kind is CellKind.JUDGEMENT
        return self.ticked if self.ticked is not None and is_elsewhere else at.index


def read_lines(table: Table, lists: Lists) -> tuple[list[ColumnAt], list[Line]]:
    """The columns that a row keeps, and every line with what its cells say."""
    kept, stating = kept_columns(table), _stating(table)
    lines = _with_sections(_with_parts(list(_lines(table, kept, lists)), kept, table), kept, table)
    across = merged_across(table.sheet)
    lines = [line for line in lines if _is_row(line, table, stating) and not _is_group(line, table, across)]
    lines = _with_results(lines, kept, table, lists)
    lines = _with_states_as_written(lines, kept, table)
    if lists.habits.mixed:
        lines = [_mixed_in(line, kept, table, lists) for line in lines]
    return kept + _judged_column(table), _judged(lines, table)


def kept_columns(table: Table) -> list[ColumnAt]:
    """What a typed row keeps; the form prints more (names, requirements) for the officer's eye alone."""
    wanted = {f.name for f in fields(ROW_TYPES[table.headings.form.part])}
    return [at for at in table.headings.columns if at.column.id in wanted]


def _lines(table: Table, kept: Sequence[ColumnAt], lists: Lists) -> Iterator[Line]:
    """Read column by column: a column's cells are read in one way, and most say what others said before."""
    first = table.headings.last + 1
    rows, names = range(first, table.end), [at.column.id for at in _at_hand(table)]
    columns = _columns(table, rows, kept, lists)
    kept_ids = [at.column.id for at in kept]
    for row, cells in zip(rows, zip(*columns, strict=True), strict=True):
        known = dict(zip(names, cells, strict=True))
        line = Line(row, known, _kind(table, known), {name: known[name] for name in kept_ids})
        if not _numbers_columns(line, further_down=row > first):
            yield line


def _numbers_columns(line: Line, *, further_down: bool) -> bool:
    """Further down every column has its sign: most rows leave one blank, and are looked at no closer."""
    if further_down and any(known.is_blank for known in line.all.values()):
        return False
    return is_numbering(line.cells, further_down=further_down)


def _at_hand(table: Table) -> tuple[ColumnAt, ...]:
    return (*table.headings.columns, *table.headings.ticked)


def _columns(table: Table, rows: range, kept: Sequence[ColumnAt], lists: Lists) -> list[list[Known]]:
    merged, ways = (
        merged_down(table.sheet, rows.start),
        {at.column.id: way_of(at, table, lists) for at in kept},
    )
    ways |= {at.column.id: mark_way(_named(at), lists) for at in table.headings.ticked}
    return [
        known_down(ways.get(at.column.id, UNREAD), table.sheet, _tops(at, rows, merged), at.index)
        for at in _at_hand(table)
    ]


def _tops(at: ColumnAt, rows: range, merged: Mapping[tuple[int, int], int]) -> Sequence[int]:
    """Where each cell stands: in its row, or at the top of the cells it is merged down from.

    A sum is never carried: it would count twice.
    """
    if not merged or at.column.kind is CellKind.MONEY:
        return rows
    return [merged.get((row, at.index), row) for row in rows]


def _kind(table: Table, known: KnownCells) -> DebtRowKind:
    form = table.headings.form
    if form.part is not Part.DEBT:
        return DebtRowKind.PROJECT
    return kind_of(form, {name: each.cell for name, each in known.items()})


def _stating(table: Table) -> list[str]:
    """The columns in which a cell makes its line a row: the required ones, and those of another kind than text."""
    columns = (at.column for at in _at_hand(table))
    return [each.id for each in columns if each.required or each.kind not in _SAYS_NOTHING_ALONE]


def _is_row(line: Line, table: Table, stating: Sequence[str]) -> bool:
    """Whether something is stated. Else it is a section's title."""
    if line.kind is not DebtRowKind.PROJECT:
        return True
    if table.headings.form.part is Part.DEBT and is_title(line.cells):
        return False
    ticked = {at.column.id for at in table.headings.ticked}
    return any(
        is_filled(line.all[name]) if name in ticked else not line.all[name].is_blank for name in stating
    )


def _is_group(line: Line, table: Table, across: Container[tuple[int, int]]) -> bool:
    """ "I | TIÊU CHÍ 1: QUY HOẠCH" merged across from the code's column, with nothing else in its row: it names no
    code and states nothing."""
    at = next((at for at in table.headings.columns if at.column.kind is CellKind.INDICATOR), None)
    if at is None or (line.row, at.index) not in across or line.kept[at.column.id].value is not None:
        return False
    beside = (each.column for each in _at_hand(table) if each is not at)
    return all(line.all[each.id].is_blank for each in beside if each.id != "ordinal")


def _with_sections(lines: list[Line], kept: Sequence[ColumnAt], table: Table) -> list[Line]:
    """Of the debt table: the sums on top of a section are a total, not a project's."""
    if table.headings.form.part is not Part.DEBT:
        return lines
    money = [at.column.id for at in kept if at.column.kind is CellKind.MONEY]
    totals = totals_on_top(_section_line(line, money) for line in lines)
    return [replace(line, kind=DebtRowKind.TOTAL) if n in totals else line for n, line in enumerate(lines)]


def _with_parts(lines: list[Line], kept: Sequence[ColumnAt], table: Table) -> list[Line]:
    """Of the debt table: what repeats the sums of a line above."""
    form = table.headings.form
    if form.part is not Part.DEBT:
        return lines
    money = [at.column.id for at in kept if at.column.kind is CellKind.MONEY]
    found = standings([_part_line(line, money, form) for line in lines])
    return [
        line if standing is line.standing else replace(line, standing=standing)
        for line, standing in zip(lines, found, strict=True)
    ]


def _part_line(line: Line, money: Sequence[str], form: PartForm) -> PartLine:
    cells = line.cells
    return PartLine(
        line.kind,
        ordinal(cells) if "ordinal" in cells else None,
        normal_text(cells["project"].text) if "project" in cells else "",
        has_decision(cells),
        names_a_part(form, cells),
        {name: line.kept[name].value for name in money if not line.kept[name].is_blank},
    )


def _section_line(line: Line, money: Sequence[str]) -> SectionLine:
    amounts = {name: dong for name in money if isinstance(dong := line.kept[name].value, int)}
    number = section_number(line.cells) if line.kind is DebtRowKind.PROJECT else ""
    kind = DebtRowKind.TOTAL if line.standing is Standing.PART else line.kind  # neither is summed
    return SectionLine(kind, number, amounts, has_decision(line.cells))


def _with_results(lines: list[Line], kept: Sequence[ColumnAt], table: Table, lists: Lists) -> list[Line]:
    """A result as a number in its indicator's unit, beside its text."""
    at = next((at for at in kept if at.column.id == "result"), None)
    if at is None:
        return lines
    ways: dict[str | None, Way] = {}
    with_results = []
    for line in lines:
        text, indicator = line.kept["result"], line.kept.get("indicator")
        code = indicator.value if indicator else None
        if code not in ways:
            ways[code] = result_way(code, at, table, lists)
        kept_with = {**line.kept, "result": known(ways[code], text.cell), "result_text": text}
        with_results.append(replace(line, kept=kept_with))
    return with_results


def _with_states_as_written(lines: list[Line], kept: Sequence[ColumnAt], table: Table) -> list[Line]:
    """Of an agency, beside the state that was read: offices write more there than the list knows."""
    if table.headings.form.part is not Part.VERIFICATION or all(at.column.id != "state" for at in kept):
        return lines
    return [
        replace(line, kept={**line.kept, "dossier_state": known(AS_WRITTEN, line.kept["state"].cell)})
        for line in lines
    ]


def _judged_column(table: Table) -> list[ColumnAt]:
    """Columns of marks stand for the one with words, from the first of them on."""
    judged = judged_column(table.headings.form)
    first = table.headings.ticked[:1]
    return [ColumnAt(judged, at.index, at.heading) for at in first if judged]


def _judged(lines: Sequence[Line], table: Table) -> list[Line]:
    """With what their marks say, if the table has columns of marks."""
    by_id = {at.column.id: at for at in table.headings.ticked}
    if not by_id:
        return list(lines)
    headings = {name: _named(at) for name, at in by_id.items()}
    return [_ticked(line, by_id, headings) for line in lines]


def _named(at: ColumnAt) -> str:
    """By its own heading, without the one merged over it and its neighbours."""
    return at.heading.text.rpartition(": ")[2]


def _ticked(line: Line, by_id: Mapping[str, ColumnAt], headings: Mapping[str, str]) -> Line:
    ticked = read_ticked({name: line.all[name] for name in by_id}, headings)
    judgement = as_read(line.all[ticked.column].cell, ticked.reading)
    return replace(
        line,
        all={**line.all, "judgement": judgement},
        kept={**line.kept, "judgement": judgement},
        ticked=by_id[ticked.column].index,
    )


def _mixed_in(line: Line, kept: Sequence[ColumnAt], table: Table, lists: Lists) -> Line:
    """With what dots and commas in two ways make unsure."""
    mixed, sheet = lists.habits.mixed, table.sheet.name
    cells = ((at.column.id, (sheet, table.sheet.name_of(line.row, at.index))) for at in kept)
    unsure = {
        name: as_read(cell := line.all[name].cell, refusal(cell, "NUMBERS_MIXED", **mixed[key]))
        for name, key in cells
        if key in mixed
    }
    return replace(line, kept={**line.kept, **unsure}) if unsure else line
