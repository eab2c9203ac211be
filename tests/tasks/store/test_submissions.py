"""Which files came: each once for its reporter and week, however often it is handed in."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from functools import partial

import pytest
from sqlalchemy.exc import StatementError

from domain.submissions import SubmissionState
from tasks.store.engine import reading, writing
from tasks.store.submissions import already_taken, find, first_sight, register, unjudged
from tasks.store.verdicts import first_received_at
from tests.tasks.store.making import CAMPAIGN, HOUR, NOON, SHA, W14, W15, W16, arrival, take_in
from tests.tasks.store.processes import register_fifty, two_at_once


def test_each_arrival_gets_its_answer_in_order(engine):
    arrivals = [arrival(sha256=SHA[letter]) for letter in "bab"]
    with writing(engine) as connection:
        first, second, again = register(connection, arrivals, NOON)
    assert [r.sha256 for r in (first, second, again)] == [SHA["b"], SHA["a"], SHA["b"]]
    assert [r.is_new for r in (first, second, again)] == [True, True, False]
    assert again.id == first.id != second.id


def test_the_first_arrival_of_a_file_stands(engine):
    with writing(engine) as connection:
        (first,) = register(connection, [arrival()], NOON)
        (again,) = register(
            connection, [arrival(received_at=NOON + HOUR, file_name="khác.xlsx")], NOON + HOUR
        )
        (stored,) = find(connection, [first.id])
    assert (again.id, again.is_new) == (first.id, False)
    assert (stored.arrival, stored.recorded_at) == (arrival(), NOON)


def test_the_same_bytes_for_another_week_or_reporter_are_another_submission(engine):
    copies = [arrival(week=W16), arrival(reporter="my-tan"), arrival(campaign="khac")]
    with writing(engine) as connection:
        assert [r.is_new for r in register(connection, copies, NOON + HOUR)] == [True] * 3
        assert [r.is_new for r in register(connection, [arrival()], NOON)] == [True]


@pytest.mark.slow
def test_two_processes_at_once_register_a_file_once(upgraded_url):
    first, second = two_at_once(register_fifty, upgraded_url)
    assert [i for i, _ in first] == [i for i, _ in second]
    assert len({i for i, _ in first}) == 50
    assert sorted(is_new for _, is_new in first + second) == [False] * 50 + [True] * 50


def test_what_was_taken_is_known_to_the_next_run(engine):
    with writing(engine) as connection:
        one, other, _ = register(
            connection, [arrival(), arrival(sha256=SHA["b"], week=W16), arrival(campaign="khac")], NOON
        )
    with reading(engine) as connection:
        assert already_taken(connection, CAMPAIGN) == {
            ("my-thinh", W15, SHA["a"]): one.id,
            ("my-thinh", W16, SHA["b"]): other.id,
        }


def test_what_a_killed_run_left_without_a_verdict_is_found_again(engine):
    take_in(engine, arrival(), {}, judged_by="rules-1")
    with writing(engine) as connection:
        (left,) = register(connection, [arrival(sha256=SHA["b"])], NOON)
        register(connection, [arrival(campaign="khac")], NOON)
    with reading(engine) as connection:
        assert unjudged(connection, CAMPAIGN) == (left.id,)


def test_the_first_arrival_of_a_week_is_asked_by_reporter_and_week(engine):
    with writing(engine) as connection:
        register(
            connection, [arrival(received_at=NOON), arrival(sha256=SHA["b"], received_at=NOON - HOUR)], NOON
        )
        others = [arrival(reporter="my-tan"), arrival(week=W16), arrival(campaign="khac")]
        register(connection, [replace(one, received_at=NOON - 2 * HOUR) for one in others], NOON)
    with reading(engine) as connection:
        assert first_received_at(connection, CAMPAIGN, "my-thinh", W15) == NOON - HOUR
        assert first_received_at(connection, CAMPAIGN, "ca", W15) is None


def test_bytes_are_first_seen_where_they_never_counted_and_came_from_the_same_reporter(engine):
    sight = partial(first_sight, campaign=CAMPAIGN, reporter="my-thinh", sha256=SHA["a"])
    take_in(engine, arrival(reporter="my-tan", received_at=NOON - 3 * HOUR), {})
    take_in(engine, arrival(week=W16, received_at=NOON - 2 * HOUR), {})  # accepted: last week's report
    with reading(engine) as connection:
        assert sight(connection) is None
    take_in(engine, arrival(week=W14, received_at=NOON - HOUR), {}, state=SubmissionState.QUARANTINED)
    with reading(engine) as connection:
        assert sight(connection) == NOON - HOUR


def test_files_are_found_in_the_order_asked_for(engine):
    ids = [take_in(engine, arrival(sha256=SHA[letter]), {}) for letter in "abc"]
    with reading(engine) as connection:
        found = find(connection, [ids[2], 999_999, ids[0]])
    assert [stored.id for stored in found] == [ids[2], ids[0]]


@pytest.mark.parametrize("field", ["received_at", "now"])
def test_a_time_without_a_zone_is_refused(engine, field):
    naive = datetime(2023, 4, 12, 12, 0)  # noqa: DTZ001 - the mistake itself
    came, now = (arrival(received_at=naive), NOON) if field == "received_at" else (arrival(), naive)
    with pytest.raises(StatementError, match="no time zone"), writing(engine) as connection:
        register(connection, [came], now)


def test_a_time_comes_back_as_the_same_moment_in_utc(engine):
    in_vietnam = datetime(2023, 4, 12, 16, 0, 0, 123_456, tzinfo=timezone(timedelta(hours=7)))
    with writing(engine) as connection:
        (new,) = register(connection, [arrival(received_at=in_vietnam)], NOON)
        (stored,) = find(connection, [new.id])
    assert stored.arrival.received_at.isoformat() == "2023-04-12T09:00:00.123456+00:00"
