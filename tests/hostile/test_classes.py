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
from tests.hostile import proved, unseen
from tests.hostile.judged import Judged, Sent, judged
from tests.hostile.unseen_kit import UnseenFile
from tests.tasks.intake.packages import BAD

pytestmark = pytest.mark.slow
MOST_BYTES = 200_000_000
FILES = (*unseen.FILES, *proved.FILES)
# Where the class was open and we took the other one, with our reason. The writer's own stands beside each file.
SETTLED: Mapping[str, tuple[str, str]] = {
    "ISO Strict.xlsx": (
        "accept",
        "calamine reads Strict as it reads the rest: the same book, a test holds it",
    ),
    "có macro.xlsm": (
        "accept",
        "many offices save so without a macro; what holds one is refused by its parts",
    ),
    "nợ một dấu chấm.csv": (
        "accept",
        "its column says elsewhere that dots group: the issue lets a column settle it",
    ),
    "Word một dấu chấm.docx": ("accept", "its column says elsewhere that dots group"),
    "ods hiển thị khác giá trị.ods": ("accept", "programs show the stored value and write the text anew"),
    "chữ nhiều kiểu trong ô.xlsx": (
        "return",
        "without xml:space the blank between the runs is none (ECMA-376)",
    ),
    "chữ TCVN3 nửa ô.xlsx": ("return", "the same: the runs don't make up the text that is read"),
}
# A repeated project is told at its name, whatever made it the same one.
TOLD_ELSEWHERE = {"dự án lặp.xlsx": ("C. Nợ XDCB", "B6")}
# Word has no sheets: the writer names tables by their titles, we by their numbers.
TABLES_OF_WORD = {"A. Tiến độ": "Bảng 2", "C. Nợ XDCB": "Bảng 3"}


@cache
def all_judged() -> Mapping[str, Judged]:
    """One intake of them all: none may cost another its place."""
    sent = [Sent(file.name, file.content(), file.reporter, file.week) for file in FILES]
    with TemporaryDirectory() as folder:
        return {one.name: outcome for one, outcome in zip(sent, judged(sent, Path(folder)), strict=True)}


def test_there_are_at_least_two_hundred_and_a_third_is_by_somebody_who_has_not_seen_the_checks() -> None:
    assert len(unseen.FILES) >= 200
    assert len(unseen.FILES) * 3 >= len(FILES) + len(BAD)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_lands_in_its_class(file: UnseenFile) -> None:
    outcome = all_judged()[file.name]
    found = [
        (f.code, f.place.sheet, f.place.cell) for f in outcome.verdict.findings if f.place in outcome.asked
    ]
    expected, why = SETTLED.get(file.name, (file.expected, file.why))
    assert outcome.outcome == expected, (why, found)


@pytest.mark.parametrize("file", [file for file in FILES if file.faults], ids=lambda file: file.name)
def test_what_is_wrong_is_told_at_its_cell(file: UnseenFile) -> None:
    outcome = all_judged()[file.name]
    faults = [TOLD_ELSEWHERE[file.name]] if file.name in TOLD_ELSEWHERE else file.faults
    assert outcome.outcome == "accept" or {_place(file, outcome, *fault) for fault in faults} <= outcome.asked


@pytest.mark.parametrize("file", [file for file in FILES if file.expects], ids=lambda file: file.name)
def test_no_value_is_read_as_another(file: UnseenFile) -> None:
    outcome = all_judged()[file.name]
    if SETTLED.get(file.name, ("accept", ""))[0] == "return":
        return  # nothing of it counts
    wrong = [
        (sheet, cell, expected, read)
        for sheet, cell, expected in file.expects
        if not _same(expected, read := outcome.values.get(_place(file, outcome, sheet, cell)))
    ]
    assert wrong == []


def _place(file: UnseenFile, outcome: Judged, sheet: str, cell: str) -> Place:
    """In our words: the only sheet of an .xls has a name, a table of Word a number."""
    if file.topic == "docx":
        return Place(TABLES_OF_WORD[sheet], cell)
    sheets = {place.sheet for place in {*outcome.values, *outcome.asked} if place.cell}
    return Place(next(iter(sheets)) if not sheet and len(sheets) == 1 else sheet, cell)


def _same(expected: object, read: object) -> bool:
    if isinstance(expected, Decimal) and isinstance(read, int | Decimal):
        return Decimal(read) == expected
    return read == expected


def test_refusing_takes_little_memory() -> None:
    """Of all of them, one after the other: what one left behind would show."""
    tracemalloc.start()
    for file in FILES:
        content = file.content()
        tracemalloc.reset_peak()
        before, _ = tracemalloc.get_traced_memory()
        refused = examine(content, file.name).format is None
        _, peak = tracemalloc.get_traced_memory()
        assert not refused or peak - before < MOST_BYTES, file.name
    tracemalloc.stop()
