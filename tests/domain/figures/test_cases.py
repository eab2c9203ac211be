"""Cases by hand, after docs/decisions/0015. The cut-off of the week of 12/4 is 11/4, that of 19/4 is 18/4."""

from datetime import date

import pytest

from tests.factories_domain import judged, named, values, verified, weeks

EARLY, CUTOFF_DAY, DAY_AFTER = date(2023, 4, 10), date(2023, 4, 11), date(2023, 4, 12)


def told(commune="met", agency="not_met", checked_on=EARLY):
    """What both witnesses say of 1.1 in my_ha; None = the row isn't there."""
    rows = [judged("my_ha", "1.1", commune)] if commune else []
    return rows + ([verified("pktht", "my_ha", "1.1", agency, checked_on=checked_on)] if agency else [])


def seen(summary):
    """Since when the difference stands, how old its case is, and how many cases the commune and the district have."""
    ids = ("since/difference/my_ha/1.1", "case/my_ha/1.1/age", "cases/my_ha", "cases/all")
    return tuple(summary.value(figure_id) for figure_id in ids)


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
