"""What a cell says, remembered: most cells of ten thousand files are the same few words, codes, numbers and blanks.

A reading is remembered by all that it depends on: the cell (1, 1.0, True and "1" are four values, 0.0 and -0.0 two) and
the `Way` in which its column is read. Nothing else of a file is kept, and never more than _MOST readings.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar

from domain.reading.cell import Cell, RawValue, Reading, is_odd
from domain.reading.money import Amount
from domain.submissions import canonical_text
from domain.vietnamese import normal_text
from tasks.intake.grid import Sheet, Style

_MOST = 8192
_LONGEST = 200  # characters: longer texts are read anew, so that what is remembered takes 20 MB at most
_ZERO = 0.0
T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Way:
    """How the cells of a column are read, with all that the reading depends on beside the cell. Two are never equal:
    what one has read is no reading of the other's."""

    read: Callable[[Cell], Reading[Any]]


@dataclass(frozen=True, eq=False)
class Itself(Generic[T]):
    """A roster of ten thousand names, a form with all its columns: compared by being the same one."""

    one: T

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Itself) and other.one is self.one

    def __hash__(self) -> int:
        return id(self.one)


@dataclass(frozen=True, slots=True)
class Known:
    """One cell and what came of it. `value` is what a typed row keeps: of a sum the đồng."""

    cell: Cell
    reading: Reading[Any]
    value: Any
    is_canonical: bool  # its raw text is how the value is written anyway
    is_blank: bool
    is_odd: bool
    is_stated: bool


def as_read(cell: Cell, reading: Reading[Any]) -> Known:
    """A cell whose reading is settled already."""
    value = reading.value.dong if isinstance(reading.value, Amount) else reading.value
    return Known(
        cell,
        reading,
        value,
        is_canonical=reading.raw == canonical_text(value),
        is_blank=cell.is_blank,
        is_odd=is_odd(cell),
        is_stated=reading.value not in (None, "") and normal_text(reading.raw) != "",
    )


def known(way: Way, cell: Cell) -> Known:
    """What this way makes of the cell."""
    if cell.old is not None:
        return as_read(cell, way.read(cell))
    if cell.number_format or cell.font or cell.formula:
        return _styled(way, cell.value, cell.number_format, cell.font, cell.formula)
    return _plain(way, cell.value)


def known_down(way: Way, sheet: Sheet, rows: Iterable[int], column: int) -> list[Known]:
    """The same of the cells of one column; rows and column from 0, within the sheet's used rows."""
    rows = list(rows)
    values = [line[column] if column < len(line) else None for line in map(sheet.rows.__getitem__, rows)]
    if not sheet.styles and not sheet.old:
        return _all_plain(way, values)
    names = sheet.names_down(rows, column)
    if not sheet.old.keys().isdisjoint(names):
        return [known(way, sheet.cell(row, column)) for row in rows]
    styles = list(map(sheet.styles.get, names))
    if not any(styles):
        return _all_plain(way, values)
    return [
        _plain(way, value) if style is None else _in_style(way, value, style)
        for value, style in zip(values, styles, strict=True)
    ]


def _all_plain(way: Way, values: Sequence[RawValue]) -> list[Known]:
    """Every third cell is blank, and the others are short texts: these go the shortest way."""
    blank = _remembered(way, None)
    return [
        blank
        if value is None
        else _remembered(way, value)
        if isinstance(value, str) and len(value) <= _LONGEST
        else _plain(way, value)
        for value in values
    ]


def _in_style(way: Way, value: RawValue, style: Style) -> Known:
    return _styled(way, value, style.number_format, style.font, style.formula)


def _styled(way: Way, value: RawValue, *style: str) -> Known:
    if _is_its_own_key(value):
        return _remembered(way, value, *style)
    return _anew(way, value, *style)


def _plain(way: Way, value: RawValue) -> Known:
    return _remembered(way, value) if _is_its_own_key(value) else _anew(way, value)


def _is_its_own_key(value: RawValue) -> bool:
    """Not of a long text, nor of the two zeros of a float: they are equal, and written differently."""
    if isinstance(value, str):
        return len(value) <= _LONGEST
    return value.__class__ is not float or value != _ZERO


def _anew(way: Way, value: RawValue, number_format: str = "", font: str = "", formula: str = "") -> Known:
    cell = Cell(value, number_format, font, formula)
    return as_read(cell, way.read(cell))


_remembered = lru_cache(maxsize=_MOST, typed=True)(_anew)
