"""A scan that an officer typed into the form: the typed file is taken in as its sender's, and came when the scan came.
Knows no Prefect. docs/decisions/0020.
"""

from pathlib import Path

from sqlalchemy import Connection

from domain.errors import UserError
from domain.findings import Place
from domain.submissions import SubmissionState
from domain.telling import finding
from tasks.answering import answer_all
from tasks.judging import judge_waiting
from tasks.receiving import take_typed
from tasks.settling import (
    Answer,
    Known,
    Settled,
    Way,
    decided_before,
    known,
    record,
    require_waiting,
    superseded,
    ways_out,
)
from tasks.store import verdicts
from tasks.store.engine import reading
from tasks.store.settlements import Settlement
from tasks.store.tables import Decision
from tasks.workplace import Workplace


def type_in(work: Workplace, given: Answer, file: Path) -> Settled:
    """Take in, judge as any other file, and, if it is accepted, let the scan leave the queue.

    Killed in between, the typed file is a file that waits, and the next call goes on. Raises UserError for a scan that
    waits for no typing, or no file.
    """
    scan = known(work, given.number)
    if before := decided_before(work, scan, Decision.TYPED):
        return before
    in_force = require_waiting(scan)
    if Way.TYPED not in ways_out(in_force):
        raise UserError(
            f"Tệp số {given.number} không phải bản quét chờ nhập. Hãy xem: ntm quarantine show {given.number}"
        )
    number = take_typed(work, scan.stored.arrival, file, given.by).id
    if number == given.number:
        raise UserError("Đây chính là bản quét; hãy chọn tệp đã nhập vào mẫu biểu.")
    judge_waiting(work, [number])
    with reading(work.engine) as connection:
        typed = verdicts.in_force(connection, [number])[number]
    if typed.verdict.state is not SubmissionState.ACCEPTED:
        answer_all(work)
        return Settled(typed, None, is_new=True)
    return _settled(work, given, scan, number)


def _settled(work: Workplace, given: Answer, scan: Known, number: int) -> Settled:
    told = finding(work.campaign, "SETTLED_BY_TYPING", Place(), name=given.by)
    left = superseded(work, scan.stored, require_waiting(scan), told)

    def write(connection: Connection) -> Settlement:
        verdicts.record(connection, left, work.now())
        return Settlement(given.number, Decision.TYPED, given.by, given.reason, number)

    return record(work, given, write, [left])
