"""What a reader is told: section by section, from a summary of known figures."""

from dataclasses import replace
from datetime import date

import pytest

from domain.criteria import Assignments
from domain.judgement import Judgement, Witness
from domain.submissions import SubmissionState
from domain.summary import (
    AGREED,
    Change,
    FigureKind,
    ReporterWeekState,
    count_id,
    criterion_id,
    debt_id,
    debt_unknown_id,
    project_id,
    rate_id,
)
from tasks.publication.blocks import Kind, Section, Table, Tone, plain
from tasks.publication.cells import Report, cell_of
from tasks.publication.figure_names import figure_words
from tasks.publication.section_changes import CHANGES_SHOWN, changes_table
from tasks.publication.view import View, decree_date, view_of
from tests import factories


@pytest.fixture(scope="module")
def view() -> View:
    return view_of(factories.summary(), factories.campaign(), factories.says)


@pytest.fixture
def report() -> Report:
    return Report(factories.summary(), factories.campaign(), factories.says)


def section(view: View, number: str) -> Section:
    return next(s for s in view.sections if s.number == number)


def words(section: Section) -> str:
    paragraphs = [b.text for b in section.blocks if not isinstance(b, Table)]
    cells = [cell.text for table in section.tables() for line in table.lines for cell in line.cells]
    return "\n".join(paragraphs + cells)


def row_of(table: Table, name: str) -> list[str]:
    return next([c.text for c in line.cells] for line in table.lines if line.cells[0].text == name)


def test_the_eight_sections_stand_in_the_order_of_the_notice(view: View) -> None:
    assert [s.number for s in view.sections] == ["I", "II", "III", "IV", "V", "VI", "VII", "VIII"]


def test_every_view_of_sample_data_says_draft_and_sample(view: View) -> None:
    assert view.labels == ("DỰ THẢO", "DỮ LIỆU MẪU")


def test_a_campaign_with_real_data_is_still_a_draft() -> None:
    real = replace(factories.campaign(), sample=False)
    assert view_of(factories.summary(), real, factories.says).labels == ("DỰ THẢO",)


def test_who_did_not_report_is_named(view: View) -> None:
    assert "Chưa nộp báo cáo (1): Phòng Giáo dục và Đào tạo." in words(section(view, "I"))


def test_agencies_that_are_off_are_listed_apart_and_not_among_the_missing(view: View) -> None:
    text = words(section(view, "I"))
    assert "Ban Chỉ huy Quân sự huyện (có gửi báo cáo)" in text
    assert "Chi cục Thống kê khu vực Vụ Bản - Mỹ Lộc (không gửi báo cáo)" in text
    names = [line.cells[1].text for line in section(view, "I").tables()[0].lines]
    assert len(names) == 11
    assert "Ban Chỉ huy Quân sự huyện" not in names


def test_a_file_awaiting_correction_is_listed_with_place_and_sentence(view: View) -> None:
    table = next(t for t in section(view, "I").tables() if t.id == "cho-sua")
    assert any("Thẩm tra, ô E9: " in line.cells[3].text for line in table.lines)


def test_a_returned_file_that_an_accepted_one_followed_awaits_nothing() -> None:
    first = factories.summary()
    lines = [
        replace(
            line,
            state=ReporterWeekState.ON_TIME,
            files=(
                *line.files,
                replace(line.files[0], state=SubmissionState.ACCEPTED, received_at=first.as_of),
            ),
        )
        if line.reporter == factories.RETURNED
        else line
        for line in first.reporters
    ]
    text = words(
        view_of(replace(first, reporters=tuple(lines)), factories.campaign(), factories.says).sections[0]
    )
    assert "Thẩm tra, ô E9" not in text


def test_a_commune_without_debt_figures_is_a_line_and_never_zero(view: View) -> None:
    table = section(view, "IV").tables()[0]
    assert row_of(table, "Xã Mỹ Thành") == ["Xã Mỹ Thành", "chưa có số liệu"]


def test_a_project_without_accepted_volume_stays_blank_and_is_counted(view: View) -> None:
    table = section(view, "IV").tables()[0]
    assert row_of(table, "2. Kênh tưới đồng Nội")[1:5] == [
        "chưa có số liệu",
        "120",
        "chưa có số liệu",
        "chưa có số liệu",
    ]
    assert "chưa gồm 1 xã chưa có số liệu: Xã Mỹ Thành; chưa gồm 1 dự án" in words(section(view, "IV"))


def test_a_sum_that_goes_without_a_project_carries_a_sign_that_a_note_below_the_table_explains(
    view: View,
) -> None:
    """Of Mỹ Thịnh's two projects one states its allotted capital only."""
    table = section(view, "IV").tables()[0]
    assert row_of(table, "Xã Mỹ Thịnh")[1:] == ["850*", "720", "600*", "250*", "300*", "250*"]
    assert "*" not in "".join(row_of(table, "Xã Mỹ Hà"))
    total = next(line for line in table.lines if line.cells[0].text.startswith("Tổng cộng"))
    assert [cell.sign for cell in total.cells[1:]] == ["*", "", "*", "*", "*", "*"]
    assert (
        "(*) Chưa gồm dự án chưa có số liệu. Xã Mỹ Thịnh: 1 dự án (khối lượng đã nghiệm thu; đã thanh toán; "
        "nợ đọng theo Luật (tính); nợ đọng xã ghi; chưa thanh toán)."
    ) in words(section(view, "IV"))


def test_where_every_project_states_everything_there_is_no_sign_and_no_note() -> None:
    summary = factories.summary()
    whole = {i: 0 for i in summary.figures if i.startswith("debt_unknown/")}
    whole |= {"debt/my_thinh/unknown_projects": 0}
    full = view_of(factories.with_values(summary, whole), factories.campaign(), factories.says)
    assert "*" not in words(section(full, "IV"))


def test_debt_by_law_and_debt_stated_stand_in_two_columns(view: View) -> None:
    """Per project max(0, accepted - allotted): 4.812,5 - 3.562 and 2.100 - 2.100; the commune wrote 1.250 and 0."""
    table = section(view, "IV").tables()[0]
    row = dict(zip([c.heading for c in table.columns], row_of(table, "Xã Mỹ Hà"), strict=True))
    assert row["Nợ đọng theo Luật (tính)"] == "1.250,5"
    assert row["Nợ đọng xã ghi"] == "1.250"


def test_a_commune_that_states_it_has_no_debt_is_a_zero_that_says_so() -> None:
    figures = {"debt/my_thanh/projects": 0, "debt/my_thanh/legal": 0}
    summary = factories.with_values(factories.summary(), figures, kind=FigureKind.MONEY)
    table = section(view_of(summary, factories.campaign(), factories.says), "IV").tables()[0]
    row = row_of(table, "Xã Mỹ Thành (xã báo không có nợ đọng)")
    assert row[4] == "0"


def test_indicators_without_an_agency_in_charge_are_named(view: View) -> None:
    text = words(section(view, "II"))
    assert "Tiêu chí 6 - Văn hóa: 6.1, 6.2, 6.3." in text


def test_no_agency_is_named_beside_a_difference_while_assignments_are_unconfirmed(view: View) -> None:
    agencies = [r.name for r in factories.campaign().roster.reporters if r.kind == "agency"]
    assert section(view, "V").tables()[0].lines
    assert [name for name in agencies if name in words(section(view, "V"))] == []


def test_a_confirmed_agency_is_named_beside_the_difference() -> None:
    of = factories.campaign()
    rows = tuple(replace(row, confirmed=True) for row in of.assignments.rows)
    confirmed = view_of(factories.summary(), replace(of, assignments=Assignments(rows)), factories.says)
    assert "(Phòng Kinh tế và Hạ tầng)" in words(section(confirmed, "V"))


def test_the_matrix_shows_both_witnesses_of_every_commune_in_words(view: View, report: Report) -> None:
    matrix = next(t for t in section(view, "II").tables() if t.id == "tieu-chi-1")
    assert len(matrix.lines) == 19
    first = matrix.lines[0].cells
    assert len(first) == 2 + 3 * 2
    for cell in first[2:]:
        said = report.judgement(cell.figure_id)
        assert cell.text.endswith(said.vi)


def test_more_communes_than_fit_a_page_stand_in_further_tables() -> None:
    of = factories.campaign()
    more = (*of.roster.reporters, replace(of.roster["my_ha"], id="my_phuc", name="Xã Mỹ Phúc", aliases=()))
    wide = replace(of, roster=type(of.roster)(more))
    ids = [t.id for t in section(view_of(factories.summary(), wide, factories.says), "II").tables()]
    assert [i for i in ids if i.startswith("tieu-chi-")] == ["tieu-chi-1", "tieu-chi-2"]


def test_remarks_of_the_police_are_not_shown_and_others_are(view: View) -> None:
    text = words(section(view, "VI"))
    assert "Nội dung này không được công bố" not in text
    assert "Phòng Nông nghiệp và PTNT: Hồ sơ mã vùng trồng" in text


@pytest.mark.parametrize(
    ("last_good_day", "expected"),
    [
        (date(2023, 4, 13), "còn 1 ngày làm việc tính từ 12/4/2023"),
        (date(2023, 4, 12), "đến hạn vào 12/4/2023"),
        (date(2023, 4, 11), "đã qua 1 ngày làm việc tính đến 12/4/2023"),
    ],
)
def test_days_left_are_counted_from_the_close_of_the_week(last_good_day: date, expected: str) -> None:
    of = factories.campaign()
    milestones = (replace(of.calendar.milestones[0], last_good_day=last_good_day),)
    moved = replace(of, calendar=replace(of.calendar, milestones=milestones))
    assert expected in words(section(view_of(factories.summary(), moved, factories.says), "III"))


def test_where_nobody_says_which_projects_belong_to_the_programme_nothing_is_shown(view: View) -> None:
    assert "MTQG" not in words(section(view, "IV"))


def test_the_next_deadline_is_explained(view: View) -> None:
    assert "Báo cáo tuần thứ Tư 19/4/2023: Hạn nộp 16:00 ngày 19/4/2023" in words(section(view, "VIII"))


def test_a_milestone_that_has_passed_is_no_longer_ahead() -> None:
    week = factories.WEEK.shifted(2)  # 26/4: the first milestone's last good day was 24/4
    calendar = factories.campaign().calendar
    later = factories.summary(week=week, deadline=calendar.deadline(week))
    text = words(section(view_of(later, factories.campaign(), factories.says), "VIII"))
    assert "xong trước ngày 25/4/2023" not in text
    assert "xong trước ngày 10/5/2023" in text


def test_the_last_week_announces_no_further_report() -> None:
    last = factories.summary(week=factories.campaign().calendar.last_week)
    text = words(section(view_of(last, factories.campaign(), factories.says), "VIII"))
    assert "tuần báo cáo cuối cùng" in text
    assert "Báo cáo tuần thứ Tư" not in text


def test_revision_one_has_no_page_of_changes(view: View) -> None:
    assert view.changes is None


def test_a_second_revision_says_what_changed_and_why() -> None:
    first = factories.summary()
    second = factories.revised(first, "Phòng Giáo dục và Đào tạo gửi muộn", {rate_id("received"): 9})
    changes = view_of(second, factories.campaign(), factories.says).changes
    assert changes is not None
    assert "Lý do: Phòng Giáo dục và Đào tạo gửi muộn." in words(changes)
    assert [c.text for c in changes.tables()[0].lines[0].cells] == ["Số đơn vị đã báo cáo", "8", "9"]


def test_a_second_issue_names_every_unit_of_whom_a_figure_changed() -> None:
    state = Change("state/pgd", FigureKind.STATE, "missing", "late")
    debt = Change("debt/my_ha/legal", FigureKind.MONEY, 5, 7)
    second = factories.summary(revision=2, changes=(debt, state))
    changes = view_of(second, factories.campaign(), factories.says).changes
    assert changes is not None
    assert "Liên quan đến: Xã Mỹ Hà, Phòng Giáo dục và Đào tạo." in words(changes)


def test_long_changes_are_cut_and_counted_with_states_first() -> None:
    many = tuple(Change(f"indicator/my_ha/{n}/result", FigureKind.NUMBER, n, n + 1) for n in range(40))
    state = Change("state/pgd", FigureKind.STATE, "missing", "late")
    second = factories.summary(revision=2, changes=(*many, state))
    changes = view_of(second, factories.campaign(), factories.says).changes
    assert changes is not None
    lines = changes.tables()[0].lines
    assert len(lines) == CHANGES_SHOWN
    assert [c.text for c in lines[0].cells] == [
        "Phòng Giáo dục và Đào tạo: tình trạng báo cáo",
        "chưa nộp",
        "muộn",
    ]
    assert f"Còn {41 - CHANGES_SHOWN} thay đổi khác: xem phụ lục, trang tính “Thay đổi”." in words(changes)
    assert "summary.json" not in words(changes)


def test_changes_come_in_the_order_in_which_a_leader_asks() -> None:
    asked = [
        "state/my_ha",
        "state/my_ha/received_at",
        "state/my_thinh",
        "state/my_thanh",
        "rate/received",
        "rate/on_time",
        "rate/missing",
        "debt/all/legal",
        "debt/my_ha/stated",
        "count/my_ha/commune/met",
        "count/my_ha/commune/not_met",
        "count/my_ha/agency/met",
        "count/my_ha/agreed/met",
        "criterion/my_ha/NC-01/commune",
        "criterion/my_ha/NC-02/commune",
        "criterion/my_ha/NC-10/agency",
        "milestone/M1/my_ha/ready",
        "debt/my_ha/accepted",
        "indicator/my_ha/1.1/commune",
        "indicator/my_ha/1.2/commune",
        "indicator/my_ha/1.10/commune",
        "debt/my_ha/project/12-QĐ/legal",
        "debt/my_ha/project/cầu-1-x/legal",
        "debt/my_ha/project/cầu-1３/legal",
        "indicator/my_ha/1.1/lacking",
        "remark/my_ha/proposals",
        "something/new",
    ]
    kinds = dict.fromkeys(asked, FigureKind.NUMBER) | {asked[-3]: FigureKind.TEXT}
    changes = tuple(Change(figure_id, kinds[figure_id], None, None) for figure_id in reversed(asked))
    second = factories.summary(revision=2, changes=changes)
    table = changes_table(Report(second, factories.campaign(), factories.says))
    assert [line.cells[2].figure_id for line in table.lines] == asked


def test_a_second_issue_says_which_it_replaces() -> None:
    second = factories.revised(factories.summary(), "Gửi muộn", {rate_id("received"): 9})
    view = view_of(second, factories.campaign(), factories.says)
    assert "thứ Tư 12/4/2023, bản phát hành lần 2 (thay bản lần 1), như sau:" in view.basis
    assert view.provenance.startswith("Bản phát hành lần 2 (thay bản lần 1), số liệu nhận đến")


def test_an_indicator_that_changed_is_called_by_its_name(report: Report) -> None:
    name = factories.campaign().catalogue.indicators()[0].name
    assert figure_words(report, "indicator/my_ha/1.1/completion") == (
        f"Xã Mỹ Hà: chỉ tiêu 1.1 - {name}, tỷ lệ hoàn thành"
    )


@pytest.mark.parametrize(
    ("figure_id", "expected"),
    [
        (
            count_id("my_ha", Witness.AGENCY, Judgement.MET),
            "Xã Mỹ Hà: số tiêu chí đạt (cơ quan phụ trách thẩm tra)",
        ),
        (criterion_id("my_ha", "NC-01", AGREED), "Xã Mỹ Hà: tiêu chí 1 - Quy hoạch (hai bên thống nhất)"),
        (debt_id("all", "legal"), "Tổng cộng: nợ đọng theo Luật (tính)"),
        (debt_unknown_id("all", "paid"), "Tổng cộng: số dự án chưa có số liệu đã thanh toán"),
        (project_id("my_ha", "12/QĐ-UBND", "paid"), "Xã Mỹ Hà: dự án 12/QĐ-UBND, đã thanh toán"),
        ("state/ca/received_at", "Công an huyện: thời điểm nhận"),
        ("previous_on/ca/verification", "Công an huyện: tuần của số liệu lần trước, kết quả thẩm tra"),
        ("last/debt/my_ha/legal", "Xã Mỹ Hà: nợ đọng theo Luật (tính), số liệu lần trước"),
        (
            "last/debt/my_ha/project/12-qđ-ubnd/name",
            "Xã Mỹ Hà: dự án 12-qđ-ubnd, tên dự án, số liệu lần trước",
        ),
        (
            "change/count/my_ha/commune/met",
            "Xã Mỹ Hà: số tiêu chí đạt (xã tự đánh giá), thay đổi so với lần trước",
        ),
        ("cases/all", "Tổng cộng: số nội dung chưa thống nhất"),
        (
            "plan/my_ha/NC-08/baseline",
            "Xã Mỹ Hà: tiêu chí 8 - Thông tin và Truyền thông, ngày dự kiến ban đầu",
        ),
        ("movement/all/paid", "Tổng cộng: nợ xây dựng cơ bản, trả thêm"),
        ("movement/my_ha/project/12-qđ-ubnd/last", "Xã Mỹ Hà: dự án 12-qđ-ubnd, nợ lần trước"),
        (
            "milestone/M1/my_ha/in_time",
            "Xã Mỹ Hà: Hồ sơ minh chứng gửi các phòng chuyên môn, số đạt đúng hạn",
        ),
        ("something/new", "something/new"),
        ("programme/all/legal", "Tổng cộng: dự án thuộc CT MTQG NTM, nợ đọng theo Luật (tính)"),
        (
            "programme/my_ha/unclear",
            "Xã Mỹ Hà: dự án thuộc CT MTQG NTM, số dự án chưa ghi có thuộc hay không",
        ),
        (
            "programme/my_ha/project/87-qđ-ubnd",
            "Xã Mỹ Hà: dự án Trường mầm non khu B, thuộc CT MTQG NTM",
        ),
        (
            "standing/my_ha/dossiers/documents",
            "Xã Mỹ Hà: số tài liệu chưa đến tình trạng các mốc yêu cầu (hồ sơ minh chứng)",
        ),
        (
            "standing/my_ha/agency/open_codes",
            "Xã Mỹ Hà: các chỉ tiêu, điều kiện còn chưa đạt (cơ quan phụ trách thẩm tra)",
        ),
        (
            "pace/M3/my_ha/commune/real",
            "Xã Mỹ Hà: Hoàn thành toàn bộ các tiêu chí, số thực tế đạt thêm mỗi tuần (xã tự đánh giá)",
        ),
        ("distance/M3/days", "Hoàn thành toàn bộ các tiêu chí: số ngày làm việc còn lại"),
    ],
)
def test_every_figure_has_words(report: Report, figure_id: str, expected: str) -> None:
    assert figure_words(report, figure_id) == expected


def test_every_figure_of_the_sample_week_has_words_of_its_own(report: Report) -> None:
    assert [i for i in report.summary.figures if figure_words(report, i) == i] == []


def test_what_nobody_stated_says_so() -> None:
    cell = cell_of(FigureKind.MONEY, None, "debt/my_ha/legal")
    assert (cell.text, cell.tone, cell.number) == ("chưa có số liệu", Tone.MUTED, None)


def test_money_is_written_in_million_dong_without_losing_a_dong() -> None:
    assert cell_of(FigureKind.MONEY, 1_234_567_891).text == "1.234,567891"


def test_text_of_a_unit_loses_what_no_document_may_hold() -> None:
    assert plain("a\x00b\x0bc\u202ed\ud800e\ufffef\r\ng") == "abcdef\ng"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2023, 5, 3), "ngày 03 tháng 5 năm 2023"),
        (date(2023, 2, 28), "ngày 28 tháng 02 năm 2023"),
        (date(2023, 3, 10), "ngày 10 tháng 3 năm 2023"),
    ],
)
def test_a_date_is_written_as_the_decree_asks(day: date, expected: str) -> None:
    assert decree_date(day) == expected


def test_headings_are_numbered_where_a_section_has_several(view: View) -> None:
    remarks = [
        b.text for b in section(view, "VI").blocks if not isinstance(b, Table) and b.kind is Kind.HEADING
    ]
    assert remarks == ["1. Khó khăn, vướng mắc", "2. Kiến nghị, đề xuất"]


def test_counts_of_a_commune_that_said_nothing_are_dashes_not_zeros() -> None:
    """The four counts add to 19 by "chưa có số liệu"; the zeros beside it would read like a statement."""
    sample = factories.summary()
    silent = {count_id("my_thanh", Witness.COMMUNE, judgement): 0 for judgement in Judgement}
    silent[count_id("my_thanh", Witness.COMMUNE, Judgement.NOT_STATED)] = 19
    report = Report(factories.with_values(sample, silent), factories.campaign(), factories.says)
    texts = {
        judgement: report.cell(figure_id).text for judgement, figure_id in zip(Judgement, silent, strict=True)
    }
    assert texts == {
        Judgement.MET: "–",
        Judgement.NEARLY_MET: "–",
        Judgement.NOT_MET: "–",
        Judgement.NOT_STATED: "19",
    }
