from dataclasses import replace
from typing import Any

import pytest

from domain.forms import Part
from domain.rules import judge
from domain.rules.debt import debt_rows, written
from domain.submissions import ALLOTTED_FIELDS, DebtRow, DebtRowKind
from tests.domain.rules.kit import CAMPAIGN, LETTERS, cells, debt, found, submission

MILLION = 10**6
TOTAL = DebtRowKind.TOTAL
SOURCES: dict[str, Any] = dict.fromkeys(ALLOTTED_FIELDS, 0)


def test_the_same_decision_on_two_rows_is_found_at_the_second():
    rows = (debt(5, "A", decision="12/QĐ-UBND"), debt(6, "B", decision="Số 12/QĐ-UBND"), debt(7, "C"))
    (finding,) = found("PROJECT_REPEATED", *rows)
    assert finding.place.cell == f"{LETTERS['project']}6"
    assert finding.facts == {"seen": "B", "first": "5, C. Nợ XDCB"}


def test_the_same_number_of_two_years_is_no_repetition():
    rows = debt(5, "A", decision="12/QĐ-UBND ngày 3/4/2022"), debt(6, "B", decision="12/QĐ-UBND 2019")
    assert cells("PROJECT_REPEATED", *rows) == []


def test_a_number_without_its_year_beside_the_same_with_one_is_asked_about():
    rows = debt(5, "A", decision="12/QĐ-UBND ngày 3/4/2022"), debt(6, "B", decision="12/QĐ-UBND")
    assert cells("PROJECT_REPEATED", *rows) == [f"{LETTERS['project']}6"]
    assert cells("PROJECT_REPEATED", *reversed(rows)) == [f"{LETTERS['project']}5"]


def test_two_projects_are_not_a_repetition():
    assert cells("PROJECT_REPEATED", debt(5, "Kênh 1"), debt(6, "Kênh 2")) == []


@pytest.mark.parametrize(
    ("stated", "differs"),
    [(299_949_999, True), (299_950_000, False), (300_050_000, False), (300_050_001, True)],
)
def test_stated_debt_may_differ_by_half_of_its_last_digit(stated, differs):
    row = debt(
        5,
        accepted=500 * MILLION,
        allotted_commune=200 * MILLION,
        stated_debt=stated,
        unit=MILLION,
        last_digit=100_000,
    )
    assert cells("STATED_DEBT_DIFFERS", row) == ([f"{LETTERS['stated_debt']}5"] if differs else [])


@pytest.mark.parametrize(
    ("accepted", "stated", "differs"),
    [(199, 0, False), (200, 0, False), (201, 0, True), (201, 1, False), (199, 1, True), (200, 1, True)],
)
def test_capital_beyond_what_is_accepted_is_no_negative_debt(accepted, stated, differs):
    row = debt(5, accepted=accepted, allotted_commune=150, allotted_people=50, stated_debt=stated)
    assert bool(cells("STATED_DEBT_DIFFERS", row)) is differs


def test_a_stated_debt_is_held_against_the_legal_debt_whatever_is_paid():
    row = debt(5, accepted=500, allotted_commune=200, paid=100, stated_debt=300)
    assert cells("STATED_DEBT_DIFFERS", row) == []
    assert cells("STATED_DEBT_DIFFERS", replace(row, stated_debt=400)) == [f"{LETTERS['stated_debt']}5"]


def test_stated_debt_is_shown_in_the_unit_of_its_row():
    row = debt(
        5, accepted=500 * MILLION, allotted_commune=200 * MILLION, stated_debt=310_500_000, unit=MILLION
    )
    (finding,) = found("STATED_DEBT_DIFFERS", row)
    assert finding.facts == {"seen": "310,5 triệu đồng", "expected": "300 triệu đồng"}


@pytest.mark.parametrize(
    ("unit", "told"),
    [
        (10**9, "1,5 tỷ đồng"),
        (10**6, "1.500 triệu đồng"),
        (10**3, "1.500.000 nghìn đồng"),
        (1, "1.500.000.000 đồng"),
        (100, "1500000000"),
    ],
)
def test_a_sum_is_written_in_each_unit_as_officers_write_it(unit, told):
    assert written(1_500 * MILLION, debt(5, unit=unit)) == told


def test_a_file_without_a_debt_table_has_no_row_of_one():
    assert list(debt_rows(submission())) == []


def test_behind_a_row_that_states_too_little_the_next_is_still_compared():
    rows = debt(5, "A", stated_debt=7), debt(6, "B", accepted=500, allotted_commune=200, stated_debt=7)
    assert cells("STATED_DEBT_DIFFERS", *rows) == [f"{LETTERS['stated_debt']}6"]


def test_stated_debt_is_not_compared_with_what_nobody_stated():
    assert cells("STATED_DEBT_DIFFERS", debt(5, accepted=500, stated_debt=500)) == []
    assert cells("STATED_DEBT_DIFFERS", debt(5, allotted_commune=500, stated_debt=0)) == []
    assert cells("STATED_DEBT_DIFFERS", debt(5, accepted=500, allotted_commune=100)) == []


# --- "không có nợ đọng" beside rows that say otherwise -----


def none_owed(row: int = 9, **fields: Any) -> DebtRow:
    return debt(row, "Không có nợ đọng", kind=DebtRowKind.NO_DEBT, **fields)


@pytest.mark.parametrize(
    ("project", "cell"),
    [
        (debt(5, accepted=500, allotted_commune=499), "accepted"),
        (debt(5, stated_debt=1), "stated_debt"),
        (debt(5, accepted=500, allotted_commune=500, stated_debt=1), "stated_debt"),
        (debt(5, "Tổng cộng", kind=TOTAL, stated_debt=1), "stated_debt"),
        (debt(5, "Tổng cộng", kind=TOTAL, accepted=2, allotted_other=1), "accepted"),
    ],
)
def test_a_debt_beside_the_statement_that_there_is_none_is_found(project, cell):
    for rows in ((project, none_owed()), (none_owed(), project)):
        (finding,) = found("NO_DEBT_CONTRADICTED", *rows)
        assert finding.place.cell == f"{LETTERS[cell]}5"
        assert finding.facts["first"] == "9, C. Nợ XDCB"


def test_the_statement_itself_may_not_carry_a_debt():
    assert cells("NO_DEBT_CONTRADICTED", none_owed(stated_debt=7)) == [f"{LETTERS['stated_debt']}9"]
    assert cells("NO_DEBT_CONTRADICTED", none_owed(accepted=7, allotted_other=0)) == [
        f"{LETTERS['accepted']}9"
    ]
    assert cells("STATED_DEBT_DIFFERS", none_owed(stated_debt=7)) == []


def test_a_total_of_projects_that_contradict_is_not_told_again():
    total = debt(6, "Tổng cộng", kind=TOTAL, stated_debt=1)
    assert cells("NO_DEBT_CONTRADICTED", debt(5, stated_debt=1), total, none_owed()) == [
        f"{LETTERS['stated_debt']}5"
    ]


@pytest.mark.parametrize(
    "project",
    [debt(5), debt(5, accepted=500), debt(5, allotted_commune=500), debt(5, stated_debt=0), debt(5, paid=3)],
)
def test_a_project_of_unknown_debt_is_not_none_because_another_row_says_so(project):
    (finding,) = found("NO_DEBT_INCOMPLETE", project, none_owed())
    assert finding.place.cell == f"{LETTERS['project']}5"
    assert finding.facts == {"seen": "Đường trục xã", "first": "9, C. Nợ XDCB"}
    assert cells("NO_DEBT_CONTRADICTED", project, none_owed()) == []


def test_projects_without_debt_agree_with_the_statement():
    rows = (
        debt(5, "A", accepted=500, allotted_commune=500, stated_debt=0),
        debt(6, "B", accepted=0, allotted_commune=7),
        debt(7, "Tổng cộng", kind=TOTAL, accepted=500, allotted_commune=507, stated_debt=0),
        none_owed(),
    )
    assert cells("NO_DEBT_CONTRADICTED", *rows) == cells("NO_DEBT_INCOMPLETE", *rows) == []


def test_without_the_statement_debts_and_unknown_projects_are_no_contradiction():
    rows = (debt(5, "A", stated_debt=7), debt(6, "B"))
    assert cells("NO_DEBT_CONTRADICTED", *rows) == cells("NO_DEBT_INCOMPLETE", *rows) == []


@pytest.mark.parametrize(("paid", "differs"), [(119, False), (120, False), (121, True)])
def test_paid_above_what_is_allotted_is_found(paid, differs):
    row = debt(5, **SOURCES | {"allotted_central": 100, "allotted_people": 20}, paid=paid)
    assert cells("PAID_ABOVE_ALLOTTED", row) == ([f"{LETTERS['paid']}5"] if differs else [])
    assert cells("SOURCE_LEFT_BLANK", row) == []


@pytest.mark.parametrize(("paid", "differs"), [(119, False), (120, False), (121, True)])
def test_paid_above_what_is_allotted_is_asked_about_where_a_source_is_blank(paid, differs):
    """Two sources of six are usual: only the contradiction shows that a blank is not "none"."""
    row = debt(5, allotted_central=100, allotted_people=20, paid=paid)
    assert cells("SOURCE_LEFT_BLANK", row) == ([f"{LETTERS['paid']}5"] if differs else [])
    assert cells("PAID_ABOVE_ALLOTTED", row) == []


def test_a_source_that_could_not_be_read_was_told_already_and_is_neither_blank_nor_known():
    row = debt(5, **SOURCES | {"allotted_central": None}, raw={"allotted_central": "-"}, paid=121)
    assert cells("SOURCE_LEFT_BLANK", row) == []
    assert cells("PAID_ABOVE_ALLOTTED", row) == []


@pytest.mark.parametrize(
    ("total", "code"), [(99, "TOTAL_ROW_DIFFERS"), (100, ""), (101, ""), (102, "SOURCE_LEFT_BLANK")]
)
def test_a_total_of_a_source_that_a_row_leaves_blank_is_asked_about_above_the_sum(total, code):
    rows = (
        debt(5, "A", allotted_district=100),
        debt(6, "B"),
        debt(7, "Cộng", kind=TOTAL, allotted_district=total - (total < 100) * 2),
    )
    for each in ("TOTAL_ROW_DIFFERS", "SOURCE_LEFT_BLANK"):
        assert cells(each, *rows) == ([f"{LETTERS['allotted_district']}7"] if each == code else [])


def test_a_total_of_a_source_that_no_row_states_is_asked_about():
    rows = (debt(5, "A"), debt(6, "Cộng", kind=TOTAL, allotted_district=6000, paid=7))
    assert cells("SOURCE_LEFT_BLANK", *rows) == [f"{LETTERS['allotted_district']}6"]


def test_a_total_above_rows_that_all_state_the_source_only_differs():
    rows = (debt(5, "A", **SOURCES), debt(6, "Cộng", kind=TOTAL, allotted_district=6000))
    assert cells("SOURCE_LEFT_BLANK", *rows) == []
    assert cells("TOTAL_ROW_DIFFERS", *rows) == [f"{LETTERS['allotted_district']}6"]


def test_paid_is_not_compared_where_no_capital_is_stated():
    assert cells("PAID_ABOVE_ALLOTTED", debt(5, paid=5)) == []


@pytest.mark.parametrize(("accepted", "differs"), [(99, False), (100, False), (101, True)])
def test_accepted_above_the_settled_value_is_found_whatever_the_investment(accepted, differs):
    row = debt(5, total_investment=1000, settled=100, accepted=accepted)
    assert cells("ACCEPTED_ABOVE_APPROVED", row) == ([f"{LETTERS['accepted']}5"] if differs else [])


@pytest.mark.parametrize("settled", [None, 0])
@pytest.mark.parametrize(("accepted", "differs"), [(999, False), (1000, False), (1001, True)])
def test_accepted_above_the_investment_is_found_where_nothing_is_settled(accepted, differs, settled):
    """The column says "nếu có": who writes 0 there has nothing settled."""
    row = debt(5, total_investment=1000, settled=settled, accepted=accepted)
    assert cells("ACCEPTED_ABOVE_APPROVED", row) == ([f"{LETTERS['accepted']}5"] if differs else [])


def test_accepted_is_compared_with_nothing_where_no_value_is_approved():
    assert cells("ACCEPTED_ABOVE_APPROVED", debt(5, accepted=1)) == []
    assert cells("ACCEPTED_ABOVE_APPROVED", debt(5, accepted=1, settled=0)) == []
    assert cells("ACCEPTED_ABOVE_APPROVED", debt(5, settled=1, total_investment=1)) == []


def test_a_total_row_is_no_project():
    row = debt(5, "Tổng cộng", kind=TOTAL, accepted=5, settled=1, allotted_commune=1, paid=2)
    for code in ("ACCEPTED_ABOVE_APPROVED", "PAID_ABOVE_ALLOTTED", "DEBT_NOT_STATED", "PROJECT_REPEATED"):
        assert cells(code, row, row) == []


@pytest.mark.parametrize(
    ("total", "differs"), [(298, True), (299, False), (300, False), (301, False), (302, True)]
)
def test_a_total_agrees_within_half_a_last_digit_per_row(total, differs):
    rows = (
        debt(5, "A", accepted=100),
        debt(6, "B", accepted=200),
        debt(7, "Cộng", kind=TOTAL, accepted=total),
    )
    assert cells("TOTAL_ROW_DIFFERS", *rows) == ([f"{LETTERS['accepted']}7"] if differs else [])


@pytest.mark.parametrize(
    ("digits", "of_total", "slack"),
    [
        ((1, 1), 1, 1),
        ((10, 100), 1, 55),
        ((10, 100), 50, 75),
        ((1, 1), 100, 100),
        ((100,), 1, 50),
        ((1,), 1, 0),
    ],
)
@pytest.mark.parametrize("sign", [-1, 1])
def test_half_a_last_digit_is_that_of_the_row_or_of_the_total_whichever_is_coarser(
    digits, of_total, slack, sign
):
    rows = [debt(n, f"Dự án {n}", paid=1000, last_digit=digit) for n, digit in enumerate(digits, 5)]
    for beyond in (0, 1):
        stated = 1000 * len(digits) + sign * (slack + beyond)
        total = debt(9, "Cộng", kind=TOTAL, paid=stated, last_digit=of_total)
        assert bool(cells("TOTAL_ROW_DIFFERS", *rows, total)) is bool(beyond)


def test_sections_have_their_own_totals_and_a_grand_total():
    rows = (
        debt(5, "A", paid=100),
        debt(6, "Cộng", kind=TOTAL, paid=100),
        debt(7, "B", paid=30),
        debt(8, "C", paid=20),
        debt(9, "Cộng", kind=TOTAL, paid=60),
        debt(10, "Tổng cộng", kind=TOTAL, paid=150),
    )
    (finding,) = found("TOTAL_ROW_DIFFERS", *rows)
    assert (finding.place.cell, finding.facts["expected"]) == (f"{LETTERS['paid']}9", "50 đồng")


@pytest.mark.parametrize(("paid", "blamed"), [(5, []), (77, ["settled", "accepted", "paid"])])
def test_a_sections_zero_agrees_with_the_blanks_of_its_rows_where_it_is_their_total(paid, blamed):
    """Whatever another section states there. One that is the sum of no rows is held against the whole sheet."""
    rows = (
        debt(5, "A", accepted=100, paid=60, settled=9),
        debt(6, "Cộng I", kind=TOTAL, accepted=100, paid=60, settled=9),
        debt(7, "B", accepted=10, paid=5),
        debt(8, "Cộng II", kind=TOTAL, accepted=10 + (paid > 5) * 7, paid=paid, settled=0),
    )
    assert cells("TOTAL_ROW_DIFFERS", *rows) == [f"{LETTERS[name]}8" for name in blamed]


def test_a_total_on_top_is_the_sum_of_all_below():
    rows = (debt(5, "Tổng", kind=TOTAL, paid=120), debt(6, "A", paid=100), debt(7, "B", paid=20))
    assert cells("TOTAL_ROW_DIFFERS", *rows) == []


def test_a_total_of_what_no_row_states_is_not_compared_with_zero():
    assert cells("TOTAL_ROW_DIFFERS", debt(5, "A"), debt(6, "Tổng", kind=TOTAL, paid=120)) == []


def test_a_project_without_accepted_volume_is_told_and_zero_is_a_volume():
    assert cells("DEBT_NOT_STATED", debt(5, "A"), debt(6, "B", accepted=0)) == [f"{LETTERS['accepted']}5"]


def test_a_volume_that_could_not_be_read_was_told_already():
    assert cells("DEBT_NOT_STATED", debt(5, raw={"accepted": "abc"})) == []
    assert cells("DEBT_NOT_STATED", debt(5, raw={"accepted": " "})) != []
    assert cells("DEBT_NOT_STATED", debt(5, raw={"accepted": "\u200b"})) != []  # reads as a blank


def test_a_statement_of_no_debt_states_everything():
    assert cells("DEBT_NOT_STATED", debt(5, "Không có nợ đọng", kind=DebtRowKind.NO_DEBT)) == []


class CountedRow(DebtRow):
    """A row that counts how often something is read of it."""

    reads = 0

    def __getattribute__(self, name: str) -> object:
        CountedRow.reads += 1
        return super().__getattribute__(name)


def reads_of(rows: int) -> int:
    kinds = (DebtRowKind.PROJECT, TOTAL)
    table = tuple(
        CountedRow(sheet="C", row=n, columns=LETTERS, project=f"Dự án {n}", kind=kinds[n % 2], paid=n)
        for n in range(rows)
    )
    CountedRow.reads = 0
    verdict = judge(replace(submission(), parts={Part.DEBT: table}), (), CAMPAIGN)
    assert [finding.code for finding in verdict.findings].count("TOTAL_ROW_DIFFERS") == rows // 2
    return CountedRow.reads


def test_twice_as_many_rows_with_totals_are_twice_the_work():
    assert reads_of(400) <= 2.1 * reads_of(200)


@pytest.mark.parametrize(
    "code", ["STATED_DEBT_DIFFERS", "SOURCE_LEFT_BLANK", "PAID_ABOVE_ALLOTTED", "TOTAL_ROW_DIFFERS"]
)
def test_what_cannot_be_read_is_told_at_its_cell_and_nothing_is_computed_without_it(code):
    known = {**SOURCES, "allotted_commune": None}
    row = debt(5, accepted=1500, paid=1400, stated_debt=400, raw={"allotted_commune": "1.100"}, **known)
    total = debt(
        6, "Tổng cộng", kind=TOTAL, accepted=1500, paid=1400, **{**SOURCES, "allotted_commune": 1100}
    )
    assert found(code, row, total) == ()


def twice(now: dict, then: dict, **both) -> list[str]:
    return cells("PROJECT_REPEATED", debt(5, **then | both), debt(8, **now | both))


def test_a_project_listed_with_and_without_its_decision_is_found_by_name_and_sums():
    decided, sums = {"decision": "102/QĐ-UBND ngày 22/6/2021"}, {"accepted": 1386, "paid": 1000}
    assert twice({}, decided, **sums) == twice(decided, {}, **sums) == [f"{LETTERS['project']}8"]
    assert twice({"accepted": 1387}, decided | sums, paid=1000) == []
    assert twice({"decision": "103/QĐ-UBND"}, decided, **sums) == []
    assert twice({"project": "Nhà văn hóa"}, decided, **sums) == []
    assert twice({}, decided, accepted=0) == twice({}, decided) == []
