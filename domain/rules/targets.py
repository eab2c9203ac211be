"""Rules over results beside the catalogue's targets, and for whom they must hold. A target tells, it never decides.

Compares numbers only: grades and yes/no are for people.
"""

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from domain.criteria import Indicator, Target, Unit
from domain.findings import Finding
from domain.judgement import Judgement
from domain.reading.by_sex import BOTH_SEXES, results_by_sex, sexes_named
from domain.rules.progress import progress_rows
from domain.rules.rule import RuleFacts, rule
from domain.submissions import ProgressRow, Submission
from domain.vietnamese import vi_number

_REACHES: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}
_IN_WORDS = {">=": "≥", "<=": "≤"}


class _Aim(NamedTuple):
    """An indicator and the number that it is to reach."""

    indicator: Indicator
    target: Target
    value: Decimal

    def is_reached_by(self, number: Decimal) -> bool:
        return _REACHES[self.target.op](number, self.value)

    @property
    def in_words(self) -> str:
        """`≥ 100%`"""
        sign = _IN_WORDS.get(self.target.op, self.target.op)
        return f"{sign} {vi_number(self.value)}{_sign(self.indicator.unit)}"


@rule("MET_BELOW_TARGET", source="the catalogue's targets, unconfirmed: SEMANTICS, Judgement")
def an_indicator_that_is_met_reaches_its_target(
    submission: Submission, facts: RuleFacts
) -> Iterable[Finding]:
    """Of an indicator that must hold for men and for women, stated for both: each of the two."""
    for row, aim in _beside_their_targets(submission, facts, Judgement.MET):
        below = [said for said, number in _results(row, aim.indicator) if not aim.is_reached_by(number)]
        if below:
            told = {"indicator": row.indicator, "seen": ", ".join(below), "target": aim.in_words}
            yield facts.found("MET_BELOW_TARGET", row, "result", **told)


@rule("NOT_MET_AT_TARGET", source="SEMANTICS, Judgement: targets raise findings, they never decide")
def an_indicator_that_is_not_met_falls_short_of_its_target(
    submission: Submission, facts: RuleFacts
) -> Iterable[Finding]:
    """Only where an officer has confirmed the target: a guessed one is no reason to doubt a modest word."""
    for row, aim in _beside_their_targets(submission, facts, Judgement.NOT_MET):
        if aim.target.confirmed and row.result is not None and aim.is_reached_by(row.result):
            told = {"seen": vi_number(row.result), "target": aim.in_words, "judgement": row.judgement.vi}
            yield facts.found("NOT_MET_AT_TARGET", row, "result", indicator=row.indicator, **told)


@rule("MEN_AND_WOMEN", source="the catalogue: indicators that must hold for men and for women")
def an_indicator_of_men_and_women_is_stated_for_both(
    submission: Submission, facts: RuleFacts
) -> Iterable[Finding]:
    """Where đạt is claimed and a result stands there. One number for all may hide that one falls short."""
    for row in progress_rows(submission):
        if row.judgement is not Judgement.MET or not row.result_text:
            continue
        indicator = facts.campaign.catalogue.indicator(row.indicator)
        if indicator and indicator.split_by_sex and len(sexes_named(row.result_text)) < len(BOTH_SEXES):
            numbers = (said + _sign(indicator.unit) for said, _ in _results(row, indicator))
            told = {"indicator": row.indicator, "seen": next(numbers, row.result_text)}
            yield facts.found("MEN_AND_WOMEN", row, "result", **told)


def _beside_their_targets(
    submission: Submission, facts: RuleFacts, judgement: Judgement
) -> Iterator[tuple[ProgressRow, _Aim]]:
    """The rows judged so whose indicator has a number to reach."""
    for row in progress_rows(submission):
        if row.judgement is not judgement:
            continue
        indicator = facts.campaign.catalogue.indicator(row.indicator)
        target = indicator.target if indicator else None
        if indicator and target and isinstance(target.value, Decimal) and target.op in _REACHES:
            yield row, _Aim(indicator, target, target.value)


def _results(row: ProgressRow, indicator: Indicator) -> Iterator[tuple[str, Decimal]]:
    """Each number that the row states, as it is told."""
    if row.result is not None:
        yield vi_number(row.result), row.result
    elif indicator.split_by_sex:
        sign = _sign(indicator.unit)
        for sex, number in results_by_sex(row.result_text).items():
            yield f"{sex} {vi_number(number)}{sign}", number


def _sign(unit: Unit) -> str:
    return "%" if unit is Unit.PERCENT else ""
