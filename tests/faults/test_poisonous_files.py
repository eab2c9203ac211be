"""A file that takes the reading process with it costs itself its place and nobody else: more than twenty good files in
the same batch count.
"""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from config.settings import InboxKind
from deployments.demo.any_roster import CAMPAIGN
from deployments.demo.any_size import AnySize, close_of, generate
from domain.summary import ReporterWeekState
from domain.weeks import WeekName
from flows.calling import as_functions
from flows.intake import intake
from flows.summary import summary
from tasks.aggregate import latest_summary
from tasks.collect import collect
from tests.fuzz.corpus import KEPT
from tests.story import Story, settings_of

pytestmark = pytest.mark.slow
SIZE = AnySize(reporters=40, weeks=1, seed=3)
# A panic of calamine, a library that drives itself into the depth, an allocation that aborts the process.
POISONS = sorted(path.name for path in KEPT.glob("*.xls"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("forty")
    generate(SIZE, root)
    return root


@pytest.fixture
def story(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Story]:
    inbox = Path(shutil.copytree(folder / "inbox", tmp_path / "inbox"))
    given: dict[str, Any] = {"inbox": inbox, "config_root": folder / "config", "campaign": CAMPAIGN}
    moment = close_of(SIZE, 0)
    played = Story(
        settings_of(tmp_path / "home", inbox_kind=InboxKind.BACKFILL, story_now=moment, **given), monkeypatch
    )
    yield played
    played.close()


def states(story: Story) -> Mapping[str, ReporterWeekState]:
    """After the run of the first week."""
    week = str(SIZE.names[0])
    intake(as_functions(collect), as_functions)
    summary(week, "", call=as_functions)
    said = latest_summary(story.work, WeekName.parse(week))
    assert said is not None
    return {line.reporter: line.state for line in said.reporters}


def on_time(story: Story) -> dict[Path, str]:
    """The only file of each reporter that sent one -> the reporter."""
    week = story.settings.inbox / str(SIZE.names[0])
    return {next(one.iterdir()): one.name for one in sorted(week.iterdir()) if len(list(one.iterdir())) == 1}


@pytest.mark.parametrize("poison", POISONS)
def test_a_poisonous_file_is_named_and_all_beside_it_count(story: Story, poison: str) -> None:
    path, reporter = next(iter(on_time(story).items()))
    (path.parent / "hỏng.xls").write_bytes((KEPT / poison).read_bytes())
    path.unlink()
    received = story.settings.inbox / "received.yaml"
    stated = received.read_text(encoding="utf-8").replace(f"{reporter}/{path.name}", f"{reporter}/hỏng.xls")
    received.write_text(stated, encoding="utf-8")
    found = states(story)
    assert found[reporter] is ReporterWeekState.QUARANTINED
    assert sum(state is ReporterWeekState.ON_TIME for state in found.values()) >= 20
