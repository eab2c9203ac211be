"""From every good file of every format: each kind of damage at a random cell is told there or harms nothing; no damaged
cell is read as another value; and mending exactly the cells that were told makes the file pass.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from random import Random

import pytest

from domain.findings import Place
from domain.forms import Part
from domain.submissions import SubmissionState
from tests.mutation.damages import Damage, damages
from tests.mutation.reading_them import Outcome, Said, good_reports, outcomes, spots_by_place
from tests.mutation.shapes import shapes
from tests.mutation.typed import Report, Spot, kind_at
from tests.mutation.written import Format

pytestmark = pytest.mark.slow
GOOD = tuple(good_reports())
LEAST_KINDS = 60
ROUNDS = 12  # of several damages at once
AT_ONCE = 6


@cache
def fitting(name: str) -> Mapping[str, tuple[Damage, tuple[Spot, ...]]]:
    """The damages that can befall this file, with the cells that each can befall."""
    report, file_format = good_reports()[name]
    found = {}
    for damage in damages():
        if damage.needs_types and not file_format.has_types:
            continue
        spots = tuple(
            s for s in report.spots() if kind_at(report, s) is damage.kind and damage.fits(report.at(s))
        )
        if spots:
            found[damage.name] = damage, spots
    return found


def hurt(report: Report, damage: Damage, spot: Spot) -> Report:
    return report.put(spot, damage.put(report.at(spot)))


@pytest.mark.parametrize("name", GOOD)
def test_a_good_file_passes_without_a_word_that_asks_for_something(name: str, tmp_path: Path) -> None:
    (good,) = outcomes([good_reports()[name]], tmp_path)
    assert (good.state, good.to_mend) == (SubmissionState.ACCEPTED, set())
    assert all(good.said.values())


def test_every_format_says_the_same(tmp_path: Path) -> None:
    """Compared with the workbook, part by part: what a number or date is typed as makes no difference."""
    (workbook,) = outcomes([good_reports()["xã.xlsx"]], tmp_path)
    for name in GOOD:
        (read,) = outcomes([good_reports()[name]], tmp_path)
        same = {part: rows for part, rows in workbook.said.items() if part in read.said}
        assert Part.VERIFICATION in read.said or read.said == same, name


@pytest.mark.parametrize("name", GOOD)
def test_at_least_sixty_kinds_of_damage_can_befall_the_file(name: str) -> None:
    report, _ = good_reports()[name]
    assert len(fitting(name)) + sum(shape.change(report) is not None for shape in shapes()) >= LEAST_KINDS


@pytest.mark.parametrize("name", GOOD)
def test_every_damage_is_told_at_its_cell_or_reads_as_before(name: str, tmp_path: Path) -> None:
    report, file_format = good_reports()[name]
    chosen = [
        (damage, Random(f"{name}: {kind}").choice(spots)) for kind, (damage, spots) in fitting(name).items()
    ]
    (good, *read) = outcomes(
        [(report, file_format), *((hurt(report, damage, spot), file_format) for damage, spot in chosen)],
        tmp_path,
    )
    wrong = [
        f"{damage.name} at {file_format.place(report, spot)}: {fault}"
        for (damage, spot), outcome in zip(chosen, read, strict=True)
        for fault in _faults(damage, outcome, good, file_format.place(report, spot))
    ]
    assert wrong == []


def _faults(damage: Damage, outcome: Outcome, good: Outcome, place: Place) -> Iterator[str]:
    if damage.is_harmless:
        if outcome.said != good.said:
            yield "reads as something else"
        if outcome.to_mend:
            yield f"is asked about: {sorted(f.code for f in outcome.findings if f.place in outcome.to_mend)}"
        return
    if place not in outcome.to_mend:
        yield f"is not told: {sorted(f.code for f in outcome.findings)}"
    yield from (f"reads as {value!r}" for value in _other_values(outcome.said, good.said))


def _other_values(said: Said, good: Said) -> Iterator[object]:
    """Values that the good file has nowhere in the same part and field: what was made of the damage."""
    for part, rows in said.items():
        for row in rows:
            for name, value in row.items():
                known = [each[name] for each in good.get(part, ())]
                if value not in known and not _is_nothing(value):
                    yield value


def _is_nothing(value: object) -> bool:
    return value in (None, "") or getattr(value, "value", None) == "not_stated"


@pytest.mark.parametrize("name", GOOD)
def test_mending_exactly_the_cells_that_were_told_makes_the_file_pass(name: str, tmp_path: Path) -> None:
    report, file_format = good_reports()[name]
    (good,) = outcomes([(report, file_format)], tmp_path)
    random = Random(name)
    damaged = [_several(report, name, random) for _ in range(ROUNDS)]
    first = outcomes([(each, file_format) for each in damaged], tmp_path)
    mended = [
        _mended(each, report, outcome, file_format) for each, outcome in zip(damaged, first, strict=True)
    ]
    for outcome in outcomes([(each, file_format) for each in mended], tmp_path):
        assert (outcome.state, outcome.to_mend) == (SubmissionState.ACCEPTED, set())
        assert outcome.said == good.said


def _several(report: Report, name: str, random: Random) -> Report:
    """Half a dozen damages, each at a cell of its own."""
    kinds = random.sample(sorted(fitting(name)), k=AT_ONCE)
    taken: set[Spot] = set()
    for kind in kinds:
        damage, spots = fitting(name)[kind]
        spot = random.choice(spots)
        if spot not in taken:
            taken.add(spot)
            report = hurt(report, damage, spot)
    return report


def _mended(damaged: Report, good: Report, outcome: Outcome, file_format: Format) -> Report:
    spots = spots_by_place(good, file_format)
    for place in outcome.to_mend & spots.keys():
        damaged = damaged.put(spots[place], good.at(spots[place]))
    return damaged


def test_every_kind_of_cell_that_is_understood_can_be_damaged() -> None:
    reports = [report for report, _ in good_reports().values()]
    read = {column.kind for report in reports for page in report.pages for column in page.columns}
    assert read == {damage.kind for damage in damages()}
