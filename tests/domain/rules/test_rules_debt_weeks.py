"""A debt table beside the sender's last one: sums that fall, debts that end, blanks, projects that leave."""

from dataclasses import replace
from typing import Any

import pytest

from domain.submissions import DebtRow, DebtRowKind
from tests.domain.rules.kit import LETTERS, W14, before, cells, debt, found
from tests.factories import says

MILLION = 10**6
BILLION = 10**9
FELL = {"accepted": "ACCEPTED_FELL", "paid": "PAID_FELL"}
ROAD: dict[str, Any] = {"decision": "12/QĐ-UBND ngày 3/4/2022"}


# --- accepted volume and payments are running totals ----------------------------------------------------------


def falls(name: str, now: DebtRow, *then: DebtRow) -> list[str]:
    return cells(FELL[name], now, earlier=before(*then))


@pytest.mark.parametrize("name", FELL)
@pytest.mark.parametrize(("now", "is_found"), [(999, True), (1000, False), (1001, False), (0, True)])
def test_a_sum_below_that_of_the_last_report_is_found_at_its_cell(name, now, is_found):
    assert falls(name, debt(8, **{name: now}), debt(5, **{name: 1000})) == (
        [f"{LETTERS[name]}8"] if is_found else []
    )


@pytest.mark.parametrize("name", FELL)
@pytest.mark.parametrize("digits", [(10, 1), (1, 10), (10, 10)])
@pytest.mark.parametrize(("now", "is_found"), [(996, False), (995, False), (994, True)])
def test_a_fall_within_half_a_last_digit_of_the_coarser_writing_is_none(name, digits, now, is_found):
    row, then = debt(8, last_digit=digits[0], **{name: now}), debt(5, last_digit=digits[1], **{name: 1000})
    assert bool(falls(name, row, then)) is is_found


@pytest.mark.parametrize("name", FELL)
@pytest.mark.parametrize(("was", "now"), [(None, 5), (5, None), (None, None), (0, 0), (0, 5)])
def test_what_either_week_did_not_state_has_not_fallen(name, was, now):
    assert falls(name, debt(8, **{name: now}), debt(5, **{name: was})) == []


def test_only_accepted_volume_and_payments_are_expected_to_grow():
    sums = ("total_investment", "settled", "allotted_commune", "stated_debt", "debt_before_2015")
    row, then = debt(8, **dict.fromkeys(sums, 5)), debt(5, **dict.fromkeys(sums, 50))
    assert falls("accepted", row, then) == falls("paid", row, then) == []


def test_the_officer_reads_both_sums_in_their_units_and_the_week():
    row = debt(8, accepted=5_250 * MILLION, unit=MILLION, last_digit=MILLION)
    then = debt(5, accepted=53 * BILLION // 10, unit=BILLION, last_digit=BILLION // 100)
    (finding,) = found("ACCEPTED_FELL", row, earlier=before(then))
    assert finding.facts == {"seen": "5.250 triệu đồng", "expected": "5,3 tỷ đồng", "week": W14.vi}
    assert says(finding).startswith(
        "Khối lượng nghiệm thu 5.250 triệu đồng thấp hơn báo cáo tuần thứ Tư 5/4/2023 (5,3 tỷ đồng)."
    )


def test_the_officer_reads_of_payments_that_fell():
    (finding,) = found("PAID_FELL", debt(8, paid=4), earlier=before(debt(5, paid=5)))
    assert says(finding).startswith("Đã thanh toán 4 đồng thấp hơn báo cáo tuần thứ Tư 5/4/2023 (5 đồng).")


def test_what_the_unit_explains_is_not_said_twice():
    then = debt(5, accepted=5_000 * MILLION, paid=2_000 * MILLION, settled=6_000 * MILLION)
    slipped = debt(8, accepted=5 * MILLION, paid=2 * MILLION, settled=6 * MILLION)
    assert len(cells("UNIT_SLIP", slipped, earlier=before(then))) == 3
    assert falls("accepted", slipped, then) == falls("paid", slipped, then) == []
    assert falls("paid", replace(slipped, paid=0), then) == [f"{LETTERS['paid']}8"]


def test_a_project_is_compared_with_itself_wherever_it_stands():
    table = debt(5, "Kênh N2", paid=9), debt(6, "Đường", paid=1, **ROAD)
    row = debt(8, "Đường trục", paid=1, decision="Số 12/QĐ-UBND (3/4/2022)")
    assert falls("paid", row, *table) == []
    assert falls("paid", replace(row, paid=0), *table) == [f"{LETTERS['paid']}8"]


@pytest.mark.parametrize("kind", [DebtRowKind.TOTAL, DebtRowKind.NO_DEBT])
def test_only_projects_are_compared(kind):
    now, then = debt(8, accepted=4), debt(5, accepted=5)
    assert falls("accepted", now, replace(then, kind=kind)) == []
    assert falls("accepted", replace(now, kind=kind), then) == []


def test_without_an_earlier_table_nothing_has_fallen():
    assert cells("ACCEPTED_FELL", debt(8, accepted=4)) == []


# --- which project is which -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ({"decision": "12/QĐ-UBND"}, ROAD),
        (ROAD, {"decision": "12/QĐ-UBND"}),
        ({"decision": "12/QĐ-UBND", "project": "Tên khác"}, ROAD),
        (ROAD, {}),
        ({}, ROAD),
    ],
    ids=["year left out", "year added", "no year and renamed", "decision added", "decision left out"],
)
def test_a_project_whose_decision_is_written_more_or_less_fully_is_the_same(now, then):
    row, was = debt(8, **{"paid": 4, **now}), debt(5, **{"paid": 5, **then})
    assert falls("paid", row, was) == [f"{LETTERS['paid']}8"]


def test_decisions_of_two_years_are_two_projects():
    row, was = (
        debt(8, "A", decision="12/QĐ-UBND 2019", paid=4),
        debt(5, "B", decision="12/QĐ-UBND 2022", paid=5),
    )
    assert falls("paid", row, was) == []


def test_a_number_without_its_year_that_fits_two_projects_is_neither():
    table = debt(5, "A", decision="12/QĐ-UBND 2019", paid=5), debt(6, "B", decision="12/QĐ-UBND 2022", paid=5)
    assert falls("paid", debt(8, "C", decision="12/QĐ-UBND", paid=4), *table) == []


def test_a_project_listed_twice_is_compared_with_nothing():
    twice = debt(5, paid=5), debt(6, paid=7)
    assert falls("paid", debt(8, paid=4), *twice) == []
    assert cells("PAID_FELL", debt(8, paid=4), debt(9, paid=4), earlier=before(debt(5, paid=5))) == []
