"""One file read as the weekly run would read it, and nothing stored: for the operator to whom a commune's officer
speaks. Knows no Prefect; works without a ledger, but then knows nothing of earlier weeks.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from domain.calendar import Calendar
from domain.campaign import Campaign
from domain.errors import UserError
from domain.findings import Finding, Place
from domain.reading.date import read_period
from domain.rules.registry import judge
from domain.submissions import NOTHING_EARLIER, Submission, Verdict
from domain.telling import finding
from domain.weeks import WeekName
from tasks.intake.cell_by_cell import CellRead, every_cell
from tasks.intake.grid import Book
from tasks.intake.inbox import unreadable
from tasks.intake.preflight import examine, too_large_to_open
from tasks.intake.recognise import Recognised, recognised, understand
from tasks.intake.refusals import quarantine
from tasks.intake.transcribed import transcribed
from tasks.intake.unkept import Unkept, load, marked
from tasks.intake.workbook import FileToRead, ReadLimits, read_batch
from tasks.judging import nil_findings
from tasks.last_week import in_force_before_of
from tasks.store.engine import reading
from tasks.store.submissions import find
from tasks.workplace import Workplace


@dataclass(frozen=True)
class Wanted:
    """The file, and what is known of it beside what it says. `reporter` "": the file must say. `week` None: the file
    says, or it is of the week that is due at `now`."""

    path: Path
    file_name: str
    now: datetime
    reporter: str = ""
    week: WeekName | None = None


@dataclass(frozen=True)
class FileRead:
    """What a run would make of the file. A file that is not opened has no cells, and neither reporter nor week."""

    file_name: str
    sha256: str
    size: int
    verdict: Verdict
    reporter: str = ""
    week: WeekName | None = None
    form: str = ""
    cells: tuple[CellRead, ...] = ()


def in_the_archive(work: Workplace, number: int) -> Wanted:
    """A file that came before, by its number in the ledger. Raises UserError where there is none, or no bytes of it."""
    with reading(work.engine) as connection:
        found = [stored.arrival for stored in find(connection, [number])]
    if not found or found[0].campaign != work.campaign.id:
        raise UserError(f"Không có tệp số {number} trong sổ cái. Số của tệp: ntm quarantine list.")
    file = found[0]
    if file.is_secret:
        raise UserError(f"Tệp số {number} có ghi độ mật: hệ thống không lưu nội dung nên không đọc được.")
    return Wanted(work.archive.path(file.sha256), file.file_name, work.now(), file.reporter, file.week)


def read_file(
    wanted: Wanted, campaign: Campaign, limits: ReadLimits, ledger: Workplace | None = None
) -> FileRead:
    """The file as it would be judged now. Raises UserError where it can't be loaded or nobody knows whose it is."""
    try:
        file = load(wanted.path, wanted.file_name)
    except OSError as error:
        raise UserError(f"Không đọc được tệp {wanted.path}: {unreadable(error)}") from error
    book = _book(file, wanted, campaign, limits)
    if not isinstance(book, Book):
        return FileRead(file.file_name, file.sha256, file.size, Verdict.over(tuple(book)))
    kind = campaign.roster[wanted.reporter].kind if wanted.reporter else None
    seen = recognised(transcribed(book), campaign, kind)
    if not wanted.reporter and not seen.tables and not seen.header:
        unknown = finding(campaign, "FORM_NOT_RECOGNISED", Place(), name=file.file_name)
        return FileRead(file.file_name, file.sha256, file.size, Verdict.over((unknown,)))
    submission, found = _understood(book, file, _settled(wanted, seen, campaign), campaign)
    return FileRead(
        file.file_name,
        file.sha256,
        file.size,
        _verdict(submission, found, campaign, ledger),
        submission.reporter,
        submission.week,
        submission.form,
        tuple(every_cell(seen, campaign)),
    )


def _book(file: Unkept, wanted: Wanted, campaign: Campaign, limits: ReadLimits) -> Book | Sequence[Finding]:
    """The same doors in the same order as a file of the inbox passes."""
    if file.sha256 in marked([file], campaign.spellings.secret, limits):
        return [quarantine("FILE_SECRET", name="", why="")]
    if too_large := too_large_to_open(file.size, file.file_name):
        return [too_large]
    examined = examine(file.data or b"", file.file_name)
    if examined.format is None:
        return examined.findings
    to_read = FileToRead(file.sha256, wanted.path, file.file_name, examined.format)
    read = read_batch([to_read], limits)[file.sha256]
    return read if isinstance(read, Book) else [read]


def _settled(wanted: Wanted, seen: Recognised, campaign: Campaign) -> Wanted:
    """Whose and which week: as the caller says, else as the file does, else the week that is due."""
    said = {line.field.id: line.cell for line in reversed(seen.header)}
    named = campaign.roster.named(said["agency"].text) if "agency" in said else None
    reporter = wanted.reporter or (named.id if named else "")
    if not reporter:
        known = ", ".join(one.id for one in campaign.roster.reporters[:20])
        raise UserError(f"Tệp không cho biết là của đơn vị nào; hãy thêm --reporter ({known}).")
    day = read_period(said["period"]).value if "period" in said else None
    week = wanted.week or (WeekName.containing(day) if day else _due(campaign.calendar, wanted.now))
    return replace(wanted, reporter=reporter, week=week)


def _due(calendar: Calendar, now: datetime) -> WeekName:
    open_weeks = (week for week in calendar.weeks() if calendar.close(week) >= now)
    return next(open_weeks, calendar.last_week)


def _understood(
    book: Book, file: Unkept, of: Wanted, campaign: Campaign
) -> tuple[Submission, tuple[Finding, ...]]:
    assert of.week is not None
    return understand(
        book,
        campaign=campaign,
        reporter=of.reporter,
        week=of.week,
        sha256=file.sha256,
        file_name=file.file_name,
        received_at=campaign.calendar.close(
            of.week
        ),  # decides nothing here: lateness is the ledger's business
    )


def _verdict(
    submission: Submission, found: tuple[Finding, ...], campaign: Campaign, ledger: Workplace | None
) -> Verdict:
    if ledger is None:
        return judge(submission, found, campaign)
    earlier = in_force_before_of(ledger, submission.week, [submission])
    before = earlier.get(submission.reporter, NOTHING_EARLIER)
    return judge(submission, (*found, *nil_findings(ledger, submission)), campaign, before)
