"""Sheets as bytes: .xlsx by openpyxl and by XlsxWriter, .csv. The same sheets give the same bytes.

Both libraries put a clock into what they write; here it is the moment the story gives, and every member of
the package carries the first day a zip knows.
"""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import xlsxwriter
from openpyxl import Workbook
from openpyxl.cell.cell import Cell as OpenpyxlCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet as OpenpyxlSheet
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook as XlsxWorkbook
from xlsxwriter.worksheet import Worksheet as XlsxSheet

from deployments.demo.layout import Look, Merge, Sheet, Value, lines_of

_FONT = "Times New Roman"
_FIRST_DAY_OF_ZIP = (1980, 1, 1, 0, 0, 0)
_A4 = 9
_LINE = 14.5  # points that a line of text takes


@dataclass(frozen=True)
class Dress:
    """What a look means in a workbook."""

    bold: bool = False
    italic: bool = False
    size: int = 11
    across: str = "left"
    border: bool = True
    number_format: str = "General"


_DRESSES = {
    Look.TITLE: Dress(bold=True, size=14, across="center", border=False),
    Look.SUBTITLE: Dress(italic=True, across="center", border=False),
    Look.LABEL: Dress(bold=True, size=12, border=False),
    Look.PLAIN: Dress(border=False),
    Look.HEADING: Dress(bold=True, across="center"),
    Look.TEXT: Dress(),
    Look.CENTRED: Dress(across="center"),
    Look.NUMBER: Dress(across="center"),
    Look.MONEY: Dress(across="right", number_format="#,##0.0"),
    Look.PERCENT: Dress(across="center", number_format="0.0%"),
    Look.DATE: Dress(across="center", number_format="dd/mm/yyyy"),
    Look.TOTAL: Dress(bold=True, across="right", number_format="#,##0.0"),
}


@dataclass(frozen=True)
class Stamp:
    """What a workbook says of its own making."""

    author: str
    made_at: datetime


def by_openpyxl(sheets: Sequence[Sheet], stamp: Stamp) -> bytes:
    book = Workbook()
    book.remove(book.active)
    book.properties.creator = stamp.author
    book.properties.created = stamp.made_at.astimezone(UTC).replace(tzinfo=None)
    for sheet in sheets:
        _fill_openpyxl(book.create_sheet(sheet.name), sheet)
    out = io.BytesIO()
    book.save(out)
    return _without_clock(out.getvalue(), stamp)


def by_xlsxwriter(sheets: Sequence[Sheet], stamp: Stamp, vba_project: bytes = b"") -> bytes:
    """With a VBA project, the bytes of an .xlsm."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    made_at = stamp.made_at.astimezone(UTC).replace(tzinfo=None)
    book.set_properties({"author": stamp.author, "created": made_at})
    format_of = _xlsxwriter_formats(book)
    for number, sheet in enumerate(sheets, start=1):
        page = book.add_worksheet(sheet.name)
        _fill_xlsxwriter(page, sheet, format_of)
        if vba_project:
            page.set_vba_name(f"Sheet{number}")
    if vba_project:
        book.set_vba_name("ThisWorkbook")
        book.add_vba_project(io.BytesIO(vba_project), True)
    book.close()
    return _without_clock(out.getvalue(), stamp)


def as_csv(sheet: Sheet) -> bytes:
    """Semicolons, a byte order mark, CRLF, all lines equally long: what a Vietnamese Excel saves."""
    width = max(len(row) for row in sheet.rows)
    out = io.StringIO()
    lines = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for row in sheet.rows:
        texts = ["" if cell.value is None else str(cell.value) for cell in row]
        lines.writerow(texts + [""] * (width - len(texts)))
    return out.getvalue().encode("utf-8-sig")


def _fill_openpyxl(page: OpenpyxlSheet, sheet: Sheet) -> None:
    covered = _covered(sheet.merges)
    for row, cells in enumerate(sheet.rows):
        for column, cell in enumerate(cells):
            target = page.cell(row + 1, column + 1)
            _dress_openpyxl(target, _DRESSES[cell.look])
            if (row, column) not in covered:
                target.value = cell.value
    for merge in sheet.merges:
        page.merge_cells(
            start_row=merge.first_row + 1,
            start_column=merge.first_column + 1,
            end_row=merge.last_row + 1,
            end_column=merge.last_column + 1,
        )
    _set_up_openpyxl(page, sheet)


def _set_up_openpyxl(page: OpenpyxlSheet, sheet: Sheet) -> None:
    for column, width in enumerate(sheet.widths):
        dimension = page.column_dimensions[get_column_letter(column + 1)]
        dimension.width = width
        dimension.hidden = column in sheet.hidden_columns
    for row, lines in enumerate(lines_of(sheet), start=1):
        page.row_dimensions[row].height = 4 + _LINE * lines
    if sheet.heading_row is not None:
        page.freeze_panes = page.cell(sheet.heading_row + 2, 1)
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", _A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True


def _dress_openpyxl(target: OpenpyxlCell, dress: Dress) -> None:
    thin = Side(style="thin")
    target.font = Font(name=_FONT, size=dress.size, bold=dress.bold, italic=dress.italic)
    target.alignment = Alignment(horizontal=dress.across, vertical="center", wrap_text=True)
    target.number_format = dress.number_format
    if dress.border:
        target.border = Border(left=thin, right=thin, top=thin, bottom=thin)


def _xlsxwriter_formats(book: XlsxWorkbook) -> dict[Look, Format]:
    return {
        look: book.add_format(
            {
                "font_name": _FONT,
                "font_size": dress.size,
                "bold": dress.bold,
                "italic": dress.italic,
                "align": dress.across,
                "valign": "vcenter",
                "text_wrap": True,
                "border": int(dress.border),
                "num_format": dress.number_format,
            }
        )
        for look, dress in _DRESSES.items()
    }


def _fill_xlsxwriter(page: XlsxSheet, sheet: Sheet, format_of: dict[Look, Format]) -> None:
    for merge in sheet.merges:
        look = sheet.rows[merge.first_row][merge.first_column].look
        if merge.first_row != merge.last_row or merge.first_column != merge.last_column:
            page.merge_range(*_ends(merge), "", format_of[look])
    covered = _covered(sheet.merges)
    for row, cells in enumerate(sheet.rows):
        for column, cell in enumerate(cells):
            if (row, column) not in covered:
                _writer_of(page, cell.value)(row, column, cell.value, format_of[cell.look])
    for row, lines in enumerate(lines_of(sheet)):
        page.set_row(row, 4 + _LINE * lines)
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width, None, {"hidden": column in sheet.hidden_columns})
    if sheet.heading_row is not None:
        page.freeze_panes(sheet.heading_row + 1, 0)
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)


def _writer_of(page: XlsxSheet, value: Value) -> Callable[..., object]:
    """Texts are written as texts, whatever they look like."""
    if isinstance(value, str):
        return page.write_string
    if isinstance(value, date):
        return page.write_datetime
    return page.write_blank if value is None else page.write_number


def _ends(merge: Merge) -> tuple[int, int, int, int]:
    return merge.first_row, merge.first_column, merge.last_row, merge.last_column


def _covered(merges: Sequence[Merge]) -> frozenset[tuple[int, int]]:
    """The cells that a merged block covers, all but its first."""
    return frozenset(
        (row, column)
        for m in merges
        for row in range(m.first_row, m.last_row + 1)
        for column in range(m.first_column, m.last_column + 1)
        if (row, column) != (m.first_row, m.first_column)
    )


def _without_clock(package: bytes, stamp: Stamp) -> bytes:
    """The same package with the story's moment as the time of change, and without the time of zipping."""
    moment = f"{stamp.made_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}".encode()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as made, zipfile.ZipFile(out, "w") as kept:
        for name in made.namelist():
            content = made.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + moment, content)
            member = zipfile.ZipInfo(name, _FIRST_DAY_OF_ZIP)
            member.create_system, member.external_attr = 3, 0o600 << 16
            member.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(member, content, compresslevel=9)
    return out.getvalue()
