import pytest

from domain.reading.spellings_text import TABLES

LINES = [(table, spelling) for table in TABLES for spelling in table.spellings]


@pytest.mark.parametrize(("table", "spelling"), LINES, ids=lambda each: repr(getattr(each, "typed", "")))
def test_every_line_of_the_tables_is_true(table, spelling):
    reading = table.read(spelling.cell, **spelling.facts)
    shown = "" if reading.value is None else table.shown(reading.value)
    assert (shown, reading.code) == (spelling.reads, spelling.code)
    assert reading.raw == spelling.typed
