"""What a format knows of its cells beside their values: formats, fonts, formulas, what is hidden or merged.

The values come from calamine; `dressed` joins both. Knows no format: sheet_xml, ods_xml and biff_cells fill
it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from domain.reading.cell import RawValue
from domain.reading.old_fonts import Run
from tasks.intake.doubts import CHANGED
from tasks.intake.effects import TEXT_STRUCK, Marked, is_in_doubt
from tasks.intake.grid import PLAIN, Sheet, Style, cell_name, column_letter
from tasks.intake.refusals import damaged

Cell = tuple[int, int]  # row and column, from 0
_MOST_BESIDE = 20_000  # merged ranges where nothing stands
_SAYS_NOTHING = {"general", "@", "standard"}


@dataclass
class Look:
    """Of one sheet. `named`: styles of cells that their format calls "F12" itself. `lost` is what calamine reads as
    blank: error values ("#N/A") and formulas whose result is "". `truths` are shown as such and stored as numbers.
    `changed`: a change that nobody accepted begins there.
    """

    name: str
    hidden: bool = False
    merged: list[str] = field(default_factory=list)
    styles: dict[Cell, Style] = field(default_factory=dict)
    named: dict[str, Style] = field(default_factory=dict)
    lost: dict[Cell, str] = field(default_factory=dict)
    truths: dict[Cell, bool] = field(default_factory=dict)
    effects: dict[Cell, tuple[Marked, ...]] = field(default_factory=dict)
    changed: list[Cell] = field(default_factory=list)

    def add(self, cell: Cell, style: Style) -> None:
        if style != PLAIN:
            self.styles[cell] = style


def number_format(code: str) -> str:
    """The code, or "" where it says no more than the value does."""
    return "" if code.casefold() in _SAYS_NOTHING else code


def range_name(top: int, left: int, *, height: int, width: int) -> str:
    """`C5:H5` for the zero-based row 4 and column 2, one row high and six columns wide."""
    return f"{cell_name(top, left)}:{column_letter(left + width - 1)}{top + height}"


def fonts_of(named: Sequence[tuple[str | None, int]], own: str) -> tuple[str, tuple[Run, ...]]:
    """The font of a text made of runs, each (its old font, "" for another, None for the cell's own; letters), and the
    runs themselves where they differ.
    """
    runs = [Run(own if font is None else font, length) for font, length in named if length]
    fonts = {run.font for run in runs}
    if len(fonts) <= 1:
        return (fonts.pop() if fonts else own), ()
    return next(filter(None, (run.font for run in runs))), tuple(runs)


def look_of(name: str, looks: Mapping[str, Look]) -> Look:
    """The look of the sheet that calamine calls so; an empty one where nobody has looked. Raises Refused where that is
    another name than in the parts: a tab in it, say."""
    if looks and name not in looks:
        raise damaged("một trang mang hai tên")
    return looks.get(name) or Look(name)


def dressed(name: str, rows: Sequence[tuple[RawValue, ...]], look: Look) -> Sheet:
    """The sheet with its values and its look."""
    filled = _filled(rows, look) if look.lost or look.truths else tuple(rows)
    sheet = Sheet(name, filled, _by_name(look.styles) | look.named, tuple(look.merged), look.hidden)
    if look.merged:
        _refuse_layers(sheet)
    return replace(sheet, doubts=tuple(_doubts(sheet, look))) if look.effects or look.changed else sheet


def _refuse_layers(sheet: Sheet) -> None:
    """Ranges that don't lie over one another cover each cell once. Very many that do would be gone through cell by
    cell, each of them; a few harm nobody."""
    height, width = len(sheet.rows), max(map(len, sheet.rows), default=0)
    most = height * width + _MOST_BESIDE
    for left, top, right, bottom in sheet.merged_ranges():
        rows, columns = min(bottom + 1, height) - top, min(right + 1, width) - left
        most -= max(max(rows, 0) * max(columns, 0), 1)
        if most < 0:
            raise damaged(f"các vùng ô gộp của trang {sheet.name} chồng lên nhau")


def _doubts(sheet: Sheet, look: Look) -> Iterator[tuple[str, str]]:
    for cell, marked in sorted(look.effects.items()):
        value = sheet.value(*cell)
        if value is not None and is_in_doubt(str(value), marked):
            yield cell_name(*cell), TEXT_STRUCK
    for cell in look.changed:
        yield cell_name(*cell), CHANGED


def _filled(rows: Sequence[tuple[RawValue, ...]], look: Look) -> tuple[tuple[RawValue, ...], ...]:
    grid = [list(row) for row in rows]
    for (row, column), truth in look.truths.items():
        if row < len(grid) and column < len(grid[row]):
            grid[row][column] = truth
    for (row, column), text in look.lost.items():
        grid.extend([] for _ in range(row + 1 - len(grid)))
        grid[row].extend([None] * (column + 1 - len(grid[row])))
        if grid[row][column] is None:
            grid[row][column] = text
    return tuple(tuple(row) for row in grid)


def _by_name(styles: Mapping[Cell, Style]) -> dict[str, Style]:
    return {cell_name(*cell): style for cell, style in styles.items()}
