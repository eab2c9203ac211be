"""The outbox: what is still to hand over, to whom, and who is at it. Knows no channel.

A delivery is claimed by a lock that ends with its process, not by a lease: a lease needs a clock, and after a
kill it would keep the next run waiting. Receivers still get the key of idempotency, for a lost answer.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, and_, select, update

from domain.weeks import WeekName
from tasks.store.engine import exclusive, writing
from tasks.store.tables import DeliveryState, deliveries, revisions


@dataclass(frozen=True, order=True)
class OwedDelivery:
    """One revision that one recipient has not confirmed. `attempts` counts hand-overs begun, this one too."""

    key: str
    recipient: str
    attempts: int
    last_error: str


def pending(connection: Connection, campaign: str, week: WeekName | None = None) -> tuple[OwedDelivery, ...]:
    """What the campaign still has to hand over, oldest first; of one week, or of all."""
    return _in_state(connection, DeliveryState.PENDING, campaign, week)


def refused(connection: Connection, campaign: str, week: WeekName | None = None) -> tuple[OwedDelivery, ...]:
    """What waits for a person, oldest first."""
    return _in_state(connection, DeliveryState.REFUSED, campaign, week)


def ask_again(connection: Connection, campaign: str, week: WeekName | None = None) -> None:
    """A person says that what was refused is to be handed over again: it is pending, its last error still told."""
    asked = and_(deliveries.c.state == DeliveryState.REFUSED, _is_of(campaign, week))
    connection.execute(update(deliveries).where(asked).values(state=DeliveryState.PENDING))


@contextmanager
def claimed(engine: Engine, key: str, recipient: str) -> Iterator[OwedDelivery | None]:
    """The delivery, for nobody else while the block runs; None where it needs no more handing over.

    Hand over and mark inside the block. Waits while another process delivers, then looks again; raises
    StoreBusy after a minute.
    """
    with exclusive(engine, "delivery"):
        with writing(engine) as connection:
            begun = (
                update(deliveries)
                .where(_is_pending(key, recipient))
                .values(attempts=deliveries.c.attempts + 1)
                .returning(*deliveries.c)
            )
            row = connection.execute(begun).first()
        yield _delivery(row) if row else None


def mark_delivered(connection: Connection, key: str, recipient: str, *, receipt: str, now: datetime) -> None:
    """The receiver confirmed. A second confirmation changes nothing."""
    done = {"state": DeliveryState.DELIVERED, "receipt": receipt, "last_error": "", "delivered_at": now}
    connection.execute(update(deliveries).where(_is_pending(key, recipient)).values(**done))


def mark_failed(connection: Connection, key: str, recipient: str, *, error: str, can_pass: bool) -> None:
    """It failed: it goes on waiting where that can pass, else it is refused and waits for a person."""
    state = DeliveryState.PENDING if can_pass else DeliveryState.REFUSED
    failed = update(deliveries).where(_is_pending(key, recipient)).values(state=state, last_error=error)
    connection.execute(failed)


def _in_state(
    connection: Connection, state: DeliveryState, campaign: str, week: WeekName | None
) -> tuple[OwedDelivery, ...]:
    found = connection.execute(select(deliveries).where(deliveries.c.state == state, _is_of(campaign, week)))
    rows = sorted(found, key=lambda row: (row.recorded_at, row.key, row.recipient))
    return tuple(_delivery(row) for row in rows)


def _is_of(campaign: str, week: WeekName | None) -> ColumnElement[bool]:
    """Campaigns may share a database, each with an office of its own."""
    issued = select(revisions.c.key).where(revisions.c.campaign == campaign)
    return deliveries.c.key.in_(issued.where(revisions.c.week == week) if week else issued)


def _is_pending(key: str, recipient: str) -> ColumnElement[bool]:
    c = deliveries.c
    return and_(c.key == key, c.recipient == recipient, c.state == DeliveryState.PENDING)


def _delivery(row: Any) -> OwedDelivery:
    return OwedDelivery(row.key, row.recipient, row.attempts, row.last_error)
