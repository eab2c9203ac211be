"""Sheets before any file format: cells with a look, merges, widths, and the habits that change a whole sheet.

Rows and columns count from 0. Knows nothing of reports and nothing of file formats.
"""

import re
import textwrap
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

Value = str | int | float | date | None


class Look(StrEnum):
    """How a cell is dressed; the writers say with which font and format."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    LABEL = "label"
    PLAIN = "plain"
    HEADING = "heading"
    TEXT = "text"
    CENTRED = "centred"
    NUMBER = "number"
    MONEY = "money"
    PERCENT = "percent"
    DATE = "date"
    TOTAL = "total"


@dataclass(frozen=True)
class Cell:
    value: Value = None
    look: Look = Look.TEXT


@dataclass(frozen=True)
class Merge:
    """All four ends belong to the merged block; its value stands in the first cell."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True)
class Sheet:
    name: str
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    merges: tuple[Merge, ...] = ()
    hidden_columns: frozenset[int] = frozenset()
    heading_row: int | None = None  # the last heading row: what stands above it stays in view


NOTHING = Cell(None, Look.PLAIN)

_TONES = "\u0300\u0301\u0303\u0309\u0323"
# The tone on the first vowel of an open oa, oe, uy: "hòa", "lũy"; after q the u is no vowel ("quý").
_OLD_PLACEMENT = re.compile(
    rf"(?:(o)([{_TONES}])([ae])|(?<!q)(u)([{_TONES}])(y))(?![^\W\d_]|[\u0300-\u036f])", re.IGNORECASE
)


def lines_of(sheet: Sheet) -> tuple[int, ...]:
    """How many lines of wrapped text each row needs at the sheet's widths; merged blocks are left out."""
    merged = {(merge.first_row, merge.first_column) for merge in sheet.merges}
    return tuple(
        max(
            _lines(str(cell.value), sheet.widths[column])
            if isinstance(cell.value, str) and (row, column) not in merged
            else 1
            for column, cell in enumerate(cells)
        )
        for row, cells in enumerate(sheet.rows)
    )


def _lines(text: str, width: float) -> int:
    return len(textwrap.wrap(text, max(4, int(width))))


def decomposed(text: str) -> str:
    """NFD, as some keyboards and Apple systems leave Vietnamese."""
    return unicodedata.normalize("NFD", text)


def tone_on_last_vowel(text: str) -> str:
    """The newer placement: hòa -> hoà, lũy -> luỹ, thủy -> thuỷ."""
    moved = _OLD_PLACEMENT.sub(
        lambda found: "".join(
            part for part in (found[1], found[3], found[2], found[4], found[6], found[5]) if part
        ),
        unicodedata.normalize("NFD", text),
    )
    return unicodedata.normalize("NFC", moved)


def respelled(sheet: Sheet, spelling: Callable[[str], str]) -> Sheet:
    """The sheet with its name and every text spelled another way."""
    rows = tuple(
        tuple(
            replace(cell, value=spelling(cell.value)) if isinstance(cell.value, str) else cell for cell in row
        )
        for row in sheet.rows
    )
    return replace(sheet, name=spelling(sheet.name), rows=rows)


def moved_right(sheet: Sheet, columns: int) -> Sheet:
    """The sheet with so many empty columns before it."""
    return replace(
        sheet,
        rows=tuple((NOTHING,) * columns + row for row in sheet.rows),
        widths=(2.5,) * columns + sheet.widths,
        merges=tuple(
            replace(m, first_column=m.first_column + columns, last_column=m.last_column + columns)
            for m in sheet.merges
        ),
        hidden_columns=frozenset(column + columns for column in sheet.hidden_columns),
    )
