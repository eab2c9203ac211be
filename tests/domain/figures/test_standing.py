"""What stands between a commune and recognition, as published: by hand, and against what the week itself says."""

import random

import pytest
from hypothesis import given, settings

from domain.forms import DossierState
from domain.judgement import Judgement, Witness
from domain.lineage import ConfigurationSource
from tests.domain.figures.test_build import ATTEMPTS, FULL, ROWS
from tests.factories_domain import (
    CATALOGUE,
    EVERY_ROW,
    MILESTONES,
    calendar,
    campaign,
    document,
    judged,
    named,
    summary,
    values,
    verified,
    weeks,
)

WHATS = ("open", "unstated", "open_codes", "unstated_codes")
CODES = tuple(dict.fromkeys(row.counted_as for row in CATALOGUE.indicators()))
COMPLETE, SENT, DRAFTING = DossierState.COMPLETE, DossierState.SENT, DossierState.DRAFTING


def standing(week, of="commune", commune="my_ha"):
    return tuple(week.value(f"standing/{commune}/{of}/{what}") for what in WHATS)


def without(*codes):
    return ", ".join(code for code in CODES if code not in codes)


def every_row(said="met", commune="my_ha"):
    return [judged(commune, code, said) for code in EVERY_ROW]


def test_what_is_stated_otherwise_and_what_nobody_stated_are_two_lines():
    week = summary(
        judged("my_ha", "1.1", "met"), judged("my_ha", "4", "nearly_met"), judged("my_ha", "2.2a", "not_met")
    )
    assert standing(week) == (2, 72, "2.2, 4", without("1.1", "2.2", "4"))


def test_a_silent_witness_has_no_list_which_is_not_an_empty_one():
    week = summary(judged("my_ha", "1.1", "met"))
    assert standing(week, "agency") == (None,) * 4
    assert standing(week, commune="my_thanh") == (None,) * 4
    blank = summary(judged("my_ha", "1.1", "not_stated"))
    assert standing(blank) == (None,) * 4


def test_a_commune_that_follows_no_condition_has_an_empty_list_once_all_is_met():
    week = summary(*every_row())
    assert standing(week) == (0, 0, "", "")
    assert set(named(week.figures["standing/my_ha/commune/open"])) == {
        f"criterion/my_ha/{criterion.id}/commune" for criterion in CATALOGUE.criteria
    }


def test_a_condition_that_is_followed_stands_after_the_indicators():
    week = summary(*every_row(commune="my_thinh"), judged("my_thinh", "KM-4-ANTT-1", "not_met"))
    assert standing(week, commune="my_thinh") == (1, 0, "KM-4-ANTT-1", "")
    assert named(week.figures["standing/my_thinh/commune/open"]) == ["condition/my_thinh/KM-4-ANTT-1/commune"]
    silent = summary(*every_row(commune="my_thinh"))
    assert standing(silent, commune="my_thinh") == (0, 1, "", "KM-4-ANTT-1")


def test_a_condition_that_is_not_followed_is_asked_of_nobody_whatever_is_said():
    assert standing(summary(*every_row(), judged("my_ha", "GATE-NO-DONG", "not_met"))) == (0, 0, "", "")


def test_the_agency_has_its_own_list():
    week = summary(
        *every_row(), verified("pktht", "my_ha", "1.1", "not_met"), verified("pktht", "my_ha", "1.2", "met")
    )
    assert standing(week, "agency") == (1, 73, "1.1", without("1.1", "1.2"))


def test_the_codes_lead_to_the_number_and_the_number_to_the_criteria_in_which_something_is_listed():
    rows = [row for row in every_row() if row.row.indicator not in ("4", "8.1")]
    week = summary(*rows, judged("my_ha", "4", "not_met"))
    assert named(week.figures["standing/my_ha/commune/open_codes"]) == ["standing/my_ha/commune/open"]
    number = week.figures["standing/my_ha/commune/open"]
    assert named(number) == ["criterion/my_ha/NC-04/commune", "criterion/my_ha/NC-08/commune"]


def test_the_four_counts_of_the_agencies_change_where_the_same_agencies_spoke():
    def said(word):
        return [judged("my_ha", "1.1", "met"), verified("pktht", "my_ha", "4", word)]

    def change(week):
        return [week.value(f"change/count/my_ha/agency/{judgement}") for judgement in Judgement]

    story = weeks(said("not_met"), said("met"), [*said("met"), verified("pgd", "my_ha", "5.1", "met")])
    assert [change(week) for week in story] == [[None] * 4, [1, 0, -1, 0], [None] * 4]


# --- evidence documents -----


def dossiers(*lines, **overrides):
    week = summary(*lines, **overrides)
    return (*standing(week, "dossiers"), week.value("standing/my_ha/dossiers/documents"))


def test_a_document_is_mended_once_it_has_reached_what_every_milestone_asks():
    lines = [document("my_ha", code, "Văn bản", COMPLETE) for code in EVERY_ROW if code != "4"]
    assert dossiers(*lines, document("my_ha", "4", "A", SENT)) == (1, 0, "4", "", 1)
    assert dossiers(*lines, document("my_ha", "4", "A", COMPLETE)) == (0, 0, "", "", 0)


def test_documents_that_nobody_listed_or_whose_state_nobody_stated_are_their_own_line():
    found = dossiers(
        document("my_ha", "1.1", "A", DRAFTING),
        document("my_ha", "1.1", "B", None),
        document("my_ha", "1.2", "A", None),
        document("my_ha", "1.2", "B", COMPLETE),
        document("my_ha", "2.2a", "A", COMPLETE),
    )
    assert found == (1, 73, "1.1", without("1.1", "2.2"), 3)


def test_a_commune_that_lists_no_document_has_no_list_of_them():
    assert dossiers(*every_row()) == (None,) * 5


def test_a_campaign_without_milestones_of_documents_asks_for_none():
    used = campaign(calendar=calendar(milestones=MILESTONES[2:]))
    assert dossiers(document("my_ha", "1.1", "A", None), of=used) == (None,) * 5


def test_the_sources_of_documents_are_their_states_the_list_and_the_catalogue():
    week = summary(document("my_ha", "1.1", "A", DRAFTING))
    figure = week.figures["standing/my_ha/dossiers/open"]
    states = ("not_started", "drafting", "sent", "more_requested", "confirmed", "documents")
    assert named(figure) == [f"dossier/my_ha/{state}" for state in states]
    assert ConfigurationSource("catalogue/NTM-NC-2021-2025-DBSH") in figure.sources


# --- of any week -----


@settings(deadline=None, max_examples=25)
@given(ROWS)
def test_a_list_and_its_number_say_what_the_published_judgements_say(rows):
    week = values(*rows, attempts=ATTEMPTS)
    for commune in ("my_ha", "my_thinh", "my_thanh"):
        for witness in Witness:
            check(week, commune, witness)


def check(week, commune, witness):
    """Row by row from the published judgements, the slow way."""
    said = {row.code: week[f"indicator/{commune}/{row.code}/{witness}"] for row in CATALOGUE.indicators()}
    said |= {
        each.id: week[f"condition/{commune}/{each.id}/{witness}"]
        for each in CATALOGUE.conditions
        if f"condition/{commune}/{each.id}/{witness}" in week
    }
    found = [week[f"standing/{commune}/{witness}/{what}"] for what in WHATS]
    if set(said.values()) <= {Judgement.NOT_STATED}:
        assert found == [None] * 4
        return
    rows_of = {code: [r.code for r in CATALOGUE.indicators() if r.counted_as == code] for code in CODES}
    followed = [each.id for each in CATALOGUE.conditions if commune in each.communes]
    words = {code: {said[row] for row in rows} for code, rows in rows_of.items()}
    words |= {id_: {said[id_]} for id_ in followed}
    open_ = [
        code for code, each in words.items()
        if Judgement.NOT_MET in each or (Judgement.NEARLY_MET in each and Judgement.NOT_STATED not in each)
    ]  # fmt: skip
    unstated = [code for code, each in words.items() if Judgement.NOT_STATED in each and code not in open_]
    assert found == [len(open_), len(unstated), ", ".join(open_), ", ".join(unstated)]
    is_met = all(each == {Judgement.MET} for each in words.values())
    assert (found[:2] == [0, 0]) is is_met


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_of_rows_changes_no_list(seed):
    lines = [*FULL, document("my_ha", "4", "A", DRAFTING), document("my_ha", "4", "B", None)]
    shuffled = random.Random(seed).sample(lines, len(lines))
    assert values(*shuffled) == values(*lines)
