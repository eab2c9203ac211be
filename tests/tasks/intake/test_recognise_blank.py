"""A form that was sent as it was handed out states nothing: it must not displace what was sent before."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.findings import Severity
from domain.forms import Part
from domain.judgement import Judgement
from domain.rules import judge
from domain.submissions import SubmissionState
from tests.tasks.intake.recognise_kit import (
    AGENCY_HEADER,
    DEBT,
    DOSSIERS,
    HEADER,
    PROGRESS,
    REMARKS,
    VERIFICATION,
    Lines,
    campaign,
    codes,
    grid,
    told,
    understood,
)

UNIT = ["Đơn vị tính: triệu đồng"]
# What a form prints itself, and last week's projects with their sums taken out.
PRINTED: dict[Part, Lines] = {
    Part.PROGRESS: [PROGRESS, [1, "Quy hoạch", "1.1", "Có quy hoạch", "Đạt"], [2, "", "1.2", "Có quy chế"]],
    Part.DOSSIERS: [DOSSIERS, [1, "1.1", "Quyết định phê duyệt", "", "Phòng KT-HT"]],
    Part.DEBT: [UNIT, DEBT, [1, "Đường trục xã", "12/QĐ-UBND"], ["Tổng cộng", None, None, 0, 0]],
    Part.REMARKS: [REMARKS, ["Nguyên nhân", ""], ["Khó khăn, vướng mắc", None]],
}
FILLED: Lines = [PROGRESS, [1, "Quy hoạch", "1.1", "Có quy hoạch", "Đạt", "Có", "Đạt"]]
HEADINGS = {Part.PROGRESS: PROGRESS, Part.DOSSIERS: DOSSIERS, Part.DEBT: DEBT, Part.REMARKS: REMARKS}


@pytest.mark.parametrize("part", PRINTED)
def test_a_file_of_nothing_but_a_blank_form_is_returned(part):
    for lines in (PRINTED[part], [HEADINGS[part]]):
        submission, findings = understood(grid([*HEADER, *lines]))
        (error,) = [finding for finding in findings if finding.severity is Severity.ERROR]
        assert (error.code, error.place.cell, error.facts) == ("REPORT_BLANK", "", {"name": "tep.xlsx"})
        assert (submission.parts, submission.form) == ({}, "commune-weekly-v1")


def test_a_blank_form_of_an_agency_is_returned_even_where_it_quotes_the_commune():
    lines = [*AGENCY_HEADER, VERIFICATION, ["Xã Mỹ Hà", "1.1", "Đạt"], ["Xã Mỹ Hà", "1.2", "Chưa đạt"]]
    submission, findings = understood(grid(lines), reporter="pktht")
    assert "REPORT_BLANK" in codes(findings)
    assert submission.parts == {}


@pytest.mark.parametrize("part", [Part.DOSSIERS, Part.DEBT, Part.REMARKS])
def test_a_blank_part_beside_a_filled_one_is_told_at_its_heading_and_not_brought(part):
    submission, findings = understood(grid([*HEADER, *FILLED], PRINTED[part]))
    (warning,) = [finding for finding in findings if finding.severity is not Severity.NOTE]
    row = 2 if part is Part.DEBT else 1
    assert (warning.code, warning.severity, warning.place.sheet) == ("PART_BLANK", "warning", "Bảng 2")
    assert (warning.place.cell, warning.facts) == (f"A{row}", {"part": part.vi})
    assert set(submission.parts) == {Part.PROGRESS}


@pytest.mark.parametrize(
    ("heading", "line", "part"),
    [
        (PROGRESS, [1, "", "1.1", "", "", "Có"], Part.PROGRESS),
        (PROGRESS, [1, "", "1.1", "", "", "", "Chưa đánh giá"], Part.PROGRESS),  # said, not left out
        (PROGRESS, [1, "", "1.1", "", "", "", "", 0], Part.PROGRESS),
        (PROGRESS, [1, "", "1.1", "", "", "", "", None, None, "Chờ tỉnh"], Part.PROGRESS),
        (DOSSIERS, [1, "1.1", "Quyết định", "Đang lập"], Part.DOSSIERS),
        (DOSSIERS, [1, "1.1", "Quyết định", "", "", "", "", "Bản đồ"], Part.DOSSIERS),
        (DEBT, [1, "Đường", "", None, 0], Part.DEBT),
        (DEBT, [None, "Không có nợ đọng"], Part.DEBT),
        (REMARKS, ["Nguyên nhân", "Thiếu vốn"], Part.REMARKS),
    ],
)
def test_one_cell_beyond_what_the_form_prints_brings_the_part(heading, line, part):
    submission, findings = understood(grid([*HEADER, heading, line]))
    assert set(submission.parts) == {part}
    assert codes(findings) == set()


def test_a_part_continued_on_a_blank_page_is_brought_whole():
    submission, findings = understood(grid([*HEADER, *FILLED], PRINTED[Part.PROGRESS]))
    assert [row.indicator for row in submission.parts[Part.PROGRESS]] == ["1.1", "1.1", "1.2"]
    assert "PART_BLANK" not in codes(findings)


def test_remarks_under_unknown_subjects_alone_are_no_remarks():
    submission, findings = understood(grid([*HEADER, *FILLED], [REMARKS, ["Việc khác", "Họp"]]))
    assert set(submission.parts) == {Part.PROGRESS}
    assert {("REMARK_SUBJECT_UNKNOWN", "A2"), ("PART_BLANK", "A1")} <= set(told(findings))


def test_what_nobody_can_read_states_nothing():
    _, findings = understood(grid([*HEADER, PROGRESS, [1, "", "1.1", "", "", "", "", "gần xong"]]))
    assert {"NUMBER_UNREADABLE", "REPORT_BLANK"} <= codes(findings)


def test_a_nil_report_with_the_printed_form_leaves_what_it_refers_to_in_force():
    nil: Lines = [*HEADER, ["Không phát sinh", "x"]]
    submission, findings = understood(grid([*nil, *PRINTED[Part.PROGRESS]], PRINTED[Part.DEBT]))
    assert (submission.nil, submission.parts) == (True, {})
    assert codes(findings) == set()


# --- blank cells never become values -----

BLANKS = st.sampled_from([None, "", " ", "\u00a0", "\u200b"])
# Per part: its heading, what names a row, and a row that is filled, so that the part is brought.
FILLED_BESIDE: dict[Part, tuple[Lines, list[Any], list[Any]]] = {
    Part.PROGRESS: ([PROGRESS], [1, "", "1.1"], [2, "", "1.2", "", "", "Có", "Đạt", 100]),
    Part.DOSSIERS: ([DOSSIERS], [1, "1.1", "Quyết định"], [2, "1.2", "Bản đồ", "Đang lập"]),
    Part.DEBT: ([UNIT, DEBT], [1, "Đường"], [2, "Kênh", "", 900, 500, 200, 0, 0, 100, 300, 200]),
}


def blanked(heading: list[Any], named: list[Any], blanks: list[Any]) -> list[Any]:
    return [*named, *blanks[: len(heading) - len(named)]]


def stated_in(row: Any) -> dict[str, object]:
    """What a typed row says beyond its place, its name and the precision of its sums."""
    aside = {
        "sheet",
        "row",
        "columns",
        "raw",
        "indicator",
        "document",
        "project",
        "kind",
        "unit",
        "last_digit",
    }
    values = {name: getattr(row, name) for name in row.__dataclass_fields__ if name not in aside}
    return {name: v for name, v in values.items() if v not in (None, "", Judgement.NOT_STATED)}


@pytest.mark.parametrize("part", FILLED_BESIDE)
@given(blanks=st.lists(BLANKS, min_size=11, max_size=11))
def test_blank_cells_beside_filled_ones_never_become_values(part, blanks):
    heading, named, filled = FILLED_BESIDE[part]
    book = grid([*HEADER, *heading, blanked(heading[-1], named, blanks), filled])
    submission, findings = understood(book)
    first, second = submission.parts[part]
    assert stated_in(first) == {}
    assert stated_in(second) != {}
    verdict = judge(submission, findings, campaign())
    assert verdict.state is SubmissionState.ACCEPTED
    warned = {f.code for f in verdict.findings if f.severity is not Severity.NOTE}
    assert warned == ({"DEBT_NOT_STATED"} if part is Part.DEBT else set())


@pytest.mark.parametrize("part", FILLED_BESIDE)
@given(blanks=st.lists(BLANKS, min_size=11, max_size=11))
def test_whatever_kind_of_blank_fills_a_form_it_is_returned(part, blanks):
    heading, named, _ = FILLED_BESIDE[part]
    submission, findings = understood(grid([*HEADER, *heading, blanked(heading[-1], named, blanks)]))
    assert judge(submission, findings, campaign()).state is SubmissionState.RETURNED
    assert submission.parts == {}
