"""A book whose texts in old fonts are Unicode, before anything of it is understood; and what is told of them.

Knows cells and fonts. What a text is stands in domain/reading/old_fonts.py, which columns are read in rows.py.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from domain.campaign import Campaign
from domain.findings import Finding, Place
from domain.reading.cell import OldText, RawValue
from domain.reading.old_fonts import Script, is_tcvn3_font, pieces, settled, shared_script
from domain.telling import finding
from tasks.intake.grid import PLAIN, Book, Sheet, Style

# What returns the file wherever it is read: told once of a column, at its first cell.
RETURNED = frozenset({"VNI_TEXT", "TCVN3_WITHOUT_FONT"})
_DIGITS = "0123456789"


def transcribed(book: Book) -> Book:
    """The same with TCVN3 in Unicode; `Sheet.old` keeps what stood there, and which texts nobody can be sure of."""
    shared = shared_script(text for sheet in book.sheets for text in _in_tcvn3_fonts(sheet))
    return Book(tuple(_transcribed(sheet, shared) for sheet in book.sheets))


def of_column(
    sheet: Sheet, column: int, olds: Iterable[tuple[int, OldText | None]], campaign: Campaign
) -> Iterator[Finding]:
    """One note where it was read from an old font, one error where it holds what is returned: at the first such cell.

    `olds`: of its heading and of its rows, each with its row from 0.
    """
    told: dict[str, list[tuple[int, OldText]]] = {}
    for row, old in olds:
        if old and (old.is_read or old.code in RETURNED):
            told.setdefault(old.code, []).append((row, old))
    for alike in told.values():
        row, old = alike[0]
        yield _told(sheet, sheet.name_of(row, column), old, campaign, cells=len(alike))


def of_header(places: Collection[Place], book: Book, campaign: Campaign) -> Iterator[Finding]:
    """One note for each header line that was read from an old font. `places`: where the values of the lines stand."""
    rows = {(place.sheet, _row_of(place.cell)) for place in places}
    for sheet in book.sheets:
        for name, old in sheet.old.items():
            line = sheet.name, _row_of(name)
            if old.is_read and line in rows:
                rows.discard(line)
                yield _told(sheet, name, old, campaign)


def above(sheet: Sheet, rows: range, told: Collection[Place], campaign: Campaign) -> Iterator[Finding]:
    """Of the lines above a table and its headings: what could not be read, once a column. It may name another unit of
    money, another commune. `told`: where header lines stand of which all is said already.
    """
    if sheet.old:
        filled = (sheet.name_of(row, column) for row in rows for column in range(len(sheet.rows[row])))
        yield from _unread(sheet, [name for name in filled if name in sheet.old], told, campaign)


def of_sheet(sheet: Sheet, told: Collection[Place], campaign: Campaign) -> Iterator[Finding]:
    """Of a sheet in which no form was recognised: what could not be read, once a column. Nothing where most of it can
    be: then it is no form for another reason."""
    if not sheet.old:
        return
    texts = sum(isinstance(value, str) and not value.isascii() for row in sheet.rows for value in row)
    unread = [name for name, old in sheet.old.items() if not old.is_read]
    if 2 * len(unread) >= texts:
        yield from _unread(sheet, unread, told, campaign)


def _transcribed(sheet: Sheet, shared: Script) -> Sheet:
    fonts = {name: style for name, style in sheet.styles.items() if style.font}
    if not fonts and all(settled(text)[1] is None for text in _odd_texts(sheet)):
        return sheet
    rows, old = list(sheet.rows), dict[str, OldText]()
    for n, row in enumerate(sheet.rows):
        for column, value in enumerate(row):
            if not isinstance(value, str) or value.isascii():
                continue
            name = sheet.name_of(n, column)
            style = fonts.get(name, PLAIN)
            text, told = settled(value, style.font, style.runs, shared)
            if told:
                old[name] = told
            if told or text != value:
                rows[n] = _with(rows[n], column, text)
    if not fonts and not old:
        return sheet
    # What a font had to say is said: a text in an old font that is Unicode stands as it is.
    styles = {**sheet.styles, **{name: replace(style, font="", runs=()) for name, style in fonts.items()}}
    return replace(sheet, rows=tuple(rows), styles=styles, old=old)


def _odd_texts(sheet: Sheet) -> set[str]:
    """Beyond ASCII, each once: of a sheet without old fonts a text says the same wherever it stands."""
    texts = {value for row in sheet.rows for value in row if isinstance(value, str)}
    return {text for text in texts if not text.isascii()}


def _in_tcvn3_fonts(sheet: Sheet) -> Iterator[str]:
    fonts: Mapping[str, Style] = {name: style for name, style in sheet.styles.items() if style.font}
    if not fonts:
        return
    for n, row in enumerate(sheet.rows):
        for column, value in enumerate(row):
            style = fonts.get(sheet.name_of(n, column)) if isinstance(value, str) else None
            if style and isinstance(value, str):
                of_value = pieces(value, style.font, style.runs)
                yield from (text for text, font in of_value if is_tcvn3_font(font))


def _with(row: tuple[RawValue, ...], column: int, value: RawValue) -> tuple[RawValue, ...]:
    return (*row[:column], value, *row[column + 1 :])


def _unread(
    sheet: Sheet, names: Iterable[str], told: Collection[Place], campaign: Campaign
) -> Iterator[Finding]:
    columns: dict[str, list[str]] = {}
    for name in names:
        if not sheet.old[name].is_read and Place(sheet.name, name) not in told:
            columns.setdefault(name.rstrip(_DIGITS), []).append(name)
    for alike in columns.values():
        old = sheet.old[alike[0]]
        cells = sum(sheet.old[name].code == old.code for name in alike)
        yield _told(sheet, alike[0], old, campaign, cells=cells)


def _row_of(name: str) -> str:
    return name[len(name.rstrip(_DIGITS)) :]


def _told(sheet: Sheet, name: str, old: OldText, campaign: Campaign, *, cells: int = 1) -> Finding:
    """At one cell, of which it quotes the text; of all that are like it, `cells` with it, how many."""
    more = {"more": f" và {cells - 1} ô khác"} if cells > 1 and old.code in RETURNED else {}
    facts = {"seen": old.typed.strip(), **old.facts, **more}
    return finding(campaign, old.code, Place(sheet.name, name), **facts)
