"""What an evidence document may have become since its sender's last report."""

import pytest

from domain.dossiers import MOVES, contradict, may_become
from domain.forms import DossierState

S = DossierState


def test_every_state_has_its_moves():
    assert set(MOVES) == set(S)


@pytest.mark.parametrize("state", S)
def test_a_state_may_stay(state):
    assert state in may_become(state, 1)


@pytest.mark.parametrize("state", S)
def test_nothing_becomes_not_started(state):
    assert (S.NOT_STARTED in may_become(state, 52)) is (state is S.NOT_STARTED)


@pytest.mark.parametrize("state", [S.SENT, S.CONFIRMED, S.PROVINCE_ASKED, S.PROVINCE_REPLIED, S.COMPLETE])
def test_only_a_request_leads_back(state):
    order = list(S)
    back = {each for each in may_become(state, 1) if order.index(each) < order.index(state)}
    assert back <= {S.MORE_REQUESTED}
    assert S.MORE_REQUESTED in may_become(state, 1)


@pytest.mark.parametrize(
    ("before", "now", "weeks"),
    [
        (S.NOT_STARTED, S.DRAFTING, 1),
        (S.NOT_STARTED, S.SENT, 1),
        (S.NOT_STARTED, S.CONFIRMED, 2),
        (S.NOT_STARTED, S.COMPLETE, 3),
        (S.DRAFTING, S.CONFIRMED, 1),
        (S.DRAFTING, S.PROVINCE_ASKED, 2),
        (S.SENT, S.PROVINCE_ASKED, 1),
        (S.SENT, S.PROVINCE_REPLIED, 2),
        (S.SENT, S.COMPLETE, 2),
        (S.MORE_REQUESTED, S.DRAFTING, 1),
        (S.MORE_REQUESTED, S.SENT, 1),
        (S.MORE_REQUESTED, S.CONFIRMED, 1),
        (S.MORE_REQUESTED, S.PROVINCE_ASKED, 2),
        (S.CONFIRMED, S.COMPLETE, 1),
        (S.CONFIRMED, S.DRAFTING, 2),
        (S.COMPLETE, S.MORE_REQUESTED, 1),
        (S.COMPLETE, S.SENT, 2),
        (S.PROVINCE_REPLIED, S.PROVINCE_ASKED, 3),
    ],
)
def test_so_many_weeks_are_enough_and_one_less_is_not(before, now, weeks):
    assert now in may_become(before, weeks)
    assert now not in may_become(before, weeks - 1)


# What an agency says of an indicator, the documents that the commune lists for it, and whether both can't be right.
BESIDE = {
    "the same": (S.SENT, [S.SENT], False),
    "one act later": (S.CONFIRMED, [S.SENT], False),
    "one act earlier": (S.SENT, [S.CONFIRMED], False),
    "two acts later": (S.CONFIRMED, [S.DRAFTING], True),
    "two acts earlier": (S.SENT, [S.PROVINCE_ASKED], True),
    "not every document is one for the province": (S.CONFIRMED, [S.COMPLETE], False),
    "one document lies behind": (S.CONFIRMED, [S.CONFIRMED, S.DRAFTING], True),
    "the others are further": (S.DRAFTING, [S.COMPLETE, S.DRAFTING], False),
    "all are further": (S.DRAFTING, [S.COMPLETE, S.CONFIRMED], True),
    "more is asked of what was sent": (S.MORE_REQUESTED, [S.SENT], False),
    "more is asked of what is written again": (S.MORE_REQUESTED, [S.DRAFTING], False),
    "more is asked of what nobody began": (S.MORE_REQUESTED, [S.NOT_STARTED], True),
    "more is asked of what is complete": (S.MORE_REQUESTED, [S.COMPLETE, S.COMPLETE], True),
    "more is asked of what was confirmed": (S.MORE_REQUESTED, [S.CONFIRMED], True),
    "more is asked of one of them": (S.MORE_REQUESTED, [S.NOT_STARTED, S.SENT, S.COMPLETE], False),
    "sent back, as the commune says, and confirmed": (S.CONFIRMED, [S.MORE_REQUESTED], True),
    "more may be asked of the one not stated": (S.MORE_REQUESTED, [S.COMPLETE, None], False),
    "nothing is stated": (S.COMPLETE, [None], False),
    "nothing is listed": (S.COMPLETE, [], False),
    "the one not stated may be the earlier one": (S.DRAFTING, [S.COMPLETE, None], False),
    "the one not stated makes none later": (S.COMPLETE, [S.DRAFTING, None], True),
}


@pytest.mark.parametrize(("found", "listed", "expected"), BESIDE.values(), ids=BESIDE)
def test_a_state_that_cannot_stand_beside_the_documents_of_the_commune(found, listed, expected):
    assert contradict(found, listed) is expected
    assert contradict(found, listed[::-1]) is expected


@pytest.mark.parametrize("state", S)
def test_nobody_contradicts_himself(state):
    assert not contradict(state, [state, state])
