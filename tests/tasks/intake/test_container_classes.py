"""What a container may be: each odd thing in its class, accepted where it harms nobody."""

import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from domain.findings import Finding
from tasks.intake.formats import OLE_MAGIC, FileFormat
from tasks.intake.grid import Book
from tasks.intake.preflight import examine
from tasks.intake.workbook import read_batch
from tests.tasks.intake.packages import (
    FORMS,
    MAIN,
    OFFICE,
    ods,
    relations,
    sheet,
    types,
    xls,
    xlsx,
    xlsx_parts,
    zipped,
)
from tests.tasks.intake.test_workbook import stored
from tests.tasks.intake.word import docx, p, tbl

DAMAGED, LARGE, UNKNOWN = "FILE_DAMAGED", "FILE_TOO_LARGE", "FILE_TYPE_UNKNOWN"
MACRO, LINKED = "FILE_HAS_MACRO", "FILE_HAS_EXTERNAL_LINK"
MACRO_ENABLED = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"


def read(folder: Path, data: bytes, name: str) -> Book | str:
    """The book, or the code of what keeps it closed: in the check or in the child."""
    examined = examine(data, name)
    if examined.format is None:
        return examined.findings[0].code
    file = stored(folder, data, name)
    answer = read_batch([file])[file]
    return answer.code if isinstance(answer, Finding) else answer


def in_strict(data: bytes) -> bytes:
    """As Excel and Word save "Strict Open XML": the same elements in other namespaces."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    strict = b"http://purl.oclc.org/ooxml/"
    for kind in (
        b"spreadsheetml/2006/main",
        b"wordprocessingml/2006/main",
        b"officeDocument/2006/relationships",
    ):
        other = strict + kind.replace(b"/2006", b"")
        members = [(n, c.replace(b"http://schemas.openxmlformats.org/" + kind, other)) for n, c in members]
    return zipped(members)


class Pipe(io.RawIOBase):
    """What can't be rewound: a writer to it states lengths behind each member."""

    def __init__(self) -> None:
        self.data = b""

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        self.data += bytes(data)  # type: ignore[call-overload]
        return len(bytes(data))  # type: ignore[call-overload]


def through_a_pipe() -> bytes:
    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in xlsx_parts().items():
            archive.writestr(name, content)
    return pipe.data


def in_zip64() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in xlsx_parts().items():
            with archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as member:
                member.write(content)
    return data.getvalue()


def by_xlsxwriter(**options: bool) -> bytes:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, options) as book:
        book.add_worksheet().write(0, 0, 17)
    return data.getvalue()


def one(cell: str, before: str = "") -> bytes:
    return xlsx(sheet1=sheet(f'<row r="1">{cell}</row>', before=before))


def with_strings(cell: str) -> bytes:
    rels = relations(("worksheet", "worksheets/sheet1.xml", ""), ("sharedStrings", "sharedStrings.xml", ""))
    strings = {"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>a</t></si></sst>'.encode()}
    return xlsx(strings, sheet1=sheet(f'<row r="1">{cell}</row>'), workbook_rels=rels)


def sheets(listed: str) -> bytes:
    body = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>'
    return xlsx({"xl/workbook.xml": body.encode()})


NEW_PARTS = ("xl/persons/person.xml", "xl/threadedComments/threadedComment1.xml", "docMetadata/LabelInfo.xml",
             "xl/richData/rdrichvalue.xml", "xl/metadata.xml", "xl/ctrlProps/ctrlProp1.xml", "xl/slicers/slicer1.xml",
             "xl/customStorage/customStorage.xml", "docProps/custom.xml", "customXml/item1.xml")  # fmt: skip

ACCEPTED = {
    "lengths behind the members, as streaming writers state them.xlsx": through_a_pipe(),
    "zip64 fields in a small file.xlsx": in_zip64(),
    "entries for folders, as a file manager packs them.xlsx": zipped([("xl/", b""), *xlsx_parts().items()]),
    "xlsxwriter.xlsx": by_xlsxwriter(),
    "xlsxwriter with little memory.xlsx": by_xlsxwriter(constant_memory=True),
    "xlsxwriter with zip64.xlsx": by_xlsxwriter(use_zip64=True),
    "strict.xlsx": in_strict(xlsx()),
    "strict.docx": in_strict(docx(tbl(["17"]))),
    "parts of newer programs and of WPS.xlsx": xlsx(dict.fromkeys(NEW_PARTS, b"<a/>")),
    "spans that nothing fills.xlsx": xlsx(sheet1=sheet('<row r="1" spans="1:16384"><c r="A1"><v>17</v></c></row>')),
    "a style that isn't there shows the number as it is.xlsx": one('<c r="A1" s="99"><v>17</v></c>'),
    "a name in letters of ours.xlsx": xlsx({"xl/media/ảnh.png": b"\x89PNG"}),
    "a name that only begins with a dot.xlsx": xlsx({"xl/.rels/a": b""}),
}  # fmt: skip


@pytest.mark.parametrize("name", ACCEPTED)
def test_what_real_programs_write_is_read(tmp_path: Path, name: str) -> None:
    book = read(tmp_path, ACCEPTED[name], name)
    assert isinstance(book, Book), book
    assert book.sheets[0].rows[0][0] in (17.0, "17")


def test_a_strict_workbook_says_the_same_in_values_and_looks(tmp_path: Path) -> None:
    data = (FORMS / "good" / "cells.xlsx").read_bytes()
    assert read(tmp_path, in_strict(data), "strict.xlsx") == read(tmp_path, data, "cells.xlsx")


def doctype(encoding: str) -> bytes:
    return f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a><a/>'.encode(encoding)


TWICE = '<sheet name="{}" sheetId="1" r:id="rId1"/><sheet name="{}" sheetId="2" r:id="rId1"/>'
REPEATED = (
    '<table:table table:name="x"><table:table-row table:number-rows-repeated="1048576"><table:table-cell '
    'table:number-columns-repeated="16384" office:value-type="float" office:value="1"/></table:table-row></table:table>'
)

LONG_TAG = b"<a " + b" ".join(b'x%d="1"' % n for n in range(90_000)) + b"/>"


def with_link() -> bytes:
    """A member that stands for another file of the disk where it is unpacked."""
    buffer = io.BytesIO(xlsx())
    with zipfile.ZipFile(buffer, "a") as archive:
        link = zipfile.ZipInfo("xl/media/a.png")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return buffer.getvalue()


REFUSED = {
    "a dimension that nothing fills": (LARGE, one('<c r="A1"><v>17</v></c>', '<dimension ref="A1:XFD1048576"/>')),
    "a link for a member": (DAMAGED, with_link()),
    "a name of a thousand letters": (DAMAGED, xlsx({"xl/" + "a" * 1000: b""})),
    "macros enabled under the name of a plain workbook": (UNKNOWN, xlsx(content_types=types(main=MACRO_ENABLED))),
    "a compound file called a picture": (LINKED, xlsx({"xl/media/image1.png": OLE_MAGIC + bytes(512)})),
    "a ribbon that calls a macro": (MACRO, xlsx({"customUI/customUI.xml": b"<a/>"})),
    # Names: two programs must not see two packages in one file.
    "dot at the end of a name": (DAMAGED, xlsx({"xl/workbook.xml.": b"<a/>"})),
    "space at the end of a name": (DAMAGED, xlsx({"xl/workbook.xml ": b"<a/>"})),
    "space at the end of a folder": (DAMAGED, xlsx({"xl /a.xml": b"<a/>"})),
    "wide letters": (DAMAGED, xlsx({"xl/\uff57orkbook.xml": b"<a/>"})),
    "letters without a shape": (DAMAGED, xlsx({"xl/workbook.xml\u200b": b"<a/>"})),
    "a name written backwards": (DAMAGED, xlsx({"xl/a\u202egnp.xml": b"<a/>"})),
    "a parent folder with signs by number": (DAMAGED, xlsx({"xl/%2e%2e/a.xml": b"<a/>"})),
    "a twin with signs by number": (DAMAGED, xlsx({"xl/work%62ook.xml": b"<a/>"})),
    # Document types, wherever they stand and in whatever letters.
    **{
        f"a doctype in {encoding} in {part}": (DAMAGED, xlsx({part: doctype(encoding)}))
        for encoding in ("utf-8", "utf-7", "utf-16", "utf-32", "cp037", "shift_jis")
        for part in ("docProps/app.xml", "customXml/item1.xml", "xl/_rels/a.xml.rels")
    },
    # Sheets: what doesn't fit into one, and what another program would read otherwise.
    "a cell at the far end": (LARGE, one('<c r="A1"/></row><row r="1048576"><c r="XFD1048576"><v>1</v></c>')),
    "a cell far down beside its row": (DAMAGED, one('<c r="A999999999"><v>1</v></c>')),
    "a column that no sheet has": (DAMAGED, one('<c r="ZZZZ1"><v>1</v></c>')),
    "a row that no sheet has": (DAMAGED, xlsx(sheet1=sheet('<row r="1048577"><c><v>1</v></c></row>'))),
    "a text that isn't there": (DAMAGED, with_strings('<c r="A1" t="s"><v>99</v></c>')),
    "a text below the first": (DAMAGED, with_strings('<c r="A1" t="s"><v>-1</v></c>')),
    "a text between two": (DAMAGED, with_strings('<c r="A1" t="s"><v>0.9</v></c>')),
    "a text of no number": (DAMAGED, with_strings('<c t="s" r="A1" ><v>0x0</v></c>')),
    "two sheets of one name": (DAMAGED, sheets(TWICE.format("a", "a"))),
    "two sheets of one name but for capitals": (DAMAGED, sheets(TWICE.format("a", "A"))),
    "a sheet without its part": (DAMAGED, sheets('<sheet name="a" sheetId="1" r:id="rId9"/>')),
    # Bombs without a doctype.
    "a tag of a million bytes": (DAMAGED, xlsx({"xl/_rels/a.rels": LONG_TAG})),
    "tables in tables in tables": (LARGE, docx(p("x"), "<w:tbl><w:tr><w:tc>" * 3000 + "</w:tc></w:tr></w:tbl>" * 3000)),
    "binary": (UNKNOWN, xlsx({"xl/workbook.bin": b""}, content_types=xlsx_parts()["[Content_Types].xml"].replace(
        b"openxmlformats-officedocument.spreadsheetml.sheet.main+xml", b"ms-excel.sheet.binary.macroEnabled.main"))),
    "behind a PDF": (UNKNOWN, b"%PDF-1.4\n" + xlsx()),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_could_be_read_in_two_ways_or_without_end_is_not_read(tmp_path: Path, name: str) -> None:
    code, data = REFUSED[name]
    assert read(tmp_path, data, "bc.docx" if b"word/" in data else "bc.xlsx") == code


def test_elements_in_elements_without_end_do_no_harm(tmp_path: Path) -> None:
    deep = b"<a>" * 120_000 + b"</a>" * 120_000
    for part in ("xl/odd.xml", "xl/_rels/a.rels", "xl/worksheets/sheet1.xml"):
        answer = read(tmp_path, zipped({**xlsx_parts(), part: deep}.items(), zipfile.ZIP_DEFLATED), "bc.xlsx")
        assert answer not in ("FILE_STOPPED_US", "FILE_STOPPED_THE_READER"), part


def test_cells_repeated_over_a_whole_sheet_are_not_unfolded(tmp_path: Path) -> None:
    assert read(tmp_path, ods(body=REPEATED), "bc.ods") in (DAMAGED, LARGE)


def test_a_workbook_without_a_sheet_has_nothing_to_read(tmp_path: Path) -> None:
    assert read(tmp_path, sheets(""), "bc.xlsx") == Book(())


def test_a_very_hidden_sheet_is_hidden(tmp_path: Path) -> None:
    book = read(tmp_path, sheets('<sheet name="a" sheetId="1" state="veryHidden" r:id="rId1"/>'), "bc.xlsx")
    assert isinstance(book, Book)
    assert book.sheets[0].hidden


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("bc.xls", b"<html><table></table></html>", "trang web (HTML)"),
        (
            "bc.xls",
            b'\xef\xbb\xbf<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
            "Excel 2003 XML",
        ),
        ("bc.xls", b"a;b\r\n1;2\r\n", "văn bản thuần"),
        ("bc.xls", xlsx(), "tệp nén"),
        ("bc.xlsx", xls(), "Office 97-2003"),
        ("bc.xlsx", b"%PDF-1.4\n", "PDF"),
        ("bc.xls", b"{\\rtf1", "RTF"),
        ("bc.ods", b'<?xml version="1.0"?><office:document/>', "XML"),
        ("bc.csv", b"<!DOCTYPE html><table></table>", "trang web (HTML)"),
        ("bc.fods", b"<?xml version='1.0'?><office:document/>", ".ods"),
        ("bc.doc", xls(), ".docx"),
        ("bc.rtf", b"{\\rtf1", ".docx"),
        ("bc.xlsb", xlsx(), ".xlsx"),
    ],
)
def test_a_file_that_is_another_is_told_what_it_is(name: str, data: bytes, why: str) -> None:
    (finding,) = examine(data, name).findings
    assert finding.code == UNKNOWN
    assert why in finding.facts["why"]


def test_every_format_that_is_opened_has_its_sample() -> None:
    assert {FileFormat.of_name(name) for name in ACCEPTED} >= {FileFormat.XLSX, FileFormat.DOCX}


START_NAMES = '<definedNames><definedName name="Auto_Open" hidden="1">A!$A$1</definedName></definedNames>'


def test_a_name_at_which_excel_starts_a_macro_is_refused(tmp_path: Path) -> None:
    book = xlsx_parts()["xl/workbook.xml"].replace(b"</sheets>", b"</sheets>" + START_NAMES.encode())
    assert read(tmp_path, xlsx({"xl/workbook.xml": book}), "bc.xlsx") == MACRO


OUTSIDE = [
    "[1]Sheet1!A1",
    "cmd|'/c calc'!A0",
    r"'\\server\share\[x.xlsx]S'!A1",
    "_xlfn.WEBSERVICE(A1)",
    "RTD(A1,A2)",
    "'file:///c:/x.xlsx'!A1",
]
WITHIN = [
    "A1+1",
    "SUM(Table1[1])",
    'HYPERLINK("https://x.vn","x")',
    'IF(A1>0,"a|b!","")',
    "SUM('Nợ XDCB'!A1:A5)",
    "B1&amp;C1",
]


@pytest.mark.parametrize("formula", OUTSIDE)
def test_a_formula_that_reaches_outside_is_refused_in_every_format(tmp_path: Path, formula: str) -> None:
    assert read(tmp_path, one(f'<c r="A1"><f>{formula}</f><v>17</v></c>'), "bc.xlsx") == LINKED
    cell = f'<table:table-cell table:formula="of:={formula}" office:value-type="float" office:value="17"/>'
    table = f'<table:table table:name="x"><table:table-row>{cell}</table:table-row></table:table>'
    assert read(tmp_path, ods(body=table), "bc.ods") == LINKED
    assert read(tmp_path, f'Mã;Kết quả\n1;"={formula}"\n'.encode(), "bc.csv") == LINKED


@pytest.mark.parametrize("formula", WITHIN)
def test_a_formula_that_stays_in_the_file_is_no_fault(tmp_path: Path, formula: str) -> None:
    book = read(tmp_path, one(f'<c r="A1"><f>{formula}</f><v>17</v></c>'), "bc.xlsx")
    assert isinstance(book, Book)


@pytest.mark.parametrize("value", ["9&#53;", "9&#x35;", "10<!-- -->62", "10<![CDATA[62]]>", "&#45;5"])
def test_a_number_in_pieces_is_no_number(tmp_path: Path, value: str) -> None:
    assert read(tmp_path, one(f'<c r="A1"><v>{value}</v></c>'), "bc.xlsx") == DAMAGED


def test_a_border_dragged_to_the_last_row_harms_nobody(tmp_path: Path) -> None:
    book = read(
        tmp_path,
        xlsx(
            sheet1=sheet(
                '<row r="1"><c r="A1"><v>17</v></c></row><row r="1048576"><c r="J1048576" s="0"/></row>'
            )
        ),
        "bc.xlsx",
    )
    assert isinstance(book, Book)
    assert book.sheets[0].rows[0][0] == 17


CONDITION = (
    '<conditionalFormatting sqref="A1"><cfRule><formula>{0}</formula></cfRule></conditionalFormatting>'
)
CHOICES = (
    '<dataValidations><dataValidation sqref="A1"><formula1>{0}</formula1></dataValidation></dataValidations>'
)


@pytest.mark.parametrize("beside", [CONDITION, CHOICES])
def test_a_condition_or_a_list_of_choices_reaches_outside_as_a_cell_would(
    tmp_path: Path, beside: str
) -> None:
    def book(formula: str) -> Book | str:
        cell = '<row r="1"><c r="A1"><v>17</v></c></row>'
        return read(tmp_path, xlsx(sheet1=sheet(cell, after=beside.format(formula))), "bc.xlsx")

    assert book("_xlfn.WEBSERVICE(A1)") == LINKED
    assert isinstance(book("A1=1"), Book)


def test_a_name_for_cells_of_another_book_is_refused(tmp_path: Path) -> None:
    named = b"</sheets><definedNames><definedName name='x'>[1]A!$A$1</definedName></definedNames>"
    parts = xlsx_parts()["xl/workbook.xml"].replace(b"</sheets>", named)
    assert read(tmp_path, xlsx({"xl/workbook.xml": parts}), "bc.xlsx") == LINKED
