"""Decided cases by hand, after docs/decisions/0034. Of 1.1 in my_ha; every decision follows the agency."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from domain.figures.beside import Before
from domain.figures.build import summarise
from domain.forms import DossierState
from domain.judgement import Matter, Witness
from domain.lineage import DecisionSource
from tests.factories_domain import (
    STAMP,
    W15,
    calendar,
    campaign,
    decided,
    document,
    judged,
    named,
    snapshot,
    verified,
    weeks,
)

DAY_AFTER_CUTOFF = date(2023, 4, 12)
W16, W17, W18 = (W15.shifted(n) for n in (1, 2, 3))


def told(commune="met", agency="not_met"):
    """What both say; the agency checked late: a difference is a case at once in the week of 12/4. None = no row."""
    rows = [judged("my_ha", "1.1", commune)] if commune else []
    checked = [verified("pktht", "my_ha", "1.1", agency, checked_on=DAY_AFTER_CUTOFF)] if agency else []
    return rows + checked


CASE, OTHER, AGREES = told(), told(commune="nearly_met"), told(agency="met")
OVER_15 = decided(W15, "met not_met")
LONG_AFTER = calendar().close(W17) + timedelta(minutes=1)


def seen(summary):
    """Whose word is followed, since when the difference stands, the age of an open case, how many are open."""
    ids = ("decision/my_ha/1.1/follows", "since/difference/my_ha/1.1", "case/my_ha/1.1/age", "cases/my_ha")
    return tuple(summary.value(figure_id) for figure_id in ids)


def is_decided(follows="agency", since=W15):
    return (follows, since.wednesday, None, 0)


def is_open(age, since=W15):
    return (None, since.wednesday, age, 1)


# Week after week what both say, the decisions, and what is seen in the last of them.
STORIES = {
    "the week that it was taken over": ([CASE], [OVER_15], is_decided()),
    "the same words in the next week": ([CASE, CASE], [OVER_15], is_decided()),
    "the same words for weeks": ([CASE] * 4, [OVER_15], is_decided()),
    "another word": ([CASE, OTHER], [OVER_15], is_open(2)),
    "another word of the agency": ([CASE, told(agency="nearly_met")], [OVER_15], is_open(2)),
    "another word beside a silent agency": ([CASE, told("nearly_met", None)], [OVER_15], is_open(2)),
    "a late file said another word before it was taken": ([OTHER], [OVER_15], is_open(1)),
    "the old words again, after others": ([CASE, OTHER, CASE], [OVER_15], is_open(3)),
    "and once more": ([CASE, OTHER, CASE, CASE], [OVER_15], is_open(4)),
    "both agree": ([CASE, AGREES], [OVER_15], (None, None, None, 0)),
    "the old words again, after they agreed": ([CASE, AGREES, CASE, CASE], [OVER_15], is_open(2, W17)),
    "a silent commune": ([CASE, told(commune=None)], [OVER_15], is_decided()),
    "a silent agency, and its word again": ([CASE, told(agency=None), CASE], [OVER_15], is_decided()),
    "a blank word": ([CASE, told(agency="not_stated")], [OVER_15], is_decided()),
    "silence of both for weeks": ([CASE, [], []], [OVER_15], is_decided()),
    "taken while the commune was silent": (
        [CASE, [], CASE], [decided(W16, "met not_met")], is_decided()
    ),
    "taken while nobody knew the word of the agency": (
        [CASE, told(agency="not_stated"), CASE], [decided(W16, "met not_stated")], is_open(3)
    ),
    "recorded after the next close, for the next week": (
        [CASE, CASE, CASE], [decided(W15, "met not_met", recorded_at=LONG_AFTER)], is_open(3)
    ),
    "recorded after two more closes, for the week after": (
        [CASE] * 4, [decided(W15, "met not_met", recorded_at=LONG_AFTER)], is_open(4)
    ),
    "the same after other words in between": (
        [CASE, OTHER, CASE, CASE], [decided(W15, "met not_met", recorded_at=LONG_AFTER)], is_open(4)
    ),
    "a late file said another word after it was taken": ([OTHER, CASE], [OVER_15], is_open(2)),
    "taken late over a week in which the commune was silent": (
        [CASE, told(commune=None), CASE],
        [decided(W16, "met not_met", recorded_at=calendar().close(W17))], is_decided()
    ),
    "recorded at the next close itself": (
        [CASE, CASE], [decided(W15, "met not_met", recorded_at=calendar().close(W16))], is_decided()
    ),
    "another decision over a later week": (
        [CASE, CASE, CASE], [OVER_15, decided(W16, "met not_met", follows=Witness.COMMUNE)],
        is_decided("commune"),
    ),
    "which changes nothing before it": (
        [CASE, CASE], [OVER_15, decided(W17, "met not_met", follows=Witness.COMMUNE)], is_decided()
    ),
    "a second decision over the words of a late file": (
        [OTHER, OTHER],
        [OVER_15, decided(W15, "nearly_met not_met", follows=Witness.COMMUNE,
                          recorded_at=calendar().close(W15) + timedelta(days=2))],
        is_decided("commune"),
    ),
    "an ended one revived by one between": (
        [CASE, OTHER, CASE], [OVER_15, decided(W16, "nearly_met not_met")], is_open(3)
    ),
    "the old words after they agreed, and recorded after that": (
        [CASE, AGREES, CASE, CASE], [decided(W15, "met not_met", recorded_at=LONG_AFTER)], is_open(2, W17)
    ),
    "two over a week in which the commune is silent": (
        [CASE, told(commune=None)],
        [decided(W16, "met not_met"),
         decided(W16, "nearly_met not_met", follows=Witness.COMMUNE,
                 recorded_at=calendar().close(W16) + timedelta(days=2))],
        is_decided("commune"),
    ),
    "over another commune": ([CASE], [decided(W15, "met not_met", commune="my_thinh")], is_open(1)),
    "over another indicator": ([CASE], [decided(W15, "met not_met", code="1.2")], is_open(1)),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "decisions", "expected"), STORIES.values(), ids=STORIES)
def test_a_decided_case_by_hand(rows, decisions, expected):
    assert seen(weeks(*rows, decisions=decisions)[-1]) == expected


@pytest.mark.parametrize("after", [timedelta(0), timedelta(days=1)])
def test_it_holds_in_the_next_week_though_its_own_was_not_published_again(after):
    decision = decided(W15, "met not_met", recorded_at=calendar().close(W15) + after)
    (published,) = weeks(CASE)
    known = snapshot(*CASE, week=W16, as_of=calendar().close(W16), decisions=(decision,))
    assert seen(summarise(known, campaign(), STAMP, Before(published, "sha"))) == is_decided()


def test_no_decision_makes_a_case_of_a_difference():
    (week,) = weeks(
        [judged("my_ha", "1.1", "met"), verified("pktht", "my_ha", "1.1", "not_met")], decisions=[OVER_15]
    )
    assert seen(week) == (None, W15.wednesday, None, 0)


def test_a_decision_changes_no_word_and_no_count_but_that_of_open_cases():
    (open_,), (closed,) = weeks(CASE), weeks(CASE, decisions=[OVER_15])
    changed = {i for i in open_.figures.keys() | closed.figures.keys()
               if open_.value(i) != closed.value(i)}  # fmt: skip
    assert changed == {
        "case/my_ha/1.1/age",
        "decision/my_ha/1.1/follows",
        "decision/my_ha/1.1/decided_by",
        "decision/my_ha/1.1/reason",
        "due/difference/my_ha/1.1",
        "cases/my_ha",
        "cases/all",
    }
    assert closed.value("criterion/my_ha/NC-01/agreed") == "not_stated"


def test_what_was_decided_leads_to_who_decided_it_and_why_and_to_both_words():
    _, week = weeks(CASE, CASE, decisions=[OVER_15])
    for what in ("follows", "decided_by", "reason"):
        figure = week.figures[f"decision/my_ha/1.1/{what}"]
        assert figure.sources[0] == DecisionSource(W15, OVER_15.decided_by, OVER_15.reason)
        assert named(figure) == ["since/difference/my_ha/1.1", "difference/my_ha/1.1"]
    assert week.value("decision/my_ha/1.1/decided_by") == "Trưởng phòng Nông nghiệp và PTNT"
    assert week.value("decision/my_ha/1.1/reason") == "Biên bản kiểm tra ngày 12/4/2023"


@pytest.mark.parametrize("rows", [[CASE], [CASE, CASE], [CASE, []]])
def test_what_is_decided_is_due_from_nobody(rows):
    ids = [weeks(*rows, decisions=taken)[-1].figures.keys() for taken in ([], [OVER_15])]
    assert ["due/difference/my_ha/1.1" in each for each in ids] == [True, False]
    assert all("owner/difference/my_ha/1.1" in each for each in ids)


def dossiers(commune="drafting", agency="confirmed"):
    """What both say of the dossier of 1.1; a case at once. None = nothing."""
    own = [document("my_ha", "1.1", "Báo cáo", DossierState(commune))] if commune else []
    state = DossierState(agency) if agency else None
    return [*own, verified("pktht", "my_ha", "1.1", "met", state=state, checked_on=DAY_AFTER_CUTOFF)]


def results(commune="95", agency="90"):
    """The same of its result."""
    own = [judged("my_ha", "1.1", "met", result=Decimal(commune))] if commune else []
    number = Decimal(agency) if agency else None
    return [*own, verified("pktht", "my_ha", "1.1", "met", result=number, checked_on=DAY_AFTER_CUTOFF)]


OF_MATTERS = {
    Matter.DOSSIERS: (dossiers, ("đang lập", "phòng xác nhận"), "not_started"),
    Matter.RESULT: (results, ("95", "90"), "96"),
}
MATTERS = pytest.mark.parametrize(
    ("matter", "said", "words", "other"), [(m, *of) for m, of in OF_MATTERS.items()]
)


@MATTERS
def test_other_matters_are_decided_by_the_words_of_the_difference(matter, said, words, other):
    taken = replace(OVER_15, matter=matter, said=words)
    stories = [
        ([said()], "agency", None),
        ([said(), said()], "agency", None),
        ([said(), said(commune=None)], "agency", None),
        ([said(), said(agency=None), [], said()], "agency", None),
        ([said(), said(commune=other)], None, 2),
        ([said(), said(commune=other), said()], None, 3),
        ([said(commune=other)], None, 1),
    ]
    for rows, follows, age in stories:
        week = weeks(*rows, decisions=[taken])[-1]
        ids = (f"decision/my_ha/1.1/{matter}/follows", f"case/my_ha/1.1/{matter}/age")
        assert tuple(map(week.value, ids)) == (follows, age)
        assert week.value("cases/my_ha") == (1 if age else 0)
    (over_judgement,) = weeks(said(), decisions=[replace(OVER_15, said=words)])
    assert over_judgement.value(f"case/my_ha/1.1/{matter}/age") == 1


@MATTERS
def test_of_a_decided_matter_on_which_somebody_is_silent_the_last_words_stay(matter, said, words, other):
    _, week = weeks(said(), said(agency=None), decisions=[replace(OVER_15, matter=matter, said=words)])
    assert week.value(f"last/difference/my_ha/1.1/{matter}") == " / ".join(words)


def test_a_judgement_on_which_somebody_is_silent_has_its_own_last_words():
    for taken in ([], [OVER_15]):
        _, week = weeks(CASE, told(commune=None), decisions=taken)
        assert "last/difference/my_ha/1.1" not in week.figures
        assert week.value("last/indicator/my_ha/1.1/commune") == "met"
