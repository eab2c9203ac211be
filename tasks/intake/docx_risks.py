"""What a .docx may carry beside text: macros, templates and parts by link, fields that reach outside. Reads no text.

Relationships and content types are looked at by ooxml_risks.py, for Word as for Excel.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from xml.parsers.expat import ExpatError

from tasks.intake import ooxml_risks
from tasks.intake.container import MARKUP
from tasks.intake.markup_weight import RELATIONSHIPS
from tasks.intake.outside_parts import PICTURES, leads_elsewhere
from tasks.intake.refusals import damaged
from tasks.intake.xml_pass import Attributes, attribute, parse

DOCUMENT = "word/document.xml"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_WITH_MACROS = "application/vnd.ms-word.document.macroenabled.main+xml"
# A part of another format or another document that Word opens in its place: HTML may hold scripts.
_OTHER_PARTS = re.compile(r"/(aFChunk|attachedToolbars|subDocument|frame|mailMergeSource|control)$", re.I)
_OTHER_ELEMENTS = ("altChunk", "subDoc")
# Fields that say something of the document itself. Any other is refused: those that reach outside (DDE, DDEAUTO, LINK,
# INCLUDETEXT, INCLUDEPICTURE, IMPORT, DATABASE, RD) can be spelled by nested ones (QUOTE, SET, IF), a macro be named.
_FIELD_NAMES = (
    "= ADVANCE AUTHOR BIBLIOGRAPHY CITATION COMMENTS COMPANY CREATEDATE DATE DOCPROPERTY EDITTIME EQ FILENAME "
    "FORMCHECKBOX FORMDROPDOWN FORMTEXT HYPERLINK INDEX INFO KEYWORDS LASTSAVEDBY LISTNUM MERGEFIELD NOTEREF "
    "NUMCHARS NUMPAGES NUMWORDS PAGE PAGEREF PRINTDATE REF REVNUM SAVEDATE SECTION SECTIONPAGES SEQ STYLEREF "
    "SUBJECT SYMBOL TC TIME TITLE TOC USERADDRESS USERINITIALS USERNAME XE"
)
_FIELDS = frozenset(_FIELD_NAMES.split(" "))
_NAME = re.compile(r"\s*(=|[^\s\\\"{}]*)")


def is_document(parts: Mapping[str, bytes]) -> bool:
    """Whether the package is a text, with macros or without; a template, a workbook and a presentation are not."""
    if ooxml_risks.CONTENT_TYPES not in parts or DOCUMENT not in parts:
        return False
    kinds = ooxml_risks.content_types(parts)
    return bool({_MAIN, _WITH_MACROS} & kinds)


def parsed_whole(parts: Mapping[str, bytes]) -> Collection[bytes]:
    """Every part of markup: Word opens one by what its relationship says, whatever its name is."""
    return list(_markup(parts).values())


def risks(parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """(code, what was found) for each thing that is not accepted; hyperlinks, charts and pictures are."""
    if _WITH_MACROS in ooxml_risks.content_types(parts):
        yield "FILE_HAS_MACRO", ".docm"
    yield from ooxml_risks.risks(parts)
    for kind in ooxml_risks.relationships(parts):
        if _OTHER_PARTS.search(kind):
            yield "FILE_HAS_EXTERNAL_LINK", f"phần ghép từ tệp khác: {kind.rpartition('/')[2]}"
    for name, content in _markup(parts).items():
        try:
            yield from _Fields().risks(content)
        except (ExpatError, ValueError, LookupError) as error:
            raise damaged(f"thành phần {name} không phải XML hợp lệ") from error


def _markup(parts: Mapping[str, bytes]) -> Mapping[str, bytes]:
    return {
        name: content
        for name, content in parts.items()
        if (MARKUP.match(content) or name.casefold().endswith(".xml"))
        and not name.casefold().endswith(RELATIONSHIPS)
    }


class _Fields:
    """The instructions of all fields of one part; Word may cut one into many runs."""

    def __init__(self) -> None:
        self._found: list[str] = []
        self._open: list[
            list[str] | None
        ] = []  # pieces; None: the instruction has ended, what it came to follows

    def risks(self, content: bytes) -> Iterator[tuple[str, str]]:
        starts = {
            "fldChar": self._on_field,
            "fldSimple": lambda attributes: self._found.append(attribute(attributes, "instr")),
            **{name: self._on_other(name) for name in _OTHER_ELEMENTS},
            **dict.fromkeys(PICTURES, self._on_picture),
        }
        parse(content, starts, {"instrText": self._on_instruction, "delInstrText": self._on_instruction})
        self._found += ["".join(pieces) for pieces in self._open if pieces is not None]
        for instruction in self._found:
            found = _NAME.match(instruction)
            name = found[1].upper() if found else ""
            if name and name not in _FIELDS:
                yield "FILE_HAS_EXTERNAL_LINK", f"trường {name[:20]}"

    def _on_other(self, name: str) -> Callable[[Attributes], None]:
        return lambda _: self._found.append(name)

    def _on_picture(self, attributes: Attributes) -> None:
        if leads_elsewhere(attributes):
            self._found.append("imagedata")

    def _on_field(self, attributes: Attributes) -> None:
        kind = attribute(attributes, "fldCharType")
        if kind == "begin":
            self._open.append([])
        elif kind == "separate" and self._open:
            self._close_instruction()
        elif kind == "end" and self._open:
            self._close_instruction()
            self._open.pop()

    def _close_instruction(self) -> None:
        if self._open[-1] is not None:
            self._found.append("".join(self._open[-1]))
            self._open[-1] = None

    def _on_instruction(self, text: str) -> None:
        """Outside of any field it does nothing, and is looked at all the same."""
        if self._open and self._open[-1] is not None:
            self._open[-1].append(text)
        else:
            self._found.append(text)
