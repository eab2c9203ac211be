"""A published week of two sample files whose words differ: of 5.1 of Mỹ Thịnh the commune says đạt, the education
department, which checked after the cut-off, chưa đạt. Nobody else reports.
"""

from collections.abc import Sequence

from domain.summary import Summary
from domain.weeks import WeekName
from flows.calling import as_functions
from flows.summary import summary
from tasks.aggregate import latest_summary
from tasks.judging import judge_waiting
from tasks.receiving import take_named
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
