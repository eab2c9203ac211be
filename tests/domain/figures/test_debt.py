"""Sums in đồng. Legal debt of a project = max(0, accepted - allotted); unpaid = accepted - paid is another figure."""

from dataclasses import replace
from datetime import date

import pytest

from domain.figures.debt import projects
from domain.lineage import CellSource, FigureSource
from domain.submissions import DebtRowKind
from domain.summary import debt_unknown_id
from tests.factories_domain import (
    campaign,
    cells,
    named,
    no_debt,
    project,
    snapshot,
    summary,
    values,
    with_reporter,
)

ROAD = {
    "accepted": 1_000_000_000,
    "allotted_central": 300_000_000,
    "allotted_commune": 200_000_000,
    "paid": 400_000_000,
    "stated_debt": 500_000_000,
}


def key_of(line):
    (found,) = projects(snapshot(line))
    return found.key


def sums(week, commune, *amounts):
    return tuple(week[f"debt/{commune}/{amount}"] for amount in amounts)


def test_legal_debt_and_the_unpaid_sum_are_two_figures():
    week = values(project("my_ha", "Đường trục xã", **ROAD))
    assert sums(week, "my_ha", "legal", "stated", "unpaid") == (500_000_000, 500_000_000, 600_000_000)
    assert sums(week, "my_ha", "accepted", "allotted", "paid") == (1_000_000_000, 500_000_000, 400_000_000)


def test_capital_above_the_accepted_volume_is_no_negative_debt():
    rich = project("my_ha", "Trạm y tế", accepted=100, allotted_district=150)
    assert values(rich)["debt/my_ha/legal"] == 0


def test_debt_is_counted_per_project_before_it_is_summed():
    week = values(
        project("my_ha", "Trạm y tế", accepted=100, allotted_district=150),
        project("my_ha", "Đường trục xã", accepted=100, allotted_district=40),
    )
    assert week["debt/my_ha/legal"] == 60  # and not max(0, 200 - 190) = 10


def test_a_blank_debt_stays_blank_in_project_commune_and_district():
    line = project("my_ha", "Đường trục xã", allotted_district=40)
    week = values(line)
    assert week[f"debt/my_ha/project/{key_of(line)}/legal"] is None
    assert sums(week, "my_ha", "legal", "stated", "accepted", "unpaid", "paid") == (None,) * 5
    assert sums(week, "all", "legal", "stated", "accepted", "unpaid", "paid") == (None,) * 5
    assert week["debt/my_ha/allotted"] == 40


def test_a_sum_runs_over_the_projects_that_state_it_and_says_how_many_do_not():
    week = values(
        project("my_ha", "Đường trục xã", accepted=100, allotted_district=40),
        project("my_ha", "Trạm y tế"),
    )
    assert sums(week, "my_ha", "legal", "projects", "unknown_projects") == (60, 2, 1)


AMOUNTS = ("legal", "stated", "unpaid", "accepted", "allotted", "paid")


def unknown(week, commune, *amounts):
    return tuple(week[debt_unknown_id(commune, amount)] for amount in amounts)


def test_each_sum_says_how_many_projects_it_goes_without():
    week = values(
        project("my_ha", "Đường trục xã", **ROAD),
        project("my_ha", "Trạm y tế", allotted_district=40, paid=30),
        project("my_thinh", "Trường học", accepted=10, allotted_people=1),
    )
    assert unknown(week, "my_ha", *AMOUNTS) == (1, 1, 1, 1, 0, 0)
    assert unknown(week, "my_thinh", *AMOUNTS) == (0, 1, 1, 0, 0, 1)
    assert unknown(week, "all", *AMOUNTS) == (1, 2, 2, 1, 0, 1)
    assert week["debt/my_ha/unknown_projects"] == 1
    legal, accepted, allotted = sums(week, "my_ha", "legal", "accepted", "allotted")
    assert (legal, accepted - allotted) == (500_000_000, 499_999_960)  # why the two differ is told above


def test_a_count_of_unknown_projects_leads_to_them_and_a_zero_to_all_that_were_looked_at():
    road, clinic = project("my_ha", "Đường trục xã", **ROAD), project("my_ha", "Trạm y tế", paid=1)
    figures = summary(road, clinic).figures
    ids = {what: [f"debt/my_ha/project/{key_of(line)}/{what}" for line in (road, clinic)] for what in AMOUNTS}
    assert named(figures["debt_unknown/my_ha/accepted"]) == ids["accepted"][1:]
    assert named(figures["debt_unknown/my_ha/paid"]) == ids["paid"]


def test_where_a_commune_has_no_debt_no_project_is_unknown():
    week = values(no_debt("my_ha"))
    assert unknown(week, "my_ha", *AMOUNTS) == unknown(week, "all", *AMOUNTS) == (0,) * 6
    assert not [i for i in values() if i.startswith("debt_unknown/")]


def test_the_same_decision_number_of_two_years_is_two_projects():
    week = values(
        project("my_ha", "Đường", decision="Số 12/QĐ-UBND ngày 3/4/2022", accepted=100, allotted_people=0),
        project("my_ha", "Trạm", decision="12/QĐ-UBND 2019", accepted=10, allotted_people=0),
    )
    assert week["debt/my_ha/project/12-2022-qđ-ubnd/legal"] == 100
    assert week["debt/my_ha/project/12-2019-qđ-ubnd/legal"] == 10
    assert sums(week, "my_ha", "legal", "projects") == (110, 2)


def test_two_rows_of_one_key_keep_their_figures_apart():
    """The rule PROJECT_REPEATED returns such a file, unless an office has made it a warning."""
    decision = {"decision": "12/QĐ-UBND ngày 3/4/2022"}
    week = summary(
        project("my_ha", "Đường", accepted=100, allotted_people=0, **decision),
        project("my_ha", "Đường", accepted=10, allotted_people=0, **decision),
    )
    parts = named(week.figures["debt/my_ha/legal"])
    assert [week.value(part) for part in parts] == [100, 10]
    assert [line.key for line in week.projects] == ["12-2022-qđ-ubnd", "12-2022-qđ-ubnd.2"]
    assert week.value("debt/my_ha/legal") == 110


def test_a_commune_that_stated_nothing_has_no_figure_and_is_told_as_missing():
    week = values(project("my_ha", "Đường trục xã", **ROAD))
    assert not [i for i in week if i.startswith(("debt/my_thinh/", "debt/my_thanh/"))]
    assert sums(week, "all", "legal", "communes_missing") == (500_000_000, 2)


def test_without_any_debt_part_the_district_has_no_debt_figure_rather_than_zero():
    assert sums(values(), "all", "legal", "stated", "communes_missing") == (None, None, 3)


def test_a_statement_of_no_debt_is_an_explicit_zero():
    week = values(no_debt("my_ha"))
    assert sums(week, "my_ha", "legal", "stated", "projects", "unknown_projects") == (0, 0, 0, 0)
    assert sums(week, "my_ha", "unpaid", "accepted", "allotted", "paid") == (None,) * 4
    assert sums(week, "all", "legal", "communes_missing") == (0, 2)


def test_a_statement_of_no_debt_leads_to_the_cell_that_makes_it():
    figures = summary(no_debt("my_ha")).figures
    (behind,) = named(figures["debt/my_ha/legal"])
    assert figures[behind].sources == (CellSource("sha-my_ha", "C. Nợ XDCB", "B8", "Không có nợ đọng"),)


def test_a_statement_of_no_debt_is_no_project():
    assert projects(snapshot(no_debt("my_ha"))) == ()


def test_the_total_row_is_no_project_and_enters_no_sum():
    total = project("my_ha", "Tổng cộng", kind=DebtRowKind.TOTAL, accepted=100, stated_debt=100)
    week = values(project("my_ha", "Đường trục xã", accepted=100, allotted_district=40), total)
    assert sums(week, "my_ha", "legal", "accepted", "projects") == (60, 100, 1)
    assert sums(week, "my_ha", "stated") == (None,)


def test_the_district_is_the_sum_of_its_communes_to_the_last_dong():
    week = values(
        project("my_ha", "Đường trục xã", accepted=2**60 + 1, allotted_district=0),
        project("my_ha", "Trạm y tế"),
        project("my_thinh", "Trường học", accepted=3, allotted_people=1),
        no_debt("my_thanh"),
    )
    assert week["debt/my_ha/legal"] == 1152921504606846977
    assert sums(week, "all", "legal", "communes_missing") == (1152921504606846979, 0)


def test_a_commune_that_left_the_roster_is_neither_summed_nor_missing():
    left = campaign(roster=with_reporter("my_ha", valid_to=date(2023, 4, 11)))
    week = values(project("my_ha", "Đường trục xã", **ROAD), no_debt("my_thinh"), of=left)
    assert sums(week, "all", "legal", "communes_missing") == (0, 1)
    assert not [i for i in week if i.startswith("debt/my_ha/")]


@pytest.mark.parametrize(
    ("amount", "behind"),
    [
        ("legal", ["G8", "H8", "I8", "J8", "K8", "L8", "M8"]),
        ("stated", ["O8"]),
        ("unpaid", ["G8", "N8"]),
        ("accepted", ["G8"]),
        ("allotted", ["H8", "I8", "J8", "K8", "L8", "M8"]),
        ("paid", ["N8"]),
    ],
)
def test_each_sum_of_a_project_leads_to_the_cells_it_was_made_of(amount, behind):
    line = project("my_ha", "Đường trục xã", **ROAD)
    figure = summary(line).figures[f"debt/my_ha/project/{key_of(line)}/{amount}"]
    assert [source.cell for source in cells(figure)] == behind


def test_a_column_that_the_file_lacks_is_no_source():
    line = project("my_ha", "Đường trục xã", **ROAD)
    narrow = replace(line, sha256="sha", row=replace(line.row, columns={"accepted": "D"}))
    figure = summary(narrow).figures[f"debt/my_ha/project/{key_of(line)}/unpaid"]
    assert [source.cell for source in cells(figure)] == ["D8"]


def test_a_blank_sum_has_no_source():
    line = project("my_ha", "Đường trục xã", accepted=100)
    assert summary(line).figures[f"debt/my_ha/project/{key_of(line)}/paid"].sources == ()


def test_a_communes_sum_leads_to_its_projects_and_the_districts_to_its_communes():
    road, clinic = project("my_ha", "Đường trục xã", **ROAD), project("my_ha", "Trạm y tế")
    figures = summary(road, clinic, no_debt("my_thinh")).figures
    assert figures["debt/my_ha/legal"].sources == tuple(
        FigureSource(f"debt/my_ha/project/{key_of(line)}/legal") for line in (road, clinic)
    )
    assert figures["debt/my_ha/unknown_projects"].sources == (
        FigureSource(f"debt/my_ha/project/{key_of(clinic)}/legal"),
    )
    assert [source.cell for source in cells(figures["debt/my_ha/projects"])] == ["B8", "B8"]
    assert figures["debt/all/legal"].sources == (
        FigureSource("debt/my_ha/legal"),
        FigureSource("debt/my_thinh/legal"),
    )


def test_projects_are_listed_in_the_communes_own_order_with_name_and_decision():
    listed = projects(
        snapshot(project("my_ha", "Trường học", decision="12/QĐ-UBND"), project("my_ha", "Đường trục xã"))
    )
    assert [(line.commune, line.name, line.decision) for line in listed] == [
        ("my_ha", "Trường học", "12/QĐ-UBND"),
        ("my_ha", "Đường trục xã", ""),
    ]
    assert len({line.key for line in listed}) == 2
