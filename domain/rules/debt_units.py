"""Sums of a project in another unit than is said: all of them nearly so or a single one exactly so beside its sender's
last debt table, and any that no project of a commune reaches.

The first two are asked about, not returned: a project that has begun may have grown so. Source: docs/decisions/0015,
0020 and 0031.
"""

from collections.abc import Iterable

from domain.findings import Finding
from domain.rules.against_last_week import nearly_slipped, slipped, slipped_alone, told_of_slips
from domain.rules.debt import projects, written
from domain.rules.debt_pairs import beside_the_last_table
from domain.rules.debt_sums import SUMMED, sums_of
from domain.rules.parameters import BILLIONS_OF_A_PROJECT
from domain.rules.rule import RuleFacts, rule
from domain.submissions import Submission
from domain.vietnamese import vi_number

_BILLION = 10**9


@rule("UNIT_SLIP_LIKELY", source="SEMANTICS, Money: a slip of 10^3 or 10^6 against last week is a finding")
def the_sums_of_a_project_are_not_about_those_of_last_week_in_another_unit(
    submission: Submission, facts: RuleFacts
) -> Iterable[Finding]:
    """Told once of a project, at the first of its sums."""
    return told_of_slips("UNIT_SLIP_LIKELY", lambda *pair: nearly_slipped(*pair)[:1], submission, facts)


@rule("SUM_SLIPPED", source="SEMANTICS, Money: a slip of 10^3 or 10^6 against last week is a finding")
def a_sum_is_not_that_of_last_week_in_another_unit(
    submission: Submission, facts: RuleFacts
) -> Iterable[Finding]:
    """Where the project as a whole slipped, UNIT_SLIP or UNIT_SLIP_LIKELY tells."""
    return told_of_slips("SUM_SLIPPED", slipped_alone, submission, facts)


@rule("SUM_TOO_LARGE", source="SEMANTICS, Money: units are never taken from the size of a number; 0020")
def a_sum_is_one_that_a_project_of_a_commune_can_have(
    submission: Submission, facts: RuleFacts
) -> Iterable[Finding]:
    """Of totals nothing is asked: they may be of many projects. What UNIT_SLIP tells isn't told again."""
    most = facts.number(BILLIONS_OF_A_PROJECT)
    too_much = most * _BILLION
    for row in projects(submission):
        too_large = [
            n for n, amount in zip(SUMMED, sums_of(row), strict=True) if amount and amount > too_much
        ]
        told = facts.once(_slipped, submission) if too_large else ()
        for name in too_large:
            if (row.row, row.sheet, name) not in told:
                facts_of_it = {"seen": written(getattr(row, name), row), "expected": vi_number(most)}
                yield facts.found("SUM_TOO_LARGE", row, name, **facts_of_it)


def _slipped(submission: Submission, facts: RuleFacts) -> frozenset[tuple[int, str, str]]:
    """Row, sheet and field of what stands in another unit than in the last table."""
    pairs = facts.once(beside_the_last_table, submission).known
    return frozenset(
        (pair.now.row, pair.now.sheet, name) for pair in pairs for name, _ in slipped(pair.now, pair.then)
    )
