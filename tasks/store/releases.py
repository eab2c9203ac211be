"""Which quarantined files somebody answered for: who, why, when. Knows no verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from tasks.store.inserting import insert_new
from tasks.store.tables import releases


@dataclass(frozen=True)
class Release:
    """One file that counts as this reporter's and this week's. `released_by` is a role."""

    submission_id: int
    released_by: str
    reason: str


def record(connection: Connection, release: Release, now: datetime) -> bool:
    """False, and nothing written, where the file was released before: who was first stands."""
    insert = insert_new(connection, releases).values(**vars(release), recorded_at=now)
    return connection.execute(insert.returning(releases.c.submission_id)).first() is not None


def of(connection: Connection, submission_ids: Sequence[int]) -> Mapping[int, Release]:
    """Submission -> its release; one that nobody released has no key."""
    query = select(releases).where(releases.c.submission_id.in_(submission_ids))
    return {
        row.submission_id: Release(row.submission_id, row.released_by, row.reason)
        for row in connection.execute(query)
    }
