"""Dates are those of calendar_2023 (public holidays 29/4 to 3/5) and of the Tết breaks of 2021 and 2023."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calendar import Calendar, DayOff, Extension, HolidayPolicy
from domain.weeks import WeekName
from tests.factories_domain import W15, W18, W22, ZONE, calendar, days_off, local

KEEP, PREVIOUS, NEXT, SKIP = (
    HolidayPolicy.KEEP,
    HolidayPolicy.PREVIOUS,
    HolidayPolicy.NEXT,
    HolidayPolicy.SKIP,
)
TET_2023 = days_off(date(2023, 1, 20), date(2023, 1, 26), "Tết Quý Mão")  # Friday to Thursday
TET_2021 = days_off(date(2021, 2, 10), date(2021, 2, 16), "Tết Tân Sửu")  # Wednesday to Tuesday


def test_the_policies_are_the_words_that_campaigns_are_written_in():
    assert [str(policy) for policy in HolidayPolicy] == [
        "keep",
        "previous_working_day",
        "next_working_day",
        "skip",
    ]


def test_a_calendar_that_names_no_more_has_neither_days_off_nor_milestones_nor_bounds_of_dates():
    bare = Calendar(ZONE, W15, W22)
    assert bare.deadline(W18) == local("2023-05-03 16:00")
    assert (bare.milestones, bare.plausible_dates) == ((), {})


@pytest.mark.parametrize(
    "name", ["2023-W15", "2023-W16", "2023-W17", "2023-W19", "2023-W20", "2023-W21", "2023-W22"]
)
@pytest.mark.parametrize("policy", HolidayPolicy)
def test_on_a_working_wednesday_a_report_is_due_at_four_whatever_the_policy(name, policy):
    week = WeekName.parse(name)
    assert calendar(policy=policy).deadline(week) == local(f"{week.wednesday} 16:00")
    assert calendar(policy=policy).close(week) == local(f"{week.wednesday} 16:30")


@pytest.mark.parametrize(
    ("policy", "deadline"),
    [(KEEP, "2023-05-03 16:00"), (PREVIOUS, "2023-04-28 16:00"), (NEXT, "2023-05-04 16:00")],
)
def test_the_holiday_of_3_may_moves_the_deadline_as_the_policy_says(policy, deadline):
    assert calendar(policy=policy).deadline(W18) == local(deadline)
    assert calendar(policy=policy).effective_day(W18) == local(deadline).date()


def test_a_deadline_on_a_holiday_goes_to_the_next_working_day_by_default():
    assert calendar().deadline(W18) == local("2023-05-04 16:00")
    assert calendar().close(W18) == local("2023-05-04 16:30")


def test_the_30th_of_april_2025_moves_over_the_weekend_to_the_5th_of_may():
    spring = calendar(days_off=days_off(date(2025, 4, 30), date(2025, 5, 2)))  # Wednesday to Friday
    assert spring.deadline(WeekName(date(2025, 4, 30))) == local("2025-05-05 16:00")


def test_a_skipped_week_is_due_on_no_day_but_keeps_a_moment():
    skipping = calendar(policy=SKIP)
    assert skipping.effective_day(W18) is None
    assert skipping.deadline(W18) == local("2023-05-03 16:00")
    assert skipping.close(W18) == local("2023-05-03 16:30")


@pytest.mark.parametrize(("policy", "deadline"), [(PREVIOUS, "2023-01-19 16:00"), (NEXT, "2023-01-27 16:00")])
def test_a_wednesday_inside_tet_moves_over_the_whole_break(policy, deadline):
    assert calendar(days_off=TET_2023, policy=policy).deadline(WeekName(date(2023, 1, 25))) == local(deadline)


@pytest.mark.parametrize(
    ("policy", "deadline"),
    [(PREVIOUS, "2021-02-09 16:00"), (NEXT, "2021-02-17 16:00")],
)
def test_a_break_that_begins_on_a_wednesday_may_move_it_onto_the_next_one(policy, deadline):
    assert calendar(days_off=TET_2021, policy=policy).deadline(WeekName(date(2021, 2, 10))) == local(deadline)


def test_a_holiday_that_is_worked_by_local_decision_keeps_its_deadline():
    assert calendar(working_days_extra={date(2023, 5, 3): "làm bù"}).deadline(W18) == local(
        "2023-05-03 16:00"
    )


def test_a_saturday_that_is_worked_is_the_next_working_day():
    swapped = calendar(working_days_extra={date(2023, 5, 6): "làm bù"})
    assert swapped.next_working_day(date(2023, 5, 5)) == date(2023, 5, 6)
    assert calendar().next_working_day(date(2023, 5, 5)) == date(2023, 5, 8)


def test_working_days_are_monday_to_friday_without_holidays():
    april_24_to_may_7 = [date(2023, 4, 24) + timedelta(n) for n in range(14)]
    worked = [day.day for day in april_24_to_may_7 if calendar().is_working_day(day)]
    assert worked == [24, 25, 26, 27, 28, 4, 5]


def test_the_day_before_and_after_the_break_are_working_days():
    assert calendar().previous_working_day(date(2023, 5, 4)) == date(2023, 4, 28)
    assert calendar().next_working_day(date(2023, 4, 28)) == date(2023, 5, 4)


@pytest.mark.parametrize(
    ("week", "policy", "cutoff"),
    [
        (W15, NEXT, "2023-04-11 17:00"),
        (W18, NEXT, "2023-04-28 17:00"),
        (W18, PREVIOUS, "2023-04-27 17:00"),
        (W18, KEEP, "2023-04-28 17:00"),
        (W22, NEXT, "2023-05-30 17:00"),
    ],
)
def test_data_are_cut_off_at_five_on_the_last_working_day_before_the_deadline(week, policy, cutoff):
    assert calendar(policy=policy).cutoff(week) == local(cutoff)


@pytest.mark.parametrize(
    ("week", "policy", "last_day"),
    [
        (W15, NEXT, date(2023, 4, 13)),
        (W18, NEXT, date(2023, 5, 5)),
        (W18, PREVIOUS, date(2023, 5, 4)),  # due Friday 28/4, then the break
    ],
)
def test_a_correction_is_in_time_to_the_last_moment_of_the_next_working_day(week, policy, last_day):
    end = calendar(policy=policy).correction_end(week)
    assert local(f"{last_day} 23:59:59.999999") <= end
    assert end < local(f"{last_day + timedelta(1)} 00:00")


def test_more_correction_days_run_over_the_weekend():
    assert calendar(correction_working_days=3).correction_end(W15).date() == date(2023, 4, 17)


def test_no_correction_days_end_with_the_day_of_the_deadline():
    assert calendar(correction_working_days=0).correction_end(W15).date() == date(2023, 4, 12)


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2023, 4, 12), date(2023, 4, 12), 0),
        (date(2023, 4, 12), date(2023, 4, 13), 1),
        (date(2023, 4, 14), date(2023, 4, 16), 0),  # Friday to Sunday
        (date(2023, 4, 26), date(2023, 5, 4), 3),  # 27/4, 28/4 and 4/5
        (date(2023, 5, 4), date(2023, 4, 26), -3),
    ],
)
def test_working_days_are_counted_after_the_start_up_to_the_end(start, end, days):
    assert calendar().working_days_between(start, end) == days


SPRING = st.dates(date(2023, 4, 1), date(2023, 6, 15))


@given(SPRING, SPRING, SPRING)
def test_working_days_of_two_spans_add_up(start, middle, end):
    days = calendar().working_days_between
    assert days(start, middle) + days(middle, end) == days(start, end)


def test_a_week_locks_thirty_days_after_the_last_wednesday():
    assert calendar().locked_from() == local("2023-06-30 00:00")
    assert calendar(locked_after_days=1).locked_from() == local("2023-06-01 00:00")


def test_the_campaign_of_2023_has_eight_weeks():
    weeks = calendar().weeks()
    assert [str(week) for week in weeks] == [f"2023-W{n}" for n in range(15, 23)]
    assert len(calendar(last_week=W15).weeks()) == 1


@pytest.mark.parametrize(
    ("moment", "week"),
    [
        ("2023-04-12 16:29:59", "2023-W14"),
        ("2023-04-12 16:30:00", "2023-W15"),
        ("2023-04-16 23:59:00", "2023-W15"),
        ("2023-04-18 10:00:00", "2023-W15"),  # a Tuesday belongs to the week before
        ("2023-05-03 16:30:00", "2023-W17"),  # the holiday itself closes nothing
        ("2023-05-04 16:29:59", "2023-W17"),
        ("2023-05-04 16:30:00", "2023-W18"),
        ("2023-05-10 16:30:00", "2023-W19"),
    ],
)
def test_a_run_closes_the_latest_week_whose_close_has_come(moment, week):
    assert str(calendar().week_of_run(local(moment))) == week


@pytest.mark.parametrize(
    ("moment", "week"),
    [
        ("2023-04-26 16:30", "2023-W17"),
        ("2023-04-28 16:29", "2023-W17"),
        ("2023-04-28 16:30", "2023-W18"),
        ("2023-05-10 16:29", "2023-W18"),
    ],
)
def test_where_deadlines_move_forward_a_run_before_the_break_closes_the_week_inside_it(moment, week):
    assert str(calendar(policy=PREVIOUS).week_of_run(local(moment))) == week


def test_before_tet_a_run_closes_the_week_that_the_break_swallows():
    tet = calendar(days_off=TET_2023, policy=PREVIOUS)
    assert str(tet.week_of_run(local("2023-01-18 16:30"))) == "2023-W03"
    assert str(tet.week_of_run(local("2023-01-19 16:30"))) == "2023-W04"


def test_of_two_weeks_that_close_together_a_run_is_named_by_the_later():
    tet = calendar(days_off=TET_2021)
    assert tet.close(WeekName.parse("2021-W06")) == tet.close(WeekName.parse("2021-W07"))
    assert str(tet.week_of_run(local("2021-02-17 16:29"))) == "2021-W05"
    assert str(tet.week_of_run(local("2021-02-17 16:30"))) == "2021-W07"


def test_three_wednesdays_of_one_break_close_together_before_it():
    long_break = calendar(days_off=days_off(date(2023, 4, 11), date(2023, 4, 28)), policy=PREVIOUS)
    assert str(long_break.week_of_run(local("2023-04-10 16:30"))) == "2023-W17"


def test_the_week_of_a_run_is_decided_on_the_local_clock():
    assert str(calendar().week_of_run(datetime(2023, 4, 12, 9, 30, tzinfo=UTC))) == "2023-W15"
    assert str(calendar().week_of_run(datetime(2023, 4, 12, 9, 29, tzinfo=UTC))) == "2023-W14"
    at_six = calendar(close_at=time(6, 0))
    assert str(at_six.week_of_run(datetime(2023, 4, 11, 23, 0, tzinfo=UTC))) == "2023-W15"


BREAKS = st.lists(st.tuples(st.dates(date(2023, 3, 1), date(2023, 7, 1)), st.integers(0, 12)), max_size=3)
MOMENTS = st.datetimes(
    local("2023-03-01 00:00").replace(tzinfo=None), local("2023-07-31 00:00").replace(tzinfo=None)
)


@settings(deadline=None)
@given(MOMENTS, BREAKS, st.sampled_from(HolidayPolicy))
def test_every_local_time_has_exactly_one_week_closed_and_the_next_still_open(moment, breaks, policy):
    off = {day: name for first, n in breaks for day, name in days_off(first, first + timedelta(n)).items()}
    year = calendar(days_off=off, policy=policy)
    week = year.week_of_run(moment.replace(tzinfo=ZONE))
    assert year.close(week) <= moment.replace(tzinfo=ZONE) < year.close(week.shifted(1))


@pytest.mark.parametrize(
    ("policy", "sentence"),
    [
        (NEXT, "Thứ Tư 3/5/2023 là nghỉ lễ 30/4 nên hạn nộp là 16:00 ngày 4/5/2023."),
        (PREVIOUS, "Thứ Tư 3/5/2023 là nghỉ lễ 30/4 nên hạn nộp là 16:00 ngày 28/4/2023."),
        (KEEP, "Thứ Tư 3/5/2023 là nghỉ lễ 30/4 nhưng hạn nộp vẫn là 16:00 ngày 3/5/2023."),
        (SKIP, "Thứ Tư 3/5/2023 là nghỉ lễ 30/4 nên tuần này không phải báo cáo."),
    ],
)
def test_the_calendar_says_why_a_deadline_is_where_it_is(policy, sentence):
    assert calendar(policy=policy).why(W18) == sentence


def test_an_ordinary_wednesday_needs_no_reason():
    assert calendar().why(W15) == "Hạn nộp 16:00 ngày 12/4/2023 (thứ Tư hàng tuần)."


def test_a_holiday_without_an_announced_notice_is_told_as_expected():
    expected = {date(2023, 5, 3): DayOff("nghỉ bù", announced=False)}
    assert calendar(days_off=expected).why(W18).startswith("Thứ Tư 3/5/2023 là nghỉ bù (dự kiến) nên")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, "theo UBND huyện"),
        ({"document_no": "45/CV-UBND"}, "theo UBND huyện, văn bản 45/CV-UBND"),
        ({"asked_by": "UBND xã Mỹ Hà"}, "theo UBND huyện, UBND xã Mỹ Hà đề nghị"),
        (
            {"document_no": "45/CV-UBND", "asked_by": "UBND xã Mỹ Hà"},
            "theo UBND huyện, văn bản 45/CV-UBND, UBND xã Mỹ Hà đề nghị",
        ),
    ],
)
def test_an_extension_says_who_granted_it_by_which_document_and_who_asked(said, told):
    assert Extension("my_ha", W15, local("2023-04-14 16:00"), "bão", "UBND huyện", **said).vi == told


@pytest.mark.parametrize(
    ("name", "is_owed"), [("2023-W14", False), ("2023-W15", True), ("2023-W22", True), ("2023-W23", False)]
)
def test_a_report_is_owed_from_the_first_to_the_last_week_of_the_campaign(name, is_owed):
    assert (calendar().why_no_report(WeekName.parse(name)) == "") is is_owed


def test_a_week_outside_the_campaign_is_told_between_which_weeks_it_lies():
    assert calendar().why_no_report(W22.shifted(1)) == (
        "Tuần thứ Tư 7/6/2023 nằm ngoài đợt báo cáo (từ thứ Tư 12/4/2023 đến hết thứ Tư 31/5/2023)."
    )


def test_nothing_is_owed_for_a_week_that_the_policy_skips():
    assert calendar(policy=SKIP).why_no_report(W18) == calendar(policy=SKIP).why(W18)


def test_the_week_before_and_the_weeks_after_are_those_of_the_campaign_in_which_a_report_is_owed():
    spring = calendar()
    assert spring.week_before(W15) is None
    assert spring.week_before(W15.shifted(1)) == W15
    assert spring.week_before(W22.shifted(5)) == W22
    assert spring.weeks_after(W22) == ()
    assert spring.weeks_after(W22.shifted(-2)) == (W22.shifted(-1), W22)


def test_a_week_that_the_holiday_policy_skips_is_no_week_before():
    skipping = calendar(policy=SKIP)
    assert skipping.week_before(W18.shifted(1)) == W18.shifted(-1)
    assert W18 not in skipping.weeks_after(W15)
    assert calendar(policy=NEXT).week_before(W18.shifted(1)) == W18


@pytest.mark.parametrize(
    ("now", "missed"),
    [
        ("2023-04-26 16:29", []),
        ("2023-04-26 16:30", ["2023-W17"]),
        ("2023-05-03 23:00", ["2023-W17"]),  # the holiday: W18 closes on Thursday
        ("2023-05-04 16:30", ["2023-W17", "2023-W18"]),
    ],
)
def test_a_week_is_missed_from_its_close_on_until_it_is_published(now, missed):
    told = calendar().missed_weeks(W15, [W15, W15.shifted(1)], local(now))
    assert [str(week) for week in told] == missed


def test_no_week_is_missed_before_the_first_one_known_nor_one_that_owes_nothing():
    after = local("2023-07-01 00:00")
    assert calendar().missed_weeks(W22, [], after) == (W22,)
    assert W18 not in calendar(policy=SKIP).missed_weeks(W15, [], after)
