"""What an .ods may carry beside cells: passwords, Basic, scripts, links, objects. Reads no cell."""

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from xml.parsers import expat

from tasks.intake.container import MARKUP, refuse_doctypes
from tasks.intake.formula_risks import refuse_outside
from tasks.intake.refusals import damaged

MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
MANIFEST, CONTENT = "META-INF/manifest.xml", "content.xml"
NOTHING = b"<none/>"
_MACRO_FOLDER = re.compile(r"^(basic|scripts|dialogs)/", re.I)
_CHART = "application/vnd.oasis.opendocument.chart"
_MACRO_ELEMENTS = {"script", "event-listener"}
_LINK_ELEMENTS = {
    "table-source",
    "cell-range-source",
    "dde-source",
    "dde-link",
    "database-source-sql",
    "database-source-query",
    "database-source-table",
    "connection-resource",
    "object-ole",
    "plugin",
    "applet",
    "floating-frame",
}
# What a formula is in, beside cells: those are looked at by the reading child.
_FORMULAS = {"named-expression": "expression", "content-validation": "condition", "map": "condition"}
# An address that waits for a click, and that of the template, which is only told.
_CLICKED = {"a", "area-rectangle", "area-circle", "area-polygon", "form", "template"}
_RELOAD = "auto-reload"  # another document in its place, wherever it lies
_ELSEWHERE = re.compile(r"\s*[\\/]|(?!\s*data:)[^/]*:")
_WITHOUT_ELEMENTS = (MANIFEST, "settings.xml")


def is_workbook(parts: Mapping[str, bytes]) -> bool:
    return parts.get("mimetype", b"").strip() == MIMETYPE


def is_encrypted(parts: Mapping[str, bytes]) -> bool:
    """Whether members are ciphertext. Only the manifest may be read before this is known."""
    manifest = parts.get(MANIFEST, NOTHING)
    refuse_doctypes({MANIFEST: manifest})
    return any(name == "encryption-data" for name, _ in _elements(MANIFEST, manifest))


def risks(parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """(code, what was found) for each thing that is not accepted; hyperlinks and charts are."""
    manifest = _elements(MANIFEST, parts.get(MANIFEST, NOTHING))
    yield from (("FILE_HAS_MACRO", name) for name in parts if _MACRO_FOLDER.match(name) and _holds_code(name))
    charts = {
        _path(row) for name, row in manifest if name == "file-entry" and _media_type(row).startswith(_CHART)
    }
    for name in parts:
        folder, is_object = name.split("/")[0], name.startswith("Object ")
        if is_object and f"{folder}/" not in charts:
            yield "FILE_HAS_EXTERNAL_LINK", name
    for name, content in parts.items():
        if name not in _WITHOUT_ELEMENTS and MARKUP.match(content):
            yield from _risks_within(name, content)


def _risks_within(part: str, content: bytes) -> Iterable[tuple[str, str]]:
    found: dict[tuple[str, str], None] = {}  # each kind once: there may be very many

    def on_watched(name: str, attributes: Mapping[str, str]) -> None:
        for formula in _values(attributes, _FORMULAS.get(name)):
            refuse_outside(formula)
        if name in _MACRO_ELEMENTS:
            found["FILE_HAS_MACRO", name] = None
        elif name in _LINK_ELEMENTS or any(_fetches(name, value) for value in _values(attributes, "href")):
            found["FILE_HAS_EXTERNAL_LINK", name] = None

    _over(part, content, on_watched)
    return found


def _fetches(name: str, address: str) -> bool:
    return name not in _CLICKED and bool(address.strip() if name == _RELOAD else _ELSEWHERE.match(address))


def _values(attributes: Mapping[str, str], local_name: str | None) -> Iterator[str]:
    """Under every prefix: one that means nothing may stand before the one that counts."""
    return (value for name, value in attributes.items() if name.rpartition(":")[2] == local_name)


def _holds_code(name: str) -> bool:
    """LibreOffice may leave an empty library list behind; a module is another file."""
    return not name.endswith("/") and posixpath.basename(name) not in (
        "script-lc.xml",
        "script-lb.xml",
        "dialog-lc.xml",
    )


def _path(row: Mapping[str, str]) -> str:
    return row.get("manifest:full-path", "")


def _media_type(row: Mapping[str, str]) -> str:
    return row.get("manifest:media-type", "")


_WATCHED = _MACRO_ELEMENTS | _LINK_ELEMENTS | _FORMULAS.keys() | {"encryption-data", "file-entry"}


def _elements(part: str, content: bytes) -> list[tuple[str, Mapping[str, str]]]:
    found: list[tuple[str, Mapping[str, str]]] = []
    _over(part, content, lambda name, attributes: found.append((name, attributes)))
    return found


def _over(part: str, content: bytes, on_watched: Callable[[str, Mapping[str, str]], None]) -> None:
    """Every watched element, and all with an address, by local name: prefixes are the writer's choice. DTDs were
    refused before."""
    # Cells have none, and there are many. An attribute's name can be written otherwise only in two bytes a letter.
    has_addresses = b"href" in content or b"\0" in content

    def on_start(name: str, attributes: Mapping[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local in _WATCHED or (has_addresses and any(name.endswith("href") for name in attributes)):
            on_watched(local, attributes)

    parser = expat.ParserCreate()
    parser.StartElementHandler = on_start
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise damaged(f"thành phần {part} không phải XML hợp lệ") from error
