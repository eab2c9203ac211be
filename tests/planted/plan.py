"""Which fault stands where: rounds through the clean campaign, each with at most one fault in a reporter's two weeks,
so that no fault is seen beside another.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from random import Random

from domain.forms import Part
from tests.planted import faults_agencies, faults_debt, faults_dossiers, faults_files, faults_progress
from tests.planted.campaign import AGENCIES, WEEKS, campaign
from tests.planted.debts import MONEY, TOTAL
from tests.planted.kinds import KINDS, Expected, Kind, Spot
from tests.planted.paper import Report
from tests.planted.weeks import reports

ROUNDS, ROUNDS_OF_AGENCIES = 7, 3
_MOST = {"tỷ đồng": 10**3, "triệu đồng": 10**6}  # 1.000 tỷ đồng; nothing comes near it in smaller units
FAULTS = (
    faults_progress,
    faults_dossiers,
    faults_debt,
    faults_files,
    faults_agencies,
)  # importing them lists kinds


@dataclass(frozen=True)
class Planted:
    """One fault: the damaged report, and every finding that it should cause, this week and in the week after."""

    kind: Kind
    round: int
    report: Report
    expected: tuple[Expected, ...]

    @property
    def where(self) -> tuple[str, int]:
        return self.report.reporter, self.report.at


@cache
def plan() -> tuple[Planted, ...]:
    """The kinds that stand least often come first: each where it fits."""
    used: Counter[str] = Counter()
    return tuple(
        planted
        for number in range(ROUNDS)
        for reporter in reporters_of(number)
        # From the second week on, every other one; the last has no week after.
        for at in range(1 + (number + len(reporter)) % 2, WEEKS - 1, 2)
        for planted in _planted(number, reports(reporter), at, used)
    )


def of_round(number: int) -> Mapping[tuple[str, int], Planted]:
    return {each.where: each for each in plan() if each.round == number}


def reporters_of(number: int) -> Iterator[str]:
    yield from (each.id for each in campaign().roster.communes())
    if number < ROUNDS_OF_AGENCIES:
        yield from AGENCIES


def _planted(number: int, clean: tuple[Report, ...], at: int, used: Counter[str]) -> Iterator[Planted]:
    here = [each for each in KINDS if each.of_communes is clean[at].is_commune]
    chance = Random(f"{number}: {clean[at].reporter} {at}")
    spot = Spot(clean[at - 1], clean[at].copy(), clean[at + 1], chance)
    for each in sorted(here, key=lambda one: (used[one.name], one.name)):
        if each.plant(spot):
            used[each.name] += 1
            _too_large(spot)
            yield Planted(each, number, spot.now, tuple(sorted(spot.expected)))
            return


def _too_large(spot: Spot) -> None:
    """Since decision 0020 a sum that no project of a commune reaches (1.000 tỷ đồng) is asked about by itself, so most
    slips upwards are. The file goes back: the week after is set beside the last right one."""
    told = {each.place for each in spot.expected if each.code == "UNIT_SLIP"}
    places = [
        spot.now.place(Part.DEBT, line, name)
        for line in spot.now.tables.get(Part.DEBT, ())
        for name in MONEY
        if line["project"] != TOTAL and _is_too_large(line.get(name), spot.now.unit)
    ]
    new = [place for place in places if place not in told]
    if new:
        spot.expected[:] = [each for each in spot.expected if each.offset == 0]
    for place in new:
        spot.finds_at("SUM_TOO_LARGE", place)


def _is_too_large(amount: object, unit: str) -> bool:
    """Where a fault left a number there."""
    return isinstance(amount, int | float) and amount > _MOST.get(unit, amount)
