"""Previous values, what is carried and what has changed, after docs/decisions/0015; and where all of it leads."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.criteria import Assignment, Assignments
from domain.figures.beside import Before
from domain.figures.build import summarise
from domain.forms import DossierState
from domain.judgement import Judgement
from domain.lineage import EarlierSource, FigureSource
from domain.summary import Comparison
from tests.domain.figures.test_build import FULL, ROWS
from tests.factories_domain import (
    ASSIGNMENTS,
    STAMP,
    W15,
    campaign,
    document,
    judged,
    local,
    no_debt,
    project,
    snapshot,
    summary,
    verified,
    weeks,
    with_reporter,
)

W16, W17 = W15.shifted(1), W15.shifted(2)
KINDS = ("previous_on/", "last/", "change/", "since/", "movement/")
SENT = DossierState.SENT


def of_kind(week, *heads):
    return {figure.id: figure.value for figure in week.figures.values() if figure.id.startswith(heads)}


def test_a_first_week_says_nothing_of_another_one():
    week = summary(*FULL)
    assert of_kind(week, "previous_on/", "last/", "change/", "movement/") == {}
    assert week.compared_with is None


def test_a_week_names_the_summary_that_it_was_compared_with():
    first, second = weeks(FULL, FULL)
    assert second.compared_with == Comparison(first.week, 0, "sha-of-2023-W15")


# --- previous_on


def test_previous_values_come_from_the_last_week_in_which_the_part_was_in_force():
    own, debt = [judged("my_ha", "4", "met")], [project("my_ha", "Trạm y tế", accepted=1)]
    agency = [verified("pktht", "my_ha", "4", "met")]
    story = weeks([*own, *debt, *agency], own, [], own)
    assert [of_kind(week, "previous_on/") for week in story] == [
        {},
        {
            "previous_on/my_ha/progress": W15.wednesday,
            "previous_on/my_ha/debt": W15.wednesday,
            "previous_on/pktht/verification": W15.wednesday,
        },
        {
            "previous_on/my_ha/progress": W16.wednesday,
            "previous_on/my_ha/debt": W15.wednesday,
            "previous_on/pktht/verification": W15.wednesday,
        },
        {
            "previous_on/my_ha/progress": W16.wednesday,
            "previous_on/my_ha/debt": W15.wednesday,
            "previous_on/pktht/verification": W15.wednesday,
        },
    ]
    assert story[3].figures["previous_on/my_ha/debt"].sources == (EarlierSource(W15, "state/my_ha"),)


# --- last


def test_a_silent_commune_is_carried_with_the_week_that_stated_it_until_it_speaks_again():
    rows = [
        judged("my_ha", "4", "met"),
        judged("my_ha", "9", "not_stated"),
        document("my_ha", "1.1", "Bản đồ", SENT),
    ]
    _, silent, still, again = weeks(rows, [], [], rows)
    for week in (silent, still):
        assert week.value("last/indicator/my_ha/4/commune") is Judgement.MET
        assert week.value("last/criterion/my_ha/NC-04/commune") is Judgement.MET
        assert week.value("last/count/my_ha/commune/met") == 1
        assert week.value("last/indicators_met/my_ha/commune") == 1
        assert week.value("last/dossier/my_ha/sent") == 1
        assert week.value("last/dossier/my_ha/documents") == 1
        assert week.value("last/milestone/M1/my_ha/ready") == 1
        assert week.value("last/milestone/M3/my_ha/ready") == 1
        assert "last/indicator/my_ha/9/commune" not in week.figures
        carried = week.figures["last/indicator/my_ha/4/commune"]
        assert carried.sources == (EarlierSource(W15, "indicator/my_ha/4/commune"),)
    assert of_kind(again, "last/") == {}


def test_what_is_carried_stands_in_no_count_and_no_sum():
    rows = [judged("my_ha", "4", "met"), project("my_ha", "Trạm y tế", accepted=9, allotted_district=1)]
    _, silent = weeks(rows, [])
    assert silent.value("count/my_ha/commune/met") == 0
    assert silent.value("debt/all/legal") is None
    assert silent.value("milestone/M3/my_ha/ready") is None


def test_the_last_debt_of_a_commune_has_its_projects_with_their_names():
    rows = [project("my_ha", "Trạm y tế", decision="7/QĐ-UBND", accepted=9, allotted_district=1)]
    _, silent = weeks(rows, [])
    assert of_kind(silent, "last/debt/") == {
        "last/debt/my_ha/legal": 8,
        "last/debt/my_ha/accepted": 9,
        "last/debt/my_ha/allotted": 1,
        "last/debt/my_ha/projects": 1,
        "last/debt/my_ha/project/7-qđ-ubnd/legal": 8,
        "last/debt/my_ha/project/7-qđ-ubnd/accepted": 9,
        "last/debt/my_ha/project/7-qđ-ubnd/allotted": 1,
        "last/debt/my_ha/project/7-qđ-ubnd/name": "Trạm y tế",
    }


def test_only_the_part_that_is_silent_is_carried():
    rows = [judged("my_ha", "4", "met"), no_debt("my_ha")]
    _, week = weeks(rows, rows[:1])
    assert set(of_kind(week, "last/")) == {
        f"last/debt/my_ha/{what}" for what in ("legal", "stated", "projects")
    }


def test_a_silent_lead_agency_is_carried_for_its_own_codes_and_conditions_only():
    police = verified("ca", "my_thinh", "KM-4-ANTT-1", "met")
    rows = [verified("pktht", "my_ha", "4", "met"), verified("pgd", "my_ha", "5.1", "met"), police]
    _, week = weeks(rows, rows[1:2])
    assert of_kind(week, "last/") == {
        "last/indicator/my_ha/4/agency": Judgement.MET,
        "last/condition/my_thinh/KM-4-ANTT-1/agency": Judgement.MET,
    }


def test_a_part_in_force_of_a_reporter_that_counts_as_late_or_excluded_is_in_force_all_the_same():
    assert {
        line.reporter: line.parts for line in summary(judged("my_ha", "4", "met")).reporters if line.parts
    } == {"my_ha": ("progress",)}


# --- change


def test_numbers_change_by_what_they_have_grown_and_nothing_is_said_as_a_zero_change():
    before = [judged("my_ha", "4", "not_met"), document("my_ha", "1.1", "Bản đồ", DossierState.DRAFTING)]
    after = [judged("my_ha", "4", "met"), document("my_ha", "1.1", "Bản đồ", SENT)]
    _, week = weeks(before, after)
    expected = {
        "count/my_ha/commune/met": 1, "count/my_ha/commune/nearly_met": 0, "count/my_ha/commune/not_met": -1,
        "count/my_ha/commune/not_stated": 0, "indicators_met/my_ha/commune": 1, "dossier/my_ha/sent": 1,
        "dossier/my_ha/drafting": -1, "dossier/my_ha/documents": 0, "milestone/M1/my_ha/ready": 1,
        "milestone/M2/my_ha/ready": 0, "milestone/M3/my_ha/ready": 1,
    }  # fmt: skip
    changed = of_kind(week, "change/")
    assert {i: changed[f"change/{i}"] for i in expected} == expected
    assert not [i for i in changed if "my_thinh" in i]


def test_a_sum_that_is_not_stated_on_either_side_has_no_change():
    stated, not_stated = [project("my_ha", "A", accepted=5)], [project("my_ha", "A", paid=5)]
    for rows in ((stated, not_stated), (not_stated, stated)):
        assert of_kind(weeks(*rows)[1], "change/debt/") == {}
    _, week = weeks(stated, [project("my_ha", "A", accepted=3)])
    assert of_kind(week, "change/debt/") == {"change/debt/my_ha/accepted": -2}


def test_a_commune_that_was_missing_is_compared_with_its_last_report():
    *_, week = weeks([judged("my_ha", "4", "not_met")], [], [judged("my_ha", "4", "met")])
    figure = week.figures["change/count/my_ha/commune/met"]
    assert (figure.value, figure.sources) == (
        1,
        (FigureSource("count/my_ha/commune/met"), EarlierSource(W15, "count/my_ha/commune/met")),
    )
    assert week.value("change/indicator/my_ha/4/commune") == "Chưa đạt → Đạt"


WORDS = [
    ("not_met", "met", "Chưa đạt → Đạt"),
    ("nearly_met", "met", "Cơ bản đạt → Đạt"),
    ("met", "not_stated", "Đạt → Chưa có số liệu"),
    ("not_stated", "met", "Chưa có số liệu → Đạt"),
    ("met", "met", None),
]


@pytest.mark.parametrize(("before", "after", "words"), WORDS)
def test_a_judgement_changes_from_word_to_word(before, after, words):
    _, own = weeks([judged("my_ha", "4", before)], [judged("my_ha", "4", after)])
    assert own.value("change/indicator/my_ha/4/commune") == words
    _, checked = weeks([verified("pktht", "my_ha", "4", before)], [verified("pktht", "my_ha", "4", after)])
    assert checked.value("change/indicator/my_ha/4/agency") == words


def test_a_row_that_stands_in_one_of_the_two_weeks_only_has_no_change():
    one, two = judged("my_ha", "4", "met"), judged("my_ha", "9", "met")
    for rows in (([one, two], [one]), ([one], [one, two])):
        assert "change/indicator/my_ha/9/commune" not in weeks(*rows)[1].figures


def test_a_silent_agency_is_no_step_back():
    own = [judged("my_ha", "4", "met")]
    both = [*own, verified("pktht", "my_ha", "4", "met")]
    shared = ["change/count/my_ha/agreed/met", "change/indicators_met/my_ha/agency"]
    other = verified("pgd", "my_ha", "5.1", "met")
    assert [weeks(both, both)[1].value(i) for i in shared] == [0, 0]
    for rows in (
        (both, own),
        (own, both),
        (both, [*both, other]),
        (both, both[1:]),
        (both[1:], both),
        (own, own),
    ):
        assert [i for i in shared if i in weeks(*rows)[1].figures] == []


def test_an_agency_that_begins_or_ceases_to_speak_of_a_commune_is_neither_a_leap_nor_a_step_back():
    """In force it is in both weeks: a verification speaks of some communes."""
    own = [judged("my_ha", "4", "met"), verified("pktht", "my_thinh", "4", "met")]
    both = [*own, verified("pktht", "my_ha", "4", "met")]
    shared = {"change/count/my_ha/agreed/met", "change/indicators_met/my_ha/agency"}
    for rows in ((own, both), (both, own), (own, own)):
        assert not shared & weeks(*rows)[1].figures.keys()
    for said in (
        both,
        [*own, verified("pktht", "my_ha", "1.1", "met")],
    ):  # one of several rows of a criterion
        assert shared <= weeks(said, said)[1].figures.keys()


def test_another_lead_agency_is_not_compared_with_the_one_before_it_while_that_one_was_silent():
    rows = tuple(
        replace(row, valid_to=date(2023, 4, 18)) if row.code == "4" else row for row in ASSIGNMENTS.rows
    )
    passed_on = Assignments((*rows, Assignment("4", "pgd", valid_from=date(2023, 4, 19))))
    used = campaign(assignments=passed_on)
    said = [verified("pktht", "my_ha", "4", "not_met")]
    _, week = weeks(said, [verified("pgd", "my_ha", "4", "met")], of=used)
    assert week.value("change/indicator/my_ha/4/agency") == "Chưa đạt → Đạt"
    _, silent = weeks(said, said, of=used)
    assert silent.value("last/indicator/my_ha/4/agency") is Judgement.NOT_MET


def test_a_commune_that_joins_or_leaves_is_compared_with_nothing():
    joins = campaign(roster=with_reporter("my_ha", valid_from=date(2023, 4, 19)))
    rows = [judged("my_ha", "4", "met"), *[verified("pktht", c, "4", "met") for c in ("my_ha", "my_thinh")]]
    _, week = weeks(rows, rows, of=joins)
    assert not [i for i in week.figures if i.startswith(KINDS) and "my_ha" in i]
    leaves = campaign(roster=with_reporter("my_ha", valid_to=date(2023, 4, 18)))
    _, week = weeks(rows, rows, of=leaves)
    assert not [i for i in week.figures if "my_ha" in i]


# --- where it leads


def leads_somewhere(story):
    """What is said of an earlier week leads to a figure of that week; what is carried is its value."""
    of_week = {week.week: week for week in story}
    for week in story:
        for figure in week.figures.values():
            assert figure.value in (None, Judgement.NOT_STATED) or figure.sources, figure.id
            for source in figure.sources:
                if isinstance(source, FigureSource):
                    assert source.figure_id in week.figures, figure.id
                if isinstance(source, EarlierSource):
                    assert source.week < week.week, figure.id
                    assert source.figure_id in of_week[source.week].figures, figure.id
                    if figure.id == f"last/{source.figure_id}":
                        assert of_week[source.week].value(source.figure_id) == figure.value


def test_every_value_of_a_story_leads_to_a_cell_a_figure_an_earlier_week_or_the_configuration():
    story = weeks(FULL, FULL[:4], [], FULL[4:], FULL, [], FULL)
    leads_somewhere(story)
    assert {i.split("/")[0] for week in story for i in week.figures} >= {kind.rstrip("/") for kind in KINDS}


@settings(deadline=None, max_examples=10)
@given(st.lists(ROWS, min_size=2, max_size=4))
def test_every_value_of_any_story_leads_somewhere(rows):
    leads_somewhere(weeks(*rows))


@settings(deadline=None, max_examples=10)
@given(st.data(), ROWS, ROWS)
def test_the_order_of_rows_within_a_week_changes_no_figure_of_the_next(data, rows, after):
    plain = weeks(rows, after)[1]
    shuffled = weeks(data.draw(st.permutations(rows)), data.draw(st.permutations(after)))[1]
    assert {i: f.value for i, f in shuffled.figures.items()} == {i: f.value for i, f in plain.figures.items()}


def test_a_week_is_the_same_beside_the_same_week_before():
    first = summary(*FULL)
    known = snapshot(*FULL, week=W16, as_of=local("2023-04-19 16:30"))
    again = [summarise(known, campaign(), STAMP, Before(first, "a")) for _ in range(2)]
    assert again[0] == again[1]


def test_an_agency_that_is_no_more_has_no_previous_weeks():
    said = [judged("my_ha", "4", "met"), verified("pktht", "my_ha", "4", "met")]
    gone = campaign(roster=with_reporter("pktht", valid_to=date(2023, 4, 12)))
    _, second = weeks(said, [], of=gone)
    assert of_kind(second, "previous_on/pktht") == {}
    _, second = weeks(said, [])
    assert of_kind(second, "previous_on/pktht") != {}
