"""Indicators and criteria by both witnesses, what both say, and where they differ."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from domain.aggregation import counts_by_judgement, rolled_up_by
from domain.campaign import Campaign
from domain.criteria import Indicator, Unit
from domain.forms import Part
from domain.judgement import Judgement, Witness, agreed, is_difference
from domain.lineage import Source, counted, figures_named
from domain.snapshot import InForceRow, WeekSnapshot, cells_behind
from domain.submissions import ProgressRow, VerificationRow
from domain.summary import (
    AGREED,
    Figure,
    FigureKind,
    condition_id,
    count_id,
    criterion_id,
    difference_id,
    indicator_id,
    indicators_met_id,
)

Key = tuple[str, str]  # commune, code


@dataclass(frozen=True)
class Witnesses:
    """The rows in force by commune and code.
    An agency's word counts only where it is the lead of that code."""

    commune: Mapping[Key, InForceRow[ProgressRow]]
    agency: Mapping[Key, InForceRow[VerificationRow]]
    unpublished: frozenset[str]  # agencies whose free text is not published (Công an, Quân sự)

    def judgement(self, witness: Witness, key: Key) -> Judgement:
        """What this witness says, or not stated."""
        line = self.commune.get(key) if witness is Witness.COMMUNE else self.agency.get(key)
        return line.row.judgement if line else Judgement.NOT_STATED

    def sources(self, witness: Witness, key: Key, field: str = "judgement") -> tuple[Source, ...]:
        if witness is Witness.COMMUNE:
            return cells_behind([self.commune[key]], field) if key in self.commune else ()
        return cells_behind([self.agency[key]], field) if key in self.agency else ()


def figures(snapshot: WeekSnapshot, campaign: Campaign) -> Iterator[Figure]:
    """Every judgement of the week and the counts over them, for every commune of the roster,
    reported or not."""
    both = witnesses(snapshot, campaign)
    communes = [commune.id for commune in campaign.roster.communes_on(snapshot.week.wednesday)]
    for commune in communes:
        for indicator in campaign.catalogue.indicators():
            yield from _of_indicator(both, commune, indicator)
    yield from _of_criteria(both, communes, campaign)
    yield from _indicators_met(both, communes, campaign)
    yield from _of_conditions(both, communes, campaign)


def witnesses(snapshot: WeekSnapshot, campaign: Campaign) -> Witnesses:
    """What is in force of both in this week."""
    day = snapshot.week.wednesday
    return Witnesses(
        commune={
            (line.reporter, line.row.indicator): line for line in snapshot.rows_of(Part.PROGRESS, ProgressRow)
        },
        agency={
            (line.row.commune, line.row.indicator): line
            for line in snapshot.rows_of(Part.VERIFICATION, VerificationRow)
            if campaign.assignments.lead_of(line.row.indicator, day) == line.reporter
        },
        unpublished=frozenset(r.id for r in campaign.roster.reporters if not r.publishes_remarks),
    )


def _of_indicator(both: Witnesses, commune: str, indicator: Indicator) -> Iterator[Figure]:
    key = (commune, indicator.code)
    said = [both.judgement(witness, key) for witness in Witness]
    for witness, judgement in zip(Witness, said, strict=True):
        figure_id = indicator_id(commune, indicator.code, witness)
        yield Figure(figure_id, FigureKind.JUDGEMENT, judgement, both.sources(witness, key))
    yield from _difference(both, key)
    if own := both.commune.get(key):
        yield from _own_details(own, key, indicator.unit)
    yield from _checked_details(both, key)


def _difference(both: Witnesses, key: Key) -> Iterator[Figure]:
    said = [both.judgement(witness, key) for witness in Witness]
    if is_difference(*said):
        cells = tuple(source for witness in Witness for source in both.sources(witness, key))
        words = " / ".join(judgement.vi for judgement in said)
        yield Figure(difference_id(*key), FigureKind.TEXT, words, cells)


def _checked_details(both: Witnesses, key: Key) -> Iterator[Figure]:
    """What stands beside the agency's judgement; only what was stated."""
    checked = both.agency.get(key)
    if checked and checked.row.checked_on:
        yield _detail(checked, key, "checked_on", FigureKind.DATE)
    if checked and checked.row.lacking and checked.reporter not in both.unpublished:
        yield _detail(checked, key, "lacking", FigureKind.TEXT)


def _own_details(own: InForceRow[ProgressRow], key: Key, unit: Unit) -> Iterator[Figure]:
    """The same of the commune's."""
    if own.row.result is not None:
        yield _detail(own, key, "result", FigureKind.PERCENT if unit is Unit.PERCENT else FigureKind.NUMBER)
    elif own.row.result_text:
        sources = cells_behind([own], "result")
        yield Figure(indicator_id(*key, "result"), FigureKind.TEXT, own.row.result_text, sources)
    if own.row.completion is not None:
        yield _detail(own, key, "completion", FigureKind.PERCENT)
    if own.row.planned_on:
        yield _detail(own, key, "planned_on", FigureKind.DATE)


def _detail(line: InForceRow[Any], key: Key, field: str, kind: FigureKind) -> Figure:
    return Figure(indicator_id(*key, field), kind, getattr(line.row, field), cells_behind([line], field))


def _of_criteria(both: Witnesses, communes: list[str], campaign: Campaign) -> Iterator[Figure]:
    criterion_of = {
        i.code: criterion.id for criterion in campaign.catalogue.criteria for i in criterion.indicators
    }
    codes_of = {each.id: [i.code for i in each.indicators] for each in campaign.catalogue.criteria}
    judged = {witness: rolled_up_by(_stated(both, witness), criterion_of, communes) for witness in Witness}
    for witness, table in judged.items():
        for (commune, criterion), judgement in table.items():
            sources = figures_named(indicator_id(commune, code, witness) for code in codes_of[criterion])
            yield Figure(criterion_id(commune, criterion, witness), FigureKind.JUDGEMENT, judgement, sources)
        yield from _counts(table, witness)
    together = {
        key: agreed(judgement, judged[Witness.AGENCY][key])
        for key, judgement in judged[Witness.COMMUNE].items()
    }
    for (commune, criterion), judgement in together.items():
        sources = figures_named(criterion_id(commune, criterion, witness) for witness in Witness)
        yield Figure(criterion_id(commune, criterion, AGREED), FigureKind.JUDGEMENT, judgement, sources)
    yield from _counts(together, AGREED)


def _stated(both: Witnesses, witness: Witness) -> dict[Key, Judgement]:
    rows = both.commune if witness is Witness.COMMUNE else both.agency
    return {key: both.judgement(witness, key) for key in rows}


def _counts(table: Mapping[Key, Judgement], witness: Witness | str) -> Iterator[Figure]:
    """The four counts of each commune; they add to the number of criteria."""
    having: dict[tuple[str, Judgement], list[str]] = defaultdict(list)
    all_of: dict[str, list[str]] = defaultdict(list)
    for (commune, criterion), said in table.items():
        figure_id = criterion_id(commune, criterion, witness)
        having[commune, said].append(figure_id)
        all_of[commune].append(figure_id)
    for (commune, judgement), count in counts_by_judgement(table).items():
        sources = counted(having[commune, judgement], all_of[commune])
        yield Figure(count_id(commune, witness, judgement), FigureKind.NUMBER, count, sources)


def _indicators_met(both: Witnesses, communes: list[str], campaign: Campaign) -> Iterator[Figure]:
    counted_as = {indicator.code: indicator.counted_as for indicator in campaign.catalogue.indicators()}
    rows_of = campaign.catalogue.rows_of
    for witness in Witness:
        met: dict[str, list[str]] = defaultdict(list)
        for (commune, code), judgement in rolled_up_by(_stated(both, witness), counted_as, communes).items():
            if judgement is Judgement.MET:
                met[commune].append(code)
        for commune in communes:
            rows = [row for code in met[commune] for row in rows_of[code]]
            sources = figures_named(indicator_id(commune, row, witness) for row in rows or counted_as)
            yield Figure(indicators_met_id(commune, witness), FigureKind.NUMBER, len(met[commune]), sources)


def _of_conditions(both: Witnesses, communes: list[str], campaign: Campaign) -> Iterator[Figure]:
    """Conditions of kiểu mẫu and gates: followed where configuration names the commune,
    or where somebody spoke."""
    for condition in campaign.catalogue.conditions:
        for commune in communes:
            key = (commune, condition.id)
            if commune in condition.communes or key in both.commune or key in both.agency:
                for witness in Witness:
                    said = both.judgement(witness, key)
                    yield Figure(
                        condition_id(*key, witness), FigureKind.JUDGEMENT, said, both.sources(witness, key)
                    )
                yield from _difference(both, key)
                yield from _checked_details(both, key)
