"""Lines of the debt table that repeat what a project above them states already: "- | Xây lắp", "1.1 | Thiết bị", "Trong
đó: ...". And those of which nobody can say whether they are a project (decision 0037).

A line is a part where it looks like one and what it and the parts before it state stays within the project's sums.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from domain.submissions import DebtRowKind

_BULLETS = "-–—−+•·▪"
_SAYS_A_NUMBER = re.compile(r"\w")
_NUMBER = re.compile(r"\d+")
_NUMBER_BELOW = re.compile(r"(\d+)(?:(?:[.,]\d+)+|[.,]?[a-zđ])")  # 1.1, 1.2.1, 1a


class Standing(StrEnum):
    """How a line that is neither a total nor a title stands in its table."""

    PROJECT = "project"
    PART = "part"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class PartLine:
    """`number`: what stands as its number ("1", "1.1", "-"), None where the table has no such column. `named_a_part`:
    it begins with a word of the form's for parts. `amounts`: column -> đồng of each filled sum, None where it can't be
    read."""

    kind: DebtRowKind
    number: str | None
    project: str
    has_decision: bool
    named_a_part: bool
    amounts: Mapping[str, int | None]

    @property
    def says_nothing(self) -> bool:
        return not (self.number or self.project or self.amounts)

    @property
    def states_a_sum(self) -> bool:
        return any(amount != 0 for amount in self.amounts.values())

    @property
    def is_bulleted(self) -> bool:
        number = self.number or ""
        return number in _BULLETS and bool(number or (self.project and self.project[0] in _BULLETS))


@dataclass
class _Whole:
    """What parts may belong to, with what they leave of its sums."""

    line: PartLine
    left: dict[str, int] = field(default_factory=dict)
    is_listed: bool = False  # "Trong đó" stood below it

    def takes(self, part: PartLine) -> bool:
        amounts = {name: amount for name, amount in part.amounts.items() if amount != 0}
        if any(amount is None or amount > self.left.get(name, 0) for name, amount in amounts.items()):
            return False
        for name, amount in amounts.items():
            self.left[name] -= amount or 0
        return True


def standings(lines: Sequence[PartLine]) -> list[Standing]:
    """Of each line, in their order. What has a decision is a project whatever its number; a total has no other
    standing than its kind."""
    whole: _Whole | None = None
    has_projects = False
    found = []
    for line in lines:
        standing = Standing.PROJECT
        if not line.says_nothing:
            looks_so = whole is not None and _looks_like_a_part(line, whole)
            if whole and looks_so and whole.takes(line):
                standing, whole.is_listed = Standing.PART, whole.is_listed or line.named_a_part
            elif looks_so or (line.named_a_part and _may_be_none(line)):
                standing = Standing.UNCLEAR
            else:
                whole = _whole(line, has_projects=has_projects)
            has_projects |= line.kind is DebtRowKind.PROJECT and standing is Standing.PROJECT
        found.append(standing)
    doubtful = _unnumbered(lines) | _heading_numbers(lines)
    return [
        Standing.UNCLEAR if standing is Standing.PROJECT and n in doubtful else standing
        for n, standing in enumerate(found)
    ]


def _whole(line: PartLine, *, has_projects: bool) -> _Whole | None:
    """A project with its decision; a total below its projects. One on top is followed by projects, as a group is."""
    if line.has_decision or (line.kind is DebtRowKind.TOTAL and has_projects):
        return _Whole(line, {name: amount for name, amount in line.amounts.items() if amount is not None})
    return None


def _may_be_none(line: PartLine) -> bool:
    return line.kind is DebtRowKind.PROJECT and not line.has_decision


def _looks_like_a_part(line: PartLine, whole: _Whole) -> bool:
    if not _may_be_none(line):
        return False
    if line.named_a_part or (whole.is_listed and line.is_bulleted):
        return True
    below = _NUMBER_BELOW.fullmatch(line.number or "")
    is_numbered_below = below is not None and below[1] == whole.line.number
    return whole.line.kind is DebtRowKind.PROJECT and (line.is_bulleted or is_numbered_below)


def _unnumbered(lines: Sequence[PartLine]) -> set[int]:
    """Sums without a number and a decision, in a table that numbers its projects: a group's, last period's, all."""
    if not any(_NUMBER.fullmatch(line.number or "") for line in lines):
        return set()
    return {
        n
        for n, line in enumerate(lines)
        if _may_be_none(line)
        and line.states_a_sum
        and line.number is not None
        and not _SAYS_A_NUMBER.search(line.number)
    }


def _heading_numbers(lines: Sequence[PartLine]) -> set[int]:
    """ "1 | Công trình chuyển tiếp" with sums, no decision, and projects numbered 1.1 and 1.2."""
    found = (_NUMBER_BELOW.fullmatch(line.number or "") for line in lines)
    headed = {match[1] for match in found if match}
    return {
        n
        for n, line in enumerate(lines)
        if _may_be_none(line) and line.states_a_sum and line.number in headed
    }
