"""What a reporter had in force before a week, as a file of that week is judged beside it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import event

from domain.forms import Part
from domain.submissions import SubmissionState
from tasks.store.engine import reading
from tasks.store.snapshots import in_force_before
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
    take_in,
)

LATER = NOON + 9 * HOUR
W13 = W14.shifted(-1)
PROGRESS, DEBT = Part.PROGRESS, Part.DEBT


def came(engine: Any, letter: str, week: Any, *codes: str, at: datetime = NOON, **changed: Any) -> None:
    """A file with progress on these indicators, received when it was recorded."""
    rows = {PROGRESS: [progress(code) for code in codes]} if codes else {}
    reporter = changed.pop("reporter", "my-thinh")
    new = arrival(week=week, sha256=SHA[letter], received_at=at, reporter=reporter)
    take_in(engine, new, changed.pop("parts", rows), at=at, **changed)


def before(
    engine: Any, week: Any = W16, moment: datetime = LATER, parts: Iterable[Part] = (PROGRESS,)
) -> Any:
    """Part -> (week, indicators or projects) of my-thinh."""
    with reading(engine) as connection:
        found = in_force_before(connection, CAMPAIGN, week, {"my-thinh": frozenset(parts)}, moment)
    return {part: (said.week, names(said.rows)) for part, said in found.get("my-thinh", {}).items()}


def names(rows: Sequence[Any]) -> list[str]:
    return [getattr(row, "indicator", None) or row.project for row in rows]


def test_a_first_report_has_nothing_before_it(engine):
    assert before(engine) == {}


def test_the_latest_earlier_week_counts_and_never_the_weeks_own_files(engine):
    came(engine, "a", W13, "1.1")
    came(engine, "b", W14, "1.2")
    came(engine, "c", W16, "1.3")
    assert before(engine, W16) == {PROGRESS: (W14, ["1.2"])}
    assert before(engine, W14) == {PROGRESS: (W13, ["1.1"])}
    assert before(engine, W13) == {}


def test_of_one_week_the_file_that_was_received_last_counts(engine):
    came(engine, "b", W15, "1.2", at=NOON + HOUR)
    came(engine, "a", W15, "1.1")
    assert before(engine) == {PROGRESS: (W15, ["1.2"])}


def test_each_part_has_its_own_week_and_only_those_asked_for_are_read(engine):
    came(engine, "a", W14, parts={PROGRESS: [progress("1.1")], DEBT: [debt("Đường cũ")]})
    came(engine, "b", W15, parts={DEBT: [debt("Đường mới")]})
    both = {PROGRESS: (W14, ["1.1"]), DEBT: (W15, ["Đường mới"])}
    assert before(engine, parts=(PROGRESS, DEBT)) == both
    assert before(engine, parts=(DEBT,)) == {DEBT: both[DEBT]}
    assert before(engine, parts=(Part.REMARKS,)) == {}


def test_a_table_without_a_row_was_in_force_too(engine):
    came(engine, "a", W14, parts={DEBT: [debt()]})
    came(engine, "b", W15, parts={DEBT: []})
    assert before(engine, parts=(DEBT,)) == {DEBT: (W15, [])}


@pytest.mark.parametrize("state", [SubmissionState.RETURNED, SubmissionState.QUARANTINED])
def test_a_file_that_was_not_accepted_was_never_in_force(engine, state):
    came(engine, "a", W14, "1.1")
    came(engine, "b", W15, "1.2", state=state)
    assert before(engine) == {PROGRESS: (W14, ["1.1"])}


def test_another_reporter_and_another_campaign_stay_out(engine):
    came(engine, "a", W15, "1.1", reporter="my-tan")
    take_in(engine, arrival(campaign="khac", week=W15, sha256=SHA["b"]), {PROGRESS: [progress()]})
    assert before(engine) == {}


# --- as recorded when judged --------------------------------------------------------------------------------


def test_what_was_recorded_after_the_judging_changes_nothing(engine):
    came(engine, "a", W14, "1.1", at=NOON)
    came(engine, "b", W15, "1.2", at=NOON + HOUR)
    assert before(engine, moment=NOON + HOUR - HOUR / 60) == {PROGRESS: (W14, ["1.1"])}
    assert before(engine, moment=NOON + HOUR) == {PROGRESS: (W15, ["1.2"])}


def test_a_file_counts_by_the_verdict_of_then(engine):
    came(engine, "a", W14, "1.1", at=NOON)
    new = arrival(week=W15, sha256=SHA["b"])
    take_in(engine, new, {}, at=NOON, state=SubmissionState.QUARANTINED, judged_by="rules-1")
    take_in(engine, new, {PROGRESS: [progress("1.2")]}, at=NOON + 2 * HOUR, judged_by="rules-2")
    assert before(engine, moment=NOON + HOUR) == {PROGRESS: (W14, ["1.1"])}
    assert before(engine, moment=NOON + 2 * HOUR) == {PROGRESS: (W15, ["1.2"])}


# --- nil ----------------------------------------------------------------------------------------------------


def test_a_nil_week_had_in_force_the_rows_that_it_kept(engine):
    came(engine, "a", W13, "1.1")
    came(engine, "b", W14, nil=True)
    came(engine, "c", W15, nil=True)
    assert before(engine, W16) == {PROGRESS: (W15, ["1.1"])}
    assert before(engine, W15) == {PROGRESS: (W14, ["1.1"])}


def test_what_the_nil_week_itself_brought_comes_first(engine):
    came(engine, "a", W14, parts={PROGRESS: [progress("1.1")], DEBT: [debt("Đường cũ")]})
    came(engine, "b", W15, nil=True, at=NOON + HOUR)
    came(engine, "c", W15, parts={DEBT: [debt("Đường mới")]}, at=NOON)
    both = {PROGRESS: (W15, ["1.1"]), DEBT: (W15, ["Đường mới"])}
    assert before(engine, parts=(PROGRESS, DEBT)) == both


def test_a_late_file_is_not_what_an_earlier_nil_report_spoke_of(engine):
    came(engine, "a", W14, "1.1", at=NOON)
    came(engine, "b", W15, nil=True, at=NOON + HOUR)
    came(engine, "c", W14, "1.2", at=NOON + 2 * HOUR)
    assert before(engine, W16) == {PROGRESS: (W15, ["1.1"])}
    assert before(engine, W15) == {PROGRESS: (W14, ["1.2"])}


def test_a_nil_report_with_nothing_to_keep_of_a_part_leaves_the_week_before(engine):
    came(engine, "b", W15, nil=True, at=NOON)
    came(engine, "a", W14, "1.1", at=NOON + HOUR)
    assert before(engine, W16) == {PROGRESS: (W14, ["1.1"])}


def test_a_returned_nil_report_keeps_nothing_in_force(engine):
    came(engine, "a", W14, "1.1")
    came(engine, "b", W15, nil=True, state=SubmissionState.RETURNED)
    assert before(engine, W16) == {PROGRESS: (W14, ["1.1"])}


# --- a batch ------------------------------------------------------------------------------------------------


def statements(engine: Any, reporters: Sequence[str]) -> int:
    """How many the question about these reporters takes."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith("SELECT"):
            asked.append(statement)

    wanted = dict.fromkeys(reporters, frozenset({PROGRESS, DEBT}))
    event.listen(engine, "before_cursor_execute", note)
    try:
        with reading(engine) as connection:
            assert in_force_before(connection, CAMPAIGN, W16, wanted, LATER).keys() == set(reporters)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(asked)


def test_a_batch_of_reporters_asks_no_more_often_than_one(engine):
    reporters = [f"xa-{n}" for n in range(5)]
    for reporter in reporters:
        came(engine, "a", W15, reporter=reporter, parts={PROGRESS: [progress("1.1")], DEBT: [debt()]})
    assert statements(engine, reporters) == statements(engine, reporters[:1])
