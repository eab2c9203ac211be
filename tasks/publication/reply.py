"""The page that a unit gets back with a returned or quarantined file: what to mend, cell by cell, in
courteous Vietnamese.

Knows one file's verdict; takes every sentence from the messages.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time

from domain.findings import Finding, Severity
from domain.submissions import SubmissionState, Verdict
from domain.vietnamese import vi_date, vi_hour_and_day
from domain.weeks import WeekName
from tasks.publication.blocks import plain
from tasks.publication.cells import Says
from tasks.publication.templating import filled
from tasks.publication.view import SAMPLE

_STATE_WORDS = {
    SubmissionState.RETURNED: "Tệp được trả lại để đơn vị sửa",
    SubmissionState.QUARANTINED: "Tệp chưa được tiếp nhận, cần xác minh",
    SubmissionState.SUPERSEDED: "Tệp đã được xác minh",
}
_WHAT_NEXT = {
    SubmissionState.RETURNED: (
        "Số liệu của tệp này chưa được tổng hợp. Đề nghị đơn vị sửa các nội dung dưới đây rồi gửi lại cả tệp."
    ),
    SubmissionState.QUARANTINED: (
        "Số liệu của tệp này chưa được tổng hợp vì chưa xác định chắc chắn nguồn hoặc nội dung. "
        "Đề nghị đơn vị xem và làm theo các nội dung dưới đây."
    ),
}
_SETTLED = frozenset({"SETTLED_AS_OTHER", "SETTLED_BY_TYPING"})
# Nothing of it was kept, and the folder it came by is the wrong way for its next version.
_SECRET = "FILE_SECRET"
# Nothing is wrong with it: a person types what it says.
_TO_BE_TYPED = "FILE_TO_BE_TYPED"
_TO_BE_TYPED_STATE = "Tệp đã được tiếp nhận, chờ nhập tay"
_TO_BE_TYPED_NEXT = (
    "Tệp là bản quét hoặc ảnh chụp, hệ thống không tự đọc số liệu từ ảnh; cán bộ tổng hợp sẽ nhập tay. "
    "Số liệu được tổng hợp sau khi nhập xong, thời điểm nhận tệp vẫn được giữ nguyên."
)
_NOT_BLOCKING = (Severity.WARNING, Severity.NOTE)
_SECRET_NEXT = "Hệ thống không lưu và không tổng hợp tệp này."


@dataclass(frozen=True)
class Reply:
    """What the page is about. Moments in local time; `sha256` lets both sides name the same file."""

    unit: str
    issuer: str
    week: WeekName
    file_name: str
    sha256: str
    received_at: datetime
    verdict: Verdict
    mending_until: datetime | None  # local time; None: whatever comes now is late
    send_to: str  # the folder for files of this unit and week
    is_sample: bool = False


@dataclass(frozen=True)
class Mend:
    sheet: str
    cell: str
    seen: str
    wrong: str
    right: str


def reply_page(reply: Reply, says: Says, mends: Callable[[Finding], str]) -> bytes:
    """Self-contained HTML for A4. `says`: what is wrong; `mends`: what would be right."""
    findings = reply.verdict.findings
    blocking = [f for f in findings if f.severity in (Severity.ERROR, Severity.QUARANTINE)]
    next_words, asks = _what_next(reply.verdict, says, mends)
    is_typed = _waits_to_be_typed(reply.verdict)
    warnings, notes = ([f for f in findings if f.severity is severity] for severity in _NOT_BLOCKING)
    return filled(
        "reply.html.j2",
        reply=reply,
        file_name=plain(reply.file_name),
        received=vi_hour_and_day(reply.received_at),
        state=_TO_BE_TYPED_STATE if is_typed else _STATE_WORDS[reply.verdict.state],
        what_next=next_words,
        until=_until_words(reply.mending_until) if asks else "",
        to_mend=[] if is_typed else [_mend(finding, says, mends) for finding in _in_order(blocking)],
        told=[says(finding) + " " + mends(finding) for finding in blocking] if is_typed else [],
        warnings=[_mend(finding, says, mends) for finding in _in_order(warnings)],
        notes=[_mend(finding, says, mends) for finding in _in_order(notes)] if asks else [],
        labels=(SAMPLE,) if reply.is_sample else (),
    )


def _what_next(verdict: Verdict, says: Says, mends: Callable[[Finding], str]) -> tuple[str, bool]:
    """The words, and whether they ask the sender for something."""
    settled = [f"{says(f)} {mends(f)}".rstrip() for f in verdict.findings if f.code in _SETTLED]
    if any(finding.code == _SECRET for finding in verdict.findings):
        return _SECRET_NEXT, False
    if settled:
        return " ".join(settled), False
    if _waits_to_be_typed(verdict):
        return _TO_BE_TYPED_NEXT, False
    return _WHAT_NEXT[verdict.state], True


def _waits_to_be_typed(verdict: Verdict) -> bool:
    is_scan = any(finding.code == _TO_BE_TYPED for finding in verdict.findings)
    return is_scan and verdict.state is SubmissionState.QUARANTINED


def _until_words(until: datetime | None) -> str:
    if until is None:
        return "đã quá hạn nộp, đề nghị gửi sớm nhất có thể"
    day = f"ngày {vi_date(until.date())}"
    at = f"hết {day}" if until.time() == time.max else f"{until:%H:%M} {day}"
    return f"{at} (vẫn tính trong hạn)"


def _in_order(findings: list[Finding]) -> list[Finding]:
    """As the sender goes through the file: sheet by sheet, row by row, then column by column."""
    return sorted(findings, key=lambda finding: (finding.place.sheet, _row_and_column(finding.place.cell)))


def _row_and_column(cell: str) -> tuple[int, int, str]:
    """Lines above a table of Word ("đoạn 7") come before its cells."""
    letters = cell.rstrip("0123456789")
    if not letters.isupper():
        return (0, len(letters), cell)
    digits = cell[len(letters) :]
    return (int(digits) if digits else 0, len(letters), letters)


def _mend(finding: Finding, says: Says, mends: Callable[[Finding], str]) -> Mend:
    return Mend(
        sheet=plain(finding.place.sheet),
        cell=finding.place.cell,
        seen=plain(finding.facts.get("seen", "")),
        wrong=plain(says(finding)),
        right=plain(mends(finding)),
    )
