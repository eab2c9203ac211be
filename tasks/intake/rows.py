"""From the cells of one table to typed rows and findings with their places.

Knows which reading a column's kind asks for and what makes a line a row; how a kind is read stands in
domain/reading,
what rows say together in domain/rules.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from domain.campaign import Campaign
from domain.findings import Finding, Place, Severity
from domain.forms import CellKind, Column, Part
from domain.judgement import Judgement
from domain.reading.cell import Cell, Reading, is_odd
from domain.reading.date import read_date
from domain.reading.indicator import read_indicator
from domain.reading.listed import read_commune, read_dossier_state, read_judgement, read_subject
from domain.reading.money import Amount, read_money
from domain.reading.percent import read_percent
from domain.reading.result import read_result
from domain.reading.text import read_text
from domain.submissions import ROW_TYPES, DebtRowKind, Row, canonical_text
from domain.telling import finding
from domain.vietnamese import match_key, normal_text
from tasks.intake.debt_lines import is_lettered, is_title, kind_of, merged_sums
from tasks.intake.grid import PLAIN, Sheet, cell_name, column_letter
from tasks.intake.table import ColumnAt, Table, merged_ranges, value_at

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
_NUMBERING_MINIMUM = 3
_IN_BRACKETS = re.compile(r"\([0-9]{1,2}\)")
_BLANK = Cell()  # one for all: every third cell of a report is blank
Readings = Mapping[str, Reading[Any]]


@dataclass(frozen=True)
class Lists:
    """What the exact kinds are looked up in. `codes`: match key -> code of the catalogue."""

    campaign: Campaign
    codes: Mapping[str, str]


@dataclass(frozen=True)
class _Line:
    """One line of a table: its zero-based row, its cells, and what was read of those that a row keeps."""

    row: int
    cells: Mapping[str, Cell]
    kind: DebtRowKind = DebtRowKind.PROJECT
    readings: Readings = field(default_factory=dict)


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
    kept = _kept_columns(table)
    columns = {at.column.id: column_letter(at.index) for at in kept}
    if "result" in columns:
        columns["result_text"] = columns["result"]
    lines = [replace(line, readings=_readings(line, kept, table, lists)) for line in _lines(table)]
    found = [f for line in lines for at in kept for f in _finding(line, at, table, lists.campaign)]
    rows = [(row, line) for line in lines if (row := _row(line, table, columns))]
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
    kept = _kept_columns(table)
    for line in _lines(table):
        read = _readings(line, kept, table, lists)
        yield from ((_place(line, at, table), at, read[at.column.id]) for at in kept)


# --- which lines are rows -------------------------------------------------------------------------


def _kept_columns(table: Table) -> list[ColumnAt]:
    """What a typed row keeps; the form prints more (names, requirements) for the officer's eye alone."""
    wanted = {f.name for f in fields(ROW_TYPES[table.headings.form.part])}
    return [at for at in table.headings.columns if at.column.id in wanted]


def _lines(table: Table) -> Iterator[_Line]:
    merged = _merged_down(table.sheet)
    first = table.headings.last + 1
    for row in range(first, table.end):
        cells = {at.column.id: _cell(table.sheet, row, at, merged) for at in table.headings.columns}
        line = _Line(row, cells, _kind(table, cells))
        if not (row == first and _is_numbering(cells)) and _is_row(line, table):
            yield line


def _kind(table: Table, cells: Mapping[str, Cell]) -> DebtRowKind:
    form = table.headings.form
    return kind_of(form, cells) if form.part is Part.DEBT else DebtRowKind.PROJECT


def _cell(sheet: Sheet, row: int, at: ColumnAt, merged: Mapping[tuple[int, int], int]) -> Cell:
    """The cell, or the top of the cell it is merged down from.

    A sum is never carried: it would count twice.
    """
    top = row if at.column.kind is CellKind.MONEY else merged.get((row, at.index), row)
    value, style = value_at(sheet, top, at.index), sheet.style(cell_name(top, at.index))
    if value is None and style is PLAIN:
        return _BLANK
    return Cell(value, style.number_format, style.font, style.formula)


def _merged_down(sheet: Sheet) -> dict[tuple[int, int], int]:
    """(row, column) -> top row, of the leftmost column of each merged range.

    Across, a value stays where it is: a title over all columns is no judgement.
    """
    ranges = merged_ranges(sheet)
    last = len(sheet.rows) - 1  # a range over a whole column would be a million rows
    return {
        (row, left): top for left, top, _, bottom in ranges for row in range(top + 1, min(bottom, last) + 1)
    }


def _is_row(line: _Line, table: Table) -> bool:
    """Whether something is stated: a required cell, or one of another kind than text.

    Else it is a section's title.
    """
    if line.kind is not DebtRowKind.PROJECT:
        return True
    if table.headings.form.part is Part.DEBT and is_title(line.cells):
        return False
    columns = [at.column for at in table.headings.columns if not line.cells[at.column.id].is_blank]
    return any(column.required or column.kind not in _SAYS_NOTHING_ALONE for column in columns)


def _is_numbering(cells: Mapping[str, Cell]) -> bool:
    """The line under a heading that numbers the columns: (1) (2) (3), or A B 1 2 3; (1) (2) alone are enough."""
    written = [normal_text(cell.raw) for cell in cells.values() if not cell.is_blank]
    filled = [text.strip("()[] ") for text in written]
    numbers = [text for text in filled if text.isdecimal() and len(text) <= 2]
    rest = [text for text in filled if text not in numbers]
    in_brackets = sum(_IN_BRACKETS.fullmatch(text) is not None for text in written)
    return (
        (len(filled) >= _NUMBERING_MINIMUM or in_brackets == len(filled) == len(cells))
        and len(set(filled)) == len(filled)
        and [int(text) for text in numbers] == sorted(int(text) for text in numbers)
        and all(len(text) == 1 and "A" <= text <= "Z" for text in rest)
    )


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
    read = {at.column.id: _read(line.cells[at.column.id], at, table, lists) for at in kept}
    if "result" in read:
        code = read["indicator"].value if "indicator" in read else None
        indicator = lists.campaign.catalogue.indicator(code) if code else None
        text = read["result"]
        number = read_result(line.cells["result"], indicator.unit if indicator else None)
        read["result"], read["result_text"] = number, replace(text, code="", facts={})
    return read


def _read(cell: Cell, at: ColumnAt, table: Table, lists: Lists) -> Reading[Any]:
    """A result is read as text here; its number needs the indicator of its row."""
    match at.column.kind:
        case CellKind.PERCENT:
            return read_percent(cell)
        case CellKind.MONEY:
            units = lists.campaign.spellings.money_unit
            return read_money(cell, at.heading.unit or table.unit, units)
        case CellKind.DATE:
            return read_date(cell)
        case CellKind.TEXT | CellKind.RESULT:
            return read_text(cell)
        case _:
            return _read_listed(cell, at.column.kind, table, lists)


def _read_listed(cell: Cell, kind: CellKind, table: Table, lists: Lists) -> Reading[Any]:
    spellings = lists.campaign.spellings
    match kind:
        case CellKind.INDICATOR:
            return read_indicator(cell, lists.codes)
        case CellKind.COMMUNE:
            return read_commune(cell, lists.campaign.roster)
        case CellKind.JUDGEMENT:
            return read_judgement(cell, spellings.judgement)
        case CellKind.DOSSIER_STATE:
            return read_dossier_state(cell, spellings.dossier_state)
        case CellKind.REMARK_SUBJECT:
            subjects = table.headings.form.subjects
            return read_subject(cell, {match_key(text): subject for text, subject in subjects.items()})
    raise ValueError(f"no reading for cells of kind {kind}: a form may not keep such a column")


def _finding(line: _Line, at: ColumnAt, table: Table, campaign: Campaign) -> Iterator[Finding]:
    reading, column = line.readings[at.column.id], at.column
    if reading.code and reading.code != "MONEY_UNIT_MISSING":
        yield _weighed(finding(campaign, reading.code, _place(line, at, table), **reading.facts), column)
    elif _lacks(line, column, reading):
        yield finding(campaign, "REQUIRED_CELL_BLANK", _place(line, at, table), heading=column.headings[0])


def _place(line: _Line, at: ColumnAt, table: Table) -> Place:
    return Place(table.sheet.name, cell_name(line.row, at.index))


def _weighed(found: Finding, column: Column) -> Finding:
    """Unreadable is an error in a required column and in money, else a warning (SEMANTICS, Submissions)."""
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
            place = Place(table.sheet.name, cell_name(line.row, project.index))
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
            place = Place(table.sheet.name, table.headings.cell(at.index))
            yield finding(campaign, "MONEY_UNIT_MISSING", place, heading=at.heading.text)
        odd = next((line for line in lines if is_odd(line.cells[at.column.id])), None)
        if odd:
            place = Place(table.sheet.name, cell_name(odd.row, at.index))
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
    return ROW_TYPES[part](sheet=table.sheet.name, row=line.row + 1, columns=columns, raw=raw, **values)


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
