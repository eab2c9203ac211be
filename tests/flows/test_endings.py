"""What an operator reads of a run's end."""

import pytest

from flows.endings import ending
from tasks.standing import Standing

WEEK = "thứ Tư 12/4/2023"


@pytest.mark.parametrize(
    ("now", "is_new", "name", "message"),
    [
        (
            Standing(WEEK, 1, 11),
            True,
            "Published",
            "Tuần thứ Tư 12/4/2023: đã phát hành bản 1, đủ 11 đơn vị.",
        ),
        (
            Standing(WEEK, 2, 11, ("Xã Mỹ Hà", "Công an huyện")),
            True,
            "Incomplete",
            "Tuần thứ Tư 12/4/2023: đã phát hành bản 2, còn thiếu: Xã Mỹ Hà, Công an huyện.",
        ),
        (
            Standing(WEEK, 2, 11, ("Xã Mỹ Hà",)),
            False,
            "Unchanged",
            "Tuần thứ Tư 12/4/2023: không có số liệu nào thay đổi, không phát hành.",
        ),
    ],
)
def test_a_run_ends_with_what_it_did(now: Standing, is_new: bool, name: str, message: str) -> None:
    state = ending(now, is_new=is_new)
    assert (state.name, state.message, state.is_completed()) == (name, message, True)


@pytest.mark.parametrize("not_reported", [(), ("Xã Mỹ Hà",)])
@pytest.mark.parametrize("is_new", [True, False])
def test_no_run_ends_in_silence_over_what_the_office_refused(
    not_reported: tuple[str, ...], is_new: bool
) -> None:
    now = Standing(WEEK, 2, 11, not_reported, refused=3, unanswered=1)
    message = ending(now, is_new=is_new).message
    assert message is not None
    assert message.endswith(
        " Văn phòng còn từ chối 3 bản: hãy chạy ntm deliver."
        " Còn 1 tệp chưa gửi được phản hồi: hãy kiểm tra thư mục phản hồi."
    )


def test_of_many_units_that_are_missing_the_first_are_named_and_the_others_counted() -> None:
    units = tuple(f"Xã thứ {n}" for n in range(1, 24))
    message = ending(Standing(WEEK, 1, 2000, units), is_new=True).message
    assert message is not None
    assert message.endswith("Xã thứ 19, Xã thứ 20 và 3 đơn vị khác.")
    assert "Xã thứ 21" not in message
