"""Spellings of sums of money with their units. The accepted names of units come with the campaign."""

from collections.abc import Iterator, Mapping

from domain.reading.cell import Cell, Reading
from domain.reading.money import Amount, read_money
from domain.reading.spellings import Spelling, SpellingTable
from domain.vietnamese import vi_number

MILLION = 10**6
_CONVERTED = "READ_MONEY_CONVERTED"
_IN_MILLION = "cột tính bằng triệu đồng"
_IN_DONG = "cột tính bằng đồng"
_MILLION = {"unit": MILLION}
_DONG = {"unit": 1}


def money_table(units: Mapping[str, int]) -> SpellingTable:
    """`units`: accepted spelling -> đồng in one."""

    def read(cell: Cell, unit: int | None = None) -> Reading[Amount]:
        return read_money(cell, unit, units)

    return SpellingTable(
        kind="money",
        title="Số tiền",
        intro="Đơn vị tính lấy ở ô, nếu không có thì ở tiêu đề cột hoặc dòng “Đơn vị tính” phía trên bảng; tiêu đề và "
        "dòng ghi hai đơn vị khác nhau thì hỏi lại; không bao giờ đoán theo độ lớn của số. Cách ghi số như ở mục Số.",
        read=read,
        shown=lambda amount: f"{vi_number(amount.dong)} đồng",
        spellings=(*_named(units), *_ACCEPTED, *_REFUSED),
    )


def _named(units: Mapping[str, int]) -> Iterator[Spelling]:
    """Those that a cell may name; "1.000 đồng" stands above a table, in a cell it would be a sum."""
    for name, dong in ((name, dong) for name, dong in units.items() if not name[0].isdigit()):
        yield Spelling(f"5 {name}", f"{vi_number(5 * dong)} đồng", _CONVERTED if dong > 1 else "")


_ACCEPTED = (
    Spelling(1234.5, "1.234.500.000 đồng", where=_IN_MILLION, facts=_MILLION),
    Spelling("1.234,5", "1.234.500.000 đồng", where=_IN_MILLION, facts=_MILLION),
    Spelling("1.234", "1.234 đồng", where=_IN_DONG, facts=_DONG),
    Spelling("1,234", "1.234 đồng", "READ_NUMBER_FROM_TEXT", where=_IN_DONG, facts=_DONG),
    Spelling("1,5 tỷ đồng", "1.500.000.000 đồng", _CONVERTED, where=_IN_MILLION, facts=_MILLION),
    Spelling("250 nghìn đồng", "250.000 đồng", _CONVERTED, where=_IN_MILLION, facts=_MILLION),
    Spelling("250.000đ", "250.000 đồng", where=_IN_DONG, facts=_DONG),
    Spelling("250.000 đồng", "250.000 đồng", where=_IN_MILLION, facts=_MILLION),
    Spelling(0, "0 đồng", where="không cần đơn vị"),
    Spelling(None, where="không phải 0"),
)
_REFUSED = (
    Spelling(5, code="MONEY_UNIT_MISSING", where="không nơi nào ghi đơn vị"),
    Spelling("5 triệu 200 nghìn", code="MONEY_UNIT_UNCLEAR"),
    Spelling("5 nghìn tỷ", code="MONEY_UNIT_UNCLEAR"),
    Spelling("5 đô la", code="MONEY_UNIT_UNCLEAR"),
    Spelling("600đ", code="MONEY_SIGN_UNCLEAR", where=_IN_MILLION, facts=_MILLION),
    Spelling("1,234 tỷ đồng", code="NUMBER_AMBIGUOUS"),
    Spelling("-", code="MONEY_DASH", where=_IN_MILLION, facts=_MILLION),
    Spelling(-5, code="MONEY_NEGATIVE", where=_IN_MILLION, facts=_MILLION),
    Spelling("0,1234567", code="MONEY_TOO_PRECISE", where=_IN_MILLION, facts=_MILLION),
    Spelling("20.000.000 tỷ đồng", code="MONEY_TOO_LARGE"),
    Spelling("9" * 45, code="MONEY_TOO_LARGE", where=_IN_DONG, facts=_DONG),
    Spelling("85%", code="NUMBER_UNREADABLE", where=_IN_MILLION, facts=_MILLION),
    Spelling("không", code="NUMBER_UNREADABLE", where=_IN_MILLION, facts=_MILLION),
    Spelling(
        1234500000,
        code="NUMBER_SHOWN_OTHERWISE",
        where=f"{_IN_MILLION}, ô hiển thị 1.234,5",
        number_format="#,##0.0,,",
        facts=_MILLION,
    ),
    *(
        Spelling(
            5,
            code="NUMBER_SHOWN_OTHERWISE",
            where=f"{_IN_MILLION}, định dạng {number_format}",
            number_format=number_format,
            facts=_MILLION,
        )
        for number_format in ("$#,##0", '#,##0"000"', ";;;")
    ),
)
