"""A week beside a week in which other indicators were asked for: what is asked anew is neither gained nor lost."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.campaign import CataloguePeriod
from domain.forms import DossierState
from domain.lineage import EarlierSource
from tests.factories_domain import CATALOGUE, W15, W18, campaign, document, judged, weeks

FEWER = replace(CATALOGUE, criteria=CATALOGUE.criteria[:18])  # without 19.1 and 19.2
W17 = W15.shifted(2)


def asking(first, then, since=W18):
    """The campaign in which one catalogue follows the other."""
    periods = CataloguePeriod(date.min, first), CataloguePeriod(since.wednesday, then)
    return campaign(catalogue=first, periods=periods)


def everything(catalogue, *, but=()):
    """All that it asks for, met and sent."""
    codes = [row.code for row in catalogue.indicators() if row.code not in but]
    sent = [document("my_ha", code, "Văn bản", DossierState.COMPLETE) for code in codes]
    return [*(judged("my_ha", code, "met") for code in codes), *sent]


BOTH_WAYS = pytest.mark.parametrize(
    ("first", "then"), [(CATALOGUE, FEWER), (FEWER, CATALOGUE)], ids=["two fewer", "two more"]
)


# --- milestones


@BOTH_WAYS
def test_what_a_milestone_asked_for_is_settled_with_what_was_in_time(first, then):
    """M1 is settled by the week of 26/4; the catalogue changes in the next."""
    story = weeks(
        everything(first, but=["1.1"]), everything(then), everything(then), of=asking(first, then), first=W17
    )
    count = len(first.rows_of)
    for week in story:
        told = [
            week.value(f"milestone/M1/my_ha/{what}") for what in ("in_time", "applicable", "share", "missing")
        ]
        percent = (Decimal(100 * (count - 1)) / count).quantize(Decimal("0.1"))
        assert told == [count - 1, count, percent, "1.1"]
    applicable = "milestone/M1/my_ha/applicable"
    assert story[2].figures[applicable].sources == (EarlierSource(W17, applicable),)


def test_a_milestone_that_nothing_has_settled_asks_for_what_is_asked_now():
    used = asking(CATALOGUE, FEWER)
    silent, settling, after = weeks([], everything(FEWER), everything(FEWER), of=used, first=W17)
    assert silent.value("milestone/M1/my_ha/applicable") == 75
    for week in (settling, after):
        told = [week.value(f"milestone/M1/my_ha/{what}") for what in ("in_time", "applicable", "share")]
        assert told == [73, 73, Decimal("100.0")]
