from typing import Any

import pytest

from domain.debt import allotted, legal_debt, project_key, unpaid
from domain.submissions import DebtRow, DebtRowKind


def row(**fields):
    facts: dict[str, Any] = {"sheet": "C", "row": 5, "project": "Đường trục xã"}
    return DebtRow(**facts | fields)


def test_allotted_is_the_sum_of_the_sources_that_are_stated():
    assert allotted(row(allotted_central=100, allotted_people=20)) == 120
    assert allotted(row(allotted_commune=0)) == 0
    assert allotted(row(accepted=100)) is None


@pytest.mark.parametrize(
    ("accepted", "capital", "debt"),
    [
        (100, 99, 1),
        (100, 100, 0),
        (100, 101, 0),
        (0, 0, 0),
        (None, 100, None),
        (100, None, None),
        (None, None, None),
    ],
)
def test_legal_debt_is_accepted_without_allotted_never_negative_and_unknown_where_one_is_blank(
    accepted, capital, debt
):
    assert legal_debt(row(accepted=accepted, allotted_district=capital)) == debt


def test_a_statement_of_no_debt_is_an_explicit_zero_but_figures_go_before_it():
    assert legal_debt(row(kind=DebtRowKind.NO_DEBT)) == 0
    assert legal_debt(row(kind=DebtRowKind.NO_DEBT, accepted=5, allotted_commune=2)) == 3


@pytest.mark.parametrize(
    ("accepted", "paid", "left"), [(100, 30, 70), (100, 0, 100), (30, 100, -70), (100, None, None)]
)
def test_unpaid_is_accepted_less_paid_and_another_figure(accepted, paid, left):
    assert unpaid(row(accepted=accepted, paid=paid)) == left


@pytest.mark.parametrize(
    ("decision", "project", "key"),
    [
        ("Số 123/QĐ-UBND ngày 12/3/2021", "Trường", "123-qđ-ubnd"),
        ("QĐ 123 / QĐ-UBND, 12-3-2021", "Trường", "123-qđ-ubnd"),
        ("45/2021/QĐ-UBND", "Trường", "45-2021-qđ-ubnd"),
        ("ngày 12/3/2021", "Trường mầm non", "trường-mầm-non"),
        ("chưa có", "Đường A/B  thôn 4", "đường-a-b-thôn-4"),
        ("", "ĐƯỜNG TRỤC XÃ.", "đường-trục-xã"),
    ],
)
def test_a_project_is_its_decisions_number_else_its_name(decision, project, key):
    assert project_key(row(decision=decision, project=project)) == key


def test_names_that_differ_by_a_tone_are_two_projects():
    assert project_key(row(project="Đường Mả")) != project_key(row(project="Đường Mà"))


def test_a_hostile_decision_is_read_in_no_time():
    assert project_key(row(decision="1" * 2000 + "/" * 10, project="A")) == "a"
