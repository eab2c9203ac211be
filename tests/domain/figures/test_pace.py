"""Needed and real pace, week by week and by hand; how far a milestone is, as published."""

from datetime import date
from decimal import Decimal

from domain.calendar import HolidayPolicy
from domain.campaign import Exclusion
from domain.criteria import Assignment, Assignments
from domain.figures.beside import Before
from domain.figures.build import summarise
from domain.forms import DossierState
from domain.lineage import CALENDAR, ROSTER, ConfigurationSource, EarlierSource, FigureSource
from domain.weeks import WeekName
from tests.factories_domain import (
    EVERY_ROW,
    STAMP,
    W15,
    W22,
    calendar,
    campaign,
    days_off,
    document,
    judged,
    local,
    snapshot,
    summary,
    verified,
    weeks,
    with_reporter,
)

W16 = WeekName(date(2023, 4, 19))
SENT = DossierState.SENT


def met(count, commune="my_ha"):
    """The first so many indicators; the rest isn't stated. 2.2a and 2.2b are one."""
    codes = [code for code in EVERY_ROW if code != "2.2b"][:count]
    return [judged(commune, code, "met") for code in (*codes, *(["2.2b"] if "2.2a" in codes else []))]


def pace(week, of="commune", milestone="M3", commune="my_ha"):
    return tuple(week.value(f"pace/{milestone}/{commune}/{of}/{what}") for what in ("left", "needed", "real"))


def so_far(week, of="commune", milestone="M3"):
    return tuple(week.value(f"pace/{milestone}/my_ha/{of}/{what}") for what in ("gained", "weeks"))


def test_one_week_has_a_needed_pace_and_no_real_one():
    week = summary(*met(5))
    assert pace(week) == (70, Decimal("10.0"), None)  # seven reports up to 31/5
    assert so_far(week) == (None, None)


def test_the_real_pace_is_what_was_gained_over_all_weeks_so_far():
    story = weeks(met(5), met(9), met(8), met(11))
    assert [pace(week) for week in story] == [
        (70, Decimal("10.0"), None),
        (66, Decimal("11.0"), Decimal("4.0")),
        (67, Decimal("13.4"), Decimal("1.5")),
        (64, Decimal("16.0"), Decimal("2.0")),
    ]
    assert so_far(story[3]) == (6, 3)


def test_what_falls_back_is_a_pace_below_nothing():
    assert pace(weeks(met(9), met(5))[1])[2] == Decimal("-4.0")


def test_a_week_without_a_report_is_made_up_by_the_next():
    """Nothing is known of the silent week; the report after it is compared with the last one, over two weeks."""
    story = weeks(met(5), [], met(11))
    assert [pace(week) for week in story] == [
        (70, Decimal("10.0"), None),
        (None, None, None),
        (64, Decimal("12.8"), Decimal("3.0")),
    ]


def test_a_silent_week_keeps_the_pace_so_far():
    story = weeks(met(5), met(9), [])
    assert pace(story[2]) == (None, None, Decimal("4.0"))
    assert so_far(story[2]) == (4, 1)


def test_a_week_in_which_nothing_is_owed_is_no_week_of_the_pace():
    used = campaign(calendar=calendar(policy=HolidayPolicy.SKIP))
    w17, w19 = W15.shifted(2), W15.shifted(4)
    (first,) = weeks(met(5), of=used, first=w17)
    known = snapshot(*met(9), week=w19, as_of=used.calendar.close(w19))
    later = summarise(known, used, STAMP, Before(first, "sha"))
    assert so_far(later) == (4, 1)


def test_a_commune_that_ends_needs_its_pace_in_the_reports_that_it_still_owes():
    """It reports on 12/4 and 19/4; seven reports are due by 31/5 of the others."""
    ending = with_reporter("my_ha", valid_to=date(2023, 4, 20), successor="my_thinh")
    used = campaign(roster=ending)
    road = [verified("pktht", each, "1.1", "met") for each in ("my_ha", "my_thinh")]
    story = weeks([*met(5), *met(5, "my_thinh"), *road], [*met(6), *road], of=used)
    assert [pace(week)[:2] for week in story] == [(70, Decimal("70.0")), (69, None)]
    assert [pace(week, "agency")[1] for week in story] == [Decimal("74.0"), None]
    assert pace(story[0], commune="my_thinh")[1] == Decimal("10.0")
    assert story[0].figures["pace/M3/my_ha/commune/needed"].sources == (
        FigureSource("pace/M3/my_ha/commune/left"),
        FigureSource("distance/M3/weeks"),
        ROSTER,
        CALENDAR,
    )


def test_a_week_for_which_a_commune_is_excluded_is_none_of_its_pace():
    """Agencies go on: it is the commune that owes nothing."""
    used = campaign(exclusions=(Exclusion("my_ha", W16, "bão"),))
    road = [verified("pktht", "my_ha", "1.1", "met")]
    first, _, third = weeks([*met(5), *road], road, [*met(11), *road], of=used)
    assert pace(first)[1] == Decimal("11.7")  # six reports instead of seven
    assert pace(first, "agency")[1] == Decimal("10.6")
    assert so_far(third) == (6, 1)
    assert so_far(third, "agency") == (0, 2)
    assert pace(third)[2] == Decimal("6.0")


def test_an_exclusion_counts_from_when_it_was_decided():
    used = campaign(exclusions=(Exclusion("my_ha", W16, "bão", decided_at=local("2023-04-18 09:00")),))
    first, _, third = weeks(met(5), [], met(11), of=used)
    assert pace(first)[1] == Decimal("10.0")
    assert so_far(third) == (6, 1)


def test_agencies_gain_indicator_by_indicator_as_they_fall_silent_one_by_one():
    """pktht is silent in the third week and says in the fourth what happened in both; pgd begins in the second."""
    road = verified("pktht", "my_ha", "1.1", "met"), verified("pktht", "my_ha", "1.2", "not_met")
    mended = verified("pktht", "my_ha", "1.1", "met"), verified("pktht", "my_ha", "1.2", "met")
    school = verified("pgd", "my_ha", "5.1", "not_met"), verified("pgd", "my_ha", "5.1", "met")
    story = weeks(road, [*road, school[0]], [school[1]], [*mended, school[1]])
    assert [so_far(week, "agency") for week in story] == [(None, None), (0, 1), (1, 2), (2, 3)]
    assert [pace(week, "agency")[2] for week in story] == [None, *map(Decimal, ("0.0", "0.5", "0.7"))]


def test_an_indicator_in_two_rows_is_gained_once_and_only_whole():
    def said(a, b):
        return [verified("pktht", "my_ha", "2.2a", a), verified("pktht", "my_ha", "2.2b", b)]

    story = weeks(
        said("not_met", "met"), said("met", "nearly_met"), said("met", "met"), said("met", "not_met")
    )
    assert [so_far(week, "agency")[0] for week in story] == [None, 0, 1, 0]


def test_what_an_agency_gained_leads_to_the_words_that_changed():
    first, second, third = weeks(
        [verified("pktht", "my_ha", "4", "not_met"), verified("pktht", "my_ha", "1.1", "not_met")],
        [verified("pktht", "my_ha", "4", "met"), verified("pktht", "my_ha", "1.1", "nearly_met")],
        [verified("pktht", "my_ha", "4", "met"), verified("pktht", "my_ha", "1.1", "nearly_met")],
    )
    assert "pace/M3/my_ha/agency/gained" not in first.figures
    gained = second.figures["pace/M3/my_ha/agency/gained"]
    assert (gained.value, gained.sources) == (1, (FigureSource("change/indicator/my_ha/4/agency"),))
    assert third.figures["pace/M3/my_ha/agency/gained"].sources == (
        EarlierSource(W16, "pace/M3/my_ha/agency/gained"),
    )


def test_what_never_changed_leads_to_what_was_counted():
    second = weeks([verified("pktht", "my_ha", "4", "met")], [verified("pktht", "my_ha", "4", "met")])[1]
    gained = second.figures["pace/M3/my_ha/agency/gained"]
    assert (gained.value, gained.sources) == (0, (FigureSource("indicators_met/my_ha/agency"),))


def test_a_word_of_another_lead_is_compared_with_that_of_the_lead_before():
    before, after = (
        Assignment("4", "pktht", valid_to=date(2023, 4, 18)),
        Assignment("4", "pgd", valid_from=date(2023, 4, 19)),
    )
    others = tuple(row for row in campaign().assignments.rows if row.code != "4")
    used = campaign(assignments=Assignments((*others, before, after)))
    story = weeks(
        [verified("pktht", "my_ha", "4", "not_met")], [verified("pgd", "my_ha", "4", "met")], of=used
    )
    assert so_far(story[1], "agency") == (1, 1)


def test_a_witness_that_begins_late_is_counted_from_its_first_word():
    story = weeks([], met(5), met(9), met(9))
    assert [week.value("pace/M3/my_ha/commune/since") for week in story] == [None, *[date(2023, 4, 19)] * 3]
    assert [pace(week)[2] for week in story] == [None, None, Decimal("4.0"), Decimal("2.0")]


def test_a_blank_week_gains_and_loses_nothing_in_the_end():
    """A table whose judgements are all blank says nothing: what it seems to take away the next brings back."""
    blank = [judged("my_ha", code, "not_stated") for code in EVERY_ROW]
    story = weeks(met(5), blank, met(7))
    assert [pace(week) for week in story][1] == (None, None, None)
    assert so_far(story[2]) == (2, 2)


def test_documents_have_a_pace_for_each_milestone_that_asks_for_them():
    def sent(count):
        return [document("my_ha", code, "Văn bản", SENT) for code in EVERY_ROW[:count]]

    first, second = weeks(sent(3), [*sent(3), document("my_ha", "3.1", "Văn bản", SENT)])
    assert pace(first, "dossiers", "M1") == (72, Decimal("72.0"), None)  # one report up to 24/4
    assert pace(second, "dossiers", "M1") == (71, None, Decimal("1.0"))  # none any more
    assert pace(second, "dossiers", "M2") == (75, Decimal("37.5"), Decimal("0.0"))
    assert pace(second, "dossiers", "M3") == (None, None, None)


def test_where_nothing_is_left_nothing_is_needed():
    assert pace(summary(*met(75))) == (0, Decimal("0.0"), None)


def test_a_pace_leads_to_what_it_is_made_of():
    story = weeks(met(5), met(9), [], met(11))
    figures = story[3].figures
    assert figures["pace/M3/my_ha/commune/left"].sources == (
        FigureSource("indicators_met/my_ha/commune"),
        FigureSource("standing/my_ha/commune/open"),
        ConfigurationSource("catalogue/NTM-NC-2021-2025-DBSH"),
    )
    assert figures["pace/M3/my_ha/commune/gained"].sources == (
        EarlierSource(W16, "pace/M3/my_ha/commune/gained"),
        FigureSource("change/indicators_met/my_ha/commune"),
    )
    assert figures["pace/M3/my_ha/commune/weeks"].sources == (
        FigureSource("pace/M3/my_ha/commune/since"),
        CALENDAR,
    )
    assert figures["pace/M3/my_ha/commune/since"].sources == (
        EarlierSource(W15, "pace/M3/my_ha/commune/since"),
    )
    assert figures["pace/M3/my_ha/commune/real"].sources == (
        FigureSource("pace/M3/my_ha/commune/gained"),
        FigureSource("pace/M3/my_ha/commune/weeks"),
    )


# --- distances -----


def distances(week, milestone="M1"):
    start = f"distance/{milestone}/"
    return {
        id_.removeprefix(start): figure.value for id_, figure in week.figures.items() if id_.startswith(start)
    }


def test_a_milestone_ahead_has_its_last_day_its_working_days_and_its_reports():
    assert distances(summary()) == {"last_good_day": date(2023, 4, 24), "days": 8, "weeks": 1}


def test_a_milestone_that_has_passed_has_no_number():
    passed = summary(week=W15.shifted(2), as_of=local("2023-04-26 16:30"))
    assert distances(passed) == {
        "last_good_day": date(2023, 4, 24),
        "days": None,
        "weeks": None,
        "passed": "passed",
    }


def test_on_the_last_good_day_itself_nothing_is_left_and_nothing_has_passed():
    week = summary(week=W22, as_of=local("2023-05-31 16:30"))
    assert distances(week, "M3") == {"last_good_day": date(2023, 5, 31), "days": 0, "weeks": 0}


def test_a_number_of_days_over_a_holiday_without_a_notice_is_an_expected_one():
    holidays = days_off(date(2023, 4, 29), date(2023, 5, 3), announced=False)
    week = summary(of=campaign(calendar=calendar(days_off=holidays)))
    assert distances(week, "M3")["expected"] == "expected"
    assert "expected" not in distances(week, "M1")
    assert week.figures["distance/M3/expected"].sources == (CALENDAR,)


def test_neither_the_moment_nor_what_was_recorded_later_moves_a_distance():
    assert distances(summary(as_of=local("2024-01-01 09:00"))) == distances(summary())
