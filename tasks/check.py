"""A batch of registered files: checked as containers, read in a child process, understood, judged, recorded."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from prefect.runtime import task_run

from domain.findings import Finding, Place
from domain.forms import Part
from domain.rules.against_last_week import compared_first, compared_then
from domain.rules.registry import judge
from domain.submissions import NOTHING_EARLIER, Earlier, Submission, Verdict
from domain.telling import finding
from domain.weeks import WeekName
from tasks.intake.grid import Book
from tasks.intake.preflight import examine, too_large_to_open
from tasks.intake.recognise import understand
from tasks.intake.refusals import quarantine, unless_we_fail
from tasks.intake.workbook import FileToRead, read_batch
from tasks.retrying import touches_the_world
from tasks.store import verdicts
from tasks.store.engine import reading, writing
from tasks.store.snapshots import in_force_before
from tasks.store.submissions import Arrival, Stored, find
from tasks.store.verdicts import Judged
from tasks.workplace import Workplace, workplace

_log = logging.getLogger("ntm.check")

Read = Book | tuple[Finding, ...]  # what a file holds, or why it was not opened


@dataclass(frozen=True)
class _Understood:
    """A file with what its reading found; of one that nobody opened, a submission without parts."""

    id: int
    submission: Submission
    findings: tuple[Finding, ...]


def _run_name() -> str:
    """Whose file it is; of a batch, how many."""
    batch = task_run.parameters["batch"]
    if len(batch) > 1:
        return f"Kiểm tra {len(batch)} tệp"
    work = workplace()
    with reading(work.engine) as connection:
        (stored,) = find(connection, batch)
    return f"Kiểm tra {work.campaign.roster[stored.arrival.reporter].name}"


@touches_the_world("Kiểm tra tệp", _run_name)
def check(batch: list[int]) -> None:
    """Judge these submissions and record the verdicts; one that has a verdict keeps it."""
    work = workplace()
    with reading(work.engine) as connection:
        known = verdicts.in_force(connection, batch)
        waiting = [stored for stored in find(connection, batch) if stored.id not in known]
    books = _read(work, waiting)
    understood = [_understood(work, stored, books[stored.id]) for stored in waiting]
    for week, files in groupby(sorted(understood, key=_week), key=_week):
        _judge_week(work, week, tuple(files))


def _read(work: Workplace, waiting: list[Stored]) -> Mapping[int, Read]:
    """Submission -> what it holds. No reader opens a file that the container check refused."""
    opened = {stored.id: _opened(work, stored.arrival) for stored in waiting}
    books = read_batch([file for file in opened.values() if isinstance(file, FileToRead)], work.read_limits)
    return {
        number: _book_or_why(books[file.sha256]) if isinstance(file, FileToRead) else file
        for number, file in opened.items()
    }


def _opened(work: Workplace, file: Arrival) -> FileToRead | tuple[Finding, ...]:
    """What the reader may open, or why it may not. The archive is asked only for a file that was kept."""
    if file.is_secret:
        return (quarantine("FILE_SECRET", name="", why=""),)
    if too_large := too_large_to_open(file.size, file.file_name):
        return (too_large,)
    examined = examine(work.archive.read(file.sha256), file.file_name)
    if examined.format is None:
        return examined.findings
    return FileToRead(file.sha256, work.archive.path(file.sha256), file.file_name, examined.format)


def _book_or_why(read: Book | Finding) -> Read:
    return (read,) if isinstance(read, Finding) else read


def _understood(work: Workplace, stored: Stored, read: Read) -> _Understood:
    """A bad file rejects itself, never the week: not even one over which our own code fails."""
    file = stored.arrival
    if not isinstance(read, Book):
        return _Understood(stored.id, _closed(file), read)
    found = unless_we_fail(lambda: _rows_of(work, file, read), file.file_name)
    if isinstance(found, Finding):
        return _Understood(stored.id, _closed(file), (found,))
    return _Understood(stored.id, *found)


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


def _closed(file: Arrival) -> Submission:
    """A file that nobody opened."""
    return Submission(file.campaign, file.reporter, file.week, file.sha256, file.file_name, file.received_at)


def _week(file: _Understood) -> WeekName:
    return file.submission.week


def _judge_week(work: Workplace, week: WeekName, files: Sequence[_Understood]) -> None:
    """Week by week, in their order: a file is judged beside earlier weeks, also those of its own batch."""
    earlier = _in_force_before(work, week, [file.submission for file in files])
    for file in files:
        _record(work, _judged(work, file, earlier.get(file.submission.reporter, NOTHING_EARLIER)))


def _in_force_before(work: Workplace, week: WeekName, files: Iterable[Submission]) -> Mapping[str, Earlier]:
    """Reporter -> what these files are compared with, in one view of the ledger."""
    files, now = tuple(files), work.now()
    with reading(work.engine) as connection:
        first = in_force_before(connection, work.campaign.id, week, _wanted(files, compared_first), now)
        of_copies = _wanted(
            files, lambda file: compared_then(file, first.get(file.reporter, NOTHING_EARLIER))
        )
        then = in_force_before(connection, work.campaign.id, week, of_copies, now)
    return {reporter: {**parts, **then.get(reporter, {})} for reporter, parts in first.items()}


def _wanted(
    files: Iterable[Submission], of: Callable[[Submission], frozenset[Part]]
) -> Mapping[str, frozenset[Part]]:
    """Reporter -> the parts asked for of all its files; without a part, no key."""
    wanted: dict[str, frozenset[Part]] = {}
    for file in files:
        wanted[file.reporter] = wanted.get(file.reporter, frozenset()) | of(file)
    return {reporter: parts for reporter, parts in wanted.items() if parts}


def _judged(work: Workplace, file: _Understood, earlier: Earlier) -> Judged:
    submission = file.submission
    verdict = unless_we_fail(lambda: _verdict(work, file, earlier), submission.file_name)
    if isinstance(verdict, Finding):
        verdict = Verdict.over((verdict,))
    return Judged(file.id, submission, verdict, work.judged_by)


def _verdict(work: Workplace, file: _Understood, earlier: Earlier) -> Verdict:
    findings = (*file.findings, *_nil_findings(work, file.submission))
    return judge(file.submission, findings, work.campaign, earlier)


def _nil_findings(work: Workplace, submission: Submission) -> Iterator[Finding]:
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


def _record(work: Workplace, judged: Judged) -> None:
    with writing(work.engine) as connection:
        verdicts.record(connection, judged, work.now())
    facts = {
        "unit": work.campaign.roster[judged.submission.reporter].name,
        "file": judged.submission.file_name,
        "state": judged.verdict.state.value,
        "findings": len(judged.verdict.findings),
    }
    _log.info("judged %(unit)s: %(state)s, %(findings)s findings in %(file)s", facts)
