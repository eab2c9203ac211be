"""Cells that are no text where one is expected, formulas without a result, and what old fonts leave unread."""

from datetime import date
from decimal import Decimal

import pytest

from domain.criteria import Unit
from domain.reading.cell import Cell, is_odd
from domain.reading.indicator import read_indicator
from domain.reading.listed import read_mark
from domain.reading.money import separators_in
from domain.reading.number import Separators
from domain.reading.old_fonts import Run, pieces, settled
from domain.reading.period import read_period
from domain.reading.result import Beside, read_result
from domain.reading.spellings_listed import commune_table
from domain.reading.spellings_text import read_in_its_font
from tests.factories_domain import ROSTER

UNCOMPUTED = Cell(None, formula="A1")
UNITS = {"đồng": 1, "triệu đồng": 10**6}


@pytest.mark.parametrize(
    ("value", "odd"), [(17, False), ("plain", False), ("Đạt", False), ("Đạt\u00a0", True)]
)
def test_only_text_can_be_odd(value, odd):
    assert is_odd(Cell(value)) is odd


def test_a_period_may_be_a_date_that_excel_knows():
    assert read_period(Cell(date(2023, 4, 12))).value == date(2023, 4, 12)


def test_a_formula_without_a_result_is_no_code_and_no_mark():
    assert read_indicator(UNCOMPUTED, {}).code == "FORMULA_WITHOUT_VALUE"
    assert read_mark(UNCOMPUTED, frozenset({"x"}), frozenset()).code == "FORMULA_WITHOUT_VALUE"
    assert read_result(UNCOMPUTED, Unit.COUNT).code == "FORMULA_WITHOUT_VALUE"


def test_a_result_that_its_format_shows_a_thousandfold_is_asked_about():
    assert read_result(Cell(1500.0, number_format="#,##0,"), Unit.COUNT).code == "NUMBER_SHOWN_OTHERWISE"


@pytest.mark.parametrize(
    ("text", "shows"),
    [
        ("1.234,5 triệu đồng", Separators.VIETNAMESE),
        ("1.234.567 đồng", Separators.VIETNAMESE),
        ("1,234.5", Separators.ENGLISH),
        ("1234", None),
    ],
)
def test_a_sum_shows_how_its_writer_uses_dots_and_commas_whatever_unit_stands_behind_it(text, shows):
    assert separators_in(text, 10**6, UNITS) is shows


def test_a_number_is_read_as_it_is_in_any_font():
    assert read_in_its_font(Cell(17.5, font=".VnTime")).value == "17.5"


def test_runs_that_do_not_cover_a_text_tell_nothing_of_it():
    assert pieces("abc", ".VnTime", (Run(".VnTime", 2),)) == ()
    assert pieces("abc", ".VnTime") == (("abc", ".VnTime"),)


def test_vni_under_a_tcvn3_font_is_told_as_vni():
    text = "Ñaït chuaån noâng thoân môùi"
    _, old = settled(text, ".VnTime")
    assert old is not None
    assert old.code == "VNI_TEXT"


def test_ascii_in_an_old_font_is_what_it_is():
    assert settled("UBND xa", "VNI-Times") == ("UBND xa", None)


def test_of_a_text_in_two_fonts_only_the_old_one_is_read():
    text, old = settled("UBND §¹t", ".VnTime", (Run("", 5), Run(".VnTime", 3)))
    assert text == "UBND Đạt"
    assert old is not None
    assert old.is_read


def test_a_roster_without_a_district_has_no_spellings_with_one():
    assert ROSTER.within == ()
    taken = [str(each.typed) for each in commune_table(ROSTER).spellings if not each.code]
    assert not any("huyện" in typed for typed in taken)


@pytest.mark.parametrize("number_format", ['#,##0"000"', ";;;"])
def test_a_result_that_its_format_hides_or_lengthens_is_asked_about(number_format):
    assert read_result(Cell(1500.0, number_format), Unit.COUNT).code == "NUMBER_SHOWN_OTHERWISE"
    assert read_result(Cell(1500.0, '0 "m2"'), Unit.COUNT).value == 1500


@pytest.mark.parametrize("text", ["khoảng 76", "l00", "95,,5", "≥90%", "100 phần trăm", "1.234", "74/76"])
@pytest.mark.parametrize("unit", [Unit.COUNT, Unit.PERCENT])
def test_a_result_with_digits_that_is_no_clear_number_is_told(text, unit):
    reading = read_result(Cell(text), unit)
    assert (reading.value, reading.code, reading.facts["seen"]) == (None, "RESULT_NOT_A_NUMBER", text)


def test_an_income_torn_over_two_lines_is_told():
    units = {"đồng": 1}
    assert read_result(Cell("72.500.000 đồng"), Unit.INCOME, Beside(units=units)).value == Decimal("72.5")
    assert read_result(Cell("72\n500 đồng"), Unit.INCOME, Beside(units=units)).code == "RESULT_NOT_A_NUMBER"


@pytest.mark.parametrize("value", [None, "Đã công khai", "Nam 88,2%; nữ 86,4%", "95", 95.5])
def test_a_result_in_words_or_of_men_and_women_is_told_as_it_stands(value):
    assert read_result(Cell(value), Unit.PERCENT).code == ""
    assert read_result(Cell("khoảng 76"), Unit.GRADE).code == ""
    assert read_result(Cell("khoảng 76"), None).code == ""
    assert read_result(Cell("Mức độ 3"), Unit.LEVEL).code == ""
