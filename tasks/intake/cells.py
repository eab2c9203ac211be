"""Which reading the cell of a column asks for, and with what beside it: units, lists, the file's habits, the calendar.

Knows no row: what makes one is rows.py's. A way of reading is made once for all files that give it the same, so that
what it has read is remembered (known.py); what differs from file to file goes into what it is made from.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from typing import Any

from domain.campaign import Campaign
from domain.criteria import Unit
from domain.forms import CellKind
from domain.reading.cell import Cell, Reading, refusal
from domain.reading.date import read_date
from domain.reading.indicator import read_indicator
from domain.reading.listed import (
    read_commune,
    read_dossier_state,
    read_judgement,
    read_mark,
    read_subject,
    read_yes_no,
)
from domain.reading.money import read_money
from domain.reading.number import Separators
from domain.reading.percent import read_percent
from domain.reading.result import Beside, read_result
from domain.reading.text import read_text
from domain.reporters import Roster
from domain.vietnamese import match_key, vi_date
from tasks.intake.habits import Habits
from tasks.intake.headings import ColumnAt
from tasks.intake.known import Itself, Way
from tasks.intake.table import Table

_WAYS = 64  # of each kind: files differ in their units and habits
Span = tuple[date, date]
Items = tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Lists:
    """What cells are looked up in. `codes`: match key -> code of the catalogue; `habits`: of the whole file."""

    campaign: Campaign
    codes: Mapping[str, str]
    habits: Habits = Habits()  # noqa: RUF009 - frozen


UNREAD = Way(lambda cell: Reading(None, cell.raw))  # of a column that no row keeps


def way_of(at: ColumnAt, table: Table, lists: Lists) -> Way:
    """A result is read as text here; its number needs the indicator of its row (result_way)."""
    key, habits = (table.sheet.name, at.index), lists.habits
    match at.column.kind:
        case CellKind.PERCENT:
            return _percent(habits.settled.get(key), key in habits.shares)
        case CellKind.MONEY:
            units = _items(lists.campaign.spellings.money_unit)
            return _money(table.unit_of(at), units, habits.settled.get(key))
        case CellKind.DATE:
            span = lists.campaign.calendar.plausible_dates.get(at.column.id)
            return _date(key in habits.month_first, key in habits.turned, span)
        case CellKind.TEXT:
            return _TEXT
        case CellKind.RESULT:
            return AS_WRITTEN
        case _:
            return _listed(at.column.kind, table, lists)


def result_way(code: str | None, at: ColumnAt, table: Table, lists: Lists) -> Way:
    """The number of a result in the unit of its row's indicator or condition. `code`: of that, None for none."""
    key, habits = (table.sheet.name, at.index), lists.habits
    units = _items(lists.campaign.spellings.money_unit)
    measured = lists.campaign.catalogue.measured(code) if code else None
    unit, words = (measured.unit, measured.unit_words) if measured else (None, ())
    return _result(unit, words, habits.settled.get(key), units, key in habits.shares)


def mark_way(heading: str, lists: Lists) -> Way:
    """Whether a column headed by a judgement is ticked."""
    return _mark(lists.campaign.spellings.mark, lists.campaign.spellings.unmarked, heading)


def _listed(kind: CellKind, table: Table, lists: Lists) -> Way:
    spellings = lists.campaign.spellings
    match kind:
        case CellKind.INDICATOR:
            return _indicator(_items(lists.codes))
        case CellKind.COMMUNE:
            return _commune(Itself(lists.campaign.roster))
        case CellKind.JUDGEMENT:
            return _judgement(_items(spellings.judgement))
        case CellKind.DOSSIER_STATE:
            return _dossier_state(_items(spellings.dossier_state))
        case CellKind.YES_NO:
            return _yes_no(spellings.mark | spellings.affirmed, spellings.denied, spellings.unmarked)
        case CellKind.REMARK_SUBJECT:
            return _subject(_items(table.headings.form.subjects))
    raise ValueError(f"no reading for cells of kind {kind}: a form may not keep such a column")


def _items(listed: Mapping[str, Any]) -> Items:
    """In their order, too: where several fit they are told in it."""
    return tuple(listed.items())


# --- ways, each made from all that its reading depends on -------------------------------------------


@lru_cache(maxsize=_WAYS)
def _percent(settled: Separators | None, shares_beside: bool) -> Way:
    return Way(lambda cell: read_percent(cell, settled, shares_beside=shares_beside))


@lru_cache(maxsize=_WAYS)
def _money(unit: int | None, units: Items, settled: Separators | None) -> Way:
    by_name = dict(units)
    return Way(lambda cell: read_money(cell, unit, by_name, settled))


@lru_cache(maxsize=_WAYS)
def _result(
    unit: Unit | None, words: tuple[str, ...], settled: Separators | None, units: Items, shares_beside: bool
) -> Way:
    beside = Beside(frozenset(map(match_key, words)), settled, dict(units), shares_beside)
    return Way(lambda cell: read_result(cell, unit, beside))


@lru_cache(maxsize=_WAYS)
def _date(month_first: bool, turned: bool, span: Span | None) -> Way:
    def read(cell: Cell) -> Reading[date]:
        return read_date(cell, month_first_beside=month_first, turned_beside=turned)

    return Way(lambda cell: _plausible(cell, read(cell), span))


def _plausible(cell: Cell, reading: Reading[date], span: Span | None) -> Reading[date]:
    """A day far outside the campaign is a slip of the year: not taken."""
    if reading.value is None or span is None or span[0] <= reading.value <= span[1]:
        return reading
    expected = f"từ {vi_date(span[0])} đến {vi_date(span[1])}"
    return refusal(cell, "DATE_OUT_OF_CAMPAIGN", expected=expected)


@lru_cache(maxsize=_WAYS)
def _indicator(codes: Items) -> Way:
    return Way(partial(read_indicator, codes=dict(codes)))


@lru_cache(maxsize=4)  # each keeps its roster
def _commune(itself: Itself[Roster]) -> Way:
    return Way(partial(read_commune, roster=itself.one))


@lru_cache(maxsize=_WAYS)
def _mark(marks: frozenset[str], unmarked: frozenset[str], heading: str) -> Way:
    return Way(lambda cell: read_mark(cell, marks, unmarked, heading))


@lru_cache(maxsize=_WAYS)
def _yes_no(yes: frozenset[str], no: frozenset[str], unmarked: frozenset[str]) -> Way:
    return Way(lambda cell: read_yes_no(cell, yes, no, unmarked))


@lru_cache(maxsize=_WAYS)
def _judgement(spellings: Items) -> Way:
    return Way(partial(read_judgement, spellings=dict(spellings)))


@lru_cache(maxsize=_WAYS)
def _dossier_state(spellings: Items) -> Way:
    return Way(partial(read_dossier_state, spellings=dict(spellings)))


@lru_cache(maxsize=_WAYS)
def _subject(subjects: Items) -> Way:
    by_key = {match_key(text): subject for text, subject in subjects}
    return Way(partial(read_subject, subjects=by_key))


def _as_written(cell: Cell) -> Reading[str]:
    """Beside what is read of the same cell it is told, not judged."""
    text = read_text(cell)
    return Reading(text.value, text.raw)


_TEXT, AS_WRITTEN = Way(read_text), Way(_as_written)
