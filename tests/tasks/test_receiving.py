"""How a file comes in by hand: refused where nobody could be meant, registered once, and not into a locked week."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from domain.errors import UserError
from domain.weeks import WeekName
from tasks.receiving import take_named, take_waiting
from tasks.store.engine import reading
from tasks.store.submissions import find
from tests.story import DEMO, WEEK, Story, settings_of

FILE = next((DEMO / "inbox" / WEEK / "ca").iterdir())


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Story]:
    played = Story(settings_of(tmp_path / "home"), monkeypatch)
    yield played
    played.close()


def test_the_same_file_is_registered_once(story: Story) -> None:
    assert take_named(story.work, WEEK, "ca", FILE).is_new
    assert not take_named(story.work, WEEK, "ca", FILE).is_new


def test_a_time_without_a_zone_is_the_campaigns_local_time(story: Story) -> None:
    taken = take_named(story.work, WEEK, "ca", FILE, datetime(2023, 4, 13, 10, 20))  # noqa: DTZ001
    with reading(story.work.engine) as connection:
        (stored,) = find(connection, [taken.id])
    assert stored.arrival.received_at == datetime.fromisoformat("2023-04-13T10:20+07:00")
    assert stored.arrival.stated_by


@pytest.mark.parametrize(("reporter", "file"), [("nobody", FILE), ("ca", Path("/nowhere.xlsx"))])
def test_an_unknown_reporter_or_file_is_refused(story: Story, reporter: str, file: Path) -> None:
    with pytest.raises(UserError):
        take_named(story.work, WEEK, reporter, file)


def test_a_locked_week_refuses_and_names_the_extension_that_reopens_it(story: Story) -> None:
    """The campaign ends on 31/5/2023; 30 days later it is locked."""
    story.at(datetime.fromisoformat("2023-06-29T23:59:00+07:00"))
    assert take_named(story.work, WEEK, "pgd", FILE).is_new
    story.at(datetime.fromisoformat("2023-06-30T00:00:00+07:00"))
    with pytest.raises(UserError, match=r"gia hạn .* cho ca, tuần 2023-W15"):
        take_named(story.work, WEEK, "ca", FILE)


@pytest.mark.slow
def test_a_file_that_comes_later_than_now_is_not_seen_yet(story: Story) -> None:
    """On the story's clock the afternoon of Tuesday has only what had come by then."""
    story.at(datetime.fromisoformat("2023-04-11T23:00:00+07:00"))
    assert 0 < len(take_waiting(story.work)) < 13
    story.at(datetime.fromisoformat("2023-04-12T16:30:00+07:00"))
    assert len(take_waiting(story.work)) == 13


def test_a_file_reaches_its_own_week_only(story: Story) -> None:
    taken = take_named(story.work, "2023-W16", "ca", FILE)
    with reading(story.work.engine) as connection:
        (stored,) = find(connection, [taken.id])
    assert stored.arrival.week == WeekName.parse("2023-W16")
