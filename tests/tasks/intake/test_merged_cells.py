"""A value under a merged cell is asked about; a value that is merged down over blank cells is that of each row."""

from dataclasses import replace

from tasks.intake.grid import Book
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
