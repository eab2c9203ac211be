"""The Word "Báo cáo" after Nghị định 30/2020/NĐ-CP, Phụ lục I. Knows the decree's layout; takes every word
from the view.

Number, date and signature stay blank: Văn thư gives the first two, the head of the office the third. Margins,
sizes and places follow the numbered boxes of the decree's layout diagram.
"""

import io
from dataclasses import replace
from datetime import UTC, datetime

import docx
from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.section import _Header
from docx.shared import Mm, Pt

from domain.campaign import DocumentHeading
from tasks.publication.blocks import Block, Kind, Paragraph, Section, Table
from tasks.publication.view import View
from tasks.publication.word_xml import (
    NAMESPACE,
    Type,
    columns_side_by_side,
    line,
    page_number,
    paragraph,
    run,
    table,
    two_runs,
)
from tasks.publication.zip_bytes import with_fixed_dates

PAGE_MM, MARGINS_MM = (210, 297), {"top": 22, "bottom": 20, "left": 30, "right": 16}
TEXT_WIDTH_MM = PAGE_MM[0] - MARGINS_MM["left"] - MARGINS_MM["right"]
LEFT_MM, RIGHT_MM = 72.0, 92.0
MM_PER_PT = 25.4 / 72
MOTTO_MM = 54.0  # "Độc lập - Tự do - Hạnh phúc" in 13 pt bold: the line below is as long as the text

BODY = Type(size=14, align="both", first_line_mm=12.7, before=3, after=3)
IN_TABLE = Type(size=11, align="left", before=1, after=1)


def document(view: View, heading: DocumentHeading, stamped_at: datetime) -> bytes:
    """The .docx of one revision. `stamped_at` becomes the file's own date, so that equal views give equal
    bytes.
    """
    word = docx.Document()
    _set_page(word)
    _set_type(word)
    _set_headers(word, view)
    _set_properties(word, view, heading, stamped_at)
    parts = [_heading(heading, view.year), _title(view), _addressees(heading)]
    if view.changes:
        parts.append(_section(view.changes))
    parts += [_opening(view), *(_section(section) for section in view.sections), _closing(heading)]
    _fill(word, "".join(parts))
    buffer = io.BytesIO()
    word.save(buffer)
    return with_fixed_dates(buffer.getvalue())


def _fill(word: Document, body: str) -> None:
    """As one tree: lxml takes 7 ms to move one paragraph or table, and a body of 200 reporters has 1,400 of them."""
    empty = word.element.body
    filled = parse_xml(f"<w:body {NAMESPACE}>{body}</w:body>")
    filled.append(empty.sectPr)
    empty.getparent().replace(empty, filled)


def _set_page(word: Document) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(PAGE_MM[0]), Mm(PAGE_MM[1])
    section.top_margin, section.bottom_margin = Mm(MARGINS_MM["top"]), Mm(MARGINS_MM["bottom"])
    section.left_margin, section.right_margin = Mm(MARGINS_MM["left"]), Mm(MARGINS_MM["right"])
    section.header_distance = Mm(10)


def _set_type(word: Document) -> None:
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(14)
    fonts = normal.element.rPr.rFonts
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), "Times New Roman")
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    normal.element.rPr.append(language)


def _set_headers(word: Document, view: View) -> None:
    """Page numbers centred in the top margin from page two on; the labels on every page."""
    section = word.sections[0]
    section.different_first_page_header_footer = True
    labels = "  |  ".join(view.labels)
    _set_header(section.first_page_header, f"<w:r><w:tab/></w:r><w:r><w:tab/></w:r>{_label(labels)}")
    number = f"<w:r><w:tab/></w:r>{page_number(Type(size=14))}<w:r><w:tab/></w:r>"
    _set_header(section.header, number + _label(labels))


def _label(text: str) -> str:
    return run(text, Type(size=11, bold=True))


def _set_header(header: _Header, content: str) -> None:
    middle, right = round(TEXT_WIDTH_MM / 2 * 56.7), round(TEXT_WIDTH_MM * 56.7)
    # The two that are cleared come with python-docx's template.
    clear = '<w:tab w:val="clear" w:pos="4320"/><w:tab w:val="clear" w:pos="8640"/>'
    tabs = f'{clear}<w:tab w:val="center" w:pos="{middle}"/><w:tab w:val="right" w:pos="{right}"/>'
    header.is_linked_to_previous = False
    old = header.paragraphs[0]._p
    old.addprevious(parse_xml(f"<w:p {NAMESPACE}><w:pPr><w:tabs>{tabs}</w:tabs></w:pPr>{content}</w:p>"))
    old.getparent().remove(old)


def _set_properties(word: Document, view: View, heading: DocumentHeading, stamped_at: datetime) -> None:
    """No clock, no user, no machine in the file."""
    properties = word.core_properties
    properties.author = properties.last_modified_by = heading.issuer
    properties.title, properties.comments = view.title, "; ".join((*view.labels, view.provenance))
    properties.created = properties.modified = stamped_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    properties.language, properties.revision = "vi-VN", 1


def _heading(heading: DocumentHeading, year: int) -> str:
    """Boxes 1 to 4 of the decree: Quốc hiệu, issuer, number, place and date."""
    left = (
        paragraph(heading.parent, Type(size=12, align="center"))
        + paragraph(heading.issuer, Type(size=12, bold=True, align="center"))
        + line(LEFT_MM, _shorter(heading.issuer, 12, LEFT_MM))
        + paragraph(f"Số:         /{heading.symbol}", Type(size=13, align="center", before=4))
    )
    right = (
        paragraph("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Type(size=12, bold=True, align="center"))
        + paragraph("Độc lập - Tự do - Hạnh phúc", Type(size=13, bold=True, align="center"))
        + line(RIGHT_MM, MOTTO_MM)
        + paragraph(
            f"{heading.place}, ngày      tháng      năm {year}",
            Type(size=13, italic=True, align="center", before=4),
        )
    )
    return columns_side_by_side((LEFT_MM, RIGHT_MM), (left, right))


def _shorter(text: str, size: float, at_most_mm: float) -> float:
    """A line of two fifths of the text (the decree: a third to a half). 0.6 em is a capital of Times bold."""
    width = min(len(text) * 0.6 * size * MM_PER_PT, at_most_mm)
    return 0.4 * width


def _title(view: View) -> str:
    """Box 5a: the kind of document and what it is about."""
    return (
        paragraph("BÁO CÁO", Type(size=14, bold=True, align="center", before=14))
        + paragraph(f"{_unbroken(view)}\n{view.period}", Type(size=14, bold=True, align="center"))
        + line(TEXT_WIDTH_MM, _shorter(view.title, 14, TEXT_WIDTH_MM))
    )


def _unbroken(view: View) -> str:
    """The title with no-break spaces in the communes' names, the longest spelling first."""
    title = view.title
    for name in sorted(view.unbroken, key=len, reverse=True):
        title = title.replace(name, name.replace(" ", "\N{NO-BREAK SPACE}"))
    return title


def _addressees(heading: DocumentHeading) -> str:
    """Box 9a: one addressee on the same line, several one a line."""
    if len(heading.addressed_to) == 1:
        return paragraph(
            f"Kính gửi: {heading.addressed_to[0]}", Type(size=14, align="center", before=10, after=8)
        )
    last = len(heading.addressed_to)
    lines = [f"- {name}{'.' if n == last else ';'}" for n, name in enumerate(heading.addressed_to, 1)]
    kind = Type(size=14, align="left", sides_mm=40)
    return paragraph("Kính gửi:", Type(size=14, align="left", sides_mm=25, before=10)) + "".join(
        paragraph(text, kind) for text in lines
    )


def _opening(view: View) -> str:
    return paragraph(view.basis, BODY) + "".join(_block(point) for point in view.key_points)


def _section(section: Section) -> str:
    title = f"{section.number}. {section.title.upper()}" if section.number else section.title.upper()
    heading = Type(
        size=14, bold=True, align="left", first_line_mm=12.7, before=10, after=4, keep_with_next=True
    )
    return paragraph(title, heading) + "".join(_block(block) for block in section.blocks)


def _block(block: Block) -> str:
    return _table(block) if isinstance(block, Table) else _paragraph(block)


def _table(content: Table) -> str:
    caption = Type(
        size=14, bold=True, align="left", first_line_mm=12.7, before=6, after=4, keep_with_next=True
    )
    note = Type(size=12, italic=True, align="right", after=2, keep_with_next=True)
    above = (paragraph(content.caption, caption) if content.caption else "") + (
        paragraph(content.unit_note, note) if content.unit_note else ""
    )
    # Word joins two tables that touch; the small paragraph keeps them apart.
    return above + table(content, TEXT_WIDTH_MM, IN_TABLE) + paragraph("", Type(size=5, align="left"))


def _paragraph(block: Paragraph) -> str:
    if block.kind is Kind.HEADING:
        kind = Type(
            size=14, bold=True, align="left", first_line_mm=12.7, before=6, after=4, keep_with_next=True
        )
        return paragraph(block.text, kind)
    text = f"- {block.text}" if block.kind is Kind.BULLET else block.text
    kind = replace(BODY, size=13, italic=True) if block.is_aside else BODY
    # A justified line that ends in a break is torn to the full width.
    return paragraph(text, replace(kind, align="left") if "\n" in text else kind)


def _closing(heading: DocumentHeading) -> str:
    """Boxes 7 and 9b: who receives it on the left, level with the signer on the right."""
    kept = replace(BODY, keep_with_next=True)  # the signature never stands alone on a page
    end = paragraph("Trên đây là báo cáo tổng hợp tuần, kính trình xem xét, chỉ đạo./.", kept)
    receivers = two_runs("Nơi nhận:", Type(size=12, bold=True, italic=True), "", Type(size=11, align="left"))
    for name in (*(f"{name};" for name in heading.copies_to), f"Lưu: {heading.filed_as}."):
        receivers += paragraph(f"- {name}", Type(size=11, align="left"))
    signer = "".join(paragraph(words, Type(size=14, bold=True, align="center")) for words in heading.signer)
    room = paragraph("", Type(size=14)) * 4  # for signature, seal and name
    return (
        end
        + paragraph("", Type(size=6, keep_with_next=True))
        + columns_side_by_side((LEFT_MM, RIGHT_MM), (receivers, signer + room))
    )
