"""A single sum in another unit than last week: asked about, but a project that has begun may have grown so."""

from dataclasses import replace
from typing import Any

import pytest

from domain.rules.against_last_week import slipped
from domain.rules.registry import judge
from tests.domain.rules.kit import CAMPAIGN, LETTERS, before, cells, debt, found, submission
from tests.domain.rules.test_rules_against_last_week import MILLION, ROAD, times
from tests.factories import says

OLD = {"total_investment": 6_000 * MILLION, **ROAD}


def asked(now: dict[str, Any], then: dict[str, Any], code: str = "SUM_SLIPPED") -> list[str]:
    """The cells of one project, row 8 now and row 5 then."""
    return cells(code, debt(8, **now), earlier=before(debt(5, **then)))


@pytest.mark.parametrize("factor", [10**3, 10**6])
@pytest.mark.parametrize("name", OLD)
def test_a_sum_that_alone_is_a_thousand_or_a_million_times_or_that_part_is_asked_about(name, factor):
    slipped = OLD | {name: OLD[name] * factor}
    assert asked(slipped, OLD) == [f"{LETTERS[name]}8"]
    assert asked(OLD, slipped) == [f"{LETTERS[name]}8"]


@pytest.mark.parametrize("off", [-1, 1])
def test_a_dong_beside_the_ratio_it_is_a_sum_that_grew(off):
    slipped = OLD | {"total_investment": OLD["total_investment"] * 1000 + off}
    assert asked(slipped, OLD) == asked(OLD, slipped) == []


@pytest.mark.parametrize("factor", [1, 10, 100, 10_000, 10**9])
def test_other_powers_of_ten_are_no_unit(factor):
    assert asked(OLD | {"paid": OLD["paid"] * factor}, OLD) == []


@pytest.mark.parametrize("blank_or_zero", [None, 0])
def test_zero_and_blank_take_no_part_on_either_side(blank_or_zero):
    assert asked(OLD | {"paid": blank_or_zero}, OLD) == asked(OLD, OLD | {"paid": blank_or_zero}) == []


def test_where_the_whole_project_slipped_the_unit_of_the_project_is_told_alone():
    now = times(1000, **OLD)
    assert asked(now, OLD) == []
    assert len(asked(now, OLD, "UNIT_SLIP")) == len(OLD)


def test_two_sums_that_slipped_beside_one_that_stayed_are_each_asked_about():
    now = OLD | {"accepted": OLD["accepted"] * 1000, "paid": OLD["paid"] * 1000}
    assert asked(now, OLD) == [f"{LETTERS[name]}8" for name in ("accepted", "paid")]


@pytest.mark.parametrize(("code", "name"), [("ACCEPTED_FELL", "accepted"), ("PAID_FELL", "paid")])
def test_of_a_fall_to_a_thousandth_the_unit_is_told(code, name):
    assert asked(OLD, OLD | {name: OLD[name] * 1000}, code) == []
    assert asked(OLD, OLD | {name: OLD[name] * 1000 + 1}, code) == [f"{LETTERS[name]}8"]


@pytest.mark.parametrize(("code", "name"), [("ACCEPTED_FELL", "accepted"), ("PAID_FELL", "paid")])
def test_of_a_sum_that_moved_in_a_project_that_slipped_the_unit_is_told(code, name):
    now = times(1, **{each: amount // 1000 for each, amount in OLD.items()})
    moved = now | {name: now[name] + 1000}
    assert asked(moved, OLD, code) == []
    assert f"{LETTERS[name]}8" not in asked(moved, OLD, "UNIT_SLIP")
    assert asked(moved | {name: 0}, OLD, code) == [f"{LETTERS[name]}8"]


def test_the_finding_says_what_it_was_and_when():
    now = debt(8, total_investment=6_000_000 * MILLION, unit=MILLION)
    (told,) = found(
        "SUM_SLIPPED", now, earlier=before(debt(5, total_investment=6_000 * MILLION, unit=MILLION))
    )
    assert told.facts == {
        "seen": "6.000.000 triệu đồng",
        "expected": "6.000 triệu đồng",
        "ratio": "gấp đúng 1.000 lần",
        "week": "thứ Tư 5/4/2023",
    }


def test_only_projects_that_stood_there_are_compared():
    new = debt(8, "Kênh N2", **(OLD | {"paid": OLD["paid"] * 1000}))
    assert cells("SUM_SLIPPED", new, earlier=before(debt(5, **OLD))) == []
    assert cells("SUM_SLIPPED", new) == []


def test_a_sum_that_unit_slip_tells_is_not_told_again_as_too_large() -> None:
    now = debt(8, "Đường trục xã", **times(1000, **OLD))
    assert (now.total_investment or 0) > 1000 * 10**9
    assert "total_investment" in {name for name, _ in slipped(now, debt(5, "Đường trục xã", **OLD))}
    then = before(debt(5, "Đường trục xã", **OLD))
    assert cells("SUM_TOO_LARGE", now, earlier=then) == []
    assert f"{LETTERS['total_investment']}8" in cells("UNIT_SLIP", now, earlier=then)
    assert f"{LETTERS['total_investment']}8" in cells("SUM_TOO_LARGE", now)


@pytest.mark.parametrize(("billions", "is_found"), [("2000", True), ("2001", False)])
def test_how_much_is_too_large_is_the_campaigns_to_say(billions: str, is_found: bool) -> None:
    now = debt(8, "Đường trục xã", total_investment=2000 * 10**9 + 1)
    campaign = replace(CAMPAIGN, rule_parameters={"billions_of_a_project": billions})
    verdict = judge(submission(now), (), campaign)
    assert ("SUM_TOO_LARGE" in {finding.code for finding in verdict.findings}) is is_found


DATED, UNDATED = "12/QĐ-UBND ngày 1/2/2022", "12/QĐ-UBND"


@pytest.mark.parametrize(("now", "then"), [(DATED, UNDATED), (UNDATED, DATED), ("", UNDATED), (UNDATED, "")])
def test_a_slip_is_told_however_the_decision_is_written(now: str, then: str) -> None:
    """The same project to every rule over two weeks: what one leaves to UNIT_SLIP, that tells."""
    row = debt(8, "Đường trục xã", decision=now, **times(1000, **OLD))
    last = before(debt(5, "Đường trục xã", decision=then, **OLD))
    assert len(cells("UNIT_SLIP", row, earlier=last)) == len(OLD)
    assert cells("SUM_TOO_LARGE", row, earlier=last) == []


def likely(now: dict[str, Any], then: dict[str, Any]) -> list[str]:
    return asked(now, then, "UNIT_SLIP_LIKELY")


GROWN = {name: amount + 10 * MILLION for name, amount in OLD.items()}
FIRST = f"{LETTERS['total_investment']}8"


@pytest.mark.parametrize("factor", [10**3, 10**6])
def test_a_slip_beside_the_growth_of_a_week_is_told_once_as_likely(factor: int) -> None:
    grown = times(factor, **GROWN)
    assert likely(grown, OLD) == likely(OLD, grown) == [FIRST]
    assert asked(grown, OLD) == asked(grown, OLD, "UNIT_SLIP") == asked(OLD, grown, "ACCEPTED_FELL") == []


@pytest.mark.parametrize(
    ("factor", "is_near"),
    [(500, True), (2000, True), (499, False), (2001, False), (500_000, True), (2_000_001, False)],
)
def test_from_half_to_double_of_the_ratio_is_near(factor: int, is_near: bool) -> None:
    now = times(factor, **OLD)
    assert likely(now, OLD) == likely(OLD, now) == ([FIRST] if is_near else [])


def test_of_an_exact_slip_the_likely_one_is_not_told() -> None:
    assert likely(times(1000, **OLD), OLD) == []
    assert likely(times(1000, **OLD) | {"paid": OLD["paid"] * 1100}, OLD) == []


def test_one_exact_sum_among_those_that_are_nearly_so_is_not_told_alone() -> None:
    now = times(1000, **GROWN) | {"paid": OLD["paid"] * 1000}
    assert (likely(now, OLD), asked(now, OLD)) == ([FIRST], [])


def test_all_sums_must_be_near_to_one_ratio_and_two_at_least_be_stated() -> None:
    now = times(1000, **GROWN)
    assert likely(now | {"paid": OLD["paid"]}, OLD) == []
    assert likely(now | {"paid": OLD["paid"] * 900_000}, OLD) == []
    assert likely(now | {"paid": 0, "allotted_district": None}, OLD) == [FIRST]
    assert (
        likely({"accepted": 900}, {"accepted": 1})
        == likely({"accepted": 900, "paid": 0}, {"accepted": 1})
        == []
    )


def test_what_a_likely_slip_explains_is_not_said_twice() -> None:
    then = times(1000, **OLD, stated_debt=2_010 * MILLION)
    now = OLD | {"accepted": OLD["accepted"] + 1, "stated_debt": 0}
    assert likely(now, then) == []  # two are exactly so, and more than half
    nearly = {name: amount + 1 for name, amount in OLD.items()} | {"stated_debt": 0}
    assert likely(nearly, then) == [FIRST]
    assert asked(nearly, then, "DEBT_VANISHED") == asked(nearly, then, "PAID_FELL") == []


def test_the_finding_of_a_likely_slip_says_about_how_much_and_when() -> None:
    row = debt(8, accepted=520_000 * MILLION, paid=310_000 * MILLION, unit=MILLION)
    then = debt(5, accepted=515 * MILLION, paid=306 * MILLION, unit=MILLION)
    (told,) = found("UNIT_SLIP_LIKELY", row, earlier=before(then))
    assert says(told).startswith(
        "Mọi số tiền của dự án gấp khoảng 1.000 lần số của báo cáo tuần thứ Tư 5/4/2023: "
        "ô này ghi 520.000 triệu đồng, trước là 515 triệu đồng."
    )
