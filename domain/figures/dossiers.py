"""Evidence documents by state, and how far each milestone is reached."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from domain.aggregation import share
from domain.campaign import Campaign
from domain.forms import DossierState, Part
from domain.judgement import Judgement, Witness
from domain.lineage import ConfigurationSource, FigureSource, Source, figures_named
from domain.snapshot import InForceRow, WeekSnapshot, cells_behind
from domain.submissions import DossierRow, ProgressRow
from domain.summary import Figure, FigureKind, count_id, dossier_count_id, milestone_id

Documents = list[InForceRow[DossierRow]]


def figures(snapshot: WeekSnapshot, campaign: Campaign, judged: Mapping[str, Figure]) -> Iterator[Figure]:
    """Counts by state for every commune whose dossier part is in force; every milestone for every commune, null
    where the commune has stated nothing. `judged`: the figures of progress, for a milestone that asks for all
    criteria."""
    by_commune: dict[str, Documents] = defaultdict(list)
    for line in snapshot.rows_of(Part.DOSSIERS, DossierRow):
        by_commune[line.reporter].append(line)
    counted_as = {indicator.code: indicator.counted_as for indicator in campaign.catalogue.indicators()}
    catalogue = ConfigurationSource(f"catalogue/{campaign.catalogue.id}")
    reported = {line.reporter for line in snapshot.rows_of(Part.PROGRESS, ProgressRow)}
    for commune in campaign.roster.communes_on(snapshot.week.wednesday):
        documents = by_commune.get(commune.id, [])
        if documents:
            yield from _counts(commune.id, documents)
        for milestone in campaign.calendar.milestones:
            if milestone.dossier_state:
                wanted = DossierState(milestone.dossier_state)
                reached = _documents_reached(commune.id, wanted, documents, counted_as)
            else:
                reached = _criteria_met(commune.id, judged if commune.id in reported else {}, campaign)
            yield from _milestone(milestone.id, commune.id, reached, catalogue)


def _counts(commune: str, documents: Documents) -> Iterator[Figure]:
    counted = Counter(line.row.state for line in documents)
    for state in DossierState:
        sources = cells_behind((line for line in documents if line.row.state is state), "state")
        number = counted[state]
        yield Figure(dossier_count_id(commune, state), FigureKind.NUMBER, number, sources or _listed(commune))
    names = cells_behind(documents, "document")  # also of those whose state was left blank
    yield Figure(dossier_count_id(commune, "documents"), FigureKind.NUMBER, len(documents), names)


def _listed(commune: str) -> tuple[Source, ...]:
    """The source of a 0: the documents among which none was found."""
    return figures_named([dossier_count_id(commune, "documents")])


@dataclass(frozen=True)
class _Reached:
    """How many of how many have reached a milestone. `ready` is None where the commune has stated nothing."""

    ready: int | None
    applicable: int
    sources: tuple[Source, ...] = ()


def _documents_reached(
    commune: str, wanted: DossierState, documents: Documents, counted_as: Mapping[str, str]
) -> _Reached:
    """Indicators all of whose listed documents have reached the state; one without a document has not."""
    by_indicator: dict[str, Documents] = defaultdict(list)
    for line in documents:
        if line.row.indicator in counted_as:
            by_indicator[counted_as[line.row.indicator]].append(line)
    ready = {code: lines for code, lines in by_indicator.items() if _all_reached(lines, wanted)}
    applicable = len(set(counted_as.values()))
    if not documents:
        return _Reached(None, applicable)
    cells = cells_behind((line for lines in ready.values() for line in lines), "state")
    return _Reached(len(ready), applicable, cells or _listed(commune))


def _all_reached(lines: Documents, wanted: DossierState) -> bool:
    return all(line.row.state is not None and line.row.state.has_reached(wanted) for line in lines)


def _criteria_met(commune: str, judged: Mapping[str, Figure], campaign: Campaign) -> _Reached:
    """Criteria met by the commune's own word; the count is the source."""
    met = judged.get(count_id(commune, Witness.COMMUNE, Judgement.MET))
    if met is None or not isinstance(met.value, int):
        return _Reached(None, len(campaign.catalogue.criteria))
    return _Reached(met.value, len(campaign.catalogue.criteria), (FigureSource(met.id),))


def _milestone(
    milestone: str, commune: str, reached: _Reached, catalogue: ConfigurationSource
) -> Iterator[Figure]:
    ready, applicable = reached.ready, reached.applicable
    yield Figure(milestone_id(milestone, commune, "ready"), FigureKind.NUMBER, ready, reached.sources)
    yield Figure(milestone_id(milestone, commune, "applicable"), FigureKind.NUMBER, applicable, (catalogue,))
    parts = figures_named(milestone_id(milestone, commune, what) for what in ("ready", "applicable"))
    percent = None if ready is None else share(ready, applicable)
    yield Figure(milestone_id(milestone, commune, "share"), FigureKind.PERCENT, percent, parts)
