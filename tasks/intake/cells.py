"""Which reading the cell of a column asks for, and with what beside it: units, lists, the file's habits, the calendar.

Knows no row: what makes one is rows.py's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.campaign import Campaign
from domain.forms import CellKind
from domain.reading.cell import Cell, Reading, refusal
from domain.reading.date import read_date
from domain.reading.indicator import read_indicator
from domain.reading.listed import read_commune, read_dossier_state, read_judgement, read_subject
from domain.reading.money import read_money
from domain.reading.percent import read_percent
from domain.reading.result import read_result
from domain.reading.text import read_text
from domain.vietnamese import match_key, vi_date
from tasks.intake.habits import Habits
from tasks.intake.table import ColumnAt, Table


@dataclass(frozen=True)
class Lists:
    """What cells are looked up in. `codes`: match key -> code of the catalogue; `habits`: of the whole file."""

    campaign: Campaign
    codes: Mapping[str, str]
    habits: Habits = Habits()  # noqa: RUF009 - frozen


def read_cell(cell: Cell, at: ColumnAt, table: Table, lists: Lists) -> Reading[Any]:
    """A result is read as text here; its number needs the indicator of its row (read_row_result)."""
    key = table.sheet.name, at.index
    match at.column.kind:
        case CellKind.PERCENT:
            return read_percent(cell, lists.habits.settled.get(key))
        case CellKind.MONEY:
            units, settled = lists.campaign.spellings.money_unit, lists.habits.settled.get(key)
            return read_money(cell, table.unit_of(at), units, settled)
        case CellKind.DATE:
            reading = read_date(cell, month_first_beside=key in lists.habits.month_first)
            return _plausible(cell, reading, lists.campaign.calendar.plausible_dates.get(at.column.id))
        case CellKind.TEXT | CellKind.RESULT:
            return read_text(cell)
        case _:
            return _read_listed(cell, at.column.kind, table, lists)


def read_row_result(
    cell: Cell, at: ColumnAt, indicator: Reading[str] | None, table: Table, lists: Lists
) -> Reading[Any]:
    """The number of a result in the unit of its row's indicator."""
    code = indicator.value if indicator else None
    known = lists.campaign.catalogue.indicator(code) if code else None
    settled = lists.habits.settled.get((table.sheet.name, at.index))
    return read_result(cell, known.unit if known else None, settled)


def _plausible(cell: Cell, reading: Reading[date], span: tuple[date, date] | None) -> Reading[date]:
    """A day far outside the campaign is a slip of the year: not taken."""
    if reading.value is None or span is None or span[0] <= reading.value <= span[1]:
        return reading
    expected = f"từ {vi_date(span[0])} đến {vi_date(span[1])}"
    return refusal(cell, "DATE_OUT_OF_CAMPAIGN", expected=expected)


def _read_listed(cell: Cell, kind: CellKind, table: Table, lists: Lists) -> Reading[Any]:
    spellings = lists.campaign.spellings
    match kind:
        case CellKind.INDICATOR:
            return read_indicator(cell, lists.codes)
        case CellKind.COMMUNE:
            return read_commune(cell, lists.campaign.roster)
        case CellKind.JUDGEMENT:
            return read_judgement(cell, spellings.judgement)
        case CellKind.DOSSIER_STATE:
            return read_dossier_state(cell, spellings.dossier_state)
        case CellKind.REMARK_SUBJECT:
            subjects = table.headings.form.subjects
            return read_subject(cell, {match_key(text): subject for text, subject in subjects.items()})
    raise ValueError(f"no reading for cells of kind {kind}: a form may not keep such a column")
