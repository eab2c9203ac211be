"""What the agencies of a campaign of any size say: each looks at thirty communes at most, and mostly agrees.

Knows what the communes say, nothing of files. A difference stands for a week or two, then it is settled.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from deployments.demo.any_communes import sample_stories
from deployments.demo.any_roster import Commune
from deployments.demo.stories import Scenery, Story
from deployments.demo.tables import Telling
from domain.calendar import Calendar
from domain.weeks import WeekName

AGENCIES = ("pnn", "ca", "pnv", "ptckh", "pgd", "pktht", "ptnmt", "pldtbxh")
OFF = "bchqs"  # owes no report until it is confirmed, and reports every fourth week all the same
MOST_CHECKED = 30
_LOOKED_AT = 3  # weeks one after the other, then come the next communes
_DIFFERENCE = 0.04  # how often an agency sees an indicator otherwise: half of them for one week, half for two
_CHECKED_LATE = 7  # every seventh commune, from the first on, is checked only on the day of the deadline


@dataclass(frozen=True)
class Looked:
    """A commune that agencies look at; `since` how many weeks, 0 in the first."""

    commune: Commune
    since: int
    is_checked_late: bool


def reporting_in(number: int) -> tuple[str, ...]:
    """Who sends a report in the `number`-th week, from 0."""
    return AGENCIES if number % 4 else (*AGENCIES, OFF)


def sample_of(listed: tuple[Commune, ...], number: int) -> tuple[Looked, ...]:
    """The communes that agencies look at in the `number`-th week: at most MOST_CHECKED, a third of them new."""
    size, step = min(MOST_CHECKED, len(listed)), MOST_CHECKED // _LOOKED_AT
    return tuple(
        _looked((number * step + n) % len(listed), number, listed, newest=_LOOKED_AT - 1 - n // step)
        for n in range(size)
    )


def _looked(at: int, number: int, listed: tuple[Commune, ...], newest: int) -> Looked:
    """Where all communes are looked at in every week, each begins again after the third."""
    since = newest if len(listed) > MOST_CHECKED else (number + at) % _LOOKED_AT
    return Looked(listed[at], since, at % _CHECKED_LATE == 0)


@dataclass(frozen=True)
class Verification:
    """What one agency found in a week, the `number`-th."""

    agency: str
    week: WeekName
    number: int
    seed: int

    def telling(self, told: Mapping[Looked, Story], scenery: Scenery, calendar: Calendar) -> Telling:
        """`told`: what the communes it looks at say this week, or would say if they reported."""
        base = sample_stories()[self.agency]
        model_only = next(iter(base.also.values()), []) if self.agency == "ca" else []
        story = replace(
            base,
            week=str(self.week),
            header=dict(base.header) | {"period": self.week.wednesday, "data_cutoff": None},
            also={one.commune.id: model_only for one in told if one.commune.is_model},
            checked_on={one.commune.id: _checked_on(one, self.week, calendar) for one in told},
            rows={one.commune.id: self._differences(one, base.codes) for one in told},
        )
        seen = {one.commune.id: {"name": one.commune.name, "office": one.commune.office} for one in told}
        others = {one.commune.id: said for one, said in told.items()}
        return Telling(story, others, replace(scenery, communes=seen))

    def _differences(self, one: Looked, codes: tuple[str, ...]) -> dict[str, dict[str, str]]:
        """Alike in all weeks in which it looks at this commune, until each is settled."""
        chance = Random(f"{self.seed}:{self.agency}:{one.commune.id}:{self.number - one.since}")
        draws = {code: chance.random() for code in codes}
        standing = (_DIFFERENCE, _DIFFERENCE / 2)[one.since] if one.since < _LOOKED_AT - 1 else 0
        return {code: {"judgement": "Chưa đạt"} for code, draw in draws.items() if draw < standing}


def _checked_on(one: Looked, week: WeekName, calendar: Calendar) -> date:
    """A working day before that of the cut-off, or after it."""
    if one.is_checked_late:
        return calendar.deadline(week).date()
    return calendar.previous_working_day(calendar.cutoff(week).date())
