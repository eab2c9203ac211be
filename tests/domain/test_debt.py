from typing import Any

import pytest

from domain.debt import (
    allotted,
    blank_sources,
    legal_debt,
    may_be_one_project,
    names_a_decision,
    numbered,
    project_key,
    undated_key,
    unpaid,
)
from domain.submissions import DebtRow, DebtRowKind


def row(**fields):
    facts: dict[str, Any] = {"sheet": "C", "row": 5, "project": "Đường trục xã"}
    return DebtRow(**facts | fields)


def test_allotted_is_the_sum_of_the_sources_that_are_stated():
    assert allotted(row(allotted_central=100, allotted_people=20)) == 120
    assert allotted(row(allotted_commune=0)) == 0
    assert allotted(row(accepted=100)) is None


def test_a_source_is_blank_where_it_is_neither_stated_nor_unreadable():
    said = row(allotted_central=100, allotted_province=0, raw={"allotted_people": "?", "allotted_other": " "})
    assert blank_sources(said) == ("allotted_district", "allotted_commune", "allotted_other")


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
        ("Số 123/QĐ-UBND ngày 12/3/2021", "Trường", "123-2021-qđ-ubnd"),
        ("QĐ 123 / QĐ-UBND, 12-3-2021", "Trường", "123-2021-qđ-ubnd"),
        ("45/2021/QĐ-UBND", "Trường", "45-2021-qđ-ubnd"),
        ("45/QĐ-UBND/2021", "Trường", "45-2021-qđ-ubnd"),
        ("45/QĐ-UBND", "Trường", "45-qđ-ubnd"),
        ("45/QĐ/UBND", "Trường", "45-qđ-ubnd"),
        ("45/QĐ|UBND", "Trường", "45-qđ-ubnd"),
        ("00/QĐ-UBND", "Trường", "0-qđ-ubnd"),
        ("12/2021/2022/2023/QĐ", "Trường", "12-2021"),  # three signs are read, here years
        ("ngày 12/3/2021", "Trường mầm non", "trường-mầm-non"),
        ("chưa có", "Đường A/B  thôn 4", "đường-a-b-thôn-4"),
        ("", "ĐƯỜNG TRỤC XÃ.", "đường-trục-xã"),
    ],
)
def test_a_project_is_number_year_and_signs_of_its_decision_else_its_name(decision, project, key):
    assert project_key(row(decision=decision, project=project)) == key


@pytest.mark.parametrize(
    "decision",
    [
        "Số 12/QĐ-UBND ngày 3/4/2022",
        "Số 012/QĐ-UBND ngày 03.4.2022",
        "12/QĐ-UBND 2022",
        "QĐ số 12/QĐ-UBND (2022)",
        "12/QĐ-UBND ngày 3 tháng 4 năm 2022",
        "12/QĐ-UBND ngày 3/4/22",
        "Ngày 3/4/2022, số 12/QĐ-UBND",
        "2022, số 12/QĐ-UBND",
        "12/2022/QĐ-UBND",
        "12/QĐ-UBND giai đoạn 2021-2025 ngày 3/4/2022",
        "12/QĐ-UBND ngày 3/4/2022 (2021 – 2025)",
        "12/QĐ-UBND ngày 3-4-2022",
        "12/QĐ-UBND ngày 3/4/2022, điều chỉnh tại 45/QĐ-UBND ngày 1/6/2023",
    ],
)
def test_the_ways_of_writing_one_decision_give_one_key(decision):
    assert project_key(row(decision=decision)) == "12-2022-qđ-ubnd"


def test_the_same_number_of_two_years_is_two_projects():
    of_2022, of_2019 = row(decision="Số 12/QĐ-UBND ngày 3/4/2022"), row(decision="12/QĐ-UBND 2019")
    assert project_key(of_2022) != project_key(of_2019)
    assert undated_key(of_2022) == undated_key(of_2019) == "12-qđ-ubnd"
    assert not may_be_one_project(of_2022, of_2019)


def test_the_year_of_another_decision_is_not_taken():
    assert project_key(row(decision="12/QĐ-UBND; 45/QĐ-UBND ngày 5/6/2022")) == "12-qđ-ubnd"
    assert project_key(row(decision="12/QĐ-UBND; 2019/QĐ-UBND")) == "12-qđ-ubnd"


def test_a_decision_number_that_looks_like_a_year_is_a_number():
    assert project_key(row(decision="Số 2019/QĐ-UBND")) == "2019-qđ-ubnd"


def test_a_number_without_a_year_may_be_that_of_any_year():
    undated = row(decision="12/QĐ-UBND")
    assert may_be_one_project(undated, row(decision="12/QĐ-UBND 2019"))
    assert may_be_one_project(row(decision="12/QĐ-UBND 2019"), undated)
    assert not may_be_one_project(undated, row(decision="13/QĐ-UBND 2019"))


@pytest.mark.parametrize(
    ("text", "names"),
    [("Số 12/QĐ-UBND", True), ("45/2021/QĐ-UBND", True), ("ngày 12/3/2021", False), ("", False)],
)
def test_a_date_is_no_number_of_a_decision(text, names):
    assert names_a_decision(text) is names


def test_a_key_that_comes_again_is_numbered():
    assert list(numbered(["đường", "trạm", "đường", "đường"])) == ["đường", "trạm", "đường.2", "đường.3"]


def test_names_that_differ_by_a_tone_are_two_projects():
    assert project_key(row(project="Đường Mả")) != project_key(row(project="Đường Mà"))


def test_a_hostile_decision_is_read_in_no_time():
    assert project_key(row(decision="1" * 2000 + "/" * 10, project="A")) == "a"
    assert project_key(row(decision="12/QĐ " + "1/1/" * 5000, project="A")) == "12-qđ"
