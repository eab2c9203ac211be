"""A sum of money: exact to the whole đồng, in the unit that cell or heading names.

Never guesses a unit by size.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from domain.reading import number
from domain.reading.cell import Cell, Reading, fault_of, refusal, shown_otherwise
from domain.vietnamese import match_key, normal_text, vi_number

MOST = 10**16  # đồng: about Vietnam's GDP of 2023 (General Statistics Office); no commune owes more
_DASHES = frozenset("-–—−")
_WITH_UNIT = re.compile(r"(.*[0-9])\s*([^\W\d_].*)", re.DOTALL)


@dataclass(frozen=True)
class Amount:
    """`unit`: đồng in one of the unit written; `last_digit`: đồng in one of the last digit written."""

    dong: int
    unit: int
    last_digit: int


@dataclass(frozen=True)
class _Written:
    """The numbers that the text before the unit can mean, and that unit."""

    numbers: tuple[Decimal, ...]
    unit: int | None
    in_cell: bool = False


def read_money(cell: Cell, unit: int | None, units: Mapping[str, int]) -> Reading[Amount]:
    """`unit` is what heading or unit line says, if they do; a unit in the cell (`units`) goes before it."""
    if fault := fault_of(cell):
        return fault
    if cell.is_blank:
        return Reading(None, cell.raw)
    if normal_text(cell.raw) in _DASHES:
        return refusal(cell, "MONEY_DASH")
    written = _written(cell, unit, units)
    if not written.numbers:
        return refusal(cell, "NUMBER_UNREADABLE")
    if written.numbers[0] and _is_shown_otherwise(cell, written.unit, units):
        return shown_otherwise(cell, written.numbers[0])
    return _amount(cell, written)


def _is_shown_otherwise(cell: Cell, unit: int | None, units: Mapping[str, int]) -> bool:
    """A format never decides the unit: it is set by a click, and the heading may be meant."""
    if isinstance(cell.value, str):
        return False
    beside = units.get(match_key(cell.words_beside))
    return cell.thousands_hidden > 0 or beside not in (None, unit)


def _written(cell: Cell, unit: int | None, units: Mapping[str, int]) -> _Written:
    if cell.is_percent or not isinstance(cell.value, str):
        exact = None if cell.is_percent else cell.number
        return _Written(() if exact is None else (exact,), unit)
    if match := _WITH_UNIT.fullmatch(normal_text(cell.value)):
        own = units.get(match_key(match[2]))
        return _Written(_settled(number.readings(match[1]), own) if own else (), own, in_cell=True)
    return _Written(_settled(number.readings(cell.value), unit), unit)


def _settled(numbers: tuple[Decimal, ...], unit: int | None) -> tuple[Decimal, ...]:
    """In đồng nobody writes decimals: 1.234 đồng is clear, the first reading groups. In triệu both stand."""
    if unit == 1 and numbers and numbers[0] == numbers[0].to_integral_value():
        return numbers[:1]
    return numbers


def _amount(cell: Cell, written: _Written) -> Reading[Amount]:
    if len(written.numbers) > 1:
        return refusal(cell, "NUMBER_AMBIGUOUS", readings=number.either(written.numbers))
    (value,) = written.numbers
    if value < 0:
        return refusal(cell, "MONEY_NEGATIVE")
    if written.unit is None and value:  # zero is zero in every unit
        return refusal(cell, "MONEY_UNIT_MISSING")
    unit = written.unit or 1
    dong = value * unit
    if dong != dong.to_integral_value():
        return refusal(cell, "MONEY_TOO_PRECISE")
    if dong > MOST:
        return refusal(cell, "NUMBER_UNREADABLE")
    amount = Amount(int(dong), unit, _last_digit(value, unit))
    return Reading(amount, cell.raw, *_how(cell, written, amount))


def _last_digit(value: Decimal, unit: int) -> int:
    exponent = value.as_tuple().exponent
    return max(1, int(Decimal(unit).scaleb(min(exponent, 0)))) if isinstance(exponent, int) else 1


def _how(cell: Cell, written: _Written, amount: Amount) -> tuple[str, dict[str, str]]:
    if not isinstance(cell.value, str):
        return "", {}
    if written.in_cell:
        return "READ_MONEY_CONVERTED", {"seen": cell.seen, "read": vi_number(amount.dong)}
    if number.is_plain(cell.value):
        return "", {}
    return "READ_NUMBER_FROM_TEXT", {"seen": cell.seen, "read": vi_number(written.numbers[0])}
