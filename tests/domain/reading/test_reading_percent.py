from decimal import Decimal

import pytest

from domain.reading.cell import Cell
from domain.reading.percent import is_bare_share, read_percent


@pytest.mark.parametrize(
    ("cell", "points"),
    [
        (Cell(85), "85"),
        (Cell(85.5), "85.5"),
        (Cell(0.85, "0%"), "85"),
        (Cell(0.005, "0.0%"), "0.5"),
        (Cell(1, "0%"), "100"),
        (Cell(1), "1"),
        (Cell(0), "0"),
        (Cell(100), "100"),
        (Cell("85%"), "85"),
        (Cell("85 %"), "85"),
        (Cell("85,50%"), "85.5"),
        (Cell("0,5%"), "0.5"),
        (Cell("85"), "85"),
        (Cell("85", "0%"), "85"),
    ],
)
def test_a_percent_is_read_as_points(cell, points):
    reading = read_percent(cell)
    assert str(reading.value) == points


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (Cell(0.85), "PERCENT_BELOW_ONE"),
        (Cell(0.99), "PERCENT_BELOW_ONE"),
        (Cell("0,85"), "PERCENT_BELOW_ONE"),
        (Cell(100.01), "PERCENT_OUT_OF_RANGE"),
        (Cell(1.01, "0%"), "PERCENT_OUT_OF_RANGE"),
        (Cell(-1), "PERCENT_OUT_OF_RANGE"),
        (Cell("-0,5%"), "PERCENT_OUT_OF_RANGE"),
        (Cell("1.234"), "NUMBER_AMBIGUOUS"),
        (Cell("gần xong"), "NUMBER_UNREADABLE"),
        (Cell("80-85%"), "NUMBER_UNREADABLE"),
        (Cell("%"), "NUMBER_UNREADABLE"),
        (Cell(True), "NUMBER_UNREADABLE"),
        (Cell("#DIV/0!"), "CELL_ERROR_VALUE"),
    ],
)
def test_a_percent_that_is_not_sure_is_refused(cell, code):
    reading = read_percent(cell)
    assert (reading.value, reading.code) == (None, code)


def test_a_share_without_a_sign_is_asked_with_both_readings():
    assert read_percent(Cell(0.85)).facts["readings"] == "0,85% hoặc 85%"


def test_a_blank_is_not_stated():
    assert (read_percent(Cell("")).value, read_percent(Cell("")).code) == (None, "")


@pytest.mark.parametrize(
    ("text", "note"), [("85", ""), ("85 %", ""), ("85,5%", ""), ("85.5", "READ_NUMBER_FROM_TEXT")]
)
def test_only_what_is_shown_otherwise_than_it_was_typed_is_told(text, note):
    assert read_percent(Cell(text)).code == note
    assert read_percent(Cell(text)).value in (Decimal(85), Decimal("85.5"))


def test_a_percent_that_its_format_shows_smaller_is_asked_about():
    for value, number_format in ((85000, "0.0,"), (850, "0.0,%")):
        assert read_percent(Cell(value, number_format)).code == "NUMBER_SHOWN_OTHERWISE"
    assert read_percent(Cell(0, "0.0,")).value == 0


@pytest.mark.parametrize(
    ("value", "number_format", "points"),
    [(0.814, "0.0%", "81.4"), (81.4, '0.0"%"', "81.4"), (92, '0"%"', "92"), (81.4, "0.0\\%", "81.4")],
)
def test_a_percent_sign_in_quotes_stands_beside_the_number_as_it_is(value, number_format, points):
    assert read_percent(Cell(value, number_format)).value == Decimal(points)


def test_digits_on_two_lines_are_no_percent():
    assert read_percent(Cell("8\n5")).code == "NUMBER_UNREADABLE"


def test_a_percent_format_says_nothing_of_text():
    assert read_percent(Cell("0,85", "0%")).code == "PERCENT_BELOW_ONE"
    assert read_percent(Cell("85", "0%")).value == 85


def test_a_bare_one_beside_shares_may_be_all_of_it():
    assert read_percent(Cell(1), shares_beside=True).code == "PERCENT_BELOW_ONE"
    assert read_percent(Cell("1%"), shares_beside=True).value == 1
    assert read_percent(Cell(85), shares_beside=True).value == 85


@pytest.mark.parametrize("number_format", ['"100"', '0"0"', "0\\0", ";;;", "0%%", '[=70]"100";0'])
def test_a_format_that_shows_another_percent_or_none_is_asked_about(number_format):
    assert read_percent(Cell(70, number_format)).code == "NUMBER_SHOWN_OTHERWISE"
    assert read_percent(Cell(0, number_format)).code in ("", "NUMBER_SHOWN_OTHERWISE")


def test_a_percent_may_end_a_sentence():
    assert read_percent(Cell("100%.")).value == 100
    assert read_percent(Cell("100.")).value == 100


def test_advice_about_a_percent_speaks_of_percents():
    assert read_percent(Cell("gần xong")).facts["example"] == "85%"
    assert read_percent(Cell("12.345%.")).facts["plainly"] == "12,3450%"


@pytest.mark.parametrize(
    ("cell", "is_share"),
    [
        (Cell(0.85), True), (Cell("0,85"), True), (Cell("0.85", "0%"), True), (Cell(0.85, "0%"), False),
        (Cell("0,85%"), False), (Cell(1), False), (Cell(0), False), (Cell("0,85 triệu"), False), (Cell(None), False),
    ],
)  # fmt: skip
def test_a_share_is_what_lies_between_none_and_one_without_a_sign(cell, is_share):
    assert is_bare_share(cell) is is_share
