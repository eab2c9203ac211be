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

from tasks.store.engine import exclusive, writing
from tasks.store.tables import DeliveryState, deliveries


@dataclass(frozen=True, order=True)
class PendingDelivery:
    """One revision that one recipient has not confirmed. `attempts` counts hand-overs begun, this one too."""

    key: str
    recipient: str
    attempts: int
    last_error: str


def pending(connection: Connection) -> tuple[PendingDelivery, ...]:
    """Everything that waits, oldest first."""
    query = select(deliveries).where(deliveries.c.state == DeliveryState.PENDING)
    waiting = sorted(connection.execute(query), key=lambda row: (row.recorded_at, row.key, row.recipient))
    return tuple(_delivery(row) for row in waiting)


@contextmanager
def claimed(engine: Engine, key: str, recipient: str) -> Iterator[PendingDelivery | None]:
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


def _is_pending(key: str, recipient: str) -> ColumnElement[bool]:
    c = deliveries.c
    return and_(c.key == key, c.recipient == recipient, c.state == DeliveryState.PENDING)


def _delivery(row: Any) -> PendingDelivery:
    return PendingDelivery(row.key, row.recipient, row.attempts, row.last_error)
