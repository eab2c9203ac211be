"""Room on the disk for what is on its way: `root/scratch`, beside archived bytes and never among them.

A file here has no name and ends with its process. A folder, for a library that needs names, is locked while it is in
use; what a killed process leaves goes when the next one asks for a folder.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


def scratch_file(root: Path) -> BinaryIO:
    """Empty, open for writing and reading; whoever asked for it closes it. Raises OSError where the disk refuses."""
    return tempfile.TemporaryFile(dir=_place(root))


@contextmanager
def scratch_folder(root: Path) -> Iterator[Path]:
    """Empty, and gone in the end. Raises OSError where the disk refuses."""
    place = _place(root)
    for left in place.iterdir():
        _remove_unless_in_use(left)
    folder, descriptor = _locked(place)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(descriptor)


def _place(root: Path) -> Path:
    place = root / "scratch"
    place.mkdir(parents=True, exist_ok=True)
    return place


def _remove_unless_in_use(folder: Path) -> None:
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except FileNotFoundError:  # by another process
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _remove(folder)
    except BlockingIOError:
        pass
    finally:
        os.close(descriptor)


def _remove(left: Path) -> None:
    """A file with a name is one of a file system that knows none without."""
    if left.is_dir():
        shutil.rmtree(left, ignore_errors=True)
    else:
        left.unlink(missing_ok=True)


def _locked(place: Path) -> tuple[Path, int]:
    """Another process may remove the folder before it is locked: then once more."""
    while True:
        folder = Path(tempfile.mkdtemp(dir=place))
        try:
            descriptor = os.open(folder, os.O_RDONLY)
        except FileNotFoundError:
            continue
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        if folder.exists():
            return folder, descriptor
        os.close(descriptor)
