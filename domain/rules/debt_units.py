"""A single sum of a project in another unit than its sender's last debt table.

Asked about, not returned: a project that has begun may have grown exactly so. Source: docs/decisions/0015 and 0031.
"""

from collections.abc import Iterable

from domain.findings import Finding
from domain.rules.against_last_week import slipped_alone
from domain.rules.debt import written
from domain.rules.debt_pairs import beside_the_last_table
from domain.rules.rule import RuleFacts, rule
from domain.submissions import Submission


@rule("SUM_SLIPPED", source="SEMANTICS, Money: a slip of 10^3 or 10^6 against last week is a finding")
def a_sum_is_not_that_of_last_week_in_another_unit(
    submission: Submission, facts: RuleFacts
) -> Iterable[Finding]:
    """Where the project as a whole slipped, UNIT_SLIP tells."""
    tables = facts.once(beside_the_last_table, submission)
    for pair in tables.known:
        for name, ratio in slipped_alone(pair.now, pair.then):
            was, now = getattr(pair.then, name), getattr(pair.now, name)
            told = {"seen": written(now, pair.now), "expected": written(was, pair.then), "ratio": ratio}
            yield facts.found("SUM_SLIPPED", pair.now, name, **told, week=tables.week)
