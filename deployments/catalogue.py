"""What an operator can start, as data: the only truth about deployments. `serve.py` registers them.

Times are the campaign's; a flow takes its week from the scheduled time, so nothing else is frozen here.
"""

from dataclasses import dataclass

ZONE = "Asia/Ho_Chi_Minh"


@dataclass(frozen=True)
class Entry:
    """One deployment. `flow` is a module path; `cron` is told in `ZONE`, None = started by hand."""

    name: str
    flow: str
    description: str
    cron: str | None = None


CATALOGUE = (
    Entry(
        "chot-va-phat-hanh",
        "flows.weekly_summary.weekly_summary",
        "Chạy mỗi ngày lúc 16:30; chỉ phát hành vào ngày chốt (thứ Tư, hoặc ngày làm việc kế tiếp khi nghỉ lễ), "
        "các ngày khác kết thúc Skipped. Chạy tay với tham số week khi cần tổng hợp lại một tuần.",
        # Every day: only the calendar knows where a holiday moves the close to, and Prefect's cron does not.
        cron="30 16 * * *",
    ),
    Entry(
        "nop-muon",
        "flows.late_submission.late_submission",
        "Nhận một tệp nộp sau giờ chốt. Bản mới chỉ được phát hành khi có số liệu thay đổi.",
    ),
    Entry(
        "phat-hanh-lai",
        "flows.republication.republication",
        "Tổng hợp lại một tuần đã phát hành, có ghi lý do.",
    ),
)
