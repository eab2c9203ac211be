"""Movements of debt by hand, after docs/decisions/0015; and that over the weeks they add up."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.lineage import EarlierSource, FigureSource
from tests.factories_domain import W15, named, no_debt, project, weeks

AMOUNTS = ("last", "accepted", "allotted", "paid")
ROAD, CLINIC, CANAL = "Đường trục xã", "Trạm y tế", "Kênh tưới"


def road(name=ROAD, of="my_ha", **amounts):
    return project(of, name, decision="12/QĐ-UBND", **amounts)


def movements(summary, of="my_ha"):
    """What follows the commune in the ids -> value."""
    head = f"movement/{of}/"
    return {i.removeprefix(head): f.value for i, f in summary.figures.items() if i.startswith(head)}


def test_a_project_that_goes_on_one_that_is_gone_and_one_that_is_new():
    _, week = weeks(
        [
            road(accepted=100, allotted_district=40, paid=30),
            project("my_ha", CLINIC, accepted=10, allotted_district=10, paid=10),
        ],
        [
            road(accepted=150, allotted_district=40, allotted_commune=20, paid=25),
            project("my_ha", CANAL, accepted=5, paid=2),
        ],
    )
    assert movements(week) == {
        "project/12-qđ-ubnd/last": 60,
        "project/12-qđ-ubnd/accepted": 50,
        "project/12-qđ-ubnd/allotted": 20,
        "project/12-qđ-ubnd/paid": -5,
        "project/kênh-tưới/accepted": 5,
        "project/kênh-tưới/paid": 2,
        "project/trạm-y-tế/last": 0,
        "project/trạm-y-tế/gone": CLINIC,
        "last": 60,
        "accepted": 55,
        "allotted": 20,
        "paid": -3,
    }
    assert movements(week, "all") == {"last": 60, "accepted": 55, "allotted": 20, "paid": -3}


def test_the_district_moves_by_the_communes_that_can_be_compared():
    _, week = weeks(
        [road(accepted=7, allotted_district=0), road(of="my_thinh", accepted=100, allotted_district=1)],
        [road(accepted=9), road(of="my_thinh", accepted=90), road(of="my_thanh", accepted=1000)],
    )
    assert movements(week, "all") == {"last": 106, "accepted": -8}
    assert movements(week, "my_thanh") == {}
    assert named(week.figures["movement/all/accepted"]) == [
        "movement/my_ha/accepted",
        "movement/my_thinh/accepted",
    ]


def test_what_either_table_does_not_state_has_not_moved():
    _, week = weeks(
        [road(accepted=100, paid=30)],
        [road(accepted=100, allotted_district=40)],
    )
    assert movements(week) == {"project/12-qđ-ubnd/accepted": 0, "accepted": 0}


def test_a_renamed_project_says_its_previous_name():
    _, week = weeks([road("Trường A", accepted=1)], [road("Trường B", accepted=1)])
    assert week.value("movement/my_ha/project/12-qđ-ubnd/renamed") == "Trường A"


def test_another_way_of_writing_the_same_name_is_no_other_name():
    again = unicodedata.normalize("NFD", "ĐƯỜNG  trục xã ")
    _, week = weeks([road(accepted=1)], [road(again, accepted=1)])
    assert not [i for i in week.figures if i.endswith("/renamed")]


def test_the_first_table_of_a_commune_moves_nothing_and_a_silent_week_neither():
    first, silent = weeks([road(accepted=1)], [])
    assert movements(first) == movements(silent) == movements(silent, "all") == {}


def test_a_commune_is_compared_with_its_last_table_behind_a_missing_week():
    first, _, _, week = weeks(
        [road(accepted=100, allotted_district=40, paid=1), project("my_ha", CLINIC, accepted=3)], [], [],
        [road("Đường mới", accepted=130, allotted_district=40, paid=9)],
    )  # fmt: skip
    there = first.week
    assert movements(week) == {
        "project/12-qđ-ubnd/last": 60,
        "project/12-qđ-ubnd/accepted": 30,
        "project/12-qđ-ubnd/allotted": 0,
        "project/12-qđ-ubnd/paid": 8,
        "project/12-qđ-ubnd/renamed": ROAD,
        "project/trạm-y-tế/gone": CLINIC,
        "last": 60,
        "accepted": 30,
        "allotted": 0,
        "paid": 8,
    }
    assert week.figures["movement/my_ha/project/12-qđ-ubnd/paid"].sources == (
        FigureSource("debt/my_ha/project/12-qđ-ubnd/paid"),
        EarlierSource(there, "debt/my_ha/project/12-qđ-ubnd/paid"),
    )
    assert week.figures["movement/my_ha/project/trạm-y-tế/gone"].sources == (
        FigureSource("debt/my_ha/projects"),
        EarlierSource(there, "debt/my_ha/projects"),
    )


def test_a_statement_that_there_is_no_debt_is_a_table_without_projects():
    _, paid_off, again = weeks(
        [road(accepted=5, allotted_district=1)], [no_debt("my_ha")], [road(accepted=6)]
    )
    assert movements(paid_off) == {"project/12-qđ-ubnd/last": 4, "project/12-qđ-ubnd/gone": ROAD, "last": 4}
    assert movements(again) == {"project/12-qđ-ubnd/accepted": 6, "last": 0, "accepted": 6}


SUMS = st.integers(0, 2**50)
REPORTS = st.lists(st.none() | st.tuples(SUMS, SUMS, SUMS, SUMS), min_size=2, max_size=6)


def tables(report):
    """A commune's two projects, the same in every week in which it reports."""
    if report is None:
        return []
    return [
        road(accepted=report[0], allotted_district=report[1], paid=report[2]),
        project("my_ha", CLINIC, accepted=report[3], allotted_district=report[1], paid=report[2]),
    ]


@settings(deadline=None, max_examples=10)
@given(REPORTS)
def test_over_any_weeks_the_movements_add_up_to_the_last_table_less_the_first(reports):
    story = weeks(*map(tables, reports), first=W15)
    stated = [week for week in story if week.value("debt/my_ha/accepted") is not None]
    for amount in ("accepted", "allotted", "paid"):
        for head in ("my_ha", "all", "my_ha/project/trạm-y-tế"):
            moved = sum(whole(week, f"movement/{head}/{amount}") for week in story)
            tables_of = [whole(week, f"debt/{head}/{amount}") for week in stated] or [0]
            assert moved == tables_of[-1] - tables_of[0]


def whole(summary, figure_id):
    value = summary.value(figure_id)
    return value if isinstance(value, int) else 0
