"""Good reports as an officer types them, before any file format: pages of cells. Every number and date in them is one
that a sensible colleague would write; nothing in them is odd.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from domain.forms import CellKind, Column, Form, HeaderField, Part, PartForm

Value = str | int | float | bool | date | None


@dataclass(frozen=True)
class Typed:
    """One cell. `error`: an error value (#REF!). `formula` without a value: it was never computed."""

    value: Value = None
    number_format: str = ""
    font: str = ""
    formula: str = ""
    error: str = ""


BLANK = Typed()


@dataclass(frozen=True)
class Spot:
    """Where a cell stands in the model: page, row and column from 0."""

    page: int
    row: int
    column: int


@dataclass(frozen=True)
class Page:
    """A sheet. `part` None: header lines (label, value) alone. `heading`: the zero-based row of the headings."""

    name: str
    rows: tuple[tuple[Typed, ...], ...]
    part: Part | None = None
    heading: int = -1
    columns: tuple[Column, ...] = ()
    labels: Mapping[int, HeaderField] = field(default_factory=dict)  # row -> the field of its header line


@dataclass(frozen=True)
class Report:
    """A whole file. `one_page`: all stands on one page (CSV)."""

    reporter: str
    pages: tuple[Page, ...]

    def at(self, spot: Spot) -> Typed:
        return self.pages[spot.page].rows[spot.row][spot.column]

    def put(self, spot: Spot, cell: Typed) -> "Report":
        page = self.pages[spot.page]
        row = page.rows[spot.row]
        changed = (*row[: spot.column], cell, *row[spot.column + 1 :])
        rows = (*page.rows[: spot.row], changed, *page.rows[spot.row + 1 :])
        pages = (*self.pages[: spot.page], replace(page, rows=rows), *self.pages[spot.page + 1 :])
        return replace(self, pages=pages)

    def spots(self) -> Iterator[Spot]:
        """Every cell."""
        for p, page in enumerate(self.pages):
            for r, row in enumerate(page.rows):
                yield from (Spot(p, r, c) for c in range(len(row)))


PERCENT = "0.0%"
DAY = "dd/mm/yyyy"
_PROGRESS = (
    ("1.1", "Đạt", "Đạt", 1.0, None),
    ("1.2", "Đạt", "Chưa đạt", 0.85, date(2023, 4, 25)),
    ("2.1", 0.954, "Cơ bản đạt", 0.95, date(2023, 4, 28)),
    ("2.2a", 1.0, "Đạt", 1.0, None),
    ("5.1", "Đã trình hồ sơ", "Chưa đạt", 0.4, date(2023, 5, 5)),
    ("3.2", 61.5, "Chưa đạt", 0.9, date(2023, 5, 9)),
    ("17.1", 0.62, "Chưa đạt", 0.62, date(2023, 5, 19)),
    ("19.2", "Đạt", "Đạt", 1.0, None),
)
_DOSSIERS = (
    ("1.1", "Quyết định phê duyệt quy hoạch", "Hoàn thiện", date(2023, 3, 20), date(2023, 3, 30)),
    ("1.2", "Quy chế quản lý quy hoạch", "Đang lập", None, None),
    ("2.1", "Biên bản nghiệm thu đường xã", "Đã gửi phòng", date(2023, 4, 3), None),
    ("5.1", "Quyết định công nhận trường", "Phòng yêu cầu bổ sung", date(2023, 4, 4), date(2023, 4, 7)),
    ("17.1", "Hợp đồng cấp nước", "Phòng xác nhận", date(2023, 4, 5), date(2023, 4, 10)),
    ("19.2", "Biên bản an ninh trật tự", "Hoàn thiện", date(2023, 3, 29), date(2023, 4, 6)),
)
# Millions of đồng: total, accepted, province, district, commune, paid, stated debt.
_DEBT = (
    ("Đường trục xã", "12/QĐ-UBND ngày 05/01/2022", 6850.0, 6412.5, 2500.0, 1200.0, 1350.0, 5000.0, 1362.5),
    ("Trường mầm non", "15/QĐ-UBND ngày 10/02/2022", 9980.0, 9245.0, 4500.0, 2500.0, 1500.0, 8500.0, 745.0),
    ("Nhà văn hóa thôn", "21/QĐ-UBND ngày 02/03/2021", 1450.0, 1386.4, 300.0, 0, 586.4, 886.4, 500.0),
    ("Kênh mương nội đồng", "30/QĐ-UBND ngày 15/03/2022", 1285.0, 1120.0, 0, 500.0, 400.0, 900.0, 220.0),
)
_TOTAL = (19565.0, 18163.9, 7300.0, 4200.0, 3836.4, 15286.4, 2827.5)
_MONEY = (
    "total_investment",
    "accepted",
    "allotted_province",
    "allotted_district",
    "allotted_commune",
    "paid",
    "stated_debt",
)
_REMARKS = (("Khó khăn, vướng mắc", "Chưa có mặt bằng"), ("Nhiệm vụ tuần tới", "Hoàn thiện hồ sơ"))
_VERIFIED = (
    ("Xã Mỹ Hà", "5.1", "Đạt", "Đạt", date(2023, 4, 10)),
    ("Xã Mỹ Hà", "5.2", "Đạt", "Chưa đạt", date(2023, 4, 10)),
    ("Xã Mỹ Thịnh", "5.1", "Chưa đạt", "Cơ bản đạt", date(2023, 4, 11)),
    ("Xã Mỹ Thành", "5.1", "Đạt", "Đạt", date(2023, 4, 11)),
)


def commune_report(form: Form) -> Report:
    """All parts, in the order of the form."""
    parts = {part.part: part for part in form.parts}
    pages = [_header(form, "Xã Mỹ Hà")]
    pages += [
        _PAGES[part](parts[part], ()) for part in (Part.PROGRESS, Part.DOSSIERS, Part.DEBT, Part.REMARKS)
    ]
    return Report("my_ha", tuple(pages))


def agency_report(form: Form) -> Report:
    """Of the education department, in charge of criterion 5."""
    parts = {part.part: part for part in form.parts}
    pages = (_header(form, "Phòng Giáo dục và Đào tạo"), _verification(parts[Part.VERIFICATION], ()))
    return Report("pgd", pages)


def part_report(form: Form, part: Part) -> Report:
    """One part with its header lines above it, on one page: what a text file can carry."""
    (of_part,) = (each for each in form.parts if each.part is part)
    header = _header(form, "Xã Mỹ Hà")
    page = _PAGES[part](of_part, (*header.rows, ()))
    return Report("my_ha", (replace(page, labels=header.labels),))


def _header(form: Form, agency: str) -> Page:
    fields = {field.id: field for field in form.header}
    lines = {"form_mark": form.mark, "agency": agency, "period": "12/4/2023"}
    rows = tuple((Typed(fields[name].labels[0]), Typed(value)) for name, value in lines.items())
    return Page(form.header_sheet, rows, labels={n: fields[name] for n, name in enumerate(lines)})


def _table(form: PartForm, above: tuple[tuple[Typed, ...], ...], rows: list[dict[str, Typed]]) -> Page:
    """The columns of the form that any row fills."""
    columns = tuple(column for column in form.columns if any(column.id in row for row in rows))
    heading = tuple(Typed(column.headings[0]) for column in columns)
    body = (tuple(row.get(column.id, BLANK) for column in columns) for row in rows)
    return Page(form.sheet, (*above, heading, *body), form.part, len(above), columns)


def _progress(form: PartForm, above: tuple[tuple[Typed, ...], ...]) -> Page:
    names = ("indicator", "result", "judgement", "completion", "planned_on")
    rows = [_row(names, row) for row in _PROGRESS]
    for row in rows:
        row["completion"] = replace(row["completion"], number_format=PERCENT)
        if isinstance(row["result"].value, float) and row["result"].value <= 1:
            row["result"] = replace(row["result"], number_format=PERCENT)
    return _table(form, above, rows)


def _dossiers(form: PartForm, above: tuple[tuple[Typed, ...], ...]) -> Page:
    names = ("indicator", "document", "state", "sent_on", "answered_on")
    return _table(form, above, [_row(names, row) for row in _DOSSIERS])


def _debt(form: PartForm, above: tuple[tuple[Typed, ...], ...]) -> Page:
    names = ("project", "decision", *_MONEY)
    rows = [_row(names, row) for row in _DEBT]
    rows.append({"project": Typed("Tổng cộng")} | _row(_MONEY, _TOTAL))
    return _table(form, (*above, (Typed("Đơn vị tính: triệu đồng"),)), rows)


def _remarks(form: PartForm, above: tuple[tuple[Typed, ...], ...]) -> Page:
    return _table(form, above, [_row(("subject", "text"), row) for row in _REMARKS])


def _verification(form: PartForm, above: tuple[tuple[Typed, ...], ...]) -> Page:
    names = ("commune", "indicator", "commune_said", "judgement", "checked_on")
    return _table(form, above, [_row(names, row) for row in _VERIFIED])


_PAGES = {
    Part.PROGRESS: _progress,
    Part.DOSSIERS: _dossiers,
    Part.DEBT: _debt,
    Part.REMARKS: _remarks,
    Part.VERIFICATION: _verification,
}


def _row(names: Sequence[str], values: Sequence[Value]) -> dict[str, Typed]:
    typed = (Typed(value, DAY if isinstance(value, date) else "") for value in values)
    return dict(zip(names, typed, strict=True))


def kind_at(report: Report, spot: Spot) -> CellKind | None:
    """The kind of the column that a cell below a heading stands in."""
    page = report.pages[spot.page]
    if page.part is None or spot.row <= page.heading or spot.column >= len(page.columns):
        return None
    return page.columns[spot.column].kind
