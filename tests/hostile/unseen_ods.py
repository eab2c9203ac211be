"""The same report as an OpenDocument spreadsheet, and what such a package can hide.

Only Thông tin chung, A. Tiến độ and C. Nợ XDCB are in it; the cells are those of the form.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape

from tests.hostile.unseen_form import DEBT, GENERAL, PROGRESS, Scalar, Sheet, form
from tests.hostile.unseen_kit import Member, Outcome, UnseenFile, zip_bytes

MIME = "application/vnd.oasis.opendocument.spreadsheet"
_SPACES = {
    "office": "office", "table": "table", "text": "text", "script": "script", "draw": "drawing",
}  # fmt: skip
NAMESPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for short, name in _SPACES.items()
) + ' xmlns:xlink="http://www.w3.org/1999/xlink"'  # fmt: skip
TAIL = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell \
table:number-columns-repeated="16384"/></table:table-row>'
Odd = dict[tuple[str, int, int], str]  # (sheet, row, column) -> the whole cell element


def _cell(value: Scalar) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, str):
        return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'
    shown = str(value).replace(".", ",")
    return (f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{shown}</text:p>'
            "</table:table-cell>")  # fmt: skip


def _table(sheet: Sheet, odd: Odd) -> str:
    rows = []
    for row in range(1, max(at[0] for at in sheet.cells) + 1):
        columns = [at[1] for at in sheet.cells if at[0] == row] + [
            at[2] for at in odd if at[:2] == (sheet.name, row)
        ]
        cells = "".join(
            odd.get((sheet.name, row, c))
            or _cell(sheet.cells[row, c].value if (row, c) in sheet.cells else None)
            for c in range(1, max(columns, default=1) + 1)
        )
        rows.append(f"<table:table-row>{cells}</table:table-row>")
    return f'<table:table table:name="{escape(sheet.name)}">{"".join(rows)}{TAIL}</table:table>'


def ods(odd: Odd | None = None, before: str = "", head: str = "", tables: str = "", mime: str = MIME,
        more: tuple[Member, ...] = (), manifest: str = "") -> bytes:  # fmt: skip
    """before: in front of the root element; head: before the body; tables: after the last table."""
    book = form()
    body = "".join(_table(book[name], odd or {}) for name in (GENERAL, PROGRESS, DEBT))
    content = (f'<?xml version="1.0" encoding="UTF-8"?>{before}<office:document-content {NAMESPACES} '
               f'office:version="1.2">{head}<office:body><office:spreadsheet>{body}{tables}</office:spreadsheet>'
               "</office:body></office:document-content>")  # fmt: skip
    listed = (f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:'
              f'opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" '
              f'manifest:media-type="{mime}"/>'
              f'<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">{manifest}'
              "</manifest:file-entry></manifest:manifest>")  # fmt: skip
    members = [Member("mimetype", mime.encode(), method=0), Member("content.xml", content.encode()),
               Member("META-INF/manifest.xml", listed.encode()), *more]  # fmt: skip
    return zip_bytes(members)


def _odd(sheet: str, row: int, column: int, xml: str) -> Callable[[], bytes]:
    return lambda: ods({(sheet, row, column): xml})


def _typed(kind: str, attributes: str, shown: str) -> str:
    return f'<table:table-cell office:value-type="{kind}" {attributes}><text:p>{shown}</text:p></table:table-cell>'


def _fods() -> bytes:
    body = _table(form()[PROGRESS], {})
    return (f'<?xml version="1.0" encoding="UTF-8"?><office:document {NAMESPACES} office:mimetype="{MIME}">'
            f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document>"
            ).encode()  # fmt: skip


_NOTED = (
    '<table:table-cell office:value-type="string"><office:annotation><text:p>Chưa đạt?</text:p></office:annotation>\
<text:p>Cơ bản đạt</text:p></table:table-cell>'
)
_SPACED = (
    '<table:table-cell office:value-type="string"><text:p>Cơ bản<text:s text:c="2"/><text:span>đạt</text:span>\
</text:p></table:table-cell>'
)
_TWO_LINES = '<table:table-cell office:value-type="string"><text:p>Cơ bản</text:p><text:p>đạt</text:p>\
</table:table-cell>'
_BOMB = (
    '<table:table table:name="Bom"><table:table-row table:number-rows-repeated="1048576"><table:table-cell \
table:number-columns-repeated="16384" office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell>\
</table:table-row></table:table>'
)
_FAKE_SHOWN = _typed("float", 'office:value="4700"', "9.999")
_BASIC = Member("Basic/Standard/Module1.xml", b'<script:module xmlns:script="x">Sub Main</script:module>')
_LISTENER = '<office:scripts><office:event-listeners><script:event-listener script:language="ooo:script" \
script:event-name="dom:load" xlink:href="vnd.sun.star.script:Standard.Module1.Main?language=Basic&amp;\
location=document"/>\
</office:event-listeners></office:scripts>'
_SOURCE = '<table:table table:name="Nguồn"><table:table-source xlink:href="file:///\\\\10.0.0.9\\no.ods" \
table:table-name="A"/><table:table-row><table:table-cell/></table:table-row></table:table>'
_DDE = (
    '<table:dde-links><table:dde-link><office:dde-source office:dde-application="cmd" office:dde-topic="/c calc" \
office:dde-item="x"/></table:dde-link></table:dde-links>'
)
_SUM = ((DEBT, "G5", Decimal(4_700_000_000)),)
_NEARLY = ((PROGRESS, "G6", "nearly_met"),)
_READ: tuple[tuple[str, str, Callable[[], bytes], tuple[tuple[str, str, object], ...]], ...] = (
    ("ods thường", "an ordinary .ods with a million repeated blank rows, as LibreOffice ends every sheet", ods,
     (*_SUM, *_NEARLY)),
    ("ods phần trăm", "a percentage cell stores 0.95 and means 95",
     _odd(PROGRESS, 6, 8, _typed("percentage", 'office:value="0.95"', "95%")), ((PROGRESS, "H6", Decimal(95)),)),
    ("ods ngày", "a date cell",
     _odd(PROGRESS, 6, 9, _typed("date", 'office:date-value="2023-05-10"', "10/05/23")),
     ((PROGRESS, "I6", date(2023, 5, 10)),)),
    ("ods chú thích ô", "an annotation is no part of the cell's text", _odd(PROGRESS, 6, 7, _NOTED), _NEARLY),
    ("ods dấu cách mã hóa", "two spaces and a span are how LibreOffice stores spaced text",
     _odd(PROGRESS, 6, 7, _SPACED), _NEARLY),
    ("ods hai đoạn một ô", "a line break inside a cell is a second paragraph", _odd(PROGRESS, 6, 7, _TWO_LINES),
     _NEARLY),
)  # fmt: skip
_RETURNED: tuple[tuple[str, str, str, str], ...] = (
    ("ods đúng sai", "TRUE where a sum is needed", "G5", _typed("boolean", 'office:boolean-value="true"', "TRUE")),
    ("ods lỗi", "a formula with an error",
     "G5", _typed("string", 'office:string-value="" table:formula="of:=[.A1]/0"', "#DIV/0!")),
    ("ods ngày trong cột tiền", "a date where a sum is needed",
     "G5", _typed("date", 'office:date-value="2023-04-12"', "12/04/23")),
    ("ods ngoại tệ", "a currency cell in dollars under triệu đồng: no unit of the form",
     "G5", _typed("currency", 'office:currency="USD" office:value="4700"', "4.700 USD")),
    ("ods tiền âm", "a negative sum", "G5", _typed("float", 'office:value="-4700"', "-4700")),
)  # fmt: skip
_TEXT_MIME = "application/vnd.oasis.opendocument.text"
_LOCK = '<manifest:encryption-data manifest:checksum-type="SHA1/1K" manifest:checksum="AA=="/>'
_QUARANTINED: tuple[tuple[str, str, Callable[[], bytes]], ...] = (
    ("ods bom ô lặp.ods", "one filled cell repeated over seventeen thousand million", lambda: ods(tables=_BOMB)),
    ("ods macro Basic.ods", "a Basic module", lambda: ods(more=(_BASIC,))),
    ("ods kịch bản khi mở.ods", "a script started by opening", lambda: ods(head=_LISTENER)),
    ("ods kịch bản Python.ods", "a Python script in the package",
     lambda: ods(more=(Member("Scripts/python/x.py", b"import os"),))),
    ("ods DTD.ods", "a document type in content.xml",
     lambda: ods(before='<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>')),
    ("ods liên kết trang ngoài.ods", "a sheet whose source is another file", lambda: ods(tables=_SOURCE)),
    ("ods DDE.ods", "a DDE link", lambda: ods(tables=_DDE)),
    ("ods đặt password.ods", "encrypted content by its manifest", lambda: ods(manifest=_LOCK)),
    ("ods thật ra văn bản.ods", "a text document's mimetype under .ods", lambda: ods(mime=_TEXT_MIME)),
    ("ods đối tượng OLE.ods", "an OLE object in the package",
     lambda: ods(more=(Member("Object 1", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)),))),
    ("ods cụt.ods", "truncated", lambda: ods()[:-900]),
    ("ods đổi đuôi.xlsx", "an .ods named .xlsx: magic bytes against extension", _odd(DEBT, 5, 18, _cell("ods"))),
    ("ods phẳng.fods", "a flat XML spreadsheet is no accepted format", _fods),
)  # fmt: skip


def _ods(name: str, outcome: Outcome, why: str, make: Callable[[], bytes], **more: object) -> UnseenFile:
    return UnseenFile(name, "ods", outcome, why, make, **more)  # type: ignore[arg-type]


FILES = (
    *(_ods(f"{name}.ods", "accept", why, make, expects=expects) for name, why, make, expects in _READ),
    *(_ods(f"{name}.ods", "return", why, _odd(DEBT, 5, 7, xml), faults=((DEBT, ref),))
      for name, why, ref, xml in _RETURNED),
    _ods("ods hiển thị khác giá trị.ods", "return", "shows 9.999 and stores 4700: which one did the officer see?",
         _odd(DEBT, 5, 7, _FAKE_SHOWN), faults=((DEBT, "G5"),),
         open_question="the issue names number formats, not the stored text of .ods; two readings, none is taken"),
    *(_ods(name, "quarantine", why, make) for name, why, make in _QUARANTINED),
)  # fmt: skip
