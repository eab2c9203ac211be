"""Tables of spellings: what is understood and what is asked about, line by line beside what decides it.

Tests read every line; docs/reading.md is written from them (config/reading_page.py). Knows no kind of value.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from domain.reading.cell import Cell, RawValue, Reading


@dataclass(frozen=True)
class Spelling:
    """One cell and what becomes of it.

    `reads`: the value as an officer reads it, "" where none is taken. `code`: the note, or what refuses it; "" for
    neither. `where`: in Vietnamese, what the reader of the table must know beside the text ("cột tính bằng đồng").
    """

    typed: RawValue
    reads: str = ""
    code: str = ""
    where: str = ""
    number_format: str = ""
    font: str = ""
    formula: str = ""
    facts: Mapping[str, Any] = field(
        default_factory=dict
    )  # what the table's `read` wants beside the cell (a unit)

    @property
    def cell(self) -> Cell:
        return Cell(self.typed, self.number_format, self.font, self.formula)


@dataclass(frozen=True)
class SpellingTable:
    """All that is told of one kind of cell. `title` and `intro` in Vietnamese; `shown` writes a value for people."""

    kind: str
    title: str
    intro: str
    read: Callable[..., Reading[Any]]  # of a Cell and, by name, the facts of the spelling
    shown: Callable[[Any], str]
    spellings: tuple[Spelling, ...]
