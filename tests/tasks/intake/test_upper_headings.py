"""What stands over a column's own heading can make it another column (decision 0037)."""

from pathlib import Path
from typing import Any

import pytest

from domain.forms import Part
from tests.tasks.intake.recognise_kit import HEADER, codes, read, told, understood, workbook

UNIT = ["Đơn vị tính: triệu đồng"]
TOP = ["TT", "Tên dự án", "Quyết định đầu tư", "Khối lượng đã nghiệm thu"]
ROW = [1, "Đường", "12/QĐ-UBND năm 2021", 1000, 100, 50, 800, 150]
MILLION = 10**6


def understood_below(folder: Path, upper: list[Any], lower: list[Any], *merged: str) -> tuple[Any, Any]:
    """The upper headings stand in row 7, from column E on."""

    def merge(book: Any) -> None:
        for cells in ("A7:A8", "B7:B8", "C7:C8", "D7:D8", *merged):
            book["C"].merge_cells(cells)

    lines = [*HEADER, UNIT, [*TOP, *upper], [*[None] * 4, *lower], ROW]
    return understood(read(workbook({"C": lines}, merge), folder))


@pytest.mark.parametrize(
    "above",
    ["Kế hoạch vốn năm 2023", "Đã thanh toán lũy kế", "Nợ đọng đến kỳ báo cáo", "Nhu cầu vốn còn thiếu",
     "Lũy kế vốn đã bố trí đến kỳ trước", "Vốn đã bố trí năm 2022", "Năm 2022", "Vốn đã bố trítrong kỳ"],
)  # fmt: skip
def test_sources_below_another_heading_than_allotted_capital_are_asked_about(tmp_path, above):
    submission, findings = understood_below(tmp_path, [above, None], ["NS tỉnh", "NS huyện"], "E7:F7")
    (row,) = submission.parts[Part.DEBT]
    assert (row.accepted, row.allotted_province, row.allotted_district) == (1000 * MILLION, None, None)
    assert told(findings) == [("COLUMN_HEADED_OTHERWISE", "E8"), ("COLUMN_HEADED_OTHERWISE", "F8")]
    assert findings[0].facts["seen"] == f"{above}: NS tỉnh"


@pytest.mark.parametrize(
    "above",
    ["Vốn đã bố trí lũy kế", "Vốn đã bố trí", "VỐN ĐÃ CẤP LŨY KẾ", "Vốn đã bố trí lũy kế đến nay",
     "Lũy kế vốn đã bố trí (triệu đồng)"],
)  # fmt: skip
def test_sources_below_what_means_allotted_capital_are_read(tmp_path, above):
    submission, findings = understood_below(tmp_path, [above, None], ["NS tỉnh", "NS huyện"], "E7:F7")
    (row,) = submission.parts[Part.DEBT]
    assert (row.allotted_province, row.allotted_district, findings) == (100 * MILLION, 50 * MILLION, ())


def test_a_whole_heading_of_the_form_goes_before_one_that_ends_like_it(tmp_path):
    upper = ["Vốn đã bố trí năm 2022", None, "Vốn đã bố trí lũy kế", None]
    lower = ["NS tỉnh", "NS huyện"] * 2
    submission, findings = understood_below(tmp_path, upper, lower, "E7:F7", "G7:H7")
    (row,) = submission.parts[Part.DEBT]
    assert (row.allotted_province, row.allotted_district) == (800 * MILLION, 150 * MILLION)
    assert told(findings) == [("COLUMN_UNKNOWN", "E8"), ("COLUMN_UNKNOWN", "F8")]


def test_another_year_over_a_required_column_is_asked_about_as_that_alone(tmp_path):
    lines = [
        *HEADER, UNIT, [*TOP[:3], "Năm 2022", None, "Ghi chú"],
        [None, None, None, "Khối lượng đã nghiệm thu", "NS tỉnh"], ROW[:5],
    ]  # fmt: skip

    def merge(book: Any) -> None:
        for cells in ("A7:A8", "B7:B8", "C7:C8", "D7:E7", "F7:F8"):
            book["C"].merge_cells(cells)

    _, findings = understood(read(workbook({"C": lines}, merge), tmp_path))
    assert told(findings) == [("COLUMN_HEADED_OTHERWISE", "D8"), ("COLUMN_HEADED_OTHERWISE", "E8")]


def progress_below(folder: Path, above: str, cells: str) -> Any:
    heading = ["TT", "Mã chỉ tiêu", "Tỷ lệ hoàn thành", "Tự đánh giá", "Kết quả"]
    lines = [*HEADER, [None, None, above], heading, [1, "1.1", 50, "Chưa đạt", "80"]]
    book = workbook({"A": lines}, lambda book: book["A"].merge_cells(cells))
    return understood(read(book, folder))[1]


def test_last_periods_columns_are_not_read_as_this_weeks(tmp_path):
    findings = progress_below(tmp_path, "Kỳ trước (5/4/2023)", "C6:D6")
    assert told(findings) == [("COLUMN_HEADED_OTHERWISE", "C7"), ("COLUMN_HEADED_OTHERWISE", "D7")]


@pytest.mark.parametrize(
    ("above", "cells"), [("Kỳ này", "C6:D6"), ("So với kỳ trước", "C6:D6"), ("Kỳ trước", "F6:G6")]
)
def test_another_line_above_the_headings_changes_nothing(tmp_path, above, cells):
    assert "COLUMN_HEADED_OTHERWISE" not in codes(progress_below(tmp_path, above, cells))


def test_a_header_line_above_columns_of_marks_is_no_heading_of_theirs(tmp_path):
    heading = ["TT", "Mã chỉ tiêu", "Nội dung chỉ tiêu", "Đạt", "Cơ bản đạt", "Chưa đạt"]
    lines = [*HEADER, heading, [1, "1.1", "Quy hoạch", "x"]]
    findings = understood(read(workbook({"A": lines}), tmp_path))[1]
    assert codes(findings) == set()


def judged_below(folder: Path, *above: str) -> tuple[Any, Any]:
    """Two columns of marks below each of these headings; the first is ticked "Đạt", any other "Chưa đạt"."""
    upper = ["TT", "Mã chỉ tiêu", *(text for each in above for text in (each, None))]
    lower = [None, None, *["Đạt", "Chưa đạt"] * len(above)]
    marks = ["x", None, *[None, "x"] * (len(above) - 1)]

    def merge(book: Any) -> None:
        for cells in ("A6:A7", "B6:B7", "C6:D6", "E6:F6")[: 2 + len(above)]:
            book["A"].merge_cells(cells)

    return understood(read(workbook({"A": [*HEADER, upper, lower, [1, "1.1", *marks]]}, merge), folder))


@pytest.mark.parametrize("above", ["Huyện đánh giá", "Phòng thẩm tra", "Kết quả cơ quan thẩm tra xác nhận"])
def test_what_another_witness_ticked_is_not_the_communes_own_word(tmp_path, above):
    findings = judged_below(tmp_path, above)[1]
    assert told(findings)[-2:] == [("COLUMN_HEADED_OTHERWISE", "C7"), ("COLUMN_HEADED_OTHERWISE", "D7")]


def test_beside_its_own_word_another_witness_s_is_left_aside(tmp_path):
    submission, findings = judged_below(tmp_path, "Xã tự đánh giá", "Huyện thẩm tra")
    assert [row.judgement for row in submission.parts[Part.PROGRESS]] == ["met"]
    assert told(findings) == [("COLUMN_UNKNOWN", "E7"), ("COLUMN_UNKNOWN", "F7")]


@pytest.mark.parametrize("number", ["Số, ngày", "Số quyết định", "Số quyết định; ngày, tháng, năm ban hành"])
def test_what_stands_below_the_decision_is_its_number_and_what_it_approves(tmp_path, number):
    def merge(book: Any) -> None:
        for cells in ("A7:A8", "B7:B8", "C7:D7", "E7:E8"):
            book["C"].merge_cells(cells)

    upper = ["TT", "Tên dự án", "Quyết định đầu tư", None, "Khối lượng đã nghiệm thu"]
    lines = [
        *HEADER,
        UNIT,
        upper,
        [None, None, number, "Tổng mức đầu tư"],
        [1, "Đường", "12/QĐ-UBND", 1500, 1000],
    ]
    submission, _ = understood(read(workbook({"C": lines}, merge), tmp_path))
    (row,) = submission.parts[Part.DEBT]
    assert (row.decision, row.total_investment) == ("12/QĐ-UBND", 1500 * MILLION)
