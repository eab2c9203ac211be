"""What people decided over quarantined files: who, what, why, when. Knows no verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from tasks.store.inserting import insert_new
from tasks.store.tables import Decision, settlements


@dataclass(frozen=True)
class Settlement:
    """One decision over one file. `decided_by` is a role; `settled_as`: the submission that stands in its place."""

    submission_id: int
    decision: Decision
    decided_by: str
    reason: str
    settled_as: int | None = None


@dataclass(frozen=True)
class Recorded:
    """A decision with the moment from which it counts."""

    settlement: Settlement
    recorded_at: datetime


def record(connection: Connection, settlement: Settlement, now: datetime) -> bool:
    """False, and nothing written, where somebody decided over the file before: who was first stands."""
    insert = insert_new(connection, settlements).values(**vars(settlement), recorded_at=now)
    return connection.execute(insert.returning(settlements.c.submission_id)).first() is not None


def of(connection: Connection, submission_ids: Sequence[int]) -> Mapping[int, Recorded]:
    """Submission -> what was decided over it; one that nobody decided over has no key."""
    query = select(settlements).where(settlements.c.submission_id.in_(submission_ids))
    return {
        row.submission_id: Recorded(
            Settlement(row.submission_id, row.decision, row.decided_by, row.reason, row.settled_as),
            row.recorded_at,
        )
        for row in connection.execute(query)
    }


def in_place_of(connection: Connection, submission_id: int) -> tuple[int, ...]:
    """The files in whose place this submission stands."""
    c = settlements.c
    query = select(c.submission_id).where(c.settled_as == submission_id).order_by(c.submission_id)
    return tuple(connection.execute(query).scalars())
