"""One pass over the content of an .ods: percent, fonts, formulas, hidden and merged cells, error and truth
values, changes that nobody accepted.

Knows OpenDocument tables; number formats are ods_formats.py's. Missing: of a formula with several results all but its
text.
"""

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice, product

from domain.reading.cell import is_legacy_font
from domain.reading.old_fonts import Run
from tasks.intake.effects import RAISED, STRUCK, TO_THE_END, Marked
from tasks.intake.formula_risks import refuse_outside
from tasks.intake.grid import Style
from tasks.intake.looks import Look, fonts_of, range_name
from tasks.intake.ods_changes import Changes
from tasks.intake.ods_formats import Formats
from tasks.intake.refusals import too_large
from tasks.intake.xml_pass import Attributes, attribute, parse

CONTENT, STYLES = "content.xml", "styles.xml"
_FORMATS = {"percentage": "0%", "date": "dd/mm/yyyy", "time": "h:mm:ss"}
# Calc's own words for a truth value, in English and Vietnamese; it stores many as a number.
_TRUTHS = {"true": True, "false": False, "đúng": True, "sai": False}
_HIDING = ("collapse", "filter")
_MOST_REPEATS = 10_000  # of one cell: a filled cell repeated more often than that is no report
_MOST_BLANKS = 10_000  # in a row, written as one element


def looks(archive: zipfile.ZipFile, most_cells: int) -> list[Look]:
    """One Look for each table, in the order of the document. Raises Refused where the filled cells of all span more
    than so many, before anybody unfolds them, and what zipfile and expat raise for damaged parts.
    """
    styles = _Styles()
    tables = _Tables(styles, most_cells)
    if STYLES in archive.namelist():
        parse(archive.read(STYLES), styles.starts(), styles.formats.texts(), styles.formats.ends())
    tables.over(archive.read(CONTENT))
    return tables.looks


@dataclass
class _Styles:
    """By the name of a style: its legacy font, its number format, and whether its table is hidden."""

    fonts: dict[str, str] = field(default_factory=dict)
    fonts_of_spans: dict[str, str] = field(default_factory=dict)  # those that name a font
    effects: dict[str, str] = field(default_factory=dict)
    hidden_tables: set[str] = field(default_factory=set)
    formats: Formats = field(default_factory=Formats)
    codes: dict[str, str] = field(default_factory=dict)  # number formats of cells' styles
    _name: str = ""

    def starts(self) -> dict[str, Callable[[Attributes], None]]:
        own = {"style": self._on_style, "text-properties": self._on_text, "table-properties": self._on_table}
        return {**own, **self.formats.starts()}

    def _on_style(self, attributes: Attributes) -> None:
        self._name = attribute(attributes, "name")
        parent = attribute(attributes, "parent-style-name")
        self.fonts[self._name] = self.fonts.get(parent, "")
        self.effects[self._name] = self.effects.get(parent, "")
        used = attribute(attributes, "data-style-name")
        self.codes[self._name] = self.formats.codes.get(used, "") if used else self.codes.get(parent, "")

    def _on_text(self, attributes: Attributes) -> None:
        font = attribute(attributes, "font-name") or attribute(attributes, "font-family")
        if font:
            self.fonts[self._name] = self.fonts_of_spans[self._name] = font if is_legacy_font(font) else ""
        effect = _effect(attributes)
        self.effects[self._name] = self.effects.get(self._name, "") if effect is None else effect

    def _on_table(self, attributes: Attributes) -> None:
        if attribute(attributes, "display") == "false":
            self.hidden_tables.add(self._name)


@dataclass(frozen=True)
class _Columns:
    """A run of columns with one look; `end` is the first column after it."""

    end: int
    hidden: bool
    style: str


@dataclass
class _Cell:
    """One table:table-cell, and what its last paragraph said; None without one.

    `fonts`: of its spans, None for the cell's own, which is that of what stands outside of them.
    """

    attributes: Attributes
    text: str | None = None
    paragraphs: list[str] = field(default_factory=list)
    fonts: set[str | None] = field(default_factory=set)
    in_spans: int = 0  # letters of the paragraph
    marked: list[tuple[str, str]] = field(default_factory=list)  # effect and text of such spans
    open_spans: list[str] = field(default_factory=list)  # their effects

    @property
    def kinds(self) -> list[str]:
        """office:value-type, and calcext:value-type, which alone says "error"."""
        return [value for name, value in self.attributes.items() if name.endswith(":value-type")]

    @property
    def formula(self) -> str:
        return attribute(self.attributes, "formula").removeprefix("of:").removeprefix("=")

    @property
    def truth(self) -> bool | None:
        return _TRUTHS.get((self.text or "").casefold()) if "float" in self.kinds else None

    @property
    def is_lost(self) -> bool:
        """Calc writes a formula's result "" as an empty paragraph, without a type."""
        if "error" in self.kinds:
            return True
        return bool(self.formula) and self.text == "" and set(self.kinds) <= {"string"}


class _Tables:
    """The cells of all tables, one after the other."""

    def __init__(self, styles: _Styles, most_cells: int) -> None:
        self.looks: list[Look] = []
        self._most_cells, self._before, self._bottom, self._right = most_cells, 0, 0, 0
        self._styles, self._changes = styles, Changes()
        self._columns: list[_Columns] = []
        self._row = self._column = 0
        self._row_repeats, self._row_is_hidden = 1, False
        self._cell = _Cell({})

    def over(self, content: bytes) -> None:
        starts = {
            "table": self._on_table,
            "table-column": self._on_columns,
            "table-row": self._on_row,
            "table-cell": self._on_cell,
            "covered-table-cell": self._on_cell,
            "span": self._on_span,
            "s": self._on_blanks,
        }
        ends = {
            "table-row": self._on_row_end,
            "table-cell": self._on_cell_end,
            "covered-table-cell": self._on_cell_end,
        }
        texts = {"p": self._on_paragraph, "span": self._on_span_text}
        starts |= self._styles.starts() | self._changes.starts()
        formats = self._styles.formats
        parse(content, starts, formats.texts() | texts, ends | self._changes.ends() | formats.ends())
        for n, cells in self._changes.by_table(len(self.looks)).items():
            self.looks[n].changed += cells

    def _on_table(self, attributes: Attributes) -> None:
        hidden = attribute(attributes, "style-name") in self._styles.hidden_tables
        self.looks.append(Look(attribute(attributes, "name"), hidden))
        self._columns, self._row = [], 0
        self._before += self._bottom * self._right
        self._bottom = self._right = 0

    def _on_columns(self, attributes: Attributes) -> None:
        start = self._columns[-1].end if self._columns else 0
        hidden = attribute(attributes, "visibility") in _HIDING
        style = attribute(attributes, "default-cell-style-name")
        self._columns.append(_Columns(start + _count(attributes, "number-columns-repeated"), hidden, style))

    def _on_row(self, attributes: Attributes) -> None:
        self._column = 0
        self._row_repeats = _count(attributes, "number-rows-repeated")
        self._row_is_hidden = attribute(attributes, "visibility") in _HIDING

    def _on_row_end(self) -> None:
        self._row += self._row_repeats

    def _on_cell(self, attributes: Attributes) -> None:
        self._cell = _Cell(attributes)

    def _on_span(self, attributes: Attributes) -> None:
        style = attribute(attributes, "style-name")
        self._cell.fonts.add(self._styles.fonts_of_spans.get(style))
        self._cell.open_spans.append(self._styles.effects.get(style, ""))

    def _on_blanks(self, attributes: Attributes) -> None:
        if _count(attributes, "c") > _MOST_BLANKS:
            raise too_large("một ô có quá nhiều dấu cách")

    def _on_span_text(self, text: str) -> None:
        self._cell.in_spans += len(text)
        if (effect := self._cell.open_spans.pop()) and text:
            self._cell.marked.append((effect, text))

    def _on_paragraph(self, text: str) -> None:
        self._cell.text = text
        self._cell.paragraphs.append(text)
        if self._cell.in_spans < len(text):
            self._cell.fonts.add(None)
        self._cell.in_spans = 0

    def _on_cell_end(self) -> None:
        cell, repeats = self._cell, _count(self._cell.attributes, "number-columns-repeated")
        if cell.kinds or cell.formula or attribute(cell.attributes, "number-columns-spanned"):
            self._finish(cell, repeats)
        self._column += repeats

    def _finish(self, cell: _Cell, repeats: int) -> None:
        look = self.looks[-1]
        height = _count(cell.attributes, "number-rows-spanned")
        width = _count(cell.attributes, "number-columns-spanned")
        if (height, width) != (1, 1):
            look.merged.append(range_name(self._row, self._column, height=height, width=width))
        refuse_outside(cell.formula)
        if cell.kinds or cell.formula:
            self._make_room(repeats)
            rows = range(self._row, self._row + self._row_repeats)
            places = product(rows, range(self._column, self._column + repeats))
            self._add(look, cell, islice(places, _MOST_REPEATS))

    def _make_room(self, repeats: int) -> None:
        self._bottom = max(self._bottom, self._row + self._row_repeats)
        self._right = max(self._right, self._column + repeats)
        if self._before + self._bottom * self._right > self._most_cells:
            raise too_large(f"trang {self.looks[-1].name} có {self._bottom} dòng x {self._right} cột")

    def _add(self, look: Look, cell: _Cell, places: Iterable[tuple[int, int]]) -> None:
        style, marked, truth = self._style(cell, look.hidden), tuple(self._marked(cell)), cell.truth
        for place in places:
            look.add(place, style)
            if marked:
                look.effects[place] = marked
            if cell.is_lost:
                look.lost[place] = cell.text or ""
            if truth is not None:
                look.truths[place] = truth

    def _style(self, cell: _Cell, sheet_is_hidden: bool) -> Style:
        columns, named = self._columns_here(), self._named(cell)
        code = self._code(cell, named)
        # In which order its fonts stand isn't known: of two, no run is as long as the text.
        pieces = [(font, 1) for font in sorted(cell.fonts, key=str)]
        font, runs = fonts_of(pieces, self._styles.fonts.get(named, ""))
        hidden = sheet_is_hidden or self._row_is_hidden or columns.hidden
        return Style(code, font, cell.formula, hidden, tuple(Run(run.font, 0) for run in runs))

    def _columns_here(self) -> _Columns:
        return next((run for run in self._columns if self._column < run.end), _Columns(0, False, ""))

    def _named(self, cell: _Cell) -> str:
        return attribute(cell.attributes, "style-name") or self._columns_here().style

    def _marked(self, cell: _Cell) -> Iterator[Marked]:
        """Where a span stands isn't known, only what it says: it may stand wherever the cell says that."""
        if own := self._styles.effects.get(self._named(cell), ""):
            yield own, 0, TO_THE_END
        for effect, text in cell.marked:
            for found in re.finditer(re.escape(text), "\n".join(cell.paragraphs)):
                yield effect, found.start(), found.end()

    def _code(self, cell: _Cell, style: str) -> str:
        """What the value is shown as: by its kind, by its style; the currency of a cell, where its style says none."""
        code, currency = self._styles.codes.get(style, ""), attribute(cell.attributes, "currency")
        kind = next((kind for kind in cell.kinds if kind in _FORMATS), "")
        if kind:
            return code if kind == "date" and code else _FORMATS[kind]
        return code or (f'0"{currency}"' if currency else "")


def _effect(attributes: Attributes) -> str | None:
    """None where they don't say. Of the position the first word counts: "super", "-33%", "0%" for the line itself."""
    lines = [attribute(attributes, f"text-line-through-{said}") for said in ("style", "type")]
    position = attribute(attributes, "text-position").partition(" ")[0]
    if not any(lines) and not position:
        return None
    if any(lines) and "none" not in lines:
        return STRUCK
    return RAISED if position not in ("", "0%") else ""


def _count(attributes: Attributes, local_name: str) -> int:
    return int(attribute(attributes, local_name) or 1)
