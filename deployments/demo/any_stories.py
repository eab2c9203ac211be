"""What the units of a campaign of any size say: the sample's stories of its first week, told on by chance and by seed.

A commune's template is one of the sample's communes with its own pace: what isn't met becomes met in some week. An
agency speaks of a sample of the communes that moves on from week to week.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from random import Random
from typing import Any

from deployments.demo.any_roster import Commune
from deployments.demo.stories import Scenery, SentFile, Slip, Story, Writer, stories_of
from deployments.demo.tables import Telling
from domain.weeks import WeekName

AGENCIES = ("pnn", "ca", "pnv", "ptckh", "pgd", "pktht", "ptnmt", "pldtbxh")
MOST_CHECKED = 30
ANYBODY = "UBND xã"  # what a template calls its sender
_TOLD_WEEK = "2023-W15"
_BASES = ("my_ha", "my_thinh", "my_thanh")
_COMMUNE_PARTS = ("progress", "dossiers", "debt", "remarks")
_WRONG = Slip("progress", "8.2", "judgement", "Gần đạt")  # no word of the form: an error
_SETBACK, _DIFFERENCE = (
    0.08,
    0.02,
)  # how often a met indicator isn't yet; how often an agency sees it otherwise
_PACE = 16  # weeks in which everything is met


def sample_stories() -> Mapping[str, Story]:
    """The stories that all others are told from."""
    return stories_of(_TOLD_WEEK)


def commune_story(base: Story, week: WeekName, number: int, chance: Random) -> Story:
    """What template communes of this base say in the week, the `number`-th of the campaign from 0.

    `chance` is seeded alike in every week of one template, so that its weeks belong together.
    """
    # Each row draws twice, whatever it says: a week more or less changes no other draw.
    progress = {
        c: _row(row, week, number, chance.random(), chance.random()) for c, row in base.progress.items()
    }
    return replace(
        base,
        week=str(week),
        header=dict(base.header) | {"agency": ANYBODY, "period": week.wednesday, "data_cutoff": None},
        progress=progress,
        debt=tuple(_paid_off(project, number) for project in base.debt),
        slips=(_WRONG,),
    )


def base_of(stories: Mapping[str, Story], template: int) -> Story:
    """Two of three templates follow the conditions of a model commune, as the communes do."""
    return stories[_BASES[template % len(_BASES)]]


def commune_file(week: WeekName, *, is_wrong: bool = False) -> SentFile:
    return _file(week, _COMMUNE_PARTS, slips=is_wrong)


def nil_telling(base: Story, week: WeekName, scenery: Scenery) -> tuple[Telling, SentFile]:
    """Nothing but who reports, and that nothing has changed."""
    header = dict(base.header) | {
        "agency": ANYBODY,
        "period": week.wednesday,
        "data_cutoff": None,
        "nil": "x",
    }
    return Telling(replace(base, week=str(week), header=header), {}, scenery), _file(week, ())


def agency_telling(
    base: Story, week: WeekName, told: Mapping[Commune, Story], scenery: Scenery, chance: Random
) -> tuple[Telling, SentFile]:
    """What the agency found in these communes, of which `told` has what they say themselves."""
    seen = {c.id: {"name": c.name, "office": c.office} for c in told}
    checked_on = week.wednesday - timedelta(days=2)
    model_only = next(iter(base.also.values()), []) if base.reporter == "ca" else []
    story = replace(
        base,
        week=str(week),
        header=dict(base.header) | {"period": week.wednesday, "data_cutoff": None},
        also={c.id: model_only for c in told if c.is_model},
        checked_on={c.id: checked_on for c in told},
        rows={c.id: _differences(base.codes, chance) for c in told},
    )
    others = {commune.id: said for commune, said in told.items()}
    return Telling(story, others, replace(scenery, communes=seen)), _file(week, ("verification", "remarks"))


def sample_of(listed: Sequence[Commune], number: int) -> tuple[Commune, ...]:
    """The communes that agencies look at in the `number`-th week: at most MOST_CHECKED, the next ones each week."""
    size = min(MOST_CHECKED, len(listed))
    return tuple(listed[(number * size + n) % len(listed)] for n in range(size))


def _row(row: list[Any], week: WeekName, number: int, draw: float, when: float) -> list[Any]:
    judgement, result, _, _, note = row + [None] * (5 - len(row))
    is_met = judgement == "Đạt"
    if judgement not in ("Đạt", "Cơ bản đạt", "Chưa đạt") or (is_met and draw >= _SETBACK):
        return row
    met_in = int(when * _PACE)
    if number >= met_in:
        return ["Đạt", result, 100, None, note]
    so_far = round(95 - 5 * (met_in - number) / _PACE, 1)
    due = week.shifted(met_in - number).wednesday
    return ["Cơ bản đạt" if is_met else judgement, result, so_far, due, note]


def _paid_off(project: Mapping[str, Any], number: int) -> Mapping[str, Any]:
    """The commune allots what it still owes, a twelfth of the debt a week."""
    debt, allotted = project.get("stated_debt"), project.get("allotted")
    if not debt or not allotted or not isinstance(allotted[3], int | float):
        return project
    step = round(min(debt, debt * number / 12), 2)
    paid_in = [*allotted[:3], round(allotted[3] + step, 2), *allotted[4:]]
    return {**project, "allotted": paid_in, "stated_debt": round(debt - step, 2)}


def _differences(codes: Sequence[str], chance: Random) -> dict[str, dict[str, str]]:
    return {code: {"judgement": "Chưa đạt"} for code in codes if chance.random() < _DIFFERENCE}


def _file(week: WeekName, parts: tuple[str, ...], *, slips: bool = False) -> SentFile:
    name = f"Báo cáo tuần {week.wednesday:%d-%m-%Y}.xlsx"
    written_at = datetime.combine(week.wednesday, time(), UTC)  # what the package says of its own making
    return SentFile("inbox", name, Writer.XLSXWRITER, parts, written_at, slips)
