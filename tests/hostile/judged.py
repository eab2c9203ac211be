"""Many files through the doors of an intake, one child for all: secrecy, container, reading, recognition, rules."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from domain.findings import Finding, Place, Severity
from domain.reading.money import Amount
from domain.rules.registry import judge
from domain.submissions import SubmissionState, Verdict
from domain.weeks import WeekName
from tasks.intake.cell_by_cell import every_cell
from tasks.intake.doors import Read, unkept_through
from tasks.intake.grid import Book
from tasks.intake.recognise import recognised, understand
from tasks.intake.transcribed import transcribed
from tasks.intake.unkept import Unkept
from tasks.intake.workbook import ReadLimits
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
    lying = [(file, folder / file.sha256) for file in unkept]
    for file, path in lying:
        path.write_bytes(file.data or b"")
    read = unkept_through(lying, campaign().spellings.secret, ReadLimits())
    return [_judged(sent, kept.sha256, one) for sent, kept, one in zip(files, unkept, read, strict=True)]


def _judged(sent: Sent, sha256: str, read: Read) -> Judged:
    if not isinstance(read, Book):
        return Judged(Verdict.over(read), {})
    about: dict[str, Any] = {
        "sha256": sha256,
        "file_name": sent.name,
        "received_at": local("2023-04-12 09:00"),
    }
    week = WeekName.parse(sent.week)
    seen = recognised(transcribed(read), campaign(), campaign().roster[sent.reporter].kind)
    submission, found = understand(seen, campaign=campaign(), reporter=sent.reporter, week=week, **about)
    values = {cell.place: _plain(cell.reading.value) for cell in every_cell(seen, campaign(), week)}
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
