"""Where cells of an .xlsx may lie, each once and with one value: what one look settles, and what needs a closer one."""

import time
import tracemalloc
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.intake import sheet_bounds
from tasks.intake.grid import Book, cell_name
from tasks.intake.preflight import LIMITS
from tasks.intake.refusals import Refused
from tests.tasks.intake.packages import MAIN, sheet, xlsx
from tests.tasks.intake.test_container_classes import read

DEMO = Path(__file__).parents[3] / "deployments" / "demo"
B5 = '<row r="5"><c r="B5"><v>1</v></c>{}</row>'
TWICE = {
    "a cell": B5.format('<c r="B5"><v>2</v></c>'),
    "a cell and an empty one": B5.format('<c r="B5" s="1"/>'),
    "a cell, far away": B5.format("") + '<row r="6"><c r="B5"><v>2</v></c></row>',
    "a cell, the second in other quotes": B5.format("<c r='B5'><v>2</v></c>"),
    "a cell, the second in small letters": B5.format('<c r="b5"><v>2</v></c>'),
    "a cell, the second with its style first": B5.format('<c s="0" r="B5"><v>2</v></c>'),
    "a cell, the second with a zero": B5.format('<c r="B05"><v>2</v></c>'),
    "a cell, the second with a sign by number": B5.format('<c r="&#66;5"><v>2</v></c>'),
    "a cell, the second without a place": '<row><c r="B1"><v>1</v></c><c r="A1"/><c/></row>',
    "a cell, the second under a prefix": B5.format(f'<x:c xmlns:x="{MAIN}" r="B5"><x:v>2</x:v></x:c>'),
    "a cell, the second on another line": B5.format('<c\n r="B5"><v>2</v></c>'),
    "a row": B5.format("") + '<row r="5"><c r="C5"><v>2</v></c></row>',
    "a row, the second without a number": B5.format("") + '<row r="4"/><row><c r="C5"><v>2</v></c></row>',
    "a value": '<row r="5"><c r="B5"><v>1</v><v>2</v></c></row>',
    "a value, the first empty": '<row r="5"><c r="B5"><v/><v>2</v></c></row>',
    "a value, with a formula between": '<row r="5"><c r="B5"><v>1</v><f>A1</f><v>2</v></c></row>',
    "a value, with a comment between": '<row r="5"><c r="B5"><v>1</v><!-- --><v>2</v></c></row>',
    "a value, once in line": '<row r="5"><c r="B5" t="inlineStr"><v>1</v><is><t>2</t></is></c></row>',
    "a value under a prefix": f'<row r="5"><c r="B5"><v>1</v><x:v xmlns:x="{MAIN}">2</x:v></c></row>',
}  # fmt: skip


@pytest.mark.parametrize("name", TWICE)
def test_what_stands_twice_is_damaged(tmp_path: Path, name: str) -> None:
    """Excel says so of such a file; our reader would take the last one without a word."""
    assert read(tmp_path, xlsx(sheet1=sheet(TWICE[name])), "bc.xlsx") == "FILE_DAMAGED"


ONCE = {
    "cells without places": "<row><c><v>1</v></c><c/><c><v>2</v></c></row><row><c><v>1</v></c></row>",
    "a cell without a place after one that has": '<row r="5"><c r="B5"><v>1</v></c><c><v>2</v></c></row>',
    "rows from the last to the first": '<row r="5"><c r="B5"><v>1</v></c></row><row r="4"><c r="B4"/></row>',
    "cells from right to left": '<row r="5"><c r="B5"><v>1</v></c><c r="A5"><v>1</v></c></row>',
    "the same in a comment": B5.format('<!-- <c r="B5"><v>2</v></c> -->'),
    "words that look like cells": '<row r="5"><c r="B5" t="inlineStr"><is><t>a:c &lt;c r="B5"/&gt;</t></is></c></row>',
    "a text in runs": '<row r="5"><c r="B5" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c></row>',
    "a formula and its value": '<row r="5"><c r="B5"><f t="shared" si="0"/><v>1</v></c></row>',
    "a number of nothing": '<row r="5"><c r="B5" s="0" t="n"></c><c r="C5" t="n"><v/></c></row>',
    "a formula without a value": '<row r="5"><c r="B5"><f>A1</f></c></row>',
    "an empty value": '<row r="5"><c r="B5" t="str"><v></v></c></row>',
    "a value with its blanks kept": '<row r="5"><c r="B5" t="str"><f>A1</f><v xml:space="preserve"> </v></c></row>',
}


@pytest.mark.parametrize("name", ONCE)
def test_what_stands_once_passes_however_it_is_written(tmp_path: Path, name: str) -> None:
    assert isinstance(read(tmp_path, xlsx(sheet1=sheet(ONCE[name])), "bc.xlsx"), Book)


def test_places_outside_of_the_cells_are_no_cells(tmp_path: Path) -> None:
    """Of a control, a watched cell, a scenario."""
    after = (
        '<scenarios><scenario name="a"><inputCells r="A1" val="1"/><inputCells r="A1" val="2"/></scenario></scenarios>'
        '<cellWatches><cellWatch r="A1"/></cellWatches><controls xmlns:xdr="d"><from><xdr:row>1</xdr:row></from>'
        "<to><xdr:row>1</xdr:row></to></controls>"
    )
    assert isinstance(read(tmp_path, xlsx(sheet1=sheet(after=after)), "bc.xlsx"), Book)


@pytest.mark.parametrize(
    "path", sorted((DEMO / "inbox" / "2023-W15").rglob("*.xlsx")), ids=lambda path: path.name
)
def test_what_office_programs_write_passes_at_one_look(path: Path) -> None:
    """The closer look takes three times as long."""
    with zipfile.ZipFile(path) as archive:
        parts = [archive.read(name) for name in archive.namelist() if "worksheets/sheet" in name]
    assert all(sheet_bounds.near(part) for part in parts)


def checked(content: bytes, most_cells: int) -> None:
    """As the only sheet of a file."""
    sheet_bounds.refuse_heavy([content])
    sheet_bounds.check(content, most_cells, sheet_bounds.Left())


def refusal(cells: str, most_cells: int = LIMITS.cells) -> Refused | None:
    try:
        checked(sheet(cells), most_cells)
    except Refused as refused:
        return refused
    return None


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ('<row r="65000"><c r="Z65000" t="inlineStr"><is><t> </t></is></c></row>', "65000 dòng x 26 cột, do ô Z65000"),
        ('<row r="2"><c r="XFD2"><v>1</v></c></row><row r="900"><c r="A900"><v>1</v></c></row>',
         "900 dòng x 16384 cột, do ô A900 và ô XFD2"),
    ],
)  # fmt: skip
def test_a_cell_far_away_is_named_so_that_it_is_found(cells: str, told: str) -> None:
    refused = refusal('<row r="1"><c r="A1"><v>17</v></c></row>' + cells)
    assert refused is not None
    assert (refused.code, told in refused.why) == ("FILE_TOO_LARGE", True), refused.why


def test_a_claim_is_made_once_and_names_a_sheet() -> None:
    claim = '<dimension ref="A1:B2"/>'
    for before, code in (
        (claim, ""),
        (claim * 2, "FILE_DAMAGED"),
        (claim.replace("B2", "B0"), "FILE_DAMAGED"),
    ):
        found = ""
        try:
            checked(sheet(before=before), LIMITS.cells)
        except Refused as refused:
            found = refused.code
        assert found == code, before


def test_an_empty_cell_far_away_makes_no_rectangle_however_it_is_written() -> None:
    for empty in ('<c r="XFD1048576" s="1"/>', '<c r="XFD1048576" s="1"></c>', "<c r='XFD1048576' />"):
        assert refusal(f'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576">{empty}</row>') is None
    outside = '<c r="XFE1" s="1"/>'
    assert refusal(f'<row r="1">{outside}</row>') is not None


@pytest.mark.parametrize(
    "place", ["A0", "A", "5", "", "A-1", "A1:B2", "$A$1", "A1048577", "XFE1", "ZZZZZZZZZ9", "Ạ1"]
)
def test_a_place_that_no_sheet_has_is_damaged(place: str) -> None:
    refused = refusal(f'<row r="1"><c r="{place}"><v>1</v></c></row>')
    assert refused is not None
    assert refused.code == "FILE_DAMAGED"


@pytest.mark.parametrize("number", ["0", "-1", "1048577", "9" * 30, "x", ""])
def test_a_row_that_no_sheet_has_is_damaged(number: str) -> None:
    refused = refusal(f'<row r="{number}"><c><v>1</v></c></row>')
    assert refused is not None
    assert refused.code == "FILE_DAMAGED"


places = st.tuples(st.integers(0, 30), st.integers(0, 30))
spellings = st.sampled_from(
    ['<c r="{}"><v>1</v></c>', '<c r="{}"/>', "<c r='{}'><v>1</v></c>", '<c s="1" r="{}"/>']
)


@given(st.lists(st.tuples(places, spellings), max_size=12))
def test_a_sheet_is_damaged_exactly_where_a_place_repeats(cells: list[tuple[tuple[int, int], str]]) -> None:
    names = [cell_name(*place) for place, _ in cells]
    written = "".join(spelling.format(name) for name, (_, spelling) in zip(names, cells, strict=True))
    assert (refusal(f"<row>{written}</row>") is not None) == (len(set(names)) < len(names))


@pytest.mark.parametrize("cell", ['<c r="A1"/>', "<c/>", "<a/>"])
def test_a_sheet_of_ever_so_many_cells_is_refused_with_little_memory(cell: str) -> None:
    content = sheet(cell * (50_000_000 // len(cell)))
    tracemalloc.start()
    try:
        with pytest.raises(Refused) as refused:
            checked(content, LIMITS.cells)
        assert tracemalloc.get_traced_memory()[1] < 100_000_000
    finally:
        tracemalloc.stop()
    assert refused.value.code == "FILE_TOO_LARGE"


def test_cells_formatted_down_to_row_65536_are_no_fault() -> None:
    """All of them as Excel writes them, with the claim that they make."""
    row = '<row r="{0}">' + "".join(f'<c r="{column}{{0}}" s="1"/>' for column in "ABCDEFGHI") + "</row>"
    rows = "".join(row.format(number) for number in range(2, 65_537))
    whole = sheet('<row r="1"><c r="A1"><v>17</v></c></row>' + rows, before='<dimension ref="A1:I65536"/>')
    checked(whole, LIMITS.cells)
    with pytest.raises(Refused, match="do ô Z65536"):
        checked(whole.replace(b'<c r="I65536" s="1"/>', b'<c r="Z65536"><v>1</v></c>'), LIMITS.cells)


@pytest.mark.parametrize(
    "row", ["<row r='{0}'><c r='A{0}' t='inlineStr' q='{1}'/></row>", "<row><c/></row>", "<a>&#57;</a>"]
)
def test_a_sheet_made_to_be_slow_to_look_at_is_told_in_time(row: str) -> None:
    content = sheet("".join(row.format(n, "x" * 100) for n in range(1, 199_000)))
    begin = time.process_time()
    with suppress(Refused):
        checked(content, LIMITS.cells)
    assert time.process_time() - begin < 1.5


@pytest.mark.parametrize(
    "tag",
    [
        '<row  r="1"><x a="{}" b="{}"/></row>'.format(":c " * 20_000, " t='s'" * 20_000),
        '<row  r="1"><c a="{}"/></row>'.format(" t='s'" * 30_000),
        "<x a='{}'/>".format(":dimension " * 17_000),
        "<dimension a='{}'/>".format(" ref" * 45_000),
    ],
    ids=["cells in an attribute", "kinds in a cell", "claims in an attribute", "a claim of many words"],
)
def test_one_long_tag_is_looked_at_in_time(tag: str) -> None:
    """Each pattern begins at the beginning of a tag and goes through it once."""
    begin = time.process_time()
    with suppress(Refused):
        checked(sheet(tag), LIMITS.cells)
    assert time.process_time() - begin < 1.5


@pytest.mark.parametrize("prefix", ["x", "a-b", "a.b", "đ"])
def test_a_prefix_may_be_any_name(prefix: str) -> None:
    """XML names have more signs than words have; readers cut off whatever stands before the colon."""
    claim, cell = (f'<{prefix}:dimension xmlns:{prefix}="{MAIN}" ref="A1:B2"/>', f"<{prefix}:c r='A1' t='s'>")
    value = f"<{prefix}:v>-1</{prefix}:v></{prefix}:c>"
    number = f"<{prefix}:row xmlns:{prefix}='{MAIN}' r='1'>{cell}{value}</{prefix}:row>"
    split = number.replace("t='s'", "t='n'").replace("-1", "1&#53;")
    for content, why in (
        (sheet(before=claim * 2), "hai lần"),
        (sheet(number), "đoạn chữ"),
        (sheet(split), "chia cắt"),
    ):
        with pytest.raises(Refused, match=why):
            checked(content, LIMITS.cells)
