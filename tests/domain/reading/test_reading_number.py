from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.reading.number import either, is_plain, readings
from domain.vietnamese import vi_number


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
        ("1,234", "1.234"),
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
        ("1,234.5", "1.234,5 hoặc 1,2345"),
        ("1,234,567", "1.234.567 hoặc 1,234567"),
    ],
)
def test_an_unclear_number_has_two_readings_and_says_both(text, both):
    assert either(readings(text)) == both


@pytest.mark.parametrize(
    "text",
    [
        "", "-", "abc", "inf", "nan", "-inf", "1_000", "1e5", "١٢٣", "１２", "²", "+5", "(5)", "1.23.4", "1..2",
        "1,2,3",
        "12.34.567", "0.123.456", "0.123,5", ",5", "5,", ".5", "1 23", "1 234.5", "85%", "1.234 đồng", "True", "9" * 41,
    ],
)  # fmt: skip
def test_what_is_no_number_has_no_reading(text):
    assert readings(text) == ()


def test_only_digits_are_plain():
    assert [is_plain(text) for text in ("85", " 85 ", "8,5", "1.234", "-5", "")] == [True, True] + [False] * 4


NUMBERS = st.decimals(-(10**12), 10**12, allow_nan=False, allow_infinity=False, places=3)


@given(NUMBERS)
def test_a_number_written_in_vietnamese_is_among_its_readings(number):
    assert number in readings(vi_number(number))


@given(NUMBERS.filter(lambda n: n != n.to_integral_value() or abs(n) < 1000 or abs(n) >= 10**6))
def test_a_number_with_decimals_or_two_groups_reads_back_as_itself_alone(number):
    assert readings(vi_number(number)) == (number,)


@given(st.text(max_size=60))
def test_no_text_raises_and_every_reading_is_finite(text):
    assert all(number.is_finite() for number in readings(text))
