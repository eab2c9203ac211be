"""Tables of Word: read by the real child from real packages, and understood as a form beside its workbook."""

import io
from pathlib import Path

import docx as python_docx
import pytest

from domain.findings import Finding
from domain.forms import Part
from domain.judgement import Judgement
from tasks.intake.docx_sheets import CROOKED, FIELD_OPEN, HIDDEN, UNSEEN
from tasks.intake.doubts import CHANGED, PICTURE_IN_CELL, TABLE_IN_CELL, TEXT_IN_OBJECT, WITHOUT_HEADINGS
from tasks.intake.effects import TEXT_STRUCK
from tasks.intake.formats import FileFormat
from tasks.intake.grid import Book, Sheet, Style
from tasks.intake.preflight import examine
from tasks.intake.workbook import read_batch
from tests.tasks.intake.recognise_kit import DEBT, PROGRESS, codes, told, understood
from tests.tasks.intake.test_workbook import stored
from tests.tasks.intake.word import docx, p, run, tbl, tc, tr

OLD_FONT = '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>'
NEW_FONT = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial"/>'
OLD_DEFAULT = f"<w:docDefaults><w:rPrDefault><w:rPr>{OLD_FONT}</w:rPr></w:rPrDefault></w:docDefaults>"
VANISH = "<w:vanish/>"


def book(folder: Path, data: bytes) -> Book:
    assert examine(data, "bc.docx").format is FileFormat.DOCX, examine(data, "bc.docx").findings
    file = stored(folder, data, "bc.docx")
    read = read_batch([file])[file]
    assert isinstance(read, Book), read
    return read


def only(folder: Path, *blocks: str, styles: str = "") -> Sheet:
    (sheet,) = book(folder, docx(*blocks, styles=styles)).sheets
    return sheet


def cell(folder: Path, content: str, styles: str = "") -> Sheet:
    return only(folder, tbl([content if content.startswith("<w:tc>") else tc(content)]), styles=styles)


# --- what is read -----------------------------------------------------------------------------------------------------


def test_each_table_is_a_sheet_and_its_cells_are_named_by_its_own_rows(tmp_path: Path) -> None:
    first, second = book(
        tmp_path,
        docx(
            p("UBND xã Mỹ Hà"),
            p(),
            p("Kỳ báo cáo: 12/4/2023"),
            tbl(["a", ""], ["", "b"]),
            p("Nợ"),
            tbl(["c"]),
        ),
    ).sheets
    assert (first.name, second.name) == ("Bảng 1", "Bảng 2")
    assert first.rows == (("UBND xã Mỹ Hà",), ("Kỳ báo cáo: 12/4/2023",), ("a",), (None, "b"))
    assert [first.name_of(row, 0) for row in range(4)] == ["đoạn 1", "đoạn 2", "A1", "A2"]
    assert [first.row_number(row) for row in (2, 3)] == [1, 2]
    assert second.above == ("đoạn 3",)


def test_cells_merged_across_and_down_are_ranges(tmp_path: Path) -> None:
    sheet = only(
        tmp_path,
        tbl(
            [tc("TT", merge="restart"), tc("Vốn", span=2), tc("Nợ", merge="restart")],
            [tc(merge="continue"), "NSTW", "NS xã", tc("ẩn", merge="continue")],
            ["1", "2", "3", "4"],
        ),
    )
    assert sheet.rows == (("TT", "Vốn", None, "Nợ"), (None, "NSTW", "NS xã"), ("1", "2", "3", "4"))
    assert set(sheet.merged) == {"B1:C1", "A1:A2", "D1:D2"}


def test_a_cell_merged_both_ways_is_one_range(tmp_path: Path) -> None:
    sheet = only(
        tmp_path,
        tbl([tc("m", span=2, merge="restart"), "a"], [tc(span=2, merge="continue"), "b"], ["1", "2", "3"]),
    )
    assert sheet.merged == ("A1:B2",)


def test_a_border_dragged_in_one_row_moves_no_value_to_another_column(tmp_path: Path) -> None:
    """Word's grid has four columns then; every row has three cells."""
    sheet = only(
        tmp_path,
        tbl(
            [tc("TT"), tc("Tên", span=2), tc("Số")],
            [tc("1"), tc("a"), tc("7", span=2)],
            [tc("2"), tc("b", span=2), "8"],
        ),
    )
    assert sheet.rows == (("TT", "Tên", "Số"), ("1", "a", "7"), ("2", "b", "8"))
    assert sheet.doubts == ()


def test_a_row_whose_cells_lie_on_other_lines_is_doubted(tmp_path: Path) -> None:
    sheet = only(
        tmp_path,
        tbl(
            [tc("A", span=2), tc("B", span=2), tc("C", span=2)],
            [tc("1", span=2), tc("2", span=2), tc("3", span=2)],
            [tc("5", span=3), tc("6", span=3)],
        ),
    )
    assert sheet.doubts == (("A3", CROOKED),)


def test_a_row_that_begins_further_right_keeps_its_columns(tmp_path: Path) -> None:
    sheet = only(tmp_path, tbl(["a", "b", "c"], tr("2", "3", properties='<w:gridBefore w:val="1"/>')))
    assert sheet.rows[1] == (None, "2", "3")


def test_a_table_in_a_cell_is_a_table_of_its_own(tmp_path: Path) -> None:
    inner = tbl(["x", "y"])
    outer, nested, after = book(
        tmp_path, docx(tbl([tc(p("Nợ") + inner + p()), "b"]), p("sau"), tbl(["z"]))
    ).sheets
    assert (outer.rows, nested.rows, after.rows[-1]) == ((("Nợ", "b"),), (("Nợ",), ("x", "y")), ("z",))
    assert [sheet.name for sheet in (outer, nested, after)] == ["Bảng 1", "Bảng 2", "Bảng 3"]
    assert nested.above == ("Bảng 1, đoạn 1 trong ô",)


@pytest.mark.parametrize(
    ("content", "value"),
    [
        (p("1.", "234"), "1.234"),
        (p("a") + p("b"), "a\nb"),
        (p("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r>"), "a\nb"),
        (p("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r>"), "a b"),
        (p("<w:r><w:t>17</w:t><w:noBreakHyphen/><w:t>1</w:t></w:r>"), "17-1"),
        (p('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'), "✓"),
        (p('<w:r><w:sym w:font="Wingdings" w:char="F04A"/></w:r>'), "\ufffd"),
        (p('<w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>', run("a")), "a"),
        (p("<w:hyperlink>" + run("a") + "</w:hyperlink>", "<w:smartTag>" + run("b") + "</w:smartTag>"), "ab"),
        (p("<w:r><w:drawing><w:txbxContent>" + p("hộp") + "</w:txbxContent></w:drawing></w:r>", run("a")), "a"),
        ("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" + p("Nhập vào đây") + "</w:sdtContent></w:sdt>"
         + p(), None),
        ("<w:sdt><w:sdtPr/><w:sdtContent>" + p("Đạt") + "</w:sdtContent></w:sdt>" + p(), "Đạt"),
    ],
)  # fmt: skip
def test_the_text_of_a_cell_is_what_its_reader_sees(tmp_path: Path, content: str, value: str | None) -> None:
    assert cell(tmp_path, tc(content)).rows == (((value,) if value else ()),)


def field(instruction: str, result: str) -> str:
    begin, middle, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    return f"{begin}<w:r><w:instrText>{instruction}</w:instrText></w:r>{middle}{run(result)}{end}"


def test_a_field_says_its_result_and_a_sum_is_a_formula(tmp_path: Path) -> None:
    assert cell(tmp_path, p(field(" PAGE ", "3"))).rows == (("3",),)
    assert cell(tmp_path, p(field(" =SUM(ABOVE) ", "12"))).styles == {"A1": Style(formula="SUM(ABOVE)")}
    simple = f'<w:fldSimple w:instr="=1+1">{run("2")}</w:fldSimple>'
    assert cell(tmp_path, p(simple)).style("A1").formula == "1+1"


@pytest.mark.parametrize(
    ("content", "styles", "font"),
    [
        (p(run("§¹t", OLD_FONT)), "", ".VnTime"),
        (p(run("§¹t")), OLD_DEFAULT, ".VnTime"),
        (p(run("Đạt", NEW_FONT)), OLD_DEFAULT, ""),
        (p(run("§¹t"), style="B"), '<w:style w:type="paragraph" w:styleId="A"><w:rPr>' + OLD_FONT + "</w:rPr></w:style>"
         '<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style>', ".VnTime"),
        (p(run("§¹t")), '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:rPr>' + OLD_FONT +
         "</w:rPr></w:style>", ".VnTime"),
        (p(run("§¹t", '<w:rStyle w:val="C"/>')), '<w:style w:type="character" w:styleId="C"><w:rPr>' + OLD_FONT +
         "</w:rPr></w:style>", ".VnTime"),
        (p(run("a"), style="A"), '<w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="A"/></w:style>', ""),
        (p("<w:pPr><w:rPr>" + OLD_FONT + "</w:rPr></w:pPr>", run("Đạt")), "", ""),
        (p(run("Đạt", "<w:rPrChange><w:rPr>" + OLD_FONT + "</w:rPr></w:rPrChange>")), "", ""),
    ],
)  # fmt: skip
def test_an_old_font_is_seen_wherever_it_is_said(
    tmp_path: Path, content: str, styles: str, font: str
) -> None:
    assert cell(tmp_path, content, styles).style("A1").font == font


def test_a_table_style_says_the_font_where_nothing_nearer_does(tmp_path: Path) -> None:
    styles = f'<w:style w:type="table" w:styleId="T"><w:rPr>{OLD_FONT}</w:rPr></w:style>'
    assert only(tmp_path, tbl(["§¹t"], style="T"), styles=styles).style("A1").font == ".VnTime"


def test_deleted_text_is_left_out_inserted_text_kept_and_both_are_doubted(tmp_path: Path) -> None:
    changed = (
        "<w:del><w:r><w:delText>5</w:delText></w:r></w:del>",
        f"<w:ins>{run('6')}</w:ins>",
        f"<w:moveFrom>{run('7')}</w:moveFrom>",
    )
    sheet = cell(tmp_path, p("1", *changed))
    assert (sheet.rows, sheet.doubts) == ((("16",),), (("A1", CHANGED),))


@pytest.mark.parametrize("mark", ["<w:ins/>", "<w:del/>"])
def test_a_row_that_was_put_in_or_struck_out_is_doubted_in_every_cell(tmp_path: Path, mark: str) -> None:
    sheet = only(tmp_path, tbl(["a", "b"], tr("1", "2", properties=mark)))
    assert sheet.doubts == (("A2", CHANGED), ("B2", CHANGED))


def test_an_earlier_look_of_a_table_changes_nothing(tmp_path: Path) -> None:
    earlier = "<w:trPrChange><w:trPr><w:hidden/><w:gridBefore w:val='2'/></w:trPr></w:trPrChange>"
    sheet = only(tmp_path, tbl(["a", "b"], tr("1", "2", properties=earlier)))
    assert (sheet.rows[1], sheet.styles, sheet.doubts) == (("1", "2"), {}, ())


def test_hidden_text_is_read_flagged_and_doubted_and_that_of_a_hidden_row_only_flagged(
    tmp_path: Path,
) -> None:
    sheet = cell(tmp_path, p(run("1"), run("00", VANISH)))
    assert (sheet.rows, sheet.style("A1").hidden, sheet.doubts) == ((("100",),), True, (("A1", HIDDEN),))
    row = only(tmp_path, tbl(["a"], tr("b", properties="<w:hidden/>")))
    assert (set(row.styles), row.doubts) == ({"A2"}, ())
    off = cell(tmp_path, p(run("1", '<w:vanish w:val="0"/>')))
    assert (off.styles, off.doubts) == ({}, ())


def test_tabs_and_breaks_of_a_line_above_make_cells_and_lines(tmp_path: Path) -> None:
    line = "<w:r><w:t>Đơn vị báo cáo:</w:t><w:tab/><w:tab/><w:t>Xã Mỹ Hà</w:t><w:br/><w:t>Kỳ</w:t></w:r>"
    sheet = only(tmp_path, p(line), tbl(["a"]))
    assert sheet.rows[:2] == (("Đơn vị báo cáo:", "Xã Mỹ Hà"), ("Kỳ",))
    assert [sheet.name_of(0, 0), sheet.name_of(0, 1), sheet.name_of(1, 0)] == [
        "đoạn 1",
        "đoạn 1, phần 2",
        "đoạn 1, dòng 2",
    ]


def test_a_document_without_a_table_is_refused_and_says_so(tmp_path: Path) -> None:
    file = stored(tmp_path, docx(p("Không phát sinh")), "bc.docx")
    refused = read_batch([file])[file]
    assert isinstance(refused, Finding)
    assert refused.code == "FILE_HAS_NO_TABLE"


# --- what is understood -----------------------------------------------------------------------------------------------

HEADER = (
    p("BÁO CÁO TUẦN CỦA XÃ"),
    p("Cơ quan/đơn vị báo cáo: Xã Mỹ Hà"),
    p("Kỳ báo cáo: 12/4/2023"),
)
LINE = ["1", "Giao thông", "2.1", "Tỷ lệ đường", "100%", "100%", "Đạt", "100", "25/4/2023", ""]
PROJECT = ["1", "Đường A", "QĐ 12/QĐ-UBND 1/2/2021", "900", "800", "", "", "", "500", "500", "300"]


def test_a_report_in_word_is_understood_with_places_that_an_officer_finds(tmp_path: Path) -> None:
    data = docx(
        *HEADER,
        tbl(PROGRESS, LINE, [*LINE[:2], "2.2a", *LINE[3:6], "đạt hết", *LINE[7:]]),
        p("Đơn vị tính: triệu đồng"),
        tbl(DEBT, PROJECT),
    )
    submission, findings = understood(book(tmp_path, data))
    first, second = submission.parts[Part.PROGRESS]
    assert (first.indicator, first.judgement, first.sheet, first.row) == ("2.1", Judgement.MET, "Bảng 1", 2)
    assert second.cell("judgement") == "G3"
    (debt,) = submission.parts[Part.DEBT]
    assert (debt.sheet, debt.row, debt.accepted) == ("Bảng 2", 2, 800_000_000)
    assert ("JUDGEMENT_UNKNOWN", "G3") in told(findings)
    assert not codes(findings) & {"REPORTER_NOT_STATED", "WEEK_NOT_STATED", "FORM_NOT_RECOGNISED"}


def test_a_line_that_names_another_unit_is_told_at_its_paragraph(tmp_path: Path) -> None:
    data = docx(p("Cơ quan/đơn vị báo cáo: Xã Mỹ Thịnh"), *HEADER[2:], tbl(PROGRESS, LINE))
    findings = understood(book(tmp_path, data))[1]
    assert ("REPORTER_DIFFERS", "đoạn 1") in told(findings)


def test_header_lines_in_one_cell_of_a_letterhead_are_found_each(tmp_path: Path) -> None:
    letterhead = tbl([tc(p("Cơ quan báo cáo: Xã Mỹ Thịnh") + p("Kỳ báo cáo: 19/4/2023")), "CỘNG HÒA"])
    findings = understood(book(tmp_path, docx(letterhead, tbl(PROGRESS, LINE))))[1]
    assert {("REPORTER_DIFFERS", "A1"), ("WEEK_DIFFERS", "A1")} <= set(told(findings))


def test_doubts_are_told_where_the_form_stands_and_nowhere_else(tmp_path: Path) -> None:
    inserted = f"<w:ins>{run('Đạt')}</w:ins>"
    letterhead = tbl([tc(p(inserted)), "CỘNG HÒA"])
    changed = [*LINE[:6], tc(p(inserted)), *LINE[7:]]
    findings = understood(book(tmp_path, docx(letterhead, *HEADER, tbl(PROGRESS, changed))))[1]
    assert [(f.code, f.place.sheet, f.place.cell) for f in findings if f.code == CHANGED] == [
        (CHANGED, "Bảng 2", "G2")
    ]


def test_a_table_that_goes_on_without_headings_is_asked_about(tmp_path: Path) -> None:
    findings = understood(book(tmp_path, docx(*HEADER, tbl(PROGRESS, LINE), p(), tbl(LINE))))[1]
    assert [(f.code, f.place.sheet) for f in findings if f.code == WITHOUT_HEADINGS] == [
        (WITHOUT_HEADINGS, "Bảng 2")
    ]


def test_signatures_below_a_table_are_no_table_that_goes_on(tmp_path: Path) -> None:
    signatures = tbl(["Nơi nhận", "CHỦ TỊCH"])
    findings = understood(book(tmp_path, docx(*HEADER, tbl(PROGRESS, LINE), p(), signatures)))[1]
    assert WITHOUT_HEADINGS not in codes(findings)


def test_a_document_of_python_docx_is_read(tmp_path: Path) -> None:
    written = python_docx.Document()
    written.add_paragraph("Cơ quan/đơn vị báo cáo: Xã Mỹ Hà")
    written.add_paragraph("Kỳ báo cáo: 12/4/2023")
    table = written.add_table(rows=2, cols=len(PROGRESS), style="Table Grid")
    for column, (heading, value) in enumerate(zip(PROGRESS, LINE, strict=True)):
        table.cell(0, column).text, table.cell(1, column).text = heading, value
    data = io.BytesIO()
    written.save(data)
    submission, findings = understood(book(tmp_path, data.getvalue()))
    assert [row.indicator for row in submission.parts[Part.PROGRESS]] == ["2.1"]
    assert {f.severity.value for f in findings} <= {"note"}


# --- what can be understood two ways ----------------------------------------------------------------------------------

BEGIN, SEPARATE, END = (
    f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
)


def doubted(book: Book, code: str) -> list[tuple[str, str]]:
    """(sheet, cell) where it is told."""
    return [(f.place.sheet, f.place.cell) for f in understood(book)[1] if f.code == code]


@pytest.mark.parametrize("column", [5, 10])
@pytest.mark.parametrize("opened", [BEGIN, BEGIN + SEPARATE])
def test_a_field_that_never_ends_is_told_at_its_cell_and_swallows_no_other(
    tmp_path: Path, column: int, opened: str
) -> None:
    lines = [[str(n), f"Đường {name}", *PROJECT[2:]] for n, name in enumerate("ABC", start=1)]
    lines[1][column] = tc(p(run("30") + opened, "0"))
    data = docx(*HEADER, p("Đơn vị tính: triệu đồng"), tbl(DEBT, *lines))
    submission, _ = understood(book(tmp_path, data))
    assert [row.accepted for row in submission.parts[Part.DEBT]] == [800_000_000] * 3
    assert submission.parts[Part.DEBT][2].project == "Đường C"
    assert doubted(book(tmp_path, data), FIELD_OPEN) == [("Bảng 1", f"{'ABCDEFGHIJK'[column]}3")]


def test_a_field_that_never_ends_above_a_table_swallows_no_other_line(tmp_path: Path) -> None:
    for opened in (BEGIN, BEGIN + SEPARATE):
        sheet = only(tmp_path, p("a", opened), p("b"), tbl(["c"]))
        assert (sheet.rows, sheet.doubts) == ((("a",), ("b",), ("c",)), (("đoạn 1", FIELD_OPEN),))


def test_a_field_whose_result_is_a_table_or_several_lines_is_read(tmp_path: Path) -> None:
    sheet = only(tmp_path, p(BEGIN, SEPARATE, "a"), tbl(["b"]), p(END))
    assert (sheet.rows, sheet.doubts) == ((("a",), ("b",)), ())
    lines = cell(tmp_path, tc(p(BEGIN, SEPARATE, "a") + p("b", END)))
    assert (lines.rows, lines.doubts) == ((("a\nb",),), ())


STRIKE, TWICE, SUPERSCRIPT, SUBSCRIPT, RAISED = (
    "<w:strike/>",
    "<w:dstrike/>",
    '<w:vertAlign w:val="superscript"/>',
    '<w:vertAlign w:val="subscript"/>',
    '<w:position w:val="6"/>',
)


@pytest.mark.parametrize(
    "content",
    [
        p(run("10", STRIKE), run("12")),
        p(run("10", TWICE), run("12")),
        p(run("Đạt", STRIKE)),
        p(run("10", '<w:rStyle w:val="S"/>'), run("12")),
        p(run("10"), run("2", SUPERSCRIPT)),
        p(run("10"), run("2", SUBSCRIPT)),
        p(run("10"), run("2", RAISED)),
        p(run("10,"), run("2", SUPERSCRIPT)),
        p(run("1", SUPERSCRIPT), run("0")),
        p(run("1", SUPERSCRIPT)),
    ],
)
def test_struck_or_raised_text_that_may_change_a_figure_is_doubted(tmp_path: Path, content: str) -> None:
    styles = '<w:style w:type="character" w:styleId="S"><w:rPr><w:strike/></w:rPr></w:style>'
    assert cell(tmp_path, tc(content), styles).doubts == (("A1", TEXT_STRUCK),)


@pytest.mark.parametrize(
    "content",
    [
        p(run("100 m"), run("2", SUPERSCRIPT)),
        p(run("100 m"), run("2", SUPERSCRIPT), run("3", SUPERSCRIPT)),
        p(run("CO"), run("2", SUBSCRIPT)),
        p(run("Ghi chú"), run("(a)", SUPERSCRIPT)),
        p(run("10", '<w:strike w:val="0"/>'), run("2", '<w:vertAlign w:val="baseline"/>')),
        p(run("10", '<w:position w:val="0"/>'), run(" ", STRIKE), run("2")),
        p(run("2", "<w:rPrChange><w:rPr><w:strike/></w:rPr></w:rPrChange>")),
        p("<w:pPr><w:rPr><w:strike/></w:rPr></w:pPr>", run("12")),
    ],
)
def test_struck_or_raised_text_that_changes_nothing_is_not_asked_about(tmp_path: Path, content: str) -> None:
    assert cell(tmp_path, tc(content)).doubts == ()


def test_a_table_in_a_cell_of_the_forms_table_is_told_at_that_cell(tmp_path: Path) -> None:
    nested = [*LINE[:7], tc(tbl(["100"]) + p()), *LINE[8:]]
    assert doubted(book(tmp_path, docx(*HEADER, tbl(PROGRESS, nested))), TABLE_IN_CELL) == [("Bảng 1", "H2")]


def test_a_table_that_lays_out_the_page_is_no_doubt(tmp_path: Path) -> None:
    laid_out = tbl([tc("".join(HEADER) + tbl(PROGRESS, LINE) + p())])
    assert doubted(book(tmp_path, docx(laid_out)), TABLE_IN_CELL) == []
    empty = [*LINE[:9], tc(tbl([""]) + p())]
    assert doubted(book(tmp_path, docx(*HEADER, tbl(PROGRESS, empty))), TABLE_IN_CELL) == []


@pytest.mark.parametrize(
    "line", [LINE[:-1], [*LINE, ""], ["Đường D", "500"], ["Tổng nợ: ", "500 triệu đồng"]]
)
def test_a_table_of_any_width_that_holds_a_number_may_go_on(tmp_path: Path, line: list[str]) -> None:
    signatures = tbl(["Nơi nhận", "CHỦ TỊCH"])
    data = docx(*HEADER, tbl(PROGRESS, LINE), p(), signatures, p(), tbl(line))
    assert doubted(book(tmp_path, data), WITHOUT_HEADINGS) == [("Bảng 3", "A1")]


# --- what is in a cell and not read, or read and not seen -------------------------------------------------------------

BOX = f"<w:txbxContent>{p('85%')}</w:txbxContent>"
DRAWN = f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{BOX}</w:drawing></mc:Choice>" \
    f"<mc:Fallback><w:pict>{BOX}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"  # fmt: skip
HALF = "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
PICTURE = "<w:r><w:drawing/></w:r>"


@pytest.mark.parametrize(
    ("content", "value"),
    [
        (p(DRAWN), None),
        (p("85", DRAWN), "85"),
        (p(f"<w:r><w:pict>{BOX}</w:pict></w:r>"), None),
        (p(HALF), None),
        (p(f"<m:oMathPara>{HALF}</m:oMathPara>"), None),
        (p("2", HALF), "2"),
    ],
)
def test_a_text_box_or_an_equation_in_a_cell_is_doubted_and_not_read(
    tmp_path: Path, content: str, value: str | None
) -> None:
    sheet = cell(tmp_path, content)
    assert (sheet.rows, sheet.doubts) == (((value,) if value else (),), (("A1", TEXT_IN_OBJECT),))


@pytest.mark.parametrize("object_", [PICTURE, "<w:r><w:pict/></w:r>", "<w:r><w:object/></w:r>"])
def test_a_cell_with_nothing_but_a_picture_is_doubted(tmp_path: Path, object_: str) -> None:
    assert cell(tmp_path, p(object_)).doubts == (("A1", PICTURE_IN_CELL),)
    assert cell(tmp_path, p("85%") + p(object_)).doubts == ()
    empty_box = p("<w:r><w:drawing><w:txbxContent><w:p/></w:txbxContent></w:drawing></w:r>")
    assert cell(tmp_path, empty_box).doubts == (("A1", PICTURE_IN_CELL),)


def test_an_equation_in_a_line_above_a_table_is_doubted_and_a_text_box_beside_it_is_not(
    tmp_path: Path,
) -> None:
    sheet = only(tmp_path, p("Đơn vị tính: ", HALF, "đồng"), p("Mẫu", DRAWN), tbl(["a"]))
    assert sheet.doubts == (("đoạn 1", TEXT_IN_OBJECT),)


@pytest.mark.parametrize(("content", "code"), [(p(DRAWN), TEXT_IN_OBJECT), (p(PICTURE), PICTURE_IN_CELL)])
def test_what_a_cell_holds_beside_text_is_told_in_a_table_of_the_form_alone(
    tmp_path: Path, content: str, code: str
) -> None:
    line = [*LINE[:7], tc(content), *LINE[8:]]
    letterhead = tbl([tc(p("Cơ quan báo cáo: Xã Mỹ Hà")), tc(content)])
    data = docx(letterhead, *HEADER[2:], tbl(PROGRESS, line))
    assert doubted(book(tmp_path, data), code) == [("Bảng 2", "H2")]


WHITE, BLUE = '<w:color w:val="FFFFFF" w:themeColor="background1"/>', '<w:shd w:val="clear" w:fill="1F4E79"/>'
PAINTED = (
    f'<w:style w:type="table" w:styleId="T"><w:tblStylePr w:type="firstRow"><w:tcPr>{BLUE}</w:tcPr></w:tblStylePr>\
</w:style><w:style w:type="character" w:styleId="W"><w:rPr>{WHITE}</w:rPr></w:style>'
)


def shaded(shade: str, content: str) -> str:
    return f"<w:tc><w:tcPr>{shade}</w:tcPr>{content}</w:tc>"


@pytest.mark.parametrize(
    "content",
    [
        tc(p("1", run("00", WHITE))),
        tc(p(run("85", '<w:color w:val="F2F2F2"/>'))),
        tc(p(run("85", '<w:rStyle w:val="W"/>'))),
        shaded('<w:shd w:val="clear" w:fill="auto"/>', p(run("85", WHITE))),
        shaded('<w:shd w:val="clear" w:fill="FFFFFF"/>', p(run("85", WHITE))),
        shaded(BLUE, p(run("85", '<w:color w:val="1F4E79"/>'))),
        shaded(BLUE, p(run("85", WHITE + '<w:highlight w:val="white"/>'))),
    ],
)
def test_letters_in_the_colour_of_what_is_behind_them_are_doubted(tmp_path: Path, content: str) -> None:
    assert cell(tmp_path, content, PAINTED).doubts == (("A1", UNSEEN),)


@pytest.mark.parametrize(
    "content",
    [
        tc(p("85")),
        tc(p(run("85", '<w:color w:val="FF0000"/>'))),
        tc(p(run("85", '<w:color w:val="auto"/>'))),
        tc(p("85", run(" . ", WHITE))),
        tc(p(run("85", WHITE + '<w:shd w:val="pct50" w:color="auto" w:fill="auto"/>'))),
        tc(p(run("85", WHITE + '<w:highlight w:val="blue"/>'))),
        tc(p(f"<w:pPr>{BLUE}</w:pPr>", run("85", WHITE))),
        shaded(BLUE, p(run("85", WHITE))),
        shaded(BLUE, tbl([tc(p(run("85", WHITE)))]) + p("a")),
    ],
)
def test_letters_that_stand_out_are_not_asked_about(tmp_path: Path, content: str) -> None:
    sheets = book(tmp_path, docx(tbl([content]), styles=PAINTED)).sheets
    assert UNSEEN not in {code for sheet in sheets for _, code in sheet.doubts}


def test_white_letters_on_what_the_look_of_a_table_paints_are_not_asked_about(tmp_path: Path) -> None:
    white = tc(p(run("85", WHITE)))
    assert only(tmp_path, tbl([white], style="T"), styles=PAINTED).doubts == ()
    painted = tbl([white]).replace("<w:tblPr>", f"<w:tblPr>{BLUE}")
    assert only(tmp_path, painted).doubts == ()


# --- boxes to be ticked -----------------------------------------------------------------------------------------------


def form_field(data: str) -> str:
    begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="a"/>{data}</w:ffData></w:fldChar></w:r>'
    return f"{begin}<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>{END}"


@pytest.mark.parametrize(
    ("content", "value"),
    [
        (p(form_field('<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>')), "☒"),
        (p(form_field('<w:checkBox><w:default w:val="1"/></w:checkBox>')), "☒"),
        (p(form_field('<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>')), "☐"),
        (p(form_field("<w:checkBox/>"), " Đạt"), "☐ Đạt"),
        (p(form_field('<w:ddList><w:result w:val="1"/><w:listEntry w:val="Đạt"/><w:listEntry w:val="Chưa đạt"/>'
                      "</w:ddList>")), "Chưa đạt"),
        (p(form_field('<w:ddList><w:listEntry w:val="Đạt"/></w:ddList>')), "Đạt"),
        (p(form_field("<w:ddList/>")), None),
        (p(form_field('<w:ddList><w:result w:val="x"/><w:listEntry w:val="Đạt"/></w:ddList>')), None),
        (p(form_field('<w:ddList><w:default w:val="1,5"/><w:listEntry w:val="Đạt"/></w:ddList>')), None),
        (p(form_field('<w:ddList><w:result w:val="²"/><w:listEntry w:val="Đạt"/></w:ddList>')), None),
        (p(form_field('<w:ddList><w:result w:val="-1"/><w:listEntry w:val="Đạt"/></w:ddList>')), None),
        (p(form_field('<w:ddList><w:result w:val="7"/><w:listEntry w:val="Đạt"/></w:ddList>')), None),
        ("<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val='1'/></w14:checkbox></w:sdtPr><w:sdtContent>"
         + p("☒") + "</w:sdtContent></w:sdt>" + p(), "☒"),
        (p('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'), "☑"),
        (p('<w:r><w:sym w:font="Wingdings" w:char="00A8"/></w:r>'), "☐"),
        (p('<w:r><w:sym w:font="Wingdings 2" w:char="F052"/></w:r>'), "☑"),
        (p('<w:r><w:sym w:font="Wingdings 2" w:char="F0FE"/></w:r>'), "\ufffd"),
        (p('<w:r><w:sym w:font="Symbol" w:char="F0D6"/></w:r>'), "√"),
        (p('<w:r><w:sym w:font="Symbol" w:char="F0FC"/></w:r>'), "\ufffd"),
    ],
)  # fmt: skip
def test_what_a_box_or_a_list_of_choices_shows_is_read(
    tmp_path: Path, content: str, value: str | None
) -> None:
    assert cell(tmp_path, tc(content)).rows == (((value,) if value else ()),)
