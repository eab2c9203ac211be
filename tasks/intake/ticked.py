"""Columns headed by a judgement, in place of one with words: which they are, and what the mark in one of them says.

A mark counts only here (SEMANTICS, "Judgement"); a word in such a column is asked about.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.forms import CellKind, Column, PartForm
from domain.judgement import Judgement
from domain.reading.cell import Cell, Reading, fault_of, refusal
from domain.reading.listed import is_marked

FEWEST = 2  # one column headed "Đạt" may be anything


@dataclass(frozen=True)
class Ticked:
    """What the marks of one row say, and the id of the column where it stands."""

    reading: Reading[Judgement]
    column: str


def judged_column(form: PartForm) -> Column | None:
    """The column that these may stand for."""
    return next((column for column in form.columns if column.marked), None)


def tick_columns(form: PartForm) -> tuple[Column, ...]:
    """One for each judgement, to be found by its heading like any other."""
    return tuple(
        Column(f"{column.id}.{judgement.value}", headings, CellKind.MARK)
        for column in form.columns
        for judgement, headings in column.marked.items()
    )


def read_ticked(cells: Mapping[str, Cell], headings: Mapping[str, str], marks: frozenset[str]) -> Ticked:
    """`cells`, `headings`: by the id of the column, in the order of the sheet. A blank row is not stated."""
    filled = [name for name, cell in cells.items() if not cell.is_blank or cell.formula]
    for name in filled:
        cell = cells[name]
        if fault := fault_of(cell):
            return Ticked(fault, name)
        if not is_marked(cell, marks):
            return Ticked(refusal(cell, "JUDGEMENT_MARK_UNCLEAR", heading=headings[name]), name)
    if not filled:
        first = next(iter(cells))
        return Ticked(Reading(Judgement.NOT_STATED, "", "JUDGEMENT_NOT_MARKED"), first)
    if len(filled) > 1:
        both = ", ".join(headings[name] for name in filled)
        return Ticked(refusal(cells[filled[1]], "JUDGEMENT_MARKED_TWICE", readings=both), filled[1])
    judgement = Judgement(filled[0].rpartition(".")[2])
    return Ticked(Reading(judgement, cells[filled[0]].raw), filled[0])
