"""What every reader hands on, whatever the format: sheets of cells with their places, nothing understood yet."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain

from domain.reading.cell import Cell, OldText, RawValue
from domain.reading.old_fonts import Run


@dataclass(frozen=True)
class Style:
    """What the container pass saw of one cell beside its value. Absent for formats that have no such thing (CSV)."""

    number_format: str = ""  # "0.0%", "dd/mm/yyyy", "" = general
    font: str = ""
    formula: str = ""  # without the leading "="
    hidden: bool = False  # the row, the column or the sheet is hidden
    runs: tuple[Run, ...] = ()  # of a text in several fonts one of which is old; `font` is that one


PLAIN = Style()
_RANGE = re.compile(r"([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)")


@dataclass(frozen=True)
class Sheet:
    """`rows[r][c]` is the value of the cell in row r+1, column c+1, counted from A1 whatever the used range.

    Merged cells carry their value in the top left cell only; `merged` lists their ranges ("C5:H5").
    A table of Word is a sheet whose first rows are the lines `above` it, each by the name that it is found by; cells
    and ranges count from the table's own first row. `doubts`: (cell, code) of what its reader saw and didn't settle.
    """

    name: str
    rows: tuple[tuple[RawValue, ...], ...]
    styles: Mapping[str, Style] = field(default_factory=dict)  # "F12" -> Style, only where it is not PLAIN
    merged: tuple[str, ...] = ()
    hidden: bool = False
    old: Mapping[str, OldText] = field(default_factory=dict)  # "F12" -> see transcribed.py
    above: tuple[str, ...] = ()
    doubts: tuple[tuple[str, str], ...] = ()

    def style(self, cell: str) -> Style:
        return self.styles.get(cell, PLAIN)

    def value(self, row: int, column: int) -> RawValue:
        """The raw value, None outside the used range; both from 0."""
        values = self.rows[row] if row < len(self.rows) else ()
        return values[column] if column < len(values) else None

    def cell(self, row: int, column: int) -> Cell:
        """The value with all that is known of it; both from 0."""
        name = self.name_of(row, column)
        style, value = self.style(name), self.value(row, column)
        if style is PLAIN and name not in self.old:
            return Cell(value)
        return Cell(value, style.number_format, style.font, style.formula, self.old.get(name))

    def merged_ranges(self) -> Iterator[tuple[int, int, int, int]]:
        """Left, top, right, bottom of each merged range, zero-based and included."""
        first = len(self.above) - 1
        for merged in self.merged:
            if match := _RANGE.fullmatch(merged):
                yield (
                    column_index(match[1]),
                    first + int(match[2]),
                    column_index(match[3]),
                    first + int(match[4]),
                )

    def name_of(self, row: int, column: int) -> str:
        """What an officer calls it: `F12`, `đoạn 7`. Both arguments zero-based."""
        if row >= len(self.above):
            return cell_name(row - len(self.above), column)
        return f"{self.above[row]}, phần {column + 1}" if column else self.above[row]

    def names_down(self, rows: Iterable[int], column: int) -> list[str]:
        """The same of the cells of one column."""
        if self.above:
            return [self.name_of(row, column) for row in rows]
        letter = column_letter(column)
        return [f"{letter}{row + 1}" for row in rows]

    def row_number(self, row: int) -> int:
        """What an officer calls a zero-based row."""
        return row + 1 - len(self.above)


@dataclass(frozen=True)
class Book:
    """One file as read."""

    sheets: tuple[Sheet, ...]

    @property
    def texts(self) -> frozenset[str]:
        """Every text of a cell and every name of a sheet, once; hidden ones too."""
        cells = (cell for sheet in self.sheets for row in sheet.rows for cell in row if isinstance(cell, str))
        return frozenset(chain((sheet.name for sheet in self.sheets), cells))


# Asked for every filled cell; a sheet has at most 16,384 columns.
@lru_cache(maxsize=1024)
def column_letter(index: int) -> str:
    """0 is A, 25 is Z, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@lru_cache(maxsize=1024)
def column_index(letters: str) -> int:
    """0 for A, 26 for AA."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


def cell_name(row: int, column: int) -> str:
    """`F12` for the zero-based row 11 and column 5."""
    return f"{column_letter(column)}{row + 1}"
