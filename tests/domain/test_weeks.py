from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import UserError
from domain.weeks import WeekName, week_named, week_or_none

WEDNESDAYS = st.integers(0, 15_000).map(lambda weeks: date(1900, 1, 3) + timedelta(weeks=weeks))


@pytest.mark.parametrize(
    ("wednesday", "name"),
    [
        (date(2023, 4, 12), "2023-W15"),
        (date(2023, 4, 19), "2023-W16"),
        (date(2023, 4, 26), "2023-W17"),
        (date(2023, 5, 3), "2023-W18"),
        (date(2023, 5, 10), "2023-W19"),
        (date(2023, 5, 17), "2023-W20"),
        (date(2023, 5, 24), "2023-W21"),
        (date(2023, 5, 31), "2023-W22"),
    ],
)
def test_the_report_wednesdays_of_2023_have_the_names_of_the_campaigns_calendar(wednesday, name):
    assert str(WeekName(wednesday)) == name
    assert WeekName.parse(name).wednesday == wednesday


# ISO 8601: a week belongs to the year of its Thursday; 2020 and 2026 have 53 weeks.
@pytest.mark.parametrize(
    ("wednesday", "name"),
    [
        (date(2018, 12, 26), "2018-W52"),
        (date(2019, 1, 2), "2019-W01"),
        (date(2020, 12, 30), "2020-W53"),
        (date(2021, 1, 6), "2021-W01"),
        (date(2025, 12, 31), "2026-W01"),
        (date(2026, 12, 30), "2026-W53"),
        (date(2027, 1, 6), "2027-W01"),
    ],
)
def test_a_week_over_the_turn_of_the_year_belongs_to_the_year_of_its_thursday(wednesday, name):
    assert str(WeekName(wednesday)) == name
    assert WeekName.parse(name).wednesday == wednesday


@pytest.mark.parametrize(
    "name",
    ["", "2023", "2023-15", "W15", "2023-W5", "2023-W015", "2023-w15", "2023W15", " 2023-W15", "2023-W15\n",
     "2023-W00", "2023-W53", "2023-W54", "2023-04-12", "tuần 15", "２０２３-W15"],
)  # fmt: skip
def test_what_is_no_week_name_is_refused(name):
    with pytest.raises(ValueError):  # noqa: PT011 - the kind of error is the contract, its words aren't
        WeekName.parse(name)


@pytest.mark.parametrize("day", [date(2023, 4, 11), date(2023, 4, 13), date(2023, 4, 16)])
def test_a_week_is_named_by_a_wednesday_and_no_other_day(day):
    with pytest.raises(ValueError, match="not a Wednesday"):
        WeekName(day)


@pytest.mark.parametrize("days_after_monday", range(7))
def test_monday_to_sunday_belong_to_the_wednesday_between_them(days_after_monday):
    day = date(2023, 4, 10) + timedelta(days_after_monday)
    assert WeekName.containing(day) == WeekName(date(2023, 4, 12))


def test_two_that_were_read_of_one_name_are_one_key():
    told = {WeekName.parse("2023-W15"): "bản 2"}
    assert told[WeekName.parse("2023-W15")] == "bản 2"


def test_people_read_the_date_of_the_wednesday_without_zeros():
    assert WeekName(date(2023, 4, 5)).vi == "thứ Tư 5/4/2023"


def test_weeks_are_counted_in_sevens_of_days():
    assert WeekName(date(2023, 4, 12)).shifted(3) == WeekName(date(2023, 5, 3))
    assert WeekName(date(2023, 1, 4)).shifted(-1) == WeekName(date(2022, 12, 28))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2026-W60", "năm 2026 có các tuần từ W01 đến W53."),
        ("2023-W53", "năm 2023 có các tuần từ W01 đến W52."),
        ("2023-W00", "năm 2023 có các tuần từ W01 đến W52."),
        ("2025-W53", "năm 2025 có các tuần từ W01 đến W52."),  # 29/12/2025 is in 2026-W01
        ("0000-W60", "năm 0000 có các tuần từ W01 đến W52."),
        ("12/4/2023", "tuần được ghi dạng 2023-W15; ngày 12/4/2023 thuộc tuần 2023-W15."),
        ("16/4/2023", "tuần được ghi dạng 2023-W15; ngày 16/4/2023 thuộc tuần 2023-W15."),
        ("31/2/2023", "tuần được ghi dạng 2023-W15, gồm năm và số tuần."),
        ("tuần 15", "tuần được ghi dạng 2023-W15, gồm năm và số tuần."),
    ],
)
def test_a_text_that_names_no_week_is_told_what_would(text, said):
    with pytest.raises(UserError) as caught:
        week_named(text)
    assert str(caught.value) == f"Không có tuần {text!r}: {said}"


@pytest.mark.parametrize("text", ["2023-W53", "0000-W60", "2023-w15", "tuần 15", "12/4/2023", "my_ha", ""])
def test_what_may_as_well_name_something_else_is_no_week(text):
    assert week_or_none(text) is None
    assert week_or_none("2023-W15") == WeekName(date(2023, 4, 12))


@given(WEDNESDAYS)
def test_a_name_read_back_is_the_same_week(wednesday):
    assert WeekName.parse(str(WeekName(wednesday))) == WeekName(wednesday)


@given(WEDNESDAYS, WEDNESDAYS)
def test_names_sort_as_their_dates_do(one, other):
    assert (WeekName(one) < WeekName(other)) == (one < other) == (str(WeekName(one)) < str(WeekName(other)))
