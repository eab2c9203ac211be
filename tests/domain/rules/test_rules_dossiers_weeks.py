"""What a commune says of its documents beside the week, and beside what it said last."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.calendar import Extension, Milestone
from domain.campaign import Campaign
from domain.forms import DossierState, Part
from domain.rules import judge
from domain.submissions import DossierRow, EarlierPart
from domain.vietnamese import vi_date
from domain.weeks import WeekName
from tests.domain.rules.kit import CAMPAIGN, W14, before, cells, found, submission
from tests.factories import says
from tests.factories_domain import W15, W18, calendar, local

S = DossierState
COLUMNS = {"indicator": "B", "document": "C", "state": "D", "sent_on": "F", "answered_on": "G"}


def document(
    state: DossierState | None, row: int = 5, indicator: str = "1.1", name: str = "Báo cáo", **said: Any
) -> DossierRow:
    about: dict[str, Any] = {"indicator": indicator, "document": name, "state": state}
    return DossierRow(sheet="B. Hồ sơ", row=row, columns=COLUMNS, **about, **said)


# --- the order of states -----


def moved(then: DossierState | None, now: DossierState | None, weeks: int = 1) -> list[str]:
    earlier = before(document(then), week=W14.shifted(1 - weeks))
    return cells("DOSSIER_STEP_SKIPPED", document(now), earlier=earlier)


@pytest.mark.parametrize(
    ("then", "now"),
    [
        (S.COMPLETE, S.NOT_STARTED),
        (S.COMPLETE, S.PROVINCE_REPLIED),
        (S.CONFIRMED, S.SENT),
        (S.DRAFTING, S.NOT_STARTED),
        (S.NOT_STARTED, S.CONFIRMED),
        (S.DRAFTING, S.COMPLETE),
    ],
)
def test_a_move_that_no_week_allows_is_found_at_the_state(then, now):
    assert moved(then, now) == ["D5"]


@pytest.mark.parametrize(
    ("then", "now"),
    [
        (S.SENT, S.SENT),
        (S.SENT, S.MORE_REQUESTED),
        (S.MORE_REQUESTED, S.DRAFTING),
        (S.MORE_REQUESTED, S.SENT),
        (S.COMPLETE, S.MORE_REQUESTED),
        (S.NOT_STARTED, S.SENT),
        (S.DRAFTING, S.CONFIRMED),
    ],
)
def test_a_move_of_the_table_is_not_found(then, now):
    assert moved(then, now) == []


@pytest.mark.parametrize(("weeks", "is_found"), [(1, True), (2, False), (3, False)])
def test_after_weeks_without_a_report_more_may_have_happened(weeks, is_found):
    assert moved(S.NOT_STARTED, S.CONFIRMED, weeks) == (["D5"] if is_found else [])


@pytest.mark.parametrize(("then", "now"), [(None, S.COMPLETE), (S.COMPLETE, None), (None, None)])
def test_a_state_left_blank_moved_nowhere(then, now):
    assert moved(then, now) == []


def test_a_new_document_and_one_that_is_gone_moved_nowhere():
    earlier = before(document(S.COMPLETE, name="Kế hoạch"), document(S.COMPLETE, indicator="1.2"))
    assert cells("DOSSIER_STEP_SKIPPED", document(S.NOT_STARTED), earlier=earlier) == []
    assert cells("DOSSIER_STEP_SKIPPED", document(S.NOT_STARTED)) == []


def test_the_same_document_is_known_in_another_line_and_spelling():
    then = before(document(S.CONFIRMED, name="Kế hoạch"), document(S.COMPLETE, 6, name="Biên bản hoà giải"))
    now = document(S.NOT_STARTED, 5, name="biên bản hòa giải."), document(S.CONFIRMED, 6, name="Kế hoạch")
    assert cells("DOSSIER_STEP_SKIPPED", *now, earlier=then) == ["D5"]


def test_a_list_that_has_grown_or_shrunk_is_compared_row_by_row():
    two = document(S.COMPLETE), document(S.COMPLETE, 6, name="Kế hoạch")
    fell = document(S.DRAFTING), document(S.DRAFTING, 6, name="Kế hoạch")
    assert cells("DOSSIER_STEP_SKIPPED", *fell, earlier=before(two[0])) == ["D5"]
    assert cells("DOSSIER_STEP_SKIPPED", fell[1], earlier=before(*two)) == ["D6"]


def test_the_sentence_names_both_states_the_week_and_what_may_follow():
    (only,) = found("DOSSIER_STEP_SKIPPED", document(S.DRAFTING), earlier=before(document(S.COMPLETE)))
    assert says(only) == (
        'Hồ sơ ghi "đang lập", trong khi báo cáo tuần thứ Tư 5/4/2023 ghi "hoàn thiện": chưa đúng trình tự. '
        'Đề nghị kiểm tra lại; sau "hoàn thiện" có thể là: phòng yêu cầu bổ sung.'
    )


def test_rows_of_another_kind_are_no_documents():
    assert before(document(S.SENT)).keys() == {Part.DOSSIERS}
    earlier = {Part.DOSSIERS: EarlierPart(W14, ())}
    assert (
        cells("DOSSIER_STEP_SKIPPED", document(S.NOT_STARTED, sent_on=date(2023, 4, 3)), earlier=earlier)
        == []
    )


# --- dates -----


@pytest.mark.parametrize(("day", "is_found"), [(11, False), (12, False), (13, True)])
@pytest.mark.parametrize(("name", "cell"), [("sent_on", "F5"), ("answered_on", "G5")])
def test_what_is_stated_as_done_was_done_by_the_deadline_day(name, cell, day, is_found):
    stated: dict[str, Any] = {name: date(2023, 4, day)}
    row = document(S.SENT, **stated)
    assert cells("DATE_AFTER_WEEK", row) == ([cell] if is_found else [])


@pytest.mark.parametrize(("day", "is_found"), [(3, False), (4, False), (5, True)])
def test_a_deadline_that_a_holiday_has_moved_is_the_one_that_counts(day, is_found):
    row = document(S.SENT, sent_on=date(2023, 5, day))
    assert cells("DATE_AFTER_WEEK", row, week=W18) == (["F5"] if is_found else [])


@pytest.mark.parametrize(("day", "is_found"), [(13, False), (14, False), (15, True)])
def test_who_was_given_more_time_may_speak_of_it(day, is_found):
    extension = Extension("my_ha", W15, local("2023-04-14 10:00"), "Chờ kết quả", "Lãnh đạo UBND huyện")
    verdict = judge(
        submission(document(S.SENT, sent_on=date(2023, 4, day))),
        (),
        replace(CAMPAIGN, extensions=(extension,)),
    )
    assert ("DATE_AFTER_WEEK" in {finding.code for finding in verdict.findings}) is is_found


def test_the_sentence_names_the_day_and_the_deadline():
    (only,) = found("DATE_AFTER_WEEK", document(S.SENT, sent_on=date(2023, 4, 20)))
    assert says(only).startswith("Ngày 20/4/2023 sau hạn nộp của tuần báo cáo (12/4/2023). ")


@pytest.mark.parametrize("state", S)
def test_a_document_that_was_sent_says_when(state):
    was_sent = state not in (S.NOT_STARTED, S.DRAFTING)
    assert cells("SENT_ON_NOT_STATED", document(state)) == (["F5"] if was_sent else [])
    assert cells("SENT_ON_NOT_STATED", document(state, sent_on=date(2023, 4, 3))) == []


def test_without_a_state_nobody_says_that_it_was_sent():
    assert cells("SENT_ON_NOT_STATED", document(None)) == []


@pytest.mark.parametrize("state", S)
def test_a_document_with_a_sending_date_is_not_before_its_sending(state):
    is_before = state in (S.NOT_STARTED, S.DRAFTING)
    row = document(state, sent_on=date(2023, 4, 3))
    assert cells("STATE_BEFORE_SENDING", row) == (["D5"] if is_before else [])
    assert cells("STATE_BEFORE_SENDING", document(state)) == []


def test_what_was_sent_back_may_be_drafted_again_but_not_be_unbegun():
    dates: dict[str, Any] = {"sent_on": date(2023, 4, 3), "answered_on": date(2023, 4, 6)}
    assert cells("STATE_BEFORE_SENDING", document(S.DRAFTING, **dates)) == []
    assert cells("STATE_BEFORE_SENDING", document(S.NOT_STARTED, **dates)) == ["D5"]
    assert cells("STATE_BEFORE_SENDING", document(None, **dates)) == []


def sent(day: int | None, state: DossierState = S.SENT, **said: Any) -> DossierRow:
    return document(state, sent_on=day and date(2023, 4, day), **said)


def resent(then: DossierRow, now: DossierRow, weeks: int = 1) -> list[str]:
    return cells("SENT_ON_CHANGED", now, earlier=before(then, week=W14.shifted(1 - weeks)))


@pytest.mark.parametrize(("day", "is_found"), [(3, True), (4, False), (5, True), (None, False)])
def test_a_sending_date_stays(day, is_found):
    assert resent(sent(4), sent(day)) == (["F5"] if is_found else [])
    assert resent(sent(4), sent(day, S.CONFIRMED)) == (["F5"] if is_found else [])


def test_a_date_that_is_stated_for_the_first_time_has_not_changed():
    assert resent(sent(None), sent(4)) == []


@pytest.mark.parametrize("state", [S.MORE_REQUESTED, S.DRAFTING, S.NOT_STARTED])
@pytest.mark.parametrize(("day", "is_found"), [(3, True), (4, False), (5, False)])
def test_what_was_sent_back_is_sent_anew_on_a_later_day(state, day, is_found):
    assert resent(sent(4, state), sent(day)) == (["F5"] if is_found else [])


@pytest.mark.parametrize(("weeks", "is_found"), [(1, True), (2, False)])
def test_a_request_may_have_come_and_gone_in_weeks_without_a_report(weeks, is_found):
    assert resent(sent(4, S.CONFIRMED), sent(10), weeks) == (["F5"] if is_found else [])
    assert resent(sent(4, S.CONFIRMED), sent(3), weeks) == ["F5"]


def test_the_sentence_names_both_dates_and_the_week():
    (only,) = found("SENT_ON_CHANGED", sent(5), earlier=before(sent(4)))
    assert says(only).startswith(
        "Ngày gửi 5/4/2023 khác ngày 4/4/2023 ghi trong báo cáo tuần thứ Tư 5/4/2023. "
    )


# --- milestones: M1 wants "đã gửi phòng" before 25/4, M2 "đã xin ý kiến Sở" before 10/5 -----


def late_for(*rows: DossierRow, wednesday: date) -> list[tuple[str, str]]:
    """Where, and what was wanted."""
    missed = found("MILESTONE_PASSED", *rows, week=WeekName(wednesday))
    return [(finding.place.cell, finding.facts["target"]) for finding in missed]


def at(last_good_day: date, state: DossierState) -> Campaign:
    milestone = Milestone("M1", "Hồ sơ gửi phòng", "trước ngày", last_good_day, state)
    return replace(CAMPAIGN, calendar=calendar(milestones=(milestone,)))


@pytest.mark.parametrize(("last_good_day", "is_found"), [(11, True), (12, False), (13, False)])
def test_a_milestone_has_passed_when_its_last_good_day_lies_before_the_wednesday(last_good_day, is_found):
    campaign = at(date(2023, 4, last_good_day), S.SENT)
    codes = {finding.code for finding in judge(submission(document(S.DRAFTING)), (), campaign).findings}
    assert ("MILESTONE_PASSED" in codes) is is_found


@pytest.mark.parametrize("state", S)
def test_a_document_that_has_not_reached_the_state_is_found_at_it(state):
    is_short = state in (S.NOT_STARTED, S.DRAFTING, S.MORE_REQUESTED)
    wanted = [("D5", "đã gửi phòng")] if is_short else []
    assert late_for(document(state), wednesday=date(2023, 4, 19)) == []
    assert late_for(document(state), wednesday=date(2023, 4, 26)) == wanted


def test_of_two_milestones_the_one_that_is_longest_past_is_told():
    rows = document(S.DRAFTING), document(S.SENT, 6, name="A"), document(S.PROVINCE_ASKED, 7, name="B")
    assert late_for(*rows, wednesday=date(2023, 5, 10)) == [
        ("D5", "đã gửi phòng"),
        ("D6", "đã xin ý kiến Sở"),
    ]


def test_a_document_of_a_condition_or_without_a_state_is_not_counted_by_a_milestone():
    rows = document(None), document(S.DRAFTING, 6, "GATE-NO-DONG"), document(S.DRAFTING, 7, "2")
    assert late_for(*rows, wednesday=date(2023, 5, 31)) == []


def test_the_milestone_of_the_criteria_asks_nothing_of_documents():
    assert late_for(document(S.PROVINCE_ASKED), wednesday=date(2023, 6, 7)) == []


def test_the_sentence_names_the_milestone_as_the_notice_has_it():
    (only,) = found("MILESTONE_PASSED", document(S.DRAFTING), week=W15.shifted(2))
    assert says(only).startswith(
        'Mốc "Hồ sơ gửi phòng" (xong trước ngày 25/4/2023) đã qua nhưng hồ sơ còn ghi "đang lập". '
    )


# --- what the department asked for: two weeks at most, unless the campaign says otherwise -----


def requested(asked_on: date | None = None, **said: Any) -> DossierRow:
    return document(S.MORE_REQUESTED, answered_on=asked_on, **said)


@pytest.mark.parametrize(("day", "is_found"), [(28, True), (29, True), (30, False)])
def test_a_request_that_stands_for_two_whole_weeks_is_told(day, is_found):
    assert cells("REQUEST_STANDS", requested(date(2023, 3, day))) == (["D5"] if is_found else [])


@pytest.mark.parametrize(("weeks", "is_found"), [("1", True), ("2", True), ("3", False)])
def test_how_long_it_may_stand_is_the_campaigns_to_say(weeks, is_found):
    campaign = replace(CAMPAIGN, rule_parameters={"weeks_of_a_request": weeks})
    verdict = judge(submission(requested(date(2023, 3, 29))), (), campaign)
    assert ("REQUEST_STANDS" in {finding.code for finding in verdict.findings}) is is_found


@pytest.mark.parametrize("weeks", [1, 2, 3])
def test_without_a_date_it_is_told_from_the_second_report_that_states_it(weeks):
    """Nobody knows how long it has stood, and only the last report is known: five weeks running it was never told."""
    earlier = before(requested(), week=W15.shifted(-weeks))
    (told,) = found("REQUEST_STANDS", requested(), earlier=earlier)
    assert told.facts == {"first": vi_date(W15.shifted(-weeks).wednesday)}


def test_without_a_date_nothing_is_known_of_a_new_request():
    assert cells("REQUEST_STANDS", requested()) == []
    earlier = before(document(S.SENT), week=W15.shifted(-5))
    assert cells("REQUEST_STANDS", requested(), earlier=earlier) == []


def test_a_request_that_was_answered_before_is_no_request_any_more():
    earlier = before(requested(date(2023, 3, 1)), week=W15.shifted(-5))
    assert cells("REQUEST_STANDS", requested(date(2023, 4, 5)), earlier=earlier) == []
    assert cells("REQUEST_STANDS", document(S.SENT, answered_on=date(2023, 3, 1)), earlier=earlier) == []


def test_an_answer_to_what_was_sent_before_is_not_the_date_of_the_request():
    row = requested(date(2023, 3, 20), sent_on=date(2023, 3, 21))
    assert cells("REQUEST_STANDS", row) == []
    assert cells("REQUEST_STANDS", requested(date(2023, 3, 20), sent_on=date(2023, 3, 20))) == ["D5"]


def test_the_sentence_says_since_when():
    (only,) = found("REQUEST_STANDS", requested(date(2023, 3, 29)))
    assert says(only) == (
        "Phòng yêu cầu bổ sung từ ngày 29/3/2023, đến nay hồ sơ chưa được gửi lại. "
        "Đề nghị bổ sung, gửi lại phòng và ghi đủ ngày phản hồi."
    )


# --- a document that is listed no longer -----


def gone(*now: DossierRow, then: tuple[DossierRow, ...]) -> list[tuple[str, str, str]]:
    """Place, indicators, documents of each finding."""
    told = found("DOCUMENT_GONE", *now, earlier=before(*then))
    return [(each.place.cell, each.facts["indicator"], each.facts["seen"]) for each in told]


def test_a_document_that_is_gone_is_told_at_the_first_row_of_its_indicator():
    then = document(S.SENT), document(S.NOT_STARTED, 6, name="Kế hoạch"), document(None, 7, name="Biên bản")
    now = document(S.SENT, 8, indicator="1.2"), document(S.SENT, 9), document(S.SENT, 10, name="Biên bản")
    assert gone(*now, then=then) == [("B9", "1.1", '"Kế hoạch"')]


def test_the_same_name_under_another_indicator_is_another_document():
    now = document(S.SENT, 9, indicator="1.2"), document(S.SENT, 10, name="Kế hoạch")
    assert gone(*now, then=(document(S.SENT),)) == [("B10", "1.1", '"Báo cáo"')]


def test_indicators_of_which_nothing_is_listed_are_told_once_of_the_table():
    then = (
        document(S.SENT),
        document(S.SENT, 6, "1.2"),
        document(S.SENT, 7, "GATE-NO-DONG"),
        document(S.SENT, 8, "2"),
    )
    assert gone(document(S.SENT), then=then) == [
        ("", "1.2, GATE-NO-DONG, 2", '"Báo cáo", "Báo cáo", "Báo cáo"')
    ]
    (only,) = found("DOCUMENT_GONE", document(S.SENT), earlier=before(*then))
    assert only.place.sheet == "B. Hồ sơ"


@pytest.mark.parametrize(("left_out", "others"), [(5, ""), (6, " và 1 tài liệu khác")])
def test_of_many_documents_five_are_named(left_out, others):
    then = tuple(document(S.SENT, number, name=f"Số {number}") for number in range(left_out))
    ((_, _, seen),) = gone(document(S.SENT), then=then)
    assert seen == '"Số 0", "Số 1", "Số 2", "Số 3", "Số 4"' + others


def test_what_was_listed_twice_and_is_listed_once_is_not_gone():
    assert gone(document(S.SENT), then=(document(S.SENT), document(S.SENT, 6, name="BÁO CÁO"))) == []


def test_a_code_of_another_catalogue_is_not_asked_for():
    assert gone(document(S.SENT), then=(document(S.SENT), document(S.SENT, 6, "99.9"))) == []


def test_a_file_without_documents_takes_none_away():
    earlier = before(document(S.SENT))
    assert found("DOCUMENT_GONE", carrying=(Part.DOSSIERS,), earlier=earlier) == ()
    assert found("DOCUMENT_GONE", nil=True, earlier=earlier) == ()
    assert found("DOCUMENT_GONE", document(S.SENT)) == ()
