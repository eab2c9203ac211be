"""A person answers for a quarantined file: whose report it is, and of which week. Knows no Prefect.

Its folder's, as it lies; or another unit's or week's: then the same bytes become a submission of that one, and the file
stays on record as settled. Nothing else is overridden. docs/decisions/0016, 0022.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from domain.errors import UserError
from domain.findings import Finding, Place, Severity
from domain.reporters import Reporter
from domain.submissions import SubmissionState
from domain.telling import finding
from domain.weeks import WeekName
from tasks.judging import can_be_released, judgements
from tasks.receiving import require_reporter, why_not
from tasks.recorded import Known, known
from tasks.settling import (
    Answer,
    Settled,
    Way,
    Written,
    decide,
    decided_before,
    record,
    require_waiting,
    ruled,
    superseded,
    ways_out,
)
from tasks.store import verdicts
from tasks.store.engine import Connection, reading
from tasks.store.settlements import Settlement
from tasks.store.submissions import Arrival, Stored, register
from tasks.store.tables import Decision
from tasks.store.verdicts import Judged, VerdictInForce
from tasks.workplace import Workplace


@dataclass(frozen=True)
class Target:
    """Whose report the file is, and of which week; None: as its folder says."""

    reporter: str | None = None
    week: WeekName | None = None


AS_IT_LIES = Target()


def release(work: Workplace, given: Answer, to: Target = AS_IT_LIES) -> Settled:
    """Judge the same bytes again, told whose they are. Lateness stays that of the receipt; nothing is published.

    Raises UserError, with nothing recorded, for a file that doesn't wait, that a release would not bring out, or that
    `to` can't take.
    """
    file = known(work, given.number)
    target = _target(work, file.stored, to)
    is_own = _place(target) == _place(file.stored.arrival)
    before = decided_before(work, file, Decision.RELEASED if is_own else Decision.MOVED)
    done = before or _released(work, given, file, target)
    if (done.file.reporter, done.file.week) != _place(target):
        raise UserError(
            f"Tệp số {given.number} đã được quyết định là báo cáo của "
            f"{work.campaign.roster[done.file.reporter].name}, tuần {done.file.week.vi}; quyết định đầu tiên được giữ."
        )
    return done


def units_named(work: Workplace, week: WeekName, findings: Iterable[Finding]) -> tuple[Reporter, ...]:
    """The other units that a file of this week names. Of two that share a name it is the one of the week."""
    roster = work.campaign.in_week(week).roster
    named = (roster.ever_named(f.facts["other"]) for f in findings if "other" in f.facts)
    return tuple(dict.fromkeys(unit for unit in named if unit))


def _released(work: Workplace, given: Answer, file: Known, target: Arrival) -> Settled:
    is_own = _place(target) == _place(file.stored.arrival)
    in_force = require_waiting(file)
    if (Way.RELEASE if is_own else Way.MOVE) not in ways_out(in_force):
        raise UserError(_refusal(work, file.stored, in_force.verdict.findings))
    _require_nowhere_else(work, in_force, target)
    judged = _told_whose(work, given, replace(file.stored, arrival=target))
    return _as_it_lies(work, given, judged) if is_own else _moved(work, given, file, judged)


def _target(work: Workplace, stored: Stored, to: Target) -> Arrival:
    """The same receipt, of whom and for when it is said to be. Raises UserError where they take none."""
    own = stored.arrival
    reporter, week = to.reporter or own.reporter, to.week or own.week
    if (reporter, week) == _place(own):
        return own
    require_reporter(work.campaign, reporter)
    if why := why_not(work, reporter, week, own.received_at):
        raise UserError(why)
    return replace(own, reporter=reporter, week=week)


def _place(arrival: Arrival) -> tuple[str, WeekName]:
    return arrival.reporter, arrival.week


def _require_nowhere_else(work: Workplace, file: VerdictInForce, target: Arrival) -> None:
    """The same bytes count once: for a third unit or week they were accepted as that one's."""
    with reading(work.engine) as connection:
        accepted = verdicts.accepted_as(connection, work.campaign.id, file.sha256)
    elsewhere = [place for place in accepted if place != _place(target)]
    if elsewhere:
        reporter, week = elsewhere[0]
        raise UserError(
            f"Tệp này đã được tiếp nhận là báo cáo của {work.campaign.roster[reporter].name}, tuần {week.vi}; "
            f"không tính thêm lần nữa. Để kết thúc: --reporter {reporter} --week {week}."
        )


def _told_whose(work: Workplace, given: Answer, stored: Stored) -> Judged:
    said = Settlement(stored.id, Decision.RELEASED, given.by, given.reason)
    ((judged,),) = judgements(work, [stored], {stored.id: said})
    if judged.verdict.state is SubmissionState.QUARANTINED:  # it names somebody else, or is no longer opened
        raise UserError(_refusal(work, stored, judged.verdict.findings))
    return judged


def _refusal(work: Workplace, stored: Stored, findings: tuple[Finding, ...]) -> str:
    number, week = stored.id, stored.arrival.week
    kept_by = [f for f in findings if f.severity is Severity.QUARANTINE and not can_be_released(f)]
    said = " ".join(dict.fromkeys(work.messages[f.code].sentence(f) for f in kept_by))
    ids = " hoặc ".join(_option(unit, week) for unit in units_named(work, week, kept_by))
    next_step = (
        f"Nếu là báo cáo của đơn vị ghi trong tệp: ntm quarantine release {number} {ids}."
        if ids
        else f"Tệp bị chặn không mở được bằng quyết định; để trả lại đơn vị: ntm quarantine refuse {number}."
    )
    return f"Không thể đưa tệp số {number} ra khỏi diện chờ xác minh: {said} {next_step}"


def _option(unit: Reporter, week: WeekName) -> str:
    """Who doesn't report in this week takes the file for another one."""
    return f"--reporter {unit.id}{'' if unit.is_valid_on(week.wednesday) else ' --week TUẦN'}"


def _as_it_lies(work: Workplace, given: Answer, judged: Judged) -> Settled:
    def write(connection: Connection) -> Written:
        return Written(ruled(work, connection, judged))

    return record(work, given, Decision.RELEASED, write)


def _moved(work: Workplace, given: Answer, file: Known, judged: Judged) -> Settled:
    reporter, week = judged.submission.reporter, judged.submission.week
    moved = replace(file.stored.arrival, reporter=reporter, week=week)
    own_week = file.stored.arrival.week.vi
    facts = {"expected": work.campaign.roster[reporter].name, "week": week.vi, "own_week": own_week}
    told = finding(work.campaign, "SETTLED_AS_OTHER", Place(), name=given.by, why=given.reason, **facts)
    left = superseded(work, file.stored, require_waiting(file), told)

    def write(connection: Connection) -> Written:
        number = register(connection, [moved], work.now())[0].id
        once = _judged_once(work, connection, given, replace(judged, submission_id=number))
        return Written((*once, *ruled(work, connection, left)), number)

    return record(work, given, Decision.MOVED, write)


def _judged_once(
    work: Workplace, connection: Connection, given: Answer, judged: Judged
) -> tuple[Judged, ...]:
    """Where the target sent the same bytes itself, its verdict stays, unless they wait for the same answer. Raises
    Overtaken where somebody decides over those at the same time."""
    number = judged.submission_id
    there = verdicts.in_force(connection, [number]).get(number)
    if there is not None and there.verdict.state is not SubmissionState.QUARANTINED:
        return ()
    decide(work, connection, Settlement(number, Decision.RELEASED, given.by, given.reason))
    return ruled(work, connection, judged)
