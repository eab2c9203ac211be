"""One odd cell in a correct report: numbers, dates, judgements, codes and what Excel stores instead of them.

A sum stands in C. Nợ XDCB!G5 (accepted volume of the first project; right value 4.700 triệu đồng),
a percent in A. Tiến độ!H6 (95), a date in A. Tiến độ!I6 (10/5/2023), a judgement in A. Tiến độ!G6 (cơ bản đạt).
Money and required columns return the file; in other columns the same fault is a warning and nothing is taken
(SEMANTICS, "Unreadable is an error in a required column, else a warning and 'không ghi'").
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from tests.hostile.unseen_form import DEBT, DEBT_HEADINGS, DOSSIERS, PROGRESS, Book, edited, put, ref_of
from tests.hostile.unseen_kit import UnseenFile, Value

SUM = Decimal(4_700_000_000)
_MIXED = "1,250.0"

# (file name, what is typed, why): all mean 4.700 triệu đồng
_SUMS_READ = (
    ("phẩy thập phân", "4.700,0", "dots group, a comma is the decimal mark: the Vietnamese way"),
    ("phẩy không nhóm", "4700,0", "a decimal comma without grouping"),
    ("số dạng chữ", "4700", "a number Excel kept as text"),
    ("chữ số toàn khổ", "４７００", "full-width digits are digits"),
    ("dấu cách cứng", "\u00a04700\u00a0", "no-break spaces around the number"),
    ("ký tự không độ rộng", "47\u200b00", "a zero-width space inside, invisible to the officer"),
    ("ghi tỷ", "4,7 tỷ", "the cell's own unit settles it"),
    ("ghi tỷ đồng", "4,7 tỷ đồng", "the cell's own unit settles it"),
    ("ghi đồng", "4.700.000.000 đồng", "the cell's own unit: whole đồng with grouping dots"),
    ("ghi nghìn", "4.700.000 nghìn đồng", "the cell's own unit: nghìn đồng"),
)
_SUMS_RETURNED = (
    (
        "một dấu chấm có triệu",
        "4.700 triệu đồng",
        "the unit doesn't settle it: 4,7 triệu is whole đồng as well",
    ),
    ("một dấu chấm", "4.700", "in a column of triệu with decimals both 4,7 and 4.700 triệu are possible"),
    ("vô cực", "inf", "inf is no sum"),
    ("NaN", "NaN", "NaN is no sum"),
    ("gạch dưới", "4_700", "Python would read it, a colleague would ask"),
    ("chữ số Ả Rập", "٤٧٠٠", "Arabic digits, refused by the issue"),
    ("chữ số Devanagari", "४७००", "another alphabet's digits, like the Arabic ones"),
    ("số mũ trên", "470²", "a superscript passes isdigit() and is none"),
    ("số khoanh tròn", "④⑦⓪⓪", "circled digits pass isnumeric() and are none"),
    ("phân số", "4700½", "a fraction sign"),
    ("chữ O thay số 0", "47OO", "letters that look like digits are not silently mended"),
    ("chữ l thay số 1", "l700", "a letter l in front"),
    ("âm", "-4700", "negative where it can't be"),
    ("âm dấu trừ Unicode", "−4700", "the same with the typographic minus"),
    ("âm trong ngoặc", "(4.700,0)", "brackets mean negative in bookkeeping"),
    ("nhóm sai", "47.00,0", "dots that don't group by three"),
    ("hai dấu phẩy", "4,7,0", "two decimal marks"),
    ("quá nhiều chữ số", "4.700.000.000.000.000.000 đồng", "more digits than an amount in đồng can have"),
    ("hai số một ô", "4.700,0; 4.800,0", "two sums in one cell"),
    ("khoảng", "khoảng 4.700,0", "an estimate is no accepted volume"),
    ("từ đến", "4700-4800", "a span has two readings"),
    ("gạch ngang", "-", "a typed dash is asked: zero or not stated"),
    ("chấm hỏi", "?", "not a number"),
    ("dạng e", "4,7e3", "an exponent typed as text is in no list of accepted styles"),
    ("thập lục", "0x125C", "a programmer's number"),
    ("đơn vị lạ", "4.700,0 lượng vàng", "an amount in no unit of money"),
    ("ngoại tệ", "200.000 USD", "an amount in another currency is not converted"),
    ("lẻ dưới đồng", "4700,1234567", "not a whole number of đồng"),
)
# (file name, the <c> element, style, why)
_SUM_CELLS_RETURNED = (
    ("lỗi REF", '<c r="{r}" t="e"><v>#REF!</v></c>', "", "an error value"),
    (
        "lỗi N-A từ công thức",
        '<c r="{r}" t="e"><f>VLOOKUP(1,A1:A2,1,0)</f><v>#N/A</v></c>',
        "",
        "an error value",
    ),
    ("chữ REF", '<c r="{r}" t="inlineStr"><is><t>#REF!</t></is></c>', "", "an error value pasted as text"),
    ("đúng sai", '<c r="{r}" t="b"><v>1</v></c>', "", "TRUE is not one triệu"),
    (
        "công thức chưa tính",
        '<c r="{r}"><f>SUM(H5:M5)+500</f></c>',
        "",
        "a formula whose value was never saved",
    ),
    (
        "công thức giá trị rỗng",
        '<c r="{r}"><f>SUM(H5:M5)+500</f><v></v></c>',
        "",
        "the same with an empty value",
    ),
    (
        "số vô cực trong XML",
        '<c r="{r}"><v>1E400</v></c>',
        "",
        "a number no float holds; readers make it infinite",
    ),
    ("NaN trong XML", '<c r="{r}"><v>NaN</v></c>', "", "not a number, stored as a number"),
    (
        "định dạng rút gọn nghìn",
        '<c r="{r}"{s}><v>4700000</v></c>',
        "thousands",
        "shows 4,700 and stores 4700000",
    ),
    (
        "định dạng ghi tỷ",
        '<c r="{r}"{s}><v>4700</v></c>',
        "billions",
        "shows 4700.0 tỷ đồng under a heading of triệu",
    ),
    (
        "ngày trong cột tiền",
        '<c r="{r}"{s}><v>45028</v></c>',
        "date",
        "a date where a sum is needed, shown 12/04/2023",
    ),
    ("âm dạng số", '<c r="{r}"><v>-4700</v></c>', "", "a negative number cell"),
)
_SUM_CELLS_READ = (
    ("công thức có kết quả", '<c r="{r}"><f>SUM(H5:M5)+500</f><v>4700</v></c>', "a formula with its saved value"),
    ("công thức mảng", '<c r="{r}"><f t="array" ref="G5">SUM(H5:M5)+500</f><v>4700</v></c>', "an array formula"),
    ("số viết mũ", '<c r="{r}"><v>4.7E3</v></c>', "Excel itself stores numbers with an exponent"),
    ("sai số nhị phân", '<c r="{r}"><v>4700.0000000000009</v></c>',
     "17 digits of a computed double; Excel shows and means 4700"),
)  # fmt: skip
_DAY = date(2023, 5, 10)
# (file name, typed text or number, style, value, why)
_DATES = (
    ("ngày ngắn", "10/5/23", "", _DAY, "d/m/yy"),
    ("ngày ISO", "2023-05-10", "", _DAY, "ISO"),
    ("ngày số Excel", 45056, "date", _DAY, "an Excel serial with a date format"),
    ("ngày số có giờ", Decimal("45056.625"), "date", _DAY, "a serial with a time of day"),
    ("ngày toàn khổ", "１０／０５／２０２３", "", _DAY, "full-width digits and slashes"),
    ("ngày không có thật", "31/4/2023", "", None, "an impossible day: warned, not recorded"),
    ("ngày kiểu Mỹ", "05/13/2023", "", None, "month 13: read the American way it would be silently moved"),
    ("ngày thiếu năm", "10/5", "", None, "no year: not taken"),
    ("ngày ngoài đợt", "10/05/2032", "", None, "a slip of the year, outside the campaign"),
    ("ngày 1923", "10/05/1923", "", None, "outside the campaign, a century early"),
    ("chỉ có tháng", "tháng 5/2023", "", None, "a month is no day"),
    ("ngày đúng sai", True, "", None, "TRUE is no date"),
    ("ngày số 60", 60, "date", None, "29/2/1900 exists only in Excel, and is outside the campaign"),
    ("ngày số âm", -5, "date", None, "a negative serial shows as ##### and is no day"),
)
_PERCENTS = (
    ("phần trăm chữ", "95%", "", Decimal(95), "a percent sign in the cell"),
    ("phần trăm lẻ", "95,5%", "", Decimal("95.5"), "a decimal comma before the sign"),
    ("phần trăm lẻ không dấu", "95,5", "", Decimal("95.5"), "a decimal comma in a percent column"),
    ("phần trăm Excel", Decimal("0.95"), "percent", Decimal(95), "an Excel percent format says so"),
    (
        "phần trăm dưới một",
        Decimal("0.95"),
        "",
        None,
        "unformatted below 1: asked, never taken for 0,95 or 95",
    ),
    ("phần trăm chữ Ả Rập", "٩٥", "", None, "Arabic digits are refused, the column isn't required"),
    ("phần trăm lỗi", "#DIV/0!", "", None, "an error value pasted as text"),
)
_JUDGEMENTS = (
    ("viết hoa", "CƠ BẢN ĐẠT", "nearly_met", "case doesn't matter"),
    ("thừa dấu cách", "  Cơ   bản đạt ", "nearly_met", "spaces don't matter"),
    ("NFD", "Co\u031b ba\u0309n đa\u0323t", "nearly_met", "decomposed Unicode"),
    (
        "NFC nửa chừng",
        "C\u01a1 ba\u0309n \u0111a\u0323t",
        "nearly_met",
        "composed and decomposed letters mixed",
    ),
    ("chữ Eth", "Cơ bản ðạt", "nearly_met", "ð (U+00F0) for đ, as old keyboard drivers typed"),
    ("xuống dòng", "Cơ bản\nđạt", "nearly_met", "a line break inside the cell"),
    (
        "dấu nối mềm",
        "Cơ bản\u00ad đạt\ufeff",
        "nearly_met",
        "a soft hyphen and a byte order mark, both invisible",
    ),
    ("chưa thẩm định", "Chưa thẩm định", None, "in the exact list: not stated"),
    ("để trống", None, None, "blank = chưa có số liệu, never chưa đạt"),
)
_JUDGEMENTS_RETURNED = (
    ("không dấu", "Co ban dat", "without marks: in no list"),
    ("100 phần trăm", "100%", "asked, by SEMANTICS"),
    ("dấu x", "x", "x counts only under a column headed by one judgement"),
    ("dấu tích", "✓", "the same for ✓"),
    ("gần đạt", "Gần đạt", "in no list"),
    ("bắt đầu bằng đạt", "Đạt (còn 02 hộ)", "no prefixes: the remark may turn it round"),
    ("hai từ", "Đạt/Chưa đạt", "the choice of the form was left standing: two readings"),
    ("phủ định lạ", "Chưa", "a beginning of chưa đạt, chưa đánh giá and chưa thẩm tra"),
    ("gõ nhầm dấu", "Chưa đặt", "one mark off: never the nearest word"),
    ("số 1", 1, "a number is no judgement"),
    ("đúng sai", True, "TRUE is no judgement"),
)
_CODES_RETURNED = (
    ("mã dạng số 17.1", "C11", 17.1, "", "the number 17.1 may be 17.1 or 17.10"),
    ("mã lạ", "C8", "20.5", "", "no such indicator"),
    ("mã trống", "C8", None, "", "a row that states a judgement for no indicator"),
    ("mã lặp", "C6", "1.1", "", "one indicator on two rows: which judgement?"),
    ("mã thành ngày", "C7", 44986, "day-month", "Excel made 1-Mar of the code 3.1: the code is gone"),
    ("mã chữ l", "C5", "l.1", "", "a letter l for the digit 1"),
    ("hai mã một ô", "C7", "3.1; 3.2", "", "two indicators share one judgement"),
)


def _file(name: str, topic: str, outcome: str, why: str, sheet: str, ref: str, **odd: object) -> UnseenFile:
    """One cell put; `value` is what must be read from it."""
    value: Value = odd.pop("value", None)  # type: ignore[assignment]
    accepted = outcome == "accept"
    return UnseenFile(
        f"{name}.xlsx", topic, outcome, why, edited(put(sheet, ref, **odd)),  # type: ignore[arg-type]
        expects=((sheet, ref, value),) if accepted else (), faults=() if accepted else ((sheet, ref),),
    )  # fmt: skip


def _sums() -> Iterable[UnseenFile]:
    for name, typed, why in _SUMS_READ:
        yield _file(f"tiền {name}", "numbers", "accept", why, DEBT, "G5", value=SUM, xml=_inline(typed))
    for name, typed, why in _SUMS_RETURNED:
        yield _file(f"tiền {name}", "numbers", "return", why, DEBT, "G5", xml=_inline(typed))
    for name, xml, style, why in _SUM_CELLS_RETURNED:
        yield _file(f"tiền {name}", "cell types", "return", why, DEBT, "G5", xml=xml, style=style)
    for name, xml, why in _SUM_CELLS_READ:
        yield _file(f"tiền {name}", "cell types", "accept", why, DEBT, "G5", value=SUM, xml=xml)


def _inline(text: str) -> str:
    return f'<c r="{{r}}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _put(
    name: str, topic: str, why: str, at: tuple[str, str], typed: object, style: str, value: Value
) -> UnseenFile:
    make = edited(put(*at, typed, style))  # type: ignore[arg-type]
    return UnseenFile(f"{name}.xlsx", topic, "accept", why, make, expects=((*at, value),))


def _others() -> Iterable[UnseenFile]:
    for name, typed, style, day, why in _DATES:
        yield _put(name, "dates", why, (PROGRESS, "I6"), typed, style, day)
    for name, typed, style, percent, why in _PERCENTS:
        yield _put(name, "numbers", why, (PROGRESS, "H6"), typed, style, percent)
    for name, said, judgement, why in _JUDGEMENTS:
        yield _put(f"đánh giá {name}", "judgement", why, (PROGRESS, "G6"), said, "", judgement)
    for name, word, why in _JUDGEMENTS_RETURNED:
        yield UnseenFile(f"đánh giá {name}.xlsx", "judgement", "return", why, edited(put(PROGRESS, "G6", word)),
                         faults=((PROGRESS, "G6"),))  # fmt: skip
    for name, ref, code, style, why in _CODES_RETURNED:
        yield UnseenFile(f"{name}.xlsx", "codes", "return", why, edited(put(PROGRESS, ref, code, style)),
                         faults=((PROGRESS, ref),))  # fmt: skip


# More than one cell.


def _whole_dong(book: Book) -> None:
    """Every sum in đồng with grouping dots; each heading says (đồng), no unit line."""
    debt = book[DEBT]
    del debt.cells[3, 1]
    for column in range(5, 17):
        debt.put(ref_of(4, column), f"{DEBT_HEADINGS[column - 1]} (đồng)")
        for row in range(5, 9):
            dong = int(Decimal(str(debt.cells[row, column].value)) * 1_000_000)
            debt.put(ref_of(row, column), f"{dong:,}".replace(",", "."))


def _year_1904(book: Book) -> None:
    book.date1904 = True
    book[PROGRESS].put("I6", 45056 - 1462, "date")
    book[DOSSIERS].put("F7", 45026 - 1462, "date")


_SHARED_FORMULA = (
    put(DEBT, "O5", xml='<c r="{r}"><f t="shared" ref="O5:O7" si="0">G5-SUM(H5:M5)</f><v>500</v></c>'),
    put(DEBT, "O6", xml='<c r="{r}"><f t="shared" si="0"/><v>50</v></c>'),
)
_RICH = (
    '<c r="{r}" t="inlineStr"><is><r><t>Cơ bản </t></r><r><rPr><b/></rPr><t>đạt</t></r><rPh sb="0" eb="2"><t>Chưa \
đạt</t></rPh></is></c>'
)
_ESCAPED = '<c r="{r}" t="inlineStr"><is><t>Cơ bản_x000D_\nđạt</t></is></c>'
_TEXT_FORMULA = '<c r="{r}" t="str"><f>IF(F6&gt;90,"Cơ bản đạt","")</f><v>Cơ bản đạt</v></c>'
_NEARLY = ((PROGRESS, "G6", "nearly_met"),)
_DAYS = ((PROGRESS, "I6", _DAY), (DOSSIERS, "F7", date(2023, 4, 10)))
FILES = (
    *_sums(), *_others(),
    UnseenFile("tiền hai kiểu viết.xlsx", "numbers", "return", "1,250.0 beside 4.700,0 in one file: two conventions",
               edited(put(DEBT, "G5", "4.700,0"), put(DEBT, "E6", _MIXED)), faults=((DEBT, "E6"),)),
    UnseenFile("tiền toàn đồng.xlsx", "numbers", "accept", "headings say đồng: 4.700.000.000 can only be grouping",
               edited(_whole_dong), ((DEBT, "G5", SUM), (DEBT, "K7", Decimal(220_500_000)))),
    UnseenFile("năm gốc 1904.xlsx", "dates", "accept", "a workbook counting days from 1904", edited(_year_1904), _DAYS),
    UnseenFile("ô kiểu ngày ISO.xlsx", "dates", "accept", "a cell of type d, as the standard allows",
               edited(put(PROGRESS, "I6", xml='<c r="{r}"{s} t="d"><v>2023-05-10T00:00:00</v></c>', style="date")),
               ((PROGRESS, "I6", _DAY),)),
    UnseenFile("công thức dùng chung.xlsx", "cell types", "accept", "shared formulas with their saved values",
               edited(*_SHARED_FORMULA), ((DEBT, "O6", Decimal(50_000_000)),)),
    UnseenFile("công thức dùng chung chưa tính.xlsx", "cell types", "return",
               "the child of a shared formula has no value",
               edited(*_SHARED_FORMULA, put(DEBT, "O6", xml='<c r="{r}"><f t="shared" si="0"/></c>')),
               faults=((DEBT, "O6"),)),
    UnseenFile("chữ nhiều kiểu trong ô.xlsx", "cell types", "accept", "rich text in runs; the phonetic hint is no text",
               edited(put(PROGRESS, "G6", xml=_RICH)), _NEARLY),
    UnseenFile("xuống dòng mã hóa.xlsx", "cell types", "accept", "_x000D_ is how Excel stores a carriage return",
               edited(put(PROGRESS, "G6", xml=_ESCAPED)), _NEARLY),
    UnseenFile("đánh giá bằng công thức.xlsx", "judgement", "accept", "a formula with a saved text",
               edited(put(PROGRESS, "G6", xml=_TEXT_FORMULA)), _NEARLY),
    UnseenFile("đánh giá công thức chưa tính.xlsx", "judgement", "return", "a judgement never computed",
               edited(put(PROGRESS, "G6", xml='<c r="{r}"><f>IF(F6&gt;90,"Đạt","")</f></c>')),
               faults=((PROGRESS, "G6"),)),
    UnseenFile("đánh giá chữ С Kirin.xlsx", "judgement", "return", "a Cyrillic С: the exact list doesn't hold it",
               edited(put(PROGRESS, "G6", "\u0421ơ bản đạt")), faults=((PROGRESS, "G6"),), open_question=(
                   "look-alikes named by the issue are Đ/Ð only; the rest is asked, since judgement words are exact")),
    UnseenFile("toàn chuỗi trong ô.xlsx", "cell types", "accept", "inline strings, as other programs write them",
               edited(lambda book: setattr(book, "inline", True)), ((DEBT, "G5", SUM), *_NEARLY)),
    UnseenFile("mã dạng số 1.1.xlsx", "codes", "accept", "the number 1.1 fits one indicator: there is no 1.10",
               edited(put(PROGRESS, "C5", 1.1)), ((PROGRESS, "C5", "1.1"), (PROGRESS, "G5", "met"))),
    UnseenFile("mã toàn khổ.xlsx", "codes", "accept", "full-width digits in a code",
               edited(put(PROGRESS, "C7", "３.１")),
               ((PROGRESS, "C7", "3.1"),)),
)  # fmt: skip
