"""What a day is and why, as it is told. Dates are those of calendar_2023."""

from dataclasses import replace
from datetime import date

import pytest

from domain.almanac import explained, week_line, what_it_is
from domain.calendar import DayOff, Extension, HolidayPolicy
from tests.factories_domain import W15, W18, W22, calendar, campaign, local

SWAPPED = {date(2023, 5, 6): "làm bù"}
LOCAL = {date(2023, 5, 10): DayOff("ngày hội", announced=False, source="Công văn 5/UBND")}


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2023, 4, 12), "ngày làm việc"),
        (date(2023, 4, 15), "nghỉ cuối tuần"),
        (date(2023, 5, 3), "ngày nghỉ, nghỉ lễ 30/4"),
        (date(2023, 5, 6), "ngày làm việc, làm bù"),
        (date(2023, 5, 10), "ngày nghỉ, ngày hội (dự kiến) (Công văn 5/UBND)"),
    ],
)
def test_a_day_is_worked_or_off_for_a_reason(day, said):
    days = calendar()
    odd = replace(days, working_days_extra=SWAPPED, days_off={**days.days_off, **LOCAL})
    assert what_it_is(odd, day) == said


@pytest.mark.parametrize(
    ("policy", "moved"),
    [
        (HolidayPolicy.NEXT, "3/5/2023 nghỉ lễ 30/4 → hạn 4/5/2023"),
        (HolidayPolicy.PREVIOUS, "3/5/2023 nghỉ lễ 30/4 → hạn 28/4/2023"),
        (HolidayPolicy.KEEP, "3/5/2023 nghỉ lễ 30/4 → hạn vẫn là 3/5/2023"),
        (HolidayPolicy.SKIP, "3/5/2023 nghỉ lễ 30/4 → không phải báo cáo"),
    ],
)
def test_a_week_says_where_its_deadline_went(policy, moved):
    line = week_line(calendar(policy=policy), W18)
    assert line.moved == moved
    assert line.is_owed is (policy is not HolidayPolicy.SKIP)
    assert week_line(calendar(policy=policy), W15).moved == ""


@pytest.mark.parametrize(
    ("day", "is_expected"),
    [
        (date(2023, 4, 27), False),  # before the cut-off of 28/4
        (date(2023, 5, 4), True),  # moves the deadline to 5/5
        (date(2023, 5, 5), True),  # moves the end of corrections to 8/5
        (date(2023, 5, 9), False),
    ],
)
def test_a_week_is_expected_where_a_day_that_decides_one_of_its_dates_has_no_notice(day, is_expected):
    days = calendar()
    off = {**days.days_off, day: DayOff("nghỉ thêm", announced=False)}
    known = replace(days, days_off=off)
    assert week_line(known, W18).is_expected is is_expected
    moments = next(each for each in told(date(2023, 5, 3), calendar=known) if each.startswith("Số liệu"))
    assert moments.endswith("(dự kiến).") is is_expected
    assert not week_line(days, W18).is_expected


def told(day, **changes):
    return explained(replace(campaign(), **changes), day)


def test_the_holiday_says_its_week_its_deadline_and_which_week_is_closed():
    first, week, moments, closed = told(date(2023, 5, 3))
    assert first == "Thứ Tư 3/5/2023: ngày nghỉ, nghỉ lễ 30/4."
    assert week == f"Tuần báo cáo 2023-W18 (thứ Tư 3/5/2023). {calendar().why(W18)}"
    assert moments == (
        "Số liệu tính đến 17:00 ngày 28/4/2023; chốt lúc 16:30 ngày 4/5/2023; "
        "bản sửa của báo cáo nộp đúng hạn vẫn tính là đúng hạn nếu đến trong ngày 5/5/2023."
    )
    assert closed == "Đến hết ngày này, tuần chốt gần nhất là 2023-W17 (thứ Tư 26/4/2023)."


def test_days_passed_over_on_the_way_are_named():
    off = {**calendar().days_off, date(2023, 5, 4): DayOff("nghỉ thêm")}
    said = told(date(2023, 5, 3), calendar=calendar(days_off=off))
    assert "Các ngày được bỏ qua: thứ Năm 4/5/2023: ngày nghỉ, nghỉ thêm." in said


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2023, 4, 23), None),
        (date(2023, 4, 24), "Ngày cuối cùng của mốc M1"),
        (date(2023, 4, 25), "Đã quá mốc M1"),
        (date(2023, 4, 26), None),
    ],
)
def test_before_the_25th_ends_with_the_24th(day, said):
    about = [each for each in told(day) if "mốc M1" in each]
    assert [each.startswith(said or "") for each in about] == ([True] if said else [])


def test_a_deadline_that_came_from_another_week_is_told_on_its_day():
    """Pulled before the break it lies in the week before."""
    said = told(date(2023, 4, 28), calendar=calendar(policy=HolidayPolicy.PREVIOUS))
    assert any(each.startswith("Hạn nộp của tuần 2023-W18 (thứ Tư 3/5/2023) là ngày này.") for each in said)


def test_an_extension_says_who_granted_and_who_asked_for_it_on_the_day_it_ends():
    given = Extension(
        "my_ha",
        W15,
        local("2023-04-14 10:00"),
        "mất điện",
        granted_by="Lãnh đạo UBND huyện",
        document_no="12/UBND",
        asked_by="UBND xã Mỹ Hà",
    )
    said = told(date(2023, 4, 14), extensions=(given,))
    name = campaign().roster["my_ha"].name
    assert (
        f"Hết gia hạn của {name} cho tuần 2023-W15 (thứ Tư 12/4/2023) lúc 10:00, theo Lãnh đạo UBND huyện, "
        "văn bản 12/UBND, UBND xã Mỹ Hà đề nghị."
    ) in said
    assert not any("gia hạn của" in each for each in told(date(2023, 4, 13), extensions=(given,)))


def test_where_a_week_owes_nothing_the_week_closed_last_is_the_one_before():
    said = told(date(2023, 5, 4), calendar=calendar(policy=HolidayPolicy.SKIP))
    assert said[-1] == "Đến hết ngày này, tuần chốt gần nhất là 2023-W17 (thứ Tư 26/4/2023)."


def test_a_deadline_that_moved_here_is_told_outside_the_campaign_too():
    off = {
        date(2023, 7, 5): DayOff("nghỉ"),
        date(2023, 7, 6): DayOff("nghỉ"),
        date(2023, 7, 7): DayOff("nghỉ"),
    }
    said = told(date(2023, 7, 10), calendar=calendar(days_off=off))
    assert any(each.startswith("Hạn nộp của tuần 2023-W27 (thứ Tư 5/7/2023) là ngày này.") for each in said)


def test_outside_the_campaign_a_day_says_so_and_where_its_report_would_be_due():
    said = told(W22.shifted(1).wednesday)
    assert said[1].startswith(
        "Tuần báo cáo 2023-W23 (thứ Tư 7/6/2023). Tuần thứ Tư 7/6/2023 nằm ngoài đợt báo cáo"
    )
    assert said[1].endswith("Theo cách tính của đợt này: Hạn nộp 16:00 ngày 7/6/2023 (thứ Tư hàng tuần).")


def test_from_its_lock_on_a_campaign_says_so():
    assert not any("khóa" in each for each in told(date(2023, 6, 29)))
    assert told(date(2023, 6, 30))[-1].startswith("Từ ngày 30/6/2023 mọi tuần đã khóa")
