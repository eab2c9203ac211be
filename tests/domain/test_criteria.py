from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.criteria import (
    Assignment,
    Assignments,
    Condition,
    Indicator,
    NumberToReach,
    Target,
    Unit,
)
from tests.factories_domain import CATALOGUE

DAY = date(2023, 4, 12)


def test_seventy_five_indicators_stand_in_seventy_six_rows():
    rows = CATALOGUE.indicators()
    assert len(rows) == 76
    assert len({row.counted_as for row in rows}) == 75
    assert len(CATALOGUE.criteria) == 19


def test_the_two_rows_of_2_2_count_as_one():
    rows = [CATALOGUE.indicator(code) for code in ("2.2a", "2.2b")]
    assert [row and row.counted_as for row in rows] == ["2.2", "2.2"]
    assert CATALOGUE.indicator("2.2") is None


def test_17_1_and_17_10_are_two_indicators():
    one, ten = CATALOGUE.indicator("17.1"), CATALOGUE.indicator("17.10")
    assert one is not None
    assert ten is not None
    assert one.code != ten.code


@pytest.mark.parametrize("code", ["17", "NC-17"])
def test_a_row_may_speak_of_a_whole_criterion(code):
    criterion = CATALOGUE.criterion_of_row(code)
    assert criterion is not None
    assert criterion.number == 17


def test_where_a_criterion_has_one_indicator_its_number_is_that_indicator():
    assert CATALOGUE.criterion_of_row("4") is None
    assert CATALOGUE.indicator("4") is not None


@pytest.mark.parametrize("code", ["20", "17.13", "", "NC-20", "17.0"])
def test_a_code_that_nobody_published_is_unknown(code):
    assert not CATALOGUE.knows(code)
    assert CATALOGUE.criterion_of_row(code) is None
    assert CATALOGUE.condition(code) is None


@pytest.mark.parametrize("code", ["17.10", "17", "NC-17", "KM-4-ANTT-1", "GATE-NO-DONG"])
def test_indicators_criteria_and_conditions_are_known(code):
    assert CATALOGUE.knows(code)


def test_a_condition_is_found_by_its_id():
    gate = CATALOGUE.condition("GATE-NO-DONG")
    assert gate is not None
    assert gate.name == "Không có nợ đọng xây dựng cơ bản"


def test_what_is_a_number_has_a_unit_and_a_number_to_reach_be_it_a_condition():
    target = Target(">=", Decimal(72))
    income = Indicator("KM-2", "Thu nhập", Unit.INCOME, target)
    catalogue = replace(
        CATALOGUE, conditions=(Condition("KM-2", "Thu nhập", measured=income), Condition("X", ""))
    )
    assert [catalogue.unit_of(code) for code in ("KM-2", "X", "2.1", "9.9")] == [
        Unit.INCOME,
        None,
        Unit.PERCENT,
        None,
    ]
    assert dict(catalogue.numbers_to_reach("my_ha")) == {"KM-2": NumberToReach(income, target, Decimal(72))}


HANDED_OVER = Assignments(
    (
        Assignment("17.8", "ptnmt", valid_to=date(2023, 4, 30)),
        Assignment("17.8", "pnn", valid_from=date(2023, 5, 1)),
        Assignment("6.1", None),
    )
)


@pytest.mark.parametrize(
    ("day", "lead"),
    [
        (date(2022, 1, 1), "ptnmt"),
        (date(2023, 4, 30), "ptnmt"),
        (date(2023, 5, 1), "pnn"),
        (date(2030, 1, 1), "pnn"),
    ],
)
def test_an_assignment_holds_from_its_first_to_its_last_day(day, lead):
    assert HANDED_OVER.lead_of("17.8", day) == lead


def test_nobody_in_charge_differs_from_never_assigned_but_neither_has_a_lead():
    assert HANDED_OVER.of("6.1", DAY) == Assignment("6.1", None)
    assert HANDED_OVER.lead_of("6.1", DAY) is None
    assert HANDED_OVER.of("6.2", DAY) is None
    assert HANDED_OVER.lead_of("6.2", DAY) is None
