"""How one file writes its numbers and dates, told by all its tables together; a single cell may have two readings.

Knows which cells are telling and what contradicts what (decision 0020); how one is read is domain/reading's.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TypeVar

from domain.findings import Place
from domain.forms import CellKind
from domain.reading.cell import RawValue
from domain.reading.date import is_month_first, may_be_turned
from domain.reading.money import separators_in
from domain.reading.number import Separators, separators_of
from domain.reading.percent import is_bare_share
from domain.vietnamese import normal_text
from tasks.intake.headings import ColumnAt
from tasks.intake.table import Table

ColumnKey = tuple[
    str, int
]  # name of the sheet, zero-based column: a heading may be printed again on every page
CellKey = tuple[str, str]  # name of the sheet, name of the cell
Filled = Sequence[tuple[int, RawValue]]  # of a column, each with its zero-based row
T = TypeVar("T")
_LONGEST = 40  # characters of a text that is remembered: "12,5" and "12/4/2023" stand in every file
_OF_PERCENTS = frozenset({CellKind.PERCENT, CellKind.RESULT})
_BEGINS_A_SHARE = frozenset({"0,", "0."})
_TELLING = frozenset({CellKind.DATE, CellKind.MONEY, CellKind.PERCENT, CellKind.RESULT})


@dataclass(frozen=True)
class Habits:
    """`settled`: columns that show how they use dots and commas, where no cell of the file contradicts.
    `mixed`: the cells to mend where two ways meet, each with the facts of its finding. `month_first`, `turned`,
    `shares`: columns in which a date has its month first, date cells may, a percent or a result is written as a share
    of one."""

    settled: Mapping[ColumnKey, Separators] = field(default_factory=dict)
    mixed: Mapping[CellKey, Mapping[str, str]] = field(default_factory=dict)
    month_first: frozenset[ColumnKey] = frozenset()
    turned: frozenset[ColumnKey] = frozenset()
    shares: frozenset[ColumnKey] = frozenset()


@dataclass(frozen=True)
class _Telling:
    """The numbers of a column that show one use of dots and commas, each with its zero-based row."""

    table: Table
    column: int
    shows: Separators
    numbers: Sequence[tuple[int, str]]

    @property
    def key(self) -> ColumnKey:
        return self.table.sheet.name, self.column

    def cell(self, row: int) -> CellKey:
        return self.table.sheet.name, self.table.sheet.name_of(row, self.column)


def habits_of(tables: Sequence[Table], units: Mapping[str, int]) -> Habits:
    """Of every table of one file. Only texts tell: what Excel holds as a number has one reading."""
    telling: list[_Telling] = []
    month_first, turned, shares = set(), set(), set()
    for table in tables:
        for at in table.headings.columns:
            key, kind = (table.sheet.name, at.index), at.column.kind
            filled = _filled(table, at) if kind in _TELLING else ()
            if kind is CellKind.DATE:
                texts = [value for _, value in filled if isinstance(value, str)]
                if any(map(_is_month_first, texts)):
                    month_first.add(key)
                days = [value for _, value in filled if isinstance(value, date)]
                if 0 < len(texts) < len(filled) and may_be_turned(texts, days):
                    turned.add(key)
            else:
                telling += _telling(table, at, filled, units)
                if kind in _OF_PERCENTS and _holds_a_share(table, at, filled):
                    shares.add(key)
    return Habits(
        _settled(telling), _mixed(telling), frozenset(month_first), frozenset(turned), frozenset(shares)
    )


def _holds_a_share(table: Table, at: ColumnAt, filled: Filled) -> bool:
    """A bare 0.85, as a number or as text."""
    rows = (row for row, value in filled if _may_be_share(value))
    return any(is_bare_share(table.sheet.cell(row, at.index)) for row in rows)


def _may_be_share(value: RawValue) -> bool:
    """At a glance: most are none."""
    if isinstance(value, str):
        return value[:2] in _BEGINS_A_SHARE
    return isinstance(value, float) and 0 < value < 1


def _filled(table: Table, at: ColumnAt) -> Filled:
    first, index = table.headings.last + 1, at.index
    lines = enumerate(table.sheet.rows[first : table.end], first)
    return [(row, line[index]) for row, line in lines if index < len(line) and line[index] is not None]


def _telling(table: Table, at: ColumnAt, filled: Filled, units: Mapping[str, int]) -> Iterator[_Telling]:
    unit, is_money = table.unit_of(at), at.column.kind is CellKind.MONEY
    numbers: dict[Separators, list[tuple[int, str]]] = {}
    for row, text in filled:
        if isinstance(text, str) and ("." in text or "," in text):
            shows = separators_in(text, unit, units) if is_money else _shown(text)
            if shows:
                numbers.setdefault(shows, []).append((row, text))
    return (_Telling(table, at.index, shows, those) for shows, those in numbers.items())


def _shown(text: str) -> Separators | None:
    return _known_to_show(text) if len(text) <= _LONGEST else separators_of(text)


def _is_month_first(text: str) -> bool:
    return _known_to_begin(text) if len(text) <= _LONGEST else is_month_first(text)


_known_to_show = lru_cache(maxsize=1024)(separators_of)
_known_to_begin = lru_cache(maxsize=1024)(is_month_first)


def _settled(telling: Sequence[_Telling]) -> dict[ColumnKey, Separators]:
    """`12.5` goes with either way of grouping: beside commas for decimals it leaves the whole file unsure."""
    shown = {each.shows for each in telling}
    if Separators.ENGLISH in shown and Separators.VIETNAMESE not in shown:
        return {each.key: each.shows for each in telling if each.shows is Separators.ENGLISH}
    return {each.key: each.shows for each in telling} if shown == {Separators.VIETNAMESE} else {}


def _mixed(telling: Sequence[_Telling]) -> dict[CellKey, Mapping[str, str]]:
    """The cells of the rarer way, of the English one where both are as many: so the sender mends the fewest."""
    vietnamese = [each for each in telling if each.shows is Separators.VIETNAMESE]
    english = [each for each in telling if each.shows is Separators.ENGLISH]
    if not vietnamese or not english:
        return {}
    rarer, other = (english, vietnamese) if _many(english) <= _many(vietnamese) else (vietnamese, english)
    return {each.cell(row): _beside(each, other[0]) for each in rarer for row, _ in each.numbers}


def _many(telling: Sequence[_Telling]) -> int:
    return sum(len(each.numbers) for each in telling)


def _beside(one: _Telling, other: _Telling) -> dict[str, str]:
    """The first number written in the other way, and where."""
    row, text = other.numbers[0]
    sheet, cell = other.cell(row)
    first = Place("" if sheet == one.table.sheet.name else sheet, cell)
    return {"read": normal_text(text), "first": first.vi}
