"""Rules over what a commune claims of conditions of kiểu mẫu and gates. What each is about says the catalogue, by kind.

Whether a number reaches its target is targets.py's, whether there are documents progress.py's: conditions are asked
there as indicators are. Source: docs/decisions/0032.
"""

from collections.abc import Iterable, Sequence
from typing import cast

from domain.criteria import Catalogue, Condition, ConditionKind
from domain.debt import allotted, knows_its_capital, owed
from domain.findings import Finding
from domain.forms import Part
from domain.judgement import Judgement
from domain.reading.result import has_digits
from domain.rules.debt import debt_rows, projects_among, written
from domain.rules.progress import by_judgement, progress_rows
from domain.rules.rule import RuleFacts, rule
from domain.submissions import DebtRow, DebtRowKind, ProgressRow, Submission

_MET = Judgement.MET  # named once, as it is asked of every row
_MOST_NAMED = 5


def denies_debt(submission: Submission, catalogue: Catalogue) -> bool:
    """Whether it claims that there is none and brings no debt table itself: then the last one is looked up."""
    gates = catalogue.conditions_of(ConditionKind.NO_DEBT)
    rows = progress_rows(submission) if gates and Part.DEBT not in submission.parts else ()
    return any(row.judgement is _MET and row.indicator in gates for row in rows)


@rule(
    "GATE_MET_WITH_DEBT",
    source='SEMANTICS, Money: column "thuộc CT MTQG NTM", the gate concerns only those; decision 0032',
    also=("GATE_DEBT_UNCLEAR",),
)
def a_gate_of_no_debt_stands_beside_no_debt_of_the_programme(
    submission: Submission, facts: RuleFacts
) -> Iterable[Finding]:
    """By the file's own table, else by the last one in force. A project of which it isn't said whether it belongs to
    the programme, or what capital it has, is asked about, unless another speaks for itself."""
    for claim in _claims(submission, facts, ConditionKind.NO_DEBT):
        week, rows = _debt_table(submission, facts)
        owing = _owing(rows)
        within = [_named(row) for row in owing if row.in_programme]
        code = "GATE_MET_WITH_DEBT" if within else "GATE_DEBT_UNCLEAR"
        if seen := _first_of(within) or _unclear(owing, rows):
            said = {"indicator": claim.indicator, "seen": seen, "week": week}
            yield facts.found(code, claim, "judgement", **said)


@rule("CRITERIA_NOT_ALL_MET", source="QĐ 319/QĐ-TTg ngày 08/3/2022: kiểu mẫu follows nâng cao; decision 0032")
def a_condition_over_all_criteria_is_met_with_them(
    submission: Submission, facts: RuleFacts
) -> Iterable[Finding]:
    """By the commune's own word in the same table. An indicator without a row is not stated."""
    for claim in _claims(submission, facts, ConditionKind.ALL_CRITERIA):
        if short := _not_met(submission, facts):
            told = {"indicator": claim.indicator, "seen": str(len(short)), "expected": _first_of(short)}
            yield facts.found("CRITERIA_NOT_ALL_MET", claim, "judgement", **told)


@rule("CONDITION_WITHOUT_NUMBER", source="the catalogue: conditions with a target; decision 0032")
def a_condition_that_is_a_number_states_it(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """Where it is met. Of an indicator the number may be left out: it has documents. Digits that are no clear number
    were asked about when they were read."""
    for row, condition in facts.once(_met, submission):
        if condition.measured and row.result is None and not has_digits(row.result_text):
            yield facts.found("CONDITION_WITHOUT_NUMBER", row, "result", indicator=row.indicator)


@rule(
    "FIELD_NOT_FOLLOWED",
    source="the notice, item 2, fifth dash: which field is followed where; decision 0032",
)
def a_field_that_is_met_is_one_that_is_followed(
    submission: Submission, facts: RuleFacts
) -> Iterable[Finding]:
    """Of a choice among fields. What was claimed is published all the same, and asked of nobody."""
    field_of = facts.campaign.catalogue.field_of
    for row, condition in facts.once(_met, submission):
        field = field_of.get(condition.id)
        if field and submission.reporter not in condition.communes:
            yield facts.found("FIELD_NOT_FOLLOWED", row, "judgement", indicator=row.indicator, name=field)


def _claims(submission: Submission, facts: RuleFacts, kind: ConditionKind) -> Sequence[ProgressRow]:
    """The rows that say đạt of a condition of this kind."""
    return [row for row, condition in facts.once(_met, submission) if condition.kind is kind]


def _met(submission: Submission, facts: RuleFacts) -> Sequence[tuple[ProgressRow, Condition]]:
    """Each condition that the file calls met, with the row that does."""
    of_code = facts.campaign.catalogue.conditions_by_code
    met = facts.once(by_judgement, submission)[_MET]
    return [(row, of_code[row.indicator]) for row in met if row.indicator in of_code]


def _debt_table(submission: Submission, facts: RuleFacts) -> tuple[str, Sequence[DebtRow]]:
    """Of which week, and its rows."""
    if Part.DEBT in submission.parts:
        return submission.week.vi, debt_rows(submission)
    before = facts.earlier.get(Part.DEBT)
    return (before.week.vi, cast(Sequence[DebtRow], before.rows)) if before else ("", ())


def _owing(rows: Sequence[DebtRow]) -> Sequence[DebtRow]:
    """Of a table that says itself that there is no debt none: what contradicts it is told there, and the file goes
    back; so does one with a source that can't be read, and what is owed beside it is unknown."""
    return [row for row in _listed(rows) if owed(row) and knows_its_capital(row)]


def _unclear(owing: Sequence[DebtRow], rows: Sequence[DebtRow]) -> str:
    """What owes and may be the programme's; and what may owe: volume was accepted, no capital is stated at all. A debt
    that is stated as zero is no capital."""
    may_owe = [
        row for row in _listed(rows) if row.accepted and row.in_programme is not False and not owed(row)
    ]
    unclear = {
        "chưa ghi có thuộc Chương trình hay không": [
            _named(row) for row in owing if row.in_programme is None
        ],
        "chưa ghi vốn đã bố trí": [
            f"{row.project} (nghiệm thu {written(row.accepted or 0, row)})"
            for row in may_owe
            if allotted(row) is None and knows_its_capital(row)
        ],
    }
    return "; ".join(f"{why}: {_first_of(names)}" for why, names in unclear.items() if names)


def _listed(rows: Sequence[DebtRow]) -> Sequence[DebtRow]:
    states_none = any(row.kind is DebtRowKind.NO_DEBT for row in rows)
    return () if states_none else projects_among(rows)


def _named(row: DebtRow) -> str:
    """`Đường trục xã (500 triệu đồng)`"""
    return f"{row.project} ({written(owed(row), row)})"


def _not_met(submission: Submission, facts: RuleFacts) -> list[str]:
    """In the order of the catalogue; 2.2a and 2.2b are one indicator, met if both are."""
    met = {row.indicator for row in facts.once(by_judgement, submission)[_MET]}
    return [code for code, rows in facts.campaign.catalogue.rows_of.items() if not met.issuperset(rows)]


def _first_of(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" và {more} mục khác" if more > 0 else "")
