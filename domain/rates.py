"""How often reports came, came in time, and were accepted at the first try, over any weeks and reporters.

Expected, received and on time are those of DHIS2's reporting rates, without what makes those wrong: what counts is who
owed a report that week by that week's registry, when it was received, and the state at the week's own revision. So no
share is above 100 %; of nothing expected there is none, and of nothing received it is 0.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from domain.aggregation import share
from domain.submissions import SubmissionState
from domain.summary import ReporterLine, ReporterWeekState

_TAKEN = (SubmissionState.ACCEPTED, SubmissionState.SUPERSEDED)


@dataclass(frozen=True)
class Standing:
    """One reporter in one week that it owed a report for. `at_first_try`: nothing was returned or asked before."""

    state: ReporterWeekState
    at_first_try: bool


@dataclass(frozen=True)
class Rates:
    """Counts of reporter-weeks. Extended is neither late nor on time."""

    expected: int
    received: int
    on_time: int
    first_try: int

    def share(self, count: int) -> Decimal | None:
        """Percent points of what was expected; None where nothing was."""
        return share(count, self.expected)


def standing(line: ReporterLine) -> Standing:
    """By the first of its files; they come in the order of their receipt."""
    at_first = line.state.has_reported and bool(line.files) and line.files[0].state in _TAKEN
    return Standing(line.state, at_first)


def rates(standings: Iterable[Standing]) -> Rates:
    """An excluded reporter owed nothing."""
    owed = [each for each in standings if each.state is not ReporterWeekState.EXCLUDED]
    return Rates(
        expected=len(owed),
        received=sum(each.state.has_reported for each in owed),
        on_time=sum(each.state is ReporterWeekState.ON_TIME for each in owed),
        first_try=sum(each.at_first_try for each in owed),
    )
