"""The period that a report states: a day, a span whose last day names the week, or a week by its number.

Knows no campaign; `near` is a day of the week that the file was received for.
"""

import re
from datetime import date

from domain.reading.cell import Cell, Reading, fault_of
from domain.reading.date import day_in, day_of, read_date, told_day
from domain.vietnamese import normal_text
from domain.weeks import week_or_none

_BRACKETS = re.compile(r"[()\[\]]")
_LEAD = re.compile(
    r"(?:kỳ báo cáo )?(?:(?:tính )?đến )?(?:hết )?(?:tuần )?(?:thứ (?:tư|4))?[, ]*(?:ngày: ?)?(?=ngày|[0-9])",
    re.IGNORECASE,
)
_SPAN = re.compile(
    r"(?:kỳ báo cáo )?(?:tuần )?(?:từ )?(?:ngày )?[0-9]{1,2}[/.-][0-9]{1,2}(?:[/.-][0-9]{2,4})?"
    r" ?(?:đến|[-–—]) ?(?:hết )?(?P<last>(?:ngày )?[0-9].*)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"tuần (?P<w>[0-9]{1,2})(?: năm | ?/ ?)(?P<y>[0-9]{4})", re.IGNORECASE)
_COUNTED = re.compile(r"tuần [0-9]", re.IGNORECASE)  # "tuần 2/4" is as well the second week of April
_WITHOUT_YEAR = re.compile(
    r"(?:ngày )?(?P<d>[0-9]{1,2})(?: ?[/.-] ?| tháng )(?P<m>[0-9]{1,2})", re.IGNORECASE
)


def read_period(cell: Cell, near: date | None = None) -> Reading[date]:
    """Like read_date, and the names of a week that offices use: "thứ Tư 12/4/2023", 2023-W15, "từ 6/4 đến 12/4/2023",
    "Tuần 15 năm 2023" (of ISO 8601).

    A day without its year (12.4) is the one nearest to `near`, and refused without that. "Tuần 15" alone is refused: it
    may be counted in a month.
    """
    if not isinstance(cell.value, str) or fault_of(cell):
        return read_date(cell)
    text = normal_text(cell.value)
    if not text:
        return read_date(cell)
    if week := week_or_none(text):
        return told_day(cell, text, week.wednesday)
    # "Thứ Tư (12/4/2023).", "....12/4/2023....": brackets and dot leaders say nothing.
    bare = normal_text(_BRACKETS.sub(" ", text)).strip(" .,;:…")
    return _told(cell, bare, near)


def _told(cell: Cell, bare: str, near: date | None) -> Reading[date]:
    whole = _LEAD.sub("", bare, count=1)
    if day := day_in(whole):
        return told_day(cell, whole, day)
    if span := _SPAN.fullmatch(bare):
        return told_day(cell, bare, day_in(span["last"]) or _nearest_day(span["last"], near))
    if numbered := _NUMBERED.fullmatch(bare):
        week = week_or_none(f"{numbered['y']}-W{numbered['w']:0>2}")
        return told_day(cell, bare, week.wednesday if week else None)
    counts_weeks = _COUNTED.match(bare) is not None
    return told_day(cell, bare, None if counts_weeks else _nearest_day(whole, near))


def _nearest_day(text: str, near: date | None) -> date | None:
    match = _WITHOUT_YEAR.fullmatch(text)
    if match is None or near is None:
        return None
    years = (near.year - 1, near.year, near.year + 1)
    days = [day for year in years if (day := day_of(str(year), match["m"], match["d"]))]
    return min(days, key=lambda day: abs(day - near), default=None)
