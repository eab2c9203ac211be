"""The way of an evidence document from the commune to the department and the province. Knows no file and no finding.

Source: the notice, item 1, second and third dash; SEMANTICS, "Dossier".
"""

from collections.abc import Mapping
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
