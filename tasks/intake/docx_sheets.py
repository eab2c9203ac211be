"""The tables of a Word document as sheets: each with the lines above it, in straight columns, places as Word shows.

Knows how cells lie in a table; docx_xml.py knows the file.

Columns are those of the rows with the most cells. Other rows lie on the same lines, or nobody can say which column a
value belongs to: Word keeps a grid of its own, and a border dragged by hand adds a line to it.
"""

import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from domain.reading.cell import RawValue
from tasks.intake.docx_body import BOX, EQUATION, PICTURE, Container, WordCell, WordRow, WordTable, Written
from tasks.intake.docx_xml import body
from tasks.intake.doubts import CHANGED, PICTURE_IN_CELL, TABLE_IN_CELL, TEXT_IN_OBJECT, WITHOUT_HEADINGS
from tasks.intake.effects import TEXT_STRUCK, is_in_doubt, marked_runs
from tasks.intake.grid import PLAIN, Book, Sheet, Style, cell_name
from tasks.intake.looks import range_name
from tasks.intake.refusals import Refused, too_large

HIDDEN, CROOKED = "TEXT_HIDDEN", "CELL_BESIDE_COLUMNS"
FIELD_OPEN, UNSEEN = "FIELD_NOT_ENDED", "TEXT_UNSEEN"
_MOST_LINES_ABOVE = 200  # a report has a page of preamble, not a book
_GOES_ON_FROM = 3  # columns, as many as the table before: of two are the signatures under a table of remarks
# A table of any width that holds one may go on with an earlier one; signatures hold none. "1.234,5", "2 triệu đồng".
_NUMBER = re.compile(r"\s*[-−]?\d[\d.,\s]*(?:%|[^\W\d]+(?:\s+đồng)?)?\s*")


def read(archive: zipfile.ZipFile, most_cells: int) -> Book:
    """One sheet for each table, in their order. Raises Refused where there is no table."""
    sheets = list(_sheets(body(archive), _Numbers()))
    if not sheets:
        raise Refused("FILE_HAS_NO_TABLE", "không có bảng nào")
    if sum(len(row) for sheet in sheets for row in sheet.rows) > most_cells:
        raise too_large("quá nhiều ô trong các bảng")
    return Book(tuple(sheets))


@dataclass
class _Numbers:
    """Paragraphs with a text outside of tables count from the top of the document, as an officer would."""

    paragraph: int = 0


@dataclass
class _Above:
    """The lines above a table: (name, cells between tabs, the paragraph)."""

    lines: list[tuple[str, tuple[str, ...], Written]] = field(default_factory=list)

    def add(self, name: str, paragraph: Written) -> None:
        for n, line in enumerate(paragraph.text.split("\n")):
            if line.strip():
                pieces = tuple(piece for piece in line.split("\t") if piece.strip())
                self.lines.append((f"{name}, dòng {n + 1}" if n else name, pieces, paragraph))


def _sheets(container: Container, numbers: _Numbers, around: str = "") -> Iterator[Sheet]:
    """`around`: the place of the cell that they stand in."""
    above, before = _Above(), 0
    for n, item in enumerate(container.items, start=1):
        if isinstance(item, WordTable):
            goes_on = before == _width(item) >= _GOES_ON_FROM or (item.number > 1 and _has_number(item))
            yield _sheet(item, above.lines[-_MOST_LINES_ABOVE:], goes_on=goes_on)
            for row in item.rows:
                for cell in row.cells:
                    yield from _sheets(cell, numbers, around=f"Bảng {item.number}")
            above, before = _Above(), _width(item)
        elif item.text.strip() or item.is_changed or item.is_open:
            numbers.paragraph += not around and bool(item.text.strip())
            name = f"{around}, đoạn {n} trong ô" if around else f"đoạn {numbers.paragraph}"
            above.add(name, item)


def _width(table: WordTable) -> int:
    return max((len(row.cells) for row in table.rows), default=0)


def _has_number(table: WordTable) -> bool:
    cells = (cell for row in table.rows for cell in row.cells)
    return any(_NUMBER.fullmatch(paragraph.text) for cell in cells for paragraph in cell.paragraphs)


def _sheet(
    table: WordTable, above: Sequence[tuple[str, tuple[str, ...], Written]], *, goes_on: bool
) -> Sheet:
    rows: list[tuple[RawValue, ...]] = [pieces for _, pieces, _ in above]
    grid = _Grid(table)
    rows += grid.rows
    empty = Sheet(f"Bảng {table.number}", tuple(rows), above=tuple(name for name, _, _ in above))
    styles, doubts = dict(grid.styles), list(grid.doubts)
    for n, (_, pieces, paragraph) in enumerate(above):
        for column in range(len(pieces)):
            name = empty.name_of(n, column)
            styles |= {name: style} if (style := _style([paragraph], hidden=False)) != PLAIN else {}
            doubts += _doubts(name, [paragraph], row_is_hidden=False)
            doubts += [(name, TEXT_IN_OBJECT)] if EQUATION in paragraph.holds else []
    if goes_on:
        doubts.append(("A1", WITHOUT_HEADINGS))
    return replace(empty, styles=styles, merged=tuple(grid.merged), doubts=tuple(doubts))


class _Grid:
    """One table: its rows in straight columns, and what is to be said of its cells by their names."""

    def __init__(self, table: WordTable) -> None:
        self.rows: list[tuple[RawValue, ...]] = []
        self.styles: dict[str, Style] = {}
        self.merged: list[str] = []
        self.doubts: list[tuple[str, str]] = []
        self._columns = _Columns(table)
        self._open: dict[int, tuple[int, int, int]] = {}  # column -> top, height, width of a merged cell
        for n, row in enumerate(table.rows):
            self._add(n, row)
        for column in list(self._open):
            self._close(column)

    def _add(self, n: int, row: WordRow) -> None:
        values: list[RawValue] = []
        columns, is_straight = self._columns.of(row)
        widths = [after - column for column, after in pairwise(columns)]
        for cell, column, width in zip(row.cells, columns, [*widths, self._last_width(columns)], strict=True):
            values += [None] * (column - len(values))
            values.append(self._value(n, column, max(width, 1), cell))
            self._note(cell_name(n, column), cell.paragraphs, row)
            if _says_something([item for item in cell.items if isinstance(item, WordTable)]):
                self.doubts.append((cell_name(n, column), TABLE_IN_CELL))
        for column in set(self._open) - {
            c for c, cell in zip(columns, row.cells, strict=True) if cell.merged
        }:
            self._close(column)
        if not is_straight:
            self.doubts.append((cell_name(n, 0), CROOKED))
        while values and values[-1] is None:
            values.pop()
        self.rows.append(tuple(values))

    def _last_width(self, columns: Sequence[int]) -> int:
        return self._columns.count - columns[-1] if columns else 0

    def _value(self, n: int, column: int, width: int, cell: WordCell) -> RawValue:
        if cell.merged == "continue" and column in self._open:
            top, height, wide = self._open[column]
            self._open[column] = top, height + 1, wide
            return None  # Word shows nothing of what stands in it
        if cell.merged:
            self._close(column)
            self._open[column] = n, 1, width
        elif width > 1:
            self.merged.append(range_name(n, column, height=1, width=width))
        lines = [paragraph.text.replace("\t", " ") for paragraph in cell.paragraphs]
        return "\n".join(lines).strip("\n") or None

    def _close(self, column: int) -> None:
        top, height, width = self._open.pop(column, (0, 1, 1))
        if (height, width) != (1, 1):
            self.merged.append(range_name(top, column, height=height, width=width))

    def _note(self, name: str, paragraphs: Sequence[Written], row: WordRow) -> None:
        style = _style(paragraphs, hidden=row.is_hidden)
        if style != PLAIN:
            self.styles[name] = style
        self.doubts += [*_doubts(name, paragraphs, row_is_hidden=row.is_hidden), *_objects(name, paragraphs)]
        if row.is_changed and not any(paragraph.is_changed for paragraph in paragraphs):
            self.doubts.append((name, CHANGED))


class _Columns:
    """Where the columns of a table begin, in its grid."""

    def __init__(self, table: WordTable) -> None:
        self.count = _width(table)
        fullest = [_starts(row) for row in table.rows if len(row.cells) == self.count]
        self._usual: tuple[int, ...] = Counter(fullest).most_common(1)[0][0] if fullest else ()
        self._at: dict[int, set[int]] = {}  # start in the grid -> the columns that begin there in some row
        for starts in filter(self._is_usual, fullest):
            for column, start in enumerate(starts):
                self._at.setdefault(start, set()).add(column)

    def of(self, row: WordRow) -> tuple[Sequence[int], bool]:
        """The column of each cell, and whether that is sure."""
        starts = _starts(row)
        if len(starts) == self.count and self._is_usual(starts):
            return range(self.count), True
        found = [self._at.get(start, set()) for start in starts]
        columns = [min(each) for each in found if len(each) == 1]
        if len(columns) == len(starts) and len(set(columns)) == len(columns):
            return columns, True
        return range(len(starts)), False

    def _is_usual(self, starts: tuple[int, ...]) -> bool:
        """No cell begins as far off as its neighbour in most rows does: a border was moved, not a cell."""
        usual, last = self._usual, len(self._usual) - 1
        return all(
            (n == 0 or usual[n - 1] < start) and (n == last or start < usual[n + 1])
            for n, start in enumerate(starts)
        )


def _says_something(tables: Sequence[WordTable]) -> bool:
    cells = [cell for table in tables for row in table.rows for cell in row.cells]
    return any(
        paragraph.text.strip() or paragraph.is_changed or paragraph.holds
        for cell in cells
        for paragraph in cell.paragraphs
    ) or any(_says_something([item for item in cell.items if isinstance(item, WordTable)]) for cell in cells)


def _starts(row: WordRow) -> tuple[int, ...]:
    return tuple(cell.start for cell in row.cells)


def _style(paragraphs: Sequence[Written], *, hidden: bool) -> Style:
    """Of several old fonts the first one speaks: it is asked about, not read."""
    font = next((p.font for p in paragraphs if p.font), "")
    formula = next((p.formula for p in paragraphs if p.formula), "")
    return Style(font=font, formula=formula, hidden=hidden or any(p.is_hidden for p in paragraphs))


def _doubts(name: str, paragraphs: Sequence[Written], *, row_is_hidden: bool) -> Iterator[tuple[str, str]]:
    if any(paragraph.is_changed for paragraph in paragraphs):
        yield name, CHANGED
    if not row_is_hidden and any(paragraph.is_hidden for paragraph in paragraphs):
        yield name, HIDDEN
    if any(is_in_doubt(paragraph.text, marked_runs(paragraph.effects)) for paragraph in paragraphs):
        yield name, TEXT_STRUCK
    if any(paragraph.is_open for paragraph in paragraphs):
        yield name, FIELD_OPEN
    if any(paragraph.is_unseen for paragraph in paragraphs):
        yield name, UNSEEN


def _objects(name: str, paragraphs: Sequence[Written]) -> Iterator[tuple[str, str]]:
    """What a cell holds beside text. A picture beside a text says nothing that is read."""
    holds = {each for paragraph in paragraphs for each in paragraph.holds}
    if holds & {BOX, EQUATION}:
        yield name, TEXT_IN_OBJECT
    elif PICTURE in holds and not any(paragraph.text.strip() for paragraph in paragraphs):
        yield name, PICTURE_IN_CELL
