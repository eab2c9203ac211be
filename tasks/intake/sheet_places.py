"""Where each cell of an .xlsx lies, by a parser: the closer look, at sheets that sheet_bounds.py can't pass at once.

Knows SpreadsheetML as calamine reads it: whatever prefix an element has; a cell without a place stands right of the
one before it. Reads no value.
"""

import re
from array import array
from collections.abc import Iterable, Mapping
from itertools import pairwise
from xml.parsers import expat

from tasks.intake.grid import cell_name, column_index
from tasks.intake.refusals import damaged, too_large

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_PLACE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_NUMBER = re.compile(r"[0-9]{1,7}")
_VALUES = ("v", "is")
_DEPTH_OF_CELLS = 2  # of sheetData, in the root
_LEVELS = {"row": 1, "c": 2, "f": 3, "v": 3, "is": 3}  # below sheetData
_TWICE = "một ô, một dòng hoặc một giá trị được ghi hai lần"


def refuse_far_or_twice(content: bytes, most_cells: int) -> None:
    """Raises Refused for a cell outside of any sheet, for what stands twice, and for a rectangle of filled cells that
    is too large."""
    places = _Places()
    try:
        places.over(content)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise damaged("trang tính không phải XML hợp lệ") from error
    _refuse_too_many(places.lowest, places.rightmost, most_cells)


def refuse_far(names: Iterable[str], most_cells: int) -> None:
    """The same for the rectangle that these cells span."""
    places = [(0, 0), *map(place_of, names)]
    _refuse_too_many(max(places), max(places, key=_column), most_cells)


def place_of(name: str) -> tuple[int, int]:
    """Row and column, from 0, of "B5". Raises Refused for a place that no sheet has."""
    match = _PLACE.fullmatch(name)
    if match is None:
        raise damaged("một ô ghi sai vị trí")
    return _within(int(match[2]) - 1, column_index(match[1].upper()))


def _within(row: int, column: int) -> tuple[int, int]:
    if not (0 <= row < LAST_ROW and column < LAST_COLUMN):
        raise damaged("một ô nằm ngoài trang tính")
    return row, column


def _column(place: tuple[int, int]) -> int:
    return place[1]


def _refuse_too_many(lowest: tuple[int, int], rightmost: tuple[int, int], most_cells: int) -> None:
    rows, columns = lowest[0] + 1, rightmost[1] + 1
    if rows * columns > most_cells:
        far = " và ô ".join(dict.fromkeys((cell_name(*lowest), cell_name(*rightmost))))
        raise too_large(f"một trang có {rows} dòng x {columns} cột, do ô {far}")


class _Places:
    """`lowest`, `rightmost`: of the cells that hold something; a border dragged to the last row fills none."""

    def __init__(self) -> None:
        self.lowest = self.rightmost = (0, 0)
        self._rows, self._cells = array("q"), array("q")
        self._next = 0, 0  # where a cell without a place stands
        self._depth = 0  # of elements
        self._level = 0  # below sheetData, where cells stand; itself the first
        self._prefix = ""  # of it
        self._is_empty, self._values = True, 0

    def over(self, content: bytes) -> None:
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = self._on_start, self._on_end
        parser.Parse(content, True)
        if _repeats(self._rows) or _repeats(self._cells):
            raise damaged(_TWICE)

    def _on_start(self, name: str, attributes: Mapping[str, str]) -> None:
        prefix, _, local = name.rpartition(":")
        self._depth += 1
        if local == "sheetData":
            if self._depth != _DEPTH_OF_CELLS:
                raise damaged("một bảng nằm ở chỗ không chương trình nào hiện ra")
            self._level, self._prefix = 1, prefix
            return
        if not self._level:
            return
        if local in _LEVELS:
            self._require_shown(local, prefix, attributes)
        self._level += 1
        if local == "c":
            self._on_cell(attributes.get("r"))
        elif local == "row":
            self._on_row(attributes.get("r"))
        else:
            self._on_content(local)

    def _on_end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        self._depth -= 1
        self._level -= self._level > 0
        if local == "row":
            self._next = self._next[0] + 1, 0

    def _require_shown(self, local: str, prefix: str, attributes: Mapping[str, str]) -> None:
        """What stands elsewhere, or is of another vocabulary, no office program shows."""
        is_other = prefix != self._prefix or any(name.startswith("xmlns") for name in attributes)
        if is_other or self._level != _LEVELS[local]:
            raise damaged("một ô nằm ở chỗ không chương trình nào hiện ra")

    def _on_row(self, number: str | None) -> None:
        if number is not None:
            row = int(number) - 1 if _NUMBER.fullmatch(number) else -1
            self._next = _within(row, 0)
        self._rows.append(self._next[0])

    def _on_cell(self, name: str | None) -> None:
        row, column = self._next if name is None else place_of(name)
        _within(row, column)
        self._cells.append(row * LAST_COLUMN + column)
        self._next = self._next[0], column + 1
        self._is_empty, self._values = True, 0

    def _on_content(self, local: str) -> None:
        """Something in the last cell."""
        self._values += local in _VALUES
        if self._values > 1:
            raise damaged(_TWICE)
        if self._is_empty and self._cells:
            self._is_empty = False
            place = divmod(self._cells[-1], LAST_COLUMN)
            self.lowest, self.rightmost = (
                max(self.lowest, place),
                max(self.rightmost, place, key=_column),
            )


def _repeats(numbers: "array[int]") -> bool:
    return any(one == other for one, other in pairwise(sorted(numbers)))
