"""A folder that is written once and whole: seen with all its files or not at all, and never changed
afterwards. And a file beside such folders that is replaced whole.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from domain.errors import StoreError


def lay_out(files: Mapping[str, Path], target: Path) -> None:
    """Copy the files (name -> where the archived bytes are) into the new folder `target`.

    Durable when it returns. A folder that already holds exactly these bytes is left as it is; raises
    StoreError where it holds others. A process killed on the way leaves nothing but a hidden folder beside
    the target.
    """
    if target.exists():
        _require_same(files, target)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    written = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        for name, source in files.items():
            _copy(source, written / name)
        written.chmod(0o755)
        sync_folder(written)
        _put_in_place(files, written, target)
    finally:
        shutil.rmtree(written, ignore_errors=True)


def make(folder: Path) -> None:
    """The folder is there, durably. Raises OSError where the one it belongs into isn't."""
    if not folder.is_dir():
        folder.mkdir(exist_ok=True)
        sync_folder(folder.parent)


def replace_file(path: Path, data: bytes) -> None:
    """Readers, under other accounts too, see the old bytes or the new ones; also after the machine fails, never a part.
    Two processes may do it at once."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    written = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        written.chmod(0o644)
        written.replace(path)
    finally:
        written.unlink(missing_ok=True)
    sync_folder(path.parent)


def manifest(sha256s: Mapping[str, str]) -> str:
    """One hash over the names and hashes of a set of files, in the order of their names."""
    lines = "".join(f"{sha256}  {name}\n" for name, sha256 in sorted(sha256s.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def hashes(files: Mapping[str, Path]) -> dict[str, str]:
    """SHA-256 of each, read piece by piece: a summary of many units is larger than the memory."""
    return {name: _hash(path) for name, path in files.items()}


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def hashes_in(folder: Path) -> dict[str, str]:
    """Everything that lies in the folder, also what nobody put there. Raises OSError for a folder inside it."""
    return hashes({path.name: path for path in folder.iterdir()})


def _put_in_place(files: Mapping[str, Path], written: Path, target: Path) -> None:
    """Rename is the moment at which the folder exists. Another process may have been first: then its bytes
    decide.
    """
    try:
        written.rename(target)
    except OSError:
        if not target.is_dir():
            raise
        _require_same(files, target)
        return
    for folder in target.parents[:3]:  # the week's and the campaign's may be new too
        sync_folder(folder)


def _require_same(files: Mapping[str, Path], target: Path) -> None:
    if not _holds(files, target):
        raise StoreError(
            f"{target} đã có từ trước và chứa nội dung khác với bản này; hệ thống không ghi đè. "
            "Hãy đối chiếu với kho lưu, chuyển thư mục đó đi nơi khác rồi chạy lại."
        )


def _holds(files: Mapping[str, Path], target: Path) -> bool:
    try:
        return hashes_in(target) == hashes(files)
    except (NotADirectoryError, IsADirectoryError):  # a file in its place, or a folder among the files
        return False


def _copy(source: Path, target: Path) -> None:
    with target.open("xb") as file, source.open("rb") as archived:
        shutil.copyfileobj(archived, file)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
