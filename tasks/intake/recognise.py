"""A book becomes a Submission: which form it is, whose, for which week, and what its tables say.

Knows the order of understanding; headings are headings.py's, tables table.py's, header lines header.py's, cells
rows.py's. Judges nothing that needs more than this one file (domain/rules, the ledger).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.campaign import Campaign
from domain.findings import Finding, Place, blocks
from domain.forms import CellKind, Form, Part
from domain.reading.cell import Cell
from domain.reading.indicator import codes_of
from domain.reporters import ReporterKind
from domain.submissions import Row, Submission
from domain.telling import finding
from domain.vietnamese import match_key
from domain.weeks import WeekName
from tasks.intake.cells import Lists
from tasks.intake.doubts import doubt_findings
from tasks.intake.fields import moved_fields
from tasks.intake.footer import footer_finding, without_footer
from tasks.intake.grid import Book, Sheet
from tasks.intake.habits import habits_of
from tasks.intake.header import (
    JUDGED_FIELDS,
    NIL_FIELD,
    HeaderLine,
    header_lines,
    header_values,
    nil_findings,
    nil_source,
    reporter_findings,
    week_findings,
)
from tasks.intake.headings import texts_of
from tasks.intake.rows import TableRead, read_rows
from tasks.intake.table import Table, is_unit_line, tables_of
from tasks.intake.titles import title_findings
from tasks.intake.transcribed import above, of_header, of_sheet, transcribed


@dataclass(frozen=True)
class Recognised:
    """A form with all that was found of it in one book, transcribed."""

    book: Book
    form: Form
    tables: tuple[Table, ...]
    header: tuple[HeaderLine, ...]


def understand(  # noqa: PLR0913 - what the store must know of a file, by name
    read: Book | Recognised,
    *,
    campaign: Campaign,
    reporter: str,
    week: WeekName,
    sha256: str,
    file_name: str,
    received_at: datetime,
) -> tuple[Submission, tuple[Finding, ...]]:
    """What the file says, with every finding about its cells. `reporter`, `week`: what folder or stamp say; names and
    codes are those of that week. `read`: the
    book, or what was recognised in it with this reporter's kind.

    Never raises over what a sender wrote. Raises KeyError for a reporter that the roster doesn't have.
    """
    campaign = campaign.in_week(week)
    kind = campaign.roster[reporter].kind
    seen = read if isinstance(read, Recognised) else recognised(transcribed(read), campaign, kind)
    nil = nil_source(seen.header, campaign, sha256)
    parts, found = _parts(seen.tables, campaign)
    submission = Submission(
        campaign=campaign.id,
        reporter=reporter,
        week=week,
        sha256=sha256,
        file_name=file_name,
        received_at=received_at,
        form=seen.form.id if _is_known(seen) else "",
        nil=nil is not None,
        nil_source=nil,
        header=header_values(seen.header),
        parts=parts,
    )
    old = tuple(old_texts(seen, campaign))
    stand = {table.sheet.name for table in seen.tables}, {line.place.sheet for line in seen.header}
    told = (
        *_file_findings(submission, seen, campaign, is_old=blocks(old)),
        *old,
        *(_unread(seen, old, campaign) if submission.form else ()),
        *found,
        *doubt_findings(seen.book, *stand, campaign),
    )
    return submission, told


def recognised(book: Book, campaign: Campaign, kind: ReporterKind | None) -> Recognised:
    """The form with the most of its columns in the book; stamp, then kind of reporter (None: unknown) settle a tie.

    Also forms that this reporter may not use are tried: a file in a neighbour's folder must say whose it is.
    """
    units = campaign.spellings.money_unit
    sheets = [(sheet, texts_of(sheet, units)) for sheet in book.sheets]
    found = [
        (form, [table for sheet, texts in sheets for table in tables_of(sheet, texts, form, units)])
        for form in campaign.forms
    ]
    most = max(_columns_of(tables) for _, tables in found)
    candidates = [_seen_as(form, tables, book) for form, tables in found if _columns_of(tables) == most]

    def how_well(seen: Recognised) -> tuple[bool, bool]:
        mark = match_key(header_values(seen.header).get("form_mark", ""))
        return mark == match_key(seen.form.mark), seen.form.reporter_kind == kind

    best = max(candidates, key=how_well)
    return replace(best, tables=tuple(without_footer(table, campaign) for table in best.tables))


def old_texts(seen: Recognised, campaign: Campaign) -> Iterator[Finding]:
    """What was read from old fonts in header lines; what could not be read above the tables, and on sheets where no
    form was recognised. Of the tables' rows: rows.py."""
    yield from of_header({line.place for line in seen.header}, seen.book, campaign)
    told = {line.place for line in seen.header if line.field.id in JUDGED_FIELDS}
    ends: dict[str, int] = {}
    for table in seen.tables:
        name = table.sheet.name
        rows = range(ends.get(name, 0), table.headings.last + 1)
        yield from above(table.sheet, rows, told, campaign)
        ends[name] = table.end
    for sheet in seen.book.sheets:
        if sheet.name not in ends:
            yield from of_sheet(sheet, told, campaign)


def _columns_of(tables: Sequence[Table]) -> int:
    return sum(len(table.headings.columns) for table in tables)


def _seen_as(form: Form, tables: Sequence[Table], book: Book) -> Recognised:
    first_rows = {table.sheet.name: table.headings.first for table in reversed(tables)}
    return Recognised(book, form, tuple(tables), header_lines(book, form, first_rows))


def _is_known(seen: Recognised) -> bool:
    """One table is enough; "không phát sinh" needs none, its header lines are the form."""
    return bool(seen.tables) or any(line.field.id == NIL_FIELD for line in seen.header)


def _parts(tables: Sequence[Table], campaign: Campaign) -> tuple[dict[Part, tuple[Row, ...]], list[Finding]]:
    """A part of which nothing is stated is not brought: it would displace what was sent before (decision 0009).

    One with an error is: the file goes back anyway, with what is wrong in it.
    """
    habits = habits_of(tables, campaign.spellings.money_unit)
    lists = Lists(campaign, codes_of(campaign.catalogue), habits)
    rows: dict[Part, list[Row]] = {}
    numbered: dict[str, int] = {}
    brought: set[Part] = set()
    stating: dict[Part, list[str]] = {}
    found: list[Finding] = []
    for table in tables:
        part, read = table.headings.form.part, read_rows(table, lists)
        told = [*_column_findings(table, campaign), *read.findings]
        rows.setdefault(part, []).extend(read.rows)
        if not read.is_blank:
            told += _place_findings(table, read, stating.setdefault(part, []), campaign)
            told += _numbered_anew(table, read, numbered, campaign)
        if not read.is_blank or blocks(told):
            brought.add(part)
        said = {(each.code, each.place) for each in found}
        found += [each for each in told if (each.code, each.place) not in said]  # a unit line holds for pages
    return {part: tuple(each) for part, each in rows.items() if part in brought}, found


def _place_findings(
    table: Table, read: TableRead, sheets: list[str], campaign: Campaign
) -> Iterator[Finding]:
    """What is counted from where nobody may look for it. `sheets`: where the part stood before; grows by this one."""
    name, headings = table.sheet.name, table.headings
    here, part = Place(name, table.heading_cell(headings.left)), headings.form.part
    if name not in sheets:
        # Rows of other parts carry a code, and a rule finds a second one of that.
        if sheets and part is Part.DEBT:
            yield finding(campaign, "PART_REPEATED", here, part=part.vi, first=sheets[0], seen=name)
        sheets.append(name)
    for hidden in (here,) if table.sheet.hidden else _hidden(table, read):
        yield finding(campaign, "HIDDEN_IS_COUNTED", hidden)


def _numbered_anew(
    table: Table, read: TableRead, numbered: dict[str, int], campaign: Campaign
) -> Iterator[Finding]:
    """A second debt table on one sheet that begins its numbers again: the next page goes on with them, or begins with a
    section. `numbered`: the last number of each sheet; this table's is set."""
    at = next((at for at in table.headings.columns if at.column.id == "ordinal"), None)
    if at is None or table.headings.form.part is not Part.DEBT:
        return
    sheet = table.sheet
    lines = [row.row - 1 + len(sheet.above) for row in read.rows]
    texts = [match_key(sheet.cell(line, at.index).text) for line in lines]
    numbers = [int(text) for text in texts if text.isdecimal()]
    before = (sheet.cell(line, at.index) for line in range(table.headings.last + 1, lines[0]))
    has_section = any(cell.text.strip().isalpha() for cell in before) or texts[0].isalpha()
    if numbers and numbers[0] <= numbered.get(sheet.name, 0) and not has_section:
        here = table.heading_cell(table.headings.left)
        facts = {"part": Part.DEBT.vi, "first": sheet.name, "seen": Place(sheet.name, here).vi}
        yield finding(campaign, "PART_REPEATED", Place(sheet.name, here), **facts)
    numbered[sheet.name] = [numbered.get(sheet.name, 0), *numbers][-1]


def _hidden(table: Table, read: TableRead) -> Iterator[Place]:
    """The first row all of whose filled cells are hidden, and the heading of each column all of whose are in the other
    rows."""
    sheet = table.sheet
    if not any(style.hidden for style in sheet.styles.values()):
        return
    lines = [_filled_in(table, row.row - 1 + len(sheet.above)) for row in read.rows]
    is_hidden = [all(sheet.style(name).hidden for name in line.values()) for line in lines]
    if first := next((line for line, hidden in zip(lines, is_hidden, strict=True) if line and hidden), None):
        yield Place(sheet.name, next(iter(first.values())))
    shown = [line for line, hidden in zip(lines, is_hidden, strict=True) if not hidden]
    for at in table.headings.columns:
        cells = [line[at.index] for line in shown if at.index in line]
        if cells and all(sheet.style(name).hidden for name in cells):
            yield Place(sheet.name, table.heading_cell(at.index))


def _filled_in(table: Table, line: int) -> Mapping[int, str]:
    """Column -> name of each filled cell in the table's columns."""
    columns = (at.index for at in table.headings.columns)
    return {n: table.sheet.name_of(line, n) for n in columns if not table.sheet.cell(line, n).is_blank}


def _column_findings(table: Table, campaign: Campaign) -> Iterator[Finding]:
    headings, sheet = table.headings, table.sheet.name
    for column in headings.form.columns:
        if column.required and column.id not in headings.found:
            place = Place(sheet, table.heading_cell(headings.left))
            yield finding(campaign, "COLUMN_MISSING", place, heading=column.headings[0])
    for at in headings.repeated:
        yield finding(
            campaign, "COLUMN_REPEATED", Place(sheet, table.heading_cell(at.index)), heading=at.heading.text
        )
    for at in headings.headed_otherwise:
        place = Place(sheet, table.heading_cell(at.index))
        facts = {"seen": at.heading.text, "heading": at.column.headings[0]}
        yield finding(campaign, "COLUMN_HEADED_OTHERWISE", place, **facts)
    yield from footer_finding(table, campaign)
    yield from moved_fields(table, campaign)
    yield from _units_among_rows(table, campaign)
    for index, text in headings.unknown:
        yield finding(campaign, "COLUMN_UNKNOWN", Place(sheet, table.heading_cell(index)), seen=text)


def _units_among_rows(table: Table, campaign: Campaign) -> Iterator[Finding]:
    """ "Đơn vị tính: đồng" below the headings: of the rows above it, below it, or of all?"""
    if all(at.column.kind is not CellKind.MONEY for at in table.headings.columns):
        return
    for row in range(table.headings.last + 1, table.end):
        for column, value in enumerate(table.sheet.rows[row]):
            if isinstance(value, str) and is_unit_line(value):
                place = Place(table.sheet.name, table.sheet.name_of(row, column))
                yield finding(campaign, "UNIT_AMONG_ROWS", place, seen=table.sheet.cell(row, column).seen)


def _file_findings(
    submission: Submission, seen: Recognised, campaign: Campaign, *, is_old: bool
) -> Iterator[Finding]:
    """`is_old`: text in an old font could not be read. Then a form in it can't be told from none, and goes back."""
    may_use = seen.form.reporter_kind == campaign.roster[submission.reporter].kind
    if (not submission.form and not is_old) or (submission.form and not may_use):
        yield finding(campaign, "FORM_NOT_RECOGNISED", Place(), name=submission.file_name)
    if submission.form:
        yield from _identity_findings(submission, seen, campaign)
        yield from nil_findings(seen.header, campaign, has_tables=bool(seen.tables))
    if not submission.nil:
        yield from _blank_findings(submission, seen.tables, campaign)


def _unread(seen: Recognised, told: Collection[Finding], campaign: Campaign) -> Iterator[Finding]:
    """Sheets that say nothing to us, at their first filled cell; a hidden one holds the choices of a list."""
    known = {table.sheet.name for table in seen.tables} | {line.place.sheet for line in seen.header}
    known |= {each.place.sheet for each in told}
    for sheet in seen.book.sheets:
        if sheet.name not in known and not sheet.hidden and (first := _first_filled(sheet)):
            yield finding(campaign, "SHEET_NOT_READ", Place(sheet.name, first))


def _first_filled(sheet: Sheet) -> str:
    cells = (
        (r, c) for r, row in enumerate(sheet.rows) for c, value in enumerate(row) if not Cell(value).is_blank
    )
    first = next(cells, None)
    return sheet.name_of(*first) if first else ""


def _identity_findings(submission: Submission, seen: Recognised, campaign: Campaign) -> Iterator[Finding]:
    """Whose and which week the file says it is. What its header says already, its titles need not repeat: a whole file
    of another commune is one mistake, a sheet that was copied from a third one is another."""
    told = [
        *reporter_findings(seen.header, campaign, submission.reporter),
        *week_findings(seen.header, campaign, submission.week),
    ]
    yield from told
    places = {line.place for line in seen.header}
    said = {(each.code, each.facts.get("other")) for each in told}
    about = submission.reporter, submission.week
    titles = title_findings(seen.tables, places, seen.form, campaign, about)
    yield from (each for each in titles if (each.code, each.facts.get("other")) not in said)


def _blank_findings(submission: Submission, tables: Sequence[Table], campaign: Campaign) -> Iterator[Finding]:
    """A blank part beside a filled one is told; a file of nothing but blank parts is no report."""
    if tables and not submission.parts:
        yield finding(campaign, "REPORT_BLANK", Place(), name=submission.file_name)
        return
    told: set[Part] = set(submission.parts)
    for table in tables:
        part, headings = table.headings.form.part, table.headings
        if part not in told:
            place = Place(table.sheet.name, table.heading_cell(headings.left))
            yield finding(campaign, "PART_BLANK", place, part=part.vi)
        told.add(part)
