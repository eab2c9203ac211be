"""The Excel annex, read back with openpyxl."""

import io

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from domain.summary import Summary, rate_id, remark_id
from tasks.publication.annex import LONGEST_TEXT, annex
from tasks.publication.cells import Report
from tasks.publication.view import view_of
from tests import factories


def book_of(summary: Summary) -> Workbook:
    campaign = factories.campaign()
    report = Report(summary, campaign, factories.says)
    return openpyxl.load_workbook(io.BytesIO(annex(view_of(summary, campaign, factories.says), report)))


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


def test_text_and_numbers_keep_off_the_lines_beside_them(book: Workbook) -> None:
    sheet = book["Nợ XDCB"]
    row = row_starting(sheet, "Xã Mỹ Hà")
    assert [sheet.cell(row, column).alignment.indent for column in (1, 2)] == [1, 1]


def test_dates_are_dates(book: Workbook) -> None:
    sheet = book["Chênh lệch"]
    cell = next(sheet.cell(r, 5) for r in range(1, sheet.max_row + 1) if sheet.cell(r, 1).value == "Xã Mỹ Hà")
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
