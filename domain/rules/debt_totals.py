"""Whether the total rows of the debt table are the sums of their rows. A table may have as many totals as rows."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from domain.findings import Finding
from domain.rules.debt import debt_rows, written
from domain.rules.rule import RuleFacts, rule
from domain.submissions import ALLOTTED_FIELDS, DebtRow, DebtRowKind, Submission

_SUMMED = (
    "total_investment",
    "settled",
    "accepted",
    *ALLOTTED_FIELDS,
    "paid",
    "stated_debt",
    "debt_before_2015",
)


@rule("TOTAL_ROW_DIFFERS", source="SEMANTICS, Money: totals agree within half a last digit per row")
def a_total_is_the_sum_of_its_rows(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """Its rows: those since the total before it, or all of the sheet (a grand total, a total on top)."""
    for total, groups in _with_groups(list(debt_rows(submission))):
        for name in _SUMMED:
            yield from _findings(total, name, groups, facts)


@dataclass(frozen=True)
class _Group:
    """Projects that a total can be the sum of. Added up once, however many totals ask."""

    rows: Sequence[DebtRow]

    @cached_property
    def sums(self) -> Mapping[str, int]:
        """Of each field that at least one row states."""
        stated = {name: [getattr(row, name) for row in self.rows] for name in _SUMMED}
        known = {name: [amount for amount in each if amount is not None] for name, each in stated.items()}
        return {name: sum(each) for name, each in known.items() if each}

    @cached_property
    def last_digits(self) -> Mapping[int, int]:
        """Last digit -> number of rows that show it."""
        return Counter(row.last_digit for row in self.rows)

    def agrees(self, total: DebtRow, name: str, amount: int) -> bool:
        """Half a digit for each row, the coarser of the row's and the total's."""
        twice = sum(max(digit, total.last_digit) * rows for digit, rows in self.last_digits.items())
        return 2 * abs(amount - self.sums[name]) <= twice


def _with_groups(rows: Sequence[DebtRow]) -> Iterator[tuple[DebtRow, list[_Group]]]:
    """Each total with what it can be the sum of; the likelier last."""
    by_sheet: dict[str, list[DebtRow]] = {}
    for row in rows:
        if row.kind is DebtRowKind.PROJECT:
            by_sheet.setdefault(row.sheet, []).append(row)
    sheets = {sheet: _Group(of_sheet) for sheet, of_sheet in by_sheet.items()}
    since: list[DebtRow] = []
    for row in rows:
        if row.kind is DebtRowKind.PROJECT:
            since.append(row)
        elif row.kind is DebtRowKind.TOTAL:
            own = [each for each in since if each.sheet == row.sheet]
            whole = sheets.get(row.sheet)
            yield row, [*([whole] if whole else []), *([_Group(own)] if own else [])]
            since = []


def _findings(total: DebtRow, name: str, groups: Sequence[_Group], facts: RuleFacts) -> Iterator[Finding]:
    amount: int | None = getattr(total, name)
    stating = [group for group in groups if name in group.sums]
    if amount is None or not stating or any(group.agrees(total, name, amount) for group in stating):
        return
    expected = written(stating[-1].sums[name], total)
    yield facts.found("TOTAL_ROW_DIFFERS", total, name, seen=written(amount, total), expected=expected)
