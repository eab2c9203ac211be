"""From the cells of one table to typed rows and findings with their places.

Knows what is told of lines and what a typed row keeps; what makes a line a row stands in read_lines.py, how a kind of
cell is read in domain/reading, what rows say together in domain/rules.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from domain.campaign import Campaign
from domain.findings import Finding, Place, Severity
from domain.forms import CellKind, Column, Part
from domain.judgement import Judgement
from domain.reading.cell import OldText, Reading
from domain.reading.money import Amount
from domain.reading.text import read_text
from domain.submissions import ROW_TYPES, DebtRowKind, Row, canonical_text
from domain.telling import finding
from tasks.intake.cells import Lists
from tasks.intake.debt_lines import is_lettered, merged_sums, section_titles
from tasks.intake.debt_parts import Standing
from tasks.intake.grid import column_letter
from tasks.intake.headings import ColumnAt
from tasks.intake.merged_cells import covered
from tasks.intake.names import name_findings
from tasks.intake.read_lines import Line, kept_columns, read_lines
from tasks.intake.table import Table
from tasks.intake.transcribed import RETURNED, of_column
from tasks.intake.units import unit_findings

_MAY_BE_BLANK = frozenset({CellKind.JUDGEMENT, CellKind.DOSSIER_STATE, CellKind.MONEY})
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
    columns = {at.column.id: column_letter(at.index) for at in kept_columns(table)}
    if "result" in columns:
        columns["result_text"] = columns["result"]
    if "state" in columns and table.headings.form.part is Part.VERIFICATION:
        columns["dossier_state"] = columns["state"]
    kept, lines = read_lines(table, lists)
    found = list(_findings(lines, kept, table, lists.campaign))
    of_line = _columns_of_lines(columns)
    whole = [line for line in lines if line.standing is not Standing.PART]
    rows = [(row, line) for line in whole if (row := _row(line, table, of_line(line.ticked)))]
    return TableRead(
        tuple(row for row, _ in rows),
        (
            *_once_per_heading(table, kept, lines, lists.campaign),
            *found,
            *name_findings(table, lines, lists.campaign),
            *_unclear(table, lines, lists.campaign),
        ),
        is_blank=not any(_states_something(line, table.headings.form.part) for _, line in rows),
    )


def cells_of(table: Table, lists: Lists) -> Iterator[tuple[Place, ColumnAt, Reading[Any]]]:
    """Every cell that a row keeps, with what came of it, row by row: for people's eyes, not for the sums."""
    kept, lines = read_lines(table, lists)
    for line in lines:
        if line.standing is Standing.PART:
            continue
        yield from ((_place(line, at, table), at, line.kept[at.column.id].reading) for at in kept)


def _columns_of_lines(columns: Mapping[str, str]) -> Callable[[int | None], Mapping[str, str]]:
    """The letters of a row's columns: one map for all rows whose mark stands in one column."""

    @cache
    def of(ticked: int | None) -> Mapping[str, str]:
        return columns if ticked is None else {**columns, "judgement": column_letter(ticked)}

    return of


def _states_something(line: Line, part: Part) -> bool:
    """Beside what the form prints something was read, be it "chưa đánh giá".

    A total states nothing of its own: formulas of a blank form add up to 0.
    """
    if line.kind is not DebtRowKind.PROJECT:
        return line.kind is DebtRowKind.NO_DEBT
    printed = _PRINTED[part]
    return any(known.is_stated for name, known in line.kept.items() if name not in printed)


# --- what is told of the lines --------------------------------------------------------------------


def _findings(
    lines: Sequence[Line], kept: Sequence[ColumnAt], table: Table, campaign: Campaign
) -> Iterator[Finding]:
    """Row by row; most cells have nothing to tell."""
    columns = [(at.column.id, at.column.required, at) for at in kept]
    for line in lines:
        known = line.kept
        for name, is_required, at in columns:
            if known[name].reading.code or (is_required and not known[name].value):
                yield from _finding(line, at, table, campaign)


def _finding(line: Line, at: ColumnAt, table: Table, campaign: Campaign) -> Iterator[Finding]:
    reading, column = line.kept[at.column.id].reading, at.column
    if reading.code and reading.code not in _TOLD_ONCE:
        yield _weighed(finding(campaign, reading.code, _place(line, at, table), **reading.facts), column)
    elif _lacks(line, column, reading):
        yield finding(campaign, "REQUIRED_CELL_BLANK", _place(line, at, table), heading=column.headings[0])


def _place(line: Line, at: ColumnAt, table: Table) -> Place:
    return Place(table.sheet.name, table.sheet.name_of(line.row, line.index(at)))


def _weighed(found: Finding, column: Column) -> Finding:
    """Unreadable is an error in a required column and in money, else a warning (SEMANTICS, Submissions)."""
    if found.severity is Severity.ERROR and not column.required and column.kind is not CellKind.MONEY:
        return found._replace(severity=Severity.WARNING)
    return found


def _unclear(table: Table, lines: Sequence[Line], campaign: Campaign) -> Iterator[Finding]:
    """Of the debt table: sums that may be a section's or another line's as well, one sum for several projects."""
    yield from merged_sums(table, {line.row for line in lines}, campaign)
    yield from covered(table, campaign)
    yield from section_titles(table, campaign)
    project = next((at for at in table.headings.columns if at.column.id == "project"), None)
    for line in lines if project else ():
        if project and (code := _asked(line)):
            place = Place(table.sheet.name, table.sheet.name_of(line.row, project.index))
            yield finding(campaign, code, place, seen=line.all["project"].cell.seen)


def _asked(line: Line) -> str:
    """What is told of a line of the debt table as a whole; "" of most."""
    if line.all["project"].is_blank:  # told at its cell
        return ""
    if line.standing is Standing.PART:
        return "PART_OF_PROJECT"
    has_sums = any(amount.dong for amount in _amounts(line))
    is_unclear = line.standing is Standing.UNCLEAR or (has_sums and is_lettered(line.cells))
    return "TOTAL_OR_PROJECT" if is_unclear and line.kind is DebtRowKind.PROJECT else ""


def _lacks(line: Line, column: Column, reading: Reading[Any]) -> bool:
    is_statement = line.kind is not DebtRowKind.PROJECT
    return column.required and column.kind not in _MAY_BE_BLANK and not is_statement and not reading.value


def _once_per_heading(
    table: Table, kept: Sequence[ColumnAt], lines: Sequence[Line], campaign: Campaign
) -> Iterator[Finding]:
    """What is said once of a column, not of every cell: a missing unit, text that was put right."""
    sheet = table.sheet
    yield from unit_findings(table, [at for at in kept if _lacks_a_unit(at, lines)], campaign)
    for at in kept:
        name = at.column.id
        if sheet.old:
            yield from of_column(sheet, at.index, _olds(table, at, lines), campaign)
        odd = next((line for line in lines if line.all[name].is_odd), None)
        if odd:
            place = Place(sheet.name, sheet.name_of(odd.row, odd.index(at)))
            yield finding(campaign, "READ_TEXT_NORMALISED", place, heading=at.heading.text)


def _lacks_a_unit(at: ColumnAt, lines: Sequence[Line]) -> bool:
    return any(line.kept[at.column.id].reading.code == "MONEY_UNIT_MISSING" for line in lines)


def _olds(table: Table, at: ColumnAt, lines: Sequence[Line]) -> Iterator[tuple[int, OldText | None]]:
    """Of the column's heading and of its rows."""
    for row in range(table.headings.first, table.headings.last + 1):
        yield row, table.sheet.old.get(table.sheet.name_of(row, at.index))
    for line in lines:
        yield line.row, line.all[at.column.id].cell.old


# --- the typed row --------------------------------------------------------------------------------


def _row(line: Line, table: Table, columns: Mapping[str, str]) -> Row | None:
    """None where a field is lacking that the row can't be without.

    The finding at its cell keeps the file out anyway; a remark without text says nothing.
    """
    part = table.headings.form.part
    values = _values(line, part)
    if any(values.get(name) in (None, "") for name in _INDISPENSABLE[part]):
        return None
    row = table.sheet.row_number(line.row)
    raw = _raw(line, values)
    return ROW_TYPES[part](sheet=table.sheet.name, row=row, columns=columns, raw=raw, **values)


def _raw(line: Line, values: Mapping[str, Any]) -> dict[str, str]:
    """The texts that aren't how their field's value is written, be it what the field holds where nothing was read."""
    return {
        name: known.reading.raw
        for name, known in line.kept.items()
        if not (
            known.is_canonical
            if known.value is (value := values.get(name))
            else known.reading.raw == canonical_text(value)
        )
    }


def _values(line: Line, part: Part) -> dict[str, Any]:
    """Field -> value. What is blank or unreadable keeps the field's own default: not stated."""
    values = dict(_WHERE_BLANK.get(part, {}))
    for name, each in line.kept.items():
        if each.value is not None:
            values[name] = each.value
    return values | _debt_values(line) if part is Part.DEBT else values


def _amounts(line: Line) -> list[Amount]:
    return [each.reading.value for each in line.kept.values() if isinstance(each.reading.value, Amount)]


def _is_total_named_by_its_number(line: Line) -> bool:
    return line.kind is not DebtRowKind.PROJECT and line.all["project"].is_blank


def _debt_values(line: Line) -> dict[str, Any]:
    """Kind and precision of a row: the smallest unit and the last digit that its sums are written in."""
    values: dict[str, Any] = {"kind": line.kind}
    amounts = [amount for amount in _amounts(line) if amount.dong]
    if amounts:
        values |= {"unit": min(a.unit for a in amounts), "last_digit": min(a.last_digit for a in amounts)}
    if "project" in line.all and "ordinal" in line.all and _is_total_named_by_its_number(line):
        values["project"] = read_text(
            line.all["ordinal"].cell
        ).value  # "Tổng cộng" merged across from the first column
    return values
