"""Free text: kept as it reads, cut at a length, never interpreted."""

from datetime import date

from domain.reading.cell import LONGEST_TEXT, Cell, Reading, fault_of
from domain.vietnamese import normal_text


def read_text(cell: Cell) -> Reading[str]:
    """Normal text of at most LONGEST_TEXT characters; "" for a blank. A date reads as people write it."""
    is_day = isinstance(cell.value, date)
    return fault_of(cell) or Reading(normal_text(cell.seen if is_day else cell.text)[:LONGEST_TEXT], cell.raw)
