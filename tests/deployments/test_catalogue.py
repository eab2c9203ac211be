"""The schedule is the campaign's own, its hour of closing in its zone; and so is the clock that people read."""

from dataclasses import replace
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from config.facts import load_campaign
from deployments.catalogue import Entry, catalogue
from deployments.cli.status import _line
from domain.weeks import WeekName
from tasks.store.status import WeekStatus

CAMPAIGN = load_campaign("my-loc-2023")


def weekly(**changes: object) -> Entry:
    """The entry with a schedule, of a campaign whose calendar differs so."""
    calendar = replace(CAMPAIGN.calendar, **changes)  # type: ignore[arg-type]
    (entry,) = (one for one in catalogue(replace(CAMPAIGN, calendar=calendar)) if one.cron)
    return entry


def test_the_weekly_run_is_scheduled_at_the_close_of_the_campaign() -> None:
    assert weekly().cron == "30 16 * * *"
    moved = weekly(close_at=time(9, 5), zone=ZoneInfo("Asia/Tokyo"))
    assert (moved.cron, moved.zone) == ("5 9 * * *", "Asia/Tokyo")
    assert "09:05" in moved.description
    assert "16:30" not in moved.description


def test_prefect_gets_the_hour_and_the_zone_of_the_campaign() -> None:
    from prefect.client.schemas.schedules import CronSchedule

    from deployments.serve import deployment

    schedules = deployment(weekly(zone=ZoneInfo("Asia/Tokyo"))).schedules or []
    (schedule,) = (one.schedule for one in schedules)
    assert isinstance(schedule, CronSchedule)
    assert (schedule.cron, schedule.timezone) == ("30 16 * * *", "Asia/Tokyo")


def test_status_tells_times_in_the_zone_of_the_campaign() -> None:
    week = WeekStatus(WeekName.parse("2023-W15"), {}, 1, datetime(2023, 4, 12, 9, 31, tzinfo=UTC))
    assert "bản 1 lúc 16:31 12/4/2023" in _line(week, CAMPAIGN.calendar.zone)
    assert "bản 1 lúc 18:31 12/4/2023" in _line(week, ZoneInfo("Asia/Tokyo"))
