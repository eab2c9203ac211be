"""A published week of two sample files whose words differ: of 5.1 of Mỹ Thịnh the commune says đạt, the education
department, which checked after the cut-off, chưa đạt. Nobody else reports.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from domain.campaign import Campaign
from domain.forms import DossierState
from domain.summary import Summary
from domain.weeks import WeekName
from flows.calling import as_functions
from flows.summary import summary
from tasks.aggregate import latest_summary
from tasks.judging import judge_waiting
from tasks.receiving import take_named
from tests.factories_domain import document, judged, verified, weeks
from tests.story import DEMO, WEEK, Story

COMMUNE, CODE = "my_thinh", "5.1"


def publish_a_case(story: Story) -> None:
    take_in(story, ("my_thinh", "pgd"))
    published(story)


def take_in(story: Story, reporters: Sequence[str], week: str = WEEK) -> None:
    """Their sample files of the week, as if they came now."""
    for reporter in reporters:
        file = min((DEMO / "inbox" / week / reporter).iterdir())
        judge_waiting(story.work, [take_named(story.work, week, reporter, file).id])


def published(story: Story, week: str = WEEK, reason: str = "") -> Summary:
    """The week's latest revision, after it was summarised as known now."""
    summary(week, reason, call=as_functions)
    latest = latest_summary(story.work, WeekName.parse(week))
    assert latest is not None
    return latest


def of_three_matters(campaign: Campaign, *, is_silent: bool = False, **more: Any) -> Summary:
    """What the same week would say if Mỹ Hà and the agency differed in judgement, dossier and result of 2.1; or the
    next, in which the commune `is_silent`. more: decisions."""
    said: dict[str, Any] = {"state": DossierState.CONFIRMED, "result": Decimal(95)}
    checked = verified("pktht", "my_ha", "2.1", "not_met", checked_on=date(2023, 4, 20), **said)
    own = [
        judged("my_ha", "2.1", "met", result=Decimal("98.5")),
        document("my_ha", "2.1", "Báo cáo", DossierState.DRAFTING),
    ]
    both = [[checked, *own], [checked]] if is_silent else [[checked, *own]]
    return weeks(*both, of=campaign, **more)[-1]
