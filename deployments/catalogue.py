"""What an operator can start, as data: the only truth about deployments. `serve.py` registers them.

Hour and zone are the campaign's; a flow takes its week from the scheduled time, so nothing is frozen here.
"""

from dataclasses import dataclass

from domain.campaign import Campaign


@dataclass(frozen=True)
class Entry:
    """One deployment. `flow` is a module path; `cron` is told in `zone`, None = started by hand."""

    name: str
    flow: str
    description: str
    cron: str | None = None
    zone: str | None = None


def catalogue(campaign: Campaign) -> tuple[Entry, ...]:
    """The deployments of one campaign: the weekly run at its close, and what is started by hand."""
    return (_weekly(campaign), *_BY_HAND)


def _weekly(campaign: Campaign) -> Entry:
    close_at = campaign.calendar.close_at
    return Entry(
        "chot-va-phat-hanh",
        "flows.weekly_summary.weekly_summary",
        f"Chạy mỗi ngày lúc {close_at:%H:%M}; chỉ phát hành vào ngày chốt (thứ Tư, hoặc ngày dời khi nghỉ lễ), "
        "các ngày khác kết thúc Bỏ qua (Skipped). Chạy tay với tham số week khi cần tổng hợp lại một tuần.",
        # Every day: only the calendar knows where a holiday moves the close to, and Prefect's cron does not.
        cron=f"{close_at.minute} {close_at.hour} * * *",
        zone=campaign.calendar.zone.key,
    )


_BY_HAND = (
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
    Entry(
        "xu-ly-cho-xac-minh",
        "flows.settle_quarantine.settle_quarantine",
        "Quyết định một tệp chờ xác minh: là báo cáo của ai, tuần nào; không chấp nhận; hoặc đã nhập từ bản quét. "
        "Không phát hành; muốn có bản mới, chạy phat-hanh-lai.",
    ),
    Entry(
        "quyet-dinh-chenh-lech",
        "flows.decide_case.decide_case",
        "Quyết định một nội dung xã và cơ quan thẩm tra chưa thống nhất, có ghi lý do; đánh giá hai bên giữ nguyên. "
        "Không phát hành; muốn có bản mới, chạy phat-hanh-lai.",
    ),
)
