"""The department decides one case. Publishes nothing: republication does, when somebody wants it."""

from prefect import flow
from prefect.client.schemas.objects import State

from flows.endings import skipped
from flows.run_names import Reason, decide_name
from tasks.decide import About, CaseName, Followed, PublishedWeek, decide_one
from tasks.settle import Role


@flow(name="Quyết định chênh lệch", flow_run_name=decide_name, persist_result=False)
def decide_case(
    week: PublishedWeek,
    case: CaseName,
    decision: Followed,
    by: Role,
    reason: Reason,
    matter: About = "Đánh giá",
) -> State:
    """Quyết định một nội dung xã và cơ quan thẩm tra chưa thống nhất, có ghi ai quyết định và vì sao.

    Args:
        week: Tuần đã phát hành, ví dụ 2023-W15.
        case: Mã xã và mã chỉ tiêu theo lệnh ntm case list, ví dụ my_ha 1.1.
        decision: Theo bên nào; số liệu của hai bên giữ nguyên.
        by: Chức vụ của người quyết định, không ghi họ tên.
        reason: Lý do, được in trong báo cáo.
        matter: Về đánh giá, hồ sơ hay kết quả của chỉ tiêu, theo cột "Về" của lệnh ntm case list.
    """
    told = decide_one(week, case, matter, decision, by, reason)
    return skipped(week, told.words, "Skipped" if told.is_new else "Unchanged")
