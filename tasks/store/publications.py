"""What was issued: configurations, revisions with their documents, and the outbox rows born with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, select

from domain.weeks import WeekName
from tasks.store.inserting import insert_new
from tasks.store.tables import DeliveryState, configurations, deliveries, documents, revisions


@dataclass(frozen=True, order=True)
class Document:
    """One published file; its bytes are in the archive."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, kw_only=True)
class Revision:
    """What was issued for a week. `as_of` is the moment of its snapshot, `documents` are sorted by name."""

    campaign: str
    week: WeekName
    number: int
    summary_sha256: str
    config_hash: str
    code_version: str
    as_of: datetime
    recorded_at: datetime
    reason: str = ""
    acted_by: str = ""
    documents: tuple[Document, ...] = ()

    @property
    def key(self) -> str:
        """`my-loc-2023:2023-W15:1`: the idempotency key of its deliveries."""
        return f"{self.campaign}:{self.week}:{self.number}"


def record_configuration(
    connection: Connection, config_hash: str, files: Mapping[str, str], now: datetime
) -> None:
    """Note which archived bytes a configuration was read from (name -> sha256). Twice notes it once."""
    insert = insert_new(connection, configurations)
    connection.execute(insert.values(hash=config_hash, files=dict(files), recorded_at=now))


def configuration(connection: Connection, config_hash: str) -> Mapping[str, str] | None:
    """File name -> sha256 in the archive; None for a configuration under which nothing was issued."""
    query = select(configurations.c.files).where(configurations.c.hash == config_hash)
    return connection.execute(query).scalar_one_or_none()


def record_revision(connection: Connection, revision: Revision, recipients: Sequence[str]) -> bool:
    """Write the revision, its documents and one pending delivery for each recipient, all in this transaction.

    False, and nothing written, where the number is taken: another run issued it first; compare with that one.
    The configuration must be recorded before (IntegrityError).
    """
    insert = insert_new(connection, revisions).values(**_values(revision)).returning(revisions.c.key)
    if connection.execute(insert).first() is None:
        return False
    for document in revision.documents:
        connection.execute(documents.insert().values(key=revision.key, **vars(document)))
    for recipient in recipients:
        connection.execute(deliveries.insert().values(**_pending(revision, recipient)))
    return True


def latest_revision(connection: Connection, campaign: str, week: WeekName) -> Revision | None:
    """The one in force; None before the first."""
    issued = revisions_of(connection, campaign, week)
    return issued[-1] if issued else None


def revisions_of(connection: Connection, campaign: str, week: WeekName | None = None) -> tuple[Revision, ...]:
    """All that were issued for a week, 1 first; None = for every week, by week."""
    mine = revisions.c.campaign == campaign
    return _revisions(connection, mine if week is None else and_(mine, revisions.c.week == week))


def revision_of(connection: Connection, key: str) -> Revision | None:
    """The revision that a delivery hands over."""
    return next(iter(_revisions(connection, revisions.c.key == key)), None)


def _revisions(connection: Connection, which: ColumnElement[bool]) -> tuple[Revision, ...]:
    found = (
        connection.execute(select(revisions).where(which).order_by(revisions.c.week, revisions.c.number))
        .mappings()
        .all()
    )
    listed: dict[str, list[Document]] = {row["key"]: [] for row in found}
    mine = select(documents).join(revisions, revisions.c.key == documents.c.key).where(which)
    for row in connection.execute(mine):
        listed[row.key].append(Document(row.name, row.sha256, row.size))
    names = [f.name for f in fields(Revision) if f.name != "documents"]
    return tuple(
        Revision(documents=tuple(sorted(listed[row["key"]])), **{name: row[name] for name in names})
        for row in found
    )


def _values(revision: Revision) -> dict[str, Any]:
    return {"key": revision.key, **{k: v for k, v in vars(revision).items() if k != "documents"}}


def _pending(revision: Revision, recipient: str) -> dict[str, Any]:
    return {
        "key": revision.key,
        "recipient": recipient,
        "state": DeliveryState.PENDING,
        "attempts": 0,
        "last_error": "",
        "receipt": "",
        "recorded_at": revision.recorded_at,
    }
