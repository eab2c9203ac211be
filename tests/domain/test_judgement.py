import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.judgement import Judgement, Matter, Witness, agreed, is_difference, rolled_up

MET, NEARLY, NOT_MET, NOT_STATED = (
    Judgement.MET,
    Judgement.NEARLY_MET,
    Judgement.NOT_MET,
    Judgement.NOT_STATED,
)
JUDGEMENTS = st.lists(st.sampled_from(Judgement), max_size=6)


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ([], NOT_STATED),
        ([MET], MET),
        ([MET, MET], MET),
        ([MET, NEARLY], NEARLY),
        ([MET, NOT_STATED], NOT_STATED),
        ([NEARLY, NOT_STATED], NOT_STATED),
        ([MET, NOT_MET], NOT_MET),
        ([NEARLY, NOT_MET], NOT_MET),
        ([NOT_STATED, NOT_MET], NOT_MET),
        ([MET, NEARLY, NOT_STATED, NOT_MET], NOT_MET),
        ([MET, NEARLY, NOT_STATED], NOT_STATED),
    ],
)
def test_the_first_of_not_met_not_stated_nearly_met_that_any_part_has_decides(parts, whole):
    assert rolled_up(parts) is whole


@given(JUDGEMENTS)
def test_a_criterion_is_met_only_where_every_part_is(parts):
    assert (rolled_up(parts) is MET) == (bool(parts) and all(part is MET for part in parts))


@given(st.data(), JUDGEMENTS)
def test_neither_order_nor_repetition_of_parts_matters(data, parts):
    assert rolled_up(data.draw(st.permutations(parts + parts))) is rolled_up(parts)


def test_both_agree_only_on_the_same_word():
    assert agreed(MET, MET) is MET
    assert agreed(NOT_MET, NOT_MET) is NOT_MET
    assert agreed(MET, NEARLY) is NOT_STATED
    assert agreed(MET, NOT_STATED) is NOT_STATED
    assert agreed(NOT_STATED, MET) is NOT_STATED


def test_a_difference_needs_two_words():
    assert is_difference(MET, NOT_MET)
    assert is_difference(NEARLY, MET)
    assert not is_difference(MET, MET)
    assert not is_difference(MET, NOT_STATED)
    assert not is_difference(NOT_STATED, NOT_MET)


def test_officers_read_the_words_of_the_notice():
    assert [judgement.vi for judgement in Judgement] == ["Đạt", "Cơ bản đạt", "Chưa đạt", "Chưa có số liệu"]
    assert [witness.vi for witness in Witness] == ["Xã tự đánh giá", "Cơ quan phụ trách thẩm tra"]


def test_matters_have_their_names_in_print():
    assert [matter.vi for matter in Matter] == ["Đánh giá", "Hồ sơ", "Kết quả"]
