from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.aggregation import counts_by_judgement, rolled_up_by, share, sums_by
from domain.judgement import Judgement, rolled_up

COMMUNES = ("b", "a", "c")
GROUP_OF = {"1.1": "NC-01", "1.2": "NC-01", "2": "NC-02", "17.1": "NC-17", "17.10": "NC-17", "3": "NC-03"}
KEYS = st.tuples(st.sampled_from(COMMUNES), st.sampled_from([*GROUP_OF, "17", "unknown"]))
STATED = st.dictionaries(KEYS, st.sampled_from(Judgement))
AMOUNTS = st.none() | st.integers(0, 2**60)


@settings(deadline=None)
@given(STATED)
def test_rolling_up_a_frame_is_rolling_up_each_group(stated):
    by_hand = {
        (commune, group): rolled_up(
            stated.get((commune, code), Judgement.NOT_STATED) for code, of in GROUP_OF.items() if of == group
        )
        for commune in COMMUNES
        for group in GROUP_OF.values()
    }
    assert rolled_up_by(stated, GROUP_OF, COMMUNES) == by_hand


def test_a_commune_that_said_nothing_has_every_criterion_not_stated():
    judged = rolled_up_by({("b", "2"): Judgement.MET}, GROUP_OF, COMMUNES)
    assert judged["b", "NC-02"] is Judgement.MET
    assert {judgement for (commune, _), judgement in judged.items() if commune == "a"} == {
        Judgement.NOT_STATED
    }


def test_groups_come_in_the_order_of_communes_and_of_print():
    assert list(rolled_up_by({}, GROUP_OF, ("b", "a"))) == [
        (commune, group) for commune in ("b", "a") for group in ("NC-01", "NC-02", "NC-17", "NC-03")
    ]


def test_without_communes_there_is_nothing_to_roll_up_or_count():
    assert rolled_up_by({("a", "2"): Judgement.MET}, GROUP_OF, ()) == {}
    assert counts_by_judgement({}) == {}


def test_all_four_counts_are_there_and_absent_ones_are_zero():
    judged = {("a", "NC-01"): Judgement.MET, ("a", "NC-02"): Judgement.MET, ("b", "NC-01"): Judgement.NOT_MET}
    assert counts_by_judgement(judged) == {
        ("a", Judgement.MET): 2,
        ("a", Judgement.NEARLY_MET): 0,
        ("a", Judgement.NOT_MET): 0,
        ("a", Judgement.NOT_STATED): 0,
        ("b", Judgement.MET): 0,
        ("b", Judgement.NEARLY_MET): 0,
        ("b", Judgement.NOT_MET): 1,
        ("b", Judgement.NOT_STATED): 0,
    }


@settings(deadline=None)
@given(STATED)
def test_the_counts_of_a_commune_add_up_to_its_things(judged):
    counts = counts_by_judgement(judged)
    for commune in {commune for commune, _ in judged}:
        things = sum(of == commune for of, _ in judged)
        assert sum(counts[commune, judgement] for judgement in Judgement) == things


def record(commune, **amounts):
    return {"commune": commune, **amounts}


def test_what_nobody_states_stays_missing_and_is_not_zero():
    sums = sums_by(
        [record("a", debt=None, paid=3), record("a", debt=None, paid=None)], "commune", ("debt", "paid")
    )
    assert sums == {"a": {"debt": None, "paid": 3}}


def test_a_stated_zero_stays_zero():
    assert sums_by([record("a", debt=0), record("a", debt=None)], "commune", ("debt",)) == {"a": {"debt": 0}}


def test_two_to_the_sixtieth_and_one_dong_comes_back_exactly_beside_a_blank():
    sums = sums_by(
        [record("a", debt=2**60 + 1), record("a", debt=None), record("b", debt=1)], "commune", ("debt",)
    )
    assert sums == {"a": {"debt": 1152921504606846977}, "b": {"debt": 1}}


def test_no_rows_have_no_sums():
    assert sums_by([], "commune", ("debt",)) == {}


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), AMOUNTS, AMOUNTS), max_size=4))
def test_sums_are_those_of_plain_integers(rows):
    sums = sums_by([record(of, debt=debt, paid=paid) for of, debt, paid in rows], "commune", ("debt", "paid"))
    assert set(sums) == {of for of, _, _ in rows}
    for column, amount in ((1, "debt"), (2, "paid")):
        for commune in sums:
            stated = [row[column] for row in rows if row[0] == commune and row[column] is not None]
            assert sums[commune][amount] == (sum(stated) if stated else None)


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [
        (0, 11, "0"),
        (11, 11, "100"),
        (8, 11, "72.7"),
        (1, 3, "33.3"),
        (2, 3, "66.7"),
        (1, 16, "6.3"),
        (1, 400, "0.3"),
    ],
)
def test_a_share_is_in_percent_points_with_one_decimal_rounded_as_people_do(part, whole, percent):
    assert share(part, whole) == Decimal(percent)


def test_a_share_of_nothing_is_not_stated():
    assert share(0, 0) is None
