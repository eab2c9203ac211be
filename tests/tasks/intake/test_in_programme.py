"""The column "Thuộc CT MTQG NTM" of the debt table: what it says, and that a file without it is read as before."""

from typing import Any

import pytest

from domain.findings import Severity
from domain.forms import Part
from domain.rules import judge
from domain.submissions import SubmissionState
from tests.tasks.intake.recognise_kit import DEBT, HEADER, campaign, codes, grid, understood

WITH_IT = [*DEBT[:3], "Thuộc CT MTQG NTM", *DEBT[3:]]


def debt_of(said: Any, heading: str = "Thuộc CT MTQG NTM") -> Any:
    headings = [heading if each == "Thuộc CT MTQG NTM" else each for each in WITH_IT]
    line = [1, "Đường trục xã", "12/QĐ-UBND ngày 3/4/2022", said, 900, 500, 0, 0, 300, 0, 300, 200]
    return understood(grid([*HEADER, ["Đơn vị tính: triệu đồng"], headings, line]))


@pytest.mark.parametrize(
    ("said", "means"),
    [
        *((word, True) for word in ("Có", "x", "✓", "Thuộc")),
        *((word, False) for word in ("Không", "không thuộc")),
        *((word, None) for word in (None, "", "☐")),
    ],
)
def test_a_project_says_yes_or_no_or_nothing(said: Any, means: bool | None) -> None:
    submission, findings = debt_of(said)
    (row,) = submission.parts[Part.DEBT]
    assert row.in_programme is means
    assert (row.accepted, row.cell("in_programme")) == (500_000_000, "D8")
    assert codes(findings) == set()
    assert submission.form == "commune-weekly-v1"


@pytest.mark.parametrize("said", ["✗", "-", "một phần", "chưa rõ", 0, 1])
def test_anything_else_is_asked_and_the_file_counts(said: Any) -> None:
    submission, findings = debt_of(said)
    (row,) = submission.parts[Part.DEBT]
    (found,) = (each for each in findings if each.code == "YES_NO_UNKNOWN")
    assert (row.in_programme, found.place.cell, found.severity) == (None, "D8", Severity.WARNING)
    assert judge(submission, findings, campaign()).state is SubmissionState.ACCEPTED


@pytest.mark.parametrize(
    "heading",
    [
        "Thuộc CTMTQG NTM",
        "THUỘC CHƯƠNG TRÌNH MTQG XÂY DỰNG NTM",
        "Thuộc Chương trình MTQG xây dựng nông thôn mới",
    ],
)
def test_its_heading_has_several_spellings(heading: str) -> None:
    submission, _ = debt_of("Có", heading)
    assert [row.in_programme for row in submission.parts[Part.DEBT]] == [True]


def test_a_table_without_the_column_says_nothing_and_lacks_nothing() -> None:
    line = [1, "Đường trục xã", "12/QĐ-UBND ngày 3/4/2022", 900, 500, 0, 0, 300, 0, 300, 200]
    submission, findings = understood(grid([*HEADER, ["Đơn vị tính: triệu đồng"], DEBT, line]))
    (row,) = submission.parts[Part.DEBT]
    assert (submission.form, row.in_programme, row.cell("in_programme")) == ("commune-weekly-v1", None, "")
    assert codes(findings) == set()
