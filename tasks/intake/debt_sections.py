"""Sections of the debt table with their sums on top: "I | Công trình chuyển tiếp | 1.600", projects below it.

Only its sums tell such a line from a project: where each of them, and two at least, is exactly the sum of the projects
down to the next heading of its level, it is their total. Over one project they may be another's like it: then that
one's decision must tell them apart, or a total over several at the same level. Any other stays a project, which rows.py
asks about.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from domain.submissions import DebtRowKind

_FEWEST = 2  # sums: one alone meets that of a row by chance
_ROMAN = re.compile(r"[ivxl]+")
_AFTER = {
    "i": "h",
    "v": "uư",
    "x": "vw",
    "l": "k",
}  # numerals that are letters too, and what those come after


@dataclass(frozen=True)
class SectionLine:
    """A line of the table. `number`: of a heading ("ii", "a"), "" for any other line. `amounts`: đồng by column."""

    kind: DebtRowKind
    number: str
    amounts: Mapping[str, int]
    has_decision: bool


@dataclass
class _Section:
    at: int
    heading: SectionLine
    level: str
    summed: Counter[str] = field(default_factory=Counter)
    projects: int = 0  # that have sums: others make it no likelier
    names_a_decision: bool = False  # one of them

    def add(self, project: SectionLine) -> None:
        if any(project.amounts.values()):
            self.summed.update(project.amounts)
            self.projects += 1
            self.names_a_decision |= project.has_decision

    @property
    def is_sum(self) -> bool:
        amounts = self.heading.amounts
        are_sums = all(self.summed[name] == amount for name, amount in amounts.items())
        return are_sums and sum(map(bool, amounts.values())) >= _FEWEST


def totals_on_top(lines: Iterable[SectionLine]) -> frozenset[int]:
    """Which of the lines, in their order, are the totals of their section.

    A level ends where its numbering goes on: A > I > II > B. Headings are summed into nothing.
    """
    open_: list[_Section] = []
    seen: list[_Section] = []
    lines = list(lines)
    has_roman = any(len(line.number) > 1 for line in lines)
    for n, line in enumerate(lines):
        if line.number:
            level = _level(line.number, open_, has_roman)
            while any(section.level == level for section in open_):
                open_.pop()
            open_.append(_Section(n, line, level))
            seen.append(open_[-1])
        elif line.kind is DebtRowKind.PROJECT:
            for section in open_:
                section.add(line)
    sums = [section for section in seen if section.is_sum]
    proven = {section.level for section in sums if section.projects > 1}
    return frozenset(s.at for s in sums if s.names_a_decision or s.level in proven)


def _level(number: str, open_: Sequence[_Section], has_roman: bool) -> str:
    """ "I" is a letter right after H, and after any in a table without II or III. Below a letter that has no project
    yet it begins its parts.
    """
    if not _ROMAN.fullmatch(number):
        return "letter"
    letter = next((section for section in open_ if section.level == "letter" and section.projects), None)
    if letter is None or number not in _AFTER:
        return "roman"
    return "letter" if not has_roman or letter.heading.number in _AFTER[number] else "roman"
