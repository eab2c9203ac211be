"""A day: a date cell, or text with the day first as Vietnamese write it. Never reads month before day."""

import re
from datetime import date, datetime, timedelta

from domain.reading.cell import Cell, Reading, fault_of, refusal
from domain.vietnamese import normal_text, vi_date
from domain.weeks import WeekName

YEARS = range(1900, 2101)  # outside it a year is a slip of the finger
_EXCEL_EPOCH = date(1899, 12, 30)  # Excel counts a 29/2/1900 that never was; right from 1/3/1900 on
_LAST_SERIAL = 73_415  # 31/12/2100
_FORMS = (
    re.compile(
        r"(?:ngày )?(?P<d>[0-9]{1,2}) ?[/.-] ?(?P<m>[0-9]{1,2}) ?[/.-] ?(?P<y>[0-9]{4}|[0-9]{2})",
        re.IGNORECASE,
    ),
    re.compile(r"(?:ngày )?(?P<d>[0-9]{1,2}) tháng (?P<m>[0-9]{1,2}) năm (?P<y>[0-9]{4})", re.IGNORECASE),
    re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})(?: 00:00:00)?"),
)
_PERIOD_LEAD = re.compile(r"(?:tuần )?(?:thứ (?:tư|4))?[, ]*(?=ngày|[0-9])", re.IGNORECASE)


def read_date(cell: Cell) -> Reading[date]:
    """The day of a date cell or of text with the day first; a bare number only in a date format.

    Text: dd/mm/yyyy, d/m/yy (of this century), "ngày 25 tháng 4 năm 2023", ISO 8601.
    """
    if fault := fault_of(cell):
        return fault
    if cell.is_blank:
        return Reading(None, cell.raw)
    if isinstance(cell.value, str):
        return _told(cell, _day_in(normal_text(cell.value)))
    day = _day_of(cell)
    return Reading(day, cell.raw) if day and day.year in YEARS else refusal(cell, "DATE_UNREADABLE")


def read_period(cell: Cell) -> Reading[date]:
    """Like read_date, and the names of a week that our own documents use: "thứ Tư 12/4/2023", 2023-W15."""
    if not isinstance(cell.value, str) or fault_of(cell):
        return read_date(cell)
    text = normal_text(cell.value)
    return (
        _told(cell, _wednesday_of(text) or _day_in(_PERIOD_LEAD.sub("", text, count=1)))
        if text
        else read_date(cell)
    )


def _told(cell: Cell, day: date | None) -> Reading[date]:
    if day is None:
        return refusal(cell, "DATE_UNREADABLE")
    return Reading(day, cell.raw, "READ_DATE_FROM_TEXT", {"seen": cell.seen, "read": vi_date(day)})


def _day_of(cell: Cell) -> date | None:
    if isinstance(cell.value, datetime):
        return cell.value.date()
    if isinstance(cell.value, date):
        return cell.value
    serial = cell.number
    if serial is None or not cell.is_date or not 0 < serial <= _LAST_SERIAL:
        return None
    return _EXCEL_EPOCH + timedelta(days=int(serial))


def _day_in(text: str) -> date | None:
    match = next((m for form in _FORMS if (m := form.fullmatch(text))), None)
    if match is None:
        return None
    year = int(match["y"]) + (2000 if len(match["y"]) == 2 else 0)
    try:
        return date(year, int(match["m"]), int(match["d"])) if year in YEARS else None
    except ValueError:  # 31/4, 25th month
        return None


def _wednesday_of(text: str) -> date | None:
    try:
        return WeekName.parse(text).wednesday
    except ValueError:
        return None
