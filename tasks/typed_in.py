"""A scan that an officer typed into the form: the typed file is taken in as its sender's, and came when the scan came.
Knows no Prefect. docs/decisions/0022.
"""

from dataclasses import replace
from pathlib import Path

from domain.errors import UserError
from domain.findings import Place
from domain.submissions import SubmissionState
from domain.telling import finding
from tasks.answering import answer_all
from tasks.judging import judgements, tell
from tasks.receiving import keep_typed
from tasks.recorded import Known, known
from tasks.settling import (
    Answer,
    Settled,
    Way,
    Written,
    decided_before,
    record,
    require_waiting,
    ruled,
    superseded,
    ways_out,
)
from tasks.store import verdicts
from tasks.store.engine import Connection, reading, writing
from tasks.store.submissions import Arrival, already_taken, register
from tasks.store.tables import Decision
from tasks.store.verdicts import Judged, VerdictInForce
from tasks.workplace import Workplace


def type_in(work: Workplace, given: Answer, file: Path) -> Settled:
    """Take in, judge as any other file, and, if it is accepted, let the scan leave the queue: at once, or nothing.

    One that is not accepted is on record and answered, and the scan waits on. Raises UserError for a scan that waits
    for no typing, or no file.
    """
    scan = known(work, given.number)
    if before := decided_before(work, scan, Decision.TYPED):
        return before
    if Way.TYPED not in ways_out(require_waiting(scan)):
        raise UserError(
            f"Tệp số {given.number} không phải bản quét chờ nhập. Hãy xem: ntm quarantine show {given.number}"
        )
    typed = keep_typed(work, scan.stored.arrival, file)
    ((judged,),) = judgements(work, [replace(scan.stored, arrival=typed)], {})
    there = _judged_before(work, typed)
    state = there.verdict.state if there else judged.verdict.state
    if state is SubmissionState.ACCEPTED:
        return _settled(work, given, scan, typed, judged)
    return _not_accepted(work, typed, judged)


def _judged_before(work: Workplace, typed: Arrival) -> VerdictInForce | None:
    """The same bytes handed in before: their verdict stands."""
    with reading(work.engine) as connection:
        number = already_taken(connection, typed.campaign).get((typed.reporter, typed.week, typed.sha256), 0)
        return verdicts.in_force(connection, [number]).get(number)


def _settled(work: Workplace, given: Answer, scan: Known, typed: Arrival, judged: Judged) -> Settled:
    told = finding(work.campaign, "SETTLED_BY_TYPING", Place(), name=given.by)
    left = superseded(work, scan.stored, require_waiting(scan), told)

    def write(connection: Connection) -> Written:
        number, taken = _taken_in(work, connection, typed, judged)
        return Written((*taken, *ruled(work, connection, left)), number)

    return record(work, given, Decision.TYPED, write)


def _not_accepted(work: Workplace, typed: Arrival, judged: Judged) -> Settled:
    with writing(work.engine) as connection:
        number, taken = _taken_in(work, connection, typed, judged)
    for one in taken:
        tell(work, one)
    answer_all(work)
    with reading(work.engine) as connection:
        return Settled(verdicts.in_force(connection, [number])[number], None, is_new=True)


def _taken_in(
    work: Workplace, connection: Connection, typed: Arrival, judged: Judged
) -> tuple[int, tuple[Judged, ...]]:
    """Its number, and the verdict if one was recorded: that of the same bytes handed in before stands."""
    number = register(connection, [typed], work.now())[0].id
    if number in verdicts.in_force(connection, [number]):
        return number, ()
    return number, ruled(work, connection, replace(judged, submission_id=number))
