import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.reading import number
from domain.reading.number import LONGEST_NUMBER, Separators, either, is_as_written, readings, separators_of
from domain.vietnamese import normal_text, vi_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", "0"),
        ("85", "85"),
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("0,85", "0.85"),
        ("0.123", "0.123"),
        ("1.234,5", "1234.5"),
        ("1.234.567", "1234567"),
        ("1.234.567,89", "1234567.89"),
        ("1 234 567", "1234567"),
        ("1\u00a0234,5", "1234.5"),
        ("1\u202f234", "1234"),
        ("1234.567", "1234.567"),
        (" 85 ", "85"),
        ("-5", "-5"),
        ("−1.234,5", "-1234.5"),
    ],
)
def test_a_clear_number_has_one_reading(text, number):
    assert readings(text) == (Decimal(number),)


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("1.234", "1.234 hoặc 1,234"),
        ("12.000", "12.000 hoặc 12"),
        ("1,234", "1.234 hoặc 1,234"),
        ("1,234.5", "1.234,5 hoặc 1,2345"),
        ("1,234,567", "1.234.567 hoặc 1,234567"),
    ],
)
def test_an_unclear_number_has_two_readings_and_says_both(text, both):
    assert either(readings(text)) == both


@pytest.mark.parametrize(
    "text",
    [
        "", "-", "abc", "inf", "nan", "-inf", "1_000", "1e5", "١٢٣", "१२", "𝟏𝟐", "²", "+5", "(5)", "1.23.4", "1..2",
        "1,2,3",
        "12.34.567", "0.123.456", "0.123,5", ",5", "5,", ".5", "1 23", "1 234.5", "85%", "1.234 đồng", "True", "9" * 41,
    ],
)  # fmt: skip
def test_what_is_no_number_has_no_reading(text):
    assert readings(text) == ()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("85", "85"),
        ("1.234,5", "1234.5"),
        ("1.234.567", "1234567"),
        ("1 234 567", "1234567"),
        ("1.234", "1234"),
        ("1,234", "1.234"),
        ("300,0", "300"),
        ("−5,0", "-5"),
    ],
)
def test_a_number_in_the_vietnamese_way_stands_as_it_was_written(text, number):
    assert is_as_written(text, Decimal(number))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12.5", "12.5"),
        ("-12.5", "-12.5"),
        ("0.123", "0.123"),
        ("1.234", "1.234"),
        ("1,234", "1234"),
        ("1,234.5", "1234.5"),
        ("1,234,567", "1234567"),
    ],
)
def test_a_number_written_in_another_way_does_not(text, number):
    assert not is_as_written(text, Decimal(number))


@given(st.decimals(-(10**12), 10**12, places=3))
def test_what_we_write_ourselves_stands_as_it_was_written(number):
    assert is_as_written(vi_number(number), number)


NUMBERS = st.decimals(-(10**12), 10**12, allow_nan=False, allow_infinity=False, places=3)


@given(NUMBERS)
def test_a_number_written_in_vietnamese_is_among_its_readings(number):
    assert number in readings(vi_number(number))


def _is_either(number):
    """Written as 1.234 or 1,234."""
    return re.fullmatch(r"-?[1-9]\d{0,2}[.,]\d{3}", vi_number(number)) is not None


@given(NUMBERS.filter(lambda n: not _is_either(n)))
def test_a_number_with_decimals_or_two_groups_reads_back_as_itself_alone(number):
    assert readings(vi_number(number)) == (number,)


@given(NUMBERS)
def test_in_a_column_that_is_settled_every_number_reads_back_exactly_in_its_own_way(number):
    vietnamese = vi_number(number)
    spaced = vietnamese.replace(".", "\u00a0")
    english = vietnamese.translate(str.maketrans(".,", ",."))
    assert readings(vietnamese, Separators.VIETNAMESE) == (number,)
    assert readings(spaced, Separators.VIETNAMESE) == (number,)
    assert readings(english, Separators.ENGLISH) == (number,)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1.234,5", "vietnamese"), ("12,5", "vietnamese"), ("12,5%", "vietnamese"), ("0,586 tỷ đồng", "vietnamese"),
        ("1.234.567", "vietnamese"), ("-1.234,5", "vietnamese"), ("1 234,5", "vietnamese"),
        ("1,234.5", "english"), ("1,234,567 đồng", "english"), ("12.5", "dot_decimal"), ("0.586", "dot_decimal"),
        ("1.234", None), ("1,234", None), ("85", None), ("1 234", None), ("", None), ("Nam 88,2%; nữ 86,4%", None),
        ("Đạt", None), ("1.23.456", None),
    ],
)  # fmt: skip
def test_a_number_shows_how_its_writer_uses_dots_and_commas(text, shown):
    assert separators_of(text) == shown


GRAMMAR = re.compile(
    r"[-−]? ?(?:\d+|\d+[.,]\d+|[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?|[1-9]\d{0,2}(?: \d{3})+(?:,\d+)?|"
    r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?)",
    re.ASCII,
)


@given(st.one_of(st.text(max_size=60), st.text("0123456789.,- _e()%", max_size=12)))
def test_nothing_outside_the_grammar_is_read(text):
    written = normal_text(text).removesuffix(".")
    is_number = len(written) <= LONGEST_NUMBER and GRAMMAR.fullmatch(written) is not None
    assert bool(readings(text)) == is_number


@given(st.text(max_size=60))
def test_no_text_raises_and_every_reading_is_finite(text):
    assert all(number.is_finite() for number in readings(text))


@pytest.mark.parametrize(
    ("text", "plainly"),
    [("14.950", "14950 hoặc 14,95"), ("1,234", "1234 hoặc 1,2340"), ("1,234.5", "1234,5 hoặc 1,2345"),
     ("2.000", "2000 hoặc 2")],
)  # fmt: skip
def test_each_reading_has_a_way_of_writing_that_nobody_takes_for_the_other(text, plainly):
    assert number.plainly(readings(text)) == plainly
    assert all(len(readings(each)) == 1 for each in plainly.split(" hoặc "))


@pytest.mark.parametrize(("text", "value"), [("3000.", "3000"), ("12,5.", "12.5"), ("1.234.567.", "1234567")])
def test_a_full_stop_behind_a_number_ends_a_sentence(text, value):
    assert readings(text) == (Decimal(value),)


@pytest.mark.parametrize("text", [".", "12..", "..5", "12,.", "-."])
def test_other_stops_make_no_number(text):
    assert readings(text) == ()
