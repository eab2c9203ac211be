"""A sheet without its plain cells says the same of all its cells as the whole does."""

import io
import zipfile
from dataclasses import replace
from hashlib import sha256
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.findings import Finding
from tasks.intake import sheet_bounds, sheet_xml
from tasks.intake.formats import FileFormat
from tasks.intake.grid import Book, cell_name
from tasks.intake.looks import Look, dressed
from tasks.intake.plain_cells import ANY_PLACE, NEAR_PLACE, WITH_TEXTS, cut
from tasks.intake.preflight import examine
from tasks.intake.workbook import FileToRead, read_batch
from tests.tasks.intake.packages import FORMS, MAIN, OFFICE, relations, sheet, xlsx

INBOX = FORMS.parents[1] / "deployments" / "demo" / "inbox"
# The first style, that of a cell without one, is in an old font, the third a percent.
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts><font/><font><name val=".VnTime"/></font></fonts>'
    '<cellXfs><xf fontId="1"/><xf numFmtId="0"/><xf numFmtId="9"/><xf/></cellXfs></styleSheet>'
).encode()
RELATIONS = relations(("worksheet", "worksheets/sheet1.xml", ""), ("styles", "styles.xml", ""))

styles = st.sampled_from(["", ' s="0"', ' s="1"', ' s="2"', ' s="3"', ' s="99"', ' s="00002"', ' s="123456"'])
values = st.sampled_from(
    [
        "/>", "></c>", "><v>1</v></c>", "><v></v></c>", ' t="n"><v>0.85</v></c>', ' t="b"><v>1</v></c>',
        ' t="s"><v>0</v></c>', ' t="e"><v>#N/A</v></c>', ' t="str"><f>A1</f><v></v></c>', "><f>A1</f><v>2</v></c>",
        ' t="inlineStr"><is><t>đạt</t></is></c>', "><v>NaN</v></c>", '><v xml:space="preserve">1</v></c>',
    ]
)  # fmt: skip
rows = st.sampled_from(
    ["", ' spans="1:3"', ' ht="15"', ' ht="0"', ' ht="0.0"', ' hidden="0"', ' hidden="1"', ' s="2"']
)
befores = st.sampled_from(
    ["", '<cols><col min="2" max="3" width="9"/></cols>', '<cols><col min="2" max="2" hidden="1"/></cols>']
)
afters = st.sampled_from(
    ["", '<mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>', '<!-- <c r="A1"/> -->']
)


def looked_at(content: bytes) -> tuple[Look, ...]:
    parts = _parts(content)
    return tuple(sheet_xml.looks(parts.keys(), parts.__getitem__))


def _parts(content: bytes) -> dict[str, bytes]:
    data = xlsx({"xl/styles.xml": STYLES}, sheet1=content, workbook_rels=RELATIONS)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def told(look: Look) -> tuple[object, ...]:
    """Whether by name or by place makes no difference."""
    sheet = dressed(look.name, (), look)
    return sheet.styles, sheet.merged, sheet.hidden, look.lost


@given(
    st.lists(st.tuples(rows, st.lists(st.tuples(styles, values), max_size=4)), max_size=5), befores, afters
)
def test_looks_are_the_same_with_and_without_a_cut(lines: list, before: str, after: str) -> None:
    """The oracle is the parser over the whole: a space that no pattern knows keeps every cell from being cut."""
    cells = "".join(
        f'<row r="{n}"{row}>'
        + "".join(f'<c r="{"ABCD"[k]}{n}"{style}{value}' for k, (style, value) in enumerate(line))
        + "</row>"
        for n, (row, line) in enumerate(lines, start=1)
    )
    usual = looked_at(sheet(cells, before, after))
    by_parser = looked_at(sheet(cells.replace("<c ", "<c  ").replace("<row ", "<row  "), before, after))
    assert list(map(told, usual)) == list(map(told, by_parser))


@pytest.mark.parametrize(
    ("before", "row"),
    [
        ("", ' ht="0"'),
        ("", ' ht="0" customHeight="1"'),
        ("", " ht='0.00'"),
        ('<cols><col min="1" max="1" width="0" customWidth="1"/></cols>', ""),
        ('<cols><col min="1" max="1" width = "0"/></cols>', ""),
    ],
)
def test_what_has_no_height_or_width_is_hidden(before: str, row: str) -> None:
    (look,) = looked_at(sheet(f'<row r="1"{row}><c r="A1"><v>1</v></c></row>', before))
    assert dressed(look.name, (), look).style("A1").hidden
    (seen,) = looked_at(sheet(f'<row r="1"{row.replace("0", "10")}><c r="A1"><v>1</v></c></row>'))
    assert not dressed(seen.name, (), seen).style("A1").hidden


FILES = [*sorted(INBOX.rglob("*.xlsx")), *sorted((FORMS / "good").glob("*.xlsx"))]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_check_sees_the_looks_that_the_reading_child_would(path: Path) -> None:
    data = path.read_bytes()
    seen = examine(data, path.name).looks
    with zipfile.ZipFile(path) as archive:
        looked = sheet_xml.looks(set(archive.namelist()), archive.read)
    has_hidden_rows = path.parent.name == "ptckh"
    assert seen is not None or has_hidden_rows or path.parent.name == "good", (
        "a form filled in is no unusual workbook"
    )
    assert seen is None or list(map(told, seen)) == list(map(told, looked))


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="1" ht="<c r="A1"/>"></row>',
        '<row r="1"><c r="A1"><v>1</v></c>&</row>',
    ],
)
def test_what_is_not_well_formed_is_not_after_the_cut_either(cells: str) -> None:
    """It passes the check, which parses no more than it must; the child tells that it is damaged."""
    examined = examine(xlsx(sheet1=sheet(cells)), "bc.xlsx")
    assert (examined.format, examined.looks) == (FileFormat.XLSX, None)


def test_every_cell_is_cut_out_or_left() -> None:
    content = sheet(
        '<row r="1" spans="1:2"><c r="A1" s="2"><v>1</v></c><c r="B1" s="1"/></row>'
        '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2"><f>A1</f><v>1</v></c></row><row r="3"/>'
    )
    without = cut(content, WITH_TEXTS, NEAR_PLACE)
    assert without is not None
    assert (without.places, without.styles) == ([b"A1", b"B1", b"A2"], [b' s="2"', None, b""])
    assert without.rows == [b"1", b"3"]
    assert without.cells == b'<row r="2"><_/><c r="B2"><f>A1</f><v>1</v></c></row>'


def test_a_sheet_with_its_cells_in_two_places_is_not_near() -> None:
    """Readers differ on where such a sheet ends."""
    cells = '<row r="1"><c r="A1"><v>1</v></c></row></sheetData><sheetData><row r="2"><c r="A2"/></row>'
    assert sheet_bounds.near(sheet(cells)) is None


def test_what_lies_far_away_is_near_only_where_any_place_is() -> None:
    content = sheet('<row r="1000"><c r="AAA1000"><v>1</v></c></row>')
    for places, found in ((NEAR_PLACE, []), (ANY_PLACE, [b"AAA1000"])):
        without = cut(content, WITH_TEXTS, places)
        assert without is not None
        assert without.places == found


def test_an_old_font_in_a_text_is_left_to_the_child() -> None:
    """Its runs stand with the shared texts; a pass over them has limits there."""
    texts = f'<sst xmlns="{MAIN}"><si><r><rPr><rFont val=".VnTime"/></rPr><t>x</t></r></si></sst>'.encode()
    targets = relations(
        ("worksheet", "worksheets/sheet1.xml", ""), ("sharedStrings", "sharedStrings.xml", "")
    )
    cell = sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>')
    data = xlsx({"xl/sharedStrings.xml": texts}, sheet1=cell, workbook_rels=targets)
    assert examine(data, "bc.xlsx").format is not None
    assert examine(data, "bc.xlsx").looks is None


def read(folder: Path, data: bytes) -> tuple[Book | Finding, Book | Finding]:
    """With the looks that the check saw, and with the child's."""
    path = folder / "bc.xlsx"
    path.write_bytes(data)
    examined = examine(data, path.name)
    assert examined.format is not None, examined.findings
    file = FileToRead("sha", path, path.name, examined.format, examined.looks)
    (seen,), (looked,) = (read_batch([each]).values() for each in (file, replace(file, looks=None)))
    return seen, looked


def test_a_batch_is_the_same_book_whoever_looked() -> None:
    files = []
    for path in FILES:
        data = path.read_bytes()
        examined = examine(data, path.name)
        assert examined.format is not None
        files.append(FileToRead(sha256(data).hexdigest(), path, path.name, examined.format, examined.looks))
    assert sum(file.looks is not None for file in files) > len(files) / 2
    assert read_batch(files) == read_batch([replace(file, looks=None) for file in files])


def workbook(sheets: str) -> bytes:
    content = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>'.encode()
    return xlsx({"xl/workbook.xml": content})


@pytest.mark.parametrize("sign", ["\t", "\n"])
def test_a_sheet_that_has_two_names_is_damaged(tmp_path: Path, sign: str) -> None:
    """A parser of XML makes a space of it, calamine doesn't: its look would be lost."""
    for seen in read(tmp_path, workbook(f'<sheet name="a{sign}b" sheetId="1" state="hidden" r:id="rId1"/>')):
        assert isinstance(seen, Finding)
        assert seen.code == "FILE_DAMAGED"


def test_a_sheet_that_points_to_two_parts_is_damaged() -> None:
    twice = workbook('<sheet name="a" sheetId="1" id="rId4" r:id="rId1"/>')
    assert [found.code for found in examine(twice, "bc.xlsx").findings] == ["FILE_DAMAGED"]


def test_sheets_of_one_part_are_left_to_the_child() -> None:
    """A thousand of them would cost a thousand passes, in a process without limits."""
    one, two = (f'<sheet name="{n}" sheetId="{n}" r:id="rId1"/>' for n in (1, 2))
    assert examine(workbook(one), "bc.xlsx").looks is not None
    assert examine(workbook(one + two), "bc.xlsx").looks is None


@pytest.mark.parametrize(("megabytes", "is_usual"), [(0.9, True), (1.1, False)])
def test_what_all_sheets_hold_together_is_limited(megabytes: float, is_usual: bool) -> None:
    cells = (cell_name(row, column) for row in range(999) for column in range(50))
    written = (f'<c r="{name}"><v>1</v></c>' for name in islice(cells, int(megabytes * 1e6 / 25.5)))
    content = sheet(f'<row r="1">{"".join(written)}</row>')
    assert (examine(xlsx(sheet1=content), "bc.xlsx").looks is not None) is is_usual


def test_a_formula_of_a_condition_that_leads_outside_is_refused_beside_plain_cells(tmp_path: Path) -> None:
    outside = "<x14:cfRule xmlns:x14='a' xmlns:xm='b'><xm:f>[1]S!A1</xm:f></x14:cfRule>"
    for cell in ("<v>1</v>", "<f>B1</f><v>1</v>"):
        content = sheet(f'<row r="1"><c r="A1">{cell}</c></row>', after=outside)
        assert [found.code for found in examine(xlsx(sheet1=content), "bc.xlsx").findings] == [
            "FILE_HAS_EXTERNAL_LINK"
        ]
