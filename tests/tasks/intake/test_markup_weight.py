"""How much markup of one file our own process parses: none of a file that has more than any report."""

import pytest

from tasks.intake.preflight import examine
from tests.tasks.intake.packages import (
    RELATIONSHIPS,
    ods,
    relations,
    sheet,
    types,
    xlsx,
    xlsx_parts,
    zipped,
)
from tests.tasks.intake.word import docx, tbl

LARGE = ["FILE_TOO_LARGE"]
RELATION = b'<Relationship Id="r" Type="t" Target="a"/>'


def codes(data: bytes, name: str) -> list[str]:
    return [finding.code for finding in examine(data, name).findings]


def related(rows: bytes) -> bytes:
    return b'<Relationships xmlns="' + RELATIONSHIPS.encode() + b'">' + rows + b"</Relationships>"


LISTS = {
    "tags": related(b"<a/>" * 60_000),
    "relationships": related(RELATION * 6_000),
    "one long name": related(b'<a b="' + b"x" * 150_000 + b'"/><a b="' + b"x" * 150_000 + b'"/>'),
}


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("part", ["xl/worksheets/_rels/sheet1.xml.rels", "odd/A.RELS"])
def test_a_list_of_relationships_that_no_program_writes_is_too_large(name: str, part: str) -> None:
    assert codes(xlsx({part: LISTS[name]}), "bc.xlsx") == LARGE
    assert codes(docx(tbl(["a"]), extra={part: LISTS[name]}), "bc.docx") == LARGE


def test_many_small_lists_are_too_large_together() -> None:
    lists = {f"xl/_rels/a{n}.rels": related(RELATION * 1_000) for n in range(30)}
    assert codes(xlsx(lists), "bc.xlsx") == LARGE


def test_as_many_links_as_a_sheet_of_names_has_are_none_too_many() -> None:
    links = relations(*[("hyperlink", f"mailto:a{n}@example.vn", "External") for n in range(1_000)])
    assert codes(xlsx({"xl/worksheets/_rels/sheet1.xml.rels": links}), "bc.xlsx") == []


def test_a_list_of_types_or_of_sheets_that_no_program_writes_is_too_large() -> None:
    heavy = types().replace(b"</Types>", b"<a/>" * 60_000 + b"</Types>")
    assert codes(xlsx(content_types=heavy), "bc.xlsx") == LARGE
    parts = xlsx_parts()
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        b"</workbook>", b"<definedName/>" + b"<a/>" * 900_000 + b"</workbook>"
    )
    assert codes(zipped(parts.items()), "bc.xlsx") == LARGE


@pytest.mark.parametrize("part", ["styles.xml", "meta.xml", "META-INF/manifest.xml", "Object 1/content.xml"])
def test_parts_of_an_ods_beside_its_cells_count_too(part: str) -> None:
    assert codes(ods({part: b"<o>" + b"<a/>" * 900_000 + b"</o>"}), "bc.ods") == LARGE


@pytest.mark.parametrize("part", ["word/extra.xml", "odd/extra.part"])
def test_parts_of_a_word_document_count_together(part: str) -> None:
    half = b"<w>" + b"<a/>" * 350_000 + b"</w>"
    assert codes(docx(tbl(["a"]), extra={part: half}), "bc.docx") == []
    assert codes(docx(tbl(["a"]), extra={part: half, "word/b.xml": half}), "bc.docx") == LARGE


ROWS = "<row><c/><d/></row>" * 20_000


def test_sheets_that_need_a_parser_count_together() -> None:
    """80,000 tags each: one may pass, sixty of them took a minute."""
    one = {"xl/worksheets/x1.xml": sheet(ROWS)}
    more = {f"xl/worksheets/x{n}.xml": sheet(ROWS) for n in range(3)}
    assert codes(xlsx(one), "bc.xlsx") == []
    assert codes(xlsx(more), "bc.xlsx") == LARGE


def test_plain_sheets_count_together() -> None:
    plain = sheet(after="<a/>" * 380_000)
    sheets = {f"xl/worksheets/x{n}.xml": plain for n in range(3)}
    assert codes(xlsx({"xl/worksheets/x.xml": plain}), "bc.xlsx") == []
    assert codes(xlsx(sheets), "bc.xlsx") == LARGE


def test_pieces_of_an_instruction_are_not_copied_for_each_that_follows() -> None:
    """It took the square of their number; what is read of it is the same."""
    pieces = "".join(f"<w:instrText>{'D' * 100}</w:instrText>" for _ in range(20_000))
    field = f'<w:p><w:r><w:fldChar w:fldCharType="begin"/>{pieces}</w:r></w:p>'
    assert codes(docx(field, tbl(["a"])), "bc.docx") == ["FILE_HAS_EXTERNAL_LINK"]


def test_a_text_within_a_text_within_a_text_is_no_text_of_an_office() -> None:
    nested = "<w:instrText>x" * 1_000 + "</w:instrText>" * 1_000
    assert codes(docx(f"<w:p>{nested}</w:p>", tbl(["a"])), "bc.docx") == ["FILE_DAMAGED"]
