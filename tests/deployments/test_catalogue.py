"""The schedule is the campaign's own: its hour of closing, in its zone."""

from dataclasses import replace
from datetime import time
from zoneinfo import ZoneInfo

from config.facts import load_campaign
from deployments.catalogue import Entry, catalogue

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
