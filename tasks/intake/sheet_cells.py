"""The cells of one sheet of an .xlsx, by a parser: their formats, fonts, formulas, and what is hidden or lost.

Knows SpreadsheetML; understands no value. A style is kept for filled cells only. Of a shared formula every cell shows
the text of its first cell.
"""

import re
from dataclasses import dataclass, field

from domain.reading.cell import is_legacy_font
from tasks.intake.formula_risks import refuse_outside
from tasks.intake.grid import Style, column_index
from tasks.intake.looks import Look, fonts_of
from tasks.intake.sheet_parts import Styles
from tasks.intake.xml_pass import Attributes, Ends, Starts, Texts, parse

_MOST_COLUMNS = 16_384
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_TRUE = ("1", "true")
_UNWRITTEN = "..."  # a formula that the file doesn't say
# Of conditions and lists.
_FORMULAS_BESIDE = dict.fromkeys(("formula", "formula1", "formula2"), refuse_outside)


def may_say(name: bytes, content: bytes) -> bool:
    """Of a part that has two bytes a letter it isn't known."""
    return name in content or b"\0" in content


def _is_hidden(attributes: Attributes, extent: str) -> bool:
    """A row or column, which may have no height or width instead."""
    return attributes.get("hidden") in _TRUE or not attributes.get(extent, "1").strip("0.")


class _Runs:
    """The text of one string, run by run: in which font, None for the cell's own, and how many letters."""

    def __init__(self) -> None:
        self._runs: list[tuple[str | None, int]] = []
        self._is_phonetic = False

    def calls(self) -> tuple[Starts, Texts, Ends]:
        """A phonetic run stands beside the text and is none of it."""
        starts = {"r": self._on_run, "rFont": self._on_font, "rPh": self._on_phonetic}
        return starts, {"t": self._on_text}, {"rPh": self._on_phonetic_end}

    def taken(self) -> tuple[tuple[str | None, int], ...]:
        """Of the string that ends here; nothing where all of it is in the cell's own font."""
        runs, self._runs = tuple(self._runs), []
        return runs if any(font is not None for font, _ in runs) else ()

    def _on_run(self, _: Attributes) -> None:
        self._runs.append((None, 0))

    def _on_font(self, attributes: Attributes) -> None:
        if self._runs:
            font = attributes.get("val", "")
            self._runs[-1] = (font if is_legacy_font(font) else "", self._runs[-1][1])

    def _on_phonetic(self, _: Attributes) -> None:
        self._is_phonetic = True

    def _on_phonetic_end(self) -> None:
        self._is_phonetic = False

    def _on_text(self, text: str) -> None:
        if self._runs and not self._is_phonetic:
            font, length = self._runs[-1]
            self._runs[-1] = (font, length + len(text))


@dataclass
class SharedFonts:
    """The runs of shared strings that name fonts, by the string's index: a cell's own font may be another."""

    by_index: dict[int, tuple[tuple[str | None, int], ...]] = field(default_factory=dict)
    _index: int = -1
    _runs: _Runs = field(default_factory=_Runs)

    def over(self, content: bytes) -> None:
        starts, texts, ends = self._runs.calls()
        if may_say(b"rFont", content):
            parse(content, starts, texts, {**ends, "si": self._on_end})
        else:
            parse(content, {})

    def _on_end(self) -> None:
        self._index += 1
        if runs := self._runs.taken():
            self.by_index[self._index] = runs


class Cells:
    """The cells of one sheet, one after the other; writes into its Look."""

    def __init__(self, look: Look, styles: Styles, strings: SharedFonts) -> None:
        self._look, self._styles, self._strings = look, styles, strings
        self._hidden_columns: set[int] = set()
        self._shared_formulas: dict[str, str] = {}  # by their si
        self._row, self._cell_row, self._column, self._row_is_hidden = 0, 0, -1, False
        self._cell: Attributes = {}
        self._is_filled = False
        self._value = self._formula = self._formula_id = ""
        self._runs = _Runs()

    def over(self, content: bytes) -> None:
        starts, texts, ends = self._runs.calls() if may_say(b"rFont", content) else ({}, {}, {})
        own = {
            "row": self._on_row,
            "c": self._on_cell,
            "f": self._on_formula,
            "v": self._on_filled,
            "is": self._on_filled,
            "col": self._on_columns,
            "mergeCell": self._on_merged,
        }
        own_texts = {"v": self._on_value, "f": self._on_formula_text, **_FORMULAS_BESIDE}
        parse(content, {**starts, **own}, {**texts, **own_texts}, {**ends, "c": self._on_cell_end})

    def _on_row(self, attributes: Attributes) -> None:
        """Without a number a row stands below the one before it, a cell without a reference right of it."""
        self._row = int(attributes.get("r", self._row + 1))
        self._column, self._row_is_hidden = -1, _is_hidden(attributes, "ht")

    def _on_cell(self, attributes: Attributes) -> None:
        self._cell, self._is_filled = attributes, False
        self._value = self._formula = self._formula_id = ""
        match = _REFERENCE.fullmatch(attributes.get("r", ""))
        self._column = column_index(match[1]) if match else self._column + 1
        # As calamine has it, the cell's own word counts.
        self._cell_row = int(match[2]) if match else self._row

    def _on_filled(self, _: Attributes) -> None:
        self._is_filled = True

    def _on_value(self, text: str) -> None:
        self._value = text

    def _on_formula(self, attributes: Attributes) -> None:
        self._is_filled = True
        self._formula_id = attributes.get("si", "")

    def _on_formula_text(self, text: str) -> None:
        if self._formula_id and text:
            self._shared_formulas.setdefault(self._formula_id, text)
        elif self._formula_id:
            text = self._shared_formulas.get(self._formula_id, "")
        refuse_outside(text)
        self._formula = text or _UNWRITTEN

    def _on_columns(self, attributes: Attributes) -> None:
        if _is_hidden(attributes, "width"):
            first, last = int(attributes["min"]), min(int(attributes["max"]), _MOST_COLUMNS)
            self._hidden_columns.update(range(first - 1, last))

    def _on_merged(self, attributes: Attributes) -> None:
        self._look.merged.append(attributes.get("ref", ""))

    def _on_cell_end(self) -> None:
        named = self._runs.taken()
        if not self._is_filled:
            return
        kind = self._cell.get("t", "")
        code, font = self._styles.of(int(self._cell.get("s", 0)))
        if kind == "s" and self._strings.by_index:
            named = self._strings.by_index.get(int(self._value), ())
        font, runs = fonts_of(named, font) if named else (font, ())
        hidden = self._row_is_hidden or self._look.hidden or self._column in self._hidden_columns
        if code or font or self._formula or hidden:
            self._look.styles[self._cell_row - 1, self._column] = Style(
                code, font, self._formula, hidden, runs
            )
        if kind == "e" or (kind == "str" and self._formula and not self._value):
            self._look.lost[self._cell_row - 1, self._column] = self._value
