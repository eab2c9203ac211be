"""Bytes kept once and for ever under their hash: `root/ab/cd/<sha256>`. Knows files; knows no database.

A name appears only when its bytes are whole and on the disk. What a killed process leaves behind stays in
`root/incoming`, where nobody reads, and goes with the next write.
"""

import fcntl
import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
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
        path = self.path(sha256)
        if _holds(path, data):
            return sha256
        try:
            _make_folder(path.parent)
            _make_folder(self._incoming)
            self._clean()
            _write_whole(self._incoming, path, data)
        except OSError as error:
            why = error.strerror or error
            raise StoreError(
                f"Không ghi được kho lưu trữ {self.root} ({why}). Hãy kiểm tra ổ đĩa rồi chạy lại."
            ) from error
        return sha256

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
            if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
                raise StoreError(f"Tệp {path} trong kho lưu trữ đã bị hỏng. Hãy phục hồi từ bản sao lưu.")
            file.seek(0)
            yield file

    @property
    def _incoming(self) -> Path:
        return self.root / "incoming"

    def _clean(self) -> None:
        """A writer holds a lock on its file, which ends with its process: what can be locked is left over."""
        for path in self._incoming.iterdir():
            try:
                with path.open("rb") as file:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    path.unlink()
            except (BlockingIOError, FileNotFoundError):
                continue  # at work, or cleaned by another


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() == data
    except OSError:
        return False


def _write_whole(incoming: Path, path: Path, data: bytes) -> None:
    descriptor, temporary = _locked_file(incoming)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fchmod(descriptor, READ_ONLY)
            os.fsync(descriptor)
            temporary.replace(path)
        _sync(path.parent)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def _locked_file(folder: Path) -> tuple[int, Path]:
    """A new file, open and locked. Another process may clean it away before it is locked: then once more."""
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
