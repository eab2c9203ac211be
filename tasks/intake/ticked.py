"""Columns headed by a judgement, in place of one with words: which they are, and what the mark in one of them says.

A mark counts only here (SEMANTICS, "Judgement"); a word in such a column is asked about.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.forms import CellKind, Column, PartForm
from domain.judgement import Judgement
from domain.reading.cell import Reading, refusal
from tasks.intake.known import Known

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


def read_ticked(known: Mapping[str, Known], headings: Mapping[str, str]) -> Ticked:
    """`known`, `headings`: by the id of the column, in the order of the sheet. A row without a mark is not stated."""
    filled = [name for name, each in known.items() if is_filled(each)]
    for name in filled:
        reading = known[name].reading
        if reading.value is None:
            return Ticked(reading, name)
    if not filled:
        first = next(iter(known))
        return Ticked(Reading(Judgement.NOT_STATED, "", "JUDGEMENT_NOT_MARKED"), first)
    if len(filled) > 1:
        both = ", ".join(headings[name] for name in filled)
        return Ticked(refusal(known[filled[1]].cell, "JUDGEMENT_MARKED_TWICE", readings=both), filled[1])
    judgement = Judgement(filled[0].rpartition(".")[2])
    return Ticked(Reading(judgement, known[filled[0]].cell.raw), filled[0])


def is_filled(mark: Known) -> bool:
    """Whether such a cell says anything: not a blank, not an empty box."""
    return mark.reading.value is not None or bool(mark.reading.code)
