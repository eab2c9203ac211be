"""The Excel annex: the tables of the report, and those too long for it. Knows worksheets; takes every table
from the view's builders.

Every text is written as text: a remark that begins with "=" is never a formula. Each line goes to the disk as soon as
it is made: of 10,000 communes there are a million.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format

from tasks.publication.blocks import Cell, Line, Listing, Look, Tone, grouped_headings
from tasks.publication.cells import Report
from tasks.publication.many import (
    CONDITIONS_SHEET,
    COUNTS_SHEET,
    DEBT_SHEET,
    DOSSIERS_SHEET,
    FINDINGS_SHEET,
    PACE_SHEET,
    REMARKS_SHEET,
    REPORTS_SHEET,
    STANDING_SHEET,
    is_many,
)
from tasks.publication.row_by_row import RowByRow
from tasks.publication.section_changes import ALL_CHANGES, changes_table
from tasks.publication.section_criteria import (
    conditions_by_commune,
    counts_table,
    criteria_by_commune,
    indicators_table,
    matrix,
)
from tasks.publication.section_debt import debt_table_with_note
from tasks.publication.section_differences import DIFFERENCES_SHEET, every_difference_table
from tasks.publication.section_dossiers import documents_table, milestones_table, remarks_table
from tasks.publication.section_movement import MOVEMENT_SHEET, movement_table
from tasks.publication.section_progress import MOVES_SHEET, PLANS_SHEET, moves_table, plans_table
from tasks.publication.section_reports import findings_table, owing, reporters_table
from tasks.publication.section_standing import every_pace_table, standing_table
from tasks.publication.view import View
from tasks.publication.week_before import is_compared

LONGEST_TEXT = (
    32_000  # Excel holds 32,767 characters in a cell; XlsxWriter drops a longer text without a word
)
CHARACTERS_ACROSS = 135  # column widths of one A4 landscape page, fitted to width
EXCEL_DAY_ONE = date(1899, 12, 30)
POINTS_PER_LINE, TALLEST_ROW = 14.5, 409  # Excel knows no taller row
MOST_LINES = (
    1_048_576 - 10
)  # Excel's rows without those above the lines; XlsxWriter drops further ones without a word


@dataclass(frozen=True)
class Sheet:
    name: str
    title: str
    table: Listing


def annex(view: View, report: Report, file: BinaryIO, scratch: Path) -> None:
    """Writes the .xlsx of one revision; its own date is the summary's `as_of`. On the way it takes some hundred bytes a
    cell in the empty folder `scratch`. Raises OSError where a disk refuses."""
    options = {"constant_memory": True, "tmpdir": str(scratch), "use_zip64": True}
    book = xlsxwriter.Workbook(file, options)
    _describe(book, view, report)
    formats = Formats(book)
    for sheet in sheets(report):
        for part in in_parts(sheet, MOST_LINES):
            _Page(book.add_worksheet(part.name, RowByRow), formats).fill(part, view)
    try:
        book.close()
    except FileCreateError as error:  # XlsxWriter's wrapping
        raise error.args[0] from error


def _describe(book: xlsxwriter.Workbook, view: View, report: Report) -> None:
    book.set_properties(
        {
            "title": f"Phụ lục: {view.title}, {view.period}",
            "author": report.campaign.heading.issuer,
            "comments": "; ".join((*view.labels, view.provenance)),
            "created": report.summary.as_of.astimezone(UTC).replace(tzinfo=None, microsecond=0),
        }
    )


def in_parts(sheet: Sheet, most: int) -> Iterator[Sheet]:
    """The sheet; where it has more lines, the rest on further ones: `Nợ XDCB (2)`. Each is filled before the next."""
    lines = iter(sheet.table.lines)
    yield replace(sheet, table=replace(sheet.table, lines=islice(lines, most)))
    for number, first in enumerate(lines, 2):
        rest = chain((first,), islice(lines, most - 1))
        yield replace(sheet, name=f"{sheet.name} ({number})", table=replace(sheet.table, lines=rest))


def sheets(report: Report) -> Iterator[Sheet]:
    """One table a sheet: it can be filtered, its heading stays in sight and is printed on every page. Each is made when
    it is asked for: of many communes one table is large."""
    catalogue = report.campaign.catalogue
    criteria, rows = len(catalogue.criteria), len(catalogue.indicators())
    if report.summary.revision > 1:
        yield Sheet(ALL_CHANGES, "Mọi thay đổi so với bản trước", changes_table(report))
    yield Sheet(REPORTS_SHEET, "Tình hình nộp báo cáo", reporters_table(report, owing(report)))
    yield Sheet(FINDINGS_SHEET, "Lỗi và lưu ý theo từng tệp", findings_table(report))
    yield Sheet(COUNTS_SHEET, "Số tiêu chí theo từng mức đánh giá", counts_table(report))
    every: Listing = (
        criteria_by_commune(report) if is_many(report) else matrix(report, report.communes(), "tc")
    )
    yield Sheet(f"{criteria} tiêu chí", f"Đánh giá {criteria} tiêu chí", every)
    if is_many(report) and catalogue.conditions:
        yield Sheet(
            CONDITIONS_SHEET,
            "Điều kiện xã kiểu mẫu và điều kiện xét công nhận",
            conditions_by_commune(report),
        )
    yield Sheet(f"{rows} dòng chỉ tiêu", f"Kết quả {rows} dòng chỉ tiêu", indicators_table(report))
    yield Sheet(DOSSIERS_SHEET, "Tài liệu minh chứng theo tình trạng", documents_table(report))
    yield Sheet("Các mốc", "Mức độ hoàn thành từng mốc", milestones_table(report))
    yield Sheet(DEBT_SHEET, "Nợ xây dựng cơ bản", debt_table_with_note(report))
    if is_compared(report):
        yield from _movements(report)
    differences = every_difference_table(report)
    yield Sheet(DIFFERENCES_SHEET, "Chênh lệch giữa xã và cơ quan phụ trách", differences)
    yield Sheet(REMARKS_SHEET, "Khó khăn, kiến nghị", remarks_table(report))
    yield Sheet(STANDING_SHEET, "Còn thiếu để được xét công nhận", standing_table(report))
    yield Sheet(PACE_SHEET, "Tiến độ cần có và thực tế", every_pace_table(report))


def _movements(report: Report) -> Iterator[Sheet]:
    """What moved since the week before."""
    yield Sheet(MOVES_SHEET, "Chuyển biến trong tuần", moves_table(report))
    yield Sheet(PLANS_SHEET, "Tiêu chí lùi ngày dự kiến hoàn thành", plans_table(report))
    yield Sheet(MOVEMENT_SHEET, "Biến động nợ xây dựng cơ bản", movement_table(report))


_COLOURS = {Tone.GOOD: "#14532D", Tone.WARN: "#7C4A03", Tone.BAD: "#9B1C1C", Tone.MUTED: "#595959"}
_NUMBERS = {
    Look.NUMBER: "#,##0.######",
    Look.TENTHS: "0.0",
    Look.MILLION: "#,##0.0#####",
    Look.PERCENT: '0.0#"%"',
    Look.DATE: "d/m/yyyy",
}


@dataclass
class Formats:
    """XlsxWriter formats, made once for each kind of cell."""

    book: xlsxwriter.Workbook
    _made: dict[tuple[Tone, str, bool], Format] = field(default_factory=dict)

    def plain(self, **properties: object) -> Format:
        return self.book.add_format({"font_name": "Times New Roman", "font_size": 11, **properties})

    def of(self, cell: Cell, *, is_strong: bool) -> Format:
        number = _number_format(cell)
        key = (cell.tone, number, is_strong)
        if key not in self._made:
            look = {"num_format": number, "align": "right"} if number else {"align": "left"}
            placed = {"valign": "vcenter", "indent": 1, "text_wrap": True}  # off the line beside it
            colour = {"font_color": _COLOURS[cell.tone]} if cell.tone in _COLOURS else {}
            bold = {"bold": is_strong or cell.tone is Tone.BAD, "italic": cell.tone is Tone.MUTED}
            self._made[key] = self.plain(border=1, **placed, **look, **colour, **bold)
        return self._made[key]


def _number_format(cell: Cell) -> str:
    """A whole amount without decimals: Excel would print `1.234,` otherwise. Empty for a text.

    Which sign parts thousands and decimals is the reader's own setting; a format can't prescribe it.
    """
    if cell.number is None:
        return ""
    is_whole = not isinstance(cell.number, date) and Decimal(cell.number) == int(cell.number)
    known = _NUMBERS.get(cell.look, "General")
    if is_whole and cell.look is not Look.TENTHS:
        known = '0"%"' if cell.look is Look.PERCENT else "#,##0"
    return f'{known}"{cell.sign}"' if cell.sign else known


@dataclass
class _Page:
    """One worksheet being filled from the top; `at` is the next free row, `widths` those of its columns."""

    sheet: RowByRow
    formats: Formats
    at: int = 0
    widths: tuple[float, ...] = ()

    def fill(self, content: Sheet, view: View) -> None:
        self._title(content, view)
        self._set_up_print(view)
        self._set_widths(content.table)
        self._headings(content.table)
        self.sheet.freeze_panes(self.at, 0)
        self.sheet.ignore_errors({"number_stored_as_text": "A1:Z1048576"})  # codes: 1.1 and 1.10 are two
        top = self.at
        for line in content.table.lines:
            self._line(line)
        if self.at == top:
            self.sheet.write_string(self.at, 0, "Không có nội dung.", self.formats.plain(italic=True))

    def _title(self, content: Sheet, view: View) -> None:
        note = f" ({content.table.unit_note})" if content.table.unit_note else ""
        self.sheet.write_string(
            0, 0, content.title.upper() + note, self.formats.plain(bold=True, font_size=14)
        )
        self.sheet.write_string(1, 0, f"{view.title}, {view.period}", self.formats.plain())
        labels = f"{' | '.join(view.labels)}. {view.provenance}"
        self.sheet.write_string(2, 0, labels, self.formats.plain(bold=True, font_color="#595959"))
        self.at = 4

    def _set_up_print(self, view: View) -> None:
        self.sheet.set_landscape()
        self.sheet.set_paper(9)  # A4
        self.sheet.set_margins(left=0.6, right=0.4, top=0.8, bottom=0.6)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_header(f"&C&P&R{' | '.join(view.labels)}")
        self.sheet.hide_gridlines(2)

    def _set_widths(self, table: Listing) -> None:
        total = sum(column.share for column in table.columns)
        self.widths = tuple(max(5, CHARACTERS_ACROSS * column.share / total) for column in table.columns)
        for at, width in enumerate(self.widths):
            self.sheet.set_column(at, at, width)

    def _headings(self, table: Listing) -> None:
        centred = {"align": "center", "valign": "vcenter", "text_wrap": True}
        look = self.formats.plain(bold=True, border=1, bg_color="#F2F2F2", **centred)
        top = self.at
        if table.has_groups:
            self._upper_headings(table, look)
        for at, column in enumerate(table.columns):
            if column.group or not table.has_groups:
                self.sheet.write_string(self.at, at, column.heading, look)
            else:
                self.sheet.merge_with_above(self.at, at, look)
        self.sheet.set_height(
            self.at, self._height([(c.heading, w) for c, w in zip(table.columns, self.widths, strict=True)])
        )
        self.sheet.repeat_rows(top, self.at)
        self.at += 1

    def _upper_headings(self, table: Listing, look: Format) -> None:
        at, texts = 0, []
        for heading, span in grouped_headings(table.columns):
            is_lone = not table.columns[at].group
            self._text(at, heading, look, columns=span)
            texts += [] if is_lone else [(heading, sum(self.widths[at : at + span]))]
            at += span
        self.sheet.set_height(self.at, self._height(texts))
        self.at += 1

    def _line(self, line: Line) -> None:
        column, texts = 0, []
        for cell in line.cells:
            self._cell(column, cell, self.formats.of(cell, is_strong=line.strong))
            texts.append((cell.text, sum(self.widths[column : column + cell.span])))
            column += cell.span
        self.sheet.set_height(self.at, self._height(texts))
        self.at += 1

    def _cell(self, column: int, cell: Cell, look: Format) -> None:
        if isinstance(cell.number, date):
            self.sheet.write_number(self.at, column, (cell.number - EXCEL_DAY_ONE).days, look)
        elif cell.number is not None:
            self.sheet.write_number(self.at, column, float(cell.number), look)
        else:
            self._text(column, _fitting(cell.text), look, columns=cell.span)

    def _text(self, column: int, text: str, look: Format, *, columns: int = 1) -> None:
        if columns > 1:
            self.sheet.merge_range(self.at, column, self.at, column + columns - 1, "", look)
        self.sheet.write_string(self.at, column, text, look)

    @staticmethod
    def _height(texts: list[tuple[str, float]]) -> float:
        """Points for the tallest of (text, width in characters): not every program fits wrapped rows by
        itself.
        """
        lines = [
            sum(max(1, -(-len(part) // max(1, int((width - 1) * 1.1)))) for part in text.split("\n"))
            for text, width in texts
        ]
        return min(POINTS_PER_LINE * max(lines, default=1) + 4, TALLEST_ROW)


def _fitting(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]} … (còn tiếp trong tệp của đơn vị)"
