"""One pass over the sheets of an .xlsx: what calamine leaves out. Knows SpreadsheetML; understands no value.

A style is kept for filled cells only. Of a shared formula every cell shows the text of its first cell.
"""

import posixpath
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from domain.reading.cell import is_legacy_font
from tasks.intake.formula_risks import refuse_outside
from tasks.intake.grid import Style, column_index
from tasks.intake.looks import Look, fonts_of, number_format
from tasks.intake.sheet_effects import SheetEffects
from tasks.intake.xml_pass import Attributes, Ends, Starts, Texts, attribute, parse

WORKBOOK, RELATIONSHIPS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
# ECMA-376 part 1, 18.8.30: ids that have no numFmt element. Those without % or date are left out.
BUILT_IN_FORMATS = {9: "0%", 10: "0.00%", 14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy"}
BUILT_IN_FORMATS |= {18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "dd/mm/yyyy h:mm"}
BUILT_IN_FORMATS |= {45: "mm:ss", 46: "[h]:mm:ss"}
_MOST_COLUMNS = 16_384
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_STYLE_SECTIONS = ("numFmts", "fonts", "fills", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs")
_TRUE = ("1", "true")
_FORMULAS_BESIDE = dict.fromkeys(
    ("formula", "formula1", "formula2"), refuse_outside
)  # of conditions and lists
# The same in the bytes of a part. A part of two bytes a letter has none of them.
_PLACE = rb' r="([A-Z]{1,3})([1-9][0-9]{0,6})"'
_WITHOUT_PLACE = re.compile(rb"[<:]c(?=[\s/>])(?!" + _PLACE + rb")|[<:]row(?=[\s/>])(?! r=)")
_HIDES = re.compile(rb'hidden(?!="(?:0|false)")')
_ANY_STYLE = rb'(?: s="([0-9]{1,5})")?'
_EMPTY_ROW = re.compile(rb'<row r="[1-9][0-9]{0,6}"[^<>]*(?:/>|></row>)')


def looks(archive: zipfile.ZipFile) -> list[Look]:
    """One Look for each sheet, in the order of the workbook.

    Raises what zipfile and expat raise for damaged parts, and LookupError or ValueError for senseless ones.
    """
    names = set(archive.namelist())
    book, targets, styles, strings = _Workbook(), _Targets(), _Styles(), _SharedFonts()
    effects = SheetEffects()
    parse(archive.read(WORKBOOK), {"sheet": book.on_sheet})
    parse(archive.read(RELATIONSHIPS), {"Relationship": targets.on_relationship})
    if targets.by_kind.get("styles") in names:
        content = archive.read(targets.by_kind["styles"])
        styles = _styles_in(content)
        effects.over_styles(content)
    if targets.by_kind.get("sharedStrings") in names:
        content = archive.read(targets.by_kind["sharedStrings"])
        strings.over(content)
        effects.over_strings(content)
    for look, relationship in book.sheets:
        part = targets.by_id.get(relationship)
        if part in names:
            content = archive.read(part)
            _Cells(look, styles, strings).over(_without_plain_cells(content, look, styles, strings))
            effects.over_sheet(content, look)
    return [look for look, _ in book.sheets]


def _styles_in(content: bytes) -> "_Styles":
    return _usual_styles(content) if len(content) <= _LONGEST_USUAL else _parsed_styles(content)


def _parsed_styles(content: bytes) -> "_Styles":
    styles = _Styles()
    parse(content, styles.starts())
    return styles


# Files that were filled in from one form have the same styles, byte for byte.
_LONGEST_USUAL = 100_000
_usual_styles = lru_cache(maxsize=16)(_parsed_styles)


def _may_say(name: bytes, content: bytes) -> bool:
    """Of a part that has two bytes a letter it isn't known."""
    return name in content or b"\0" in content


def _without_plain_cells(content: bytes, look: Look, styles: "_Styles", strings: "_SharedFonts") -> bytes:
    """Without the cells whose look their style alone tells, and with that look: most are such, and each would cost ten
    calls. All stay where one may be hidden or stand right of the one before it. Raises expat.ExpatError where the whole
    is not well-formed: what is cut out of it may be."""
    parse(content, {})
    if look.hidden or _is_hiding(content):
        return content
    silent_kinds = b"nb" if strings.any_old else b"nbs"
    plain_kinds = b"nb" if strings.by_index else b"nbs"  # in a cell of an old font its runs may be Unicode
    loud = _plain_cell(silent_kinds, styles.silent).sub(b"", content)
    # What stands between the cells, and of each cell its column, row, style and value.
    pieces = _plain_cell(plain_kinds, _ANY_STYLE).split(loud)
    rest = _EMPTY_ROW.sub(b"", b"".join(pieces[::5]))
    if _WITHOUT_PLACE.search(rest):
        return content
    for column, row, style, value in zip(*(pieces[n::5] for n in range(1, 5)), strict=True):
        said = styles.said_by(int(style or 0))
        if value is not None and said:
            look.styles[int(row) - 1, column_index(column.decode())] = said
    return rest


def _is_hiding(content: bytes) -> bool:
    """Whether a row or a column may be hidden, or a cell in what is no element: a comment, CDATA, an instruction."""
    return (
        (b"hidden" in content and _HIDES.search(content) is not None)
        or b"<!" in content
        or content.find(b"<?", 1) > 0
    )


@lru_cache(maxsize=64)
def _plain_cell(kinds: bytes, styles: bytes) -> re.Pattern[bytes]:
    """Cells without a formula, of one of these kinds and styles: column, row, style and value."""
    kind, value = rb'(?: t="[%s]")?' % kinds, rb"(?:/>|><v>([0-9.eE+-]*)</v></c>)"
    return re.compile(b"<c" + _PLACE + styles + kind + value)


@dataclass
class _Workbook:
    """The sheets with the ids of their relationships."""

    sheets: list[tuple[Look, str]] = field(default_factory=list)

    def on_sheet(self, attributes: Attributes) -> None:
        hidden = attributes.get("state", "visible") != "visible"
        self.sheets.append((Look(attributes.get("name", ""), hidden), attribute(attributes, "id")))


@dataclass
class _Targets:
    """Parts by the id and by the kind of their relationship to the workbook."""

    by_id: dict[str, str] = field(default_factory=dict)
    by_kind: dict[str, str] = field(default_factory=dict)

    def on_relationship(self, attributes: Attributes) -> None:
        # "worksheets/sheet1.xml" stands beside the workbook, "/xl/worksheets/sheet1.xml" counts from the root.
        part = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", ""))).lstrip("/")
        self.by_id[attributes.get("Id", "")] = part
        self.by_kind[attributes.get("Type", "").rpartition("/")[2]] = part


@dataclass
class _Styles:
    """Number format and legacy font by the index that a cell's `s` names (cellXfs)."""

    of_cells: list[tuple[str, str]] = field(default_factory=list)
    _codes: dict[int, str] = field(default_factory=lambda: dict(BUILT_IN_FORMATS))
    _fonts: list[str] = field(default_factory=list)
    _said: dict[int, Style | None] = field(default_factory=dict)
    _section: str = ""

    def starts(self) -> dict[str, Callable[[Attributes], None]]:
        """numFmt, font and xf stand in several sections (those of dxfs are of conditional formats)."""
        enters = {name: self._entering(name) for name in _STYLE_SECTIONS}
        own = {
            "numFmt": self._on_format,
            "font": self._on_font,
            "name": self._on_font_name,
            "xf": self._on_cell,
        }
        return enters | own

    def of(self, index: int) -> tuple[str, str]:
        return self.of_cells[index] if index < len(self.of_cells) else ("", "")

    def said_by(self, index: int) -> Style | None:
        """By the style alone; None where it says nothing."""
        if index not in self._said:
            code, font = self.of(index)
            self._said[index] = Style(code, font) if code or font else None
        return self._said[index]

    @property
    def silent(self) -> bytes:
        """The attribute of a cell whose style says nothing, as a pattern."""
        silent = "|".join(str(n) for n, style in enumerate(self.of_cells) if style == ("", ""))
        named = rb' s="(%s)"' % (silent.encode() or b"(?!)")
        return b"(?:%s)?" % named if self.of(0) == ("", "") else named

    def _entering(self, section: str) -> Callable[[Attributes], None]:
        def on_start(_: Attributes) -> None:
            self._section = section

        return on_start

    def _on_format(self, attributes: Attributes) -> None:
        if self._section == "numFmts":
            self._codes[int(attributes["numFmtId"])] = number_format(attributes.get("formatCode", ""))

    def _on_font(self, _: Attributes) -> None:
        if self._section == "fonts":
            self._fonts.append("")

    def _on_font_name(self, attributes: Attributes) -> None:
        if self._section == "fonts" and is_legacy_font(attributes.get("val", "")):
            self._fonts[-1] = attributes["val"]

    def _on_cell(self, attributes: Attributes) -> None:
        if self._section == "cellXfs":
            font = int(attributes.get("fontId", 0))
            code = self._codes.get(int(attributes.get("numFmtId", 0)), "")
            self.of_cells.append((code, self._fonts[font] if font < len(self._fonts) else ""))


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
class _SharedFonts:
    """The runs of shared strings that name fonts, by the string's index: a cell's own font may be another."""

    by_index: dict[int, tuple[tuple[str | None, int], ...]] = field(default_factory=dict)
    _index: int = -1
    _runs: _Runs = field(default_factory=_Runs)

    @property
    def any_old(self) -> bool:
        return any(font for runs in self.by_index.values() for font, _ in runs)

    def over(self, content: bytes) -> None:
        starts, texts, ends = self._runs.calls()
        if _may_say(b"rFont", content):
            parse(content, starts, texts, {**ends, "si": self._on_end})
        else:
            parse(content, {})

    def _on_end(self) -> None:
        self._index += 1
        if runs := self._runs.taken():
            self.by_index[self._index] = runs


class _Cells:
    """The cells of one sheet, one after the other; writes into its Look."""

    def __init__(self, look: Look, styles: _Styles, strings: _SharedFonts) -> None:
        self._look, self._styles, self._strings = look, styles, strings
        self._hidden_columns: set[int] = set()
        self._shared_formulas: dict[str, str] = {}  # by their si
        self._row, self._column, self._row_is_hidden = 0, -1, False
        self._cell: Attributes = {}
        self._is_filled = False
        self._value = self._formula = self._formula_id = ""
        self._runs = _Runs()

    def over(self, content: bytes) -> None:
        starts, texts, ends = self._runs.calls() if _may_say(b"rFont", content) else ({}, {}, {})
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
        self._column, self._row_is_hidden = -1, attributes.get("hidden") in _TRUE

    def _on_cell(self, attributes: Attributes) -> None:
        self._cell, self._is_filled = attributes, False
        self._value = self._formula = self._formula_id = ""
        match = _REFERENCE.fullmatch(attributes.get("r", ""))
        self._column = column_index(match[1]) if match else self._column + 1

    def _on_filled(self, _: Attributes) -> None:
        self._is_filled = True

    def _on_value(self, text: str) -> None:
        self._value = text

    def _on_formula(self, attributes: Attributes) -> None:
        self._is_filled = True
        self._formula_id = attributes.get("si", "")

    def _on_formula_text(self, text: str) -> None:
        if self._formula_id:
            text = self._shared_formulas.setdefault(self._formula_id, text)
        refuse_outside(text)
        self._formula = text

    def _on_columns(self, attributes: Attributes) -> None:
        if attributes.get("hidden") in _TRUE:
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
            self._look.styles[self._row - 1, self._column] = Style(code, font, self._formula, hidden, runs)
        if kind == "e" or (kind == "str" and self._formula and not self._value):
            self._look.lost[self._row - 1, self._column] = self._value
