"""Where the tables of a form stand in a book: found by their headings alone, on any sheet, at any place.

Knows units above headings and where a table ends; headings are headings.py's, what the cells below say rows.py's.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from domain.forms import Form, PartForm
from domain.reading.cell import Cell, RawValue
from domain.vietnamese import match_key, normal_text
from tasks.intake.grid import Sheet
from tasks.intake.headings import LOOKS_LIKE_A_UNIT, UNIT_LABEL, ColumnAt, Headings, Texts, headings_of

_STRANGE = 0
_IN_A_TITLE = re.compile(r"\((?:đơn vị tính|đơn vị|đvt)\s*:\s*([^()]*)\)", re.IGNORECASE)
# "Đơn vị: Xã Mỹ Hà" names who reports; these name a unit, whatever follows.
_OF_MONEY = re.compile(r"\(?\s*(?:đơn vị tính|đvt)", re.IGNORECASE)


@dataclass(frozen=True)
class Table:
    """One table: its rows run from `headings.last + 1` up to `end` (excluded); `unit` is said above it.

    `footer`: the cell with which a footer begins in row `end`, if one does (footer.py).
    """

    sheet: Sheet
    headings: Headings
    end: int
    unit: int | None
    footer: str = ""

    def unit_of(self, at: ColumnAt) -> int | None:
        """Đồng in one of what a column's sums are written in; None where nothing says it."""
        return None if at.heading.has_strange_unit else at.heading.unit or self.unit

    def heading_cell(self, index: int) -> str:
        return self.sheet.name_of(self.headings.last, index)


def tables_of(sheet: Sheet, texts: Texts, form: Form, units: Mapping[str, int]) -> tuple[Table, ...]:
    """Every table of the form on this sheet, from the top. `texts`: those of the sheet, read once for all forms.

    A heading printed again begins another table of its part.
    """
    found = list(headings_of(sheet, texts, form, units))
    tables: list[Table] = []
    for n, headings in enumerate(found):
        following = found[n + 1] if n + 1 < len(found) else None
        end = _end(sheet, headings, following) if following else len(sheet.rows)
        above = range(found[n - 1].last + 1 if n else 0, headings.last + 1)
        unit = _unit_line(sheet, above, units)
        if unit is None and n and found[n - 1].form is headings.form:
            unit = tables[n - 1].unit  # the same heading printed again on the next page
        tables.append(Table(sheet, headings, end, unit or None))
    return tuple(tables)


def _end(sheet: Sheet, headings: Headings, following: Headings) -> int:
    """Where a table ends that another follows: before that one's title and unit lines."""
    end, floor = following.first, headings.last + 1
    for belongs_below in (_is_blank, _is_title, _is_blank):
        while end > floor and belongs_below(sheet.rows[end - 1], headings.form):
            end -= 1
    return end


def is_unit_line(text: str) -> bool:
    """ "Đơn vị tính: triệu đồng"."""
    return "đ" in text.casefold() and UNIT_LABEL.fullmatch(normal_text(text)) is not None


def _is_blank(values: Sequence[RawValue], _: PartForm) -> bool:
    return all(Cell(value).is_blank for value in values)


def _is_title(values: Sequence[RawValue], form: PartForm) -> bool:
    """A line of one cell, unless it states that there is no debt; or a unit line."""
    filled = [normal_text(str(value)) for value in values if not Cell(value).is_blank]
    if len(filled) == 1:
        return match_key(filled[0]) not in {match_key(text) for text in form.no_debt}
    return any(UNIT_LABEL.fullmatch(text) for text in filled)


def _unit_line(sheet: Sheet, rows: range, units: Mapping[str, int]) -> int | None:
    """Đồng in one of the unit that "Đơn vị tính: triệu đồng" names above the table, in one cell or in two.

    Nearest wins; _STRANGE where it is none of ours, None where no line speaks of one.
    """
    for row in reversed(rows):
        filled = [normal_text(str(value)) for value in sheet.rows[row] if not Cell(value).is_blank]
        for text, after in pairwise([*filled, ""]):
            match = UNIT_LABEL.fullmatch(text) or _IN_A_TITLE.search(text)
            if match is None:
                continue
            named = match_key(match[1] or after)
            if unit := units.get(named):
                return unit
            if _OF_MONEY.search(text) or LOOKS_LIKE_A_UNIT.search(named):
                return _STRANGE  # "ĐVT: nghìn USD": the line above it is of another table
    return None
