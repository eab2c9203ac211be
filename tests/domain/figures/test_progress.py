from datetime import date
from decimal import Decimal

import pytest

from domain.judgement import Judgement
from domain.lineage import CellSource, FigureSource
from tests.factories_domain import (
    EVERY_ROW,
    campaign,
    judged,
    summary,
    values,
    verified,
    with_reporter,
)

MET, NEARLY, NOT_MET, NOT_STATED = (
    Judgement.MET,
    Judgement.NEARLY_MET,
    Judgement.NOT_MET,
    Judgement.NOT_STATED,
)


def all_met_but(commune, **others):
    said = {code.replace(".", "_"): "met" for code in EVERY_ROW} | others
    return [judged(commune, code, said[code.replace(".", "_")]) for code in EVERY_ROW]


def counts(week, commune, witness):
    return [week[f"count/{commune}/{witness}/{j}"] for j in ("met", "nearly_met", "not_met", "not_stated")]


def test_a_commune_that_sent_nothing_has_no_data_and_never_met():
    week = values(*all_met_but("my_ha"))
    assert week["indicator/my_thinh/1.1/commune"] is NOT_STATED
    assert week["criterion/my_thinh/NC-01/commune"] is NOT_STATED
    assert counts(week, "my_thinh", "commune") == [0, 0, 0, 19]
    assert week["indicators_met/my_thinh/commune"] == 0


def test_a_commune_that_judged_everything_met_has_19_criteria_and_75_indicators():
    week = values(*all_met_but("my_ha"))
    assert counts(week, "my_ha", "commune") == [19, 0, 0, 0]
    assert week["indicators_met/my_ha/commune"] == 75


def test_the_four_counts_add_to_nineteen():
    week = values(
        *all_met_but("my_ha", **{"1_1": "not_met", "2_4": "nearly_met", "3_3": "not_stated", "4": "not_met"})
    )
    assert counts(week, "my_ha", "commune") == [15, 1, 2, 1]


def test_a_criterion_is_as_good_as_its_worst_indicator():
    week = values(
        *[judged("my_ha", code, "met") for code in ("1.1", "1.2")],
        judged("my_ha", "1.3", "nearly_met"),
        judged("my_ha", "15.1", "met"),  # 15.2 and 15.3 blank
        judged("my_ha", "16.1", "not_met"),
    )
    assert week["criterion/my_ha/NC-01/commune"] is NEARLY
    assert week["criterion/my_ha/NC-15/commune"] is NOT_STATED
    assert week["criterion/my_ha/NC-16/commune"] is NOT_MET


@pytest.mark.parametrize(
    ("of_a", "of_b", "met"),
    [("met", "met", 75), ("met", "nearly_met", 74), ("not_met", "met", 74), ("not_stated", "not_stated", 74)],
)
def test_2_2a_and_2_2b_count_as_one_of_seventy_five(of_a, of_b, met):
    week = values(*all_met_but("my_ha", **{"2_2a": of_a, "2_2b": of_b}))
    assert week["indicators_met/my_ha/commune"] == met


def test_17_10_does_not_overwrite_17_1():
    week = values(judged("my_ha", "17.1", "met"), judged("my_ha", "17.10", "not_met"))
    assert week["indicator/my_ha/17.1/commune"] is MET
    assert week["indicator/my_ha/17.10/commune"] is NOT_MET


def test_a_row_at_criterion_level_is_never_used():
    week = values(judged("my_ha", "1", "met"), judged("my_ha", "NC-15", "met"))
    assert week["criterion/my_ha/NC-01/commune"] is NOT_STATED
    assert counts(week, "my_ha", "commune") == [0, 0, 0, 19]


def test_the_word_of_the_agency_in_charge_stands_beside_the_communes():
    week = values(judged("my_ha", "1.1", "met"), verified("pktht", "my_ha", "1.1", "met"))
    assert week["indicator/my_ha/1.1/commune"] is week["indicator/my_ha/1.1/agency"] is MET


@pytest.mark.parametrize("code", ["1.1", "6.1"])  # led by pktht, by nobody
def test_the_word_of_an_agency_that_is_not_in_charge_is_not_used(code):
    week = values(verified("pgd", "my_ha", code, "not_met"), judged("my_ha", code, "met"))
    assert week[f"indicator/my_ha/{code}/agency"] is NOT_STATED
    assert f"difference/my_ha/{code}" not in week


def test_the_agency_in_charge_is_heard_though_another_spoke_too():
    rows = verified("pktht", "my_ha", "1.1", "met"), verified("pgd", "my_ha", "1.1", "not_met")
    assert values(*rows)["indicator/my_ha/1.1/agency"] is MET
    assert values(*reversed(rows))["indicator/my_ha/1.1/agency"] is MET


def test_an_agency_speaks_of_the_commune_it_names_only():
    week = values(verified("pktht", "my_thinh", "1.1", "met"))
    assert week["indicator/my_thinh/1.1/agency"] is MET
    assert week["indicator/my_thanh/1.1/agency"] is NOT_STATED


def test_a_difference_is_shown_where_both_spoke_and_differ():
    figures = summary(judged("my_ha", "1.1", "met"), verified("pktht", "my_ha", "1.1", "not_met")).figures
    assert figures["difference/my_ha/1.1"].value == "Đạt / Chưa đạt"
    assert figures["difference/my_ha/1.1"].sources == (
        CellSource("sha-my_ha", "A. Tiến độ", "G9", "Đạt"),
        CellSource("sha-pktht", "Thẩm tra", "E7", "Chưa đạt"),
    )


@pytest.mark.parametrize(
    ("own", "checked"),
    [("met", "met"), ("met", "not_stated"), ("not_stated", "not_met"), ("not_stated", "not_stated")],
)
def test_the_same_word_or_silence_of_one_is_no_difference(own, checked):
    week = values(judged("my_ha", "1.1", own), verified("pktht", "my_ha", "1.1", checked))
    assert not [figure_id for figure_id in week if figure_id.startswith("difference/")]


def test_one_witness_alone_makes_no_difference():
    assert not [i for i in values(judged("my_ha", "1.1", "met")) if i.startswith("difference/")]
    assert not [i for i in values(verified("pktht", "my_ha", "1.1", "met")) if i.startswith("difference/")]


def test_both_agree_on_a_criterion_only_with_the_same_word():
    rows = [judged("my_ha", code, "met") for code in ("4", "5.1", "1.1", "1.2", "1.3")]
    week = values(
        *rows,
        verified("pktht", "my_ha", "4", "met"),
        *[
            verified("pktht", "my_ha", code, said)
            for code, said in (("1.1", "met"), ("1.2", "met"), ("1.3", "not_met"))
        ],
    )
    assert week["criterion/my_ha/NC-04/agreed"] is MET
    assert week["criterion/my_ha/NC-01/agreed"] is NOT_STATED
    assert week["criterion/my_ha/NC-05/agreed"] is NOT_STATED
    assert counts(week, "my_ha", "agreed") == [1, 0, 0, 18]


def test_what_stands_beside_a_judgement_is_published_only_where_it_was_stated():
    week = summary(
        judged(
            "my_ha",
            "4",
            "not_met",
            result=Decimal("98.5"),
            result_text="98,5",
            completion=Decimal("80"),
            planned_on=date(2023, 5, 20),
        ),
        judged("my_ha", "1.1", "met", result_text="Có quy hoạch"),
        judged("my_ha", "1.2", "met", result=Decimal("3")),
        verified("pktht", "my_ha", "4", "not_met", checked_on=date(2023, 4, 10), lacking="Thiếu biên bản"),
    )
    stated = {
        figure_id: (str(figure.kind), figure.value)
        for figure_id, figure in week.figures.items()
        if figure_id.startswith("indicator/") and not figure_id.endswith(("/commune", "/agency"))
    }
    assert stated == {
        "indicator/my_ha/4/result": ("percent", Decimal("98.5")),
        "indicator/my_ha/4/completion": ("percent", Decimal("80")),
        "indicator/my_ha/4/planned_on": ("date", date(2023, 5, 20)),
        "indicator/my_ha/4/checked_on": ("date", date(2023, 4, 10)),
        "indicator/my_ha/4/lacking": ("text", "Thiếu biên bản"),
        "indicator/my_ha/1.1/result": ("text", "Có quy hoạch"),
        "indicator/my_ha/1.2/result": ("number", Decimal("3")),
    }


def test_zero_is_a_stated_result_and_a_stated_completion():
    week = values(judged("my_ha", "4", "not_met", result=Decimal(0), completion=Decimal(0)))
    assert week["indicator/my_ha/4/result"] == 0
    assert week["indicator/my_ha/4/completion"] == 0


def test_every_detail_leads_to_its_own_cell():
    row = judged(
        "my_ha", "4", "met", result=Decimal(99), completion=Decimal(100), planned_on=date(2023, 5, 20)
    )
    check = verified("pktht", "my_ha", "4", "met", checked_on=date(2023, 4, 10), lacking="Thiếu biên bản")
    figures = summary(row, check).figures
    cells = {
        what: figures[f"indicator/my_ha/4/{what}"].sources for what in ("result", "completion", "planned_on")
    }
    assert cells == {
        "result": (CellSource("sha-my_ha", "A. Tiến độ", "F9", "99"),),
        "completion": (CellSource("sha-my_ha", "A. Tiến độ", "H9", "100"),),
        "planned_on": (CellSource("sha-my_ha", "A. Tiến độ", "I9", "2023-05-20"),),
    }
    assert figures["indicator/my_ha/4/checked_on"].sources == (
        CellSource("sha-pktht", "Thẩm tra", "H7", "2023-04-10"),
    )
    assert figures["indicator/my_ha/4/lacking"].sources == (
        CellSource("sha-pktht", "Thẩm tra", "G7", "Thiếu biên bản"),
    )


def test_the_polices_judgement_is_published_but_not_its_free_text():
    week = values(verified("ca", "my_ha", "19.2", "not_met", lacking="Nội dung nội bộ"))
    assert week["indicator/my_ha/19.2/agency"] is NOT_MET
    assert "indicator/my_ha/19.2/lacking" not in week
    assert "Nội dung nội bộ" not in map(str, week.values())


def test_a_judgement_leads_to_its_cell_and_silence_to_none():
    figures = summary(judged("my_ha", "1.1", "met")).figures
    assert figures["indicator/my_ha/1.1/commune"].sources == (
        CellSource("sha-my_ha", "A. Tiến độ", "G9", "Đạt"),
    )
    assert figures["indicator/my_ha/1.1/agency"].sources == ()


def test_a_criterion_leads_to_all_its_indicators_and_a_count_to_its_criteria():
    figures = summary(judged("my_ha", "4", "met")).figures
    assert figures["criterion/my_ha/NC-02/commune"].sources == tuple(
        FigureSource(f"indicator/my_ha/{code}/commune") for code in ("2.1", "2.2a", "2.2b", "2.3", "2.4")
    )
    assert figures["count/my_ha/commune/met"].sources == (FigureSource("criterion/my_ha/NC-04/commune"),)


def test_a_condition_is_followed_in_the_communes_that_configuration_names():
    week = values()
    followed = {figure_id for figure_id in week if figure_id.startswith("condition/")}
    assert followed == {
        f"condition/{commune}/KM-4-ANTT-1/{witness}"
        for commune in ("my_thinh", "my_thanh")
        for witness in ("commune", "agency")
    }
    assert {week[figure_id] for figure_id in followed} == {NOT_STATED}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (judged("my_ha", "GATE-NO-DONG", "met"), (MET, NOT_STATED)),
        (verified("ca", "my_ha", "GATE-NO-DONG", "not_met"), (NOT_STATED, NOT_MET)),
    ],
)
def test_a_condition_is_followed_where_either_witness_speaks_of_it(row, said):
    week = values(row)
    assert tuple(week[f"condition/my_ha/GATE-NO-DONG/{w}"] for w in ("commune", "agency")) == said
    assert "condition/my_thinh/GATE-NO-DONG/commune" not in week
    assert counts(week, "my_ha", "commune") == [0, 0, 0, 19]


def test_a_commune_that_left_the_roster_has_no_figures():
    left = campaign(roster=with_reporter("my_ha", valid_to=date(2023, 4, 11)))
    assert not [i for i in values(judged("my_ha", "1.1", "met"), of=left) if "my_ha" in i]
