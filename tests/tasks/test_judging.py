"""A file over which our own code fails is kept out, and the week goes on without it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from domain.submissions import Verdict
from tasks import judging
from tasks.intake import preflight
from tasks.store import verdicts
from tasks.store.engine import reading
from tasks.store.tables import submissions
from tests.story import ROOT, Story, settings_of

pytestmark = pytest.mark.slow


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Story]:
    played = Story(settings_of(tmp_path / "home"), monkeypatch)
    yield played
    played.close()


def said_of(story: Story, reporter: str) -> Verdict:
    """The one verdict in force over a file of this reporter."""
    with reading(story.work.engine) as connection:
        ids = [row.id for row in connection.execute(submissions.select()) if row.reporter == reporter]
        (found,) = verdicts.in_force(connection, ids).values()
    return found.verdict


def test_a_file_that_our_own_code_fails_over_costs_the_others_nothing(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = judging.understand

    def failing(*args: Any, **kwargs: Any) -> Any:
        if kwargs["reporter"] == "ca":
            raise ZeroDivisionError("ours")
        return whole(*args, **kwargs)

    monkeypatch.setattr(judging, "understand", failing)
    story.weekly_run()
    lines = {line.reporter: line for line in story.summary.reporters}
    assert lines["ca"].state == "quarantined"
    assert lines["my_ha"].state == "on_time"
    (found,) = said_of(story, "ca").findings
    assert (found.code, found.facts["error"]) == ("FILE_STOPPED_US", "ZeroDivisionError: ours")
    published = story.published(1)["summary.json"].decode()
    assert "FILE_STOPPED_US" in published
    assert "ours" not in published  # what failed in our code is the technician's business
    assert str(ROOT) not in str(found.facts)  # and the same on every machine


def test_a_container_check_that_fails_over_one_file_costs_the_others_nothing(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the door, where it looks for a secrecy mark, and in the check itself."""
    whole = preflight._format

    def failing(file_name: str) -> Any:
        if file_name.startswith("CAH"):
            raise ZeroDivisionError("ours")
        return whole(file_name)

    monkeypatch.setattr(preflight, "_format", failing)
    story.weekly_run()
    lines = {line.reporter: line for line in story.summary.reporters}
    assert (lines["ca"].state, lines["my_ha"].state) == ("quarantined", "on_time")
    assert [found.code for found in lines["ca"].files[0].findings] == ["FILE_STOPPED_US"]
