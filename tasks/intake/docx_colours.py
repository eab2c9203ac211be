"""Whether letters of a Word document have the colour of what is behind them: nobody sees those. Knows colours alone."""

import re

from tasks.intake.xml_pass import Attributes, attribute

WHITE, UNKNOWN = "FFFFFF", "?"
_HEX = re.compile(r"[0-9A-Fa-f]{6}")
_NEAR = 0x10  # of each of red, green and blue: "white, 5 % darker" is F2F2F2


def colour_of(attributes: Attributes) -> str:
    """Of a w:color; "" for the automatic one, which always stands out."""
    said = attribute(attributes, "val")
    return said if _HEX.fullmatch(said) else ""


def shade_of(attributes: Attributes) -> str:
    """What a w:shd paints: "" where nothing, UNKNOWN for a pattern."""
    pattern = attribute(attributes, "val")
    if pattern in ("", "clear", "nil"):
        said = attribute(attributes, "fill")
    else:
        said = attribute(attributes, "color") if pattern == "solid" else UNKNOWN
    return said if _HEX.fullmatch(said) or said == UNKNOWN else ""


def highlight_of(attributes: Attributes) -> str:
    """Of a w:highlight, which names its colours."""
    said = attribute(attributes, "val")
    return {"white": WHITE, "none": ""}.get(said, UNKNOWN)


def are_alike(letters: str, behind: str) -> bool:
    """Colours as of the functions above: of one that isn't known nobody can say so."""
    if not _HEX.fullmatch(letters) or not _HEX.fullmatch(behind):
        return False
    return all(abs(a - b) < _NEAR for a, b in zip(bytes.fromhex(letters), bytes.fromhex(behind), strict=True))
