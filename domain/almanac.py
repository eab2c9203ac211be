"""What a date is in a campaign, and why, in sentences for people. Knows calendar and extensions; prints nothing.

Source: SEMANTICS, Time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from domain.calendar import SATURDAY, Calendar
from domain.campaign import Campaign
from domain.vietnamese import first_capital, vi_date, vi_hour_and_day
from domain.weeks import WEDNESDAY, WeekName

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_DAY = timedelta(days=1)
_FARTHEST = 4  # weeks: no break is longer


@dataclass(frozen=True)
class WeekLine:
    """One week of the calendar. `moved`: "" where its Wednesday is worked. `is_expected`: a day off that decides one of
    its dates has no notice yet. Of a week without a report the moments are those of its Wednesday."""

    week: WeekName
    is_owed: bool
    cutoff: datetime
    deadline: datetime
    close: datetime
    moved: str
    is_expected: bool


def week_line(calendar: Calendar, week: WeekName) -> WeekLine:
    return WeekLine(
        week=week,
        is_owed=calendar.effective_day(week) is not None,
        cutoff=calendar.cutoff(week),
        deadline=calendar.deadline(week),
        close=calendar.close(week),
        moved=_moved(calendar, week),
        is_expected=_is_expected(calendar, week),
    )


def _is_expected(calendar: Calendar, week: WeekName) -> bool:
    """Whether a day without a notice lies among those from which cut-off, deadline and correction time are counted."""
    counted = calendar.cutoff(week).date(), week.wednesday, calendar.correction_end(week).date()
    first, last = min(counted), max(counted)
    days = (first + n * _DAY for n in range((last - first).days + 1))
    return any(day in calendar.days_off and not calendar.days_off[day].announced for day in days)


def weeks_of_year(year: int) -> tuple[WeekName, ...]:
    """The weeks whose Wednesday lies in the year: 52, or 53 as in 2025 (whose last one is 2026-W01 by name)."""
    first = date(year, 1, 1) + timedelta(days=(WEDNESDAY - date(year, 1, 1).isoweekday()) % 7)
    count = (date(year, 12, 31) - first).days // 7 + 1
    return tuple(WeekName(first).shifted(n) for n in range(count))


def named(day: date) -> str:
    """`thứ Tư 3/5/2023`."""
    return f"{_WEEKDAYS[day.weekday()]} {vi_date(day)}"


def what_it_is(calendar: Calendar, day: date) -> str:
    """Worked or not, and why."""
    worked, off = calendar.working_days_extra.get(day, ""), calendar.days_off.get(day)
    if worked:
        return f"ngày làm việc, {worked}"
    if off:
        return f"ngày nghỉ, {off.vi}" + (f" ({off.source})" if off.source else "")
    return "ngày làm việc" if day.isoweekday() < SATURDAY else "nghỉ cuối tuần"


def explained(campaign: Campaign, day: date) -> tuple[str, ...]:
    """All that the campaign says of the day, one sentence each."""
    return tuple(map(first_capital, _said(campaign, day)))


def _said(campaign: Campaign, day: date) -> Iterator[str]:
    calendar, week = campaign.calendar, WeekName.containing(day)
    yield f"{named(day)}: {what_it_is(calendar, day)}."
    yield from _of_week(calendar, week)
    yield from _moved_here(calendar, week, day)
    yield from _of_milestones(calendar, day)
    yield from _of_extensions(campaign, day)
    at_last = datetime.combine(day, time.max, tzinfo=calendar.zone)
    closes = calendar.week_of_run(at_last)
    while closes >= calendar.first_week and calendar.effective_day(closes) is None:
        closes = closes.shifted(-1)
    if calendar.first_week <= closes <= calendar.last_week:
        yield f"đến hết ngày này, tuần chốt gần nhất là {_both(closes)}."
    if at_last >= calendar.locked_from():
        since = vi_date(calendar.locked_from().date())
        yield f"từ ngày {since} mọi tuần đã khóa: chỉ còn nhận tệp của đơn vị được gia hạn."


def _of_week(calendar: Calendar, week: WeekName) -> Iterator[str]:
    if why := calendar.why_no_report(week):
        is_outside = calendar.effective_day(week) is not None
        rule = f" Theo cách tính của đợt này: {calendar.why(week)}" if is_outside else ""
        yield f"tuần báo cáo {_both(week)}. {why}{rule}"
        return
    yield f"tuần báo cáo {_both(week)}. {calendar.why(week)}"
    steps = [f"{named(day)}: {what_it_is(calendar, day)}" for day in _passed_over(calendar, week)]
    if steps:
        yield f"các ngày được bỏ qua: {'; '.join(steps)}."
    correction = calendar.correction_end(week)
    expected = " (dự kiến)" if _is_expected(calendar, week) else ""
    yield (
        f"số liệu tính đến {vi_hour_and_day(calendar.cutoff(week))}; chốt lúc {vi_hour_and_day(calendar.close(week))}; "
        "bản sửa của báo cáo nộp đúng hạn vẫn tính là đúng hạn nếu đến trong ngày "
        f"{vi_date(correction.date())}{expected}."
    )


def _moved_here(calendar: Calendar, week: WeekName, day: date) -> Iterator[str]:
    """Weeks whose Wednesday lies elsewhere and whose report is due on this day."""
    for other in (week.shifted(n) for n in range(-_FARTHEST, _FARTHEST + 1)):
        if other.wednesday != day and calendar.effective_day(other) == day and other != week:
            yield f"hạn nộp của tuần {_both(other)} là ngày này. {calendar.why(other)}"


def _of_milestones(calendar: Calendar, day: date) -> Iterator[str]:
    for milestone in calendar.milestones:
        said = f"mốc {milestone.id} ({milestone.name}: “{milestone.wording}”)"
        if day == milestone.last_good_day:
            yield f"ngày cuối cùng của {said}."
        elif day == milestone.last_good_day + _DAY:
            yield f"đã quá {said}: ngày cuối cùng là {vi_date(milestone.last_good_day)}."


def _of_extensions(campaign: Campaign, day: date) -> Iterator[str]:
    for extension in campaign.extensions:
        until = extension.until.astimezone(campaign.calendar.zone)
        if until.date() == day:
            name = campaign.roster[extension.reporter].name
            yield f"hết gia hạn của {name} cho tuần {_both(extension.week)} lúc {until:%H:%M}, {extension.vi}."


def _moved(calendar: Calendar, week: WeekName) -> str:
    if calendar.is_working_day(week.wednesday):
        return ""
    off, due = (
        f"{vi_date(week.wednesday)} {calendar.days_off[week.wednesday].vi}",
        calendar.effective_day(week),
    )
    if due is None:
        return f"{off} → không phải báo cáo"
    return f"{off} → hạn {'vẫn là ' if due == week.wednesday else ''}{vi_date(due)}"


def _passed_over(calendar: Calendar, week: WeekName) -> list[date]:
    """The days off between its Wednesday and the day on which its report is due."""
    due = calendar.effective_day(week) or week.wednesday
    step = _DAY if due > week.wednesday else -_DAY
    return [week.wednesday + n * step for n in range(1, abs((due - week.wednesday).days))]


def _both(week: WeekName) -> str:
    return f"{week} ({week.vi})"
