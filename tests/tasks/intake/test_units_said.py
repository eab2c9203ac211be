"""Where and how a unit may be said beside "Đơn vị tính: ..." (decision 0037)."""

from collections.abc import Sequence
from typing import Any

import pytest

from domain.forms import Part
from tests.tasks.intake.recognise_kit import DEBT, HEADER, PROGRESS, codes, grid, told, understood

MILLION = 10**6
ROW = [1, "Đường", "12/QĐ-UBND năm 2021", None, 1000]
UNIT = ["Đơn vị tính: triệu đồng"]


def accepted(*lines: Sequence[Any]) -> tuple[Any, list[tuple[str, str]]]:
    submission, findings = understood(grid([*HEADER, *lines]))
    return [row.accepted for row in submission.parts.get(Part.DEBT, ())], told(findings)


@pytest.mark.parametrize("written", ["{}, triệu đồng", "{} - triệu đồng", "{} – tr.đ", "{}; triệu đồng"])
def test_the_unit_of_a_heading_may_stand_behind_a_comma_or_a_dash(written):
    heading = [*DEBT[:3], *(written.format(each) for each in DEBT[3:])]
    assert accepted(heading, ROW) == ([1000 * MILLION], [])


def test_a_unit_behind_a_comma_that_nobody_knows_is_asked_about():
    heading = [*DEBT[:4], f"{DEBT[4]}, nghìn USD", *DEBT[5:]]
    assert accepted(UNIT, heading, ROW) == ([None], [("MONEY_UNIT_MISSING", "E7")])


@pytest.mark.parametrize(
    "line",
    ["ĐV tính: triệu đồng", "Đơn vị tính (triệu đồng)", "Đơn vị tiền: triệu đồng", "Đơn vị tính - triệu đồng",
     'Đơn vị tính: "triệu đồng"', "Số liệu tính bằng triệu đồng", "(Số tiền tính theo đơn vị: triệu đồng)",
     "BIỂU NỢ ĐỌNG XDCB (triệu đồng)", "Biểu nợ đọng, triệu đồng", "(triệu đồng)", "ĐVT: 1.000.000đ"],
)  # fmt: skip
def test_a_line_above_the_table_says_the_unit_in_many_ways(line):
    assert accepted([line], DEBT, ROW) == ([1000 * MILLION], [])


@pytest.mark.parametrize(
    "title", ["BIỂU NỢ ĐỌNG XDCB (tỷ đồng)", "Số liệu tính bằng nghìn đồng", "Nợ đọng - tỷ đồng"]
)
def test_a_title_that_names_another_unit_than_the_line_is_asked_about(title):
    assert accepted([title], UNIT, DEBT, ROW) == ([None], [("MONEY_UNITS_DIFFER", "A7")])


@pytest.mark.parametrize(
    "title", ["Nợ tính theo Luật Đầu tư công", "Đơn vị - Xã Mỹ Hà", "Biểu C (đồng bộ)", "Thu, chi (kỳ này)"]
)
def test_a_title_that_names_no_unit_changes_nothing(title):
    assert accepted([title], UNIT, DEBT, ROW) == ([1000 * MILLION], [])


def test_a_row_of_another_table_names_no_unit_of_this_one():
    row = ["10", "Thu nhập (triệu đồng)", "10", None, None, 60, "Đạt"]
    _, findings = accepted(PROGRESS, row, [], DEBT, ROW)
    assert ("MONEY_UNIT_MISSING", "E9") in findings


@pytest.mark.parametrize(
    ("note", "finding"),
    [
        ("Ghi chú: số liệu tính theo nghìn đồng", "UNIT_AMONG_ROWS"),
        ("Ghi chú: số liệu tính theo triệu đồng", "FOOTER_NOT_READ"),
    ],
)
def test_a_note_below_the_table_that_names_another_unit_is_no_footer(note, finding):
    _, findings = accepted(UNIT, DEBT, ROW, [None, note])
    assert (finding, "B9") in findings
    _, findings = accepted(PROGRESS, ["1", None, "1.1", None, None, None, "Đạt"], [None, note])
    assert ("FOOTER_NOT_READ", "B8") in findings


@pytest.mark.parametrize("line", ["Đơn vị tính: công trình", "(ĐVT: dự án)", "ĐVT: %"])
def test_what_counts_something_else_says_nothing_of_sums(line):
    heading = ["TT", "Tên dự án", "Khối lượng đã nghiệm thu (triệu đồng)"]
    submission, findings = understood(grid([*HEADER, [line], heading, [1, "Đường", 5]]))
    assert [row.accepted for row in submission.parts[Part.DEBT]] == [5_000_000]
    assert not codes(findings) & {"MONEY_UNIT_UNKNOWN", "MONEY_UNITS_DIFFER"}


def test_beside_another_columns_the_unit_of_sums_is_known():
    heading = ["TT", "Tên dự án", "Khối lượng đã nghiệm thu"]
    lines = [*HEADER, ["Đơn vị tính: triệu đồng, %"], heading, [1, "Đường", 5]]
    assert [row.accepted for row in understood(grid(lines))[0].parts[Part.DEBT]] == [5_000_000]


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("Đơn vị tính: triêu đông", "MONEY_UNIT_MISSING"),
        ("ĐVT: triêu đông", "MONEY_UNIT_UNKNOWN"),
        ("Đơn vị tính: triệu đồng, tỷ đồng", "MONEY_UNIT_UNKNOWN"),
    ],
)
def test_a_unit_that_is_none_or_two_is_asked_about(line, asked):
    heading = ["TT", "Tên dự án", "Khối lượng đã nghiệm thu"]
    assert asked in codes(understood(grid([*HEADER, [line], heading, [1, "Đường", 5]]))[1])
