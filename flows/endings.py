"""How a run ends, in words an operator reads. All four named end states are of type COMPLETED."""

from prefect.client.schemas.objects import State
from prefect.states import Completed

from domain.vietnamese import first_of
from flows.summary import hand_over
from tasks.publication.many import NAMES_SHOWN
from tasks.show import show
from tasks.standing import Standing, standing


def ended(week: str, *, is_new: bool) -> State:
    """Show the week in the UI, hand over what is owed, name the end state.

    Shown first: an office that can't be reached must not keep the operator from seeing the week.
    """
    show(week)
    is_finished = hand_over(week)  # what an earlier run recorded and could not lay out is published now
    return ending(standing(week), is_new=is_new or is_finished)


def ending(now: Standing, *, is_new: bool) -> State:
    """Published where everybody reported, Incomplete where somebody has not, Unchanged where no figure differs."""
    if not is_new:
        told = f"Tuần {now.week_vi}: không có số liệu nào thay đổi, không phát hành."
        return Completed(name="Unchanged", message=told + _still_owed(now))
    done = f"Tuần {now.week_vi}: đã phát hành bản {now.revision}"
    if now.not_reported:
        told = f"{done}, còn thiếu: {first_of(now.not_reported, NAMES_SHOWN, 'đơn vị')}."
        return Completed(name="Incomplete", message=told + _still_owed(now))
    return Completed(name="Published", message=f"{done}, đủ {now.owed} đơn vị." + _still_owed(now))


def _still_owed(now: Standing) -> str:
    """What went wrong beside the week: a run says it at its end, though the week itself is well."""
    told = f" Văn phòng còn từ chối {now.refused} bản: hãy chạy ntm deliver." if now.refused else ""
    if now.unanswered:
        told += f" Còn {now.unanswered} tệp chưa gửi được phản hồi: hãy kiểm tra thư mục phản hồi."
    return told


def skipped(week: str, why: str, name: str = "Skipped") -> State:
    """Nothing was due; what an earlier run still owes is handed over all the same."""
    hand_over(week)
    return Completed(name=name, message=why)
