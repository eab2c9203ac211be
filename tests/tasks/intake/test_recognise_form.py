"""Which form, whose, for which week: what is recognised from headings and header lines, wherever they stand."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles import Font

from domain.findings import Severity
from domain.forms import Part
from domain.judgement import Judgement
from tests.tasks.intake.recognise_kit import (
    AGENCY_HEADER,
    DEBT,
    DOSSIERS,
    HEADER,
    PROGRESS,
    REMARKS,
    VERIFICATION,
    codes,
    grid,
    read,
    told,
    understood,
    workbook,
)

ROW = [1, "Quy hoạch", "1.1", "Có quy hoạch", "Đạt", "Có", "Đạt", 100, None, ""]
CHECK = ["Xã Mỹ Hà", "1.1", "Đạt", "Đạt", "", None]


def test_a_whole_form_is_understood_without_a_finding(tmp_path):
    book = workbook(
        {
            "Thông tin chung": HEADER,
            "A. Tiến độ": [["A. TIẾN ĐỘ"], [], PROGRESS, ROW],
            "B. Hồ sơ": [DOSSIERS, [1, "1.1", "Quyết định phê duyệt", "Đã gửi phòng", "", None, None, ""]],
            "C. Nợ XDCB": [
                ["Đơn vị tính: triệu đồng"],
                DEBT,
                [1, "Đường", "", 900, 500, 200, None, None, 100, 300, 200],
            ],
            "D. Ý kiến": [REMARKS, ["Nguyên nhân", "Thiếu vốn"]],
        }
    )
    submission, findings = understood(read(book, tmp_path))
    assert codes(findings) == set()
    assert submission.form == "commune-weekly-v1"
    assert list(submission.parts) == [Part.PROGRESS, Part.DOSSIERS, Part.DEBT, Part.REMARKS]
    assert submission.header["agency"] == "Xã Mỹ Hà"
    assert not submission.nil


def test_sheet_names_and_their_order_say_nothing(tmp_path):
    book = workbook({"Sheet3": [REMARKS, ["Nguyên nhân", "A"]], "Sheet1": [PROGRESS, ROW], "x": HEADER})
    submission, _ = understood(read(book, tmp_path))
    assert set(submission.parts) == {Part.REMARKS, Part.PROGRESS}


@given(
    order=st.permutations(range(len(PROGRESS))),
    left=st.integers(0, 3),
    above=st.integers(0, 4),
    blanks=st.lists(st.integers(0, 2), min_size=2, max_size=2),
    form=st.sampled_from(["NFC", "NFD"]),
)
def test_order_of_columns_place_blank_rows_and_unicode_form_change_nothing(order, left, above, blanks, form):
    def line(values):
        return [None] * left + [_in(form, values[n]) for n in order]

    second = [2, "", "1.2", "Có quy chế", "Đạt", "Có", "Chưa đạt", 40, date(2023, 5, 10), "Đang lập"]
    lines = [
        *HEADER,
        *[[]] * above,
        line(PROGRESS),
        *[[]] * blanks[0],
        line(ROW),
        *[[]] * blanks[1],
        line(second),
    ]
    submission, findings = understood(grid(lines))
    rows = [
        (row.indicator, row.judgement, row.completion, row.planned_on, row.note, row.result_text)
        for row in submission.parts[Part.PROGRESS]
    ]
    assert rows == [
        ("1.1", Judgement.MET, 100, None, "", "Có"),
        ("1.2", Judgement.NOT_MET, 40, date(2023, 5, 10), "Đang lập", "Có"),
    ]
    assert {f.severity for f in findings} <= {Severity.NOTE}


def _in(form, value):
    return unicodedata.normalize(form, value) if isinstance(value, str) else value


def test_headings_match_with_unit_case_and_final_signs_aside():
    renamed = [
        "STT",
        "TIÊU CHÍ",
        "mã:",
        "Chỉ tiêu",
        "Mức đạt chuẩn",
        "Kết quả",
        "Xã tự đánh giá.",
        "Tỷ lệ hoàn thành",
        "",
        "",
    ]
    submission, findings = understood(grid([*HEADER, renamed, ROW]))
    assert submission.parts[Part.PROGRESS][0].columns == {
        "indicator": "C", "result": "F", "result_text": "F", "judgement": "G", "completion": "H",
    }  # fmt: skip
    assert codes(findings) == set()


def test_a_heading_that_is_only_near_is_not_read_and_told(tmp_path):
    near = [heading if heading != "Ghi chú" else "Ghi chú thêm" for heading in PROGRESS]
    submission, findings = understood(grid([*HEADER, near, [*ROW[:-1], "mất"]]))
    assert ("COLUMN_UNKNOWN", "J6") in told(findings)
    assert submission.parts[Part.PROGRESS][0].note == ""


def test_a_required_column_that_is_missing_is_an_error_at_its_heading_row():
    without_code = [heading if heading != "Mã chỉ tiêu" else "Mã số" for heading in PROGRESS]
    submission, findings = understood(grid([*HEADER, without_code, ROW]))
    (missing,) = [finding for finding in findings if finding.code == "COLUMN_MISSING"]
    assert (missing.place.cell, missing.facts, missing.severity) == (
        "A6",
        {"heading": "Mã chỉ tiêu"},
        Severity.ERROR,
    )
    assert submission.parts == {Part.PROGRESS: ()}


def test_a_heading_over_two_columns_is_an_error_at_the_second():
    _, findings = understood(grid([*HEADER, [*PROGRESS, "Mã"], [*ROW, "1.2"]]))
    assert ("COLUMN_REPEATED", "K6") in told(findings)


@pytest.mark.parametrize(
    ("kept", "is_part"),
    [
        (("Mã chỉ tiêu", "Tự đánh giá"), True),  # all that is required
        (("Mã chỉ tiêu", "Ghi chú"), False),
        (("Mã chỉ tiêu", "Kết quả thực hiện", "Ghi chú"), True),  # all that heads this table
        (("Mã chỉ tiêu", "Kết quả thực hiện", "Ghi chú", "Họ tên", "Chức vụ"), True),  # three of its five
        (("Mã chỉ tiêu", "Kết quả thực hiện", "Ghi chú", "Họ tên", "Chức vụ", "Tuổi"), False),
        (("Mã chỉ tiêu", "Kết quả thực hiện", "Ghi chú", "Yêu cầu", "Tên tiêu chí"), True),  # five of nine
        (("Tự đánh giá",), False),
    ],
)
def test_a_table_is_the_part_with_half_of_its_headings_or_all_required_or_most_of_the_table(kept, is_part):
    submission, findings = understood(grid([*HEADER, kept, ["1.1", "Đạt"]]))
    assert (Part.PROGRESS in submission.parts) is is_part
    assert ("FORM_NOT_RECOGNISED" in codes(findings)) is not is_part


def test_exactly_half_of_the_headings_are_enough_to_say_what_is_missing():
    half = ["Xã", "Chỉ tiêu", "Còn thiếu", "Ngày kiểm tra", "Kiến nghị"]  # five of ten, without the judgement
    submission, findings = understood(grid([*AGENCY_HEADER, half]), reporter="pktht")
    assert submission.parts == {Part.VERIFICATION: ()}
    assert ("COLUMN_MISSING", "A3") in told(findings)


@pytest.mark.parametrize(
    "lines", [[], [["a", "b"], [1, 2]], [["Nội dung", "Người thực hiện"], ["Họp", "Ông A"]]]
)
def test_a_book_without_a_heading_of_ours_is_quarantined(lines):
    submission, findings = understood(grid(lines))
    (finding,) = findings
    assert (finding.code, finding.severity, finding.facts) == (
        "FORM_NOT_RECOGNISED",
        "quarantine",
        {"name": "tep.xlsx"},
    )
    assert (submission.form, submission.parts) == ("", {})


def test_an_empty_book_is_quarantined():
    assert codes(understood(grid())[1]) == {"FORM_NOT_RECOGNISED"}


def test_a_commune_cannot_use_the_form_of_an_agency():
    _, findings = understood(
        grid([["Xã", "Chỉ tiêu", "Phòng thẩm tra/đánh giá"], ["Xã Mỹ Hà", "1.1", "Đạt"]])
    )
    assert "FORM_NOT_RECOGNISED" in codes(findings)


def test_an_agency_reports_on_its_own_form():
    submission, findings = understood(grid([*AGENCY_HEADER, VERIFICATION, CHECK]), reporter="pktht")
    assert (submission.form, codes(findings)) == ("agency-weekly-v1", set())
    (row,) = submission.parts[Part.VERIFICATION]
    assert (row.commune, row.indicator, row.judgement) == ("my_ha", "1.1", Judgement.MET)


def test_the_remarks_of_both_forms_are_alike_and_the_reporter_settles_which():
    for reporter, form in [("my_ha", "commune-weekly-v1"), ("pktht", "agency-weekly-v1")]:
        submission, _ = understood(grid([REMARKS, ["Nguyên nhân", "Thiếu vốn"]]), reporter=reporter)
        assert submission.form == form


# --- header -----


@pytest.mark.parametrize("name", ["Xã Mỹ Hà", "UBND xã Mỹ Hà", "xã mỹ hà"])
def test_the_reporter_is_named_by_any_of_its_aliases(name):
    header = [["Đơn vị báo cáo:", None, name], ["Kỳ báo cáo", date(2023, 4, 12)]]
    assert understood(grid([*header, PROGRESS, ROW]))[1] == ()


@pytest.mark.parametrize("name", ["Xã Mỹ Thịnh", "Mỹ Hạ", "xã ta"])
def test_another_name_than_the_folders_is_quarantined_at_its_cell(name):
    (finding,) = understood(
        grid([["Đơn vị báo cáo", name], ["Kỳ báo cáo", date(2023, 4, 12)], PROGRESS, ROW])
    )[1]
    assert (finding.code, finding.place.cell, finding.severity) == ("REPORTER_DIFFERS", "B1", "quarantine")
    other = {"other": name} if name == "Xã Mỹ Thịnh" else {}  # one that the roster knows
    assert finding.facts == {"seen": name, "expected": "Xã Mỹ Hà"} | other


def test_a_second_sheet_that_names_another_reporter_is_found():
    book = grid([*HEADER, PROGRESS, ROW], [["Đơn vị báo cáo: Xã Mỹ Thịnh"], REMARKS, ["Nguyên nhân", "A"]])
    assert ("REPORTER_DIFFERS", "A1") in told(understood(book)[1])


def test_a_name_in_an_old_font_is_read_and_told(tmp_path):
    book = workbook({"A": [["Đơn vị báo cáo", "X· Mü Hµ"], PROGRESS, ROW]}, _old_font)
    findings = understood(read(book, tmp_path))[1]
    assert told(findings) == [("WEEK_NOT_STATED", ""), ("READ_FROM_TCVN3", "B1")]
    assert findings[1].facts == {"seen": "X· Mü Hµ", "read": "Xã Mỹ Hà", "font": ".VnTime"}


def _old_font(book):
    book["A"]["B1"].font = Font(name=".VnTime")


@pytest.mark.parametrize(
    "period", ["10/4/2023", "12/04/2023", "16/4/2023", "thứ Tư 12/4/2023", "2023-W15", date(2023, 4, 14)]
)
def test_any_day_of_the_week_names_the_week(period):
    findings = understood(grid([["Đơn vị báo cáo", "Xã Mỹ Hà"], ["Kỳ báo cáo", period], PROGRESS, ROW]))[1]
    assert codes(findings) == ({"READ_DATE_FROM_TEXT"} if period == "2023-W15" else set())


@pytest.mark.parametrize("period", ["9/4/2023", "17/4/2023", "19/4/2023", date(2022, 4, 13)])
def test_a_day_of_another_week_is_quarantined(period):
    findings = understood(grid([["Kỳ báo cáo", period], PROGRESS, ROW]))[1]
    (finding,) = [finding for finding in findings if finding.code == "WEEK_DIFFERS"]
    assert (finding.place.cell, finding.severity) == ("B1", "quarantine")
    assert finding.facts["expected"] == "thứ Tư 12/4/2023"


def test_an_impossible_period_is_an_error_to_mend():
    findings = understood(grid([["Kỳ báo cáo", "31/4/2023"], PROGRESS, ROW]))[1]
    assert ("DATE_UNREADABLE", "B1") in told(findings)
    assert "WEEK_DIFFERS" not in codes(findings)


@pytest.mark.parametrize(
    "header", [[], [["Đơn vị báo cáo"], ["Kỳ báo cáo", None]], [["Đơn vị báo cáo", "Kỳ báo cáo"]]]
)
def test_without_header_lines_the_folder_decides_and_it_is_told(header):
    submission, findings = understood(grid([*header, PROGRESS, ROW]))
    assert told(findings) == [("REPORTER_NOT_STATED", ""), ("WEEK_NOT_STATED", "")]
    assert (submission.reporter, submission.header) == ("my_ha", {})


def test_a_line_of_a_table_is_no_header_line():
    remark = ["Đơn vị báo cáo", "Xã Mỹ Thịnh"]
    assert "REPORTER_DIFFERS" not in codes(understood(grid([*HEADER, REMARKS, remark]))[1])


def test_a_csv_says_its_header_above_its_table():
    lines = [
        ["Kỳ báo cáo", "12/04/2023"],
        ["Đơn vị báo cáo", "Xã Mỹ Hà"],
        [],
        ["Mã", "Tự đánh giá"],
        ["17.1", "Đạt"],
    ]
    submission, findings = understood(grid(lines))
    assert submission.parts[Part.PROGRESS][0].indicator == "17.1"
    assert codes(findings) == set()


# --- không phát sinh -----


@pytest.mark.parametrize("mark", ["x", "X", "✓", "Có"])
def test_nothing_new_is_a_mark_with_its_source(mark):
    book = grid([*HEADER, ["Không phát sinh so với báo cáo trước", mark]])
    submission, findings = understood(book)
    assert submission.nil
    assert submission.form == "commune-weekly-v1"
    source = submission.nil_source
    assert source is not None
    assert (source.sha256, source.cell, source.raw) == ("sha", "B6", mark)
    assert codes(findings) == set()


@pytest.mark.parametrize(
    "said", ["Không phát sinh", "không có phát sinh", "Không thay đổi", "Đúng", "v", True]
)
def test_nothing_new_may_be_said_in_words(said):
    submission, findings = understood(grid([*HEADER, ["Không phát sinh so với báo cáo trước", said]]))
    assert (submission.nil, submission.nil_source.cell, codes(findings)) == (True, "B6", set())


@pytest.mark.parametrize("mark", ["", None, "không", "☐"])
def test_beside_a_table_anything_else_is_not_nothing_new(mark):
    submission, findings = understood(grid([*HEADER, ["Không phát sinh", mark], PROGRESS, ROW]))
    assert (submission.nil, submission.nil_source) == (False, None)
    assert "NIL_UNCLEAR" not in codes(findings)


@pytest.mark.parametrize("said", ["0", "✗", "x (không phát sinh)", "Có thay đổi", "#N/A"])
def test_what_is_no_answer_is_asked_about(said):
    submission, findings = understood(grid([*HEADER, ["Không phát sinh", said], PROGRESS, ROW]))
    assert not submission.nil
    assert [each.place.cell for each in findings if each.code in ("NIL_UNCLEAR", "CELL_ERROR_VALUE")] == [
        "B6"
    ]


@pytest.mark.parametrize("said", ["Không", "☐", "0"])
def test_without_a_table_the_form_is_known_and_the_answer_is_asked_about(said):
    submission, findings = understood(grid([*HEADER, ["Không phát sinh", said]]))
    assert (submission.nil, submission.form) == (False, "commune-weekly-v1")
    assert codes(findings) == {"NIL_UNCLEAR"}


def test_a_nil_report_may_carry_the_empty_tables_of_the_form():
    book = grid([*HEADER, ["Không phát sinh", "x"], PROGRESS], [REMARKS])
    submission, findings = understood(book)
    assert (submission.parts, codes(findings)) == ({}, set())


@pytest.mark.parametrize(
    "written",
    [
        "UBND xã Mỹ Hà, huyện Mỹ Lộc, tỉnh Nam Định",
        "UBND xã Mỹ Hà - huyện Mỹ Lộc",
        "UBND xã Mỹ Hà (huyện Mỹ Lộc)",
    ],
)
def test_a_reporter_written_with_its_own_district_is_known_and_with_another_a_stranger(written):
    def header(name):
        return grid([["Cơ quan báo cáo", name], ["Kỳ báo cáo", "12/4/2023"], PROGRESS, ROW])

    assert "REPORTER_DIFFERS" not in codes(understood(header(written))[1])
    stranger = written.replace("Mỹ Lộc", "Vụ Bản")
    assert ("REPORTER_DIFFERS", "B1") in told(understood(header(stranger))[1])


@pytest.mark.parametrize(
    ("period", "found"),
    [("12.4", "READ_DATE_FROM_TEXT"), ("từ 6/4 đến 12/4/2023", "READ_DATE_FROM_TEXT"), ("Đến ngày 12/4/2023", ""),
     ("19.4", "WEEK_DIFFERS"), ("từ 13/4 đến 19/4", "WEEK_DIFFERS"), ("tuần 2/4", "DATE_UNREADABLE")],
)  # fmt: skip
def test_a_period_is_read_as_officers_write_it_and_held_against_the_week_of_the_file(period, found):
    lines = [["Đơn vị báo cáo: ........UBND xã Mỹ Hà......."], ["Kỳ báo cáo", period], PROGRESS, ROW]
    findings = understood(grid(lines))[1]
    assert codes(findings) - {"READ_DATE_FROM_TEXT"} == {found} - {"READ_DATE_FROM_TEXT", ""}
    assert ("READ_DATE_FROM_TEXT" in codes(findings)) is (found != "" and found != "DATE_UNREADABLE")
