"""What lines of a table look like, whatever its columns: a line that numbers them, a cell merged over several lines."""

import re
from collections.abc import Mapping

from domain.reading.cell import Cell
from domain.vietnamese import normal_text
from tasks.intake.grid import Sheet

_NUMBERING_MINIMUM = 3
_NUMBERED_FORMULA = re.compile(r"(\(?[0-9]{1,2}\)?) ?=[ ()0-9.…+*/–-]+")
_IN_BRACKETS = re.compile(r"\([0-9]{1,2}\)")
_SIGN = re.compile(r"[0-9]{1,2}|[A-Z]|[a-z]|[IVX]{1,4}")


def merged_down(sheet: Sheet, first: int) -> dict[tuple[int, int], int]:
    """(row, column) -> top row, of the leftmost column of each merged range that begins in row `first` or below: a
    heading two rows high is none of its table's rows.

    Across, a value stays where it is: a title over all columns is no judgement.
    """
    ranges = (each for each in sheet.merged_ranges() if each[1] >= first)
    last = len(sheet.rows) - 1  # a range over a whole column would be a million rows
    return {
        (row, left): top for left, top, _, bottom in ranges for row in range(top + 1, min(bottom, last) + 1)
    }


def merged_across(sheet: Sheet) -> frozenset[tuple[int, int]]:
    """(row, column) of the leftmost cell of each range of one row."""
    ranges = sheet.merged_ranges()
    return frozenset((top, left) for left, top, right, bottom in ranges if right > left and top == bottom)


def is_numbering(cells: Mapping[str, Cell], *, further_down: bool = False) -> bool:
    """The line under a heading that numbers the columns: (1) (2) (3), or A B 1 2 3; (1) (2) alone are enough.

    `further_down`: below a blank line, or on the next page of print; there every column has its sign.
    """
    written = []
    for cell in cells.values():
        if cell.is_blank:
            continue
        written.append(normal_text(cell.text))
        if not _SIGN.fullmatch(_sign(written[-1])):
            return False
    signs = [_sign(text) for text in written]
    numbers = [int(sign) for sign in signs if sign.isdecimal()]
    in_brackets = sum(_IN_BRACKETS.fullmatch(text) is not None for text in written)
    return (
        (len(signs) >= _NUMBERING_MINIMUM or in_brackets == len(signs) == len(cells))
        and len(set(signs)) == len(signs)
        and numbers == sorted(numbers)
        and not (
            further_down
            and (len(signs) < len(cells) or not numbers or numbers[-1] - numbers[0] >= len(numbers))
        )
    )


def _sign(text: str) -> str:
    """ "(15)=(7)-(8)" says how the column is counted."""
    return _NUMBERED_FORMULA.sub(r"\1", text).strip("()[] ")
