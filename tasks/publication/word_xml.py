"""Paragraphs and tables as WordprocessingML. Knows the markup; doesn't know what a Báo cáo looks like
(document.py).

Tables are written as rows of XML: cell by cell through python-docx costs six times as much.
"""

from dataclasses import dataclass, replace
from xml.sax.saxutils import escape, quoteattr

from tasks.publication.blocks import Cell, Line, Table, Tone, grouped_headings

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TWIPS_PER_MM = 1440 / 25.4
TWIPS_PER_PT = 20


@dataclass(frozen=True)
class Type:
    """How a paragraph is set. Sizes and spaces in points, indents in mm; `align` as OOXML spells it."""

    size: float = 14
    bold: bool = False
    italic: bool = False
    align: str = "both"
    first_line_mm: float = 0
    sides_mm: float = 0
    before: float = 0
    after: float = 0
    keep_with_next: bool = False
    line_below: bool = False


def paragraph(text: str, kind: Type) -> str:
    return f"<w:p>{_paragraph_properties(kind)}{run(text, kind)}</w:p>"


def two_runs(label: str, label_kind: Type, text: str, kind: Type) -> str:
    """One paragraph set like `kind` that begins with a label of another type."""
    return f"<w:p>{_paragraph_properties(kind)}{run(label, label_kind)}{run(text, kind)}</w:p>"


def run(text: str, kind: Type) -> str:
    marks = ("<w:b/>" if kind.bold else "") + ("<w:i/>" if kind.italic else "")
    half_points = round(kind.size * 2)
    properties = f'<w:rPr>{marks}<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/></w:rPr>'
    pieces = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(piece)}</w:t>' for piece in text.split("\n"))
    return f"<w:r>{properties}{pieces}</w:r>"


def line(width_mm: float, length_mm: float) -> str:
    """A solid line centred in a column of that width: the lower border of an almost empty paragraph."""
    return paragraph("", Type(size=2, sides_mm=(width_mm - length_mm) / 2, line_below=True, after=4))


def page_number(kind: Type) -> str:
    properties = f'<w:rPr><w:sz w:val="{round(kind.size * 2)}"/></w:rPr>'
    return f'<w:fldSimple w:instr="PAGE"><w:r>{properties}<w:t>2</w:t></w:r></w:fldSimple>'


def columns_side_by_side(widths_mm: tuple[float, ...], cells: tuple[str, ...]) -> str:
    """A table without borders that only places its cells (each a run of paragraphs) beside one another."""
    placed = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{_twips(width)}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
        for width, cell in zip(widths_mm, cells, strict=True)
    )
    row = f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{placed}</w:tr>"
    return f"<w:tbl>{_table_properties(widths_mm, borders='')}{_grid(widths_mm)}{row}</w:tbl>"


def table(content: Table, width_mm: float, kind: Type) -> str:
    """Headings are repeated on every page, no row is torn apart, no heading row ends a page."""
    total = sum(column.share for column in content.columns)
    widths = tuple(width_mm * column.share / total for column in content.columns)
    heading = _headings(content, replace(kind, bold=True, align="center", keep_with_next=True))
    leading = [line.strong for line in content.lines[:-1]] + [False]
    rows = "".join(
        _row(line, content, replace(kind, keep_with_next=leads))
        for line, leads in zip(content.lines, leading, strict=True)
    )
    return f"<w:tbl>{_table_properties(widths, _BORDERS)}{_grid(widths)}{heading}{rows}</w:tbl>"


_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_BORDERS = (
    "<w:tblBorders>"
    + "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in _SIDES)
    + "</w:tblBorders>"
)


def _twips(millimetres: float) -> int:
    return round(millimetres * TWIPS_PER_MM)


def _paragraph_properties(kind: Type) -> str:
    """Elements in the order that the schema demands."""
    keep = "<w:keepNext/>" if kind.keep_with_next else ""
    below = (
        '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>'
        if kind.line_below
        else ""
    )
    before, after = round(kind.before * TWIPS_PER_PT), round(kind.after * TWIPS_PER_PT)
    spacing = f'<w:spacing w:before="{before}" w:after="{after}"'
    exact = ' w:line="60" w:lineRule="exact"/>' if kind.line_below else ' w:line="240" w:lineRule="auto"/>'
    sides = _twips(kind.sides_mm)
    indent = f'<w:ind w:left="{sides}" w:right="{sides}" w:firstLine="{_twips(kind.first_line_mm)}"/>'
    return f'<w:pPr>{keep}{below}{spacing}{exact}{indent}<w:jc w:val="{kind.align}"/></w:pPr>'


def _table_properties(widths_mm: tuple[float, ...], borders: str) -> str:
    margin = 90 if borders else 0
    sides = f'<w:left w:w="{margin}" w:type="dxa"/><w:right w:w="{margin}" w:type="dxa"/>'
    width = f'<w:tblW w:w="{_twips(sum(widths_mm))}" w:type="dxa"/><w:jc w:val="center"/>'
    layout = '<w:tblLayout w:type="fixed"/>'
    return f"<w:tblPr>{width}{borders}{layout}<w:tblCellMar>{sides}</w:tblCellMar></w:tblPr>"


def _grid(widths_mm: tuple[float, ...]) -> str:
    return (
        "<w:tblGrid>" + "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in widths_mm) + "</w:tblGrid>"
    )


def _headings(content: Table, kind: Type) -> str:
    """One row, or two where neighbouring columns stand under a common heading."""
    if not content.has_groups:
        return _heading_row("".join(_heading_cell(column.heading, kind) for column in content.columns))
    upper, at = [], 0
    for heading, span in grouped_headings(content.columns):
        merge = "" if content.columns[at].group else '<w:vMerge w:val="restart"/>'
        upper.append(_heading_cell(heading, kind, f'<w:gridSpan w:val="{span}"/>{merge}'))
        at += span
    lower = [
        _heading_cell(column.heading, kind) if column.group else _heading_cell("", kind, "<w:vMerge/>")
        for column in content.columns
    ]
    return _heading_row("".join(upper)) + _heading_row("".join(lower))


def _heading_row(cells: str) -> str:
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def _heading_cell(text: str, kind: Type, merged: str = "") -> str:
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>'
    return f'<w:tc><w:tcPr>{merged}{shade}<w:vAlign w:val="center"/></w:tcPr>{paragraph(text, kind)}</w:tc>'


def _row(line: Line, content: Table, kind: Type) -> str:
    cells, at = [], 0
    for cell in line.cells:
        cells.append(_cell(cell, kind, is_numeric=content.columns[at].numeric, is_strong=line.strong))
        at += cell.span
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _cell(cell: Cell, kind: Type, *, is_numeric: bool, is_strong: bool) -> str:
    """Tones without colour: the decree wants black; the words carry the meaning."""
    align = _alignment(cell, is_numeric=is_numeric)
    own = replace(kind, align=align, bold=is_strong or cell.tone is Tone.BAD, italic=cell.tone is Tone.MUTED)
    span = f"<w:gridSpan w:val={quoteattr(str(cell.span))}/>" if cell.span > 1 else ""
    return f'<w:tc><w:tcPr>{span}<w:vAlign w:val="center"/></w:tcPr>{paragraph(cell.text, own)}</w:tc>'


def _alignment(cell: Cell, *, is_numeric: bool) -> str:
    """Numbers to the right; in their columns a word that stands for a number, and what spans columns, in the
    middle.
    """
    if is_numeric:
        return "right" if cell.number is not None and cell.span == 1 else "center"
    return "center" if cell.span > 1 and cell.tone is Tone.MUTED else "left"
