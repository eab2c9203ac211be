"""One pass over the body of a Word document: its lines and its tables, with what was deleted, hidden, struck or typed
in an old font. Knows WordprocessingML; docx_sheets.py makes sheets of it.

Left out: drawings and text boxes, footnotes, page headers, numbers that Word counts by itself, hints of empty controls.
"""

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tasks.intake.docx_body import Container, WordCell, WordRow, WordTable, Written
from tasks.intake.docx_styles import HIDDEN, SWITCHES, Styles, font_of, is_on
from tasks.intake.effects import RAISED, STRUCK
from tasks.intake.refusals import too_large
from tasks.intake.xml_pass import Attributes, attribute, parse

DOCUMENT, STYLES = "word/document.xml", "word/styles.xml"
_MOST_DEPTH = 20  # of tables in tables: nobody reads a report that deep
_MOST_COLUMNS = 63  # Word's own limit
# Nothing within stands in a line of the text: drawings (Word writes one with a text box twice), earlier looks.
_ASIDE = (
    "drawing",
    "pict",
    "object",
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
_SIGNS = {"F0FC": "✓", "F0FE": "☑", "F0FB": "✗", "F0FD": "☒", "F0A8": "☐", "F06F": "☐", "F02D": "-"}


def body(archive: zipfile.ZipFile) -> Container:
    """Raises what zipfile and expat raise for damaged parts."""
    styles = Styles()
    if STYLES in archive.namelist():
        parse(archive.read(STYLES), styles.starts(), ends=styles.ends())
    reader = _Body(styles)
    reader.over(archive.read(DOCUMENT))
    return reader.body


@dataclass
class _Field:
    """A field of Word: an instruction, then what it came to."""

    begins_in: Written
    instruction: str = ""
    is_result: bool = False


class _Run:
    """The look of the run that is being read."""

    def __init__(self) -> None:
        self.font: str | None = None
        self.switches: dict[str, bool] = {}
        self.style = ""


class _Body:
    """What the elements say, one after the other. Depths count how many open elements keep text out."""

    def __init__(self, styles: Styles) -> None:
        self.body = Container()
        self._styles = styles
        self._containers: list[Container] = [self.body]
        self._tables: list[WordTable] = []
        self._count = 0
        self._paragraph = Written()
        self._paragraph_style = ""
        self._run = _Run()
        self._fields: list[_Field] = []  # open ones of the innermost cell
        self._fields_around: list[list[_Field]] = []  # of the cells around it, and of the body
        self._hints: list[bool] = []  # of each open control: whether it shows its hint
        self._aside = self._deleted = self._properties = 0
        self._of_row = False

    def over(self, content: bytes) -> None:
        starts = {name: self._unless_aside(on_start) for name, on_start in self._starts().items()}
        ends = {name: self._unless_aside_end(on_end) for name, on_end in self._ends().items()}
        starts |= dict.fromkeys(_ASIDE, self._on_aside)
        ends |= dict.fromkeys(_ASIDE, self._on_aside_end)
        parse(content, starts, {"t": self._on_text, "instrText": self._on_instruction}, ends)
        self._leave_open(self._fields)

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
            "sym": lambda attributes: self._add(_sign(attribute(attributes, "char"))),
            "fldChar": self._on_field,
            "fldSimple": self._on_simple_field,
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
            **dict.fromkeys(_DELETED, lambda: self._delete(-1)),
        }

    def _unless_aside(self, on_start: Callable[[Attributes], None]) -> Callable[[Attributes], None]:
        return lambda attributes: None if self._aside else on_start(attributes)

    def _unless_aside_end(self, on_end: Callable[[], None]) -> Callable[[], None]:
        return lambda: None if self._aside else on_end()

    def _on_aside(self, _: Attributes) -> None:
        self._aside += 1

    def _on_aside_end(self) -> None:
        self._aside -= 1

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
        self._fields_around.append(self._fields)
        self._fields = []

    def _on_span(self, attributes: Attributes) -> None:
        self._cell.span = _count(attributes) or 1
        self._row.at = self._cell.start + self._cell.span

    def _on_merged(self, attributes: Attributes) -> None:
        self._cell.merged = attribute(attributes, "val") or "continue"

    def _on_cell_end(self) -> None:
        self._containers.pop()
        self._leave_open(self._fields)
        self._fields = self._fields_around.pop()

    # --- lines --------------------------------------------------------------------------------------------------------

    def _on_paragraph(self, _: Attributes) -> None:
        """An instruction ends in its own paragraph: one that doesn't would keep out what follows."""
        self._leave_open([each for each in self._fields if not each.is_result])
        self._fields = [each for each in self._fields if each.is_result]
        self._paragraph, self._paragraph_style = Written(), ""
        self._containers[-1].items.append(self._paragraph)

    def _on_properties(self, _: Attributes) -> None:
        self._properties += 1

    def _on_properties_end(self) -> None:
        self._properties -= 1

    def _on_paragraph_style(self, attributes: Attributes) -> None:
        self._paragraph_style = attribute(attributes, "val")

    def _on_run(self, _: Attributes) -> None:
        self._run = _Run()

    def _on_run_style(self, attributes: Attributes) -> None:
        self._run.style = attribute(attributes, "val")

    def _on_fonts(self, attributes: Attributes) -> None:
        """In the properties of a paragraph stands the look of its end mark, which nobody sees."""
        if not self._properties:
            self._run.font = font_of(attributes)

    def _switching(self, name: str) -> Callable[[Attributes], None]:
        def on_start(attributes: Attributes) -> None:
            if not self._properties:
                self._run.switches[name] = is_on(attributes)

        return on_start

    def _delete(self, step: int) -> None:
        self._deleted += step
        self._mark_change()

    def _mark_change(self) -> None:
        if self._of_row:
            self._change_row()
        else:
            self._paragraph.is_changed = True

    def _on_field(self, attributes: Attributes) -> None:
        kind = attribute(attributes, "fldCharType")
        if kind == "begin":
            self._fields.append(_Field(self._paragraph))
        elif kind == "separate" and self._fields:
            self._fields[-1].is_result = True
            self._note_formula(self._fields[-1].instruction)
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _leave_open(self, fields: list[_Field]) -> None:
        for each in fields:
            each.begins_in.is_open = True

    def _on_simple_field(self, attributes: Attributes) -> None:
        self._note_formula(attribute(attributes, "instr"))

    def _on_instruction(self, text: str) -> None:
        if self._fields and not self._aside:
            self._fields[-1].instruction += text

    def _note_formula(self, instruction: str) -> None:
        """ "=SUM(ABOVE)": what it came to when somebody last pressed F9 is what stands there."""
        if instruction.strip().startswith("="):
            self._paragraph.formula = instruction.strip().removeprefix("=")

    def _on_hint(self, _: Attributes) -> None:
        if self._hints:
            self._hints[-1] = True

    def _hide_hint(self, step: int) -> None:
        if self._hints and self._hints[-1]:
            self._deleted += step

    def _on_control_end(self) -> None:
        if self._hints:
            self._hints.pop()

    def _on_text(self, text: str) -> None:
        self._add(text)

    def _add(self, text: str) -> None:
        is_result = all(field.is_result for field in self._fields)
        if not text or self._aside or self._deleted or not is_result:
            return
        paragraph = self._paragraph
        paragraph.text += text
        if not text.isspace():
            paragraph.font = _speaking(paragraph, text, next(self._fonts(), ""))
            paragraph.is_hidden |= self._is(HIDDEN)
        effect = next((effect for effect in (STRUCK, RAISED) if self._is(effect)), "")
        paragraph.effects.append((effect, len(text)))

    def _fonts(self) -> Iterator[str]:
        """What says the font, the nearest first."""
        table_style = self._tables[-1].style if self._tables else ""
        said = (
            self._run.font,
            self._styles.font(self._run.style, "character") if self._run.style else None,
            self._styles.font(self._paragraph_style, "paragraph"),
            self._styles.font(table_style, "table") if table_style else None,
            self._styles.default_font,
        )
        yield from (font for font in said if font is not None)

    def _is(self, effect: str) -> bool:
        return any(self._is_switched(name) for name, does in SWITCHES.items() if does == effect)

    def _is_switched(self, name: str) -> bool:
        if name in self._run.switches:
            return self._run.switches[name]
        by_run = bool(self._run.style) and self._styles.says(name, self._run.style, "character")
        return by_run or self._styles.says(name, self._paragraph_style, "paragraph")


def _speaking(paragraph: Written, text: str, font: str) -> str:
    """The old font of the paragraph: that of letters beyond ASCII, else of any."""
    return font if font and (not text.isascii() or not paragraph.font) else paragraph.font


def _sign(code: str) -> str:
    """A sign that nobody knows stays one that no reading accepts."""
    return _SIGNS.get(code.upper(), "\ufffd")


def _count(attributes: Attributes) -> int:
    number = int(attribute(attributes, "val") or 0)
    if not 0 <= number <= _MOST_COLUMNS:
        raise too_large(f"một ô trải qua {number} cột")
    return number
