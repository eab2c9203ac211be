"""A percent in percent points. A percent format or a % sign says so; a bare 0,85 is asked about."""

from decimal import Decimal

from domain.reading import number
from domain.reading.cell import Cell, Reading, fault_of, plain, refusal, shown_otherwise
from domain.reading.number import Separators
from domain.vietnamese import normal_text, vi_number

HUNDRED = Decimal(100)


def read_percent(
    cell: Cell, settled: Separators | None = None, *, shares_beside: bool = False
) -> Reading[Decimal]:
    """Exactly 1 without a sign is one percent: only what lies between 0 and 1 can't be a sensible percent.

    `settled`: how the rest of the column uses dots and commas, if it is sure. `shares_beside`: bare 0.85 stands in
    the column, so that a bare 1 may be all of it.
    """
    if fault := fault_of(cell):
        return fault
    if cell.is_blank:
        return Reading(None, cell.raw)
    numbers, signed = _written(cell, settled)
    if len(numbers) > 1:
        possible = tuple(each for each in numbers if each <= HUNDRED)
        told = {"readings": number.either(numbers), "plainly": number.plainly(possible or numbers, "%")}
        return refusal(cell, "NUMBER_AMBIGUOUS", **told)
    if cell.is_shown_otherwise and numbers and numbers[0] and not isinstance(cell.value, str):
        return shown_otherwise(cell, numbers[0])
    if not numbers:
        return refusal(cell, "NUMBER_UNREADABLE", example="85%")
    may_be_share = 0 < numbers[0] < 1 or (shares_beside and numbers[0] == 1)
    return _checked(cell, numbers[0], is_unclear=may_be_share and not signed)


def is_bare_share(cell: Cell) -> bool:
    """0.85 without a sign or a percent format: 85 % or less than one."""
    if cell.is_percent and not isinstance(cell.value, str):
        return False
    numbers, signed = _written(cell, None)
    return not signed and len(numbers) == 1 and 0 < numbers[0] < 1


def _checked(cell: Cell, value: Decimal, *, is_unclear: bool) -> Reading[Decimal]:
    if is_unclear:
        shares = f"{vi_number(value)}% hoặc {vi_number(plain(value * 100))}%"
        return refusal(cell, "PERCENT_BELOW_ONE", readings=shares)
    if not 0 <= value <= HUNDRED:
        return refusal(cell, "PERCENT_OUT_OF_RANGE")
    return Reading(plain(value), cell.raw, *_how(cell, value))


def _written(cell: Cell, settled: Separators | None) -> tuple[tuple[Decimal, ...], bool]:
    """The numbers it can mean, and whether a sign or format says that it is a percent."""
    if isinstance(cell.value, str):
        text = normal_text(cell.value).removesuffix(".")
        numbers = () if number.is_torn(cell.value) else number.readings(text.removesuffix("%"), settled)
        if len(numbers) > 1 and text.count(",") == 1 and "." not in text:
            numbers = numbers[1:]  # 12,345: as 12345 it could be no percent
        return numbers, text.endswith("%")  # a format says nothing of text: no number was typed there
    exact = cell.number
    if exact is None:
        return (), False
    return ((plain(exact * HUNDRED),), True) if cell.is_percent else ((exact,), False)


def _how(cell: Cell, value: Decimal) -> tuple[str, dict[str, str]]:
    if not isinstance(cell.value, str) or number.is_as_written(
        normal_text(cell.value).removesuffix("%"), value
    ):
        return "", {}
    return "READ_NUMBER_FROM_TEXT", {"seen": cell.seen, "read": vi_number(value)}
