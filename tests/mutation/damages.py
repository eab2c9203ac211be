"""What happens to one cell of a good report between an officer's keyboard and us: by kind of column.

`HARMFUL`: nobody can be sure what is meant, so it must be reported at that cell and no value taken. `HARMLESS`: a
sensible colleague reads the same as before. Each derived from the issue's and SEMANTICS' words, not from what is read.
"""

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.forms import CellKind as Kind
from domain.vietnamese import vi_number
from tests.mutation.typed import BLANK, DAY, Typed, Value
from tests.mutation.written import shown

Put = Callable[[Typed], Typed]


@dataclass(frozen=True)
class Damage:
    """`name` is unique. `needs_types`: only a workbook can hold it. `fits`: the cells that it can befall."""

    name: str
    kind: Kind
    put: Put
    is_harmless: bool = False
    needs_types: bool = False
    fits: Callable[[Typed], bool] = lambda cell: cell != BLANK


def _text(text: str) -> Put:
    return lambda _: Typed(text)


_TEXTS: Mapping[Kind, tuple[str, ...]] = {
    Kind.INDICATOR: (
        "99.9", "1.1 Có quy hoạch", "1,1", "l.1", "1.1.1", "-", "?", "١.١", "1.1 hoặc 1.2", "#REF!", "TC1", "I.1",
    ),
    Kind.JUDGEMENT: (
        "Đạt 1 phần", "100%", "x", "✓", "OK", "Dat", "Đạt?", "Đạt/Chưa đạt", "Cơ bản", "Gần đạt", "-", "#N/A", "1",
        "§¹t", "Ñaït", "Đ\u0430t", "Chưa", "đã xong", "TRUE", "Đat", "Không", "đạt đạt",
    ),
    Kind.PERCENT: (
        "0,85", "120%", "-5", "tám mươi", "85 %%", "85-90", "~85", ">85", "#DIV/0!", "1e2", "٨٥", "inf", "nan",
        "85/100", "8 5", "85 phần trăm", "TRUE", "85_0", "khoảng 85", "1,234.5",
    ),
    Kind.MONEY: (
        "-", "−", "-5", "1_000", "năm triệu", "1.23.456", "(500)", "5 tỉ rưỡi", "12 usd", "0,0000001",
        "1'250", "5 triệu 200 nghìn", "khoảng 500", "500?", "1e3", "inf", "NaN", "TRUE", "#REF!", "#VALUE!", "٥٠٠",
        "99999999999999", "500 đến 600", "500/600", "1..250", "1.250,5,0", ",5", "5,", "VND", "500 triệu/năm",
    ),
    Kind.DATE: (
        "31/4/2023", "4/25/2023", "25/4", "45041", "cuối tháng 4", "quý II", "25/04/1023", "30/02/2023", "#VALUE!",
        "١٥/٤/٢٠٢٣", "2023", "25/4/2073", "25/13/2023", "0/4/2023", "25/4/202", "25//4/2023", "25-4", "tháng 4/2023",
        "25/4/2023?", "25 hoặc 26/4/2023", "TRUE", "-",
    ),
    Kind.DOSSIER_STATE: (
        "đang chờ", "Hoan thien", "xong", "x", "100%", "Đã", "#NAME?", "-", "Hoàn thiện?", "Đã gửi Sở và phòng", "1",
    ),
    Kind.TEXT: ("#REF!", "#N/A", "Err:502", "#NAME?", "§­êng trôc x·", "Ñöôøng truïc xaõ"),
    Kind.RESULT: ("#REF!", "#DIV/0!", "§· ®¹t"),
    Kind.REMARK_SUBJECT: ("Việc khác", "#REF!", "Khó khăn"),
    Kind.COMMUNE: ("Xã Mỹ Hải", "My Ha", "Mỹ", "Xã Mỹ Hà, Xã Mỹ Thịnh", "#REF!", "1", "Huyện Mỹ Lộc"),
}  # fmt: skip
_BLANK_IS_A_FAULT = (Kind.INDICATOR, Kind.COMMUNE)
# In a cell of its own type. Keyed by what is odd about it.
_TYPED: Mapping[Kind, Mapping[str, Typed]] = {
    Kind.INDICATOR: {
        "an error": Typed(error="#REF!"),
        "a date": Typed(date(2023, 1, 2), DAY),
        "a truth": Typed(True),
        "no such number": Typed(99.9),
    },
    Kind.JUDGEMENT: {
        "an error": Typed(error="#N/A"),
        "a truth": Typed(True),
        "a number": Typed(1),
        "a date": Typed(date(2023, 4, 25), DAY),
        "a formula never computed": Typed(formula="Z1"),
    },
    Kind.PERCENT: {
        "an error": Typed(error="#DIV/0!"),
        "a truth": Typed(True),
        "a share without a format": Typed(0.85),
        "more than all": Typed(1.2, "0%"),
        "less than nothing": Typed(-5),
        "a date": Typed(date(2023, 4, 25), DAY),
        "a formula never computed": Typed(formula="Z1"),
    },
    Kind.MONEY: {
        "an error": Typed(error="#REF!"),
        "a truth": Typed(True),
        "one dot, where no text of the column groups": Typed("1.250"),
        "one comma, where no text of the column groups": Typed("1,250"),
        "less than nothing": Typed(-5.0),
        "a date": Typed(date(2023, 4, 25), DAY),
        "a percent": Typed(0.5, "0%"),
        "shown in thousands": Typed(6412500000, "#,##0.0,,"),
        "another unit beside it": Typed(5, '0 "tỷ"'),
        "a part of a đồng": Typed(0.0000001),
        "more than there is": Typed(1e15),
        "a formula never computed": Typed(formula="Z1"),
    },
    Kind.DATE: {
        "an error": Typed(error="#VALUE!"),
        "a truth": Typed(True),
        "a bare number": Typed(45041),
        "far away": Typed(date(2073, 4, 25), DAY),
        "a formula never computed": Typed(formula="Z1"),
    },
    Kind.TEXT: {"an error": Typed(error="#REF!"), "a formula never computed": Typed(formula="Z1")},
    Kind.RESULT: {"an error": Typed(error="#DIV/0!"), "a formula never computed": Typed(formula="Z1")},
    Kind.DOSSIER_STATE: {"an error": Typed(error="#NAME?"), "a truth": Typed(True), "a number": Typed(3)},
}


def _padded(cell: Typed) -> Typed:
    return Typed(f"\u00a0 {shown(cell)} \u200b")


def _decomposed(cell: Typed) -> Typed:
    return Typed(unicodedata.normalize("NFD", shown(cell)))


def _full_width(cell: Typed) -> Typed:
    """Digits and signs as an East Asian keyboard writes them."""
    return Typed("".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in shown(cell)))


def _written(write: Callable[[Value], str]) -> Put:
    return lambda cell: Typed(write(cell.value))


def _day(pattern: str) -> Put:
    return _written(lambda day: f"{day:{pattern}}")


def _is(kind: type) -> Callable[[Typed], bool]:
    return lambda cell: isinstance(cell.value, kind) and not isinstance(cell.value, bool)


def _is_money_with_fraction(cell: Typed) -> bool:
    """Two digits behind the comma at most, and four before it: grouping and decimals both show."""
    return isinstance(cell.value, float) and cell.value >= 1000 and cell.value % 1 != 0


def _is_whole_percent(cell: Typed) -> bool:
    return isinstance(cell.value, float) and "," not in shown(cell)


def _points(cell: Typed) -> float:
    assert isinstance(cell.value, float)
    return round(cell.value * 100, 6)


def _times(cell: Typed, factor: int) -> str:
    assert isinstance(cell.value, float)
    return vi_number(Decimal(str(cell.value)) * factor)


_ANY_TEXT = {"padded with odd spaces": _padded, "decomposed": _decomposed}
_SAME: Mapping[Kind, Mapping[str, tuple[Put, Callable[[Typed], bool]]]] = {
    Kind.INDICATOR: {
        "full width": (_full_width, _is(str)),
        "spaces": (lambda cell: Typed(f" {cell.value} "), _is(str)),
        "a full stop": (lambda cell: Typed(f"{cell.value}."), _is(str)),
    },
    Kind.JUDGEMENT: {
        "capitals": (lambda cell: Typed(str(cell.value).upper()), _is(str)),
        "eth for đ": (lambda cell: Typed(str(cell.value).replace("Đ", "Ð").replace("đ", "ð")), _is(str)),
        "a full stop": (lambda cell: Typed(f"{cell.value}."), _is(str)),
    },
    Kind.PERCENT: {
        "as text": (lambda cell: Typed(shown(cell)), _is(float)),
        "a space before the sign": (lambda cell: Typed(shown(cell).replace("%", " %")), _is(float)),
        "decimals": (lambda cell: Typed(shown(cell).replace("%", ",0%")), _is_whole_percent),
        "full width": (_full_width, _is(float)),
    },
    Kind.MONEY: {
        "as text": (lambda cell: Typed(shown(cell)), _is_money_with_fraction),
        "groups of dots": (lambda cell: Typed(_times(cell, 1)), _is_money_with_fraction),
        "groups of spaces": (lambda cell: Typed(_times(cell, 1).replace(".", " ")), _is_money_with_fraction),
        "its unit": (lambda cell: Typed(f"{_times(cell, 1)} triệu"), _is_money_with_fraction),
        "its unit in short": (lambda cell: Typed(f"{shown(cell)} trđ"), _is_money_with_fraction),
        "in đồng": (lambda cell: Typed(f"{_times(cell, 10**6)} đồng"), _is_money_with_fraction),
        "in nghìn": (lambda cell: Typed(f"{_times(cell, 1000)} nghìn đồng"), _is_money_with_fraction),
        "full width": (_full_width, _is_money_with_fraction),
    },
    Kind.DATE: {
        "two digits each": (_day("%d/%m/%Y"), _is(date)),
        "a short year": (_day("%d/%m/%y"), _is(date)),
        "dashes": (_day("%d-%m-%Y"), _is(date)),
        "dots": (_day("%d.%m.%Y"), _is(date)),
        "iso": (_day("%Y-%m-%d"), _is(date)),
        "in words": (_day("ngày %d tháng %m năm %Y"), _is(date)),
        "full width": (_full_width, _is(date)),
    },
    Kind.DOSSIER_STATE: {"capitals": (lambda cell: Typed(str(cell.value).upper()), _is(str))},
    Kind.COMMUNE: {"without xã": (lambda cell: Typed(str(cell.value).removeprefix("Xã ")), _is(str))},
}  # fmt: skip
_SAME_TYPED: Mapping[Kind, Mapping[str, tuple[Put, Callable[[Typed], bool]]]] = {
    Kind.PERCENT: {"points in a bare cell": (lambda cell: Typed(_points(cell)), _is(float))},
}


def damages() -> Iterator[Damage]:
    """All of them, each under its own name."""
    for kind, texts in _TEXTS.items():
        yield from (Damage(f"{kind}: the text {text!r}", kind, _text(text)) for text in texts)
    for kind in _BLANK_IS_A_FAULT:
        yield Damage(f"{kind}: blank", kind, lambda _: BLANK)
    for kind, typed in _TYPED.items():
        for odd, cell in typed.items():
            yield Damage(f"{kind}: {odd}", kind, lambda _, put=cell: put, needs_types=True)  # type: ignore[misc]
    for kind, same in _SAME.items():
        for odd, (put, fits) in same.items():
            yield Damage(f"{kind}: {odd}", kind, put, is_harmless=True, fits=fits)
        for odd, put in _ANY_TEXT.items():
            yield Damage(f"{kind}: {odd}", kind, put, is_harmless=True, fits=_is(str))
    for kind, same in _SAME_TYPED.items():
        for odd, (put, fits) in same.items():
            yield Damage(f"{kind}: {odd}", kind, put, is_harmless=True, needs_types=True, fits=fits)
