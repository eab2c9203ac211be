"""Registered files: checked as containers, read in a child process, understood, judged, recorded. Knows no Prefect, so
every door can use it.

A file that a person released from quarantine is judged so from then on: see releasing.py.
"""

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from domain.campaign import Campaign
from domain.findings import Finding, Place, Severity
from domain.rules.registry import judge
from domain.submissions import NOTHING_EARLIER, Earlier, Submission, Verdict
from domain.telling import finding
from domain.weeks import WeekName
from tasks.intake.doors import AtTheDoor, Read, through
from tasks.intake.grid import Book
from tasks.intake.recognise import understand
from tasks.intake.refusals import unless_we_fail
from tasks.last_week import in_force_before_of
from tasks.store import verdicts
from tasks.store.engine import reading, writing
from tasks.store.settlements import Settlement
from tasks.store.submissions import Arrival, Stored, find
from tasks.store.verdicts import Judged
from tasks.workplace import Workplace

_log = logging.getLogger("ntm.check")

# What a release overrides: whose report it is, and of which week. docs/decisions/0016.
WHOSE_AND_WHEN = frozenset({"REPORTER_DIFFERS", "WEEK_DIFFERS"})


@dataclass(frozen=True)
class _Understood:
    """A file with what its reading found; of one that nobody opened, a submission without parts."""

    id: int
    submission: Submission
    findings: tuple[Finding, ...]
    is_released: bool


def judge_waiting(work: Workplace, submission_ids: Sequence[int]) -> None:
    """Judge these submissions and record the verdicts; one that has a verdict keeps it."""
    with reading(work.engine) as connection:
        known = verdicts.in_force(connection, submission_ids)
        waiting = [stored for stored in find(connection, submission_ids) if stored.id not in known]
    # Nobody has decided over one of them: a decision is recorded with a verdict.
    for judged in judgements(work, waiting, {}):
        _record(work, judged)


def judgements(
    work: Workplace, files: Sequence[Stored], released: Mapping[int, Settlement]
) -> Iterator[tuple[Judged, ...]]:
    """The verdicts over these files, in groups. Nothing is recorded: whoever asks for the next group has recorded this
    one, since a file is judged beside what the ledger knows of earlier weeks, and of its reporter."""
    books = _read(work, files)
    understood = [_understood(work, stored, books[stored.id], released.get(stored.id)) for stored in files]
    for week, of_week in groupby(sorted(understood, key=_week), key=_week):
        group = tuple(of_week)
        earlier = in_force_before_of(work, week, [file.submission for file in group])
        for each in _no_reporter_twice(group):
            yield tuple(_judged(work, file, earlier) for file in each)


def tell(work: Workplace, judged: Judged) -> None:
    """Say a verdict that is recorded."""
    facts = {
        "unit": work.campaign.roster[judged.submission.reporter].name,
        "file": judged.submission.file_name,
        "state": judged.verdict.state.value,
        "findings": len(judged.verdict.findings),
    }
    _log.info("judged %(unit)s: %(state)s, %(findings)s findings in %(file)s", facts)


def _read(work: Workplace, waiting: Sequence[Stored]) -> Mapping[int, Read]:
    """Submission -> what it holds. No reader opens a file that the container check refused."""
    read = through([_at_the_door(work, stored.arrival) for stored in waiting], work.read_limits)
    return {stored.id: one for stored, one in zip(waiting, read, strict=True)}


def _at_the_door(work: Workplace, file: Arrival) -> AtTheDoor:
    """The archive is asked only for a file that was kept."""
    path, data = work.archive.path(file.sha256), partial(work.archive.read, file.sha256)
    return AtTheDoor(file.file_name, file.sha256, file.size, path, data, file.is_secret)


def _understood(work: Workplace, stored: Stored, read: Read, release: Settlement | None) -> _Understood:
    """A bad file rejects itself, never the week: not even one over which our own code fails."""
    file = stored.arrival
    submission, findings = unread(file), read if not isinstance(read, Book) else ()
    if isinstance(read, Book):
        found = unless_we_fail(lambda: _rows_of(work, file, read), file.file_name)
        submission, findings = (submission, (found,)) if isinstance(found, Finding) else found
    if release:
        findings = as_released(work.campaign, release, findings)
    return _Understood(stored.id, submission, findings, is_released=release is not None)


def _rows_of(work: Workplace, file: Arrival, book: Book) -> tuple[Submission, tuple[Finding, ...]]:
    return understand(
        book,
        campaign=work.campaign,
        reporter=file.reporter,
        week=file.week,
        sha256=file.sha256,
        file_name=file.file_name,
        received_at=file.received_at,
    )


def unread(file: Arrival) -> Submission:
    """A file of which nothing counts: nobody opened it, or a person settled it so."""
    return Submission(file.campaign, file.reporter, file.week, file.sha256, file.file_name, file.received_at)


def as_released(
    campaign: Campaign, release: Settlement, findings: tuple[Finding, ...]
) -> tuple[Finding, ...]:
    """What the release overrides is still told; nothing else gets milder."""
    told = finding(campaign, "RELEASED_BY_HAND", Place(), name=release.decided_by, why=release.reason)
    milder = (f._replace(severity=Severity.WARNING) if can_be_released(f) else f for f in findings)
    return (*milder, told)


def can_be_released(found: Finding) -> bool:
    """Not where the file names another unit of the roster: its figures would be published as this one's."""
    return found.code in WHOSE_AND_WHEN and "other" not in found.facts


def _week(file: _Understood) -> WeekName:
    return file.submission.week


def _no_reporter_twice(files: Iterable[_Understood]) -> Iterator[tuple[_Understood, ...]]:
    """In order: what the ledger knows of a reporter's file counts for its next one."""
    group: dict[str, _Understood] = {}
    for file in files:
        if file.submission.reporter in group:
            yield tuple(group.values())
            group = {}
        group[file.submission.reporter] = file
    yield tuple(group.values())


def _judged(work: Workplace, file: _Understood, earlier: Mapping[str, Earlier]) -> Judged:
    submission = file.submission
    before = earlier.get(submission.reporter, NOTHING_EARLIER)
    verdict = unless_we_fail(lambda: _verdict(work, file, before), submission.file_name)
    if isinstance(verdict, Finding):
        verdict = Verdict.over((verdict,))
    judged_by = f"{work.judged_by}/released" if file.is_released else work.judged_by
    return Judged(file.id, submission, verdict, judged_by)


def _verdict(work: Workplace, file: _Understood, earlier: Earlier) -> Verdict:
    findings = (*file.findings, *nil_findings(work, file.submission))
    return judge(file.submission, findings, work.campaign, earlier)


def nil_findings(work: Workplace, submission: Submission) -> Iterator[Finding]:
    """Only the ledger knows whether "không phát sinh" has something to refer to."""
    if submission.nil:
        with reading(work.engine) as connection:
            earlier = verdicts.has_accepted_before(
                connection, submission.campaign, submission.reporter, submission.week
            )
        if not earlier:
            source = submission.nil_source
            place = Place(source.sheet, source.cell) if source else Place()
            yield finding(work.campaign, "NIL_WITHOUT_EARLIER_REPORT", place)


def _record(work: Workplace, judged: Collection[Judged]) -> None:
    """In one transaction: a file's own costs 7 ms on the disk. A run killed before it judges them again."""
    with writing(work.engine) as connection:
        for one in judged:
            verdicts.record(connection, one, work.now())
    for one in judged:
        tell(work, one)
