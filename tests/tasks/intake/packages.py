"""Small workbooks made by hand, sound ones and hostile ones. The same bytes every time: nothing compressed, no clock.

`python -m tests.tasks.intake.packages` writes the hostile ones to tests/forms/bad/; a test holds the folder to it.
"""

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from tasks.intake.formats import OLE_MAGIC

FORMS = Path(__file__).parents[2] / "forms"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
Parts = dict[str, bytes]


def zipped(members: Iterable[tuple[str, bytes]], compression: int = zipfile.ZIP_STORED) -> bytes:
    """Members in this order, also two of one name; the date is that of 1980."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, compression)
    return buffer.getvalue()


def types(*overrides: tuple[str, str], main: str = f"{SHEET_TYPE}.sheet.main+xml") -> bytes:
    listed = (
        ("/xl/workbook.xml", main),
        ("/xl/worksheets/sheet1.xml", f"{SHEET_TYPE}.worksheet+xml"),
        *overrides,
    )
    rows = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in listed)
    defaults = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    )
    return _xml(
        f'<Types xmlns="{RELATIONSHIPS.replace("relationships", "content-types")}">{defaults}{rows}</Types>'
    )


def relations(*rows: tuple[str, str, str]) -> bytes:
    """(kind, target, mode); the first has the id rId1."""
    lines = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="{mode or "Internal"}"/>'
        for n, (kind, target, mode) in enumerate(rows, start=1)
    )
    return _xml(f'<Relationships xmlns="{RELATIONSHIPS}">{lines}</Relationships>')


def sheet(
    cells: str = '<row r="1"><c r="A1"><v>17</v></c></row>', before: str = "", after: str = ""
) -> bytes:
    return _xml(f'<worksheet xmlns="{MAIN}">{before}<sheetData>{cells}</sheetData>{after}</worksheet>')


def xlsx_parts(**changed: bytes) -> Parts:
    """The five parts a reader needs. Keywords replace one: content_types, workbook_rels, sheet1."""
    return {
        "[Content_Types].xml": changed.get("content_types", types()),
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml", "")),
        "xl/workbook.xml": _xml(
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
            '<sheet name="Tiến độ" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": changed.get(
            "workbook_rels", relations(("worksheet", "worksheets/sheet1.xml", ""))
        ),
        "xl/worksheets/sheet1.xml": changed.get("sheet1", sheet()),
    }


def xlsx(extra: Mapping[str, bytes] | None = None, **changed: bytes) -> bytes:
    return zipped({**xlsx_parts(**changed), **(extra or {})}.items())


def ods_parts(*, manifest: str = "", body: str = "", scripts: str = "<office:scripts/>") -> Parts:
    office, table, link = (
        "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "http://www.w3.org/1999/xlink",
    )
    cells = (
        '<table:table-row><table:table-cell office:value-type="float" office:value="17"/></table:table-row>'
    )
    return {
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": _xml(
            f'<office:document-content xmlns:office="{office}" xmlns:table="{table}" xmlns:xlink="{link}" '
            'xmlns:draw="d" xmlns:script="s">'
            f'{scripts}<office:body><office:spreadsheet><table:table table:name="Tiến độ">{cells}</table:table>{body}'
            "</office:spreadsheet></office:body></office:document-content>"
        ),
        "META-INF/manifest.xml": _xml(
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="x"/>{manifest}</manifest:manifest>'
        ),
    }


def ods(
    extra: Mapping[str, bytes] | None = None, *, manifest: str = "", body: str = "", scripts: str = ""
) -> bytes:
    return zipped({**ods_parts(manifest=manifest, body=body, scripts=scripts), **(extra or {})}.items())


def xls() -> bytes:
    """Written by LibreOffice Calc from the same cells as tests/forms/good/cells.xlsx."""
    return (FORMS / "good" / "cells.xls").read_bytes()


def with_record(number: int, payload_start: bytes = b"") -> bytes:
    """The .xls with its first CODEPAGE record turned into another one. Its payload is two bytes."""
    at = xls().index(b"\x42\x00\x02\x00")
    payload = payload_start or xls()[at + 4 : at + 6]
    return xls()[:at] + struct.pack("<2H", number, 2) + payload[:2] + xls()[at + 6 :]


def with_stream(name: str) -> bytes:
    """The .xls with its summary stream renamed: an entry of the directory is 64 bytes of name and their length."""
    old = "\x05SummaryInformation".encode("utf-16-le")
    at = xls().index(old)
    new = name.encode("utf-16-le") + b"\0\0"
    return xls()[:at] + new.ljust(64, b"\0") + struct.pack("<H", len(new)) + xls()[at + 66 :]


def with_macro_sheet() -> bytes:
    at = xls().index(b"\x85\x00")  # BOUNDSHEET: length, then offset, state, kind
    while xls()[at + 9] != 0:  # that of a worksheet
        at = xls().index(b"\x85\x00", at + 1)
    return xls()[: at + 9] + b"\x01" + xls()[at + 10 :]


def _xml(text: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'.encode()


DOCTYPE = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
ENTRY = '<manifest:file-entry manifest:full-path="{}" manifest:media-type="application/{}">{}</manifest:file-entry>'
ENCRYPTED = ENTRY.format("content.xml", "xml", "<manifest:encryption-data/>")
OLE_ENTRY = ENTRY.format("Object 1", "vnd.sun.star.oleobject", "")
CHART_ENTRY = ENTRY.format("Object 1/", "vnd.oasis.opendocument.chart", "")
EXTERNAL_IMAGE = relations(("image", "file:///c:/logo.png", "External"))
LINKED_BOOK = relations(("worksheet", "worksheets/sheet1.xml", ""), ("externalLink", "x1.xml", ""))
VBA_UNDER_ANOTHER_NAME = types(("/xl/theme.bin", "application/vnd.ms-office.vbaProject"))

# Name of the file -> its bytes. The name begins with the code that must be found.
BAD: Mapping[str, bytes] = {
    "FILE_HAS_MACRO vba.xlsm": xlsx({"xl/vbaProject.bin": OLE_MAGIC}),
    "FILE_HAS_MACRO vba behind another extension.xlsx": xlsx({"xl/vbaProject.bin": OLE_MAGIC}),
    "FILE_HAS_MACRO vba under another name.xlsx": xlsx(
        {"xl/theme.bin": b""}, content_types=VBA_UNDER_ANOTHER_NAME
    ),
    "FILE_HAS_MACRO excel 4.xlsx": xlsx({"xl/macrosheets/sheet1.xml": sheet()}),
    "FILE_HAS_MACRO basic.ods": ods({"Basic/Standard/Module1.xml": b"<m/>"}),
    "FILE_HAS_MACRO event.ods": ods(scripts="<office:scripts><script:event-listener/></office:scripts>"),
    "FILE_HAS_MACRO vba.xls": with_stream("_VBA_PROJECT_CUR"),
    "FILE_HAS_MACRO excel 4.xls": with_macro_sheet(),
    "FILE_HAS_EXTERNAL_LINK linked book.xlsx": xlsx({"xl/x1.xml": b"<x/>"}, workbook_rels=LINKED_BOOK),
    "FILE_HAS_EXTERNAL_LINK part.xlsx": xlsx({"xl/externalLinks/externalLink1.xml": b"<x/>"}),
    "FILE_HAS_EXTERNAL_LINK connection.xlsx": xlsx({"xl/connections.xml": b"<connections/>"}),
    "FILE_HAS_EXTERNAL_LINK embedding.xlsx": xlsx({"xl/embeddings/oleObject1.bin": b"\xd0"}),
    "FILE_HAS_EXTERNAL_LINK image.xlsx": xlsx({"xl/drawings/_rels/drawing1.xml.rels": EXTERNAL_IMAGE}),
    "FILE_HAS_EXTERNAL_LINK source.ods": ods(body='<table:table-source xlink:href="file:///c:/x.ods"/>'),
    "FILE_HAS_EXTERNAL_LINK ole.ods": ods({"Object 1": b"\xd0\xcf"}, manifest=OLE_ENTRY),
    "FILE_HAS_EXTERNAL_LINK book.xls": with_record(0x01AE),
    "FILE_HAS_EXTERNAL_LINK connection.xls": with_record(0x0876),
    "FILE_HAS_EXTERNAL_LINK object.xls": with_stream("MBD0012AB34"),
    "FILE_ENCRYPTED password.xlsx": with_stream("EncryptedPackage"),
    "FILE_ENCRYPTED password.xls": with_record(0x002F),
    "FILE_ENCRYPTED password.ods": ods({"content.xml": b"\x8f\x01\x99"}, manifest=ENCRYPTED),
    "FILE_DAMAGED doctype.xlsx": xlsx(sheet1=b"<!DOCTYPE a><a/>"),
    "FILE_DAMAGED doctype in utf-16.xlsx": xlsx({"xl/odd.bin": DOCTYPE.encode("utf-16")}),
    "FILE_DAMAGED parent folder.xlsx": xlsx({"../evil.xml": b"<x/>"}),
    "FILE_DAMAGED absolute name.xlsx": xlsx({"/etc/evil.xml": b"<x/>"}),
    "FILE_DAMAGED backslash.xlsx": xlsx({"xl\\evil.xml": b"<x/>"}),
    "FILE_DAMAGED two of one name.xlsx": xlsx({"XL/Worksheets/SHEET1.xml": sheet()}),
    "FILE_DAMAGED cut off.xlsx": xlsx()[:-30],
    "FILE_DAMAGED padded.xlsx": xlsx() + bytes(512),
    "FILE_DAMAGED led by a script.xlsx": zipped([("a.xml", b"<a/>")]) + xlsx(),
    "FILE_DAMAGED cut off.xls": xls()[: len(xls()) // 2],
    "FILE_DAMAGED zeroes.csv": b"Ma;Ket qua\r\n17.1;\xc4\x90\xe1\xba\xa1t\r\n" + bytes(100),
    "FILE_DAMAGED empty.csv": b"",
    "FILE_TYPE_UNKNOWN page.xls": b"<html><table><tr><td>17.1</td></tr></table></html>",
    "FILE_TYPE_UNKNOWN page.csv": b"<!DOCTYPE html><table></table>",
    "FILE_TYPE_UNKNOWN workbook.csv": xlsx(),
    "FILE_TYPE_UNKNOWN new format.xls": xlsx(),
    "FILE_TYPE_UNKNOWN old format.xlsx": xls(),
    "FILE_TYPE_UNKNOWN text document.xlsx": zipped(
        [("[Content_Types].xml", types()), ("word/document.xml", b"<w/>")]
    ),
    "FILE_TYPE_UNKNOWN word.xls": with_stream("WordDocument").replace(
        "Workbook".encode("utf-16-le"), "Xorkbook".encode("utf-16-le")
    ),
    "FILE_TYPE_UNKNOWN program.exe": b"MZ\x90",
}


def write(folder: Path) -> None:
    for name, content in BAD.items():
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    write(FORMS / "bad")
