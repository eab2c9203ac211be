"""Three columns headed by a judgement with an x in one of them, in place of one column with words."""

from datetime import date

import pytest

from domain.findings import Severity
from domain.forms import Part
from domain.judgement import Judgement
from tests.tasks.intake.recognise_kit import AGENCY_HEADER, grid, read, told, understood, workbook

QUIET = [["Đơn vị báo cáo", "Xã Mỹ Hà"], ["Kỳ báo cáo", date(2023, 4, 12)]]
HEADING = ["TT", "Mã chỉ tiêu", "Kết quả thực hiện", "Đạt", "Cơ bản đạt", "Chưa đạt", "Tỷ lệ hoàn thành (%)"]


def ticked(*marks, heading=HEADING):
    submission, findings = understood(grid([*QUIET, heading, [1, "1.1", "Có", *marks, 100]]))
    return submission.parts.get(Part.PROGRESS, ()), findings


@pytest.mark.parametrize(
    ("marks", "judgement", "cell"),
    [
        (["x", "", ""], Judgement.MET, "D4"),
        (["", "X", None], Judgement.NEARLY_MET, "E4"),
        ([None, None, " ✓ "], Judgement.NOT_MET, "F4"),
        (["☒", "☐", "☐"], Judgement.MET, "D4"),
        (["☐", " ☑ ", None], Judgement.NEARLY_MET, "E4"),
        ([None, "☐", "✔"], Judgement.NOT_MET, "F4"),
        (["√", "", ""], Judgement.MET, "D4"),
    ],
)
def test_a_mark_says_the_judgement_of_its_heading_and_stands_where_it_stands(marks, judgement, cell):
    ((row,), findings) = ticked(*marks)
    assert (row.judgement, row.cell("judgement"), findings) == (judgement, cell, ())
    assert row.source("sha", "judgement").raw == next(mark for mark in marks if mark not in ("", None, "☐"))


def test_a_mark_of_a_telephone_carries_an_invisible_sign_and_counts():
    rows, findings = ticked(None, None, "✔\ufe0f")
    assert rows[0].judgement is Judgement.NOT_MET
    assert told(findings) == [("READ_TEXT_NORMALISED", "F4")]


def test_two_marks_are_asked_about_at_the_second():
    rows, findings = ticked("x", "", "x")
    assert told(findings) == [("JUDGEMENT_MARKED_TWICE", "F4")]
    assert (rows[0].judgement, findings[0].severity) == (Judgement.NOT_STATED, Severity.ERROR)
    assert findings[0].facts["readings"] == "Đạt, Chưa đạt"


@pytest.mark.parametrize(
    ("marks", "cell"),
    [
        (["x", "Chưa đạt", ""], "E4"),
        (["Đạt", "", ""], "D4"),
        (["", "100%", ""], "E4"),
        (["☐", "✗", "☐"], "E4"),
        (["☐ Đạt", "", ""], "D4"),
        (["x", "", 0], "F4"),
        (["#REF!", "x", ""], "D4"),
    ],
)
def test_anything_but_a_mark_is_asked_about(marks, cell):
    rows, findings = ticked(*marks)
    (found,) = findings
    assert (found.place.cell, found.severity) == (cell, Severity.ERROR)
    assert found.code in ("JUDGEMENT_MARK_UNCLEAR", "CELL_ERROR_VALUE")
    assert rows[0].judgement is Judgement.NOT_STATED


def test_no_mark_is_not_stated_and_told():
    rows, findings = ticked("", None, "")
    assert (rows[0].judgement, told(findings)) == (Judgement.NOT_STATED, [("JUDGEMENT_NOT_MARKED", "D4")])
    assert findings[0].severity is Severity.NOTE


def test_an_empty_box_is_no_mark_and_a_line_of_them_no_row():
    rows, findings = ticked("☐", "☐", "☐")
    assert (rows[0].judgement, told(findings)) == (Judgement.NOT_STATED, [("JUDGEMENT_NOT_MARKED", "D4")])
    printed = [None, None, None, "☐", "☐", "☐", None]
    submission, findings = understood(
        grid([*QUIET, HEADING, [1, "1.1", "Có", "☒", "☐", "☐", 100], printed, printed])
    )
    assert ([row.judgement for row in submission.parts[Part.PROGRESS]], findings) == ([Judgement.MET], ())


def test_an_empty_box_in_a_column_of_text_stays_text():
    heading = [*HEADING, "Ghi chú"]
    submission, _ = understood(grid([*QUIET, heading, [1, "1.1", "☐", "x", "", "", 100, "☐"]]))
    assert submission.parts[Part.PROGRESS][0].result_text == "☐"


@pytest.mark.parametrize(("box", "is_nil"), [("☒", True), ("☑", True), ("☐", False)])
def test_nothing_new_may_be_ticked_in_a_box(box, is_nil):
    submission, _ = understood(grid([*QUIET, ["Không phát sinh so với báo cáo trước", box], HEADING]))
    assert submission.nil is is_nil


def test_the_three_may_stand_below_one_heading_merged_over_them(tmp_path):
    upper = ["TT", "Mã chỉ tiêu", "Kết quả thực hiện", "Xã tự đánh giá", None, None, "Ghi chú"]
    lower = [None, None, None, "Đạt", "Cơ bản đạt", "Chưa đạt", None]

    def merge(book):
        for cells in ("A3:A4", "B3:B4", "C3:C4", "D3:F3", "G3:G4"):
            book["A"].merge_cells(cells)

    lines = [*QUIET, upper, lower, [1, "1.1", "Có", None, "x", None, ""], [2, "1.2", "Có", "x"]]
    for touch in (merge, lambda book: None):
        submission, findings = understood(read(workbook({"A": lines}, touch), tmp_path))
        rows = submission.parts[Part.PROGRESS]
        assert [row.judgement for row in rows] == [Judgement.NEARLY_MET, Judgement.MET]
        assert findings == ()


def test_an_agency_may_tick_too():
    heading = ["Xã", "Chỉ tiêu", "Đạt", "Chưa đạt", "Còn thiếu"]
    submission, findings = understood(
        grid([*AGENCY_HEADER, heading, ["Xã Mỹ Thịnh", "4", "", "x", "Biên bản"]]), reporter="pktht"
    )
    (row,) = submission.parts[Part.VERIFICATION]
    assert (row.judgement, [f for f in findings if f.severity is Severity.ERROR]) == (Judgement.NOT_MET, [])


def test_a_mark_in_a_column_of_words_is_asked_about_as_ever():
    heading = ["TT", "Mã chỉ tiêu", "Tự đánh giá", "Kết quả"]
    _, findings = understood(grid([*QUIET, heading, [1, "1.1", "x", "Có"]]))
    assert told(findings) == [("JUDGEMENT_UNKNOWN", "C4")]


def test_words_and_ticks_side_by_side_are_one_column_too_many():
    heading = ["TT", "Mã chỉ tiêu", "Tự đánh giá", "Đạt", "Chưa đạt"]
    _, findings = understood(grid([*QUIET, heading, [1, "1.1", "Đạt", "", "x"]]))
    assert ("COLUMN_REPEATED", "D3") in told(findings)


def test_a_single_judgement_among_the_headings_is_no_column_of_marks():
    heading = ["TT", "Mã chỉ tiêu", "Tự đánh giá", "Kết quả", "Đạt"]
    submission, findings = understood(grid([*QUIET, heading, [1, "1.1", "Chưa đạt", "Có", "x"]]))
    assert submission.parts[Part.PROGRESS][0].judgement is Judgement.NOT_MET
    assert told(findings) == [("COLUMN_UNKNOWN", "E3")]
