"""Struck, raised and lowered text of real files: told where a figure or a judgement may be another one."""

from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from tasks.intake.effects import RAISED, STRUCK, TEXT_STRUCK, is_in_doubt, marked_runs
from tests.tasks.intake.packages import FORMS, relations, sheet, xlsx
from tests.tasks.intake.recognise_kit import HEADER, PROGRESS, told, understood
from tests.tasks.intake.test_workbook import MAIN, book, first_sheet

STRUCK_FONT, RAISED_FONT = InlineFont(strike=True), InlineFont(vertAlign="superscript")
IN_DOUBT = ("A1", "A2", "A3", "A4", "A5", "A6")


def write(path: Path) -> None:
    """tests/forms/good/effects.*: column A is in doubt, column B is not. LibreOffice Calc made the others of it, as
    cells.*; it doesn't raise a whole cell, so A5 is plain in the .ods."""
    workbook = openpyxl.Workbook()
    main = workbook.worksheets[0]
    main["A1"] = CellRichText(TextBlock(STRUCK_FONT, "10"), TextBlock(InlineFont(), "12"))
    main["A2"] = CellRichText("10", TextBlock(RAISED_FONT, "2"))
    main["A3"], main["A4"], main["A5"] = "Đạt", 12, 1
    main["A3"].font = main["A4"].font = Font(strike=True)
    main["A5"].font = Font(vertAlign="superscript")
    main["A6"] = CellRichText("10", TextBlock(InlineFont(vertAlign="subscript"), "2"))
    main["B1"], main["B2"] = CellRichText("100 m", TextBlock(RAISED_FONT, "2")), 12
    main["B3"].font = Font(strike=True)
    main["B4"] = "ghi chú"
    main["B4"].font = Font(vertAlign="superscript")
    workbook.save(path)


@pytest.mark.parametrize("suffix", ["xlsx", "ods", "xls"])
def test_cells_that_can_be_read_two_ways_are_doubted_in_every_format(tmp_path: Path, suffix: str) -> None:
    path = FORMS / "good" / f"effects.{suffix}"
    doubts = first_sheet(tmp_path, path.read_bytes(), path.name).doubts
    expected = [cell for cell in IN_DOUBT if (suffix, cell) != ("ods", "A5")]
    assert doubts == tuple((cell, TEXT_STRUCK) for cell in expected)


def test_a_struck_cell_of_a_form_is_told_at_its_place(tmp_path: Path) -> None:
    path, workbook = tmp_path / "bc.xlsx", openpyxl.Workbook()
    for line in [*HEADER, PROGRESS, ["1", "Giao thông", "2.1", "Tỷ lệ", "100%", "100%", "Đạt", "100"]]:
        workbook.worksheets[0].append(line)
    workbook.worksheets[0]["G7"].font = Font(strike=True)
    workbook.save(path)
    assert (TEXT_STRUCK, "G7") in told(understood(book(tmp_path, path.read_bytes()))[1])


def test_an_inline_text_and_a_run_that_undoes_the_look_of_its_cell_are_seen(tmp_path: Path) -> None:
    fonts = '<fonts><font/><font><strike/></font><font><strike val="0"/></font></fonts>'
    dxfs = "<dxfs><dxf><font><strike/></font></dxf></dxfs>"
    cell_xfs = "".join(f'<xf fontId="{n}"/>' for n in range(3))
    styles = f"<styleSheet {MAIN}>{fonts}<cellXfs>{cell_xfs}</cellXfs>{dxfs}</styleSheet>"
    links = relations(("worksheet", "worksheets/sheet1.xml", ""), ("styles", "styles.xml", ""))
    inline = '<c r="{}" s="{}" t="inlineStr"><is><r>{}<t>12</t></r></is></c>'
    cells = (
        inline.format("A1", 0, "<rPr><strike/></rPr>"),
        inline.format("B1", 1, "<rPr><b/></rPr>"),
        inline.format("C1", 1, ""),
        '<c s="1"><v>5</v></c><c s="1"/><c s="2"><v>5</v></c>',
    )
    data = xlsx(
        {"xl/styles.xml": styles.encode()},
        workbook_rels=links,
        sheet1=sheet(f'<row r="1">{"".join(cells)}</row>'),
    )
    assert first_sheet(tmp_path, data).doubts == tuple((cell, TEXT_STRUCK) for cell in ("A1", "C1", "D1"))


@pytest.mark.parametrize(
    ("runs", "in_doubt"),
    [
        ([("10", STRUCK), ("12", "")], True),
        ([("Không đạt", STRUCK), ("Đạt", "")], True),
        ([(" ", STRUCK), ("12", "")], False),
        ([("10", ""), ("2", RAISED)], True),
        ([("12,", ""), ("5", RAISED)], True),
        ([("1", RAISED), ("0", "")], True),
        ([("1", RAISED)], True),
        ([("a", RAISED)], False),
        ([("100 m", ""), ("2", RAISED)], False),
        ([("m", ""), ("2", RAISED), ("3", RAISED)], False),
        ([("m", ""), ("2", RAISED), (" và 3 nhà", "")], False),
    ],
)
def test_raised_text_is_asked_about_only_where_it_can_change_a_figure(
    runs: list[tuple[str, str]], in_doubt: bool
) -> None:
    text = "".join(piece for piece, _ in runs)
    assert is_in_doubt(text, marked_runs((effect, len(piece)) for piece, effect in runs)) is in_doubt


if __name__ == "__main__":
    write(FORMS / "good" / "effects.xlsx")
