"""One file through the whole reading, and what of our promises it broke: nothing, for every file there is.

(a) the container check in this process, with its time and memory; (b) the child, with small limits; (c) what the file
says. No exception but declared ones, no file opened outside the archive, no socket.
"""

import json
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from config.facts import load_campaign
from domain.campaign import Campaign
from domain.findings import Finding
from domain.weeks import WeekName
from tasks.intake.formats import FileFormat
from tasks.intake.grid import Book
from tasks.intake.preflight import Examined, examine
from tasks.intake.recognise import understand
from tasks.intake.workbook import READER, FileToRead, ReadLimits, read_batch

MOST_SECONDS, MOST_BYTES = 3.0, 200 << 20
LIMITS = ReadLimits(memory_bytes=400 << 20, cpu_seconds=3, wall_seconds=6.0, cells=200_000)
# What ends the child and is no mistake of ours: calamine's panics, and the limits.
_DECLARED = ("PanicException", "MemoryError", "memory allocation", "SIGXCPU", "no traceback")


@dataclass(frozen=True)
class Problem:
    """What was broken; `sign` is the same for the same mistake."""

    sign: str
    name: str
    data: bytes


@dataclass(frozen=True)
class Outcome:
    """`sign`: how the file ended, coarsely; a new one is worth keeping."""

    name: str
    data: bytes
    sign: str
    stopped: str = ""


class Trials:
    """Files are written below `folder`, as the archive keeps them."""

    def __init__(self, folder: Path, campaign: Campaign | None = None) -> None:
        self._folder = folder
        self._campaign = campaign or load_campaign("my-loc-2023")
        self._watch = _Watch()

    def run(self, files: Sequence[tuple[str, bytes]]) -> tuple[list[Outcome], list[Problem]]:
        """(name, bytes) of each."""
        problems: list[Problem] = []
        outcomes: list[Outcome] = []
        to_read: dict[str, tuple[FileToRead, bytes]] = {}
        for name, data in files:
            examined, sign = self._examined(name, data, problems)
            if examined.format is None:
                outcomes.append(Outcome(name, data, sign))
            else:
                file = self._kept(name, data, examined.format)
                to_read[file.sha256] = replace(file, looks=examined.looks), data
        read = read_batch([file for file, _ in to_read.values()], LIMITS)
        looked_at_twice = [
            replace(file, looks=None) for file, _ in to_read.values() if file.looks is not None
        ]
        by_the_child = read_batch(looked_at_twice, LIMITS)
        for file, data in to_read.values():
            outcomes.append(self._outcome(file, data, read[file], problems))
            if by_the_child.get(file, read[file]) != read[file]:
                problems.append(Problem("looks: the check and the child see two", file.file_name, data))
            file.path.unlink()
        return outcomes, problems

    def _examined(self, name: str, data: bytes, problems: list[Problem]) -> tuple[Examined, str]:
        began, before = time.process_time(), _peak()
        with self._watch.nothing_is_opened() as seen:
            examined = examine(data, name)
        took, grown = time.process_time() - began, _peak() - before
        signs = [f"examine: {event}" for event in seen]
        signs += ["examine: slow"] * (took > MOST_SECONDS) + ["examine: memory"] * (grown > MOST_BYTES)
        for finding in examined.findings:
            if finding.code == "FILE_STOPPED_US":
                signs.append(f"examine: {_cause(finding)}")
        problems.extend(Problem(sign, name, data) for sign in signs)
        told = " ".join(f"{f.code} {f.facts.get('why', '')[:30]}" for f in examined.findings)
        return examined, f"{Path(name).suffix} {told}"

    def _kept(self, name: str, data: bytes, file_format: FileFormat) -> FileToRead:
        path = self._folder / sha256(data).hexdigest()
        path.write_bytes(data)
        return FileToRead(path.name, path, name, file_format)

    def _outcome(
        self, file: FileToRead, data: bytes, read: Book | Finding, problems: list[Problem]
    ) -> Outcome:
        suffix = Path(file.file_name).suffix
        if isinstance(read, Book):
            return Outcome(file.file_name, data, f"{suffix} {self._understood(file, data, read, problems)}")
        why = ""
        if read.code == "FILE_STOPPED_THE_READER":
            why = why_stopped(file)
            if not why.startswith(_DECLARED):
                problems.append(Problem(f"child: {why}", file.file_name, data))
        elif read.code == "FILE_STOPPED_US":
            problems.append(Problem(f"answer: {_cause(read)}", file.file_name, data))
        return Outcome(
            file.file_name, data, f"{suffix} {read.code} {read.facts.get('why', '')[:30]} {why}", why
        )

    def _understood(self, file: FileToRead, data: bytes, book: Book, problems: list[Problem]) -> str:
        with self._watch.nothing_is_opened() as seen:
            try:
                submission, findings = understand(
                    book,
                    campaign=self._campaign,
                    reporter="my_ha",
                    week=WeekName.parse("2023-W15"),
                    sha256=file.sha256,
                    file_name=file.file_name,
                    received_at=datetime(2023, 4, 12, tzinfo=UTC),
                )
                hash(repr((submission, findings)))
            except Exception as error:  # noqa: BLE001 - the very thing that is looked for
                problems.append(Problem(f"understand: {_where(error)}", file.file_name, data))
                return "raised"
        problems.extend(Problem(f"understand: {event}", file.file_name, data) for event in seen)
        looks = sorted(
            {
                f"{bool(s.number_format)}{bool(s.font)}{bool(s.formula)}{s.hidden}"
                for b in book.sheets
                for s in b.styles.values()
            }
        )
        return f"read {sorted({f.code for f in findings})} {looks}"


def why_stopped(file: FileToRead) -> str:
    """Reads the file alone once more and listens to what the child says at its end."""
    limits = {
        "memory_bytes": LIMITS.memory_bytes,
        "cpu_seconds": LIMITS.cpu_seconds,
        "cells": LIMITS.cells,
        "formats": list(FileFormat),
    }
    request = {"path": str(file.path), "format": file.format.value, "wanted": "book"}
    told = f"{json.dumps(limits)}\n{json.dumps(request)}\n".encode()
    try:
        ended = subprocess.run(
            READER,
            check=False,
            input=told,
            capture_output=True,
            cwd="/",
            timeout=30,
            env={"LC_ALL": "C.UTF-8"},
        )
    except subprocess.TimeoutExpired:
        return "hangs without using its CPU limit"
    if ended.returncode == 0:
        return "no traceback: read when alone"
    if ended.returncode == -24:
        return "SIGXCPU"
    said = ended.stderr.decode("utf-8", "replace")
    if panic := re.search(r"panicked at \S*/(\S+/src/\S+:\d+)", said):
        return f"PanicException at {panic[1]}"
    if "memory allocation of" in said:  # Rust aborts at its limit; what it says last is how to hear more
        return "memory allocation failed"
    lines = said.strip().splitlines() or ["no traceback"]
    place = next((line.rpartition("/")[2] for line in reversed(lines) if "/tasks/intake/" in line), "")
    return f"{lines[-1][:60]} {ended.returncode} {place}".rstrip()


class _Watch:
    """An audit hook, which no process can take off, with a switch."""

    def __init__(self) -> None:
        self._seen: list[str] | None = None
        sys.addaudithook(self._on_event)

    @contextmanager
    def nothing_is_opened(self) -> Iterator[list[str]]:
        """What was done in the block that reading has no business with."""
        seen: list[str] = []
        self._seen = seen
        try:
            yield seen
        finally:
            self._seen = None

    def _on_event(self, event: str, arguments: tuple[object, ...]) -> None:
        if self._seen is not None and event.startswith(_FOREIGN):
            path = str(arguments[0]) if event == "open" else ""
            if not path.startswith((sys.base_prefix, sys.prefix)):  # a codec, a module: loaded once
                self._seen.append(f"{event} {path[:40]}")


_FOREIGN = ("open", "socket.", "subprocess.", "os.", "shutil.", "ctypes.", "tempfile.", "urllib.")


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _cause(finding: Finding) -> str:
    facts: Mapping[str, str] = finding.facts
    return f"{facts.get('error', '').split(':')[0]} at {facts.get('traceback', '').split(' > ')[-1]}"


def _where(error: Exception) -> str:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    code = trace.tb_frame.f_code if trace else None
    return (
        f"{type(error).__name__} at {Path(code.co_filename).name} {code.co_name}"
        if code
        else type(error).__name__
    )
