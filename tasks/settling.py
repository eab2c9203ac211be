"""A person decides over a quarantined file: what waits, what can be done with it, and that it is refused. Knows no
Prefect; whose and which week it is: releasing.py; scans: typed_in.py.

A decision and the verdicts that it leads to are recorded in one transaction, or none is; the first decision over a
file stands. docs/decisions/0022.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from domain.errors import UserError
from domain.findings import Finding, Place, Severity
from domain.submissions import SubmissionState, Verdict
from domain.telling import finding
from domain.vietnamese import vi_moment
from tasks.answering import answer_all
from tasks.intake.preflight import examine, too_large_to_open
from tasks.judging import WHOSE_AND_WHEN, can_be_released, tell, unread
from tasks.recorded import Known, known
from tasks.store import settlements, verdicts
from tasks.store.engine import Connection, reading, writing
from tasks.store.settlements import Recorded, Settlement
from tasks.store.submissions import Arrival, Stored
from tasks.store.tables import Decision
from tasks.store.verdicts import Judged, VerdictInForce
from tasks.workplace import Workplace

TO_BE_TYPED = "FILE_TO_BE_TYPED"

_DONE = {
    Decision.RELEASED: "xác nhận là báo cáo của đơn vị và tuần ấy",
    Decision.MOVED: "xác định là báo cáo khác, nay là tệp số {settled_as}",
    Decision.TYPED: "nhập vào mẫu biểu, nay là tệp số {settled_as}",
    Decision.REFUSED: "không chấp nhận",
}


class Way(StrEnum):
    """How a file can come out of quarantine."""

    RELEASE = "release"  # its folder's report, as it lies
    MOVE = "release --reporter/--week"  # another unit's or another week's
    TYPED = "typed"
    REFUSE = "refuse"


@dataclass(frozen=True)
class Answer:
    """A person's word on one file. `by` is a role, never a person's name."""

    number: int
    by: str
    reason: str


@dataclass(frozen=True)
class Settled:
    """What became of the file: `file` is what stands now, itself or another in its place. `is_new` is False where it
    was decided before; `decision` is None where nothing could be decided yet."""

    file: VerdictInForce
    decision: Recorded | None
    is_new: bool


@dataclass(frozen=True)
class Written:
    """What a decision wrote: the verdicts that were recorded by it, and what stands in the file's place."""

    judged: tuple[Judged, ...]
    settled_as: int | None = None


Write = Callable[[Connection], Written]


class Overtaken(Exception):
    """Somebody else decided first: what this decision had written must not stay."""


def answer(number: int, by: str, reason: str) -> Answer:
    """Raises UserError for a blank word."""
    return Answer(number, *by_and_why(by, reason, "Đơn vị ghi nhầm ngày"))


def by_and_why(by: str, reason: str, such_as: str) -> tuple[str, str]:
    """Who decides and why, without spaces around. Raises UserError for a blank word, with an example of a reason."""
    if not by.strip():
        raise UserError(
            'Hãy ghi chức vụ của người quyết định, ví dụ: --by "Trưởng phòng Nông nghiệp và PTNT".'
        )
    if not reason.strip():
        raise UserError(f'Hãy ghi lý do, ví dụ: --reason "{such_as}".')
    return by.strip(), reason.strip()


def waiting(work: Workplace) -> tuple[VerdictInForce, ...]:
    """Every file in quarantine, in the order in which they came."""
    with reading(work.engine) as connection:
        return verdicts.quarantined(connection, work.campaign.id)


def ways_out(file: VerdictInForce) -> tuple[Way, ...]:
    """What a person can do with it. A container that was refused is never opened, but can always be refused."""
    if file.verdict.state is not SubmissionState.QUARANTINED:
        return ()
    kept_by = [f for f in file.verdict.findings if f.severity is Severity.QUARANTINE]
    possible = {
        Way.RELEASE: all(map(can_be_released, kept_by)),
        Way.MOVE: all(f.code in WHOSE_AND_WHEN for f in kept_by),
        Way.TYPED: any(f.code == TO_BE_TYPED for f in kept_by),
        Way.REFUSE: True,
    }
    return tuple(way for way, is_possible in possible.items() if is_possible)


def refuse(work: Workplace, given: Answer) -> Settled:
    """The file is no report, or can't be accepted: its sender mends. Raises UserError for one that doesn't wait."""
    file = known(work, given.number)
    if before := decided_before(work, file, Decision.REFUSED):
        return before
    in_force = require_waiting(file)
    told = finding(work.campaign, "REFUSED_BY_HAND", Place(), name=given.by, why=given.reason)
    # What kept us from being sure is the sender's to mend now.
    found = _with(in_force.verdict.findings, Severity.ERROR, of={Severity.QUARANTINE})
    refused = _judged(work, file.stored, Verdict.over((*found, told)), "refused")

    def write(connection: Connection) -> Written:
        return Written(ruled(work, connection, refused))

    return record(work, given, Decision.REFUSED, write)


def superseded(work: Workplace, stored: Stored, in_force: VerdictInForce, told: Finding) -> Judged:
    """The verdict over a file in whose place another one stands: nothing in it is asked of its sender any more."""
    found = _with(in_force.verdict.findings, Severity.NOTE, of=set(Severity))
    return _judged(work, stored, Verdict(SubmissionState.SUPERSEDED, (*found, told)), "settled")


def require_waiting(file: Known) -> VerdictInForce:
    """Raises UserError for a file that is not in quarantine."""
    if file.in_force is not None and file.in_force.verdict.state is SubmissionState.QUARANTINED:
        return file.in_force
    state = file.in_force.verdict.state if file.in_force else SubmissionState.RECEIVED
    raise UserError(
        f"Tệp số {file.stored.id} không ở diện chờ xác minh ({state.vi}). Hãy xem: ntm quarantine list"
    )


def format_of(work: Workplace, file: Arrival) -> str:
    """What the container check takes its bytes for, e.g. xlsx; "" for a file that no reader may open."""
    if file.is_secret or too_large_to_open(file.size, file.file_name):
        return ""
    return examine(work.archive.read(file.sha256), file.file_name).format or ""


def decided_before(work: Workplace, file: Known, wanted: Decision) -> Settled | None:
    """The outcome, where this was decided over the file; None where nothing was.

    Raises UserError where somebody decided otherwise: the first decision stands.
    """
    decision = file.decision
    if decision is None:
        return None
    done = settled(work, file.stored.id, is_new=False)
    if decision.settlement.decision is not wanted:
        said = f"Tệp số {file.stored.id} đã được quyết định: {decided_words(work, decision)}"
        raise UserError("\n".join([said, *_if_wrong(work, done)]))
    return done


def settled_words(work: Workplace, number: int, done: Settled) -> str:
    """What an operator reads of the outcome, and what is left to do."""
    file = done.file
    unit, state = work.campaign.roster[file.reporter].name, file.verdict.state.vi
    if done.decision is None:
        return (
            f"Tệp đã nhập là tệp số {file.submission_id} của {unit}: {state}. Bản quét số {number} vẫn chờ.\n"
            f"Xem chỗ phải sửa: ntm quarantine show {file.submission_id}; sửa xong, chạy lại lệnh này."
        )
    said = f"Tệp số {number}: {decided_words(work, done.decision)}"
    if not done.is_new:
        return "\n".join([f"Đã được quyết định từ trước. {said}", *_if_wrong(work, done)])
    touched = dict.fromkeys((known(work, number).stored.arrival.week, file.week))
    again = (f'ntm republish --week {week} --reason "lý do"' for week in touched)
    so = f"{unit}, tuần {file.week}: {state}."
    return "\n".join([said, so, *_if_wrong(work, done), f"Muốn phát hành bản mới: {'; '.join(again)}"])


def _if_wrong(work: Workplace, done: Settled) -> tuple[str, ...]:
    """What still helps: there is no taking back. Nothing is needed where a release returned the file."""
    unit = work.campaign.roster[done.file.reporter].name
    if done.decision and done.decision.settlement.decision is Decision.REFUSED:
        return (
            f"Nếu nhầm, đề nghị {unit} lưu tệp thành bản mới rồi gửi lại; "
            "nguyên tệp cũ gửi lại không được xét.",
        )
    if done.file.verdict.state is SubmissionState.ACCEPTED:
        return (f"Nếu nhầm, báo cáo mới của {unit} khi được tiếp nhận sẽ thay các phần có trong báo cáo ấy.",)
    return ()


def decided_words(work: Workplace, decision: Recorded) -> str:
    """What, by whom, when and why."""
    said = decision.settlement
    done = _DONE[said.decision].format(settled_as=said.settled_as)
    when = vi_moment(decision.recorded_at, work.campaign.calendar.zone)
    return f"{done}; {said.decided_by}, lúc {when}: {said.reason}"


def settled(work: Workplace, number: int, *, is_new: bool) -> Settled:
    """As the ledger has it now."""
    with reading(work.engine) as connection:
        decision = settlements.of(connection, [number]).get(number)
        stands = (decision and decision.settlement.settled_as) or number
        return Settled(verdicts.in_force(connection, [stands])[stands], decision, is_new)


def ruled(work: Workplace, connection: Connection, *judged: Judged) -> tuple[Judged, ...]:
    """Record these verdicts: those that were, without any that the same rules had given before."""
    return tuple(one for one in judged if verdicts.record(connection, one, work.now()) is not None)


def decide(work: Workplace, connection: Connection, settlement: Settlement) -> None:
    """Raises Overtaken where somebody decided over the file before."""
    if not settlements.record(connection, settlement, work.now()):
        raise Overtaken


def record(work: Workplace, given: Answer, decision: Decision, write: Write) -> Settled:
    """What `write` writes, and the decision, or nothing. Of two at once the first stands: the other is told what was
    decided, or that it said the same."""
    try:
        with writing(work.engine) as connection:
            written = write(connection)
            said = Settlement(given.number, decision, given.by, given.reason, written.settled_as)
            decide(work, connection, said)
    except Overtaken:
        return _overtaken(work, given.number, decision)
    for one in written.judged:
        tell(work, one)
    answer_all(work)
    return settled(work, given.number, is_new=True)


def _overtaken(work: Workplace, number: int, wanted: Decision) -> Settled:
    file = known(work, number)
    before = decided_before(work, file, wanted)
    if before is None:
        raise UserError(f"Tệp số {number} đang được người khác xử lý. Hãy xem: ntm quarantine show {number}")
    return before


def _with(findings: tuple[Finding, ...], severity: Severity, of: set[Severity]) -> tuple[Finding, ...]:
    return tuple(f._replace(severity=severity) if f.severity in of else f for f in findings)


def _judged(work: Workplace, stored: Stored, verdict: Verdict, how: str) -> Judged:
    return Judged(stored.id, unread(stored.arrival), verdict, f"{work.judged_by}/{how}")
