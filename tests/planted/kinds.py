"""What a kind of fault is: how it changes one clean report, and which findings that should cause, said beforehand.

Each kind was written by somebody who has read no rule: the code is chosen from the sentence that an officer sees.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import TypeVar

from domain.findings import Place
from domain.forms import Part
from tests.planted.paper import Line, Report
from tests.planted.weeks import Aim, aims

T = TypeVar("T")


@dataclass(frozen=True, order=True)
class Expected:
    """A finding, so many weeks after the week of the fault: what is wrong once is often told again when it is right."""

    offset: int
    code: str
    place: Place


@dataclass
class Spot:
    """A clean report to be damaged (`now`, a copy), between the weeks before and after, which stay clean."""

    before: Report
    now: Report
    after: Report
    chance: Random
    expected: list[Expected] = field(default_factory=list)

    @property
    def at(self) -> int:
        return self.now.at

    def one_of(self, candidates: Iterable[T]) -> T | None:
        """Any; None where there is none: the kind doesn't fit here."""
        listed = list(candidates)
        return self.chance.choice(listed) if listed else None

    def finds(self, code: str, part: Part, line: Line, column: str) -> None:
        self.expected.append(Expected(0, code, self.now.place(part, line, column)))

    def finds_at(self, code: str, place: Place) -> None:
        self.expected.append(Expected(0, code, place))

    def finds_later(self, code: str, part: Part, line: Line, column: str) -> None:
        """In the clean week after: beside the fault it looks wrong. `line`: of that week."""
        self.expected.append(Expected(1, code, self.after.place(part, line, column)))

    def indicators(self) -> Iterator[tuple[Aim, Line]]:
        """Those of which something is said."""
        by_code = {each.indicator.code: each for each in aims(self.now.reporter)}
        for line in self.now.of(Part.PROGRESS):
            aim = by_code.get(line["indicator"])
            if aim and aim.met_in is not None:
                yield aim, line

    def beside(self, report: Report, part: Part, line: Line, *keys: str) -> Line:
        """The same line in another week."""
        return next(each for each in report.of(part) if all(each.get(k) == line.get(k) for k in keys))


Fault = Callable[[Spot], bool]  # False: it doesn't fit here, and nothing was changed


@dataclass(frozen=True)
class Kind:
    """`is_limit`: exactly at the limit, or near a fault and none; what it expects is only what follows."""

    name: str
    group: str
    plant: Fault
    of_communes: bool = True
    is_limit: bool = False


KINDS: list[Kind] = []


def kind(group: str, *, of_communes: bool = True, is_limit: bool = False) -> Callable[[Fault], Fault]:
    def listed(plant: Fault) -> Fault:
        KINDS.append(Kind(plant.__name__, group, plant, of_communes, is_limit))
        return plant

    return listed
