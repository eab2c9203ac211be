"""A person decides over one quarantined file. Publishes nothing: republication does, when somebody wants it."""

from prefect import flow
from prefect.client.schemas.objects import State

from flows.endings import skipped
from flows.run_names import Reason, settle_name
from tasks.settle import Choice, FileNumber, Role, SettledAs, settle
from tasks.settling import Answer


@flow(name="Xử lý tệp chờ xác minh", flow_run_name=settle_name, persist_result=False)
def settle_quarantine(
    number: FileNumber, decision: Choice, by: Role, reason: Reason, settled_as: SettledAs | None = None
) -> State:
    """Quyết định một tệp chờ xác minh, có ghi ai quyết định và vì sao.

    Args:
        number: Số của tệp, theo lệnh ntm quarantine list.
        decision: Tệp là báo cáo (của thư mục ấy, hoặc của đơn vị, tuần ghi ở dưới), không chấp nhận, hay đã nhập.
        by: Chức vụ của người quyết định, không ghi họ tên.
        reason: Lý do, được lưu cùng quyết định và gửi cho đơn vị.
        settled_as: Chỉ ghi khi tệp là báo cáo của đơn vị hoặc tuần khác, hoặc khi đã nhập từ bản quét.
    """
    more = settled_as or SettledAs()
    given = Answer(number, by, reason)
    told = settle(decision, given, reporter=more.reporter, week=more.week, file=more.file)
    return skipped(told.week, told.words, "Skipped" if told.is_new else "Unchanged")
