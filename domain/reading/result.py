"""A stated result: a number where the indicator's unit wants one and the cell has one, else text.

Its text is published as it stands and no target decides anything, so an unclear number stays text and
raises no finding.
"""

from decimal import Decimal

from domain.criteria import Unit
from domain.reading import number
from domain.reading.cell import Cell, Reading, fault_of, plain, shown_otherwise
from domain.reading.number import Separators
from domain.reading.percent import read_percent

_COUNTED = frozenset({Unit.COUNT, Unit.LEVEL, Unit.LITRE, Unit.M2_PER_PERSON, Unit.INCOME})


def read_result(cell: Cell, unit: Unit | None, settled: Separators | None = None) -> Reading[Decimal]:
    """The number in the indicator's unit (percent points), None where it is no clear one.

    `unit` None: the row is of no single indicator. `settled`: how the rest of the column uses dots and commas.
    """
    if fault := fault_of(cell):
        return fault
    if cell.is_shown_otherwise and (held := cell.number):
        return shown_otherwise(cell, held)
    if unit is Unit.PERCENT:
        return Reading(read_percent(cell, settled).value, cell.raw)
    return Reading(_counted(cell, settled) if unit in _COUNTED else None, cell.raw)


def _counted(cell: Cell, settled: Separators | None) -> Decimal | None:
    if cell.is_percent:
        return None
    if not isinstance(cell.value, str):
        return cell.number
    numbers = number.readings(cell.value, settled)
    return plain(numbers[0]) if len(numbers) == 1 else None
