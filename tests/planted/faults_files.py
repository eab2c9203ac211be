"""Faults of whole files: copies of last week's, and what stands in the header."""

from domain.findings import Place
from domain.forms import Part
from tests.planted.kinds import Spot, kind
from tests.planted.paper import Report
from tests.planted.weeks import reports

STALE, SLIP = "stale copy", "slip"
# In these weeks last week's documents would be late for a milestone, or skip a request: copies are planted in others.
_MILESTONES = (1, 2, 4)


def _copy(spot: Spot) -> bool:
    if spot.now.is_commune and spot.at in _MILESTONES:
        return False
    spot.now.tables = spot.before.copy().tables
    return True


@kind(STALE)
def copy_under_a_new_date(spot: Spot) -> bool:
    if not _copy(spot):
        return False
    spot.finds_at("UNCHANGED_COPY", Place())
    return True


@kind(STALE)
def copy_under_the_old_date(spot: Spot) -> bool:
    if not _copy(spot):
        return False
    spot.now.period = spot.before.period
    # Expected besides before the first run: UNCHANGED_COPY. But "quarantined = we aren't sure whose or what it is"
    # (SEMANTICS, Submissions): it is set beside no week until somebody has released it. Decision 0027.
    spot.finds_at("WEEK_DIFFERS", Report.header_place("period"))
    return True


@kind(STALE, is_limit=True)
def copy_with_one_cell_mended(spot: Spot) -> bool:
    if not _copy(spot):
        return False
    line = next(each for each in spot.now.of(Part.PROGRESS) if each.get("planned_on"))
    line["completion"] += 1
    return True


@kind(STALE, is_limit=True)
def copy_of_one_table(spot: Spot) -> bool:
    if spot.at in _MILESTONES:
        return False
    spot.now.tables[Part.PROGRESS] = spot.before.copy().tables[Part.PROGRESS]
    return True


@kind(SLIP)
def file_of_another_week(spot: Spot) -> bool:
    spot.now.period = spot.after.period
    spot.finds_at("WEEK_DIFFERS", Report.header_place("period"))
    return True


@kind(SLIP)
def file_of_another_commune(spot: Spot) -> bool:
    other = spot.one_of(each for each in spot.now.campaign.roster.communes() if each.id != spot.now.reporter)
    assert other
    spot.now.sender = reports(other.id)[0].sender
    spot.finds_at("REPORTER_DIFFERS", Report.header_place("agency"))
    return True
