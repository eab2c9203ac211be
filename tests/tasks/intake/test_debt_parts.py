"""Rows of the debt table that are no projects: parts of one, and what is written below the total (decision 0037)."""

from collections.abc import Sequence
from typing import Any

import pytest

from domain.forms import Part
from domain.rules import judge
from domain.submissions import SubmissionState
from tests.tasks.intake.recognise_kit import DEBT, HEADER, campaign, codes, grid, understood

UNIT = ["Đơn vị tính: triệu đồng"]
FIRST = len(HEADER) + 3  # the row of the first project


def line(*said: Any) -> list[Any]:
    """Number, name, decision, accepted volume, capital of the district."""
    number, name, decision, accepted, district = (*said, None)[:5]
    return [number, name, decision, None, accepted, None, None, district]


SCHOOL = line(1, "Trường mầm non", "12/QĐ-UBND năm 2021", 1000, 800)
ROAD = line(2, "Đường B", "13/QĐ-UBND năm 2021", 2000, 1500)
TOTAL = line(None, "Tổng cộng", None, 3000, 2300)


def judged(*lines: Sequence[Any], heading: Sequence[Any] = DEBT) -> tuple[list[str], Any]:
    """The names of the rows that are kept, and the verdict."""
    submission, findings = understood(grid([*HEADER, UNIT, list(heading), *lines]))
    rows = submission.parts.get(Part.DEBT, ())
    return [row.project for row in rows], judge(submission, findings, campaign())


def told(verdict: Any, code: str) -> list[str]:
    return [finding.place.cell for finding in verdict.findings if finding.code == code]


def asked(verdict: Any) -> list[str]:
    return told(verdict, "TOTAL_OR_PROJECT")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("-", "Xây lắp"), ("-", "Thiết bị")),
        (("+", "Xây lắp"), ("+", "Thiết bị")),
        ((None, "- Xây lắp"), (None, "- Thiết bị")),
        (("1.1", "Xây lắp"), ("1.2", "Thiết bị")),
        ((1.1, "Xây lắp"), (1.2, "Thiết bị")),
        (("1a", "Xây lắp"), ("1b", "Thiết bị")),
        ((None, "Trong đó: Xây lắp"), ("-", "Thiết bị")),
        ((None, "Trong đó:"), (None, "Bao gồm: thiết bị")),
    ],
)
def test_parts_of_a_project_are_not_counted_again_and_told(first, second):
    parts = [line(*first, None, 700, 500), line(*second, None, 300, 300)]
    rows, verdict = judged(SCHOOL, *parts, ROAD, TOTAL)
    assert rows == ["Trường mầm non", "Đường B", "Tổng cộng"]
    assert verdict.state is SubmissionState.ACCEPTED
    assert told(verdict, "PART_OF_PROJECT") == [f"B{FIRST + 1}", f"B{FIRST + 2}"]
    assert codes(verdict.findings) == {"PART_OF_PROJECT"}


@pytest.mark.parametrize(
    "part",
    [
        line("-", "Nhà để xe", None, 1100, 100),  # more than the project has
        line("-", "Nhà để xe", None, 100, 900),
        line("1.1", "Nhà để xe", None, "nhiều", 0),
        line(None, "Trong đó: nhà để xe", None, 1001),
    ],
)
def test_what_looks_like_a_part_and_states_more_is_asked_about(part):
    _, verdict = judged(SCHOOL, part, ROAD)
    assert (verdict.state, asked(verdict)) == (SubmissionState.RETURNED, [f"B{FIRST + 1}"])


def test_parts_that_together_are_more_than_their_project_are_asked_about():
    parts = [line("-", "Xây lắp", None, 700), line("-", "Thiết bị", None, 301)]
    _, verdict = judged(SCHOOL, *parts)
    assert (told(verdict, "PART_OF_PROJECT"), asked(verdict)) == ([f"B{FIRST + 1}"], [f"B{FIRST + 2}"])


def test_a_sum_that_the_project_does_not_state_is_no_part_of_it():
    _, verdict = judged([*SCHOOL[:4], None, *SCHOOL[5:]], line("-", "Xây lắp", None, 700))
    assert asked(verdict) == [f"B{FIRST + 1}"]


@pytest.mark.parametrize(
    "before",
    [
        ["I", "Công trình chuyển tiếp"],
        line("I", "Công trình chuyển tiếp", None, 1000, 800),
        line(None, "Cộng mục I", None, 1000, 800),
    ],
)
def test_projects_with_bullets_below_a_section_stay_projects(before):
    rows, verdict = judged(
        before, line("-", "Xây lắp", None, 700, 500), line("-", "Thiết bị", None, 300, 300)
    )
    assert rows[-2:] == ["Xây lắp", "Thiết bị"]
    assert (verdict.state, asked(verdict)) == (SubmissionState.ACCEPTED, [])


def test_a_bullet_with_its_decision_is_a_project():
    rows, verdict = judged(SCHOOL, line("-", "Nhà xe", "14/QĐ-UBND năm 2021", 70), ROAD)
    assert (len(rows), asked(verdict)) == (3, [])


def test_what_is_in_a_total_is_no_project():
    within = [line(None, "Trong đó: nợ trước 2015", None, 500, 300), line("-", "nợ khác", None, 100)]
    rows, verdict = judged(SCHOOL, ROAD, TOTAL, *within)
    assert rows == ["Trường mầm non", "Đường B", "Tổng cộng"]
    assert (verdict.state, codes(verdict.findings)) == (SubmissionState.ACCEPTED, {"PART_OF_PROJECT"})
    _, verdict = judged(SCHOOL, ROAD, TOTAL, line(None, "Trong đó: nợ khác", None, 3001))
    assert asked(verdict) == [f"B{FIRST + 3}"]


@pytest.mark.parametrize("number", [None, 3, "-"])
def test_what_stands_below_the_total_is_asked_about(number):
    below = [line(number, "Kỳ trước", None, 2800, 2100), line(number, "So sánh tăng/giảm", None, 200, 200)]
    _, verdict = judged(SCHOOL, ROAD, TOTAL, *below)
    assert (verdict.state, asked(verdict)) == (SubmissionState.RETURNED, [f"B{FIRST + 3}", f"B{FIRST + 4}"])


@pytest.mark.parametrize("name", ["Toàn xã", "TC", "∑", "Cả xã", "Luỹ kế"])
@pytest.mark.parametrize("sums", [(3000,), (3100, 2500), (3000, 2300)])
def test_sums_without_a_number_among_numbered_projects_are_asked_about(name, sums):
    _, verdict = judged(SCHOOL, ROAD, line(None, name, None, *sums))
    assert (verdict.state, asked(verdict)) == (SubmissionState.RETURNED, [f"B{FIRST + 2}"])


@pytest.mark.parametrize("sums", [(1000, 800), (1000,)])
def test_a_groups_line_over_one_project_is_asked_about(sums):
    _, verdict = judged(line(None, "Công trình chuyển tiếp", None, *sums), SCHOOL, ROAD)
    assert asked(verdict) == [f"B{FIRST}"]


def test_a_numbered_groups_line_over_its_numbered_projects_is_asked_about():
    lines = [line("1.1", *SCHOOL[1:3], 1000), line("1.2", *ROAD[1:3], 2000)]
    _, verdict = judged(line(1, "Công trình chuyển tiếp", None, 3000), *lines)
    assert asked(verdict) == [f"B{FIRST}"]
    _, verdict = judged([1, "Công trình chuyển tiếp"], *lines)
    assert asked(verdict) == []


def test_projects_that_nobody_numbers_are_none_of_that():
    rows, verdict = judged(
        line(None, "Chợ", None, 70, 10), line(None, "Kè", None, 8, 8), line(None, "Cầu", None, 9)
    )
    assert (len(rows), asked(verdict)) == (3, [])


def test_without_a_column_of_numbers_the_only_sum_betrays_the_total_of_all():
    unnumbered = [each[1:] for each in (SCHOOL, ROAD, line(None, "Toàn xã", None, 3000))]
    for each in unnumbered:
        each[-1] = None  # accepted volume alone
    assert asked(judged(*unnumbered, heading=DEBT[1:])[1]) == [f"A{FIRST + 2}"]
    unnumbered[2][3] = 3100
    assert asked(judged(*unnumbered, heading=DEBT[1:])[1]) == []
