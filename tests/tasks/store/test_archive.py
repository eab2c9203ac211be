"""Bytes under their hash: whole or absent, whatever happens."""

import hashlib
import resource
import stat
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pytest

from domain.errors import StoreError
from tasks.store.archive import Archive
from tests.tasks.store.processes import archive_and_wait, kill_when_ready, two_at_once

BYTES = "Báo cáo tuần thứ Tư".encode()


def put_many(root: str) -> list[str]:
    archive = Archive(Path(root))
    return [archive.put(b"file %d" % n) for n in range(100)]


def write_late_heading(file: BinaryIO) -> None:
    """BYTES in pieces, the first of them last: as who writes a ZIP goes back in the file."""
    file.seek(5)
    file.write(BYTES[5:])
    file.seek(0)
    file.write(BYTES[:5])


@contextmanager
def disk_with_room_for(size: int) -> Iterator[None]:
    """The kernel refuses the byte after `size` of any file, half-way through, as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def files_in(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def test_bytes_come_back_under_their_hash(tmp_path):
    archive = Archive(tmp_path / "archive")
    sha256 = archive.put(BYTES)
    assert sha256 == hashlib.sha256(BYTES).hexdigest()
    assert archive.read(sha256) == BYTES
    assert archive.path(sha256) == tmp_path / "archive" / sha256[:2] / sha256[2:4] / sha256


def test_an_empty_file_is_kept_too(tmp_path):
    archive = Archive(tmp_path)
    assert archive.read(archive.put(b"")) == b""


def test_the_same_bytes_are_written_once_and_read_only(tmp_path):
    archive = Archive(tmp_path)
    path = archive.path(archive.put(BYTES))
    first = path.stat()
    archive.put(BYTES)
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (first.st_ino, first.st_mtime_ns)
    assert stat.S_IMODE(first.st_mode) == 0o444
    assert files_in(tmp_path) == [path]


def test_a_damaged_file_is_never_handed_out_and_the_same_bytes_mend_it(tmp_path):
    archive = Archive(tmp_path)
    sha256 = archive.put(BYTES)
    archive.path(sha256).chmod(0o644)
    archive.path(sha256).write_bytes(BYTES[:-1])
    with pytest.raises(StoreError, match="bị hỏng"):
        archive.read(sha256)
    archive.put(BYTES)
    assert archive.read(sha256) == BYTES


def test_an_absent_file_says_where_it_should_be(tmp_path):
    with pytest.raises(StoreError, match="a" * 64):
        Archive(tmp_path).read("a" * 64)


@pytest.mark.parametrize("name", ["../../etc/passwd", "A" * 64, "a" * 63, "a" * 64 + "\n", ""])
def test_only_a_hash_is_a_name(tmp_path, name):
    with pytest.raises(StoreError, match="SHA-256"):
        Archive(tmp_path).read(name)


def test_a_full_disk_leaves_nothing_half_written(tmp_path):
    archive = Archive(tmp_path)
    with disk_with_room_for(10_000), pytest.raises(StoreError, match="ổ đĩa"):
        archive.put(b"x" * 10_001)
    assert files_in(tmp_path) == []
    assert archive.read(archive.put(b"x" * 10_001)) == b"x" * 10_001


def test_a_killed_write_is_never_visible_and_goes_with_the_next(tmp_path):
    kill_when_ready(archive_and_wait, str(tmp_path))
    archive = Archive(tmp_path)
    half = b"half " * 100_000
    assert len(list((tmp_path / "incoming").iterdir())) == 1
    with pytest.raises(StoreError):
        archive.read(hashlib.sha256(half).hexdigest())
    archive.put(BYTES)
    assert list((tmp_path / "incoming").iterdir()) == []
    assert archive.read(archive.put(half)) == half


def test_what_is_written_piece_by_piece_is_kept_like_bytes(tmp_path):
    archive = Archive(tmp_path)
    sha256 = archive.put_written(write_late_heading)
    assert sha256 == hashlib.sha256(BYTES).hexdigest() == archive.put(BYTES)
    assert archive.read(sha256) == BYTES
    assert stat.S_IMODE(archive.path(sha256).stat().st_mode) == 0o444
    assert files_in(tmp_path) == [archive.path(sha256)]


def test_the_same_bytes_written_again_change_nothing_but_mend_a_damaged_copy(tmp_path):
    archive = Archive(tmp_path)
    path = archive.path(archive.put(BYTES))
    first = path.stat().st_ino
    archive.put_written(write_late_heading)
    assert (path.stat().st_ino, files_in(tmp_path)) == (first, [path])
    path.chmod(0o644)
    path.write_bytes(BYTES[:-1])
    assert archive.read(archive.put_written(write_late_heading)) == BYTES


def test_a_full_disk_leaves_nothing_of_what_was_written_piece_by_piece(tmp_path):
    archive = Archive(tmp_path)
    with disk_with_room_for(10_000), pytest.raises(StoreError, match="ổ đĩa"):
        archive.put_written(lambda file: file.writelines(b"x" * 1_000 for _ in range(11)))
    assert files_in(tmp_path) == []


def test_a_writer_that_breaks_off_leaves_nothing_behind(tmp_path):
    def write(file: BinaryIO) -> None:
        file.write(BYTES)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Archive(tmp_path).put_written(write)
    assert files_in(tmp_path) == []


def test_a_file_being_written_is_not_cleaned_away_by_the_next(tmp_path):
    archive, other = Archive(tmp_path), b"meanwhile"

    def write(file: BinaryIO) -> None:
        file.write(BYTES[:5])
        archive.put(other)
        file.write(BYTES[5:])

    sha256 = archive.put_written(write)
    assert archive.read(sha256) == BYTES
    assert files_in(tmp_path / "incoming") == []


def test_a_large_file_is_written_and_compared_without_being_in_memory(tmp_path):
    size, archive = 64_000_000, Archive(tmp_path)
    tracemalloc.start()
    try:
        for _ in range(2):
            archive.put_written(lambda file: file.truncate(size))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 4_000_000


@pytest.mark.slow
def test_two_processes_may_keep_the_same_files_at_once(tmp_path):
    first, second = two_at_once(put_many, str(tmp_path))
    assert first == second
    archive = Archive(tmp_path)
    assert [archive.read(sha256) for sha256 in first] == [b"file %d" % n for n in range(100)]
    assert len(files_in(tmp_path)) == 100
