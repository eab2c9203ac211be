"""The way of an evidence document from the commune to the department and the province. Knows no file and no finding.

Source: the notice, item 1, second and third dash; SEMANTICS, "Dossier".
"""

from collections.abc import Collection, Mapping
from functools import cache
from types import MappingProxyType

from domain.forms import DossierState as State

# What a document may be in the next weekly report: what two offices at most can do to it in a week. The only way back
# is that the department asks for more.
MOVES: Mapping[State, frozenset[State]] = MappingProxyType(
    {
        State.NOT_STARTED: frozenset({State.DRAFTING, State.SENT}),
        State.DRAFTING: frozenset({State.SENT, State.MORE_REQUESTED, State.CONFIRMED}),
        State.SENT: frozenset({State.MORE_REQUESTED, State.CONFIRMED, State.PROVINCE_ASKED}),
        State.MORE_REQUESTED: frozenset({State.DRAFTING, State.SENT, State.CONFIRMED}),
        # Not every document is one for the province.
        State.CONFIRMED: frozenset(
            {State.MORE_REQUESTED, State.PROVINCE_ASKED, State.PROVINCE_REPLIED, State.COMPLETE}
        ),
        State.PROVINCE_ASKED: frozenset({State.MORE_REQUESTED, State.PROVINCE_REPLIED, State.COMPLETE}),
        State.PROVINCE_REPLIED: frozenset({State.MORE_REQUESTED, State.COMPLETE}),
        State.COMPLETE: frozenset({State.MORE_REQUESTED}),
    }
)

# What one office can do to it at once, as far as it leads on.
_ACTS: Mapping[State, frozenset[State]] = MappingProxyType(
    {
        State.NOT_STARTED: frozenset({State.DRAFTING}),
        State.DRAFTING: frozenset({State.SENT}),
        State.SENT: frozenset({State.MORE_REQUESTED, State.CONFIRMED}),
        State.MORE_REQUESTED: frozenset({State.DRAFTING, State.SENT}),
        State.CONFIRMED: frozenset({State.PROVINCE_ASKED, State.COMPLETE}),
        State.PROVINCE_ASKED: frozenset({State.PROVINCE_REPLIED}),
        State.PROVINCE_REPLIED: frozenset({State.COMPLETE}),
        State.COMPLETE: frozenset(),
    }
)
# From the least advanced on: what was sent back is being written again.
_WAY = (
    State.NOT_STARTED,
    State.DRAFTING,
    State.MORE_REQUESTED,
    State.SENT,
    State.CONFIRMED,
    State.PROVINCE_ASKED,
    State.PROVINCE_REPLIED,
    State.COMPLETE,
)


@cache
def may_become(state: State, weeks: int) -> frozenset[State]:
    """What a document in this state may be so many weeks later; nobody saw it in between."""
    reached = frozenset({state})
    for _ in range(min(weeks, len(MOVES))):
        reached = reached.union(*(MOVES[each] for each in reached))
    return reached


@cache
def short_of(wanted: State) -> frozenset[State]:
    """The states that have not reached this one."""
    return frozenset(state for state in State if not state.has_reached(wanted))


def contradict(found: State, listed: Collection[State | None]) -> bool:
    """Whether an agency's one word on an indicator can't stand beside the states of the documents that the commune
    lists for it; None = not stated, and silence contradicts nothing.

    An indicator is as far as its least advanced document. Two witnesses who are one act apart may both be right, on
    different days of a week. More is asked of one document, whatever the others are.
    """
    stated = [state for state in listed if state is not None]
    if not stated:
        return False
    least = min(stated, key=_WAY.index)
    is_of_one, is_ahead = found is State.MORE_REQUESTED, _WAY.index(least) > _WAY.index(found)
    if None in listed and (is_of_one or is_ahead):  # the agency may speak of the one of which nothing is said
        return False
    return not any(_are_near(found, state) for state in (stated if is_of_one else [least]))


def _are_near(one: State, other: State) -> bool:
    return one is other or other in _ACTS[one] or one in _ACTS[other]
