"""A day: a date cell, or text with the day first as Vietnamese write it. Never reads month before day.

Knows no campaign: whether a day is plausible there is the caller's to ask.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from domain.reading.cell import Cell, Reading, fault_of, refusal
from domain.vietnamese import normal_text, vi_date

YEARS = range(1900, 2101)  # outside it a year is a slip of the finger
_EXCEL_EPOCH = date(1899, 12, 30)
_MONTHS = 12
_FIRST_SERIAL, _FIRST_CELL = 61, date(1900, 3, 1)  # before it Excel counts a 29/2/1900 that never was
_LAST_SERIAL = 73_415  # 31/12/2100
# From 1/1/2000: a number without a date format that may be a day.
_LIKELY_SERIALS = range(36_526, _LAST_SERIAL + 1)
_MIDNIGHT = r"(?:[ T]0?0:00(?::00)?)?"  # what programs write behind a day
_FORMS = (
    re.compile(
        r"(?:ngày )?(?P<d>[0-9]{1,2}) ?[/.-] ?(?P<m>[0-9]{1,2}) ?[/.-] ?(?P<y>[0-9]{4}|[0-9]{2})" + _MIDNIGHT,
        re.IGNORECASE,
    ),
    re.compile(r"(?:ngày )?(?P<d>[0-9]{1,2}) tháng (?P<m>[0-9]{1,2}) năm (?P<y>[0-9]{4})", re.IGNORECASE),
    re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})" + _MIDNIGHT),
)
_DIGITS = re.compile("[0-9]+")


def read_date(cell: Cell, *, month_first_beside: bool = False, turned_beside: bool = False) -> Reading[date]:
    """The day of a date cell or of text with the day first; a bare number only in a date format.

    Text: dd/mm/yyyy, d/m/yy (of this century), "ngày 25 tháng 4 năm 2023", ISO 8601. `month_first_beside`: another
    date of the column has its month first, so 4/5/2023 is asked about. `turned_beside`: Excel may have taken the
    column's days for months, so a date cell that may hold 5/4/2023 in place of 4/5/2023 is.
    """
    if fault := fault_of(cell):
        return fault
    if cell.is_blank:
        return Reading(None, cell.raw)
    if isinstance(cell.value, str):
        return _of_text(cell, normal_text(cell.value), month_first_beside)
    if cell.shows_no_day:
        return refusal(cell, "DATE_WITHOUT_DAY")
    reading = _of_cell(cell)
    if turned_beside and reading.value and (turned := _turned(reading.value)):
        readings = f"ngày {vi_date(reading.value)} hoặc ngày {vi_date(turned)}"
        return refusal(cell, "DATE_AMBIGUOUS", readings=readings)
    return reading


def may_be_turned(texts: Iterable[str], days: Iterable[date]) -> bool:
    """Of one column: whether Excel in English may have taken days for months in its date cells. It leaves 25/5/2023 a
    text, so every text must be such a day, more than one, and no date cell of a day that is no month."""
    numbers = [match for text in texts if (match := _FORMS[0].fullmatch(normal_text(text)))]
    left = [match for match in numbers if day_in(match[0]) and int(match["d"]) > _MONTHS]
    return 1 < len(left) == len(numbers) and all(day.day <= _MONTHS for day in days)


def is_month_first(text: str) -> bool:
    """A date only if its month comes first: 4/25/2023."""
    text = normal_text(text)
    return day_in(text) is None and _month_first(text) is not None


def told_day(cell: Cell, text: str, day: date | None) -> Reading[date]:
    """What was read of `text`; a note where its numbers aren't those of the day."""
    if day is None:
        return refusal(cell, "DATE_UNREADABLE")
    if [int(each) for each in _DIGITS.findall(text)] == [day.day, day.month, day.year]:
        # The same three numbers in the same order: nobody learns from reading them back.
        return Reading(day, cell.raw)
    return Reading(day, cell.raw, "READ_DATE_FROM_TEXT", {"seen": cell.seen, "read": vi_date(day)})


def _of_text(cell: Cell, text: str, month_first_beside: bool) -> Reading[date]:
    text = text.removesuffix(".")
    day, turned = day_in(text), _month_first(text)
    if day is None and turned:
        return refusal(cell, "DATE_MONTH_FIRST")
    if month_first_beside and day and turned and day != turned:
        return refusal(cell, "DATE_AMBIGUOUS", readings=f"ngày {vi_date(day)} hoặc ngày {vi_date(turned)}")
    return told_day(cell, text, day)


def _of_cell(cell: Cell) -> Reading[date]:
    """A date cell, or a number: one without a date format may be a day that lost it."""
    serial = cell.number
    if serial is None:
        return _of_date_cell(cell)
    if cell.is_date and _FIRST_SERIAL <= serial < _LAST_SERIAL + 1:
        day = _EXCEL_EPOCH + timedelta(days=int(serial))
        return Reading(day, cell.raw)
    if not cell.is_date and serial in _LIKELY_SERIALS:
        day = _EXCEL_EPOCH + timedelta(days=int(serial))
        return refusal(cell, "DATE_AMBIGUOUS", readings=f"số {cell.seen} hoặc ngày {vi_date(day)}")
    return refusal(cell, "DATE_UNREADABLE")


def _of_date_cell(cell: Cell) -> Reading[date]:
    value = cell.value
    day = value.date() if isinstance(value, datetime) else value
    if not isinstance(day, date) or day < _FIRST_CELL or day.year not in YEARS:
        return refusal(cell, "DATE_UNREADABLE")
    if isinstance(value, datetime) and value.time() != time():
        seen = f"{value:%H:%M} {vi_date(day)}"
        return Reading(day, cell.raw, "READ_DATE_WITHOUT_TIME", {"seen": seen, "read": vi_date(day)})
    return Reading(day, cell.raw)


def day_in(text: str) -> date | None:
    """The day that a normal text is, written in full; None where it is none."""
    match = next((m for form in _FORMS if (m := form.fullmatch(text))), None)
    if match is None:
        return None
    return day_of(match["y"], match["m"], match["d"])


def _month_first(text: str) -> date | None:
    """The day if the first of two numbers were the month."""
    match = _FORMS[0].fullmatch(text)
    return day_of(match["y"], match["d"], match["m"]) if match else None


def _turned(day: date) -> date | None:
    """With day and month the other way round, where that is another day."""
    return day.replace(month=day.day, day=day.month) if day.month != day.day <= _MONTHS else None


def day_of(year: str, month: str, day: str) -> date | None:
    """Of digits as typed; None where there is no such day."""
    in_full = int(year) + (2000 if len(year) == 2 else 0)
    try:
        return date(in_full, int(month), int(day)) if in_full in YEARS else None
    except ValueError:  # 31/4, 25th month
        return None
