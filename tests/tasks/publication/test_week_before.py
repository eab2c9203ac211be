"""A week beside the week before: what a leader is told, from figures written by hand in tests/factories_weeks.py."""

import io
import re
from dataclasses import replace

import docx
import pytest

from domain.forms import Part
from domain.judgement import Judgement, Witness
from domain.reporters import Roster
from domain.summary import (
    ALL,
    Change,
    Figure,
    FigureKind,
    Summary,
    case_age_id,
    cases_id,
    change_id,
    count_id,
    criterion_id,
    debt_id,
    decision_id,
    indicator_id,
    last_id,
    milestone_id,
    plan_id,
    previous_on_id,
    project_movement_id,
)
from tasks.publication.blocks import Listing, Section, Table, Tone
from tasks.publication.cells import Report
from tasks.publication.document import document
from tasks.publication.figure_names import figure_words
from tasks.publication.page import page
from tasks.publication.section_changes import changes_table
from tasks.publication.section_debt import debt_table
from tasks.publication.section_differences import (
    cases_table,
    decided_table,
    difference_words,
    differences_table,
    every_difference_table,
)
from tasks.publication.section_dossiers import codes_words, milestones_table
from tasks.publication.section_movement import movement_table
from tasks.publication.section_progress import (
    MOVES_SHOWN,
    Direction,
    moves_by_direction,
    moves_table,
    plans_table,
)
from tasks.publication.view import View, view_of
from tests import factories, factories_weeks
from tests.factories_weeks import BACK, MOVED, SILENT
from tests.tasks.publication.opening import opened


@pytest.fixture(scope="module")
def report() -> Report:
    return Report(factories_weeks.compared(), factories.campaign(), factories.says)


@pytest.fixture(scope="module")
def view() -> View:
    return shown(factories_weeks.compared())


def shown(summary: Summary) -> View:
    return view_of(summary, factories.campaign(), factories.says)


def texts(table: Listing) -> list[list[str]]:
    return [[cell.text for cell in line.cells] for line in table.lines]


def words(section: Section | None) -> str:
    assert section is not None
    paragraphs = [block.text for block in section.blocks if not isinstance(block, Table)]
    return "\n".join(
        paragraphs + [text for table in section.tables() for line in texts(table) for text in line]
    )


def table_of(view: View, table_id: str) -> Table:
    return next(t for section in view.sections for t in section.tables() if t.id == table_id)


def test_a_count_stands_with_what_it_changed_by_and_stays_a_number(view: View) -> None:
    own = table_of(view, "so-tieu-chi").lines[0].cells
    assert [cell.text for cell in own[2:]] == ["9 (+2)", "3 (=)", "4 (−2)", "3", "64 (+3)"]
    assert [cell.number for cell in own[2:]] == [9, 3, 4, 3, 64]


def test_whom_the_week_before_is_not_the_week_of_comparison_is_said(view: View) -> None:
    note = "so với tuần 19/4/2023; riêng Xã Mỹ Thịnh so với tuần 12/4/2023."
    assert note in words(view.sections[1])
    assert "riêng Xã Mỹ Hà" not in words(view.sections[1])


def test_of_many_communes_compared_with_another_week_the_first_are_named() -> None:
    roster = factories.campaign().roster
    others = tuple(replace(roster["my_ha"], id=f"xa{n}", name=f"Xã {n}", aliases=()) for n in range(8))
    week = factories_weeks.compared()
    day = {previous_on_id(c.id, Part.PROGRESS): factories_weeks.FURTHER_BACK for c in others}
    moved = {change_id(count_id(c.id, Witness.COMMUNE, Judgement.MET)): 1 for c in others}
    week = factories.with_values(factories.with_values(week, day, kind=FigureKind.DATE), moved)
    of = replace(factories.campaign(), roster=Roster((*roster.reporters, *others)))
    note = "riêng Xã Mỹ Thịnh, Xã 0, Xã 1, Xã 2, Xã 3, Xã 4 và 3 xã khác so với tuần 12/4/2023."
    assert note in words(view_of(week, of, factories.says).sections[1])


def test_the_first_week_compares_with_nothing_and_says_nothing_of_it() -> None:
    first = shown(factories.summary())
    told = "\n".join(words(section) for section in first.sections)
    assert "Chuyển biến" not in told
    assert "so với tuần" not in told
    assert {"chuyen-bien", "ke-hoach-lui", "bien-dong-no", "vu-viec"} & {
        table.id for section in first.sections for table in section.tables()
    } == set()


def test_who_improved_stands_first_then_who_fell_back(report: Report) -> None:
    rows = texts(moves_table(report))
    assert [row[0] for row in rows if len(row) == 1] == [
        "Tăng mức đánh giá (2)",
        "Giảm mức đánh giá (1)",
        "Mới có hoặc không còn số liệu (1)",
    ]
    assert [row[3] for row in rows if len(row) == 4] == [
        "Cơ bản đạt → Đạt",
        "Chưa đạt → Cơ bản đạt",
        "Đạt → Chưa đạt",
        "Chưa có số liệu → Đạt",
    ]


@pytest.mark.parametrize(
    ("arrow", "expected"),
    [
        ("Chưa đạt → Đạt", Direction.UP),
        ("Cơ bản đạt → Chưa đạt", Direction.DOWN),
        ("Đạt → Cơ bản đạt", Direction.DOWN),
        ("Đạt → Chưa có số liệu", Direction.OTHER),
        ("something new", Direction.OTHER),
    ],
)
def test_an_arrow_points_up_or_down_or_to_silence(arrow: str, expected: Direction) -> None:
    values = {change_id(indicator_id(MOVED, "1.1", Witness.COMMUNE)): arrow}
    summary = factories.with_values(factories.summary(), values, kind=FigureKind.TEXT)
    found = moves_by_direction(Report(summary, factories.campaign(), factories.says))
    assert [direction for direction, lines in found.items() if lines] == [expected]


def test_many_who_improved_never_hide_who_fell_back() -> None:
    codes = [indicator.code for indicator in factories.campaign().catalogue.indicators()]
    many = {change_id(indicator_id(BACK, code, Witness.COMMUNE)): "Chưa đạt → Đạt" for code in codes}
    week = factories.with_values(factories_weeks.compared(), many, kind=FigureKind.TEXT)
    rows = texts(table_of(shown(week), "chuyen-bien"))
    left = len(codes) + 2 - MOVES_SHOWN  # 5.1 of Mỹ Hà and 2.1 of the agency improved, too
    assert [f"Còn {left} đánh giá khác: xem phụ lục, trang tính “Chuyển biến”."] in rows
    assert any(row[-1] == "Đạt → Chưa đạt" for row in rows)
    assert sum(row[-1] == "Chưa đạt → Đạt" for row in texts(_annex_table(week))) == len(codes)


def _annex_table(week: Summary) -> Listing:
    return moves_table(Report(week, factories.campaign(), factories.says))


def test_a_week_without_a_change_says_so() -> None:
    still = factories.summary(compared_with=factories_weeks.compared().compared_with)
    assert "không có chỉ tiêu nào thay đổi đánh giá" in words(shown(still).sections[1])


def test_the_last_counts_of_a_silent_commune_stand_below_its_silence(view: View) -> None:
    own, last, *_ = [
        line for line in table_of(view, "so-tieu-chi").lines if line.cells[0].text == "Xã Mỹ Thành"
    ]
    assert [cell.text for cell in own.cells[2:]] == ["–", "–", "–", "19", "–"]
    assert [cell.text for cell in last.cells] == [
        "Xã Mỹ Thành",
        "Xã tự đánh giá, số liệu tuần 19/4/2023",
        *("12", "3", "2", "2", "61"),
    ]
    assert {cell.tone for cell in last.cells} == {Tone.MUTED}


def test_last_values_are_words_and_never_numbers(report: Report, view: View) -> None:
    cells = [c for s in view.sections for t in s.tables() for line in t.lines for c in line.cells]
    last = [cell for cell in cells if cell.figure_id.startswith("last/")]
    assert len(last) > 30
    assert {(cell.number, cell.tone) for cell in last} == {(None, Tone.MUTED)}


def test_last_judgements_stand_under_a_heading_that_names_their_week(view: View) -> None:
    matrix = table_of(view, "tieu-chi-1")
    assert "Xã Mỹ Thành (tự đánh giá: số liệu tuần 19/4/2023)" in {column.group for column in matrix.columns}
    own = matrix.lines[0].cells[6]
    assert (own.text, own.tone) == ("● Đạt", Tone.MUTED)
    assert own.figure_id == last_id(criterion_id(SILENT, "NC-01", Witness.COMMUNE))


def test_the_debt_of_a_silent_commune_enters_no_total(report: Report) -> None:
    rows = texts(debt_table(report))
    at = next(n for n, row in enumerate(rows) if row[0].startswith("Xã Mỹ Thành"))
    assert rows[at] == [
        "Xã Mỹ Thành (số liệu tuần 19/4/2023, không tính vào tổng)",
        "500",
        "600",
        "700",
        "800",
        "–",
        "–",
    ]
    assert rows[at + 1][:2] == ["1. Cầu thôn 2", "500"]
    assert rows[-1][0].startswith("Tổng cộng (chưa gồm 1 xã chưa có số liệu: Xã Mỹ Thành")
    assert report.summary.value(debt_id("all", "legal")) == 1_500_500_000  # as in the week of the sample
    assert rows[-1][4] == "1.500,5*"


def test_a_sum_bears_its_sign_and_its_change(report: Report) -> None:
    line = next(line for line in debt_table(report).lines if line.cells[0].text == "Xã Mỹ Thịnh")
    assert (line.cells[1].text, line.cells[1].sign) == ("850* (+5)", "* (+5)")


def test_open_cases_stand_oldest_first_with_both_words_and_their_age(report: Report) -> None:
    rows = texts(cases_table(report))
    assert [(row[0], row[1].split()[0], *row[2:3], *row[5:7]) for row in rows] == [
        ("Xã Mỹ Hà", "1.1", "Đánh giá", "12/4/2023", "3"),
        ("Xã Mỹ Thịnh", "2.1", "Đánh giá", "19/4/2023", "2"),
    ]


def test_a_difference_stands_once_in_the_document_and_every_one_in_the_annex(report: Report) -> None:
    def codes(table: Listing) -> list[tuple[str, str]]:
        return [(row[0], row[1].split()[0]) for row in texts(table)]

    both = codes(cases_table(report)) + codes(differences_table(report))
    assert len(both) == len(set(both))
    assert sorted(both) == sorted(codes(every_difference_table(report)))


def decided(reason: str = "Biên bản kiểm tra ngày 25/4/2023") -> Summary:
    """The older of the two cases is decided."""
    week = factories_weeks.compared()
    week = replace(week, figures={i: f for i, f in week.figures.items() if i != case_age_id(MOVED, "1.1")})
    words = {
        decision_id(MOVED, "1.1", "decided_by"): "Trưởng phòng",
        decision_id(MOVED, "1.1", "reason"): reason,
    }
    week = factories.with_values(week, {cases_id(ALL): 1, cases_id(MOVED): 0}, kind=FigureKind.NUMBER)
    week = factories.with_values(week, words, kind=FigureKind.TEXT)
    return factories.with_values(
        week, {decision_id(MOVED, "1.1", "follows"): "agency"}, kind=FigureKind.STATE
    )


def test_a_decided_case_stands_once_beside_both_words_with_who_and_why() -> None:
    report = Report(decided(), factories.campaign(), factories.says)
    (row,) = texts(decided_table(report))
    assert (row[0], row[1].split()[0]) == ("Xã Mỹ Hà", "1.1")
    assert row[2:] == [
        "Đánh giá",
        "● Đạt",
        "○ Chưa đạt",
        "theo cơ quan",
        "Trưởng phòng",
        "Biên bản kiểm tra ngày 25/4/2023",
    ]
    for table in (cases_table(report), differences_table(report)):
        assert ("Xã Mỹ Hà", "1.1") not in [(row[0], row[1].split()[0]) for row in texts(table)]
    assert "1 nội dung phải giải quyết, 1 nội dung đã có quyết định" in difference_words(report)
    section = next(each for each in shown(decided()).sections if each.id == "chenh-lech")
    assert [table.id for table in section.tables()] == ["vu-viec", "quyet-dinh", "chenh-lech"]


def test_both_are_asked_to_compare_only_while_something_is_not_decided() -> None:
    week = decided()
    gone = ("difference/", "case/")
    kept = {i: f for i, f in week.figures.items() if not i.startswith(gone)}
    difference = week.figures["difference/my_ha/1.1"]
    settled = replace(
        week,
        figures={**kept, difference.id: difference, "cases/all": Figure("cases/all", FigureKind.NUMBER, 0)},
    )
    told = [words(next(s for s in shown(each).sections if s.id == "chenh-lech")) for each in (settled, week)]
    assert [each.splitlines()[0].count("đề nghị hai bên đối chiếu") for each in told] == [0, 1]
    assert "1 nội dung đã có quyết định." in told[0]


def test_a_week_without_decisions_has_neither_table_nor_columns_of_them(report: Report) -> None:
    section = next(each for each in shown(factories_weeks.compared()).sections if each.id == "chenh-lech")
    assert "quyet-dinh" not in [table.id for table in section.tables()]
    headings = [column.heading for column in every_difference_table(report).columns]
    with_one = every_difference_table(Report(decided(), factories.campaign(), factories.says)).whole()
    assert [column.heading for column in with_one.columns] == [
        *headings,
        "Quyết định",
        "Người quyết định",
        "Lý do",
    ]
    assert {len(line.cells) for line in with_one.lines} == {len(headings) + 3}
    assert next(row[-3:] for row in texts(with_one) if row[1].split()[0] == "2.1") == ["–", "–", "–"]


def test_what_a_decision_says_is_printed_and_never_read_as_markup() -> None:
    report = Report(decided("<b>xem</b> biên bản"), factories.campaign(), factories.says)
    told = page(shown(report.summary), report).decode()
    assert "&lt;b&gt;xem&lt;/b&gt; biên bản" in told
    assert "<b>xem" not in told


def test_a_revision_made_by_a_decision_says_so_on_page_one() -> None:
    changes = (
        Change(decision_id(MOVED, "1.1", "decided_by"), FigureKind.TEXT, None, "Trưởng phòng"),
        Change(decision_id(MOVED, "1.1", "follows"), FigureKind.STATE, None, "agency"),
        Change(case_age_id(MOVED, "1.1"), FigureKind.NUMBER, 3, None),
    )
    section = shown(replace(decided(), revision=2, changes=changes)).changes
    assert section is not None
    assert "2 số liệu thay đổi." in words(section)
    row, who = texts(section.tables()[0])
    assert who[1:] == ["–", "Trưởng phòng"]
    assert row[0].startswith("Xã Mỹ Hà: chỉ tiêu 1.1")
    assert row[0].endswith("quyết định về nội dung chưa thống nhất")
    assert row[1:] == ["–", "theo cơ quan"]


def test_a_witness_that_is_silent_in_a_case_stands_with_its_last_word_and_week() -> None:
    lead = factories.campaign().assignments.lead_of("1.1", factories_weeks.WEEK.wednesday)
    assert lead is not None
    week = factories_weeks.compared()
    said = indicator_id(MOVED, "1.1", Witness.AGENCY)
    week = factories.with_values(week, {said: Judgement.NOT_STATED})
    week = factories.with_values(week, {last_id(said): Judgement.NOT_MET}, kind=FigureKind.JUDGEMENT)
    day = {previous_on_id(lead, Part.VERIFICATION): factories_weeks.FURTHER_BACK}
    week = factories.with_values(week, day, kind=FigureKind.DATE)
    first = cases_table(Report(week, factories.campaign(), factories.says)).whole().lines[0].cells
    assert (first[4].text, first[4].tone) == ("tuần 12/4/2023: ○ Chưa đạt", Tone.MUTED)


def test_plans_that_slipped_stand_the_most_delayed_first(report: Report) -> None:
    rows = texts(plans_table(report))
    assert [row[0] for row in rows] == ["Xã Mỹ Hà", "Xã Mỹ Thành"]  # Mỹ Thịnh plans earlier than at first
    assert rows[0][2:] == ["15/5/2023", "29/5/2023", "+14", "+7", "2"]
    assert rows[1][2:] == ["1/5/2023", "lần gần nhất ghi 22/5/2023", "–", "–", "1"]


def test_a_milestone_shows_what_was_in_time_and_the_first_of_what_is_missing(
    report: Report, view: View
) -> None:
    codes = str(report.summary.value(milestone_id("M1", MOVED, "missing")))
    document_row, annex_row = (
        next(row for row in texts(table) if row[0] == "Xã Mỹ Hà")
        for table in (table_of(view, "moc"), milestones_table(report))
    )
    assert (document_row[1], document_row[2], document_row[4]) == ("64", "75", "30 (+4)")
    assert document_row[5] == f"11 chỉ tiêu: {', '.join(codes.split(', ')[:5])}, …"
    assert annex_row[5] == f"11 chỉ tiêu: {codes}"
    assert texts(table_of(view, "moc"))[2][5] == "không thiếu"


def test_a_project_that_lacked_a_sum_is_not_called_new(report: Report) -> None:
    """Its debt is known for the first time, though the table before listed it."""
    of_school = {project_movement_id(MOVED, "87-qđ-ubnd", "allotted"): 100}
    week = factories.with_values(report.summary, of_school, kind=FigureKind.MONEY)
    names = [row[0] for row in texts(movement_table(Report(week, report.campaign, report.says)))]
    assert "Trường mầm non khu B (lần trước chưa đủ số liệu tính nợ)" in names


def test_criteria_that_are_missing_stand_with_their_numbers(report: Report) -> None:
    assert codes_words(report, "NC-05, NC-13", 1) == "2 tiêu chí: 5, …"


def test_a_criterion_that_was_met_meanwhile_has_not_slipped(report: Report) -> None:
    met = {criterion_id(MOVED, "NC-08", Witness.COMMUNE): Judgement.MET}
    week = factories.with_values(report.summary, met, kind=FigureKind.JUDGEMENT)
    rows = texts(plans_table(Report(week, report.campaign, report.says)))
    assert [row[0] for row in rows] == ["Xã Mỹ Thành"]


def test_a_milestone_is_closed_by_its_last_good_day_and_not_before(view: View) -> None:
    """M1's last good day is 24/4, M2's 9/5; the week closes on 26/4."""
    headings = [row[0] for row in texts(table_of(view, "moc")) if len(row) == 1]
    assert [("; chốt ngày 24/4/2023)" in h, "chốt" in h) for h in headings] == [
        (True, True),
        (False, False),
        (False, False),
    ]


def test_movement_of_debt_has_the_district_the_communes_and_the_projects_that_moved(report: Report) -> None:
    rows = texts(movement_table(report))
    assert rows[0] == ["Tất cả các xã", "1.700", "+500", "+700", "+650", "1.500,5"]
    assert rows[1] == ["Xã Mỹ Hà", "1.450,5", "+500", "+700", "−50", "1.250,5"]
    assert [row[0] for row in rows[2:5]] == [
        "Đường trục xã đoạn Mỹ Hà - Quốc lộ 21 (tên trước: Đường trục xã)",
        "Trường mầm non khu B (mới)",
        "Nhà hóa táng (không còn trong danh sách)",
    ]
    assert rows[4][1:] == ["90", "–", "–", "–", "–"]
    assert rows[5][0] == "Xã Mỹ Thịnh (so với tuần 12/4/2023)"
    assert rows[-1] == ["Xã Mỹ Thành", "tuần này chưa có số liệu"]


def test_later_weeks_that_would_differ_are_named_on_page_one() -> None:
    week = factories.WEEK
    second = factories.revised(factories.summary(), "Gửi muộn", {debt_id(MOVED, "legal"): 5})
    told = words(shown(replace(second, later_weeks=(week.shifted(1), week.shifted(2)))).changes)
    assert (
        "Số liệu so sánh của các tuần đã phát hành sau đây sẽ khác: 19/4/2023, 26/4/2023; các bản đó giữ nguyên."
    ) in told
    assert "sau đây sẽ khác" not in words(shown(second).changes)


COMPARISONS = (
    change_id(count_id(MOVED, Witness.COMMUNE, Judgement.MET)),
    last_id(debt_id(SILENT, "legal")),
    previous_on_id(MOVED, Part.DEBT),
    "since/difference/my_ha/1.1",
    "case/my_ha/1.1/age",
    "cases/all",
    plan_id(MOVED, "NC-08", "slip"),
    project_movement_id(MOVED, "112-qđ-ubnd", "paid"),
)


def test_figures_that_only_compare_weeks_are_counted_on_page_one_and_listed_in_the_annex() -> None:
    changes = tuple(Change(i, FigureKind.NUMBER, 1, None) for i in (*COMPARISONS, "state/my_ha"))
    second = factories.summary(revision=2, changes=changes)
    section = shown(second).changes
    assert section is not None
    assert "1 số liệu thay đổi." in words(section)
    assert "8 số liệu so sánh, tổng hợp thay đổi theo: xem phụ lục, trang tính “Thay đổi”." in words(section)
    assert len(section.tables()[0].lines) == 1
    every = changes_table(Report(second, factories.campaign(), factories.says)).whole()
    assert len(every.lines) == 9
    assert every.lines[0].cells[0].text == "Xã Mỹ Hà: tình trạng báo cáo"


def test_every_figure_of_a_compared_week_has_words_of_its_own(report: Report) -> None:
    assert [i for i in report.summary.figures if figure_words(report, i) == i] == []


@pytest.mark.parametrize(
    ("figure_id", "expected"),
    [
        (COMPARISONS[0], "Xã Mỹ Hà: số tiêu chí đạt (xã tự đánh giá), thay đổi so với lần trước"),
        (COMPARISONS[1], "Xã Mỹ Thành: nợ đọng theo Luật (tính), số liệu lần trước"),
        (COMPARISONS[5], "Tổng cộng: số nội dung chưa thống nhất"),
        (COMPARISONS[7], "Xã Mỹ Hà: dự án Đường trục xã đoạn Mỹ Hà - Quốc lộ 21, trả thêm"),
        ("movement/all/last", "Tổng cộng: nợ xây dựng cơ bản, nợ lần trước"),
        (
            "milestone/M1/my_ha/missing",
            "Xã Mỹ Hà: Hồ sơ minh chứng gửi các phòng chuyên môn, nội dung chưa đạt đúng hạn",
        ),
    ],
)
def test_a_comparison_is_called_by_what_it_compares(report: Report, figure_id: str, expected: str) -> None:
    assert figure_words(report, figure_id) == expected


def test_a_number_with_a_change_stays_a_number_in_the_annex(report: Report, view: View) -> None:
    book = opened(view, report)
    sheet = book["Số tiêu chí"]
    cell = next(c for row in sheet.iter_rows() for c in row if c.number_format == '#,##0" (+2)"')
    assert cell.value == 9
    last = [c.value for row in sheet.iter_rows() for c in row if c.value == "12"]
    assert last == ["12"]  # a text: no sum of a column takes it in
    assert {"Chuyển biến", "Kế hoạch", "Biến động nợ"} < set(book.sheetnames)


def test_a_heading_that_names_a_week_is_not_cut_off_in_the_annex(report: Report, view: View) -> None:
    sheet = opened(view, report)["19 tiêu chí"]
    heading = next(c for row in sheet.iter_rows() for c in row if "số liệu tuần 19/4/2023" in str(c.value))
    assert sheet.row_dimensions[heading.row].height >= 2 * 14.5  # two lines of it


def test_no_renderer_shows_a_figure_that_is_not_published(report: Report, view: View) -> None:
    html = page(view, report).decode()
    ids = {
        i
        for i in re.findall(r'data-figure="([^"]+)"', html)
        if i.startswith(("change/", "last/", "movement/", "plan/"))
    }
    assert len(ids) > 40
    assert ids <= set(report.summary.figures)


def test_the_document_has_no_colour_for_last_values_but_italics(view: View) -> None:
    data = document(view, factories.campaign().heading, factories_weeks.compared().as_of)
    word = docx.Document(io.BytesIO(data))
    cells = [
        c for t in word.tables for row in t.rows for c in row.cells if "số liệu tuần 19/4/2023" in c.text
    ]
    assert cells
    runs = [run for cell in cells for p in cell.paragraphs for run in p.runs if not run.bold]
    assert runs
    assert all(run.italic for run in runs)


def test_text_that_a_unit_chose_is_escaped_among_the_movements(report: Report) -> None:
    hostile = {project_movement_id(MOVED, "nha-hoa/1", "gone"): "<script>x</script>\u202e"}
    week = factories.with_values(report.summary, hostile)
    html = page(shown(week), replace(report, summary=week)).decode()
    assert "<script" not in html
    assert "&lt;script&gt;x&lt;/script&gt; (không còn trong danh sách)" in html
