"""What the communes of a campaign of any size say: the sample's stories of its first week, told on by chance and seed.

A template is one of the sample's communes with a pace of its own. Week by week indicators become met, plans slip,
documents go from the commune to the department and the province, projects are paid off one after the other. Knows
nothing of files.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache, cached_property
from random import Random
from typing import Any

from deployments.demo.stories import Slip, Story, stories_of
from deployments.demo.tables import ALLOTTED
from domain.weeks import WeekName

TEMPLATES = 48  # so many different reports a week, the sender apart; each takes 0.1 s
ANYBODY = "UBND xã"  # what a template calls its sender
WRONG_WORD = Slip("progress", "8.2", "judgement", "Gần đạt")  # no word of the form: an error
_TOLD_WEEK = "2023-W15"
# Two of three templates follow the conditions of a model commune, as the communes do.
_BASES = ("my_ha", "my_thinh", "my_thanh")
_MET = "Đạt"
_JUDGED = (_MET, "Cơ bản đạt", "Chưa đạt")
_SETBACK = 0.08  # how often a met indicator isn't yet
_ALLOTTED_BY_COMMUNE = ALLOTTED.index("allotted_commune")
_PLAN_SLIPS_BY = 2  # weeks
_SENT, _CONFIRMED = "Đã gửi phòng", "Phòng xác nhận"
_NEXT_STATE = {
    "Chưa lập": "Đang lập",
    "Đang lập": _SENT,
    "Đang hoàn thiện": _SENT,
    "Phòng yêu cầu bổ sung": _SENT,
    _SENT: _CONFIRMED,
    _CONFIRMED: "Đã xin ý kiến Sở",
    "Đã xin ý kiến Sở": "Sở đã góp ý",
    "Sở đã góp ý": "Hoàn thiện",
}


@dataclass(frozen=True)
class _Pace:
    """In weeks: until everything is met, between two moves of a document, between two projects paid off."""

    progress: int
    dossiers: int
    debt: int


_USUAL, _LAGGING = _Pace(16, 2, 2), _Pace(40, 4, 6)
_LAGGARD = 0  # the template that lags; the first commune of any campaign is one of them
# Rare things of the debt and progress tables befall another few templates each week: the turn of a template is the week
# (of every _ROUND) in which it happens there.
_ROUND = 16
_RENAMED_FROM, _PAID_ABOVE_IN, _CRITERION_STATED_IN = 0, 5, 2


@cache
def sample_stories() -> Mapping[str, Story]:
    """The stories that all others are told from."""
    return stories_of(_TOLD_WEEK)


@dataclass(frozen=True)
class Template:
    """Communes that say the same, the sender apart. The seed decides everything that they ever say."""

    seed: int
    number: int

    def story(self, week: WeekName, at: int) -> Story:
        """Of the week that is the `at`-th of the campaign, from 0."""
        base = sample_stories()[_BASES[self.number % len(_BASES)]]
        chance = Random(f"{self.seed}:{self.number}")  # alike in every week: they belong together
        progress = dict(self._progress(base.progress, week, at, chance))
        dossiers = {
            short: _document(row, week, at, chance.randrange(self._pace.dossiers), self._pace.dossiers)
            for short, row in base.dossiers.items()
        }
        return replace(
            base,
            week=str(week),
            header=dict(base.header) | {"agency": ANYBODY, "period": week.wednesday, "data_cutoff": None},
            progress=progress,
            dossiers=dossiers,
            debt=tuple(self._project(n, project, at) for n, project in enumerate(base.debt)),
            slips=(WRONG_WORD,),
        )

    @cached_property
    def _pace(self) -> _Pace:
        return _LAGGING if self.number == _LAGGARD else _USUAL

    def _is_turn(self, of: int, at: int) -> bool:
        return (self.number + of) % _ROUND == at % _ROUND

    def _progress(
        self, rows: Mapping[str, list[Any]], week: WeekName, at: int, chance: Random
    ) -> Iterator[tuple[str, list[Any]]]:
        """A row of the whole criterion stands where it is stated, and contradicts then."""
        told = {}
        for code, row in rows.items():
            # Each row draws twice, whatever it says: a week more or less changes no other draw.
            told[code] = _indicator(row, week, at, chance.random(), chance.random() * self._pace.progress)
        told.pop("2", None)
        is_met = all(row[0] == _MET for code, row in told.items() if code.startswith("2."))
        for code, row in told.items():
            if code == "2.1" and self._is_turn(_CRITERION_STATED_IN, at):
                yield "2", ["Cơ bản đạt" if is_met else _MET, None, None, None, None]
            yield code, row

    def _project(self, number: int, project: Mapping[str, Any], at: int) -> Mapping[str, Any]:
        """The `number`-th project: unpaid, and from its turn on wholly allotted by the commune."""
        sources = list(project["allotted"])
        told = {**project, "paid": min(project["paid"], _sum(sources))}
        if at and project.get("accepted") is None:
            told |= {"accepted": _sum(sources), "stated_debt": 0}
        if (debt := told.get("stated_debt")) and at >= self._pace.debt * (number + 1):
            sources[_ALLOTTED_BY_COMMUNE] = round(sources[_ALLOTTED_BY_COMMUNE] + debt, 2)
            told |= {"allotted": sources, "paid": _sum(sources), "stated_debt": 0}
        if number == 0 and self._is_turn(_PAID_ABOVE_IN, at):
            told |= {"allotted": [one or 0 for one in sources], "paid": round(_sum(sources) * 1.05, 2)}
        if number == 1 and 0 < (self.number + _RENAMED_FROM) % _ROUND <= at:
            told |= {"project": f"{project['project']} (tên theo quyết định điều chỉnh)"}
        return told


def _indicator(row: list[Any], week: WeekName, at: int, draw: float, met_at: float) -> list[Any]:
    """Judgement, result, completion, planned date, note; `met_at`: the week of the campaign in which it is met."""
    judgement, result, _, _, note = row + [None] * (5 - len(row))
    was_met = judgement == _MET
    if judgement not in _JUDGED or (was_met and draw >= _SETBACK):
        return row
    met_in = int(met_at)
    if at >= met_in:
        return [_MET, result, 100, None, note]
    so_far = round(95 - 5 * (met_in - at) / _USUAL.progress, 1)
    due = week.shifted(_planned_in(met_in, at, slips=int(met_at * 1000) % 3) - at).wednesday
    return ["Cơ bản đạt" if was_met else judgement, result, so_far, due, note]


def _planned_in(met_in: int, at: int, slips: int) -> int:
    """The week that the plan names: so many slips too early at first, moved when it has come."""
    planned = met_in - slips * _PLAN_SLIPS_BY
    while planned <= at:
        planned += _PLAN_SLIPS_BY
    return planned


def _document(row: list[Any], week: WeekName, at: int, phase: int, pace: int) -> list[Any]:
    """State, sent, answered, lacking after all its moves so far, each on a Monday."""
    state, sent_on, answered_on, lacking = row + [None] * (4 - len(row))
    for number in range(1, at + 1):
        if state not in _NEXT_STATE or (number + phase) % pace:
            continue
        state, lacking = _NEXT_STATE[state], None
        moved_on = week.shifted(number - at).wednesday - timedelta(days=2)
        if state == _SENT:
            sent_on, answered_on = moved_on, None
        elif state == _CONFIRMED:
            answered_on = moved_on
    return [state, sent_on, answered_on, lacking]


def _sum(sources: list[Any]) -> float:
    return round(float(sum(one for one in sources if one)), 2)
