"""From what is known to the next revision: never backwards, and never without a reason."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from domain.summary import Comparison
from domain.weeks import WeekName
from flows.calling import as_functions
from flows.summary import summary
from tasks.aggregate import latest_summary
from tasks.store.engine import reading
from tasks.store.publications import Revision, revisions_of
from tests.story import CLOSE, LATE_AT, WEEK, Story, settings_of

pytestmark = pytest.mark.slow


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Story]:
    played = Story(settings_of(tmp_path), monkeypatch)
    yield played
    played.close()


def issued(story: Story) -> tuple[Revision, ...]:
    with reading(story.work.engine) as connection:
        return revisions_of(connection, story.work.campaign.id, WeekName.parse(WEEK))


def test_a_clock_that_was_set_back_takes_nothing_out_again(story: Story) -> None:
    story.weekly_run()
    story.late_file()
    story.at(CLOSE)
    assert not story.weekly_run()
    assert story.summary.revision == 2


def test_a_revision_keeps_the_moment_up_to_which_it_knows(story: Story) -> None:
    later = datetime.fromisoformat("2023-04-12T18:05:00+07:00")
    story.at(later)
    story.weekly_run()
    story.late_file()
    assert [revision.as_of for revision in issued(story)] == [later, LATE_AT]


def test_a_revision_of_the_weekly_run_says_whose_files_made_it(story: Story) -> None:
    story.weekly_run()
    story.late_file(reason="")
    assert story.summary.reason == "Có thêm tệp báo cáo của Xã Mỹ Thành"
    assert [revision.reason for revision in issued(story)] == ["", "Có thêm tệp báo cáo của Xã Mỹ Thành"]


def test_a_late_file_leaves_the_next_week_as_it_is_and_says_that_it_would_differ(
    story: Story, caplog: pytest.LogCaptureFixture
) -> None:
    next_week = "2023-W16"
    story.weekly_run()
    first = issued(story)[0]
    story.at(datetime.fromisoformat("2023-04-19T16:30:00+07:00"))
    assert summary(next_week, call=as_functions)
    with caplog.at_level("INFO", logger="ntm.aggregate"):
        assert story.late_file()
    assert "later_weeks_differ 2023-W15: 2023-W16" in caplog.messages
    assert story.summary.later_weeks == (WeekName.parse(next_week),)
    assert not summary(next_week, call=as_functions)
    latest = latest_summary(story.work, WeekName.parse(next_week))
    assert latest is not None
    assert latest.compared_with == Comparison(first.week, 1, first.summary_sha256)
    assert latest.value("last/count/my_ha/commune/met") == story.summary.value("count/my_ha/commune/met")
