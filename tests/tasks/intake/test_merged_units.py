"""A file that names a unit of another time: it is that one's, never its successor's who has its folder now."""

from datetime import date

import pytest

from config.facts import load_campaign
from domain.findings import Finding
from domain.weeks import WeekName
from tasks.judging import can_be_released
from tests.tasks.intake.recognise_kit import PROGRESS, Lines, grid, understood

JUNE, JULY = (WeekName(date(2026, *day)) for day in ((6, 24), (7, 1)))
ROW = ["", "", "3.1", "", "", 50, "Đạt"]


def whose(week: WeekName, reporter: str, unit: str, *lines: list[object]) -> list[Finding]:
    day = week.wednesday
    header: Lines = [
        ["Cơ quan/đơn vị báo cáo", unit],
        ["Kỳ báo cáo (thứ Tư, ngày)", f"{day.day}/{day.month}/{day.year}"],
    ]
    book = grid(header, [*lines, PROGRESS, ROW])
    found = understood(book, reporter, week, load_campaign("vi-du-2026"))[1]
    return [each for each in found if each.code == "REPORTER_DIFFERS"]


@pytest.mark.parametrize(
    ("reporter", "written", "other"),
    [
        ("hoa_lac_moi", "UBND xã Thạch Lợi", "Xã Thạch Lợi"),
        ("hoa_lac_moi", "Xã Thạch Lợi, tỉnh Ví Dụ", "Xã Thạch Lợi"),
        ("stc", "Sở KH&ĐT", "Sở Kế hoạch và Đầu tư"),
    ],
)
def test_a_header_that_names_who_went_into_this_unit_is_released_nowhere_as_this_ones(
    reporter: str, written: str, other: str
) -> None:
    (found,) = whose(JULY, reporter, written)
    assert (found.facts["other"], can_be_released(found)) == (other, False)


def test_a_header_that_names_nobody_of_any_time_can_still_be_released() -> None:
    (found,) = whose(JULY, "hoa_lac_moi", "UBND xã Thạch Hà")
    assert can_be_released(found)


@pytest.mark.parametrize("title", ["BÁO CÁO CỦA UBND XÃ THẠCH LỢI", "Biểu A - Thạch Lợi"])
def test_a_title_that_names_who_went_into_this_commune_is_quarantined(title: str) -> None:
    (found,) = whose(JULY, "hoa_lac_moi", "UBND xã Hòa Lạc", [title])
    assert (found.facts["other"], can_be_released(found)) == ("Xã Thạch Lợi", False)


def test_a_name_that_a_valid_unit_uses_is_that_ones() -> None:
    assert whose(JULY, "hoa_lac_moi", "UBND xã Hòa Lạc", ["BÁO CÁO CỦA UBND XÃ HÒA LẠC"]) == []
    assert whose(JUNE, "thach_loi", "UBND xã Thạch Lợi", ["BÁO CÁO CỦA UBND XÃ THẠCH LỢI"]) == []
    assert whose(JULY, "hoa_lac_moi", "Xã Hòa Lạc", ["Xã Hòa Lạc (từ hai xã Hòa Lạc và Thạch Lợi)"]) == []
