"""The week of a run: the one it was told, else the one whose close the calendar puts at its scheduled time."""

from datetime import datetime

from prefect.runtime import flow_run

from domain.calendar import Calendar
from domain.weeks import WeekName
from tasks.workplace import workplace


def week_of_run(given: str | None) -> WeekName:
    """Never by now(): a run that starts late, after an outage, still closes the week it was scheduled for."""
    return WeekName.parse(given) if given else _calendar().week_of_run(_scheduled_at())


def why_not_due(week: WeekName, given: str | None) -> str:
    """Why this run has nothing to publish for `week`; "" where it has.

    The schedule asks on every day, and only the calendar knows the day that closes a week. A week named by hand only
    has to be over.
    """
    calendar = _calendar()
    if workplace().now() < calendar.close(week):
        return f"Tuần {week.vi} chưa đến giờ chốt. {calendar.why(week)}"
    if given or _scheduled_at().astimezone(calendar.zone).date() == calendar.close(week).date():
        return ""
    return f"Hôm nay không phải ngày chốt. {calendar.why(week.shifted(1))}"


def run_name() -> str:
    """`Tuần thứ Tư 12/4/2023`."""
    return f"Tuần {week_of_run(flow_run.parameters.get('week')).vi}"


def _calendar() -> Calendar:
    return workplace().campaign.calendar


def _scheduled_at() -> datetime:
    scheduled: datetime = flow_run.scheduled_start_time
    return scheduled
