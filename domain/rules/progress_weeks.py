"""Rules over what a commune says of its indicators beside what it had in force in the latest earlier week."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import cast

from domain.criteria import Catalogue, Indicator
from domain.findings import Finding, Place
from domain.forms import Part, Spellings
from domain.judgement import Judgement
from domain.rules.progress import not_met, progress_rows
from domain.rules.rule import RuleFacts, rule
from domain.submissions import ProgressRow, Submission
from domain.telling import finding
from domain.vietnamese import first_of, match_key, vi_date, vi_number

_NAMED = 20  # of more their number is told: a sentence is read
_MET = Judgement.MET  # named once, as it is asked of every row


@rule("JUDGEMENT_WITHDRAWN", source="SEMANTICS, Judgement: what each witness stated; docs/decisions/0026")
def a_judgement_is_taken_back_with_a_reason(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """Any word in the note is a reason: people read it. A criterion's own row is left to its indicators. Rows that are
    gone are told once, of the table: a file may bring a few rows alone."""
    campaign = facts.campaign
    met = dict.fromkeys(row.indicator for row in _rows_before(facts) if row.judgement is _MET)
    taken_back = (row for row in facts.once(not_met, submission) if row.indicator in met)
    for row in taken_back:
        if _says_something(row.note) or _is_unread(row, campaign.spellings):
            continue
        if campaign.catalogue.criterion_of_row(row.indicator) is None:
            told = {"expected": _MET.vi, "judgement": row.judgement.vi, "week": _week_before(facts)}
            yield facts.found("JUDGEMENT_WITHDRAWN", row, "judgement", indicator=row.indicator, **told)
    if gone := _gone(met, submission, campaign.catalogue):
        place = Place(next(iter(progress_rows(submission))).sheet)
        told = {
            "expected": _MET.vi,
            "judgement": Judgement.NOT_STATED.vi,
            "week": _week_before(facts),
        }
        named = first_of(gone, _NAMED, "chỉ tiêu")
        yield finding(campaign, "JUDGEMENT_WITHDRAWN", place, indicator=named, **told)


def _gone(met: Iterable[str], submission: Submission, catalogue: Catalogue) -> list[str]:
    """Indicators, and conditions that are followed in the commune, of which no row of the file's table speaks any more;
    none where it brings no table."""
    stated = {row.indicator for row in progress_rows(submission)}
    gone = [each for each in met if each not in stated] if stated else []
    followed = (
        {each.id for each in catalogue.conditions if submission.reporter in each.communes} if gone else ()
    )
    return [each for each in gone if catalogue.indicator(each) or each in followed]


@rule("PLAN_SLIPPED", source='the notice, item 1: "biểu thời gian cụ thể hoàn thành từng tiêu chí"')
def a_planned_date_stays(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """Against the last date, of this row alone: the slip of a criterion against its baseline is a figure."""
    catalogue = facts.campaign.catalogue
    planned = {code: row.planned_on for code, row in _dated(_rows_before(facts), catalogue)}
    for code, row in _dated(facts.once(not_met, submission), catalogue) if planned else ():
        day, then = row.planned_on, planned.get(code)
        if day and then and day > then:
            dates = {"seen": vi_date(day), "expected": vi_date(then), "days": str((day - then).days)}
            told = {"indicator": row.indicator, "week": _week_before(facts), **dates}
            yield facts.found("PLAN_SLIPPED", row, "planned_on", **told)


def _dated(rows: Iterable[ProgressRow], catalogue: Catalogue) -> Iterator[tuple[str, ProgressRow]]:
    """Those with a planned date, each under the one code of its subject."""
    dated = [row for row in rows if row.planned_on]
    return zip(catalogue.one_codes(row.indicator for row in dated), dated, strict=True)


@rule("VALUE_JUMPED", source="the catalogue's plausible_step of an indicator; docs/decisions/0026")
def a_result_moves_by_plausible_steps(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """Either way, by more than the step. A fall of what only grows is told as that alone."""
    for row, indicator, now, then in _results_beside(submission, facts):
        step = indicator.plausible_step
        if step is not None and abs(now - then) > step and not (indicator.cumulative and now < then):
            sign = indicator.unit.sign
            step_told = f"{vi_number(step)} điểm {sign}" if sign else vi_number(step)
            told = {"target": step_told, **_both_results(row, sign, (now, then), facts)}
            yield facts.found("VALUE_JUMPED", row, "result", **told)


@rule("VALUE_FELL", source="the catalogue's cumulative indicators; docs/decisions/0026")
def a_result_that_only_grows_does_not_fall(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """Whether this week's share alone was written, or the count was mended, only the sender knows."""
    for row, indicator, now, then in _results_beside(submission, facts):
        if indicator.cumulative and now < then:
            told = _both_results(row, indicator.unit.sign, (now, then), facts)
            yield facts.found("VALUE_FELL", row, "result", **told)


def _results_beside(
    submission: Submission, facts: RuleFacts
) -> Iterator[tuple[ProgressRow, Indicator, Decimal, Decimal]]:
    """The rows whose movement the catalogue says something of, with a number now and before."""
    watched = facts.campaign.catalogue.watched
    results = {row.indicator: row.result for row in _rows_before(facts)} if watched else {}
    for row in progress_rows(submission) if results else ():
        then, indicator = results.get(row.indicator), watched.get(row.indicator)
        if indicator and row.result is not None and then is not None:
            yield row, indicator, row.result, then


def _both_results(
    row: ProgressRow, sign: str, results: tuple[Decimal, Decimal], facts: RuleFacts
) -> Mapping[str, str]:
    """`results`: now and then, as the sentence writes them."""
    now, then = (f"{vi_number(number)}{sign}" for number in results)
    values = {"seen": now, "expected": then}
    return {"indicator": row.indicator, "week": _week_before(facts), **values}


def _rows_before(facts: RuleFacts) -> Sequence[ProgressRow]:
    before = facts.earlier.get(Part.PROGRESS)
    return cast(Sequence[ProgressRow], before.rows) if before else ()


def _week_before(facts: RuleFacts) -> str:
    return facts.earlier[Part.PROGRESS].week.vi


def _is_unread(row: ProgressRow, spellings: Spellings) -> bool:
    """A judgement in no word that is known: the reading asks about it, what is meant isn't known."""
    raw = match_key(row.raw.get("judgement", ""))
    return row.judgement is Judgement.NOT_STATED and raw != "" and raw not in spellings.judgement


def _says_something(note: str) -> bool:
    """A dash is no reason."""
    return any(map(str.isalnum, note))
