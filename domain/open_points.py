"""What is still open in what a week is asked by: indicators without an owner, owners without a report, targets that
nobody has confirmed, units that ended. Listed, never decided: no judgement depends on it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from domain.campaign import Campaign
from domain.reporters import Reporter
from domain.summary import ReporterLine
from domain.weeks import WeekName


def ownerless(campaign: Campaign, week: WeekName) -> tuple[str, ...]:
    """Codes of the indicators that no agency is in charge of on that week's Wednesday."""
    asked = campaign.in_week(week).catalogue.indicators()
    return tuple(i.code for i in asked if campaign.assignments.lead_of(i.code, week.wednesday) is None)


@dataclass(frozen=True)
class SilentOwners:
    """Indicators whose agency has no report accepted this week. `named`: agency -> its codes, in the order of the
    roster. Of an assignment that isn't confirmed only the code is told: no agency is named as failing it."""

    named: Mapping[str, tuple[str, ...]]
    unnamed: tuple[str, ...]

    @property
    def codes(self) -> int:
        return len(self.unnamed) + sum(map(len, self.named.values()))


def silent_owners(lines: Iterable[ReporterLine], campaign: Campaign, week: WeekName) -> SilentOwners:
    heard = {line.reporter for line in lines if line.state.has_reported}
    named: dict[str, list[str]] = defaultdict(list)
    unnamed: list[str] = []
    for indicator in campaign.in_week(week).catalogue.indicators():
        row = campaign.assignments.of(indicator.code, week.wednesday)
        if row is None or row.lead is None or row.lead in heard:
            continue
        (named[row.lead] if row.confirmed else unnamed).append(row.code)
    in_order = (reporter.id for reporter in campaign.roster.reporters)
    return SilentOwners(
        {agency: tuple(named[agency]) for agency in in_order if agency in named}, tuple(unnamed)
    )


def unconfirmed_targets(campaign: Campaign, week: WeekName) -> Mapping[str, tuple[str, ...]]:
    """Code -> the groups of communes for which its target isn't confirmed; none: that of all communes. A common target
    that no commune goes by is not asked of anybody."""
    catalogue = campaign.in_week(week).catalogue
    communes = campaign.roster.communes_on(week.wednesday)
    groups_there = {catalogue.group_of.get(commune.id) for commune in communes}
    names = {group.id: group.name for group in catalogue.groups}
    found: dict[str, tuple[str, ...]] = {}
    for each in catalogue.indicators():
        groups = tuple(names[of] for of, target in each.group_targets if not target.confirmed)
        is_common_for_some = not groups_there <= {of for of, _ in each.group_targets}
        if each.target and not each.target.confirmed and is_common_for_some:
            found[each.code] = ()
        elif groups:
            found[each.code] = groups
    return found


@dataclass(frozen=True)
class Ended:
    """Units whose last day was the same, and who reports in their place."""

    last_day: date
    units: tuple[Reporter, ...]
    successor: Reporter | None


def ended_units(campaign: Campaign, week: WeekName) -> tuple[Ended, ...]:
    """Those that ended within the campaign before that week, the first to end first."""
    begins, day = campaign.calendar.first_week.wednesday, week.wednesday
    found: dict[tuple[date, str], list[Reporter]] = defaultdict(list)
    for unit in campaign.roster.reporters:
        if unit.valid_to and begins <= unit.valid_to < day:
            found[unit.valid_to, unit.successor or ""].append(unit)
    return tuple(
        Ended(last_day, tuple(units), campaign.roster.successor_on(units[0], day))
        for (last_day, _), units in sorted(found.items(), key=lambda each: each[0])
    )
