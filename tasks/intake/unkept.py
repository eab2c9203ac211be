"""Files at a door, before anything of them is kept: loaded once, and looked through for a secrecy mark.

What is hashed, looked through and archived are the same bytes: a reader gets them in a file without a name,
which is gone with this process, however it ends. Knows no ledger and no archive.
"""

import hashlib
import os
from collections.abc import Iterator, Sequence, Set
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

from domain.findings import Finding
from tasks.intake import delimited
from tasks.intake.formats import FileFormat
from tasks.intake.loose_text import loose_text
from tasks.intake.marks import is_marked, name_is_marked
from tasks.intake.preflight import LIMITS, examine, most_bytes
from tasks.intake.workbook import FileToRead, ReadLimits, read_texts

_CHUNK = 1 << 20


@dataclass(frozen=True)
class Unkept:
    """One file. `data` is None where it is larger than any file that is opened: only its hash is known then."""

    file_name: str
    sha256: str
    size: int
    data: bytes | None


def load(path: Path, file_name: str, most: int | None = None) -> Unkept:
    """Its bytes, never more than `most` of them in memory (by its name where that is not given). Raises OSError."""
    most = most_bytes(file_name) if most is None else most
    with path.open("rb") as file:
        data = file.read(most + 1)
        hashed, size = hashlib.sha256(data), len(data)
        if size <= most:
            return Unkept(file_name, hashed.hexdigest(), size, data)
        while chunk := file.read(_CHUNK):
            hashed.update(chunk)
            size += len(chunk)
    return Unkept(file_name, hashed.hexdigest(), size, None)


def marked(files: Sequence[Unkept], marks: Set[str], limits: ReadLimits) -> frozenset[str]:
    """The hashes of those that carry a mark, in their name or inside.

    By cells of what can be opened, and by any text of a package that is sound. Of the rest only the name speaks.
    """
    by_name = {file.sha256 for file in files if name_is_marked(file.file_name, marks)}
    to_open = [file for file in files if file.sha256 not in by_name]
    as_text = {file.sha256 for file in to_open if any(is_marked(text, marks) for text in _texts(file))}
    inside = _texts_inside(to_open, limits)
    by_cell = {sha256 for sha256, texts in inside if any(is_marked(text, marks) for text in texts)}
    return frozenset(by_name | as_text | by_cell)


def _texts(file: Unkept) -> Iterator[str]:
    """A text file speaks also where its columns can't be told apart, a package also where no cell stands."""
    if file.data is None:
        return
    yield from loose_text(file.data, LIMITS)
    file_format = FileFormat.of_name(file.file_name)
    if file_format is not None and file_format.is_text:
        yield from delimited.readings_of(file.data)


def _texts_inside(files: Sequence[Unkept], limits: ReadLimits) -> list[tuple[str, frozenset[str]]]:
    """By cells and names of sheets; of those that can be opened."""
    with ExitStack() as open_files:
        to_read = [read for file in files if (read := _to_read(file, open_files))]
        answers = read_texts(to_read, limits)
    return [(file.sha256, texts) for file, texts in answers.items() if not isinstance(texts, Finding)]


def _to_read(file: Unkept, open_files: ExitStack) -> FileToRead | None:
    file_format = None if file.data is None else examine(file.data, file.file_name).format
    if file.data is None or file_format is None:
        return None
    path = open_files.enter_context(_without_a_name(file.data))
    return FileToRead(file.sha256, path, file.file_name, file_format)


@contextmanager
def _without_a_name(data: bytes) -> Iterator[Path]:
    """A file that stands in no folder; the path leads to it as long as it is open here."""
    with TemporaryFile() as file:
        file.write(data)
        file.flush()
        yield Path(f"/proc/{os.getpid()}/fd/{file.fileno()}")
