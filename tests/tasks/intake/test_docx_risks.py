"""Each thing that a Word document may not carry, beside what offices use every day."""

import pytest

from tasks.intake.formats import FileFormat
from tasks.intake.preflight import examine
from tests.tasks.intake.packages import relations, with_stream, xlsx
from tests.tasks.intake.word import TYPE, docx, p, run, tbl

TABLE = tbl(["a"])
TEMPLATE = relations(("attachedTemplate", "http://example.vn/a.dotm", "External"))
MACRO, LINK, UNKNOWN, DAMAGED = (
    "FILE_HAS_MACRO",
    "FILE_HAS_EXTERNAL_LINK",
    "FILE_TYPE_UNKNOWN",
    "FILE_DAMAGED",
)


def simple(instruction: str) -> str:
    return p(f'<w:fldSimple w:instr="{instruction}">{run("x")}</w:fldSimple>')


def field(*instructions: str) -> str:
    pieces = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in instructions)
    kinds = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    begin, middle, end = kinds
    return p(begin + pieces + middle + run("x") + end)


def codes(data: bytes, name: str = "bc.docx") -> list[str]:
    examined = examine(data, name)
    assert (examined.format is None) == bool(examined.findings)
    return [finding.code for finding in examined.findings]


def header(content: str) -> bytes:
    return f'<w:hdr xmlns:w="w" xmlns:v="v" xmlns:r="r">{content}</w:hdr>'.encode()


PICTURE = p('<w:r><w:pict><v:shape xmlns:v="v"><v:imagedata {}/></v:shape></w:pict></w:r>')


HOSTILE = {
    "vba": (MACRO, docx(TABLE, extra={"word/vbaProject.bin": b"\xd0\xcf"})),
    "the type with macros": (MACRO, docx(TABLE, main="application/vnd.ms-word.document.macroEnabled.main+xml")),
    "an object": (LINK, docx(TABLE, extra={"word/embeddings/oleObject1.bin": b"\xd0"})),
    "a workbook inside": (LINK, docx(TABLE, rels=[("package", "embeddings/a.xlsx", "")])),
    "a control": (LINK, docx(TABLE, extra={"word/activeX/activeX1.xml": b"<a/>"})),
    "a template from elsewhere": (
        LINK, docx(TABLE, extra={"word/_rels/settings.xml.rels": TEMPLATE})),
    "a picture by link": (LINK, docx(TABLE, rels=[("image", "http://example.vn/a.png", "External")])),
    "a part of HTML": (LINK, docx(TABLE, rels=[("aFChunk", "a.html", "")])),
    "a part of HTML in the text": (LINK, docx('<w:altChunk w:id="1"/>', TABLE)),
    "another document": (LINK, docx(TABLE, rels=[("subDocument", "file:///c:/a.docx", "External")])),
    "another document in the text": (LINK, docx(p("<w:subDoc/>"), TABLE)),
    "a source of addresses": (LINK, docx(TABLE, rels=[("mailMergeSource", "file:///c:/a.xlsx", "External")])),
    "DDE": (LINK, docx(simple('DDEAUTO c:\\\\x &quot;a&quot;'), TABLE)),
    "DDE in small letters": (LINK, docx(simple(" ddeauto x"), TABLE)),
    "a field in pieces": (LINK, docx(field("INCLUDE", "TEXT c:\\\\x"), TABLE)),
    "a picture by field": (LINK, docx(field(' INCLUDEPICTURE "http://example.vn" '), TABLE)),
    "a link": (LINK, docx(field("LINK Excel.Sheet.12 c:\\\\x"), TABLE)),
    "an import": (LINK, docx(field("IMPORT c:\\\\x"), TABLE)),
    "a name that is put together": (LINK, docx(field("QUOTE 68 68 69"), TABLE)),
    "a button": (LINK, docx(field("MACROBUTTON Run x"), TABLE)),
    "a field in a part that lies elsewhere": (LINK, docx(TABLE, extra={"parts/header1.xml": header(field("DDE x y"))})),
    "a field in a part of another name": (LINK, docx(TABLE, extra={"word/header1.part": header(field("DDE x y"))})),
    "a field in a part in capitals": (LINK, docx(TABLE, extra={"word/header1.XML": header(field("DDE x y"))})),
    "a field in a part of two bytes a letter": (
        LINK, docx(TABLE, extra={"a.part": header(field("DDE x y")).decode().encode("utf-16")})),
    "HTML in a part that lies elsewhere": (LINK, docx(TABLE, extra={"parts/h.xml": header('<w:altChunk r:id="a"/>')})),
    "a picture by address in the text": (
        LINK, docx(PICTURE.format('src="http://example.vn/a.png"'), TABLE)),
    "a picture by address in a page header": (
        LINK, docx(TABLE, extra={"parts/h.part": header(PICTURE.format('src="//example.vn/a.png"'))})),
    "a field in a page header": (
        LINK, docx(TABLE, extra={"word/header1.xml": f'<w:hdr xmlns:w="w">{field("DDE x y")}</w:hdr>'.encode()})),
    "an instruction that never ends": (
        LINK, docx(p('<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>DDE x</w:instrText></w:r>'), TABLE)),
    "a template": (UNKNOWN, docx(TABLE, main=f"{TYPE}.template.main+xml")),
    "a workbook": (UNKNOWN, xlsx()),
    "a doctype": (DAMAGED, docx(TABLE, extra={"word/styles.xml": b"<!DOCTYPE a><a/>"})),
    "a part that breaks off": (DAMAGED, docx(TABLE, extra={"word/footer1.xml": b"<w:ftr><w:p>"})),
    "cut off": (DAMAGED, docx(TABLE)[:-30]),
    "padded": (DAMAGED, docx(TABLE) + bytes(64)),
    "a password": ("FILE_ENCRYPTED", with_stream("EncryptedPackage")),
    "an .xlsx by its name": (UNKNOWN, docx(TABLE)),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_is_refused_for_what_it_is(name: str) -> None:
    code, data = HOSTILE[name]
    assert codes(data, "bc.xlsx" if name == "an .xlsx by its name" else "bc.docx") == [code]


@pytest.mark.parametrize("name", ["bc.doc", "bc.rtf", "bc.odt", "bc.dotx", "bc.wps"])
def test_other_texts_stay_refused(name: str) -> None:
    assert codes(docx(TABLE), name) == [UNKNOWN]


def test_what_offices_use_every_day_passes() -> None:
    data = docx(
        field(" PAGE   \\* MERGEFORMAT "), simple("NUMPAGES"), field(" =SUM(ABOVE) "), field('HYPERLINK "http://example.vn"'),
        field(), field(' TOC \\o "1-3" \\h '), field(" DATE \\@ "),
        TABLE,
        rels=[("hyperlink", "mailto:vanthu@example.vn", "External"), ("image", "media/image1.png", ""),
              ("footnotes", "footnotes.xml", ""), ("chart", "charts/chart1.xml", "")],
        extra={"word/media/image1.png": b"\x89PNG", "word/footnotes.xml": b"<w/>", "word/charts/chart1.xml": b"<c/>",
               "docProps/app.xml": b"<a/>", "customXml/item1.xml": b"<a/>"},
    )  # fmt: skip
    assert codes(data) == []
    assert examine(data, "BC.DOCX").format is FileFormat.DOCX


def with_template(target: str) -> bytes:
    rels = relations(("attachedTemplate", target, "External"))
    return docx(TABLE, extra={"word/_rels/settings.xml.rels": rels})


@pytest.mark.parametrize(
    "target",
    [
        r"file:///C:\Users\Admin\AppData\Roaming\Microsoft\Templates\Normal.dotm",
        "file:///C:/Program%20Files/VietKey/Normal.dot",
        r"D:\Mau\bao%20cao.dotx",
        "Normal.dotm",
        "file:///Users/a/Normal.dotm",
    ],
)
def test_a_template_on_the_sender_s_own_disk_is_no_fault(target: str) -> None:
    """Word names it in every document made from it."""
    assert codes(with_template(target)) == []


@pytest.mark.parametrize(
    "target",
    [
        "http://example.vn/a.dotm",
        r"\\example.vn\a.dotm",
        "//example.vn/a.dotm",
        "file://example.vn/a.dotm",
        "file:////example.vn/a.dotm",
        r"file:///\\example.vn\a.dotm",
        "file:///%5C%5Cexample.vn/a.dotm",
        "%68ttp://example.vn/a.dotm",
    ],
)
def test_a_template_that_would_be_fetched_is_refused_and_named(target: str) -> None:
    (finding,) = examine(with_template(target), "bc.docx").findings
    assert finding.code == LINK
    assert finding.facts["why"] == f"liên kết tới tệp khác: attachedTemplate {target}"
