"""Which style of a Word document has an old font, which hides, strikes or raises its text, and which
colours it or paints behind it. Knows word/styles.xml;
reads no text.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from domain.reading.cell import is_legacy_font
from tasks.intake.docx_colours import colour_of, shade_of
from tasks.intake.effects import RAISED, STRUCK
from tasks.intake.xml_pass import Attributes, attribute

HIDDEN = "hidden"
OFF = ("0", "false", "off", "none")
# What an element of a run's properties does to its text.
SWITCHES = {
    "vanish": HIDDEN,
    "strike": STRUCK,
    "dstrike": STRUCK,
    "vertAlign": RAISED,
    "position": RAISED,
}


def font_of(attributes: Attributes) -> str | None:
    """What a w:rFonts says: an old font by its name, "" for another one, None where it says nothing of ours.

    hAnsi is the font of letters beyond ASCII, and old fonts have all their diacritics there.
    """
    if attribute(attributes, "hAnsiTheme"):
        return ""
    named = attribute(attributes, "hAnsi") or attribute(attributes, "ascii")
    if not named:
        return "" if attribute(attributes, "asciiTheme") else None
    return named if is_legacy_font(named) else ""


def is_on(attributes: Attributes) -> bool:
    """A switch of Word is on by its presence alone; "baseline" is neither raised nor lowered."""
    return attribute(attributes, "val") not in (*OFF, "baseline")


@dataclass
class _Style:
    based_on: str = ""
    font: str | None = None
    switches: dict[str, bool] = field(default_factory=dict)  # by the name of the element
    colour: str | None = None
    is_painted: bool = False


@dataclass
class Styles:
    """By the id of a style; an unknown one says nothing. Looks of a table's first row or last column are left out."""

    default_font: str = ""
    _by_id: dict[str, _Style] = field(default_factory=dict)
    _defaults: dict[str, str] = field(default_factory=dict)  # type of style -> id
    _style: _Style | None = None
    _is_aside: bool = False  # in a conditional look, or in an earlier one that was changed

    def font(self, style_id: str, kind: str) -> str | None:
        """Of the style, or of the default one of its kind ("paragraph", "character", "table")."""
        return next((style.font for style in self._line(style_id, kind) if style.font is not None), None)

    def says(self, switch: str, style_id: str, kind: str) -> bool:
        """`switch`: an element's name."""
        line = self._line(style_id, kind)
        return next((style.switches[switch] for style in line if switch in style.switches), False)

    def colour(self, style_id: str, kind: str) -> str | None:
        line = self._line(style_id, kind)
        return next((style.colour for style in line if style.colour is not None), None)

    def is_painted(self, style_id: str, kind: str) -> bool:
        """Whether it paints behind its text, be it behind the first row of a table alone."""
        return any(style.is_painted for style in self._line(style_id, kind))

    def _line(self, style_id: str, kind: str) -> list[_Style]:
        """The style and those that it is based on; a circle ends."""
        line: list[_Style] = []
        style = self._by_id.get(style_id or self._defaults.get(kind, ""))
        while style is not None and not any(style is seen for seen in line):
            line.append(style)
            style = self._by_id.get(style.based_on)
        return line

    def starts(self) -> dict[str, Callable[[Attributes], None]]:
        return {
            "style": self._on_style,
            "basedOn": self._on_based_on,
            "rFonts": self._on_fonts,
            "color": self._on_colour,
            "shd": self._on_shade,
            **{name: self._switching(name) for name in SWITCHES},
            "tblStylePr": self._on_aside,
            "rPrChange": self._on_aside,
        }

    def ends(self) -> dict[str, Callable[[], None]]:
        return {"tblStylePr": self._on_aside_end, "rPrChange": self._on_aside_end}

    def _on_style(self, attributes: Attributes) -> None:
        id_, kind = attribute(attributes, "styleId"), attribute(attributes, "type")
        self._style = self._by_id[id_] = _Style()
        if attribute(attributes, "default") and attribute(attributes, "default") not in OFF:
            self._defaults[kind] = id_

    def _on_based_on(self, attributes: Attributes) -> None:
        if self._style:
            self._style.based_on = attribute(attributes, "val")

    def _on_fonts(self, attributes: Attributes) -> None:
        """Before the first style stand the defaults of the document."""
        font = font_of(attributes)
        if self._is_aside or font is None:
            return
        if self._style:
            self._style.font = font
        else:
            self.default_font = font

    def _switching(self, name: str) -> Callable[[Attributes], None]:
        def on_start(attributes: Attributes) -> None:
            if self._style and not self._is_aside:
                self._style.switches[name] = is_on(attributes)

        return on_start

    def _on_colour(self, attributes: Attributes) -> None:
        if self._style and not self._is_aside:
            self._style.colour = colour_of(attributes)

    def _on_shade(self, attributes: Attributes) -> None:
        if self._style and shade_of(attributes):
            self._style.is_painted = True

    def _on_aside(self, _: Attributes) -> None:
        self._is_aside = True

    def _on_aside_end(self) -> None:
        self._is_aside = False
