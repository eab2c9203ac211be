"""What one rule should say of one file: a case is a test of the rule and a line of its documentation."""

from dataclasses import dataclass

from domain.campaign import Campaign
from domain.findings import Finding, Place
from domain.rules.rule import Rule, RuleFacts
from domain.submissions import Earlier, Submission


@dataclass(frozen=True)
class Case:
    """`says`: what stands in the file, in words. `finds`: every place at which the rule finds something, in order."""

    says: str
    submission: Submission
    earlier: Earlier
    finds: tuple[Place, ...]


def found_in(case: Case, rule: Rule, campaign: Campaign) -> tuple[Finding, ...]:
    """What the rule really finds. Raises whatever the rule raises."""
    return tuple(rule.check(case.submission, RuleFacts(campaign, case.earlier)))
