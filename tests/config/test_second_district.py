"""Another district, another notice, other criteria and form: the same code, configuration only."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from config.facts import load_campaign
from domain.calendar import DayOff
from domain.campaign import Campaign
from domain.criteria import Target, Tolerance
from domain.weeks import WeekName

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.fixture
def campaign(two_districts: Path) -> Campaign:
    return load_campaign("an-phu-2025", two_districts)


def deadline(campaign: Campaign, week: str) -> datetime:
    return campaign.calendar.deadline(WeekName.parse(week))


def test_the_first_district_is_untouched_by_the_second(two_districts: Path) -> None:
    assert load_campaign("my-loc-2023", two_districts) == load_campaign("my-loc-2023")


def test_after_30_april_2025_the_next_working_day_is_5_may(campaign: Campaign) -> None:
    # 30/4 is Wednesday, 1/5 a holiday, 2/5 off in exchange for Saturday 26/4
    assert deadline(campaign, "2025-W18") == datetime(2025, 5, 5, 11, 0, tzinfo=HANOI)
    assert campaign.calendar.is_working_day(date(2025, 4, 26))


def test_a_local_day_off_moves_the_deadline_and_is_provisional_until_announced(campaign: Campaign) -> None:
    assert deadline(campaign, "2025-W20") == datetime(2025, 5, 15, 11, 0, tzinfo=HANOI)
    assert campaign.calendar.days_off[date(2025, 5, 14)] == DayOff(
        "Ngày hội huyện", announced=False, source="tệp kiểm thử"
    )


def test_a_local_working_day_counts(campaign: Campaign) -> None:
    assert campaign.calendar.is_working_day(date(2025, 5, 17))
    assert not campaign.calendar.is_working_day(date(2025, 5, 24))


def test_a_working_day_here_wins_over_the_holiday_of_the_country(two_districts: Path) -> None:
    calendar = two_districts / "campaigns/an-phu-2025/calendar.yaml"
    calendar.write_text(calendar.read_text("utf-8").replace("2025-05-17:", "2025-05-02:"), "utf-8")
    moved = load_campaign("an-phu-2025", two_districts)
    assert deadline(moved, "2025-W18") == datetime(2025, 5, 2, 11, 0, tzinfo=HANOI)


def test_a_day_off_here_wins_over_a_saturday_worked_in_exchange(two_districts: Path) -> None:
    calendar = two_districts / "campaigns/an-phu-2025/calendar.yaml"
    calendar.write_text(calendar.read_text("utf-8").replace("2025-05-14:", "2025-04-26:"), "utf-8")
    assert not load_campaign("an-phu-2025", two_districts).calendar.is_working_day(date(2025, 4, 26))


def test_a_successor_takes_over_on_the_day_it_is_named_for(campaign: Campaign) -> None:
    assert campaign.assignments.lead_of("1.10", date(2025, 5, 7)) == "vhtt"
    assert campaign.assignments.lead_of("1.10", date(2025, 5, 8)) == "nv"
    assert campaign.assignments.lead_of("1.1", date(2025, 5, 8)) == "vhtt"


def test_codes_and_numbers_are_read_as_written(campaign: Campaign) -> None:
    assert [row.code for row in campaign.catalogue.indicators()] == ["1.1", "1.10"]
    assert campaign.catalogue.indicators()[0].target == Target(">=", Decimal("62.5"), confirmed=True)


def test_a_reporter_owes_from_its_first_day(campaign: Campaign) -> None:
    before, after = (campaign.roster.communes_on(date(2025, 5, day)) for day in (11, 12))
    assert {r.id for r in after} - {r.id for r in before} == {"tan_hoa"}


def test_an_extension_without_offset_is_local_time(campaign: Campaign) -> None:
    (extension,) = campaign.extensions
    assert extension.until == datetime(2025, 5, 9, 10, 0, tzinfo=HANOI)
    assert extension.granted_by == "Chánh Văn phòng"
    assert extension.vi == "theo Chánh Văn phòng, UBND xã Bình An đề nghị"
    assert [(e.reporter, e.week) for e in campaign.exclusions] == [("nv", WeekName.parse("2025-W18"))]


def test_a_campaign_may_weigh_a_finding_otherwise(campaign: Campaign) -> None:
    assert campaign.severities["MET_WITHOUT_DOSSIER"] == "warning"
    assert load_campaign("my-loc-2023").severities["MET_WITHOUT_DOSSIER"] == "note"


def test_it_has_its_own_form_and_words(campaign: Campaign) -> None:
    (form,) = campaign.forms
    assert form.parts[0].columns[1].headings == ("Đánh giá", "Tự chấm")
    assert form.reporter_kind is campaign.roster["binh_an"].kind is not campaign.roster["nv"].kind
    assert campaign.heading.issuer == "PHÒNG VĂN HÓA VÀ THÔNG TIN"
    assert campaign.rule_parameters == {"weeks_of_a_request": "3"}


def test_how_far_a_result_may_move_is_stated_where_it_is_known(campaign: Campaign) -> None:
    known, unknown = campaign.catalogue.indicator("1.1"), campaign.catalogue.indicator("1.10")
    assert known
    assert unknown
    assert (known.plausible_step, known.cumulative) == (Decimal("7.5"), True)
    assert (unknown.plausible_step, unknown.cumulative) == (None, False)
    assert (known.tolerance, unknown.tolerance) == (Tolerance(Decimal("0.5"), confirmed=False), None)
