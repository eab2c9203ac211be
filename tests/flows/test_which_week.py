"""The week of a run, and why some runs have nothing to publish."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows import which_week
from flows.which_week import run_name, week_of_run, why_not_due
from tests.story import Story, settings_of


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Story]:
    played = Story(settings_of(tmp_path), monkeypatch)
    yield played
    played.close()


def scheduled(story: Story, local: str) -> None:
    """The run's scheduled time, which Prefect keeps in UTC, and the clock."""
    moment = datetime.fromisoformat(f"{local}+07:00")
    story.at(moment)
    story.monkeypatch.setattr(which_week, "_scheduled_at", lambda: moment.astimezone(UTC))


@pytest.mark.parametrize(
    ("local", "week"),
    [
        ("2023-04-12T16:30", "2023-W15"),
        ("2023-04-12T16:29", "2023-W14"),
        ("2023-04-18T23:00", "2023-W15"),  # Tuesday still belongs to the week before
        ("2023-05-03T16:30", "2023-W17"),  # Wednesday, a public holiday: W18 closes on Thursday
        ("2023-05-04T16:30", "2023-W18"),
    ],
)
def test_a_run_takes_the_week_whose_close_has_come(story: Story, local: str, week: str) -> None:
    scheduled(story, local)
    assert str(week_of_run(None)) == week


def test_a_week_named_by_hand_wins(story: Story) -> None:
    scheduled(story, "2023-05-04T16:30")
    assert str(week_of_run("2023-W15")) == "2023-W15"


def test_the_daily_schedule_works_only_on_the_day_that_closes_a_week(story: Story) -> None:
    scheduled(story, "2023-05-03T16:30")
    assert "4/5/2023" in why_not_due(week_of_run(None), None)
    scheduled(story, "2023-05-04T16:30")
    assert why_not_due(week_of_run(None), None) == ""


def test_a_run_that_starts_late_still_closes_its_own_week(story: Story) -> None:
    scheduled(story, "2023-04-12T16:30")
    story.at(datetime.fromisoformat("2023-04-14T08:00:00+07:00"))
    assert why_not_due(week_of_run(None), None) == ""


def test_a_week_that_is_not_over_is_not_published(story: Story) -> None:
    scheduled(story, "2023-04-12T10:00")
    assert "chưa đến giờ chốt" in why_not_due(week_of_run("2023-W15"), "2023-W15")


def test_a_run_has_a_name_that_people_read(story: Story) -> None:
    scheduled(story, "2023-04-12T16:30")
    assert run_name() == "Tuần thứ Tư 12/4/2023"
