"""The debt of the programme's projects: only where a commune says of some project whether it is one."""

import pytest

from domain.lineage import ROSTER
from domain.summary import programme_id
from tests.factories_domain import cells, named, no_debt, project, summary, values


def owing(name, debt, in_programme=None, commune="my_ha", **fields):
    return project(
        commune,
        name,
        accepted=debt,
        allotted_people=0,
        stated_debt=debt + 1,
        in_programme=in_programme,
        **fields,
    )


def said(week, commune, *what):
    return tuple(week.get(programme_id(commune, each), "no figure") for each in what)


ALL_OF_IT = ("legal", "stated", "unknown_legal", "unknown_stated", "unclear")


def test_the_gate_concerns_the_projects_of_the_programme_alone():
    week = values(owing("Đường", 100, True), owing("Trạm", 10, True), owing("Trụ sở", 7, False))
    assert said(week, "my_ha", *ALL_OF_IT) == (110, 112, 0, 0, 0)
    assert week["debt/my_ha/legal"] == 117


def test_where_no_project_says_it_nothing_is_published():
    week = values(owing("Đường", 100), owing("Trạm", 10, commune="my_thinh"), no_debt("my_thanh"))
    assert [id_ for id_ in week if id_.startswith("programme/")] == []


def test_a_project_that_does_not_say_it_is_neither_inside_nor_outside():
    week = values(owing("Đường", 100, True), owing("Trạm", 10), owing("Trụ sở", 7, False))
    assert said(week, "my_ha", "legal", "unclear") == (100, 1)
    assert said(week, "my_ha", "project/đường", "project/trạm", "project/trụ-sở") == ("có", None, "không")


@pytest.mark.parametrize(
    ("others", "legal"),
    [((False, False), 0), ((False, None), None), ((False, True), 5)],
)
def test_a_sum_over_no_project_is_zero_only_where_each_says_that_it_is_outside(others, legal):
    week = values(*(owing(name, 5, each) for name, each in zip("ab", others, strict=True)))
    assert said(week, "my_ha", "legal") == (legal,)


def test_a_project_whose_debt_nobody_knows_is_counted_and_its_sum_is_no_zero():
    unknown = project("my_ha", "Đường", in_programme=True)
    assert said(values(unknown), "my_ha", *ALL_OF_IT) == (None, None, 1, 1, 0)
    assert said(values(unknown, owing("Trạm", 10, True)), "my_ha", *ALL_OF_IT) == (10, 11, 1, 1, 0)


def test_the_total_is_that_of_the_communes_that_say_it_and_the_others_are_counted():
    week = values(
        owing("Đường", 100, True),
        owing("Trạm", 10),
        owing("Kênh", 3, True, "my_thinh"),
        owing("Chợ", 50, None, "my_thanh"),
    )
    assert said(week, "all", *ALL_OF_IT, "communes_missing") == (103, 105, 0, 0, 1, 1)
    unknown = values(project("my_ha", "Đường", in_programme=True))
    assert said(unknown, "all", "legal", "unknown_legal", "communes_missing") == (None, 1, 2)


def test_a_commune_without_any_project_has_none_to_say_it_of():
    week = values(owing("Đường", 100, True), no_debt("my_thinh"))
    assert said(week, "all", "legal", "communes_missing") == (100, 1)


def test_a_statement_of_no_debt_among_projects_is_none():
    week = values(no_debt("my_ha"), owing("Đường", 0, True))
    assert said(week, "my_ha", *ALL_OF_IT) == (0, 1, 0, 0, 0)


def test_what_is_published_leads_to_the_projects_and_they_to_their_cells():
    figures = summary(owing("Đường", 100, True), owing("Trạm", 10), owing("Trụ sở", 7, False)).figures
    (cell,) = cells(figures["programme/my_ha/project/đường"])
    assert (cell.cell, cell.raw) == ("F8", "có")
    assert figures["programme/my_ha/project/trạm"].sources == ()
    assert named(figures["programme/my_ha/legal"]) == ["debt/my_ha/project/đường/legal"]
    assert named(figures["programme/my_ha/unclear"]) == ["programme/my_ha/project/trạm"]
    assert named(figures["programme/my_ha/unknown_legal"]) == ["debt/my_ha/project/đường/legal"]
    assert named(figures["programme/all/legal"]) == ["programme/my_ha/legal"]
    missing = figures["programme/all/communes_missing"]
    assert (missing.sources[0], named(missing)) == (ROSTER, ["debt/my_ha/projects"])


def test_a_zero_leads_to_the_projects_that_are_all_outside():
    figures = summary(owing("Đường", 100, False)).figures
    asked = ["programme/my_ha/project/đường"]
    assert [named(figures[f"programme/my_ha/{what}"]) for what in ALL_OF_IT] == [asked] * 5
