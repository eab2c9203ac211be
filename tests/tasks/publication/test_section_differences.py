"""Section V with all that two witnesses are heard on, in figures made of rows: judgement, dossier, result."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

import pytest

from domain.campaign import Campaign
from domain.criteria import Assignments
from domain.forms import DossierState as S
from domain.judgement import Matter
from domain.summary import Summary, cases_id
from tasks.publication.blocks import Listing, Paragraph, Tone
from tasks.publication.cells import Report
from tasks.publication.figure_names import figure_words
from tasks.publication.section_differences import (
    cases_table,
    decided_table,
    differences_section,
    differences_table,
    every_difference_table,
)
from tests import factories
from tests.factories_domain import W15, AnyRow, decided, document, judged, verified, weeks
from tests.stage_case import of_three_matters

LATE = date(2023, 4, 20)
ROAD, LANES = "2.1", "2.3"


def _said(*, both: bool = True) -> list[AnyRow]:
    """Of two indicators what their lead and two communes say; not `both`: the communes are silent."""
    checked = [
        verified("pktht", "my_ha", ROAD, "met", state=S.CONFIRMED, result=Decimal(95), checked_on=LATE),
        verified("pktht", "my_thinh", LANES, "not_met"),
    ]
    own = [
        judged("my_ha", ROAD, "met", result=Decimal("98.5")),
        document("my_ha", ROAD, "Báo cáo", S.DRAFTING),
        judged("my_thinh", LANES, "met"),
    ]
    return [*checked, *(own if both else [])]


@cache
def _confirmed() -> Campaign:
    rows = tuple(replace(row, confirmed=row.code == ROAD) for row in factories.campaign().assignments.rows)
    return replace(factories.campaign(), assignments=Assignments(rows))


def report(*rows: list[AnyRow], of: Campaign | None = None) -> Report:
    campaign = of or factories.campaign()
    return Report(_last(*rows, of=campaign), campaign, factories.says)


def _last(*rows: list[AnyRow], of: Campaign) -> Summary:
    return weeks(*rows, of=of)[-1]


def texts(table: Listing) -> list[list[str]]:
    return [[cell.text for cell in line.cells] for line in table.lines]


def paragraphs(of: Report) -> str:
    return "\n".join(b.text for b in differences_section(of).blocks if isinstance(b, Paragraph))


def test_every_matter_has_a_line_of_its_own_with_both_words() -> None:
    rows = texts(cases_table(report(_said())))
    assert [[row[0], row[1].split()[0], *row[2:7]] for row in rows] == [
        ["Xã Mỹ Hà", ROAD, "Hồ sơ", "đang lập", "phòng xác nhận", "12/4/2023", "1"],
        ["Xã Mỹ Hà", ROAD, "Kết quả", "98,5%", "95%", "12/4/2023", "1"],
    ]
    (other,) = texts(differences_table(report(_said())))
    assert [other[0], *other[2:5]] == ["Xã Mỹ Thịnh", "Đánh giá", "● Đạt", "○ Chưa đạt"]


def test_all_are_counted_and_the_day_of_the_next_report_is_named() -> None:
    of = report(_said())
    assert of.summary.value(cases_id("all")) == 2
    assert "Có 3 nội dung xã báo cáo khác với cơ quan thẩm tra, 2 nội dung phải giải quyết" in paragraphs(of)
    assert "giải quyết trong kỳ báo cáo tới (hạn 19/4/2023)." in paragraphs(of)


def test_after_the_last_week_no_day_is_named() -> None:
    assert "hạn" not in paragraphs(report(*[_said()] * 8))


def test_of_a_silent_witness_the_last_words_stand_grey_with_their_week() -> None:
    every = list(cases_table(report(_said(), _said(both=False))).lines)
    of_dossier = every[0].cells
    assert [cell.text for cell in of_dossier[2:7]] == [
        "Hồ sơ",
        "tuần 12/4/2023: đang lập",
        "tuần 12/4/2023: phòng xác nhận",
        "12/4/2023",
        "2",
    ]
    assert {cell.tone for cell in of_dossier[3:5]} == {Tone.MUTED}


def test_the_annex_says_who_is_to_settle_it_and_by_when() -> None:
    rows = texts(every_difference_table(report(_said(), of=_confirmed())))
    assert [row[-2:] for row in rows] == [
        ["19/4/2023", "Phòng Kinh tế và Hạ tầng"],
        ["19/4/2023", "Phòng Kinh tế và Hạ tầng"],
        ["19/4/2023", "chưa phân công chính thức"],
    ]


def test_where_somebody_is_not_named_the_document_says_why() -> None:
    told = "Nội dung không ghi tên cơ quan là nội dung chưa phân công chính thức cơ quan phụ trách."
    assert told in paragraphs(report(_said()))
    assert told not in paragraphs(report(_said()[:1] + _said()[2:4], of=_confirmed()))


def _decided(*over: Matter) -> Report:
    """The week of three matters of 2.1 in Mỹ Hà, with a decision over these."""
    said = {
        Matter.JUDGEMENT: ("met", "not_met"),
        Matter.DOSSIERS: ("đang lập", "phòng xác nhận"),
        Matter.RESULT: ("98,5%", "95%"),
    }
    taken = [replace(decided(W15, "met not_met"), code=ROAD, matter=each, said=said[each]) for each in over]
    campaign = factories.campaign()
    return Report(of_three_matters(campaign, decisions=taken), campaign, factories.says)


@pytest.mark.parametrize("over", Matter)
def test_a_decision_over_one_matter_leaves_the_others_of_its_indicator_open(over: Matter) -> None:
    of = _decided(over)
    assert [row[2] for row in texts(decided_table(of))] == [over.vi]
    assert [row[2] for row in texts(cases_table(of))] == [each.vi for each in Matter if each is not over]
    assert [row[-3:] != ["–"] * 3 for row in texts(every_difference_table(of))] == [m is over for m in Matter]
    assert [row[-5] != "–" for row in texts(every_difference_table(of))] == [m is not over for m in Matter]
    assert "2 nội dung phải giải quyết, 1 nội dung đã có quyết định; đề nghị hai bên" in paragraphs(of)


def test_where_all_is_decided_nobody_is_asked_and_nothing_is_due() -> None:
    of = _decided(*Matter)
    assert not cases_table(of).whole().lines
    assert "3 nội dung đã có quyết định." in paragraphs(of)
    assert "đề nghị" not in paragraphs(of)
    assert "hạn" not in paragraphs(of)


def test_a_summary_of_before_has_neither_owner_nor_day() -> None:
    of = report(_said())
    older = {i: f for i, f in of.summary.figures.items() if not i.startswith(("owner/", "due/"))}
    of = replace(of, summary=replace(of.summary, figures=older))
    assert [row[-2:] for row in texts(every_difference_table(of))] == [["–", "–"]] * 3
    assert "hạn" not in paragraphs(of)


@pytest.mark.parametrize(
    ("figure_id", "words"),
    [
        ("difference/my_ha/2.1/dossiers", "Xã Mỹ Hà: chênh lệch hồ sơ chỉ tiêu 2.1 - {} (xã / cơ quan)"),
        ("case/my_ha/2.1/result/age", "Xã Mỹ Hà: số tuần chưa thống nhất kết quả chỉ tiêu 2.1 - {}"),
        (
            "decision/my_ha/2.1/follows",
            "Xã Mỹ Hà: chỉ tiêu 2.1 - {}, quyết định về nội dung chưa thống nhất",
        ),
        (
            "decision/my_ha/2.1/result/reason",
            "Xã Mỹ Hà: kết quả chỉ tiêu 2.1 - {}, lý do quyết định về nội dung chưa thống nhất",
        ),
        ("case/my_ha/2.1/age", "Xã Mỹ Hà: số tuần chưa thống nhất chỉ tiêu 2.1 - {}"),
        (
            "owner/difference/my_ha/2.1",
            "Xã Mỹ Hà: chênh lệch chỉ tiêu 2.1 - {} (xã / cơ quan), cơ quan giải quyết",
        ),
        (
            "due/difference/my_ha/2.1/result",
            "Xã Mỹ Hà: chênh lệch kết quả chỉ tiêu 2.1 - {} (xã / cơ quan), hạn giải quyết",
        ),
    ],
)
def test_every_new_figure_has_a_name(figure_id: str, words: str) -> None:
    road = factories.campaign().catalogue.indicator(ROAD)
    assert road
    assert figure_words(report(_said()), figure_id) == words.format(road.name)
