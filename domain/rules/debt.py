"""Rules over the debt table. Sums are whole đồng; what is not stated is never compared and never zero."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import cast

from domain.debt import (
    allotted,
    blank_sources,
    is_unread,
    knows_its_capital,
    legal_debt,
    may_be_one_project,
    names_a_decision,
    undated_key,
)
from domain.findings import Finding
from domain.forms import Part
from domain.rules.debt_sums import sums_of
from domain.rules.rule import RuleFacts, rule, where
from domain.submissions import DebtRow, DebtRowKind, Row, Submission
from domain.vietnamese import match_key, vi_number

_PROJECT = DebtRowKind.PROJECT  # named once, as it is asked of every row
_UNITS = {10**9: "tỷ đồng", 10**6: "triệu đồng", 10**3: "nghìn đồng", 1: "đồng"}


def debt_rows(submission: Submission) -> Sequence[DebtRow]:
    """Cast, not looked at one by one: nothing else stands in this part."""
    return cast(Sequence[DebtRow], submission.parts.get(Part.DEBT, ()))


def projects(submission: Submission) -> Sequence[DebtRow]:
    return projects_among(debt_rows(submission))


def projects_among(rows: Sequence[Row]) -> Sequence[DebtRow]:
    """Of the rows of a debt part."""
    return [row for row in cast(Sequence[DebtRow], rows) if row.kind is _PROJECT]


@rule(
    "PROJECT_REPEATED", source="SEMANTICS, Money: a project is its decision number, else its normalised name"
)
def a_project_is_listed_once(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """Twice would count its debt twice. A number without its year may be that of the dated one beside it, and a row
    without a decision the one of the same name and sums that has it."""
    seen: dict[str, list[DebtRow]] = defaultdict(list)
    of_sums: dict[tuple[int | None, ...], list[DebtRow]] = defaultdict(list)
    for row in projects(submission):
        alike, twins = seen[undated_key(row)], of_sums[sums_of(row)]
        first = next((other for other in alike if may_be_one_project(row, other)), None) or next(
            (other for other in twins if _is_told_again(row, other)), None
        )
        twins.append(row)
        if first:
            yield facts.found("PROJECT_REPEATED", row, "project", seen=row.project, first=where(first))
        else:
            alike.append(row)


def _is_told_again(row: DebtRow, twin: DebtRow) -> bool:
    """Whether a row is one of the same sums, with or without its decision. Zero agrees with too much."""
    have_decisions = names_a_decision(row.decision) and names_a_decision(twin.decision)
    return any(sums_of(row)) and not have_decisions and match_key(row.project) == match_key(twin.project)


@rule("STATED_DEBT_DIFFERS", source="Luật Đầu tư công 39/2019/QH14, Điều 4.20")
def stated_debt_is_the_legal_debt(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """Within half of the last digit that the row shows. Both are published; this says that they differ."""
    for row in projects(submission):
        computed = legal_debt(row)
        if row.stated_debt is None or computed is None or not knows_its_capital(row):
            continue
        if 2 * abs(row.stated_debt - computed) > row.last_digit:
            told = {"seen": written(row.stated_debt, row), "expected": written(computed, row)}
            yield facts.found("STATED_DEBT_DIFFERS", row, "stated_debt", **told)


@rule(
    "PAID_ABOVE_ALLOTTED",
    source="Luật Đầu tư công 39/2019/QH14: capital is paid out of what is allotted",
    also=("SOURCE_LEFT_BLANK",),
)
def paid_stays_within_what_is_allotted(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """Where a source is blank the contradiction says that it isn't "none", so it is asked (decision 0013)."""
    for row in projects(submission):
        capital = allotted(row)
        if row.paid is not None and capital is not None and row.paid > capital and knows_its_capital(row):
            told = {"seen": written(row.paid, row), "expected": written(capital, row)}
            code = "SOURCE_LEFT_BLANK" if blank_sources(row) else "PAID_ABOVE_ALLOTTED"
            yield facts.found(code, row, "paid", **told)


@rule("ACCEPTED_ABOVE_APPROVED", source="form C, derived from M3.1-PLIII-TT40/2014/TT-BNNPTNT")
def accepted_stays_within_what_is_approved(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """The settled value where there is one, else the total investment. Nothing is ever settled at 0."""
    for row in projects(submission):
        approved = row.settled or row.total_investment
        if row.accepted is not None and approved is not None and row.accepted > approved:
            told = {"seen": written(row.accepted, row), "expected": written(approved, row)}
            yield facts.found("ACCEPTED_ABOVE_APPROVED", row, "accepted", **told)


@rule("DEBT_NOT_STATED", source="SEMANTICS, Money: blank is not stated")
def every_project_states_its_accepted_volume(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """A cell that holds something unreadable was told already."""
    for row in projects(submission):
        if row.accepted is None and not is_unread(row, "accepted"):
            yield facts.found("DEBT_NOT_STATED", row, "accepted")


@rule("NO_DEBT_CONTRADICTED", source="SEMANTICS, Money: a statement of no debt is an explicit zero")
def nothing_is_owed_beside_the_statement_of_no_debt(
    submission: Submission, facts: RuleFacts
) -> Iterable[Finding]:
    """A total is told only where no row of its own is: it repeats them."""
    rows = list(debt_rows(submission))
    statement = _statement(rows)
    if statement is None:
        return
    owing = [row for row in rows if _owed(row)]
    for row in [row for row in owing if row.kind is not DebtRowKind.TOTAL] or owing:
        told = {"seen": written(_owed(row), row), "first": where(statement)}
        name = "stated_debt" if row.stated_debt else "accepted"
        yield facts.found("NO_DEBT_CONTRADICTED", row, name, **told)


@rule("NO_DEBT_INCOMPLETE", source="SEMANTICS, Money: blank is not stated")
def a_statement_of_no_debt_knows_the_debt_of_every_project(
    submission: Submission, facts: RuleFacts
) -> Iterable[Finding]:
    """Else the commune's debt would be published as zero over a project that nobody knows."""
    statement = _statement(debt_rows(submission))
    if statement is None:
        return
    for row in projects(submission):
        if legal_debt(row) is None and not _owed(row):
            told = {"seen": row.project, "first": where(statement)}
            yield facts.found("NO_DEBT_INCOMPLETE", row, "project", **told)


def _statement(rows: Iterable[DebtRow]) -> DebtRow | None:
    """The first row that says "không có nợ đọng"."""
    return next((row for row in rows if row.kind is DebtRowKind.NO_DEBT), None)


def _owed(row: DebtRow) -> int:
    """What a row owes by its own sums, as stated or as computed; 0 where neither is known."""
    return row.stated_debt or legal_debt(row) or 0


def written(amount: int, row: DebtRow) -> str:
    """In the unit of its row: `1.234,5 triệu đồng`; whole đồng where it is none of ours."""
    unit = _UNITS.get(row.unit)
    return f"{vi_number(Decimal(amount) / row.unit)} {unit}" if unit else str(amount)
