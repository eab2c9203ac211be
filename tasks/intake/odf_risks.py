"""What an .ods may carry beside cells: passwords, Basic, scripts, links, objects. Reads no cell."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from xml.parsers import expat

from tasks.intake.container import refuse_doctypes
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
    for name in (CONTENT, "styles.xml"):
        yield from _risks_within(_elements(name, parts.get(name, NOTHING)))


def _risks_within(elements: list[tuple[str, Mapping[str, str]]]) -> Iterator[tuple[str, str]]:
    for name, attributes in elements:
        if name in _MACRO_ELEMENTS:
            yield "FILE_HAS_MACRO", name
        elif name in _LINK_ELEMENTS or (
            name in ("object", "image") and ":" in attributes.get("xlink:href", "")
        ):
            yield "FILE_HAS_EXTERNAL_LINK", name


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


_WATCHED = _MACRO_ELEMENTS | _LINK_ELEMENTS | {"object", "image", "encryption-data", "file-entry"}


def _elements(part: str, content: bytes) -> list[tuple[str, Mapping[str, str]]]:
    """The watched elements by local name: prefixes are the writer's choice. DTDs were refused before."""
    found: list[tuple[str, Mapping[str, str]]] = []

    def on_start(name: str, attributes: Mapping[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local in _WATCHED:
            found.append((local, attributes))

    parser = expat.ParserCreate()
    parser.StartElementHandler = on_start
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise damaged(f"thành phần {part} không phải XML hợp lệ") from error
    return found
