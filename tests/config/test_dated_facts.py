"""What is dated in configuration: the fictional campaign says it, each mistake in it is told at its line."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.facts import check, load_campaign
from domain.campaign import Campaign
from domain.criteria import Target, Tolerance
from domain.weeks import WeekName
from tests.config.conftest import Spoil, gives_mistakes_or_loads, spoilt

ID = "vi-du-2026"
CAMPAIGN, ROSTER = f"campaigns/{ID}/campaign.yaml", f"campaigns/{ID}/roster.yaml"
ASSIGNMENTS, CALENDAR = f"campaigns/{ID}/assignments.yaml", f"campaigns/{ID}/calendar.yaml"
CATALOGUE, LATER = "catalogues/ntm-vi-du.yaml", "catalogues/ntm-vi-du-bo-sung.yaml"
JUNE, JULY, LAST = (WeekName(date(2026, *day)) for day in ((6, 24), (7, 1), (7, 22)))


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    return load_campaign(ID)


def target(campaign: Campaign, week: WeekName, commune: str, code: str) -> Decimal | str | None:
    catalogue = campaign.in_week(week).catalogue
    indicator = catalogue.indicator(code)
    found: Target | None = indicator.target_of(catalogue.group_of[commune]) if indicator else None
    return found.value if found else None


def test_it_says_that_it_is_fictional(campaign: Campaign) -> None:
    assert campaign.sample
    assert "HƯ CẤU" in campaign.name
    assert "hư cấu" in campaign.notice
    assert "HƯ CẤU" in campaign.catalogue.name


def test_three_groups_of_communes_have_targets_of_their_own(campaign: Campaign) -> None:
    of = {commune: target(campaign, JUNE, commune, "1.1") for commune in ("my_ha", "cam_son", "dong_phu")}
    assert of == {"my_ha": 100, "cam_son": 90, "dong_phu": 70}
    assert target(campaign, JUNE, "my_ha", "2.3") == 99  # of all
    assert target(campaign, JUNE, "dong_phu", "2.3") == 95
    assert target(campaign, JUNE, "dong_phu", "1.2") == 80


def test_a_threshold_changes_with_the_half_year(campaign: Campaign) -> None:
    assert [target(campaign, week, "my_ha", "3.1") for week in (JUNE, JULY)] == [60, 64]
    assert [target(campaign, week, "hoa_lac_moi", "3.1") for week in (JUNE, JULY)] == [50, 54]
    assert [target(campaign, week, "dong_phu", "3.1") for week in (JUNE, JULY)] == [42, 42]
    assert [target(campaign, week, "my_ha", "1.3") for week in (JUNE, JULY)] == [60, 65]


def test_a_tolerance_that_is_confirmed_mid_campaign_changes_no_earlier_week(campaign: Campaign) -> None:
    weeks = (WeekName(date(2026, 6, day)) for day in (10, 17))
    found = (campaign.in_week(week).catalogue.indicator("2.1") for week in weeks)
    stated = [indicator.tolerance for indicator in found if indicator]
    assert stated == [Tolerance(Decimal("0.5"), confirmed=each) for each in (False, True)]


def test_a_later_catalogue_asks_one_indicator_more(campaign: Campaign) -> None:
    asked = [campaign.in_week(week).catalogue for week in (JULY, LAST)]
    assert [catalogue.id for catalogue in asked] == ["NTM-VI-DU", "NTM-VI-DU-BO-SUNG"]
    assert [catalogue.knows("7.1") for catalogue in asked] == [False, True]
    assert campaign.assignments.lead_of("7.1", LAST.wednesday) == "snnmt"
    assert campaign.assignments.of("7.1", JULY.wednesday) is None


def test_a_condition_is_followed_in_other_communes_from_its_day_on(campaign: Campaign) -> None:
    followed = [campaign.in_week(week).catalogue.condition("KM-1") for week in (JUNE, JULY)]
    assert [one.communes for one in followed if one] == [{"an_loc"}, {"an_loc", "hoa_lac_moi"}]


def test_the_same_numbers_mean_something_else_than_in_the_first_campaign(campaign: Campaign) -> None:
    ours, theirs = campaign.catalogue, load_campaign("my-loc-2023").catalogue
    shared = {row.code for row in ours.indicators()} & {row.code for row in theirs.indicators()}
    assert len(shared) >= 10
    one, other = ours.indicator("10"), theirs.indicator("10")
    assert one
    assert other
    assert one.unit is not other.unit


def test_two_merged_communes_are_followed_by_one_that_keeps_a_name(campaign: Campaign) -> None:
    before, after = (
        {unit.id for unit in campaign.roster.communes_on(week.wednesday)} for week in (JUNE, JULY)
    )
    assert before - after == {"hoa_lac", "thach_loi"}
    assert after - before == {"hoa_lac_moi"}
    known = [campaign.in_week(week).roster.named("UBND xã Hòa Lạc") for week in (JUNE, JULY)]
    assert [unit.id for unit in known if unit] == ["hoa_lac", "hoa_lac_moi"]
    ended = [campaign.roster[unit] for unit in ("hoa_lac", "thach_loi")]
    assert {campaign.roster.successor_on(unit, JULY.wednesday) for unit in ended} == {
        campaign.roster["hoa_lac_moi"]
    }


# What is planted: file, the text that is replaced, by what, lines from there to the mistake, a word of its message.
_THACH_LOI = "Thạch Lợi]\n    valid_to: 2026-06-30\n    successor: hoa_lac_moi"
_NEW = "Hòa Lạc]\n    valid_from: 2026-07-01"
_TOLERANCE = "tolerance: [{value: 0.5, valid_to: 2026-06-"
_TIMES = 'Tỷ lệ đường nội đồng đi lại thuận tiện, unit: percent, target: [{op: ">=", value: 60, valid_to: '
PLANTED = {
    "a successor that is not there": (
        ROSTER,
        _THACH_LOI,
        _THACH_LOI.replace("lac_moi", "lac_mo"),
        2,
        '"hoa_lac_moi"',
    ),
    "a successor of another kind": (ROSTER, _THACH_LOI, _THACH_LOI.replace("hoa_lac_moi", "sxd"), 2, "xã"),
    "a unit that follows itself": (
        ROSTER,
        _THACH_LOI,
        _THACH_LOI.replace("hoa_lac_moi", "thach_loi"),
        2,
        "xã",
    ),
    "a successor of one that never ends": (
        ROSTER,
        _THACH_LOI,
        _THACH_LOI.replace("valid_to: 2026-06-30\n    ", ""),
        1,
        "valid_to",
    ),
    "a gap before the successor": (
        ROSTER,
        _THACH_LOI,
        _THACH_LOI.replace("06-30", "06-23"),
        2,
        "24/6/2026",
    ),
    "a name of two that report at once": (ROSTER, _NEW, _NEW.replace("07-01", "06-30"), 0, "đã dùng"),
    "a unit of another year": (
        ROSTER,
        "{name: Xã An Lộc,",
        "{valid_from: 2027-01-01, name: Xã An Lộc,",
        0,
        "không có hiệu lực trong tuần nào",
    ),
    "an agency that is gone answers": (
        ASSIGNMENTS,
        "{lead: skhdt, valid_to: 2026-06-30}\n        - {lead: stc, support: [snnmt], valid_from: 2026-07-01}",
        "{lead: skhdt}",
        0,
        'đơn vị thay là "stc"',
    ),
    "a period of targets too long": (CATALOGUE, _TIMES + "2026-06-30", _TIMES + "2026-07-01", 0, "2026-W27"),
    "a week without a target": (CATALOGUE, _TIMES + "2026-06-30", _TIMES + "2026-06-23", 0, "2026-W26"),
    "a target that ends before it begins": (
        CATALOGUE,
        _TIMES + "2026-06-30",
        _TIMES.replace("valid_to", "valid_from: 2026-07-01, valid_to") + "2026-06-30",
        0,
        "trước ngày bắt đầu",
    ),
    "two tolerances in one week": (
        CATALOGUE,
        _TOLERANCE + "16}",
        _TOLERANCE + "17}",
        0,
        "2026-W25",
    ),
    "a tolerance that ends before it begins": (
        CATALOGUE,
        _TOLERANCE + "16}",
        _TOLERANCE + "16, valid_from: 2026-06-18}",
        0,
        "trước ngày bắt đầu",
    ),
    "a group that the catalogue has not": (
        CATALOGUE,
        "groups: [nhom_2, nhom_3]",
        "groups: [nhom_2, nhom_4]",
        0,
        '"nhom_4"',
    ),
    "two targets of one group": (
        CATALOGUE,
        "groups: [nhom_2, nhom_3]",
        "groups: [nhom_2, nhom_1]",
        0,
        "trùng nhau",
    ),
    "a commune in no group": (
        CAMPAIGN,
        "nhom_1: {communes: [my_ha, an_loc]",
        "nhom_1: {communes: [my_ha]",
        -1,
        '"an_loc"',
    ),
    "a commune in two groups": (
        CAMPAIGN,
        "{communes: [dong_phu]",
        "{communes: [dong_phu, my_ha]",
        0,
        '"my_ha"',
    ),
    "a group that no catalogue has": (
        CAMPAIGN,
        "  nhom_3: {communes: [dong_phu]",
        "  nhom_9: {communes: [dong_phu]",
        0,
        '"nhom_9"',
    ),
    "an unknown commune in a group": (
        CAMPAIGN,
        "{communes: [dong_phu]",
        "{communes: [dong_phu, dong_phuu]",
        0,
        '"dong_phu"',
    ),
    "two periods of a condition at once": (
        CAMPAIGN,
        "confirmed: false, valid_to: 2026-06-30}",
        "confirmed: false, valid_to: 2026-07-01}",
        1,
        "2026-W27",
    ),
    "a condition reversed": (
        CAMPAIGN,
        "confirmed: false, valid_to: 2026-06-30}",
        "confirmed: false, valid_to: 2026-06-30, valid_from: 2026-07-02}",
        0,
        "trước ngày bắt đầu",
    ),
    "a later catalogue that is not there": (
        CAMPAIGN,
        "{catalogue: ntm-vi-du-bo-sung",
        "{catalogue: ntm-vi-du-bo",
        0,
        "Không có tệp",
    ),
    "a later catalogue before the first week": (
        CAMPAIGN,
        "valid_from: 2026-07-13",
        "valid_from: 2026-06-03",
        0,
        "bắt đầu sau ngày 3/6/2026",
    ),
    "a later catalogue after the last week": (
        CAMPAIGN,
        "valid_from: 2026-07-13",
        "valid_from: 2026-07-23",
        0,
        "bắt đầu sau",
    ),
    "a code with another meaning": (
        LATER,
        "'8.1': {name: Không có tụ điểm phức tạp về an ninh",
        "'8.1': {name: Có camera an ninh",
        0,
        '"8.1" đổi nghĩa',
    ),
    "a mistake of the later catalogue alone": (
        LATER,
        "thuốc bảo vệ thực vật, ",
        "thuốc bảo vệ thực vật, cumulative: true, ",
        0,
        "là số",
    ),
    "more time for a unit that is gone": (
        CALENDAR,
        "milestones:",
        "exclusions: [{reporter: hoa_lac, week: 2026-W27, reason: x}]\nmilestones:",
        0,
        "không thuộc danh sách báo cáo tuần 2026-W27",
    ),
}


@pytest.mark.parametrize("planted", PLANTED)
def test_a_mistake_of_dates_is_told_at_its_line(root: Path, spoil: Spoil, planted: str) -> None:
    name, old, new, below, word = PLANTED[planted]
    line = spoil(name, old, new) + below
    found = check(root, ID)
    assert (name, line) in {(each.file, each.line) for each in found if word in each.message}, found
    others = [each for each in found if (each.file, each.line) != (name, line)]
    beside = {"a name of two that report at once": 1}  # its commune; its aliases
    assert len(others) == beside.get(planted, 0), found


@pytest.mark.parametrize("week", ["2026-W26", "2026-W30"])
def test_more_time_may_be_given_to_who_reports_then(root: Path, spoil: Spoil, week: str) -> None:
    unit = "hoa_lac" if week < "2026-W27" else "hoa_lac_moi"
    spoil(
        CALENDAR, "milestones:", f"exclusions: [{{reporter: {unit}, week: {week}, reason: x}}]\nmilestones:"
    )
    assert check(root, ID) == ()


def test_a_gap_without_a_wednesday_is_none(root: Path, spoil: Spoil) -> None:
    spoil(CATALOGUE, _TIMES + "2026-06-30", _TIMES + "2026-06-24")
    assert check(root, ID) == ()


def test_dates_at_the_ends_of_time_are_mistakes_no_crash(root: Path, spoil: Spoil) -> None:
    spoil(ROSTER, _THACH_LOI, _THACH_LOI.replace("2026-06-30", "9999-12-31"))
    spoil(CAMPAIGN, "valid_from: 2026-07-13", "valid_from: 0001-01-01")
    assert {each.file for each in check(root, ID)} == {CAMPAIGN}


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from([CAMPAIGN, ROSTER, ASSIGNMENTS, CATALOGUE, LATER]),
    at=st.floats(0, 1),
    length=st.integers(0, 60),
    put=st.sampled_from(["", "null", "x", "[", "{", ": ", "\n", "- ", "0", "{}", "[]", "2026-07-01"]),
)
def test_whatever_is_cut_or_typed_into_dated_files_gives_mistakes_or_loads(
    root: Path, name: str, at: float, length: int, put: str
) -> None:
    gives_mistakes_or_loads(root, ID, name, lambda sound: spoilt(sound, at, length, put))
