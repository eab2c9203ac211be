from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.reading.cell import Cell
from domain.reading.money import MOST, Amount, read_money
from domain.reading.number import Separators
from domain.vietnamese import vi_million_dong, vi_number

UNITS = {"đồng": 1, "nghìn đồng": 1000, "triệu": 10**6, "triệu đồng": 10**6, "tr.đ": 10**6, "tỷ đồng": 10**9}
MILLION = 10**6


def dong(value, unit=MILLION):
    amount = read_money(Cell(value), unit, UNITS).value
    return amount and amount.dong


def code(value, unit=MILLION, number_format=""):
    return read_money(Cell(value, number_format), unit, UNITS).code


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (1234.5, MILLION, 1_234_500_000),
        (1234.5600000000001, MILLION, 1_234_560_000),
        (0.000001, MILLION, 1),
        (0, MILLION, 0),
        ("0", MILLION, 0),
        ("1.234,5", MILLION, 1_234_500_000),
        ("1.234.567", 1, 1_234_567),
        ("1.234", 1, 1234),
        ("250.000", 1, 250_000),
        ("250.000 đồng", None, 250_000),
        ("1234", MILLION, 1_234_000_000),
        ("1 234 567", 1, 1_234_567),
        ("1,5 tỷ đồng", MILLION, 1_500_000_000),
        ("250triệu", 10**9, 250_000_000),
        ("1.234 đồng", MILLION, 1234),
        ("2,5 tr.đ", None, 2_500_000),
        (None, MILLION, None),
        ("", MILLION, None),
    ],
)
def test_a_sum_is_read_to_the_whole_dong(value, unit, expected):
    assert dong(value, unit) == expected


@pytest.mark.parametrize(
    ("value", "finding"),
    [
        ("-", "MONEY_DASH"),
        ("–", "MONEY_DASH"),
        (-1, "MONEY_NEGATIVE"),
        ("-1,5", "MONEY_NEGATIVE"),
        ("1.234", "NUMBER_AMBIGUOUS"),
        ("1,234.5", "NUMBER_AMBIGUOUS"),
        (0.0000001, "MONEY_TOO_PRECISE"),
        ("0,1234567", "MONEY_TOO_PRECISE"),
        ("không", "NUMBER_UNREADABLE"),
        ("5 nghìn tỷ", "MONEY_UNIT_UNCLEAR"),
        ("5 triệu 200 nghìn", "MONEY_UNIT_UNCLEAR"),
        ("5 đô la", "MONEY_UNIT_UNCLEAR"),
        ("1,234", "NUMBER_AMBIGUOUS"),
        ("1,234,567", "NUMBER_AMBIGUOUS"),
        ("(5)", "NUMBER_UNREADABLE"),
        ("1/2", "NUMBER_UNREADABLE"),
        ("½", "NUMBER_UNREADABLE"),
        ("12.34.567", "NUMBER_UNREADABLE"),
        ("1.23.456", "NUMBER_UNREADABLE"),
        ("9" * 50, "MONEY_TOO_LARGE"),
        (1e300, "MONEY_TOO_LARGE"),
        ("1," + "0" * 34 + "1", "MONEY_TOO_PRECISE"),
        ("85%", "NUMBER_UNREADABLE"),
        ("1_000", "NUMBER_UNREADABLE"),
        ("١٢٣", "NUMBER_UNREADABLE"),
        ("1e5", "NUMBER_UNREADABLE"),
        (True, "NUMBER_UNREADABLE"),
        (float("inf"), "NUMBER_UNREADABLE"),
        (float("nan"), "NUMBER_UNREADABLE"),
        ("#REF!", "CELL_ERROR_VALUE"),
    ],
)
def test_a_sum_that_is_not_sure_is_refused(value, finding):
    assert code(value) == finding
    assert dong(value) is None


def test_a_percent_is_no_money():
    assert code(0.85, number_format="0%") == "NUMBER_UNREADABLE"


def test_a_sum_of_no_unit_is_asked_about_unless_it_is_zero():
    assert code(5, unit=None) == "MONEY_UNIT_MISSING"
    assert read_money(Cell(0), None, UNITS).value == Amount(0, 1, 1)


def test_more_than_the_country_earns_in_a_year_is_no_sum():
    assert dong(MOST, 1) == MOST
    assert code(MOST + 1, 1) == "MONEY_TOO_LARGE"


@pytest.mark.parametrize(
    ("value", "last_digit"),
    [(1234, MILLION), (1234.5, 100_000), ("1.234,50", 10_000), ("1.500.000 đồng", 1), ("1,5 tỷ đồng", 10**8)],
)
def test_the_last_digit_written_is_kept(value, last_digit):
    amount = read_money(Cell(value), MILLION, UNITS).value
    assert amount is not None
    assert amount.last_digit == last_digit


@pytest.mark.parametrize(
    ("value", "note", "read"),
    [
        ("1,5 tỷ đồng", "READ_MONEY_CONVERTED", "1.500.000.000"),
        ("250,0 nghìn đồng", "READ_MONEY_CONVERTED", "250.000"),
        ("1,234 đồng", "READ_MONEY_CONVERTED", "1.234"),
        ("250.000 đồng", "", None),
        ("12.5", "READ_NUMBER_FROM_TEXT", "12,5"),
        ("1.234,5", "", None),
        ("300,0", "", None),
        ("1 234 567", "", None),
        ("1234", "", None),
        (1234.5, "", None),
    ],
)
def test_how_a_sum_was_read_is_told_where_it_is_shown_otherwise_than_it_was_typed(value, note, read):
    reading = read_money(Cell(value), MILLION, UNITS)
    assert (reading.code, reading.facts.get("read")) == (note, read)


def test_what_the_column_shows_settles_a_sum_that_can_be_read_in_two_ways():
    def settled(text, separators):
        amount = read_money(Cell(text), MILLION, UNITS, separators).value
        return amount and amount.dong

    assert settled("1.234", Separators.VIETNAMESE) == 1_234_000_000
    assert settled("1,234", Separators.VIETNAMESE) == 1_234_000
    assert settled("1,234", Separators.ENGLISH) == 1_234_000_000
    assert settled("1,234.5", Separators.ENGLISH) == 1_234_500_000
    assert read_money(Cell("1,234 tỷ đồng"), MILLION, UNITS).code == "NUMBER_AMBIGUOUS"


def test_dong_have_no_decimals_so_dots_and_commas_group():
    assert [dong(text, 1) for text in ("1.234", "1,234", "1,234,567")] == [1234, 1234, 1_234_567]


AMOUNTS = st.integers(0, MOST)


@pytest.mark.parametrize("unit", sorted(set(UNITS.values())))
@given(amount=AMOUNTS)
def test_a_sum_is_exact_to_the_dong_in_every_unit(unit, amount):
    written = vi_number(Decimal(amount) / unit)
    reading = read_money(Cell(written), unit, UNITS, Separators.VIETNAMESE)
    assert reading.value is not None
    assert reading.value.dong == amount


@given(st.text(max_size=50), st.sampled_from([None, 1, MILLION]))
def test_no_text_raises_and_none_is_negative(text, unit):
    reading = read_money(Cell(text), unit, UNITS)
    assert reading.value is None or reading.value.dong >= 0


@given(AMOUNTS)
def test_a_sum_written_out_in_dong_reads_back(amount):
    assert dong(f"{vi_number(amount)} đồng") == amount


@given(AMOUNTS.filter(lambda amount: amount % MILLION))
def test_a_sum_printed_in_million_dong_reads_back(amount):
    reading = read_money(Cell(vi_million_dong(amount)), MILLION, UNITS, Separators.VIETNAMESE)
    assert reading.value is not None
    assert reading.value.dong == amount


@given(st.integers(0, 10**15 - 1))
def test_excels_floats_lose_no_dong(amount):
    assert dong(amount / MILLION) == amount


# --- a number format that shows another number, or another unit -----

FORMATTED = {**UNITS, "tỷ": 10**9, "đ": 1, "₫": 1}


@pytest.mark.parametrize(
    ("number_format", "shown"),
    [
        ("#,##0.0,,", "1.234,5"),
        ("#,##0,", "1.234.500"),
        ("0,.0", "1.234.500"),
        ('#,##0.0,,"  triệu"', "1.234,5 triệu"),
        ("[>=1000000]#,##0.0,,;#,##0", "1.234,5"),
        ("#,##0_);(#,##0.0,,)", "1.234,5"),
        ('#,##0 "tỷ"', "1.234.500.000 tỷ"),
        (r"#,##0 \đ", "1.234.500.000 đ"),
        ("#,##0 [$₫-42A]", "1.234.500.000 ₫"),
    ],
)
def test_a_format_that_shows_another_number_or_unit_than_the_heading_is_asked_about(number_format, shown):
    reading = read_money(Cell(1_234_500_000, number_format), MILLION, FORMATTED)
    assert (reading.value, reading.code) == (None, "NUMBER_SHOWN_OTHERWISE")
    assert reading.facts == {"seen": "1234500000", "read": shown}


@pytest.mark.parametrize(
    "number_format",
    [
        "#,##0.0",
        "#,##0",
        "#,##0.00_);(#,##0.00)",
        '#,##0.0 "triệu"',
        '0,0"."0',
        '#,##0", ghi chú"',
        "#,##0 ;[Red]-#,##0",
    ],
)
def test_a_format_that_shows_the_value_itself_is_read(number_format):
    assert read_money(Cell(1234.5, number_format), MILLION, FORMATTED).value == Amount(
        1_234_500_000, MILLION, 100_000
    )


@pytest.mark.parametrize("number_format", ["#,##0.0,,", '#,##0 "tỷ"'])
def test_zero_is_zero_however_it_is_shown_and_a_text_is_shown_as_it_stands(number_format):
    assert read_money(Cell(0, number_format), MILLION, FORMATTED).value == Amount(0, MILLION, MILLION)
    assert read_money(Cell("5", number_format), MILLION, FORMATTED).value == Amount(
        5 * MILLION, MILLION, MILLION
    )


def test_a_unit_in_a_format_settles_nothing_where_no_heading_names_one():
    assert read_money(Cell(5, '0 "tỷ"'), None, FORMATTED).code == "NUMBER_SHOWN_OTHERWISE"


@pytest.mark.parametrize(
    "number_format",
    ['#,##0 "USD"', "[$$-409]#,##0.00", '0 "đô la"', "[$€-2] 0", '0 "tỷ VNĐ"', '0 "nghìn triệu"'],
)
def test_money_of_another_country_or_in_two_units_is_asked_about(number_format):
    assert read_money(Cell(5, number_format), MILLION, FORMATTED).code == "NUMBER_SHOWN_OTHERWISE"


@pytest.mark.parametrize("text", ["100\n200", "1.100\n200 triệu", "5\r\n6", "100 \n 200"])
def test_digits_on_two_lines_are_no_sum(text):
    assert read_money(Cell(text), MILLION, FORMATTED).code == "NUMBER_UNREADABLE"


def test_a_unit_may_stand_on_the_next_line():
    assert read_money(Cell("5\ntriệu"), MILLION, FORMATTED).value == Amount(5 * MILLION, MILLION, MILLION)


def test_the_residue_of_a_formula_is_the_whole_dong_that_excel_shows():
    assert read_money(Cell(1.1368683772161603e-13), MILLION, FORMATTED).value == Amount(0, MILLION, 1)
    assert read_money(Cell(-2.3e-13), MILLION, FORMATTED).value == Amount(0, MILLION, 1)
    assert read_money(Cell(1000 / 3), MILLION, FORMATTED).code == "MONEY_TOO_PRECISE"


SIGNS = {**FORMATTED, "đ": 1, "₫": 1, "vnđ": 1}


@pytest.mark.parametrize("text", ["600đ", "600 ₫", "600 VNĐ"])
def test_the_sign_of_dong_beside_a_number_of_millions_leaves_open_which_is_meant(text):
    reading = read_money(Cell(text), MILLION, SIGNS)
    assert (reading.value, reading.code) == (None, "MONEY_SIGN_UNCLEAR")
    assert reading.facts["readings"] == "600 đồng hoặc 600.000.000 đồng"


def test_the_sign_is_clear_where_nothing_else_is_said_and_a_word_is_clear_everywhere():
    assert [read_money(Cell("600đ"), unit, SIGNS).value for unit in (1, None)] == [Amount(600, 1, 1)] * 2
    assert read_money(Cell("600 đồng"), MILLION, SIGNS).value == Amount(600, 1, 1)
    assert read_money(Cell("0đ"), MILLION, SIGNS).value == Amount(0, 1, 1)


@pytest.mark.parametrize(
    "number_format",
    [
        "$#,##0.0", "#,##0.0 €", '_($* #,##0.00_);_($* \\(#,##0.00\\);_($* "-"??_);_(@_)', '#,##0"000"', '#,##0".000"',
        "#,##0\\0\\0\\0", '"100"', ";;;", ";;;@", '"xong";0',
    ],
)  # fmt: skip
def test_a_format_that_writes_digits_or_foreign_money_or_no_number_at_all_is_asked_about(number_format):
    assert code(5, number_format=number_format) == "NUMBER_SHOWN_OTHERWISE"


@pytest.mark.parametrize(
    "number_format",
    [
        "_-* #,##0\\ _₫_-;\\-* #,##0\\ _₫_-;_-* \"-\"??\\ _₫_-;_-@_-", "_-* #,##0.00\\ _₫_-", "#,##0.00",
        "_(* #,##0.00_)",
        "0;0;;@", "General", "@", "#,##0.00_$", "#,##0_);[Red](#,##0)", '#,##0 "m2"', "#,##0;-#,##0;",
    ],
)  # fmt: skip
def test_an_accounting_format_shows_the_value_itself(number_format):
    assert read_money(Cell(5, number_format), MILLION, SIGNS).value == Amount(5 * MILLION, MILLION, MILLION)
