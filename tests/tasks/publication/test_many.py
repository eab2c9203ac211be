"""A campaign of many communes: documents show those that need attention and every total, the annex has everything."""

import io
import zipfile
from collections.abc import Callable, Sized
from dataclasses import replace

import pytest
from openpyxl.workbook.workbook import Workbook

from domain.campaign import Campaign
from domain.judgement import Judgement, Witness
from domain.reporters import Reporter, Roster
from domain.summary import ReporterWeekState, Summary, count_id
from tasks.publication.annex import sheets
from tasks.publication.blocks import Paragraph, Section
from tasks.publication.cells import Report
from tasks.publication.many import COMMUNES_SHOWN, MANY, NAMES_SHOWN, UNITS_SHOWN, foremost
from tasks.publication.package import ANNEX, DOCUMENT, PAGE, render
from tasks.publication.view import View, view_of
from tests import factories, factories_weeks
from tests.tasks.publication.opening import opened

Made = tuple[Campaign, Summary]


@pytest.fixture(scope="module")
def made() -> Callable[[int], Made]:
    """The sample week among so many communes; those that are added are silent."""

    def of(communes: int) -> Made:
        sample = factories.campaign()
        known, first = sample.roster.reporters, sample.roster.communes()[0]
        more = (_another(first, n) for n in range(communes - len(sample.roster.communes())))
        campaign = replace(sample, roster=Roster((*known, *more)))
        return campaign, factories.summary(campaign)

    return of


def _another(like: Reporter, n: int) -> Reporter:
    return replace(like, id=f"xa_{n}", name=f"Xã thứ {n}", aliases=())


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
        assert f"xem phụ lục, trang “{sheet}”" in words(told)


def test_those_without_a_report_stand_first_then_those_that_have_met_the_least(
    made: Callable[[int], Made],
) -> None:
    campaign, summary = made(MANY + 1)
    ids = [commune.id for commune in campaign.roster.communes()]
    met = {count_id(c, Witness.COMMUNE, Judgement.MET): 10 + n % 10 for n, c in enumerate(ids)}
    met |= {count_id(ids[40], Witness.COMMUNE, Judgement.MET): 0}
    lines = tuple(
        replace(
            line, state=ReporterWeekState.MISSING if line.reporter == ids[50] else ReporterWeekState.ON_TIME
        )
        for line in summary.reporters
    )
    summary = replace(factories.with_values(summary, met), reporters=lines)
    shown = [commune.id for commune in foremost(report_of((campaign, summary))).communes()]
    assert shown[:4] == [ids[50], ids[40], ids[0], ids[10]]


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
    assert len(tables) == 15
    assert [table.id for table in tables if isinstance(table.lines, Sized)] == []
