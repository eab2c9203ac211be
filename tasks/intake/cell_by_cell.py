"""What was read of a file, cell by cell, for the eyes of a person. Judges nothing, sums nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from domain.campaign import Campaign
from domain.findings import Place
from domain.forms import CellKind, HeaderField, Part
from domain.reading.cell import Cell, Reading, fault_of
from domain.reading.indicator import codes_of
from domain.reading.listed import read_nil
from domain.reading.period import read_period
from domain.vietnamese import normal_text
from domain.weeks import WeekName
from tasks.intake.cells import Lists
from tasks.intake.habits import habits_of
from tasks.intake.recognise import Recognised
from tasks.intake.rows import cells_of


@dataclass(frozen=True)
class CellRead:
    """One filled cell. `part` None: a header line. `heading`: the sender's. `reading.value` None: not taken."""

    place: Place
    part: Part | None
    heading: str
    kind: CellKind
    reading: Reading[Any]


def every_cell(seen: Recognised, campaign: Campaign, week: WeekName) -> Iterator[CellRead]:
    """Header lines first, then table by table; blank cells are left out unless something is wrong with them. `week`:
    that the file is read for."""
    for line in seen.header:
        reading = fault_of(line.cell) or _header_value(line.field, line.cell, campaign, week)
        yield CellRead(line.place, None, line.field.labels[0], line.field.kind, reading)
    habits = habits_of(seen.tables, campaign.spellings.money_unit)
    lists = Lists(campaign, codes_of(campaign.catalogue), habits)
    for table in seen.tables:
        for place, at, reading in cells_of(table, lists):
            if normal_text(reading.raw) or reading.code:
                part = table.headings.form.part
                yield CellRead(place, part, at.heading.text, at.column.kind, reading)


def _header_value(field: HeaderField, cell: Cell, campaign: Campaign, week: WeekName) -> Reading[Any]:
    match field.kind:
        case CellKind.REPORTER:
            known = campaign.roster.named(cell.text)
            return Reading(known.id if known else None, cell.raw)
        case CellKind.DATE:
            return read_period(cell, week.wednesday)
        case CellKind.MARK:
            return read_nil(cell, campaign.spellings)
        case _:
            return Reading(normal_text(cell.text), cell.raw)
