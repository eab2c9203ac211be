"""What is recorded is what was computed, and what is recorded is laid out whatever week the run is of."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.settings import SHIPPED
from domain.errors import ConfigError, StoreError
from domain.weeks import WeekName
from flows.calling import as_functions
from flows.intake import intake
from flows.summary import hand_over
from tasks.aggregate import aggregate, latest_summary
from tasks.collect import collect
from tasks.publish import record, render
from tasks.standing import standing
from tests.story import WEEK, Story, files_in, settings_of

pytestmark = pytest.mark.slow


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Story]:
    """On a configuration of its own."""
    config = shutil.copytree(SHIPPED, tmp_path / "config")
    played = Story(settings_of(tmp_path / "home", config_root=config), monkeypatch)
    yield played
    played.close()


def test_a_configuration_that_is_edited_during_the_run_is_not_recorded_as_the_one_it_was_computed_with(
    story: Story,
) -> None:
    intake(as_functions(collect), as_functions)
    draft = as_functions(aggregate, WEEK, "")
    assert draft is not None
    documents = as_functions(render, draft.summary_sha256)
    with (story.settings.config_root / "spellings.yaml").open("a") as spellings:
        spellings.write("# edited\n")
    with pytest.raises(ConfigError, match="trong lúc chạy"):
        as_functions(record, draft, documents)
    assert latest_summary(story.work, WeekName.parse(WEEK)) is None


def test_a_run_of_another_week_lays_out_and_delivers_what_a_killed_run_left(story: Story) -> None:
    story.weekly_run()
    published = story.published(1)
    shutil.rmtree(story.folder(1))
    assert not hand_over("2023-W16", as_functions)
    assert story.published(1) == published
    shutil.rmtree(story.folder(1))
    assert hand_over(WEEK, as_functions)  # its own run says that it is published now
    assert not hand_over(WEEK, as_functions)
    assert files_in(story.folder(1)) == story.at_the_office()["r1"]


def test_a_published_folder_that_somebody_changed_is_found_by_the_next_run_of_its_week(story: Story) -> None:
    story.weekly_run()
    page = story.folder(1) / "trang.html"
    page.chmod(0o644)
    page.write_bytes(b"changed")
    hand_over("2023-W16", as_functions)  # another week's run has enough to do
    with pytest.raises(StoreError, match="r1"):
        hand_over(WEEK, as_functions)
    assert page.read_bytes() == b"changed"  # nothing is rewritten behind a person's back


def test_a_folder_of_replies_that_refuses_costs_the_leaders_nothing_and_is_made_up_for(story: Story) -> None:
    story.settings.replies.write_text("a file in the place of the folder")
    assert story.weekly_run()
    assert story.published(1)
    assert standing(WEEK).unanswered == 2
    story.settings.replies.unlink()
    story.weekly_run()
    assert standing(WEEK).unanswered == 0
    assert {path.name for path in (story.settings.replies / story.settings.campaign).iterdir()} == {
        "my_thanh",
        "pktht",
    }
