"""Which rows of the debt table another row can be the sum of. Knows no finding.

No sum of money is negative, so a run that has passed an amount never comes back to it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from domain.debt import blank_sources
from domain.submissions import ALLOTTED_FIELDS, DebtRow, DebtRowKind

SUMMED = (
    "total_investment",
    "settled",
    "accepted",
    *ALLOTTED_FIELDS,
    "paid",
    "stated_debt",
    "debt_before_2015",
)
sums_of: Callable[[DebtRow], tuple[int | None, ...]] = attrgetter(*SUMMED)
_FARTHEST = 1000  # rows of a run; a longer one is still found where it is the whole sheet


class Line(NamedTuple):
    """A row with what it states, read once: a table may have as many totals as rows.

    `sums`: what it states beside zeros, as zero agrees with too much. `blank`: capital sources.
    """

    row: DebtRow
    kind: DebtRowKind
    amounts: Mapping[str, int]
    sums: Sequence[str]
    blank: Sequence[str]
    last_digit: int


class Group:
    """Projects that a row can be the sum of."""

    def __init__(self, lines: Iterable[Line] = ()) -> None:
        self.size = 0
        self.amounts: Counter[str] = Counter()  # of each field that at least one row states
        self.blank: Counter[str] = Counter()  # capital source -> rows that leave it blank
        self._last_digits: Counter[int] = Counter()  # last digit -> rows that show it
        for line in lines:
            self.add(line)

    def add(self, line: Line) -> None:
        self.size += 1
        amounts, blank = self.amounts, self.blank
        for name, amount in line.amounts.items():
            amounts[name] = amounts.get(name, 0) + amount
        for name in line.blank:
            blank[name] = blank.get(name, 0) + 1
        self._last_digits[line.last_digit] += 1

    def without(self, line: Line) -> "Group":
        """The others."""
        others = Group()
        others.size, others._last_digits = self.size - 1, self._last_digits - Counter([line.last_digit])
        others.amounts, others.blank = Counter(self.amounts), self.blank - Counter(line.blank)
        others.amounts.subtract(line.amounts)
        return others

    def agrees(self, line: Line, name: str) -> bool:
        return bool(self.agreeing(line, (name,)))

    def agreeing(self, line: Line, names: Iterable[str]) -> Sequence[str]:
        """Those of these sums of the line that are the sums of these rows: within half a digit for each row, the
        coarser of the row's and the total's."""
        twice = sum(max(digit, line.last_digit) * rows for digit, rows in self._last_digits.items())
        return [name for name in names if 2 * abs(line.amounts[name] - self.amounts[name]) <= twice]

    def adds_up_to(self, line: Line) -> bool:
        """Two of the sums that the line states, and more than half of them, are those of these rows."""
        agreeing = len(self.agreeing(line, line.sums))
        return agreeing >= min(2, len(line.sums)) and 2 * agreeing > len(line.sums)

    def is_all_of(self, line: Line) -> bool:
        """Every sum that the line states is that of these rows."""
        return len(self.agreeing(line, line.sums)) == len(line.sums)

    def is_past(self, line: Line) -> bool:
        """No further row can make it the line's sum."""
        above = [name for name in line.sums if self.amounts[name] > line.amounts[name]]
        return len(above) == len(line.sums) and not self.agreeing(line, above)


@dataclass(frozen=True)
class Table:
    """The debt table of one sheet. `above`: with each line that is summed or a total, how many projects precede it."""

    projects: Sequence[Line]
    whole: Group
    lines: Sequence[tuple[int, Line]]


def tables(rows: Iterable[DebtRow]) -> list[Table]:
    """One for each sheet, in their order."""
    by_sheet: dict[str, list[Line]] = {}
    for row in rows:
        by_sheet.setdefault(row.sheet, []).append(_line(row))
    return [_table(lines) for lines in by_sheet.values()]


def group_adding_up_to(line: Line, above: int, table: Table) -> Group | None:
    """All (other) projects of the sheet, or those next to the line, upwards or downwards, that it is the sum of: those
    that every sum of it is of, else the first that most are. A section may be like the one beside it.

    One project alone is no sum that a project could be.
    """
    mostly: Group | None = None
    for group in _groups_adding_up_to(line, above, table):
        if group.is_all_of(line):
            return group
        mostly = mostly or group
    return mostly


def _groups_adding_up_to(line: Line, above: int, table: Table) -> Iterator[Group]:
    is_project = line.kind is DebtRowKind.PROJECT
    whole = table.whole.without(line) if is_project else table.whole
    if whole.size and whole.adds_up_to(line):
        yield whole
    below = above + is_project
    upwards = table.projects[max(above - _FARTHEST, 0) : above][::-1]
    downwards = table.projects[below : below + _FARTHEST]
    for neighbours in (upwards, downwards):
        if run := _run(line, neighbours, 1 + is_project):
            yield run


def _run(line: Line, neighbours: Sequence[Line], least: int) -> Group | None:
    """The first that all of it is the sum of, else the first that most of it is."""
    group, mostly = Group(), 0
    for neighbour in neighbours:
        group.add(neighbour)
        if group.size >= least and group.adds_up_to(line):
            if group.is_all_of(line):
                return group
            mostly = mostly or group.size
        if group.is_past(line):
            break
    return Group(neighbours[:mostly]) if mostly else None


def _line(row: DebtRow) -> Line:
    stated = {name: amount for name, amount in zip(SUMMED, sums_of(row), strict=True) if amount is not None}
    sums = [name for name, amount in stated.items() if amount]
    return Line(row, row.kind, stated, sums, blank_sources(row), row.last_digit)


def _table(lines: Sequence[Line]) -> Table:
    projects = [line for line in lines if line.kind is DebtRowKind.PROJECT]
    return Table(projects, Group(projects), list(_with_place(lines)))


def _with_place(lines: Iterable[Line]) -> Iterator[tuple[int, Line]]:
    above = 0
    for line in lines:
        yield above, line
        above += line.kind is DebtRowKind.PROJECT
