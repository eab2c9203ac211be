"""A result stated for men and for women in one cell."""

import unicodedata
from decimal import Decimal

import pytest

from domain.criteria import Unit
from domain.reading.by_sex import results_by_sex, sexes_named
from domain.reading.cell import Cell
from domain.reading.result import read_result

BOTH = {"nam", "nữ"}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Nam 88,2%; nữ 86,4%", BOTH),
        ("NAM: 72 %\nNỮ: 70 %", BOTH),
        ("Nữ 70%, nam 72%", BOTH),
        ("nam72%nữ70%", BOTH),
        ("Đạt cho cả nam và nữ", BOTH),
        ("72% (nam), 70% (nữ)", BOTH),
        (unicodedata.normalize("NFD", "Nam 72%; nữ 70%"), BOTH),
        ("Nam 72%", {"nam"}),
        ("phụ nữ 70%", {"nữ"}),
        ("86,8%", set()),
        ("năm 2022: 72%", set()),
        ("nu 70%", set()),
        ("Vinam 70%", set()),
        ("", set()),
    ],
)
def test_only_the_exact_words_name_men_and_women(text, named):
    assert sexes_named(text) == named


@pytest.mark.parametrize(
    ("text", "men", "women"),
    [
        ("Nam 88,2%; nữ 86,4%", "88.2", "86.4"),
        ("nữ: 70%, nam: 72%", "72", "70"),
        ("Nam đạt 72 %, nữ đạt 70 %", "72", "70"),
        ("nam 72.5% nữ 70.5%", "72.5", "70.5"),
    ],
)
def test_one_number_after_each_word_is_theirs(text, men, women):
    assert results_by_sex(text) == {"nam": Decimal(men), "nữ": Decimal(women)}


@pytest.mark.parametrize(
    "text",
    [
        "Nam 72%",
        "86,8%",
        "72% (nam), 70% (nữ)",
        "Nam và nữ đều 72%",
        "Nam 120/150 người, nữ 70%",
        "Nam từ 15 tuổi 72%; nữ 70%",
        "Nam 72%; nữ 70%; nam và nữ 71%",
        "Chung 71%: nam 72%, nữ 70%",
        "Nam 1.234, nữ 70",
        "Nam 72, 5%; nữ 70%",
        "",
    ],
)
def test_what_is_not_that_plain_is_left_to_people(text):
    assert results_by_sex(text) == {}


@pytest.mark.parametrize("unit", list(Unit))
@pytest.mark.parametrize(
    "text", ["nam 72%, nữ 70%", "Nam 88,2%; nữ 86,4%", "72% (nam), 70% (nữ)", "nam 72", "72 nam"]
)
def test_two_numbers_never_make_one_result(unit, text):
    """An income is nobody's but all people's: there the officer is asked."""
    reading = read_result(Cell(text), unit)
    asked = "RESULT_NOT_A_NUMBER" if unit is Unit.INCOME else ""
    assert (reading.value, reading.code, reading.raw) == (None, asked, text)
