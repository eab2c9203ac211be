"""What must stand in an exact list: judgement, dossier state, commune, subject, mark, yes or no.

Never the nearest, no prefixes.
"""

from collections.abc import Mapping
from typing import TypeVar

from domain.forms import DossierState, Spellings
from domain.judgement import Judgement
from domain.reading.cell import Cell, Reading, fault_of, refusal
from domain.reporters import ReporterKind, Roster
from domain.vietnamese import match_key

T = TypeVar("T")
_UNCLEAR = "JUDGEMENT_MARK_UNCLEAR"
_STATES = ", ".join(state.vi for state in DossierState)


def read_judgement(cell: Cell, spellings: Mapping[str, Judgement]) -> Reading[Judgement]:
    """A blank is NOT_STATED: "chưa có số liệu" is what a witness says by its silence."""
    if cell.is_blank and not cell.formula:
        return Reading(Judgement.NOT_STATED, cell.raw)
    return _listed(cell, spellings, "JUDGEMENT_UNKNOWN")


def read_dossier_state(cell: Cell, spellings: Mapping[str, DossierState]) -> Reading[DossierState]:
    """A blank is None: a document that is listed without a state may stand anywhere."""
    if cell.is_blank and not cell.formula:
        return Reading(None, cell.raw)
    return _listed(cell, spellings, "DOSSIER_STATE_UNKNOWN", expected=_STATES)


def read_commune(cell: Cell, roster: Roster) -> Reading[str]:
    """The id of the commune that the roster's alias table names; an agency is no commune. One that went into another is
    not read as the other: what is said of a part isn't said of the whole."""
    if (fault := fault_of(cell)) or cell.is_blank:
        return fault or Reading(None, cell.raw)
    reporter = roster.named(cell.text)
    if reporter is None and (heir := roster.successor_named(cell.text)):
        return refusal(cell, "COMMUNE_SUCCEEDED", name=heir.name)
    if reporter is None or reporter.kind is not ReporterKind.COMMUNE:
        return refusal(cell, "COMMUNE_UNKNOWN")
    return Reading(reporter.id, cell.raw)


def read_subject(cell: Cell, subjects: Mapping[str, str]) -> Reading[str]:
    """The id of a remark's subject. Keys of `subjects` are match keys."""
    if cell.is_blank and not cell.formula:
        return Reading(None, cell.raw)
    return _listed(cell, subjects, "REMARK_SUBJECT_UNKNOWN")


def read_mark(
    cell: Cell, marks: frozenset[str], unmarked: frozenset[str], heading: str = ""
) -> Reading[bool]:
    """True where a column under this heading is ticked; a blank or a box that nobody ticked says nothing."""
    if fault := fault_of(cell):
        return fault
    if cell.is_blank or match_key(cell.text) in unmarked:
        return Reading(None, cell.raw)
    return Reading(True, cell.raw) if is_marked(cell, marks) else refusal(cell, _UNCLEAR, heading=heading)


def read_nil(cell: Cell, spellings: Spellings) -> Reading[bool]:
    """What stands beside "không phát sinh": ticked, or said once more. A "không" there says neither."""
    if fault := fault_of(cell):
        return fault
    said = match_key(cell.text)
    if cell.is_blank or said in spellings.unmarked:
        return Reading(None, cell.raw)
    return Reading(True, cell.raw) if said in spellings.mark | spellings.nil else refusal(cell, "NIL_UNCLEAR")


def read_yes_no(
    cell: Cell, yes: frozenset[str], no: frozenset[str], unmarked: frozenset[str]
) -> Reading[bool]:
    """A blank, or a box that nobody ticked, says neither: who ticks only what belongs leaves blank also what isn't
    known."""
    if fault := fault_of(cell):
        return fault
    said = match_key(cell.text)
    if cell.is_blank or said in unmarked:
        return Reading(None, cell.raw)
    return Reading(said in yes, cell.raw) if said in yes | no else refusal(cell, "YES_NO_UNKNOWN")


def is_marked(cell: Cell, marks: frozenset[str]) -> bool:
    """Whether a mark field is ticked (x, ✓, có). Anything else, a blank too, is not."""
    return match_key(cell.text) in marks


def _listed(cell: Cell, spellings: Mapping[str, T], code: str, **facts: str) -> Reading[T]:
    if fault := fault_of(cell):
        return fault
    value = spellings.get(match_key(cell.text))
    return refusal(cell, code, **facts) if value is None else Reading(value, cell.raw)
