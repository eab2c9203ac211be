"""Rules over what a commune says of its indicators beside what it had in force in the latest earlier week."""

from collections.abc import Iterable, Iterator

from domain.findings import Finding
from domain.forms import Part
from domain.judgement import Judgement
from domain.rules.progress import one_code, progress_rows
from domain.rules.rule import RuleFacts, rule
from domain.submissions import ProgressRow, Submission
from domain.vietnamese import vi_date


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


def _rows_before(facts: RuleFacts) -> Iterator[ProgressRow]:
    before = facts.earlier.get(Part.PROGRESS)
    return (row for row in (before.rows if before else ()) if isinstance(row, ProgressRow))


def _week_before(facts: RuleFacts) -> str:
    return facts.earlier[Part.PROGRESS].week.vi


def _says_something(note: str) -> bool:
    """A dash is no reason."""
    return any(map(str.isalnum, note))
