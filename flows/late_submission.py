"""A file that comes after the close: taken in alone, then its own week is looked at again."""

from datetime import datetime

from prefect import flow
from prefect.client.schemas.objects import State

from flows.endings import ended, skipped
from flows.intake import intake
from flows.run_names import Reason, late_name
from flows.summary import summary
from flows.which_week import owed_week, why_not_over
from tasks.collect import take_late


@flow(name="Báo cáo nộp muộn", flow_run_name=late_name, persist_result=False)
def late_submission(
    week: str, reporter: str, file: str, reason: Reason, received_at: datetime | None = None
) -> State:
    """Nhận một tệp nộp sau giờ chốt; chỉ phát hành bản mới nếu có số liệu thay đổi.

    Args:
        week: Tuần báo cáo của tệp, ví dụ 2023-W15.
        reporter: Mã đơn vị, ví dụ my_thanh.
        file: Đường dẫn của tệp trên máy chủ.
        reason: Lý do, được in ở trang đầu của bản mới.
        received_at: Thời điểm nhận, chỉ ghi khi nhập lại dữ liệu cũ. Để trống: bây giờ.
    """
    due = owed_week(week)
    intake([[take_late(week, reporter, file, received_at)]])
    if why := why_not_over(due):
        return skipped(week, f"Đã nhận tệp. {why}")
    is_new = summary(week, reason)
    return ended(week, is_new=is_new)
