"""What stands between each commune and recognition: by each witness's word, and of its evidence documents.

Source: docs/decisions/0030.
"""

from collections.abc import Iterator, Mapping
from itertools import chain

from domain.campaign import Campaign
from domain.criteria import Criterion
from domain.figures.beside import Beside
from domain.figures.milestones import Documents, documents_by_indicator
from domain.forms import DossierState
from domain.judgement import Judgement, Witness
from domain.lineage import ConfigurationSource, FigureSource, Source, counted, figures_named
from domain.snapshot import WeekSnapshot
from domain.standing import Outstanding, Said, is_heard, short_states, shortest_list
from domain.summary import (
    DOSSIERS,
    Figure,
    FigureKind,
    condition_id,
    criterion_id,
    dossier_count_id,
    indicator_id,
    standing_id,
)


def figures(snapshot: WeekSnapshot, beside: Beside) -> Iterator[Figure]:
    """Null where a witness said nothing of the commune; of documents only where the commune lists any."""
    documents = documents_by_indicator(snapshot, beside.campaign)
    for commune in beside.communes():
        for witness in Witness:
            yield from _of_witness(beside, commune, witness)
        if commune in documents:
            yield from _of_documents(commune, documents[commune], beside.campaign)


def _of_witness(beside: Beside, commune: str, witness: Witness) -> Iterator[Figure]:
    said = _said(beside, commune, witness)
    catalogue = beside.campaign.catalogue
    found = shortest_list(catalogue, commune, said) if is_heard(catalogue, said) else None
    yield from _listed(commune, witness, found, _looked_at(beside, commune, witness, found))


def _said(beside: Beside, commune: str, witness: Witness) -> Said:
    catalogue, figures_ = beside.campaign.catalogue, beside.now.figures
    ids = {row.code: indicator_id(commune, row.code, witness) for row in catalogue.indicators()}
    ids |= {each.id: condition_id(commune, each.id, witness) for each in catalogue.conditions}
    stated = {code: figure.value for code, id_ in ids.items() if (figure := figures_.get(id_))}
    return {code: value for code, value in stated.items() if isinstance(value, Judgement)}


def _looked_at(
    beside: Beside, commune: str, witness: Witness, found: Outstanding | None
) -> tuple[Source, ...]:
    """The criteria and conditions in which something is listed; of an empty list all, as none was found in them."""
    catalogue = beside.campaign.catalogue
    listed = frozenset(chain(found.open, found.unstated)) if found is not None else frozenset()
    conditions = [each.id for each in catalogue.conditions if commune in each.communes]
    among = [criterion_id(commune, each.id, witness) for each in catalogue.criteria]
    among += [condition_id(commune, id_, witness) for id_ in conditions]
    chosen = [
        criterion_id(commune, each.id, witness) for each in catalogue.criteria if _has_any(each, listed)
    ]
    chosen += [condition_id(commune, id_, witness) for id_ in conditions if id_ in listed]
    return counted(chosen, among)


def _has_any(criterion: Criterion, listed: frozenset[str]) -> bool:
    return any(row.counted_as in listed for row in criterion.indicators)


def _listed(
    commune: str, of: str, found: Outstanding | None, sources: tuple[Source, ...]
) -> Iterator[Figure]:
    """The two numbers, and which they count."""
    lists = {"open": found.open, "unstated": found.unstated} if found is not None else {}
    for what in ("open", "unstated"):
        codes = lists.get(what)
        number, named = standing_id(commune, of, what), standing_id(commune, of, f"{what}_codes")
        yield Figure(number, FigureKind.NUMBER, None if codes is None else len(codes), sources)
        text = None if codes is None else ", ".join(codes)
        yield Figure(named, FigureKind.TEXT, text, (FigureSource(number),))


def _of_documents(commune: str, documents: Mapping[str, Documents], campaign: Campaign) -> Iterator[Figure]:
    """By indicator. `open`: a listed document has a state that is short of what a milestone asks for; `unstated`: none
    is listed, or of those that are short nobody stated the state. Without such a milestone nothing is asked."""
    behind = short_states(campaign.calendar.milestones)
    if not behind:
        return
    short = {
        code: [line.row.state for line in lines if line.row.state is None or line.row.state in behind]
        for code, lines in documents.items()
    }
    codes = campaign.catalogue.rows_of
    found = Outstanding(
        open=tuple(code for code in codes if any(short.get(code, ()))),
        unstated=tuple(code for code in codes if not any(short.get(code, ())) and short.get(code) != []),
    )
    states = (state for state in DossierState if state in behind)
    counts = figures_named(dossier_count_id(commune, each) for each in (*states, "documents"))
    catalogue = ConfigurationSource(f"catalogue/{campaign.catalogue.id}")
    yield from _listed(commune, DOSSIERS, found, (*counts, catalogue))
    number = sum(map(len, short.values()))
    yield Figure(standing_id(commune, DOSSIERS, "documents"), FigureKind.NUMBER, number, counts)
