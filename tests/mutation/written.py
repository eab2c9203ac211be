"""A report written as a file of each format. Knows writers and what each calls a cell; knows no reader."""

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import docx
import openpyxl
import xlwt  # type: ignore[import-untyped]
from openpyxl.styles import Font

from domain.findings import Place
from domain.vietnamese import vi_date, vi_number
from tasks.intake.grid import cell_name
from tests.mutation.typed import Page, Report, Spot, Typed
from tests.tasks.intake.packages import ods_parts, zipped

# Excel's codes that show another number or unit than the cell holds, and the words in them.
_STYLED, _QUOTED = re.compile(r',,|"'), re.compile(r'"([^"]*)"')
_XLWT_ERRORS = {"#N/A": "#N/A!"}


@dataclass(frozen=True)
class Format:
    """`has_types`: a cell can be a number, a date, a formula, an error; else all is text."""

    ending: str
    write: Callable[[Report], bytes]
    place: Callable[[Report, Spot], Place]
    has_types: bool


def shown(cell: Typed) -> str:
    """What the cell shows: all that a text format keeps of it. Ungrouped: `1.250` could be either of two numbers."""
    value = cell.value
    if cell.error or value is None:
        return cell.error
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, date):
        return vi_date(value)
    if isinstance(value, str):
        return value
    number = Decimal(str(value)) * (100 if "%" in cell.number_format else 1)
    return vi_number(number).replace(".", "") + ("%" if "%" in cell.number_format else "")


def _in_workbook(report: Report, spot: Spot) -> Place:
    return Place(report.pages[spot.page].name, cell_name(spot.row, spot.column))


def _in_text(_: Report, spot: Spot) -> Place:
    return Place("", cell_name(spot.row, spot.column))


def xlsx(report: Report) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for page in report.pages:
        sheet = book.create_sheet(page.name)
        for spot, typed in _filled(page):
            cell = sheet.cell(spot[0] + 1, spot[1] + 1)
            cell.value = f"={typed.formula}" if typed.formula else typed.error or typed.value
            if isinstance(typed.value, str) and not typed.formula:
                cell.data_type = "s"
            if typed.error:
                cell.data_type = "e"
            if typed.number_format:
                cell.number_format = typed.number_format
            if typed.font:
                cell.font = Font(name=typed.font)
    return _saved(book.save)


def xls(report: Report) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    styles: dict[tuple[str, str], Any] = {}
    for page in report.pages:
        sheet = book.add_sheet(page.name)
        for (row, column), typed in _filled(page):
            key = typed.number_format or "General", typed.font or "Arial"
            style = styles.setdefault(key, xlwt.easyxf(f"font: name {key[1]}", num_format_str=key[0]))
            if typed.error:
                sheet.row(row).set_cell_error(column, _XLWT_ERRORS.get(typed.error, typed.error), style)
            else:
                value = xlwt.Formula(typed.formula) if typed.formula else typed.value
                sheet.write(row, column, value, style)
    return _saved(book.save)


def ods(report: Report) -> bytes:
    """Percents and dates by the type of the cell, as OpenDocument has them."""
    tables = "".join(_ods_table(page) for page in report.pages)
    parts = ods_parts()
    content = parts["content.xml"].decode()
    head, rest = content.split("<table:table ", 1)
    tail = rest.split("</table:table>", 1)[1]
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    names = (
        f'xmlns:text="{text}" xmlns:calcext="urn:calcext" xmlns:number="urn:number" xmlns:style="urn:style" '
    )
    head = head.replace("<office:document-content ", f"<office:document-content {names}", 1)
    head = head.replace("<office:body>", f"{_ods_styles(report)}<office:body>", 1)
    return zipped({**parts, "content.xml": f"{head}{tables}{tail}".encode()}.items())


def _ods_table(page: Page) -> str:
    rows = "".join(
        f"<table:table-row>{''.join(map(_ods_cell, row)) or '<table:table-cell/>'}</table:table-row>"
        for row in page.rows
    )
    return f"<table:table table:name={quoteattr(page.name)}>{rows}</table:table>"


def _ods_cell(cell: Typed) -> str:
    if cell == Typed():
        return "<table:table-cell/>"
    formula = f" table:formula={quoteattr('of:=' + cell.formula)}" if cell.formula else ""
    if cell.formula and cell.value is None:
        return f"<table:table-cell{formula}/>"
    text = f"<text:p>{escape(shown(cell))}</text:p>"
    style = (
        f' table:style-name="{_ods_name(cell.number_format)}"' if _STYLED.search(cell.number_format) else ""
    )
    return f"<table:table-cell{formula}{style} {_ods_type(cell)}>{text}</table:table-cell>"


def _ods_styles(report: Report) -> str:
    """A number style for each Excel code that shows another number or unit than the cell holds."""
    codes = {cell.number_format for page in report.pages for row in page.rows for cell in row}
    return "".join(_ods_style(n, code) for n, code in enumerate(sorted(codes)) if _STYLED.search(code))


def _ods_style(number: int, code: str) -> str:
    factor = 1000 ** (len(code) - len(code.rstrip(",")))
    words = "".join(_QUOTED.findall(code))
    return (
        f'<number:number-style style:name="N{number}"><number:number number:display-factor="{factor}"/>'
        f"<number:text> {words}</number:text></number:number-style>"
        f'<style:style style:name="{_ods_name(code)}" style:family="table-cell" style:data-style-name="N{number}"/>'
    )


def _ods_name(code: str) -> str:
    return "c" + code.encode().hex()


def _ods_type(cell: Typed) -> str:
    value = cell.value
    if cell.error:  # as LibreOffice writes it
        return 'office:value-type="string" office:string-value="" calcext:value-type="error"'.replace(
            "calcext:", "table:"
        )
    if isinstance(value, bool):
        return f'office:value-type="boolean" office:boolean-value="{str(value).lower()}"'
    if isinstance(value, date):
        return f'office:value-type="date" office:date-value="{value.isoformat()}"'
    if isinstance(value, int | float):
        kind = "percentage" if "%" in cell.number_format else "float"
        return f'office:value-type="{kind}" office:value="{value}"'
    return 'office:value-type="string"'


def delimited(separator: str) -> Callable[[Report], bytes]:
    def write(report: Report) -> bytes:
        (page,) = report.pages
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=separator).writerows([[shown(cell) for cell in row] for row in page.rows])
        return text.getvalue().encode()

    return write


def word(report: Report) -> bytes:
    """Header lines and what stands above a table as paragraphs, every table as a table."""
    document = docx.Document()
    for page in report.pages:
        for row in page.rows[: _first_of_table(page)]:
            document.add_paragraph(": ".join(filter(None, map(shown, row))))
        _word_table(document, [[shown(cell) for cell in row] for row in page.rows[_first_of_table(page) :]])
    return _saved(document.save)


def _word_table(document: Any, rows: Sequence[Sequence[str]]) -> None:
    if not rows:
        return
    table = document.add_table(len(rows), max(map(len, rows)))
    for into, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(into.cells, row, strict=False):
            cell.text = text


def _first_of_table(page: Page) -> int:
    return len(page.rows) if page.part is None else page.heading


def _in_word(report: Report, spot: Spot) -> Place:
    """Tables and the paragraphs outside them are counted from 1 through the whole document; a paragraph is told with
    the table that follows it."""
    page = report.pages[spot.page]
    first = _first_of_table(page)
    if spot.row >= first:
        number = sum(one.part is not None for one in report.pages[: spot.page + 1])
        return Place(f"Bảng {number}", cell_name(spot.row - first, spot.column))
    before = sum(_first_of_table(one) for one in report.pages[: spot.page])
    following = sum(one.part is not None for one in report.pages[: spot.page]) + 1
    return Place(f"Bảng {following}", f"đoạn {before + spot.row + 1}")


FORMATS: Mapping[str, Format] = {
    "xlsx": Format("xlsx", xlsx, _in_workbook, has_types=True),
    "xls": Format("xls", xls, _in_workbook, has_types=True),
    "ods": Format("ods", ods, _in_workbook, has_types=True),
    "csv": Format("csv", delimited(";"), _in_text, has_types=False),
    "tsv": Format("tsv", delimited("\t"), _in_text, has_types=False),
    "docx": Format("docx", word, _in_word, has_types=False),
}


def _filled(page: Page) -> list[tuple[tuple[int, int], Typed]]:
    return [
        ((r, c), cell) for r, row in enumerate(page.rows) for c, cell in enumerate(row) if cell != Typed()
    ]


def _saved(save: Callable[[io.BytesIO], None]) -> bytes:
    buffer = io.BytesIO()
    save(buffer)
    return buffer.getvalue()
