"""Which files came, from whom, for which week, and when. Knows nothing of what stands in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import Connection, RowMapping, Select, and_, exists, func, select

from domain.submissions import SubmissionState
from domain.weeks import WeekName
from tasks.store.inserting import insert_new
from tasks.store.tables import submissions, verdicts

TYPED = "typed"  # the channel of what an officer typed from a scan


@dataclass(frozen=True)
class Arrival:
    """One file that came. `stated_by` is empty unless a person stated `received_at` (a back-fill).

    `file_name` is empty where the file carried a secrecy mark: neither its name nor its bytes were kept.
    """

    campaign: str
    reporter: str
    week: WeekName
    sha256: str
    file_name: str
    size: int
    received_at: datetime
    channel: str
    stated_by: str = ""

    @property
    def is_secret(self) -> bool:
        return not self.file_name


@dataclass(frozen=True)
class Registered:
    """`is_new` is False where the same bytes were there already for this reporter and week."""

    id: int
    sha256: str
    is_new: bool


@dataclass(frozen=True)
class Stored:
    """A file as registered. Of a file that came twice, the first arrival stands."""

    id: int
    arrival: Arrival
    recorded_at: datetime


def register(connection: Connection, arrivals: Sequence[Arrival], now: datetime) -> tuple[Registered, ...]:
    """One answer for each arrival, in their order; twice, or by two processes at once, registers once."""
    return tuple(_register(connection, arrival, now) for arrival in arrivals)


def already_taken(connection: Connection, campaign: str) -> Mapping[tuple[str, WeekName, str], int]:
    """(reporter, week, sha256) of every file of the campaign -> its id, so that a second run skips the work."""
    c = submissions.c
    rows = connection.execute(select(c.id, c.reporter, c.week, c.sha256).where(c.campaign == campaign))
    return {(row.reporter, row.week, row.sha256): row.id for row in rows}


def unjudged(connection: Connection, campaign: str) -> tuple[int, ...]:
    """Files without any verdict, by week, then oldest first: a week is judged beside the weeks before it."""
    c = submissions.c
    judged = exists().where(verdicts.c.submission_id == c.id)
    query = select(c.id).where(c.campaign == campaign, ~judged).order_by(c.week, c.recorded_at, c.id)
    return tuple(connection.execute(query).scalars())


def first_sight(connection: Connection, campaign: str, reporter: str, sha256: str) -> datetime | None:
    """When these bytes first came from this reporter for a week of which they never counted; None where they didn't."""
    c, v = submissions.c, verdicts.c
    mine = and_(c.campaign == campaign, c.reporter == reporter, c.sha256 == sha256)
    counted = exists().where(v.submission_id == c.id, v.state == SubmissionState.ACCEPTED)
    return connection.execute(select(func.min(c.received_at)).where(mine, ~counted)).scalar_one()


def find(connection: Connection, submission_ids: Sequence[int]) -> tuple[Stored, ...]:
    """These files in the order asked for; ids that do not exist are left out."""
    query = select(submissions).where(submissions.c.id.in_(submission_ids))
    found = {row["id"]: _stored(row) for row in connection.execute(query).mappings()}
    return tuple(found[submission_id] for submission_id in submission_ids if submission_id in found)


def find_by_hash(connection: Connection, campaign: str, beginning: str) -> tuple[Stored, ...]:
    """The campaign's files whose hash begins so, by their number. `beginning`: hexadecimal digits in small letters."""
    c = submissions.c
    mine = and_(c.campaign == campaign, c.sha256.startswith(beginning))
    rows = connection.execute(select(submissions).where(mine).order_by(c.id)).mappings()
    return tuple(_stored(row) for row in rows)


def _register(connection: Connection, arrival: Arrival, now: datetime) -> Registered:
    insert = insert_new(connection, submissions).values(**vars(arrival), recorded_at=now)
    new_id = connection.execute(insert.returning(submissions.c.id)).scalar_one_or_none()
    if new_id is not None:
        return Registered(new_id, arrival.sha256, is_new=True)
    return Registered(connection.execute(_same(arrival)).scalar_one(), arrival.sha256, is_new=False)


def _same(arrival: Arrival) -> Select[tuple[int]]:
    c = submissions.c
    return select(c.id).where(
        c.campaign == arrival.campaign,
        c.reporter == arrival.reporter,
        c.week == arrival.week,
        c.sha256 == arrival.sha256,
    )


def _stored(row: RowMapping) -> Stored:
    arrival = Arrival(**{field.name: row[field.name] for field in fields(Arrival)})
    return Stored(row["id"], arrival, row["recorded_at"])
