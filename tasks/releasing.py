"""A person answers for a quarantined file: it is this reporter's and this week's report, as it lies. Knows no Prefect.

The release and the verdict that it leads to are recorded in one transaction, or neither is. docs/decisions/0016.
"""

from dataclasses import dataclass

from domain.errors import UserError
from domain.findings import Finding, Severity
from domain.submissions import SubmissionState
from tasks.answering import answer_all
from tasks.judging import can_be_released, judgements, tell
from tasks.store import releases, verdicts
from tasks.store.engine import reading, writing
from tasks.store.releases import Release
from tasks.store.submissions import Stored, find
from tasks.store.verdicts import Judged, VerdictInForce
from tasks.workplace import Workplace


@dataclass(frozen=True)
class Released:
    """What became of the file. `is_new` is False where it was released before: who was first stands."""

    file: VerdictInForce
    is_new: bool


def waiting(work: Workplace) -> tuple[VerdictInForce, ...]:
    """Every file in quarantine, in the order in which they came."""
    with reading(work.engine) as connection:
        return verdicts.quarantined(connection, work.campaign.id)


def is_releasable(file: VerdictInForce) -> bool:
    """Whether a release would bring it out: nothing else keeps it in quarantine."""
    kept_by = [f for f in file.verdict.findings if f.severity is Severity.QUARANTINE]
    return bool(kept_by) and all(map(can_be_released, kept_by))


def release(work: Workplace, wanted: Release) -> Released:
    """Judge the same bytes again, told whose they are. Lateness stays that of the receipt; nothing is published.

    Raises UserError, with nothing recorded, for a file that is not in quarantine or that a release would not bring out.
    """
    file, stored, before = _found(work, wanted.submission_id)
    if before:
        return Released(file, is_new=False)
    _require_releasable(work, file)
    _require_nowhere_else(work, file)
    ((judged,),) = judgements(work, [stored], {stored.id: wanted})
    if judged.verdict.state is SubmissionState.QUARANTINED:  # other rules or another configuration than then
        raise UserError(_refusal(work, file.submission_id, judged.verdict.findings))
    is_new = _record(work, wanted, judged)
    tell(work, judged)
    answer_all(work)  # an error in it returns the file, and its sender is told
    return Released(_found(work, wanted.submission_id)[0], is_new)


def _found(work: Workplace, number: int) -> tuple[VerdictInForce, Stored, Release | None]:
    with reading(work.engine) as connection:
        files = [one for one in find(connection, [number]) if one.arrival.campaign == work.campaign.id]
        judged = verdicts.in_force(connection, [number])
        before = releases.of(connection, [number])
    if not (files and judged):
        raise UserError(f"Không có tệp số {number} trong diện chờ xác minh. Hãy xem: ntm quarantine list")
    return judged[number], files[0], before.get(number)


def _require_releasable(work: Workplace, file: VerdictInForce) -> None:
    if file.verdict.state is not SubmissionState.QUARANTINED:
        raise UserError(
            f"Tệp số {file.submission_id} không ở diện chờ xác minh ({file.verdict.state.vi}). "
            "Hãy xem: ntm quarantine list"
        )
    if not is_releasable(file):
        raise UserError(_refusal(work, file.submission_id, file.verdict.findings))


def _require_nowhere_else(work: Workplace, file: VerdictInForce) -> None:
    """The same bytes count once: for another unit or week they were accepted as that one's."""
    with reading(work.engine) as connection:
        elsewhere = verdicts.accepted_as(connection, work.campaign.id, file.sha256)
    if elsewhere:
        reporter, week = elsewhere[0]
        raise UserError(
            f"Tệp này đã được tiếp nhận là báo cáo của {work.campaign.roster[reporter].name}, tuần {week.vi}; "
            "không tính thêm lần nữa."
        )


def _refusal(work: Workplace, number: int, findings: tuple[Finding, ...]) -> str:
    said = (
        work.messages[f.code].sentence(f)
        for f in findings
        if f.severity is Severity.QUARANTINE and not can_be_released(f)
    )
    return (
        f"Không thể đưa tệp số {number} ra khỏi diện chờ xác minh: {' '.join(said)} "
        "Tệp của đơn vị khác: hãy chuyển sang thư mục của đơn vị đó. Tệp bị chặn: đề nghị đơn vị gửi lại."
    )


def _record(work: Workplace, wanted: Release, judged: Judged) -> bool:
    """Of two at once the first stands, with its verdict."""
    with writing(work.engine) as connection:
        is_new = releases.record(connection, wanted, work.now())
        if is_new:
            verdicts.record(connection, judged, work.now())
    return is_new
