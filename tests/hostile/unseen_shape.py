"""Correct figures in another shape: sheets, columns, rows and headings moved, merged, hidden, repeated or missing.

The form is recognised by its headings, so a colleague finds his way in most of them; where a required column is gone
or two places claim one figure, the sender must mend.
"""

from __future__ import annotations

from decimal import Decimal

from tests.hostile.unseen_form import (
    DEBT,
    DEBT_HEADINGS,
    DOSSIERS,
    GENERAL,
    PROGRESS,
    PROGRESS_HEADINGS,
    REMARKS,
    Book,
    Cell,
    Edit,
    Scalar,
    Sheet,
    edited,
    form,
    put,
)
from tests.hostile.unseen_kit import Outcome, UnseenFile, Value

SUM = Decimal(4_700_000_000)
Expect = tuple[str, str, Value]


def _renamed(book: Book) -> None:
    for number, sheet in enumerate(book.sheets, 1):
        sheet.name = f"Sheet{number}"


def _shuffled(book: Book) -> None:
    book.sheets.reverse()


def _shift(sheet: str, **by: int) -> Edit:
    return lambda book: book[sheet].shift(**by)


def _reversed_columns(book: Book) -> None:
    debt, last = book[DEBT], len(DEBT_HEADINGS)
    debt.cells = {(r, c if r < 4 else last + 1 - c): cell for (r, c), cell in debt.cells.items()}


def _column_more(book: Book) -> None:
    progress = book[PROGRESS]
    progress.shift(columns=1, from_row=4, from_column=7)
    column: list[list[Scalar]] = [[words] for words in ("Bộ phận phụ trách", *["Địa chính"] * 8)]
    progress.rows(4, column, column=7)


def _attribute(sheet: str, name: str, value: object) -> Edit:
    return lambda book: setattr(book[sheet], name, value)


def _number_line(book: Book) -> None:
    """The line (1) (2) ... below the headings, as in every official table; "(7)" is no minus seven."""
    book[DEBT].shift(rows=1, from_row=5)
    book[DEBT].rows(5, [[f"({n})" for n in range(1, 19)]])
    book[DEBT].put("O5", "(15)=(7)-(8)-...-(13)")


def _two_lines(book: Book) -> None:
    debt = book[DEBT]
    debt.shift(rows=1, from_row=5)
    debt.rows(5, [["NSTW", "NS tỉnh", "NS huyện", "NS xã", "TPCP/khác", "Dân góp, DN"]], column=8)
    debt.rows(4, [["Vốn đã bố trí lũy kế"]], column=8)
    for column in range(9, 14):
        del debt.cells[4, column]
    debt.merges = ["H4:M4", *(f"{letter}4:{letter}5" for letter in "ABCDEFGNOPQR")]


def _one_column_per_judgement(book: Book) -> None:
    """Tự đánh giá over three columns, each headed by one judgement, with an x below the right one."""
    progress = book[PROGRESS]
    said = [progress.cells[row, 7].value for row in range(5, 13)]
    progress.shift(rows=1, from_row=5)
    progress.shift(columns=2, from_row=4, from_column=8)
    words = ["Đạt", "Cơ bản đạt", "Chưa đạt"]
    for row, word in enumerate(said, 6):
        del progress.cells[row, 7]
        progress.cells[row, 7 + words.index(str(word))] = Cell("x")
    progress.rows(5, [list(words)], column=7)
    progress.merges = ["G4:I4", *(f"{letter}4:{letter}5" for letter in "ABCDEFJKL")]


def _headings_again(book: Book) -> None:
    book[PROGRESS].shift(rows=1, from_row=9)
    book[PROGRESS].rows(9, [list(PROGRESS_HEADINGS)])


def _signatures(book: Book) -> None:
    progress = book[PROGRESS]
    progress.rows(15, [["Mỹ Hà, ngày 12 tháng 4 năm 2023"], ["TM. ỦY BAN NHÂN DÂN"], ["CHỦ TỊCH"]], column=7)
    progress.rows(16, [["NGƯỜI LẬP BIỂU"]], column=2)


def _totals_of_progress(book: Book) -> None:
    book[PROGRESS].rows(13, [[None, "Tổng cộng", None, "Số chỉ tiêu đạt: 6; cơ bản đạt: 1; chưa đạt: 1"]])


def _group_lines(book: Book) -> None:
    book[PROGRESS].shift(rows=1, from_row=6)
    book[PROGRESS].rows(6, [["II", "HẠ TẦNG KINH TẾ - XÃ HỘI"]])


def _sheet_more(name: str, rows: list[list[Scalar]]) -> Edit:
    def edit(book: Book) -> None:
        book.sheets.append(Sheet(name))
        book.sheets[-1].rows(1, rows)

    return edit


def _copied(sheet: str, name: str) -> Edit:
    def edit(book: Book) -> None:
        again = form()[sheet]
        again.name = name
        book.sheets.append(again)

    return edit


def _without_column(sheet: str, column: int) -> Edit:
    def edit(book: Book) -> None:
        cells = book[sheet].cells
        book[sheet].cells = {at: c for at, c in cells.items() if at[0] < 4 or at[1] != column}

    return edit


def _emptied(*sheets: str) -> Edit:
    """Nothing below the headings; the subjects of the remarks stay, as in the blank form."""

    def edit(book: Book) -> None:
        for name in sheets:
            cells = book[name].cells
            keep = 1 if name == REMARKS else 0
            book[name].cells = {at: c for at, c in cells.items() if at[0] < 5 or at[1] <= keep}

    return edit


def _no_unit(book: Book) -> None:
    del book[DEBT].cells[3, 1]


def _only(*sheets: str) -> Edit:
    return lambda book: setattr(book, "sheets", [s for s in book.sheets if s.name in sheets])


def _merged_sum(book: Book) -> None:
    del book[DEBT].cells[6, 7]
    book[DEBT].merges.append("G5:G6")


def _no_debt(*kept: int) -> Edit:
    """Only the statement 'không có nợ đọng' in the debt table, beside the project rows that are kept."""

    def edit(book: Book) -> None:
        debt = book[DEBT]
        debt.cells = {at: c for at, c in debt.cells.items() if at[0] < 5 or at[0] in kept}
        debt.put("B9", "Không có nợ đọng XDCB")

    return edit


def _far_note(book: Book) -> None:
    book[PROGRESS].put("AZ5000", "in 2 bản")


def _two_marks(book: Book) -> None:
    _one_column_per_judgement(book)
    book[PROGRESS].put("I7", "x")


_ACCEPTED: tuple[tuple[str, str, tuple[Edit, ...], tuple[Expect, ...]], ...] = (
    ("trang đổi tên", "sheets named Sheet1 ... Sheet5: the headings say what they are", (_renamed,),
     (("Sheet2", "G6", "nearly_met"), ("Sheet4", "G5", SUM))),
    ("trang đảo thứ tự", "sheets in reverse order", (_shuffled,), ((DEBT, "G5", SUM),)),
    ("cột đảo thứ tự", "the debt columns from right to left", (_reversed_columns,),
     ((DEBT, "L5", SUM), (DEBT, "D5", Decimal(500_000_000)))),
    ("thêm cột lạ", "a column the form doesn't know, before the judgement", (_column_more,),
     ((PROGRESS, "H6", "nearly_met"), (PROGRESS, "I6", Decimal(95)))),
    ("cột ẩn", "a hidden column of figures counts", (_attribute(PROGRESS, "hidden_columns", {8}),),
     ((PROGRESS, "H6", Decimal(95)),)),
    ("dòng ẩn", "hidden rows count, with a warning", (_attribute(PROGRESS, "hidden_rows", {6, 7}),),
     ((PROGRESS, "G6", "nearly_met"),)),
    ("trang ẩn", "a hidden sheet counts, with a warning", (_attribute(DEBT, "state", "hidden"),), ((DEBT, "G5", SUM),)),
    ("dòng trống giữa bảng", "three blank rows in the middle end no table", (_shift(PROGRESS, rows=3, from_row=8),),
     ((PROGRESS, "G12", "not_met"),)),
    ("bảng bắt đầu ở C14", "the table moved down by ten and right by two",
     (_shift(PROGRESS, rows=10, columns=2),), ((PROGRESS, "I16", "nearly_met"),)),
    ("tiêu đề xuống dòng", "line breaks inside headings, as wrapped cells are typed",
     (put(PROGRESS, "G4", "Tự\nđánh giá"), put(DEBT, "G4", "Giá trị khối lượng\r\nthực hiện đã nghiệm thu")),
     ((PROGRESS, "G6", "nearly_met"), (DEBT, "G5", SUM))),
    ("tiêu đề cách viết khác", "other listed spellings, capitals and a final colon",
     (put(PROGRESS, "G4", "XÃ TỰ ĐÁNH GIÁ:"), put(PROGRESS, "C4", "MÃ"), put(PROGRESS, "A4", "Stt")),
     ((PROGRESS, "G6", "nearly_met"),)),
    ("tiêu đề ký tự ẩn", "zero-width and no-break spaces inside headings",
     (put(PROGRESS, "G4", "Tự\u00a0đánh\u200b giá"), put(PROGRESS, "C4", "\ufeffMã chỉ tiêu")),
     ((PROGRESS, "G6", "nearly_met"),)),
    ("dòng số thứ tự cột", "the line (1) (2) ... below the headings", (_number_line,), ((DEBT, "G6", SUM),)),
    ("tiêu đề hai tầng", "Vốn đã bố trí lũy kế over its six sources in a second line", (_two_lines,),
     ((DEBT, "G6", SUM), (DEBT, "K6", Decimal(700_000_000)))),
    ("mỗi mức một cột", "x under columns headed by one judgement (SEMANTICS, Judgement)", (_one_column_per_judgement,),
     ((PROGRESS, "H7", "nearly_met"),)),
    ("tiêu đề lặp ở trang in", "the headings again in the middle, as for a second printed page", (_headings_again,),
     ((PROGRESS, "G10", "not_met"),)),
    ("chữ ký dưới bảng", "place, date and signature below the table are no rows", (_signatures,),
     ((PROGRESS, "G12", "met"),)),
    ("dòng tổng tiến độ", "a totals row below the indicators", (_totals_of_progress,), ((PROGRESS, "G12", "met"),)),
    ("ô tên tiêu chí gộp", "one merged criterion name over its two rows",
     (_attribute(PROGRESS, "merges", ["B10:B11"]),), ((PROGRESS, "G11", "met"),)),
    ("ô tổng cộng gộp", "Tổng cộng: with a colon, merged over four cells",
     (put(DEBT, "A8", "TỔNG CỘNG:"), _attribute(DEBT, "merges", ["A8:D8"])), ((DEBT, "G7", Decimal(620_500_000)),)),
    ("thêm trang hướng dẫn", "a sheet of instructions more",
     (_sheet_more("Hướng dẫn", [["Cách ghi biểu"], ["1", "Ghi đủ các cột"]]),), ((DEBT, "G5", SUM),)),
    ("chú thích xa bảng", "a stray note far to the right and below", (_far_note,), ((PROGRESS, "G6", "nearly_met"),)),
    ("chỉ có nợ", "only the debt part: one part may come alone", (_only(GENERAL, DEBT),), ((DEBT, "G5", SUM),)),
    ("không có nợ đọng", "the statement alone is an explicit zero", (_no_debt(),), ()),
    ("ĐVT viết tắt", "ĐVT: triệu đồng is what nearly every office writes", (put(DEBT, "A3", "ĐVT: triệu đồng"),),
     ((DEBT, "G5", SUM),)),
    ("đơn vị ở góc phải", "the unit line above the last column, in brackets",
     (_no_unit, put(DEBT, "R3", "(Đơn vị tính: Triệu đồng)")), ((DEBT, "G5", SUM),)),
)  # fmt: skip
_ASKED = {
    "ĐVT viết tắt": "the issue names no abbreviation; no second reading exists",
    "mất hàng tiêu đề": "reporter and week are stated, but the form is recognised by its headers: not sure what it is",
    "dòng nhóm tiêu chí": "the issue names totals rows and blank lines, not group lines; no figure stands in it",
    "chữ ký dưới bảng": "not named by the issue; every official table ends so and no code stands beside it",
    "dòng số thứ tự cột": "counted among 'several header lines'",
}
_RETURNED: tuple[tuple[str, str, tuple[Edit, ...], tuple[tuple[str, str], ...]], ...] = (
    ("thiếu cột tự đánh giá", "the required column is gone", (_without_column(PROGRESS, 7),), ()),
    ("thiếu cột mã", "judgements without codes belong to nobody", (_without_column(PROGRESS, 3),), ()),
    ("tiêu đề lạ", "the judgement stands under Mức độ, which no list knows", (put(PROGRESS, "G4", "Mức độ"),), ()),
    ("cột lặp", "two columns headed Tự đánh giá", (put(PROGRESS, "K4", "Tự đánh giá"), put(PROGRESS, "K6", "Đạt")),
     ((PROGRESS, "K4"),)),
    ("trang tiến độ chép đôi", "the same indicators on a second sheet", (_copied(PROGRESS, "A. Tiến độ (2)"),), ()),
    ("trang nợ chép đôi", "the debt table twice: counted double if both are read", (_copied(DEBT, "Nợ (cũ)"),), ()),
    ("số tiền gộp ô", "one sum merged over two projects", (_merged_sum,), ((DEBT, "G5"),)),
    ("không có đơn vị tính", "sums without any unit: never guessed from their size", (_no_unit,), ()),
    ("hai dấu x một dòng", "two judgements marked for one indicator", (_two_marks,), ()),
    ("mẫu trắng", "headings and nothing below them", (_emptied(PROGRESS, DOSSIERS, DEBT, REMARKS),), ()),
    ("không phát sinh lần đầu", "nil without an earlier accepted report is an error (SEMANTICS, Submissions)",
     (_emptied(PROGRESS, DOSSIERS, DEBT, REMARKS), put(GENERAL, "B13", "x")), ()),
    ("không có nợ nhưng còn nợ", "the statement beside a project that owes", (_no_debt(5),), ()),
    ("hồ sơ tình trạng lạ", "a state of a dossier in no list", (put(DOSSIERS, "D6", "Sắp xong"),), ((DOSSIERS, "D6"),)),
    ("dự án lặp", "one decision number on two rows",
     (put(DEBT, "C6", "115/QĐ-UBND ngày 12/5/2021"),), ((DEBT, "C6"),)),
)  # fmt: skip
_OTHER: tuple[tuple[str, str, tuple[Edit, ...]], ...] = (
    ("sổ trống", "a workbook of one empty sheet: what it is can't be known",
     (lambda book: setattr(book, "sheets", [Sheet("Sheet1")]),)),
    ("danh sách khách mời", "a list of guests: no heading of any form",
     (lambda book: setattr(book, "sheets", []),
      _sheet_more("DS", [["TT", "Họ tên", "Chức vụ"], [1, "Khách 1", "Bí thư chi bộ"]]))),
    ("mất hàng tiêu đề", "all rows of headings were deleted: nothing says which column is which",
     (lambda book: [book[n].cells.pop((4, c), None) for n in (PROGRESS, DOSSIERS, DEBT, REMARKS)
                    for c in range(1, 19)],)),
)  # fmt: skip


def _shaped(name: str, expected: Outcome, why: str, edits: tuple[Edit, ...], **more: object) -> UnseenFile:
    asked = _ASKED.get(name, "")
    return UnseenFile(f"{name}.xlsx", "shape", expected, why, edited(*edits), open_question=asked, **more)  # type: ignore[arg-type]


FILES = (
    *(_shaped(name, "accept", why, edits, expects=expects) for name, why, edits, expects in _ACCEPTED),
    *(_shaped(name, "return", why, edits, faults=faults) for name, why, edits, faults in _RETURNED),
    *(_shaped(name, "quarantine", why, edits) for name, why, edits in _OTHER),
    _shaped("dòng nhóm tiêu chí", "accept", "a Roman-numbered line with a name only groups the rows below",
            (_group_lines,), expects=((PROGRESS, "G7", "nearly_met"),),),
)  # fmt: skip
