"""A week beside a week in which other indicators were asked for: what is asked anew is neither gained nor lost."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.campaign import CataloguePeriod
from domain.forms import DossierState
from domain.lineage import EarlierSource
from tests.factories_domain import CATALOGUE, W15, W18, campaign, document, judged, verified, weeks

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


@pytest.mark.parametrize(
    ("first", "then", "told"),
    [
        (CATALOGUE, FEWER, [73, 75, Decimal("97.3"), "19.1, 19.2"]),
        (FEWER, CATALOGUE, [73, 73, Decimal("100.0"), ""]),
    ],
    ids=["two fewer", "two more"],
)
def test_a_milestone_that_is_settled_later_asks_for_what_was_asked_on_its_last_good_day(first, then, told):
    silent, settling, after = weeks([], everything(then), everything(then), of=asking(first, then), first=W17)
    assert silent.value("milestone/M1/my_ha/applicable") == told[1]
    for week in (settling, after):
        whats = ("in_time", "applicable", "share", "missing")
        assert [week.value(f"milestone/M1/my_ha/{what}") for what in whats] == told


# --- changes and pace


def changed(week, *heads):
    return {id_ for id_ in week.figures if id_.startswith(tuple(f"change/{head}" for head in heads))}


def so_far(week, of, milestone="M3"):
    return tuple(week.value(f"pace/{milestone}/my_ha/{of}/{what}") for what in ("gained", "weeks"))


def verified_all(catalogue):
    """What two agencies found; the second leads 19.2 alone."""
    leads = {"1.1": "pktht", "5.1": "pgd", "19.2": "ca"}
    asked = {row.code for row in catalogue.indicators()}
    kept = [verified("ca", "my_ha", "KM-4-ANTT-1", "met")]  # so that the same agencies speak
    return [*kept, *(verified(lead, "my_ha", code, "met") for code, lead in leads.items() if code in asked)]


@BOTH_WAYS
def test_a_count_over_other_rows_than_before_has_no_change(first, then):
    said = [[*everything(each), *verified_all(each)] for each in (first, first, then, then)]
    same, other, again = weeks(*said, of=asking(first, then), first=W15.shifted(1))[1:]
    heads = "indicators_met/", "count/", "milestone/"
    assert changed(same, *heads) == changed(again, *heads) != set()
    assert changed(other, *heads) == set()
    assert "change/dossier/my_ha/documents" in other.figures


@BOTH_WAYS
def test_what_is_asked_for_otherwise_is_neither_gained_nor_lost(first, then):
    used = asking(first, then)
    said = [[*everything(each), *verified_all(each)] for each in (first, first, then, then)]
    story = weeks(*said, of=used, first=W15.shifted(1))
    for of, milestone in (("commune", "M3"), ("agency", "M3"), ("dossiers", "M2")):
        assert so_far(story[-1], of, milestone) == (0, 3)


@BOTH_WAYS
def test_what_is_asked_for_in_both_weeks_is_gained_across_the_change(first, then):
    """2.2 counts once, 1.2 is lost, 4 stays as it was."""
    before = [judged("my_ha", code, "met") for code in ("1.2", "2.2a", "4")]
    after = [judged("my_ha", code, "met") for code in ("1.1", "2.2a", "2.2b", "3.1", "4")]
    nearly = [judged("my_ha", "1.2", "nearly_met"), judged("my_ha", "2.2b", "not_met")]
    story = weeks([*before, nearly[1]], [*after, nearly[0]], of=asking(first, then), first=W17)
    assert so_far(story[-1], "commune") == (2, 1)
    silent_between = weeks(
        [*before, nearly[1]], [], [*after, nearly[0]], [*after], of=asking(first, then), first=W17
    )
    assert [so_far(week, "commune") for week in silent_between[1:]] == [(0, None), (2, 2), (2, 3)]
    assert changed(silent_between[2], "indicators_met/", "count/") == set()
    led_to = silent_between[2].figures["pace/M3/my_ha/commune/gained"].sources
    assert EarlierSource(W17, "indicator/my_ha/1.2/commune") in led_to


def test_a_table_that_is_silent_when_the_catalogue_changes_gains_nothing_by_it():
    used = asking(CATALOGUE, FEWER)
    story = weeks(everything(CATALOGUE), [], everything(FEWER), of=used, first=W17)
    assert [so_far(week, "commune") for week in story] == [(None, None), (0, None), (0, 2)]
