import pytest

from domain.forms import DossierState, Form, Part, PartForm, labels_of_subjects
from domain.reporters import ReporterKind

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


def test_a_subject_is_called_as_the_first_form_calls_it_first():
    spelled = {"nguyên nhân": "causes", "lý do": "causes", "kiến nghị": "proposals"}
    first = PartForm(Part.REMARKS, "D", (), subjects=spelled)
    second = PartForm(Part.REMARKS, "D", (), subjects={"đề xuất": "proposals"})
    forms = [
        Form(str(n), "", "", ReporterKind.COMMUNE, "", (), (part,)) for n, part in enumerate((first, second))
    ]
    assert labels_of_subjects(forms) == {"causes": "Nguyên nhân", "proposals": "Kiến nghị"}
    assert labels_of_subjects([]) == {}
