"""Where commune and agency differ beside their judgements: in the state of a dossier, and in the result, of an
indicator or of a condition.

A difference decides nothing: neither side's word is used instead of the other's. Judgements stand in progress.py.
Source: docs/decisions/0033.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from domain.campaign import Campaign
from domain.criteria import Indicator, Tolerance, Unit
from domain.dossiers import contradict
from domain.figures.progress import Key, Witnesses, witnesses
from domain.forms import DossierState, Part
from domain.judgement import Matter
from domain.lineage import Source
from domain.snapshot import InForceRow, WeekSnapshot, cells_behind
from domain.submissions import DossierRow
from domain.summary import Figure, FigureKind, difference_id
from domain.vietnamese import vi_number

Documents = Sequence[InForceRow[DossierRow]]
About = tuple[str, str, Matter]  # commune, code


@dataclass(frozen=True)
class _Heard:
    """What both say of one matter, the commune first."""

    about: About
    said: tuple[str, str]
    differs: bool
    sources: tuple[Source, ...]


def figures(snapshot: WeekSnapshot, campaign: Campaign) -> Iterator[Figure]:
    """Only where both spoke and differ."""
    for heard in _heard(snapshot, campaign):
        if heard.differs:
            yield Figure(difference_id(*heard.about), FigureKind.TEXT, " / ".join(heard.said), heard.sources)


def agreed_upon(snapshot: WeekSnapshot, campaign: Campaign) -> frozenset[About]:
    """Where both spoke and do not differ."""
    return frozenset(heard.about for heard in _heard(snapshot, campaign) if not heard.differs)


def _heard(snapshot: WeekSnapshot, campaign: Campaign) -> Iterator[_Heard]:
    both = witnesses(snapshot, campaign)
    documents = _documents(snapshot)
    for key in both.agency:
        yield from _of_dossiers(both, key, documents.get(key, ()))
        if measured := campaign.catalogue.measured(key[1]):
            yield from _of_result(both, key, measured)


def _documents(snapshot: WeekSnapshot) -> dict[Key, list[InForceRow[DossierRow]]]:
    documents: dict[Key, list[InForceRow[DossierRow]]] = defaultdict(list)
    for line in snapshot.rows_of(Part.DOSSIERS, DossierRow):
        documents[line.reporter, line.row.indicator].append(line)
    return documents


def _of_dossiers(both: Witnesses, key: Key, documents: Documents) -> Iterator[_Heard]:
    checked, states = both.agency[key], [line.row.state for line in documents]
    if checked.row.state is None or not any(states):
        return
    sources = (*cells_behind(documents, "state"), *cells_behind([checked], "state"))
    said = _in_words(states), checked.row.state.vi
    yield _Heard((*key, Matter.DOSSIERS), said, contradict(checked.row.state, states), sources)


def _in_words(states: Sequence[DossierState | None]) -> str:
    """`đang lập`; of several documents `đang lập (1), phòng xác nhận (2)`."""
    counted = Counter(state.vi if state else "không ghi" for state in states)
    if len(states) == 1:
        return next(iter(counted))
    return ", ".join(f"{words} ({number})" for words, number in counted.items())


def _of_result(both: Witnesses, key: Key, indicator: Indicator) -> Iterator[_Heard]:
    """Numbers only: grades and words are for people."""
    own, checked = both.commune.get(key), both.agency[key]
    if own is None or own.row.result is None or checked.row.result is None:
        return
    apart, tolerance = abs(own.row.result - checked.row.result), indicator.tolerance
    granted = tolerance.value if tolerance and tolerance.confirmed else Decimal(0)
    words = [_number(number, indicator) for number in (own.row.result, checked.row.result)]
    sources = (*cells_behind([own], "result"), *cells_behind([checked], "result"))
    said = words[0], words[1] + _informed(apart, tolerance, indicator)
    yield _Heard((*key, Matter.RESULT), said, apart > granted, sources)


def _informed(apart: Decimal, tolerance: Tolerance | None, indicator: Indicator) -> str:
    """What a tolerance that nobody has confirmed says of it."""
    if tolerance is None or tolerance.confirmed or apart > tolerance.value:
        return ""
    return f" (trong sai số {_number(tolerance.value, indicator)} chưa xác nhận)"


def _number(number: Decimal, indicator: Indicator) -> str:
    return f"{vi_number(number)}{'%' if indicator.unit is Unit.PERCENT else ''}"
