"""Rules over the debt table. Sums are whole đồng; what is not stated is never compared and never zero."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from domain.debt import allotted, legal_debt, project_key
from domain.findings import Finding
from domain.forms import Part
from domain.rules.rule import RuleFacts, rule, where
from domain.submissions import ALLOTTED_FIELDS, DebtRow, DebtRowKind, Submission
from domain.vietnamese import vi_number

_SUMMED = (
    "total_investment",
    "settled",
    "accepted",
    *ALLOTTED_FIELDS,
    "paid",
    "stated_debt",
    "debt_before_2015",
)
_UNITS = {10**9: "tỷ đồng", 10**6: "triệu đồng", 10**3: "nghìn đồng", 1: "đồng"}


def debt_rows(submission: Submission) -> Iterator[DebtRow]:
    return (row for row in submission.parts.get(Part.DEBT, ()) if isinstance(row, DebtRow))


def projects(submission: Submission) -> Iterator[DebtRow]:
    return (row for row in debt_rows(submission) if row.kind is DebtRowKind.PROJECT)


@rule(
    "PROJECT_REPEATED", source="SEMANTICS, Money: a project is its decision number, else its normalised name"
)
def a_project_is_listed_once(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """Twice would count its debt twice."""
    seen: dict[str, DebtRow] = {}
    for row in projects(submission):
        first = seen.setdefault(project_key(row), row)
        if first is not row:
            yield facts.found("PROJECT_REPEATED", row, "project", seen=row.project, first=where(first))


@rule("STATED_DEBT_DIFFERS", source="Luật Đầu tư công 39/2019/QH14, Điều 4.20")
def stated_debt_is_the_legal_debt(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """Within half of the last digit that the row shows. Both are published; this says that they differ."""
    for row in debt_rows(submission):
        computed = None if row.kind is DebtRowKind.TOTAL else legal_debt(row)
        if row.stated_debt is None or computed is None:
            continue
        if 2 * abs(row.stated_debt - computed) > row.last_digit:
            told = {"seen": _written(row.stated_debt, row), "expected": _written(computed, row)}
            yield facts.found("STATED_DEBT_DIFFERS", row, "stated_debt", **told)


@rule("PAID_ABOVE_ALLOTTED", source="Luật Đầu tư công 39/2019/QH14: capital is paid out of what is allotted")
def paid_stays_within_what_is_allotted(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    for row in projects(submission):
        capital = allotted(row)
        if row.paid is not None and capital is not None and row.paid > capital:
            told = {"seen": _written(row.paid, row), "expected": _written(capital, row)}
            yield facts.found("PAID_ABOVE_ALLOTTED", row, "paid", **told)


@rule("ACCEPTED_ABOVE_APPROVED", source="form C, derived from M3.1-PLIII-TT40/2014/TT-BNNPTNT")
def accepted_stays_within_what_is_approved(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """The settled value where there is one, else the total investment."""
    for row in projects(submission):
        approved = row.total_investment if row.settled is None else row.settled
        if row.accepted is not None and approved is not None and row.accepted > approved:
            told = {"seen": _written(row.accepted, row), "expected": _written(approved, row)}
            yield facts.found("ACCEPTED_ABOVE_APPROVED", row, "accepted", **told)


@rule("TOTAL_ROW_DIFFERS", source="SEMANTICS, Money: totals agree within half a last digit per row")
def a_total_is_the_sum_of_its_rows(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """Its rows: those since the total before it, or all of the sheet (a grand total, a total on top)."""
    rows = list(debt_rows(submission))
    for at, total in enumerate(rows):
        if total.kind is DebtRowKind.TOTAL:
            groups = _groups(rows, at)
            for name in _SUMMED:
                yield from _total_findings(total, name, groups, facts)


@rule("DEBT_NOT_STATED", source="SEMANTICS, Money: blank is not stated")
def every_project_states_its_accepted_volume(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """A cell that holds something unreadable was told already."""
    for row in projects(submission):
        if row.accepted is None and not row.raw.get("accepted", "").strip():
            yield facts.found("DEBT_NOT_STATED", row, "accepted")


Group = Sequence[DebtRow]


def _groups(rows: Sequence[DebtRow], at: int) -> list[Group]:
    """What the total at this index can be the sum of; the likelier last."""
    sheet = [row for row in rows if row.sheet == rows[at].sheet and row.kind is DebtRowKind.PROJECT]
    since = max((n for n in range(at) if rows[n].kind is DebtRowKind.TOTAL), default=-1)
    own = [row for row in rows[since + 1 : at] if row in sheet]
    return [group for group in (sheet, own) if group]


def _total_findings(
    total: DebtRow, name: str, groups: Sequence[Group], facts: RuleFacts
) -> Iterator[Finding]:
    written = getattr(total, name)
    sums = [(sum(stated), group) for group in groups if (stated := _stated(group, name))]
    if written is None or not sums or any(_agrees(written, total, *each) for each in sums):
        return
    expected = _written(sums[-1][0], total)
    yield facts.found("TOTAL_ROW_DIFFERS", total, name, seen=_written(written, total), expected=expected)


def _stated(group: Group, name: str) -> list[int]:
    return [amount for row in group if (amount := getattr(row, name)) is not None]


def _agrees(written: int, total: DebtRow, added: int, group: Group) -> bool:
    tolerance = sum(max(row.last_digit, total.last_digit) for row in group)  # twice half a digit for each row
    return 2 * abs(written - added) <= tolerance


def _written(amount: int, row: DebtRow) -> str:
    """In the unit of its row: `1.234,5 triệu đồng`."""
    return (
        f"{vi_number(Decimal(amount) / row.unit)} {_UNITS.get(row.unit, 'đồng')}"
        if row.unit in _UNITS
        else str(amount)
    )
