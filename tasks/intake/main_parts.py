"""Which parts of a package hold its words and its looks: office programs follow relationships, our readers take the
parts by their usual names. Where the two are not the same part, one file says two things.
"""

import posixpath
from collections.abc import Mapping, Set

from tasks.intake.docx_risks import DOCUMENT
from tasks.intake.ooxml_risks import WORKBOOK, related
from tasks.intake.part_names import part_at
from tasks.intake.refusals import Refused, damaged

_PACKAGE = "_rels/.rels"
_OF_WORKBOOK, _OF_DOCUMENT = "xl/_rels/workbook.xml.rels", "word/_rels/document.xml.rels"
_MAIN = "officeDocument"
# By the kind of their relationship to the workbook.
_BESIDE_WORKBOOK = {"sharedStrings": "xl/sharedStrings.xml", "styles": "xl/styles.xml"}


def refuse_another_workbook(parts: Mapping[str, bytes]) -> None:
    """Raises Refused where Excel would open another workbook, or show other texts or styles, than are read."""
    _require(_named(parts, _PACKAGE), _MAIN, WORKBOOK)
    named = _named(parts, _OF_WORKBOOK)
    for kind, name in _BESIDE_WORKBOOK.items():
        _require(named, kind, name)
        if name in parts and kind not in named:
            raise _another(name)


def refuse_another_document(parts: Mapping[str, bytes]) -> None:
    """The same of Word."""
    _require(_named(parts, _PACKAGE), _MAIN, DOCUMENT)
    _require(_named(parts, _OF_DOCUMENT), "styles", "word/styles.xml")


def _require(named: Mapping[str, Set[str]], kind: str, name: str) -> None:
    """No other part is named as of this kind; who names none shows nothing else."""
    if not named.get(kind, frozenset()) <= {name.casefold()}:
        raise _another(name)


def _named(parts: Mapping[str, bytes], list_name: str) -> Mapping[str, Set[str]]:
    """By their kind, the parts that this list of relationships names, under whatever capitals it stands itself."""
    folder = posixpath.dirname(posixpath.dirname(list_name))
    named: dict[str, set[str]] = {}
    for name in [each for each in parts if each.casefold() == list_name.casefold()]:
        links = list(related(name, parts[name]))
        if len({link.id for link in links}) < len(links):
            raise damaged(f"{name} có hai liên kết trùng mã")  # one reader takes the first, another the last
        for link in links:
            named.setdefault(link.kind.rpartition("/")[2], set()).add(part_at(link.target, folder))
    return named


def _another(name: str) -> Refused:
    return damaged(f"thành phần được dùng không phải {name}")
