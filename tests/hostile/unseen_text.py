"""Old fonts, whose file it is, which week, and marks of secrecy, in a correct report.

TCVN3 is decided by the font's name (.Vn*, capitals by .Vn*H); VNI is recognised and returned; without a font nothing
is guessed. A header that names somebody else, or another week, quarantines; a silent header only warns.
"""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal

from tests.hostile.unseen_form import (
    DEBT,
    DEBT_ROWS,
    GENERAL,
    PROGRESS,
    REMARKS,
    Book,
    Cell,
    Edit,
    Scalar,
    edited,
    put,
)
from tests.hostile.unseen_kit import Outcome, UnseenFile, Value, tcvn3, vni
from tests.hostile.unseen_parts import after, part

PROJECT = str(DEBT_ROWS[0][1])
Expect = tuple[str, str, Value]


# Fonts.


def _each_text(change: object) -> Edit:
    """`change` (Cell -> Cell) on every text of the workbook."""

    def edit(book: Book) -> None:
        for sheet in book.sheets:
            sheet.cells = {at: change(c) if isinstance(c.value, str) else c for at, c in sheet.cells.items()}  # type: ignore[operator]

    return edit


def _in_tcvn3(cell: Cell) -> Cell:
    """Capitals in the capital font; what TCVN3 has no letter for (≥, a single Ủ) stays Unicode in an ordinary font."""
    text = str(cell.value)
    capital = text.isupper() and not text.isascii()
    stored = tcvn3(text.lower() if capital else text)
    if any(ord(letter) > 0xFF for letter in stored) or text.isascii():
        return cell
    return Cell(stored, "VnTimeH" if capital else "VnTime")


def _nfd(cell: Cell) -> Cell:
    return Cell(unicodedata.normalize("NFD", str(cell.value)), cell.style)


def _old_tone(cell: Cell) -> Cell:
    """Tone marks on the other vowel: hoà, thuỷ, uỷ for hòa, thủy, ủy."""
    text = str(cell.value)
    for new, old in (("òa", "oà"), ("óa", "oá"), ("ủy", "uỷ"), ("Ủy", "Uỷ"), ("úy", "uý"), ("ũy", "uỹ")):
        text = text.replace(new, old)
    return Cell(text, cell.style)


_RUN = '<c r="{r}" t="inlineStr"><is><r><rPr><rFont val=".VnTime"/></rPr><t>§¹t</t></r></is></c>'
_HALF = '<c r="{r}" t="inlineStr"><is><r><rPr><rFont val=".VnTime"/></rPr><t>C¬ b¶n </t></r><r><rPr>\
<rFont val="Arial"/></rPr><t>đạt</t></r></is></c>'
_UPPER = tcvn3(PROJECT.lower())
_FONTS: tuple[tuple[str, Outcome, str, tuple[Edit, ...], tuple[Expect, ...], tuple[tuple[str, str], ...]], ...] = (
    ("TCVN3 một ô", "accept", "§¹t in .VnTime is Đạt", (put(PROGRESS, "G5", tcvn3("Đạt"), "VnTime"),),
     ((PROGRESS, "G5", "met"),), ()),
    ("TCVN3 cả tệp", "accept", "the whole report, headings too, in .VnTime and .VnTimeH", (_each_text(_in_tcvn3),),
     ((PROGRESS, "G6", "nearly_met"), (DEBT, "B5", PROJECT)), ()),
    ("TCVN3 chữ hoa", "accept", "small codes in .VnTimeH are capitals", (put(DEBT, "B5", _UPPER, "VnTimeH"),),
     ((DEBT, "B5", PROJECT.upper()),), ()),
    ("TCVN3 Vn Arial Narrow", "accept", "any .Vn* font, not only .VnTime",
     (put(PROGRESS, "G6", tcvn3("Cơ bản đạt"), "VnArial"),), ((PROGRESS, "G6", "nearly_met"),), ()),
    ("TCVN3 theo đoạn chữ", "accept", "the font stands at the run, not at the cell", (put(PROGRESS, "G5", xml=_RUN),),
     ((PROGRESS, "G5", "met"),), ()),
    ("TCVN3 nửa ô", "accept", "one run in TCVN3, the next in Unicode: each by its own font",
     (put(PROGRESS, "G6", xml=_HALF),), ((PROGRESS, "G6", "nearly_met"),), ()),
    ("Unicode trong phông VnTime", "accept", "ạ has no place in TCVN3: the text is Unicode already",
     (put(PROGRESS, "G5", "Đạt", "VnTime"),), ((PROGRESS, "G5", "met"),), ()),
    ("số trong phông VnTime", "accept", "digits are the same in every font",
     (put(PROGRESS, "H6", "95,5%", "VnTime"),), ((PROGRESS, "H6", Decimal("95.5")),), ()),
    ("TCVN3 không phông", "return", "§¹t without a .Vn font: asked, never guessed",
     (put(PROGRESS, "G5", tcvn3("Đạt")),), (), ((PROGRESS, "G5"),)),
    ("tên dự án TCVN3 không phông", "return", "a project's name in TCVN3 bytes without a .Vn font: its name is unknown",
     (put(DEBT, "B5", tcvn3(PROJECT)),), (), ((DEBT, "B5"),)),
    ("VNI một ô", "return", "VNI is recognised and returned with the request to send Unicode",
     (put(PROGRESS, "G5", vni("Đạt"), "VNI"),), (), ((PROGRESS, "G5"),)),
    ("VNI tên dự án", "return", "VNI in a required text column", (put(DEBT, "B5", vni(PROJECT), "VNI"),), (),
     ((DEBT, "B5"),)),
    ("VNI không phông", "return", "Ñaït in no VNI font: in no list of judgements", (put(PROGRESS, "G5", vni("Đạt")),),
     (), ((PROGRESS, "G5"),)),
    ("NFD cả tệp", "accept", "every text decomposed, as a Mac writes it", (_each_text(_nfd),),
     ((PROGRESS, "G6", "nearly_met"), (DEBT, "B5", PROJECT)), ()),
    ("dấu kiểu cũ cả tệp", "accept", "hoà, thuỷ, uỷ, luỹ kế: the older place of the tone mark",
     (_each_text(_old_tone),),
     ((PROGRESS, "G6", "nearly_met"),), ()),
)  # fmt: skip


# Whose, which week.


def _without_line(row: int) -> Edit:
    """One line of the header gone, and the lines in brackets above the tables, which repeat it."""

    def edit(book: Book) -> None:
        for column in (1, 2):
            book[GENERAL].cells.pop((row, column), None)
        for sheet in book.sheets:
            if sheet.name != GENERAL:
                sheet.cells.pop((2, 1), None)

    return edit


def _header(ref: str, value: Scalar, style: str = "") -> tuple[Edit, ...]:
    return (put(GENERAL, ref, value, style),)


def _all_of(old: str, new: str) -> Edit:
    return _each_text(lambda cell: Cell(str(cell.value).replace(old, new), cell.style))


_OTHER_LINE = "(UBND xã Mỹ Thịnh; kỳ báo cáo thứ Tư, ngày 12/4/2023)"
_WHOSE: tuple[tuple[str, Outcome, str, tuple[Edit, ...]], ...] = (
    ("của xã Mỹ Thành", "quarantine", "another commune's report in this folder",
     (_all_of("Mỹ Hà", "Mỹ Thành"), _all_of("MỸ HÀ", "MỸ THÀNH"))),
    ("xã không có trong danh sách", "quarantine", "a commune that owes no report here",
     _header("B7", "UBND xã Mỹ Tân")),
    ("phòng ghi nhầm chỗ", "quarantine", "the header names a department, the form is a commune's",
     _header("B7", "Phòng Nội vụ")),
    ("hai xã một ô", "quarantine", "two communes named in the header: not sure whose",
     _header("B7", "UBND xã Mỹ Hà, UBND xã Mỹ Thịnh")),
    ("tên thiếu dấu", "quarantine", "My Ha without marks is in no list of names: never the nearest one",
     _header("B7", "UBND xa My Ha")),
    ("dòng trên bảng ghi xã khác", "quarantine", "the line above the debt table names another commune alone",
     (put(DEBT, "A2", _OTHER_LINE),)),
    ("tuần sau", "quarantine", "the header names the next week", (_all_of("12/04/2023", "19/04/2023"),
                                                                   _all_of("12/4/2023", "19/4/2023"))),
    ("tuần trước khi bắt đầu", "quarantine", "a week before the campaign's first", _header("B8", "05/04/2023")),
    ("kỳ năm 1923", "quarantine", "a slip of the century: no week of the campaign", _header("B8", "12/04/1923")),
    ("kỳ kiểu Mỹ", "quarantine", "04/12/2023 is the 4th of December here: another week, never turned round",
     _header("B8", "04/12/2023")),
    ("tên không dấu cách cứng", "accept", "no-break spaces and old tone marks in the name",
     _header("B7", "Uỷ\u00a0ban nhân dân xã  Mỹ Hà")),
    ("tên NFD viết hoa", "accept", "the name decomposed and in capitals",
     _header("B7", unicodedata.normalize("NFD", "UBND XÃ MỸ HÀ"))),
    ("kỳ dạng số Excel", "accept", "the period as an Excel date", _header("B8", 45028, "date")),
    ("kỳ ISO", "accept", "the period as an ISO date", _header("B8", "2023-04-12")),
    ("kỳ d-m-yy", "accept", "the period as d/m/yy", _header("B8", "12/4/23")),
    ("không ghi đơn vị", "accept", "no name at all: the folder decides, with a warning", (_without_line(7),)),
    ("không ghi kỳ", "accept", "no period at all: the folder decides, with a warning", (_without_line(8),)),
)  # fmt: skip
_OUTSIDE = (
    "a date outside the campaign is refused; as the period it leaves the week unsure, so not simply returned"
)
_WHOSE_ASKED = {
    "kỳ năm 1923": _OUTSIDE,
    "kỳ kiểu Mỹ": _OUTSIDE,
    "tuần trước khi bắt đầu": _OUTSIDE,
    "hai xã một ô": "could be returned; but 'not sure whose' is the definition of quarantine",
    "tên thiếu dấu": "a colleague would guess it; the roster is compared exactly and the name is in no list",
}


# Secrecy.

_CORE = '<?xml version="1.0" encoding="UTF-8"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/\
2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title></cp:coreProperties>'
_SPLIT = '<c r="{r}" t="inlineStr"><is><r><t>TỐI </t></r><r><rPr><b/></rPr><t>MẬT</t></r></is></c>'


def _mark(value: str, style: str = "") -> tuple[Edit, ...]:
    return (put(GENERAL, "C1", value, style),)


_SECRET: tuple[tuple[str, Outcome, str, tuple[Edit, ...]], ...] = (
    ("dấu độ", "quarantine", "MẬT in a corner of the first sheet", _mark("MẬT")),
    ("dấu độ 2", "quarantine", "tối mật, two words in small letters", _mark("Độ mật: tối mật")),
    ("dấu độ NFD", "quarantine", "the mark decomposed", _mark(unicodedata.normalize("NFD", "TUYỆT MẬT"))),
    ("dấu độ chữ rời", "quarantine", "the mark split over two runs of rich text", (put(GENERAL, "C1", xml=_SPLIT),)),
    ("dấu độ VnTimeH", "quarantine", "mËt in .VnTimeH shows MẬT", _mark(tcvn3("mật"), "VnTimeH")),
    ("dấu độ VNI", "quarantine", "the mark as VNI-Times stores it", _mark(vni("TUYỆT MẬT"), "VNI")),
    ("dấu độ ở đầu trang", "quarantine", "the mark in the printed page header of a sheet",
     (after(DEBT, "<headerFooter><oddHeader>&amp;CMẬT</oddHeader></headerFooter>"),)),
    ("dấu độ ở thuộc tính", "quarantine", "the mark in the title of the document",
     (part("docProps/core.xml", _CORE.format("TỐI MẬT - báo cáo")),)),
    ("dấu độ ở trang ẩn", "quarantine", "the mark on a hidden sheet",
     (put(REMARKS, "D40", "TUYỆT MẬT"), lambda book: setattr(book[REMARKS], "state", "hidden"))),
    ("Báo cáo tuần TUYỆT MẬT", "quarantine", "the mark in the file's name", ()),
    ("mật độ và bí mật", "accept", "mật độ dân số and bí mật are ordinary words, no mark",
     (put(REMARKS, "B6", "Mật độ dân số cao; giữ bí mật phiếu khảo sát."),)),
)  # fmt: skip


FILES = (
    *(UnseenFile(f"chữ {name}.xlsx", "fonts", outcome, why, edited(*edits), expects, faults)
      for name, outcome, why, edits, expects, faults in _FONTS),
    *(UnseenFile(f"{name}.xlsx", "whose and when", outcome, why, edited(*edits),
                 open_question=_WHOSE_ASKED.get(name, "")) for name, outcome, why, edits in _WHOSE),
    *(UnseenFile(f"{name}.xlsx", "secrecy", outcome, why, edited(*edits)) for name, outcome, why, edits in _SECRET),
    UnseenFile("BÁO CÁO TUẦN.XLSX", "whose and when", "accept", "an extension in capitals, as old programs write it",
               edited(put(REMARKS, "B6", "Không.")), ((PROGRESS, "I6", date(2023, 5, 10)),)),
)  # fmt: skip
