"""A batch of registered files: checked as containers, read in a child process, understood, judged, recorded."""

import logging
from collections.abc import Iterator, Mapping

from prefect.runtime import task_run

from domain.errors import NtmError
from domain.findings import Finding, Place
from domain.rules.registry import judge
from domain.submissions import Submission, Verdict
from domain.telling import failure_facts, finding
from tasks.intake.grid import Book
from tasks.intake.preflight import examine
from tasks.intake.recognise import understand
from tasks.intake.workbook import FileToRead, ReadLimits, read_batch
from tasks.retrying import touches_the_world
from tasks.store import verdicts
from tasks.store.engine import reading, writing
from tasks.store.submissions import Arrival, Stored, find
from tasks.store.verdicts import Judged
from tasks.workplace import Workplace, workplace

_log = logging.getLogger("ntm.check")

Read = Book | tuple[Finding, ...]  # what a file holds, or why it was not opened


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
    for stored in waiting:
        _record(work, _judged(work, stored, books[stored.id]))


def _read(work: Workplace, waiting: list[Stored]) -> Mapping[int, Read]:
    """Submission -> what it holds. No reader opens a file that the container check refused."""
    refused: dict[int, Read] = {}
    to_read: dict[int, FileToRead] = {}
    for stored in waiting:
        file = stored.arrival
        examined = examine(work.archive.read(file.sha256), file.file_name)
        if examined.format is None:
            refused[stored.id] = examined.findings
        else:
            path = work.archive.path(file.sha256)
            to_read[stored.id] = FileToRead(file.sha256, path, file.file_name, examined.format)
    books = read_batch(list(to_read.values()), _limits(work))
    return refused | {number: _book_or_why(books[file.sha256]) for number, file in to_read.items()}


def _book_or_why(read: Book | Finding) -> Read:
    return (read,) if isinstance(read, Finding) else read


def _limits(work: Workplace) -> ReadLimits:
    settings = work.settings
    return ReadLimits(
        memory_bytes=settings.reader_memory_mb << 20,
        cpu_seconds=settings.reader_cpu_seconds,
        wall_seconds=settings.reader_wall_seconds,
    )


def _judged(work: Workplace, stored: Stored, read: Read) -> Judged:
    """A bad file rejects itself, never the week: not even one over which our own code fails."""
    submission = _closed(stored.arrival)
    try:
        if isinstance(read, Book):
            submission, findings = _understood(work, stored.arrival, read)
            verdict = judge(submission, (*findings, *_nil_findings(work, submission)), work.campaign)
        else:
            verdict = Verdict.over(read)
    except NtmError:
        raise  # the store or the configuration failed, not the file
    except Exception as error:  # noqa: BLE001 - one file we fail over must not cost the others their week
        _log.exception("failed on %(file)s", {"file": stored.arrival.file_name})
        told = {"name": stored.arrival.file_name, **failure_facts(error)}
        verdict = Verdict.over((finding(work.campaign, "FILE_STOPPED_US", Place(), **told),))
    return Judged(stored.id, submission, verdict, work.judged_by)


def _understood(work: Workplace, file: Arrival, book: Book) -> tuple[Submission, tuple[Finding, ...]]:
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
