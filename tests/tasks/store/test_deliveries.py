"""The outbox: every delivery is handed over by one process at a time, until it is confirmed or refused."""

import pytest

from tasks.store.deliveries import PendingDelivery, claimed, mark_delivered, mark_failed, pending
from tasks.store.engine import reading, writing
from tasks.store.publications import record_revision
from tasks.store.tables import DeliveryState, deliveries
from tests.tasks.store.making import HOUR, NOON, configure, revision
from tests.tasks.store.processes import claim_and_wait, deliver_into_a_file, kill_when_ready, two_at_once

KEY, OFFICE = revision(1).key, "van-phong"


@pytest.fixture
def outbox(engine):
    """One revision for one office."""
    configure(engine)
    with writing(engine) as connection:
        record_revision(connection, revision(1), [OFFICE])
    return engine


def waiting(engine):
    with reading(engine) as connection:
        return pending(connection)


def stored(engine):
    with reading(engine) as connection:
        return connection.execute(deliveries.select()).one()


def test_what_waits_comes_oldest_first(outbox):
    with writing(outbox) as connection:
        record_revision(connection, revision(3, recorded_at=NOON), [OFFICE])
        record_revision(connection, revision(2, recorded_at=NOON), [OFFICE, "huyen-uy"])
    assert [(d.key[-1], d.recipient) for d in waiting(outbox)] == [
        ("2", "huyen-uy"),
        ("2", OFFICE),
        ("3", OFFICE),
        ("1", OFFICE),
    ]


def test_a_confirmed_delivery_waits_no_more_and_keeps_its_first_receipt(outbox):
    with claimed(outbox, KEY, OFFICE) as delivery, writing(outbox) as connection:
        assert delivery == PendingDelivery(KEY, OFFICE, 1, "")
        mark_delivered(connection, KEY, OFFICE, receipt="số 12", now=NOON)
        mark_delivered(connection, KEY, OFFICE, receipt="số 13", now=NOON + HOUR)
    row = stored(outbox)
    assert (row.state, row.receipt, row.delivered_at) == (DeliveryState.DELIVERED, "số 12", NOON)
    assert waiting(outbox) == ()
    with claimed(outbox, KEY, OFFICE) as again:
        assert again is None


def test_a_failure_that_can_pass_goes_on_waiting_with_its_reason(outbox):
    with claimed(outbox, KEY, OFFICE), writing(outbox) as connection:
        mark_failed(connection, KEY, OFFICE, error="503", can_pass=True)
    assert waiting(outbox) == (PendingDelivery(KEY, OFFICE, 1, "503"),)
    with claimed(outbox, KEY, OFFICE) as again:
        assert again == PendingDelivery(KEY, OFFICE, 2, "503")


def test_a_refusal_waits_for_a_person(outbox):
    with claimed(outbox, KEY, OFFICE), writing(outbox) as connection:
        mark_failed(connection, KEY, OFFICE, error="422", can_pass=False)
    assert waiting(outbox) == ()
    assert (stored(outbox).state, stored(outbox).last_error) == (DeliveryState.REFUSED, "422")


def test_a_failure_that_is_heard_of_after_the_confirmation_changes_nothing(outbox):
    with writing(outbox) as connection:
        mark_delivered(connection, KEY, OFFICE, receipt="số 12", now=NOON)
        mark_failed(connection, KEY, OFFICE, error="timeout", can_pass=True)
    assert stored(outbox).state is DeliveryState.DELIVERED


@pytest.mark.slow
def test_of_two_processes_at_once_one_hands_over(outbox, upgraded_url, tmp_path):
    received = tmp_path / "received.txt"
    assert sorted(two_at_once(deliver_into_a_file, f"{upgraded_url}|{received}")) == [0, 1]
    assert received.read_text(encoding="utf-8").splitlines() == [KEY]


@pytest.mark.slow
def test_a_delivery_whose_process_was_killed_is_free_at_once(outbox, upgraded_url):
    kill_when_ready(claim_and_wait, upgraded_url)
    with claimed(outbox, KEY, OFFICE) as delivery:
        assert delivery == PendingDelivery(KEY, OFFICE, 2, "")
