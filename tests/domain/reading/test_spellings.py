"""Every line of every table of spellings, read by the real reading; docs/reading.md is written from the same lines."""

from pathlib import Path

import pytest

from config.facts import load_campaign, load_messages
from config.reading_page import reading_page, tables_of
from domain.reading.spellings import Spelling, SpellingTable

CAMPAIGN = load_campaign("my-loc-2023")
LINES = [(table, spelling) for table in tables_of(CAMPAIGN) for spelling in table.spellings]
ROOT = Path(__file__).parents[3]


def named(one: object) -> str:
    return one.kind if isinstance(one, SpellingTable) else repr(getattr(one, "typed", one))


@pytest.mark.parametrize(("table", "spelling"), LINES, ids=named)
def test_a_spelling_is_read_or_refused_as_its_table_says(table: SpellingTable, spelling: Spelling) -> None:
    reading = table.read(spelling.cell, **spelling.facts)
    shown = "" if reading.value is None else table.shown(reading.value)
    assert (shown, reading.code) == (spelling.reads, spelling.code)


@pytest.mark.parametrize("table", tables_of(CAMPAIGN), ids=named)
def test_every_kind_says_what_is_understood_and_what_is_asked(table: SpellingTable) -> None:
    assert any(spelling.reads for spelling in table.spellings)
    assert any(spelling.code and not spelling.reads for spelling in table.spellings)


def test_no_line_stands_twice() -> None:
    for table in tables_of(CAMPAIGN):
        keys = [(type(s.typed), repr(s.typed), s.where, s.number_format, s.font) for s in table.spellings]
        assert len(set(keys)) == len(keys), table.kind


def test_every_code_of_the_tables_has_its_sentence() -> None:
    messages = load_messages()
    assert {spelling.code for _, spelling in LINES if spelling.code} <= set(messages)


def test_the_page_on_reading_is_current() -> None:
    written = (ROOT / "docs" / "reading.md").read_text(encoding="utf-8")
    page = reading_page(CAMPAIGN, load_messages())
    assert written == page, "run: python -m config.reading_page docs/reading.md"


def test_the_page_leaves_no_fact_open() -> None:
    assert "…" not in reading_page(CAMPAIGN, load_messages())
