"""The weekly run: everything that waits is taken in, then the week of the scheduled time is published."""

from prefect import flow
from prefect.client.schemas.objects import State

from flows.endings import ended, skipped
from flows.intake import intake
from flows.run_names import run_name
from flows.summary import summary
from flows.which_week import week_of_run, why_not_due
from tasks.collect import collect


@flow(name="Tổng hợp tuần", flow_run_name=run_name, persist_result=False)
def weekly_summary(week: str | None = None) -> State:
    """Nhận, kiểm tra mọi báo cáo đang chờ, rồi tổng hợp và phát hành báo cáo tuần.

    Args:
        week: Tuần báo cáo, ví dụ 2023-W15. Để trống: tuần của lịch chạy.
    """
    due = week_of_run(week)
    intake(collect())
    if why := why_not_due(due, week):
        return skipped(str(due), why)
    is_new = summary(str(due))
    return ended(str(due), is_new=is_new)
