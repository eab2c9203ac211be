"""One heading as a sender wrote it: its words, and the unit in brackets behind them.

Knows which units there are; nothing of columns (headings.py) or of lines that name a unit (table.py).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial

from domain.vietnamese import match_key, normal_text

LOOKS_LIKE_A_UNIT = re.compile(
    r"(?<!\w)(?:đồng|đ|vnđ|vnd|usd|eur|nghìn|ngàn|triệu|tr|trđ|tỷ|tỉ)(?!\w)|[$€₫]|\d\s*đ(?!\w)"
)
TRAILING_BRACKET = re.compile(r"(.*\S)\s*\(([^()]*)\)")
BEHIND_A_SIGN = re.compile(r"(.*\S)(?:\s*[,;:–—]| -|- )\s*([^,;:()–—-]+)")  # "Tổng mức đầu tư, triệu đồng"
_LABEL = r"(?:đơn vị tính|đơn vị tiền|đơn vị|đv tính|đvt)"
_SUBJECT = r"(?:ghi chú\s*:\s*)?(?:(?:các )?số liệu |số tiền |giá trị )?"
_SENTENCE = rf"{_SUBJECT}(?:được )?tính (?:bằng|theo)(?: đơn vị(?: tính)?)?\s*:?"
# "(ĐVT: triệu đồng (VNĐ))": the brackets of the unit are its own.
_UNIT_LINE = re.compile(
    rf"\(?\s*(?:{_LABEL}\s*(?::\s*(?P<named>[^()]*\([^()]*\)|.*?))?"
    rf"|(?:{_LABEL}\s*[-–—(]|{_SENTENCE})\s*(?P<loosely>.+?))\s*\)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Heading:
    """One heading as a sender wrote it.

    `key` is its match key without a unit in brackets; `unit` that unit in đồng. `has_strange_unit`: of a sum, brackets
    that no list knows. `above`: the key of the heading over it that this one leaves out.
    """

    text: str
    key: str
    unit: int | None = None
    has_strange_unit: bool = False
    above: str = ""


def unit_named(text: str) -> str | None:
    """What a line says of its unit: "triệu đồng" of "Đơn vị tính: triệu đồng", "" where the next cell says it. None of
    any other line; a sentence is one only where what it names looks like a unit. `text`: normal."""
    match = _UNIT_LINE.fullmatch(text)
    if match is None:
        return None
    loosely = match["loosely"]
    if loosely is not None:
        return loosely if LOOKS_LIKE_A_UNIT.search(match_key(loosely)) else None
    return match["named"] or ""


AsHeading = Callable[[str], Heading]


@lru_cache(maxsize=16)
def heading_in(units: tuple[tuple[str, int], ...]) -> AsHeading:
    """The same few headings and words stand in every file, and a match key costs microseconds."""
    return lru_cache(maxsize=4096)(partial(_heading, dict(units)))


def _heading(units: Mapping[str, int], text: str) -> Heading:
    """The text, its key without a unit behind it, in brackets or after a comma or dash, and đồng in one of that unit.

    Other brackets stay. A text that is nothing but a unit has no key.
    """
    text = normal_text(text)
    match = TRAILING_BRACKET.fullmatch(text.rstrip(".:; "))
    if unit := units.get(match_key(text.strip("()"))):
        return Heading(text, "", unit)
    match = match or BEHIND_A_SIGN.fullmatch(text.rstrip(".:; "))
    if match is None:
        return Heading(text, match_key(text))
    inside = match_key(unit_named(match[2]) or match[2])
    unit = units.get(inside)
    if unit is None and LOOKS_LIKE_A_UNIT.search(inside):
        return Heading(text, match_key(match[1]), has_strange_unit=True)
    return Heading(text, match_key(match[1] if unit or inside == "%" else text), unit)
