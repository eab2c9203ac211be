"""A week's summary from its snapshot, and the revision that it makes of the one before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from domain.campaign import Campaign
from domain.discretion import without_own_words
from domain.figures import debt, dossiers, progress, remarks, reporting
from domain.lateness import reporter_lines
from domain.revisions import changes
from domain.snapshot import WeekSnapshot
from domain.summary import Figure, Summary


@dataclass(frozen=True)
class Stamp:
    """What made a revision: the hash of its configuration and the version of the code."""

    config_hash: str
    code_version: str


def summarise(snapshot: WeekSnapshot, campaign: Campaign, stamp: Stamp) -> Summary:
    """The week as the snapshot knows it, not yet a revision (number 0).
    Equal inputs give an equal summary."""
    snapshot = without_own_words(snapshot, campaign)
    lines = reporter_lines(snapshot, campaign)
    judged = {figure.id: figure for figure in progress.figures(snapshot, campaign)}
    figures: Mapping[str, Figure] = {
        **_by_id(reporting.figures(lines, campaign.calendar.zone)),
        **judged,
        **_by_id(dossiers.figures(snapshot, campaign, judged)),
        **_by_id(debt.figures(snapshot, campaign)),
        **_by_id(remarks.figures(snapshot, campaign)),
    }
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
        projects=debt.projects(snapshot),
        figures=figures,
    )


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
