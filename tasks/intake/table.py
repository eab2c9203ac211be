"""Where the tables of a form stand in a book: found by their headings alone, on any sheet, at any place.

Knows units above headings and where a table ends; headings are headings.py's, what the cells below say rows.py's.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from domain.forms import Form, PartForm
from domain.reading.cell import Cell, RawValue
from domain.vietnamese import match_key, normal_text
from tasks.intake.grid import Sheet
from tasks.intake.heading_units import BEHIND_A_SIGN, LOOKS_LIKE_A_UNIT, unit_named
from tasks.intake.headings import ColumnAt, Headings, Texts, headings_of

_ANOTHER_TABLE = 3  # filled cells: a line with as many is no title of this one
_BRACKETS = re.compile(r"\(([^()]*)\)")
# "Đơn vị: Xã Mỹ Hà" names who reports; these name a unit, whatever follows.
# What a line may name that is no unit of a sum.
_COUNTED = re.compile(
    r"%|km|m|ha|m2|m²|(?:dự án|công trình|hạng mục|danh mục|hộ|người|xã|thôn|tiêu chí|chỉ tiêu)"
)
_OTHER_UNIT = re.compile(r"\s*(?:[,;]| và )\s*")
_OF_MONEY = re.compile(r"\(?\s*(?:đơn vị ti|đv|.*tính (?:bằng|theo))", re.IGNORECASE)


@dataclass(frozen=True)
class UnitLine:
    """The cell above a table that names a unit, as it stands; `unit`: đồng in one, None where no list knows it."""

    cell: str
    text: str
    unit: int | None


@dataclass(frozen=True)
class Table:
    """One table: its rows run from `headings.last + 1` up to `end` (excluded); `unit_lines` stand above it, the nearest
    first.

    `footer`: the cell with which a footer begins in row `end`, if one does (footer.py).
    """

    sheet: Sheet
    headings: Headings
    end: int
    unit_lines: tuple[UnitLine, ...] = ()
    footer: str = ""

    def unit_of(self, at: ColumnAt) -> int | None:
        """Đồng in one of what a column's sums are written in; None where nothing says it, or two say two."""
        said = {line.unit for line in self.unit_lines} | ({at.heading.unit} if at.heading.unit else set())
        return said.pop() if len(said) == 1 and not at.heading.has_strange_unit else None

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
        lines = tuple(_unit_lines(sheet, above, headings.first, units))
        if not lines and n and found[n - 1].form is headings.form:
            lines = tables[n - 1].unit_lines  # the same heading printed again on the next page
        tables.append(Table(sheet, headings, end, lines))
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
    folded = text.casefold()
    return ("đ" in folded or "tính" in folded) and unit_named(normal_text(text)) is not None


def _is_blank(values: Sequence[RawValue], _: PartForm) -> bool:
    return all(Cell(value).is_blank for value in values)


def _is_title(values: Sequence[RawValue], form: PartForm) -> bool:
    """A line of one cell, unless it states that there is no debt; or a unit line."""
    filled = [normal_text(str(value)) for value in values if not Cell(value).is_blank]
    if len(filled) == 1:
        return match_key(filled[0]) not in {match_key(text) for text in form.no_debt}
    return any(unit_named(text) is not None for text in filled)


def _unit_lines(sheet: Sheet, rows: range, first: int, units: Mapping[str, int]) -> Iterator[UnitLine]:
    """What "Đơn vị tính: triệu đồng" says above the table, in one cell or in two, from the nearest row up.

    `first`: the row of the headings. What stands above another table is that one's, unless nothing stands nearer.
    """
    is_said = is_further = False
    for row in reversed(rows):
        filled = [column for column in range(len(sheet.rows[row])) if not sheet.cell(row, column).is_blank]
        is_another = row < first and len(filled) >= _ANOTHER_TABLE
        if is_said and is_another:
            return
        is_further |= is_another
        # Among headings a unit in brackets is of one column; in a row of another table it is of that row.
        bare = None if row >= first else {} if is_further else units
        for line in _units_in(sheet, row, filled, units, bare):
            is_said = True
            yield line


def _units_in(
    sheet: Sheet, row: int, filled: Sequence[int], units: Mapping[str, int], bare: Mapping[str, int] | None
) -> Iterator[UnitLine]:
    """`bare`: the units that a title may name without a label; None of a row that is none."""
    texts = [normal_text(str(sheet.value(row, column))) for column in filled]
    for (column, text), (beside, after) in pairwise([*zip(filled, texts, strict=True), (0, "")]):
        said = unit_named(text)
        if said is None and bare is not None:
            said = _in_title(text, bare)
        if said is None:
            continue
        named = match_key((said or after).strip(' "“”'))
        unit = _unit_in(named, units)
        is_asked = _OF_MONEY.search(text) and not _COUNTED.fullmatch(named)
        if unit or is_asked or LOOKS_LIKE_A_UNIT.search(named):
            is_beside = after and not said
            name = sheet.name_of(row, beside if is_beside else column)
            yield UnitLine(name, after if is_beside else text, unit)


def _unit_in(named: str, units: Mapping[str, int]) -> int | None:
    """Đồng in one; also of what names another column's besides: "triệu đồng, %"."""
    money = [each for each in _OTHER_UNIT.split(named) if not _COUNTED.fullmatch(each)]
    return units.get(named) or (units.get(money[0]) if len(money) == 1 else None)


def _in_title(text: str, bare: Mapping[str, int]) -> str | None:
    """The unit of "Biểu C (ĐVT: nghìn USD)"; without a label only one of these: "BIỂU NỢ (tỷ đồng)", "Nợ, tỷ đồng"."""
    for inside in _BRACKETS.findall(text):
        if said := unit_named(inside) or (inside if match_key(inside) in bare else ""):
            return said
    behind = BEHIND_A_SIGN.fullmatch(text.rstrip(".:; "))
    return behind[2] if behind and match_key(behind[2]) in bare else None
