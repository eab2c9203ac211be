"""What a claim on a condition is held against, where config/rule_cases/conditions.yaml can't say it."""

from dataclasses import replace

from domain.criteria import ConditionKind
from domain.judgement import Judgement
from domain.rules.registry import judge
from domain.submissions import DebtRowKind, ProgressRow
from tests.domain.rules.kit import CAMPAIGN, debt, submission

GATE = replace(CAMPAIGN.catalogue.conditions[1], id="NO-DEBT", kind=ConditionKind.NO_DEBT)
CATALOGUE = replace(CAMPAIGN.catalogue, conditions=(GATE,))
CLAIM = ProgressRow(
    sheet="A. Tiến độ", row=9, columns={"judgement": "G"}, indicator="NO-DEBT", judgement=Judgement.MET
)


def told(*rows):
    verdict = judge(submission(*rows), (), replace(CAMPAIGN, catalogue=CATALOGUE))
    found = (each for each in verdict.findings if each.code.startswith("GATE_"))
    return [(each.code, each.facts["seen"]) for each in found]


def test_what_is_owed_beside_a_source_that_cannot_be_read_is_unknown():
    road = debt(6, accepted=100, allotted_district=40, in_programme=True)
    assert told(CLAIM, road) == [("GATE_MET_WITH_DEBT", "Đường trục xã (60 đồng)")]
    assert told(CLAIM, replace(road, raw={"allotted_commune": "bốn mươi"})) == []


def test_a_debt_of_the_programme_is_told_without_those_that_do_not_say_it():
    other = debt(7, "Kênh N5", accepted=9, allotted_district=0)
    road = debt(6, accepted=100, allotted_district=40, in_programme=True)
    assert told(CLAIM, other) == [
        ("GATE_DEBT_UNCLEAR", "chưa ghi có thuộc Chương trình hay không: Kênh N5 (9 đồng)")
    ]
    assert told(CLAIM, other, road) == [("GATE_MET_WITH_DEBT", "Đường trục xã (60 đồng)")]


def test_a_volume_without_any_capital_leaves_it_open_whether_something_is_owed():
    blank = debt(6, accepted=100, in_programme=True)
    unclear = [("GATE_DEBT_UNCLEAR", "chưa ghi vốn đã bố trí: Đường trục xã (nghiệm thu 100 đồng)")]
    assert told(CLAIM, blank) == told(CLAIM, replace(blank, in_programme=None, stated_debt=0)) == unclear
    assert told(CLAIM, replace(blank, in_programme=False)) == told(CLAIM, replace(blank, accepted=0)) == []
    assert told(CLAIM, replace(blank, raw={"allotted_district": "?"})) == []  # the file goes back
    assert told(CLAIM, blank, debt(7, "", kind=DebtRowKind.NO_DEBT)) == []
    other = debt(7, "Kênh N5", accepted=9, allotted_district=0)
    ((_, both),) = told(CLAIM, blank, other)
    assert both.startswith("chưa ghi có thuộc")
    assert both.endswith("; " + unclear[0][1])


def test_a_total_is_no_project():
    whole = debt(
        8, "Tổng cộng", kind=DebtRowKind.TOTAL, accepted=100, allotted_district=40, in_programme=True
    )
    assert told(CLAIM, whole) == []
