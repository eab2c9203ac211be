"""The files of a revision: the same bytes everywhere, laid out once and whole."""

import hashlib
import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
import time_machine

from domain.errors import StoreError
from domain.figures.build import next_revision, summarise
from domain.snapshot import Attempt
from tasks.publication import folders
from tasks.publication.package import lay_out, render
from tests import factories
from tests import factories_domain as made

RENDER_AND_HASH = """
import hashlib, json
from tasks.publication.package import render
from tasks.publication.cells import Report
from tasks.publication.index import Issue, index
from tasks.publication.story import story_of
from tests import factories, factories_weeks
week = factories.revised(factories_weeks.compared(), "Gửi bổ sung", {"debt/my_ha/legal": 7})
files = dict(render(week, factories.campaign(), factories.says))
report = Report(week, factories.campaign(), factories.says)
issue = Issue(week.week, 2, week.as_of, week.reason, tuple(files))
files["index.html"] = index([story_of(report)], report, [issue], "ab" * 32)
print(json.dumps({name: hashlib.sha256(data).hexdigest() for name, data in files.items()}))
"""


def hashes_from_a_process(zone: str, seed: str) -> dict[str, str]:
    environment = os.environ | {"TZ": zone, "PYTHONHASHSEED": seed}
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", RENDER_AND_HASH],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    hashes: dict[str, str] = json.loads(done.stdout)
    return hashes


@pytest.mark.slow
def test_two_processes_in_two_zones_with_two_hash_seeds_write_the_same_bytes() -> None:
    one = hashes_from_a_process("Asia/Ho_Chi_Minh", "1")
    other = hashes_from_a_process("America/New_York", "4242")
    assert set(one) == {"bao-cao.docx", "phu-luc.xlsx", "trang.html", "summary.json", "index.html"}
    assert one == other


def test_years_later_the_bytes_are_the_same() -> None:
    """Zip entries and core properties take the clock where nobody stops them."""
    summary, campaign = factories.summary(), factories.campaign()
    with time_machine.travel("2023-04-12 09:00:00Z", tick=False):
        before = render(summary, campaign, factories.says)
    with time_machine.travel("2031-01-01 00:00:00Z", tick=False):
        after = render(summary, campaign, factories.says)
    assert {name for name in before if before[name] != after[name]} == set()


def test_no_published_file_quotes_what_the_police_wrote() -> None:
    finding = factories.finding("JUDGEMENT_UNKNOWN", "Thẩm tra", "E9", seen="đối tượng A")
    returned = {
        unit: (made.attempt(unit * 32, "2023-04-12 10:00", "returned", findings=(finding,)),)
        for unit in ("ca", "pnn")
    }
    told = [_published(returned, units) for units in (("ca",), ("ca", "pnn"))]
    assert [name for name, text in told[0].items() if "đối tượng A" in text] == []
    assert all("đối tượng A" in text and "E9" in text for text in told[1].values())


def _published(attempts: Mapping[str, tuple[Attempt, ...]], units: tuple[str, ...]) -> dict[str, str]:
    """File name -> its text, where these units sent these files."""
    week = made.snapshot(
        attempts={unit: attempts[unit] for unit in units}, as_of=made.local("2023-04-12 16:30")
    )
    summary = next_revision(summarise(week, factories.campaign(), made.STAMP), None)
    assert summary is not None
    files = render(summary, factories.campaign(), factories.says)
    return {name: _text(data) for name, data in files.items()}


def _text(data: bytes) -> str:
    if not data.startswith(b"PK"):
        return data.decode()
    with zipfile.ZipFile(io.BytesIO(data)) as members:
        return "".join(members.read(name).decode() for name in members.namelist() if name.endswith(".xml"))


@pytest.fixture
def archived(tmp_path: Path) -> Mapping[str, Path]:
    archive = tmp_path / "archive"
    archive.mkdir()
    for name, data in {"a.txt": b"one", "b.txt": b"two"}.items():
        (archive / name).write_bytes(data)
    return {name: archive / name for name in ("a.txt", "b.txt")}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_revision_is_laid_out_with_all_its_files(archived: Mapping[str, Path], tmp_path: Path) -> None:
    target = tmp_path / "published" / "my-loc-2023" / "2023-W15" / "r1"
    lay_out(archived, target)
    assert contents(target) == {"a.txt": b"one", "b.txt": b"two"}
    assert list(target.parent.iterdir()) == [target]


def test_laying_out_the_same_again_changes_nothing(archived: Mapping[str, Path], tmp_path: Path) -> None:
    target = tmp_path / "r1"
    lay_out(archived, target)
    before = {path: path.stat().st_mtime_ns for path in [target, *target.iterdir()]}
    lay_out(archived, target)
    assert {path: path.stat().st_mtime_ns for path in [target, *target.iterdir()]} == before


@pytest.mark.parametrize("spoil", ["other bytes", "one file more", "one file less"])
def test_other_bytes_at_the_place_are_refused_and_kept(
    archived: Mapping[str, Path], tmp_path: Path, spoil: str
) -> None:
    target = tmp_path / "r1"
    lay_out(archived, target)
    if spoil == "other bytes":
        (target / "a.txt").write_bytes(b"forged")
    elif spoil == "one file more":
        (target / "c.txt").write_bytes(b"three")
    else:
        (target / "b.txt").unlink()
    before = contents(target)
    with pytest.raises(StoreError, match="nội dung khác"):
        lay_out(archived, target)
    assert contents(target) == before


def test_what_fails_on_the_way_leaves_nothing_to_be_seen(
    archived: Mapping[str, Path], tmp_path: Path
) -> None:
    archived["b.txt"].unlink()
    target = tmp_path / "published" / "r1"
    with pytest.raises(FileNotFoundError):
        lay_out(archived, target)
    assert list(target.parent.iterdir()) == []


def test_a_killed_process_leaves_the_target_unborn_and_the_next_run_completes_it(
    archived: Mapping[str, Path], tmp_path: Path
) -> None:
    """Killed by SIGKILL right before the rename."""
    target = tmp_path / "published" / "r1"
    script = (
        "import os, pathlib, signal, sys\n"
        "from tasks.publication import folders\n"
        "folders._put_in_place = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "a, b, target = map(pathlib.Path, sys.argv[1:])\n"
        "folders.lay_out({'a.txt': a, 'b.txt': b}, target)\n"
    )
    killed = subprocess.run(
        [sys.executable, "-c", script, *map(str, archived.values()), str(target)],
        cwd=Path(__file__).parents[3],
        check=False,
    )
    assert killed.returncode == -9
    assert not target.exists()
    lay_out(archived, target)
    assert contents(target) == {"a.txt": b"one", "b.txt": b"two"}


def test_of_two_processes_that_lay_out_the_same_the_second_finds_it_done(
    archived: Mapping[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "r1"
    first = folders._put_in_place

    def be_overtaken(files: Mapping[str, Path], written: Path, place: Path) -> None:
        monkeypatch.setattr(folders, "_put_in_place", first)
        lay_out(files, place)
        first(files, written, place)

    monkeypatch.setattr(folders, "_put_in_place", be_overtaken)
    lay_out(archived, target)
    assert contents(target) == {"a.txt": b"one", "b.txt": b"two"}
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".r1")] == []


def test_of_two_processes_that_lay_out_different_bytes_the_second_is_refused(
    archived: Mapping[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "r1"
    put_in_place = folders._put_in_place

    def be_overtaken(files: Mapping[str, Path], written: Path, place: Path) -> None:
        place.mkdir()
        (place / "a.txt").write_bytes(b"another")
        put_in_place(files, written, place)

    monkeypatch.setattr(folders, "_put_in_place", be_overtaken)
    with pytest.raises(StoreError):
        lay_out(archived, target)
    assert contents(target) == {"a.txt": b"another"}


def test_files_and_folders_are_synced_to_disk_before_the_rename(
    archived: Mapping[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    events: list[str] = []
    sync, rename = os.fsync, Path.rename

    def noted_sync(handle: int) -> None:
        events.append("sync")
        sync(handle)

    def noted_rename(path: Path, to: Path) -> Path:
        events.append("rename")
        return rename(path, to)

    monkeypatch.setattr(os, "fsync", noted_sync)
    monkeypatch.setattr(Path, "rename", noted_rename)
    lay_out(archived, tmp_path / "r1")
    at = events.index("rename")
    assert (events[:at], events[at + 1 :]) == (["sync"] * 3, ["sync"] * 3)


def test_the_manifest_names_names_and_bytes_in_any_order() -> None:
    one, two = hashlib.sha256(b"1").hexdigest(), hashlib.sha256(b"2").hexdigest()
    manifest = folders.manifest({"a": one, "b": two})
    assert manifest == folders.manifest({"b": two, "a": one})
    assert manifest == hashlib.sha256(f"{one}  a\n{two}  b\n".encode()).hexdigest()
    assert manifest != folders.manifest({"a": two, "b": one})
