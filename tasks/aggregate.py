"""A week as it is known now becomes the next revision's summary, if a figure differs from the last one's."""

import logging

from domain.figures.build import next_revision, summarise
from domain.summary import Summary
from domain.weeks import WeekName
from tasks.publication.summary_json import parse, to_bytes
from tasks.retrying import touches_the_world
from tasks.store.engine import reading
from tasks.store.publications import latest_revision
from tasks.store.snapshots import snapshot
from tasks.workplace import Workplace, workplace

_log = logging.getLogger("ntm.aggregate")


@touches_the_world("Tổng hợp")
def aggregate(week: str, reason: str) -> str | None:
    """Archive the summary of a new revision. Returns its hash, or None where no figure differs from the last."""
    work, name = workplace(), WeekName.parse(week)
    with reading(work.engine) as connection:
        known = snapshot(connection, work.campaign.id, name, work.now())
    last = latest_summary(work, name)
    revision = next_revision(summarise(known, work.campaign, work.stamp), last, reason)
    if revision is None:
        number = last.revision if last else 0
        _log.info("unchanged %(week)s since revision %(revision)s", {"week": week, "revision": number})
        return None
    _log.info("summarised %(week)s in %(figures)s figures", {"week": week, "figures": len(revision.figures)})
    return work.archive.put(to_bytes(revision))


def latest_summary(work: Workplace, week: WeekName) -> Summary | None:
    """What the last revision of the week says; None before the first."""
    with reading(work.engine) as connection:
        last = latest_revision(connection, work.campaign.id, week)
    return parse(work.archive.read(last.summary_sha256)) if last else None
