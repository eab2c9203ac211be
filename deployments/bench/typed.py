"""Reports as the reading gives them, of any number of reporters, each beside what its sender had in force before.

A campaign of at most BASE reporters is generated for two weeks and really read; every reporter then says the same as
one of them, in texts of its own: documents, projects, decisions, notes. So nothing that is remembered of one helps with
the next, but for the words and codes of lists.
"""

import io
import pickle
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from random import Random
from types import MappingProxyType
from typing import Any

from config.facts import load_campaign
from deployments.bench.reading import opened
from deployments.demo.any_roster import CAMPAIGN
from deployments.demo.any_size import AnySize, generate
from domain.campaign import Campaign
from domain.findings import Finding
from domain.rules import judge
from domain.submissions import (
    NOTHING_EARLIER,
    DebtRow,
    DebtRowKind,
    DossierRow,
    Earlier,
    EarlierPart,
    ProgressRow,
    Row,
    Submission,
    SubmissionState,
    VerificationRow,
)
from domain.weeks import WeekName
from tasks.intake.grid import Book
from tasks.intake.recognise import understand
from tasks.intake.workbook import read_batch

BASE = 200
_WEEKS = 2
_READ = "read.pickle"
_RECEIVED_AT = datetime(2023, 4, 19, tzinfo=UTC)
_Read = tuple[Submission, tuple[Finding, ...]]
_WORD = 12  # characters: what is shorter may be a word of a list


@dataclass(frozen=True)
class Said:
    """One report of the last week with what its reading found, and what it is judged beside."""

    submission: Submission
    findings: tuple[Finding, ...]
    earlier: Earlier


def write(folder: Path, most: int) -> None:
    """Generate and read what `said` tells, for at most so many reporters."""
    size = AnySize(min(BASE, most), _WEEKS)
    generate(size, folder)
    campaign = campaign_in(folder)
    weeks = [list(_read(folder / "inbox" / str(week), campaign)) for week in size.names]
    (folder / _READ).write_bytes(_pickled(_beside(weeks, campaign)))


def campaign_in(folder: Path) -> Campaign:
    """That all these reports are of."""
    return load_campaign(CAMPAIGN, folder / "config")


def said(folder: Path, reporters: int) -> Iterator[Said]:
    """One report of each, made when it is asked for."""
    base: list[Said] = pickle.loads((folder / _READ).read_bytes())
    for number in range(reporters):
        yield _as_said_by(number, base[number % len(base)])


def batches(reports: Iterator[Said], size: int) -> Iterator[list[Said]]:
    """In the batches in which files are judged."""
    while batch := list(islice(reports, size)):
        yield batch


def _read(inbox: Path, campaign: Campaign) -> Iterator[_Read]:
    """The last file of each reporter of a week, in no order: agencies among communes."""
    paths = {path.parent.name: path for path in sorted(inbox.rglob("*.xlsx"))}
    files = [opened(path) for path in Random(1).sample(list(paths.values()), len(paths))]
    books = read_batch(files)
    for file in files:
        book = books[file]
        if not isinstance(book, Book):
            raise SystemExit(f"{file.path}: {book}")
        yield understand(
            book,
            campaign=campaign,
            reporter=file.path.parent.name,
            week=WeekName.parse(inbox.name),
            sha256=file.sha256,
            file_name=file.file_name,
            received_at=_RECEIVED_AT,
        )


def _beside(weeks: Sequence[Sequence[_Read]], campaign: Campaign) -> list[Said]:
    """The reports of the last week, each beside what the week before put in force."""
    before, now = weeks
    in_force: dict[str, Earlier] = {}
    for submission, findings in before:
        if judge(submission, findings, campaign).state is SubmissionState.ACCEPTED:
            parts = submission.parts.items()
            in_force[submission.reporter] = {p: EarlierPart(submission.week, rows) for p, rows in parts}
    return [Said(one, found, in_force.get(one.reporter, NOTHING_EARLIER)) for one, found in now]


def _as_said_by(number: int, one: Said) -> Said:
    """No value of the earlier rows is shared with the file's: they come from a ledger."""
    parts = {part: _own(rows, number) for part, rows in one.submission.parts.items()}
    earlier = {part: replace(of, rows=_own(of.rows, number)) for part, of in one.earlier.items()}
    apart: Earlier = pickle.loads(pickle.dumps(earlier))
    return Said(replace(one.submission, parts=parts), one.findings, apart)


def _own(rows: Sequence[Row], number: int) -> tuple[Row, ...]:
    return tuple(replace(row, **_own_texts(row, number)) for row in rows)


def _own_texts(row: Row, number: int) -> Mapping[str, Any]:
    """What one reporter writes otherwise than any other."""
    match row:
        case DebtRow(kind=DebtRowKind.PROJECT):
            decision = row.decision.replace("UBND", f"UBND{number}")
            return {"project": f"{row.project} {number}", "decision": decision}
        case DossierRow():
            return {"document": f"{row.document} {number}"}
        case ProgressRow() if len(row.note) > _WORD:
            return {"note": f"{row.note} {number}"}
        case VerificationRow() if len(row.lacking) > _WORD:
            return {"lacking": f"{row.lacking} {number}"}
    return {}


def _pickled(reports: object) -> bytes:
    """A read-only mapping as a plain one: Python pickles no other."""
    written = io.BytesIO()
    pickler = pickle.Pickler(written)
    pickler.dispatch_table = {MappingProxyType: lambda one: (dict, (dict(one),))}
    pickler.dump(reports)
    return written.getvalue()
