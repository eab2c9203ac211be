"""A week beside the week before: where previous values come from, and which parts they may be compared in.

Knows the two weeks, not what is made of them: earlier, change, cases, plans, milestones and movement do that. All go
commune by commune and look figures up by id; only sums over all need all. Source: docs/decisions/0015.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import cast

from domain.campaign import Campaign
from domain.criteria import Catalogue
from domain.decisions import CaseDecisions
from domain.figures.by_id import ids_under
from domain.forms import Part
from domain.lineage import EarlierSource
from domain.summary import (
    Comparison,
    Figure,
    ProjectLine,
    ReporterLine,
    Summary,
    last_id,
    previous_on_id,
    project_id,
)
from domain.weeks import WeekName

PartOf = tuple[str, Part]  # a reporter and one of its parts


@dataclass(frozen=True)
class Before:
    """The summary of the week before, and the hash of its bytes."""

    summary: Summary
    sha256: str

    @property
    def named(self) -> Comparison:
        return Comparison(self.summary.week, self.summary.revision, self.sha256)


@dataclass(frozen=True)
class Week:
    """One of the two weeks. `leads`: code -> lead agency on its day. `projects`: commune -> key -> name."""

    name: WeekName
    figures: Mapping[str, Figure]
    in_force: frozenset[PartOf]
    leads: Mapping[str, str]
    projects: Mapping[str, Mapping[str, str]]

    def verified(self, code: str) -> PartOf | None:
        """The verification that decides what the agency says of this code; None without a lead."""
        lead = self.leads.get(code)
        return (lead, Part.VERIFICATION) if lead else None

    def lead_agencies(self) -> frozenset[str]:
        """The lead agencies whose verification is in force."""
        return frozenset(a for a in self.leads.values() if (a, Part.VERIFICATION) in self.in_force)


@dataclass(frozen=True)
class Beside:
    """`now` has the figures that need no other week. `before` is None in the first week. `decisions`: over cases of
    this week and of earlier ones."""

    campaign: Campaign
    now: Week
    before: Week | None
    decisions: CaseDecisions = field(default_factory=dict)

    def communes(self) -> list[str]:
        return [commune.id for commune in self.campaign.roster.communes_on(self.now.name.wednesday)]

    def is_in_force(self, part: PartOf) -> bool:
        return part in self.now.in_force

    def was_in_force(self, part: PartOf) -> bool:
        return self.before is not None and part in self.before.in_force

    def earlier(self, figure_id: str) -> Figure | None:
        """What the week before published under this id, led to the week in which it was stated."""
        figure = self.before.figures.get(figure_id) if self.before else None
        if figure is None or self.before is None:
            return None
        is_carried = figure.sources and all(isinstance(each, EarlierSource) for each in figure.sources)
        return (
            figure if is_carried else replace(figure, sources=(EarlierSource(self.before.name, figure_id),))
        )

    def previous(self, figure_id: str, part: PartOf) -> Figure | None:
        """The figure's previous value: of the week before if the part was in force there, else the last that the
        week before itself carries."""
        figure = self.earlier(figure_id if self.was_in_force(part) else last_id(figure_id))
        return replace(figure, id=figure_id) if figure else None

    def asked_before(self, part: PartOf) -> Catalogue:
        """What was asked for in the week from which the part's previous values come."""
        now = self.campaign.catalogue
        if self.before is None:
            return now
        carried = self.before.figures.get(previous_on_id(*part))
        is_older = carried is not None and not self.was_in_force(part)
        then = WeekName(cast(date, carried.value)) if carried and is_older else self.before.name
        return self.campaign.in_week(then).catalogue

    def asks_as_before(self, part: PartOf) -> bool:
        """Whether counts over all rows are over the same rows in both weeks."""
        then, now = self.asked_before(part), self.campaign.catalogue
        return then is now or _asked(then) == _asked(now)

    def previous_projects(self, commune: str) -> Mapping[str, str]:
        """Key -> name of the projects of the commune's previous debt table."""
        return self.before.projects.get(commune, {}) if self.before else {}


def _asked(catalogue: Catalogue) -> dict[str, list[tuple[str, str]]]:
    """Criterion -> its rows, and what each is counted as."""
    return {each.id: [(row.code, row.counted_as) for row in each.indicators] for each in catalogue.criteria}


def week_of(
    name: WeekName,
    figures: Mapping[str, Figure],
    lines: Iterable[ReporterLine],
    projects: Iterable[ProjectLine],
    campaign: Campaign,
) -> Week:
    return Week(
        name=name,
        figures=figures,
        in_force=frozenset((line.reporter, part) for line in lines for part in line.parts),
        leads=_leads(campaign, name),
        projects=_listed(projects),
    )


def week_before(before: Before, campaign: Campaign) -> Week:
    """With the projects that it lists; `carrying` adds those that it only carries."""
    said = before.summary
    return week_of(said.week, said.figures, said.reporters, said.projects, campaign)


def carrying(week: Week, communes: Iterable[str]) -> Week:
    """The same of these communes, with the projects that it carries of those whose debt was not in force."""
    return replace(
        week, projects={c: week.projects.get(c) or carried_projects(week.figures, c) for c in communes}
    )


def _leads(campaign: Campaign, week: WeekName) -> dict[str, str]:
    codes = [row.code for row in campaign.assignments.rows]
    leads = {code: campaign.assignments.lead_of(code, week.wednesday) for code in codes}
    return {code: lead for code, lead in leads.items() if lead}


def _listed(projects: Iterable[ProjectLine]) -> dict[str, dict[str, str]]:
    listed: dict[str, dict[str, str]] = defaultdict(dict)
    for project in projects:
        listed[project.commune][project.key] = project.name
    return dict(listed)


def carried_projects(figures: Mapping[str, Figure], commune: str) -> dict[str, str]:
    """Key -> name, in the order of their ids. A project that is only carried is known by its name's id alone."""
    before, _, after = last_id(project_id(commune, "|", "name")).partition("|")
    return {
        figure_id.removeprefix(before).removesuffix(after): str(figures[figure_id].value)
        for figure_id in ids_under(figures, before)
        if figure_id.endswith(after)
    }
