"""kill -9 once in each step; the next run publishes the same bytes, hands over once, and leaves nothing half done."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from config.settings import Settings, child_environment
from tasks.store.engine import create_database
from tasks.store.schema import upgrade
from tests.story import RECIPIENT, ROOT, WEEK, files_in, settings_of

pytestmark = pytest.mark.slow

# Function as its caller names it : before or after : which call.
POINTS = [
    "tasks.store.archive:Archive.put:before:1",
    "tasks.store.archive:_put_in_place:after:5",
    "tasks.store.submissions:register:after:1",  # the transaction is still open
    "tasks.receiving:_register:after:1",
    "tasks.intake.doors:examine:after:1",
    "tasks.intake.doors:read_batch:before:2",
    "tasks.judging:understand:after:3",
    "tasks.judging:judge:after:4",
    "tasks.store.verdicts:record:after:5",  # rows written, not committed
    "tasks.judging:_record:after:6",
    "tasks.answering:_place:after:1",
    "tasks.answering:record_reply:after:2",
    "tasks.publication.figure_spool:FigureSpool.add:after:1",  # of two runs of figures one is written
    "tasks.aggregate:summed:after:1",
    "tasks.publication.package:document:after:1",
    "tasks.publication.package:annex:after:1",
    "tasks.store.publications:record_revision:after:1",  # revision, documents and outbox written, not committed
    "tasks.publish:record.fn:after:1",
    "tasks.publication.folders:_put_in_place:before:1",
    "tasks.publication.package:lay_out:after:1",
    "tasks.publication.office:FolderOffice.hand_over:before:1",
    "tasks.publication.office:FolderOffice.hand_over:after:1",
    "tasks.store.deliveries:mark_delivered:after:1",  # not committed: the office has it, the ledger does not know
]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What a run that nobody kills publishes."""
    settings = installed(tmp_path_factory.mktemp("undisturbed"))
    assert run(settings).returncode == 0
    return published(settings)


@pytest.mark.parametrize("point", POINTS)
def test_a_run_killed_anywhere_is_finished_by_the_next(
    point: str, tmp_path: Path, undisturbed: dict[str, bytes]
) -> None:
    settings = installed(tmp_path)
    assert run(settings, point).returncode == -signal.SIGKILL, "the point was never reached"
    second = run(settings)
    assert second.returncode == 0, second.stderr.decode()
    assert published(settings) == undisturbed
    assert at_the_office(settings) == {"r1": undisturbed}
    assert leftovers(settings) == []
    assert replies(settings) == {"my_thanh": 1, "pktht": 1}


def installed(home: Path) -> Settings:
    return installed_as(settings_of(home))


def installed_as(settings: Settings) -> Settings:
    engine = create_database(settings.database_url)
    upgrade(engine)
    engine.dispose()
    return settings


def run(settings: Settings, *point: str) -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "-m", "tests.faults.killed_run", *point]
    environment = child_environment(settings) | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, timeout=100, check=False)


def published(settings: Settings) -> dict[str, bytes]:
    week = settings.published / settings.campaign / WEEK
    assert [path.name for path in visible(week)] == ["r1"]
    return files_in(week / "r1")


def at_the_office(settings: Settings) -> dict[str, dict[str, bytes]]:
    week = settings.office_folder / RECIPIENT / settings.campaign / WEEK
    return {path.name: files_in(path) for path in visible(week)}


def visible(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if not path.name.startswith("."))


def leftovers(settings: Settings) -> list[str]:
    """Half-written files that somebody could take for whole ones."""
    return [str(p) for p in settings.home.rglob("*") if p.is_file() and p.suffix in (".part", ".tmp")]


def replies(settings: Settings) -> dict[str, int]:
    folders = (settings.replies / settings.campaign).iterdir()
    return {folder.name: len(list(folder.iterdir())) for folder in folders}
