"""kill -9 while a file is released from quarantine: afterwards it is released whole or not at all, and can be again."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from config.settings import child_environment
from domain.submissions import SubmissionState
from tasks.judging import judge_waiting
from tasks.receiving import take_named
from tasks.settling import waiting
from tasks.store import settlements, verdicts
from tasks.store.engine import reading
from tests.story import DEMO, ROOT, Story, settings_of

pytestmark = pytest.mark.slow

TUESDAY = datetime.fromisoformat("2023-04-18T10:00:00+07:00")
POINTS = {
    "tasks.releasing:judgements:after:1": False,
    "tasks.store.settlements:record:after:1": False,  # written, not committed
    "tasks.store.verdicts:record:after:1": False,  # the verdict and its rows too, not committed
    "tasks.settling:record:after:1": True,
}


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Story]:
    played = Story(settings_of(tmp_path / "home", story_now=TUESDAY), monkeypatch)
    yield played
    played.close()


@pytest.mark.parametrize("point", POINTS)
def test_a_release_killed_anywhere_is_whole_or_nothing_and_is_finished_by_the_next(
    point: str, story: Story
) -> None:
    file = min((DEMO / "inbox" / "2023-W15" / "pgd").iterdir())
    number = take_named(story.work, "2023-W16", "pgd", file).id
    judge_waiting(story.work, [number])
    assert released_in_a_process(story, number, point) == -signal.SIGKILL, "the point was never reached"
    with reading(story.work.engine) as connection:
        is_released = bool(settlements.of(connection, [number]))
    assert (is_released, waiting(story.work) == ()) == (POINTS[point], POINTS[point])
    assert released_in_a_process(story, number) == 0
    with reading(story.work.engine) as connection:
        assert verdicts.in_force(connection, [number])[number].verdict.state is SubmissionState.ACCEPTED


def released_in_a_process(story: Story, number: int, *point: str) -> int:
    command = [sys.executable, "-m", "tests.faults.killed_release", str(number), *point]
    environment = child_environment(story.settings) | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, timeout=100, check=False)
    return done.returncode
