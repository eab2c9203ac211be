"""What the cells of a table become: typed rows with their places, findings at the cells themselves."""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.styles import Font

from domain.findings import Severity, blocks
from domain.forms import DossierState, Part
from domain.judgement import Judgement
from domain.submissions import DebtRowKind
from tasks.intake.delimited import read as delimited
from tasks.intake.formats import FileFormat
from tasks.intake.grid import Book
from tests.tasks.intake.recognise_kit import (
    AGENCY_HEADER,
    DEBT,
    DOSSIERS,
    HEADER,
    PROGRESS,
    REMARKS,
    VERIFICATION,
    codes,
    grid,
    read,
    told,
    understood,
    workbook,
)

MILLION = 10**6
UNIT = ["Đơn vị tính: triệu đồng"]
QUIET = [
    ["Đơn vị báo cáo", "Xã Mỹ Hà"],
    ["Kỳ báo cáo", date(2023, 4, 12)],
]  # a header that nothing is said about
FIRST = 4  # the row below a heading that stands under QUIET


def progress(
    code: Any = "1.1", result: Any = "Có", judgement: Any = "Đạt", completion: Any = None, *rest: Any
) -> list[Any]:
    return [1, "", code, "", "", result, judgement, completion, *rest]


def only(part: Part, *lines: Sequence[Any]) -> Any:
    """The single row of a part, and all findings."""
    submission, findings = understood(grid([*QUIET, *lines]))
    (row,) = submission.parts[part]
    return row, findings


# --- progress -----


def test_a_row_keeps_its_place_its_columns_and_only_the_text_that_is_not_canonical():
    row, _ = only(Part.PROGRESS, PROGRESS, progress("1.1", "Có", " đạt.", 85.5, "25/04/2023", "ghi chú"))
    assert (row.sheet, row.row, row.cell("judgement"), row.cell("planned_on")) == (
        "Bảng 1",
        FIRST,
        "G4",
        "I4",
    )
    assert row.raw == {"judgement": " đạt.", "planned_on": "25/04/2023", "result": "Có"}
    assert row.source("sha", "completion").raw == "85.5"
    assert row.source("sha", "judgement").raw == " đạt."


def test_the_rows_of_a_table_share_one_map_of_columns():
    submission, _ = understood(grid([*QUIET, PROGRESS, progress("1.1"), progress("1.2")]))
    first, second = submission.parts[Part.PROGRESS]
    assert first.columns is second.columns


def test_a_result_is_a_number_in_its_indicators_unit_and_its_text(tmp_path):
    book = workbook(
        {"A": [*QUIET, PROGRESS, progress("2.1", 0.85), progress("1.1", "Có"), progress("2.2a", "70,5%")]},
        _percent,
    )
    rows = understood(read(book, tmp_path))[0].parts[Part.PROGRESS]
    assert [(row.result, row.result_text) for row in rows] == [
        (Decimal(85), "85%"),
        (None, "Có"),
        (Decimal("70.5"), "70,5%"),
    ]
    assert rows[0].cell("result") == rows[0].cell("result_text") == "F4"


def _percent(book):
    book["A"]["F4"].number_format = "0%"


@pytest.mark.parametrize(
    ("line", "finding", "severity"),
    [
        (progress("1.1 Quy hoạch"), ("INDICATOR_UNKNOWN", "C4"), "error"),
        (progress(17.1), ("INDICATOR_AMBIGUOUS", "C4"), "error"),
        (progress(None), ("REQUIRED_CELL_BLANK", "C4"), "error"),
        (progress("1.1", "", "Đạt 100%"), ("JUDGEMENT_UNKNOWN", "G4"), "error"),
        (progress("1.1", "", "#N/A"), ("CELL_ERROR_VALUE", "G4"), "error"),
        (progress("1.1", "", "Đạt", 0.85), ("PERCENT_BELOW_ONE", "H4"), "warning"),
        (progress("1.1", "", "Đạt", 101), ("PERCENT_OUT_OF_RANGE", "H4"), "warning"),
        (progress("1.1", "", "Đạt", "gần xong"), ("NUMBER_UNREADABLE", "H4"), "warning"),
        (progress("1.1", "", "Đạt", None, "quý II"), ("DATE_UNREADABLE", "I4"), "warning"),
        (progress("1.1", "#REF!", "Đạt"), ("CELL_ERROR_VALUE", "F4"), "warning"),
    ],
)
def test_a_wrong_cell_is_found_at_the_cell_an_error_only_where_it_is_required(line, finding, severity):
    _, findings = understood(grid([*QUIET, PROGRESS, line]))
    (found,) = findings
    assert ((found.code, found.place.cell), found.severity) == (finding, severity)


def test_dates_of_several_styles_in_one_column_are_read_day_first():
    written = [date(2023, 5, 4), "04/05/2023", "4.5.23", "2023-05-04", "32/05/2023"]
    lines = [progress(f"3.{n}", "", "Chưa đạt", None, day) for n, day in enumerate(written, start=1)]
    submission, findings = understood(grid([*QUIET, PROGRESS, *lines]))
    assert [row.planned_on for row in submission.parts[Part.PROGRESS]] == [date(2023, 5, 4)] * 4 + [None]
    assert ("DATE_UNREADABLE", "I8") in told(findings)


def test_what_is_unreadable_in_an_optional_column_is_not_stated_and_its_text_is_kept():
    row, findings = only(Part.PROGRESS, PROGRESS, progress("1.1", "", "Chưa đạt", "gần xong", "quý II"))
    assert (row.completion, row.planned_on) == (None, None)
    assert (row.raw["completion"], row.raw["planned_on"]) == ("gần xong", "quý II")
    assert not blocks(findings)


def test_a_blank_judgement_is_chua_co_so_lieu_and_no_finding():
    row, findings = only(Part.PROGRESS, PROGRESS, progress("1.1", "Có", None))
    assert (row.judgement, findings) == (Judgement.NOT_STATED, ())


def test_titles_numbering_and_blank_lines_are_no_rows():
    numbering = ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)", "(10)"]
    title = ["I", "HẠ TẦNG KINH TẾ - XÃ HỘI"]
    lines = [
        *QUIET,
        PROGRESS,
        numbering,
        title,
        progress("1.1"),
        [],
        [1],
        progress("1.2"),
        [None, "Ghi chú chung"],
    ]
    submission, findings = understood(grid(lines))
    assert [row.indicator for row in submission.parts[Part.PROGRESS]] == ["1.1", "1.2"]
    assert [(f.code, f.severity) for f in findings] == [("FOOTER_NOT_READ", "note")]


def test_letters_number_columns_too_but_a_row_that_looks_so_later_is_read():
    lines = [*QUIET, ["Mã", "Tự đánh giá", "Kết quả", "TT"], ["A", "B", 1, 2], ["4", "Đạt", "5", "6"]]
    submission, findings = understood(grid(lines))
    assert [row.indicator for row in submission.parts[Part.PROGRESS]] == ["4"]
    assert findings == ()


DEBT_OF_FOUR = ["TT", "Tên dự án", "Quyết định đầu tư", "Khối lượng đã nghiệm thu (triệu đồng)"]
NUMBERINGS = {
    "numbers": [1, 2, 3, 4],
    "brackets": ["(1)", "(2)", "(3)", "(4)"],
    "how it is counted": ["A", "B", "C", "4=1-2-3"],
    "small letters": ["a", "b", "c", "d"],
    "Roman": ["I", "II", "III", 1],
}


@pytest.mark.parametrize("numbering", NUMBERINGS.values(), ids=NUMBERINGS)
def test_a_line_that_numbers_the_columns_is_no_project(numbering):
    submission, findings = understood(grid([*QUIET, DEBT_OF_FOUR, numbering, [1, "Đường", "12/QĐ-UBND", 5]]))
    assert [row.project for row in submission.parts[Part.DEBT]] == ["Đường"]
    assert findings == ()


@pytest.mark.parametrize(
    "before", [[[]], [[], []], [[1, "Kênh", "9/QĐ-UBND", 7]]], ids=["blank", "two", "page"]
)
def test_nor_is_one_that_stands_further_down(before):
    lines = [*QUIET, DEBT_OF_FOUR, *before, [1, 2, 3, 4], [2, "Đường", "12/QĐ-UBND", 5]]
    submission, _ = understood(grid(lines))
    assert [row.project for row in submission.parts[Part.DEBT]][-1] == "Đường"
    assert "2" not in [row.project for row in submission.parts[Part.DEBT]]


def test_a_row_of_numbers_that_leaves_a_column_blank_is_read():
    lines = [*QUIET, ["TT", "Mã", "Kết quả", "Tự đánh giá"], [1, "1.1", "Có", "Đạt"], [2, "3", "4", None]]
    submission, _ = understood(grid(lines))
    assert [row.indicator for row in submission.parts[Part.PROGRESS]] == ["1.1", "3"]


@pytest.mark.parametrize("height", [2, 3])
def test_a_heading_merged_over_several_rows_is_no_row_of_its_table(tmp_path, height):
    def merge(book):
        for column in "ABCD":
            book["A"].merge_cells(f"{column}3:{column}{2 + height}")

    blank: list[list[Any]] = [[] for _ in range(height - 1)]
    book = workbook({"A": [*QUIET, DEBT_OF_FOUR, *blank, [1, "Đường", "12/QĐ-UBND", 5]]}, merge)
    submission, findings = understood(read(book, tmp_path))
    assert [(row.project, row.row) for row in submission.parts[Part.DEBT]] == [("Đường", 3 + height)]
    assert findings == ()


def test_a_heading_printed_again_on_the_next_page_is_the_same_table():
    submission, findings = understood(grid([*QUIET, PROGRESS, progress("1.1"), PROGRESS, progress("1.2")]))
    assert [row.row for row in submission.parts[Part.PROGRESS]] == [4, 6]
    assert findings == ()


def test_a_code_merged_over_several_lines_holds_for_each_and_a_sum_is_asked_about(tmp_path):
    def merge(book):
        book["B"].merge_cells("B4:B5")
        book["C"].merge_cells("E2:E3")

    lines = [*QUIET, DOSSIERS, [1, "1.1", "Quyết định", "Đã gửi"], [2, None, "Bản đồ", "Đang lập"]]
    debts = [DEBT, [1, "Đường", "", "", 0, 0], [2, "Kênh", "", "", None, 0]]
    book = workbook({"B": lines, "C": debts}, merge)
    submission, findings = understood(read(book, tmp_path))
    assert [(row.indicator, row.row) for row in submission.parts[Part.DOSSIERS]] == [("1.1", 4), ("1.1", 5)]
    assert [row.accepted for row in submission.parts[Part.DEBT]] == [0, None]
    assert told(findings) == [("MONEY_MERGED", "E2")]


def test_hidden_rows_and_columns_are_read_like_others():
    book = grid([*QUIET, PROGRESS, progress("1.1")])
    hidden = replace(book, sheets=(replace(book.sheets[0], hidden=True),))
    assert understood(hidden)[0].parts[Part.PROGRESS] == understood(book)[0].parts[Part.PROGRESS]


def test_decomposed_text_is_put_right_and_told_once_per_column():
    lines = [
        [unicodedata.normalize("NFD", str(cell)) if cell else cell for cell in progress(code, "", "Chưa đạt")]
        for code in ("1.1", "1.2")
    ]
    submission, findings = understood(grid([*QUIET, PROGRESS, *lines]))
    assert told(findings) == [("READ_TEXT_NORMALISED", "G4")]
    assert {row.judgement for row in submission.parts[Part.PROGRESS]} == {Judgement.NOT_MET}


def test_text_in_an_old_font_is_read_and_told_where_it_is_kept(tmp_path):
    def old_font(book):
        for cell in ("B4", "C4", "G4", "J4"):
            book["A"][cell].font = Font(name=".VnTime")

    book = workbook(
        {"A": [*QUIET, PROGRESS, [1, "Quy ho¹ch", "1.1", "", "", "", "§¹t", None, None, "tèt"]]}, old_font
    )
    submission, findings = understood(read(book, tmp_path))
    assert told(findings) == [("READ_FROM_TCVN3", "G4"), ("READ_FROM_TCVN3", "J4")]
    (row,) = submission.parts[Part.PROGRESS]
    assert (row.judgement, row.note) == (Judgement.MET, "tốt")
    assert (row.raw["judgement"], row.raw["note"]) == ("§¹t", "tèt")


def test_a_formula_that_was_never_computed_is_told_but_makes_no_row_of_a_blank_line(tmp_path):
    book = workbook({"A": [*QUIET, PROGRESS, progress("1.1", "", "=A1"), [None] * 7 + ["=H1"]]})
    findings = understood(read(book, tmp_path))[1]
    assert told(findings) == [("FORMULA_WITHOUT_VALUE", "G4")]


# --- dossiers, verification, remarks -----


def test_a_document_has_a_state_and_dates():
    row, findings = only(
        Part.DOSSIERS,
        DOSSIERS,
        [1, "1.1", "Quyết định", "Phòng yêu cầu bổ sung", "Phòng KT-HT", date(2023, 4, 3), None, "Bản đồ"],
    )
    assert (row.state, row.guided_by, row.sent_on, row.lacking) == (
        DossierState.MORE_REQUESTED,
        "Phòng KT-HT",
        date(2023, 4, 3),
        "Bản đồ",
    )
    assert findings == ()


def test_a_document_without_a_state_is_listed_as_not_stated():
    row, findings = only(Part.DOSSIERS, DOSSIERS, [1, "1.1", "Quyết định", "", "", None, None, "Bản đồ"])
    assert (row.state, findings) == (None, ())


@pytest.mark.parametrize(
    ("line", "finding"),
    [
        ([1, "1.1", "", "Đã gửi"], ("REQUIRED_CELL_BLANK", "C4")),
        ([1, "", "Quyết định", "Đã gửi"], ("REQUIRED_CELL_BLANK", "B4")),
        ([1, "1.1", "Quyết định", "Gửi rồi"], ("DOSSIER_STATE_UNKNOWN", "D4")),
    ],
)
def test_a_document_without_name_indicator_or_known_state_is_an_error(line, finding):
    assert told(understood(grid([*QUIET, DOSSIERS, line]))[1]) == [finding]


def test_an_unknown_commune_is_an_error_and_a_checked_row_is_typed():
    lines = [
        ["Xã Mỹ Thịnh", "4", "Đạt", "Chưa đạt", "Biên bản", date(2023, 4, 10)],
        ["Xã Mỹ Thạnh", "4", "", "Đạt", "", None],
    ]
    submission, findings = understood(grid([*AGENCY_HEADER, VERIFICATION, *lines]), reporter="pktht")
    (row,) = submission.parts[Part.VERIFICATION]
    assert (row.commune, row.judgement, row.lacking, row.checked_on) == (
        "my_thinh",
        Judgement.NOT_MET,
        "Biên bản",
        date(2023, 4, 10),
    )
    assert row.raw["commune"] == "Xã Mỹ Thịnh"
    assert ("COMMUNE_UNKNOWN", "A5") in told(findings)


def test_remarks_are_kept_by_subject_and_an_unknown_subject_is_a_warning():
    lines = [REMARKS, ["Khó khăn, vướng mắc", "Thiếu  vốn"], ["Nguyên nhân", ""], ["Việc khác", "Họp"]]
    submission, findings = understood(grid([*QUIET, *lines]))
    assert [(row.subject, row.text) for row in submission.parts[Part.REMARKS]] == [
        ("difficulties", "Thiếu vốn")
    ]
    assert [(f.code, f.place.cell, f.severity) for f in findings] == [
        ("REMARK_SUBJECT_UNKNOWN", "A6", Severity.WARNING)
    ]


# --- debt -----


def debt_of(
    *lines: Sequence[Any], above: Sequence[Sequence[Any]] = (UNIT,), heading: Sequence[Any] = DEBT
) -> Any:
    submission, findings = understood(grid([*QUIET, *above, heading, *lines]))
    return submission.parts[Part.DEBT], findings


@pytest.mark.parametrize(
    "line",
    [
        ["Đơn vị tính: triệu đồng"],
        ["(ĐVT: triệu đồng)"],
        ["", "", "Đơn vị: Triệu đồng"], ["Đơn vị tính", "triệu đồng"],
        ["ĐVT:", "", "tr.đ"],
    ],
)  # fmt: skip
def test_the_unit_stands_in_a_line_above_the_table(line):
    ((row,), findings) = debt_of([1, "Đường", "", "", 1234.5], above=[line])
    assert (row.accepted, row.unit, row.last_digit) == (1_234_500_000, MILLION, 100_000)
    assert findings == ()


def test_each_column_may_have_its_unit_and_that_of_the_cell_goes_before_it():
    heading = [
        "TT",
        "Tên dự án",
        "Quyết định đầu tư",
        "Tổng mức đầu tư (tỷ đồng)",
        "Khối lượng đã nghiệm thu (triệu đồng)",
        "NSTW (ĐVT: đồng)",
    ]
    ((row,), findings) = debt_of([1, "Đường", "", 2, "250 nghìn đồng", 1500], heading=heading, above=[])
    assert (row.total_investment, row.accepted, row.allotted_central) == (2 * 10**9, 250_000, 1500)
    assert told(findings) == [("READ_MONEY_CONVERTED", "E4")]


def test_a_line_and_a_heading_with_two_units_are_asked_about_and_only_there():
    heading = [*DEBT[:3], "Tổng mức đầu tư (tỷ đồng)", *DEBT[4:]]
    (row,), findings = debt_of([1, "Đường", "", 2, 600, 0], heading=heading, above=[["", "ĐVT: triệu đồng"]])
    assert (row.total_investment, row.accepted, row.allotted_central) == (None, 600 * MILLION, 0)
    ((code, place, _),) = [(f.code, f.place.cell, f.severity) for f in findings]
    assert (code, place) == ("MONEY_UNITS_DIFFER", "B3")
    facts = {"seen": "ĐVT: triệu đồng", "read": "Tổng mức đầu tư (tỷ đồng)", "first": "ô D4"}
    assert dict(findings[0].facts) == facts


def test_a_line_that_says_what_the_heading_says_settles_nothing_twice():
    heading = [*DEBT[:3], "Tổng mức đầu tư (triệu đồng)", *DEBT[4:]]
    (row,), findings = debt_of([1, "Đường", "", 2, 600], heading=heading, above=[["ĐVT: triệu đồng"]])
    assert (row.total_investment, row.accepted, findings) == (2 * MILLION, 600 * MILLION, ())


@pytest.mark.parametrize(
    ("above", "cells"),
    [
        ([["Đơn vị tính: triệu đồng", "Đơn vị tính: tỷ đồng"]], ("A3", "ô B3")),
        ([["Đơn vị tính: tỷ đồng"], ["Biểu C (Đơn vị tính: nghìn đồng)"]], ("A4", "ô A3")),
        ([["ĐVT", "đồng"], ["Bảng 1", "x"], ["ĐVT:", "triệu đồng"]], ("B5", "ô B3")),
    ],
)
def test_of_two_units_above_a_table_neither_is_taken(above, cells):
    rows, findings = debt_of([1, "Đường", "", "", 5, 0], [2, "Kênh", "", "7 tỷ", 7], above=above)
    assert [row.accepted for row in rows] == [None, None]
    (found,) = [f for f in findings if f.severity is Severity.ERROR]
    assert (found.code, found.place.cell, found.facts["first"]) == ("MONEY_UNITS_DIFFER", *cells)


def test_a_unit_above_another_table_is_none_of_this_ones():
    above = [["ĐVT: đồng"], ["Thu", "Chi", "Dư"], ["5", "6", "7"], ["ĐVT: triệu đồng"]]
    (row,), findings = debt_of([1, "Đường", "", "", 5], above=above)
    assert (row.accepted, findings) == (5 * MILLION, ())


def test_two_units_in_one_heading_are_asked_about():
    upper = [*DEBT[:4], "Khối lượng đã nghiệm thu (tỷ đồng)", *DEBT[5:]]
    lower = ["", "", "", "", "triệu đồng"]
    rows, findings = debt_of(lower, [1, "Đường", "", 2, 600], heading=upper)
    assert (rows[0].total_investment, rows[0].accepted) == (2 * MILLION, None)
    assert told(findings) == [("MONEY_UNIT_MISSING", "E5")]


def test_a_heading_with_a_unit_that_nobody_knows_is_asked_about_whatever_stands_above():
    heading = [*DEBT[:3], "Tổng mức đầu tư (nghìn USD)", *DEBT[4:]]
    (row,), findings = debt_of([1, "Đường", "", 900, 600], [], heading=heading)
    assert told(findings) == [("MONEY_UNIT_MISSING", "D4")]
    assert (row.total_investment, row.accepted) == (None, 600 * MILLION)


def test_a_unit_line_that_nobody_knows_is_not_skipped_for_one_further_up():
    above = [["Đơn vị tính: triệu đồng"], ["Đơn vị: Xã Mỹ Hà", "ĐVT: nghìn USD"]]
    rows, findings = debt_of([1, "Đường", "", "", 5], above=above)
    ((found,)) = findings
    assert (found.code, found.place.cell, found.facts["seen"]) == (
        "MONEY_UNIT_UNKNOWN",
        "B4",
        "ĐVT: nghìn USD",
    )
    assert rows[0].accepted is None


def test_a_unit_line_that_nobody_knows_is_told_once_for_all_columns_and_pages():
    above = [["", "ĐVT:", "triêu đồng"]]
    lines: list[list[Any]] = [[1, "Đường", "", 9, 5, 1], [], DEBT, [2, "Kênh", "", 9, 5, 1]]
    rows, findings = debt_of(*lines, above=above)
    assert [row.accepted for row in rows] == [None, None]
    ((found,)) = findings
    assert (found.code, found.place.cell, found.facts["seen"]) == ("MONEY_UNIT_UNKNOWN", "C3", "triêu đồng")


def test_a_sum_without_any_unit_is_one_error_per_column_at_its_heading():
    rows, findings = debt_of([1, "Đường", "", "", 5, 0], [2, "Kênh", "", "", 7, 0], above=[])
    assert told(findings) == [("MONEY_UNIT_MISSING", "E3")]
    assert [row.accepted for row in rows] == [None, None]
    assert [row.allotted_central for row in rows] == [0, 0]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("-", "MONEY_DASH"), (-5, "MONEY_NEGATIVE"), ("1.234", "NUMBER_AMBIGUOUS"), ("chưa rõ", "NUMBER_UNREADABLE"),
        (0.12345678, "MONEY_TOO_PRECISE"), (True, "NUMBER_UNREADABLE"), ("#DIV/0!", "CELL_ERROR_VALUE"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("column", ["accepted", "paid"])
def test_a_wrong_sum_is_an_error_in_every_money_column(value, code, column):
    line = [1, "Đường", "", "", 0, 0, 0, 0, 0, 0, 0]
    line[4 if column == "accepted" else 9] = value
    _, findings = debt_of(line)
    (finding,) = findings
    assert (finding.code, finding.severity) == (code, "error")


@pytest.mark.parametrize(
    ("unit", "told_at"),
    [
        ("triệu đồng", [("NUMBER_AMBIGUOUS", "E5"), ("NUMBER_AMBIGUOUS", "E6")]),
        ("đồng", [("NUMBERS_MIXED", "E6")]),
    ],
)
def test_dots_and_commas_mixed_in_one_column_never_both_count(unit, told_at):
    _, findings = debt_of(
        [1, "Đường", "", "", "1.250"], [2, "Kênh", "", "", "1,250"], above=[["Đơn vị tính", unit]]
    )
    assert [(f.code, f.place.cell) for f in findings if f.severity is Severity.ERROR] == told_at


def test_blank_is_not_stated_and_zero_is_zero():
    ((row,), _) = debt_of([1, "Đường", "", None, None, 0, "", " "])
    assert (row.accepted, row.allotted_central, row.allotted_province, row.paid) == (None, 0, None, None)


def test_a_total_is_no_project_wherever_its_word_stands():
    rows, findings = debt_of(
        [1, "Đường", "", 9, 5], ["Tổng cộng", None, None, 9, 5], [None, "Cộng:", None, 9, 5]
    )
    assert [(row.kind, row.project) for row in rows] == [
        (DebtRowKind.PROJECT, "Đường"),
        (DebtRowKind.TOTAL, "Tổng cộng"),
        (DebtRowKind.TOTAL, "Cộng:"),
    ]
    assert findings == ()


@pytest.mark.parametrize(
    "line",
    [
        [None, "Không có nợ đọng XDCB"],
        ["Không có nợ đọng"],
        [1, "không có nợ đọng."],
        [1, "Xã không có nợ đọng XDCB"],
    ],
)
def test_a_statement_of_no_debt_is_a_row_of_its_own_kind(line):
    ((row,), findings) = debt_of(line)
    assert (row.kind, row.accepted, findings) == (DebtRowKind.NO_DEBT, None, ())


UPPER = [
    "TT",
    "Tên dự án, công trình",
    "Giá trị khối lượng thực hiện đã nghiệm thu",
    "Vốn đã bố trí lũy kế",
    None,
    None,
    "Đã thanh toán lũy kế",
]
LOWER = [None, None, None, "NSTW", "NS tỉnh", "NS xã", None]


def _merged(book):
    for cells in ("A4:A5", "B4:B5", "C4:C5", "D4:F4", "G4:G5"):
        book["C"].merge_cells(cells)


@pytest.mark.parametrize("touch", [_merged, lambda book: None], ids=["merged", "not merged"])
def test_a_heading_in_two_rows_is_one(tmp_path, touch):
    lines = [*QUIET, UNIT, UPPER, LOWER, [1, "Đường", 500, 1, 2, 3, 6]]
    submission, findings = understood(read(workbook({"C": lines}, touch), tmp_path))
    (row,) = submission.parts[Part.DEBT]
    amounts = (row.accepted, row.allotted_central, row.allotted_province, row.allotted_commune, row.paid)
    assert amounts == tuple(n * MILLION for n in (500, 1, 2, 3, 6))
    assert (row.cell("allotted_province"), findings) == ("E6", ())


@pytest.mark.parametrize("group", ["Vốn đã bố trí lũy kế (tỷ đồng)", "Vốn đã cấp (tỷ đồng)"])
def test_the_unit_of_an_upper_heading_holds_only_over_the_columns_it_is_merged_across(tmp_path, group):
    def merge(book):
        for cells in ("A4:A5", "B4:B5", "C4:C5", "D4:E4", "G4:G5"):
            book["C"].merge_cells(cells)

    upper = [*UPPER[:3], group, None, None, "Đã thanh toán lũy kế"]
    lines = [*QUIET, UNIT, upper, LOWER, [1, "Đường", 500, 1, 2, 3, 6]]
    submission, findings = understood(read(workbook({"C": lines}, merge), tmp_path))
    (row,) = submission.parts[Part.DEBT]
    amounts = (row.accepted, row.allotted_province, row.allotted_commune, row.paid)
    assert amounts == (500 * MILLION, None, 3 * MILLION, 6 * MILLION)
    assert ("MONEY_UNITS_DIFFER", "A3") in told(findings)


def test_a_row_is_as_precise_as_the_finest_sum_in_it():
    ((row,), _) = debt_of([1, "Đường", "", 900, 1234.5, 200, 0])
    assert row.last_digit == 100_000


def test_a_second_heading_row_of_nothing_but_units_gives_the_units():
    heading = ["TT", "Tên dự án", "Khối lượng đã nghiệm thu", "NSTW"]
    ((row,), findings) = debt_of(
        [None, None, "(tỷ đồng)", "triệu đồng"], [1, "Đường", 2, 3], above=[], heading=heading
    )
    assert (row.accepted, row.allotted_central, findings) == (2 * 10**9, 3 * MILLION, ())


def test_tables_one_under_another_keep_to_themselves():
    lines = [
        *QUIET,
        ["A. TIẾN ĐỘ"],
        PROGRESS[2:],
        ["1.1", "", "", "Có", "Đạt"],
        [],
        ["C. NỢ XÂY DỰNG CƠ BẢN"],
        UNIT,
        DEBT[1:],
        ["Đường", "", "", 5],
        [],
        ["D. Ý KIẾN"],
        REMARKS,
        ["Nguyên nhân", "Thiếu vốn"],
    ]
    submission, findings = understood(grid(lines))
    assert {part: len(rows) for part, rows in submission.parts.items()} == {
        Part.PROGRESS: 1,
        Part.DEBT: 1,
        Part.REMARKS: 1,
    }
    assert submission.parts[Part.DEBT][0].accepted == 5 * MILLION
    assert findings == ()


def test_a_statement_of_no_debt_above_the_next_table_is_not_taken_for_its_title():
    submission, _ = understood(
        grid([*QUIET, UNIT, DEBT, [None, "Không có nợ đọng"], [], ["D. Ý KIẾN"], REMARKS])
    )
    assert [row.kind for row in submission.parts[Part.DEBT]] == [DebtRowKind.NO_DEBT]


# --- whatever a sender writes -----

CELLS = st.one_of(
    st.none(), st.text(max_size=20), st.floats(), st.integers(), st.booleans(), st.dates(), st.times(), st.datetimes(),
    st.sampled_from(["1.1", "Đạt", "Xã Mỹ Hà", "Tổng cộng", "Đơn vị tính: triệu đồng", "NSTW", "-"]),
)  # fmt: skip


@given(
    heading=st.sampled_from([PROGRESS, DOSSIERS, DEBT, REMARKS, VERIFICATION, UPPER, []]),
    lines=st.lists(st.lists(CELLS, max_size=12), max_size=6),
    above=st.lists(st.lists(CELLS, max_size=4), max_size=3),
)
def test_no_content_makes_understanding_fail(heading, lines, above):
    submission, findings = understood(grid([*above, heading, *lines]))
    for rows in submission.parts.values():
        for row in rows:
            assert row.row > len(above) + 1
    assert all(isinstance(text, str) for finding in findings for text in finding.facts.values())


def test_a_line_that_says_how_columns_are_counted_is_no_row() -> None:
    numbers = [f"({n})" for n in range(1, len(DEBT))] + ["(11)=(5)-(6)-...-(9)"]
    project = ["1", "Đường", "12/QĐ năm 2022", 5, 5, 0, 0, 0, 5, 5, 0]
    submission, findings = understood(grid([*HEADER, ["Đơn vị tính: triệu đồng"], DEBT, numbers, project]))
    assert [row.project for row in submission.parts[Part.DEBT]] == ["Đường"]
    assert not [f for f in findings if f.severity == "error"]


def test_a_row_of_a_text_file_with_more_fields_than_headings_is_asked_about() -> None:
    shifted = ["1", "Đường", "12/QĐ năm 2022", "4850", "5", "4700", "0", "0", "0", "5", "0", "7"]
    book = grid([*HEADER, ["Đơn vị tính: triệu đồng"], DEBT, shifted], names=[""])
    assert ("ROW_TOO_LONG", "L8") in told(understood(book)[1])
    assert ("ROW_TOO_LONG", "L8") not in told(
        understood(grid([*HEADER, ["ĐVT: triệu đồng"], DEBT, shifted]))[1]
    )


@pytest.mark.parametrize(
    ("separator", "row", "is_split"),
    [
        (",", "Đường,12/QĐ năm 2022,2000,5,1500,300,200", True),
        (",", "Đường,12/QĐ năm 2022,2000,1500,300,200,", False),
        (",", "Đường,12/QĐ năm 2022,2000,1500,300,200,đợt 2", False),
        (",", 'Đường,12/QĐ năm 2022,"2000,5",1500,300,200,7', False),
        (";", "Đường;12/QĐ năm 2022;2000;1500;300;200;7", False),
    ],
)
def test_a_number_below_note_in_a_text_file_of_commas_may_be_a_split_one(separator, row, is_split):
    """2000,5 without quotes moves all behind it by a column; without blanks at the end no row is too long."""
    header = f"Cơ quan báo cáo{separator}Xã Mỹ Hà\nKỳ báo cáo{separator}12/4/2023\nĐVT{separator}triệu đồng\n"
    headings = ["Tên dự án", "Quyết định đầu tư", "Khối lượng đã nghiệm thu", "NS tỉnh", "NS huyện",
                "Nợ đọng đến kỳ báo cáo", "Ghi chú"]  # fmt: skip
    text = f"{header}{separator.join(headings)}\n{row}\n"
    findings = understood(Book((delimited(text.encode(), FileFormat.CSV),)))[1]
    assert (("NUMBER_MAY_BE_SPLIT", "G5") in told(findings)) is is_split
    assert not codes(findings) & {"ROW_TOO_LONG", "ROW_TOO_SHORT"}
    longer = understood(Book((delimited(text.replace(row, row + separator * 2).encode(), FileFormat.CSV),)))[
        1
    ]
    assert codes(longer) >= {"ROW_TOO_LONG"} > codes(longer) & {"NUMBER_MAY_BE_SPLIT"}


@pytest.mark.parametrize("line", ["Đơn vị tính: đồng", "ĐVT: triệu đồng", "(Đơn vị: nghìn đồng)"])
def test_a_unit_among_the_rows_is_asked_about(line: str) -> None:
    rows = [
        ["1", "Đường", "12/QĐ năm 2022", 5, 5, 0, 0, 0, 5, 5, 0],
        ["", line],
        ["2", "Trạm", "13/QĐ năm 2022", 8, 8],
    ]
    found = told(understood(grid([*HEADER, ["Đơn vị tính: triệu đồng"], DEBT, *rows]))[1])
    assert ("UNIT_AMONG_ROWS", "B9") in found


def test_a_result_that_is_shown_in_thousands_is_asked_about_and_not_taken() -> None:
    def touch(book: Any) -> None:
        book["A"]["F7"].number_format = "#,##0.0,"

    row = ["1", "Thu nhập", "10", "", "", 58400, "Đạt"]
    book = workbook({"A": [*HEADER, PROGRESS, row]}, touch)
    with TemporaryDirectory() as folder:
        submission, findings = understood(read(book, Path(folder)))
    assert submission.parts[Part.PROGRESS][0].result is None
    assert ("NUMBER_SHOWN_OTHERWISE", "F7") in told(findings)


TWO_ROWS = [
    "TT",
    "Tên dự án, công trình",
    "Tổng mức đầu tư (triệu đồng)",
    "Khối lượng đã nghiệm thu (triệu đồng)",
    "Vốn đã bố trí lũy kế ({})",
]


@pytest.mark.parametrize(
    ("unit", "dong"),
    [("1.000 đồng", 5000), ("nghìn đồng", 5000), ("nghìn USD", None), ("trăm triệu đồng", None)],
)
def test_a_unit_in_an_upper_heading_holds_for_all_below_it(
    tmp_path: Path, unit: str, dong: int | None
) -> None:
    upper = [text.format(unit) for text in TWO_ROWS]
    lower = ["", "", "", "", "NS xã", "NS huyện"]
    lines = [*HEADER, [], upper, lower, ["1", "Đường", 9, 5, 5, 5]]
    submission, findings = understood(
        read(workbook({"A": lines}, lambda book: book["A"].merge_cells("E7:F7")), tmp_path)
    )
    assert {row.allotted_commune for row in submission.parts.get(Part.DEBT, ())} <= {dong}
    assert (("MONEY_UNIT_MISSING", "E8") in told(findings)) is (dong is None)


def test_a_unit_counts_also_in_a_title_and_on_the_next_page() -> None:
    project = ["1", "Đường", "12/QĐ năm 2022", 5, 5, 0, 0, 0, 5, 5, 0]
    other = ["2", "Trạm", "13/QĐ năm 2022", 5, 5, 0, 0, 0, 5, 5, 0]
    lines = [
        ["Biểu C (Đơn vị tính: nghìn đồng)"],
        DEBT,
        project,
        [],
        DEBT,
        other,
    ]
    submission, findings = understood(grid([*HEADER, *lines]))
    assert [row.accepted for row in submission.parts[Part.DEBT]] == [5000, 5000]
    assert "MONEY_UNIT_MISSING" not in {finding.code for finding in findings}


def test_a_one_in_a_column_of_shares_is_asked_about_with_them() -> None:
    rows = [
        ["1", "", code, "", "", "", "Chưa đạt", share]
        for code, share in (("1.1", 1.0), ("1.2", 0.85), ("2.1", 40.0))
    ]
    submission, findings = understood(grid([*HEADER, PROGRESS, *rows]))
    assert [row.completion for row in submission.parts[Part.PROGRESS]] == [None, None, 40]
    assert {("PERCENT_BELOW_ONE", "H7"), ("PERCENT_BELOW_ONE", "H8")} <= set(told(findings))


@pytest.mark.parametrize(("all_of_it", "share"), [(1, 0.955), ("1", "0,9"), ("1,0", 0.955)])
def test_a_one_among_results_that_are_shares_is_asked_about_with_them(all_of_it, share):
    """1 beside 0,955 may be all of it: of indicators measured in percents, in a count it stays a one."""
    results = {"2.1": share, "2.3": all_of_it, "2.4": "1%", "13.1": 1}
    rows = [["1", "", code, "", "", result, "Chưa đạt"] for code, result in results.items()]
    submission, findings = understood(grid([*HEADER, PROGRESS, *rows]))
    assert [row.result for row in submission.parts[Part.PROGRESS]] == [None, None, 1, 1]
    assert told(found for found in findings if found.code.startswith("RESULT_")) == [
        ("RESULT_NOT_A_NUMBER", "F7"),
        ("RESULT_NOT_A_NUMBER", "F8"),
    ]
    one, _ = only(Part.PROGRESS, PROGRESS, ["1", "", "2.3", "", "", all_of_it, "Chưa đạt"])
    assert one.result == 1


def test_a_share_typed_as_text_makes_a_one_beside_it_unsure():
    lines = [
        ["1", "", code, "", "", "", "Chưa đạt", share] for code, share in (("1.1", "1"), ("1.2", "0,85"))
    ]
    assert ("PERCENT_BELOW_ONE", "H7") in told(understood(grid([*HEADER, PROGRESS, *lines]))[1])


def test_a_row_of_a_text_file_with_a_field_too_few_is_asked_about() -> None:
    sheet = grid([*HEADER, ["Đơn vị tính: triệu đồng"], DEBT, [1, "Đường", "", 5, 5]], names=[""]).sheets[0]
    book = Book((replace(sheet, doubts=(("E8", "ROW_TOO_SHORT"),)),))
    assert ("ROW_TOO_SHORT", "E8") in told(understood(book)[1])


@pytest.mark.parametrize(
    ("line", "dong"),
    [
        ("ĐVT: Triệu VND", MILLION), ("(Đơn vị tính: triệu đồng VN)", MILLION), ("ĐVT: Triệu đồng (VNĐ)", MILLION),
        ("(ĐVT: Triệu đồng (VNĐ))", MILLION), ("Đơn vị tính: 1000 VNĐ", 1000), ("Đơn vị: tỷ VNĐ", 10**9),
        ("ĐVT: tỷ vnd", 10**9), ("ĐVT: nghìn VNĐ", 1000),
    ],
)  # fmt: skip
def test_a_unit_with_the_name_of_the_currency_is_the_same_unit(line, dong):
    (row,), findings = debt_of([1, "Đường", "", "", 5], above=[[line]])
    assert (row.accepted, findings) == (5 * dong, ())


@pytest.mark.parametrize(
    ("code", "result", "number"),
    [
        ("13.3", "03 mô hình", 3), ("13.1", "03 HTX", 3), ("18.2", "60 lít/người/ngày đêm", 60),
        ("17.11", "4,5 m²/người", Decimal("4.5")), ("13.1", "03 mô hình", None), ("18.2", -60, None),
    ],
)  # fmt: skip
def test_a_result_may_carry_the_words_that_the_catalogue_gives_its_indicator(code, result, number):
    row, findings = only(Part.PROGRESS, PROGRESS, progress(code, result, "Chưa đạt"))
    assert (row.result, row.result_text) == (number, str(result))
    assert (("RESULT_NOT_A_NUMBER", "F4") in told(findings)) is (number is None)


def merge(book: Workbook, *ranges: str) -> None:
    for cells in ranges:
        book["A"].merge_cells(cells)


def test_a_group_line_merged_across_from_the_codes_column_is_no_row(tmp_path):
    group = ["I", "", "TIÊU CHÍ 1: QUY HOẠCH"]
    lines = [PROGRESS, group, progress(), group, ["", "", "1.2", "", "", "", "Đạt"], group]
    book = workbook({"A": [*QUIET, *lines]}, lambda book: merge(book, "C4:J4", "C6:C7", "C8:J8"))
    submission, findings = understood(read(book, tmp_path))
    assert [row.indicator for row in submission.parts[Part.PROGRESS]] == ["1.1"]
    assert {cell for code, cell in told(findings) if code == "INDICATOR_UNKNOWN"} == {"C6", "C7"}


@pytest.mark.parametrize("line", [["", "", "1.19", "", "", "", "", ""], ["", "", "99", "", "", "", "Đạt"]])
def test_a_code_that_is_none_is_asked_about_unless_it_is_merged_over_a_blank_row(line, tmp_path):
    book = workbook({"A": [*QUIET, PROGRESS, progress(), line]})
    assert ("INDICATOR_UNKNOWN", "C5") in told(understood(read(book, tmp_path))[1])
    merged = workbook({"A": [*QUIET, PROGRESS, progress(), line]}, lambda book: merge(book, "C5:F5"))
    is_title = "Đạt" not in line
    assert (("INDICATOR_UNKNOWN", "C5") not in told(understood(read(merged, tmp_path))[1])) is is_title
