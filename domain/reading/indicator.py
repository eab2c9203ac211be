"""A code of the catalogue. Codes are text: a number in a cell can't tell 17.1 from 17.10."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from domain.criteria import Catalogue
from domain.reading.cell import Cell, Reading, fault_of, refusal
from domain.vietnamese import match_key


def codes_of(catalogue: Catalogue) -> Mapping[str, str]:
    """Match key -> code, of every indicator, criterion (2, NC-02) and condition that the catalogue knows."""
    criteria = [code for c in catalogue.criteria for code in (str(c.number), c.id)]
    conditions = [condition.id for condition in catalogue.conditions]
    indicators = [indicator.code for indicator in catalogue.indicators()]
    return {match_key(code): code for code in (*criteria, *conditions, *indicators)}


def read_indicator(cell: Cell, codes: Mapping[str, str]) -> Reading[str]:
    """The code as the catalogue writes it; "1.1 Có quy hoạch" is asked about.

    Exact but for case, spaces and final punctuation.
    """
    if (fault := fault_of(cell)) or cell.is_blank:
        return fault or Reading(None, cell.raw)
    number = cell.number
    if number is not None and not cell.is_percent:
        return _by_number(cell, number, codes)
    code = codes.get(match_key(cell.text))
    return refusal(cell, "INDICATOR_UNKNOWN") if code is None else Reading(code, cell.raw)


def _by_number(cell: Cell, number: Decimal, codes: Mapping[str, str]) -> Reading[str]:
    fitting = [code for code in codes.values() if _as_number(code) == number]
    if len(fitting) > 1:
        return refusal(cell, "INDICATOR_AMBIGUOUS", seen=cell.raw, readings=" hoặc ".join(fitting))
    return Reading(fitting[0], cell.raw) if fitting else refusal(cell, "INDICATOR_UNKNOWN", seen=cell.raw)


def _as_number(code: str) -> Decimal | None:
    try:
        return Decimal(code)
    except InvalidOperation:  # 2.2a, NC-02
        return None
