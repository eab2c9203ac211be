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
UNIT_LABEL = re.compile(
    r"\(?\s*(?:đơn vị tính|đơn vị|đvt)\s*(?::\s*([^()]*\([^()]*\)|.*?))?\s*\)?", re.IGNORECASE
)  # "(ĐVT: triệu đồng (VNĐ))": the brackets of the unit are its own


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


AsHeading = Callable[[str], Heading]


@lru_cache(maxsize=16)
def heading_in(units: tuple[tuple[str, int], ...]) -> AsHeading:
    """The same few headings and words stand in every file, and a match key costs microseconds."""
    return lru_cache(maxsize=4096)(partial(_heading, dict(units)))


def _heading(units: Mapping[str, int], text: str) -> Heading:
    """The text, its key without a unit in trailing brackets, and đồng in one of that unit.

    Other brackets stay. A text that is nothing but a unit has no key.
    """
    text = normal_text(text)
    match = TRAILING_BRACKET.fullmatch(text.rstrip(".:; "))
    if unit := units.get(match_key(text.strip("()"))):
        return Heading(text, "", unit)
    if match is None:
        return Heading(text, match_key(text))
    label = UNIT_LABEL.fullmatch(match[2])
    inside = match_key(label[1] if label and label[1] else match[2])
    unit = units.get(inside)
    if unit is None and LOOKS_LIKE_A_UNIT.search(inside):
        return Heading(text, match_key(match[1]), has_strange_unit=True)
    return Heading(text, match_key(match[1] if unit or inside == "%" else text), unit)
