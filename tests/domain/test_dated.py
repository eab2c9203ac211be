"""What holds in a week is what was valid on its Wednesday: targets, groups of communes, names of units."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from domain.campaign import Campaign, CataloguePeriod
from domain.criteria import Catalogue, Group, Target
from domain.figures.build import summarise
from domain.judgement import Judgement
from domain.reading.cell import Cell
from domain.reading.listed import read_commune
from domain.reporters import AreaNames, Reporter, ReporterKind, Roster
from domain.rules import judge
from domain.submissions import ProgressRow
from domain.summary import indicator_id
from domain.vietnamese import match_key
from tests.domain.rules.kit import CAMPAIGN, submission
from tests.factories_domain import (
    CATALOGUE,
    ROSTER,
    STAMP,
    W15,
    W18,
    W22,
    judged,
    project,
    remark,
    snapshot,
    verified,
    with_reporter,
)

COLUMNS = {"indicator": "C", "result": "F", "judgement": "G"}
LOW, HIGH = Target(">=", Decimal(50)), Target(">=", Decimal(90))


def stating(**facts: Any) -> Catalogue:
    """The catalogue that states this of 2.1."""
    criteria = tuple(
        replace(c, indicators=tuple(replace(i, **facts) if i.code == "2.1" else i for i in c.indicators))
        for c in CATALOGUE.criteria
    )
    return replace(CATALOGUE, criteria=criteria)


def codes(campaign: Campaign, result: str, reporter: str = "my_ha", of: Any = W15) -> set[str]:
    row = ProgressRow(
        sheet="A", row=9, columns=COLUMNS, indicator="2.1", judgement=Judgement.MET, result=Decimal(result)
    )
    said = replace(submission(row, reporter=reporter), week=of)
    return {finding.code for finding in judge(said, (), campaign).findings}


GROUPED = stating(target=LOW, group_targets=(("nhom_2", HIGH),))
IN_GROUPS = replace(
    GROUPED,
    groups=(
        Group("nhom_1", "Nhóm 1", frozenset({"my_ha"})),
        Group("nhom_2", "Nhóm 2", frozenset({"my_thinh"})),
    ),
)


@pytest.mark.parametrize(
    ("reporter", "result", "is_told"),
    [
        ("my_ha", "49.9", True),
        ("my_ha", "50", False),
        ("my_thinh", "89.9", True),
        ("my_thinh", "90", False),
        ("my_thinh", "90.1", False),
        ("my_thanh", "49.9", True),
        ("my_thanh", "50", False),
    ],
)
def test_a_commune_is_measured_by_the_target_of_its_group_else_by_that_of_all(
    reporter: str, result: str, is_told: bool
) -> None:
    found = codes(replace(CAMPAIGN, catalogue=IN_GROUPS), result, reporter)
    assert ("MET_BELOW_TARGET" in found) is is_told


def test_a_target_may_stand_for_one_group_alone() -> None:
    catalogue = replace(IN_GROUPS, criteria=stating(target=None, group_targets=(("nhom_2", HIGH),)).criteria)
    campaign = replace(CAMPAIGN, catalogue=catalogue)
    assert "MET_BELOW_TARGET" not in codes(campaign, "1", "my_ha")
    assert "MET_BELOW_TARGET" in codes(campaign, "1", "my_thinh")


RAISED = replace(
    CAMPAIGN,
    catalogue=stating(target=LOW),
    periods=(
        CataloguePeriod(date.min, stating(target=LOW)),
        CataloguePeriod(date(2023, 5, 3), stating(target=HIGH)),
    ),
)


@pytest.mark.parametrize(
    ("of", "is_told"), [(W15, False), (W18.shifted(-1), False), (W18, True), (W22, True)]
)
def test_a_week_is_judged_by_the_target_of_its_wednesday(of: Any, is_told: bool) -> None:
    assert ("MET_BELOW_TARGET" in codes(RAISED, "60", of=of)) is is_told


def test_the_days_between_two_wednesdays_belong_to_the_later_week() -> None:
    since_thursday = replace(
        RAISED, periods=(RAISED.periods[0], CataloguePeriod(date(2023, 4, 27), stating(target=HIGH)))
    )
    assert "MET_BELOW_TARGET" not in codes(since_thursday, "60", of=W18.shifted(-1))
    assert "MET_BELOW_TARGET" in codes(since_thursday, "60", of=W18)


def test_a_campaign_in_its_week_can_be_asked_for_any_other_week() -> None:
    later = RAISED.in_week(W18)
    assert later.catalogue is RAISED.periods[1].catalogue
    assert later.in_week(W15).catalogue is RAISED.periods[0].catalogue
    assert RAISED.in_week(W18) is later


def test_a_campaign_without_dates_is_the_same_in_every_week() -> None:
    assert CAMPAIGN.in_week(W15) is CAMPAIGN


def test_a_week_is_summarised_by_the_catalogue_of_its_wednesday() -> None:
    one = replace(CATALOGUE, criteria=CATALOGUE.criteria[:1])
    campaign = replace(
        CAMPAIGN,
        periods=(CataloguePeriod(date.min, CATALOGUE), CataloguePeriod(W18.wednesday, one)),
    )
    asked = indicator_id("my_ha", "2.1", "commune")
    for of, is_asked in ((W15, True), (W18, False)):
        known = snapshot(judged("my_ha", "1.1", "met"), week=of)
        assert (asked in summarise(known, campaign, STAMP).figures) is is_asked


OLD = Reporter(
    "an_binh", "Xã An Bình", ReporterKind.COMMUNE, valid_to=date(2023, 5, 2), successor="an_binh_moi"
)
NEW = Reporter("an_binh_moi", "Xã An Bình", ReporterKind.COMMUNE, valid_from=date(2023, 5, 3))
MERGED = Roster((*ROSTER.reporters, OLD, NEW))


def named(roster: Roster, text: str) -> str | None:
    found = roster.named(text)
    return found.id if found else None


def test_a_merged_commune_may_keep_the_name_of_one_that_went_into_it() -> None:
    assert named(MERGED.on(date(2023, 5, 2)), "Xã An Bình") == "an_binh"
    assert named(MERGED.on(date(2023, 5, 3)), "Xã An Bình") == "an_binh_moi"
    assert named(MERGED.on(date(2023, 5, 3)), "Xã Mỹ Hà") == "my_ha"


def test_who_is_not_valid_is_known_by_its_id_still() -> None:
    assert MERGED.on(date(2023, 5, 3))["an_binh"] is OLD


def test_who_reports_in_the_place_of_another_is_found_through_all_that_followed() -> None:
    middle = replace(NEW, valid_to=date(2023, 5, 9), successor="my_ha")
    roster = Roster((*ROSTER.reporters, OLD, middle))
    then = {day: roster.successor_on(OLD, date(2023, 5, day)) for day in (2, 3, 9, 10)}
    assert {day: unit and unit.id for day, unit in then.items()} == {
        2: None,
        3: "an_binh_moi",
        9: "an_binh_moi",
        10: "my_ha",
    }


@pytest.mark.parametrize("successor", [None, "an_binh", "nobody"])
def test_where_nobody_follows_none_is_named(successor: str | None) -> None:
    alone = replace(OLD, successor=successor)
    assert Roster((*ROSTER.reporters, alone)).successor_on(alone, date(2023, 5, 10)) is None


@pytest.mark.parametrize(
    ("day", "typed", "read", "code", "name"),
    [
        (2, "Xã Thạch Lợi", "thach_loi", "", None),
        (3, "Xã Thạch Lợi", None, "COMMUNE_SUCCEEDED", "Xã An Bình"),
        (3, "xã  THẠCH LỢI", None, "COMMUNE_SUCCEEDED", "Xã An Bình"),
        (3, "Xã Thạch Lợi, huyện Mỹ Lộc", None, "COMMUNE_SUCCEEDED", "Xã An Bình"),
        (3, "Xã Thạch Lợi (Mỹ Lộc)", None, "COMMUNE_SUCCEEDED", "Xã An Bình"),
        (3, "Xã Thạch Lợi, huyện Vụ Bản", None, "COMMUNE_UNKNOWN", None),
        (3, "Xã Thạch Hà", None, "COMMUNE_UNKNOWN", None),
        (3, "Xã An Bình", "an_binh_moi", "", None),
    ],
)
def test_a_commune_that_went_into_another_is_not_read_and_the_other_is_named(
    day: int, typed: str, read: str | None, code: str, name: str | None
) -> None:
    gone = replace(OLD, id="thach_loi", name="Xã Thạch Lợi")
    roster = Roster((*ROSTER.reporters, OLD, gone, NEW), (AreaNames(("huyện Mỹ Lộc",), ("Mỹ Lộc",)),))
    seen = read_commune(Cell(typed), roster.on(date(2023, 5, day)))
    assert (seen.value, seen.code or "", seen.facts.get("name")) == (read, code, name)


@pytest.mark.parametrize(
    ("day", "name", "whose"),
    [
        (2, "Xã Thạch Lợi", "thach_loi"),
        (3, "Xã Thạch Lợi", "thach_loi"),  # of another time, where nobody of this day has the name
        (3, "Xã An Bình", "an_binh_moi"),
        (3, "Xã Thạch Hà", None),
    ],
)
def test_whose_name_it_ever_was_is_known_where_nobody_has_it(day: int, name: str, whose: str | None) -> None:
    gone = replace(OLD, id="thach_loi", name="Xã Thạch Lợi")
    roster = Roster((*ROSTER.reporters, OLD, gone, NEW)).on(date(2023, 5, day))
    for found in (roster.ever_named(name), roster.ever_of_key(match_key(name))):
        assert (found.id if found else None) == whose


def test_a_roster_without_dates_is_the_same_on_every_day() -> None:
    assert ROSTER.on(date(2023, 5, 3)) is ROSTER
    later = MERGED.on(date(2023, 5, 3))
    assert later.on(date(2023, 5, 3)) is later


def test_what_a_unit_sent_for_a_week_in_which_it_no_longer_reports_counts_nowhere() -> None:
    """Its last day was corrected after the file had come."""
    campaign = replace(CAMPAIGN, roster=Roster((*ROSTER.reporters, OLD, NEW)))
    said = tuple(
        line
        for unit in ("an_binh", "an_binh_moi")
        for line in (
            judged(unit, "1.1", "met"),
            project(unit, "Trạm y tế", accepted=1),
            remark(unit, "proposals", "x"),
        )
    )
    then, now = (summarise(snapshot(*said, week=of), campaign, STAMP) for of in (W15, W18))
    assert {line.reporter for line in then.reporters} >= {"an_binh"}
    assert {line.reporter for line in now.reporters} >= {"an_binh_moi"}
    speaking_of = [{part for id_ in week.figures for part in id_.split("/")} for week in (then, now)]
    assert [of & {"an_binh", "an_binh_moi"} for of in speaking_of] == [{"an_binh"}, {"an_binh_moi"}]
    assert [{line.commune for line in week.projects} for week in (then, now)] == [
        {"an_binh"},
        {"an_binh_moi"},
    ]


def test_an_agency_that_no_longer_reports_says_nothing_in_the_week() -> None:
    gone = with_reporter("pgd", valid_to=date(2023, 5, 2))
    campaign = replace(CAMPAIGN, roster=gone)
    said = (remark("pgd", "proposals", "x"), verified("pgd", "my_ha", "5.1", "met"))
    then, now = (summarise(snapshot(*said, week=of), campaign, STAMP).figures for of in (W15, W18))
    assert any("/pgd/" in figure_id for figure_id in then)
    assert not any("/pgd" in figure_id for figure_id in now)
