"""What is remembered of a cell is remembered by all that its reading depends on, and by nothing less."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from itertools import permutations

import pytest

from domain.forms import Part
from domain.judgement import Judgement
from domain.reading.cell import Cell, OldText, Reading
from domain.reading.percent import read_percent
from tasks.intake.grid import Sheet, Style
from tasks.intake.known import Way, _remembered, known, known_down
from tests.tasks.intake.recognise_kit import DEBT, PROGRESS, campaign, grid, understood

HEADER = [["Đơn vị báo cáo", "Xã Mỹ Hà"], ["Kỳ báo cáo", date(2023, 4, 12)]]
EQUAL = ([1, 1.0, True, "1"], [0, 0.0, -0.0, False, "0"], [date(2023, 4, 12), datetime(2023, 4, 12)])  # noqa: DTZ001


@pytest.mark.parametrize("values", [order for equal in EQUAL for order in permutations(equal)])
def test_values_that_are_equal_and_differ_are_not_taken_for_one_another(values) -> None:
    way = Way(lambda cell: Reading(repr(cell.value), cell.raw))
    sheet = Sheet("A", tuple((value,) for value in values))
    assert [each.value for each in known_down(way, sheet, range(len(values)), 0)] == list(map(repr, values))
    assert [known(way, Cell(value)).value for value in values] == list(map(repr, values))


def test_a_style_is_part_of_what_is_remembered() -> None:
    way = Way(read_percent)
    styles = {"A2": Style("0%"), "A3": Style("", "", "B3"), "A4": Style("#,##0,,")}
    rows = ((0.5,), (0.5,), (0.5,), (0.5,))
    read = known_down(way, Sheet("A", rows, styles), range(4), 0)
    assert [each.reading.code for each in read] == [
        "PERCENT_BELOW_ONE",
        "",
        "PERCENT_BELOW_ONE",
        "NUMBER_SHOWN_OTHERWISE",
    ]
    assert [each.cell for each in read] == [
        Cell(0.5),
        Cell(0.5, "0%"),
        Cell(0.5, "", "", "B3"),
        Cell(0.5, "#,##0,,"),
    ]


def test_two_ways_share_nothing() -> None:
    one, other = Way(lambda cell: Reading("một", cell.raw)), Way(lambda cell: Reading("hai", cell.raw))
    assert [known(way, Cell("x")).value for way in (one, other, one)] == ["một", "hai", "một"]


def test_a_text_from_an_old_font_is_read_by_itself() -> None:
    way = Way(lambda cell: Reading(cell.value, cell.raw))
    sheet = Sheet("A", (("Đạt",), ("Đạt",)), old={"A2": OldText("§¹t", "READ_FROM_TCVN3")})
    assert [each.reading.raw for each in known_down(way, sheet, range(2), 0)] == ["Đạt", "§¹t"]


def test_what_is_remembered_is_bounded_and_holds_no_long_text() -> None:
    _remembered.cache_clear()
    way = Way(lambda cell: Reading(cell.value, cell.raw))
    known(way, Cell("x" * 201))
    assert _remembered.cache_info().currsize == 0
    for number in range(10_000):
        known(way, Cell(number))
    assert _remembered.cache_info().currsize == 8192


def test_two_campaigns_are_not_mixed_up() -> None:
    """One knows "ok" as đạt, the other as chưa đạt."""
    spellings = campaign().spellings
    book = grid([*HEADER, PROGRESS, [1, "", "3.1", "", "", "", "ok"]])
    read = []
    for judgement in (Judgement.MET, Judgement.NOT_MET, Judgement.MET):
        also = replace(spellings, judgement={**spellings.judgement, "ok": judgement})
        submission, _ = understood(book, of=replace(campaign(), spellings=also))
        read += [row.judgement for row in submission.parts[Part.PROGRESS]]
    assert read == [Judgement.MET, Judgement.NOT_MET, Judgement.MET]


def test_two_files_of_opposite_habits_are_each_read_in_their_own() -> None:
    def debts(*sums):
        lines = [[n, f"Đường {n}", "", "", amount] for n, amount in enumerate(sums, start=1)]
        submission, _ = understood(grid([*HEADER, ["Đơn vị tính", "triệu đồng"], DEBT, *lines]))
        return [row.accepted for row in submission.parts[Part.DEBT]]

    vietnamese, english = ("1.234,5", "1.234"), ("1,234.5", "2,345,678", "1.234")
    for _ in range(2):
        assert debts(*vietnamese) == [1_234_500_000, 1_234_000_000]
        assert debts(*english) == [1_234_500_000, 2_345_678_000_000, 1_234_000]


def test_a_result_is_remembered_by_the_unit_of_its_indicator() -> None:
    """A share of a cell in a percent format is percent points only where the indicator counts in percent."""
    units = {i.unit.value: i.code for i in campaign().catalogue.indicators()}
    percent, count = units["percent"], units["count"]
    lines = [
        [1, "", percent, "", "", "95,5%", "Đạt"],
        [2, "", count, "", "", "95,5%", "Đạt"],
        [3, "", percent, "", "", "95,5%", "Đạt"],
    ]
    submission, _ = understood(grid([*HEADER, PROGRESS, *lines]))
    assert [row.result for row in submission.parts[Part.PROGRESS]] == [Decimal("95.5"), None, Decimal("95.5")]
