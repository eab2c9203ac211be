"""Rules over what an agency finds, beside the week of its file and beside what it said last."""

from collections.abc import Iterable, Iterator

from domain.findings import Finding
from domain.forms import Part
from domain.judgement import Judgement
from domain.rules.rule import RuleFacts, after_the_week, rule
from domain.rules.verification import is_said, verification_rows
from domain.submissions import Submission, VerificationRow
from domain.vietnamese import match_key, vi_date


@rule(
    "DATE_AFTER_WEEK", source="SEMANTICS, Time: a week has its cut-off and its deadline", is_over_weeks=True
)
def an_agency_checked_by_the_deadline_day(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """After the cut-off is possible, and opens a case where the two witnesses differ."""
    return after_the_week(verification_rows(submission), ("checked_on",), submission, facts)


@rule(
    "CHECK_RUNS_BACKWARDS",
    source="SEMANTICS, Two witnesses: the check date says which word is the later one",
    is_over_weeks=True,
)
def a_check_is_not_older_than_the_one_reported_last(
    submission: Submission, facts: RuleFacts
) -> Iterable[Finding]:
    """The same date is possible: nobody went there since."""
    for row, then in _with_last_week(submission, facts):
        if row.checked_on and then.checked_on and row.checked_on < then.checked_on:
            told = {"seen": vi_date(row.checked_on), "first": vi_date(then.checked_on)}
            yield facts.found("CHECK_RUNS_BACKWARDS", row, "checked_on", week=_last_week(facts), **told)


@rule(
    "STILL_LACKING",
    source="the notice, item 2: departments follow the dossiers of each criterion week by week",
    is_over_weeks=True,
)
def what_an_agency_found_lacking_has_come(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """The same words as in its last report. A note that names the commune, whom it concerns; what both witnesses say is
    a case."""
    for row, then in _with_last_week(submission, facts):
        if row.judgement is Judgement.MET or not (row.lacking and then.lacking):
            continue
        if match_key(row.lacking) == match_key(then.lacking) and is_said(row.lacking, facts):
            told = {"seen": row.lacking, "name": facts.campaign.roster[row.commune].name}
            yield facts.found("STILL_LACKING", row, "lacking", week=_last_week(facts), **told)


def _last_week(facts: RuleFacts) -> str:
    return facts.earlier[Part.VERIFICATION].week.vi


def _with_last_week(
    submission: Submission, facts: RuleFacts
) -> Iterator[tuple[VerificationRow, VerificationRow]]:
    """The rows that the agency's last report had, too, each with the one of that report."""
    earlier = facts.earlier.get(Part.VERIFICATION)
    rows = earlier.rows if earlier else ()
    before = {(row.commune, row.indicator): row for row in rows if isinstance(row, VerificationRow)}
    for row in verification_rows(submission):
        then = before.get((row.commune, row.indicator))
        if then:
            yield row, then
