from datetime import date
from decimal import Decimal

from domain.forms import DossierState
from domain.lineage import CellSource, FigureSource
from tests.factories_domain import (
    EVERY_ROW,
    campaign,
    cells,
    document,
    judged,
    summary,
    values,
    with_reporter,
)

S = DossierState


def test_documents_are_counted_by_state_and_together():
    week = values(
        document("my_ha", "1.1", "Quyết định", S.SENT),
        document("my_ha", "1.1", "Biên bản", S.SENT),
        document("my_ha", "1.2", "Quy chế", S.MORE_REQUESTED),
        document("my_thinh", "1.1", "Quyết định", S.COMPLETE),
    )
    assert {state: week[f"dossier/my_ha/{state}"] for state in S} == {
        S.NOT_STARTED: 0,
        S.DRAFTING: 0,
        S.SENT: 2,
        S.MORE_REQUESTED: 1,
        S.CONFIRMED: 0,
        S.PROVINCE_ASKED: 0,
        S.PROVINCE_REPLIED: 0,
        S.COMPLETE: 0,
    }
    assert week["dossier/my_ha/documents"] == 3
    assert week["dossier/my_thinh/documents"] == 1


def test_a_commune_without_dossiers_in_force_has_no_counts_and_its_milestones_are_not_stated():
    week = values(document("my_ha", "1.1", "Quyết định", S.SENT))
    assert not [i for i in week if i.startswith("dossier/my_thinh/")]
    assert milestone(week, "M1", "my_thinh") == (None, 75, None)


def test_a_document_whose_state_was_left_blank_is_listed_counts_under_no_state_and_is_not_ready():
    week = values(
        document("my_ha", "1.1", "Quyết định", S.SENT),
        document("my_ha", "1.1", "Biên bản", None),
        document("my_ha", "1.2", "Quy chế", None),
    )
    assert week["dossier/my_ha/documents"] == 3
    assert [week[f"dossier/my_ha/{state}"] for state in S] == [0, 0, 1, 0, 0, 0, 0, 0]
    assert milestone(week, "M1") == (0, 75, Decimal("0.0"))


def milestone(week, name, commune="my_ha"):
    return tuple(week[f"milestone/{name}/{commune}/{what}"] for what in ("ready", "applicable", "share"))


def test_an_indicator_is_ready_when_all_its_listed_documents_have_reached_the_state():
    week = values(
        document("my_ha", "1.1", "Quyết định", S.SENT),
        document("my_ha", "1.1", "Biên bản", S.COMPLETE),
        document("my_ha", "1.2", "Quy chế", S.SENT),
        document("my_ha", "1.2", "Tờ trình", S.DRAFTING),
        document("my_ha", "1.3", "Bản đồ", S.MORE_REQUESTED),  # sent back: not sent
    )
    assert milestone(week, "M1") == (1, 75, Decimal("1.3"))
    assert milestone(week, "M2") == (0, 75, Decimal("0.0"))


def test_the_province_milestone_asks_for_more_than_the_district_milestone():
    week = values(
        document("my_ha", "1.1", "Quyết định", S.PROVINCE_ASKED),
        document("my_ha", "1.2", "Quy chế", S.PROVINCE_REPLIED),
        document("my_ha", "1.3", "Bản đồ", S.CONFIRMED),
    )
    assert milestone(week, "M1")[0] == 3
    assert milestone(week, "M2")[0] == 2


def test_the_documents_of_2_2a_and_2_2b_are_those_of_one_indicator():
    one_lags = values(
        document("my_ha", "2.2a", "Bảng kê", S.SENT), document("my_ha", "2.2b", "Ảnh", S.NOT_STARTED)
    )
    assert milestone(one_lags, "M1")[0] == 0
    both = values(document("my_ha", "2.2a", "Bảng kê", S.SENT), document("my_ha", "2.2b", "Ảnh", S.SENT))
    assert milestone(both, "M1")[0] == 1


def test_every_indicator_ready_is_a_hundred_percent():
    week = values(*[document("my_ha", code, "Quyết định", S.SENT) for code in EVERY_ROW])
    assert milestone(week, "M1") == (75, 75, Decimal("100.0"))


def test_a_document_of_a_condition_is_counted_but_readies_no_indicator():
    week = values(document("my_thinh", "KM-4-ANTT-1", "Xác nhận", S.COMPLETE))
    assert week["dossier/my_thinh/documents"] == 1
    assert milestone(week, "M1", "my_thinh") == (0, 75, Decimal("0.0"))


def test_the_last_milestone_counts_criteria_met_by_the_communes_own_word():
    week = values(
        judged("my_ha", "4", "met"), judged("my_ha", "7", "met"), judged("my_ha", "9", "nearly_met")
    )
    assert milestone(week, "M3") == (2, 19, Decimal("10.5"))
    assert milestone(week, "M3", "my_thinh") == (None, 19, None)


def test_criteria_of_which_none_is_met_are_a_stated_zero():
    assert milestone(values(judged("my_ha", "4", "not_met")), "M3") == (0, 19, Decimal("0.0"))


def test_a_commune_that_left_the_roster_is_in_no_milestone():
    left = campaign(roster=with_reporter("my_ha", valid_to=date(2023, 4, 11)))
    week = values(document("my_ha", "1.1", "Quyết định", S.SENT), of=left)
    assert not [i for i in week if "my_ha" in i]


def test_counts_and_milestones_lead_to_the_cells_of_the_state():
    figures = summary(
        document("my_ha", "1.1", "Quyết định", S.SENT),
        document("my_ha", "1.2", "Quy chế", S.DRAFTING),
        judged("my_ha", "4", "met"),
    ).figures
    sent = (CellSource("sha-my_ha", "B. Hồ sơ", "D5", "đã gửi phòng"),)
    assert figures["dossier/my_ha/sent"].sources == sent
    assert figures["milestone/M1/my_ha/ready"].sources == sent
    assert [source.raw for source in cells(figures["dossier/my_ha/documents"])] == ["Quyết định", "Quy chế"]
    assert figures["milestone/M1/my_ha/share"].sources == (
        FigureSource("milestone/M1/my_ha/in_time"),
        FigureSource("milestone/M1/my_ha/applicable"),
    )
    assert figures["milestone/M3/my_ha/ready"].sources == (FigureSource("count/my_ha/commune/met"),)
