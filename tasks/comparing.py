"""Which summary a week is compared with, and which later weeks would differ now. Knows no Prefect.

A week's first revision compares with the latest of the week before at that moment; every later one with the same, so
that a file that comes late revises only its own week. Source: docs/decisions/0015.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from domain.figures.beside import Before
from domain.revisions import differing
from domain.summary import Summary
from domain.weeks import WeekName
from tasks.publication.summary_json import write
from tasks.store.engine import reading
from tasks.store.publications import Revision, latest_revision, revisions_of
from tasks.summaries import summary_of
from tasks.summing import summed
from tasks.workplace import Workplace


def week_before(work: Workplace, week: WeekName, last: Summary | None, as_of: datetime) -> Before | None:
    """What the week's last revision was compared with, else the latest that is known of the week before.

    A week before that was never published is computed from the ledger as known at `as_of`, upon its own week before,
    and archived as revision 0. None in the first week.
    """
    if last and last.compared_with:
        return _archived(work, last.compared_with.sha256)
    unpublished: list[WeekName] = []
    name, found = work.campaign.calendar.week_before(week), None
    with reading(work.engine) as connection:
        while name and not (found := latest_revision(connection, work.campaign.id, name)):
            unpublished.append(name)
            name = work.campaign.calendar.week_before(name)
        before = _archived(work, found.summary_sha256) if found else None
        for name in reversed(unpublished):
            draft = summed(work, connection, name, as_of, before)
            before = _archived(work, work.archive.put_written(partial(write, draft)))
    return before


def later_weeks(work: Workplace, revision: Summary) -> tuple[WeekName, ...]:
    """The published later weeks of which a figure would differ if all were computed again upon this revision.

    Each as known at the moment of its own latest revision, never as known today: what came since is another matter.
    """
    names = work.campaign.calendar.weeks_after(revision.week)
    differing_weeks: list[WeekName] = []
    with reading(work.engine) as connection:
        issued = {name: revisions_of(connection, work.campaign.id, name) for name in names}
        moments = _moments(issued)
        before = Before(revision, "")
        for name, as_of in moments.items():
            again = summed(work, connection, name, as_of, before)
            before = Before(again, "")
            if issued[name]:
                last = _archived(work, issued[name][-1].summary_sha256).summary
                differs = any(differing(last.figures, again.figures))
                differing_weeks += [name] if differs else []
    return tuple(differing_weeks)


def _moments(issued: Mapping[WeekName, tuple[Revision, ...]]) -> dict[WeekName, datetime]:
    """Week -> as of when it is computed again, up to the last that is published. One that wasn't was computed for the
    first revision of the next that is."""
    moments: dict[WeekName, datetime] = {}
    next_first: datetime | None = None
    for name, revisions in reversed(tuple(issued.items())):
        as_of = revisions[-1].as_of if revisions else next_first
        next_first = revisions[0].as_of if revisions else next_first
        if as_of:
            moments[name] = as_of
    return dict(reversed(moments.items()))


def _archived(work: Workplace, sha256: str) -> Before:
    return Before(summary_of(work.archive, sha256), sha256)
