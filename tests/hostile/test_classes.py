"""Every hostile or odd file lands in its class, is told where it is wrong, and no value of it is read as another."""

import tracemalloc
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from domain.findings import Place
from tasks.intake.preflight import examine
from tests.hostile.judged import Judged, Sent, judged
from tests.hostile.unseen import FILES
from tests.hostile.unseen_kit import UnseenFile
from tests.tasks.intake.packages import BAD

pytestmark = pytest.mark.slow
MOST_BYTES = 200_000_000


@cache
def all_judged() -> Mapping[str, Judged]:
    """One intake of them all: none may cost another its place."""
    sent = [Sent(file.name, file.content(), file.reporter, file.week) for file in FILES]
    with TemporaryDirectory() as folder:
        return {one.name: outcome for one, outcome in zip(sent, judged(sent, Path(folder)), strict=True)}


def test_there_are_at_least_two_hundred_and_a_third_is_by_somebody_who_has_not_seen_the_checks() -> None:
    assert len(FILES) + len(BAD) >= 200
    assert len(FILES) * 3 >= len(FILES) + len(BAD)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_lands_in_its_class(file: UnseenFile) -> None:
    outcome = all_judged()[file.name]
    found = [
        (f.code, f.place.sheet, f.place.cell) for f in outcome.verdict.findings if f.place in outcome.asked
    ]
    assert (outcome.outcome, file.why) == (file.expected, file.why), found


@pytest.mark.parametrize("file", [file for file in FILES if file.faults], ids=lambda file: file.name)
def test_what_is_wrong_is_told_at_its_cell(file: UnseenFile) -> None:
    outcome = all_judged()[file.name]
    assert {Place(*fault) for fault in file.faults} <= outcome.asked


@pytest.mark.parametrize("file", [file for file in FILES if file.expects], ids=lambda file: file.name)
def test_no_value_is_read_as_another(file: UnseenFile) -> None:
    values = all_judged()[file.name].values
    wrong = [
        (sheet, cell, expected, read)
        for sheet, cell, expected in file.expects
        if not _same(expected, read := values.get(Place(sheet, cell)))
    ]
    assert wrong == []


def _same(expected: object, read: object) -> bool:
    if isinstance(expected, Decimal) and isinstance(read, int | Decimal):
        return Decimal(read) == expected
    return read == expected


@pytest.mark.parametrize(
    "file", [file for file in FILES if file.expected == "quarantine"], ids=lambda file: file.name
)
def test_a_refused_container_takes_little_memory(file: UnseenFile) -> None:
    content = file.content()
    tracemalloc.start()
    examine(content, file.name)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < MOST_BYTES
