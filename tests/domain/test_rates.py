"""Rates of reporting: of what was owed, never above 100 %, none of nothing, 0 where nothing came."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.lateness import reporter_lines
from domain.rates import Rates, Standing, rates, standing
from domain.snapshot import WeekSnapshot
from domain.submissions import SubmissionState
from domain.summary import FileLine, ReporterLine, ReporterWeekState
from tests.factories_domain import W15, attempt, campaign, local

STATES = list(ReporterWeekState)
STANDINGS = st.lists(
    st.sampled_from(STATES).flatmap(
        lambda state: st.builds(
            Standing, st.just(state), st.booleans() if state.has_reported else st.just(False)
        )
    )
)


def file(state: str) -> FileLine:
    return FileLine("a.xlsx", "sha", local("2023-04-12 09:00"), SubmissionState(state), False, ())


def line(state: str, *files: str) -> ReporterLine:
    return ReporterLine("my_ha", ReporterWeekState(state), files=tuple(map(file, files)))


@pytest.mark.parametrize(
    ("state", "files", "at_first"),
    [
        ("on_time", ["accepted"], True),
        ("late", ["accepted"], True),
        ("on_time", ["superseded", "accepted"], True),  # mended something that was accepted
        ("on_time", ["returned", "accepted"], False),
        ("on_time", ["quarantined", "accepted"], False),
        ("on_time", ["superseded", "returned", "accepted"], False),  # another unit's file, then its own
        ("on_time", ["accepted", "returned"], True),
        ("returned", ["returned"], False),
        ("returned", ["superseded", "returned"], False),  # nothing is in force
        ("missing", [], False),
    ],
)
def test_a_report_is_accepted_at_the_first_try_where_its_first_file_is(state, files, at_first):
    assert standing(line(state, *files)) == Standing(ReporterWeekState(state), at_first)


@pytest.mark.parametrize(
    ("settled", "at_first"),
    [
        (("released", "accepted"), True),  # the doubt was ours: the sender sent once
        (("scan", "superseded", "typed", "accepted"), True),  # so was the typing
        (("refused", "returned", "again", "accepted"), False),
        (("doubted", "quarantined", "again", "accepted"), False),
    ],
)
def test_what_a_person_settled_costs_the_sender_a_try_only_where_it_had_to_send_again(settled, at_first):
    names, states = settled[::2], settled[1::2]
    files = tuple(attempt(name, "2023-04-12 10:00", of) for name, of in zip(names, states, strict=True))
    files = tuple(replace(each, received_at=local(f"2023-04-12 1{n}:00")) for n, each in enumerate(files))
    week = WeekSnapshot("my-loc-2023", W15, local("2023-06-15 08:00"), {"my_ha": files})
    (line,) = (each for each in reporter_lines(week, campaign()) if each.reporter == "my_ha")
    assert standing(line) == Standing(ReporterWeekState.ON_TIME, at_first)


def test_every_state_counts_where_it_belongs():
    counted = rates(Standing(state, state.has_reported) for state in STATES)
    assert counted == Rates(expected=len(STATES) - 1, received=3, on_time=1, first_try=3)


def test_shares_are_none_of_nothing_and_zero_where_nothing_came():
    nothing = rates([Standing(ReporterWeekState.EXCLUDED, False)])
    assert nothing.share(nothing.received) is None
    silent = rates([Standing(ReporterWeekState.MISSING, False)])
    assert silent.share(silent.received) == 0
    two_of_three = rates(
        [Standing(ReporterWeekState.LATE, True)] * 2 + [Standing(ReporterWeekState.MISSING, False)]
    )
    assert two_of_three.share(two_of_three.received) == Decimal("66.7")


@given(STANDINGS)
def test_no_share_is_above_a_hundred(standings):
    counted = rates(standings)
    for count in (counted.received, counted.on_time, counted.first_try):
        share = counted.share(count)
        assert (share is None) == (counted.expected == 0)
        assert share is None or 0 <= share <= 100


@given(STANDINGS, STANDINGS)
def test_rates_of_two_groups_add_up(one, other):
    both, apart = rates([*one, *other]), (rates(one), rates(other))
    for name in ("expected", "received", "on_time", "first_try"):
        assert getattr(both, name) == sum(getattr(each, name) for each in apart)
