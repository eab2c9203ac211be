"""Reads a batch of files that passed preflight, in one child process with limits on memory, time and output.

Knows the child's life; reads no file itself. A file that the child does not survive is refused, and a new
child goes on with the rest. A start costs 0.1 s, so hand over batches.
"""

import gc
import json
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, TypeVar

from domain.errors import IntakeError
from domain.findings import Finding
from tasks.intake.formats import FileFormat
from tasks.intake.grid import Book
from tasks.intake.looks import Look, dressed, look_of
from tasks.intake.refusals import Refused, quarantine, unless_we_fail
from tasks.intake.wire import book_from_json, message_in, texts_from_json

# -I: neither the working folder nor the environment decides what is imported. Its own session: a signal to
# our group (a worker that is stopped) must not look like a file that killed its reader.
READER = (sys.executable, "-I", "-m", "tasks.intake.reader_child")
_ENVIRONMENT = {"LC_ALL": "C.UTF-8"}
_CHUNK = 1 << 16  # what a pipe holds
T = TypeVar("T")
_Bytes = tuple[str, FileFormat]


@dataclass(frozen=True)
class FileToRead:
    """An archived file. `file_name` is the sender's, for findings; `path` is ours. `looks`: of its sheets, where the
    container check saw them; else the child looks."""

    sha256: str
    path: Path
    file_name: str
    format: FileFormat
    looks: Sequence[Look] | None = field(default=None, compare=False)


@dataclass(frozen=True)
class ReadLimits:
    """Per file but for the memory, which is the child's; a form of 13 KB takes 40 MB and 3 ms."""

    memory_bytes: int = 768 << 20
    cpu_seconds: int = 10
    wall_seconds: float = 20.0
    cells: int = 1_000_000  # of the rectangle that a sheet spans
    answer_bytes: int = 64 << 20


@dataclass(frozen=True)
class _Wanted(Generic[T]):
    """What is wanted of a file, by the child's word for it, and how its answer is read. `closely`: formats of which the
    child looks at more than calamine does."""

    word: Callable[[FileToRead], str]
    read: Callable[[FileToRead, Mapping[str, Any]], T]
    closely: frozenset[FileFormat]


def _book(file: FileToRead, answer: Mapping[str, Any]) -> Book:
    book = book_from_json(answer)
    if file.looks is None:
        return book
    looks = {look.name: look for look in file.looks}
    return Book(tuple(dressed(sheet.name, sheet.rows, look_of(sheet.name, looks)) for sheet in book.sheets))


_VALUES = "values"
_BOOK = _Wanted(lambda file: "book" if file.looks is None else _VALUES, _book, frozenset(FileFormat))
_TEXTS = _Wanted(
    lambda _: "texts",
    lambda _, answer: texts_from_json(answer),
    frozenset(FileFormat) - {FileFormat.XLSX, FileFormat.XLS},
)


def read_batch(
    files: Sequence[FileToRead], limits: ReadLimits = ReadLimits(), *, command: Sequence[str] = READER
) -> Mapping[FileToRead, Book | Finding]:
    """Every file as a Book, or the finding that quarantines it. The same bytes under names of one format are read once.

    Raises IntakeError where an archived file is absent or the child cannot start: that is no fault of a file.
    """
    return _answers(_BOOK, files, limits, command)


def read_texts(
    files: Sequence[FileToRead], limits: ReadLimits = ReadLimits(), *, command: Sequence[str] = READER
) -> Mapping[FileToRead, frozenset[str] | Finding]:
    """The same with every text of a file and the names of its sheets in place of a Book, at a third of the cost."""
    return _answers(_TEXTS, files, limits, command)


def _answers(
    wanted: _Wanted[T], files: Sequence[FileToRead], limits: ReadLimits, command: Sequence[str]
) -> Mapping[FileToRead, T | Finding]:
    distinct = {_bytes_of(file): file for file in files}
    absent = [file.file_name for file in distinct.values() if not file.path.is_file()]
    if absent:
        raise IntakeError(
            f"Không tìm thấy trong kho lưu trữ: {', '.join(absent)}. Hãy phục hồi kho từ bản sao lưu."
        )
    with _uncollected():
        answers: dict[_Bytes, T | Finding] = {}
        for each, answer in _read_all(wanted, list(distinct.values()), limits, command):
            answers[each] = answer
    return {file: _said_of(file, answers[_bytes_of(file)]) for file in files}


@contextmanager
def _uncollected() -> Iterator[None]:
    """A batch is very many lists and no cycle, and each full collection that they cause walks all that this process
    holds: a fifth of what reading costs on this side."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _bytes_of(file: FileToRead) -> _Bytes:
    """What decides the answer: the name gives the format, by which the same text has other columns."""
    return file.sha256, file.format


def _said_of(file: FileToRead, answer: T | Finding) -> T | Finding:
    """A finding names the file as its own sender does, whoever sent the same bytes as well."""
    if not isinstance(answer, Finding):
        return answer
    return answer._replace(facts={**answer.facts, "name": file.file_name})


def _read_all(
    wanted: _Wanted[T], files: list[FileToRead], limits: ReadLimits, command: Sequence[str]
) -> Iterable[tuple[_Bytes, T | Finding]]:
    while files:
        with _Child(command, limits, _read_closely(files, wanted)) as child:
            while files:
                file = files.pop(0)
                answer = child.ask(file, wanted.word(file))
                understood = _understood(answer, file, wanted)
                yield _bytes_of(file), understood
                if answer is None:
                    break


def _read_closely(files: Iterable[FileToRead], wanted: _Wanted[T]) -> list[str]:
    """The formats whose readers the child has to load."""
    closely = (file.format for file in files if wanted.word(file) != _VALUES)
    return sorted(wanted.closely.intersection(closely))


def _understood(answer: Mapping[str, Any] | None, file: FileToRead, wanted: _Wanted[T]) -> T | Finding:
    if answer is None:
        return quarantine(
            "FILE_STOPPED_THE_READER", name=file.file_name, why="quá giới hạn thời gian hoặc bộ nhớ"
        )
    if "refused" in answer:
        code, why = answer["refused"]
        return quarantine(code, name=file.file_name, why=why)
    try:
        return unless_we_fail(lambda: wanted.read(file, answer), file.file_name)
    except Refused as refusal:
        return quarantine(refusal.code, name=file.file_name, why=refusal.why)


class _Child:
    """One reading process; killed at the latest when the block is left."""

    def __init__(self, command: Sequence[str], limits: ReadLimits, formats: Sequence[str]) -> None:
        self._limits, self._formats = limits, formats
        self._buffer = bytearray()
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_ENVIRONMENT,
            cwd="/",
            start_new_session=True,
        )
        assert self._process.stdout is not None
        self._answering = selectors.DefaultSelector()
        self._answering.register(self._process.stdout, selectors.EVENT_READ)

    def __enter__(self) -> "_Child":
        limits = {name: getattr(self._limits, name) for name in ("memory_bytes", "cpu_seconds", "cells")}
        if self._exchange({**limits, "formats": self._formats}) != {"ready": True}:
            self.__exit__(None, None, None)
            raise IntakeError(
                f"Tiến trình đọc tệp không chạy được. Hãy chạy `{' '.join(READER)} </dev/null` để xem lý do."
            )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._answering.close()
        self._process.kill()
        self._process.communicate()  # closes both pipes and waits

    def ask(self, file: FileToRead, wanted: str) -> Mapping[str, Any] | None:
        """Its answer; None where it died, stalled or said too much, and it is of no more use then."""
        asked = {"path": str(file.path.absolute()), "format": file.format.value, "wanted": wanted}
        return self._exchange(asked)

    def _exchange(self, message: Mapping[str, Any]) -> Mapping[str, Any] | None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(message).encode() + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            return None
        line = self._line(time.monotonic() + self._limits.wall_seconds)
        try:
            return None if line is None else message_in(line)
        except (ValueError, RecursionError):
            return None  # no answer of ours: the process lost its way

    def _line(self, deadline: float) -> bytes | None:
        assert self._process.stdout is not None
        answer = self._process.stdout.fileno()
        while not self._buffer.endswith(b"\n"):
            left = deadline - time.monotonic()
            if left <= 0 or not self._answering.select(left):
                return None
            chunk = os.read(answer, _CHUNK)
            self._buffer += chunk
            if not chunk or len(self._buffer) > self._limits.answer_bytes:
                return None
        line = bytes(self._buffer)
        self._buffer.clear()
        return line
