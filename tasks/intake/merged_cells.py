"""Cells of a table that others cover, merged over them, and that hold a value of their own all the same.

No office program shows it, and a reader that knows of no merging counts it: which of the two is meant, only the sender
knows. Where a cell is merged down without that, its value is that of each row (lines.py).
"""

from collections.abc import Iterator

from domain.campaign import Campaign
from domain.findings import Finding, Place
from domain.telling import finding
from tasks.intake.table import Table


def covered(table: Table, campaign: Campaign) -> Iterator[Finding]:
    """At each of them, once: ranges that lie over one another are no office program's."""
    told: set[tuple[int, int]] = set()
    for left, top, right, bottom in table.sheet.merged_ranges():
        for row in range(max(top, table.headings.last + 1), min(bottom + 1, table.end)):
            for column in (at.index for at in table.headings.columns if left <= at.index <= right):
                place = row, column
                if place in told or place == (top, left) or table.sheet.cell(row, column).is_blank:
                    continue
                told.add(place)
                cell = Place(table.sheet.name, table.sheet.name_of(row, column))
                yield finding(campaign, "VALUE_COVERED", cell, seen=table.sheet.cell(row, column).seen)
