"""All text that stands somewhere in a package or a compound file, whoever could open it: for secrecy marks only.

Sees what no reader of cells does: comments, page headers and footers, text boxes, Word documents, workbooks that are
refused for a macro. Knows no cell and no order; what isn't sound says nothing.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from xml.parsers import expat

from tasks.intake.container import ContainerLimits, members
from tasks.intake.formats import OLE_MAGIC, ZIP_MAGIC
from tasks.intake.refusals import Refused

# Looked through in our own process: 2 s on a slow machine. Of a larger package its cells still speak.
_MOST_MARKUP_BYTES = 8_000_000
_MARKUP_NAMES = (".xml", ".vml")
# Local names that begin and end a line: of Word, Excel and OpenDocument. A run of letters within ends none.
_PROPERTIES = frozenset({"title", "subject", "keywords", "category", "description"})  # of the document
_LINES = (
    frozenset({"p", "h", "br", "cr", "tab", "line-break", "si", "is", "v", "text", "table", "sheet"})
    | _PROPERTIES
    | {f"{which}{what}" for which in ("odd", "even", "first") for what in ("Header", "Footer")}
)
# Cells of a sheet without a letter in them: most of its elements, and each would cost four calls.
_NO_TEXT = re.compile(rb"<c [^<>]*(?:/>|><v>[0-9.eE+-]*</v></c>)")
# "&C&14MẬT": where the text of a page header stands, and how.
_SECTION = re.compile("&[LCR]")
_LOOK = re.compile(r'&(?:"[^"]*"|\d+|K(?:[0-9A-Fa-f]{6}|\d{2}[+-]\d{3})|[A-Z])')
# Where a text stored in two bytes a letter begins in an .xls: its length's upper byte and the flag, read as a letter.
_BEGINS = "\u0100"
_CONTROLS = re.compile("[\x00-\x1f]+")


def loose_text(data: bytes, limits: ContainerLimits) -> Iterator[str]:
    """Texts of many lines; what belongs together stands in one line. Nothing of a file that is neither."""
    if data.startswith(ZIP_MAGIC):
        yield from _of_package(data, limits)
    elif data.startswith(OLE_MAGIC):
        yield from (_of_letters(data[start:]) for start in (0, 1))


def _of_package(data: bytes, limits: ContainerLimits) -> Iterator[str]:
    try:
        left = _MOST_MARKUP_BYTES
        for name, content in members(data, limits):
            if name.casefold().endswith(_MARKUP_NAMES) and len(content) <= left:
                left -= len(content)
                yield _plain(_of_markup(content))
    except Refused:
        return


def _of_markup(content: bytes) -> str:
    pieces: list[str] = []
    edges: dict[str, str] = {}  # a sheet has ten thousand elements of ten names

    def on_start(name: str, _attributes: object) -> None:
        if name not in edges:
            local = name.rpartition(":")[2]
            edges[name] = (
                "\n" if local in _LINES else " " if local == "s" else ""
            )  # s: spaces of OpenDocument
        if edge := edges[name]:
            pieces.append(edge)

    def on_end(name: str) -> None:
        if edges[name] == "\n":
            pieces.append("\n")

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = on_start, on_end
    parser.CharacterDataHandler = pieces.append
    parser.StartDoctypeDeclHandler = _stop  # entities could grow without end
    # What stood before the fault speaks. The last two: an encoding that nobody knows, or that expat doesn't.
    with suppress(expat.ExpatError, Refused, ValueError, LookupError):
        parser.Parse(_NO_TEXT.sub(b"", content), True)
    return "".join(pieces)


def _stop(*_: object) -> None:
    raise Refused("FILE_DAMAGED", "XML có khai báo DTD")


def _of_letters(data: bytes) -> str:
    """What reads as letters of two bytes, as .doc and .xls store Vietnamese."""
    text = data.decode("utf-16-le", "replace").replace(_BEGINS, "\n")
    return _plain(_CONTROLS.sub("\n", text))


def _plain(text: str) -> str:
    return _LOOK.sub("", _SECTION.sub("\n", text))
