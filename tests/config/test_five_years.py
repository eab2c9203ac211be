"""The Wednesday rule over the days off that are shipped, 2023 to 2027, against a table written by hand."""

import csv
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.facts import load_campaign_for
from config.mistakes import ConfigMistakes
from domain.almanac import week_line, weeks_of_year
from domain.calendar import Calendar, HolidayPolicy
from domain.weeks import WeekName
from tests.factories_domain import local
from tests.story import ROOT

YEARS = range(2023, 2028)


@dataclass(frozen=True)
class Moved:
    next: date
    previous: date
    cutoff: date
    is_expected: bool


def table() -> Mapping[date, Moved]:
    lines = Path(__file__).with_name("moved_wednesdays.csv").read_text("utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    day = date.fromisoformat
    return {
        day(row["wednesday"]): Moved(
            day(row["next"]), day(row["previous"]), day(row["cutoff"]), row["expected"] == "yes"
        )
        for row in rows
    }


BY_HAND = table()
CALENDARS = {year: load_campaign_for(year, "my-loc-2023").calendar for year in YEARS}
WEEKS = [(year, week) for year in YEARS for week in weeks_of_year(year)]


def test_five_years_have_261_wednesdays_and_2025_has_53() -> None:
    assert len(WEEKS) == 261
    assert {year: len(weeks_of_year(year)) for year in YEARS} == {
        2023: 52,
        2024: 52,
        2025: 53,
        2026: 52,
        2027: 52,
    }


@pytest.mark.parametrize("year", YEARS)
def test_the_wednesdays_that_move_are_those_written_by_hand(year: int) -> None:
    moved = {week.wednesday for week in weeks_of_year(year) if week_line(CALENDARS[year], week).moved}
    assert moved == {day for day in BY_HAND if day.year == year}


@pytest.mark.parametrize("wednesday", BY_HAND, ids=str)
def test_a_wednesday_off_moves_as_written_by_hand(wednesday: date) -> None:
    calendar, week, by_hand = CALENDARS[wednesday.year], WeekName(wednesday), BY_HAND[wednesday]
    line = week_line(calendar, week)
    assert line.deadline == local(f"{by_hand.next} 16:00")
    assert line.cutoff.date() == by_hand.cutoff
    assert line.is_expected is by_hand.is_expected
    assert line.moved.endswith(f"→ hạn {by_hand.next.day}/{by_hand.next.month}/{by_hand.next.year}")
    assert ("(dự kiến)" in line.moved) is by_hand.is_expected
    before = replace(calendar, policy=HolidayPolicy.PREVIOUS)
    assert before.effective_day(week) == by_hand.previous
    assert replace(calendar, policy=HolidayPolicy.KEEP).effective_day(week) == wednesday
    assert replace(calendar, policy=HolidayPolicy.SKIP).effective_day(week) is None


@pytest.mark.parametrize("policy", [each for each in HolidayPolicy if each is not HolidayPolicy.KEEP])
def test_no_deadline_falls_on_a_day_off(policy: HolidayPolicy) -> None:
    for year, week in WEEKS:
        day = replace(CALENDARS[year], policy=policy).effective_day(week)
        assert day is None or CALENDARS[year].is_working_day(day)


def test_weeks_tile_the_years() -> None:
    """Each day from the first Monday to the last Sunday lies in exactly one week."""
    weeks = [week for _, week in WEEKS]
    assert [week.shifted(1) for week in weeks[:-1]] == weeks[1:]
    days = [week.wednesday + timedelta(n) for week in weeks for n in range(-2, 5)]
    assert days == [days[0] + timedelta(n) for n in range(len(days))]
    assert all(WeekName.containing(day) == weeks[n // 7] for n, day in enumerate(days))


@given(
    st.datetimes(
        local("2023-01-10 00:00").replace(tzinfo=None), local("2027-12-20 00:00").replace(tzinfo=None)
    ),
    st.sampled_from(HolidayPolicy),
)
def test_every_local_time_has_one_runs_week_and_the_week_before_it_is_closed(
    moment: datetime, policy: HolidayPolicy
) -> None:
    calendar: Calendar = replace(CALENDARS[moment.year], policy=policy)
    now = moment.replace(tzinfo=calendar.zone)
    week = calendar.week_of_run(now)
    assert calendar.close(week) <= now < calendar.close(week.shifted(1))
    assert calendar.close(week.shifted(-1)) <= now


SAY = """
from config.facts import load_campaign_for
from domain.almanac import week_line, weeks_of_year
calendar = load_campaign_for(2025, "my-loc-2023").calendar
print([(str(line.deadline), str(line.cutoff)) for line in (week_line(calendar, w) for w in weeks_of_year(2025))])
print(calendar.week_of_run(calendar.close(weeks_of_year(2025)[4])))
"""


def test_the_zone_of_the_machine_moves_nothing() -> None:
    zones = ("UTC", "America/Los_Angeles", "Pacific/Kiritimati", "Asia/Ho_Chi_Minh")
    said = {
        subprocess.run(
            [sys.executable, "-c", SAY],
            env={**os.environ, "TZ": zone},
            cwd=ROOT,
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for zone in zones
    }
    assert len(said) == 1
    assert said.pop().endswith("2025-W05\n")


def test_a_year_without_a_file_names_the_command_that_writes_it() -> None:
    with pytest.raises(ConfigMistakes, match=r"config\.holiday_files VN 2028"):
        load_campaign_for(2028, "my-loc-2023")
