"""How a file comes in: looked through, archived by its hash and registered in the ledger. Knows no Prefect, so every
door can use it.

The inbox itself is never moved or written; the ledger settles what was taken. A file that carries a secrecy mark is
registered without its name and without its bytes.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath

from config.settings import InboxKind
from domain.campaign import Campaign
from domain.errors import UserError
from domain.lateness import is_locked
from domain.reporters import Reporter
from domain.vietnamese import vi_date
from domain.weeks import WeekName
from tasks.intake.inbox import Arrival, BackfillInbox, FolderInbox, Inbox, LeftOut, unreadable
from tasks.intake.marks import name_is_marked
from tasks.intake.unkept import Unkept, load, marked
from tasks.store import submissions as ledger
from tasks.store.engine import reading, writing
from tasks.workplace import Workplace

_log = logging.getLogger("ntm.collect")

Registered = ledger.Registered
_Taken = Mapping[tuple[str, WeekName, str], int]

# Of new files so many are held in memory and open at once.
MOST_HELD_FILES = 100
MOST_HELD_BYTES = 50_000_000


@dataclass(frozen=True)
class _New:
    """A file that may come in and was not taken yet."""

    arrival: Arrival
    file: Unkept


_Seen = LeftOut | Registered | _New


def take_waiting(work: Workplace) -> tuple[Registered, ...]:
    """Everything that waits in the inbox and had come by now; what is left out is told to the operator.

    Raises IntakeError without an inbox.
    """
    return _taken_in(work, _waiting(work), work.settings.inbox_kind)


def left_out(work: Workplace) -> tuple[LeftOut, ...]:
    """What lies in the inbox and would not be taken in, with the reason. Raises IntakeError without an inbox."""
    return tuple(seen for seen in _waiting(work) if isinstance(seen, LeftOut))


def take_named(
    work: Workplace, week: str, reporter: str, file: Path, received_at: datetime | None = None
) -> Registered:
    """One file that is handed to us by name. `received_at`: stated by a person in a back-fill; None = now.

    Raises UserError for an unknown reporter, no file, or a week that takes none of this reporter.
    """
    require_reporter(work.campaign, reporter)
    require_file(file)
    stated_by = "" if received_at is None else "người chạy lệnh"
    arrival = Arrival(reporter, week, file.name, file, _aware(work, received_at), stated_by)
    seen = _seen(work, arrival, _known(work))
    if isinstance(seen, LeftOut):
        raise UserError(seen.why)
    return _taken_in(work, [seen], "by hand")[0]


def keep_typed(work: Workplace, scan: ledger.Arrival, file: Path) -> ledger.Arrival:
    """A file into which an officer typed `scan`, looked through and archived, not yet registered: of its reporter and
    week, and it came when the scan came, on the same witness.

    Raises UserError where there is no such file, or it is the scan itself.
    """
    require_file(file)
    try:
        typed = load(file, file.name)
    except OSError as error:
        raise UserError(unreadable(error)) from error
    if typed.sha256 == scan.sha256:
        raise UserError("Đây chính là bản quét; hãy chọn tệp đã nhập vào mẫu biểu.")
    arrival = Arrival(scan.reporter, str(scan.week), file.name, file, scan.received_at, scan.stated_by)
    return _kept(work, [_New(arrival, typed)], ledger.TYPED)[0]


def require_reporter(campaign: Campaign, reporter: str) -> None:
    """Raises UserError for a reporter that the campaign doesn't know."""
    if not campaign.roster.has(reporter):
        known = ", ".join(one.id for one in campaign.roster.reporters)
        raise UserError(f"Không có đơn vị {reporter!r}. Mã đơn vị: {known}.")


def require_owed(campaign: Campaign, week: WeekName) -> None:
    """Raises UserError for a week in which the campaign owes no report."""
    if why := campaign.calendar.why_no_report(week):
        raise UserError(f"{why} Hãy kiểm tra lại tuần của tệp.")


def require_file(file: Path) -> None:
    """Raises UserError where there is no such file."""
    if not file.is_file():
        raise UserError(f"Không có tệp {file}. Hãy kiểm tra đường dẫn.")


def _aware(work: Workplace, received_at: datetime | None) -> datetime:
    """A time without a zone is what people read from the wall: the campaign's local time."""
    if received_at is None:
        return work.now()
    return received_at if received_at.tzinfo else received_at.replace(tzinfo=work.campaign.calendar.zone)


def inbox(work: Workplace) -> Inbox:
    """The door that the settings name."""
    settings = work.settings
    if settings.inbox_kind is InboxKind.BACKFILL:
        return BackfillInbox(settings.inbox)
    return FolderInbox(settings.inbox, work.campaign.calendar.zone, work.now())


def _waiting(work: Workplace) -> Iterator[_Seen]:
    taken = _known(work)
    seen_before = {(reporter, sha256) for reporter, _, sha256 in taken}
    for one in inbox(work).waiting():
        if isinstance(one, LeftOut):
            yield _discreet(work, one)
        elif one.received_at <= work.now():
            seen = _seen(work, one, taken)
            if isinstance(seen, _New) and (one.reporter, seen.file.sha256) in seen_before:
                seen = _first_seen(work, seen)
            yield seen


def _known(work: Workplace) -> _Taken:
    with reading(work.engine) as connection:
        return ledger.already_taken(connection, work.campaign.id)


def _seen(work: Workplace, arrival: Arrival, taken: _Taken) -> _Seen:
    """What was taken before stays taken, whatever its week refuses by now."""
    try:
        file = load(arrival.path, arrival.file_name)
    except OSError as error:
        return _left_out(work, arrival, unreadable(error))
    known = taken.get((arrival.reporter, WeekName.parse(arrival.week), file.sha256))
    if known is not None:
        return Registered(known, file.sha256, is_new=False)
    why = why_not(work, arrival.reporter, WeekName.parse(arrival.week), arrival.received_at)
    return _left_out(work, arrival, why) if why else _New(arrival, file)


def _first_seen(work: Workplace, new: _New) -> _New:
    """A file that a person moved out of the wrong folder came when it was first seen there: the move changed its
    time on the disk. Not an old report that counted, or was seen before the week began. docs/decisions/0014."""
    if work.settings.inbox_kind is not InboxKind.FOLDER:
        return new
    arrival = new.arrival
    with reading(work.engine) as connection:
        sight = ledger.first_sight(connection, work.campaign.id, arrival.reporter, new.file.sha256)
    began = work.campaign.calendar.close(WeekName.parse(arrival.week).shifted(-1))
    if sight is None or not began <= sight < arrival.received_at:
        return new
    return replace(new, arrival=replace(arrival, received_at=sight))


def why_not(work: Workplace, reporter_id: str, week: WeekName, received_at: datetime) -> str:
    """Why this reporter's file for this week is not taken in, and what to do; "" where it is."""
    campaign = work.campaign
    if not campaign.roster.has(reporter_id):
        return f"Không có đơn vị {reporter_id!r}; hãy đổi tên thư mục theo mã đơn vị trong roster.yaml."
    if why := campaign.calendar.why_no_report(week):
        return f"{why} Hãy kiểm tra lại tuần của tệp."
    reporter = campaign.roster[reporter_id]
    if not reporter.is_valid_on(week.wednesday):
        return (
            f"{reporter.name} không thuộc danh sách báo cáo tuần {week.vi}{_who_does(campaign, reporter, week)}. "
            "Hãy kiểm tra lại tuần, hoặc valid_from và valid_to trong roster.yaml."
        )
    if is_locked(campaign, reporter_id, week, received_at, work.now()):
        return (
            f"Tuần {week} đã khóa từ {vi_date(campaign.calendar.locked_from().date())}. "
            f"Muốn nhận, hãy ghi một gia hạn (extensions trong calendar.yaml) cho {reporter.id}, tuần {week}."
        )
    return ""


def _who_does(campaign: Campaign, reporter: Reporter, week: WeekName) -> str:
    heir = campaign.roster.successor_on(reporter, week.wednesday)
    return f"; đơn vị báo cáo thay là {heir.name} ({heir.id})" if heir else ""


def _left_out(work: Workplace, arrival: Arrival, why: str) -> LeftOut:
    path = f"{arrival.week}/{arrival.reporter}/{arrival.file_name}"
    return _discreet(work, LeftOut(path, why))


def _discreet(work: Workplace, one: LeftOut) -> LeftOut:
    """A name that carries a secrecy mark may itself be the secret: no log repeats it."""
    path = PurePosixPath(one.path)
    if not name_is_marked(path.name, work.campaign.spellings.secret):
        return one
    return replace(one, path=str(path.with_name("(tệp có ghi độ mật)")))


def _taken_in(work: Workplace, seen: Iterable[_Seen], channel: str) -> tuple[Registered, ...]:
    known: list[Registered] = []
    arrivals: list[ledger.Arrival] = []
    held: list[_New] = []
    for one in seen:
        if isinstance(one, LeftOut):
            _log.warning("left_out %(path)s: %(why)s", vars(one))
        elif isinstance(one, Registered):
            known.append(one)
        else:
            held.append(one)
        if _is_enough(held):
            arrivals += _kept(work, held, channel)
            held = []
    arrivals += _kept(work, held, channel)
    return _register(work, arrivals, known)


def _is_enough(held: Sequence[_New]) -> bool:
    held_bytes = sum(len(new.file.data or b"") for new in held)
    return len(held) >= MOST_HELD_FILES or held_bytes >= MOST_HELD_BYTES


def _kept(work: Workplace, held: Sequence[_New], channel: str) -> list[ledger.Arrival]:
    """Archive what may be kept. Nothing is archived before all of them were looked through for a secrecy mark.

    A file that can't be opened can't be looked through: it is archived, for the check to refuse.
    """
    secret = marked([new.file for new in held], work.campaign.spellings.secret, work.read_limits)
    arrivals = []
    for new in held:
        arrival = _arrival(work, new, channel)
        if new.file.sha256 in secret:
            arrival = replace(arrival, file_name="")
            unit = work.campaign.roster[arrival.reporter].name
            _log.warning("secret file of %(unit)s for %(week)s", {"unit": unit, "week": str(arrival.week)})
        elif new.file.data is not None:
            work.archive.put(new.file.data)
        arrivals.append(arrival)
    return arrivals


def _arrival(work: Workplace, new: _New, channel: str) -> ledger.Arrival:
    return ledger.Arrival(
        campaign=work.campaign.id,
        reporter=new.arrival.reporter,
        week=WeekName.parse(new.arrival.week),
        sha256=new.file.sha256,
        file_name=new.arrival.file_name,
        size=new.file.size,
        received_at=new.arrival.received_at,
        channel=channel,
        stated_by=new.arrival.stated_by,
    )


def _register(
    work: Workplace, arrivals: Sequence[ledger.Arrival], known: Sequence[Registered]
) -> tuple[Registered, ...]:
    with writing(work.engine) as connection:
        registered = (*known, *ledger.register(connection, arrivals, work.now()))
    new = sum(one.is_new for one in registered)
    _log.info("collected %(new)s new, %(known)s known", {"new": new, "known": len(registered) - new})
    return registered
