import pytest

from domain.forms import DossierState, Part

NOT_STARTED, DRAFTING, SENT, MORE, CONFIRMED, ASKED, REPLIED, COMPLETE = DossierState


@pytest.mark.parametrize(
    ("state", "reached"),
    [
        (NOT_STARTED, {NOT_STARTED}),
        (DRAFTING, {NOT_STARTED, DRAFTING}),
        (SENT, {NOT_STARTED, DRAFTING, SENT}),
        (MORE, {NOT_STARTED, DRAFTING}),  # sent back: it is with the commune again
        (CONFIRMED, {NOT_STARTED, DRAFTING, SENT, MORE, CONFIRMED}),
        (ASKED, {NOT_STARTED, DRAFTING, SENT, MORE, CONFIRMED, ASKED}),
        (REPLIED, {NOT_STARTED, DRAFTING, SENT, MORE, CONFIRMED, ASKED, REPLIED}),
        (COMPLETE, set(DossierState)),
    ],
)
def test_a_document_has_reached_what_it_passed_unless_it_was_sent_back(state, reached):
    assert {other for other in DossierState if state.has_reached(other)} == reached


def test_officers_read_the_states_of_the_notice():
    assert [state.vi for state in DossierState] == [
        "chưa lập",
        "đang lập",
        "đã gửi phòng",
        "phòng yêu cầu bổ sung",
        "phòng xác nhận",
        "đã xin ý kiến Sở",
        "Sở đã góp ý",
        "hoàn thiện",
    ]


def test_officers_read_the_parts_by_name():
    assert [part.vi for part in Part] == [
        "tiến độ thực hiện các tiêu chí",
        "hồ sơ minh chứng",
        "nợ xây dựng cơ bản",
        "kết quả thẩm tra",
        "ý kiến, kiến nghị",
    ]
