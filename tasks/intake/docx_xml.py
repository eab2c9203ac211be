"""One pass over the body of a Word document: its lines and its tables, with what was deleted, hidden, struck or typed
in an old font. Knows WordprocessingML; docx_sheets.py makes sheets of it.

Left out, and noted where they stand: drawings, text boxes, equations. Left out: footnotes, page headers, numbers that
Word counts by itself, hints of empty controls.
"""

import zipfile
from collections.abc import Callable

from tasks.intake.docx_body import (
    BOX,
    EQUATION,
    PICTURE,
    Container,
    WordCell,
    WordRow,
    WordTable,
    Written,
)
from tasks.intake.docx_colours import colour_of, highlight_of, shade_of
from tasks.intake.docx_fields import Fields
from tasks.intake.docx_looks import Look, Run
from tasks.intake.docx_styles import HIDDEN, SWITCHES, Styles, font_of, is_on
from tasks.intake.effects import RAISED, STRUCK
from tasks.intake.part_names import by_small_letters
from tasks.intake.refusals import too_large
from tasks.intake.xml_pass import Attributes, attribute, parse

DOCUMENT, STYLES = "word/document.xml", "word/styles.xml"
_MOST_DEPTH = 20  # of tables in tables: nobody reads a report that deep
_MOST_COLUMNS = 63  # Word's own limit
_DRAWINGS = ("drawing", "pict", "object")
# Nothing within stands in a line of the text: drawings (Word writes one with a text box twice), equations (½ would be
# 12), earlier looks.
_ASIDE = (
    *_DRAWINGS,
    "oMath",
    "Fallback",
    "rPrChange",
    "pPrChange",
    "tblPrChange",
    "trPrChange",
    "tcPrChange",
)
_DELETED, _INSERTED = ("del", "moveFrom"), ("ins", "moveTo")
_CHANGED_CELLS = ("cellIns", "cellDel", "cellMerge")
# Signs that Word inserts from a font of pictures: they count where x and ✓ do (SEMANTICS, Judgement).
_SIGNS = {
    "wingdings": {"FC": "✓", "FE": "☑", "FB": "✗", "FD": "☒", "A8": "☐", "6F": "☐"},
    "wingdings 2": {"50": "✓", "52": "☑", "53": "☒", "54": "☒", "A3": "☐"},
    "symbol": {"2D": "-", "D6": "√"},
}


def body(archive: zipfile.ZipFile) -> Container:
    """Raises what zipfile and expat raise for damaged parts."""
    styles = Styles()
    if part := by_small_letters(archive.namelist()).get(STYLES):
        parse(archive.read(part), styles.starts(), ends=styles.ends())
    reader = _Body(styles)
    reader.over(archive.read(DOCUMENT))
    return reader.body


class _Body:
    """What the elements say, one after the other. Depths count how many open elements keep text out."""

    def __init__(self, styles: Styles) -> None:
        self.body = Container()
        self._containers: list[Container] = [self.body]
        self._tables: list[WordTable] = []
        self._count = 0
        self._paragraph = Written()
        self._look = Look(styles, self._tables)
        self._fields = Fields(self._add)
        self._painted: Written | WordCell | WordTable | Run = self._paragraph  # what a shading is said of
        self._hints: list[bool] = []  # of each open control: whether it shows its hint
        self._asides: list[str] = []
        self._deleted = self._properties = 0
        self._of_row = False

    def over(self, content: bytes) -> None:
        starts = {name: self._unless_aside(on_start) for name, on_start in self._starts().items()}
        ends = {name: self._unless_aside_end(on_end) for name, on_end in self._ends().items()}
        starts |= {name: self._setting_aside(name) for name in _ASIDE}
        ends |= dict.fromkeys(_ASIDE, self._on_aside_end)
        parse(content, starts, {"t": self._on_text, "instrText": self._on_instruction}, ends)
        self._fields.on_end()

    def _starts(self) -> dict[str, Callable[[Attributes], None]]:
        return {
            "tbl": self._on_table,
            "tblStyle": self._on_table_style,
            "tr": self._on_row,
            "trPr": self._on_row_properties,
            "gridBefore": self._on_grid_before,
            "hidden": self._on_hidden_row,
            "tc": self._on_cell,
            "gridSpan": self._on_span,
            "vMerge": self._on_merged,
            "p": self._on_paragraph,
            "pPr": self._on_properties,
            "pStyle": self._on_paragraph_style,
            "r": self._on_run,
            "rStyle": self._on_run_style,
            "rFonts": self._on_fonts,
            **{name: self._switching(name) for name in SWITCHES},
            "tab": lambda _: self._add("" if self._properties else "\t"),
            "br": lambda _: self._add("\n"),
            "cr": lambda _: self._add("\n"),
            "noBreakHyphen": lambda _: self._add("-"),
            "sym": lambda attributes: self._add(_sign(attributes)),
            "tcPr": lambda _: self._paint(self._cell),
            "tblPr": lambda _: self._paint(self._tables[-1]),
            "shd": lambda attributes: self._on_shade(shade_of(attributes)),
            "highlight": lambda attributes: self._on_shade(highlight_of(attributes)),
            "color": self._on_colour,
            **self._fields.starts(lambda: self._paragraph),
            "sdt": lambda _: self._hints.append(False),
            "showingPlcHdr": self._on_hint,
            "sdtContent": lambda _: self._hide_hint(1),
            **dict.fromkeys(_DELETED, lambda _: self._delete(1)),
            **dict.fromkeys(_INSERTED, lambda _: self._mark_change()),
            **dict.fromkeys(_CHANGED_CELLS, lambda _: self._change_row()),
        }

    def _ends(self) -> dict[str, Callable[[], None]]:
        return {
            "tbl": self._on_table_end,
            "trPr": self._on_row_properties_end,
            "tc": self._on_cell_end,
            "pPr": self._on_properties_end,
            "sdt": self._on_control_end,
            "sdtContent": lambda: self._hide_hint(-1),
            **self._fields.ends(),
            **dict.fromkeys(_DELETED, lambda: self._delete(-1)),
        }

    def _unless_aside(self, on_start: Callable[[Attributes], None]) -> Callable[[Attributes], None]:
        return lambda attributes: None if self._asides else on_start(attributes)

    def _unless_aside_end(self, on_end: Callable[[], None]) -> Callable[[], None]:
        return lambda: None if self._asides else on_end()

    def _setting_aside(self, name: str) -> Callable[[Attributes], None]:
        def on_start(_: Attributes) -> None:
            self._asides.append(name)
            if name in _DRAWINGS and not self._deleted:
                self._paragraph.holds.add(PICTURE)

        return on_start

    def _on_aside_end(self) -> None:
        self._asides.pop()

    # --- tables -------------------------------------------------------------------------------------------------------

    @property
    def _row(self) -> WordRow:
        return self._tables[-1].rows[-1]

    @property
    def _cell(self) -> WordCell:
        return self._row.cells[-1]

    def _on_table(self, _: Attributes) -> None:
        if len(self._tables) >= _MOST_DEPTH:
            raise too_large("bảng lồng trong bảng quá sâu")
        self._count += 1
        table = WordTable(self._count)
        self._containers[-1].items.append(table)
        self._tables.append(table)

    def _on_table_style(self, attributes: Attributes) -> None:
        if self._tables:
            self._tables[-1].style = attribute(attributes, "val")

    def _on_table_end(self) -> None:
        self._tables.pop()

    def _on_row(self, _: Attributes) -> None:
        self._tables[-1].rows.append(WordRow())

    def _on_row_properties(self, _: Attributes) -> None:
        self._of_row = True

    def _on_row_properties_end(self) -> None:
        self._of_row = False

    def _on_grid_before(self, attributes: Attributes) -> None:
        self._row.at = _count(attributes)

    def _on_hidden_row(self, attributes: Attributes) -> None:
        if self._of_row:
            self._row.is_hidden = is_on(attributes)

    def _change_row(self) -> None:
        if self._tables:
            self._row.is_changed = True

    def _on_cell(self, _: Attributes) -> None:
        cell = WordCell(start=self._row.at)
        self._row.cells.append(cell)
        self._row.at += 1
        self._containers.append(cell)
        self._fields.on_cell()

    def _on_span(self, attributes: Attributes) -> None:
        self._cell.span = _count(attributes) or 1
        self._row.at = self._cell.start + self._cell.span

    def _on_merged(self, attributes: Attributes) -> None:
        self._cell.merged = attribute(attributes, "val") or "continue"

    def _on_cell_end(self) -> None:
        self._containers.pop()
        self._fields.on_cell_end()

    # --- lines --------------------------------------------------------------------------------------------------------

    def _on_paragraph(self, _: Attributes) -> None:
        self._fields.on_paragraph()
        self._paragraph = Written()
        self._look.on_paragraph(self._paragraph)
        self._containers[-1].items.append(self._paragraph)

    def _on_properties(self, _: Attributes) -> None:
        self._properties += 1
        self._paint(self._paragraph)

    def _on_properties_end(self) -> None:
        self._properties -= 1

    def _on_paragraph_style(self, attributes: Attributes) -> None:
        self._look.paragraph_style = attribute(attributes, "val")

    def _on_run(self, _: Attributes) -> None:
        self._look.run = Run()
        self._paint(self._look.run)

    def _on_run_style(self, attributes: Attributes) -> None:
        self._look.run.style = attribute(attributes, "val")

    def _on_fonts(self, attributes: Attributes) -> None:
        """In the properties of a paragraph stands the look of its end mark, which nobody sees."""
        if not self._properties:
            self._look.run.font = font_of(attributes)

    def _paint(self, what: Written | WordCell | WordTable | Run) -> None:
        self._painted = what

    def _on_shade(self, shade: str) -> None:
        self._painted.shade = shade or self._painted.shade

    def _on_colour(self, attributes: Attributes) -> None:
        if not self._properties:
            self._look.run.colour = colour_of(attributes)

    def _switching(self, name: str) -> Callable[[Attributes], None]:
        def on_start(attributes: Attributes) -> None:
            if not self._properties:
                self._look.run.switches[name] = is_on(attributes)

        return on_start

    def _delete(self, step: int) -> None:
        self._deleted += step
        self._mark_change()

    def _mark_change(self) -> None:
        if self._of_row:
            self._change_row()
        else:
            self._paragraph.is_changed = True

    def _on_hint(self, _: Attributes) -> None:
        if self._hints:
            self._hints[-1] = True

    def _hide_hint(self, step: int) -> None:
        if self._hints and self._hints[-1]:
            self._deleted += step

    def _on_control_end(self) -> None:
        if self._hints:
            self._hints.pop()

    def _on_instruction(self, text: str) -> None:
        if not self._asides:
            self._fields.on_instruction(text)

    def _on_text(self, text: str) -> None:
        if self._asides and text.strip() and not self._deleted:
            self._paragraph.holds |= {EQUATION if "oMath" in self._asides else BOX}
        self._add(text)

    def _add(self, text: str) -> None:
        if not text or self._asides or self._deleted or not self._fields.is_all_result:
            return
        paragraph = self._paragraph
        paragraph.text += text
        if not text.isspace():
            paragraph.font = _speaking(paragraph, text, self._look.font)
            paragraph.is_hidden |= self._look.does(HIDDEN)
        if any(map(str.isalnum, text)):
            paragraph.is_unseen |= self._look.is_unseen
        effect = next((effect for effect in (STRUCK, RAISED) if self._look.does(effect)), "")
        paragraph.effects.append((effect, len(text)))


def _speaking(paragraph: Written, text: str, font: str) -> str:
    """The old font of the paragraph: that of letters beyond ASCII, else of any."""
    return font if font and (not text.isascii() or not paragraph.font) else paragraph.font


def _sign(attributes: Attributes) -> str:
    """A sign that nobody knows stays one that no reading accepts. Word moves those of such fonts up by F000."""
    font, code = attribute(attributes, "font"), attribute(attributes, "char").upper()
    return _SIGNS.get(font.casefold(), {}).get(code[-2:], "\ufffd")


def _count(attributes: Attributes) -> int:
    number = int(attribute(attributes, "val") or 0)
    if not 0 <= number <= _MOST_COLUMNS:
        raise too_large(f"một ô trải qua {number} cột")
    return number
