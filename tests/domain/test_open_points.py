"""What is listed as open: owners, reports, targets, units that ended."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from domain.campaign import Campaign, CataloguePeriod
from domain.criteria import Assignment, Assignments, Catalogue, Group, Target
from domain.open_points import ended_units, ownerless, silent_owners, unconfirmed_targets
from domain.reporters import Reporter, ReporterKind, Roster
from domain.summary import ReporterLine, ReporterWeekState
from tests.factories_domain import CATALOGUE, ROSTER, W15, W18, campaign

SMALL = replace(CATALOGUE, criteria=CATALOGUE.criteria[:2])  # 1.1-1.3, 2.1, 2.2a, 2.2b, 2.3, 2.4


def assigned(*rows: Assignment, **facts: Any) -> Campaign:
    return campaign(catalogue=SMALL, assignments=Assignments(rows), **facts)


def line(reporter: str, state: str) -> ReporterLine:
    return ReporterLine(reporter, ReporterWeekState(state))


def test_an_indicator_has_no_owner_where_none_is_said_for_the_week() -> None:
    until = Assignment("1.1", "pgd", valid_to=date(2023, 5, 2))
    of = assigned(until, Assignment("1.2", None), Assignment("1.3", "pgd"))
    assert ownerless(of, W15)[:2] == ("1.2", "2.1")
    assert ownerless(of, W18)[:2] == ("1.1", "1.2")


def test_a_later_catalogue_has_other_indicators_without_an_owner() -> None:
    one = replace(SMALL, criteria=SMALL.criteria[:1])
    of = replace(assigned(), periods=(CataloguePeriod(date.min, SMALL), CataloguePeriod(W18.wednesday, one)))
    assert [len(ownerless(of, week)) for week in (W15, W18)] == [8, 3]


def test_an_owner_without_a_report_is_named_with_what_it_answers_for() -> None:
    rows = [Assignment(code, "pgd", confirmed=True) for code in ("1.1", "2.2a")]
    of = assigned(*rows, Assignment("1.2", "pktht", confirmed=True), Assignment("1.3", None))
    for state in ("missing", "returned", "quarantined", "waiting", "excluded"):
        silent = silent_owners([line("pgd", state), line("pktht", "late")], of, W15)
        assert silent.named == {"pgd": ("1.1", "2.2a")}
        assert silent.codes == 2
    assert silent_owners([line("pgd", "on_time"), line("pktht", "extended")], of, W15).codes == 0


def test_an_agency_that_owes_nothing_and_sent_nothing_is_silent_too() -> None:
    assert silent_owners([], assigned(Assignment("1.1", "bchqs", confirmed=True)), W15).codes == 1


def test_nobody_is_named_beside_an_assignment_that_is_not_confirmed() -> None:
    of = assigned(Assignment("1.1", "pgd"), Assignment("1.2", "pgd", confirmed=True))
    silent = silent_owners([line("pgd", "missing")], of, W15)
    assert (silent.named, silent.unnamed, silent.codes) == ({"pgd": ("1.2",)}, ("1.1",), 2)


def test_a_target_that_nobody_confirmed_is_listed_with_its_groups() -> None:
    guess, sure = Target(">=", Decimal(1)), Target(">=", Decimal(1), confirmed=True)

    def asked(**targets: Any) -> Catalogue:
        first = replace(SMALL.criteria[0].indicators[0], **targets)
        groups = (Group("nhom_1", "Nhóm 1"), Group("nhom_2", "Nhóm 2"))
        return replace(SMALL, criteria=(replace(SMALL.criteria[0], indicators=(first,)),), groups=groups)

    def listed(**targets: Any) -> Any:
        return unconfirmed_targets(campaign(catalogue=asked(**targets)), W15)

    both = (("nhom_1", sure), ("nhom_2", guess))
    assert listed() == {}
    assert listed(target=sure) == {}
    assert listed(target=guess) == {"1.1": ()}
    assert listed(group_targets=both) == {"1.1": ("Nhóm 2",)}
    assert listed(target=sure, group_targets=both) == {"1.1": ("Nhóm 2",)}
    assert listed(target=guess, group_targets=both) == {"1.1": ()}


def test_a_common_target_is_asked_about_only_where_some_commune_goes_by_it() -> None:
    guess, sure = Target(">=", Decimal(1)), Target(">=", Decimal(1), confirmed=True)
    first, *others = (each.id for each in ROSTER.communes())
    groups = Group("nhom_1", "Nhóm 1", frozenset({first})), Group("nhom_2", "Nhóm 2", frozenset(others))

    def listed(*own: tuple[str, Target], groups: tuple[Group, ...] = groups) -> Mapping[str, tuple[str, ...]]:
        (criterion, *rest) = SMALL.criteria
        row = replace(criterion.indicators[0], target=guess, group_targets=own)
        asked = replace(criterion, indicators=(row, *criterion.indicators[1:]))
        return unconfirmed_targets(
            campaign(catalogue=replace(SMALL, criteria=(asked, *rest), groups=groups)), W15
        )

    assert listed(("nhom_1", sure), ("nhom_2", sure)) == {}
    assert listed(("nhom_1", sure), ("nhom_2", guess)) == {"1.1": ("Nhóm 2",)}
    assert listed(("nhom_1", sure)) == {"1.1": ()}
    assert listed(("nhom_1", sure), groups=groups[:1]) == {"1.1": ()}  # the others are of no group


def test_units_that_ended_in_the_campaign_are_told_with_who_follows() -> None:
    def unit(id_: str, last: date | None, successor: str | None = None) -> Reporter:
        return Reporter(id_, id_, ReporterKind.COMMUNE, valid_to=last, successor=successor)

    eve = date(2023, 5, 2)
    units = (unit("a", eve, "my_ha"), unit("b", eve, "my_ha"), unit("c", eve), unit("d", date(2023, 4, 11)))
    of = campaign(roster=Roster((*ROSTER.reporters, *units, unit("e", W18.wednesday))))
    told = ended_units(of, W18)
    assert [
        (one.last_day, [u.id for u in one.units], one.successor and one.successor.id) for one in told
    ] == [
        (eve, ["c"], None),
        (eve, ["a", "b"], "my_ha"),
    ]
    assert ended_units(of, W15) == ()
