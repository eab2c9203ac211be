"""Faults that somebody planted who had read no rule: each is found, at its place, and nothing else is."""

from collections import Counter

import pytest

from domain.findings import Place
from domain.judgement import Matter
from tests.planted.campaign import AGENCIES, campaign, weeks
from tests.planted.kinds import KINDS
from tests.planted.looking import codes_when_released, found_in_clean_weeks, looked_at
from tests.planted.plan import ROUNDS, plan
from tests.planted.witnesses import disputes, expected_cases, expected_differences, summaries

pytestmark = pytest.mark.slow


def test_there_are_enough_of_them() -> None:
    faults = [each for each in plan() if not each.kind.is_limit]
    assert len(faults) >= 500
    assert len({each.kind.name for each in faults}) >= 35
    assert {each.kind.name for each in plan()} == {each.name for each in KINDS}
    assert all(each.expected for each in faults)


def test_nothing_is_found_in_clean_weeks() -> None:
    reporters = [*(each.id for each in campaign().roster.communes()), *AGENCIES]
    assert [found for reporter in reporters for found in found_in_clean_weeks(reporter)] == []


@pytest.mark.parametrize("number", range(ROUNDS))
def test_each_fault_is_found_where_it_stands_and_nothing_else_is(number: int) -> None:
    outcome = looked_at(number)
    assert sorted(outcome.missed.elements()) == []
    assert sorted(outcome.surplus.elements()) == []


def test_a_copy_under_the_old_date_is_one_once_somebody_has_released_it() -> None:
    copies = [each for each in plan() if each.kind.name == "copy_under_the_old_date"]
    assert copies
    for each in copies:
        assert ("UNCHANGED_COPY", Place()) in codes_when_released(each)


def test_what_witnesses_see_otherwise_is_a_difference_and_in_time_a_case() -> None:
    assert Counter(each.matter for each in disputes()) >= Counter(dict.fromkeys(Matter, 15))
    differences, cases = set(), {}
    for at, (_, summary) in enumerate(zip(weeks(), summaries(), strict=True)):
        for figure_id, figure in summary.figures.items():
            kind, *names = figure_id.split("/")
            if kind == "difference":
                differences.add((at, names[0], names[1], Matter([*names, Matter.JUDGEMENT][2])))
            elif kind == "case":
                cases[at, names[0], names[1], Matter((*names[2:-1], Matter.JUDGEMENT)[0])] = figure.value
    assert differences == expected_differences()
    assert cases == expected_cases()
