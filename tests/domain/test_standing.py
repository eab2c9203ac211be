"""What stands between a commune and recognition, by hand and against slow oracles; how far a milestone is."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import HolidayPolicy, Milestone
from domain.criteria import Catalogue, Choice, Condition, Criterion, Indicator, Unit
from domain.forms import DossierState
from domain.judgement import Judgement
from domain.standing import (
    Distance,
    Outstanding,
    distance,
    is_heard,
    per_week,
    reports_between,
    reports_until,
    short_states,
    shortest_list,
)
from tests.factories_domain import MILESTONES, W15, W18, W22, calendar, days_off

MET, NEARLY, NOT_MET, NOT_STATED = Judgement
HERE = frozenset({"my_ha"})


def indicator(code, row_of=None):
    return Indicator(code, f"Chỉ tiêu {code}", Unit.YES_NO, row_of=row_of)


def condition(id_, communes=HERE):
    return Condition(id_, f"Điều kiện {id_}", communes)


SMALL = Catalogue(
    id="nho",
    name="Bộ nhỏ",
    confirmed=False,
    criteria=(
        Criterion("A", 1, "Một", (indicator("1"),)),
        Criterion("B", 2, "Hai", (indicator("2.2a", "2.2"), indicator("2.2b", "2.2"))),
    ),
    conditions=tuple(map(condition, ("GATE", "F1", "F2", "F3", "F4"))),
    choices=(Choice("KM", "Lĩnh vực", 1, {"một": ("F1", "F2"), "hai": ("F3",), "ba": ("F4", "F2")}),),
)
CODES = ("1", "2.2a", "2.2b", "GATE", "F1", "F2", "F3", "F4")
ALL_MET = dict.fromkeys(CODES, MET)


def listed(said, catalogue=SMALL):
    return shortest_list(catalogue, "my_ha", said)


# --- by hand -----


def test_everything_met_leaves_nothing():
    assert listed(ALL_MET) == Outstanding((), ())
    assert not listed(ALL_MET)


def test_nearly_met_stands_in_the_way_and_what_nobody_stated_is_apart():
    said = {**ALL_MET, "1": NEARLY, "GATE": NOT_MET} | {"2.2a": NOT_STATED}
    assert listed(said) == Outstanding(open=("1", "GATE"), unstated=("2.2",))


def test_an_indicator_in_two_rows_is_listed_once():
    assert listed({**ALL_MET, "2.2a": NOT_MET, "2.2b": NOT_STATED}).open == ("2.2",)


def test_of_the_fields_the_one_that_lacks_the_fewest_is_asked_for():
    nothing_in_security = {**ALL_MET, "F1": NOT_MET, "F2": NOT_MET, "F3": NOT_MET}
    assert listed(nothing_in_security).open == ("F3",)


def test_of_equals_the_first_field_is_asked_for():
    assert listed({**ALL_MET, "F1": NOT_MET, "F3": NOT_STATED, "F4": NOT_MET}).open == ("F1",)


def test_two_fields_that_share_a_condition_are_counted_once():
    two = replace(SMALL, choices=(replace(SMALL.choices[0], at_least=2),))
    assert listed({**ALL_MET, "F2": NOT_MET, "F3": NOT_MET, "F1": MET}, two).open == ("F2",)


def test_a_field_that_the_campaign_does_not_follow_in_the_commune_is_no_way_out():
    others = tuple(replace(c, communes=frozenset()) if c.id == "F3" else c for c in SMALL.conditions)
    said = {**ALL_MET, "F1": NOT_MET, "F2": NOT_MET, "F4": NOT_MET, "F3": MET}
    assert listed(said, replace(SMALL, conditions=others)).open == ("F1", "F2")


def test_where_fewer_fields_are_followed_than_asked_for_those_are_asked():
    five = replace(SMALL, choices=(replace(SMALL.choices[0], at_least=5),))
    assert listed({**ALL_MET, "F1": NOT_MET, "F3": NOT_MET}, five).open == ("F1", "F3")


def test_conditions_followed_elsewhere_are_asked_of_nobody_here():
    others = tuple(condition(c.id, frozenset({"my_thanh"})) for c in SMALL.conditions)
    assert not listed({"1": MET, "2.2a": MET, "2.2b": MET}, replace(SMALL, conditions=others))


def test_a_witness_is_heard_once_it_judged_one_row_or_condition():
    assert not is_heard(SMALL, {})
    assert not is_heard(SMALL, {"1": NOT_STATED, "9.9": MET})
    assert is_heard(SMALL, {"1": NOT_MET})
    assert is_heard(SMALL, {"F4": MET})


def test_a_document_is_short_until_it_has_reached_the_state_of_every_milestone():
    assert [state for state in DossierState if state not in short_states(MILESTONES)] == [
        DossierState.PROVINCE_ASKED,
        DossierState.PROVINCE_REPLIED,
        DossierState.COMPLETE,
    ]
    assert DossierState.CONFIRMED not in short_states(MILESTONES[:1])
    assert DossierState.MORE_REQUESTED in short_states(MILESTONES[:1])
    assert short_states(MILESTONES[2:]) == frozenset()


# --- against slow oracles -----

STATED = st.sampled_from(list(Judgement))
SAID = st.fixed_dictionaries(dict.fromkeys(CODES, STATED))


@st.composite
def catalogues(draw):
    """Fields that may share conditions, some of them followed elsewhere."""
    ids = ("F1", "F2", "F3", "F4")
    conditions = tuple(
        condition(id_, draw(st.sampled_from([HERE, frozenset({"my_thanh"})]))) for id_ in ("GATE", *ids)
    )
    some = st.lists(st.sampled_from(ids), min_size=1, max_size=3, unique=True).map(tuple)
    fields = draw(st.dictionaries(st.sampled_from("abc"), some, min_size=1))
    choice = Choice("KM", "Lĩnh vực", draw(st.integers(1, 3)), fields)
    return replace(SMALL, conditions=conditions, choices=(choice,))


def is_recognised(catalogue, said):
    """As the campaign states it, without a thought of lists."""
    followed = {each.id for each in catalogue.conditions if "my_ha" in each.communes}
    (choice,) = catalogue.choices
    fields = [followed.intersection(field) for field in choice.fields.values()]
    optional = set(chain.from_iterable(choice.fields.values()))
    ways = [all(said[id_] is MET for id_ in field) for field in fields if field]
    return (
        all(said[code] is MET for code in ("1", "2.2a", "2.2b"))
        and all(said[id_] is MET for id_ in followed - optional)
        and sum(ways) >= min(choice.at_least, len(ways))
    )


def fewest_to_mend(catalogue, said):
    """Every set of things that could be mended, the smallest first."""
    things = {"1": ("1",), "2.2": ("2.2a", "2.2b"), **{id_: (id_,) for id_ in CODES[3:]}}
    for count in range(len(things) + 1):
        for mended in combinations(things, count):
            codes = chain.from_iterable(things[each] for each in mended)
            if is_recognised(catalogue, {**said, **dict.fromkeys(codes, MET)}):
                return count
    raise AssertionError("all mended is recognised")


@given(catalogues(), SAID)
def test_no_shorter_list_would_make_the_commune_recognised(catalogue, said):
    found = listed(said, catalogue)
    assert len(found.open) + len(found.unstated) == fewest_to_mend(catalogue, said)


@given(catalogues(), SAID)
def test_mending_the_list_makes_the_commune_recognised(catalogue, said):
    found = {*listed(said, catalogue).open, *listed(said, catalogue).unstated}
    rows = {"2.2a", "2.2b"} if "2.2" in found else set()
    assert is_recognised(catalogue, {**said, **dict.fromkeys(found | rows, MET)})


@given(catalogues(), SAID)
def test_the_list_is_empty_where_the_commune_is_recognised_and_nowhere_else(catalogue, said):
    assert bool(listed(said, catalogue)) is not is_recognised(catalogue, said)


@given(catalogues(), SAID, st.sampled_from(CODES))
def test_one_more_met_never_makes_the_list_longer(catalogue, said, code):
    def length(judged):
        found = listed(judged, catalogue)
        return len(found.open) + len(found.unstated)

    assert length({**said, code: MET}) <= length(said)


@given(SAID, st.permutations(CODES))
def test_the_list_is_in_the_order_of_the_catalogue_however_it_was_said(said, order):
    found = listed({code: said[code] for code in order})
    for codes in (found.open, found.unstated):
        assert list(codes) == sorted(codes, key=("1", "2.2", *CODES[3:]).index)


# --- how far a milestone is -----

M1, M2, M3 = MILESTONES


def far(milestone, week=W15, **overrides):
    return distance(calendar(**overrides), week, milestone)


def test_the_milestones_of_the_notice_from_the_first_close():
    """12/4/2023 is a Wednesday; 29/4 to 3/5 is a break. M1 24/4: 13, 14, 17-21, 24 and one report, 19/4."""
    assert far(M1) == Distance(days=8, weeks=1)
    assert far(M2) == Distance(days=16, weeks=3)  # 19/4, 26/4, 4/5 (moved from 3/5)
    assert far(M3) == Distance(days=32, weeks=7)


def test_on_the_day_itself_nothing_is_left_and_the_day_after_it_has_passed():
    assert far(M3, W22) == Distance(days=0, weeks=0)
    week = W15.shifted(1)
    assert far(replace(M1, last_good_day=date(2023, 4, 18)), week) == Distance(None, None)
    assert far(replace(M1, last_good_day=date(2023, 4, 19)), week) == Distance(days=0, weeks=0)
    assert far(replace(M1, last_good_day=date(2023, 4, 20)), week) == Distance(days=1, weeks=0)


def test_the_close_of_a_moved_week_is_what_counts():
    """W18 closes on 4/5: a milestone on the Wednesday itself has passed."""
    assert far(replace(M1, last_good_day=date(2023, 5, 3)), W18) == Distance(None, None)
    assert far(replace(M1, last_good_day=date(2023, 5, 4)), W18) == Distance(0, 0)


def test_a_day_off_without_a_notice_makes_the_count_an_expected_one():
    holidays = days_off(date(2023, 4, 29), date(2023, 5, 3), announced=False)
    assert far(M2, days_off=holidays).is_expected
    assert not far(M1, days_off=holidays).is_expected  # it ends before
    assert not far(M2, W18, days_off=holidays).is_expected  # it begins after


def test_a_close_on_a_day_off_without_a_notice_is_no_day_that_is_left():
    holidays = days_off(date(2023, 4, 29), date(2023, 5, 3), announced=False)
    assert not far(M2, W18, policy=HolidayPolicy.KEEP, days_off=holidays).is_expected


def test_a_week_without_a_report_is_not_counted():
    assert far(M3, policy=HolidayPolicy.SKIP).weeks == 6


@given(st.integers(0, 7), st.integers(-10, 60), st.sampled_from(list(HolidayPolicy)))
def test_days_and_weeks_left_are_those_that_one_counts_one_by_one(number, ahead, policy):
    used, week = calendar(policy=policy), W15.shifted(number)
    last = week.wednesday + timedelta(ahead)
    found = distance(used, week, Milestone("M", "Mốc", "", last))
    day, days = used.close(week).date(), 0
    if last < day:
        assert found == Distance(None, None)
        return
    while day < last:
        day += timedelta(1)
        is_off = day.isoweekday() > 5 or date(2023, 4, 29) <= day <= date(2023, 5, 3)
        days += not is_off
    assert found.days == days
    later = [w for w in used.weeks() if w > week and used.effective_day(w) is not None]
    assert found.weeks == len([w for w in later if used.close(w).date() <= last])


def test_reports_between_two_weeks_are_those_that_were_owed():
    assert reports_between(calendar(), W15, W15.shifted(1)) == (W15.shifted(1),)
    assert reports_between(calendar(), W15, W18) == tuple(map(W15.shifted, (1, 2, 3)))
    skipping = calendar(policy=HolidayPolicy.SKIP)
    assert reports_between(skipping, W15, W18.shifted(1)) == tuple(map(W15.shifted, (1, 2, 4)))


def test_reports_until_a_milestone_are_those_whose_close_comes_first():
    assert reports_until(calendar(), W15, M1) == (W15.shifted(1),)
    assert reports_until(calendar(), W15, M2) == tuple(map(W15.shifted, (1, 2, 3)))
    assert reports_until(calendar(), W18, M1) == ()


@pytest.mark.parametrize(
    ("count", "weeks", "expected"),
    [
        (7, 2, "3.5"),
        (1, 20, "0.1"),
        (1, 21, "0.0"),
        (-1, 20, "-0.1"),
        (-1, 21, "0.0"),
        (0, 3, "0.0"),
        (6, 3, "2.0"),
    ],
)
def test_a_pace_has_one_decimal(count, weeks, expected):
    assert str(per_week(count, weeks)) == expected


def test_a_pace_without_weeks_or_numbers_is_none():
    assert [per_week(5, 0), per_week(5, None), per_week(None, 3)] == [None] * 3


@given(st.integers(-500, 500), st.integers(1, 60))
def test_a_pace_is_off_by_half_a_tenth_at_most(count, weeks):
    pace = per_week(count, weeks)
    assert isinstance(pace, Decimal)
    assert abs(Fraction(pace) - Fraction(count, weeks)) <= Fraction(1, 20)
