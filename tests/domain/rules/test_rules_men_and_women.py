"""Indicators that must hold for men and for women: both are stated, and both reach the target."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from domain.criteria import Target
from domain.findings import Finding
from domain.judgement import Judgement
from domain.rules import judge
from domain.submissions import ProgressRow
from tests.domain.rules.kit import CAMPAIGN, submission
from tests.factories import says
from tests.factories_domain import CATALOGUE

COLUMNS = {"indicator": "C", "result": "F", "result_text": "F", "judgement": "G"}
TARGET = Target(">=", Decimal(85))


def split(**stated: Any) -> Any:
    """The campaign in which 2.1 must hold for men and for women."""
    facts = {"split_by_sex": True, "target": TARGET, **stated}
    criteria = tuple(
        replace(c, indicators=tuple(replace(i, **facts) if i.code == "2.1" else i for i in c.indicators))
        for c in CATALOGUE.criteria
    )
    return replace(CAMPAIGN, catalogue=replace(CATALOGUE, criteria=criteria))


def found(code: str, text: str, judgement: str = "met", result: str = "", **stated: Any) -> list[Finding]:
    row = ProgressRow(
        sheet="A. Tiến độ",
        row=9,
        columns=COLUMNS,
        indicator="2.1",
        judgement=Judgement(judgement),
        result=Decimal(result) if result else None,
        result_text=text,
    )
    findings = judge(submission(row), (), split(**stated)).findings
    assert "RULE_FAILED" not in {finding.code for finding in findings}
    return [finding for finding in findings if finding.code == code]


@pytest.mark.parametrize(
    ("text", "result", "is_told"),
    [
        ("Nam 88,2%; nữ 86,4%", "", False),
        ("đạt cho cả nam và nữ", "", False),
        ("Nam 88,2%", "", True),
        ("nữ 86,4%", "", True),
        ("86,8%", "86.8", True),
        ("86.8", "86.8", True),
        ("năm 2022 đạt", "", True),
        ("", "", False),
    ],
)
def test_met_is_said_of_both(text: str, result: str, is_told: bool) -> None:
    assert [f.place.cell for f in found("MEN_AND_WOMEN", text, result=result)] == (["F9"] if is_told else [])


@pytest.mark.parametrize("judgement", ["nearly_met", "not_met", "not_stated"])
def test_only_met_is_asked_for_both(judgement: str) -> None:
    assert found("MEN_AND_WOMEN", "86,8%", judgement) == []


def test_an_indicator_of_everybody_is_not_asked_for_both() -> None:
    assert found("MEN_AND_WOMEN", "86,8%", split_by_sex=False) == []


def test_the_officer_reads_what_stands_there() -> None:
    (only,) = found("MEN_AND_WOMEN", "Nam 88,2%")
    assert says(only).startswith('Chỉ tiêu 2.1 áp dụng cho cả nam và nữ nhưng kết quả chỉ ghi "Nam 88,2%". ')
    (number,) = found("MEN_AND_WOMEN", "86.8", result="86.8")
    assert number.facts["seen"] == "86,8%"


@pytest.mark.parametrize(
    ("text", "below"),
    [
        ("Nam 85%; nữ 84,9%", ["nữ 84,9%"]),
        ("Nam 84,9%; nữ 85%", ["nam 84,9%"]),
        ("Nam 85%; nữ 85%", []),
        ("Nam 85,1%; nữ 85,1%", []),
        ("Nam 80%; nữ 84%", ["nam 80%, nữ 84%"]),
        ("Nam và nữ đều 84%", []),
    ],
)
def test_each_of_both_reaches_the_target(text: str, below: list[str]) -> None:
    assert [f.facts["seen"] for f in found("MET_BELOW_TARGET", text)] == below


def test_without_a_target_and_in_an_indicator_of_everybody_two_numbers_are_left_to_people() -> None:
    assert found("MET_BELOW_TARGET", "Nam 80%; nữ 84%", target=None) == []
    assert found("MET_BELOW_TARGET", "Nam 80%; nữ 84%", split_by_sex=False) == []
    assert found("MET_BELOW_TARGET", "Nam 80%; nữ 84%", "nearly_met") == []
    assert found("MET_BELOW_TARGET", "Nam 80%; nữ 84%", target=Target(">=", "Khá")) == []


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Nam 85%, nữ 85%", ["nam 85%, nữ 85%"]),
        ("Nam 95%, nữ 85,1%", ["nam 95%, nữ 85,1%"]),
        ("Nam 95%, nữ 84,9%", []),
        ("Nam 95%", []),
        ("nam và nữ", []),
    ],
)
def test_not_met_is_asked_about_where_both_reach_a_confirmed_target(text: str, seen: list[str]) -> None:
    confirmed = Target(">=", Decimal(85), confirmed=True)
    told = found("NOT_MET_AT_TARGET", text, "not_met", target=confirmed)
    assert [finding.facts["seen"] for finding in told] == seen
    assert found("NOT_MET_AT_TARGET", text, "not_met") == []
