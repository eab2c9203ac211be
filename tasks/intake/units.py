"""What is asked about the units of a table's sums: none is stated, none that we know, or two.

Knows what is told; which unit a column has is table.py's.
"""

from collections.abc import Iterator, Sequence

from domain.campaign import Campaign
from domain.findings import Finding, Place
from domain.telling import finding
from tasks.intake.headings import ColumnAt
from tasks.intake.table import Table, UnitLine


def unit_findings(table: Table, without: Sequence[ColumnAt], campaign: Campaign) -> Iterator[Finding]:
    """`without`: the columns with sums that have no sure unit. What a line above them says is told once."""
    sheet = table.sheet.name
    at_headings = [at for at in without if at.heading.has_strange_unit or not table.unit_lines]
    for at in at_headings:
        place = Place(sheet, table.heading_cell(at.index))
        yield finding(campaign, "MONEY_UNIT_MISSING", place, heading=at.heading.text)
    if len(at_headings) < len(without):
        below = next(at for at in without if at not in at_headings)
        yield _of_lines(table, below, campaign)


def _of_lines(table: Table, at: ColumnAt, campaign: Campaign) -> Finding:
    lines, sheet = table.unit_lines, table.sheet.name
    unknown = next((line for line in lines if line.unit is None), None)
    if unknown:
        return finding(campaign, "MONEY_UNIT_UNKNOWN", Place(sheet, unknown.cell), seen=unknown.text)
    beside = UnitLine(table.heading_cell(at.index), at.heading.text, at.heading.unit)
    other = next(line for line in (*lines, beside) if line.unit != lines[0].unit)
    facts = {"seen": lines[0].text, "read": other.text, "first": Place("", other.cell).vi}
    return finding(campaign, "MONEY_UNITS_DIFFER", Place(sheet, lines[0].cell), **facts)
