"""What the rules of one code should say of one file: a case is a test of them and a line of their documentation."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.campaign import Campaign
from domain.findings import Finding, Place
from domain.rules.rule import Rule, RuleFacts
from domain.submissions import Earlier, Submission


@dataclass(frozen=True)
class Case:
    """`says`: what stands in the file, in words. `finds`: every place at which they find something, in order.
    `campaign`: of which the case speaks."""

    says: str
    campaign: Campaign
    submission: Submission
    earlier: Earlier
    finds: tuple[Place, ...]


def found_in(case: Case, rules: Iterable[Rule]) -> tuple[Finding, ...]:
    """What these rules really find. Raises whatever a rule raises."""
    facts = RuleFacts(case.campaign, case.earlier)
    return tuple(found for rule in rules for found in rule.check(case.submission, facts))
