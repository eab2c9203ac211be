"""What a rule is: a pure sentence over the typed rows of one file. Knows no single rule."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from domain.campaign import Campaign
from domain.findings import Finding, Place
from domain.rules.parameters import Parameter
from domain.submissions import Earlier, Row, Submission
from domain.telling import finding_of
from domain.vietnamese import vi_date

T = TypeVar("T")


@dataclass(frozen=True)
class RuleFacts:
    """What a rule may know beside the file: the campaign, and what its sender had in force in earlier weeks."""

    campaign: Campaign
    earlier: Earlier = field(default_factory=dict)
    _found: dict[object, tuple[Submission, Any]] = field(default_factory=dict, repr=False, compare=False)

    def found(self, code: str, row: Row, name: str, /, **facts: str) -> Finding:
        """A finding at the cell of one field of a row."""
        return finding_of(self.campaign, code, Place(row.sheet, row.cell(name)), facts)

    def once(self, find: "Callable[[Submission, RuleFacts], T]", submission: Submission) -> T:
        """What several rules ask of one file, found once."""
        known = self._found.get(find)
        if known is None or known[0] is not submission:
            known = self._found[find] = submission, find(submission, self)
        found: T = known[1]
        return found

    def number(self, parameter: Parameter) -> int:
        """As the campaign says, else as shipped."""
        return parameter.value(self.campaign.rule_parameters)


Check = Callable[[Submission, RuleFacts], Iterable[Finding]]


@dataclass(frozen=True)
class Rule:
    """`check` is a pure function named like a sentence; `source` says why anybody may ask for it.

    `is_over_weeks`: it sets rows beside the file's week or beside earlier rows of its sender, so it is not asked of
    a file that may be another's or of another week: its one mistake would be told again at every row.
    """

    code: str
    source: str
    check: Check
    is_over_weeks: bool = False
    also: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.check.__name__

    @property
    def codes(self) -> frozenset[str]:
        """All that it may find."""
        return frozenset((self.code, *self.also))


def rule(
    code: str, *, source: str, is_over_weeks: bool = False, also: tuple[str, ...] = ()
) -> Callable[[Check], Rule]:
    """Makes a Rule of the function under it. It is run only if it stands in registry.RULES. `also`: what else it may
    find."""
    return lambda check: Rule(code, source, check, is_over_weeks, also)


def last_day(submission: Submission, facts: RuleFacts) -> date:
    """The last day of which this file can tell what was done: of its deadline, or of more time that was granted."""
    campaign, week = facts.campaign, submission.week
    given = [extension.until for extension in campaign.extensions_of(submission.reporter, week)]
    return max([campaign.calendar.deadline(week), *given]).astimezone(campaign.calendar.zone).date()


def after_the_week(
    rows: Iterable[Row], names: tuple[str, ...], submission: Submission, facts: RuleFacts
) -> Iterator[Finding]:
    """DATE_AFTER_WEEK at each date, of these fields, that states as done what lies after the file's week."""
    last = facts.once(last_day, submission)
    for row in rows:
        for name in names:
            day: date | None = getattr(row, name)
            if day and day > last:
                told = {"seen": vi_date(day), "expected": vi_date(last)}
                yield facts.found("DATE_AFTER_WEEK", row, name, **told)


def where(row: Row) -> str:
    """The line of a row, as {first} names an earlier one: `12`, with its sheet."""
    return f"{row.row}, {row.sheet}"
