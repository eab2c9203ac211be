"""Whether a text is a secrecy mark (MẬT, TỐI MẬT, TUYỆT MẬT). Pure; keeps nothing and tells nothing of what it saw.

A mark stands alone: "bí mật" and "mật độ dân số" are words. Source: SEMANTICS, "Submissions".
"""

import re
from collections.abc import Set
from itertools import chain
from pathlib import PurePath

from domain.vietnamese import match_key
from tasks.intake.grid import Book

_BETWEEN_WORDS = re.compile(r"[\W_]+")
_APART_IN_A_NAME = re.compile(r"[()\[\]{}]|\s[-–—]\s")
_LONGEST = 200  # signs and spaces around it included; a longer line is a sentence


def is_marked(text: str, marks: Set[str]) -> bool:
    """Whether a line of the text is a mark and nothing else. `marks` are match keys."""
    return any(_is_mark(line, marks) for line in text.splitlines() if len(line) <= _LONGEST)


def name_is_marked(file_name: str, marks: Set[str]) -> bool:
    """`Báo cáo (MẬT).xlsx`, `Báo cáo - MẬT.xlsx`, `MẬT.xlsx`."""
    return any(_is_mark(part, marks) for part in _APART_IN_A_NAME.split(PurePath(file_name).stem))


def book_is_marked(book: Book, marks: Set[str]) -> bool:
    """By a cell or by the name of a sheet, hidden ones too."""
    cells = (cell for sheet in book.sheets for row in sheet.rows for cell in row if isinstance(cell, str))
    # One look at each text: most cells of a form repeat.
    return any(is_marked(text, marks) for text in set(chain((sheet.name for sheet in book.sheets), cells)))


def _is_mark(text: str, marks: Set[str]) -> bool:
    words = _BETWEEN_WORDS.sub(" ", match_key(text)).strip()
    return words.removeprefix("mức ").removeprefix("độ mật ") in marks
