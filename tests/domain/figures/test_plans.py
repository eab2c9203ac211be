"""Planned dates by hand, after docs/decisions/0015."""

from datetime import date

from domain.lineage import EarlierSource, FigureSource
from domain.weeks import WeekName
from tests.factories_domain import judged, values, weeks

MAY_15, MAY_22, MAY_29 = (date(2023, 5, day) for day in (15, 22, 29))
WHATS = ("planned_on", "baseline", "slip", "move", "moves")


def planned(day, code="8.1"):
    return judged("my_ha", code, "not_met", planned_on=day)


def plan(summary):
    return tuple(summary.value(f"plan/my_ha/NC-08/{what}") for what in WHATS)


def last(summary):
    return summary.value("last/plan/my_ha/NC-08/planned_on")


def test_a_plan_that_moves_twice_with_a_missing_report_between():
    story = weeks([planned(MAY_15)], [planned(MAY_22)], [], [planned(MAY_29)], [planned(None)])
    assert [plan(week) for week in story] == [
        (MAY_15, MAY_15, 0, None, 0),
        (MAY_22, MAY_15, 7, 7, 1),
        (None, MAY_15, None, None, 1),
        (MAY_29, MAY_15, 14, 7, 2),
        (None, MAY_15, None, None, 2),
    ]
    assert [last(week) for week in story] == [None, None, MAY_22, None, MAY_29]


def test_a_date_that_moves_back_slips_by_less_than_nothing():
    _, week = weeks([planned(MAY_22)], [planned(MAY_15)])
    assert plan(week) == (MAY_15, MAY_22, -7, -7, 1)


def test_a_date_that_stays_has_no_move():
    _, week = weeks([planned(MAY_15)], [planned(MAY_15)])
    assert plan(week) == (MAY_15, MAY_15, 0, None, 0)


def test_the_date_that_is_stated_first_is_the_baseline_whichever_week_states_it():
    story = weeks([planned(None)], [planned(MAY_15)], [planned(MAY_22)])
    assert [plan(week)[1] for week in story] == [None, MAY_15, MAY_15]
    assert plan(story[0]) == (None,) * 5


def test_a_criterion_is_planned_for_the_latest_date_of_its_indicators():
    week = values(planned(MAY_15), planned(MAY_29, "8.2"), planned(MAY_22, "8.3"), planned(MAY_29, "9"))
    assert week["plan/my_ha/NC-08/planned_on"] == MAY_29


def test_a_baseline_leads_to_the_week_that_stated_it():
    story = weeks([planned(MAY_15)], [], [planned(MAY_22)])
    w15, w16 = WeekName(date(2023, 4, 12)), WeekName(date(2023, 4, 19))
    baselines = [week.figures["plan/my_ha/NC-08/baseline"].sources for week in story]
    there = (EarlierSource(w15, "plan/my_ha/NC-08/baseline"),)
    assert baselines == [(FigureSource("plan/my_ha/NC-08/planned_on"),), there, there]
    assert story[2].figures["plan/my_ha/NC-08/move"].sources == (
        EarlierSource(w15, "plan/my_ha/NC-08/planned_on"),
        FigureSource("plan/my_ha/NC-08/planned_on"),
    )
    assert w16 not in {source.week for figure in story[2].figures.values() for source in figure.sources
                       if isinstance(source, EarlierSource) and "baseline" in source.figure_id}  # fmt: skip
