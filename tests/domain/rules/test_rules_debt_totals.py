"""What can't be told to be a total or a project is asked: counted as a project it doubles the commune's debt."""

from dataclasses import replace
from typing import Any

import pytest

from domain.submissions import DebtRow, DebtRowKind
from tests.domain.rules.kit import LETTERS, cells, debt, found

TOTAL = DebtRowKind.TOTAL
PLACE = LETTERS["project"]
A, B, C = (
    debt(
        5,
        "Đường",
        decision="12/QĐ-UBND năm 2021",
        accepted=600,
        allotted_commune=500,
        paid=500,
        stated_debt=100,
    ),
    debt(
        6,
        "Kênh",
        decision="13/QĐ-UBND năm 2021",
        accepted=400,
        allotted_commune=100,
        paid=100,
        stated_debt=300,
    ),
    debt(
        7, "Trường", decision="14/QĐ-UBND năm 2021", accepted=70, allotted_commune=20, paid=20, stated_debt=50
    ),
)


def asked(*rows: DebtRow) -> list[str]:
    return cells("TOTAL_OR_PROJECT", *rows)


def row(number: int, name: str, accepted: Any, allotted: Any, paid: Any, owed: Any, **about: Any) -> DebtRow:
    said = {"accepted": accepted, "allotted_commune": allotted, "paid": paid, "stated_debt": owed}
    return debt(number, name, **said, **about)


@pytest.mark.parametrize("name", ["Toàn xã", "Công trình chuyển tiếp", "6 dự án"])
def test_a_row_without_a_decision_that_the_others_add_up_to_is_asked_about_wherever_it_stands(name):
    assert asked(A, B, C, row(8, name, 1070, 620, 620, 450)) == [f"{PLACE}8"]
    assert asked(row(4, name, 1070, 620, 620, 450), A, B, C) == [f"{PLACE}4"]
    assert asked(A, B, row(8, name, 1000, 600, 600, 400), C) == [f"{PLACE}8"]
    assert asked(A, row(8, name, 470, 120, 120, 350), B, C) == [f"{PLACE}8"]


def test_the_finding_quotes_the_row():
    (finding,) = found("TOTAL_OR_PROJECT", A, B, row(8, "Toàn xã", 1000, 600, 600, 400))
    assert finding.facts == {"seen": "Toàn xã"}


def test_the_total_of_a_single_project_is_asked_about_too():
    assert asked(A, row(8, "Toàn xã", 600, 500, 500, 100)) == [f"{PLACE}8"]


@pytest.mark.parametrize(
    ("accepted", "is_asked"), [(998, False), (999, True), (1000, True), (1001, True), (1002, False)]
)
def test_sums_are_equal_within_half_a_last_digit_of_each_row(accepted, is_asked):
    """Of two rows that each show whole đồng: one đồng. Two of three sums have to agree."""
    rows = (A, B, row(8, "Toàn xã", accepted, 600, 77, None))
    assert asked(*rows) == ([f"{PLACE}8"] if is_asked else [])


def test_one_equal_sum_is_a_coincidence():
    assert asked(A, B, row(8, "Chợ", 1000, None, None, None)) == []
    assert asked(A, B, row(8, "Chợ", 1000, 0, 0, 0)) == []  # zeros agree with too much


def test_a_total_with_a_slip_is_still_asked_about_where_most_of_it_agrees():
    assert asked(A, B, row(8, "Toàn xã", 1000, 600, 600, 4)) == [f"{PLACE}8"]
    assert asked(A, B, row(8, "Chợ", 1000, 600, 6, 4)) == []


def test_a_project_with_its_decision_is_one_whatever_it_costs():
    assert asked(A, B, row(8, "Chợ", 1000, 600, 600, 400, decision="15/QĐ-UBND")) == []
    assert asked(A, B, row(8, "Chợ", 1000, 600, 600, 400, decision="đã có")) == [f"{PLACE}8"]


def test_projects_without_decisions_are_projects():
    assert (
        asked(
            debt(5, "A", accepted=5, paid=3),
            debt(6, "B", accepted=7, paid=2),
            debt(7, "C", accepted=9, paid=9),
        )
        == []
    )


def test_one_of_two_like_projects_is_not_the_sum_of_the_other():
    twins = [row(n, f"Nhà văn hóa xóm {n}", 90, 50, 50, 40) for n in (5, 6, 7)]
    assert asked(*twins) == []


def test_a_right_total_under_the_forms_own_words_is_neither_asked_about_nor_blamed():
    rows = (A, row(8, "Tổng cộng", 600, 500, 500, 100, kind=TOTAL))
    assert asked(*rows) == cells("TOTAL_ROW_DIFFERS", *rows) == []


@pytest.mark.parametrize("name", ["Tổng cộng (2 dự án)", "Tổng kho vật tư"])
def test_a_row_that_begins_like_a_total_is_one_where_its_rows_add_up_to_it(name):
    right, wrong = row(8, name, 1000, 600, 600, 400, kind=TOTAL), row(8, name, 900, 500, 500, 3, kind=TOTAL)
    assert asked(A, B, right) == []
    assert asked(A, B, wrong) == [f"{PLACE}8"]
    assert asked(A, B, row(8, name, None, None, None, None, kind=TOTAL)) == [f"{PLACE}8"]
    assert asked(A, B, row(8, name, 0, 0, 0, None, kind=TOTAL)) == []


def test_a_total_in_the_forms_own_words_that_differs_is_told_as_that_alone():
    assert asked(A, B, row(8, "Tổng cộng", 900, 500, 500, 3, kind=TOTAL)) == []


def test_a_total_over_sections_and_a_sections_total_on_top_are_not_blamed():
    rows = (
        row(1, "Cộng I", 1000, 600, 600, 400, kind=TOTAL),
        A, B,
        row(8, "Cộng II", 70, 20, 20, 50, kind=TOTAL),
        C,
        debt(9, "Kè", accepted=3, allotted_commune=2, paid=1, stated_debt=1),
        row(10, "Cộng III", 73, 22, 21, 51, kind=TOTAL),
        row(11, "Tổng số", 1073, 622, 621, 451, kind=TOTAL),
    )  # fmt: skip
    assert cells("TOTAL_ROW_DIFFERS", *rows) == asked(*rows) == []


def test_projects_of_another_sheet_add_up_to_nothing_here():
    there = replace(row(8, "Toàn xã", 1000, 600, 600, 400), sheet="Khác")
    assert asked(A, B, there) == []


def total(*rows: DebtRow, number: int = 9, name: str = "Tổng cộng") -> DebtRow:
    sums = ("accepted", "allotted_commune", "paid", "stated_debt")
    return debt(number, name, kind=TOTAL, **{each: sum(getattr(one, each) for one in rows) for each in sums})


DIFFERING = [LETTERS[each] for each in ("accepted", "allotted_commune", "paid", "stated_debt")]


@pytest.mark.parametrize("summed", [(A, B), (B, C), (A, C)])
def test_the_only_total_of_a_table_is_that_of_all_its_rows(summed):
    """A range of a formula that leaves the first row out, or the last."""
    assert cells("TOTAL_ROW_DIFFERS", A, B, C, total(*summed)) == [f"{each}9" for each in DIFFERING]
    assert cells("TOTAL_ROW_DIFFERS", total(*summed, number=4), A, B, C) == [f"{each}4" for each in DIFFERING]


def test_totals_of_sections_are_those_of_their_rows():
    first, second = total(A, B, name="Cộng", number=8), total(C, name="Cộng")
    assert cells("TOTAL_ROW_DIFFERS", A, B, first, C, second) == []
    assert cells("TOTAL_ROW_DIFFERS", A, B, total(A, B, name="Cộng mục I", number=8), C) == []
    assert cells("TOTAL_ROW_DIFFERS", A, B, C, total(B, C, name="Cộng mục II")) == []


D = debt(
    9, "Kè", decision="15/QĐ-UBND năm 2021", accepted=430, allotted_commune=130, paid=99, stated_debt=300
)


def on_top(number: int, name: str, *rows: DebtRow, **changed: Any) -> DebtRow:
    """The total of these rows, above them."""
    names = ("accepted", "allotted_commune", "paid", "stated_debt")
    return row(
        number, name, *(sum(getattr(each, of) for each in rows) for of in names), kind=TOTAL, **changed
    )


def test_a_sections_total_on_top_is_not_held_against_a_like_section_beside_it():
    """Most of it is the sum of the section above, too: the one that all of it is the sum of counts."""
    like = row(10, "Cống", 570, 470, 470, 100, decision="16/QĐ-UBND năm 2021")
    rows = on_top(4, "Cộng I", A, B), A, B, on_top(8, "Cộng II", D, like), D, like
    assert cells("TOTAL_ROW_DIFFERS", *rows) == asked(*rows) == []


def test_a_sections_total_on_top_counts_a_last_project_that_only_adds_to_one_sum():
    small = row(10, "Cống", 0, 0, 7, 0, decision="16/QĐ-UBND năm 2021")
    rows = on_top(4, "Cộng I", C, B, small), C, B, small, on_top(11, "Cộng II", A, D), A, D
    assert cells("TOTAL_ROW_DIFFERS", *rows) == asked(*rows) == []


def test_a_sections_total_on_top_that_differs_is_told_beside_a_like_section():
    like = row(10, "Cống", 570, 470, 470, 100, decision="16/QĐ-UBND năm 2021")
    wrong = replace(on_top(8, "Cộng II", D, like), paid=1)
    rows = on_top(4, "Cộng I", A, B), A, B, wrong, D, like
    assert cells("TOTAL_ROW_DIFFERS", *rows) == [f"{LETTERS['paid']}8"]
