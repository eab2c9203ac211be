"""Total rows of the debt table: whether they are the sums of their rows, and whether a project is none of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from domain.debt import is_unread, names_a_decision
from domain.findings import Finding
from domain.rules.debt import debt_rows, written
from domain.rules.debt_sums import SUMMED, Group, Line, Table, group_adding_up_to, tables
from domain.rules.rule import RuleFacts, rule
from domain.submissions import DebtRowKind, Submission
from domain.vietnamese import match_key


@dataclass(frozen=True)
class _Total:
    """How many projects stand above it, and above the total before it."""

    line: Line
    last: int
    above: int


@rule(
    "TOTAL_ROW_DIFFERS",
    source="SEMANTICS, Money: totals agree within half a last digit per row",
    also=("SOURCE_LEFT_BLANK",),
)
def a_total_is_the_sum_of_its_rows(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """Its rows: those since the total before it, all of the sheet (a grand total, a total on top), or any
    next to it that most of it is the sum of (a total of sections, a section's total on top); of the only one, all. Of a
    column in which a sum can't be read nothing is said: that is told at its cell."""
    for table in facts.once(_tables, submission):
        doubtful = [total for total in _totals(table) if not _is_grand_total(total.line, table)]
        if not doubtful:
            continue
        known = [name for name in SUMMED if not any(is_unread(line.row, name) for line in table.projects)]
        for total in doubtful:
            groups = _groups_of(total, table, facts.campaign.words_for_a_total)
            for name in known:
                yield from _findings(total.line, name, groups, facts)


@rule(
    "TOTAL_OR_PROJECT",
    source="SEMANTICS, Money: legal debt is summed over projects; a total among them doubles it",
)
def a_total_is_not_listed_as_a_project(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """A row without a decision that others add up to or that stands below the total of all (last period's sums, how
    they differ), and a row called a total in other words than the form's that no rows add up to."""
    for table in facts.once(_tables, submission):
        counted = _counted_in_totals(table)
        for above, line in table.lines:
            if _is_below(line, above, counted) or _is_unclear(line, above, table, facts):
                yield facts.found("TOTAL_OR_PROJECT", line.row, "project", seen=line.row.project)


def _tables(submission: Submission, _: RuleFacts) -> Sequence[Table]:
    return tables(debt_rows(submission))


def _is_unclear(line: Line, above: int, table: Table, facts: RuleFacts) -> bool:
    if line.kind is DebtRowKind.PROJECT:
        if names_a_decision(line.row.decision):
            return False
        if len(line.sums) < 2:
            return _is_the_only_sum_of_all(line, table)
        return group_adding_up_to(line, above, table) is not None or _is_disproved(line, above, table)
    if line.kind is not DebtRowKind.TOTAL or match_key(line.row.project) in facts.campaign.words_for_a_total:
        return False
    only_zeros = bool(line.amounts) and not line.sums  # counts nothing, whatever it is
    return not only_zeros and group_adding_up_to(line, above, table) is None


def _counted_in_totals(table: Table) -> int:
    """How many projects stand above the last total; all where it stands on top of those that it sums up. Last period's
    sums and how they differ add up to it as well."""
    totals = [(above, line) for above, line in table.lines if line.kind is DebtRowKind.TOTAL]
    above, last = totals[-1] if totals else (0, None)
    if last is None or above == 0:
        return len(table.projects)
    is_of_those_below = Group(table.projects[above:]).adds_up_to(last)
    is_on_top = is_of_those_below and not Group(table.projects[:above]).adds_up_to(last)
    return len(table.projects) if is_on_top else above


def _is_below(line: Line, above: int, counted: int) -> bool:
    """A project that was forgotten has its decision."""
    may_be_none = line.kind is DebtRowKind.PROJECT and not names_a_decision(line.row.decision)
    return may_be_none and bool(line.sums) and above >= counted


def _is_the_only_sum_of_all(line: Line, table: Table) -> bool:
    """Of two projects or more, in a table that states nothing else: one sum alone among others is a coincidence."""
    others = table.whole.without(line)
    stated = {name for name, amount in others.amounts.items() if amount}
    return bool(line.sums) and others.size > 1 and stated == set(line.sums) and others.is_all_of(line)


def _is_disproved(line: Line, above: int, table: Table) -> bool:
    """A group's line over a single project: it repeats the row beside it, and the sheet's total holds without it."""
    beside = [table.projects[n] for n in (above - 1, above + 1) if 0 <= n < len(table.projects)]
    others = table.whole.without(line)
    return any(Group([one]).adds_up_to(line) for one in beside) and any(
        others.adds_up_to(total) for _, total in table.lines if total.kind is DebtRowKind.TOTAL
    )


def _totals(table: Table) -> Iterator[_Total]:
    last = 0
    for above, line in table.lines:
        if line.kind is DebtRowKind.TOTAL:
            yield _Total(line, last, above)
            last = above


def _is_grand_total(line: Line, table: Table) -> bool:
    """As most are: nothing else is looked for."""
    return len(table.whole.agreeing(line, line.amounts)) == len(line.amounts)


def _groups_of(total: _Total, table: Table, words: frozenset[str]) -> list[Group]:
    """What it can be the sum of; the likeliest last."""
    if total.line is _only_total(table, words):
        return [table.whole]  # a range that leaves out the first row meets the others
    since = Group(table.projects[total.last : total.above])
    # One sum alone meets some run by chance.
    other = group_adding_up_to(total.line, total.above, table) if len(total.line.sums) >= 2 else None
    return [group for group in (table.whole, since, other) if group and group.size]


def _only_total(table: Table, words: frozenset[str]) -> Line | None:
    """The only total of the sheet, in just the form's words, above or below all its rows. In other words ("Cộng mục
    II") or among the rows it may be that of a section."""
    totals = [(above, line) for above, line in table.lines if line.kind is DebtRowKind.TOTAL]
    above, line = totals[0] if len(totals) == 1 else (-1, None)
    is_beside_all = above in (0, len(table.projects))
    return line if line and is_beside_all and match_key(line.row.project) in words else None


def _findings(total: Line, name: str, groups: Sequence[Group], facts: RuleFacts) -> Iterator[Finding]:
    """Of a capital source that a row leaves blank the total may know more: then the blank is not "none"
    (decision 0013). A zero over rows that state nothing says what they say, whatever other rows state."""
    says_nothing = bool(groups) and not total.amounts.get(name) and name not in groups[-1].amounts
    if says_nothing and groups[-1].adds_up_to(total):
        return
    stating = [group for group in groups if name in group.amounts or group.blank[name]]
    if name not in total.amounts or not stating or any(group.agrees(total, name) for group in stating):
        return
    seen, summed = total.amounts[name], stating[-1].amounts[name]
    code = "SOURCE_LEFT_BLANK" if seen > summed and stating[-1].blank[name] else "TOTAL_ROW_DIFFERS"
    told = {"seen": written(seen, total.row), "expected": written(summed, total.row)}
    yield facts.found(code, total.row, name, **told)
