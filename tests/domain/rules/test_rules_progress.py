from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.criteria import Target
from domain.forms import DossierState, Part
from domain.judgement import Judgement
from domain.rules import judge
from domain.submissions import DossierRow, ProgressRow, VerificationRow
from tests.domain.rules.kit import CAMPAIGN, cells, found, submission
from tests.factories import says
from tests.factories_domain import CATALOGUE

COLUMNS = {"indicator": "C", "result": "F", "judgement": "G", "completion": "H", "planned_on": "I"}


def said(row, indicator, judgement="met", **fields):
    return ProgressRow(
        sheet="A. Tiến độ",
        row=row,
        columns=COLUMNS,
        indicator=indicator,
        judgement=Judgement(judgement),
        **fields,
    )


def document(indicator):
    return DossierRow(
        sheet="B. Hồ sơ", row=5, indicator=indicator, document="Báo cáo", state=DossierState.SENT
    )


def checked(row, commune, indicator):
    return VerificationRow(
        sheet="Thẩm tra",
        row=row,
        columns={"indicator": "C"},
        commune=commune,
        indicator=indicator,
        judgement=Judgement.MET,
    )


def test_an_indicator_on_two_rows_is_found_at_the_second():
    (finding,) = found("INDICATOR_REPEATED", said(5, "1.1"), said(6, "1.2"), said(9, "1.1", "not_met"))
    assert finding.place.cell == "C9"
    assert finding.facts == {"seen": "1.1", "first": "5, A. Tiến độ"}


def test_the_number_and_the_id_of_a_criterion_are_one():
    assert cells("INDICATOR_REPEATED", said(5, "2"), said(6, "NC-02")) == ["C6"]


def test_codes_that_only_look_alike_are_two():
    assert cells("INDICATOR_REPEATED", said(5, "17.1"), said(6, "17.10")) == []


def test_an_agency_may_judge_an_indicator_once_in_every_commune():
    rows = (checked(5, "my_ha", "1.1"), checked(6, "my_thinh", "1.1"), checked(7, "my_ha", "1.1"))
    assert cells("INDICATOR_REPEATED", *rows, reporter="pktht") == ["C7"]


def test_met_without_a_document_is_told_where_the_file_lists_documents():
    assert cells("MET_WITHOUT_DOSSIER", said(5, "1.1"), said(6, "1.2"), document("1.2")) == ["G5"]
    assert cells("MET_WITHOUT_DOSSIER", said(5, "1.1"), carrying=(Part.DOSSIERS,)) == ["G5"]
    assert cells("MET_WITHOUT_DOSSIER", said(5, "1.1")) == []


@pytest.mark.parametrize("judgement", ["nearly_met", "not_met", "not_stated"])
def test_only_met_asks_for_evidence(judgement):
    assert cells("MET_WITHOUT_DOSSIER", said(5, "1.1", judgement), carrying=(Part.DOSSIERS,)) == []


def test_a_document_of_the_whole_criterion_is_evidence_of_its_indicators():
    assert cells("MET_WITHOUT_DOSSIER", said(5, "1.1"), document("1")) == []


def with_target(code, op, value, *, confirmed=False):
    """The campaign with one target on one indicator."""
    criteria = tuple(
        replace(
            c,
            indicators=tuple(
                replace(i, target=Target(op, value, confirmed)) if i.code == code else i for i in c.indicators
            ),
        )
        for c in CATALOGUE.criteria
    )
    return replace(CAMPAIGN, catalogue=replace(CATALOGUE, criteria=criteria))


@pytest.mark.parametrize(
    ("op", "result", "below"),
    [
        (">=", "84.9", True), (">=", "85", False), (">=", "85.1", False),
        (">", "85", True), (">", "85.1", False),
        ("<=", "85.1", True), ("<=", "85", False),
        ("<", "85", True), ("<", "84.9", False),
    ],
)  # fmt: skip
def test_met_with_a_result_short_of_the_target_is_told(op, result, below):
    campaign = with_target("2.1", op, Decimal(85))
    verdict = judge(submission(said(5, "2.1", result=Decimal(result))), (), campaign)
    assert [f.place.cell for f in verdict.findings if f.code == "MET_BELOW_TARGET"] == (
        ["F5"] if below else []
    )


@pytest.mark.parametrize(("confirmed", "level"), [(False, "mức tham khảo"), (True, "mức")])
def test_the_target_is_shown_with_its_sign_and_whether_somebody_confirmed_it(confirmed, level):
    campaign = with_target("2.1", ">=", Decimal(85), confirmed=confirmed)
    verdict = judge(submission(said(5, "2.1", result=Decimal("70.5"))), (), campaign)
    (finding,) = [f for f in verdict.findings if f.code == "MET_BELOW_TARGET"]
    assert finding.facts == {"indicator": "2.1", "seen": "70,5%", "target": f"{level} ≥ 85%"}


def test_a_target_that_is_a_grade_and_a_result_that_is_text_are_left_to_people():
    graded, numbered = with_target("2.1", ">=", "Xuất sắc"), with_target("2.1", ">=", Decimal(85))
    for row, campaign in [
        (said(5, "2.1", result=Decimal(1)), graded),
        (said(5, "2.1", result_text="gần đủ"), numbered),
    ]:
        assert "MET_BELOW_TARGET" not in {f.code for f in judge(submission(row), (), campaign).findings}


@pytest.mark.parametrize(
    ("judgement", "completion", "disagrees"),
    [
        ("met", "99.9", True), ("met", "100", False), ("met", None, False),
        ("not_met", "100", True), ("not_met", "99.9", False),
        ("nearly_met", "100", False), ("nearly_met", "20", False), ("not_stated", "100", False),
    ],
)  # fmt: skip
def test_completion_and_judgement_agree(judgement, completion, disagrees):
    row = said(5, "1.1", judgement, completion=Decimal(completion) if completion else None)
    assert cells("COMPLETION_DISAGREES", row) == (["H5"] if disagrees else [])


@pytest.mark.parametrize(
    ("day", "judgement", "passed"),
    [
        (11, "not_met", True),
        (12, "not_met", False),
        (13, "not_met", False),
        (11, "met", False),
        (11, "not_stated", True),
    ],
)
def test_a_planned_date_before_the_weeks_wednesday_has_passed(day, judgement, passed):
    row = said(5, "1.1", judgement, planned_on=date(2023, 4, day))
    assert cells("PLANNED_DATE_PASSED", row) == (["I5"] if passed else [])


def test_a_criterion_row_is_compared_with_what_its_indicators_give():
    indicators = [said(5, "1.1"), said(6, "1.2"), said(7, "1.3", "nearly_met")]
    (finding,) = found("CRITERION_ROW_DIFFERS", said(4, "1"), *indicators)
    assert (finding.place.cell, finding.facts["seen"], finding.facts["expected"]) == (
        "G4",
        "Đạt",
        "Cơ bản đạt",
    )
    assert cells("CRITERION_ROW_DIFFERS", said(4, "NC-01", "nearly_met"), *indicators) == []


def test_an_indicator_without_a_row_is_not_stated():
    (finding,) = found("CRITERION_ROW_DIFFERS", said(4, "1"), said(5, "1.1"), said(6, "1.2"))
    assert finding.facts["expected"] == "Chưa có số liệu"


def test_a_criterion_row_left_blank_says_nothing_to_compare():
    assert cells("CRITERION_ROW_DIFFERS", said(4, "1", "not_stated"), said(5, "1.1", "not_met")) == []


def test_a_criterion_with_one_indicator_is_that_indicator():
    assert cells("CRITERION_ROW_DIFFERS", said(4, "4"), said(5, "7", "not_met")) == []


def told_at_target(row, campaign):
    findings = judge(submission(row), (), campaign).findings
    return [f.place.cell for f in findings if f.code == "NOT_MET_AT_TARGET"]


@pytest.mark.parametrize(
    ("op", "result", "reaches"),
    [
        (">=", "84.9", False), (">=", "85", True), (">=", "85.1", True),
        (">", "85", False), (">", "85.1", True),
        ("<=", "85.1", False), ("<=", "85", True),
        ("<", "85", False), ("<", "84.9", True),
    ],
)  # fmt: skip
def test_not_met_with_a_result_that_reaches_a_confirmed_target_is_told(op, result, reaches):
    campaign = with_target("2.1", op, Decimal(85), confirmed=True)
    row = said(5, "2.1", "not_met", result=Decimal(result))
    assert told_at_target(row, campaign) == (["F5"] if reaches else [])


@pytest.mark.parametrize("judgement", ["met", "nearly_met", "not_stated"])
def test_only_not_met_is_asked_why_the_target_is_not_enough(judgement):
    row = said(5, "2.1", judgement, result=Decimal(90))
    assert told_at_target(row, with_target("2.1", ">=", Decimal(85), confirmed=True)) == []


def test_a_target_that_nobody_has_confirmed_a_grade_and_a_text_are_no_reason_to_ask():
    row = said(5, "2.1", "not_met", result=Decimal(90))
    assert told_at_target(row, with_target("2.1", ">=", Decimal(85))) == []
    assert told_at_target(row, with_target("2.1", ">=", "Khá", confirmed=True)) == []
    assert told_at_target(row, CAMPAIGN) == []
    text = said(5, "2.1", "not_met", result_text="hơn 90%")
    assert told_at_target(text, with_target("2.1", ">=", Decimal(85), confirmed=True)) == []


def test_the_officer_reads_result_and_target():
    row, campaign = (
        said(5, "2.1", "not_met", result=Decimal("85.5")),
        with_target("2.1", ">=", Decimal(85), confirmed=True),
    )
    (told,) = [f for f in judge(submission(row), (), campaign).findings if f.code == "NOT_MET_AT_TARGET"]
    assert says(told).startswith('Chỉ tiêu 2.1: kết quả 85,5% đã tới mức ≥ 85% nhưng tự đánh giá "Chưa đạt".')
