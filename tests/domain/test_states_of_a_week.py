"""At every moment of any history each unit's week has exactly one state: the first that fits, as SEMANTICS lists them.

The oracle is written from that paragraph alone, over moments and words; it knows nothing of domain/lateness.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import Extension
from domain.campaign import Campaign, Exclusion
from domain.figures import reporting
from domain.lateness import reporter_lines
from domain.rates import rates, standing
from domain.reporters import Reporter, ReporterKind, Roster
from domain.snapshot import Attempt, WeekSnapshot
from domain.summary import ReporterWeekState
from tests.factories_domain import COMMUNE_PARTS, ROSTER, W15, ZONE, attempt, campaign, local

DEADLINE = local("2023-04-12 16:00")
CORRECTION_END = local("2023-04-13 23:59:59.999999")
LONG_AFTER = local("2023-06-15 08:00")
SECOND = timedelta(seconds=1)
UNITS = ("my_ha", "my_thinh", "my_thanh", "pktht", "pgd", "ca")  # that owe a report
OFF = "bchqs"
# Around what decides, and anywhere: deadline, end of the correction time, an extension.
EDGES = [
    edge + step
    for edge in (DEADLINE, CORRECTION_END, local("2023-04-14 16:00"))
    for step in (-SECOND, 0 * SECOND, SECOND)
]
MOMENTS = st.one_of(
    st.sampled_from(EDGES),
    st.integers(0, 8 * 24).map(lambda hours: local("2023-04-10 00:00") + timedelta(hours=hours)),
)


@dataclass(frozen=True)
class Sent:
    """One file, and what was decided over it in turn: verdicts, then what a person settled."""

    received_at: datetime
    nil: bool
    parts: frozenset[str]
    decided: tuple[tuple[datetime, str], ...]

    def state(self, as_of: datetime) -> str:
        known = [state for at, state in self.decided if at <= as_of]
        return known[-1] if known else "received"


@dataclass(frozen=True)
class Given:
    """What people decided over one unit's week. `extended`: until when, and since when that is known."""

    extended: tuple[tuple[datetime, datetime | None], ...] = ()
    excluded: tuple[datetime | None, ...] = ()


@st.composite
def sent(draw: st.DrawFn) -> Sent:
    received_at, nil = draw(MOMENTS), draw(st.booleans())
    parts = frozenset() if nil else draw(st.frozensets(st.sampled_from(sorted(COMMUNE_PARTS)), min_size=1))
    states = draw(st.lists(st.sampled_from(VERDICTS), max_size=2))
    delays = sorted(draw(st.lists(st.integers(0, 30), min_size=len(states), max_size=len(states))))
    at = (received_at + timedelta(hours=hours) for hours in delays)
    return Sent(received_at, nil, parts, tuple(zip(at, states, strict=True)))


VERDICTS = ["accepted", "accepted", "returned", "quarantined", "superseded"]
SINCE = st.none() | MOMENTS
GIVEN = st.builds(
    Given,
    st.lists(st.tuples(MOMENTS, SINCE), max_size=2).map(tuple),
    st.just(()) | st.just(()) | st.tuples(SINCE),
)
# Most of what is looked at has happened.
LOOKED_AT = MOMENTS | st.just(LONG_AFTER) | st.just(LONG_AFTER)
FILES = st.lists(sent(), max_size=4)
HISTORIES = st.fixed_dictionaries(dict.fromkeys((*UNITS, OFF), FILES))
DECISIONS = st.fixed_dictionaries(dict.fromkeys(UNITS, GIVEN))


def first_that_fits(files: Sequence[Sent], given_to: Given, as_of: datetime) -> str:
    """SEMANTICS, "State of a reporter's week"."""

    def holds(since: datetime | None) -> bool:
        return since is None or since <= as_of

    extended_to = [until for until, since in given_to.extended if holds(since)]
    own = [file for file in files if file.received_at <= as_of and file.state(as_of) != "superseded"]
    some_came_on_time = any(file.received_at <= DEADLINE for file in own)

    def how_punctual(file: Sent) -> str:
        if file.received_at <= DEADLINE or (some_came_on_time and file.received_at <= CORRECTION_END):
            return "on_time"
        return "extended" if any(file.received_at <= until for until in extended_to) else "late"

    if any(holds(since) for since in given_to.excluded):
        return "excluded"
    accepted = sorted(
        (file for file in own if file.state(as_of) == "accepted"), key=lambda file: file.received_at
    )
    # A nil one behind the week's own report is no report of its own: nothing has changed since that (decision 0004).
    in_force = [file for file in accepted[:1] if file.nil]
    for part in COMMUNE_PARTS:
        bringing = [file for file in accepted if part in file.parts]
        in_force += [max(bringing, key=lambda file: file.received_at)] if bringing else []
    if in_force:
        return max((how_punctual(file) for file in in_force), key=["on_time", "extended", "late"].index)
    waiting_for_us = {"quarantined", "received"}
    states = {file.state(as_of) for file in own}
    if states & waiting_for_us:
        return "quarantined"
    if "returned" in states:
        return "returned"
    return "waiting" if as_of < max([DEADLINE, *extended_to]) else "missing"


def known(history: dict[str, list[Sent]], as_of: datetime) -> WeekSnapshot:
    attempts = {
        unit: tuple(
            as_attempt(f"{unit}-{n}", file, as_of)
            for n, file in enumerate(files)
            if file.received_at <= as_of
        )
        for unit, files in history.items()
    }
    return WeekSnapshot("my-loc-2023", W15, as_of, {unit: files for unit, files in attempts.items() if files})


def as_attempt(sha256: str, file: Sent, as_of: datetime) -> Attempt:
    at = file.received_at.isoformat()
    state = file.state(as_of)
    return attempt(sha256, at[: at.index("+")], state, nil=file.nil, parts=file.parts)


def with_decisions(decisions: dict[str, Given]) -> Campaign:
    extensions = tuple(
        Extension(unit, W15, until, "bão", granted_by="Phòng", decided_at=since)
        for unit, given_to in decisions.items()
        for until, since in given_to.extended
    )
    exclusions = tuple(
        Exclusion(unit, W15, "sáp nhập", since)
        for unit, given_to in decisions.items()
        for since in given_to.excluded
    )
    return campaign(extensions=extensions, exclusions=exclusions)


@given(HISTORIES, DECISIONS, LOOKED_AT)
def test_every_unit_has_exactly_one_state_and_it_is_the_first_that_fits(
    history: dict[str, list[Sent]], decisions: dict[str, Given], as_of: datetime
) -> None:
    lines = reporter_lines(known(history, as_of), with_decisions(decisions))
    states = [(line.reporter, str(line.state)) for line in lines if line.reporter != OFF]
    assert states == [(unit, first_that_fits(history[unit], decisions[unit], as_of)) for unit in UNITS]


@given(HISTORIES, DECISIONS, LOOKED_AT)
def test_rates_are_of_what_was_owed_at_most_all_of_it_and_none_of_nothing(
    history: dict[str, list[Sent]], decisions: dict[str, Given], as_of: datetime
) -> None:
    lines = reporter_lines(known(history, as_of), with_decisions(decisions))
    published: dict[str, Any] = {figure.id: figure.value for figure in reporting.figures(lines, ZONE)}
    states = [first_that_fits(history[u], decisions[u], as_of) for u in UNITS]
    owed = len(states) - states.count("excluded")
    came = sum(states.count(one) for one in ("on_time", "extended", "late"))
    assert (published["rate/owed"], published["rate/received"]) == (owed, came)
    each_state = [f"rate/{state}" for state in ReporterWeekState if state is not ReporterWeekState.EXCLUDED]
    assert sum(published[id_] for id_ in each_state) == owed
    counted = rates(standing(line) for line in lines if line.owes)
    at_first_try = counted.share(counted.first_try)
    shares: list[Any] = [published["rate/received_share"], published["rate/on_time_share"], at_first_try]
    assert all(share is None if owed == 0 else 0 <= share <= 100 for share in shares)
    assert owed == 0 or (shares[0] == 0) == (came == 0)


def test_a_unit_that_has_closed_is_expected_before_its_last_day_and_neither_expected_nor_counted_after() -> (
    None
):
    """DHIS2 divides by the units of today: what came from one that has closed makes the rate of an old period rise
    above 100 %."""
    closed = Reporter("xa_cu", "Xã Cũ", ReporterKind.COMMUNE, valid_to=date(2023, 4, 18))
    of = campaign(roster=Roster((ROSTER.reporters[0], closed)))
    both = {unit: (attempt(unit, "2023-04-12 10:00"),) for unit in ("my_ha", "xa_cu")}
    for week, expected in ((W15, 2), (W15.shifted(1), 1)):
        lines = reporter_lines(WeekSnapshot("my-loc-2023", week, LONG_AFTER, both), of)
        counted = rates(standing(line) for line in lines)
        assert (counted.expected, counted.received) == (expected, expected)
        assert counted.share(counted.received) == 100
