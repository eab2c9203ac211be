"""Whether the cells of an .xlsx lie where a sheet has cells, each once, with one value, and name texts that can be
there. Reads none of them.

Knows bytes of SpreadsheetML, by patterns: most sheets pass by one look, the rest goes to sheet_places.py.
"""

import re

from tasks.intake.refusals import damaged, too_large
from tasks.intake.sheet_places import refuse_far_corner, refuse_far_or_twice

# What a parser takes a second for; a form has 3,000 tags.
_LOOKED_AT_BYTES, _MOST_TAGS = 4_000_000, 1_000_000
# calamine unfolds the rectangle that the cells span: two cells far apart cost gigabytes. `dimension` is a claim that
# other readers make room for; `spans` nobody reads.
_NEAR = 26 * 27 * 999  # the most that cells up to ZZ999 span
_DIMENSION = re.compile(rb"dimension(?<=[<:]dimension)\s[^<>]*\bref\s*=\s*[\"']([^\"'<>]{1,99})[\"']")
# One cell near the corner as all programs write it, with its place: one value at most, in one piece, a text by a number
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
_PLAIN_CELL = re.compile(
    rb'<c r="([A-Z]{1,2}+[1-9][0-9]{0,2}+)"(?: s="[0-9]++")?+(?:' + b"|".join(_HOLDS) + b")"
)
_PLAIN_ROW = re.compile(rb'<row r="([1-9][0-9]{0,5})"')
_PREFIXED = re.compile(rb":(?:c|row)[\s/>]")
_BEGIN, _END = b"<sheetData>", b"</sheetData>"
# calamine reads a number up to the first comment, CDATA or sign written by its number: 9 of `9&#53;`.
_SPLIT = re.compile(
    rb"<(?:\w+:)?v(?:\s[^<>]*)?>[^<]*(?:<[!?]|&#0*(?:4[3-9]|5[0-7]);|&#[xX]0*(?:2[b-eB-E]|3[0-9]);)"
)
# calamine reads text number -1, 0.9 or 0x0 as number 0: another cell's words.
_NO_TEXT = re.compile(rb"[<:]c\s[^<>]*\bt\s*=\s*[\"']s[\"'][^<>]*>\s*<(?:\w+:)?v[^<>]*>(?![0-9]+<)")


def check(content: bytes, most_cells: int) -> None:
    """Raises Refused for one sheet's part."""
    if len(content) > _LOOKED_AT_BYTES and content.count(b"<") > _MOST_TAGS:
        raise too_large("một trang có quá nhiều ô")
    if b"dimension" in content:
        for ends in _DIMENSION.findall(content):
            refuse_far_corner(ends.decode("ascii", "replace"), most_cells)
    if most_cells < _NEAR or not is_plain(content):
        _look_closer(content, most_cells)


def is_plain(content: bytes) -> bool:
    """Whether every cell is one of _PLAIN_CELL in a row of _PLAIN_ROW, and no two of one place."""
    begin, end = content.find(_BEGIN), content.rfind(_END)
    if not 0 < begin < end or content.count(b"sheetData") != 2:
        return False
    cells = content[begin + len(_BEGIN) : end]
    return (
        _are_all(cells, b"<c", _PLAIN_CELL)
        and _are_all(cells, b"<row", _PLAIN_ROW)
        and not _PREFIXED.search(cells)
    )


def _are_all(cells: bytes, begin: bytes, plain: re.Pattern[bytes]) -> bool:
    """Other elements whose names begin so are none of a plain sheet."""
    places = plain.findall(cells)
    return len(set(places)) == len(places) == cells.count(begin)


def _look_closer(content: bytes, most_cells: int) -> None:
    if (b"<!" in content or b"&#" in content) and _SPLIT.search(content):
        raise damaged("một số bị chia cắt trong tệp")
    if _NO_TEXT.search(content):
        raise damaged("một ô chỉ tới đoạn chữ không có trong tệp")
    refuse_far_or_twice(content, most_cells)
