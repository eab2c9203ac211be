"""A stated result: a number where the indicator's unit wants one and the cell has one, else text.

Its text is published as it stands. Digits of which no clear number can be made are told: figures and targets leave the
row out. Words alone ("Đã công khai"), the names of levels ("Mức độ 3") and results of men or women (by_sex.py) aren't.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from domain.criteria import Unit
from domain.reading import number
from domain.reading.by_sex import sexes_named
from domain.reading.cell import Cell, Reading, fault_of, plain, refusal, shown_otherwise
from domain.reading.money import read_money
from domain.reading.number import Separators
from domain.reading.percent import HUNDRED, read_percent
from domain.vietnamese import match_key, normal_text, vi_number

_DIGIT = re.compile("[0-9]")
_EXAMPLES = {
    Unit.PERCENT: "85%",
    Unit.INCOME: "62,5 triệu đồng/người/năm",
    Unit.LITRE: "60",
    Unit.M2_PER_PERSON: "4,5",
}
_COUNTED = frozenset({Unit.COUNT, Unit.LEVEL, Unit.LITRE, Unit.M2_PER_PERSON, Unit.INCOME})
_MILLION = 10**6
_LARGE_INCOME = 1000  # triệu đồng: no commune earns 1 tỷ a head, so another unit may be meant
_A_YEAR = re.compile(r"(?:\s*/\s*(?:người|năm))+\.?$", re.IGNORECASE)
_WITH_WORDS = re.compile(r"(?P<number>[-−]?[0-9][0-9., ]*?) ?(?P<words>[^\W\d_].*)")
_MET_WITH = re.compile(r"(?:đã )?đạt (?=[0-9., ]+%\.?$)", re.IGNORECASE)
_NUMBER = r"[0-9]+(?:[., ][0-9]+)*"
_COUNTED_BESIDE = re.compile(
    rf"(?P<share>(?:(?:đã )?đạt )?(?P<number>{_NUMBER}) ?%) ?"
    rf"\((?P<part>{_NUMBER}) ?/ ?(?P<all>{_NUMBER})(?: [^\W\d_][^\d()]*)?\)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Beside:
    """What the reading of a result needs beside its cell and unit.

    `words`: match keys of what may stand behind the number. `settled`: how the rest of the column uses dots and commas.
    `units`: of money, as of read_money; an income may name one. `shares_beside`: as of read_percent.
    """

    words: frozenset[str] = frozenset()
    settled: Separators | None = None
    units: Mapping[str, int] = field(default_factory=dict)
    shares_beside: bool = False


_NOTHING = Beside()


def read_result(cell: Cell, unit: Unit | None, beside: Beside = _NOTHING) -> Reading[Decimal]:
    """The number in the indicator's unit (percent points), None where it is no clear one.

    `unit` None: the row is of no single indicator. Never negative.
    """
    if fault := fault_of(cell):
        return fault
    if cell.is_shown_otherwise and (held := cell.number):
        return shown_otherwise(cell, held)
    if unit is not Unit.PERCENT and unit not in _COUNTED:
        return Reading(None, cell.raw)
    value = _percent(cell, beside) if unit is Unit.PERCENT else _number(cell, unit, beside)
    is_negative = value is not None and value < 0
    if is_negative or (value is None and _is_told(cell.text, unit)):
        return refusal(cell, "RESULT_NOT_A_NUMBER", example=_EXAMPLES.get(unit, "24"))
    if value is not None and unit is Unit.INCOME and value >= _LARGE_INCOME:
        told = {"expected": vi_number(_LARGE_INCOME), "example": _EXAMPLES[unit]}
        return refusal(cell, "RESULT_UNIT_UNCLEAR", **told)
    return Reading(value, cell.raw)


def has_digits(text: str) -> bool:
    return _DIGIT.search(text) is not None


def _is_told(text: str, unit: Unit) -> bool:
    """Levels are named by digits; shares of men and women are read elsewhere, incomes aren't."""
    may_be_by_sex = unit is not Unit.INCOME and sexes_named(text)
    return unit is not Unit.LEVEL and has_digits(text) and not may_be_by_sex


def _percent(cell: Cell, beside: Beside) -> Decimal | None:
    """Also "Đạt 100%", and a percent with what was counted, if that is the same: 95,5% (1.200/1.256 hộ)."""
    if not isinstance(cell.value, str):
        return read_percent(cell, beside.settled, shares_beside=beside.shares_beside).value
    text = cell.value if number.is_torn(cell.value) else normal_text(cell.value)
    counted = _COUNTED_BESIDE.fullmatch(text)
    if counted and not _agree(counted):
        return None
    share = Cell(_MET_WITH.sub("", counted["share"] if counted else text), cell.number_format)
    return read_percent(share, beside.settled, shares_beside=beside.shares_beside).value


def _agree(counted: re.Match[str]) -> bool:
    """Rounded or cut off at the last digit of the percent: whoever wrote it counted so."""
    shares = {
        part / whole * HUNDRED
        for part in number.readings(counted["part"])
        for whole in number.readings(counted["all"])
        if part <= whole > 0
    }
    stated = number.readings(counted["number"])
    return any(abs(share - each) < Decimal(1).scaleb(_exponent(each)) for share in shares for each in stated)


def _exponent(value: Decimal) -> int:
    return int(value.as_tuple().exponent)


def _number(cell: Cell, unit: Unit | None, beside: Beside) -> Decimal | None:
    in_its_unit = _income(cell, beside) if unit is Unit.INCOME else None
    return _counted(cell, beside) if in_its_unit is None else in_its_unit


def _income(cell: Cell, beside: Beside) -> Decimal | None:
    """In triệu đồng, of a text that names its unit: 72,5 triệu đồng/người/năm, 72.500.000 đồng."""
    if not isinstance(cell.value, str) or number.is_torn(cell.value):
        return None
    without_year = Cell(_A_YEAR.sub("", normal_text(cell.text)))
    amount = read_money(without_year, None, beside.units, beside.settled).value
    return plain(Decimal(amount.dong) / _MILLION) if amount else None


def _counted(cell: Cell, beside: Beside) -> Decimal | None:
    """Of a text also with the indicator's own words behind it: 60 lít/người/ngày đêm, 03 mô hình."""
    if cell.is_percent:
        return None
    if not isinstance(cell.value, str):
        return cell.number
    written = _WITH_WORDS.fullmatch(normal_text(cell.value))
    is_named = written is not None and match_key(written["words"]) in beside.words
    text = written["number"] if written and is_named and not number.is_torn(cell.value) else cell.value
    numbers = number.readings(text, beside.settled)
    return plain(numbers[0]) if len(numbers) == 1 else None
