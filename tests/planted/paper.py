"""A report as somebody fills it in: tables of cells by column, written as the grid that a reader hands on, and the
place of each cell in it.

Knows the forms' headings; nothing of what is plausible or wrong.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from domain.campaign import Campaign
from domain.findings import Place
from domain.forms import CellKind, Form, Part
from domain.reporters import ReporterKind
from domain.weeks import WeekName
from tasks.intake.grid import Book, RawValue, Sheet, cell_name

Line = dict[str, Any]  # column id -> what stands in the cell
_HEADER_SHEET = "Thông tin chung"
_HEADER = {"agency": 2, "period": 3}  # field -> line of the header sheet, from 1
_HEADING = 3  # the row of the headings, from 1; the unit stands above it


def lines_of(lines: Iterable[Line]) -> list[Line]:
    """The same, to be changed."""
    return [dict(line) for line in lines]


@dataclass
class Report:
    """One reporter's week, the `at`-th from 0. `sender`, `period`: what its header says."""

    campaign: Campaign
    reporter: str
    at: int
    week: WeekName
    sender: str
    period: date
    tables: dict[Part, list[Line]]
    unit: str = "triệu đồng"

    def copy(self) -> "Report":
        """With lines of its own."""
        return replace(self, tables={part: lines_of(lines) for part, lines in self.tables.items()})

    @property
    def form(self) -> Form:
        kind = self.campaign.roster[self.reporter].kind
        return next(form for form in self.campaign.forms if form.reporter_kind is kind)

    @property
    def is_commune(self) -> bool:
        return self.campaign.roster[self.reporter].kind is ReporterKind.COMMUNE

    def of(self, part: Part) -> list[Line]:
        return self.tables[part]

    def place(self, part: Part, line: Line, column: str) -> Place:
        """Where this cell stands; `line` by identity, since two lines may say the same."""
        row = next(n for n, each in enumerate(self.tables[part]) if each is line)
        columns = list(_columns(self.form, part))
        return Place(_sheet_name(self.form, part), cell_name(_HEADING + row, columns.index(column)))

    def sheet(self, part: Part) -> Place:
        return Place(_sheet_name(self.form, part))

    @staticmethod
    def header_place(name: str) -> Place:
        return Place(_HEADER_SHEET, cell_name(_HEADER[name] - 1, 1))


def book_of(report: Report) -> Book:
    """The grid of the workbook."""
    form = report.form
    period = f"{report.period.day}/{report.period.month}/{report.period.year}"
    header: list[tuple[RawValue, ...]] = [
        ("Mẫu biểu", form.mark),
        ("Cơ quan/đơn vị báo cáo", report.sender),
        ("Kỳ báo cáo (thứ Tư, ngày)", period),
    ]
    tables = [_table(report, form, part, lines) for part, lines in report.tables.items()]
    return Book((Sheet(_HEADER_SHEET, tuple(header)), *tables))


def _table(report: Report, form: Form, part: Part, lines: list[Line]) -> Sheet:
    columns = _columns(form, part)
    above: tuple[RawValue, ...] = (
        (f"Đơn vị tính: {report.unit}",) if part is Part.DEBT and report.unit else ()
    )
    body = [
        tuple(n if kind is CellKind.IGNORED else line.get(column) for column, (_, kind) in columns.items())
        for n, line in enumerate(lines, 1)
    ]
    headings = tuple(heading for heading, _ in columns.values())
    return Sheet(_sheet_name(form, part), ((part.vi.upper(),), above, headings, *body))


def _columns(form: Form, part: Part) -> Mapping[str, tuple[str, CellKind]]:
    found = next(each for each in form.parts if each.part is part)
    return {column.id: (column.headings[0], column.kind) for column in found.columns}


def _sheet_name(form: Form, part: Part) -> str:
    return next(each.sheet for each in form.parts if each.part is part)
