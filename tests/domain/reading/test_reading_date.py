from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.reading.cell import Cell
from domain.reading.date import is_month_first, may_be_turned, read_date
from domain.reading.period import read_period
from domain.vietnamese import vi_date

APRIL_25 = date(2023, 4, 25)


@pytest.mark.parametrize(
    "text",
    [
        "25/04/2023", "25/4/2023", "25/4/23", "25-04-2023", "25.4.2023", "25 / 4 / 2023", "2023-04-25",
        "2023-04-25 00:00:00", "ngày 25/4/2023", "ngày 25 tháng 4 năm 2023", "25 tháng 04 năm 2023", " 25/4/2023 ",
    ],
)  # fmt: skip
def test_a_date_written_as_text_is_read_day_first(text):
    assert read_date(Cell(text)).value == APRIL_25


@pytest.mark.parametrize(
    "text",
    ["25/04/2023", "25/4/2023", "25.4.2023", "25 - 4 - 2023", "ngày 25 tháng 04 năm 2023", " 25/4/2023 "],
)
def test_a_day_written_with_the_same_three_numbers_is_read_without_a_word(text):
    assert (read_date(Cell(text)).code, read_period(Cell(text)).code) == ("", "")


@pytest.mark.parametrize("text", ["25/4/23", "25.04.23", "2023-04-25", "2023-04-25 00:00:00"])
def test_a_day_that_is_shown_otherwise_than_it_was_typed_is_told(text):
    reading = read_date(Cell(text))
    assert (reading.code, reading.facts["read"]) == ("READ_DATE_FROM_TEXT", "25/4/2023")


@pytest.mark.parametrize("text", ["2023-W17", "từ 19/4/2023 đến 26/4/2023", "2023-04-26"])
def test_a_week_that_was_made_a_day_is_told(text):
    reading = read_period(Cell(text))
    assert (reading.code, reading.facts["read"]) == ("READ_DATE_FROM_TEXT", "26/4/2023")


@pytest.mark.parametrize("text", ["thứ Tư 26/4/2023", "Thứ 4, ngày 26/04/2023", "(26/4/2023)."])
def test_a_week_named_by_its_day_is_read_without_a_word(text):
    assert (read_period(Cell(text)).value, read_period(Cell(text)).code) == (date(2023, 4, 26), "")


@pytest.mark.parametrize(
    "cell",
    [
        Cell(APRIL_25),
        Cell(datetime.fromisoformat("2023-04-25 00:00")),
        Cell(45041, "dd/mm/yyyy"),
        Cell(45041.5, "d/m/yy h:mm"),
    ],
)
def test_a_date_cell_is_read_without_a_word(cell):
    assert (read_date(cell).value, read_date(cell).code) == (APRIL_25, "")


@pytest.mark.parametrize(
    "value",
    [
        "31/4/2023", "29/2/2023", "0/4/2023", "25/4", "tháng 5", "quý II", "25/4/0203", "25/4/2203",
        "2023-4-25",
        "2023/04/25", "25/4/2023 và 26/4/2023", 2023, 25.4, 45041.5, True, time(8, 0),
        date(203, 4, 25), date(1900, 2, 28), "25042023", "29/2/1900",
    ],
)  # fmt: skip
def test_what_is_no_sure_date_is_refused(value):
    assert (read_date(Cell(value)).value, read_date(Cell(value)).code) == (None, "DATE_UNREADABLE")


@pytest.mark.parametrize("serial", [0, -1, 60, 73_416, 10**12])
def test_a_serial_number_outside_the_calendar_is_refused(serial):
    assert read_date(Cell(serial, "dd/mm/yyyy")).code == "DATE_UNREADABLE"


def test_a_date_cell_with_a_time_of_day_is_its_day_and_the_time_is_told():
    reading = read_date(Cell(datetime.fromisoformat("2023-04-25 08:05")))
    assert (reading.value, reading.code) == (APRIL_25, "READ_DATE_WITHOUT_TIME")
    assert reading.facts == {"seen": "08:05 25/4/2023", "read": "25/4/2023"}


@pytest.mark.parametrize("text", ["04/25/2023", "4/25/23", "4-25-2023", "12/31/2023"])
def test_a_date_that_is_possible_only_with_the_month_first_is_named_so(text):
    assert (read_date(Cell(text)).value, read_date(Cell(text)).code) == (None, "DATE_MONTH_FIRST")
    assert is_month_first(text)


def test_beside_a_month_first_date_what_can_be_read_in_two_ways_is_asked_about():
    asked = read_date(Cell("04/05/2023"), month_first_beside=True)
    assert (asked.value, asked.code) == (None, "DATE_AMBIGUOUS")
    assert asked.facts["readings"] == "ngày 4/5/2023 hoặc ngày 5/4/2023"
    for text in ("25/4/2023", "5/5/2023", "2023-05-04", "ngày 4 tháng 5 năm 2023"):
        assert read_date(Cell(text), month_first_beside=True).value
        assert not is_month_first(text)


@pytest.mark.parametrize(
    ("texts", "days", "may_be"),
    [
        (["25/5/2023", "28/5/2023"], [date(2023, 6, 5)], True),
        (["25/5/2023", "25/5/2023", "quý II"], [date(2023, 6, 12)], True),
        (["13/5/2023", "14/5/2023"], [], True),
        (["25/5/2023"], [date(2023, 6, 5)], False),  # one may be a slip
        (["25/5/2023", "12/5/2023"], [date(2023, 6, 5)], False),  # a text for another reason
        (["25/5/2023", "28/5/2023", "6/5/2023"], [date(2023, 6, 5)], False),
        (["25/5/2023", "28/5/2023"], [date(2023, 6, 13)], False),  # in English it would have stayed a text
        (["5/25/2023", "5/28/2023"], [date(2023, 6, 5)], False),
        (["2023-05-25", "ngày 25 tháng 5 năm 2023"], [date(2023, 6, 5)], False),
        ([], [date(2023, 6, 5)], False),
    ],
)
def test_texts_that_no_english_excel_takes_for_days_make_its_date_cells_unsure(texts, days, may_be):
    assert may_be_turned(texts, days) is may_be


def test_a_date_cell_that_may_be_turned_is_asked_about():
    asked = read_date(Cell(date(2023, 6, 5)), turned_beside=True)
    assert (asked.value, asked.code) == (None, "DATE_AMBIGUOUS")
    assert asked.facts["readings"] == "ngày 5/6/2023 hoặc ngày 6/5/2023"
    for value in (date(2023, 5, 5), date(2023, 6, 13), "25/5/2023"):
        assert read_date(Cell(value), turned_beside=True).value
    assert read_date(Cell(1.5), turned_beside=True).code == "DATE_UNREADABLE"


@pytest.mark.parametrize("value", [45041, 45041.0])
def test_a_number_that_may_be_a_day_without_its_format_is_asked_about(value):
    asked = read_date(Cell(value))
    assert (asked.value, asked.code) == (None, "DATE_AMBIGUOUS")
    assert asked.facts["readings"] == "số 45041 hoặc ngày 25/4/2023"


def test_a_blank_is_not_stated():
    assert read_date(Cell(" ")).value is None
    assert read_date(Cell(" ")).code == ""


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_date_that_we_print_reads_back(day):
    assert read_date(Cell(vi_date(day))).value == day
    assert read_date(Cell(day.isoformat())).value == day


SEPARATORS = st.sampled_from(["/", "-", ".", " / "])


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), SEPARATORS)
def test_every_accepted_form_of_a_date_reads_back(day, between):
    forms = [
        between.join((f"{day:%d}", f"{day:%m}", f"{day.year}")),
        between.join((str(day.day), str(day.month), f"{day:%y}")),
        f"ngày {day.day} tháng {day.month} năm {day.year}",
        f"{day:%Y-%m-%d}",
    ]
    assert [read_date(Cell(text)).value for text in forms] == [day] * len(forms)


@given(st.text(max_size=40) | st.text("0123456789/-. ", max_size=12))
def test_no_text_raises(text):
    reading = read_date(Cell(text))
    assert reading.value is None or reading.code in ("", "READ_DATE_FROM_TEXT")


@given(st.dates(date(1900, 3, 1), date(2100, 12, 31)))
def test_excels_serial_number_is_the_days_since_its_epoch(day):
    serial = (day - date(1970, 1, 1)).days + 25569  # what =DATE(1970;1;1) is in Excel and LibreOffice
    assert read_date(Cell(serial, "dd/mm/yyyy")).value == day


@pytest.mark.parametrize(
    "text",
    ["12/4/2023", "thứ Tư 12/4/2023", "Thứ Tư, ngày 12/04/2023", "Tuần thứ Tư 12/4/2023", "thứ 4 ngày 12/4/2023",
     "2023-W15", "Tuần 12/4/2023"],
)  # fmt: skip
def test_a_period_is_also_read_in_the_words_of_our_own_documents(text):
    assert read_period(Cell(text)).value == date(2023, 4, 12)


@pytest.mark.parametrize(
    "text",
    ["Tuần 15", "2023-W54", "tháng 4/2023", "Tuần 54 năm 2023", "tuần 2 tháng 4/2023", "từ 6/4/2023 đến 31/4/2023",
     "31/4", "tuần 2/4", "6/4 và 12/4/2023", "quý II"],
)  # fmt: skip
def test_a_period_that_names_no_day_is_refused(text):
    assert read_period(Cell(text)).code == "DATE_UNREADABLE"
    assert read_period(Cell(text), date(2023, 4, 12)).code == "DATE_UNREADABLE"


@pytest.mark.parametrize(
    "text", ["12.4", "12/4", "ngày 12/4", "12 tháng 4", "thứ Tư 12/4", "từ 6/4 đến 12/4"]
)
def test_a_day_of_a_period_without_its_year_is_the_one_nearest_to_the_week_of_the_file(text):
    reading = read_period(Cell(text), date(2023, 4, 19))
    assert (reading.value, reading.code) == (date(2023, 4, 12), "READ_DATE_FROM_TEXT")
    assert read_period(Cell(text)).code == "DATE_UNREADABLE"


def test_the_nearest_day_may_lie_in_another_year_and_a_leap_day_in_its_own():
    assert read_period(Cell("31/12"), date(2026, 1, 7)).value == date(2025, 12, 31)
    assert read_period(Cell("2/1"), date(2025, 12, 31)).value == date(2026, 1, 2)
    assert read_period(Cell("29/2"), date(2023, 3, 1)).value == date(2024, 2, 29)


def test_a_blank_period_is_blank():
    assert read_period(Cell("  ")).code == ""


@pytest.mark.parametrize("number_format", ["mmm-yy", "mm/yyyy", "yyyy", "mmmm yyyy", "dddd", '"T"m', "mmm"])
def test_a_day_that_is_shown_without_its_day_is_asked_about(number_format):
    assert read_date(Cell(date(2023, 5, 1), number_format)).code == "DATE_WITHOUT_DAY"


@pytest.mark.parametrize(
    "number_format",
    ["", "General", "dd/mm", "d mmmm", "dddd, d/m/yyyy", "h:mm", "mm:ss", '"ngày "dd" tháng "mm'],
)
def test_a_day_that_is_shown_is_read_whatever_stands_beside_it(number_format):
    assert read_date(Cell(date(2023, 5, 2), number_format)).value == date(2023, 5, 2)


@pytest.mark.parametrize(
    "text",
    [
        "12/4/2023.",
        "Thứ Tư (12/4/2023)",
        "Ngày: 12/4/2023",
        "từ 6/4/2023 đến 12/4/2023",
        "từ ngày 6/4/2023 đến ngày 12/4/2023",
        "từ 6/4 đến 12/4/2023",
        "06/4/2023 - 12/4/2023",
        "06/4–12/4/2023",
        "6-4-2023 - 12-4-2023",
        "Tuần từ 6/4/2023 đến 12/4/2023",
        "Đến ngày 12/4/2023",
        "tính đến hết ngày 12/4/2023",
        "Kỳ báo cáo ngày 12/4/2023",
        "........12/4/2023........",
        "……12/4/2023……",
        "Tuần 15 năm 2023",
        "tuần 15/2023",
    ],
)
def test_a_period_may_be_written_in_brackets_with_a_full_stop_or_as_a_span(text):
    assert read_period(Cell(text)).value == date(2023, 4, 12)


def test_a_day_may_end_a_sentence():
    assert read_date(Cell("30/6/2023.")).value == date(2023, 6, 30)
    assert read_date(Cell("30/6/2023..")).code == "DATE_UNREADABLE"
