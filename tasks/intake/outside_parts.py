"""What reaches outside from a part beside the sheets of an .xlsx: formulas of names, tables, charts and buttons,
pictures by address.

Any part is looked through that may hold one, whatever it is called; what a formula says is what a parser reads in it.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from xml.parsers.expat import ExpatError

from tasks.intake.container import MARKUP
from tasks.intake.formula_risks import refuse_outside
from tasks.intake.ooxml_risks import relationships
from tasks.intake.refusals import damaged
from tasks.intake.xml_pass import Attributes, parse

# Whose formulas the reading child looks at, or which have none: a part of another kind begins with another element.
_LOOKED_AT = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml\s[^<>]*\?>)?\s*<(?:[\w.-]+:)?"
    rb"(?:worksheet|sst|styleSheet|theme|calcChain|Types|Relationships|coreProperties|Properties)[\s/>]"
)
# A part of which nobody knows how closely Excel looks at its root, and what one may say.
_DRAWING, _DRAWN = "vmldrawing", (b"imagedata", b"Fmla", b"src", b"href")
_FORMULAS = (
    *("definedName", "calculatedColumnFormula", "totalsRowFormula", "f"),
    *(f"Fmla{what}" for what in ("Macro", "Link", "Range", "Pict", "Txbx", "Group")),
)
# Defined names at which Excel starts a macro of its fourth version.
_STARTING_NAMES = frozenset({"auto_open", "auto_close", "auto_activate", "auto_deactivate"})
# Of VML. An address at any other element waits for a click.
PICTURES = ("imagedata", "fill", "stroke", "image")
_ADDRESSES = ("src", "href", "althref")
_ELSEWHERE = re.compile(r"\s*(?:[\\/]{2}|[A-Za-z][\w+.-]*:)")
_OPEN_LINE = b"<br>", b"<br/>"  # as Excel writes it into a drawing
_OF_THIS_BOOK = "[0]!"
_LONGEST_USUAL = 4_000


def holding(parts: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """The parts that may hold such a thing."""
    is_drawn = any(_DRAWING in kind.casefold() for kind in relationships(parts))
    return {
        name: content
        for name, content in parts.items()
        if MARKUP.match(content) and (not _LOOKED_AT.match(content) or (is_drawn and _may_draw(content)))
    }


def risks(holding: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """(code, what was found) for each. Raises Refused for a formula, and for what is not well-formed."""
    for name, content in holding.items():
        try:
            yield from _usual(content) if len(content) <= _LONGEST_USUAL else _risks(content)
        except (ExpatError, ValueError, LookupError) as error:
            raise damaged(f"thành phần {name} không phải XML hợp lệ") from error


def leads_elsewhere(picture: Attributes) -> bool:
    """By the attributes of one of PICTURES."""
    return any(
        name.rpartition(":")[2] in _ADDRESSES and _ELSEWHERE.match(value) for name, value in picture.items()
    )


def _may_draw(content: bytes) -> bool:
    return any(word in content for word in _DRAWN)


def _risks(content: bytes) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []

    def on_name(attributes: Attributes) -> None:
        name = attributes.get("name", "")
        if name.casefold().removeprefix("_xlnm.") in _STARTING_NAMES:
            found.append(("FILE_HAS_MACRO", name))

    def on_picture(attributes: Attributes) -> None:
        if leads_elsewhere(attributes):
            found.append(("FILE_HAS_EXTERNAL_LINK", "hình vẽ lấy từ ngoài tệp"))

    starts = {**dict.fromkeys(PICTURES, on_picture), "definedName": on_name}
    texts = dict.fromkeys(_FORMULAS, _on_formula)
    try:
        parse(content, starts, texts)
    except ExpatError:
        parse(content.replace(*_OPEN_LINE), starts, texts)
    return tuple(found)


def _on_formula(text: str) -> None:
    refuse_outside(text.strip().removeprefix(_OF_THIS_BOOK))


# Forms name the same sheets and areas in each of ten thousand files.
_usual = lru_cache(maxsize=64)(_risks)
