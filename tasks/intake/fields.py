"""What a separator too many does to the rows of a text file: all that stands behind it is one column too far right."""

from collections.abc import Iterator

from domain.campaign import Campaign
from domain.findings import Finding, Place
from domain.forms import CellKind
from domain.telling import finding
from tasks.intake.doubts import UNQUOTED
from tasks.intake.table import Table

_NUMBERS = frozenset({CellKind.MONEY, CellKind.PERCENT, CellKind.RESULT})
_OF_WORDS = frozenset({CellKind.TEXT, CellKind.DATE, CellKind.YES_NO})


def moved_fields(table: Table, campaign: Campaign) -> Iterator[Finding]:
    """Rows that are too long, and numbers where no number is asked for."""
    yield from _too_long(table, campaign)
    yield from _split(table, campaign)


def _too_long(table: Table, campaign: Campaign) -> Iterator[Finding]:
    """Rows of a text file with more fields than its headings: a separator too many moves every sum behind it."""
    if table.sheet.name:
        return
    width = len(table.sheet.rows[table.headings.last])
    for row in range(table.headings.last + 1, table.end):
        if _is_too_long(table, row):
            yield finding(campaign, "ROW_TOO_LONG", Place("", table.sheet.name_of(row, width)))


def _is_too_long(table: Table, row: int) -> bool:
    return len(table.sheet.rows[row]) > len(table.sheet.rows[table.headings.last])


def _split(table: Table, campaign: Campaign) -> Iterator[Finding]:
    """Numbers below headings of words, behind a column of numbers, where commas stand between fields and nothing is
    quoted: 2000,5 became two fields, and all behind it stands one column too far right."""
    if ("A1", UNQUOTED) not in table.sheet.doubts:
        return
    columns = sorted(table.headings.columns, key=lambda at: at.index)
    first = next((n for n, at in enumerate(columns) if at.column.kind in _NUMBERS), len(columns))
    of_words = [at for at in columns[first:] if at.column.kind in _OF_WORDS]
    for row in range(table.headings.last + 1, table.end):
        for at in of_words if not _is_too_long(table, row) else ():
            value = table.sheet.value(row, at.index)
            if isinstance(value, str) and value.strip().isdecimal():
                place = Place(table.sheet.name, table.sheet.name_of(row, at.index))
                yield finding(
                    campaign, "NUMBER_MAY_BE_SPLIT", place, seen=value.strip(), heading=at.heading.text
                )
