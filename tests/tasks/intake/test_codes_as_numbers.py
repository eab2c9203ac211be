"""A whole file whose codes Excel keeps as numbers: 17.1 and 17.10 are one number and two indicators."""

from pathlib import Path
from typing import Any

import pytest

from domain.forms import Part
from domain.rules import judge
from domain.submissions import SubmissionState
from tests.factories import says
from tests.tasks.intake.recognise_kit import (
    HEADER,
    PROGRESS,
    campaign,
    grid,
    read,
    told,
    understood,
    workbook,
)

CODES = [indicator.code for indicator in campaign().catalogue.indicators()]
FIRST = len(HEADER) + 2  # the row below the headings
TWINS = [f"C{FIRST + CODES.index(code)}" for code in ("17.1", "17.10")]


def as_number(code: str) -> float | str:
    return code if code.endswith(("a", "b")) else float(code)


def table(codes: list[Any]) -> list[list[Any]]:
    return [*HEADER, PROGRESS, *([1, "", code, "", "", "", "Chưa đạt"] for code in codes)]


@pytest.mark.parametrize("number_format", ["General", "0.00", "0.0", "#,##0.00"])
def test_both_twins_are_asked_about_and_every_other_code_is_read(tmp_path: Path, number_format: str) -> None:
    """Also where the format shows two decimals: 17.1 would show as 17.10, too."""

    def style(book: Any) -> None:
        for row in range(FIRST, FIRST + len(CODES)):
            book["A"].cell(row, 3).number_format = number_format

    lines = table([as_number(code) for code in CODES])
    submission, findings = understood(read(workbook({"A": lines}, style), tmp_path))
    assert told(findings) == [("INDICATOR_AMBIGUOUS", cell) for cell in TWINS]
    kept = [row.indicator for row in submission.parts[Part.PROGRESS]]
    assert kept == [code for code in CODES if code not in ("17.1", "17.10")]
    assert judge(submission, findings, campaign()).state is SubmissionState.RETURNED
    assert says(findings[0]).startswith('Mã "17.1" được nhập dạng số, có thể là 17.1 hoặc 17.10. ')


def test_codes_that_are_text_are_all_read() -> None:
    submission, findings = understood(grid(table(CODES)))
    assert findings == ()
    assert [row.indicator for row in submission.parts[Part.PROGRESS]] == CODES


def test_twins_as_numbers_are_no_repetition_of_each_other() -> None:
    submission, findings = understood(grid(table([17.1, 17.1, "17.2"])))
    codes = [finding.code for finding in judge(submission, findings, campaign()).findings]
    assert codes.count("INDICATOR_AMBIGUOUS") == 2
    assert "INDICATOR_REPEATED" not in codes
