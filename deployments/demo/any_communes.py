"""What the communes of a campaign of any size say: the sample's stories of its first week, told on by chance and seed.

A template is one of the sample's communes with a pace of its own. Week by week indicators become met, plans slip,
documents go from the commune to the department and the province, projects are paid off one after the other. Knows
nothing of files.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from random import Random
from typing import Any

from deployments.demo.stories import Story, stories_of
from deployments.demo.tables import ALLOTTED
from domain.weeks import WeekName

TEMPLATES = 48  # so many different reports a week, the sender apart; each takes 0.1 s
ANYBODY = "UBND xã"  # what a template calls its sender
_TOLD_WEEK = "2023-W15"
# Two of three templates follow the conditions of a model commune, as the communes do.
_BASES = ("my_ha", "my_thinh", "my_thanh")
_MET = "Đạt"
_STATED = (_MET, "Cơ bản đạt", "Chưa đạt")
_CRITERION = "2"  # which one commune of the sample states as a whole
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
_NAMES_CHANGE = 16  # of so many templates each has its second project renamed in another week, one never


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
        # Each row draws twice, whatever it says: a week more or less changes no other draw.
        progress = {
            code: _indicator(row, week, at, chance.random(), chance.random() * self._pace.progress)
            for code, row in base.progress.items()
        }
        progress.pop(_CRITERION, None)
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
            slips=(),
        )

    @cached_property
    def _pace(self) -> _Pace:
        return _LAGGING if self.number == _LAGGARD else _USUAL

    def _project(self, number: int, project: Mapping[str, Any], at: int) -> Mapping[str, Any]:
        """The `number`-th project: unpaid, and from its turn on paid off."""
        capital = _sum(project["allotted"])
        told = {**project, "paid": min(project["paid"], capital)}
        if at and project.get("accepted") is None:
            told |= {"accepted": capital, "stated_debt": 0}
        if at >= self._pace.debt * (number + 1):
            told |= _paid_off(told)
        if number == 1 and 0 < self.number % _NAMES_CHANGE <= at:
            told |= {"project": f"{project['project']} (tên theo quyết định điều chỉnh)"}
        return told


def with_criterion_row(story: Story) -> Story:
    """_CRITERION is stated as a whole, too, and contradicts its indicators."""
    of = f"{_CRITERION}."
    is_met = all(row[0] == _MET for code, row in story.progress.items() if code.startswith(of))
    progress: dict[str, list[Any]] = {}
    for code, row in story.progress.items():
        if code.startswith(of):  # above the first of its indicators
            progress.setdefault(_CRITERION, [_STATED[1] if is_met else _MET])
        progress[code] = row
    return replace(story, progress=progress)


def paid_above(story: Story) -> Story:
    """More is paid than is allotted, of which every source is stated: on the last project that owes, if any does."""
    owing = [project for project in story.debt if (project.get("accepted") or 0) > _sum(project["allotted"])]
    above = (owing or story.debt)[-1]
    stated = [one or 0 for one in above["allotted"]]
    paid = {**above, "allotted": stated, "paid": round(_sum(stated) * 1.05, 2)}
    return replace(story, debt=tuple(paid if project is above else project for project in story.debt))


def _paid_off(project: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the commune allots then, and pays; nothing where the accepted volume isn't known."""
    sources = list(project["allotted"])
    lacking = round((project.get("accepted") or 0) - _sum(sources), 2)
    if lacking <= 0:
        return {}
    sources[_ALLOTTED_BY_COMMUNE] = round(sources[_ALLOTTED_BY_COMMUNE] + lacking, 2)
    return {"allotted": sources, "paid": project["accepted"], "stated_debt": 0}


def _indicator(row: list[Any], week: WeekName, at: int, draw: float, met_at: float) -> list[Any]:
    """Judgement, result, completion, planned date, note; `met_at`: the week of the campaign in which it is met."""
    judgement, result, completion, _, note = row + [None] * (5 - len(row))
    was_met = judgement == _MET
    if judgement not in _STATED or (was_met and draw >= _SETBACK):
        return [judgement, result, completion, None, note]  # the sample's date would soon have passed
    met_in = int(met_at)
    if at >= met_in:
        return [_MET, result, 100, None, note]
    so_far = round(95 - 5 * (met_in - at) / _USUAL.progress, 1)
    due = week.shifted(_planned_in(met_in, at, slips=int(met_at * 1000) % 3) - at).wednesday
    return [_STATED[1] if was_met else judgement, result, so_far, due, note]


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
