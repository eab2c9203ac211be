"""A sheet of an .xlsx without its plain cells: those that say their place, at most a style, and one number.

Most cells are such, and a parser would make ten calls for each. Cut out once, they do for the container check
(sheet_bounds: where they lie) and for their look (sheet_xml: their style). Knows bytes of SpreadsheetML, by one
pattern; a part of two bytes a letter has none of them.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

_BEGIN, _END = b"<sheetData>", b"</sheetData>"
_GAP = b"<_/>"  # an element that no sheet has, where cells were cut out
# With nothing that hides it, and nothing but a gap in it.
_PLAIN_ROW = re.compile(
    rb'<row r="([1-9][0-9]{0,5}+)"'
    rb'(?: (?!ht="[0.]*+")(?:spans|s|customFormat|ht|customHeight|x14ac:dyDescent)="[0-9:.]*+")*+'
    rb"(?:/>|>(?:" + _GAP + rb")?+</row>)"
)
_ROW_NEXT = rb"(?!\s*+(?:<row[\s/>]|\Z))"
_NO_ROW_BEHIND = re.compile(b"</row>" + _ROW_NEXT)
_NO_ROW_BEHIND_EMPTY = re.compile(rb"<row(?:\s[^<>]*+)?+(?<=/)>" + _ROW_NEXT)
NUMBERS, WITH_TEXTS = b"nb", b"nbs"  # kinds of cells; a text stands elsewhere, by its number
ANY_PLACE, NEAR_PLACE = rb"[A-Z]{1,3}+[1-9][0-9]{0,6}+", rb"[A-Z]{1,2}+[1-9][0-9]{0,2}+"  # near: to ZZ999


@dataclass(frozen=True)
class Cut:
    """`cells` is what was left between `head` and `tail`, rows of plain cells alone cut out too; `rows` are their
    numbers. Of each cell cut out its place ("B5") and its style: its attribute (` s="7"`), "" where it has none, None
    where it holds nothing."""

    head: bytes
    cells: bytes
    tail: bytes
    rows: Sequence[bytes]
    places: Sequence[bytes]
    styles: Sequence[bytes | None]

    @cached_property
    def with_gaps(self) -> bytes:
        """As well-formed as the whole: where an element may stand, any may, and where none may, no gap may either."""
        return self.head + self.cells + self.tail

    @property
    def rest(self) -> bytes:
        return self.with_gaps.replace(_GAP, b"")


def cut(content: bytes, kinds: bytes, places: bytes) -> Cut | None:
    """None where the sheet's cells don't stand where every program writes them: in its rows."""
    within = cells_within(content)
    if within is None:
        return None
    # What stands between the cells, and of each cell its place and style.
    pieces = _plain_cell(kinds, places).split(content[within])
    if len(pieces) > 1 and not (pieces[0] and pieces[-1]):
        return None  # the first cell or the last stands in no row
    rows = _PLAIN_ROW.split(_with_gaps(pieces[::3]))
    if not all(map(are_rows, filter(None, rows[::2]))):
        return None
    head, cells, tail = content[: within.start], _with_gaps(rows[::2]), content[within.stop :]
    return Cut(head, cells, tail, rows[1::2], pieces[1::3], pieces[2::3])


def are_rows(content: bytes) -> bool:
    """Whether all of it stands in rows, one behind the other."""
    content = content.strip()
    last = content[content.rfind(b"<") :]
    return not content or (
        content.startswith(b"<row")
        and (last == b"</row>" or (last.startswith(b"<row") and last.endswith(b"/>")))
        and not _NO_ROW_BEHIND.search(content)
        and not _NO_ROW_BEHIND_EMPTY.search(content)
    )


def cells_within(content: bytes) -> slice | None:
    """Where in a sheet its rows stand."""
    begin, end = content.find(_BEGIN), content.rfind(_END)
    return slice(begin + len(_BEGIN), end) if 0 < begin < end else None


def _with_gaps(between: Iterable[bytes]) -> bytes:
    return _GAP.join(filter(None, between))


@lru_cache(maxsize=4)
def _plain_cell(kinds: bytes, places: bytes) -> re.Pattern[bytes]:
    place = rb'<c r="(' + places + rb')"'
    empty = rb'(?: s="[0-9]{1,5}+")?+/>'
    style = rb'((?: s="[0-9]{1,5}+")?+)'
    text = rb' t="s"><v>[0-9]++' if b"s" in kinds else b"(?!)"
    number = rb'(?: t="[nb]")?+><v>[0-9.eE+-]*+'
    return re.compile(place + b"(?:" + empty + b"|" + style + b"(?:" + text + b"|" + number + b")</v></c>)")
