"""From "what stands at a criterion holds for each of its indicators" to one row per indicator and period.

Knows how an entry inherits, and that a catalogue's codes are assigned while it holds; doesn't know whether its
reporters exist (checks.py).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from config import schema
from config.campaign_files import CampaignFiles
from config.dated import Version, versions
from domain.criteria import Assignment


@dataclass(frozen=True)
class PlacedAssignment:
    """A row and the place in assignments.yaml that says it."""

    row: Assignment
    path: tuple[str | int, ...]


def placed_assignments(files: CampaignFiles) -> tuple[PlacedAssignment, ...]:
    """Every row in the order of the catalogues. Codes that none has are left to the checks."""
    of_criteria = (
        within
        for version in versions(files)
        for placed in _of_criteria(version.files)
        if (within := _while_it_holds(placed, version))
    )
    return (*of_criteria, *_of_conditions(files))


def _while_it_holds(placed: PlacedAssignment, version: Version) -> PlacedAssignment | None:
    """Another catalogue may ask the same code in another criterion, of another agency."""
    row = placed.row
    begins = [day for day in (row.valid_from, version.valid_from) if day]
    ends = [day for day in (row.valid_to, version.valid_to) if day]
    if row.valid_from and row.valid_to and row.valid_to < row.valid_from:
        return placed  # the checks tell it as it is written
    if begins and ends and min(ends) < max(begins):
        return None
    first, last = max(begins, default=None), min(ends, default=None)
    return replace(placed, row=replace(row, valid_from=first, valid_to=last))


def _of_criteria(files: CampaignFiles) -> Iterator[PlacedAssignment]:
    entries = files.assignments.data.criteria
    for criterion_id, criterion in files.catalogue.data.criteria.items():
        entry = entries.get(criterion_id)
        if entry is None:
            continue
        for code in criterion.indicators:
            own = entry.indicators.get(code)
            path = ("criteria", criterion_id)
            if own is None:
                yield PlacedAssignment(_row(files, code, entry, entry), path)
                continue
            for n, period in enumerate(own):
                yield PlacedAssignment(_row(files, code, period, entry), (*path, "indicators", code, n))


def _of_conditions(files: CampaignFiles) -> Iterator[PlacedAssignment]:
    for code, periods in files.assignments.data.conditions.items():
        for n, period in enumerate(periods):
            yield PlacedAssignment(_row(files, code, period, period), ("conditions", code, n))


def _row(
    files: CampaignFiles, code: str, entry: schema.AssignmentEntry, above: schema.AssignmentEntry
) -> Assignment:
    """The entry, then what stands above it, then the file."""
    file = files.assignments.data
    confirmed = above.confirmed if entry.confirmed is None else entry.confirmed
    return Assignment(
        code=code,
        lead=entry.lead,
        support=entry.support,
        confirmed=bool(file.confirmed if confirmed is None else confirmed),
        valid_from=entry.valid_from or above.valid_from or file.valid_from,
        valid_to=entry.valid_to or above.valid_to or file.valid_to,
    )
