"""What was decided over cases: once over the same words of a week, and known from its moment on."""

from dataclasses import replace

import pytest

from domain.decisions import CaseDecision
from domain.judgement import Matter, Witness
from tasks.store.case_decisions import known, record
from tasks.store.engine import reading, writing
from tasks.store.snapshots import snapshot
from tests.tasks.store.making import CAMPAIGN, HOUR, NOON, W14, W15, W16

FIRST = CaseDecision(
    "my-thinh", "17.1", W15, ("met", "not_met"), Witness.AGENCY, "Trưởng phòng", "Biên bản", NOON
)


def put(engine, *decisions, campaign=CAMPAIGN):
    with writing(engine) as connection:
        return [record(connection, campaign, each) for each in decisions]


def found(engine, week=W15, moment=NOON, communes=None):
    with reading(engine) as connection:
        return known(connection, CAMPAIGN, week, moment, communes)


def test_what_was_decided_comes_back_equal(engine):
    assert put(engine, FIRST) == [True]
    assert found(engine) == (FIRST,)


def test_the_first_over_the_same_words_stands(engine):
    other = replace(FIRST, follows=Witness.COMMUNE, recorded_at=NOON + HOUR)
    assert put(engine, FIRST, FIRST, other) == [True, False, False]
    assert found(engine, moment=NOON + HOUR) == (FIRST,)


@pytest.mark.parametrize(
    "changed",
    [{"said": ("nearly_met", "not_met")}, {"said": ("met", "nearly_met")}, {"week": W14}, {"code": "17.10"},
     {"commune": "my-ha"}, {"matter": Matter.DOSSIERS}],
)  # fmt: skip
def test_over_other_words_another_week_or_case_there_is_another(engine, changed):
    other = replace(FIRST, recorded_at=NOON + HOUR, **changed)
    assert put(engine, FIRST, other) == [True, True]
    assert found(engine, moment=NOON + HOUR) == (FIRST, other)


def test_a_week_knows_its_own_and_earlier_ones_of_its_campaign_and_communes_up_to_a_moment(engine):
    put(engine, FIRST)
    put(engine, FIRST, campaign="another")
    assert [found(engine, week) for week in (W14, W15, W16)] == [(), (FIRST,), (FIRST,)]
    assert found(engine, moment=NOON - HOUR) == ()
    assert [found(engine, communes=[each]) for each in ("my-ha", "my-thinh")] == [(), (FIRST,)]


def test_the_snapshot_of_a_week_carries_them(engine):
    put(engine, FIRST)
    with reading(engine) as connection:
        then, now = (snapshot(connection, CAMPAIGN, W16, moment) for moment in (NOON - HOUR, NOON))
        others = snapshot(connection, CAMPAIGN, W16, NOON, ["my-ha"])
    assert (then.decisions, now.decisions, others.decisions) == ((), (FIRST,), ())
