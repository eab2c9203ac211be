"""Spellings of numbers, each typed as text into a column in triệu đồng unless said otherwise, and of percents."""

from decimal import Decimal

from domain.criteria import Unit
from domain.reading.cell import Cell, Reading, plain
from domain.reading.money import Amount, read_money
from domain.reading.number import Separators
from domain.reading.percent import read_percent
from domain.reading.result import Beside, read_result
from domain.reading.spellings import Spelling, SpellingTable
from domain.vietnamese import vi_number

MILLION = 10**6
_VIETNAMESE = {"settled": Separators.VIETNAMESE}
_ENGLISH = {"settled": Separators.ENGLISH}
_BESIDE_VIETNAMESE = "trong cột có số như 1.234,5"
_BESIDE_ENGLISH = "cả tệp đều ghi kiểu 1,234.5"
_AMONG_SHARES = "trong cột có ô ghi 0,85 không kèm dấu %"
_OTHERWISE = "READ_NUMBER_FROM_TEXT"


def _read(cell: Cell, settled: Separators | None = None) -> Reading[Amount]:
    return read_money(cell, MILLION, {}, settled)


def _million(amount: Amount) -> str:
    return vi_number(Decimal(amount.dong) / MILLION)


def _points(value: Decimal) -> str:
    return f"{vi_number(plain(value))}%"


NUMBERS = SpellingTable(
    kind="number",
    title="Số",
    intro="Ví dụ trong cột tính bằng triệu đồng. Dấu chấm hoặc khoảng trắng ngăn hàng nghìn, dấu phẩy trước phần lẻ.",
    read=_read,
    shown=_million,
    spellings=(
        Spelling(1234.5, "1.234,5", where="ô dạng số của Excel"),
        Spelling("1234", "1.234"),
        Spelling("1.234,5", "1.234,5"),
        Spelling("1.234.567", "1.234.567"),
        Spelling("1.234.567,8", "1.234.567,8"),
        Spelling("1 234 567", "1.234.567"),
        Spelling("1\u00a0234,5", "1.234,5", where="khoảng trắng không ngắt"),
        Spelling("12,5", "12,5"),
        Spelling("3000.", "3.000", _OTHERWISE),
        Spelling("12.5", "12,5", _OTHERWISE),
        Spelling("0,586", "0,586"),
        Spelling("1.234", "1.234", where=_BESIDE_VIETNAMESE, facts=_VIETNAMESE),
        Spelling("1,234", "1,234", where=_BESIDE_VIETNAMESE, facts=_VIETNAMESE),
        Spelling("1,234.5", "1.234,5", _OTHERWISE, where=_BESIDE_ENGLISH, facts=_ENGLISH),
        Spelling("1,234,567", "1.234.567", _OTHERWISE, where=_BESIDE_ENGLISH, facts=_ENGLISH),
        Spelling("1.234", code="NUMBER_AMBIGUOUS"),
        Spelling("1,234", code="NUMBER_AMBIGUOUS"),
        Spelling("1,234.5", code="NUMBER_AMBIGUOUS"),
        Spelling("1,234,567", code="NUMBER_AMBIGUOUS"),
        Spelling("1.23.456", code="NUMBER_UNREADABLE"),
        Spelling("12.34.567", code="NUMBER_UNREADABLE"),
        Spelling("1,2,3", code="NUMBER_UNREADABLE"),
        Spelling("1_000", code="NUMBER_UNREADABLE"),
        Spelling("1e5", code="NUMBER_UNREADABLE"),
        Spelling("(5)", code="NUMBER_UNREADABLE"),
        Spelling("+5", code="NUMBER_UNREADABLE"),
        Spelling("1/2", code="NUMBER_UNREADABLE"),
        Spelling("½", code="NUMBER_UNREADABLE"),
        Spelling("١٢٣", code="NUMBER_UNREADABLE", where="chữ số Ả Rập"),
        Spelling("khoảng 500", code="NUMBER_UNREADABLE"),
        Spelling("inf", code="NUMBER_UNREADABLE"),
        Spelling("NaN", code="NUMBER_UNREADABLE"),
        Spelling(float("inf"), code="NUMBER_UNREADABLE", where="ô tính ra vô cùng"),
        Spelling(True, code="NUMBER_UNREADABLE", where="ô TRUE/FALSE của Excel"),
        Spelling("#REF!", code="CELL_ERROR_VALUE"),
        Spelling("#DIV/0!", code="CELL_ERROR_VALUE"),
        Spelling(None, code="FORMULA_WITHOUT_VALUE", where="ô có công thức chưa tính", formula="A1+A2"),
    ),
)

PERCENTS = SpellingTable(
    kind="percent",
    title="Tỷ lệ phần trăm",
    intro="Tỷ lệ từ 0 đến 100.",
    read=read_percent,
    shown=_points,
    spellings=(
        Spelling(85, "85%", where="ô dạng số của Excel"),
        Spelling(0.85, "85%", where="ô định dạng phần trăm của Excel", number_format="0%"),
        Spelling(0.005, "0,5%", where="ô định dạng phần trăm của Excel", number_format="0.0%"),
        Spelling("85", "85%"),
        Spelling("85%", "85%"),
        Spelling("85 %", "85%"),
        Spelling("85%.", "85%", _OTHERWISE),
        Spelling("12,5%", "12,5%"),
        Spelling("12.5", "12,5%", _OTHERWISE),
        Spelling("0,5%", "0,5%"),
        Spelling("12,345%", "12,345%"),
        Spelling("0", "0%"),
        Spelling("100%", "100%"),
        Spelling(0.85, code="PERCENT_BELOW_ONE", where="ô không định dạng phần trăm"),
        Spelling(1, code="PERCENT_BELOW_ONE", where=_AMONG_SHARES, facts={"shares_beside": True}),
        Spelling("0,85", code="PERCENT_BELOW_ONE"),
        Spelling(101, code="PERCENT_OUT_OF_RANGE"),
        Spelling("-5%", code="PERCENT_OUT_OF_RANGE"),
        Spelling("1.234", code="NUMBER_AMBIGUOUS"),
        Spelling("80-85%", code="NUMBER_UNREADABLE"),
        Spelling("gần xong", code="NUMBER_UNREADABLE"),
        Spelling(85000, code="NUMBER_SHOWN_OTHERWISE", where="ô hiển thị 85,0", number_format="0.0,"),
        Spelling("#N/A", code="CELL_ERROR_VALUE"),
    ),
)


def _result(cell: Cell, unit: Unit = Unit.PERCENT, shares_beside: bool = False) -> Reading[Decimal]:
    units = {"triệu": MILLION, "triệu đồng": MILLION, "đồng": 1}
    return read_result(cell, unit, Beside(_WORDS, None, units, shares_beside))


_WORDS = frozenset({"mô hình"})
_OF_A_COUNT = {"unit": Unit.COUNT}
_OF_INCOME = {"unit": Unit.INCOME}
_INCOME = "thu nhập, triệu đồng/người/năm"
_IN_COUNT = "chỉ tiêu tính bằng số lượng"
RESULTS = SpellingTable(
    kind="result",
    title="Kết quả thực hiện",
    intro="Chữ ghi ở cột này luôn được giữ nguyên văn. Với chỉ tiêu đo bằng số (ví dụ: tỷ lệ phần trăm), hệ thống còn "
    "ghi kết quả thành số; có chữ số mà không ghi được thì nhắc để sửa, tệp vẫn được tiếp nhận. Kết quả của nam, nữ "
    "(Nam 88,2%; nữ 86,4%) được so riêng từng giới.",
    read=_result,
    shown=lambda value: vi_number(plain(value)),
    spellings=(
        Spelling(95.5, "95,5", where="ô dạng số của Excel"),
        Spelling(0.955, "95,5", where="ô định dạng phần trăm của Excel", number_format="0.0%"),
        Spelling("95,5", "95,5"),
        Spelling("95,5%", "95,5"),
        Spelling("Đạt 100%", "100"),
        Spelling("95,5% (1.200/1.256 hộ)", "95,5"),
        *(Spelling(typed, "24", where=_IN_COUNT, facts=_OF_A_COUNT) for typed in ("24", "24 mô hình")),
        *(
            Spelling(typed, "72,5", where=_INCOME, facts=_OF_INCOME)
            for typed in ("72,5", "72,5 triệu đồng/người/năm", "72,5 triệu", "72.500.000 đồng / người")
        ),
        Spelling("khoảng 76", code="RESULT_NOT_A_NUMBER"),
        Spelling("≥90%", code="RESULT_NOT_A_NUMBER"),
        Spelling("95,5/100", code="RESULT_NOT_A_NUMBER"),
        Spelling("95,5% (1.100/1.256 hộ)", code="RESULT_NOT_A_NUMBER"),
        Spelling("Chưa đạt 100%", code="RESULT_NOT_A_NUMBER"),
        Spelling("95,,5", code="RESULT_NOT_A_NUMBER"),
        Spelling("l00", code="RESULT_NOT_A_NUMBER"),
        Spelling(0.955, code="RESULT_NOT_A_NUMBER", where="ô không định dạng phần trăm"),
        Spelling(1, code="RESULT_NOT_A_NUMBER", where=_AMONG_SHARES, facts={"shares_beside": True}),
        *(
            Spelling(typed, code="RESULT_NOT_A_NUMBER", where=_IN_COUNT, facts=_OF_A_COUNT)
            for typed in ("1.234", "-5", "60 lít")
        ),
        *(
            Spelling(typed, code="RESULT_NOT_A_NUMBER", where=_INCOME, facts=_OF_INCOME)
            for typed in (
                "Đạt 72,5 triệu",
                "12%",
                "Nam 75; nữ 70",
                "1,12 lần",
                "6 triệu đồng/người/tháng",
                "72,500 triệu",
            )
        ),
        Spelling("999,9", "999,9", where=_INCOME, facts=_OF_INCOME),
        *(
            Spelling(typed, code="RESULT_UNIT_UNCLEAR", where=_INCOME, facts=_OF_INCOME)
            for typed in (72500000, "72.500.000", "1000")
        ),
        Spelling("#REF!", code="CELL_ERROR_VALUE"),
    ),
)
