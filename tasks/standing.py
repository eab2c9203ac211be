"""How a week stands after a run, in the few words that its end state says."""

from dataclasses import dataclass

from domain.weeks import WeekName
from tasks.aggregate import latest_without_figures
from tasks.store import deliveries
from tasks.store.engine import reading
from tasks.store.publications import latest_revision
from tasks.store.verdicts import unanswered
from tasks.workplace import workplace


@dataclass(frozen=True)
class Standing:
    """Of the latest revision: its number, how many owed a report, and the names of those that have not reported.

    refused: deliveries of the campaign, of any week, that the office refused and nobody has handed over again.
    unanswered: files whose senders could not be told yet.
    """

    week_vi: str
    revision: int = 0
    owed: int = 0
    not_reported: tuple[str, ...] = ()
    refused: int = 0
    unanswered: int = 0


def is_published(week: str) -> bool:
    """Whether the week has a revision."""
    work = workplace()
    with reading(work.engine) as connection:
        return latest_revision(connection, work.campaign.id, WeekName.parse(week)) is not None


def standing(week: str) -> Standing:
    """As the ledger has it now."""
    work, name = workplace(), WeekName.parse(week)
    summary = latest_without_figures(work, name)
    with reading(work.engine) as connection:
        refused = len(deliveries.refused(connection, work.campaign.id))
        untold = len(unanswered(connection, work.campaign.id))
    if summary is None:
        return Standing(name.vi, refused=refused, unanswered=untold)
    return Standing(
        week_vi=name.vi,
        revision=summary.revision,
        owed=len(summary.owing),
        not_reported=tuple(
            work.campaign.roster[line.reporter].name for line in summary.owing if not line.state.has_reported
        ),
        refused=refused,
        unanswered=untold,
    )
