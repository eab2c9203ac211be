"""The lines that say who reports, for which week, and whether nothing has changed: a label, then its value.

Knows labels and where they may stand; the roster and the week to compare with are handed in.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from domain.campaign import Campaign
from domain.findings import Finding, Place
from domain.forms import Form, HeaderField
from domain.lineage import CellSource
from domain.reading.cell import Cell, fault_of
from domain.reading.listed import read_nil
from domain.reading.period import read_period
from domain.telling import finding
from domain.vietnamese import match_key, normal_text
from domain.weeks import WeekName
from tasks.intake.grid import Book, Sheet

NIL_FIELD = "nil"
JUDGED_FIELDS = frozenset({"agency", "period"})  # what of a line can't be read is told with what it says
LONGEST_VALUE = 200  # a header line is a name, a date, a number


@dataclass(frozen=True)
class HeaderLine:
    """One filled line: which field of the form, where its value stands, and the value."""

    field: HeaderField
    place: Place
    cell: Cell


def header_lines(book: Book, form: Form, first_table_row: Mapping[str, int]) -> tuple[HeaderLine, ...]:
    """Every filled header line on any sheet, above its first table.

    `first_table_row`: sheet name -> zero-based row.
    """
    labels = {match_key(label): field for field in form.header for label in field.labels}
    return tuple(
        line
        for sheet in book.sheets
        for row in range(min(first_table_row.get(sheet.name, len(sheet.rows)), len(sheet.rows)))
        for line in _lines_in(sheet, row, labels)
    )


def header_values(lines: Sequence[HeaderLine]) -> dict[str, str]:
    """Field id -> text as written; the first line of a field counts."""
    return {line.field.id: normal_text(line.cell.text)[:LONGEST_VALUE] for line in reversed(lines)}


def nil_source(lines: Sequence[HeaderLine], campaign: Campaign, sha256: str) -> CellSource | None:
    """The cell that says "không phát sinh", None if none does."""
    marked = next((line for line in _nil_lines(lines) if read_nil(line.cell, campaign.spellings).value), None)
    return CellSource(sha256, marked.place.sheet, marked.place.cell, marked.cell.raw) if marked else None


def nil_findings(lines: Sequence[HeaderLine], campaign: Campaign, *, has_tables: bool) -> Iterator[Finding]:
    """Beside tables a "không" means that there is news; without them nobody knows what it means."""
    spellings = campaign.spellings
    says_no = spellings.denied | spellings.unmarked
    for line in _nil_lines(lines):
        said = read_nil(line.cell, spellings)
        if not said.value and not (has_tables and match_key(line.cell.text) in says_no):
            yield finding(
                campaign, said.code or "NIL_UNCLEAR", line.place, **(said.facts or {"seen": line.cell.seen})
            )


def _nil_lines(lines: Sequence[HeaderLine]) -> Iterator[HeaderLine]:
    return (line for line in lines if line.field.id == NIL_FIELD)


def reporter_findings(lines: Sequence[HeaderLine], campaign: Campaign, reporter: str) -> Iterator[Finding]:
    """Every line that names a reporter must name this one.

    A sheet copied from a neighbour's file is caught, and one of a unit that went into this one: a part's figures.
    """
    named = [line for line in lines if line.field.id == "agency"]
    if not named:
        yield finding(campaign, "REPORTER_NOT_STATED", Place())
    for line in named:
        if fault := fault_of(line.cell):
            yield finding(campaign, fault.code, line.place, **fault.facts)
            continue
        known = campaign.roster.ever_named(line.cell.text)
        if known is None or known.id != reporter:
            facts = {"seen": line.cell.seen, "expected": campaign.roster[reporter].name}
            other = {"other": known.name} if known else {}
            yield finding(campaign, "REPORTER_DIFFERS", line.place, **facts, **other)


def week_findings(lines: Sequence[HeaderLine], campaign: Campaign, week: WeekName) -> Iterator[Finding]:
    """Any day of the week's Monday to Sunday names the week: many write the day they sign."""
    stated = [line for line in lines if line.field.id == "period"]
    if not stated:
        yield finding(campaign, "WEEK_NOT_STATED", Place())
    for line in stated:
        period = read_period(line.cell, week.wednesday)
        if period.code:
            yield finding(campaign, period.code, line.place, **period.facts)
        if period.value and WeekName.containing(period.value) != week:
            yield finding(campaign, "WEEK_DIFFERS", line.place, seen=line.cell.seen, expected=week.vi)


def _lines_in(sheet: Sheet, row: int, labels: Mapping[str, HeaderField]) -> Iterator[HeaderLine]:
    filled = [(n, value) for n, value in enumerate(sheet.rows[row]) if not Cell(value).is_blank]
    for n, (column, value) in enumerate(filled):
        if not isinstance(value, str):
            continue
        field = labels.get(match_key(value))
        following = filled[n + 1][0] if n + 1 < len(filled) else None
        # A label again is the next line's, but for "Không phát sinh", which says itself once more.
        if field and following is not None and labels.get(match_key(str(filled[n + 1][1])), field) is field:
            yield _line(sheet, field, row, following)
        elif not field and ":" in value:
            yield from _in_one_cell(sheet, row, column, labels)


def _line(sheet: Sheet, field: HeaderField, row: int, column: int) -> HeaderLine:
    return HeaderLine(field, Place(sheet.name, sheet.name_of(row, column)), sheet.cell(row, column))


def _in_one_cell(
    sheet: Sheet, row: int, column: int, labels: Mapping[str, HeaderField]
) -> Iterator[HeaderLine]:
    """ "Kỳ báo cáo: 12/4/2023" written in a single cell, be it in one of several lines as in a letterhead of Word."""
    cell, place = sheet.cell(row, column), Place(sheet.name, sheet.name_of(row, column))
    lines = str(cell.value).splitlines()
    typed = cell.old.typed.splitlines() if cell.old else lines
    for line, line_typed in zip(lines, typed, strict=False):
        label, _, value = line.partition(":")
        field = labels.get(match_key(label))
        if field and value.strip():
            old = cell.old and replace(cell.old, typed=line_typed.partition(":")[2].strip())
            yield HeaderLine(field, place, Cell(value.strip(), font=cell.font, old=old))
