"""The campaign played: each act at its own moment and once; played again or broken off it comes to the same end."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from config.settings import Settings
from deployments.cli.playing import play, take_in
from deployments.cli.runs import Ending
from domain.errors import UserError
from domain.submissions import SubmissionState
from tasks.settling import waiting
from tasks.store.engine import open_engine, reading
from tasks.store.tables import revisions, settlements, submissions, verdicts
from tests.databases import database_url  # noqa: F401 - a fixture
from tests.deployments.acts import LINES, NEXT, two_weeks
from tests.deployments.commands import surroundings
from tests.stage import Stage
from tests.story import ROOT, WEEK, Story, files_in, settings_of

pytestmark = pytest.mark.slow

# Who is missing, quarantined or excluded when, is in tests/deployments/acts.py: only the release and the exclusion of
# 20/4 change anything of W16, only the first of the two late files anything of W15.
REVISIONS = [
    (WEEK, 1, "2023-04-12T16:30:00+07:00"),
    (WEEK, 2, "2023-04-13T10:20:00+07:00"),
    (NEXT, 1, "2023-04-19T16:30:00+07:00"),
    (NEXT, 2, "2023-04-20T08:30:00+07:00"),
]


@pytest.fixture
def stage(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:  # noqa: F811
    folder = two_weeks(tmp_path / "sample")
    story = Story(settings_of(tmp_path / "home", database_url, inbox=folder / "inbox"), monkeypatch)
    yield Stage(story, folder)
    story.close()


def issued(database: str) -> list[tuple[str, int, str]]:
    """Week, number and moment of every revision, in the order of issue."""
    engine = open_engine(database)
    with reading(engine) as connection:
        rows = sorted(connection.execute(revisions.select()), key=lambda row: row.recorded_at)
    engine.dispose()
    return [(str(row.week), row.number, row.recorded_at.isoformat()) for row in rows]


def expected() -> list[tuple[str, int, str]]:
    """REVISIONS in UTC, as the ledger keeps them."""
    from datetime import UTC, datetime

    return [(week, n, datetime.fromisoformat(at).astimezone(UTC).isoformat()) for week, n, at in REVISIONS]


def published(settings: Settings) -> dict[str, dict[str, bytes]]:
    folders = settings.published.glob(f"{settings.campaign}/*/r*")
    return {f"{folder.parent.name}/{folder.name}": files_in(folder) for folder in sorted(folders)}


def test_every_act_is_played_at_its_moment_and_only_what_changes_a_figure_is_published(stage: Stage) -> None:
    endings = stage.play()
    assert issued(stage.story.settings.database_url)[:4] == expected()
    assert endings[:4] == ["Published"] * 4
    assert endings[-1] == "Unchanged"  # the same bytes again


def test_played_again_nothing_changes_and_nothing_is_published_twice(stage: Stage) -> None:
    stage.play()
    before = issued(stage.story.settings.database_url), published(stage.story.settings)
    assert set(stage.play()) == {"Unchanged"}
    assert (issued(stage.story.settings.database_url), published(stage.story.settings)) == before


def test_broken_off_between_any_two_acts_it_comes_to_the_same_end(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.play(3)
    stage.play(5)
    stage.play()
    broken_off = published(stage.story.settings)
    inbox = stage.story.settings.inbox
    stage.story.close()
    at_once = Stage(Story(settings_of(tmp_path / "other", inbox=inbox), monkeypatch), inbox.parent)
    at_once.play()
    assert published(at_once.story.settings) == broken_off


def test_the_weeks_before_are_taken_in_as_they_were_known_and_nothing_is_published(stage: Stage) -> None:
    story, before = stage.story, stage.acts[:5]
    take_in(story.settings, before)
    assert issued(story.settings.database_url) == []
    with reading(story.work.engine) as connection:
        came = {(row.reporter, row.week, row.recorded_at) for row in connection.execute(submissions.select())}
        released = [row.recorded_at for row in connection.execute(settlements.select())]
        judged = list(connection.execute(verdicts.select()))
    close, late, next_close, release, _ = (act.at for act in before)
    assert {at for _, _, at in came} == {close, late, next_close}
    assert released == [release]
    assert {row.submission_id for row in judged} == set(range(1, 16))
    assert {file.reporter for file in waiting(story.work)} == {"pktht"}  # the one with a macro
    assert sum(row.state is SubmissionState.RETURNED for row in judged) == 1


def test_taken_in_twice_is_taken_in_once(stage: Stage) -> None:
    take_in(stage.story.settings, stage.acts)
    engine = stage.story.work.engine

    def counted() -> int:
        with reading(engine) as connection:
            return len(list(connection.execute(verdicts.select())))

    before = counted()
    take_in(stage.story.settings, stage.acts)
    assert counted() == before


def test_a_file_that_was_never_taken_in_is_not_released(stage: Stage) -> None:
    (release,) = (act for act in stage.acts if type(act).__name__ == "ReleaseFile")
    with pytest.raises(UserError, match="ntm quarantine list"):
        list(play(stage.story.settings, [release], stage.run))


def test_an_act_that_fails_is_the_last(stage: Stage) -> None:
    def failing(_at: Settings, _flow: str, _given: Mapping[str, object]) -> Ending:
        return Ending("Failed", "không được", "StoreError")

    assert len(list(play(stage.story.settings, stage.acts, failing))) == 1


PROGRAM = """
import sys
from pathlib import Path
from deployments.cli.demo import demonstrate_all
import typer
try:
    demonstrate_all(Path(sys.argv[1]), as_json=sys.argv[2:] == ["--json"])
except typer.Exit as ended:
    sys.exit(ended.exit_code)
"""


@pytest.mark.server
@pytest.mark.timeout(300)
def test_one_server_plays_every_act_on_its_own_clock_also_after_a_kill(tmp_path: Path) -> None:
    folder = two_weeks(tmp_path / "sample", *LINES[:2])
    with begun(tmp_path, folder) as process:
        assert process.stdout is not None
        assert any("gửi sau giờ chốt" in line for line in process.stdout)
        os.kill(process.pid, signal.SIGKILL)
    told = json.loads(finished(tmp_path, folder, "--json"))
    assert [act["end"] for act in told["acts"]] == ["Unchanged", "Unchanged", "Incomplete", "Incomplete"]
    assert [act["act"] for act in told["acts"]] == ["close", "late", "close", "release"]
    assert issued(f"sqlite:///{tmp_path / 'home' / 'demo' / 'ntm.sqlite3'}") == expected()
    said = finished(tmp_path, folder).splitlines()
    assert (
        "16:30 12/4/2023  Tuần thứ Tư 12/4/2023, chốt: không thay đổi (bản 2, 10/11 đơn vị đã báo cáo)"
        in said
    )


def begun(home: Path, folder: Path, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(folder), *arguments],
        env=surroundings(home / "home", NTM_SERVER_PORT="9"),
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def finished(home: Path, folder: Path, *arguments: str) -> str:
    with begun(home, folder, *arguments) as process:
        said, _ = process.communicate(timeout=200)
    assert process.returncode == 0, said
    return said
