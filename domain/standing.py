"""What stands between a commune and recognition by one witness's word, and how far each milestone is.

Nothing here forecasts a date and nothing is judged: the list is of what was stated otherwise, and of what nobody
stated.
Source: the notice, item 1; SEMANTICS, "Judgement", "Time"; docs/decisions/0030.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations

from domain.calendar import Calendar, Milestone
from domain.criteria import Catalogue, Choice
from domain.dossiers import short_of
from domain.forms import DossierState
from domain.judgement import Judgement, rolled_up
from domain.weeks import WeekName

Said = Mapping[str, Judgement]  # code of a row, or id of a condition -> what the witness stated


@dataclass(frozen=True)
class Outstanding:
    """Codes of indicators (2.2, not its rows) and ids of conditions, in the order of the catalogue. `open`: stated, and
    not đạt; `unstated`: nobody said."""

    open: tuple[str, ...]
    unstated: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.open or self.unstated)


def is_heard(catalogue: Catalogue, said: Said) -> bool:
    """Whether the witness judged anything of the commune. Of a silent one there is no list: it is not an empty one."""
    codes = (*(row.code for row in catalogue.indicators()), *(each.id for each in catalogue.conditions))
    return any(said.get(code, Judgement.NOT_STATED) is not Judgement.NOT_STATED for code in codes)


def shortest_list(catalogue: Catalogue, commune: str, said: Said) -> Outstanding:
    """The fewest indicators and conditions that would have to be đạt for the commune to be recognised."""
    return outstanding({**of_indicators(catalogue, said), **_of_conditions(catalogue, commune, said)})


def of_indicators(catalogue: Catalogue, said: Said) -> dict[str, Judgement]:
    """The judgement of each indicator that counts: 2.2 by its rows 2.2a and 2.2b."""
    return {
        code: rolled_up(said.get(row, Judgement.NOT_STATED) for row in rows)
        for code, rows in catalogue.rows_of.items()
    }


def outstanding(judged: Said) -> Outstanding:
    """In their order; what is đạt is left out."""
    return Outstanding(
        open=tuple(
            code for code, each in judged.items() if each not in (Judgement.MET, Judgement.NOT_STATED)
        ),
        unstated=tuple(code for code, each in judged.items() if each is Judgement.NOT_STATED),
    )


def _of_conditions(catalogue: Catalogue, commune: str, said: Said) -> dict[str, Judgement]:
    followed = {each.id for each in catalogue.conditions if commune in each.communes}
    judged = {
        each.id: said.get(each.id, Judgement.NOT_STATED)
        for each in catalogue.conditions
        if each.id in followed
    }
    optional = {id_ for choice in catalogue.choices for field in choice.fields.values() for id_ in field}
    asked = followed - optional
    for choice in catalogue.choices:
        asked |= _fewest(choice, judged)
    return {id_: judgement for id_, judgement in judged.items() if id_ in asked}


def _fewest(choice: Choice, judged: Said) -> set[str]:
    """Of the fields that are followed in the commune, the conditions of those that lack the fewest; the first of
    equals. Where fewer are followed than asked for, nobody has said which else: those are asked."""
    fields = [frozenset(field) & judged.keys() for field in choice.fields.values()]
    followed = [field for field in fields if field]
    chosen = min(
        combinations(followed, min(choice.at_least, len(followed))),
        key=lambda some: sum(judged[id_] is not Judgement.MET for id_ in frozenset().union(*some)),
    )
    return set().union(*chosen)


def short_states(milestones: Iterable[Milestone]) -> frozenset[DossierState]:
    """The states of a document that has still to reach one that a milestone asks for; none where no milestone does."""
    wanted = (DossierState(each.dossier_state) for each in milestones if each.dossier_state)
    return frozenset().union(*map(short_of, wanted))


@dataclass(frozen=True)
class Distance:
    """From the close of a week to a milestone. `days`: working days after the day of the close up to the last good day,
    0 on the day itself; `weeks`: reports that are still due by then; both None once it has passed. `is_expected`: a day
    off without a notice yet lies among them."""

    days: int | None
    weeks: int | None
    is_expected: bool = False


def distance(calendar: Calendar, week: WeekName, milestone: Milestone) -> Distance:
    closed, last = calendar.close(week).date(), milestone.last_good_day
    if last < closed:
        return Distance(None, None)
    days = [closed + timedelta(n) for n in range(1, (last - closed).days + 1)]
    return Distance(
        days=calendar.working_days_between(closed, last),
        weeks=len(reports_until(calendar, week, milestone)),
        is_expected=any(day in calendar.days_off and not calendar.days_off[day].announced for day in days),
    )


def reports_until(calendar: Calendar, week: WeekName, milestone: Milestone) -> tuple[WeekName, ...]:
    """The later weeks in which a report is due by the last good day."""
    after = calendar.weeks_after(week)
    return tuple(each for each in after if calendar.close(each).date() <= milestone.last_good_day)


def reports_between(calendar: Calendar, earlier: WeekName, later: WeekName) -> tuple[WeekName, ...]:
    """The weeks in which a report was due after the earlier one, the later one counted."""
    return tuple(each for each in calendar.weeks_after(earlier) if each <= later)


def per_week(count: int | None, weeks: int | None) -> Decimal | None:
    """One decimal, halves away from zero as people round; None where either is unknown or no week is left."""
    if count is None or not weeks:
        return None
    return (Decimal(count) / weeks).quantize(Decimal("0.1"), ROUND_HALF_UP) + 0  # never -0.0
