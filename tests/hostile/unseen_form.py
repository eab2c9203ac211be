"""The weekly form of a commune, filled in correctly, as cells that a case may change, and as the parts of an .xlsx.

Headings are those of config/forms/commune-weekly-v1.yaml; the shape is that of the sample workbooks. Written as raw
XML so that each oddity is exactly the one asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from xml.sax.saxutils import escape

from tests.hostile.unseen_kit import package

GENERAL, PROGRESS, DOSSIERS = "Thông tin chung", "A. Tiến độ", "B. Hồ sơ"
DEBT, REMARKS = "C. Nợ XDCB", "D. Ý kiến"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
Scalar = str | int | float | bool | Decimal | None
# name -> (number format id, font); ids from 164 are written below
STYLES = {
    "": (0, "Calibri"), "date": (14, "Calibri"), "percent": (9, "Calibri"), "percent1": (10, "Calibri"),
    "text": (49, "Calibri"), "thousands": (164, "Calibri"), "billions": (165, "Calibri"),
    "day-month": (16, "Calibri"), "VnTime": (0, ".VnTime"), "VnTimeH": (0, ".VnTimeH"),
    "VNI": (0, "VNI-Times"), "hidden": (166, "Calibri"), "VnArial": (0, ".VnArial Narrow"),
}  # fmt: skip
FORMATS = {164: "#,##0,", 165: '0.0" tỷ đồng"', 166: ";;;"}

PROGRESS_HEADINGS = ["TT", "Tên tiêu chí", "Mã chỉ tiêu", "Nội dung chỉ tiêu", "Yêu cầu", "Kết quả thực hiện",
                     "Tự đánh giá", "Tỷ lệ hoàn thành (%)", "Ngày dự kiến hoàn thành", "Ghi chú"]  # fmt: skip
PROGRESS_ROWS: list[list[Scalar]] = [
    [1, "Quy hoạch", "1.1", "Có quy hoạch chung xây dựng xã", "Đạt", "Đã phê duyệt", "Đạt", 100, None, None],
    [2, "Giao thông", "2.1", "Tỷ lệ đường xã được bảo trì", "100%", Decimal("95.2"), "Cơ bản đạt", 95, "10/05/2023",
     "Còn 0,4 km chưa có gờ giảm tốc"],
    [3, "Thủy lợi", "3.1", "Tỷ lệ diện tích tưới, tiêu chủ động", "≥ 90%", Decimal("96.8"), "Đạt", 100, None, None],
    [4, "Điện", "4", "Tỷ lệ hộ sử dụng điện an toàn", "≥ 99%", Decimal("99.5"), "Đạt", 100, None, None],
    [5, "Thu nhập", "10", "Thu nhập bình quân đầu người", None, Decimal("68.5"), "Chưa đạt", 85, "25/05/2023", None],
    [6, "Môi trường", "17.1", "Khu kinh doanh có hạ tầng bảo vệ môi trường", "Đạt", "Đã có", "Đạt", 100, None, None],
    [7, None, "17.10", "Tỷ lệ sử dụng hình thức hỏa táng", "≥ 10%", Decimal("12.5"), "Đạt", 100, None, None],
    [8, "Quốc phòng và an ninh", "19.2", "An ninh trật tự", "Đạt", "Bảo đảm", "Đạt", 100, None, None],
]  # fmt: skip
DOSSIER_HEADINGS = ["TT", "Chỉ tiêu", "Tên tài liệu minh chứng", "Tình trạng", "Cơ quan hướng dẫn", "Ngày gửi",
                    "Ngày phản hồi", "Còn thiếu gì"]  # fmt: skip
DOSSIER_ROWS: list[list[Scalar]] = [
    [1, "1.1", "Quyết định phê duyệt quy hoạch chung", "Phòng xác nhận", "Phòng KT-HT", "28/03/2023", "05/04/2023",
     None],
    [2, "2.1", "Biểu thống kê hiện trạng đường xã", "Đang lập", "Phòng KT-HT", None, None, "Biểu biển chỉ dẫn"],
    [3, "3.1", "Báo cáo diện tích tưới, tiêu chủ động", "Đã gửi phòng", "Phòng NN&PTNT", "10/04/2023", None, None],
]  # fmt: skip
DEBT_HEADINGS = [
    "TT", "Tên dự án, công trình", "Quyết định đầu tư (số, ngày)", "Thời gian khởi công - hoàn thành",
    "Tổng mức đầu tư", "Giá trị quyết toán được duyệt (nếu có)", "Giá trị khối lượng thực hiện đã nghiệm thu",
    *(f"Vốn đã bố trí lũy kế: {s}" for s in ("NSTW", "NS tỉnh", "NS huyện", "NS xã", "TPCP/khác", "Dân góp, DN")),
    "Đã thanh toán lũy kế", "Nợ đọng đến kỳ báo cáo", "Trong đó nợ phát sinh trước 01/01/2015",
    "Nguồn và thời hạn trả nợ", "Ghi chú",
]  # fmt: skip
_D = Decimal
DEBT_ROWS: list[list[Scalar]] = [
    [1, "Đường trục xã từ cầu Mỹ Hà đến thôn Bói", "115/QĐ-UBND ngày 12/5/2021", "2021 - 2022", _D("4850.5"), 4720,
     4700, 1000, 800, 1500, 700, 0, 200, 4100, 500, 0, "Đấu giá đất quý III/2023", None],
    [2, "Nhà văn hóa thôn Nội", "32/QĐ-UBND ngày 08/3/2022", "2022", 1250, 1210,
     1200, 0, 300, 400, 300, 0, 150, 1100, 50, 0, "Ngân sách xã năm 2023", None],
    [3, "Bếp ăn Trường Mầm non", "47/QĐ-UBND ngày 15/6/2022", "2022 - 2023", _D("980.75"), 630,
     _D("620.5"), 0, 0, 300, _D("220.5"), 0, 0, 500, 100, 0, "Ngân sách xã năm 2023", None],
    ["Tổng cộng", None, None, None, _D("7081.25"), 6560,
     _D("6520.5"), 1000, 1100, 2200, _D("1220.5"), 0, 350, 5700, 650, 0, None, None],
]  # fmt: skip
REMARK_ROWS: list[list[Scalar]] = [
    ["Công tác chỉ đạo, điều hành trong tuần", "Đã phân công công chức phụ trách từng tiêu chí."],
    ["Khó khăn, vướng mắc", "Vốn đối ứng của xã bố trí còn chậm."],
    ["Nhiệm vụ tuần tới", "Hoàn thiện hồ sơ gửi các phòng chuyên môn trước ngày 25/4/2023."],
]
GENERAL_ROWS: list[list[Scalar]] = [
    ["UBND HUYỆN MỸ LỘC", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
    ["UBND XÃ MỸ HÀ", "Độc lập - Tự do - Hạnh phúc"],
    [], ["BÁO CÁO TUẦN CỦA XÃ VỀ NÔNG THÔN MỚI NÂNG CAO, KIỂU MẪU"], [],
    ["Mẫu biểu", "NTM-XA-1"], ["Cơ quan/đơn vị báo cáo", "UBND xã Mỹ Hà"],
    ["Kỳ báo cáo (thứ Tư, ngày)", "12/04/2023"], ["Thời điểm chốt số liệu", "17 giờ 00 ngày 11/4/2023"],
    ["Số, ký hiệu văn bản", "21/BC-UBND"], ["Chức vụ người ký", "Chủ tịch UBND xã"], ["Lần gửi", "1"],
    ["Không phát sinh so với báo cáo trước"],
]  # fmt: skip


@dataclass
class Cell:
    value: Scalar = None
    style: str = ""
    xml: str = ""  # the whole <c> element with {r} and {s}, where a plain value isn't odd enough


@dataclass
class Sheet:
    name: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[str] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    state: str = "visible"
    dimension: str = ""
    after: str = ""  # elements after the merges
    links: list[tuple[str, str, str]] = field(default_factory=list)  # (type, target, mode)

    def put(self, ref: str, value: Scalar = None, style: str = "", xml: str = "") -> None:
        self.cells[place(ref)] = Cell(value, style, xml)

    def rows(self, first: int, rows: list[list[Scalar]], column: int = 1) -> None:
        for row, values in enumerate(rows, first):
            for col, value in enumerate(values, column):
                if value is not None:
                    self.cells[row, col] = Cell(value)

    def shift(self, rows: int = 0, columns: int = 0, from_row: int = 1, from_column: int = 1) -> None:
        def moved(row: int, col: int) -> tuple[int, int]:
            if row >= from_row and col >= from_column:
                return row + rows, col + columns
            return row, col

        self.cells = {moved(*at): cell for at, cell in self.cells.items()}


@dataclass
class Book:
    sheets: list[Sheet]
    date1904: bool = False
    inline: bool = False
    names: str = ""  # <definedNames>
    parts: dict[str, bytes] = field(default_factory=dict)
    content_types: list[tuple[str, str]] = field(default_factory=list)
    links: list[tuple[str, str, str]] = field(default_factory=list)
    main_type: str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"

    def __getitem__(self, name: str) -> Sheet:
        return next(sheet for sheet in self.sheets if sheet.name == name)


Edit = Callable[[Book], object]


def place(ref: str) -> tuple[int, int]:
    letters, digits = re.fullmatch(r"([A-Z]+)(\d+)", ref).groups()  # type: ignore[union-attr]
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(digits), column


def ref_of(row: int, column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def form() -> Book:
    """The correct report of xã Mỹ Hà for 2023-W15: headings in row 4, rows from row 5 on every sheet with a table."""
    general, remarks = Sheet(GENERAL), Sheet(REMARKS)
    general.rows(1, GENERAL_ROWS)
    remarks.rows(1, [["D. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH VÀ KIẾN NGHỊ"]])
    remarks.rows(4, [["Nội dung", "Nội dung báo cáo"], *REMARK_ROWS])
    debt = _table(DEBT, "C. NỢ XÂY DỰNG CƠ BẢN", DEBT_HEADINGS, DEBT_ROWS)
    debt.put("A3", "Đơn vị tính: triệu đồng")
    progress = _table(PROGRESS, "A. TIẾN ĐỘ THỰC HIỆN CÁC CHỈ TIÊU", PROGRESS_HEADINGS, PROGRESS_ROWS)
    dossiers = _table(DOSSIERS, "B. HỒ SƠ MINH CHỨNG", DOSSIER_HEADINGS, DOSSIER_ROWS)
    return Book([general, progress, dossiers, debt, remarks])


def _table(name: str, title: str, headings: list[str], rows: list[list[Scalar]]) -> Sheet:
    sheet = Sheet(name)
    sheet.rows(1, [[title], ["(UBND xã Mỹ Hà; kỳ báo cáo thứ Tư, ngày 12/4/2023)"]])
    sheet.rows(4, [list(headings), *rows])
    return sheet


def edited(*edits: Edit) -> Callable[[], bytes]:
    """The correct form with these changes, as .xlsx bytes when called."""
    return lambda: package(parts_of(*edits))


def parts_of(*edits: Edit) -> dict[str, bytes]:
    book = form()
    for edit in edits:
        edit(book)
    return parts(book)


def put(sheet: str, ref: str, value: Scalar = None, style: str = "", xml: str = "") -> Edit:
    return lambda book: book[sheet].put(ref, value, style, xml)


# The parts of an .xlsx.


def parts(book: Book) -> dict[str, bytes]:
    texts: dict[str, int] = {}
    numbered = list(enumerate(book.sheets, 1))
    sheets = {f"xl/worksheets/sheet{n}.xml": sheet_xml(sheet, texts, book.inline) for n, sheet in numbered}
    links = {f"xl/worksheets/_rels/sheet{n}.xml.rels": rels_xml(s.links) for n, s in numbered if s.links}
    fixed = [("styles", "styles.xml", ""), ("sharedStrings", "sharedStrings.xml", "")]
    sheet_links = [("worksheet", f"worksheets/sheet{n}.xml", "") for n, _ in numbered]
    texts_and_bytes: dict[str, str | bytes] = {
        "[Content_Types].xml": _content_types(book),
        "_rels/.rels": rels_xml([("officeDocument", "xl/workbook.xml", "")]),
        "xl/workbook.xml": _workbook_xml(book),
        "xl/_rels/workbook.xml.rels": rels_xml(sheet_links + fixed + book.links),
        **sheets, **links,
        "xl/sharedStrings.xml": _strings_xml(list(texts)),
        "xl/styles.xml": _styles_xml(),
        **book.parts,
    }  # fmt: skip
    return {name: data.encode() if isinstance(data, str) else data for name, data in texts_and_bytes.items()}


def rels_xml(links: list[tuple[str, str, str]]) -> str:
    """One <Relationship> per (type, target, mode); a type without "://" is an Office one."""
    rows = "".join(
        f'<Relationship Id="rId{n}" Type="{kind if "://" in kind else REL + "/" + kind}" Target="{escape(target)}"'
        + (f' TargetMode="{mode}"' if mode else "") + "/>"
        for n, (kind, target, mode) in enumerate(links, 1)
    )  # fmt: skip
    return f'{XML}<Relationships xmlns="{PACKAGE_REL}">{rows}</Relationships>'


def _content_types(book: Book) -> str:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    rows = [("xl/workbook.xml", book.main_type), ("xl/styles.xml", f"{kind}styles+xml"),
            ("xl/sharedStrings.xml", f"{kind}sharedStrings+xml")]  # fmt: skip
    rows += [(f"xl/worksheets/sheet{n}.xml", f"{kind}worksheet+xml") for n in range(1, len(book.sheets) + 1)]
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{mime}"/>' for name, mime in rows + book.content_types
    )
    defaults = (("rels", "application/vnd.openxmlformats-package.relationships+xml"), ("xml", "application/xml"),
                ("png", "image/png"), ("vml", "application/vnd.openxmlformats-officedocument.vmlDrawing"),
                ("bin", f"{kind}printerSettings"))  # fmt: skip
    known = "".join(f'<Default Extension="{ext}" ContentType="{mime}"/>' for ext, mime in defaults)
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    return f'{XML}<Types xmlns="{types}">{known}{overrides}</Types>'


def _workbook_xml(book: Book) -> str:
    sheets = "".join(
        f'<sheet name="{escape(s.name)}" sheetId="{n}" state="{s.state}" r:id="rId{n}"/>'
        for n, s in enumerate(book.sheets, 1)
    )
    properties = '<workbookPr date1904="1"/>' if book.date1904 else "<workbookPr/>"
    return (f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{REL}">{properties}<sheets>{sheets}</sheets>'
            f"{book.names}</workbook>")  # fmt: skip


def sheet_xml(sheet: Sheet, texts: dict[str, int], inline: bool) -> str:
    rows: dict[int, list[str]] = {row: [] for row in sheet.hidden_rows}
    for (row, column), cell in sorted(sheet.cells.items()):
        rows.setdefault(row, []).append(_cell_xml(cell, ref_of(row, column), texts, inline))
    body = "".join(
        f'<row r="{row}" hidden="{int(row in sheet.hidden_rows)}">{"".join(cells)}</row>'
        for row, cells in sorted(rows.items())
    )
    hidden = "".join(f'<col min="{c}" max="{c}" width="9" hidden="1"/>' for c in sorted(sheet.hidden_columns))
    merges = "".join(f'<mergeCell ref="{area}"/>' for area in sheet.merges)
    return (f'{XML}<worksheet xmlns="{MAIN}" xmlns:r="{REL}"><dimension ref="{_dimension(sheet)}"/>'
            + (f"<cols>{hidden}</cols>" if hidden else "") + f"<sheetData>{body}</sheetData>"
            + (f'<mergeCells count="{len(sheet.merges)}">{merges}</mergeCells>' if merges else "")
            + f"{sheet.after}</worksheet>")  # fmt: skip


def _dimension(sheet: Sheet) -> str:
    last = (max((at[i] for at in sheet.cells), default=1) for i in (0, 1))
    return sheet.dimension or f"A1:{ref_of(*last)}"


def _cell_xml(cell: Cell, ref: str, texts: dict[str, int], inline: bool) -> str:
    style = f' s="{list(STYLES).index(cell.style)}"' if cell.style else ""
    if cell.xml:
        return cell.xml.replace("{r}", ref).replace("{s}", style)
    if isinstance(cell.value, bool):
        return f'<c r="{ref}"{style} t="b"><v>{int(cell.value)}</v></c>'
    if isinstance(cell.value, str) and inline:
        return (
            f'<c r="{ref}"{style} t="inlineStr"><is><t xml:space="preserve">{escape(cell.value)}</t></is></c>'
        )
    if isinstance(cell.value, str):
        return f'<c r="{ref}"{style} t="s"><v>{texts.setdefault(cell.value, len(texts))}</v></c>'
    return f'<c r="{ref}"{style}/>' if cell.value is None else f'<c r="{ref}"{style}><v>{cell.value}</v></c>'


def _strings_xml(texts: list[str]) -> str:
    items = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in texts)
    return f'{XML}<sst xmlns="{MAIN}" count="{len(texts)}" uniqueCount="{len(texts)}">{items}</sst>'


def _styles_xml() -> str:
    fonts = list(dict.fromkeys(font for _, font in STYLES.values()))
    formats = "".join(f'<numFmt numFmtId="{n}" formatCode="{escape(f, {chr(34): "&quot;"})}"/>'
                      for n, f in FORMATS.items())  # fmt: skip
    xfs = "".join(f'<xf numFmtId="{n}" fontId="{fonts.index(f)}" fillId="0" borderId="0" xfId="0" '
                  'applyNumberFormat="1" applyFont="1"/>' for n, f in STYLES.values())  # fmt: skip
    listed = "".join(f'<font><sz val="12"/><name val="{font}"/></font>' for font in fonts)
    return (f'{XML}<styleSheet xmlns="{MAIN}"><numFmts count="{len(FORMATS)}">{formats}</numFmts>'
            f'<fonts count="{len(fonts)}">{listed}</fonts><fills count="1"><fill>'
            '<patternFill patternType="none"/></fill></fills>'
            '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
            f'<cellXfs count="{len(STYLES)}">{xfs}</cellXfs></styleSheet>')  # fmt: skip
