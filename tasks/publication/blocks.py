"""What every renderer draws: sections made of paragraphs and tables, their cells already in Vietnamese.

Knows tone and shape; knows no figure's meaning and no file format. Text is made plain here, once: whatever a
unit wrote reaches Word, Excel and the browser without control characters and without marks that turn the
reading direction.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import islice

# Outside XML 1.0's characters (section 2.2), and the bidirectional controls that make one text look like
# another.
_NOT_PLAIN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    """The text without characters that no document may hold; line ends are `\\n`."""
    return _NOT_PLAIN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


class Tone(StrEnum):
    """How a reader should take it. Never the only carrier of a meaning: the words say the same."""

    PLAIN = "plain"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    MUTED = "muted"


class Look(StrEnum):
    """What kind of value stands behind the text, for the annex."""

    TEXT = "text"
    NUMBER = "number"
    TENTHS = "tenths"  # one decimal, also a zero
    MILLION = "million"  # triệu đồng
    PERCENT = "percent"  # percent points
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Cell:
    """`figure_id` is the published figure it shows; `number` the value behind the text, in the unit of
    `look`; `sign` what stands behind the number and is explained below the table.
    """

    text: str
    tone: Tone = Tone.PLAIN
    figure_id: str = ""
    number: int | Decimal | date | None = None
    look: Look = Look.TEXT
    span: int = 1
    sign: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", plain(self.text))


@dataclass(frozen=True)
class Column:
    """`group` is a heading over neighbouring columns that share it; `share` the width beside the others'."""

    heading: str
    share: int = 10
    group: str = ""
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    cells: tuple[Cell, ...]
    strong: bool = False


@dataclass(frozen=True)
class Listing:
    """A table as the annex takes it: its lines may be made while they are read, once, so that nobody has all of many
    communes. The spans of each line's cells add to the number of columns."""

    id: str
    caption: str
    columns: tuple[Column, ...]
    lines: Iterable[Line]
    unit_note: str = ""

    @property
    def has_groups(self) -> bool:
        return any(column.group for column in self.columns)

    def whole(self) -> "Table":
        return Table(self.id, self.caption, self.columns, tuple(self.lines), self.unit_note)


@dataclass(frozen=True)
class Table(Listing):
    """The same as a document has it."""

    lines: tuple[Line, ...]


def shortened(table: Listing, at_most: int, more: str) -> Table:
    """Its first lines and, where some are left out, a line that says how many: `more` has `{}` for the number."""
    lines = iter(table.lines)
    first = tuple(islice(lines, at_most))
    left = sum(1 for _ in lines)
    foot = (Line((Cell(more.format(left), Tone.MUTED, span=len(table.columns)),)),) if left else ()
    return replace(table, lines=(*first, *foot)).whole()


class Kind(StrEnum):
    BODY = "body"
    BULLET = "bullet"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    tone: Tone = Tone.PLAIN
    kind: Kind = Kind.BODY
    figure_id: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", plain(self.text))

    @property
    def is_aside(self) -> bool:
        """A note on how to read, set smaller than the report's own words."""
        return self.tone is Tone.MUTED and self.kind is Kind.BODY


Block = Paragraph | Table


@dataclass(frozen=True)
class Section:
    """`number` is roman; empty for the page that says what changed."""

    id: str
    number: str
    title: str
    blocks: tuple[Block, ...]

    def tables(self) -> tuple[Table, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Table))


def grouped_headings(columns: tuple[Column, ...]) -> tuple[tuple[str, int], ...]:
    """The upper row of headings: (group or own heading, how many columns it covers). A lone heading covers
    both rows.
    """
    upper: list[tuple[str, int]] = []
    last_group = ""
    for column in columns:
        if column.group and column.group == last_group:
            upper[-1] = (column.group, upper[-1][1] + 1)
        else:
            upper.append((column.group or column.heading, 1))
        last_group = column.group
    return tuple(upper)
