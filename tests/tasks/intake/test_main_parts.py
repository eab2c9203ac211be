"""One file says one thing: to who goes by its directory, by its relationships, by its elements, and to our readers."""

import io
import struct
import time
import zipfile
import zlib
from pathlib import Path

import pytest

from tasks.intake.grid import Book
from tasks.intake.preflight import examine
from tests.tasks.intake.packages import MAIN, relations, sheet, xlsx, xlsx_parts, zipped
from tests.tasks.intake.test_container_classes import read
from tests.tasks.intake.word import docx, p, run, tbl

SHEET = ("worksheet", "worksheets/sheet1.xml", "")
STRINGS = b'<?xml version="1.0"?><sst xmlns="%s"><si><t>a</t></si></sst>' % MAIN.encode()


def codes(data: bytes, name: str = "bc.xlsx") -> list[str]:
    return [each.code for each in examine(data, name).findings]


def _with_end_of_zip64(data: bytes) -> bytes:
    """As it was found: a second directory, named by an end of its own before the end that all know."""
    end = data.rfind(b"PK\x05\x06")
    directory = data[struct.unpack_from("<L", data, end + 16)[0] : end]
    many = directory.count(b"PK\x01\x02")
    second = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, many, many, len(directory), end)
    at = end + len(directory)
    return data[:end] + directory + second + struct.pack("<4sLQL", b"PK\x06\x07", 0, at, 1) + data[end:]


def test_a_second_directory_is_refused() -> None:
    assert codes(_with_end_of_zip64(xlsx())) == ["FILE_DAMAGED"]


def test_a_directory_that_sends_on_to_another_place_is_refused() -> None:
    """One entry gives its size where only readers of ZIP64 look."""
    data = bytearray(xlsx())
    entry = data.rfind(b"PK\x01\x02")
    size = data[entry + 24 : entry + 28]
    name, end = struct.unpack_from("<H", data, entry + 28)[0], data.rfind(b"PK\x05\x06")
    data[entry + 24 : entry + 28] = b"\xff\xff\xff\xff"
    data[entry + 30 : entry + 32] = struct.pack("<H", 12)
    extra = struct.pack("<2HL", 1, 8, struct.unpack("<L", size)[0]) + b"\0\0\0\0"
    data[entry + 46 + name : entry + 46 + name] = extra
    grown = end + len(extra)
    data[grown + 12 : grown + 16] = struct.pack("<L", struct.unpack_from("<L", data, grown + 12)[0] + 12)
    assert codes(bytes(data)) == ["FILE_DAMAGED"]


DECOYS = {
    "texts": ({"xl/sharedStrings.xml": STRINGS, "xl/real.xml": STRINGS}, ("sharedStrings", "real.xml", "")),
    "texts, from the root": (
        {"xl/sharedStrings.xml": STRINGS, "xl/real.xml": STRINGS},
        ("sharedStrings", "/xl/real.xml", ""),
    ),
    "styles": ({"xl/styles.xml": STRINGS, "xl/real.xml": STRINGS}, ("styles", "./real.xml", "")),
    "texts that nobody names": ({"xl/sharedStrings.xml": STRINGS}, ("theme", "theme.xml", "")),
}


@pytest.mark.parametrize("name", DECOYS)
def test_a_part_that_stands_where_another_is_named_is_refused(name: str) -> None:
    extra, row = DECOYS[name]
    assert codes(xlsx(extra, workbook_rels=relations(SHEET, row))) == ["FILE_DAMAGED"]


@pytest.mark.parametrize("target", ["sharedStrings.xml", "/xl/sharedStrings.xml", "SharedStrings.xml"])
def test_the_usual_part_may_be_named_in_any_way(target: str) -> None:
    rels = relations(SHEET, ("sharedStrings", target, ""))
    assert codes(xlsx({"xl/sharedStrings.xml": STRINGS}, workbook_rels=rels)) == []


def test_another_workbook_is_refused() -> None:
    other = {"_rels/.rels": relations(("officeDocument", "xl/other.xml", ""))}
    assert codes(xlsx({**other, "xl/other.xml": xlsx_parts()["xl/workbook.xml"]})) == ["FILE_DAMAGED"]


def test_another_document_is_refused() -> None:
    other = {"_rels/.rels": relations(("officeDocument", "word/other.xml", "")), "word/other.xml": b"<a/>"}
    assert codes(docx(tbl(["a"]), extra=other), "bc.docx") == ["FILE_DAMAGED"]


@pytest.mark.parametrize(
    ("kind", "target", "mode", "found"),
    [
        ("image", "http://a.example/b.png", "", ["FILE_HAS_EXTERNAL_LINK"]),
        ("image", r"\\a\b.png", "", ["FILE_HAS_EXTERNAL_LINK"]),
        ("x/hyperlink", "http://a.example", "External", ["FILE_HAS_EXTERNAL_LINK"]),
        ("hyperlink", "http://a.example", "External", []),
        ("image", "../media/a.png", "", []),
    ],
)
def test_an_address_is_outside_whatever_is_said_of_it(
    kind: str, target: str, mode: str, found: list[str]
) -> None:
    assert codes(xlsx({"xl/drawings/_rels/d.xml.rels": relations((kind, target, mode))})) == found


CELL = '<row r="1">{}</row>'
UNSEEN = {
    "in an extension": '<extLst><ext uri="x"><c r="A1"><v>1</v></c></ext></extLst>',
    "of another vocabulary": '<z:c xmlns:z="urn:x" r="A1"><z:v>1</z:v></z:c>',
    "of another vocabulary by default": '<c xmlns="urn:x" r="A1"><v>1</v></c>',
    "in a choice": '<a:Fallback xmlns:a="urn:x"><c r="A1"><v>1</v></c></a:Fallback>',
    "in a cell": '<c r="A1"><c r="B1"><v>1</v></c></c>',
    "a value in an extension": '<c r="A1"><extLst><ext><v>1</v></ext></extLst></c>',
}


WITHOUT_ROW = {
    "a number": '<c r="G9"><v>33</v></c>',
    "a text": '<c r="G9" t="inlineStr"><is><t>a</t></is></c>',
    "behind a row": '<row r="1"/><c r="G9"><v>33</v></c>',
    "between rows": '<row r="1"><c r="A1"><v>1</v></c></row><c r="G9"><v>33</v></c><row r="2"/>',
    "behind a row that ends twice": '<row r="1"><c r="A1"><v>1</v></c></row></row>',
    "a row in a row": '<row r="1"><row r="2"><c r="A2"><v>1</v></c></row></row>',
}


@pytest.mark.parametrize("name", WITHOUT_ROW)
def test_a_cell_in_no_row_is_refused(name: str) -> None:
    assert codes(xlsx(sheet1=sheet(WITHOUT_ROW[name]))) == ["FILE_DAMAGED"]


@pytest.mark.parametrize("around", ["extLst", "b:Choice"])
def test_rows_in_another_element_are_refused(around: str) -> None:
    rows = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
    content = f'<worksheet xmlns="{MAIN}" xmlns:b="urn:x"><{around}>{rows}</{around}></worksheet>'
    assert codes(xlsx(sheet1=content.encode())) == ["FILE_DAMAGED"]


@pytest.mark.parametrize(
    "head",
    ['<ext uri="x"><!--</a>-->', '<ext uri="/>">', '<ext a="/>"><ext b="/>">', "<ext><![CDATA[</a>]]>"],
)
def test_what_only_looks_like_an_end_ends_nothing(head: str) -> None:
    rows = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
    ends = "</ext>" * head.count("<ext")
    content = f'<worksheet xmlns="{MAIN}">{head}{rows}{ends}</worksheet>'
    assert codes(xlsx(sheet1=content.encode())) == ["FILE_DAMAGED"]


def test_a_part_with_a_second_name_is_refused() -> None:
    """A field of the directory that calamine goes by, and zipfile doesn't."""
    name = zipfile.ZipInfo("xl/worksheets/sheet9.xml")
    name.extra = struct.pack("<2HBL", 0x7075, 5 + 24, 1, zlib.crc32(name.filename.encode()))
    name.extra += b"xl/worksheets/sheet1.xml"
    buffer = io.BytesIO(xlsx())
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(name, sheet())
    assert codes(buffer.getvalue()) == ["FILE_DAMAGED"]


@pytest.mark.parametrize("name", UNSEEN)
def test_a_cell_that_no_office_program_shows_is_refused(name: str) -> None:
    assert codes(xlsx(sheet1=sheet(CELL.format(UNSEEN[name])))) == ["FILE_DAMAGED"]


def test_a_sheet_under_one_prefix_passes() -> None:
    content = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:r><x:t>a</x:t>'
        "</x:r></x:is></x:c></x:row></x:sheetData></x:worksheet>"
    )
    assert codes(xlsx(sheet1=content.encode())) == []


def _with_entries(count: int, stated: int) -> bytes:
    """A directory of ever so many entries, the last of which has a sign of ZIP64 where none counts."""
    entry, local = struct.Struct("<4s6H3L5H2L"), struct.Struct("<4s5H3L2H")
    first = local.pack(b"PK\x03\x04", 20, *[0] * 7, 1, 0) + b"a"
    plain = entry.pack(b"PK\x01\x02", 20, 20, *[0] * 7, 1, *[0] * 6) + b"a"
    last = entry.pack(b"PK\x01\x02", 20, 20, *[0] * 7, 1, 0, 4, *[0] * 4) + b"a" + b"\xff" * 4
    directory = plain * (count - 1) + last
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, stated, stated, len(directory), len(first), 0)
    return first + directory + end


def test_ever_so_many_members_are_counted_before_anything_else() -> None:
    """As it was found: 40,000 in 2 MB took 42 s. What the end says of their number is a claim."""
    data = _with_entries(100_000, stated=1)
    begin = time.process_time()
    assert codes(data) == ["FILE_TOO_LARGE"]
    assert time.process_time() - begin < 0.5


# A format and a merged cell: what calamine doesn't see.
STRUCK = (
    f'<?xml version="1.0" encoding="UTF-8"?><styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="170" '
    'formatCode="0&quot;000&quot;"/></numFmts><fonts count="1"><font/></fonts><cellXfs count="2"><xf/>'
    '<xf numFmtId="170"/></cellXfs></styleSheet>'
).encode()
LOOKED_AT = sheet(
    '<row r="1"><c r="A1" s="1"><v>17</v></c></row>',
    after='<mergeCells><mergeCell ref="A1:B1"/></mergeCells>',
)
LOOK = ("A1:B1",), '0"000"'


def looks_of(folder: Path, data: bytes) -> object:
    book = read(folder, data, "bc.xlsx")
    return (
        (book.sheets[0].merged, book.sheets[0].style("A1").number_format) if isinstance(book, Book) else book
    )


def workbook(target: str, part: str, styles: str = "styles.xml", styles_part: str = "xl/styles.xml") -> bytes:
    rels = relations(("worksheet", target, ""), ("styles", styles, ""))
    parts = {**xlsx_parts(workbook_rels=rels), styles_part: STRUCK}
    del parts["xl/worksheets/sheet1.xml"]
    return zipped({**parts, part: LOOKED_AT}.items())


SHEET1 = "xl/worksheets/sheet1.xml"
SAME = {
    "as usual": ("worksheets/sheet1.xml", SHEET1),
    "in other capitals where it is named": ("worksheets/Sheet1.xml", SHEET1),
    "in other capitals where it stands": ("worksheets/sheet1.xml", "xl/worksheets/SHEET1.xml"),
    "from the root": ("/xl/worksheets/sheet1.xml", SHEET1),
    "from the root in other capitals": ("/XL/worksheets/sheet1.xml", SHEET1),
    "from its own folder": ("./worksheets/sheet1.xml", SHEET1),
    "from the folder above": ("../xl/worksheets/sheet1.xml", SHEET1),
    "from the root by a detour": ("/xl/./worksheets/sheet1.xml", SHEET1),
    "with a sign by its number": ("worksheets/sheet%31.xml", SHEET1),
    "styles in other capitals": ("worksheets/sheet1.xml", SHEET1, "Styles.xml"),
    "styles that stand in other capitals": ("worksheets/sheet1.xml", SHEET1, "styles.xml", "xl/Styles.xml"),
    "styles from the folder above": ("worksheets/sheet1.xml", SHEET1, "../xl/styles.xml"),
}


@pytest.mark.parametrize("name", SAME)
def test_values_and_looks_are_those_of_one_part_however_it_is_named(tmp_path: Path, name: str) -> None:
    """As it was found: in other capitals the values were read and all looks lost."""
    assert looks_of(tmp_path, workbook(*SAME[name])) == LOOK


@pytest.mark.parametrize(
    "target", ["xl/worksheets/sheet1.xml", "worksheets/sheet2.xml", "worksheets/sheet1.xml?x"]
)
def test_a_sheet_whose_part_is_not_there_is_damaged(tmp_path: Path, target: str) -> None:
    assert looks_of(tmp_path, workbook(target, SHEET1)) == "FILE_DAMAGED"


def with_twin(rels: bytes, kind: str, target: str) -> bytes:
    """The first relationship's id once more."""
    twin = relations((kind, target, "")).partition(b"<Relationship ")[2]
    return rels.replace(b"</Relationships>", b"<Relationship " + twin)


def test_two_relationships_of_one_id_are_refused() -> None:
    """Of two sheets we took the last, LibreOffice the first."""
    rels = with_twin(relations(SHEET), "worksheet", "worksheets/sheet2.xml")
    assert codes(xlsx({"xl/worksheets/sheet2.xml": sheet()}, workbook_rels=rels)) == ["FILE_DAMAGED"]
    rels = with_twin(relations(("officeDocument", "word/document.xml", "")), "thumbnail", "a.png")
    assert codes(docx(tbl(["a"]), extra={"_rels/.rels": rels, "a.png": b""}), "bc.docx") == ["FILE_DAMAGED"]
    rels = with_twin(relations(("styles", "styles.xml", "")), "theme", "theme.xml")
    assert codes(docx(tbl(["a"]), extra={"word/_rels/document.xml.rels": rels}), "bc.docx") == [
        "FILE_DAMAGED"
    ]


@pytest.mark.parametrize(
    ("named", "stands"), [("Styles.xml", "word/styles.xml"), ("styles.xml", "word/Styles.xml")]
)
def test_styles_of_word_are_found_in_any_capitals(tmp_path: Path, named: str, stands: str) -> None:
    data = docx(tbl([p(run("17"), style="An")]), styles="STYLES", rels=[("styles", named, "")])
    hiding = '<w:style w:type="paragraph" w:styleId="An"><w:rPr><w:vanish/></w:rPr></w:style>'
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[stands] = parts.pop("word/styles.xml").replace(b"STYLES", hiding.encode())
    book = read(tmp_path, zipped(parts.items()), "bc.docx")
    assert isinstance(book, Book)
    assert book.sheets[0].doubts == (("A1", "TEXT_HIDDEN"),)
