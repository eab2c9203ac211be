import unicodedata
from datetime import date, datetime, time
from decimal import Decimal

import pytest

from domain.reading.cell import LONGEST_TEXT, Cell, fault_of, is_odd, refusal
from domain.reading.indicator import read_indicator
from domain.reading.text import read_text


@pytest.mark.parametrize(
    ("cell", "raw"),
    [
        (Cell(None), ""),
        (Cell("  Đạt "), "  Đạt "),
        (Cell(85), "85"),
        (Cell(85.0), "85"),
        (Cell(1234.5600000000001), "1234.56"),
        (Cell(1e15), "1000000000000000"),
        (Cell(0.85, "0%"), "85%"),
        (Cell(0.855, "0.0%"), "85.5%"),
        (Cell(True), "TRUE"),
        (Cell(date(2023, 4, 25)), "2023-04-25"),
        (Cell(datetime.fromisoformat("2023-04-25")), "2023-04-25"),
        (Cell(datetime.fromisoformat("2023-04-25 09:30")), "2023-04-25 09:30:00"),
        (Cell(time(9, 30)), "09:30:00"),
    ],
)
def test_the_raw_text_is_what_stood_there(cell, raw):
    assert cell.raw == raw


@pytest.mark.parametrize("value", [True, "85", None, float("inf"), float("nan"), date(2023, 4, 25)])
def test_only_finite_numbers_are_numbers(value):
    assert Cell(value).number is None


def test_a_number_ends_where_excel_stops_showing_it():
    assert Cell(0.1 + 0.2).number == Decimal("0.3")
    assert Cell(10**17 + 1).number == 10**17 + 1


@pytest.mark.parametrize("value", [None, "", "  ", "\u00a0", "\u200b", "\n"])
def test_nothing_and_invisible_signs_are_blank(value):
    assert Cell(value).is_blank


@pytest.mark.parametrize("value", ["…", "………", "...", " ..... ", "… …", ". … ."])
def test_dots_that_a_form_prints_are_blank(value):
    assert Cell(value).is_blank


@pytest.mark.parametrize("value", [0, 0.0, False, "0", "-", ".", "..", "…x", "…/…"])
def test_zero_and_a_dash_are_not_blank(value):
    assert not Cell(value).is_blank


@pytest.mark.parametrize(
    ("number_format", "is_date"),
    [
        ("dd/mm/yyyy", True),
        ("d-mmm", True),
        ('[$-42A]dd "tháng" mm', True),
        ("General", False),
        ("#,##0", False),
        ('#,##0 "đồng/day"', False),
        ("[Red]0", False),
        ("h:mm", False),
        ("0%", False),
        ("", False),
    ],
)
def test_a_date_format_has_days_or_years_outside_quotes(number_format, is_date):
    assert Cell(45041, number_format).is_date is is_date


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (Cell("#REF!"), "CELL_ERROR_VALUE"),
        (Cell("#n/a"), "CELL_ERROR_VALUE"),
        (Cell("Err:502"), "CELL_ERROR_VALUE"),
        (Cell("", formula="SUM(A1:A3)"), "FORMULA_WITHOUT_VALUE"),
        (Cell(None, formula="A1"), "FORMULA_WITHOUT_VALUE"),
        (Cell("§¹t", font=".VnTime"), "FONT_NOT_UNICODE"),
        (Cell("Ñaït", font="VNI-Times"), "FONT_NOT_UNICODE"),
        (Cell("Ñaït", font="'VNI-Times'"), "FONT_NOT_UNICODE"),  # as OpenDocument quotes it
    ],
)
def test_a_fault_of_any_kind_of_cell_is_named(cell, code):
    fault = fault_of(cell)
    assert fault is not None
    assert (fault.code, fault.value, fault.raw) == (code, None, cell.raw)


@pytest.mark.parametrize(
    "cell",
    [
        Cell("Đạt", font="Times New Roman"),
        Cell("17.1", font=".VnTime"),
        Cell(85, font=".VnTime"),
        Cell(85, formula="A1+A2"),
        Cell("#1 của xã"),
        Cell(None),
    ],
)
def test_a_sound_cell_has_no_fault(cell):
    assert fault_of(cell) is None


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        ("Đạt", False),
        ("  Đạt  chuẩn ", False),
        ("hai\ndòng có dấu", False),
        (unicodedata.normalize("NFD", "Đã đạt"), True),
        ("Ðạt", True),
        ("Cơ\u00a0bản đạt", True),
        ("Đ\u200bạt", True),
    ],
)
def test_text_is_odd_where_more_than_plain_spaces_was_put_right(text, odd):
    assert is_odd(Cell(text)) is odd


def test_free_text_is_normal_and_cut_at_its_limit():
    assert read_text(Cell("Khó\u00a0 khăn ")).value == "Khó khăn"
    assert read_text(Cell("x" * LONGEST_TEXT)).value == "x" * LONGEST_TEXT
    assert read_text(Cell("x" * (LONGEST_TEXT + 1))).value == "x" * LONGEST_TEXT
    assert read_text(Cell(date(2023, 4, 25))).value == "25/4/2023"
    assert read_text(Cell(None)).value == ""


@pytest.mark.parametrize(
    ("cell", "seen"),
    [
        (Cell(12.5), "12,5"),
        (Cell(-1234567.5), "-1234567,5"),
        (Cell(0.125, number_format="0.0%"), "12,5%"),
        (Cell(1234), "1234"),
        (Cell("12.5"), "12.5"),
        (Cell("1.234,5"), "1.234,5"),
        (Cell(date(2023, 4, 25)), "25/4/2023"),
    ],
)
def test_a_number_is_shown_with_a_comma_and_a_text_as_it_was_typed(cell, seen):
    assert cell.seen == seen
    assert refusal(cell, "NUMBER_UNREADABLE").facts == {"seen": seen}


def test_what_is_kept_of_a_number_has_its_dot():
    """Free text and codes are kept and compared: 17.1 is a code, not a number with decimals."""
    assert (Cell(12.5).raw, read_text(Cell(12.5)).value) == ("12.5", "12.5")
    codes = {"17.1": "17.1", "17.10": "17.10"}
    assert read_indicator(Cell(17.1), codes).facts["seen"] == "17.1"
    assert read_indicator(Cell(99.9), codes).facts["seen"] == "99.9"
