"""Formulas and pictures that reach outside from parts beside the sheets: names, tables, drawings of an .xlsx."""

import pytest

from tasks.intake.preflight import examine
from tests.tasks.intake.packages import MAIN, relations, sheet, xlsx, xlsx_parts, zipped

LINK = ["FILE_HAS_EXTERNAL_LINK"]
VML = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    b'xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shape>%s</v:shape></xml>'
)


def codes(data: bytes) -> list[str]:
    return [finding.code for finding in examine(data, "bc.xlsx").findings]


def named(formula: str, element: str = "definedName") -> bytes:
    parts = xlsx_parts()
    name = f'<definedNames><{element} name="x">{formula}</{element}></definedNames></workbook>'
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"</workbook>", name.encode())
    return zipped(parts.items())


OUTSIDE = {
    "plain": "cmd|'/c calc'!A0",
    "CDATA": "<![CDATA[cmd|'/c calc'!A0]]>",
    "CDATA in the middle": "cmd<![CDATA[|]]>'/c calc'!A0",
    "a comment in the middle": "cmd<!-- -->|'/c calc'!A0",
    "a sign by its number": "cmd&#124;'/c calc'!A0",
    "signs by their numbers": "'&#92;&#x5C;evil.example\\s\\[b.xlsx]S'!A1",
    "a function by numbers": "&#87;EBSERVICE(A1)",
}


@pytest.mark.parametrize("how", OUTSIDE)
def test_a_name_is_judged_by_what_excel_reads_in_it(how: str) -> None:
    assert codes(named(OUTSIDE[how])) == LINK


def test_a_name_may_mean_cells_of_this_file() -> None:
    assert codes(named("'Tiến độ'!$A$1:$B$9")) == []
    assert codes(named("&quot;cmd|'/c calc'!A0&quot;")) == []


def table(formula: str, element: str) -> bytes:
    column = f'<tableColumn id="1" name="TT"><{element}>{formula}</{element}></tableColumn>'
    return f'<table xmlns="{MAIN}" id="1" ref="A1:A2"><tableColumns>{column}</tableColumns></table>'.encode()


@pytest.mark.parametrize("part", ["xl/tables/table1.xml", "odd/table.part", "docProps/table.xml"])
@pytest.mark.parametrize(
    "element", ["calculatedColumnFormula", "totalsRowFormula", "q:calculatedColumnFormula"]
)
def test_a_formula_of_a_table_may_not_reach_outside(part: str, element: str) -> None:
    bound = element.startswith("q:")
    for how, formula in OUTSIDE.items():
        content = table(formula, element)
        content = (
            content.replace(b"<table ", b'<table xmlns:q="' + MAIN.encode() + b'" ') if bound else content
        )
        assert codes(xlsx({part: content})) == LINK, how


def test_a_formula_of_a_table_may_sum_up_its_columns() -> None:
    content = table("SUBTOTAL(109,T1[[#This Row],[TT]])", "calculatedColumnFormula")
    assert codes(xlsx({"xl/tables/table1.xml": content})) == []


@pytest.mark.parametrize(
    "inside",
    [
        b'<v:imagedata src="http://evil.example/x.png"/>',
        b'<v:imagedata src="\\\\evil.example\\x.png"/>',
        b'<v:imagedata src="//evil.example/x.png"/>',
        b'<v:imagedata o:relid="rId1" o:href="file://evil.example/x.png"/>',
        b'<v:imagedata o:althref="&#104;ttp://evil.example/x.png"/>',
        b"<v:fill src='http://evil.example/x.png' type='frame'/>",
        b"<x:ClientData><x:FmlaMacro>[1]!Auto_Open</x:FmlaMacro></x:ClientData>",
        b"<v:textbox>a<br>b</v:textbox><v:imagedata src='http://evil.example'/>",
        b"<x:ClientData><x:FmlaLink>cmd|'/c calc'!A0</x:FmlaLink></x:ClientData>",
    ],
)
def test_a_drawing_may_not_reach_outside(inside: bytes) -> None:
    assert codes(xlsx({"xl/drawings/vmlDrawing1.vml": VML % inside})) == LINK
    assert codes(xlsx({"xl/odd.part": VML % inside})) == LINK


def test_a_drawing_is_looked_through_whatever_element_it_begins_with() -> None:
    inside = b'<theme xmlns:v="v"><v:imagedata src="http://evil.example/x.png"/></theme>'
    drawn = {"xl/worksheets/_rels/sheet1.xml.rels": relations(("vmlDrawing", "../a.vml", ""))}
    assert codes(xlsx({"xl/a.vml": inside})) == []
    assert codes(xlsx({"xl/a.vml": inside, **drawn})) == LINK


@pytest.mark.parametrize(
    "inside",
    [
        b'<v:imagedata o:relid="rId1" o:title="con dau"/><x:ClientData ObjectType="Note"/>',
        b'<v:fill color2="#ffffe1"/>',
        b"<v:textbox><div>a<br>b</div></v:textbox>",
        b"<v:textbox><div>a<br></br>b</div></v:textbox>",
        b"<x:ClientData><x:FmlaLink>$A$1</x:FmlaLink><x:FmlaMacro>[0]!Nut1</x:FmlaMacro></x:ClientData>",
    ],
)
def test_a_drawing_of_a_comment_or_a_button_is_no_fault(inside: bytes) -> None:
    """The name of a macro stays where a workbook was saved without its macros; Excel leaves a <br> open."""
    assert codes(xlsx({"xl/drawings/vmlDrawing1.vml": VML % inside})) == []


def test_a_comment_beside_a_sheet_formatted_to_its_last_row_is_no_fault() -> None:
    drawn = {"xl/worksheets/_rels/sheet1.xml.rels": relations(("vmlDrawing", "../a.vml", ""))}
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="1"/><c r="B{n}" s="1"/></row>' for n in range(1, 65_537))
    comment = VML % b'<x:ClientData ObjectType="Note"/>'
    assert codes(xlsx({"xl/a.vml": comment, **drawn}, sheet1=sheet(rows, after="<a/>" * 200_000))) == []


def test_a_chart_may_show_cells_of_this_file_only() -> None:
    chart = b'<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:f>%s</c:f></c:chartSpace>'
    assert codes(xlsx({"xl/charts/chart1.xml": chart % b"S!$A$1:$A$9"})) == []
    assert codes(xlsx({"xl/charts/chart1.xml": chart % b"cmd|'/c calc'!A0"})) == LINK
