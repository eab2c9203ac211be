"""A week looked at again, for a stated reason. Without a figure that differs nothing is sent."""

from prefect import flow
from prefect.client.schemas.objects import State

from domain.errors import UserError
from flows.endings import ended, skipped
from flows.run_names import Reason, again_name
from flows.summary import summary
from flows.which_week import owed_week, why_not_over
from tasks.standing import is_published


@flow(name="Phát hành lại", flow_run_name=again_name, persist_result=False)
def republication(week: str, reason: Reason) -> State:
    """Tổng hợp lại một tuần đã phát hành.

    Args:
        week: Tuần báo cáo, ví dụ 2023-W15.
        reason: Lý do, được in ở trang đầu của bản mới.
    """
    if why := why_not_over(owed_week(week)):
        return skipped(week, why)
    if not is_published(week):
        raise UserError(f"Tuần {week} chưa phát hành lần nào. Hãy chạy: ntm run --week {week}")
    is_new = summary(week, reason)
    return ended(week, is_new=is_new)
