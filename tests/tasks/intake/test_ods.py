"""What an .ods says beside its values: truth values that look like numbers, and changes that nobody accepted."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tasks.intake.doubts import CHANGED
from tests.tasks.intake.packages import ods
from tests.tasks.intake.recognise_kit import DEBT, HEADER, told, understood
from tests.tasks.intake.test_workbook import book

SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
    for short in ("office", "table", "text", "style", "number")
)
TRUTH = 'table:formula="of:=1=1" office:value-type="float" office:value="1" calcext:value-type="float"'


def td(attributes: str, shown: str) -> str:
    return f"<table:table-cell {attributes}><text:p>{shown}</text:p></table:table-cell>"


def typed(value: object) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, str):
        return value if value.startswith("<") else td('office:value-type="string"', value)
    return td(f'office:value-type="float" office:value="{value}"', str(value))


def content(*lines: Sequence[object], changes: str = "", styles: str = "") -> bytes:
    rows = "".join(f"<table:table-row>{''.join(map(typed, line))}</table:table-row>" for line in lines)
    tracked = f"<table:tracked-changes>{changes}</table:tracked-changes>" if changes else ""
    xml = (
        f'<office:document-content {SPACES} xmlns:calcext="c">{styles}<office:body><office:spreadsheet>{tracked}'
        f'<table:table table:name="C">{rows}</table:table><table:table table:name="D"><table:table-row>'
        f"{typed(1)}</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    )
    return ods({"content.xml": xml.encode()})


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (td(TRUTH, "TRUE"), True),
        (td(TRUTH.replace('"1"', '"0"'), "FALSE"), False),
        (td(TRUTH, "ĐÚNG"), True),
        (td('office:value-type="boolean" office:boolean-value="true"', "TRUE"), True),
        (td(TRUTH, "1"), 1.0),
        (td('office:value-type="float" office:value="1"', ""), 1.0),
        (td('office:value-type="string"', "TRUE"), "TRUE"),
    ],
)
def test_a_number_that_is_shown_as_a_truth_value_is_one(tmp_path: Path, cell: str, value: object) -> None:
    """Calc stores =1=1 as the number 1, where Excel stores TRUE."""
    (read,) = book(tmp_path, content([cell]), "bc.ods").sheets[0].rows[0]
    assert (read, type(read)) == (value, type(value))


def test_a_truth_value_in_a_column_of_money_is_refused(tmp_path: Path) -> None:
    line = [1, "Đường", "12/QĐ-UBND", 900, td(TRUTH, "TRUE"), 0, 0, 0, 0, 0, 0]
    data = content(*HEADER, ["Đơn vị tính: triệu đồng"], DEBT, line)
    assert ("NUMBER_UNREADABLE", f"E{len(HEADER) + 3}") in told(understood(book(tmp_path, data, "bc.ods"))[1])


INFO = "<office:change-info/>"
ADDRESS = '<table:cell-address table:column="{}" table:row="{}" table:table="{}"/>'
BEFORE = '<table:previous><table:change-track-table-cell office:value-type="float" office:value="5">\
<text:p>5</text:p></table:change-track-table-cell></table:previous>'  # fmt: skip


def changed(column: int, row: int, table: int = 0, state: str = "") -> str:
    said = f' table:acceptance-state="{state}"' if state else ""
    address = ADDRESS.format(column, row, table)
    return f"<table:cell-content-change{said}>{address}{INFO}{BEFORE}</table:cell-content-change>"


LOST = (
    f"<table:deletions><table:cell-content-deletion>{ADDRESS.format(3, 3, 0)}</table:cell-content-deletion>\
</table:deletions>"
)
RANGES = '<table:source-range-address table:column="0" table:row="0" table:table="0"/>\
<table:target-range-address table:start-column="1" table:start-row="1" table:start-table="0"/>'


@pytest.mark.parametrize(
    ("changes", "doubts"),
    [
        (changed(1, 0), (["B1"], [])),
        (changed(0, 0, table=1), ([], ["A1"])),
        (changed(0, 1, state="pending") + changed(1, 0) + changed(1, 0), (["B1", "A2"], [])),
        (changed(1, 0, state="accepted") + changed(1, 0, state="rejected"), ([], [])),
        (f'<table:insertion table:type="row" table:position="1">{INFO}</table:insertion>', (["A2"], [])),
        (f'<table:insertion table:type="column" table:position="1" table:table="0">{INFO}</table:insertion>',
         (["B1"], [])),
        (f'<table:insertion table:type="table" table:position="1">{INFO}</table:insertion>', ([], ["A1"])),
        (f'<table:deletion table:type="row" table:position="1" table:table="0">{INFO}{LOST}</table:deletion>',
         (["A2"], [])),
        (f"<table:movement>{RANGES}{INFO}{LOST}</table:movement>", (["B2"], [])),
        (changed(0, 0, table=7), ([], ["A1"])),
        ("<text:changed-region><text:deletion/></text:changed-region>", (["A1"], [])),
    ],
)  # fmt: skip
def test_what_nobody_accepted_is_doubted_where_it_stands(
    tmp_path: Path, changes: str, doubts: tuple[list[str], list[str]]
) -> None:
    sheets = book(tmp_path, content([1, 2], [3, 4], changes=changes), "bc.ods").sheets
    assert [list(sheet.doubts) for sheet in sheets] == [[(cell, CHANGED) for cell in told] for told in doubts]
    assert sheets[0].rows == ((1.0, 2.0), (3.0, 4.0))


def style(kind: str, name: str, inside: str) -> str:
    return f'<number:{kind}-style style:name="{name}">{inside}</number:{kind}-style>'


def text(words: str) -> str:
    return f"<number:text>{words}</number:text>"


def when(condition: str, name: str) -> str:
    return f'<style:map style:condition="value(){condition}" style:apply-style-name="{name}"/>'


DIGITS = '<number:number number:decimal-places="0" number:min-integer-digits="1" number:grouping="true"/>'
SHORT = '<number:number number:display-factor="1000000"/>'
DONG = '<number:currency-symbol number:language="vi">₫</number:currency-symbol>'
DAY, MONTH, YEAR = (
    "<number:day/>",
    '<number:month number:style="long"/>',
    '<number:year number:style="long"/>',
)
SIGNED = style("number", "NP", DIGITS) + style("number", "N", text("-") + DIGITS + when("&gt;=0", "NP"))
ACCOUNT = (
    style("number", "NP", DIGITS)
    + style("number", "NM", text("-") + DIGITS)
    + style("number", "N", text("-") + when("&gt;0", "NP") + when("&lt;0", "NM"))
)
SHOWN = {
    "plain": (style("number", "N", DIGITS), ""),
    "red below zero": (SIGNED, '0;"-"0'),
    "a dash for zero": (ACCOUNT, '0;"-"0;"-"'),
    "the sign first": (style("number", "NM", text("(") + DIGITS + text(")"))
                       + style("number", "N", DIGITS + when("&lt;0", "NM")), '0;"("0")";0'),
    "words": (style("number", "N", DIGITS + text(" đồng")), '0" đồng"'),
    "a currency": (style("currency", "N", DIGITS + text(" ") + DONG), '0"₫"'),
    "a percent in words": (style("number", "N", DIGITS + text("%")), '0"%"'),
    "divided": (style("number", "N", SHORT + text("tỷ")), '0,,"tỷ"'),
    "under a condition": (style("number", "NP", DIGITS + text("000"))
                          + style("number", "N", DIGITS + when("&gt;1000", "NP")), '[<0]0"000";0;0'),
    "words alone": (style("number", "N", text("x")), '"x"'),
    "month and year": (style("date", "N", MONTH + text("/") + YEAR), 'mm/yyyy'),
    "a weekday": (style("date", "N", '<number:day-of-week number:style="long"/>'), "dddd"),
    "a month in words": (style("date", "N", '<number:month number:textual="true"/>' + text("-") + YEAR), 'mmm"-"yyyy'),
    "a day": (style("date", "N", DAY + text("/") + MONTH + text("/") + YEAR), 'd/mm/yyyy'),
    "a date without a style of ours": ("", "dd/mm/yyyy"),
}  # fmt: skip


@pytest.mark.parametrize("name", SHOWN)
def test_a_number_format_is_told_in_the_words_of_excel(tmp_path: Path, name: str) -> None:
    """As it was found: without its digits any format with words showed no number."""
    styles, code = SHOWN[name]
    is_date = "y" in code or code == "dddd"
    value = 'office:value-type="date" office:date-value="2023-05-01"' if is_date else typed_number(1234)
    cell = f'<table:table-cell table:style-name="ce1" {value}><text:p>x</text:p></table:table-cell>'
    named = '<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N"/>'
    data = content([cell], styles=f"<office:automatic-styles>{styles}{named}</office:automatic-styles>")
    assert book(tmp_path, data, "bc.ods").sheets[0].style("A1").number_format == code


def typed_number(value: int) -> str:
    return f'office:value-type="float" office:value="{value}"'


def test_a_cell_of_money_whose_style_says_nothing_has_its_currency_beside_it(tmp_path: Path) -> None:
    data = content([td('office:value-type="currency" office:currency="VND" office:value="5"', "5 VND")])
    assert book(tmp_path, data, "bc.ods").sheets[0].style("A1").number_format == '0"VND"'
