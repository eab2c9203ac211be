"""What was issued: a revision with its documents and its outbox, whole or not at all, each number once."""

import pytest
from sqlalchemy.exc import IntegrityError

from domain.weeks import WeekName
from tasks.store.deliveries import pending
from tasks.store.engine import reading, writing
from tasks.store.publications import (
    configuration,
    latest_revision,
    record_configuration,
    record_revision,
    revision_of,
    revisions_of,
)
from tests.tasks.store.making import CAMPAIGN, HOUR, NOON, SHA, W15, W16, configure, revision
from tests.tasks.store.processes import issue_and_wait, issue_the_first_revision, kill_when_ready, two_at_once


def test_a_revision_comes_back_as_it_was_issued(engine):
    configure(engine)
    with writing(engine) as connection:
        assert latest_revision(connection, CAMPAIGN, W15) is None
        assert record_revision(connection, revision(1), ["van-phong"])
        assert latest_revision(connection, CAMPAIGN, W15) == revision(1)
        assert revision_of(connection, "my-loc-2023:2023-W15:1") == revision(1)
        assert revision_of(connection, "my-loc-2023:2023-W15:2") is None


def test_the_latest_revision_is_the_one_with_the_greatest_number(engine):
    configure(engine)
    numbers = [*range(1, 11)]
    with writing(engine) as connection:
        for number in reversed(numbers):  # not in the order in which a table happens to keep them
            assert record_revision(connection, revision(number), [])
        record_revision(connection, revision(11, week=W16), [])
        record_revision(connection, revision(12, campaign="khac"), [])
        latest = latest_revision(connection, CAMPAIGN, W15)
        assert latest is not None
        assert latest.number == 10
        assert [r.number for r in revisions_of(connection, CAMPAIGN, W15)] == numbers
        assert revisions_of(connection, CAMPAIGN, WeekName.parse("2023-W14")) == ()


def test_a_number_that_is_taken_is_refused_and_nothing_of_it_is_written(engine):
    configure(engine)
    with writing(engine) as connection:
        assert record_revision(connection, revision(1), ["van-phong"])
    with writing(engine) as connection:
        assert not record_revision(
            connection, revision(1, summary_sha256=SHA["f"], documents=()), ["huyen-uy"]
        )
    with reading(engine) as connection:
        assert revisions_of(connection, CAMPAIGN, W15) == (revision(1),)
        assert [delivery.recipient for delivery in pending(connection, CAMPAIGN)] == ["van-phong"]


@pytest.mark.slow
def test_of_two_processes_at_once_one_issues(engine, upgraded_url):
    configure(engine)
    assert sorted(two_at_once(issue_the_first_revision, upgraded_url)) == [False, True]
    with reading(engine) as connection:
        assert revisions_of(connection, CAMPAIGN, W15) == (revision(1),)
        assert len(pending(connection, CAMPAIGN)) == 1


@pytest.mark.slow
def test_a_process_killed_before_its_commit_issued_nothing_and_blocks_nobody(engine, upgraded_url):
    configure(engine)
    kill_when_ready(issue_and_wait, upgraded_url)
    with writing(engine) as connection:
        assert revisions_of(connection, CAMPAIGN, W15) == ()
        assert pending(connection, CAMPAIGN) == ()
        assert record_revision(connection, revision(1), ["van-phong"])


def test_a_revision_names_a_configuration_that_is_on_record(engine):
    with pytest.raises(IntegrityError), writing(engine) as connection:
        record_revision(connection, revision(1), [])


def test_a_configuration_is_noted_once(engine):
    with writing(engine) as connection:
        record_configuration(connection, SHA["c"], {"roster.yaml": SHA["a"], "campaign.yaml": SHA["b"]}, NOON)
        record_configuration(connection, SHA["c"], {}, NOON + HOUR)
        assert configuration(connection, SHA["c"]) == {"campaign.yaml": SHA["b"], "roster.yaml": SHA["a"]}
        assert configuration(connection, SHA["d"]) is None
