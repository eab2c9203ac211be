"""Section VII and its sheets: what is said of what is missing, and of the pace. Numbers are figures, put in by hand."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from domain.judgement import Judgement, Witness
from domain.summary import FigureKind, FigureValue, Summary, count_id, distance_id, pace_id, standing_id
from tasks.publication.blocks import Listing, Paragraph, Section, Table, Tone
from tasks.publication.cells import Report
from tasks.publication.many import LEAST_SHOWN, MANY
from tasks.publication.section_standing import (
    CODES_SHOWN,
    every_pace_table,
    milestone_pace_table,
    milestone_words,
    standing_point,
    standing_section,
    standing_table,
)
from tests import factories

MILESTONES = factories.campaign().calendar.milestones
M1, M3 = MILESTONES[0], MILESTONES[-1]


def report(week: Summary) -> Report:
    return Report(week, factories.campaign(), factories.says)


def week(
    numbers: Mapping[str, FigureValue] | None = None, texts: Mapping[str, FigureValue] | None = None
) -> Summary:
    told = factories.with_values(factories.summary(), numbers or {})
    return factories.with_values(told, texts or {}, kind=FigureKind.TEXT)


def listed(
    open_: str | None, unstated: str | None, of: str = "commune", commune: str = "my_ha"
) -> tuple[dict[str, FigureValue], dict[str, FigureValue]]:
    """What the figures of one list say."""
    lists = {"open": open_, "unstated": unstated}
    numbers = {
        standing_id(commune, of, what): None if codes is None else len(codes.split(", ")) if codes else 0
        for what, codes in lists.items()
    }
    return dict(numbers), {standing_id(commune, of, f"{what}_codes"): codes for what, codes in lists.items()}


def row(table: Listing, *starts: str) -> list[str]:
    lines = ([cell.text for cell in line.cells] for line in table.lines)
    return next(cells for cells in lines if tuple(cells[: len(starts)]) == starts)


OWN = ("Xã Mỹ Hà", "Xã tự đánh giá")


def test_both_lines_are_told_with_the_first_codes_and_how_many_conditions() -> None:
    many = ", ".join(f"17.{n}" for n in range(1, CODES_SHOWN + 2))
    told = report(week(*listed(f"2.1, 7, {factories.campaign().catalogue.conditions[0].id}", many)))
    first = ", ".join(f"17.{n}" for n in range(1, CODES_SHOWN + 1))
    assert row(standing_table(told, CODES_SHOWN), *OWN) == [
        *OWN, "3", str(CODES_SHOWN + 1), f"2.1, 7, 1 điều kiện; chưa có số liệu: {first}, …",
    ]  # fmt: skip


def test_as_many_codes_as_fit_have_no_dots_behind_them() -> None:
    codes = ", ".join(f"17.{n}" for n in range(1, CODES_SHOWN + 1))
    assert row(standing_table(report(week(*listed(codes, ""))), CODES_SHOWN), *OWN)[-1] == codes


def test_the_annex_names_every_code_and_every_condition() -> None:
    condition = factories.campaign().catalogue.conditions[0]
    many = ", ".join(f"17.{n}" for n in range(1, 13))
    told = report(week(*listed(f"2.1, {condition.id}", many)))
    assert row(standing_table(told), *OWN)[-1] == f"2.1, {condition.name}; chưa có số liệu: {many}"


def test_an_empty_list_says_that_nothing_is_missing_and_silence_says_that_nobody_spoke() -> None:
    empty = report(week(*listed("", "")))
    assert row(standing_table(empty), *OWN) == [*OWN, "0", "0", "không còn"]
    silent = report(week(*listed(None, None)))
    assert row(standing_table(silent), *OWN) == [*OWN, "chưa có số liệu"]
    assert "Xã Mỹ Hà" not in "".join(each.text for each in standing_point(silent))


def test_documents_have_a_line_of_their_own() -> None:
    told = report(week(*listed("3.1", "4", "dossiers")))
    assert row(standing_table(told), "Xã Mỹ Hà", "Hồ sơ minh chứng")[2:] == [
        "1",
        "1",
        "3.1; chưa có số liệu: 4",
    ]


def test_page_one_says_what_is_open_and_what_nobody_stated() -> None:
    (point,) = standing_point(report(week(*listed("2.1, 7", "8.1"))))
    assert "Xã Mỹ Hà 2 (chưa có số liệu 1)" in point.text
    assert point.text.endswith("(mục VII).")


def paced(needed: str | None, real: str | None) -> Report:
    values = {"needed": needed, "real": real}
    return report(week({pace_id("M3", "my_ha", "commune", w): v and Decimal(v) for w, v in values.items()}))


def test_a_pace_is_written_with_one_decimal_and_a_comma() -> None:
    assert row(every_pace_table(paced("10.0", "2.5")), milestone_words(paced("1", "1"), M3), *OWN)[-2:] == [
        "10,0",
        "2,5",
    ]
    assert row(milestone_pace_table(paced("10.0", "-1.5"), M3), *OWN)[-2:] == ["10,0", "−1,5"]


def test_no_pace_is_a_dash_and_never_a_zero() -> None:
    assert row(milestone_pace_table(paced(None, None), M3), *OWN)[-2:] == ["–", "–"]


@pytest.mark.parametrize(("needed", "real", "tone"), [("3.0", "2.9", Tone.WARN), ("3.0", "3.0", Tone.PLAIN)])
def test_a_real_pace_below_the_needed_one_stands_out(needed: str, real: str, tone: Tone) -> None:
    lines = milestone_pace_table(paced(needed, real), M3).lines
    assert next(line for line in lines if line.cells[0].text == "Xã Mỹ Hà").cells[-1].tone is tone


def test_a_milestone_tells_its_days_and_reports_or_that_it_has_passed() -> None:
    ahead = report(week())
    assert milestone_words(ahead, M1).endswith(
        "(ngày cuối cùng 24/4/2023; còn 8 ngày làm việc, 1 kỳ báo cáo)"
    )
    gone = factories.with_values(
        week({distance_id("M1", "days"): None}),
        {distance_id("M1", "passed"): "passed"},
        kind=FigureKind.STATE,
    )
    assert milestone_words(report(gone), M1).endswith("(ngày cuối cùng 24/4/2023; đã qua)")
    expected = factories.with_values(
        week(), {distance_id("M1", "expected"): "expected"}, kind=FigureKind.STATE
    )
    assert "còn 8 ngày làm việc (dự kiến), 1 kỳ báo cáo" in milestone_words(report(expected), M1)


def test_a_week_published_before_there_were_distances_says_no_distance() -> None:
    old = week()
    kept = {i: f for i, f in old.figures.items() if i.split("/")[0] not in ("distance", "pace", "standing")}
    told = report(replace(old, figures=kept))
    assert milestone_words(told, M1).endswith("(ngày cuối cùng 24/4/2023)")
    assert row(standing_table(told), *OWN)[-1] == "chưa có số liệu"
    assert list(standing_point(told)) == []


def tables(section: Section) -> Mapping[str, Table]:
    return {table.id: table for table in section.tables()}


def test_a_milestone_that_has_passed_has_its_line_and_no_row_and_stays_whole_in_the_annex() -> None:
    gone = factories.with_values(
        week({distance_id("M1", "days"): None}),
        {distance_id("M1", "passed"): "passed"},
        kind=FigureKind.STATE,
    )
    lines = tables(standing_section(report(gone)))["tien-do-moc"].lines
    spanned = [n for n, line in enumerate(lines) if len(line.cells) == 1]
    assert (spanned[0], spanned[1]) == (0, 1)
    assert sum("đã qua" in line.cells[0].text for line in every_pace_table(report(gone)).lines) == 3


def test_a_campaign_without_milestones_has_the_list_alone() -> None:
    of = factories.campaign()
    bare = replace(of, calendar=replace(of.calendar, milestones=()))
    section = standing_section(Report(factories.summary(bare), bare, factories.says))
    assert [table.id for table in section.tables()] == ["con-thieu"]


def test_how_the_real_pace_is_told_counts_silent_weeks_as_it_does() -> None:
    *_, said = (
        block.text for block in standing_section(report(week())).blocks if isinstance(block, Paragraph)
    )
    assert "chia cho số kỳ phải báo cáo từ đầu" in said
    assert "so sánh được" not in said


def test_of_many_communes_ten_are_shown_and_the_sheets_named() -> None:
    many = factories.campaign_of(MANY + 1)
    counts: dict[str, FigureValue] = {
        count_id(commune.id, Witness.COMMUNE, judgement): number
        for commune in many.roster.communes()
        for judgement, number in ((Judgement.MET, 5), (Judgement.NOT_STATED, 14))
    }
    spoke = factories.with_values(factories.summary(many), counts)
    section = standing_section(Report(spoke, many, factories.says))
    for table in ("con-thieu", "tien-do-moc"):
        shown = {line.cells[0].text for line in tables(section)[table].lines if len(line.cells) > 1}
        assert len(shown) == LEAST_SHOWN
    (said, *_) = (block.text for block in section.blocks if isinstance(block, Paragraph))
    assert "trang tính “Đến công nhận” và “Tiến độ đến mốc”" in said
