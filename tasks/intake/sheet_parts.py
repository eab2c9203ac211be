"""What the parts beside the sheets of an .xlsx say: which sheets there are, where they lie, what their styles mean.

Files that were filled in from one form have parts that are the same, byte for byte: these are understood once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple, TypeVar

from domain.reading.cell import is_legacy_font
from tasks.intake.grid import Style
from tasks.intake.looks import number_format
from tasks.intake.part_names import part_at
from tasks.intake.refusals import damaged
from tasks.intake.xml_pass import Attributes, attribute, parse

# ECMA-376 part 1, 18.8.30: ids that have no numFmt element. Those without % or date are left out.
BUILT_IN_FORMATS = {9: "0%", 10: "0.00%", 14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy"}
BUILT_IN_FORMATS |= {18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "dd/mm/yyyy h:mm"}
BUILT_IN_FORMATS |= {45: "mm:ss", 46: "[h]:mm:ss"}
_STYLE_SECTIONS = ("numFmts", "fonts", "fills", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs")
_LONGEST_USUAL = 100_000
_FOLDER = "xl"  # of the workbook
T = TypeVar("T")


class Target(NamedTuple):
    """`part`: where a relationship leads, in small letters; `written`: as it stands there."""

    part: str
    written: str

    @property
    def is_plain(self) -> bool:
        """calamine joins names and does no more: it opens "worksheets/sheet1.xml" and "/xl/worksheets/sheet1.xml", and
        no part by "./worksheets/sheet1.xml"."""
        opened = self.written[1:] if self.written.startswith("/") else f"{_FOLDER}/{self.written}"
        return opened.casefold() == self.part


@dataclass
class Targets:
    """Parts by the id and by the kind of their relationship to the workbook."""

    by_id: dict[str, Target] = field(default_factory=dict)
    by_kind: dict[str, str] = field(default_factory=dict)

    def on_relationship(self, attributes: Attributes) -> None:
        written = attributes.get("Target", "")
        part = part_at(written, _FOLDER)
        self.by_id[attributes.get("Id", "")] = Target(part, written)
        self.by_kind[attributes.get("Type", "").rpartition("/")[2]] = part


@dataclass
class Styles:
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


def _remembered(parsed: Callable[[bytes], T]) -> Callable[[bytes], T]:
    """Files that were filled in from one form have parts that are the same, byte for byte: of the next one it is known
    already what its parts say."""
    usual = lru_cache(maxsize=16)(parsed)
    return lambda content: usual(content) if len(content) <= _LONGEST_USUAL else parsed(content)


@_remembered
def sheets_in(content: bytes) -> Sequence[tuple[str, bool, str]]:
    """Name, whether hidden, and id of the relationship of each."""
    sheets: list[tuple[str, bool, str]] = []

    def on_sheet(attributes: Attributes) -> None:
        if [name.rpartition(":")[2] for name in attributes].count("id") > 1:
            raise damaged("một trang được chỉ tới hai thành phần")  # readers differ on which of them counts
        hidden = attributes.get("state", "visible") != "visible"
        sheets.append((attributes.get("name", ""), hidden, attribute(attributes, "id")))

    parse(content, {"sheet": on_sheet})
    return sheets


@_remembered
def targets_in(content: bytes) -> Targets:
    targets = Targets()
    parse(content, {"Relationship": targets.on_relationship})
    return targets


@_remembered
def styles_in(content: bytes) -> Styles:
    styles = Styles()
    parse(content, styles.starts())
    return styles
