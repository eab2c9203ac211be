"""A value under a merged cell is asked about; a value that is merged down over blank cells is that of each row."""

import time
from dataclasses import replace

import pytest

from tasks.intake.grid import Book
from tasks.intake.looks import Look, dressed
from tasks.intake.refusals import Refused
from tests.tasks.intake.recognise_kit import HEADER, PROGRESS, grid, understood

ROWS = [[1, "Quy hoạch", "1.1", "", "", "", "Đạt"], [2, "Quy hoạch", "1.2", "", "", "", "Chưa đạt"]]


def covered(rows, *merged, table=PROGRESS):
    book = grid([*HEADER, table, *rows])
    sheet = replace(book.sheets[0], merged=merged)
    findings = understood(Book((sheet,)))[1]
    return [(each.place.cell, each.facts["seen"]) for each in findings if each.code == "VALUE_COVERED"]


def at(row, letter):
    return f"{letter}{len(HEADER) + 2 + row}"


def test_a_cell_that_another_covers_and_that_says_something_is_asked_about_once():
    down = f"{at(0, 'G')}:{at(1, 'G')}"
    assert covered(ROWS, down) == [(at(1, "G"), "Chưa đạt")]
    assert covered(ROWS, down, f"{at(0, 'G')}:{at(1, 'H')}") == [(at(1, "G"), "Chưa đạt")]
    assert covered([ROWS[0], [*ROWS[1][:6], None]], down) == []


def test_above_the_rows_and_beside_the_columns_nothing_is_lost():
    title = f"A{len(HEADER) + 1}:B{len(HEADER) + 1}"
    assert covered(ROWS, title, "A1:G1", f"{at(0, 'X')}:{at(1, 'Z')}") == []


def test_a_covered_cell_that_says_what_is_shown_is_no_doubt():
    """As programs write it that fill first and merge then."""
    same = [ROWS[0], [*ROWS[1][:6], "Đạt"]]
    assert covered(same, f"{at(0, 'G')}:{at(1, 'G')}") == []
    across = [[1, "Quy hoạch", "1.1", "", "", "Đạt", "Đạt"]]
    assert covered(across, f"{at(0, 'F')}:{at(0, 'G')}") == []
    under_a_blank = [[*ROWS[0][:6], None], ROWS[1]]
    assert covered(under_a_blank, f"{at(0, 'G')}:{at(1, 'G')}") == [(at(1, "G"), "Chưa đạt")]


def test_in_a_column_that_nobody_reads_nothing_is_lost():
    other = [ROWS[0], [2, "Giao thông", *ROWS[1][2:]]]
    assert covered(other, f"{at(0, 'A')}:{at(1, 'A')}", f"{at(0, 'B')}:{at(1, 'B')}") == []


def merged(*ranges):
    rows = [("h",) * 8, *[(None,) * 8] * 999]
    return dressed("a", rows, Look("a", merged=list(ranges)))


def test_as_many_ranges_as_a_sheet_has_cells_pass():
    pairs = [f"{left}{n}:{right}{n}" for n in range(1, 1001) for left, right in ("AB", "CD", "EF", "GH")]
    far = [f"A{n}:C{n}" for n in range(2000, 9000)]
    assert len(merged("A1:H1000").merged) == 1
    assert len(merged(*pairs, *far).merged) == 11_000


def test_ever_so_many_ranges_over_one_another_are_refused():
    """As it was found: 20,000 of them, 1 KB in the file, took minutes."""
    begin = time.process_time()
    with pytest.raises(Refused, match="chồng lên nhau"):
        merged(*[f"A1:H{1000 - n % 500}" for n in range(20_000)])
    with pytest.raises(Refused, match="chồng lên nhau"):
        merged(*["J1:K1048576"] * 50_000)
    assert time.process_time() - begin < 1
