"""The week of a run, and why some runs have nothing to publish."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from domain.errors import UserError
from flows import run_names, which_week
from flows.run_names import late_name, run_name
from flows.which_week import owed_week, week_of_run, why_not_due, why_not_over
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


@pytest.mark.parametrize("name", ["2023-W14", "2023-W23", "2099-W01"])
def test_a_week_outside_the_campaign_is_refused_whoever_names_it(story: Story, name: str) -> None:
    scheduled(story, "2023-05-04T16:30")
    with pytest.raises(UserError, match="nằm ngoài đợt báo cáo"):
        owed_week(name)
    with pytest.raises(UserError, match="nằm ngoài đợt báo cáo"):
        week_of_run(name)


@pytest.mark.parametrize("text", ["garbage", "2023-15", "2023-W60", ""])
def test_what_names_no_week_is_refused(story: Story, text: str) -> None:
    scheduled(story, "2023-05-04T16:30")
    with pytest.raises(UserError, match=r"ghi dạng|W01 đến W52"):
        owed_week(text)


@pytest.mark.parametrize("local", ["2023-04-05T16:30", "2023-06-07T16:30", "2026-11-25T16:30"])
def test_outside_the_campaign_the_schedule_publishes_nothing(story: Story, local: str) -> None:
    scheduled(story, local)
    assert "nằm ngoài đợt báo cáo" in why_not_due(week_of_run(None), None)


def test_a_week_is_over_from_its_close_on(story: Story) -> None:
    scheduled(story, "2023-04-12T16:29")
    assert "chưa đến giờ chốt" in why_not_over(owed_week("2023-W15"))
    scheduled(story, "2023-04-12T16:30")
    assert why_not_over(owed_week("2023-W15")) == ""


def test_a_run_has_a_name_that_people_read(story: Story) -> None:
    scheduled(story, "2023-04-12T16:30")
    assert run_name() == "Tuần thứ Tư 12/4/2023"
    parameters = {"week": "2023-W16", "reporter": "my_thanh"}
    story.monkeypatch.setattr(run_names, "flow_run", SimpleNamespace(parameters=parameters))
    assert late_name() == "Tuần thứ Tư 19/4/2023: my_thanh nộp muộn"


def test_a_run_has_a_name_where_there_is_no_database_and_no_such_week(story: Story) -> None:
    story.settings.home.joinpath("ntm.sqlite3").unlink()
    scheduled(story, "2023-04-12T16:30")
    assert run_name() == "Tuần thứ Tư 12/4/2023"
    story.monkeypatch.setattr(run_names, "flow_run", SimpleNamespace(parameters={"week": "2099-W01"}))
    assert run_name() == "Tuần chưa xác định"
