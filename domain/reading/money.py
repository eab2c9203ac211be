"""A sum of money: exact to the whole đồng, in the unit that cell or heading names.

Never guesses a unit by size.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import Never

from domain.reading import number
from domain.reading.cell import Cell, Reading, fault_of, plain, refusal, shown_otherwise
from domain.reading.number import Separators
from domain.vietnamese import match_key, normal_text, vi_number

MOST = 10**16  # đồng: about Vietnam's GDP of 2023 (General Statistics Office); no commune owes more
_DASHES = frozenset("-–—−")
_EXAMPLE = "1234,5"
_SIGNS = frozenset({"đ", "₫", "vnđ", "vnd"})  # of the currency: a word ("đồng", "nghìn") is a unit
_RESIDUE = Decimal("0.001")
_FOREIGN = re.compile(
    r"[$€£¥]|(?<!\w)(?:usd|eur|jpy|cny|gbp|krw|đô la|euro)(?!\w)"
)  # beside a number; keys are small
_WITH_UNIT = re.compile(r"(.*[0-9])\s*((?:[^\W\d_]|₫)\D*)", re.DOTALL)
_DIGITS = frozenset("0123456789")
_EXACT = Context(prec=2 * number.LONGEST_NUMBER)  # the usual 28 digits would round a long fraction away


@dataclass(frozen=True)
class Amount:
    """`unit`: đồng in one of the unit written; `last_digit`: đồng in one of the last digit written."""

    dong: int
    unit: int
    last_digit: int


@dataclass(frozen=True)
class _Written:
    """The numbers that the text before the unit can mean, and that unit. `text`: that text, where the cell has a unit.
    `fault`: why none was taken. `has_sign`: in place of a unit it has the sign of đồng."""

    numbers: tuple[Decimal, ...]
    unit: int | None
    text: str = ""
    fault: str = "NUMBER_UNREADABLE"
    has_sign: bool = False


def read_money(
    cell: Cell, unit: int | None, units: Mapping[str, int], settled: Separators | None = None
) -> Reading[Amount]:
    """`unit` is what heading or unit line says, if they do; a unit in the cell (`units`) goes before it.

    `settled`: how the rest of the column uses dots and commas, if it is sure.
    """
    if fault := fault_of(cell):
        return fault
    if cell.is_blank:
        return Reading(None, cell.raw)
    if normal_text(cell.raw) in _DASHES:
        return refusal(cell, "MONEY_DASH")
    written = _written(cell, unit, units, settled)
    if not written.numbers:
        return refusal(cell, written.fault, example=_EXAMPLE)
    return _doubt(cell, written, unit, units) or _amount(cell, written)


def _doubt(
    cell: Cell, written: _Written, unit: int | None, units: Mapping[str, int]
) -> Reading[Never] | None:
    """Whether format or sign say another thing than number and heading; zero is zero, whatever they say."""
    if not any(written.numbers):
        return None
    if _is_shown_otherwise(cell, written.unit, units):
        return shown_otherwise(cell, written.numbers[0])
    return (
        _by_sign_or_heading(cell, written.numbers, unit) if written.has_sign and unit and unit > 1 else None
    )


def _by_sign_or_heading(cell: Cell, numbers: tuple[Decimal, ...], unit: int) -> Reading[Never]:
    """600đ in a column of triệu: the sign may be meant as a unit, or say no more than that it is money."""
    dong = (*numbers, *(_EXACT.multiply(each, Decimal(unit)) for each in numbers))
    readings = " hoặc ".join(f"{vi_number(plain(each))} đồng" for each in dong)
    return refusal(cell, "MONEY_SIGN_UNCLEAR", readings=readings)


def separators_in(text: str, unit: int | None, units: Mapping[str, int]) -> Separators | None:
    """How a sum uses dots and commas, if it shows it; arguments as of read_money."""
    match = _with_unit(normal_text(text))
    own = units.get(match_key(match[2])) if match else unit
    return number.separators_of(text, only_groups=own == 1)


def _is_shown_otherwise(cell: Cell, unit: int | None, units: Mapping[str, int]) -> bool:
    """A format never decides the unit: it is set by a click, and the heading may be meant."""
    if isinstance(cell.value, str):
        return False
    return cell.is_shown_otherwise or _is_another_unit(match_key(cell.words_beside), unit, units)


def _is_another_unit(words: str, unit: int | None, units: Mapping[str, int]) -> bool:
    """Other words than a unit ("ghi chú") say nothing of it; of two units in them ("tỷ VNĐ") nobody knows which."""
    if words in units:
        return units[words] != unit
    of_units = (re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words) for name in units)
    return _FOREIGN.search(words) is not None or any(of_units)


def _written(cell: Cell, unit: int | None, units: Mapping[str, int], settled: Separators | None) -> _Written:
    if cell.is_percent or not isinstance(cell.value, str):
        exact = None if cell.is_percent else cell.number
        return _Written(() if exact is None else (exact,), unit)
    if number.is_torn(cell.value):
        return _Written((), unit)
    match = _with_unit(normal_text(cell.value))
    if match is None:
        fault = "MONEY_TOO_LARGE" if number.has_too_many_digits(cell.value) else "NUMBER_UNREADABLE"
        return _Written(_in_unit(number.readings(cell.value, settled), unit), unit, fault=fault)
    own, numbers = units.get(match_key(match[2])), number.readings(match[1], settled)
    if own is None or not numbers:
        is_sum = bool(numbers) or _WITH_UNIT.search(match[1]) is not None  # 5 nghìn tỷ, 5 triệu 200 nghìn
        return _Written((), None, fault="MONEY_UNIT_UNCLEAR" if is_sum else "NUMBER_UNREADABLE")
    return _Written(_in_unit(numbers, own), own, match[1], has_sign=match_key(match[2]) in _SIGNS)


def _with_unit(text: str) -> re.Match[str] | None:
    """The number and the unit behind it, which ends in no digit: most texts are bare numbers."""
    return None if text[-1:] in _DIGITS else _WITH_UNIT.fullmatch(text)


def _in_unit(numbers: tuple[Decimal, ...], unit: int | None) -> tuple[Decimal, ...]:
    """In đồng nobody writes decimals: 1.234 and 1,234 đồng are clear, the first reading groups. In triệu both stand."""
    if unit == 1 and numbers and numbers[0] == numbers[0].to_integral_value():
        return numbers[:1]
    return numbers


def _amount(cell: Cell, written: _Written) -> Reading[Amount]:
    if len(written.numbers) > 1:
        told = {"readings": number.either(written.numbers), "plainly": number.plainly(written.numbers)}
        return refusal(cell, "NUMBER_AMBIGUOUS", **told)
    (value,) = written.numbers
    if value < 0 and _without_residue(_EXACT.multiply(value, Decimal(written.unit or 1)), cell):
        return refusal(cell, "MONEY_NEGATIVE")
    if written.unit is None and value:  # zero is zero in every unit
        return refusal(cell, "MONEY_UNIT_MISSING")
    unit = written.unit or 1
    dong = _without_residue(_EXACT.multiply(value, Decimal(unit)), cell)
    if dong != dong.to_integral_value():
        return refusal(cell, "MONEY_TOO_PRECISE")
    if dong > MOST:
        return refusal(cell, "MONEY_TOO_LARGE")
    amount = Amount(int(dong), unit, _last_digit(value, unit))
    return Reading(amount, cell.raw, *_how(cell, written, amount))


def _without_residue(dong: Decimal, cell: Cell) -> Decimal:
    """A formula's 1.1E-13 is the nothing that Excel shows: less than a thousandth of a đồng beside a whole one."""
    whole = dong.to_integral_value()
    return whole if isinstance(cell.value, float) and abs(dong - whole) < _RESIDUE else dong


def _last_digit(value: Decimal, unit: int) -> int:
    exponent = value.as_tuple().exponent
    return max(1, int(Decimal(unit).scaleb(min(exponent, 0)))) if isinstance(exponent, int) else 1


def _how(cell: Cell, written: _Written, amount: Amount) -> tuple[str, dict[str, str]]:
    if not isinstance(cell.value, str):
        return "", {}
    is_as_written = number.is_as_written(written.text or cell.value, written.numbers[0])
    if written.text and not (is_as_written and written.unit == 1):
        return "READ_MONEY_CONVERTED", {"seen": cell.seen, "read": vi_number(amount.dong)}
    if is_as_written:
        return "", {}
    return "READ_NUMBER_FROM_TEXT", {"seen": cell.seen, "read": vi_number(written.numbers[0])}
