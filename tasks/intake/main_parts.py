"""Which parts of a package hold its words and its looks: office programs follow relationships, our readers take the
parts by their usual names. Where the two are not the same part, one file says two things.
"""

import posixpath
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from tasks.intake.docx_risks import DOCUMENT
from tasks.intake.ooxml_risks import WORKBOOK, related
from tasks.intake.refusals import Refused, damaged

_PACKAGE = "_rels/.rels"
_OF_WORKBOOK, _OF_DOCUMENT = "xl/_rels/workbook.xml.rels", "word/_rels/document.xml.rels"
_MAIN = "officeDocument"
# By the kind of their relationship to the workbook.
_BESIDE_WORKBOOK = {"sharedStrings": "xl/sharedStrings.xml", "styles": "xl/styles.xml"}


def refuse_another_workbook(parts: Mapping[str, bytes]) -> None:
    """Raises Refused where Excel would open another workbook, or show other texts or styles, than are read."""
    _require(parts, _PACKAGE, _MAIN, WORKBOOK)
    for kind, name in _BESIDE_WORKBOOK.items():
        _require(parts, _OF_WORKBOOK, kind, name)
        if name in parts and not any(_named(parts, _OF_WORKBOOK, kind)):
            raise _another(name)


def refuse_another_document(parts: Mapping[str, bytes]) -> None:
    """The same of Word."""
    _require(parts, _PACKAGE, _MAIN, DOCUMENT)
    _require(parts, _OF_DOCUMENT, "styles", "word/styles.xml")


def _require(parts: Mapping[str, bytes], list_name: str, kind: str, name: str) -> None:
    """The list names no other part as of this kind; who names none shows nothing else."""
    if not set(_named(parts, list_name, kind)) <= {name.casefold()}:
        raise _another(name)


def _named(parts: Mapping[str, bytes], list_name: str, kind: str) -> Iterator[str]:
    folder = "/" + posixpath.dirname(posixpath.dirname(list_name))
    for name in parts:
        if name.casefold() == list_name.casefold():
            for each, target in related(name, parts[name]):
                if each.rpartition("/")[2] == kind:
                    path = posixpath.join(folder, unquote(target).replace("\\", "/"))
                    yield posixpath.normpath(path).lstrip("/").casefold()


def _another(name: str) -> Refused:
    return damaged(f"thành phần được dùng không phải {name}")
