"""What was said last: from which week a part's previous values come, and the values of what is silent this week.

A value that is only carried is printed grey with its week and stands in no count, sum or rate.
Source: docs/decisions/0015, `previous_on` and `last`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from domain.figures.beside import Beside, PartOf
from domain.figures.debt import AMOUNTS
from domain.forms import DossierState, Part
from domain.judgement import Judgement, Witness
from domain.lineage import EarlierSource
from domain.reporters import ReporterKind
from domain.summary import (
    Figure,
    FigureKind,
    condition_id,
    count_id,
    criterion_id,
    debt_id,
    dossier_count_id,
    indicator_id,
    indicators_met_id,
    last_id,
    milestone_id,
    previous_on_id,
    project_id,
    state_id,
)

_PARTS = {
    ReporterKind.COMMUNE: (Part.PROGRESS, Part.DOSSIERS, Part.DEBT),
    ReporterKind.AGENCY: (Part.VERIFICATION,),
}


def figures(beside: Beside) -> Iterator[Figure]:
    """Of the communes. Nothing in the first week."""
    if beside.before is None:
        return
    for commune in beside.communes():
        yield from _previous_weeks(beside, commune, ReporterKind.COMMUNE)
        yield from _last_of(beside, (commune, Part.PROGRESS), _progress(beside, commune))
        yield from _last_of(beside, (commune, Part.DOSSIERS), _dossiers(beside, commune))
        yield from _last_debt(beside, commune)
        yield from _last_verified(beside, commune)


def of_agencies(beside: Beside) -> Iterator[Figure]:
    """From which weeks the agencies' previous values come."""
    for reporter in beside.campaign.roster.reporters:
        if reporter.kind is ReporterKind.AGENCY and reporter.is_valid_on(beside.now.name.wednesday):
            yield from _previous_weeks(beside, reporter.id, reporter.kind)


def _previous_weeks(beside: Beside, reporter: str, kind: ReporterKind) -> Iterator[Figure]:
    for part in _PARTS[kind]:
        yield from _previous_on(beside, (reporter, part))


def _previous_on(beside: Beside, part: PartOf) -> Iterator[Figure]:
    """The week before, or the one that it was itself compared with."""
    figure_id = previous_on_id(*part)
    carried = beside.earlier(figure_id)
    if beside.before and beside.was_in_force(part):
        source = EarlierSource(beside.before.name, state_id(part[0]))
        yield Figure(figure_id, FigureKind.DATE, beside.before.name.wednesday, (source,))
    elif carried:
        yield carried


def _last_of(beside: Beside, part: PartOf, figure_ids: Iterable[str]) -> Iterator[Figure]:
    if not beside.is_in_force(part):
        yield from _carried(beside, part, figure_ids)


def _carried(beside: Beside, part: PartOf, figure_ids: Iterable[str]) -> Iterator[Figure]:
    """A value that was not stated then either is not carried."""
    for figure_id in figure_ids:
        previous = beside.previous(figure_id, part)
        if previous and previous.value not in (None, Judgement.NOT_STATED):
            yield replace(previous, id=last_id(figure_id))


def _progress(beside: Beside, commune: str) -> Iterator[str]:
    catalogue = beside.campaign.catalogue
    yield from (indicator_id(commune, row.code, Witness.COMMUNE) for row in catalogue.indicators())
    yield from (criterion_id(commune, criterion.id, Witness.COMMUNE) for criterion in catalogue.criteria)
    yield from (count_id(commune, Witness.COMMUNE, judgement) for judgement in Judgement)
    yield indicators_met_id(commune, Witness.COMMUNE)
    yield from (condition_id(commune, each.id, Witness.COMMUNE) for each in catalogue.conditions)
    for milestone in beside.campaign.calendar.milestones:
        if not milestone.dossier_state:
            yield milestone_id(milestone.id, commune, "ready")


def _dossiers(beside: Beside, commune: str) -> Iterator[str]:
    yield from (dossier_count_id(commune, state) for state in (*DossierState, "documents"))
    for milestone in beside.campaign.calendar.milestones:
        if milestone.dossier_state:
            yield milestone_id(milestone.id, commune, "ready")


def _last_debt(beside: Beside, commune: str) -> Iterator[Figure]:
    part = (commune, Part.DEBT)
    names = beside.previous_projects(commune)
    sums = (debt_id(commune, what) for what in (*AMOUNTS, "projects"))
    of_projects = (project_id(commune, key, amount) for key in names for amount in AMOUNTS)
    yield from _last_of(beside, part, sums)
    yield from _last_of(beside, part, of_projects)
    listed = beside.previous(debt_id(commune, "projects"), part)
    if listed and not beside.is_in_force(part):
        for key, name in names.items():
            # The cells of the names stand behind the number of projects.
            figure_id = last_id(project_id(commune, key, "name"))
            yield Figure(figure_id, FigureKind.TEXT, name, listed.sources)


def _last_verified(beside: Beside, commune: str) -> Iterator[Figure]:
    """What the lead agency said of each code, where its verification is not in force now."""
    catalogue = beside.campaign.catalogue
    said = [(row.code, indicator_id(commune, row.code, Witness.AGENCY)) for row in catalogue.indicators()]
    said += [(each.id, condition_id(commune, each.id, Witness.AGENCY)) for each in catalogue.conditions]
    for code, figure_id in said:
        now, then = beside.now.verified(code), beside.before and beside.before.verified(code)
        if now and then and not beside.is_in_force(now):
            yield from _carried(beside, then, [figure_id])
