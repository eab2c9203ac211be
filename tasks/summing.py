"""A week's summary out of the ledger: some communes at a time, their figures straight to the disk. Knows no Prefect.

Of a country the rows and figures of one week take eight gigabytes in memory. Source: docs/decisions/0019.
"""

from datetime import datetime

from domain.figures.beside import Before
from domain.figures.build import Summing
from domain.reporters import ReporterKind
from domain.summary import Summary
from domain.weeks import WeekName
from tasks.publication.figure_spool import FigureSpool
from tasks.store.engine import Connection
from tasks.store.scratch import scratch_file
from tasks.store.snapshots import snapshot
from tasks.workplace import Workplace

_SLICE = 100  # communes; each takes about 0.7 MB


def summed(
    work: Workplace, connection: Connection, week: WeekName, as_of: datetime, before: Before | None
) -> Summary:
    """The week as known at `as_of`, beside the week before, not yet a revision. Its figures stand in a file without a
    name, which ends with the summary. `connection`: one of `reading(engine)`."""
    communes = sorted(work.campaign.roster.communes(), key=lambda commune: commune.id)
    others = [r.id for r in work.campaign.roster.reporters if r.kind is not ReporterKind.COMMUNE]
    known = snapshot(connection, work.campaign.id, week, as_of, others)
    summing = Summing(known, work.campaign, work.stamp, before)
    root = work.archive.root
    with scratch_file(root) as runs, scratch_file(root) as merged:
        spool = FigureSpool(runs)
        for start in range(0, len(communes), _SLICE):
            some = communes[start : start + _SLICE]
            known = snapshot(connection, work.campaign.id, week, as_of, [commune.id for commune in some])
            spool.add(summing.figures_of(known, some).values())
        spool.add(summing.totals().values())
        return summing.summary(spool.merged_into(merged))
