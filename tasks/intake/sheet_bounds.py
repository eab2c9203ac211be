"""Whether the cells of an .xlsx lie where a sheet has cells, each once, with one value, and name texts that can be
there. Reads none of them.

Knows bytes of SpreadsheetML, by patterns: most sheets pass by one look, the rest goes to sheet_places.py.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from tasks.intake.markup_weight import tags_in
from tasks.intake.plain_cells import NEAR_PLACE, WITH_TEXTS, Cut, are_rows, cells_within, cut
from tasks.intake.refusals import Refused, damaged, too_large
from tasks.intake.sheet_places import refuse_far, refuse_far_or_twice
from tasks.intake.xml_pass import TAG

# Of all sheets of a file: what a pattern may look at, and a parser, for half a second; a form has 3,000 tags. What is
# formatted down to row 65,536 is all plain.
_LOOKED_AT_BYTES, _MOST_TAGS = 4_000_000, 800_000
_MOST_PARSED_BYTES, _MOST_PARSED_TAGS = 8_000_000, 200_000
_MOST_CUT_BYTES = 1_000_000  # ten times a form; every piece stands in memory
# calamine unfolds the rectangle that the cells span: two cells far apart cost gigabytes. `dimension` is a claim that
# other readers make room for; `spans` nobody reads.
_NEAR = 26 * 27 * 999  # the most that cells up to ZZ999 span
_COLUMN = rb"(?:[A-Z]{1,2}|[A-W][A-Z]{2}|X(?:[A-E][A-Z]|F[A-D]))"  # to XFD
_ROW = (  # to 1,048,576
    rb"(?:[1-9][0-9]{0,5}|10(?:[0-3][0-9]{4}|4(?:[0-7][0-9]{3}|8(?:[0-4][0-9]{2}|5(?:[0-6][0-9]|7[0-6])))))"
)
_DIMENSION = re.compile(TAG + rb"dimension\s[^<>]*\bref\s*=\s*[\"']([^\"'<>]{1,99})[\"']")
# One cell as all programs write it, with its place: one value at most, in one piece, a text by a number
# that can be. No sign is passed over in it that could begin another cell.
_VALUE = rb"<v>[^<&]*+</v></c>"
_FORMULA = rb"(?:<f(?:\s[^<>]*+)?+>(?:[^<]*+</f>)?+)?+"
_HOLDS = (
    rb"/>",
    rb' t="s"><v>[0-9]++</v></c>',
    rb">" + _VALUE,
    rb'(?: t="(?:n|b|e|d|str)")?+>' + _FORMULA + rb"(?:" + _VALUE + rb"|(?:<v/>)?+</c>)",
    rb' t="inlineStr"><is><t(?:\s[^<>]*+)?+>[^<]*+</t></is></c>',
)
_HELD = rb'"(?: s="[0-9]++")?+(?:' + b"|".join(_HOLDS) + b")"
_NEAR_CELL = re.compile(rb'<c r="(' + NEAR_PLACE + b")" + _HELD)
_ANY_CELL = re.compile(rb'<c r="(' + _COLUMN + _ROW + b")" + _HELD)
_FILLED = re.compile(rb'<c r="([A-Z]+[0-9]+)"[^<>/]*+>(?!</c>)')  # where every cell is plain
_NUMBERED_ROW = re.compile(rb'<row r="(' + _ROW + rb')"')
_PREFIXED = re.compile(rb":(?:c|row)[\s/>]")
_OPENED = re.compile(rb"<[^!?/<>][^<>]*+(?<!/)>")
# In what another element holds, or under a name of another vocabulary, no office program shows a cell; calamine does.
_OTHER_ELEMENT = re.compile(rb"</(?!(?:c|v|t|is|f|row)>)")  # by its end: what holds a cell has one
# calamine reads a number up to the first comment, CDATA or sign written by its number: 9 of `9&#53;`.
_SPLIT = re.compile(
    TAG + rb"v(?:\s[^<>]*)?>[^<]*(?:<[!?]|&#0*(?:4[3-9]|5[0-7]);|&#[xX]0*(?:2[b-eB-E]|3[0-9]);)"
)
# calamine reads text number -1, 0.9 or 0x0 as number 0: another cell's words.
# Looked for from the beginning of a tag, and once in it: a tag may be 200 KB long.
_NO_TEXT = re.compile(
    TAG + rb"c(?=\s[^<>]*?\bt\s*=\s*[\"']s[\"'])[^<>]*+>\s*+" + TAG + rb"v[^<>]*+>(?![0-9]+<)"
)


@dataclass
class Left:
    """What a parser may still look at of one file: sixty sheets may not take sixty times what one may."""

    size: int = _MOST_PARSED_BYTES
    tags: int = _MOST_PARSED_TAGS

    def take(self, content: bytes) -> None:
        self.size -= len(content)
        self.tags -= tags_in((content,))
        if self.size < 0 or self.tags < 0:
            raise _too_many()


def refuse_heavy(sheets: Collection[bytes]) -> None:
    """Raises Refused where all sheets of a file together have more than a pattern may look at."""
    if sum(map(len, sheets)) > _LOOKED_AT_BYTES and tags_in(sheets) > _MOST_TAGS:
        raise _too_many()


def check(content: bytes, most_cells: int, left: Left) -> Cut | None:
    """The sheet without its plain cells, where that did. Raises Refused for one sheet's part."""
    without = near(content) if len(content) <= _MOST_CUT_BYTES and most_cells >= _NEAR else None
    if without is None:
        _look_closer(content, most_cells, left)
    claiming = content if without is None else without.with_gaps
    if b"dimension" in claiming:
        _refuse_far_claims(claiming, most_cells)
    return without


def near(content: bytes) -> Cut | None:
    """The sheet without its plain cells, where every cell, cut out or left, is near, whole, in a _NUMBERED_ROW, and no
    two are of one place."""
    without = cut(content, WITH_TEXTS, NEAR_PLACE)
    return without if without is not None and _are_near(without) else None


def _are_near(without: Cut) -> bool:
    cells, rows = _NEAR_CELL.findall(without.cells), _NUMBERED_ROW.findall(without.cells)
    return (
        without.head.count(b"sheetData") == without.tail.count(b"sheetData") == 1
        and _ends_in_root(without.head)
        and b"sheetData" not in without.cells
        and len(cells) == without.cells.count(b"<c")
        and len(rows) == without.cells.count(b"<row")
        and not _repeat(*without.places, *cells)
        and not _repeat(*without.rows, *rows)
        and not _PREFIXED.search(without.cells)
        and not _holds_others(without.cells)
    )


def _holds_others(cells: bytes) -> bool:
    return b"xmlns" in cells or _OTHER_ELEMENT.search(cells) is not None


def _ends_in_root(head: bytes) -> bool:
    """Nothing but the root element and sheetData is open where the rows begin: as far as its tags can be counted,
    which end at the first `>` and stand in no comment."""
    is_countable = b"<!" not in head and head.count(b"<") == head.count(b">")
    return is_countable and len(_OPENED.findall(head)) - head.count(b"</") == 2


def _repeat(*places: bytes) -> bool:
    return len(set(places)) < len(places)


def _is_plain(content: bytes) -> bool:
    """The same of cells wherever a sheet has any, by a pattern that takes longer."""
    within = cells_within(content)
    if within is None or content.count(b"sheetData") != 2:
        return False
    cells, head = content[within], content[: within.start]
    return (
        _ends_in_root(head)
        and are_rows(cells)
        and _are_all(cells, b"<c", _ANY_CELL)
        and _are_all(cells, b"<row", _NUMBERED_ROW)
        and not _PREFIXED.search(cells)
        and not _holds_others(cells)
    )


def _are_all(cells: bytes, begin: bytes, plain: re.Pattern[bytes]) -> bool:
    """Other elements whose names begin so are none of a plain sheet."""
    places = plain.findall(cells)
    return len(set(places)) == len(places) == cells.count(begin)


def _look_closer(content: bytes, most_cells: int, left: Left) -> None:
    if _is_plain(content):
        refuse_far((place.decode() for place in _FILLED.findall(content)), most_cells)
        return
    left.take(content)
    if (b"<!" in content or b"&#" in content) and _SPLIT.search(content):
        raise damaged("một số bị chia cắt trong tệp")
    if _NO_TEXT.search(content):
        raise damaged("một ô chỉ tới đoạn chữ không có trong tệp")
    refuse_far_or_twice(content, most_cells)


def _refuse_far_claims(content: bytes, most_cells: int) -> None:
    claims = _DIMENSION.findall(content)
    if len(claims) > 1:
        raise damaged("vùng của một trang được ghi hai lần")
    for claim in claims:
        refuse_far(claim.decode("ascii", "replace").split(":"), most_cells)


def _too_many() -> Refused:
    return too_large("các trang tính có quá nhiều ô")
