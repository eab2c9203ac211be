"""Correct reports that carry something foreign in their package: macros, objects, links, DTDs, dialects.

What acts or fetches is quarantined whatever its name; what merely decorates (a logo, a comment, a printer setting, a
web address) is what offices really send and is accepted.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from tests.hostile.unseen_form import (
    DEBT,
    MAIN,
    PROGRESS,
    REL,
    REMARKS,
    XML,
    Book,
    Edit,
    edited,
    parts_of,
    put,
    rels_xml,
)
from tests.hostile.unseen_kit import UnseenFile, changed, package

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(1016)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63f8ffff3f0300"
    "08fc02fe7e2bd2560000000049454e44ae426082"
)
ENTITY = '<!DOCTYPE x [<!ENTITY a "lol">]>'
MS = "http://schemas.microsoft.com/office"
MACRO_MAIN = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
STRICT = (
    ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/relationships",
     "http://purl.oclc.org/ooxml/officeDocument/relationships"),
)  # fmt: skip


def part(name: str, data: bytes | str, mime: str = "", link: tuple[str, str, str] | None = None) -> Edit:
    """A part more in the package, with its content type and its relationship from the workbook."""

    def edit(book: Book) -> None:
        book.parts[name] = data.encode() if isinstance(data, str) else data
        book.content_types += [(name, mime)] if mime else []
        book.links += [link] if link else []

    return edit


def sheet_link(sheet: str, kind: str, target: str, mode: str = "") -> Edit:
    return lambda book: book[sheet].links.append((kind, target, mode))


def after(sheet: str, xml: str) -> Edit:
    def edit(book: Book) -> None:
        book[sheet].after += xml

    return edit


def _set(name: str, value: str) -> Edit:
    return lambda book: setattr(book, name, value)


def _rewritten(name: str, old: str, new: str) -> Callable[[], bytes]:
    return lambda: package(changed(parts_of(), name, old, new))


def _dtd_in(name: str, root: str) -> Callable[[], bytes]:
    """A document type in this part; its first element follows at once, so the part stays well-formed."""
    return _rewritten(name, f"<{root}", f"{ENTITY}<{root}")


def _laughs() -> bytes:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    dtd = f'<!DOCTYPE sst [<!ENTITY a0 "ha">{entities}]>'
    parts = changed(parts_of(), "xl/sharedStrings.xml", "<sst", f"{dtd}<sst")
    return package(changed(parts, "xl/sharedStrings.xml", "Đã phê duyệt", "&a9;"))


def _utf16_dtd() -> bytes:
    parts = changed(parts_of(), "xl/worksheets/sheet2.xml", "<worksheet", f"{ENTITY}<worksheet")
    text = parts["xl/worksheets/sheet2.xml"].decode().replace("UTF-8", "UTF-16")
    return package({**parts, "xl/worksheets/sheet2.xml": text.encode("utf-16")})


def _utf7_dtd() -> bytes:
    """A declared encoding in which "<!DOCTYPE" doesn't stand as such in the bytes."""
    parts = changed(parts_of(), "xl/styles.xml", "<styleSheet", f"{ENTITY}<styleSheet")
    text = parts["xl/styles.xml"].decode().replace("UTF-8", "UTF-7")
    head, rest = text.split("?>\n", 1)
    return package(
        {**parts, "xl/styles.xml": f"{head}?>\n".encode() + rest.encode("utf-7").replace(b"<!", b"+ADwAIQ-")}
    )


def _strict() -> bytes:
    parts = changed(parts_of(), "xl/workbook.xml", "<workbook ", '<workbook conformance="strict" ')
    for old, new in STRICT:
        parts = {name: data.replace(old.encode(), new.encode()) for name, data in parts.items()}
    return package(parts)


def _without(name: str) -> Callable[[], bytes]:
    return lambda: package({n: data for n, data in parts_of().items() if n != name})


def _deep() -> bytes:
    nested = "<extLst>" + "<ext>" * 200_000 + "</ext>" * 200_000 + "</extLst>"
    return edited(after(PROGRESS, nested))()


def _image(target: str, mode: str) -> Callable[[], bytes]:
    blip = f'<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" \
xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="{REL}"><xdr:oneCellAnchor><xdr:from>\
<xdr:col>0</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>0</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>\
<xdr:ext cx="9525" cy="9525"/><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="Logo"/><xdr:cNvPicPr/></xdr:nvPicPr>\
<xdr:blipFill><a:blip r:{"link" if mode else "embed"}="rId1"/></xdr:blipFill><xdr:spPr/></xdr:pic>\
<xdr:clientData/></xdr:oneCellAnchor></xdr:wsDr>'
    picture = () if mode else (part("xl/media/image1.png", PNG),)
    return edited(
        part("xl/drawings/drawing1.xml", XML + blip, "application/vnd.openxmlformats-officedocument.drawing+xml"),
        part("xl/drawings/_rels/drawing1.xml.rels", rels_xml([("image", target, mode)])),
        sheet_link(PROGRESS, "drawing", "../drawings/drawing1.xml"),
        after(PROGRESS, '<drawing r:id="rId1"/>'), *picture,
    )  # fmt: skip


def _comment() -> Callable[[], bytes]:
    text = "Số này lấy theo biên bản nghiệm thu, đừng đọc 9999"
    xml = (f'{XML}<comments xmlns="{MAIN}"><authors><author>Văn thư</author></authors><commentList>'
           f'<comment ref="G5" authorId="0"><text><t>{text}</t></text></comment></commentList></comments>')  # fmt: skip
    mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
    vml = '<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape id="s1" style="visibility:hidden"/></xml>'
    return edited(part("xl/comments1.xml", xml, mime), sheet_link(DEBT, "comments", "../comments1.xml"),
                  part("xl/drawings/vmlDrawing1.vml", vml), after(DEBT, '<legacyDrawing r:id="rId2"/>'),
                  sheet_link(DEBT, "vmlDrawing", "../drawings/vmlDrawing1.vml"))  # fmt: skip


def _external_book(body: str) -> tuple[Edit, Edit]:
    mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"
    xml = f'{XML}<externalLink xmlns="{MAIN}" xmlns:r="{REL}">{body}</externalLink>'
    links = rels_xml([("externalLinkPath", "file:///\\\\10.0.0.9\\chung\\no.xlsx", "External")])
    link = ("externalLink", "externalLinks/externalLink1.xml", "")
    return (part("xl/externalLinks/externalLink1.xml", xml, mime, link),
            part("xl/externalLinks/_rels/externalLink1.xml.rels", links))  # fmt: skip


def _formula(text: str, value: object = 4700) -> Edit:
    return put(DEBT, "G5", xml=f'<c r="{{r}}"><f>{text}</f><v>{value}</v></c>')


_VBA = ("http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin", "")
_VBA_MIME = "application/vnd.ms-office.vbaProject"
_CONNECTION = (
    f'{XML}<connections xmlns="{MAIN}"><connection id="1" name="q" type="5"><dbPr connection="Provider=X" \
command="select 1"/></connection></connections>'
)
_MACROSHEET = (
    f'{XML}<macrosheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><f>EXEC("calc")</f></c></row></sheetData>\
</macrosheet>'
)
_NAME = '<definedNames><definedName name="_xlnm.Auto_Open" hidden="1">\'A. Tiến độ\'!$A$90</definedName></definedNames>'
_QUERY = f'{XML}<queryTable xmlns="{MAIN}" name="q" connectionId="1"/>'
_RIBBON = f'{XML}<customUI xmlns="{MS}/2009/07/customui" onLoad="Chay"><ribbon/></customUI>'
_QUARANTINED: tuple[tuple[str, str, Callable[[], bytes]], ...] = (
    ("macro đúng tên.xlsx", "vbaProject.bin in an .xlsx",
     edited(part("xl/vbaProject.bin", OLE, _VBA_MIME, _VBA))),
    ("macro tên máy in.xlsx", "a VBA project under the name of a printer setting, found by its relationship",
     edited(part("xl/printerSettings/printerSettings1.bin", OLE, "", (_VBA[0], "printerSettings/printerSettings1.bin",
                                                                      "")))),
    ("xlsm đổi đuôi.xlsx", "the content type of a macro-enabled workbook", edited(_set("main_type", MACRO_MAIN))),
    ("macro Excel 4.xlsx", "an Excel 4.0 macro sheet",
     edited(part("xl/macrosheets/sheet1.xml", _MACROSHEET, "application/vnd.ms-excel.macrosheet+xml",
                 (f"{MS}/2006/relationships/xlMacrosheet", "macrosheets/sheet1.xml", "")))),
    ("tên tự chạy.xlsx", "a hidden name Auto_Open, the start of an Excel 4.0 macro", edited(_set("names", _NAME))),
    ("thanh công cụ gọi macro.xlsx", "a ribbon part that calls a macro on load",
     edited(part("customUI/customUI14.xml", _RIBBON, "", (f"{MS}/2007/relationships/ui/extensibility",
                                                           "../customUI/customUI14.xml", "")))),
    ("OLE giả ảnh.xlsx", "an OLE container under the name of a picture", edited(part("xl/media/image1.png", OLE))),
    ("đối tượng nhúng.xlsx", "an embedded OLE object", edited(part("xl/embeddings/oleObject1.bin", OLE),
     sheet_link(PROGRESS, "oleObject", "../embeddings/oleObject1.bin"))),
    ("bảng tính nhúng.xlsx", "a second workbook embedded in the first",
     lambda: edited(part("xl/embeddings/Microsoft_Excel_Sheet1.xlsx", edited()()),
                    sheet_link(PROGRESS, "package", "../embeddings/Microsoft_Excel_Sheet1.xlsx"))()),
    ("ActiveX.xlsx", "an ActiveX control",
     edited(part("xl/activeX/activeX1.bin", OLE), part("xl/activeX/activeX1.xml", "<x/>"))),
    ("liên kết sổ khác.xlsx", "the accepted volume is fetched from another workbook",
     edited(*_external_book('<externalBook r:id="rId1"/>'), _formula("[1]Sheet1!$A$1"))),
    ("DDE.xlsx", "a DDE link that starts a program",
     edited(*_external_book('<ddeLink ddeService="cmd" ddeTopic="/c calc"/>'), _formula("[1]!A0"))),
    ("công thức DDE.xlsx", "a DDE formula in a cell, without any link part", edited(_formula("cmd|'/c calc'!A0"))),
    ("công thức WEBSERVICE.xlsx", "a formula that asks a web server for a sum",
     edited(_formula('_xlfn.WEBSERVICE("http://203.0.113.9/no")'))),
    ("công thức đường dẫn mạng.xlsx", "a formula that reads \\\\server\\share without a link part",
     edited(_formula("'\\\\10.0.0.9\\chung\\[no.xlsx]Sheet1'!$A$1"))),
    ("kết nối dữ liệu.xlsx", "a data connection", edited(part("xl/connections.xml", _CONNECTION,
     "application/vnd.openxmlformats-officedocument.spreadsheetml.connections+xml",
     ("connections", "connections.xml", "")))),
    ("bảng truy vấn.xlsx", "a query table on a sheet", edited(part("xl/queryTables/queryTable1.xml", _QUERY,
     "application/vnd.openxmlformats-officedocument.spreadsheetml.queryTable+xml"),
     sheet_link(DEBT, "queryTable", "../queryTables/queryTable1.xml"))),
    ("ảnh từ mạng.xlsx", "a picture fetched from a server when opened", _image("http://203.0.113.9/a.png", "External")),
    ("DTD trong trang.xlsx", "a document type in a sheet", _dtd_in("xl/worksheets/sheet2.xml", "worksheet")),
    ("bom thực thể.xlsx", "entities that unfold a billionfold in the shared strings", _laughs),
    ("DTD trong rels.xlsx", "a document type in the relationships", _dtd_in("_rels/.rels", "Relationships")),
    ("DTD trong kiểu nội dung.xlsx", "a document type in [Content_Types].xml",
     _dtd_in("[Content_Types].xml", "Types")),
    ("DTD UTF-16.xlsx", "a document type in UTF-16: not seen by a search for ASCII bytes", _utf16_dtd),
    ("DTD UTF-7.xlsx", "a document type hidden by a declared UTF-7", _utf7_dtd),
    ("thực thể ngoài trong docProps.xlsx", "an external entity in a part no reader of sheets opens",
     edited(part("docProps/core.xml", '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>'))),
    ("DTD trong customXml.xlsx", "an external DTD in a custom part",
     edited(part("customXml/item1.xml", '<!DOCTYPE r SYSTEM "http://203.0.113.9/r.dtd"><r/>'))),
    ("ISO Strict.xlsx", "saved as 'Strict Open XML': readers see no sheets or other dates (issue, 1)", _strict),
    ("khai vùng A1 XFD1048576.xlsx", "declares seventeen thousand million cells",
     edited(lambda book: setattr(book[PROGRESS], "dimension", "A1:XFD1048576"))),
    ("ô xa tận cùng.xlsx", "one figure in XFD1048576: a dense reader needs seventeen thousand million cells",
     edited(put(PROGRESS, "XFD1048576", 1))),
    ("XML sâu 200000 tầng.xlsx", "elements nested two hundred thousand deep", _deep),
    ("thiếu trang.xlsx", "the workbook names a sheet whose part isn't there", _without("xl/worksheets/sheet2.xml")),
    ("thiếu workbook.xlsx", "no workbook part at all", _without("xl/workbook.xml")),
    ("thẻ XML không đóng.xlsx", "a sheet whose XML breaks off",
     _rewritten("xl/worksheets/sheet4.xml", "</sheetData>", "")),
    ("chỉ số chuỗi không có.xlsx", "cells point at shared strings that don't exist: the file is not what was saved",
     _rewritten("xl/worksheets/sheet2.xml", 't="s"><v>', 't="s"><v>99999')),
)  # fmt: skip


def _ok(name: str, why: str, make: Callable[[], bytes], asked: str = "") -> UnseenFile:
    return UnseenFile(name, "parts", "accept", why, make, ((DEBT, "G5", Decimal(4_700_000_000)),), (), asked)


FILES = (
    *(UnseenFile(name, "parts", "quarantine", why, make) for name, why, make in _QUARANTINED),
    _ok("có logo.xlsx", "a logo inside the file is no link", _image("../media/image1.png", "")),
    _ok("có chú thích ô.xlsx", "a cell comment (with its VML) is no part of the cell", _comment()),
    _ok("có địa chỉ thư.xlsx", "Excel makes a link of a typed address; nothing is fetched",
        edited(put(REMARKS, "B8", "xamyha@namdinh.gov.vn"),
               after(REMARKS, '<hyperlinks><hyperlink ref="B8" r:id="rId1"/>'
               "</hyperlinks>"), sheet_link(REMARKS, "hyperlink", "mailto:xamyha@namdinh.gov.vn", "External")),
        "'external links' are read as links data comes through; a clickable address brings none"),
    _ok("có thiết lập máy in.xlsx", "printerSettings1.bin is in most real workbooks and is no macro",
        edited(part("xl/printerSettings/printerSettings1.bin", b"\\\0\\\0" + bytes(216)),
               sheet_link(DEBT, "printerSettings", "../printerSettings/printerSettings1.bin"))),
    _ok("chữ DOCTYPE trong ô.xlsx", "the characters <!DOCTYPE typed in a remark are text, not a document type",
        edited(put(REMARKS, "B6", "Trang web xã lỗi: <!DOCTYPE html> <!ENTITY> không mở được"))),
    _ok("khóa trang.xlsx", "a protected sheet is readable: protection is not encryption",
        edited(after(DEBT, '<sheetProtection password="CC1A" sheet="1"/>'))),
)  # fmt: skip
