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
from domain.reading.cell import Cell
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
T = TypeVar("T")
_LONGEST = 40  # characters of a text that is remembered: "12,5" stands in every file
_OF_PERCENTS = frozenset({CellKind.PERCENT, CellKind.RESULT})
_BEGINS_A_SHARE = frozenset({"0,", "0."})
_NUMBERS = frozenset({CellKind.MONEY, CellKind.PERCENT, CellKind.RESULT})


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
    month_first, turned = set(), set()
    for table in tables:
        for at in table.headings.columns:
            if at.column.kind is CellKind.DATE:
                texts = [text for _, text in _cells(str, table, at)]
                if any(is_month_first(Cell(text)) for text in {*texts}):
                    month_first.add((table.sheet.name, at.index))
                if texts and may_be_turned(texts, [day for _, day in _cells(date, table, at)]):
                    turned.add((table.sheet.name, at.index))
            elif at.column.kind in _NUMBERS:
                telling += _telling(table, at, units)
    shares = ((table.sheet.name, at.index) for table in tables for at in _with_shares(table))
    return Habits(
        _settled(telling), _mixed(telling), frozenset(month_first), frozenset(turned), frozenset(shares)
    )


def _with_shares(table: Table) -> Iterator[ColumnAt]:
    """Columns of percents or results in which a bare 0.85 stands, as a number or as text."""
    for at in table.headings.columns:
        if at.column.kind in _OF_PERCENTS and any(
            is_bare_share(table.sheet.cell(row, at.index))
            for kind in (float, str)
            for row, value in _cells(kind, table, at)
            if not isinstance(value, str) or value[:2] in _BEGINS_A_SHARE
        ):
            yield at


def _cells(kind: type[T], table: Table, at: ColumnAt) -> list[tuple[int, T]]:
    """(zero-based row, value) of what the column holds of this kind."""
    first, index = table.headings.last + 1, at.index
    lines = enumerate(table.sheet.rows[first : table.end], first)
    return [
        (row, value) for row, line in lines if index < len(line) and isinstance(value := line[index], kind)
    ]


def _telling(table: Table, at: ColumnAt, units: Mapping[str, int]) -> Iterator[_Telling]:
    unit, is_money = table.unit_of(at), at.column.kind is CellKind.MONEY
    numbers: dict[Separators, list[tuple[int, str]]] = {}
    for row, text in _cells(str, table, at):
        if "." in text or "," in text:
            shows = separators_in(text, unit, units) if is_money else _shown(text)
            if shows:
                numbers.setdefault(shows, []).append((row, text))
    return (_Telling(table, at.index, shows, those) for shows, those in numbers.items())


def _shown(text: str) -> Separators | None:
    return _remembered(text) if len(text) <= _LONGEST else separators_of(text)


_remembered = lru_cache(maxsize=1024)(separators_of)


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
