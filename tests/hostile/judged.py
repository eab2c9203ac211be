"""Many files through the doors of an intake, one child for all: secrecy, container, reading, recognition, rules."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from domain.findings import Finding, Place, Severity
from domain.reading.money import Amount
from domain.rules.registry import judge
from domain.submissions import SubmissionState, Verdict
from domain.weeks import WeekName
from tasks.intake.cell_by_cell import every_cell
from tasks.intake.grid import Book
from tasks.intake.preflight import examine
from tasks.intake.recognise import recognised, understand
from tasks.intake.refusals import quarantine
from tasks.intake.transcribed import transcribed
from tasks.intake.unkept import Unkept, marked
from tasks.intake.workbook import FileToRead, ReadLimits, read_batch
from tests.factories_domain import local
from tests.tasks.intake.recognise_kit import campaign

CLASS = {
    SubmissionState.ACCEPTED: "accept",
    SubmissionState.RETURNED: "return",
    SubmissionState.QUARANTINED: "quarantine",
}


@dataclass(frozen=True)
class Sent:
    """A file as it lies in the inbox."""

    name: str
    content: bytes
    reporter: str = "my_ha"
    week: str = "2023-W15"


@dataclass(frozen=True)
class Judged:
    """`values`: what every cell was taken for; None where nothing was. Of a file that nobody opened, none."""

    verdict: Verdict
    values: Mapping[Place, Any]

    @property
    def outcome(self) -> str:
        return CLASS[self.verdict.state]

    @property
    def asked(self) -> set[Place]:
        return {f.place for f in self.verdict.findings if f.severity is not Severity.NOTE}


def judged(files: Sequence[Sent], folder: Path) -> list[Judged]:
    """One after the other as each would be judged in a ledger of its own."""
    unkept = [Unkept(f.name, hashlib.sha256(f.content).hexdigest(), len(f.content), f.content) for f in files]
    secret = marked(unkept, campaign().spellings.secret, ReadLimits())
    opened: dict[str, FileToRead | tuple[Finding, ...]] = {}
    for file in unkept:
        opened[file.sha256] = _opened(file, folder, is_secret=file.sha256 in secret)
    books = read_batch([file for file in opened.values() if isinstance(file, FileToRead)])
    read = {sha256: books[sha256] if isinstance(one, FileToRead) else one for sha256, one in opened.items()}
    return [_judged(sent, kept.sha256, read[kept.sha256]) for sent, kept in zip(files, unkept, strict=True)]


def _opened(file: Unkept, folder: Path, *, is_secret: bool) -> FileToRead | tuple[Finding, ...]:
    if is_secret:
        return (quarantine("FILE_SECRET", name="", why=""),)
    examined = examine(file.data or b"", file.file_name)
    if examined.format is None:
        return examined.findings
    path = folder / file.sha256
    path.write_bytes(file.data or b"")
    return FileToRead(file.sha256, path, file.file_name, examined.format)


def _judged(sent: Sent, sha256: str, read: Book | Finding | Iterable[Finding]) -> Judged:
    if not isinstance(read, Book):
        return Judged(Verdict.over((read,) if isinstance(read, Finding) else tuple(read)), {})
    about: dict[str, Any] = {
        "sha256": sha256,
        "file_name": sent.name,
        "received_at": local("2023-04-12 09:00"),
    }
    week = WeekName.parse(sent.week)
    submission, found = understand(read, campaign=campaign(), reporter=sent.reporter, week=week, **about)
    seen = recognised(transcribed(read), campaign(), campaign().roster[sent.reporter].kind)
    values = {cell.place: _plain(cell.reading.value) for cell in every_cell(seen, campaign())}
    nil = (_nil_finding(),) if submission.nil else ()
    return Judged(judge(submission, (*found, *nil), campaign()), values)


def _nil_finding() -> Finding:
    """What the ledger says of a nil report before which nothing was accepted."""
    return Finding("NIL_WITHOUT_EARLIER_REPORT", Severity.ERROR)


def _plain(value: Any) -> Any:
    """Money as whole đồng, a word of a list as its id, "not stated" as nothing."""
    if isinstance(value, Amount):
        return value.dong
    word = getattr(value, "value", value)
    return None if word in ("", "not_stated") else word
