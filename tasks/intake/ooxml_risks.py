"""What an .xlsx or .xlsm may carry beside cells. Looks at names, content types and relationships; reads no
cell.

Names alone would not do: a part may have any name, its content type says what it is.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from tasks.intake.formats import OLE_MAGIC
from tasks.intake.refusals import damaged

WORKBOOK = "xl/workbook.xml"
CONTENT_TYPES = "[Content_Types].xml"
_WITH_MACROS = "application/vnd.ms-excel.sheet.macroenabled.main+xml"
_WORKBOOK_TYPES = (
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    _WITH_MACROS,
)
_MACRO = re.compile(r"vbaproject|vbadata|macrosheet|dialogsheet|attachedtoolbars|customui", re.I)
_LINKED = re.compile(
    r"externallink|connections|querytable|oleobject|embeddings/|activex|customdata|/model/|"
    r"vnd\.ms-excel\.model|relationships/package$|webextension",
    re.I,
)
# What a person calls what _LINKED finds, by a word of it.
_CALLED = {
    "externallink": "liên kết tới tệp khác",
    "connections": "kết nối dữ liệu",
    "querytable": "truy vấn dữ liệu",
    "model": "mô hình dữ liệu",
    "activex": "nút điều khiển ActiveX",
    "webextension": "tiện ích web",
}
_OUTSIDE, _LONGEST_TOLD = "externalLink ", 120
# Word writes where the sender's own template lies. Nobody fetches it: on another machine there is none. An address of
# the net or of a server (also `file:////server`) is fetched.
_TEMPLATE = "/attachedTemplate"
_OWN_DISK = re.compile(r"(?:file:///)?(?!/)(?:[A-Za-z]:/)?[^:]*", re.I)
_ADDRESS = re.compile(r"\s*(?:[\\/]{2}|[A-Za-z][A-Za-z0-9+.-]*:)")


class Link(NamedTuple):
    """A relationship as it is written."""

    id: str
    kind: str
    target: str


def is_workbook(parts: Mapping[str, bytes]) -> bool:
    """Whether the package is a spreadsheet and not a text, a presentation or a binary workbook (.xlsb)."""
    if CONTENT_TYPES not in parts or WORKBOOK not in parts:
        return False
    return not content_types(parts).isdisjoint(_WORKBOOK_TYPES)


def content_types(parts: Mapping[str, bytes]) -> frozenset[str]:
    """Every type that the package declares, in small letters."""
    types = _attributes(CONTENT_TYPES, parts[CONTENT_TYPES])
    return frozenset(attributes.get("ContentType", "").casefold() for attributes in types)


def relationships(parts: Mapping[str, bytes]) -> Iterator[str]:
    """The kind of every relationship; "externalLink" and its target for one that leads outside, hyperlinks aside."""
    for name in parts:
        if name.casefold().endswith(".rels"):
            yield from _targets(_attributes(name, parts[name]))


def related(name: str, content: bytes) -> Iterator[Link]:
    """Each relationship in this list."""
    for attributes in _attributes(name, content):
        if "Target" in attributes:
            yield Link(attributes.get("Id", ""), attributes.get("Type", ""), attributes["Target"])


def risks(parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """(code, what was found) for each thing that is not accepted; hyperlinks are."""
    for seen in (*parts, *_declared(parts)):
        code = _usual_risk(seen) if len(seen) <= _LONGEST_USUAL else _risk(seen)
        if code:
            yield code, seen if code == "FILE_HAS_MACRO" else _called(seen)
    for name, content in parts.items():
        # Whatever its name says it is; macros are kept in one too, and told as such.
        if content.startswith(OLE_MAGIC) and not _MACRO.search(name):
            yield "FILE_HAS_EXTERNAL_LINK", f"đối tượng nhúng: {name}"


def is_macro_enabled(parts: Mapping[str, bytes]) -> bool:
    """By its declared type; such a workbook may hold no macro."""
    return _WITH_MACROS in content_types(parts)


def _risk(seen: str) -> str:
    if _MACRO.search(seen):
        return "FILE_HAS_MACRO"
    return "FILE_HAS_EXTERNAL_LINK" if _LINKED.search(seen) else ""


def _called(seen: str) -> str:
    words = next((words for sign, words in _CALLED.items() if sign in seen.casefold()), "đối tượng nhúng")
    return f"{words}: {seen.removeprefix(_OUTSIDE)[:_LONGEST_TOLD]}"


def _declared(parts: Mapping[str, bytes]) -> Iterator[str]:
    for attributes in _attributes(CONTENT_TYPES, parts[CONTENT_TYPES]):
        # A printer's settings file of Excel is a .bin; a `Default` for .bin names a type that no part need
        # have.
        if "PartName" in attributes:
            yield attributes.get("ContentType", "")
    yield from relationships(parts)


def _targets(relationships: Sequence[Mapping[str, str]]) -> Iterator[str]:
    for attributes in relationships:
        kind, target = attributes.get("Type", ""), attributes.get("Target", "")
        is_outside = attributes.get("TargetMode", "").casefold() == "external" or _ADDRESS.match(target)
        if (
            is_outside
            and not kind.endswith("/relationships/hyperlink")
            and not _is_own_template(kind, target)
        ):
            yield f"{_OUTSIDE}{kind.rpartition('/')[2]} {target}"
        else:
            yield kind


def _is_own_template(kind: str, target: str) -> bool:
    return kind.endswith(_TEMPLATE) and _OWN_DISK.fullmatch(unquote(target).replace("\\", "/")) is not None


def _attributes(name: str, content: bytes) -> Sequence[Mapping[str, str]]:
    try:
        return _usual(content) if len(content) <= _LONGEST_USUAL_PART else _parsed(content)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise damaged(f"thành phần {name} không phải XML hợp lệ") from error


def _parsed(content: bytes) -> Sequence[Mapping[str, str]]:
    return tuple(element.attrib for element in fromstring(content, forbid_dtd=True).iter())


# A program writes the same names and the same lists of parts into each of ten thousand files.
_LONGEST_USUAL, _LONGEST_USUAL_PART = 200, 4_000
_usual_risk = lru_cache(maxsize=1024)(_risk)
_usual = lru_cache(maxsize=64)(_parsed)
