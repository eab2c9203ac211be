"""The doors that every file passes before anything of it is understood: secrecy, size, container, reading child.

In this order: nothing of a secret file is opened, and none but a sound one reaches the reader. Knows no ledger.
"""

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from domain.findings import Finding
from tasks.intake.grid import Book
from tasks.intake.preflight import examine, too_large_to_open
from tasks.intake.refusals import quarantine
from tasks.intake.unkept import Unkept, marked
from tasks.intake.workbook import FileToRead, ReadLimits, read_batch

Read = Book | tuple[Finding, ...]  # what a file holds, or why it was not opened


@dataclass(frozen=True)
class AtTheDoor:
    """`data` is asked for, and `path` opened, only where the doors before let the file pass."""

    file_name: str
    sha256: str
    size: int
    path: Path
    data: Callable[[], bytes]
    is_secret: bool


def through(files: Sequence[AtTheDoor], limits: ReadLimits) -> tuple[Read, ...]:
    """One answer for each file, in their order; one child reads them all. Raises IntakeError where it can't start."""
    opened = [_opened(file) for file in files]
    books = read_batch([file for file in opened if isinstance(file, FileToRead)], limits)
    return tuple(_book_or_why(books[file]) if isinstance(file, FileToRead) else file for file in opened)


def unkept_through(
    files: Sequence[tuple[Unkept, Path]], marks: Set[str], limits: ReadLimits
) -> tuple[Read, ...]:
    """The same for files that no ledger knows, each with where it lies: looked through for a secrecy mark first."""
    secret = marked([file for file, _ in files], marks, limits)
    return through([_at_the_door(file, path, secret) for file, path in files], limits)


def _at_the_door(file: Unkept, path: Path, secret: Set[str]) -> AtTheDoor:
    is_secret = file.sha256 in secret
    return AtTheDoor(file.file_name, file.sha256, file.size, path, lambda: file.data or b"", is_secret)


def _opened(file: AtTheDoor) -> FileToRead | tuple[Finding, ...]:
    """What the reader may open, or why it may not."""
    if file.is_secret:
        return (quarantine("FILE_SECRET", name="", why=""),)
    if too_large := too_large_to_open(file.size, file.file_name):
        return (too_large,)
    examined = examine(file.data(), file.file_name)
    if examined.format is None:
        return examined.findings
    return FileToRead(file.sha256, file.path, file.file_name, examined.format, examined.looks)


def _book_or_why(read: Book | Finding) -> Read:
    return (read,) if isinstance(read, Finding) else read
