"""What lines of a table look like, whatever its columns: a line that numbers them, a cell merged over several lines."""

import re
from collections.abc import Mapping

from domain.reading.cell import Cell
from domain.vietnamese import normal_text
from tasks.intake.grid import Sheet

_NUMBERING_MINIMUM = 3
_NUMBERED_FORMULA = re.compile(r"(\([0-9]{1,2}\)) ?=[ ()0-9.…+*/–-]+")
_IN_BRACKETS = re.compile(r"\([0-9]{1,2}\)")


def merged_down(sheet: Sheet) -> dict[tuple[int, int], int]:
    """(row, column) -> top row, of the leftmost column of each merged range.

    Across, a value stays where it is: a title over all columns is no judgement.
    """
    ranges = sheet.merged_ranges()
    last = len(sheet.rows) - 1  # a range over a whole column would be a million rows
    return {
        (row, left): top for left, top, _, bottom in ranges for row in range(top + 1, min(bottom, last) + 1)
    }


def merged_across(sheet: Sheet) -> frozenset[tuple[int, int]]:
    """(row, column) of the leftmost cell of each range of one row."""
    ranges = sheet.merged_ranges()
    return frozenset((top, left) for left, top, right, bottom in ranges if right > left and top == bottom)


def is_numbering(cells: Mapping[str, Cell]) -> bool:
    """The line under a heading that numbers the columns: (1) (2) (3), or A B 1 2 3; (1) (2) alone are enough."""
    written = [normal_text(cell.text) for cell in cells.values() if not cell.is_blank]
    # "(15)=(7)-(8)" says how the column is counted.
    filled = [_NUMBERED_FORMULA.sub(r"\1", text).strip("()[] ") for text in written]
    numbers = [text for text in filled if text.isdecimal() and len(text) <= 2]
    rest = [text for text in filled if text not in numbers]
    in_brackets = sum(_IN_BRACKETS.fullmatch(text) is not None for text in written)
    return (
        (len(filled) >= _NUMBERING_MINIMUM or in_brackets == len(filled) == len(cells))
        and len(set(filled)) == len(filled)
        and [int(text) for text in numbers] == sorted(int(text) for text in numbers)
        and all(len(text) == 1 and "A" <= text <= "Z" for text in rest)
    )
