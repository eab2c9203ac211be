"""A week's summary from its snapshot, and the revision that it makes of the one before."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import chain

from domain.campaign import Campaign
from domain.discretion import without_own_words
from domain.figures import (
    cases,
    change,
    debt,
    dossiers,
    earlier,
    milestones,
    movement,
    plans,
    progress,
    remarks,
    reporting,
)
from domain.figures.beside import Before, Beside, week_before, week_of
from domain.lateness import reporter_lines
from domain.revisions import changes
from domain.snapshot import WeekSnapshot
from domain.summary import Figure, ReporterLine, Summary


@dataclass(frozen=True)
class Stamp:
    """What made a revision: the hash of its configuration and the version of the code."""

    config_hash: str
    code_version: str


def summarise(
    snapshot: WeekSnapshot, campaign: Campaign, stamp: Stamp, before: Before | None = None
) -> Summary:
    """The week as the snapshot knows it, beside the week before, not yet a revision (number 0).
    Equal inputs give an equal summary."""
    snapshot = without_own_words(snapshot, campaign)
    lines, projects = reporter_lines(snapshot, campaign), debt.projects(snapshot)
    alone = _figures_alone(snapshot, lines, campaign)
    week = week_of(snapshot.week, alone, lines, projects, campaign)
    beside = Beside(campaign, week, week_before(before, campaign) if before else None)
    close = campaign.calendar.close(snapshot.week)
    received = [file.received_at for line in lines for file in line.files]
    return Summary(
        campaign=snapshot.campaign,
        week=snapshot.week,
        revision=0,
        deadline=campaign.calendar.deadline(snapshot.week),
        as_of=max([close, *received]),
        config_hash=stamp.config_hash,
        code_version=stamp.code_version,
        reporters=lines,
        projects=projects,
        figures=_figures_beside(snapshot, beside),
        compared_with=before.named if before else None,
    )


def _figures_alone(
    snapshot: WeekSnapshot, lines: tuple[ReporterLine, ...], campaign: Campaign
) -> dict[str, Figure]:
    """What needs no other week."""
    return {
        **_by_id(reporting.figures(lines, campaign.calendar.zone)),
        **_by_id(progress.figures(snapshot, campaign)),
        **_by_id(dossiers.figures(snapshot, campaign)),
        **_by_id(debt.figures(snapshot, campaign)),
        **_by_id(remarks.figures(snapshot, campaign)),
    }


def _figures_beside(snapshot: WeekSnapshot, beside: Beside) -> dict[str, Figure]:
    """All of the week: what stands alone, and what is made of it and of the week before."""
    reached = {**beside.now.figures, **_by_id(milestones.figures(snapshot, beside))}
    beside = replace(beside, now=replace(beside.now, figures=reached))
    made = (each.figures(beside) for each in (earlier, change, cases, plans, movement))
    return {**reached, **_by_id(chain.from_iterable(made))}


def next_revision(draft: Summary, last: Summary | None, reason: str = "") -> Summary | None:
    """The draft as revision 1, or as the one after `last` with what changed and why;
    None where no figure differs."""
    if last is None:
        return replace(draft, revision=1, reason="", changes=())
    changed = changes(last.figures, draft.figures)
    if not changed:
        return None
    return replace(draft, revision=last.revision + 1, reason=reason, changes=changed)


def _by_id(figures: Iterable[Figure]) -> dict[str, Figure]:
    return {figure.id: figure for figure in figures}
