"""Bytes kept once and for ever under their hash: `root/ab/cd/<sha256>`. Knows files; knows no database.

A name appears only when its bytes are whole and on the disk. What a killed process leaves behind stays in
`root/incoming`, where nobody reads, and goes with the next write.
"""

import fcntl
import hashlib
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedRandom, BufferedReader
from pathlib import Path
from typing import BinaryIO

from domain.errors import StoreError

_SHA256 = re.compile("[0-9a-f]{64}")
READ_ONLY = 0o444


def sha256_of(data: bytes) -> str:
    """64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True)
class Archive:
    """`root` is made with the first write."""

    root: Path

    def put(self, data: bytes) -> str:
        """Keep these bytes; return their hash. The same bytes again change nothing, but mend a damaged copy.

        Raises StoreError where the disk refuses; then nothing has changed.
        """
        sha256 = sha256_of(data)
        if _holds(self.path(sha256), sha256):
            return sha256
        return self.put_written(lambda file: file.write(data))

    def put_written(self, write: Callable[[BinaryIO], object]) -> str:
        """Keep what `write` puts into the seekable file it is given, and leaves open; return its hash.

        Never holds the whole of it in memory; like `put` in all else. What `write` raises leaves nothing behind; an
        OSError of its own becomes a StoreError too.
        """
        with self._told():
            _make_folder(self._incoming)
            self._clean()
            with _locked_file(self._incoming) as (file, temporary):
                write(file)
                return self._keep(file, temporary)

    def path(self, sha256: str) -> Path:
        """Where these bytes stand, or would stand. Raises StoreError for anything but a hash."""
        if not _SHA256.fullmatch(sha256):
            raise StoreError(f"'{sha256}' không phải mã SHA-256. Hãy kiểm tra lại mã.")
        return self.root / sha256[:2] / sha256[2:4] / sha256

    def read(self, sha256: str) -> bytes:
        """The bytes, checked against their hash. Raises StoreError where they are absent or damaged."""
        with self.opened(sha256) as file:
            return file.read()

    @contextmanager
    def opened(self, sha256: str) -> Iterator[BinaryIO]:
        """The same as a file, for whoever needs not have all of it at once. Raises StoreError before the first byte."""
        path = self.path(sha256)
        try:
            file = path.open("rb")
        except OSError as error:
            raise StoreError(
                f"Không đọc được {path} trong kho lưu trữ ({error.strerror}). Hãy phục hồi từ bản sao lưu."
            ) from error
        with file:
            if _digest(file) != sha256:
                raise StoreError(f"Tệp {path} trong kho lưu trữ đã bị hỏng. Hãy phục hồi từ bản sao lưu.")
            file.seek(0)
            yield file

    @property
    def _incoming(self) -> Path:
        return self.root / "incoming"

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            why = error.strerror or error
            raise StoreError(
                f"Không ghi được kho lưu trữ {self.root} ({why}). Hãy kiểm tra ổ đĩa rồi chạy lại."
            ) from error

    def _keep(self, file: BufferedRandom, temporary: Path) -> str:
        file.flush()
        sha256 = _digest(file)
        path = self.path(sha256)
        if not _holds(path, sha256):
            _make_folder(path.parent)
            _put_in_place(file, temporary, path)
        return sha256

    def _clean(self) -> None:
        """A writer holds a lock on its file, which ends with its process: what can be locked is left over."""
        for path in self._incoming.iterdir():
            try:
                with path.open("rb") as file:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    path.unlink()
            except (BlockingIOError, FileNotFoundError):
                continue  # at work, or cleaned by another


def _holds(path: Path, sha256: str) -> bool:
    try:
        with path.open("rb") as file:
            return _digest(file) == sha256
    except OSError:
        return False


def _digest(file: BufferedReader | BufferedRandom) -> str:
    """Of the whole file, piece by piece, from wherever it stands."""
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()


def _put_in_place(file: BinaryIO, temporary: Path, path: Path) -> None:
    os.fchmod(file.fileno(), READ_ONLY)
    os.fsync(file.fileno())
    temporary.replace(path)
    _sync(path.parent)


@contextmanager
def _locked_file(folder: Path) -> Iterator[tuple[BufferedRandom, Path]]:
    """A new file, open and locked; it goes in the end unless it was put in place."""
    descriptor, temporary = _locked_descriptor(folder)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            yield file, temporary
    finally:
        temporary.unlink(missing_ok=True)


def _locked_descriptor(folder: Path) -> tuple[int, Path]:
    """Another process may clean the file away before it is locked: then once more."""
    while True:
        descriptor, name = tempfile.mkstemp(dir=folder)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        if os.fstat(descriptor).st_nlink:
            return descriptor, Path(name)
        os.close(descriptor)


def _make_folder(folder: Path) -> None:
    """Like mkdir -p; each new name is on the disk before anything is put into it."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    _sync(folder.parent)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
