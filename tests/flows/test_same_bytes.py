"""The same inbox gives the same bytes: on both databases, in any time zone, in any order, however often it is run."""

import subprocess
import sys
from pathlib import Path

import pytest

from config.settings import child_environment
from tasks.store.engine import create_database
from tasks.store.schema import upgrade
from tests.databases import server_url
from tests.story import RECIPIENT, ROOT, WEEK, Story, files_in, settings_of

pytestmark = pytest.mark.slow


def test_running_again_publishes_nothing(story: Story) -> None:
    assert story.weekly_run()
    before = story.published(1)
    assert not story.weekly_run()
    assert story.published(1) == before
    assert not story.folder(2).exists()


def test_a_late_file_makes_revision_2_which_says_what_changed_and_why(story: Story) -> None:
    story.weekly_run()
    first = story.published(1)
    assert story.late_file()
    assert story.summary.revision == 2
    assert story.summary.reason == "Xã Mỹ Thành gửi lại báo cáo đã sửa"
    changed = {change.figure_id: (change.before, change.after) for change in story.summary.changes}
    assert changed["state/my_thanh"] == ("returned", "on_time")
    assert changed["debt/my_thanh/legal"] == (None, 1_339_000_000)
    page = story.published(2)["trang.html"].decode()
    assert "gửi lại báo cáo đã sửa" in page
    changed_count = page[page.index("Xã Mỹ Thành: số tiêu chí đạt (xã tự đánh giá)") :].partition("</tr>")[0]
    assert "chưa có số liệu" in changed_count  # before it was not 0: the commune had said nothing
    assert story.published(1) == first
    assert list(story.at_the_office()) == ["r1", "r2"]


def test_the_same_late_file_again_sends_nothing(story: Story) -> None:
    story.weekly_run()
    story.late_file()
    sent = story.at_the_office()
    assert not story.late_file()
    assert story.at_the_office() == sent


@pytest.mark.postgres
def test_sqlite_and_postgresql_give_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    results = []
    for name, url in (("sqlite", ""), ("postgresql", fresh_postgres())):
        story = Story(settings_of(tmp_path / name, url), monkeypatch)
        story.weekly_run()
        story.late_file()
        results.append((story.published(1), story.published(2)))
        story.close()
    assert results[0] == results[1]


def fresh_postgres() -> str:
    import psycopg

    with psycopg.connect(server_url("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE same_bytes")
    return server_url("same_bytes")


def test_two_processes_in_two_time_zones_give_the_same_bytes(tmp_path: Path) -> None:
    """Different hash seeds too: no order may come out of a set."""
    honolulu = published_by_a_process(tmp_path / "honolulu", TZ="Pacific/Honolulu", PYTHONHASHSEED="1")
    kiritimati = published_by_a_process(tmp_path / "kiritimati", TZ="Pacific/Kiritimati", PYTHONHASHSEED="2")
    assert honolulu == kiritimati


def published_by_a_process(home: Path, **environment: str) -> dict[str, bytes]:
    settings = settings_of(home)
    engine = create_database(settings.database_url)
    upgrade(engine)
    engine.dispose()
    child = child_environment(settings) | {"PYTHONPATH": str(ROOT)} | environment
    subprocess.run(
        [sys.executable, "-m", "tests.faults.killed_run"], env=child, cwd=ROOT, check=True, timeout=100
    )
    return files_in(settings.published / settings.campaign / WEEK / "r1")


def test_two_runs_at_once_publish_once(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    engine = create_database(settings.database_url)
    upgrade(engine)
    engine.dispose()
    child = child_environment(settings) | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.faults.killed_run"]
    both = [subprocess.Popen(command, env=child, cwd=ROOT) for _ in range(2)]
    assert [process.wait(timeout=100) for process in both] == [0, 0]
    week = settings.published / settings.campaign / WEEK
    assert [path.name for path in week.iterdir() if not path.name.startswith(".")] == ["r1"]
    office = settings.office_folder / RECIPIENT / settings.campaign / WEEK
    assert files_in(week / "r1") == files_in(office / "r1")
