"""Rules over what an agency finds in the communes."""

from collections.abc import Iterable

from domain.findings import Finding
from domain.forms import Part
from domain.judgement import Judgement
from domain.rules.rule import RuleFacts, rule
from domain.submissions import Submission, VerificationRow


@rule("NOT_ASSIGNED", source="công văn 3861/UBND-VPĐPNTM ngày 27/9/2022 (assignment by indicator)")
def an_agency_judges_what_it_is_assigned(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """By the assignment of the week's Wednesday. A row left unjudged claims nothing."""
    for row in submission.parts.get(Part.VERIFICATION, ()):
        if not isinstance(row, VerificationRow) or row.judgement is Judgement.NOT_STATED:
            continue
        if _leads(row.indicator, submission, facts) != {submission.reporter}:
            yield facts.found("NOT_ASSIGNED", row, "indicator", indicator=row.indicator)


def _leads(code: str, submission: Submission, facts: RuleFacts) -> set[str | None]:
    """Who leads this code; of a whole criterion everybody who leads one of its indicators."""
    campaign, on = facts.campaign, submission.week.wednesday
    criterion = campaign.catalogue.criterion_of_row(code)
    codes = [indicator.code for indicator in criterion.indicators] if criterion else [code]
    return {campaign.assignments.lead_of(each, on) for each in codes}
