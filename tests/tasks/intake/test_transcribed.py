"""Real workbooks in .VnTime, .VnTimeH and VNI-Times, through the readers and what understands them."""

import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from config.facts import load_messages
from domain.findings import Severity
from domain.forms import Part
from domain.judgement import Judgement
from domain.reading.old_fonts import SEEN, Run
from tasks.intake.formats import FileFormat
from tasks.intake.grid import Book, Sheet, Style
from tasks.intake.transcribed import RETURNED, transcribed
from tasks.intake.workbook import FileToRead, read_batch
from tests.domain.reading.test_old_fonts import in_vni
from tests.tasks.intake.recognise_kit import DEBT, HEADER, PROGRESS, codes, grid, told, understood, workbook

QUIET = [["Cơ quan báo cáo", "Xã Mỹ Hà"], ["Kỳ báo cáo", date(2023, 4, 12)]]
ROW = [1, "Quy hoạch", "1.1", "", "", "", "Chưa đạt", None, None, "còn chậm"]
CODES = {letter.upper(): code for code, letter in SEEN.items()} | {
    letter: code for code, letter in SEEN.items()
}


def old(lines, to):
    return [[to(cell) if isinstance(cell, str) else cell for cell in line] for line in lines]


def tcvn3(text):
    """As somebody types it in .VnTime, where a capital with a tone is typed small."""
    return "".join(CODES.get(letter, letter) for letter in text)


def vni(text):
    return "".join(in_vni(letter) if letter.islower() else in_vni(letter.lower()).upper() for letter in text)


def set_fonts(font, skip=()):
    def touch(book):
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.value is not None and cell.coordinate not in skip:
                        cell.font = Font(name=font)

    return touch


def through_the_reader(path: Path, name: str) -> Book:
    file_format = FileFormat.of_name(name)
    assert file_format
    (read,) = read_batch([FileToRead("sha", path, name, file_format)]).values()
    assert isinstance(read, Book), read
    return read


def saved(book, folder, suffix="xlsx"):
    path = folder / "tep.xlsx"
    book.save(path)
    if suffix != "xlsx":
        to = {"ods": "ods", "xls": "xls:MS Excel 97"}[suffix]
        command = [
            "soffice",
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            to,
        ]
        subprocess.run(
            [*command, "--outdir", str(folder), str(path)], check=True, capture_output=True, timeout=120
        )
    return through_the_reader(folder / f"tep.{suffix}", f"tep.{suffix}")


OFFICE = [pytest.param(suffix, marks=pytest.mark.office) for suffix in ("xls", "ods")]


@pytest.mark.parametrize("suffix", ["xlsx", *OFFICE])
@pytest.mark.parametrize("font", [".VnTime", ".VnTimeH"])
def test_a_whole_report_in_an_old_font_says_what_it_says_in_unicode(tmp_path, suffix, font):
    lines = [*HEADER, PROGRESS, ROW]
    book = saved(workbook({"A": old(lines, tcvn3)}, set_fonts(font)), tmp_path, suffix)
    submission, findings = understood(book)
    (row,) = submission.parts[Part.PROGRESS]
    assert submission.form == understood(grid(lines))[0].form
    assert row.judgement is Judgement.NOT_MET
    assert row.note.casefold() == "còn chậm"
    assert row.raw["note"] == tcvn3("còn chậm")
    notes = [(f.code, f.place.cell) for f in findings if f.code == "READ_FROM_TCVN3"]
    # Once a header line (form, agency, period), and once a column that is kept, at its heading.
    assert [cell for _, cell in notes] == ["A3", "A4", "A5", *(f"{column}6" for column in "CFGHIJ")]
    assert {f.severity for f in findings} == {Severity.NOTE}


def test_units_titles_and_money_in_an_old_font_are_read(tmp_path):
    lines = [
        *HEADER,
        ["Đơn vị tính: triệu đồng"],
        DEBT,
        [1, "Đường xã", "12/QĐ-UBND", 100, "95 triệu đồng", 10, None, None, None, 5, 85],
    ]
    submission, findings = understood(
        saved(workbook({"A": old(lines, tcvn3)}, set_fonts(".VnTime")), tmp_path)
    )
    (row,) = submission.parts[Part.DEBT]
    assert (row.project, row.accepted, row.paid) == ("Đường xã", 95_000_000, 5_000_000)
    assert Severity.ERROR not in {f.severity for f in findings}


def test_a_neighbours_name_above_the_table_is_found_in_an_old_font(tmp_path):
    lines = [*HEADER, ["Tiến độ của xã Mỹ Thịnh"], PROGRESS, ROW]
    findings = understood(saved(workbook({"A": old(lines, tcvn3)}, set_fonts(".VnTimeH")), tmp_path))[1]
    assert ("REPORTER_DIFFERS", "A6") in told(findings)


def test_unicode_in_an_old_font_stands_as_it_is(tmp_path):
    lines = [*HEADER, PROGRESS, ROW]
    book = saved(workbook({"A": lines}, set_fonts(".VnTime")), tmp_path)
    assert understood(book)[1] == understood(grid(lines, names=["A"]))[1]
    assert understood(book)[0] == understood(grid(lines, names=["A"]))[0]


@pytest.mark.parametrize(
    ("others", "note", "code"),
    [
        (tcvn3("quy hoạch"), "xó", "READ_FROM_TCVN3"),
        ("quy hoạch", "xã", ""),
        ("17.1", None, "TCVN3_OR_UNICODE"),
    ],
)
def test_a_text_that_could_be_both_is_what_the_clear_ones_are_or_is_asked(tmp_path, others, note, code):
    def touch(book):
        for cell in ("B7", "J7"):
            book["A"][cell].font = Font(name=".VnTime")

    lines = [*HEADER, PROGRESS, [1, others, "1.1", "", "", "", "Chưa đạt", None, None, "xã"]]
    submission, findings = understood(saved(workbook({"A": lines}, touch), tmp_path))
    assert [(f.code, f.place.cell) for f in findings] == ([(code, "J7")] if code else [])
    (row,) = submission.parts[Part.PROGRESS]
    assert row.note == (note or "")


def test_a_required_cell_that_could_be_both_is_an_error_elsewhere_a_warning():
    styles = {cell: Style(font=".VnTime") for cell in ("A2", "C2")}
    sheet = Sheet("A", (("Nội dung", "x", "Nội dung báo cáo"), ("xã", "", "xã")), styles)
    found = [f for f in understood(Book((sheet,)))[1] if f.code == "TCVN3_OR_UNICODE"]
    assert found
    assert '"xó" (TCVN3) hoặc "xã" (Unicode)' in found[0].facts["readings"]


# --- runs -------------------------------------------------------------------------------------------------------------


def _rich(book):
    sheet = book["A"]
    sheet["D4"] = CellRichText("Xã ", TextBlock(InlineFont(rFont=".VnTime"), "Mü Hµ"))
    sheet["D5"] = CellRichText(TextBlock(InlineFont(rFont="Arial"), "Xã "), "Mü Hµ")
    sheet["D5"].font = Font(name=".VnTime")
    sheet["D6"] = CellRichText(TextBlock(InlineFont(rFont="Arial"), "Xã Mỹ Hà"))
    sheet["D6"].font = Font(name=".VnTime")
    sheet["D7"] = CellRichText(
        TextBlock(InlineFont(rFont=".VnTimeH"), "x· "), TextBlock(InlineFont(rFont=".VnTime"), "Mü Hµ")
    )


@pytest.mark.parametrize("suffix", ["xlsx", pytest.param("xls", marks=pytest.mark.office)])
def test_letters_of_one_cell_are_read_in_their_own_fonts(tmp_path, suffix):
    book = transcribed(saved(workbook({"A": [["a"]]}, _rich), tmp_path, suffix))
    assert [book.sheets[0].rows[n][3] for n in range(3, 7)] == [
        "Xã Mỹ Hà",
        "Xã Mỹ Hà",
        "Xã Mỹ Hà",
        "XÃ Mỹ Hà",
    ]


@pytest.mark.office
def test_of_an_ods_in_two_fonts_nothing_is_taken(tmp_path):
    book = transcribed(saved(workbook({"A": [["a"]]}, _rich), tmp_path, "ods"))
    (sheet,) = book.sheets
    assert [sheet.old[cell].code for cell in ("D4", "D5", "D7")] == ["FONT_NOT_UNICODE"] * 3
    assert sheet.rows[5][3] == "Xã Mỹ Hà"
    assert "D6" not in sheet.old


def test_runs_of_inline_strings_and_phonetic_text_are_counted_right(tmp_path):
    from tests.tasks.intake.packages import sheet, xlsx

    runs = '<r><t>Xã </t></r><r><rPr><rFont val=".VnTime"/></rPr><t>Mü</t></r><rPh sb="0" eb="1"><t>abc</t></rPh>'
    path = tmp_path / "tep.xlsx"
    path.write_bytes(xlsx(sheet1=sheet(f'<row r="1"><c r="A1" t="inlineStr"><is>{runs}</is></c></row>')))
    read = through_the_reader(path, "tep.xlsx").sheets[0]
    assert read.style("A1") == Style(font=".VnTime", runs=(Run("", 3), Run(".VnTime", 2)))


# --- what is returned -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("to", "code"), [(vni, "VNI_TEXT"), (tcvn3, "TCVN3_WITHOUT_FONT")])
def test_a_report_that_is_old_all_over_is_returned_and_not_quarantined(to, code):
    findings = understood(grid(old([*HEADER, PROGRESS, ROW], to)))[1]
    assert {f.severity for f in findings} == {Severity.ERROR}
    assert codes(findings) == {code}
    assert len({f.place.cell[0] for f in findings}) == len(findings)  # once a column


def test_a_vni_font_returns_the_file_too(tmp_path):
    lines = old([*HEADER, PROGRESS, ROW], vni)
    findings = understood(saved(workbook({"A": lines}, set_fonts("VNI-Times")), tmp_path))[1]
    assert (codes(findings), {f.severity for f in findings}) == ({"VNI_TEXT"}, {Severity.ERROR})


@pytest.mark.parametrize(("to", "code"), [(vni, "VNI_TEXT"), (tcvn3, "TCVN3_WITHOUT_FONT")])
def test_one_column_is_returned_once_whether_it_is_required_or_not(to, code):
    rows = [[n, "", f"1.{n}", "", "", "", to("Chưa đạt"), None, None, to("còn chậm")] for n in (1, 2)]
    findings = understood(grid([*HEADER, PROGRESS, *rows]))[1]
    found = [(f.code, f.place.cell, f.severity) for f in findings if f.severity is not Severity.NOTE]
    assert found == [(code, "G7", "error"), (code, "J7", "error")]


@pytest.mark.parametrize("to", [vni, tcvn3])
def test_what_is_told_once_of_a_column_says_how_many_cells(to):
    def said(rows):
        lines = [[n, "", f"1.{n}", "", "", "", to("Chưa đạt") if n <= rows else "Đạt"] for n in (1, 2, 3, 4)]
        (finding,) = (f for f in understood(grid([*QUIET, PROGRESS, *lines]))[1] if f.code in RETURNED)
        return load_messages()[finding.code].sentence(finding)

    assert f'"{to("Chưa đạt")}" và 2 ô khác' in said(3)
    assert "ô khác" not in said(1)
    assert "…" not in said(1)


def test_above_a_table_and_in_a_header_line_the_cells_are_counted_too():
    lines = [[vni("Ủy ban nhân dân")], [vni("Xã Mỹ Hà báo cáo")], *QUIET, PROGRESS, ROW]
    (finding,) = understood(grid(lines))[1]
    assert (finding.place.cell, finding.facts["more"]) == ("A1", " và 1 ô khác")
    header = [["Cơ quan báo cáo", vni("Xã Mỹ Hà")], QUIET[1], PROGRESS, ROW]
    (finding,) = understood(grid(header))[1]
    assert "…" not in load_messages()[finding.code].sentence(finding)


def test_an_old_heading_is_told_beside_the_column_that_is_missing():
    heading = [vni(text) if n == 6 else text for n, text in enumerate(PROGRESS)]
    findings = understood(grid([*HEADER, heading, ROW]))[1]
    assert {("VNI_TEXT", "G6"), ("COLUMN_MISSING", "A6")} <= set(told(findings))


def test_a_unit_line_and_a_title_in_vni_are_not_passed_over():
    findings = understood(grid([*HEADER, [vni("Đơn vị tính: triệu đồng")], DEBT, [1, "Đường", "", 1, 0]]))[1]
    assert ("VNI_TEXT", "A6") in told(findings)


def test_a_sheet_beside_a_good_one_that_is_old_all_over_is_not_passed_over():
    findings = understood(grid([*HEADER, PROGRESS, ROW], old([DEBT, [1, "Đường xã", "", 1, 0]], vni)))[1]
    assert {f.place.sheet for f in findings if f.code == "VNI_TEXT"} == {"Bảng 2"}


def test_a_letter_that_is_no_form_stays_in_quarantine():
    findings = understood(grid([["Kính gửi: Phòng Nông nghiệp"], ["Xã đã đạt"], ["§¹t"]]))[1]
    assert "FORM_NOT_RECOGNISED" in codes(findings)


def test_a_book_without_old_text_is_handed_on_untouched():
    book = grid([*HEADER, PROGRESS, ROW])
    assert all(one is other for one, other in zip(transcribed(book).sheets, book.sheets, strict=True))


def test_what_is_transcribed_once_stays(tmp_path):
    book = transcribed(
        saved(workbook({"A": old([*HEADER, PROGRESS, ROW], tcvn3)}, set_fonts(".VnTime")), tmp_path)
    )
    again = transcribed(book)
    assert [sheet.rows for sheet in again.sheets] == [sheet.rows for sheet in book.sheets]


def test_a_value_in_the_labels_own_cell_keeps_what_was_typed():
    sheet = Sheet(
        "A",
        (("§¬n vÞ b¸o c¸o: X· Mü Hµ",), ("Kỳ báo cáo", "12/4/2023"), tuple(PROGRESS), tuple(map(str, ROW))),
        {"A1": Style(font=".VnTime")},
    )
    assert "REPORTER_DIFFERS" not in codes(understood(Book((sheet,)))[1])
    wrong = replace(sheet, rows=(("§¬n vÞ b¸o c¸o: X· Mü ThÞnh",), *sheet.rows[1:]))
    (found,) = [f for f in understood(Book((wrong,)))[1] if f.code == "REPORTER_DIFFERS"]
    assert found.facts["seen"] == "X· Mü ThÞnh"


def test_full_width_digits_and_letters_are_read_and_told_once():
    row = [1, "", "１.１", "", "", "", "Chưa　đạt", "８５％", None, ""]
    submission, findings = understood(grid([*HEADER, PROGRESS, row]))
    (read,) = submission.parts[Part.PROGRESS]
    assert (read.indicator, read.judgement, read.completion) == ("1.1", Judgement.NOT_MET, 85)
    assert [cell for code, cell in told(findings) if code == "READ_TEXT_NORMALISED"] == ["C7", "G7", "H7"]


def test_openpyxl_writes_the_fonts_that_the_tests_ask_for(tmp_path):
    path = tmp_path / "tep.xlsx"
    workbook({"A": [["§¹t"]]}, set_fonts(".VnTime")).save(path)
    assert openpyxl.load_workbook(path)["A"]["A1"].font.name == ".VnTime"


def test_a_tick_of_a_font_of_pictures_is_the_tick_that_is_shown(tmp_path):
    """Excel's Insert, Symbol stores the letter of the font: as a run where it stands in a text."""

    def touch(book):
        (sheet,) = book.worksheets
        for cell, value in (("D4", "\xfc"), ("E5", "\uf0fe"), ("F6", "\xfb"), ("D7", "\xfc"), ("D8", "\xfa")):
            sheet[cell] = value
            sheet[cell].font = Font(name="Calibri" if cell == "D7" else "Wingdings")
        sheet["D9"] = CellRichText(TextBlock(InlineFont(rFont="Wingdings 2"), "\uf050"))

    heading = [
        "TT",
        "Mã chỉ tiêu",
        "Kết quả thực hiện",
        "Đạt",
        "Cơ bản đạt",
        "Chưa đạt",
        "Tỷ lệ hoàn thành (%)",
    ]
    lines = [[n, f"1.{n}", "Có", None, None, None, 100] for n in (1, 2, 3)] + [
        [n, f"2.{n}", "Có", None, None, None, 100] for n in (1, 3, 4)
    ]
    path = tmp_path / "bc.xlsx"
    workbook({"A": [*QUIET, heading, *lines]}, touch).save(path)
    submission, findings = understood(through_the_reader(path, "bc.xlsx"))
    judged = [row.judgement for row in submission.parts[Part.PROGRESS]]
    assert judged[:2] == [Judgement.MET, Judgement.NEARLY_MET]
    assert judged[5] is Judgement.MET
    unclear = [place for code, place in told(findings) if code == "JUDGEMENT_MARK_UNCLEAR"]
    assert unclear == ["F6", "D7", "D8"]
