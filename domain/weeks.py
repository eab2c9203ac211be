"""The name of a reporting week. Knows Wednesdays; knows nothing of holidays,
hours or reporters (see calendar.py)."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from domain.errors import UserError

WEDNESDAY = 3  # ISO weekday
_NAME = re.compile(r"([0-9]{4})-W([0-9]{2})")
_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")


@dataclass(frozen=True, order=True, slots=True)
class WeekName:
    """A reporting week, named by its Wednesday;
    written `2023-W15` in paths and APIs (ISO 8601 year and week)."""

    wednesday: date

    def __post_init__(self) -> None:
        if self.wednesday.isoweekday() != WEDNESDAY:
            raise ValueError(f"{self.wednesday} is not a Wednesday")

    @classmethod
    def parse(cls, name: str) -> "WeekName":
        """Read `2023-W15`. Raises ValueError for anything else,
        also for a week 53 that its year does not have."""
        match = _NAME.fullmatch(name)
        if match is None:
            raise ValueError(f"{name!r} is not a week name such as 2023-W15")
        return cls(date.fromisocalendar(int(match[1]), int(match[2]), WEDNESDAY))

    @classmethod
    def containing(cls, day: date) -> "WeekName":
        """The week whose Monday to Sunday holds `day`. Never use it for the week of a *run*:
        see Calendar.week_of_run."""
        return cls(day + timedelta(days=WEDNESDAY - day.isoweekday()))

    @property
    def vi(self) -> str:
        """As people read it: `thứ Tư 12/4/2023`."""
        return f"thứ Tư {self.wednesday.day}/{self.wednesday.month}/{self.wednesday.year}"

    def shifted(self, weeks: int) -> "WeekName":
        """The week so many weeks later (earlier if negative)."""
        return WeekName(self.wednesday + timedelta(weeks=weeks))

    def __str__(self) -> str:
        year, week, _ = self.wednesday.isocalendar()
        return f"{year}-W{week:02d}"


def week_or_none(text: str) -> WeekName | None:
    """The week that a text names, where it may as well name something else."""
    try:
        return WeekName.parse(text)
    except ValueError:
        return None


def week_named(text: str) -> WeekName:
    """The week that a person names. Raises UserError that says what would be right."""
    try:
        return WeekName.parse(text)
    except ValueError as error:
        raise UserError(f"Không có tuần {text!r}: {why_no_week(text)}") from error


def why_no_week(text: str) -> str:
    """Why a text names no week, as the end of a Vietnamese sentence."""
    week, day = _NAME.fullmatch(text), _DAY.fullmatch(text)
    if week:
        last = date(int(week[1]) or 1, 12, 28).isocalendar().week
        return f"năm {week[1]} có các tuần từ W01 đến W{last:02d}."
    try:
        of_day = WeekName.containing(date(int(day[3]), int(day[2]), int(day[1]))) if day else None
    except ValueError:
        of_day = None
    hint = f"; ngày {text} thuộc tuần {of_day}" if of_day else ", gồm năm và số tuần"
    return f"tuần được ghi dạng 2023-W15{hint}."
