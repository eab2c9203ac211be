"""A code that stands beside the name of another indicator."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from domain.forms import Part
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

NAMES = {indicator.code: indicator.name for indicator in campaign().catalogue.indicators()}
FIRST = len(HEADER) + 2  # the row below the headings
CODE = "CODE_AND_NAME_DIFFER"


def line(code: Any, name: Any) -> list[Any]:
    return [1, "", code, name, "", "Có", "Đạt"]


def differ(*lines: list[Any]) -> list[str]:
    """The cells at which a code and a name are told to differ."""
    _, findings = understood(grid([*HEADER, PROGRESS, *lines]))
    return [cell for code, cell in told(findings) if code == CODE]


def test_every_code_beside_its_own_name_is_quiet() -> None:
    assert differ(*(line(code, name) for code, name in NAMES.items())) == []


def test_a_code_beside_the_name_of_another_is_found_at_the_code() -> None:
    lines = [line("17.1", NAMES["17.1"]), line("17.10", NAMES["17.11"]), line("17.2", NAMES["17.2"])]
    assert differ(*lines) == [f"C{FIRST + 1}"]


def test_two_codes_that_changed_places_are_both_found() -> None:
    assert differ(line("17.10", NAMES["17.1"]), line("17.1", NAMES["17.10"])) == [
        f"C{FIRST}",
        f"C{FIRST + 1}",
    ]


def test_every_pair_of_a_code_with_anothers_name_is_found() -> None:
    codes = list(NAMES)
    shifted = [line(code, NAMES[other]) for code, other in zip(codes, [*codes[1:], codes[0]], strict=True)]
    assert len(differ(*shifted)) == len(codes)


@pytest.mark.parametrize(
    ("code", "name", "is_told"),
    [
        ("5.3", "  ĐẠT CHUẨN xoá mù chữ. ", True),
        ("5.3", "Đạt chuẩn xóa...", True),
        ("5.3", "Đạt chuẩn xóa…", True),
        ("5.3", "Đạt chuẩn", False),  # two words, and the beginning of its own name
        ("5.4", "Đạt chuẩn", False),
        ("5.1", "Đạt chuẩn", False),
        ("5.1", "Đạt chuẩn xóa mù", True),
        ("5.1", "Đạt chuẩn xóa m", False),  # no whole word
        ("14.1", "Tỷ lệ người dân tham gia", False),  # of 14.1 and 14.3
        ("12.3", "Tỷ lệ lao động qua đào tạo", False),  # of 12.1 and 12.2
        ("5.3", "Đạt chuẩn xóa mù chữ mức độ 2", False),  # more than the catalogue prints
        ("5.3", "Kết quả phổ cập", False),
        ("5.3", "", False),
        ("5.3", None, False),
        ("5.3", 5.4, False),
        ("5.3", "5.4", False),
        ("5.3", "Điện", False),  # the name of a criterion
        ("5", "Đạt chuẩn xóa mù chữ", False),  # a row of a whole criterion
        ("NC-05", "Đạt chuẩn xóa mù chữ", False),
        ("99.9", "Đạt chuẩn xóa mù chữ", False),  # told as an unknown code
        ("5.3", "Đạt chuẩn xóa mù chữ" + " " * 5000, False),
    ],
)
def test_only_a_name_that_is_plainly_anothers_is_told(code: str, name: Any, is_told: bool) -> None:
    assert differ(line(code, name)) == ([f"C{FIRST}"] if is_told else [])


def test_a_name_merged_over_two_rows_belongs_to_the_first(tmp_path: Path) -> None:
    def merge(book: Any) -> None:
        book["A"].merge_cells(f"D{FIRST}:D{FIRST + 1}")

    lines = [*HEADER, PROGRESS, line("2.2a", NAMES["2.2a"]), line("2.2b", None)]
    _, findings = understood(read(workbook({"A": lines}, merge), tmp_path))
    assert CODE not in {finding.code for finding in findings}


def test_a_table_without_names_or_without_codes_has_nothing_to_compare() -> None:
    without = ["TT", "Mã chỉ tiêu", "Kết quả thực hiện", "Tự đánh giá"]
    _, findings = understood(grid([*HEADER, without, [1, "5.3", "Có", "Đạt"]]))
    assert CODE not in {finding.code for finding in findings}
    uncoded = ["TT", "Nội dung chỉ tiêu", "Kết quả thực hiện", "Tự đánh giá"]
    _, findings = understood(grid([*HEADER, uncoded, [1, NAMES["5.4"], "Có", "Đạt"]]))
    assert CODE not in {finding.code for finding in findings}


def test_the_row_is_kept_under_its_code_and_the_officer_reads_both() -> None:
    submission, findings = understood(grid([*HEADER, PROGRESS, line("5.3", NAMES["5.4"])]))
    (row,) = submission.parts[Part.PROGRESS]
    (only,) = [finding for finding in findings if finding.code == CODE]
    assert (row.indicator, only.severity) == ("5.3", "warning")
    assert says(only).startswith('Mã 5.3 nhưng nội dung "Đạt chuẩn xóa mù chữ" là của chỉ tiêu 5.4. ')


def test_another_catalogue_has_other_names() -> None:
    known = campaign()
    renamed = tuple(
        replace(
            c,
            indicators=tuple(
                replace(i, name=NAMES["5.4"]) if i.code == "5.3" else replace(i, name="Khác " + i.code)
                for i in c.indicators
            ),
        )
        for c in known.catalogue.criteria
    )
    other = replace(known, catalogue=replace(known.catalogue, criteria=renamed))
    book = grid([*HEADER, PROGRESS, line("5.3", NAMES["5.4"])])
    assert CODE in {finding.code for finding in understood(book)[1]}
    assert CODE not in {finding.code for finding in understood(book, of=other)[1]}
