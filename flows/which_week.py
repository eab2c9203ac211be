"""The week of a run: the one it was told, else the one whose close the calendar puts at its scheduled time."""

from datetime import datetime

from prefect.runtime import flow_run

from domain.errors import UserError
from domain.weeks import WeekName, week_named
from tasks.workplace import campaign, now


def week_of_run(given: str | None) -> WeekName:
    """Never by now(): a run that starts late, after an outage, still closes the week it was scheduled for."""
    return owed_week(given) if given else campaign().calendar.week_of_run(_scheduled_at())


def owed_week(given: str) -> WeekName:
    """The week that somebody named. Raises UserError where it is none, or no report is owed for it."""
    week = week_named(given)
    if why := campaign().calendar.why_no_report(week):
        raise UserError(f"{why} Hãy kiểm tra lại tuần báo cáo.")
    return week


def why_not_over(week: WeekName) -> str:
    """Why nothing of the week is published yet; "" from its close on."""
    calendar = campaign().calendar
    return "" if now() >= calendar.close(week) else f"Tuần {week.vi} chưa đến giờ chốt. {calendar.why(week)}"


def why_not_due(week: WeekName, given: str | None) -> str:
    """Why this run publishes nothing of `week`; "" where it does. A week named by hand only has to be over; the
    schedule asks on every day, and only the calendar knows the day that closes a week."""
    calendar = campaign().calendar
    if why := calendar.why_no_report(week) or why_not_over(week):
        return why
    if given or _scheduled_at().astimezone(calendar.zone).date() == calendar.close(week).date():
        return ""
    return f"Hôm nay không phải ngày chốt. {calendar.why(week.shifted(1))}"


def _scheduled_at() -> datetime:
    scheduled: datetime = flow_run.scheduled_start_time
    return scheduled
