"""What once broke a promise of the reading, and every seed of the fuzzing, break none now."""

from pathlib import Path
from random import Random

import pytest

from tasks.intake.formats import FileFormat
from tests.fuzz.corpus import KEPT, seeds
from tests.fuzz.mutations import mutated
from tests.fuzz.trial import Trials


@pytest.fixture(scope="module")
def trials(tmp_path_factory: pytest.TempPathFactory) -> Trials:
    return Trials(tmp_path_factory.mktemp("archive"))


def test_what_once_broke_something_breaks_nothing_now(trials: Trials) -> None:
    once = [(path.name, path.read_bytes()) for path in sorted(KEPT.iterdir()) if path.suffix]
    assert once
    _, problems = trials.run(once)
    assert [(problem.sign, problem.name) for problem in problems] == []


def test_the_seeds_are_of_every_format_and_each_ends_as_a_book_or_a_finding(trials: Trials) -> None:
    files = list(seeds().items())
    assert {FileFormat.of_name(name) for name, _ in files} == {*FileFormat, None}  # None: scans
    outcomes, problems = trials.run(files)
    assert [(problem.sign, problem.name) for problem in problems] == []
    assert {Path(outcome.name).suffix for outcome in outcomes if " read " in outcome.sign} >= {
        f".{known}" for known in FileFormat
    }


def test_a_seed_of_chance_repeats_its_damage() -> None:
    others = list(seeds().values())
    for data in others:
        assert mutated(data, Random(7), others) == mutated(data, Random(7), others)
