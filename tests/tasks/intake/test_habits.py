"""How the numbers and dates of one file are written: dots and commas in two ways, months before days."""

from datetime import date
from decimal import Decimal

import pytest

from domain.findings import Severity, blocks
from domain.forms import Part
from tests.tasks.intake.recognise_kit import DEBT, PROGRESS, grid, told, understood

MILLION = 10**6
QUIET = [["Đơn vị báo cáo", "Xã Mỹ Hà"], ["Kỳ báo cáo", date(2023, 4, 12)]]


def debts(*sums, unit="triệu đồng", also=()):
    lines = [[n, f"Đường {n}", "", "", amount] for n, amount in enumerate(sums, start=1)]
    submission, findings = understood(grid([*QUIET, ["Đơn vị tính", unit], DEBT, *lines], *also))
    return [row.accepted for row in submission.parts.get(Part.DEBT, ())], findings


def progress(*pairs):
    """Table of completion and planned day."""
    return [
        *QUIET,
        PROGRESS,
        *([1, "", f"3.{n}", "", "", "", "Chưa đạt", *pair] for n, pair in enumerate(pairs, start=1)),
    ]


def test_an_english_number_beside_vietnamese_ones_is_an_error_that_names_both():
    amounts, findings = debts("1.234,5", "2.500,0", "1,234.5")
    (mixed,) = [f for f in findings if f.code == "NUMBERS_MIXED"]
    assert (mixed.place.cell, mixed.severity, dict(mixed.facts)) == (
        "E7",
        Severity.ERROR,
        {"seen": "1,234.5", "read": "1.234,5", "first": "ô E5"},
    )
    assert amounts == [1_234_500_000, 2_500_000_000, None]


def test_the_rarer_way_is_the_one_to_mend_and_mending_it_makes_the_file_pass():
    assert [
        cell for code, cell in told(debts("1,234.5", "2,500.0", "1.234,5")[1]) if code == "NUMBERS_MIXED"
    ] == ["E7"]
    amounts, findings = debts("1,234.5", "2,500.0", "1,234.5")
    assert amounts == [1_234_500_000, 2_500_000_000, 1_234_500_000]
    assert {f.code for f in findings} == {"READ_NUMBER_FROM_TEXT"}


def test_percents_tell_how_sums_are_written_and_block_only_where_sums_are_unsure_too():
    _, findings = debts("1,234.5", also=[progress(["12,5%", None], ["8,5", None])])
    (mixed,) = [f for f in findings if f.code == "NUMBERS_MIXED"]
    assert (mixed.place.cell, mixed.facts["first"]) == ("E5", "Bảng 2, ô H4")
    assert blocks(findings)
    _, findings = debts("1,234.5", "2,500.5", also=[progress(["12,5%", None])])
    (mixed,) = [f for f in findings if f.code == "NUMBERS_MIXED"]
    assert (mixed.place.cell, mixed.severity) == ("H4", Severity.WARNING)
    assert [f.place.cell for f in findings if f.code == "NUMBER_AMBIGUOUS"] == ["E5", "E6"]
    assert blocks(findings)


@pytest.mark.parametrize(
    ("sums", "million"),
    [
        (("1.234", "1.234,5"), [1234, 1234.5]),
        (("1,234", "0,5"), [1.234, 0.5]),
        (("1,234", "1,234.5"), [1234, 1234.5]),
        (("1,234,567", "12.5"), [1234567, 12.5]),
        (("1.234.567", "12,5"), [1234567, 12.5]),
    ],
)
def test_a_column_that_is_wholly_written_in_one_way_settles_what_can_be_read_in_two(sums, million):
    amounts, findings = debts(*sums)
    assert amounts == [int(Decimal(str(each)) * MILLION) for each in million]
    assert {f.code for f in findings} <= {"READ_NUMBER_FROM_TEXT"}


@pytest.mark.parametrize(
    "sums",
    [
        ("1.234", "85"),
        ("1,234", "85"),
        ("1.234", "12.5"),  # many write 12.5 beside dots between thousands
        ("1.234", "12,5", "12.5"),
    ],
)
def test_what_nothing_settles_is_asked_about(sums):
    amounts, findings = debts(*sums)
    assert ("NUMBER_AMBIGUOUS", "E5") in told(findings)
    assert amounts[0] is None


def test_another_column_settles_nothing():
    _, findings = debts("1,250", also=[progress(["12,5%", None])])
    assert [code for code, _ in told(findings) if code.startswith("NUMBER")] == ["NUMBER_AMBIGUOUS"]


def test_in_dong_a_comma_between_thousands_is_english_and_beside_dots_it_is_mixed():
    assert debts("1,250", "12,500,000", unit="đồng")[0] == [1250, 12_500_000]
    assert debts("1.250", "12.500", unit="đồng")[0] == [1250, 12_500]
    _, findings = debts("1.250", "1,250", unit="đồng")
    assert [cell for code, cell in told(findings) if code == "NUMBERS_MIXED"] == ["E6"]
    _, findings = debts("12,5", "250,000 đồng")
    assert [cell for code, cell in told(findings) if code == "NUMBERS_MIXED"] == ["E6"]


def test_a_result_that_nothing_settles_stays_text():
    lines = [*QUIET, PROGRESS, [1, "", "18.2", "", "", "65,250", "Đạt"]]
    submission, findings = understood(grid(lines))
    (row,) = submission.parts[Part.PROGRESS]
    assert (row.result, row.result_text) == (None, "65,250")
    assert told(findings) == [("RESULT_NOT_A_NUMBER", "F4")]


@pytest.mark.parametrize(
    ("written", "read", "codes"),
    [
        ("72,5 triệu đồng/người/năm", "72.5", []),
        ("72.500.000 đồng", "72.5", []),
        ("72,5 trđ/người", "72.5", []),
        ("72.500 nghìn đồng", None, ["RESULT_NOT_A_NUMBER"]),
        ("1,12 lần", None, ["RESULT_NOT_A_NUMBER"]),
        (72500000, None, ["RESULT_UNIT_UNCLEAR"]),
    ],
)
def test_an_income_may_name_its_unit_and_is_asked_for_it_where_it_cannot_be_meant(written, read, codes):
    lines = [*QUIET, PROGRESS, [1, "", "KM-2", "", "", written, "Đạt"]]
    submission, findings = understood(grid(lines))
    (row,) = submission.parts[Part.PROGRESS]
    assert (row.result, row.result_text) == (Decimal(read) if read else None, str(written))
    assert told(findings) == [(code, "F4") for code in codes]


def test_beside_days_that_stayed_texts_date_cells_are_asked_about():
    """Excel in English makes 6 May of 5/6/2023 and leaves 25/5/2023 as it was typed."""
    lines = progress([None, date(2023, 5, 6)], [None, "25/5/2023"], [None, "28/5/2023"])
    submission, findings = understood(grid(lines))
    dates = [row.planned_on for row in submission.parts[Part.PROGRESS]]
    assert dates == [None, date(2023, 5, 25), date(2023, 5, 28)]
    assert [pair for pair in told(findings) if pair[0].startswith("DATE")] == [("DATE_AMBIGUOUS", "I4")]


def test_a_month_first_date_makes_others_of_its_column_unsure():
    lines = progress([None, "4/25/2023"], [None, "4/5/2023"], [None, date(2023, 5, 4)], [None, "25/4/2023"])
    submission, findings = understood(grid(lines))
    dates = [row.planned_on for row in submission.parts[Part.PROGRESS]]
    assert dates == [None, None, date(2023, 5, 4), date(2023, 4, 25)]
    assert [pair for pair in told(findings) if pair[0].startswith("DATE")] == [
        ("DATE_MONTH_FIRST", "I4"),
        ("DATE_AMBIGUOUS", "I5"),
    ]


@pytest.mark.parametrize(
    ("day", "is_taken"),
    [
        (date(2021, 4, 12), True),
        (date(2021, 4, 11), False),
        (date(2025, 5, 30), True),
        (date(2025, 5, 31), False),
        ("31/12/2032", False),
    ],
)
def test_a_date_far_outside_the_campaign_is_told_and_not_taken(day, is_taken):
    submission, findings = understood(grid(progress([None, day])))
    (row,) = submission.parts[Part.PROGRESS]
    outside = [(f.place.cell, f.severity) for f in findings if f.code == "DATE_OUT_OF_CAMPAIGN"]
    assert (row.planned_on is not None, outside) == (is_taken, [] if is_taken else [("I4", Severity.WARNING)])


def test_two_ways_of_writing_block_only_where_money_or_a_required_cell_is_unsure():
    results = [*QUIET, PROGRESS, [1, "Thu nhập", "10", "", "", "1,234.5", "Chưa đạt"]]
    rows, findings = debts("1.234,5", "2.500,5", also=(results,))
    assert rows == [1_234_500_000, 2_500_500_000]
    (mixed,) = [f for f in findings if f.code == "NUMBERS_MIXED"]
    assert (mixed.place.cell, mixed.severity) == ("F4", "warning")
    rows, findings = debts("1.234,5", also=([*results, [2, "Điện", "4.2", "", "", "2,345.5", "Chưa đạt"]],))
    (mixed,) = [f for f in findings if f.code == "NUMBERS_MIXED"]
    assert (mixed.place.cell, mixed.severity) == ("E5", "error")
