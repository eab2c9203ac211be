"""kill -9 while a file is settled: afterwards it is settled whole or not at all, and can be again. And two people at
once: one of them decides."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from config.settings import child_environment
from domain.findings import Finding, Severity
from domain.submissions import Submission, SubmissionState, Verdict
from tasks.judging import judge_waiting
from tasks.receiving import take_named
from tasks.settling import TO_BE_TYPED, waiting
from tasks.store import settlements, verdicts
from tasks.store.engine import reading, writing
from tasks.store.submissions import already_taken, find
from tasks.store.verdicts import Judged
from tests.databases import database_url  # noqa: F401 - a fixture
from tests.story import DEMO, ROOT, Story, settings_of

pytestmark = pytest.mark.slow

TUESDAY = datetime.fromisoformat("2023-04-18T10:00:00+07:00")
INBOX = DEMO / "inbox" / "2023-W15"
DECIDED = {
    "tasks.store.verdicts:record:after:1": False,  # the verdict and its rows written, not committed
    "tasks.store.settlements:record:after:1": False,  # the decision too
    "tasks.settling:answer_all:before:1": True,  # the sender is told by the next
}
POINTS = [
    *[("as_it_lies", point, done) for point, done in DECIDED.items()],
    ("as_it_lies", "tasks.releasing:judgements:after:1", False),
    *[("to:my_ha", point, done) for point, done in DECIDED.items()],
    ("to:my_ha", "tasks.releasing:register:after:1", False),
    ("to:my_ha", "tasks.store.verdicts:record:after:2", False),  # both verdicts
    ("to:my_ha", "tasks.store.settlements:record:after:2", False),
    *[("refuse", point, done) for point, done in DECIDED.items()],
]


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Story]:
    played = Story(settings_of(tmp_path / "home", story_now=TUESDAY), monkeypatch)
    yield played
    played.close()


def in_quarantine(story: Story, way: str) -> int:
    """A file that this way can settle: with last week's date, or in its neighbour's folder."""
    folder, reporter, week = (
        ("my_ha", "my_thinh", "2023-W15") if way == "to:my_ha" else ("pgd", "pgd", "2023-W16")
    )
    number = take_named(story.work, week, reporter, min((INBOX / folder).iterdir())).id
    judge_waiting(story.work, [number])
    return number


def is_decided(story: Story, number: int) -> bool:
    with reading(story.work.engine) as connection:
        return bool(settlements.of(connection, [number]))


def numbers(story: Story) -> list[int]:
    with reading(story.work.engine) as connection:
        return sorted(already_taken(connection, story.work.campaign.id).values())


@pytest.mark.parametrize(("way", "point", "done"), POINTS)
def test_a_decision_killed_anywhere_is_whole_or_nothing_and_is_finished_by_the_next(
    way: str, point: str, done: bool, story: Story
) -> None:
    number = in_quarantine(story, way)
    assert settled_in_a_process(story, way, number, point) == -signal.SIGKILL, "the point was never reached"
    assert (is_decided(story, number), waiting(story.work) == ()) == (done, done)
    assert len(numbers(story)) == (2 if done and way == "to:my_ha" else 1), "no half of a move stays"
    assert settled_in_a_process(story, way, number) == 0
    assert (is_decided(story, number), waiting(story.work)) == (True, ())
    expected = {"as_it_lies": "accepted", "to:my_ha": "superseded", "refuse": "returned"}[way]
    with reading(story.work.engine) as connection:
        assert verdicts.in_force(connection, [number])[number].verdict.state == expected
        owed = verdicts.unanswered(connection, story.work.campaign.id)
    assert [file.submission_id for file in owed] == ([number] if done and way != "as_it_lies" else [])


@pytest.mark.parametrize(
    "point", ["tasks.typed_in:keep_typed:after:1", "tasks.typed_in:register:after:1", *DECIDED]
)
def test_a_scan_whose_typing_was_killed_waits_until_the_next_typing_settles_it(
    point: str, story: Story
) -> None:
    scan = a_scan(story)
    way = f"typed:{min((INBOX / 'pgd').iterdir())}"
    assert settled_in_a_process(story, way, scan, point) == -signal.SIGKILL, "the point was never reached"
    assert is_decided(story, scan) == DECIDED.get(point, False)
    assert len(numbers(story)) == 1 + is_decided(story, scan), "no half of it stays"
    assert settled_in_a_process(story, way, scan) == 0
    assert (is_decided(story, scan), len(numbers(story)), waiting(story.work)) == (True, 2, ())


def a_scan(story: Story) -> int:
    """Any file, judged as a picture."""
    number = take_named(story.work, "2023-W15", "pgd", min((INBOX / "pktht").iterdir())).id
    with reading(story.work.engine) as connection:
        (came,) = (stored.arrival for stored in find(connection, [number]))
    to_type = Verdict.over((Finding(TO_BE_TYPED, Severity.QUARANTINE),))
    unread = Submission(
        came.campaign, came.reporter, came.week, came.sha256, came.file_name, came.received_at
    )
    with writing(story.work.engine) as connection:
        verdicts.record(connection, Judged(number, unread, to_type, "as a scan"), story.work.now())
    return number


@pytest.mark.parametrize("ways", [("to:my_ha", "to:my_ha"), ("to:my_ha", "refuse"), ("refuse", "refuse")])
def test_of_two_people_who_decide_at_once_one_decides(
    ways: tuple[str, str],
    tmp_path: Path,
    database_url: str,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    story = Story(settings_of(tmp_path / "home", database_url, story_now=TUESDAY), monkeypatch)
    number = in_quarantine(story, "to:my_ha")
    both = [started(story, way, number) for way in ways]
    ended = [process.wait(timeout=100) for process in both]
    agreed = ways[0] == ways[1]
    assert sorted(ended) == ([0, 0] if agreed else [0, 1])
    with reading(story.work.engine) as connection:
        (decided,) = settlements.of(connection, [number]).values()
        state = verdicts.in_force(connection, [number])[number].verdict.state
    was_moved = decided.settlement.settled_as is not None
    assert state is (SubmissionState.SUPERSEDED if was_moved else SubmissionState.RETURNED)
    assert len(numbers(story)) == (2 if was_moved else 1), "what the slower one wrote did not stay"
    story.close()


def settled_in_a_process(story: Story, way: str, number: int, *point: str) -> int:
    return started(story, way, number, *point).wait(timeout=100)


def started(story: Story, way: str, number: int, *point: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "tests.faults.killed_release", way, str(number), *point]
    environment = child_environment(story.settings) | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
