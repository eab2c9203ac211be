"""A stated result: a number where the indicator's unit wants one and the cell has one, else text.

Its text is published as it stands. Digits of which no clear number can be made are told: figures and targets leave the
row out. Words alone ("Đã công khai"), the names of levels ("Mức độ 3") and results of men or women (by_sex.py) aren't.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from domain.criteria import Unit
from domain.reading import number
from domain.reading.by_sex import sexes_named
from domain.reading.cell import Cell, Reading, fault_of, plain, refusal, shown_otherwise
from domain.reading.money import read_money
from domain.reading.number import Separators
from domain.reading.percent import read_percent
from domain.vietnamese import normal_text, vi_number

_DIGIT = re.compile("[0-9]")
_EXAMPLES = {Unit.PERCENT: "85%", Unit.INCOME: "62,5 triệu đồng/người/năm"}
_COUNTED = frozenset({Unit.COUNT, Unit.LEVEL, Unit.LITRE, Unit.M2_PER_PERSON, Unit.INCOME})
_MILLION = 10**6
_LARGE_INCOME = 1000  # triệu đồng: no commune earns 1 tỷ a head, so another unit may be meant
_A_YEAR = re.compile(r"(?:\s*/\s*(?:người|năm))+\.?$", re.IGNORECASE)


def read_result(
    cell: Cell,
    unit: Unit | None,
    settled: Separators | None = None,
    units: Mapping[str, int] = MappingProxyType({}),
    *,
    shares_beside: bool = False,
) -> Reading[Decimal]:
    """The number in the indicator's unit (percent points), None where it is no clear one.

    `unit` None: the row is of no single indicator. `settled`: how the rest of the column uses dots and commas.
    `units`: of money, as of read_money; an income may name one. `shares_beside`: as of read_percent.
    """
    if fault := fault_of(cell):
        return fault
    if cell.is_shown_otherwise and (held := cell.number):
        return shown_otherwise(cell, held)
    if unit is not Unit.PERCENT and unit not in _COUNTED:
        return Reading(None, cell.raw)
    if unit is Unit.PERCENT:
        value = read_percent(cell, settled, shares_beside=shares_beside).value
    else:
        value = _number(cell, unit, settled, units)
    if value is None and _is_told(cell.text, unit):
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


def _number(cell: Cell, unit: Unit, settled: Separators | None, units: Mapping[str, int]) -> Decimal | None:
    if unit is Unit.PERCENT:
        return read_percent(cell, settled).value
    in_its_unit = _income(cell, settled, units) if unit is Unit.INCOME else None
    return _counted(cell, settled) if in_its_unit is None else in_its_unit


def _income(cell: Cell, settled: Separators | None, units: Mapping[str, int]) -> Decimal | None:
    """In triệu đồng, of a text that names its unit: 72,5 triệu đồng/người/năm, 72.500.000 đồng."""
    if not isinstance(cell.value, str) or number.is_torn(cell.value):
        return None
    without_year = Cell(_A_YEAR.sub("", normal_text(cell.text)))
    amount = read_money(without_year, None, units, settled).value
    return plain(Decimal(amount.dong) / _MILLION) if amount else None


def _counted(cell: Cell, settled: Separators | None) -> Decimal | None:
    if cell.is_percent:
        return None
    if not isinstance(cell.value, str):
        return cell.number
    numbers = number.readings(cell.value, settled)
    return plain(numbers[0]) if len(numbers) == 1 else None
