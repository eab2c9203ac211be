"""How far each milestone is reached, and what was reached in time.

`ready` is what this week's rows say and goes on for good. `in_time` is what of it was there by the last good day; the
first week whose cut-off falls on or after that day settles it, with what was asked for then. The share of a milestone
is that in time.
Source: SEMANTICS, "Dossier"; docs/decisions/0015, "In time".
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from domain.aggregation import share
from domain.calendar import Milestone
from domain.campaign import Campaign
from domain.criteria import Catalogue
from domain.figures.beside import Beside
from domain.forms import DossierState, Part
from domain.judgement import Judgement, Witness
from domain.lineage import ConfigurationSource, FigureSource, Source, counted, figures_named
from domain.snapshot import InForceRow, WeekSnapshot, cells_behind
from domain.submissions import DossierRow
from domain.summary import Figure, FigureKind, count_id, criterion_id, dossier_count_id, milestone_id

Documents = list[InForceRow[DossierRow]]


@dataclass(frozen=True)
class _Reached:
    """Codes of indicators, or ids of criteria, and what shows it. `dates`: what shows that it was in time."""

    ready: frozenset[str]
    in_time: frozenset[str]
    states: tuple[Source, ...]
    dates: tuple[Source, ...]
    looked_at: tuple[Source, ...]


def figures(snapshot: WeekSnapshot, beside: Beside) -> Iterator[Figure]:
    """Every milestone for every commune, null where the commune has stated nothing."""
    campaign, documents = beside.campaign, documents_by_indicator(snapshot, beside.campaign)
    for commune in beside.communes():
        for milestone in campaign.calendar.milestones:
            if milestone.dossier_state:
                reached = _documents_reached(commune, milestone, documents.get(commune), campaign)
            else:
                reached = _criteria_reached(commune, beside)
            yield from _milestone(beside, commune, milestone, reached)


def documents_by_indicator(
    snapshot: WeekSnapshot, campaign: Campaign
) -> Mapping[str, Mapping[str, Documents]]:
    """Commune -> indicator -> its documents. Those of a condition ready no indicator."""
    counted_as = {indicator.code: indicator.counted_as for indicator in campaign.catalogue.indicators()}
    documents: dict[str, dict[str, Documents]] = defaultdict(lambda: defaultdict(list))
    for line in snapshot.rows_of(Part.DOSSIERS, DossierRow):
        of_commune = documents[line.reporter]
        if line.row.indicator in counted_as:
            of_commune[counted_as[line.row.indicator]].append(line)
    return documents


def _documents_reached(
    commune: str, milestone: Milestone, documents: Mapping[str, Documents] | None, campaign: Campaign
) -> _Reached | None:
    """Indicators all of whose listed documents have reached the state; one without a document has not."""
    if documents is None:
        return None
    wanted = DossierState(milestone.dossier_state or "")
    ready = {code: lines for code, lines in documents.items() if _all_reached(lines, wanted)}
    late = {
        code for code, lines in ready.items() if wanted is DossierState.SENT and _is_late(lines, milestone)
    }
    lines = [line for lines in ready.values() for line in lines]
    dated = [line for line in lines if line.row.sent_on] if wanted is DossierState.SENT else []
    # The source of a 0: the documents among which none was found.
    listed = figures_named([dossier_count_id(commune, "documents")])
    return _Reached(
        ready=frozenset(ready),
        in_time=frozenset(ready) - late,
        states=cells_behind(lines, "state") or listed,
        dates=cells_behind(dated, "sent_on"),
        looked_at=(*listed, _source(campaign.catalogue)),
    )


def _all_reached(lines: Documents, wanted: DossierState) -> bool:
    return all(line.row.state is not None and line.row.state.has_reached(wanted) for line in lines)


def _is_late(lines: Documents, milestone: Milestone) -> bool:
    """A document was sent after the last good day; a blank date is believed."""
    return any(line.row.sent_on and line.row.sent_on > milestone.last_good_day for line in lines)


def _criteria_reached(commune: str, beside: Beside) -> _Reached | None:
    """Criteria met by the commune's own word; the count is the source."""
    if not beside.is_in_force((commune, Part.PROGRESS)):
        return None
    ids = {
        each.id: criterion_id(commune, each.id, Witness.COMMUNE)
        for each in beside.campaign.catalogue.criteria
    }
    met = frozenset(id_ for id_, said in ids.items() if beside.now.figures[said].value is Judgement.MET)
    counts = figures_named([count_id(commune, Witness.COMMUNE, Judgement.MET)])
    looked_at = counted((said for id_, said in ids.items() if id_ not in met), ids.values())
    return _Reached(ready=met, in_time=met, states=counts, dates=(), looked_at=looked_at)


def _milestone(
    beside: Beside, commune: str, milestone: Milestone, reached: _Reached | None
) -> Iterator[Figure]:
    def named(what: str) -> str:
        return milestone_id(milestone.id, commune, what)

    catalogue = _asked_by_then(beside, milestone)
    of = _applicable(milestone, catalogue)
    ready, sources = (len(reached.ready), reached.states) if reached else (None, ())
    yield Figure(named("ready"), FigureKind.NUMBER, ready, sources)
    timely = reached if _tells_of_its_day(beside, milestone) else None
    settled = _settled(beside, milestone, named)
    applicable = settled.get("applicable") or _asked(named("applicable"), of, catalogue)
    in_time = settled.get("in_time") or _in_time(named, of, timely)
    yield applicable
    yield in_time
    yield settled.get("missing") or _missing(named("missing"), of, timely)
    percent = share(in_time.value, cast(int, applicable.value)) if isinstance(in_time.value, int) else None
    parts = figures_named([in_time.id, named("applicable")])
    yield Figure(named("share"), FigureKind.PERCENT, percent, parts)


def _asked_by_then(beside: Beside, milestone: Milestone) -> Catalogue:
    """What holds this week; once the milestone is past, what held on its last good day."""
    return beside.campaign.catalogue_on(min(milestone.last_good_day, beside.now.name.wednesday))


def _asked(figure_id: str, of: tuple[str, ...], catalogue: Catalogue) -> Figure:
    return Figure(figure_id, FigureKind.NUMBER, len(of), (_source(catalogue),))


def _in_time(named: Callable[[str], str], of: Collection[str], reached: _Reached | None) -> Figure:
    if reached is None:
        return Figure(named("in_time"), FigureKind.NUMBER, None)
    sources = (FigureSource(named("ready")), *reached.dates)
    return Figure(named("in_time"), FigureKind.NUMBER, len(reached.in_time.intersection(of)), sources)


def _missing(figure_id: str, applicable: tuple[str, ...], reached: _Reached | None) -> Figure:
    if reached is None:
        return Figure(figure_id, FigureKind.TEXT, None)
    missing = ", ".join(code for code in applicable if code not in reached.in_time)
    return Figure(figure_id, FigureKind.TEXT, missing, reached.looked_at)


def _is_over(beside: Beside, milestone: Milestone) -> bool:
    """Whether the week before was to settle it: its cut-off fell on or after the last good day."""
    calendar = beside.campaign.calendar
    return beside.before is not None and calendar.cutoff(beside.before.name).date() >= milestone.last_good_day


def _tells_of_its_day(beside: Beside, milestone: Milestone) -> bool:
    """A report that comes after the settling week tells of the last good day only by sending dates."""
    return milestone.dossier_state == DossierState.SENT or not _is_over(beside, milestone)


def _settled(beside: Beside, milestone: Milestone, named: Callable[[str], str]) -> Mapping[str, Figure]:
    """What the week before had settled, all together: what is asked for later is none of it. A commune that was silent
    then settles by its next report, if that can tell."""
    found = (beside.earlier(named(what)) for what in ("in_time", "applicable", "missing"))
    settled = [each for each in found if each and each.value is not None]
    is_settled = _is_over(beside, milestone) and any(each.id == named("in_time") for each in settled)
    return {each.id.rpartition("/")[2]: each for each in settled} if is_settled else {}


def _applicable(milestone: Milestone, catalogue: Catalogue) -> tuple[str, ...]:
    """In the order of the catalogue."""
    if not milestone.dossier_state:
        return tuple(criterion.id for criterion in catalogue.criteria)
    return tuple(catalogue.rows_of)


def _source(catalogue: Catalogue) -> ConfigurationSource:
    return ConfigurationSource(f"catalogue/{catalogue.id}")
