"""What was decided: once for each rule set, the latest in force, every value back as it went in."""

from decimal import Decimal
from functools import partial

import pytest
from sqlalchemy.exc import StatementError

from domain.findings import Finding, Place, Severity
from domain.forms import Part
from domain.lineage import CellSource
from domain.submissions import DebtRow, ProgressRow, Row, SubmissionState, Verdict
from tasks.store.engine import reading, writing
from tasks.store.rows import read_rows
from tasks.store.submissions import register
from tasks.store.tables import verdicts
from tasks.store.verdicts import Judged, has_accepted_before, in_force, record, record_reply, unanswered
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
    one_row_of_each_part,
    progress,
    submission,
    take_in,
)

FINDINGS = (
    Finding("NUMBER_UNCLEAR", Severity.ERROR, Place("A. Tiến độ", "F12"), {"seen": "1.234,5 tỷ"}),
    Finding("WEEK_NOT_STATED", Severity.WARNING),
)


def test_every_value_of_every_part_comes_back_equal(engine):
    parts = one_row_of_each_part()
    assert set(parts) == set(Part)
    submission_id = take_in(engine, arrival(), parts)
    with reading(engine) as connection:
        verdict = in_force(connection, [submission_id])[submission_id]
        for part, rows in parts.items():
            assert read_rows(connection, part, [verdict.id]) == {verdict.id: rows}


def test_a_decimal_keeps_its_digits_and_money_its_last_dong(engine):
    exact = ("85.50", "0.1", "1E+3", "12345678901234567890.123456789")
    rows: dict[Part, list[Row]] = {
        Part.PROGRESS: [progress(str(n), result=Decimal(digits)) for n, digits in enumerate(exact)],
        Part.DEBT: [debt(accepted=2**53 + 1, paid=0)],
    }
    take_in(engine, arrival(), rows)
    with reading(engine) as connection:
        (verdict_id,) = connection.execute(verdicts.select()).scalars()
        stored = read_rows(connection, Part.PROGRESS, [verdict_id])[verdict_id]
        (money,) = read_rows(connection, Part.DEBT, [verdict_id])[verdict_id]
    assert [str(row.result) for row in stored if isinstance(row, ProgressRow)] == list(exact)
    assert isinstance(money, DebtRow)
    assert (money.accepted, money.paid, money.settled) == (9_007_199_254_740_993, 0, None)


def test_findings_come_back_in_their_order(engine):
    with writing(engine) as connection:
        (new,) = register(connection, [arrival()], NOON)
        verdict = Verdict.over(FINDINGS)
        record(connection, Judged(new.id, submission(arrival(), {}), verdict, "rules-1"), NOON)
        stored = in_force(connection, [new.id])[new.id]
    assert stored.verdict == verdict
    assert stored.form == "commune-weekly-v1"


def test_the_same_rules_rule_once(engine):
    take_in(engine, arrival(), {Part.PROGRESS: [progress()]})
    take_in(engine, arrival(), {Part.PROGRESS: [progress(), progress("2")]}, at=NOON + HOUR)
    with reading(engine) as connection:
        (only,) = connection.execute(verdicts.select()).all()
        assert only.recorded_at == NOON
        assert len(read_rows(connection, Part.PROGRESS, [only.id])[only.id]) == 1


def test_other_rules_add_a_verdict_and_the_latest_is_in_force(engine):
    submission_id = take_in(engine, arrival(), {}, state=SubmissionState.RETURNED, judged_by="rules-1")
    take_in(engine, arrival(), {}, at=NOON + HOUR, judged_by="rules-2")
    with reading(engine) as connection:
        states = [row.state for row in connection.execute(verdicts.select().order_by(verdicts.c.id))]
        assert states == [SubmissionState.RETURNED, SubmissionState.ACCEPTED]
        assert in_force(connection, [submission_id])[submission_id].verdict.state is SubmissionState.ACCEPTED


@pytest.mark.parametrize("state", [SubmissionState.RETURNED, SubmissionState.QUARANTINED])
def test_no_row_of_a_file_that_is_not_accepted_is_kept(engine, state):
    submission_id = take_in(engine, arrival(), one_row_of_each_part(), state=state)
    with reading(engine) as connection:
        verdict = in_force(connection, [submission_id])[submission_id]
        assert [dict(read_rows(connection, part, [verdict.id])) for part in Part] == [{}] * len(Part)


def test_rows_of_more_files_than_one_statement_takes_are_read(engine, monkeypatch):
    monkeypatch.setattr("tasks.store.rows.MOST_IN_A_LIST", 2)
    for letter in "abcde":
        take_in(engine, arrival(sha256=SHA[letter]), {Part.PROGRESS: [progress(letter)]})
    with reading(engine) as connection:
        ids = connection.execute(verdicts.select()).scalars().all()
        rows = read_rows(connection, Part.PROGRESS, ids)
    assert [rows[i][0] for i in sorted(rows)] == [progress(letter) for letter in "abcde"]


def test_a_word_that_the_enumeration_lacks_is_refused(engine):
    with pytest.raises(StatementError, match="lost"):
        take_in(engine, arrival(), {}, state="lost")  # type: ignore[arg-type] # the mistake itself


# --- what a nil report may refer to -------------------------------------------------------------------------


def accepted_before(engine, week):
    with reading(engine) as connection:
        return has_accepted_before(connection, CAMPAIGN, "my-thinh", week)


def test_nothing_was_accepted_before_the_first_report(engine):
    take_in(engine, arrival(reporter="my-tan"), {})
    take_in(engine, arrival(campaign="khac"), {})
    take_in(engine, arrival(sha256=SHA["b"]), {}, state=SubmissionState.RETURNED)
    assert not accepted_before(engine, W15)


def test_an_accepted_report_of_this_or_an_earlier_week_counts_and_a_later_one_does_not(engine):
    take_in(engine, arrival(week=W15), {})
    assert not accepted_before(engine, W14)
    assert accepted_before(engine, W15)
    assert accepted_before(engine, W16)


def test_a_nil_report_is_nothing_to_refer_to(engine):
    take_in(engine, arrival(), {}, nil=True)
    assert not accepted_before(engine, W16)


def test_a_report_whose_acceptance_was_taken_back_does_not_count(engine):
    take_in(engine, arrival(), {}, judged_by="rules-1")
    take_in(engine, arrival(), {}, at=NOON + HOUR, state=SubmissionState.RETURNED, judged_by="rules-2")
    assert not accepted_before(engine, W16)


# --- replies ------------------------------------------------------------------------------------------------


def test_a_sender_is_told_once_of_each_verdict_in_force(engine):
    take_in(engine, arrival(), {}, state=SubmissionState.QUARANTINED, judged_by="rules-1")
    take_in(engine, arrival(), {}, at=NOON + HOUR, state=SubmissionState.RETURNED, judged_by="rules-2")
    with writing(engine) as connection:
        (waiting,) = unanswered(connection, CAMPAIGN)
        assert (waiting.reporter, waiting.week, waiting.sha256) == ("my-thinh", W15, SHA["a"])
        assert waiting.verdict.state is SubmissionState.RETURNED
        tell = partial(record_reply, sha256=SHA["f"], path="replies/my-thinh/1.html", now=NOON)
        assert tell(connection, waiting)
        assert not tell(connection, waiting)
        assert unanswered(connection, CAMPAIGN) == ()


def test_an_accepted_file_needs_no_answer_also_where_it_was_returned_before(engine):
    take_in(engine, arrival(), {}, state=SubmissionState.RETURNED, judged_by="rules-1")
    take_in(engine, arrival(), {}, at=NOON + HOUR, judged_by="rules-2")
    with reading(engine) as connection:
        assert unanswered(connection, CAMPAIGN) == ()


def test_the_cell_of_a_nil_statement_is_kept(engine):
    source = CellSource(SHA["a"], "Thông tin chung", "C9", "x")
    submission_id = take_in(engine, arrival(), {}, nil=True, nil_source=source)
    with reading(engine) as connection:
        assert in_force(connection, [submission_id])[submission_id].nil
