"""A week as it is known now becomes the next revision's summary, if a figure differs from the last one's."""

import logging
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from domain.figures.build import next_revision
from domain.revisions import why_changed
from domain.summary import Summary
from domain.weeks import WeekName
from tasks.comparing import later_weeks, week_before
from tasks.publication.summary_json import write
from tasks.retrying import touches_the_world
from tasks.store.engine import reading
from tasks.store.publications import Revision, latest_revision
from tasks.summaries import summary_of, without_figures_of
from tasks.summing import summed
from tasks.workplace import Workplace, workplace

_log = logging.getLogger("ntm.aggregate")


@dataclass(frozen=True)
class Draft:
    """A revision that is computed and archived, not yet recorded; `as_of` is the moment of its snapshot."""

    summary_sha256: str
    as_of: datetime


@touches_the_world("Tổng hợp")
def aggregate(week: str, reason: str) -> Draft | None:
    """Archive the summary of a new revision; None where no figure differs from the last.

    reason: "" = found out from what differs.
    """
    work, name = workplace(), WeekName.parse(week)
    with reading(work.engine) as connection:
        issued = latest_revision(connection, work.campaign.id, name)
    # A clock that was set back must not take out again what the last revision knew.
    as_of = max(work.now(), issued.as_of) if issued else work.now()
    revision = _next(work, name, as_of, _said(work, issued), reason)
    if revision is None:
        facts = {"week": week, "revision": issued.number if issued else 0}
        _log.info("unchanged %(week)s since revision %(revision)s", facts)
        return None
    _log.info("summarised %(week)s in %(figures)s figures", {"week": week, "figures": len(revision.figures)})
    _tell_of_later_weeks(revision)
    return Draft(work.archive.put_written(partial(write, revision)), as_of)


def _next(
    work: Workplace, week: WeekName, as_of: datetime, last: Summary | None, reason: str
) -> Summary | None:
    """The next revision, with the later weeks that it leaves as they are; None where no figure differs."""
    before = week_before(work, week, last, as_of)
    with reading(work.engine) as connection:
        summary = summed(work, connection, week, as_of, before)
    if last and not reason:
        reason = why_changed(last, summary, work.campaign.roster)
    revision = next_revision(summary, last, reason)
    return replace(revision, later_weeks=later_weeks(work, revision)) if revision else None


def _tell_of_later_weeks(revision: Summary) -> None:
    if revision.later_weeks:
        weeks = ", ".join(map(str, revision.later_weeks))
        _log.info("later_weeks_differ %(week)s: %(weeks)s", {"week": str(revision.week), "weeks": weeks})


def latest_summary(work: Workplace, week: WeekName) -> Summary | None:
    """What the last revision of the week says; None before the first."""
    with reading(work.engine) as connection:
        return _said(work, latest_revision(connection, work.campaign.id, week))


def latest_without_figures(work: Workplace, week: WeekName) -> Summary | None:
    """Who reported and what was decided in the last revision, without its figures; None before the first."""
    with reading(work.engine) as connection:
        issued = latest_revision(connection, work.campaign.id, week)
    return without_figures_of(work.archive, issued.summary_sha256) if issued else None


def _said(work: Workplace, issued: Revision | None) -> Summary | None:
    return summary_of(work.archive, issued.summary_sha256) if issued else None
