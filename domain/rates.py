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


@dataclass(frozen=True)
class Standing:
    """One reporter in one week that it owed a report for. `at_first_try`: the sender didn't have to send again: none of
    its files was returned, or is still in doubt, before one was accepted. A file that a person released, or whose scan
    a person typed, was tried once: the doubt and the typing are ours (decision 0022). What a person
    settled as another's is no try of its own.
    """

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
    """Its files come in the order of their receipt."""
    tries = (file.state for file in line.files if file.state is not SubmissionState.SUPERSEDED)
    is_first_accepted = next(tries, None) is SubmissionState.ACCEPTED
    return Standing(line.state, line.state.has_reported and is_first_accepted)


def rates(standings: Iterable[Standing]) -> Rates:
    """An excluded reporter owed nothing."""
    owed = [each for each in standings if each.state is not ReporterWeekState.EXCLUDED]
    return Rates(
        expected=len(owed),
        received=sum(each.state.has_reported for each in owed),
        on_time=sum(each.state is ReporterWeekState.ON_TIME for each in owed),
        first_try=sum(each.at_first_try for each in owed),
    )
