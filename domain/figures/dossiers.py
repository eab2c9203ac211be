"""Evidence documents by state."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from domain.campaign import Campaign
from domain.forms import DossierState, Part
from domain.lineage import figures_named
from domain.snapshot import InForceRow, WeekSnapshot, cells_behind
from domain.submissions import DossierRow
from domain.summary import Figure, FigureKind, dossier_count_id

Documents = list[InForceRow[DossierRow]]


def figures(snapshot: WeekSnapshot, campaign: Campaign) -> Iterator[Figure]:
    """Counts by state for every commune whose dossier part is in force."""
    by_commune: dict[str, Documents] = defaultdict(list)
    for line in snapshot.rows_of(Part.DOSSIERS, DossierRow):
        by_commune[line.reporter].append(line)
    for commune in campaign.roster.communes_on(snapshot.week.wednesday):
        if commune.id in by_commune:
            yield from _counts(commune.id, by_commune[commune.id])


def _counts(commune: str, documents: Documents) -> Iterator[Figure]:
    counted = Counter(line.row.state for line in documents)
    # The source of a 0: the documents among which none was found.
    listed = figures_named([dossier_count_id(commune, "documents")])
    for state in DossierState:
        sources = cells_behind((line for line in documents if line.row.state is state), "state")
        yield Figure(dossier_count_id(commune, state), FigureKind.NUMBER, counted[state], sources or listed)
    names = cells_behind(documents, "document")  # also of those whose state was left blank
    yield Figure(dossier_count_id(commune, "documents"), FigureKind.NUMBER, len(documents), names)
