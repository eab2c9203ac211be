"""One file read as the weekly run would read it, and nothing stored: for the operator to whom a commune's officer
speaks. Knows no Prefect; works without a ledger, but then knows nothing of earlier weeks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from domain.calendar import Calendar
from domain.campaign import Campaign
from domain.errors import UserError
from domain.findings import Finding, Place
from domain.reading.cell import Cell
from domain.reading.period import read_period
from domain.rules.registry import judge
from domain.submissions import NOTHING_EARLIER, Submission, Verdict
from domain.telling import finding
from domain.weeks import WeekName
from tasks.intake.cell_by_cell import CellRead, every_cell
from tasks.intake.doors import unkept_through
from tasks.intake.grid import Book
from tasks.intake.inbox import unreadable
from tasks.intake.preflight import too_large_to_open
from tasks.intake.recognise import Recognised, old_texts, recognised, understand
from tasks.intake.refusals import unless_we_fail
from tasks.intake.transcribed import transcribed
from tasks.intake.unkept import Unkept, load
from tasks.intake.workbook import ReadLimits
from tasks.judging import as_released, nil_findings
from tasks.last_week import in_force_before_of
from tasks.recorded import known
from tasks.store.settlements import Settlement
from tasks.store.tables import Decision
from tasks.workplace import Workplace


@dataclass(frozen=True)
class Wanted:
    """The file, and what is known of it beside what it says. `reporter` "": the file must say. `week` None: the file
    says, or it is of the week that is due at `now`. `release`: somebody answered for whose and which week it is.
    `too_large`: nothing else was kept of it."""

    path: Path
    file_name: str
    now: datetime
    reporter: str = ""
    week: WeekName | None = None
    release: Settlement | None = None
    too_large: Unkept | None = None


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
    found = known(work, number)
    file, decided = found.stored.arrival, found.decision
    if file.is_secret:
        raise UserError(f"Tệp số {number} có ghi độ mật: hệ thống không lưu nội dung nên không đọc được.")
    is_released = decided is not None and decided.settlement.decision is Decision.RELEASED
    is_kept = too_large_to_open(file.size, file.file_name) is None
    return Wanted(
        work.archive.path(file.sha256),
        file.file_name,
        work.now(),
        file.reporter,
        file.week,
        release=decided.settlement if decided and is_released else None,
        too_large=None if is_kept else Unkept(file.file_name, file.sha256, file.size, None),
    )


def read_file(
    wanted: Wanted, campaign: Campaign, limits: ReadLimits, ledger: Workplace | None = None
) -> FileRead:
    """The file as it would be judged now. Raises UserError where it can't be loaded or nobody knows whose it is."""
    file = wanted.too_large or _loaded(wanted)
    (book,) = unkept_through([(file, wanted.path)], campaign.spellings.secret, limits)
    if not isinstance(book, Book):
        return _unopened(file, *book)
    read = unless_we_fail(lambda: _read(book, file, wanted, campaign, ledger), file.file_name)
    return _unopened(file, read) if isinstance(read, Finding) else read


def _loaded(wanted: Wanted) -> Unkept:
    try:
        return load(wanted.path, wanted.file_name)
    except OSError as error:
        raise UserError(f"Không đọc được tệp {wanted.path}: {unreadable(error)}") from error


def _unopened(file: Unkept, *found: Finding) -> FileRead:
    return FileRead(file.file_name, file.sha256, file.size, Verdict.over(found))


def _read(book: Book, file: Unkept, wanted: Wanted, campaign: Campaign, ledger: Workplace | None) -> FileRead:
    plain = transcribed(book)
    kind = campaign.roster[wanted.reporter].kind if wanted.reporter else None
    seen = recognised(plain, campaign, kind)
    if not wanted.reporter and not seen.tables and not seen.header:
        unknown = finding(campaign, "FORM_NOT_RECOGNISED", Place(), name=file.file_name)
        return _unopened(file, *(tuple(old_texts(seen, campaign)) or (unknown,)))
    reporter, week = _settled(wanted, seen, campaign)
    if kind is not campaign.roster[reporter].kind:  # now that we know it, it may settle which form it is
        seen = recognised(plain, campaign, campaign.roster[reporter].kind)
    submission, found = understand(
        seen,
        campaign=campaign,
        reporter=reporter,
        week=week,
        sha256=file.sha256,
        file_name=file.file_name,
        received_at=campaign.calendar.close(week),  # decides nothing here: lateness is the ledger's business
    )
    if wanted.release:
        found = as_released(campaign, wanted.release, found)
    verdict = _verdict(submission, found, campaign, ledger)
    cells = tuple(every_cell(seen, campaign.in_week(week), week))
    return FileRead(file.file_name, file.sha256, file.size, verdict, reporter, week, submission.form, cells)


def _settled(wanted: Wanted, seen: Recognised, campaign: Campaign) -> tuple[str, WeekName]:
    """Whose and which week: as the caller says, else as the file does, else the week that is due. A week in which
    nothing is owed is no folder's: a file that states one differs from the week that is due."""
    said = {line.field.id: line.cell for line in reversed(seen.header)}
    week = _week(wanted, said, campaign)
    named = campaign.in_week(week).roster.named(said["agency"].text) if "agency" in said else None
    reporter = wanted.reporter or (named.id if named else "")
    if not reporter:
        raise UserError(_nobody(said["agency"].seen if "agency" in said else "", campaign.in_week(week)))
    return reporter, week


def _nobody(seen: str, campaign: Campaign) -> str:
    """`seen`: the unit that the file names, which nobody of the roster is called."""
    units = (f"{one.name} ({one.id})" for one in campaign.roster.reporters[:20])
    named = (
        f"ghi đơn vị báo cáo là “{seen}”, chưa có trong danh sách" if seen else "không ghi tên đơn vị báo cáo"
    )
    return f"Tệp {named}; hãy thêm --reporter với mã của đơn vị: {', '.join(units)}."


def _week(wanted: Wanted, said: Mapping[str, Cell], campaign: Campaign) -> WeekName:
    day = read_period(said["period"]).value if "period" in said else None
    stated = WeekName.containing(day) if day else None
    if wanted.week or stated is None or campaign.calendar.why_no_report(stated):
        return wanted.week or _due(campaign.calendar, wanted.now)
    return stated


def _due(calendar: Calendar, now: datetime) -> WeekName:
    open_weeks = (week for week in calendar.weeks() if calendar.close(week) >= now)
    return next(open_weeks, calendar.last_week)


def _verdict(
    submission: Submission, found: tuple[Finding, ...], campaign: Campaign, ledger: Workplace | None
) -> Verdict:
    if ledger is None:
        return judge(submission, found, campaign)
    earlier = in_force_before_of(ledger, submission.week, [submission])
    before = earlier.get(submission.reporter, NOTHING_EARLIER)
    return judge(submission, (*found, *nil_findings(ledger, submission)), campaign, before)
