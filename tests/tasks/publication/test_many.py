"""A campaign of many communes: documents show those that need attention and every total, the annex has everything."""

import io
import re
import zipfile
from collections.abc import Callable, Sequence, Sized
from dataclasses import replace
from datetime import date

import pytest
from openpyxl.workbook.workbook import Workbook

from domain.campaign import Campaign
from domain.forms import Part
from domain.judgement import Judgement, Witness
from domain.summary import (
    ALL,
    Change,
    Comparison,
    FigureKind,
    FigureValue,
    ReporterWeekState,
    Summary,
    change_id,
    count_id,
    debt_id,
    milestone_id,
    movement_id,
    previous_on_id,
    state_id,
)
from tasks.publication.annex import sheets
from tasks.publication.blocks import Paragraph, Section
from tasks.publication.cells import Report
from tasks.publication.charts import criteria_chart
from tasks.publication.many import (
    COMMUNES_SHOWN,
    LEAST_SHOWN,
    MANY,
    NAMES_SHOWN,
    SILENT_SHOWN,
    UNITS_SHOWN,
    foremost,
    foremost_words,
    least,
    most_urgent_first,
)
from tasks.publication.package import ANNEX, DOCUMENT, PAGE, render
from tasks.publication.page import page
from tasks.publication.view import View, view_of
from tests import factories, factories_weeks
from tests.tasks.publication.opening import opened

Made = tuple[Campaign, Summary]


@pytest.fixture(scope="module")
def made() -> Callable[[int], Made]:
    """The sample week among so many communes."""

    def of(communes: int) -> Made:
        campaign = factories.campaign_of(communes)
        return campaign, factories.summary(campaign)

    return of


def report_of(made: Made) -> Report:
    campaign, summary = made
    return Report(summary, campaign, factories.says)


def view(made: Made) -> View:
    campaign, summary = made
    return view_of(summary, campaign, factories.says)


def section(view: View, section_id: str) -> Section:
    return next(section for section in view.sections if section.id == section_id)


def words(view: View) -> str:
    blocks = (block for section in view.sections for block in section.blocks)
    return "\n".join(block.text for block in (*view.key_points, *blocks) if isinstance(block, Paragraph))


def test_up_to_the_limit_every_commune_is_shown_and_no_word_is_added(made: Callable[[int], Made]) -> None:
    few = made(MANY)
    assert foremost(report_of(few)).communes() == report_of(few).communes()
    assert "Chỉ nêu" not in words(view(few))
    assert len(section(view(few), "ho-so").tables()[0].lines) == MANY


def test_above_it_a_document_shows_some_and_names_the_sheet_that_has_all(made: Callable[[int], Made]) -> None:
    told = view(made(MANY + 1))
    assert len(section(told, "ho-so").tables()[0].lines) == COMMUNES_SHOWN
    for sheet in ("Số tiêu chí", "Hồ sơ", "Nợ XDCB"):
        assert f"Chỉ nêu {COMMUNES_SHOWN} trong {MANY + 1} xã" in words(told)
        assert f"xem phụ lục, trang tính “{sheet}”" in words(told)


def spoke(made: Made, met: Sequence[int | None], missing: Sequence[int] = ()) -> Made:
    """Each commune by its number in the roster: how many criteria it says it has met, None = it sent none. Who is
    missing sent none."""
    campaign, summary = made
    ids = [commune.id for commune in campaign.roster.communes()]
    counts: dict[str, FigureValue] = {}
    told = [None if n in missing else number for n, number in enumerate(met)]
    for commune, number in zip(ids, told, strict=True):
        counts[count_id(commune, Witness.COMMUNE, Judgement.MET)] = number or 0
        counts[count_id(commune, Witness.COMMUNE, Judgement.NOT_STATED)] = 19 if number is None else 0
    silent = {ids[n] for n in missing}
    lines = tuple(
        replace(
            line,
            state=ReporterWeekState.MISSING if line.reporter in silent else ReporterWeekState.ON_TIME,
            files=(),
        )
        for line in summary.reporters
    )
    return campaign, replace(factories.with_values(summary, counts), reporters=lines)


def shown(made: Made, builder: Callable[[Report], Report]) -> list[int]:
    """The places in the roster of the communes that it chose."""
    ids = [commune.id for commune in made[0].roster.communes()]
    return [ids.index(commune.id) for commune in builder(report_of(made)).communes()]


def test_those_without_a_report_stand_first_then_those_that_have_met_the_least(
    made: Callable[[int], Made],
) -> None:
    met = [10 + n % 10 for n in range(MANY + 1)]
    met[40] = 0
    assert shown(spoke(made(MANY + 1), met, missing=[50]), foremost)[:4] == [50, 40, 0, 10]


def test_silent_communes_leave_room_for_those_that_lag_and_the_longest_silent_come_first(
    made: Callable[[int], Made],
) -> None:
    """Of 2,000 a hundred are silent: thirty tables of them would say nothing of who lags."""
    campaign, summary = spoke(made(MANY + 1), list(range(MANY + 1)), missing=range(20, 60))
    heard: dict[str, FigureValue] = {
        previous_on_id(commune.id, Part.PROGRESS): date(2023, 4, 5 if n == 44 else 12)
        for n, commune in enumerate(campaign.roster.communes())
        if 20 <= n < 60 and n != 59
    }
    chosen = shown((campaign, factories.with_values(summary, heard)), foremost)
    assert chosen[:SILENT_SHOWN] == [59, 44, *range(20, 28)]
    assert chosen[SILENT_SHOWN:] == [*range(20), 60][: COMMUNES_SHOWN - SILENT_SHOWN]


def test_what_is_said_of_the_choice_is_what_was_chosen(made: Callable[[int], Made]) -> None:
    met: list[int | None] = [n % 20 for n in range(MANY + 1)]
    for missing, said in (
        ([], "30 xã tự đánh giá đạt ít tiêu chí nhất"),
        ([50], "1 xã chưa có báo cáo được tiếp nhận, 29 xã tự đánh giá đạt ít tiêu chí nhất"),
        (list(range(MANY + 1)), "30 xã chưa có báo cáo được tiếp nhận"),
    ):
        told = foremost_words(report_of(spoke(made(MANY + 1), met, missing)))
        assert told == f"Chỉ nêu 30 trong {MANY + 1} xã: {said}."


def test_a_commune_that_stated_no_criterion_is_not_said_to_have_met_the_least(
    made: Callable[[int], Made],
) -> None:
    met: list[int | None] = [n % 20 for n in range(MANY + 1)]
    met[7] = None
    many = spoke(made(MANY + 1), met, missing=[0])
    assert shown(many, least) == [20, 40, 60, 1, 21, 41, 2, 22, 42, 3]
    assert 7 not in shown(many, foremost)


def test_page_one_and_what_is_drawn_name_the_ten_that_met_the_least(made: Callable[[int], Made]) -> None:
    campaign, summary = spoke(made(MANY + 1), [n % 20 for n in range(MANY + 1)], missing=[0, 1])
    report = report_of((campaign, summary))
    names = [commune.name for commune in least(report).communes()]
    point = next(p.text for p in view((campaign, summary)).key_points if p.text.startswith("Số tiêu chí đạt"))
    named = [
        words.partition(" (")[0] for words in point.partition("các xã đạt ít tiêu chí nhất: ")[2].split("; ")
    ]
    assert [re.sub(r" \d+$", "", name) for name in named] == names
    chart = criteria_chart(least(report))
    assert chart.title == "19 tiêu chí của 10 xã đạt ít tiêu chí nhất"
    drawn = [
        head for table in section(view((campaign, summary)), "tieu-chi").tables() for head in table.columns
    ]
    assert {column.group for column in drawn if column.group in {c.name for c in report.communes()}} == set(
        names
    )
    html = page(view((campaign, summary)), report).decode()
    assert html.count("thuộc các xã đạt ít nhất") == LEAST_SHOWN
    assert html.count('class="card"') == LEAST_SHOWN + 2


def test_page_one_says_how_many_units_it_names_some_of(made: Callable[[int], Made]) -> None:
    many = spoke(made(MANY + 1), [1] * (MANY + 1), missing=range(30))
    told = [point.text for point in view(many).key_points]
    assert any(t.startswith("Chưa nộp báo cáo (30): ") and t.endswith("và 10 đơn vị khác.") for t in told)


def test_of_the_nearest_milestone_those_that_reached_the_least_are_named(made: Callable[[int], Made]) -> None:
    campaign, summary = made(MANY + 1)
    nearest = campaign.calendar.milestones[0]
    reached: dict[str, FigureValue] = {
        milestone_id(nearest.id, commune.id, what): 75 if what == "applicable" else 70 - n
        for n, commune in enumerate(campaign.roster.communes())
        for what in ("ready", "applicable")
        if n
    }
    silent = milestone_id(nearest.id, campaign.roster.communes()[0].id, "ready")
    figures = {i: f for i, f in summary.figures.items() if i != silent}
    many = (campaign, factories.with_values(replace(summary, figures=figures), reached))
    last = view(many).key_points[-1].text
    least_first = [campaign.roster.communes()[n].name for n in range(60, 54, -1)]
    named = ", ".join(f"{name} {10 + n}/75" for n, name in enumerate(least_first))
    assert last.endswith(f"đã đạt: ít nhất là {named}; chưa có số liệu: 1 xã.")


def test_the_section_on_debt_shows_who_owes_the_most_a_line_each(made: Callable[[int], Made]) -> None:
    campaign, summary = made(MANY + 1)
    communes = campaign.roster.communes()
    owed: dict[str, FigureValue] = {}
    for n, commune in enumerate(communes):
        legal = 10**12 if n == 1 else n * 10**9  # the second one also lists projects
        owed |= {debt_id(commune.id, "legal"): legal, debt_id(commune.id, "projects"): 1}
    many = (campaign, factories.with_values(summary, owed))
    table = section(view(many), "no-xdcb").tables()[0]
    assert [line.cells[0].text for line in table.lines[:3]] == [
        communes[1].name,
        *(f"{communes[n].name} (xã báo không có nợ đọng)" for n in (MANY, MANY - 1)),
    ]
    assert len(table.lines) == COMMUNES_SHOWN + 1
    assert "các xã có nợ đọng theo Luật lớn nhất" in words(view(many))


def test_what_is_missing_in_the_debt_is_named_once_and_counted_elsewhere(made: Callable[[int], Made]) -> None:
    told = view(made(MANY + 40))
    silent = MANY + 40 - 2
    point = next(p.text for p in told.key_points if p.text.startswith("Tổng nợ đọng"))
    assert f"chưa gồm {silent} xã chưa có số liệu;" in point
    assert words(told).count(f"Xã chưa có số liệu ({silent}): ") == 1


def moved(made: Made) -> Made:
    """A week beside the week before, in which the 50th commune's debt changed the most."""
    campaign, summary = made
    ids = [commune.id for commune in campaign.roster.communes()]
    values: dict[str, FigureValue] = {movement_id(of, "last"): 10**9 for of in (ALL, ids[3], ids[50])}
    values |= {debt_id(of, "legal"): 10**9 for of in (ids[3], ids[50])}
    values |= {
        change_id(debt_id(ids[3], "legal")): 10**6,
        change_id(debt_id(ids[50], "legal")): -(10**8),
    }
    compared = replace(summary, compared_with=Comparison(summary.week.shifted(-1), 1, "ab" * 32))
    return campaign, factories.with_values(compared, values)


def test_the_total_of_many_communes_is_not_called_a_district_and_who_moved_most_stands_first(
    made: Callable[[int], Made],
) -> None:
    many = moved(made(MANY + 1))
    table = next(t for t in section(view(many), "no-xdcb").tables() if t.id == "bien-dong-no")
    communes = many[0].roster.communes()
    first = [line.cells[0].text for line in table.lines[:3]]
    assert first == ["Tất cả các xã", communes[50].name, communes[3].name]
    assert "huyện cộng" not in words(view(many))
    assert "Dòng “Tất cả các xã” cộng các xã có số liệu cả hai lần" in words(view(many))
    few = section(view(moved(made(MANY))), "no-xdcb").tables()[-1]
    assert [line.cells[0].text for line in few.lines[:2]] == ["Tất cả các xã", communes[0].name]


def test_totals_count_every_commune_also_those_that_are_not_shown(made: Callable[[int], Made]) -> None:
    campaign, summary = made(MANY + 40)
    told = view((campaign, summary))
    silent = MANY + 40 - 2  # Mỹ Hà and Mỹ Thịnh state debt
    assert f"chưa gồm {silent} xã chưa có số liệu" in words(told)
    assert f"và {silent - NAMES_SHOWN} xã khác" in words(told)
    total = section(told, "no-xdcb").tables()[0].lines[-1]
    assert total.cells[4].figure_id == "debt/all/legal"


def test_the_table_of_units_has_its_first_lines_and_how_many_are_left(made: Callable[[int], Made]) -> None:
    campaign, summary = made(MANY + 40)
    table = section(view((campaign, summary)), "nop-bao-cao").tables()[0]
    owing = [line for line in summary.reporters if line.owes]
    assert len(table.lines) == UNITS_SHOWN + 1
    assert table.lines[-1].cells[0].text.startswith(f"Còn {len(owing) - UNITS_SHOWN} đơn vị khác")


def book_of(made: Made) -> Workbook:
    return opened(view(made), report_of(made))


@pytest.mark.slow
def test_the_annex_has_every_commune_on_every_sheet(made: Callable[[int], Made]) -> None:
    many = made(MANY + 1)
    book, names = book_of(many), {commune.name for commune in report_of(many).communes()}
    for sheet in ("Số tiêu chí", "19 tiêu chí", "Điều kiện", "76 dòng chỉ tiêu", "Hồ sơ"):
        first = {str(cell.value) for cell in book[sheet]["A"]}
        assert names <= first, sheet


@pytest.mark.slow
def test_no_sheet_grows_to_the_right_with_the_number_of_communes(made: Callable[[int], Made]) -> None:
    """Excel has 16,384 columns; what is written beyond is lost without a word."""
    widths = [{sheet.title: sheet.max_column for sheet in book_of(made(n))} for n in (MANY + 1, MANY + 30)]
    assert widths[0] == widths[1]


@pytest.mark.slow
def test_the_documents_stay_small_and_the_annex_grows(made: Callable[[int], Made]) -> None:
    sizes = []
    for communes in (MANY + 1, 4 * MANY):
        campaign, summary = made(communes)
        files = render(summary, campaign, factories.says)
        with zipfile.ZipFile(io.BytesIO(files[DOCUMENT])) as word:
            sizes.append((len(word.read("word/document.xml")), len(files[PAGE]), len(files[ANNEX])))
    assert sizes[1][0] < 1.1 * sizes[0][0]
    assert sizes[1][1] < 1.1 * sizes[0][1]
    assert sizes[1][2] > 1.5 * sizes[0][2]


def test_no_table_of_the_annex_has_its_lines_before_they_are_read(made: Callable[[int], Made]) -> None:
    campaign, _ = made(MANY + 1)
    week = factories.revised(factories_weeks.compared(), "Gửi bổ sung", {"debt/my_ha/legal": 7})
    tables = [sheet.table for sheet in sheets(Report(week, campaign, factories.says))]
    assert len(tables) == 17
    assert [table.id for table in tables if isinstance(table.lines, Sized)] == []


def test_of_many_that_need_not_report_the_first_are_named(made: Callable[[int], Made]) -> None:
    campaign, summary = made(MANY + 1)
    excluded = (replace(line, state=ReporterWeekState.EXCLUDED, files=()) for line in summary.reporters)
    told = words(view((campaign, replace(summary, reporters=tuple(excluded)))))
    left = sum(line.owes for line in summary.reporters) - NAMES_SHOWN
    assert told.count("Không phải báo cáo tuần này: ") == NAMES_SHOWN + 1
    assert (
        f"Không phải báo cáo tuần này: còn {left} đơn vị khác, xem phụ lục, trang tính “Tình hình nộp”."
        in told
    )


def test_of_many_whose_figures_changed_the_first_are_named(made: Callable[[int], Made]) -> None:
    campaign, summary = made(MANY + 1)
    changes = tuple(
        Change(state_id(commune.id), FigureKind.STATE, "missing", "late")
        for commune in campaign.roster.communes()
    )
    section = view((campaign, replace(summary, revision=2, changes=changes))).changes
    assert section is not None
    (told,) = [
        block.text for block in section.blocks if isinstance(block, Paragraph) and "Liên quan" in block.text
    ]
    assert told.endswith(f" và {MANY + 1 - NAMES_SHOWN} đơn vị khác.")


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (ReporterWeekState.MISSING, "30 xã chưa có báo cáo được tiếp nhận"),
        (ReporterWeekState.EXCLUDED, "30 xã chưa có số liệu"),
    ],
)
def test_where_nobody_has_assessed_itself_nobody_is_said_to_have_met_the_least(
    made: Callable[[int], Made], state: ReporterWeekState, told: str
) -> None:
    campaign, summary = spoke(made(MANY + 1), [None] * (MANY + 1))
    lines = tuple(replace(line, state=state) for line in summary.reporters)
    week = view((campaign, replace(summary, reporters=lines)))
    assert "ít tiêu chí nhất" not in words(week)
    assert f"Chỉ nêu 30 trong {MANY + 1} xã: {told}." in words(week)
    assert "Từng tiêu chí, điều kiện: chỉ nêu 10 xã chưa có số liệu;" in words(week)


def test_an_agency_is_as_long_silent_as_its_verification(made: Callable[[int], Made]) -> None:
    campaign, summary = spoke(made(MANY + 1), [0] * (MANY + 1))
    heard = {
        previous_on_id("my_ha", Part.PROGRESS): date(2023, 4, 5),
        previous_on_id("pgd", Part.VERIFICATION): date(2023, 4, 12),
    }
    report = report_of((campaign, factories.with_values(summary, heard)))
    silent = [replace(line, state=ReporterWeekState.MISSING) for line in summary.reporters]
    silent = [line for line in silent if line.reporter in ("pgd", "my_ha")]
    assert [line.reporter for line in most_urgent_first(report, silent)] == ["my_ha", "pgd"]
