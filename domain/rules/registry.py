"""Every rule that a file is judged by, and the judging. One rule that fails never stops the others."""

from collections.abc import Iterable, Mapping

from domain.campaign import Campaign
from domain.findings import Finding, Place, Severity
from domain.rules import (
    against_last_week,
    conditions,
    debt,
    debt_totals,
    debt_units,
    debt_weeks,
    dossiers,
    dossiers_weeks,
    progress,
    progress_weeks,
    targets,
    verification,
    verification_weeks,
)
from domain.rules.rule import Rule, RuleFacts
from domain.submissions import NOTHING_EARLIER, Earlier, Submission, Verdict
from domain.telling import failure_facts, finding

RULES: tuple[Rule, ...] = (
    progress.an_indicator_is_stated_once,
    progress.an_indicator_that_is_met_has_evidence,
    targets.an_indicator_that_is_met_reaches_its_target,
    targets.an_indicator_that_is_not_met_falls_short_of_its_target,
    targets.an_indicator_of_men_and_women_is_stated_for_both,
    progress.completion_agrees_with_the_judgement,
    progress.a_planned_date_lies_ahead,
    progress.a_criterion_row_agrees_with_its_indicators,
    progress_weeks.a_judgement_is_taken_back_with_a_reason,
    progress_weeks.a_planned_date_stays,
    progress_weeks.a_result_moves_by_plausible_steps,
    progress_weeks.a_result_that_only_grows_does_not_fall,
    dossiers.a_document_is_listed_once,
    dossiers.an_answer_follows_the_sending,
    dossiers_weeks.a_document_that_was_sent_says_when,
    dossiers_weeks.a_document_with_a_sending_date_is_not_before_its_sending,
    dossiers_weeks.a_document_was_sent_and_answered_by_the_deadline_day,
    dossiers_weeks.a_sending_date_stays_unless_the_document_is_sent_anew,
    dossiers_weeks.a_document_moves_as_the_table_of_moves_allows,
    dossiers_weeks.a_document_has_reached_the_state_of_a_milestone_that_is_past,
    dossiers_weeks.a_request_of_the_department_is_answered_within_some_weeks,
    dossiers_weeks.a_document_that_was_listed_stays_listed,
    debt.a_project_is_listed_once,
    debt.stated_debt_is_the_legal_debt,
    debt.paid_stays_within_what_is_allotted,
    debt.accepted_stays_within_what_is_approved,
    debt_totals.a_total_is_the_sum_of_its_rows,
    debt_totals.a_total_is_not_listed_as_a_project,
    debt.every_project_states_its_accepted_volume,
    debt.nothing_is_owed_beside_the_statement_of_no_debt,
    debt.a_statement_of_no_debt_knows_the_debt_of_every_project,
    conditions.a_gate_of_no_debt_stands_beside_no_debt_of_the_programme,
    conditions.a_condition_over_all_criteria_is_met_with_them,
    conditions.a_condition_that_is_a_number_states_it,
    conditions.a_field_that_is_met_is_one_that_is_followed,
    verification.an_agency_judges_what_it_is_assigned,
    verification.a_criterion_row_of_an_agency_agrees_with_its_indicators,
    verification.an_indicator_that_an_agency_finds_met_lacks_nothing,
    verification.an_indicator_that_an_agency_finds_not_met_lacks_something,
    verification_weeks.an_agency_checked_by_the_deadline_day,
    verification_weeks.a_check_is_not_older_than_the_one_reported_last,
    verification_weeks.what_an_agency_found_lacking_has_come,
    against_last_week.sums_are_not_those_of_last_week_in_another_unit,
    debt_units.the_sums_of_a_project_are_not_about_those_of_last_week_in_another_unit,
    debt_units.a_sum_is_not_that_of_last_week_in_another_unit,
    debt_units.a_sum_is_one_that_a_project_of_a_commune_can_have,
    against_last_week.a_report_says_something_new,
    against_last_week.a_report_of_no_change_changes_nothing,
    debt_weeks.accepted_volume_does_not_fall,
    debt_weeks.what_is_paid_does_not_fall,
    debt_weeks.a_debt_ends_by_payment_or_allotment,
    debt_weeks.a_sum_that_was_stated_stays_stated,
    debt_weeks.a_project_that_owes_stays_in_the_programme,
    debt_weeks.a_project_that_owes_stays_listed,
    debt_weeks.a_project_keeps_its_name,
)
# In the order of RULES. Two rules have one code where people are told the same of two kinds of rows.
BY_CODE: Mapping[str, tuple[Rule, ...]] = {
    code: tuple(rule for rule in RULES if rule.code == code) for code in dict.fromkeys(r.code for r in RULES)
}


def judge(
    submission: Submission,
    findings_so_far: Iterable[Finding],
    campaign: Campaign,
    earlier: Earlier = NOTHING_EARLIER,
) -> Verdict:
    """The verdict over one file: what its reading found, then what each rule finds, in that order."""
    in_week = campaign.in_week(submission.week)
    return judge_by(RULES, submission, findings_so_far, RuleFacts(in_week, earlier))


def judge_by(
    rules: Iterable[Rule], submission: Submission, findings_so_far: Iterable[Finding], facts: RuleFacts
) -> Verdict:
    """The same by these rules. What the reading told of a cell is not said of it again.

    Where we aren't sure whose or what the file is, it is set beside no week: neither its own nor an earlier one.
    """
    read = tuple(findings_so_far)
    told: dict[str, set[Place]] = {}
    for each in read:
        told.setdefault(each.code, set()).add(each.place)
    if any(each.severity is Severity.QUARANTINE for each in read):
        rules = [rule for rule in rules if not rule.is_over_weeks]
        facts = RuleFacts(facts.campaign)
    found = [each for rule in rules for each in _outcome(rule, submission, facts)]
    return Verdict.over((*read, *(each for each in found if each.place not in told.get(each.code, ()))))


def _outcome(rule: Rule, submission: Submission, facts: RuleFacts) -> list[Finding]:
    try:
        return list(rule.check(submission, facts))
    except Exception as error:  # noqa: BLE001 - a rule of ours that throws must not cost an office its report
        told = {"rule": rule.code, **failure_facts(error)}
        return [finding(facts.campaign, "RULE_FAILED", Place(), **told)]
