"""Cells of a table that others cover, merged over them, and that hold a value of their own all the same.

No office program shows it, and a reader that knows of no merging counts it: which of the two is meant, only the sender
knows. Where a cell is merged down without that, its value is that of each row (lines.py).
"""

from collections.abc import Iterator

from domain.campaign import Campaign
from domain.findings import Finding, Place
from domain.telling import finding
from tasks.intake.read_lines import kept_columns
from tasks.intake.table import Table


def covered(table: Table, campaign: Campaign) -> Iterator[Finding]:
    """At each of them that a row would keep and that says something else than the cell over it; once."""
    read = {at.index for at in (*kept_columns(table), *table.headings.ticked)}
    told: set[tuple[int, int]] = set()
    for left, top, right, bottom in table.sheet.merged_ranges():
        shown, columns = table.sheet.cell(top, left).seen, [each for each in read if left <= each <= right]
        for row in range(max(top, table.headings.last + 1), min(bottom + 1, table.end)) if columns else ():
            for place in [(row, column) for column in columns if (row, column) not in told]:
                cell = table.sheet.cell(*place)
                if not cell.is_blank and cell.seen != shown:
                    told.add(place)
                    at = Place(table.sheet.name, table.sheet.name_of(*place))
                    yield finding(campaign, "VALUE_COVERED", at, seen=cell.seen)
