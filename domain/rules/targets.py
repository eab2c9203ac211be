"""Rules over results beside the catalogue's targets, and for whom they must hold. A target tells, it never decides.

Compares numbers only: grades and yes/no are for people.
"""

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from domain.criteria import NumberToReach
from domain.findings import Finding
from domain.judgement import Judgement
from domain.reading.by_sex import BOTH_SEXES, results_by_sex, sexes_named
from domain.rules.progress import by_judgement
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


@rule("MET_BELOW_TARGET", source="the catalogue's targets: SEMANTICS, Judgement")
def an_indicator_that_is_met_reaches_its_target(
    submission: Submission, facts: RuleFacts
) -> Iterable[Finding]:
    """Of an indicator that must hold for men and for women, stated for both: each of the two."""
    for row, aim in _beside_their_targets(submission, facts, Judgement.MET):
        if row.result is not None and _reaches(row.result, aim):  # as most are
            continue
        if below := [result for result in _results(row, aim) if not _reaches(result[1], aim)]:
            seen = ", ".join(_said(sex, number, aim) for sex, number in below)
            level = "mức" if aim.target.confirmed else "mức tham khảo"
            told = {"indicator": row.indicator, "seen": seen, "target": f"{level} {_in_words(aim)}"}
            yield facts.found("MET_BELOW_TARGET", row, "result", **told)


@rule("NOT_MET_AT_TARGET", source="SEMANTICS, Judgement: targets raise findings, they never decide")
def an_indicator_that_is_not_met_falls_short_of_its_target(
    submission: Submission, facts: RuleFacts
) -> Iterable[Finding]:
    """Only where an officer has confirmed the target: a guessed one is no reason to doubt a modest word. Of an
    indicator that must hold for men and for women: where both reach it."""
    for row, aim in _beside_their_targets(submission, facts, Judgement.NOT_MET):
        results = _results(row, aim) if aim.target.confirmed else ()
        if results and all(_reaches(number, aim) for _, number in results):
            seen = ", ".join(_said(sex, number, aim) for sex, number in results)
            told = {"seen": seen, "target": _in_words(aim), "judgement": row.judgement.vi}
            yield facts.found("NOT_MET_AT_TARGET", row, "result", indicator=row.indicator, **told)


@rule("MEN_AND_WOMEN", source="the catalogue: indicators that must hold for men and for women")
def an_indicator_of_men_and_women_is_stated_for_both(
    submission: Submission, facts: RuleFacts
) -> Iterable[Finding]:
    """Where đạt is claimed and a result stands there. One number for all may hide that one falls short."""
    split = facts.campaign.catalogue.split_by_sex
    for row in facts.once(by_judgement, submission)[Judgement.MET] if split else ():
        if row.indicator not in split:  # as most
            continue
        indicator = split[row.indicator]
        if row.result_text and len(sexes_named(row.result_text)) < len(BOTH_SEXES):
            seen = (
                f"{vi_number(row.result)}{indicator.unit.sign}" if row.result is not None else row.result_text
            )
            told = {"indicator": row.indicator, "seen": seen}
            yield facts.found("MEN_AND_WOMEN", row, "result", **told)


def _beside_their_targets(
    submission: Submission, facts: RuleFacts, judgement: Judgement
) -> Iterator[tuple[ProgressRow, NumberToReach]]:
    """The rows judged so whose indicator has a number to reach, in the sender's group of communes."""
    aims = facts.campaign.catalogue.numbers_to_reach(submission.reporter)
    for row in facts.once(by_judgement, submission)[judgement]:
        if aim := aims.get(row.indicator):
            yield row, aim


def _results(row: ProgressRow, aim: NumberToReach) -> Sequence[tuple[str, Decimal]]:
    """Each number that the row states, and of whom: "" for all."""
    if row.result is not None:
        return (("", row.result),)
    return tuple(results_by_sex(row.result_text).items()) if aim.indicator.split_by_sex else ()


def _reaches(number: Decimal, aim: NumberToReach) -> bool:
    return _REACHES[aim.target.op](number, aim.value)


def _said(sex: str, number: Decimal, aim: NumberToReach) -> str:
    return f"{sex} {vi_number(number)}{aim.indicator.unit.sign}".lstrip()


def _in_words(aim: NumberToReach) -> str:
    """`≥ 100%`"""
    sign = _IN_WORDS.get(aim.target.op, aim.target.op)
    return f"{sign} {vi_number(aim.value)}{aim.indicator.unit.sign}"
