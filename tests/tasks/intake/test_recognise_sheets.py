"""Sheets that don't belong (a neighbour's, last week's, a hidden one): each is told, none counts in silence."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from domain.findings import Severity
from domain.forms import Part
from domain.reporters import Reporter, Roster
from domain.rules.registry import judge
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
    read,
    told,
    understood,
    workbook,
)

ROW = [1, "Quy hoạch", "1.1", "Có quy hoạch", "Đạt", "Có", "Đạt", 100]
OWED: Lines = [
    ["Đơn vị tính: triệu đồng"],
    DEBT,
    [1, "Đường", "12/QĐ-UBND", 900, 600, 100, 0, 0, 0, 100, 500],
]
LAST_WEEK: Lines = [*OWED[:2], [1, "Đường trục", "", 900, 600, 100, 0, 0, 0, 100, 500]]


def quarantined(*lines: Any, reporter: str = "my_ha", header: Lines = HEADER) -> list[tuple[str, str]]:
    findings = understood(grid(header, list(lines)), reporter=reporter)[1]
    return [(f.code, f.place.cell) for f in findings if f.severity is Severity.QUARANTINE]


# --- titles -----


def test_a_whole_file_of_another_commune_is_one_mistake_told_at_its_header():
    lines: Lines = [
        ["(UBND xã Mỹ Hà)"],
        PROGRESS,
        ROW,
        [],
        ["(UBND xã Mỹ Hà)"],
        REMARKS,
        ["Nguyên nhân", "A"],
    ]
    findings = understood(grid(HEADER, lines), reporter="my_thinh")[1]
    places = [f.place.cell for f in findings if f.code == "REPORTER_DIFFERS"]
    assert places == ["B4"]


@pytest.mark.parametrize(
    "title",
    [
        "(UBND xã Mỹ Thịnh; kỳ báo cáo thứ Tư, ngày 12/4/2023)",
        "UBND XÃ MỸ THÀNH",
        "Biểu A - Mỹ Thịnh",
        "Tiến độ các xã Mỹ Thịnh, Mỹ Thành",
    ],
)
def test_a_title_above_a_table_that_names_another_commune_is_quarantined_at_its_cell(title):
    assert quarantined(["A. TIẾN ĐỘ"], [None, title], PROGRESS, ROW) == [("REPORTER_DIFFERS", "B2")]
    assert quarantined(PROGRESS, ROW, [], [title], REMARKS, ["Nguyên nhân", "A"]) == [
        ("REPORTER_DIFFERS", "A4")
    ]


@pytest.mark.parametrize(
    "title",
    [
        "(UBND xã Mỹ Hà; kỳ báo cáo thứ Tư, ngày 12/4/2023)",
        "Xã Mỹ Hà (giáp xã Mỹ Thịnh)",
        "Kính gửi: Phòng Nông nghiệp và PTNT",
        "Xã Mỹ Thịnhh, xã Mỹ Thạnh",
        "A. TIẾN ĐỘ",
        "Công văn ngày 5/4/2023 của UBND huyện",
    ],
)
def test_a_title_of_this_commune_or_of_none_is_left_alone(title):
    assert quarantined(["A. TIẾN ĐỘ"], [None, title], PROGRESS, ROW) == []


def test_a_longer_name_of_a_commune_is_not_the_shorter_one_inside_it():
    shipped = campaign()
    mine = shipped.roster["my_ha"]
    other = replace(mine, id="my_ha_nam", name="Xã Mỹ Hà Nam", aliases=("Mỹ Hà Nam",))
    roster = replace(shipped.roster, reporters=(*shipped.roster.reporters, other))
    book = grid(HEADER, [["UBND xã Mỹ Hà Nam"], PROGRESS, ROW])
    findings = understood(book, of=replace(shipped, roster=roster))[1]
    assert ("REPORTER_DIFFERS", "A1") in told(findings)


class Told(tuple[Reporter, ...]):
    """Reporters that can be asked for, and no longer gone through one by one."""

    is_closed = False

    def __iter__(self) -> Iterator[Reporter]:
        if self.is_closed:
            raise AssertionError("ten thousand communes must not make one file dearer")
        return super().__iter__()


def test_nothing_goes_through_the_whole_roster_for_one_file():
    reporters = Told(campaign().roster.reporters)
    of = replace(campaign(), roster=Roster(reporters))
    reporters.is_closed = True
    submission, findings = understood(grid(HEADER, [["UBND xã Mỹ Thịnh"], PROGRESS, ROW]), of=of)
    assert judge(submission, findings, of).state is SubmissionState.QUARANTINED


def test_the_cells_of_a_table_name_other_communes_rightly():
    assert quarantined(PROGRESS, [*ROW[:5], "Đường sang xã Mỹ Thịnh", "Đạt"]) == []


def test_an_agencys_tables_name_communes_and_dates_rightly():
    lines = [["Xã Mỹ Thịnh, kỳ báo cáo 5/4/2023"], VERIFICATION, ["Xã Mỹ Hà", "1.1", "Đạt", "Đạt"]]
    assert quarantined(*lines, reporter="pktht", header=AGENCY_HEADER) == []


@pytest.mark.parametrize(
    "title",
    [
        "(UBND xã Mỹ Hà; kỳ báo cáo thứ Tư, ngày 5/4/2023)",
        "Kỳ báo cáo ngày 19 tháng 4 năm 2023",
        "Tuần báo cáo từ 30/3/2023 đến 5/4/2023",
    ],
)
def test_a_title_that_names_another_week_is_quarantined(title):
    assert quarantined([None, title], PROGRESS, ROW) == [("WEEK_DIFFERS", "B1")]


@pytest.mark.parametrize(
    "title",
    [
        "Kỳ báo cáo thứ Tư, ngày 12/4/2023",
        "Kỳ báo cáo từ 6/4/2023 đến 12/4/2023",
        "Thay đổi so với kỳ báo cáo trước (5/4/2023)",
        "Kỳ báo cáo tuần này",
        "Kỳ báo cáo ngày 31/4/2023",
    ],
)
def test_a_title_with_a_day_of_this_week_or_of_none_is_left_alone(title):
    assert quarantined([None, title], PROGRESS, ROW) == []


def test_a_header_line_is_not_judged_twice():
    assert quarantined(["Đơn vị báo cáo", "Xã Mỹ Thịnh"], ["Kỳ báo cáo: 5/4/2023"], PROGRESS, ROW) == [
        ("REPORTER_DIFFERS", "B1"),
        ("WEEK_DIFFERS", "A2"),
    ]


# --- one part on two sheets -----

SHEETS: dict[Part, tuple[Lines, Lines]] = {
    Part.PROGRESS: ([PROGRESS, ROW], [PROGRESS, [2, "", "1.2", "", "", "Có", "Đạt"]]),
    Part.DOSSIERS: (
        [DOSSIERS, [1, "1.1", "Quyết định", "Đã gửi"]],
        [DOSSIERS, [1, "1.1", "Bản đồ", "Đã gửi"]],
    ),
    Part.REMARKS: ([REMARKS, ["Nguyên nhân", "A"]], [REMARKS, ["Khó khăn, vướng mắc", "B"]]),
}


def test_projects_stated_on_two_sheets_are_asked_about_with_both_names():
    book = grid(HEADER, OWED, [["Tuần trước"], *LAST_WEEK], names=["Chung", "C", "C (tuần trước)"])
    (error,) = [f for f in understood(book)[1] if f.code == "PART_REPEATED"]
    assert (error.severity, error.place.sheet) == (Severity.ERROR, "C (tuần trước)")
    assert error.facts == {"part": Part.DEBT.vi, "first": "C", "seen": "C (tuần trước)"}


@pytest.mark.parametrize("part", SHEETS)
def test_parts_whose_rows_have_a_code_may_be_spread_over_sheets(part):
    submission, findings = understood(grid(HEADER, *SHEETS[part]))
    assert "PART_REPEATED" not in codes(findings)
    assert len(submission.parts[part]) == 2


def test_an_agency_may_give_each_commune_a_sheet():
    sheets = [[VERIFICATION, [name, "1.1", "", "Đạt"]] for name in ("Xã Mỹ Hà", "Xã Mỹ Thịnh")]
    submission, findings = understood(grid(AGENCY_HEADER, *sheets), reporter="pktht")
    assert "PART_REPEATED" not in codes(findings)
    assert len(submission.parts[Part.VERIFICATION]) == 2


def test_a_blank_second_sheet_and_a_heading_printed_again_are_no_repetition():
    blank = [*OWED[:2], [1, "Đường"]]
    for sheets in ([OWED, blank], [blank, OWED], [[*OWED, DEBT, [2, "Kênh", "", 7, 5, 5]]]):
        assert "PART_REPEATED" not in codes(understood(grid(HEADER, *sheets))[1])


def test_a_second_debt_table_below_that_begins_its_numbers_again_is_asked_about():
    again = [*OWED, [], DEBT, [1, "Kênh", "", 7, 5, 5]]
    found = told(understood(grid(HEADER, again))[1])
    assert [each for each in found if each[0] == "PART_REPEATED"] == [("PART_REPEATED", f"A{len(OWED) + 2}")]


@pytest.mark.parametrize(
    "page",
    [
        [[2, "Kênh", "", 7, 5, 5]],
        [["II", "Công trình mới"], [1, "Kênh", "", 7, 5, 5]],
        [[1, 2, 3, 4, 5, 6], [2, "Kênh", "", 7, 5, 5]],
        [[None, "Kênh", "", 7, 5, 5]],
    ],
)
def test_a_next_page_of_the_debt_table_goes_on_with_its_numbers_or_with_a_section(page):
    found = codes(understood(grid(HEADER, [*OWED, DEBT, *page]))[1])
    assert "PART_REPEATED" not in found


@pytest.mark.parametrize("title", ["SỐ LIỆU KỲ TRƯỚC (5/4/2023)", "Nợ tuần báo cáo trước", "Nợ năm trước"])
def test_a_title_of_the_debt_table_that_says_another_period_is_quarantined(title):
    assert ("WEEK_DIFFERS", "A1") in quarantined([title], *OWED)
    assert ("WEEK_DIFFERS", "A1") not in quarantined([f"So với: {title}"], *OWED)
    assert ("WEEK_DIFFERS", "A1") not in quarantined([title], PROGRESS, ROW)


def test_each_further_sheet_is_told_once():
    twice = [*LAST_WEEK, DEBT, [2, "Kênh", "", 7, 5, 5]]
    found = told(understood(grid(HEADER, OWED, twice, LAST_WEEK))[1])
    assert [each for each in found if each[0] == "PART_REPEATED"] == [("PART_REPEATED", "A2")] * 2


# --- hidden -----


def hidden(touch: Callable[[Any], None], tmp_path: Any, lines: Lines) -> list[tuple[str, str]]:
    """Read by the reader itself: what is hidden is its knowledge."""
    from tasks.intake.formats import FileFormat
    from tasks.intake.workbook import FileToRead, read_batch

    path = tmp_path / "tep.xlsx"
    workbook({"Chung": HEADER, "C": lines}, touch).save(path)
    (book,) = read_batch([FileToRead("sha", path, "tep.xlsx", FileFormat.XLSX)]).values()
    findings = understood(book)[1]  # type: ignore[arg-type]
    return [(f.place.sheet, f.place.cell) for f in findings if f.code == "HIDDEN_IS_COUNTED"]


def _hide_sheet(book):
    book["C"].sheet_state = "hidden"


def _hide_row(book):
    book["C"].row_dimensions[3].hidden = True


def _hide_column(book):
    book["C"].column_dimensions["E"].hidden = True


def _hide_row_above(book):
    book["C"].row_dimensions[1].hidden = True


@pytest.mark.parametrize(
    ("touch", "lines", "places"),
    [
        (_hide_sheet, OWED, [("C", "A2")]),
        (_hide_sheet, [*OWED[:2], [1, "Đường"]], []),
        (_hide_row, OWED, [("C", "A3")]),
        (_hide_row_above, OWED, []),
        (_hide_column, OWED, [("C", "E2")]),
        (lambda book: None, OWED, []),
    ],
)
def test_what_is_hidden_and_counts_is_told_once(tmp_path, touch, lines, places):
    assert hidden(touch, tmp_path, lines) == places


TOP = ["TT", "Tên dự án", "Khối lượng đã nghiệm thu", "Vốn đã bố trí lũy kế", "", "", "Đã thanh toán lũy kế"]
SOURCES = ["", "", "", "NS tỉnh", "NS huyện", "NS xã"]
THREE_ROWS = {
    "every column below a third heading": (["", "", "", "Trong đó"], SOURCES, ["D7:F7"]),
    "some of them": (["", "", "", "Ngân sách", "", "NS xã"], SOURCES[:5], ["D7:E7"]),
    "a third row of units": (SOURCES, ["", "", *["triệu đồng"] * 5], []),
}


@pytest.mark.parametrize("name", THREE_ROWS)
def test_headings_of_three_rows_are_understood(tmp_path, name):
    middle, lower, merged = THREE_ROWS[name]

    def touch(book):
        for cells in ("D6:F6", *merged):
            book["A"].merge_cells(cells)

    lines = [*HEADER, TOP, middle, lower, ["1", "Đường trục xã", 9, 1, 2, 3, 4]]
    submission, findings = understood(read(workbook({"A": lines}, touch), tmp_path))
    unit = "" if "units" in name else "MONEY_UNIT_MISSING"
    assert {f.code for f in findings if f.severity == "error"} == {unit} - {""}
    (row,) = submission.parts[Part.DEBT]
    assert (row.project, row.row) == ("Đường trục xã", 9)
    if not unit:
        assert (row.allotted_province, row.allotted_district, row.allotted_commune) == (
            1_000_000,
            2_000_000,
            3_000_000,
        )


def test_a_title_over_two_rows_of_headings_is_none_of_them(tmp_path):
    lines = [*HEADER, ["BIỂU TỔNG HỢP"], TOP, SOURCES, ["1", "Đường", 0, 0, 0, 0, 0]]

    def touch(book):
        book["A"].merge_cells("A6:G6")
        book["A"].merge_cells("D7:F7")

    submission, _ = understood(read(workbook({"A": lines}, touch), tmp_path))
    assert [row.row for row in submission.parts[Part.DEBT]] == [9]
