"""Rules over what an agency finds in the communes."""

from collections.abc import Iterable, Sequence
from typing import cast

from domain.findings import Finding
from domain.forms import Part
from domain.judgement import Judgement
from domain.rules.progress import beside_its_indicators
from domain.rules.rule import RuleFacts, rule
from domain.submissions import Submission, VerificationRow
from domain.vietnamese import match_key


def verification_rows(submission: Submission) -> Sequence[VerificationRow]:
    """Cast, not looked at one by one: nothing else stands in this part."""
    return cast(Sequence[VerificationRow], submission.parts.get(Part.VERIFICATION, ()))


@rule("NOT_ASSIGNED", source="công văn 3861/UBND-VPĐPNTM ngày 27/9/2022 (assignment by indicator)")
def an_agency_judges_what_it_is_assigned(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """By the assignment of the week's Wednesday. A row left unjudged claims nothing."""
    for row in verification_rows(submission):
        if row.judgement is Judgement.NOT_STATED:
            continue
        if _leads(row.indicator, submission, facts) != {submission.reporter}:
            yield facts.found("NOT_ASSIGNED", row, "indicator", indicator=row.indicator)


@rule(
    "CRITERION_ROW_DIFFERS", source="SEMANTICS, Judgement: a row at criterion level is compared, never used"
)
def a_criterion_row_of_an_agency_agrees_with_its_indicators(
    submission: Submission, facts: RuleFacts
) -> Iterable[Finding]:
    """With those that the agency leads; of a criterion of others NOT_ASSIGNED tells."""
    rows, criteria = verification_rows(submission), facts.campaign.catalogue.criteria_by_row
    of_criteria = [row for row in rows if row.indicator in criteria]
    stated = {(row.commune, row.indicator): row.judgement for row in rows} if of_criteria else {}
    for row in of_criteria:
        codes = [each.code for each in criteria[row.indicator].indicators]
        own = [code for code in codes if _leads(code, submission, facts) == {submission.reporter}]
        said = (stated.get((row.commune, code), Judgement.NOT_STATED) for code in own)
        yield from beside_its_indicators(row, said, facts) if own else ()


@rule("MET_BUT_LACKING", source="form NTM-PHONG-1, column Nội dung còn thiếu")
def an_indicator_that_an_agency_finds_met_lacks_nothing(
    submission: Submission, facts: RuleFacts
) -> Iterable[Finding]:
    """Cơ bản đạt may lack something."""
    for row in verification_rows(submission):
        if row.judgement is Judgement.MET and is_said(row.lacking, facts):
            yield facts.found("MET_BUT_LACKING", row, "lacking", seen=row.lacking, judgement=row.judgement.vi)


@rule(
    "NOT_MET_UNEXPLAINED",
    source="the notice, item 2: departments guide the communes how to meet each criterion",
)
def an_indicator_that_an_agency_finds_not_met_lacks_something(
    submission: Submission, facts: RuleFacts
) -> Iterable[Finding]:
    """A proposal explains it as well. A table without a column for either is told at the judgement."""
    for row in verification_rows(submission):
        if row.judgement is not Judgement.NOT_MET:
            continue
        if not is_said(row.lacking, facts) and not is_said(row.proposal, facts):
            explained = next((name for name in ("lacking", "proposal") if row.cell(name)), "judgement")
            yield facts.found("NOT_MET_UNEXPLAINED", row, explained, judgement=row.judgement.vi)


def is_said(text: str, facts: RuleFacts) -> bool:
    """Whether a text says something: neither blank nor one of the ways to write "nothing"."""
    return bool(text) and match_key(text) not in facts.campaign.spellings.nothing


def _leads(code: str, submission: Submission, facts: RuleFacts) -> set[str | None]:
    """Who leads this code; of a whole criterion everybody who leads one of its indicators."""
    campaign, on = facts.campaign, submission.week.wednesday
    criterion = campaign.catalogue.criterion_of_row(code)
    codes = [indicator.code for indicator in criterion.indicators] if criterion else [code]
    return {campaign.assignments.lead_of(each, on) for each in codes}
