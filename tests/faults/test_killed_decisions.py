"""kill -9 while a case is decided: it is decided or not, and can be again. Two people at once: one of them decides."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.settings import child_environment
from domain.decisions import CaseDecision
from domain.weeks import WeekName
from tasks.store import case_decisions
from tasks.store.engine import reading
from tests.databases import database_url  # noqa: F401 - a fixture
from tests.stage_case import publish_a_case, published
from tests.story import CLOSE, ROOT, WEEK, Story, settings_of

pytestmark = pytest.mark.slow


@pytest.fixture
def story(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Story]:  # noqa: F811
    played = Story(settings_of(tmp_path / "home", database_url, story_now=CLOSE), monkeypatch)
    publish_a_case(played)
    yield played
    played.close()


def taken(story: Story) -> tuple[CaseDecision, ...]:
    with reading(story.work.engine) as connection:
        week = WeekName.parse(WEEK)
        return case_decisions.known(connection, story.work.campaign.id, week, story.work.now())


def started(story: Story, *arguments: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "tests.faults.killed_decision", *arguments]
    environment = child_environment(story.settings) | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def test_a_decision_killed_before_it_is_recorded_was_not_taken_and_is_by_the_next(story: Story) -> None:
    point = "tasks.store.case_decisions:record:after:1"  # written, not committed
    assert started(story, "agency", point).wait(timeout=100) == -signal.SIGKILL, "the point was never reached"
    assert taken(story) == ()
    for _ in range(2):
        assert started(story, "agency").wait(timeout=100) == 0
        assert [each.follows for each in taken(story)] == ["agency"]
    assert published(story, reason="Có quyết định").value("decision/my_thinh/5.1/follows") == "agency"


@pytest.mark.parametrize("words", [("agency", "agency"), ("agency", "commune")])
def test_of_two_people_who_decide_at_once_one_decides(words: tuple[str, str], story: Story) -> None:
    both = [started(story, word) for word in words]
    ended = [process.wait(timeout=100) for process in both]
    assert sorted(ended) == ([0, 0] if len(set(words)) == 1 else [0, 1])
    (decision,) = taken(story)
    assert decision.follows == words[ended.index(0)]
