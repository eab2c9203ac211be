"""Rules over a debt table beside the last one that its sender had in force. Blank is not stated, never zero.

Source: docs/decisions/0028.
"""

from collections.abc import Iterable, Iterator

from domain.findings import Finding
from domain.rules.against_last_week import slipped
from domain.rules.debt import written
from domain.rules.debt_pairs import Pair, beside_the_last_table
from domain.rules.rule import RuleFacts, rule
from domain.submissions import Submission


@rule("ACCEPTED_FELL", source="decision 0028: what is accepted is a running total")
def accepted_volume_does_not_fall(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """Volume that was settled lower falls rightly: the sender is asked, the file is not returned."""
    yield from _fallen("ACCEPTED_FELL", "accepted", submission, facts)


@rule("PAID_FELL", source='form C, "Đã thanh toán lũy kế": a running total; decision 0028')
def what_is_paid_does_not_fall(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """An advance that is paid back falls rightly: the sender is asked."""
    yield from _fallen("PAID_FELL", "paid", submission, facts)


def _fallen(code: str, name: str, submission: Submission, facts: RuleFacts) -> Iterator[Finding]:
    tables = facts.once(beside_the_last_table, submission)
    for pair in tables.known:
        was, now = getattr(pair.then, name), getattr(pair.now, name)
        if was is None or now is None or 2 * (was - now) <= _coarser_digit(pair):
            continue
        if name not in dict(slipped(pair.now, pair.then)):  # of that the unit is told
            told = {"seen": written(now, pair.now), "expected": written(was, pair.then)}
            yield facts.found(code, pair.now, name, **told, week=tables.week)


def _coarser_digit(pair: Pair) -> int:
    return max(pair.now.last_digit, pair.then.last_digit)
