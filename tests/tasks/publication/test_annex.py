"""The Excel annex, read back with openpyxl."""

import errno
import tempfile
import tracemalloc

import openpyxl
import pytest
import xlsxwriter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from xlsxwriter.exceptions import FileCreateError

from domain.summary import Summary, rate_id, remark_id
from tasks.publication.annex import LONGEST_TEXT, MOST_LINES, Sheet, in_parts
from tasks.publication.blocks import Cell, Column, Line, Listing
from tasks.publication.cells import Report
from tasks.publication.row_by_row import RowByRow
from tasks.publication.view import view_of
from tests import factories
from tests.tasks.publication.opening import opened


def book_of(summary: Summary) -> Workbook:
    campaign = factories.campaign()
    report = Report(summary, campaign, factories.says)
    return opened(view_of(summary, campaign, factories.says), report)


@pytest.fixture(scope="module")
def book() -> Workbook:
    return book_of(factories.summary())


def row_starting(sheet: Worksheet, text: str) -> int:
    return next(r for r in range(1, sheet.max_row + 1) if sheet.cell(r, 1).value == text)


def test_there_is_a_sheet_for_each_subject(book: Workbook) -> None:
    assert book.sheetnames == [
        "Tình hình nộp",
        "Lỗi và lưu ý",
        "Số tiêu chí",
        "19 tiêu chí",
        "76 dòng chỉ tiêu",
        "Hồ sơ",
        "Các mốc",
        "Nợ XDCB",
        "Chênh lệch",
        "Ý kiến",
        "Đến công nhận",
        "Tiến độ đến mốc",
    ]


def test_a_second_issue_opens_with_every_change_in_words_before_and_after() -> None:
    million = 10**6
    values = {f"debt/my_ha/project/{n}/legal": n * million for n in range(60)}
    second = factories.revised(factories.summary(), "Gửi muộn", {rate_id("received"): 9, **values})
    book = book_of(second)
    assert book.sheetnames[0] == "Thay đổi"
    rows = [tuple(cell.value for cell in row[:3]) for row in book["Thay đổi"].iter_rows(min_row=6)]
    assert len(rows) == 61
    assert rows[0] == ("Số đơn vị đã báo cáo", 8, 9)


def test_every_row_of_the_catalogue_stands_there_for_every_commune(book: Workbook) -> None:
    sheet = book["76 dòng chỉ tiêu"]
    codes = [
        sheet.cell(r, 2).value for r in range(1, sheet.max_row + 1) if sheet.cell(r, 1).value == "Xã Mỹ Hà"
    ]
    assert codes == [indicator.code for indicator in factories.campaign().catalogue.indicators()]
    assert {"17.1", "17.10"} <= set(codes)


def test_money_is_a_number_in_million_dong_and_a_blank_is_words(book: Workbook) -> None:
    sheet = book["Nợ XDCB"]
    row = row_starting(sheet, "Xã Mỹ Hà")
    assert sheet.cell(row, 2).value == 6912.5  # 4.812,5 + 2.100
    assert sheet.cell(row, 2).number_format == "#,##0.0#####"
    assert sheet.cell(row_starting(sheet, "Xã Mỹ Thành"), 2).value == "chưa có số liệu"
    assert "triệu đồng" in sheet.cell(1, 1).value


def test_a_sum_that_lacks_a_project_stays_a_number_and_shows_its_sign(book: Workbook) -> None:
    sheet = book["Nợ XDCB"]
    legal = sheet.cell(row_starting(sheet, "Xã Mỹ Thịnh"), 5)
    assert (legal.value, legal.number_format) == (250, '#,##0"*"')
    assert sheet.cell(row_starting(sheet, "Xã Mỹ Hà"), 5).number_format == "#,##0.0#####"
    assert str(sheet.cell(sheet.max_row, 1).value).startswith("(*) Chưa gồm dự án chưa có số liệu.")


def test_a_whole_percent_has_no_decimals(book: Workbook) -> None:
    cells = [c for row in book["Các mốc"].iter_rows() for c in row if c.number_format.endswith('"%"')]
    formats = {bool(cell.value % 1): cell.number_format for cell in cells}
    assert formats == {False: '0"%"', True: '0.0#"%"'}


def test_a_pace_is_a_number_with_one_decimal_also_where_it_is_whole(book: Workbook) -> None:
    sheet = book["Tiến độ đến mốc"]
    paces = [c for row in sheet.iter_rows(min_row=6, min_col=5, max_col=5) for c in row if c.value != "–"]
    assert paces
    assert all(isinstance(c.value, (int, float)) and c.number_format == "0.0" for c in paces)


def test_text_and_numbers_keep_off_the_lines_beside_them(book: Workbook) -> None:
    sheet = book["Nợ XDCB"]
    row = row_starting(sheet, "Xã Mỹ Hà")
    assert [sheet.cell(row, column).alignment.indent for column in (1, 2)] == [1, 1]


def test_dates_are_dates(book: Workbook) -> None:
    sheet = book["Chênh lệch"]
    cell = next(sheet.cell(r, 6) for r in range(1, sheet.max_row + 1) if sheet.cell(r, 1).value == "Xã Mỹ Hà")
    assert cell.is_date
    assert cell.number_format == "d/m/yyyy"
    assert cell.value.date().isoformat() == "2023-04-10"


@pytest.mark.parametrize("text", ["=1+1", "=cmd|' /C calc'!A0", "+84", "@SUM(A1)", "http://x.vn", "{=A1}"])
def test_a_remark_is_never_a_formula_or_a_link(text: str) -> None:
    figures = factories.with_values(factories.summary(), {remark_id("my_ha", "difficulties"): text}).figures
    sheet = book_of(factories.summary(figures=figures))["Ý kiến"]
    cell = next(c for row in sheet.iter_rows() for c in row if c.value == text)
    assert cell.data_type == "s"
    assert cell.hyperlink is None


def test_a_text_longer_than_a_cell_is_cut_and_says_so() -> None:
    text = "dài " * LONGEST_TEXT
    figures = factories.with_values(factories.summary(), {remark_id("my_ha", "difficulties"): text}).figures
    sheet = book_of(factories.summary(figures=figures))["Ý kiến"]
    longest = max((str(c.value) for row in sheet.iter_rows() for c in row if c.value), key=len)
    assert LONGEST_TEXT < len(longest) < 32_767
    assert longest.endswith("(còn tiếp trong tệp của đơn vị)")


def test_every_sheet_prints_on_a4_landscape_with_a_heading_that_stays(book: Workbook) -> None:
    for sheet in book.worksheets:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.freeze_panes
        assert sheet.print_title_rows


def test_every_sheet_says_draft_and_sample(book: Workbook) -> None:
    for sheet in book.worksheets:
        assert "DỰ THẢO | DỮ LIỆU MẪU" in str(sheet.cell(3, 1).value)


def test_a_sheet_without_rows_says_so() -> None:
    figures = {i: f for i, f in factories.summary().figures.items() if not i.startswith("difference/")}
    sheet = book_of(factories.summary(figures=figures))["Chênh lệch"]
    assert "Không có nội dung." in [c.value for row in sheet.iter_rows() for c in row]


def test_a_unit_that_sent_nothing_shows_a_dash_and_no_zero(book: Workbook) -> None:
    sheet = book["Tình hình nộp"]
    row = next(
        r for r in range(1, sheet.max_row + 1) if sheet.cell(r, 2).value == "Phòng Giáo dục và Đào tạo"
    )
    assert [sheet.cell(row, column).value for column in (3, 4, 5)] == ["chưa nộp", "–", "–"]


def test_a_heading_alone_stands_over_both_rows_and_a_common_one_over_its_columns(book: Workbook) -> None:
    sheet = book["Số tiêu chí"]
    assert {"A5:A6", "B5:B6", "C5:F5", "G5:G6"} <= set(map(str, sheet.merged_cells.ranges))
    assert [sheet.cell(5, column).value for column in (1, 3)] == ["Xã", "Số tiêu chí"]
    assert [sheet.cell(6, column).value for column in (3, 4)] == ["Đạt", "Cơ bản đạt"]
    assert sheet.cell(6, 1).border.bottom.style


@pytest.mark.parametrize(
    ("lines", "expected"),
    [(0, {"Nợ": []}), (2, {"Nợ": [0, 1]}), (5, {"Nợ": [0, 1], "Nợ (2)": [2, 3], "Nợ (3)": [4]})],
)
def test_what_a_sheet_cannot_hold_stands_on_the_next(lines: int, expected: dict[str, list[int]]) -> None:
    made = (Line((Cell(str(n)),)) for n in range(lines))
    sheet = Sheet("Nợ", "Nợ xây dựng cơ bản", Listing("no", "", (Column("Xã"),), made))
    found = {part.name: [int(line.cells[0].text) for line in part.table.lines] for part in in_parts(sheet, 2)}
    assert found == expected


def test_no_sheet_takes_more_lines_than_excel_has_rows() -> None:
    above = 6  # title, view, labels, a blank row, two rows of headings
    assert above + MOST_LINES <= 1_048_576


def test_a_row_that_is_written_is_held_no_more() -> None:
    """Its height alone took 280 bytes."""
    with tempfile.TemporaryFile() as file, tempfile.TemporaryDirectory() as folder:
        book = xlsxwriter.Workbook(file, {"constant_memory": True, "tmpdir": folder})
        sheet = book.add_worksheet("Nợ", RowByRow)
        tracemalloc.start()
        for row in range(5_000):
            for column in range(3):
                sheet.write_string(row, column, f"{row}, {column}")
            sheet.set_height(row, 30 + row % 3)
        held, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        book.close()
        opened = openpyxl.load_workbook(file)["Nợ"]
    assert held < 200_000
    assert [opened.row_dimensions[n].height for n in (1, 2, 3, 5_000)] == [30, 30.75, 32.25, 30.75]


def test_a_disk_that_refuses_is_told_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """XlsxWriter has an exception of its own, which no caller of ours would take for the disk's."""
    close = xlsxwriter.Workbook.close

    def refused(book: xlsxwriter.Workbook) -> None:
        close(book)
        raise FileCreateError(OSError(errno.ENOSPC, "No space left on device"))

    monkeypatch.setattr(xlsxwriter.Workbook, "close", refused)
    with pytest.raises(OSError, match="No space"):
        book_of(factories.summary())
