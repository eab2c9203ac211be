"""Real workbooks, written and read by openpyxl, as the grid that recognise takes. The readers have their own tests."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from config.facts import load_campaign
from domain.campaign import Campaign
from domain.findings import Finding
from domain.weeks import WeekName
from tasks.intake.grid import PLAIN, Book, Sheet, Style
from tasks.intake.recognise import understand
from tests.factories_domain import W15, local

Lines = list[Any]  # of lists of cells

HEADER: Lines = [
    ["BÁO CÁO TUẦN CỦA XÃ"],
    [],
    ["Mẫu biểu", "NTM-XA-1"],
    ["Cơ quan/đơn vị báo cáo", "Xã Mỹ Hà"],
    ["Kỳ báo cáo (thứ Tư, ngày)", "12/4/2023"],
]
AGENCY_HEADER: Lines = [["Cơ quan báo cáo", "Phòng Kinh tế và Hạ tầng"], ["Kỳ báo cáo", "12/04/2023"]]
PROGRESS = ["TT", "Tên tiêu chí", "Mã chỉ tiêu", "Nội dung chỉ tiêu", "Yêu cầu", "Kết quả thực hiện", "Tự đánh giá",
            "Tỷ lệ hoàn thành (%)", "Ngày dự kiến hoàn thành", "Ghi chú"]  # fmt: skip
DOSSIERS = ["TT", "Chỉ tiêu", "Tên tài liệu minh chứng", "Tình trạng", "Cơ quan hướng dẫn", "Ngày gửi", "Ngày phản hồi",
            "Còn thiếu gì"]  # fmt: skip
DEBT = ["TT", "Tên dự án, công trình", "Quyết định đầu tư (số, ngày)", "Tổng mức đầu tư",
        "Khối lượng đã nghiệm thu", "NSTW", "NS tỉnh", "NS huyện", "NS xã", "Đã thanh toán lũy kế",
        "Nợ đọng đến kỳ báo cáo"]  # fmt: skip
REMARKS = ["Nội dung", "Nội dung báo cáo"]
VERIFICATION = ["Xã", "Chỉ tiêu", "Xã tự đánh giá", "Phòng thẩm tra/đánh giá", "Còn thiếu", "Ngày kiểm tra"]


@cache
def campaign() -> Campaign:
    return load_campaign("my-loc-2023")


def workbook(sheets: dict[str, Lines], touch: Callable[[Workbook], None] = lambda book: None) -> Workbook:
    """A workbook with these lines on these sheets; `touch` sets what lines can't say (merges, formats, fonts)."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(list(line))
    touch(book)
    return book


def read(book: Workbook, folder: Path) -> Book:
    """Saved, opened again, and handed on as a reader would."""
    path = folder / "tep.xlsx"
    book.save(path)
    values, formulas = load_workbook(path, data_only=True), load_workbook(path)
    return Book(tuple(_sheet(values[name], formulas[name]) for name in values.sheetnames))


def grid(*sheets: Lines, names: Sequence[str] = ()) -> Book:
    """A book without styles, such as a CSV or the tables of a Word file give."""
    named = names or [f"Bảng {n}" for n in range(1, len(sheets) + 1)]
    rows = [tuple(tuple(line) for line in lines) for lines in sheets]
    return Book(tuple(Sheet(name, lines) for name, lines in zip(named, rows, strict=True)))


def understood(
    book: Book, reporter: str = "my_ha", week: WeekName = W15, of: Campaign | None = None
) -> tuple[Any, tuple[Finding, ...]]:
    """The Submission (as Any: tests reach into rows of every type) and the findings."""
    received = local("2023-04-12 09:00")
    about = {"sha256": "sha", "file_name": "tep.xlsx", "received_at": received}
    return understand(book, campaign=of or campaign(), reporter=reporter, week=week, **about)  # type: ignore[arg-type]


def told(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    """(code, cell) of each; errors, warnings and notes alike."""
    return [(finding.code, finding.place.cell) for finding in findings]


def codes(findings: Iterable[Finding]) -> set[str]:
    return {finding.code for finding in findings}


def _sheet(values: Worksheet, formulas: Worksheet) -> Sheet:
    rows = tuple(tuple(cell.value for cell in row) for row in values.iter_rows(min_row=1, min_col=1))
    styles = {cell.coordinate: _style(cell) for row in formulas.iter_rows() for cell in row}
    merged = tuple(str(found) for found in formulas.merged_cells.ranges)
    return Sheet(
        values.title, rows, {cell: style for cell, style in styles.items() if style != PLAIN}, merged
    )


def _style(cell: Any) -> Style:
    number_format = "" if cell.number_format == "General" else cell.number_format
    formula = cell.value.removeprefix("=") if cell.data_type == "f" else ""
    return Style(number_format, "" if cell.font.name == "Calibri" else cell.font.name or "", formula)
