"""Rules over what a commune says of its indicators. Nothing here changes a judgement; targets are in targets.py."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import cast

from domain.criteria import Catalogue
from domain.findings import Finding
from domain.forms import Part
from domain.judgement import Judgement, rolled_up
from domain.rules.rule import RuleFacts, rule, where
from domain.submissions import DossierRow, ProgressRow, Row, Submission, VerificationRow
from domain.vietnamese import vi_date, vi_number

_HUNDRED = Decimal(100)


def progress_rows(submission: Submission) -> Sequence[ProgressRow]:
    """Cast, not looked at one by one: nothing else stands in this part, and every rule goes through all of them."""
    return cast(Sequence[ProgressRow], submission.parts.get(Part.PROGRESS, ()))


@rule("INDICATOR_REPEATED", source="SEMANTICS, Judgement: one word of each witness on each indicator")
def an_indicator_is_stated_once(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """Once in a commune's progress, once for each commune in an agency's verification.

    "2" and "NC-02" are one.
    """
    seen: dict[tuple[Part, str, str], Row] = {}
    for part in (Part.PROGRESS, Part.VERIFICATION):
        for row in cast(Sequence[ProgressRow | VerificationRow], submission.parts.get(part, ())):
            commune = row.commune if isinstance(row, VerificationRow) else ""
            first = seen.setdefault((part, commune, one_code(facts.campaign.catalogue, row.indicator)), row)
            if first is not row:
                yield facts.found(
                    "INDICATOR_REPEATED", row, "indicator", seen=row.indicator, first=where(first)
                )


@rule("MET_WITHOUT_DOSSIER", source="the notice, item 1: evidence dossiers of each indicator that is met")
def an_indicator_that_is_met_has_evidence(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """Only where the file carries the dossiers part.

    A document of the whole criterion is evidence of its indicators.
    """
    if Part.DOSSIERS not in submission.parts:
        return
    evidenced = _evidenced(submission, facts.campaign.catalogue)
    for row in progress_rows(submission):
        is_indicator = facts.campaign.catalogue.indicator(row.indicator) is not None
        if is_indicator and row.judgement is Judgement.MET and row.indicator not in evidenced:
            yield facts.found("MET_WITHOUT_DOSSIER", row, "judgement", indicator=row.indicator)


@rule("COMPLETION_DISAGREES", source="the notice, item 1: progress of each criterion")
def completion_agrees_with_the_judgement(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """Đạt is 100 %, chưa đạt is less. Cơ bản đạt goes with any."""
    for row in progress_rows(submission):
        if row.completion is None:
            continue
        short_of_met = row.judgement is Judgement.MET and row.completion < _HUNDRED
        full_but_not_met = row.judgement is Judgement.NOT_MET and row.completion >= _HUNDRED
        if short_of_met or full_but_not_met:
            told = {"seen": f"{vi_number(row.completion)}%", "judgement": row.judgement.vi}
            yield facts.found("COMPLETION_DISAGREES", row, "completion", **told)


@rule("PLANNED_DATE_PASSED", source='the notice, item 1: "biểu thời gian cụ thể hoàn thành từng tiêu chí"')
def a_planned_date_lies_ahead(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """Before the week's Wednesday, while the indicator is not judged đạt."""
    for row in progress_rows(submission):
        if row.planned_on and _has_passed(row.planned_on, submission) and row.judgement is not Judgement.MET:
            yield facts.found("PLANNED_DATE_PASSED", row, "planned_on", seen=vi_date(row.planned_on))


@rule(
    "CRITERION_ROW_DIFFERS", source="SEMANTICS, Judgement: a row at criterion level is compared, never used"
)
def a_criterion_row_agrees_with_its_indicators(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """An indicator without a row is not stated. A criterion row left blank says nothing to compare."""
    stated = {row.indicator: row.judgement for row in progress_rows(submission)}
    for row in progress_rows(submission):
        criterion = facts.campaign.catalogue.criterion_of_row(row.indicator)
        if criterion is None or row.judgement is Judgement.NOT_STATED:
            continue
        expected = rolled_up(stated.get(i.code, Judgement.NOT_STATED) for i in criterion.indicators)
        if expected is not row.judgement:
            told = {"indicator": row.indicator, "seen": row.judgement.vi, "expected": expected.vi}
            yield facts.found("CRITERION_ROW_DIFFERS", row, "judgement", **told)


def one_code(catalogue: Catalogue, code: str) -> str:
    """Of an indicator its own; "2" and "NC-02" are one."""
    criterion = catalogue.criterion_of_row(code)
    return criterion.id if criterion else code


def _evidenced(submission: Submission, catalogue: Catalogue) -> set[str]:
    codes = {row.indicator for row in submission.parts[Part.DOSSIERS] if isinstance(row, DossierRow)}
    criteria = [criterion for code in codes if (criterion := catalogue.criterion_of_row(code))]
    return codes | {indicator.code for criterion in criteria for indicator in criterion.indicators}


def _has_passed(day: date, submission: Submission) -> bool:
    return day < submission.week.wednesday
