"""What has moved since the previous value: counts, sums and judgements, of what is in force this week.

A value that is null or absent on either side has no change; a change of 0 is said.
Source: docs/decisions/0015, `change`.
"""

from collections.abc import Iterable, Iterator, Mapping

from domain.figures.beside import Beside, PartOf
from domain.figures.debt import AMOUNTS
from domain.forms import DossierState, Part
from domain.judgement import Judgement, Witness
from domain.lineage import FigureSource
from domain.summary import (
    AGREED,
    Figure,
    FigureKind,
    change_id,
    count_id,
    debt_id,
    dossier_count_id,
    indicator_id,
    indicators_met_id,
    milestone_id,
)


def figures(beside: Beside) -> Iterator[Figure]:
    """Nothing in the first week."""
    has_same_agencies = _has_same_agencies(beside)
    for commune in beside.communes():
        for part, figure_ids in _own(commune):
            yield from _of_numbers(beside, (commune, part), figure_ids)
        for part, figure_ids in _over_rows(beside, commune):
            yield from _of_whole(beside, (commune, part), figure_ids)
        # A silent agency would read as a step back, one that begins to speak as a leap; so would a commune, as of what
        # both say nothing is carried.
        if has_same_agencies and _have_agencies_spoken(beside, commune):
            shared = [count_id(commune, AGREED, Judgement.MET), indicators_met_id(commune, Witness.AGENCY)]
            shared += [count_id(commune, Witness.AGENCY, judgement) for judgement in Judgement]
            yield from _of_whole(beside, (commune, Part.PROGRESS), shared)
        yield from _of_indicators(beside, commune)


def _has_same_agencies(beside: Beside) -> bool:
    agencies = beside.now.lead_agencies()
    return bool(agencies) and beside.before is not None and agencies == beside.before.lead_agencies()


def _have_agencies_spoken(beside: Beside, commune: str) -> bool:
    """Of this commune, in both weeks: a verification may speak of some communes and not of others."""
    rows = beside.campaign.catalogue.indicators()
    ids = [indicator_id(commune, row.code, Witness.AGENCY) for row in rows]
    return all(week is not None and _says_any(week.figures, ids) for week in (beside.before, beside.now))


def _says_any(figures: Mapping[str, Figure], ids: Iterable[str]) -> bool:
    said = (figures.get(figure_id) for figure_id in ids)
    return any(figure and figure.value is not Judgement.NOT_STATED for figure in said)


def _own(commune: str) -> Iterator[tuple[Part, Iterable[str]]]:
    """What changes with a part of the commune itself."""
    yield Part.DOSSIERS, (dossier_count_id(commune, state) for state in (*DossierState, "documents"))
    yield Part.DEBT, (debt_id(commune, amount) for amount in AMOUNTS)


def _over_rows(beside: Beside, commune: str) -> Iterator[tuple[Part, Iterable[str]]]:
    """Counts over all that the catalogue asks for."""
    yield Part.PROGRESS, (count_id(commune, Witness.COMMUNE, judgement) for judgement in Judgement)
    yield Part.PROGRESS, [indicators_met_id(commune, Witness.COMMUNE)]
    for milestone in beside.campaign.calendar.milestones:
        part = Part.DOSSIERS if milestone.dossier_state else Part.PROGRESS
        yield part, [milestone_id(milestone.id, commune, "ready")]


def _of_whole(beside: Beside, part: PartOf, figure_ids: Iterable[str]) -> Iterator[Figure]:
    """A catalogue that loses or gains rows would read as a step back or a leap."""
    if beside.asks_as_before(part):
        yield from _of_numbers(beside, part, figure_ids)


def _of_numbers(beside: Beside, part: PartOf, figure_ids: Iterable[str]) -> Iterator[Figure]:
    if not beside.is_in_force(part):
        return
    for figure_id in figure_ids:
        now, previous = beside.now.figures.get(figure_id), beside.previous(figure_id, part)
        if now and previous and isinstance(now.value, int) and isinstance(previous.value, int):
            sources = (FigureSource(figure_id), *previous.sources)
            yield Figure(change_id(figure_id), now.kind, now.value - previous.value, sources)


def _of_indicators(beside: Beside, commune: str) -> Iterator[Figure]:
    own = (commune, Part.PROGRESS)
    for row in beside.campaign.catalogue.indicators():
        yield from _of_word(beside, indicator_id(commune, row.code, Witness.COMMUNE), own, own)
        now, then = beside.now.verified(row.code), beside.before and beside.before.verified(row.code)
        if now and then:
            yield from _of_word(beside, indicator_id(commune, row.code, Witness.AGENCY), now, then)


def _of_word(beside: Beside, figure_id: str, part: PartOf, then: PartOf) -> Iterator[Figure]:
    """`Cơ bản đạt → Đạt`; a figure without a cell says that the row doesn't stand there."""
    now, previous = beside.now.figures.get(figure_id), _stood(beside, figure_id, then)
    if not (beside.is_in_force(part) and now and now.sources and previous):
        return
    said, before = now.value, previous.value
    if isinstance(said, Judgement) and isinstance(before, Judgement) and said is not before:
        sources = (FigureSource(figure_id), *previous.sources)
        yield Figure(change_id(figure_id), FigureKind.TEXT, f"{before.vi} → {said.vi}", sources)


def _stood(beside: Beside, figure_id: str, then: PartOf) -> Figure | None:
    """The previous judgement, where its row stood in the table; one that is carried did."""
    previous = beside.previous(figure_id, then)
    if previous is None or beside.before is None or not beside.was_in_force(then):
        return previous
    return previous if beside.before.figures[figure_id].sources else None
