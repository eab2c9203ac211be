"""What the child says is what the parent hears: every kind of value, every style."""

import math
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.intake.grid import Book, Sheet, Style
from tasks.intake.wire import book_from_json, book_to_line, message_in

TEXT = st.text(max_size=6)
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False),
    TEXT,
    st.dates(),
    st.datetimes(),
    st.times(),
)
STYLES = st.builds(Style, TEXT, TEXT, TEXT, st.booleans())
SHEETS = st.builds(
    Sheet,
    TEXT,
    st.lists(st.lists(VALUES, max_size=5).map(tuple)).map(tuple),
    st.dictionaries(TEXT, STYLES),
    st.lists(TEXT).map(tuple),
    st.booleans(),
)
BOOKS = st.builds(Book, st.lists(SHEETS, max_size=3).map(tuple))


def typed(book: Book) -> list[tuple[type, object]]:
    """1, 1.0 and True are equal; they are three answers."""
    return [(type(value), value) for sheet in book.sheets for row in sheet.rows for value in row]


@settings(max_examples=50)
@given(BOOKS)
def test_a_book_comes_back_as_it_was_on_one_line(book: Book) -> None:
    line = book_to_line(book)
    assert b"\n" not in line
    heard = book_from_json(message_in(line))
    assert heard == book
    assert typed(heard) == typed(book)


def test_a_text_that_looks_like_a_date_stays_text() -> None:
    sheet = Sheet("", (('{"date": "2023-04-12"}', "2023-04-12"),))
    assert book_from_json(message_in(book_to_line(Book((sheet,))))).sheets == (sheet,)


@pytest.mark.parametrize("number", [math.inf, -math.inf, math.nan])
def test_what_json_has_no_word_for_comes_back_as_it_was(number: float) -> None:
    """As a blank it would state nothing, and nobody would be asked about it."""
    (sheet,) = book_from_json(
        message_in(book_to_line(Book((Sheet("", ((number, date(2023, 4, 12)),)),))))
    ).sheets
    assert repr(sheet.rows) == repr(((number, date(2023, 4, 12)),))


def test_half_a_sign_comes_back_as_half_a_sign() -> None:
    """An .xls may hold one; it has no UTF-8, and must not take the child with it."""
    sheet = Sheet("Tiến độ", (("Đ\ud83d", "đạt"),))
    line = book_to_line(Book((sheet,)))
    assert book_from_json(message_in(line)).sheets == (sheet,)
