"""The outbox: every delivery is handed over by one process at a time, until it is confirmed or refused."""

import pytest

from tasks.store.deliveries import (
    OwedDelivery,
    ask_again,
    claimed,
    mark_delivered,
    mark_failed,
    pending,
    refused,
)
from tasks.store.engine import reading, writing
from tasks.store.publications import record_revision
from tasks.store.tables import DeliveryState, deliveries
from tests.tasks.store.making import CAMPAIGN, HOUR, NOON, W15, W16, configure, revision
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
        return pending(connection, CAMPAIGN)


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
        assert delivery == OwedDelivery(KEY, OFFICE, 1, "")
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
    assert waiting(outbox) == (OwedDelivery(KEY, OFFICE, 1, "503"),)
    with claimed(outbox, KEY, OFFICE) as again:
        assert again == OwedDelivery(KEY, OFFICE, 2, "503")


def test_a_refusal_waits_for_a_person(outbox):
    with claimed(outbox, KEY, OFFICE), writing(outbox) as connection:
        mark_failed(connection, KEY, OFFICE, error="422", can_pass=False)
    assert waiting(outbox) == ()
    assert (stored(outbox).state, stored(outbox).last_error) == (DeliveryState.REFUSED, "422")


def test_another_campaign_of_the_same_database_hands_over_its_own(outbox):
    other = revision(1, campaign="khac")
    with writing(outbox) as connection:
        record_revision(connection, other, [OFFICE])
        assert [d.key for d in pending(connection, "khac")] == [other.key]
        assert [d.key for d in pending(connection, CAMPAIGN)] == [KEY]


@pytest.fixture
def three_refused(outbox):
    """Two weeks of this campaign and one of another."""
    others = [revision(1, week=W16), revision(1, campaign="khac")]
    with writing(outbox) as connection:
        for other in others:
            record_revision(connection, other, [OFFICE])
        for key in (KEY, *(other.key for other in others)):
            mark_failed(connection, key, OFFICE, error="401", can_pass=False)
    return outbox


def test_what_was_refused_waits_again_when_a_person_asks_for_it(three_refused):
    with writing(three_refused) as connection:
        assert [d.key for d in refused(connection, CAMPAIGN)] == [KEY, revision(1, week=W16).key]
        ask_again(connection, CAMPAIGN)
        assert refused(connection, CAMPAIGN) == ()
        assert [(d.key, d.last_error) for d in pending(connection, CAMPAIGN)] == [
            (KEY, "401"),
            (revision(1, week=W16).key, "401"),
        ]
        assert len(refused(connection, "khac")) == 1


def test_one_week_can_be_asked_for_alone(three_refused):
    with writing(three_refused) as connection:
        ask_again(connection, CAMPAIGN, W16)
        assert [d.key for d in pending(connection, CAMPAIGN)] == [revision(1, week=W16).key]
        assert [d.key for d in refused(connection, CAMPAIGN, W15)] == [KEY]
        assert refused(connection, CAMPAIGN, W16) == ()


def test_what_was_delivered_is_never_asked_for_again(outbox):
    with writing(outbox) as connection:
        mark_delivered(connection, KEY, OFFICE, receipt="số 12", now=NOON)
        ask_again(connection, CAMPAIGN)
    assert waiting(outbox) == ()
    assert stored(outbox).state is DeliveryState.DELIVERED


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
        assert delivery == OwedDelivery(KEY, OFFICE, 2, "")
