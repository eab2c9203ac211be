"""A week as it stood at a moment: which attempts were known, and whose rows counted."""

from datetime import timedelta

from domain.findings import Finding, Place, Severity
from domain.forms import Part
from domain.lineage import CellSource
from domain.submissions import SubmissionState, Verdict
from tasks.store.engine import reading, writing
from tasks.store.snapshots import snapshot
from tasks.store.submissions import register
from tasks.store.verdicts import Judged, record
from tests.tasks.store.making import (
    CAMPAIGN,
    HOUR,
    NOON,
    SHA,
    W14,
    W15,
    W16,
    arrival,
    debt,
    progress,
    submission,
    take_in,
)

LATER = NOON + 9 * HOUR
WEEK = timedelta(weeks=1)
FIRST, SECOND = [progress("17.1")], [progress("17.2")]


def at(engine, moment=LATER, week=W15):
    with reading(engine) as connection:
        return snapshot(connection, CAMPAIGN, week, moment)


def in_force(engine, part=Part.PROGRESS, moment=LATER, week=W15):
    """(reporter, first letter of the file's hash, indicator or project) of every row that counts."""
    return [
        (
            line.reporter,
            line.sha256[0],
            getattr(line.row, "indicator", None) or getattr(line.row, "project", None),
        )
        for line in at(engine, moment, week).rows.get(part, ())
    ]


def test_a_week_without_a_file_is_empty(engine):
    assert (at(engine).attempts, at(engine).rows) == ({}, {})


def test_a_file_that_is_registered_and_not_yet_judged_is_an_attempt_without_rows(engine):
    with writing(engine) as connection:
        register(connection, [arrival()], NOON)
    (attempt,) = at(engine).attempts["my-thinh"]
    assert (attempt.state, attempt.parts, attempt.findings) == (SubmissionState.RECEIVED, frozenset(), ())
    assert at(engine).rows == {}


def test_an_attempt_carries_what_is_printed_of_it(engine):
    finding = Finding("COMPLETION_DISAGREES", Severity.WARNING, Place("A. Tiến độ", "H12"), {"seen": "90"})
    came = arrival(received_at=NOON - HOUR)
    with writing(engine) as connection:
        (new,) = register(connection, [came], NOON)
        judged = Judged(
            new.id, submission(came, {Part.PROGRESS: FIRST, Part.DEBT: []}), Verdict.over((finding,)), "1"
        )
        record(connection, judged, NOON + HOUR)
    (attempt,) = at(engine).attempts["my-thinh"]
    assert attempt.sha256 == SHA["a"]
    assert (attempt.file_name, attempt.received_at, attempt.recorded_at) == (
        came.file_name,
        NOON - HOUR,
        NOON,
    )
    assert (attempt.state, attempt.nil) == (SubmissionState.ACCEPTED, False)
    assert attempt.parts == {Part.PROGRESS, Part.DEBT}
    assert attempt.findings == (finding,)


def test_reporters_come_by_id_attempts_by_arrival_and_rows_as_in_the_file(engine):
    take_in(engine, arrival(reporter="my_trung", sha256=SHA["c"]), {Part.PROGRESS: SECOND + FIRST})
    take_in(
        engine, arrival(reporter="my-tan", sha256=SHA["b"], received_at=NOON + HOUR), {Part.PROGRESS: FIRST}
    )
    take_in(engine, arrival(reporter="my-tan", sha256=SHA["a"]), {}, state=SubmissionState.RETURNED)
    assert list(at(engine).attempts) == ["my-tan", "my_trung"]
    assert [a.sha256[0] for a in at(engine).attempts["my-tan"]] == ["a", "b"]
    assert in_force(engine) == [("my-tan", "b", "17.1"), ("my_trung", "c", "17.2"), ("my_trung", "c", "17.1")]


def test_the_accepted_attempt_received_last_is_in_force_whatever_the_order_of_recording(engine):
    take_in(engine, arrival(sha256=SHA["b"], received_at=NOON + HOUR), {Part.PROGRESS: SECOND})
    take_in(engine, arrival(sha256=SHA["a"], received_at=NOON), {Part.PROGRESS: FIRST}, at=NOON + 2 * HOUR)
    assert in_force(engine) == [("my-thinh", "b", "17.2")]


def test_of_two_received_at_once_the_one_recorded_later_is_in_force_then_the_greater_hash(engine):
    take_in(engine, arrival(sha256=SHA["c"]), {Part.PROGRESS: FIRST}, at=NOON)
    take_in(engine, arrival(sha256=SHA["a"]), {Part.PROGRESS: FIRST}, at=NOON + HOUR)
    assert in_force(engine) == [("my-thinh", "a", "17.1")]
    take_in(engine, arrival(sha256=SHA["b"]), {Part.PROGRESS: FIRST}, at=NOON + HOUR)
    assert in_force(engine) == [("my-thinh", "b", "17.1")]


def test_a_second_file_with_only_debt_replaces_only_debt(engine):
    take_in(engine, arrival(sha256=SHA["a"]), {Part.PROGRESS: FIRST, Part.DEBT: [debt("Đường cũ")]})
    take_in(engine, arrival(sha256=SHA["b"], received_at=NOON + HOUR), {Part.DEBT: [debt("Đường mới")]})
    assert in_force(engine) == [("my-thinh", "a", "17.1")]
    assert in_force(engine, Part.DEBT) == [("my-thinh", "b", "Đường mới")]


def test_an_empty_table_replaces_the_one_before(engine):
    take_in(engine, arrival(sha256=SHA["a"]), {Part.DEBT: [debt()]})
    take_in(engine, arrival(sha256=SHA["b"], received_at=NOON + HOUR), {Part.DEBT: []})
    assert in_force(engine, Part.DEBT) == []


def test_a_returned_or_quarantined_file_never_displaces_an_accepted_one(engine):
    take_in(engine, arrival(sha256=SHA["a"]), {Part.PROGRESS: FIRST})
    for letter, state in (("b", SubmissionState.RETURNED), ("c", SubmissionState.QUARANTINED)):
        later = arrival(sha256=SHA[letter], received_at=NOON + HOUR)
        take_in(engine, later, {Part.PROGRESS: SECOND}, state=state)
    assert in_force(engine) == [("my-thinh", "a", "17.1")]
    assert len(at(engine).attempts["my-thinh"]) == 3


def test_another_week_and_another_campaign_stay_out(engine):
    take_in(engine, arrival(week=W14), {Part.PROGRESS: FIRST})
    take_in(engine, arrival(campaign="khac"), {Part.PROGRESS: FIRST})
    assert (at(engine).attempts, at(engine).rows) == ({}, {})


# --- as of --------------------------------------------------------------------------------------------------


def test_as_of_gives_back_what_was_known_then(engine):
    take_in(engine, arrival(sha256=SHA["a"]), {Part.PROGRESS: FIRST}, at=NOON)
    take_in(
        engine, arrival(sha256=SHA["b"], received_at=NOON + HOUR), {Part.PROGRESS: SECOND}, at=NOON + 2 * HOUR
    )
    assert at(engine, NOON - timedelta(microseconds=1)).attempts == {}
    assert len(at(engine, NOON).attempts["my-thinh"]) == 1
    assert in_force(engine, moment=NOON) == [("my-thinh", "a", "17.1")]
    assert in_force(engine, moment=NOON + 2 * HOUR - timedelta(microseconds=1)) == [("my-thinh", "a", "17.1")]
    assert in_force(engine, moment=NOON + 2 * HOUR) == [("my-thinh", "b", "17.2")]


def test_as_of_gives_the_verdict_of_then(engine):
    take_in(engine, arrival(), {}, at=NOON, state=SubmissionState.RETURNED, judged_by="rules-1")
    take_in(engine, arrival(), {Part.PROGRESS: FIRST}, at=NOON + HOUR, judged_by="rules-2")
    assert at(engine, NOON).attempts["my-thinh"][0].state is SubmissionState.RETURNED
    assert in_force(engine, moment=NOON) == []
    assert at(engine, NOON + HOUR).attempts["my-thinh"][0].state is SubmissionState.ACCEPTED
    assert in_force(engine, moment=NOON + HOUR) == [("my-thinh", "a", "17.1")]


def test_a_file_known_before_its_verdict_was_waiting_then(engine):
    with writing(engine) as connection:
        (new,) = register(connection, [arrival()], NOON)
        judged = Judged(new.id, submission(arrival(), {Part.PROGRESS: FIRST}), Verdict.over(()), "rules-1")
        record(connection, judged, NOON + HOUR)
    assert at(engine, NOON).attempts["my-thinh"][0].state is SubmissionState.RECEIVED
    assert in_force(engine, moment=NOON) == []


# --- nil ----------------------------------------------------------------------------------------------------


def nil_report(engine, **changed):
    return take_in(engine, arrival(sha256=SHA["f"]), {}, nil=True, **changed)


def test_a_nil_report_keeps_the_last_accepted_values_with_their_old_source(engine):
    take_in(
        engine,
        arrival(week=W14, sha256=SHA["a"]),
        {Part.PROGRESS: FIRST, Part.DEBT: [debt()]},
        at=NOON - WEEK,
    )
    nil_report(engine, nil_source=CellSource(SHA["f"], "Thông tin chung", "C9", "x"))
    assert in_force(engine) == [("my-thinh", "a", "17.1")]
    assert in_force(engine, Part.DEBT) == [("my-thinh", "a", "Đường trục xã")]
    (attempt,) = at(engine).attempts["my-thinh"]
    assert attempt.nil
    assert attempt.nil_source == CellSource(SHA["f"], "Thông tin chung", "C9", "x")


def test_each_part_is_taken_from_the_last_week_that_brought_it_over_a_chain_of_nil_reports(engine):
    w13 = W14.shifted(-1)
    take_in(engine, arrival(week=w13, sha256=SHA["a"]), {Part.PROGRESS: FIRST, Part.DEBT: [debt("Đường cũ")]})
    take_in(engine, arrival(week=W14, sha256=SHA["b"]), {Part.DEBT: [debt("Đường mới")]})
    nil_report(engine)
    take_in(engine, arrival(week=W16, sha256=SHA["e"]), {}, nil=True)
    for week in (W15, W16):
        assert in_force(engine, week=week) == [("my-thinh", "a", "17.1")]
        assert in_force(engine, Part.DEBT, week=week) == [("my-thinh", "b", "Đường mới")]


def test_the_empty_tables_of_a_nil_form_replace_nothing(engine):
    take_in(engine, arrival(week=W14, sha256=SHA["a"]), {Part.PROGRESS: FIRST})
    take_in(engine, arrival(sha256=SHA["f"]), {Part.PROGRESS: [], Part.DEBT: []}, nil=True)
    assert in_force(engine) == [("my-thinh", "a", "17.1")]


def test_what_the_same_week_brought_comes_before_what_a_nil_report_keeps(engine):
    take_in(engine, arrival(week=W14, sha256=SHA["a"]), {Part.PROGRESS: FIRST, Part.DEBT: [debt("Đường cũ")]})
    nil_report(engine)
    take_in(engine, arrival(sha256=SHA["b"], received_at=NOON + HOUR), {Part.DEBT: [debt("Đường mới")]})
    assert in_force(engine) == [("my-thinh", "a", "17.1")]
    assert in_force(engine, Part.DEBT) == [("my-thinh", "b", "Đường mới")]


def test_a_file_that_came_after_the_nil_report_is_not_what_it_spoke_of(engine):
    take_in(engine, arrival(week=W14, sha256=SHA["a"]), {Part.PROGRESS: FIRST}, at=NOON)
    nil_report(engine, at=NOON + HOUR)
    late = arrival(week=W14, sha256=SHA["b"], received_at=NOON + 2 * HOUR)
    take_in(engine, late, {Part.PROGRESS: SECOND}, at=NOON + 2 * HOUR)
    assert in_force(engine, week=W15) == [("my-thinh", "a", "17.1")]
    assert in_force(engine, week=W14) == [("my-thinh", "b", "17.2")]


def test_a_later_week_a_returned_nil_and_a_missing_report_keep_nothing(engine):
    take_in(engine, arrival(week=W16, sha256=SHA["a"]), {Part.PROGRESS: FIRST})
    take_in(engine, arrival(week=W14, reporter="my-tan", sha256=SHA["b"]), {Part.PROGRESS: FIRST})
    take_in(engine, arrival(week=W14, reporter="my-trung", sha256=SHA["c"]), {Part.PROGRESS: FIRST})
    nil_report(engine)
    returned = arrival(reporter="my-tan", sha256=SHA["e"])
    take_in(engine, returned, {}, nil=True, state=SubmissionState.RETURNED)
    assert in_force(engine) == []
