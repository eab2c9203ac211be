"""What judging finds of a plan: every finding over every file, beside those that were expected."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from domain.findings import Place, Severity
from tests.planted.flow import judged, read, read_clean
from tests.planted.plan import Planted, of_round, reporters_of
from tests.planted.weeks import reports


@dataclass(frozen=True, order=True)
class Found:
    """A finding over one reporter's week."""

    reporter: str
    at: int
    code: str
    place: Place


_At = Mapping[tuple[str, int], Planted]


@dataclass(frozen=True)
class Outcome:
    """`missed`: expected and not found. `surplus`: found where nothing, or something else, was expected."""

    found: Counter[Found]
    expected: Counter[Found]

    @property
    def missed(self) -> Counter[Found]:
        return self.expected - self.found

    @property
    def surplus(self) -> Counter[Found]:
        return self.found - self.expected

    def of(self, planted: Planted) -> tuple[list[Found], list[Found]]:
        """Missed and surplus of the two weeks of one fault."""
        here = {(planted.report.reporter, planted.report.at + n) for n in (0, 1)}
        missed, surplus = (
            sorted(one for one in counted.elements() if (one.reporter, one.at) in here)
            for counted in (self.missed, self.surplus)
        )
        return missed, surplus


@cache
def looked_at(number: int) -> Outcome:
    """A whole round: every week of every reporter, damaged or clean."""
    planted = of_round(number)
    found = Counter(one for reporter in reporters_of(number) for one in _found(reporter, planted))
    return Outcome(found, Counter(_expected(planted)))


def found_in_clean_weeks(reporter: str) -> list[Found]:
    return list(_found(reporter, {}))


def codes_when_released(planted: Planted) -> set[tuple[str, Place]]:
    """What is told of a file in quarantine once somebody has answered for it: judged as a release judges it."""
    clean = reports(planted.report.reporter)
    before = (clean[planted.report.at - 1], read_clean(planted.report.reporter, planted.report.at - 1))
    submission, findings = read(planted.report)
    milder = tuple(one._replace(severity=Severity.WARNING) for one in findings)
    *_, (_, _, verdict) = judged([before, (planted.report, (submission, milder))])
    return {(one.code, one.place) for one in verdict.findings}


def _found(reporter: str, planted: _At) -> Iterator[Found]:
    sent = (
        (planted[whose].report, read(planted[whose].report))
        if (whose := (reporter, clean.at)) in planted
        else (clean, read_clean(*whose))
        for clean in reports(reporter)
    )
    for report, _, verdict in judged(sent):
        for finding in verdict.findings:
            yield Found(reporter, report.at, finding.code, finding.place)


def _expected(planted: _At) -> Iterator[Found]:
    for one in planted.values():
        for each in one.expected:
            yield Found(one.report.reporter, one.report.at + each.offset, each.code, each.place)
