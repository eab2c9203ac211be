"""Rules over what a commune says of its indicators. Nothing here changes a judgement; targets are in targets.py."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import cast

from domain.criteria import Catalogue, ConditionKind
from domain.findings import Finding
from domain.forms import DossierState, Part
from domain.judgement import Judgement, rolled_up
from domain.rules.rule import RuleFacts, rule, where
from domain.submissions import DossierRow, ProgressRow, Submission, VerificationRow
from domain.vietnamese import vi_date, vi_number

_HUNDRED = Decimal(100)
_NOT_STARTED = DossierState.NOT_STARTED
# Named once: rules ask every row, and Python 3.11 takes ten times as long to find a member of an enum as a name.
_MET, _NOT_MET, _NOT_STATED = Judgement.MET, Judgement.NOT_MET, Judgement.NOT_STATED


def progress_rows(submission: Submission) -> Sequence[ProgressRow]:
    """Cast, not looked at one by one: nothing else stands in this part, and every rule goes through all of them."""
    return cast(Sequence[ProgressRow], submission.parts.get(Part.PROGRESS, ()))


@rule("INDICATOR_REPEATED", source="SEMANTICS, Judgement: one word of each witness on each indicator")
def an_indicator_is_stated_once(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """Once in a commune's progress, once for each commune in an agency's verification.

    "2" and "NC-02" are one.
    """
    one_codes = facts.campaign.catalogue.one_codes
    said = progress_rows(submission)
    yield from _repeated(said, one_codes(row.indicator for row in said), facts)
    found = cast(Sequence[VerificationRow], submission.parts.get(Part.VERIFICATION, ()))
    codes = one_codes(row.indicator for row in found)
    yield from _repeated(found, list(zip((row.commune for row in found), codes, strict=True)), facts)


@rule("MET_WITHOUT_DOSSIER", source="the notice, item 1: evidence dossiers of each indicator that is met")
def an_indicator_that_is_met_has_evidence(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """Only where the file carries the dossiers part.

    A document of the whole criterion is evidence of its indicators. Of conditions those are asked whose kind says so.
    """
    if Part.DOSSIERS not in submission.parts:
        return
    catalogue = facts.campaign.catalogue
    evidenced, conditions = _evidenced(submission, catalogue), catalogue.conditions_of(ConditionKind.DOSSIERS)
    for row in facts.once(by_judgement, submission)[_MET]:
        code = row.indicator
        if code not in evidenced and (code in conditions or catalogue.indicator(code)):
            yield facts.found("MET_WITHOUT_DOSSIER", row, "judgement", indicator=row.indicator)


@rule("COMPLETION_DISAGREES", source="the notice, item 1: progress of each criterion")
def completion_agrees_with_the_judgement(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """Đạt is 100 %, chưa đạt is less. Cơ bản đạt goes with any."""
    for row in progress_rows(submission):
        if row.completion is None:
            continue
        short_of_met = row.judgement is _MET and row.completion < _HUNDRED
        full_but_not_met = row.judgement is _NOT_MET and row.completion >= _HUNDRED
        if short_of_met or full_but_not_met:
            told = {"seen": f"{vi_number(row.completion)}%", "judgement": row.judgement.vi}
            yield facts.found("COMPLETION_DISAGREES", row, "completion", **told)


@rule("PLANNED_DATE_PASSED", source='the notice, item 1: "biểu thời gian cụ thể hoàn thành từng tiêu chí"')
def a_planned_date_lies_ahead(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """Before the week's Wednesday, while the indicator is not judged đạt."""
    wednesday = submission.week.wednesday
    for row in facts.once(not_met, submission):
        if row.planned_on and row.planned_on < wednesday:
            yield facts.found("PLANNED_DATE_PASSED", row, "planned_on", seen=vi_date(row.planned_on))


@rule(
    "CRITERION_ROW_DIFFERS", source="SEMANTICS, Judgement: a row at criterion level is compared, never used"
)
def a_criterion_row_agrees_with_its_indicators(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """An indicator without a row is not stated. A criterion row left blank says nothing to compare."""
    criteria = facts.campaign.catalogue.criteria_by_row
    of_criteria = [row for row in progress_rows(submission) if row.indicator in criteria]
    stated = {row.indicator: row.judgement for row in progress_rows(submission)} if of_criteria else {}
    for row in of_criteria:
        codes = (each.code for each in criteria[row.indicator].indicators)
        yield from beside_its_indicators(row, (stated.get(code, _NOT_STATED) for code in codes), facts)


def beside_its_indicators(
    row: ProgressRow | VerificationRow, of_indicators: Iterable[Judgement], facts: RuleFacts
) -> Iterator[Finding]:
    """CRITERION_ROW_DIFFERS where a row at criterion level says another word than these give."""
    if row.judgement is _NOT_STATED:
        return
    expected = rolled_up(of_indicators)
    if expected is not row.judgement:
        told = {"indicator": row.indicator, "seen": row.judgement.vi, "expected": expected.vi}
        yield facts.found("CRITERION_ROW_DIFFERS", row, "judgement", **told)


def by_judgement(submission: Submission, _: RuleFacts) -> Mapping[Judgement, Sequence[ProgressRow]]:
    """In their order."""
    found: dict[Judgement, list[ProgressRow]] = {judgement: [] for judgement in Judgement}
    for row in progress_rows(submission):
        found[row.judgement].append(row)
    return found


def not_met(submission: Submission, _: RuleFacts) -> Sequence[ProgressRow]:
    """Not judged đạt, whatever else: in their order."""
    return [row for row in progress_rows(submission) if row.judgement is not _MET]


def _repeated(
    rows: Sequence[ProgressRow | VerificationRow], stated: Sequence[Hashable], facts: RuleFacts
) -> Iterator[Finding]:
    """`stated`: of what each row speaks. Of most files nothing is stated twice."""
    if len(set(stated)) == len(rows):
        return
    seen: dict[Hashable, ProgressRow | VerificationRow] = {}
    for row, of in zip(rows, stated, strict=True):
        first = seen.setdefault(of, row)
        if first is not row:
            told = {"seen": row.indicator, "first": where(first)}
            yield facts.found("INDICATOR_REPEATED", row, "indicator", **told)


def _evidenced(submission: Submission, catalogue: Catalogue) -> set[str]:
    """What is not begun is no evidence; what is being written is, and milestones say how far it is."""
    rows = cast(Sequence[DossierRow], submission.parts[Part.DOSSIERS])
    codes = {row.indicator for row in rows if row.state is not _NOT_STARTED}
    criteria = [criterion for code in codes if (criterion := catalogue.criterion_of_row(code))]
    return codes | {indicator.code for criterion in criteria for indicator in criterion.indicators}
