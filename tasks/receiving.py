"""How a file comes in: archived by its hash and registered in the ledger. Knows no Prefect, so every door can use it.

The inbox itself is never moved or written; the ledger settles what was taken.
"""

import logging
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from config.settings import InboxKind
from domain.errors import UserError
from domain.lateness import is_locked
from domain.vietnamese import vi_date
from domain.weeks import WeekName
from tasks.intake.inbox import Arrival, BackfillInbox, FolderInbox, Inbox
from tasks.store import submissions as ledger
from tasks.store.archive import sha256_of
from tasks.store.engine import reading, writing
from tasks.workplace import Workplace

_log = logging.getLogger("ntm.collect")

Registered = ledger.Registered


def take_waiting(work: Workplace) -> tuple[Registered, ...]:
    """Everything that waits in the inbox and had come by now. Raises IntakeError without an inbox."""
    waiting = (arrival for arrival in inbox(work).waiting() if arrival.received_at <= work.now())
    open_ones = [arrival for arrival in waiting if _is_known(work, arrival) and not _is_locked(work, arrival)]
    return _register(work, [_archived(work, arrival, work.settings.inbox_kind) for arrival in open_ones])


def take_named(
    work: Workplace, week: str, reporter: str, file: Path, received_at: datetime | None = None
) -> Registered:
    """One file that is handed to us by name. `received_at`: stated by a person in a back-fill; None = now.

    Raises UserError for an unknown reporter, no file, or a locked week.
    """
    if not work.campaign.roster.has(reporter):
        known = ", ".join(r.id for r in work.campaign.roster.reporters)
        raise UserError(f"Không có đơn vị {reporter!r}. Mã đơn vị: {known}.")
    if not file.is_file():
        raise UserError(f"Không có tệp {file}. Hãy kiểm tra đường dẫn.")
    stated_by = "" if received_at is None else "người chạy lệnh"
    arrival = Arrival(reporter, week, file.name, file, _aware(work, received_at), stated_by)
    if _is_locked(work, arrival):
        raise UserError(
            f"Tuần {week} đã khóa từ {vi_date(work.campaign.calendar.locked_from().date())}. "
            f"Muốn nhận, hãy ghi một gia hạn (extensions trong calendar.yaml) cho {reporter}, tuần {week}."
        )
    return _register(work, [_archived(work, arrival, "by hand")])[0]


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
    return FolderInbox(
        settings.inbox, work.campaign.calendar.zone, lambda path: _first_seen(work, path), work.now()
    )


def _first_seen(work: Workplace, path: Path) -> datetime | None:
    """When this path's bytes were first registered; a copy of a neighbour's file counts too, it is flagged later."""
    with reading(work.engine) as connection:
        stored = ledger.first_seen(connection, work.campaign.id, sha256_of(path.read_bytes()))
    return stored.recorded_at if stored else None


def _is_known(work: Workplace, arrival: Arrival) -> bool:
    """A folder that names nobody of the roster is left where it is; the log says so."""
    if work.campaign.roster.has(arrival.reporter):
        return True
    _log.warning("unknown_folder %(folder)s", {"folder": arrival.path.parent.name})
    return False


def _is_locked(work: Workplace, arrival: Arrival) -> bool:
    return is_locked(work.campaign, arrival.reporter, WeekName.parse(arrival.week), arrival.received_at)


def _archived(work: Workplace, arrival: Arrival, channel: str) -> ledger.Arrival:
    data = arrival.path.read_bytes()
    return ledger.Arrival(
        campaign=work.campaign.id,
        reporter=arrival.reporter,
        week=WeekName.parse(arrival.week),
        sha256=work.archive.put(data),
        file_name=arrival.file_name,
        size=len(data),
        received_at=arrival.received_at,
        channel=channel,
        stated_by=arrival.stated_by,
    )


def _register(work: Workplace, arrivals: Iterable[ledger.Arrival]) -> tuple[ledger.Registered, ...]:
    with writing(work.engine) as connection:
        registered = ledger.register(connection, list(arrivals), work.now())
    new = sum(one.is_new for one in registered)
    _log.info("collected %(new)s new, %(known)s known", {"new": new, "known": len(registered) - new})
    return registered
