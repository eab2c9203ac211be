"""Rules over what a commune says of its indicators beside what it had in force in the latest earlier week."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from domain.criteria import Indicator
from domain.findings import Finding
from domain.forms import Part
from domain.judgement import Judgement
from domain.rules.progress import one_code, progress_rows
from domain.rules.rule import RuleFacts, rule
from domain.submissions import ProgressRow, Submission
from domain.vietnamese import vi_date, vi_number


@rule("JUDGEMENT_WITHDRAWN", source="SEMANTICS, Judgement: what each witness stated; docs/decisions/0026")
def a_judgement_is_taken_back_with_a_reason(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """Any word in the note is a reason: people read it. A criterion's own row is left to its indicators."""
    met = {row.indicator for row in _rows_before(facts) if row.judgement is Judgement.MET}
    for row in progress_rows(submission):
        if row.judgement is Judgement.MET or row.indicator not in met or _says_something(row.note):
            continue
        if facts.campaign.catalogue.criterion_of_row(row.indicator) is None:
            told = {"expected": Judgement.MET.vi, "judgement": row.judgement.vi, "week": _week_before(facts)}
            yield facts.found("JUDGEMENT_WITHDRAWN", row, "judgement", indicator=row.indicator, **told)


@rule("PLAN_SLIPPED", source='the notice, item 1: "biểu thời gian cụ thể hoàn thành từng tiêu chí"')
def a_planned_date_stays(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """Against the last date, of this row alone: the slip of a criterion against its baseline is a figure."""
    catalogue = facts.campaign.catalogue
    planned = {one_code(catalogue, row.indicator): row.planned_on for row in _rows_before(facts)}
    for row in progress_rows(submission):
        if row.planned_on is None or row.judgement is Judgement.MET:
            continue
        then = planned.get(one_code(catalogue, row.indicator))
        if then and row.planned_on > then:
            days = str((row.planned_on - then).days)
            dates = {"seen": vi_date(row.planned_on), "expected": vi_date(then), "days": days}
            told = {"indicator": row.indicator, "week": _week_before(facts), **dates}
            yield facts.found("PLAN_SLIPPED", row, "planned_on", **told)


@rule("VALUE_JUMPED", source="the catalogue's plausible_step of an indicator; docs/decisions/0026")
def a_result_moves_by_plausible_steps(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """Either way, by more than the step. A fall of what only grows is told as that alone."""
    for row, indicator, now, then in _results_beside(submission, facts):
        step = indicator.plausible_step
        if step is not None and abs(now - then) > step and not (indicator.cumulative and now < then):
            told = {"target": vi_number(step), **_both_results(row, now, then, facts)}
            yield facts.found("VALUE_JUMPED", row, "result", **told)


@rule("VALUE_FELL", source="the catalogue's cumulative indicators; docs/decisions/0026")
def a_result_that_only_grows_does_not_fall(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """Whether this week's share alone was written, or the count was mended, only the sender knows."""
    for row, indicator, now, then in _results_beside(submission, facts):
        if indicator.cumulative and now < then:
            yield facts.found("VALUE_FELL", row, "result", **_both_results(row, now, then, facts))


def _results_beside(
    submission: Submission, facts: RuleFacts
) -> Iterator[tuple[ProgressRow, Indicator, Decimal, Decimal]]:
    """The rows with a number now and before, each with its indicator and both numbers."""
    results = {row.indicator: row.result for row in _rows_before(facts)}
    for row in progress_rows(submission):
        then, indicator = results.get(row.indicator), facts.campaign.catalogue.indicator(row.indicator)
        if indicator and row.result is not None and then is not None:
            yield row, indicator, row.result, then


def _both_results(row: ProgressRow, now: Decimal, then: Decimal, facts: RuleFacts) -> Mapping[str, str]:
    values = {"seen": vi_number(now), "expected": vi_number(then)}
    return {"indicator": row.indicator, "week": _week_before(facts), **values}


def _rows_before(facts: RuleFacts) -> Iterator[ProgressRow]:
    before = facts.earlier.get(Part.PROGRESS)
    return (row for row in (before.rows if before else ()) if isinstance(row, ProgressRow))


def _week_before(facts: RuleFacts) -> str:
    return facts.earlier[Part.PROGRESS].week.vi


def _says_something(note: str) -> bool:
    """A dash is no reason."""
    return any(map(str.isalnum, note))
