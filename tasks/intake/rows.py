"""From the cells of one table to typed rows and findings with their places.

Knows what makes a line a row; which reading a column asks for stands in cells.py, how a kind is read in
domain/reading, what rows say together in domain/rules.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cache
from typing import Any

from domain.campaign import Campaign
from domain.findings import Finding, Place, Severity
from domain.forms import CellKind, Column, Part
from domain.judgement import Judgement
from domain.reading.cell import Cell, Reading, is_odd, refusal
from domain.reading.money import Amount
from domain.reading.text import read_text
from domain.submissions import ROW_TYPES, DebtRowKind, Row, canonical_text
from domain.telling import finding
from domain.vietnamese import normal_text
from tasks.intake.cells import Lists, read_cell, read_row_result
from tasks.intake.debt_lines import is_lettered, is_title, kind_of, merged_sums
from tasks.intake.grid import Sheet, column_letter
from tasks.intake.lines import is_numbering, merged_down
from tasks.intake.table import ColumnAt, Table
from tasks.intake.ticked import judged_column, read_ticked
from tasks.intake.transcribed import RETURNED, of_column

_MAY_BE_BLANK = frozenset({CellKind.JUDGEMENT, CellKind.DOSSIER_STATE, CellKind.MONEY})
_SAYS_NOTHING_ALONE = frozenset({CellKind.TEXT, CellKind.IGNORED})
# What a row can't be without, and what a blank means where a row must say something.
_INDISPENSABLE: Mapping[Part, tuple[str, ...]] = {
    Part.PROGRESS: ("indicator",),
    Part.DOSSIERS: ("indicator", "document"),
    Part.DEBT: ("project",),
    Part.VERIFICATION: ("commune", "indicator"),
    Part.REMARKS: ("subject", "text"),
}
_WHERE_BLANK: Mapping[Part, Mapping[str, Any]] = {
    Part.PROGRESS: {"judgement": Judgement.NOT_STATED},
    Part.DOSSIERS: {"state": None},
    Part.VERIFICATION: {"judgement": Judgement.NOT_STATED},
}
# What names a row, or quotes what others say: a blank form may print it, so it states nothing (decision 0009).
_PRINTED: Mapping[Part, frozenset[str]] = {
    Part.PROGRESS: frozenset({"indicator"}),
    Part.DOSSIERS: frozenset({"indicator", "document", "guided_by"}),
    Part.DEBT: frozenset({"project", "decision", "term"}),
    Part.VERIFICATION: frozenset({"commune", "indicator", "commune_said"}),
    Part.REMARKS: frozenset({"subject"}),
}
_TOLD_ONCE = frozenset({"MONEY_UNIT_MISSING"}) | RETURNED  # of a column, not of every cell
_BLANK = Cell()  # one for all: every third cell of a report is blank
Readings = Mapping[str, Reading[Any]]


@dataclass(frozen=True)
class _Line:
    """One line of a table: its zero-based row, its cells, and what was read of those that a row keeps.

    `ticked`: the index of the column that says its judgement, where marks do.
    """

    row: int
    cells: Mapping[str, Cell]
    kind: DebtRowKind = DebtRowKind.PROJECT
    readings: Readings = field(default_factory=dict)
    ticked: int | None = None

    def index(self, at: ColumnAt) -> int:
        """Where the value stands; `at` is where its column does."""
        is_elsewhere = self.ticked is not None and at.column.kind is CellKind.JUDGEMENT
        return self.ticked if self.ticked is not None and is_elsewhere else at.index


@dataclass(frozen=True)
class TableRead:
    """The rows of one table and everything found in its cells.

    `is_blank`: no row says more than the blank form does. A line that can't be a row (no key) only has findings.
    """

    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]
    is_blank: bool


def read_rows(table: Table, lists: Lists) -> TableRead:
    """Never raises over what a sender wrote."""
    columns = {at.column.id: column_letter(at.index) for at in _kept_columns(table)}
    if "result" in columns:
        columns["result_text"] = columns["result"]
    kept, lines = _read_lines(table, lists)
    found = [f for line in lines for at in kept for f in _finding(line, at, table, lists.campaign)]
    of_line = _columns_of_lines(columns)
    rows = [(row, line) for line in lines if (row := _row(line, table, of_line(line.ticked)))]
    return TableRead(
        tuple(row for row, _ in rows),
        (
            *_once_per_heading(table, kept, lines, lists.campaign),
            *found,
            *_unclear(table, lines, lists.campaign),
        ),
        is_blank=not any(_states_something(line, table.headings.form.part) for _, line in rows),
    )


def cells_of(table: Table, lists: Lists) -> Iterator[tuple[Place, ColumnAt, Reading[Any]]]:
    """Every cell that a row keeps, with what came of it, row by row: for people's eyes, not for the sums."""
    kept, lines = _read_lines(table, lists)
    for line in lines:
        yield from ((_place(line, at, table), at, line.readings[at.column.id]) for at in kept)


def _read_lines(table: Table, lists: Lists) -> tuple[list[ColumnAt], list[_Line]]:
    """The columns that a row keeps, and every line with what its cells say."""
    kept = _kept_columns(table)
    read = (replace(line, readings=_readings(line, kept, table, lists)) for line in _lines(table))
    lines = [_judged(line, table, lists) for line in read]
    return kept + _judged_column(table), lines


def _columns_of_lines(columns: Mapping[str, str]) -> Callable[[int | None], Mapping[str, str]]:
    """The letters of a row's columns: one map for all rows whose mark stands in one column."""

    @cache
    def of(ticked: int | None) -> Mapping[str, str]:
        return columns if ticked is None else {**columns, "judgement": column_letter(ticked)}

    return of


# --- which lines are rows -------------------------------------------------------------------------


def _kept_columns(table: Table) -> list[ColumnAt]:
    """What a typed row keeps; the form prints more (names, requirements) for the officer's eye alone."""
    wanted = {f.name for f in fields(ROW_TYPES[table.headings.form.part])}
    return [at for at in table.headings.columns if at.column.id in wanted]


def _lines(table: Table) -> Iterator[_Line]:
    merged = merged_down(table.sheet)
    first = table.headings.last + 1
    for row in range(first, table.end):
        at_hand = (*table.headings.columns, *table.headings.ticked)
        cells = {at.column.id: _cell(table.sheet, row, at, merged) for at in at_hand}
        line = _Line(row, cells, _kind(table, cells))
        if not (row == first and is_numbering(cells)) and _is_row(line, table):
            yield line


def _kind(table: Table, cells: Mapping[str, Cell]) -> DebtRowKind:
    form = table.headings.form
    return kind_of(form, cells) if form.part is Part.DEBT else DebtRowKind.PROJECT


def _cell(sheet: Sheet, row: int, at: ColumnAt, merged: Mapping[tuple[int, int], int]) -> Cell:
    """The cell, or the top of the cell it is merged down from.

    A sum is never carried: it would count twice.
    """
    top = row if at.column.kind is CellKind.MONEY else merged.get((row, at.index), row)
    cell = sheet.cell(top, at.index)
    return _BLANK if cell == _BLANK else cell


def _is_row(line: _Line, table: Table) -> bool:
    """Whether something is stated: a required cell, or one of another kind than text.

    Else it is a section's title.
    """
    if line.kind is not DebtRowKind.PROJECT:
        return True
    if table.headings.form.part is Part.DEBT and is_title(line.cells):
        return False
    at_hand = (*table.headings.columns, *table.headings.ticked)
    columns = [at.column for at in at_hand if not line.cells[at.column.id].is_blank]
    return any(column.required or column.kind not in _SAYS_NOTHING_ALONE for column in columns)


def _states_something(line: _Line, part: Part) -> bool:
    """Beside what the form prints something was read, be it "chưa đánh giá".

    A total states nothing of its own: formulas of a blank form add up to 0.
    """
    if line.kind is not DebtRowKind.PROJECT:
        return line.kind is DebtRowKind.NO_DEBT
    stated = [reading for name, reading in line.readings.items() if name not in _PRINTED[part]]
    return any(reading.value not in (None, "") and normal_text(reading.raw) for reading in stated)


# --- what the cells of a line say -----------------------------------------------------------------


def _readings(line: _Line, kept: Sequence[ColumnAt], table: Table, lists: Lists) -> dict[str, Reading[Any]]:
    read = {at.column.id: read_cell(line.cells[at.column.id], at, table, lists) for at in kept}
    result = next((at for at in kept if at.column.id == "result"), None)
    if result:
        text = read["result"]
        read["result"] = read_row_result(line.cells["result"], result, read.get("indicator"), table, lists)
        read["result_text"] = replace(text, code="", facts={})
    return read | dict(_mixed_in(line, kept, table, lists))


def _judged_column(table: Table) -> list[ColumnAt]:
    """Columns of marks stand for the one with words, from the first of them on."""
    judged = judged_column(table.headings.form)
    first = table.headings.ticked[:1]
    return [ColumnAt(judged, at.index, at.heading) for at in first if judged]


def _judged(line: _Line, table: Table, lists: Lists) -> _Line:
    """With what its marks say, if the table has columns of marks."""
    by_id = {at.column.id: at for at in table.headings.ticked}
    if not by_id:
        return line
    headings = {name: at.heading.text.rpartition(": ")[2] for name, at in by_id.items()}
    cells = {name: line.cells[name] for name in by_id}
    ticked = read_ticked(cells, headings, lists.campaign.spellings.mark)
    return replace(
        line,
        cells={**line.cells, "judgement": cells[ticked.column]},
        readings={**line.readings, "judgement": ticked.reading},
        ticked=by_id[ticked.column].index,
    )


def _mixed_in(
    line: _Line, kept: Sequence[ColumnAt], table: Table, lists: Lists
) -> Iterable[tuple[str, Reading[Any]]]:
    """What dots and commas in two ways make unsure."""
    mixed, sheet = lists.habits.mixed, table.sheet.name
    if not mixed:
        return ()
    cells = ((at.column.id, (sheet, table.sheet.name_of(line.row, at.index))) for at in kept)
    return [
        (name, refusal(line.cells[name], "NUMBERS_MIXED", **mixed[key]))
        for name, key in cells
        if key in mixed
    ]


def _finding(line: _Line, at: ColumnAt, table: Table, campaign: Campaign) -> Iterator[Finding]:
    reading, column = line.readings[at.column.id], at.column
    if reading.code and reading.code not in _TOLD_ONCE:
        yield _weighed(finding(campaign, reading.code, _place(line, at, table), **reading.facts), column)
    elif _lacks(line, column, reading):
        yield finding(campaign, "REQUIRED_CELL_BLANK", _place(line, at, table), heading=column.headings[0])


def _place(line: _Line, at: ColumnAt, table: Table) -> Place:
    return Place(table.sheet.name, table.sheet.name_of(line.row, line.index(at)))


def _weighed(found: Finding, column: Column) -> Finding:
    """Unreadable is an error in a required column and in money, else a warning (SEMANTICS, Submissions).

    Numbers in two ways leave the whole file unsure, wherever the rarer ones stand.
    """
    if found.code == "NUMBERS_MIXED":
        return found
    if found.severity is Severity.ERROR and not column.required and column.kind is not CellKind.MONEY:
        return replace(found, severity=Severity.WARNING)
    return found


def _unclear(table: Table, lines: Sequence[_Line], campaign: Campaign) -> Iterator[Finding]:
    """Of the debt table: a section's sums that may be a project's, one sum for several projects."""
    yield from merged_sums(table, {line.row for line in lines}, campaign)
    project = next((at for at in table.headings.columns if at.column.id == "project"), None)
    for line in lines if project else ():
        has_sums = any(isinstance(r.value, Amount) and r.value.dong for r in line.readings.values())
        if project and has_sums and line.kind is DebtRowKind.PROJECT and is_lettered(line.cells):
            place = Place(table.sheet.name, table.sheet.name_of(line.row, project.index))
            yield finding(campaign, "TOTAL_OR_PROJECT", place, seen=line.cells["project"].seen)


def _lacks(line: _Line, column: Column, reading: Reading[Any]) -> bool:
    is_statement = line.kind is not DebtRowKind.PROJECT
    return column.required and column.kind not in _MAY_BE_BLANK and not is_statement and not reading.value


def _once_per_heading(
    table: Table, kept: Sequence[ColumnAt], lines: Sequence[_Line], campaign: Campaign
) -> Iterator[Finding]:
    """What is said once of a column, not of every cell: a missing unit, text that was put right."""
    for at in kept:
        if any(line.readings[at.column.id].code == "MONEY_UNIT_MISSING" for line in lines):
            place = Place(table.sheet.name, table.heading_cell(at.index))
            yield finding(campaign, "MONEY_UNIT_MISSING", place, heading=at.heading.text)
        heading = range(table.headings.first, table.headings.last + 1)
        olds = [(row, table.sheet.old.get(table.sheet.name_of(row, at.index))) for row in heading]
        olds += [(line.row, line.cells[at.column.id].old) for line in lines]
        yield from of_column(table.sheet, at.index, olds, campaign)
        odd = next((line for line in lines if is_odd(line.cells[at.column.id])), None)
        if odd:
            place = Place(table.sheet.name, table.sheet.name_of(odd.row, at.index))
            yield finding(campaign, "READ_TEXT_NORMALISED", place, heading=at.heading.text)


# --- the typed row --------------------------------------------------------------------------------


def _row(line: _Line, table: Table, columns: Mapping[str, str]) -> Row | None:
    """None where a field is lacking that the row can't be without.

    The finding at its cell keeps the file out anyway; a remark without text says nothing.
    """
    part = table.headings.form.part
    values = _values(line, part)
    if any(values.get(name) in (None, "") for name in _INDISPENSABLE[part]):
        return None
    raw = {name: r.raw for name, r in line.readings.items() if r.raw != canonical_text(values.get(name))}
    row = table.sheet.row_number(line.row)
    return ROW_TYPES[part](sheet=table.sheet.name, row=row, columns=columns, raw=raw, **values)


def _values(line: _Line, part: Part) -> dict[str, Any]:
    """Field -> value. What is blank or unreadable keeps the field's own default: not stated."""
    values = dict(_WHERE_BLANK.get(part, {}))
    for name, reading in line.readings.items():
        if reading.value is not None:
            values[name] = reading.value.dong if isinstance(reading.value, Amount) else reading.value
    return values | _debt_values(line) if part is Part.DEBT else values


def _debt_values(line: _Line) -> dict[str, Any]:
    """Kind and precision of a row: the smallest unit and the last digit that its sums are written in."""
    values: dict[str, Any] = {"kind": line.kind}
    amounts = [r.value for r in line.readings.values() if isinstance(r.value, Amount) and r.value.dong]
    if amounts:
        values |= {"unit": min(a.unit for a in amounts), "last_digit": min(a.last_digit for a in amounts)}
    if line.kind is not DebtRowKind.PROJECT and line.cells["project"].is_blank:
        values["project"] = read_text(
            line.cells["ordinal"]
        ).value  # "Tổng cộng" merged across from the first column
    return values
