"""A stated result: a number where the indicator's unit wants one and the cell has one, else text.

Its text is published as it stands. Digits of which no clear number can be made are told: figures and targets leave the
row out. Words alone ("Đã công khai"), the names of levels ("Mức độ 3") and results of men or women (by_sex.py) aren't.
"""

import re
from decimal import Decimal

from domain.criteria import Unit
from domain.reading import number
from domain.reading.by_sex import sexes_named
from domain.reading.cell import Cell, Reading, fault_of, plain, refusal, shown_otherwise
from domain.reading.number import Separators
from domain.reading.percent import read_percent

_DIGIT = re.compile("[0-9]")
_EXAMPLES = {Unit.PERCENT: "85%"}
_COUNTED = frozenset({Unit.COUNT, Unit.LEVEL, Unit.LITRE, Unit.M2_PER_PERSON, Unit.INCOME})


def read_result(cell: Cell, unit: Unit | None, settled: Separators | None = None) -> Reading[Decimal]:
    """The number in the indicator's unit (percent points), None where it is no clear one.

    `unit` None: the row is of no single indicator. `settled`: how the rest of the column uses dots and commas.
    """
    if fault := fault_of(cell):
        return fault
    if cell.is_shown_otherwise and (held := cell.number):
        return shown_otherwise(cell, held)
    if unit is not Unit.PERCENT and unit not in _COUNTED:
        return Reading(None, cell.raw)
    value = read_percent(cell, settled).value if unit is Unit.PERCENT else _counted(cell, settled)
    if value is None and unit is not Unit.LEVEL and _DIGIT.search(cell.text) and not sexes_named(cell.text):
        return refusal(cell, "RESULT_NOT_A_NUMBER", example=_EXAMPLES.get(unit, "24"))
    return Reading(value, cell.raw)


def _counted(cell: Cell, settled: Separators | None) -> Decimal | None:
    if cell.is_percent:
        return None
    if not isinstance(cell.value, str):
        return cell.number
    numbers = number.readings(cell.value, settled)
    return plain(numbers[0]) if len(numbers) == 1 else None
