"""From "what stands at a criterion holds for each of its indicators" to one row per indicator and period.

Knows how an entry inherits; doesn't know whether its reporters exist (checks.py).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from config import schema
from config.campaign_files import CampaignFiles
from domain.criteria import Assignment


@dataclass(frozen=True)
class PlacedAssignment:
    """A row and the place in assignments.yaml that says it."""

    row: Assignment
    path: tuple[str | int, ...]

    def is_valid_on(self, day: date) -> bool:
        return (self.row.valid_from or day) <= day <= (self.row.valid_to or day)


def placed_assignments(files: CampaignFiles) -> tuple[PlacedAssignment, ...]:
    """Every row in the order of the catalogue. Codes that it doesn't have are left to the checks."""
    return (*_of_criteria(files), *_of_conditions(files))


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
