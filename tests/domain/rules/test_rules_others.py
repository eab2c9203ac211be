from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from domain.criteria import Assignment, Assignments
from domain.findings import Finding, Severity
from domain.forms import DossierState
from domain.judgement import Judgement
from domain.rules import judge
from domain.rules.registry import RULES, judge_by
from domain.rules.rule import Rule, RuleFacts
from domain.submissions import DossierRow, Submission, SubmissionState, VerificationRow
from domain.weeks import WeekName
from tests.domain.rules.kit import CAMPAIGN, before, cells, debt, found, submission
from tests.factories import says


def document(row, indicator, name, sent=None, answered=None):
    return DossierRow(
        sheet="B. Hồ sơ", row=row, columns={"document": "C", "answered_on": "G"}, indicator=indicator, document=name,
        state=DossierState.SENT, sent_on=sent, answered_on=answered,
    )  # fmt: skip


def test_the_same_document_of_one_indicator_is_found_at_the_second():
    (finding,) = found(
        "DOCUMENT_REPEATED", document(5, "1.1", "Báo cáo hoà giải"), document(6, "1.1", "báo cáo hòa giải.")
    )
    assert (finding.place.cell, finding.facts["first"]) == ("C6", "5, B. Hồ sơ")


def test_the_same_name_under_two_indicators_is_two_documents():
    assert cells("DOCUMENT_REPEATED", document(5, "1.1", "Báo cáo"), document(6, "1.2", "Báo cáo")) == []


@pytest.mark.parametrize(("answered", "backwards"), [(9, True), (10, False), (11, False)])
def test_an_answer_before_the_sending_is_found(answered, backwards):
    row = document(5, "1.1", "Báo cáo", date(2023, 4, 10), date(2023, 4, answered))
    assert cells("DATES_RUN_BACKWARDS", row) == (["G5"] if backwards else [])


def test_one_date_alone_runs_nowhere():
    assert cells("DATES_RUN_BACKWARDS", document(5, "1.1", "A", answered=date(2023, 4, 1))) == []


def judged(code, judgement="met", row=5):
    return VerificationRow(
        sheet="Thẩm tra",
        row=row,
        columns={"indicator": "C"},
        commune="my_ha",
        indicator=code,
        judgement=Judgement(judgement),
    )


@pytest.mark.parametrize(
    ("code", "assigned"),
    [("1.1", True), ("5.1", False), ("6.1", False), ("1", True), ("19", False), ("GATE-NO-DONG", False)],
)
def test_an_agency_is_told_where_it_judges_what_is_not_its_own(code, assigned):
    assert cells("NOT_ASSIGNED", judged(code), reporter="pktht") == ([] if assigned else ["C5"])


def test_a_row_left_unjudged_claims_nothing():
    assert cells("NOT_ASSIGNED", judged("5.1", "not_stated"), reporter="pktht") == []


def criterion_rows(*rows, reporter="pktht"):
    return [f.facts["expected"] for f in found("CRITERION_ROW_DIFFERS", *rows, reporter=reporter)]


def test_an_agencys_row_of_a_criterion_is_compared_with_its_rows_of_the_indicators_of_that_commune():
    parts = [judged(code, row=row) for row, code in enumerate(("1.1", "1.2", "1.3"), 6)]
    assert criterion_rows(judged("1", "not_met"), *parts) == ["Đạt"]
    assert criterion_rows(judged("NC-01"), *parts) == []
    elsewhere = [replace(each, commune="my_thinh") for each in parts]
    assert criterion_rows(judged("1", "not_met"), *elsewhere) == ["Chưa có số liệu"]


def test_an_agencys_row_of_a_criterion_whose_indicators_it_does_not_list_is_told():
    assert criterion_rows(judged("1", "not_met")) == ["Chưa có số liệu"]
    assert criterion_rows(judged("1", "not_stated")) == []


def test_an_agency_answers_for_the_indicators_of_a_criterion_that_it_leads():
    leads = (("1.1", "pktht"), ("1.2", "pktht"), ("1.3", "pgd"))
    rows = tuple(Assignment(code, lead) for code, lead in leads)
    campaign = replace(CAMPAIGN, assignments=Assignments(rows))

    def told(reporter):
        file = submission(judged("1"), judged("1.1", row=6), judged("1.2", row=7), reporter=reporter)
        return [
            f.facts["expected"]
            for f in judge(file, (), campaign).findings
            if f.code == "CRITERION_ROW_DIFFERS"
        ]

    assert told("pktht") == []
    assert told("pgd") == ["Chưa có số liệu"]
    assert told("ca_huyen") == []  # it is told that it isn't assigned


@pytest.mark.parametrize(("week", "assigned"), [("2023-W15", True), ("2023-W16", True), ("2023-W17", False)])
def test_the_assignment_of_the_weeks_wednesday_counts(week, assigned):
    until_april_19 = Assignments((Assignment("6.1", "pgd", valid_to=date(2023, 4, 19)),))
    campaign = replace(CAMPAIGN, assignments=until_april_19)
    file = replace(submission(judged("6.1"), reporter="pgd"), week=WeekName.parse(week))
    codes = {finding.code for finding in judge(file, (), campaign).findings}
    assert ("NOT_ASSIGNED" not in codes) is assigned


# --- the judging -----


def a_rule_that_fails(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    yield from RULES[0].check(submission, facts)
    raise ZeroDivisionError("division by zero")


FAILING = Rule("INDICATOR_REPEATED", "a test", a_rule_that_fails)


def test_a_rule_that_fails_is_a_finding_and_the_others_go_on():
    verdict = judge_by((FAILING, *RULES), submission(debt(5)), (), RuleFacts(CAMPAIGN))
    failed, not_stated = verdict.findings
    assert (failed.code, failed.facts["rule"]) == ("RULE_FAILED", "INDICATOR_REPEATED")
    assert failed.facts["error"] == "ZeroDivisionError: division by zero"
    assert "a_rule_that_fails" in failed.facts["traceback"]
    assert "quy tắc INDICATOR_REPEATED;" in says(failed)  # an officer never reads a name of our code
    assert not_stated.code == "DEBT_NOT_STATED"


def is_asked(code: str, severity: Severity) -> bool:
    """Whether a rule over weeks is asked of a file in which this was found before."""
    over_weeks = Rule("DEBT_NOT_STATED", "a test", BLANK_DEBT.check, is_over_weeks=True)
    found_before = Finding(code, severity)
    verdict = judge_by((over_weeks,), submission(debt(5)), (found_before,), RuleFacts(CAMPAIGN))
    return verdict.findings != (found_before,)


BLANK_DEBT = next(rule for rule in RULES if rule.code == "DEBT_NOT_STATED")


@pytest.mark.parametrize("severity", Severity)
def test_a_file_that_may_be_anothers_or_of_another_week_is_set_beside_no_week(severity):
    assert is_asked("WEEK_DIFFERS", severity) is (severity is not Severity.QUARANTINE)


def test_what_is_kept_of_a_failure_names_no_folder():
    (failed,) = judge_by((FAILING,), submission(), (), RuleFacts(CAMPAIGN)).findings
    assert "/" not in failed.facts["traceback"]


def test_the_verdict_keeps_what_was_found_before_and_is_as_bad_as_the_worst():
    earlier = Finding("COLUMN_MISSING", Severity.ERROR)
    verdict = judge(submission(debt(5)), [earlier], CAMPAIGN)
    assert (verdict.state, verdict.findings[0]) == (SubmissionState.RETURNED, earlier)
    assert [finding.code for finding in verdict.findings] == ["COLUMN_MISSING", "DEBT_NOT_STATED"]


@pytest.mark.parametrize(
    ("severity", "is_compared"), [("quarantine", False), ("error", True), ("warning", True)]
)
def test_a_file_of_which_we_are_unsure_is_compared_with_nobodys_last_week(severity, is_compared):
    rows = debt(5, accepted=5000, paid=1000), debt(8, accepted=5, paid=1)
    told = [Finding("REPORTER_DIFFERS", Severity(severity))]
    findings = judge(submission(rows[1]), told, CAMPAIGN, before(rows[0])).findings
    assert ("UNIT_SLIP" in {finding.code for finding in findings}) is is_compared


def test_an_empty_file_is_accepted_without_a_word():
    assert judge(submission(), (), CAMPAIGN).findings == ()


def test_severity_is_the_campaigns_to_say():
    campaign = replace(CAMPAIGN, severities={"DEBT_NOT_STATED": "error"})
    assert judge(submission(debt(5)), (), campaign).state is SubmissionState.RETURNED


def test_every_rule_has_a_name_that_is_a_sentence_and_a_source():
    assert all(rule.source and rule.name.count("_") >= 3 for rule in RULES)
    assert len({rule.name for rule in RULES}) == len(RULES)
