"""Cases by hand, after docs/decisions/0015. The cut-off of the week of 12/4 is 11/4, that of 19/4 is 18/4."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.criteria import Assignments
from domain.forms import DossierState
from domain.lineage import ConfigurationSource, EarlierSource
from tests.factories_domain import (
    ASSIGNMENTS,
    campaign,
    document,
    judged,
    named,
    values,
    verified,
    weeks,
)
from tests.factories_domain import (
    W15 as FIRST,
)

EARLY, CUTOFF_DAY, DAY_AFTER = date(2023, 4, 10), date(2023, 4, 11), date(2023, 4, 12)


def told(commune="met", agency="not_met", checked_on=EARLY):
    """What both witnesses say of 1.1 in my_ha; None = the row isn't there."""
    rows = [judged("my_ha", "1.1", commune)] if commune else []
    return rows + ([verified("pktht", "my_ha", "1.1", agency, checked_on=checked_on)] if agency else [])


def seen(summary):
    """Since when the difference stands, how old its case is, and how many cases the commune and the district have."""
    ids = ("since/difference/my_ha/1.1", "case/my_ha/1.1/age", "cases/my_ha", "cases/all")
    return tuple(summary.value(figure_id) for figure_id in ids)


def test_what_both_say_of_a_condition_becomes_a_case_and_is_settled_as_an_indicator_is():
    def of(agency):
        return [
            judged("my_thinh", "KM-4-ANTT-1", "met"),
            verified("ca", "my_thinh", "KM-4-ANTT-1", agency, checked_on=EARLY),
        ]

    age = "case/my_thinh/KM-4-ANTT-1/age"
    told = weeks(of("not_met"), of("not_met"), of("not_stated"), of("met"))
    assert [week.value(age) for week in told] == [None, 2, 3, None]
    assert [week.value("cases/my_thinh") for week in told] == [0, 1, 1, 0]
    assert told[1].value("owner/difference/my_thinh/KM-4-ANTT-1") is not None


W15, W16, W17 = date(2023, 4, 12), date(2023, 4, 19), date(2023, 4, 26)
NONE = (None, None, 0, 0)
DIFFERS, AGREES = told(), told(agency="met")
CASE_AT_ONCE = told(checked_on=DAY_AFTER)


@pytest.mark.parametrize(
    ("checked_on", "age"), [(None, None), (EARLY, None), (CUTOFF_DAY, None), (DAY_AFTER, 1)]
)
def test_a_difference_is_a_case_at_once_only_if_the_agency_checked_after_the_day_of_the_cutoff(
    checked_on, age
):
    (week,) = weeks(told(checked_on=checked_on))
    assert seen(week) == (W15, age, 1 if age else 0, 1 if age else 0)


def test_the_cutoff_of_a_week_after_a_break_is_the_last_working_day_before_it():
    """The week of 3/5 is due on 4/5; 29/4 to 3/5 are off."""
    on_28, on_29 = (told(checked_on=date(2023, 4, day)) for day in (28, 29))
    assert [seen(weeks([], [], [], rows)[-1])[1] for rows in (on_28, on_29)] == [None, 1]


# Week after week what both say, and what is seen in the last of them.
STORIES = {
    "still there at the next close": ([DIFFERS, DIFFERS], (W15, 2, 1, 1)),
    "settled at the next close": ([DIFFERS, AGREES], NONE),
    "settled after a case": ([CASE_AT_ONCE, AGREES], NONE),
    "no difference at all": ([AGREES, AGREES], NONE),
    "a missing report breaks the run of no case": ([DIFFERS, told(commune=None), DIFFERS], (W17, None, 0, 0)),
    "a missing report settles no case": ([CASE_AT_ONCE, told(commune=None)], (W15, 2, 1, 1)),
    "a silent agency settles no case": ([CASE_AT_ONCE, told(agency=None)], (W15, 2, 1, 1)),
    "a blank judgement settles no case": ([CASE_AT_ONCE, told(agency="not_stated")], (W15, 2, 1, 1)),
    "silence of both settles no case": ([CASE_AT_ONCE, [], []], (W15, 3, 1, 1)),
    "a case goes on behind a missing report": ([CASE_AT_ONCE, [], DIFFERS], (W15, 3, 1, 1)),
    "a case that agrees behind a missing report": ([CASE_AT_ONCE, [], AGREES], NONE),
    "another difference is still one": ([DIFFERS, told(commune="nearly_met")], (W15, 2, 1, 1)),
    "a new difference after a settled case": ([CASE_AT_ONCE, AGREES, DIFFERS], (W17, None, 0, 0)),
    "a check between the two cut-offs": ([AGREES, CASE_AT_ONCE], (W16, None, 0, 0)),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), STORIES.values(), ids=STORIES)
def test_a_case_by_hand(rows, expected):
    assert seen(weeks(*rows)[-1]) == expected


def test_cases_are_counted_by_commune_and_together():
    rows = [*CASE_AT_ONCE, judged("my_ha", "2.1", "met"), judged("my_thinh", "4", "met")]
    rows += [verified("pktht", "my_ha", "2.1", "not_met", checked_on=DAY_AFTER)]
    rows += [verified("pktht", "my_thinh", "4", "not_met", checked_on=DAY_AFTER)]
    week = values(*rows)
    assert [week[f"cases/{of}"] for of in ("my_ha", "my_thinh", "my_thanh", "all")] == [2, 1, 0, 3]


def test_the_age_of_a_case_leads_to_its_beginning_and_to_the_difference():
    _, week = weeks(CASE_AT_ONCE, DIFFERS)
    assert named(week.figures["case/my_ha/1.1/age"]) == ["since/difference/my_ha/1.1", "difference/my_ha/1.1"]
    _, silent = weeks(CASE_AT_ONCE, [])
    assert named(silent.figures["case/my_ha/1.1/age"]) == ["since/difference/my_ha/1.1"]


def dossiers(agency="confirmed", commune="drafting", checked_on=EARLY):
    """What both say of the dossier of 1.1 in my_ha; None = nothing."""
    rows = [document("my_ha", "1.1", "Báo cáo", DossierState(commune))] if commune else []
    state = DossierState(agency) if agency else None
    return [*rows, verified("pktht", "my_ha", "1.1", "met", state=state, checked_on=checked_on)]


def results(agency="90", commune="95", checked_on=EARLY):
    """The same of its result."""
    own = [judged("my_ha", "1.1", "met", result=Decimal(commune))] if commune else []
    number = Decimal(agency) if agency else None
    return [*own, verified("pktht", "my_ha", "1.1", "met", result=number, checked_on=checked_on)]


OF_MATTERS = {"dossiers": (dossiers, "sent"), "result": (results, "95")}
MATTERS = pytest.mark.parametrize(("matter", "said", "same"), [(m, *of) for m, of in OF_MATTERS.items()])


def seen_of(matter, summary):
    ids = (f"since/difference/my_ha/1.1/{matter}", f"case/my_ha/1.1/{matter}/age", "cases/my_ha", "cases/all")
    return tuple(summary.value(figure_id) for figure_id in ids)


@MATTERS
def test_other_matters_become_cases_and_are_settled_as_judgements_are(matter, said, same):
    agree = {"agency": same} if matter == "result" else {"commune": same}
    stories = [
        ([said()], (W15, None, 0, 0)),
        ([said(), said()], (W15, 2, 1, 1)),
        ([said(checked_on=DAY_AFTER)], (W15, 1, 1, 1)),
        ([said(checked_on=DAY_AFTER), said(**agree)], NONE),
        ([said(checked_on=DAY_AFTER), said(commune=None)], (W15, 2, 1, 1)),
        ([said(checked_on=DAY_AFTER), said(agency=None)], (W15, 2, 1, 1)),
        ([said(checked_on=DAY_AFTER), [], [], said()], (W15, 4, 1, 1)),
        ([said(checked_on=DAY_AFTER), [], said(**agree)], NONE),
        ([said(), said(commune=None), said()], (W17, None, 0, 0)),
    ]
    for rows, expected in stories:
        assert seen_of(matter, weeks(*rows)[-1]) == expected


@MATTERS
def test_of_a_case_on_which_somebody_is_silent_the_last_words_of_both_stay(matter, said, same):
    figure_id = f"last/difference/my_ha/1.1/{matter}"
    first, *silent = weeks(said(checked_on=DAY_AFTER), [], [])
    assert figure_id not in first.figures
    differed = first.figures[figure_id.removeprefix("last/")]
    for week in silent:
        carried = week.figures[figure_id]
        assert carried.value == differed.value
        assert carried.sources == (EarlierSource(FIRST, differed.id),)


def test_matters_of_one_indicator_are_cases_of_their_own():
    rows = [*told(checked_on=DAY_AFTER)[:1], document("my_ha", "1.1", "Báo cáo", DossierState.DRAFTING)]
    agency = verified("pktht", "my_ha", "1.1", "not_met", checked_on=DAY_AFTER, state=DossierState.CONFIRMED)
    week = values(*rows, agency)
    assert [week["case/my_ha/1.1/age"], week["case/my_ha/1.1/dossiers/age"], week["cases/all"]] == [1, 1, 2]


def test_while_an_assignment_is_unconfirmed_no_agency_is_named_to_settle_it():
    (week,) = weeks(DIFFERS)
    owner = week.figures["owner/difference/my_ha/1.1"]
    assert owner.value == "chưa phân công chính thức"
    assert owner.sources == (ConfigurationSource("assignments"),)


@pytest.mark.parametrize("rows", [DIFFERS, dossiers(), results()])
def test_a_confirmed_lead_settles_it_with_the_next_report(rows):
    confirmed = tuple(replace(row, confirmed=True) for row in ASSIGNMENTS.rows)
    (week,) = weeks(rows, of=campaign(assignments=Assignments(confirmed)))
    (difference,) = (figure_id for figure_id in week.figures if figure_id.startswith("difference/"))
    assert week.value(f"owner/{difference}") == "Phòng Kinh tế và Hạ tầng"
    due = week.figures[f"due/{difference}"]
    assert (due.value, due.sources) == (W16, (ConfigurationSource("calendar"),))


def test_a_difference_is_due_on_the_day_on_which_the_next_report_is():
    """That of the week of 3/5 on 4/5; after the last week none is."""
    every = weeks(*[DIFFERS] * 8)
    due = [week.value("due/difference/my_ha/1.1") for week in every]
    assert due[2:4] == [date(2023, 5, 4), date(2023, 5, 10)]
    assert due[6:] == [date(2023, 5, 31), None]


def test_what_is_settled_has_neither_owner_nor_due_day():
    week = weeks(DIFFERS, AGREES)[-1]
    assert not [figure_id for figure_id in week.figures if figure_id.startswith(("owner/", "due/"))]
