"""One figure of summary.json: its canonical text, and back. Knows figures and sources, nothing of the summary around.

A week of 2,000 reporters has a million figures and two million sources: the text is put together without the library's
help.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from json.encoder import encode_basestring as quoted
from typing import Any

from domain.errors import StoreError
from domain.judgement import Judgement
from domain.lineage import (
    CellSource,
    ConfigurationSource,
    DecisionSource,
    EarlierSource,
    FigureSource,
    Source,
)
from domain.summary import Figure, FigureKind, FigureValue
from domain.weeks import WeekName

DAMAGE = (ValueError, KeyError, TypeError, InvalidOperation)  # what reading bytes of another kind raises
Json = Mapping[str, Any]  # one JSON object; its shape is what the schema says

_KINDS = {kind.value: kind for kind in FigureKind}  # Enum() is slow
_JUDGEMENTS = {judgement.value: judgement for judgement in Judgement}


def figure_text(figure: Figure) -> str:
    """`"id": {...}`, keys sorted, one field a line."""
    sources = ",\n".join(map(_source_text, figure.sources))
    listed = f"[\n{sources}\n]" if sources else "[]"
    kind, value = quoted(figure.kind.value), value_json(figure.value)
    said = "null" if value is None else quoted(value) if isinstance(value, str) else str(value)
    return f'{quoted(figure.id)}: {{\n"kind": {kind},\n"sources": {listed},\n"value": {said}\n}}'


def _source_text(source: Source) -> str:
    if isinstance(source, FigureSource):
        return f'{{\n"figure": {quoted(source.figure_id)}\n}}'
    if isinstance(source, CellSource):
        cell, raw, sheet = quoted(source.cell), quoted(source.raw), quoted(source.sheet)
        return f'{{\n"cell": {cell},\n"raw": {raw},\n"sha256": {quoted(source.sha256)},\n"sheet": {sheet}\n}}'
    if isinstance(source, EarlierSource):
        return f'{{\n"earlier": {quoted(_name(source.week))},\n"figure": {quoted(source.figure_id)}\n}}'
    if isinstance(source, DecisionSource):
        by, why = quoted(source.decided_by), quoted(source.reason)
        return f'{{\n"decided_by": {by},\n"decided_over": {quoted(_name(source.week))},\n"reason": {why}\n}}'
    return f'{{\n"configuration": {quoted(source.name)}\n}}'


@lru_cache(maxsize=64)
def _name(week: WeekName) -> str:
    return str(week)


def damaged(error: Exception) -> StoreError:
    """What is said of bytes that no summary.json has."""
    return StoreError(
        f"Không đọc được summary.json trong kho lưu ({error}). Hãy khôi phục kho lưu từ bản sao lưu."
    )


def value_json(value: FigureValue) -> int | str | None:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal | str) else value


def figure_of(figure_id: str, figure: Json) -> Figure:
    """The figure that `figure_text` wrote. Raises ValueError, KeyError or TypeError for another."""
    kind = _KINDS[figure["kind"]]
    sources = tuple(map(_source, figure["sources"]))
    return Figure(figure_id, kind, value_of(kind, figure["value"]), sources)


def _source(source: Json) -> Source:
    if "earlier" in source:
        return EarlierSource(_week(source["earlier"]), source["figure"])
    if "figure" in source:
        return FigureSource(source["figure"])
    if "configuration" in source:
        return ConfigurationSource(source["configuration"])
    if "decided_over" in source:
        return DecisionSource(_week(source["decided_over"]), source["decided_by"], source["reason"])
    return CellSource(**source)


@lru_cache(maxsize=64)
def _week(name: str) -> WeekName:
    return WeekName.parse(name)


def value_of(kind: FigureKind, value: int | str | None) -> FigureValue:
    """A number is an integer in JSON where it was one, and a text where it was a Decimal; a float is a
    forgery.
    """
    if value is None or kind in (FigureKind.TEXT, FigureKind.STATE):
        return value
    if kind is FigureKind.JUDGEMENT:
        return _JUDGEMENTS[str(value)]
    if kind is FigureKind.DATE:
        return date.fromisoformat(str(value))
    if isinstance(value, float):
        raise ValueError(f"a float among the figures: {value}")
    return value if isinstance(value, int) else Decimal(value)
