"""Whether the cells of an .xlsx lie where a sheet has cells, and name texts that can be there. Reads none of them.

Knows bytes of SpreadsheetML, by patterns: most sheets pass by one look. What these patterns miss (signs written by
number) still meets the limits of the reading child.
"""

import codecs
import re

from tasks.intake.grid import column_index
from tasks.intake.refusals import damaged, too_large

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
# calamine unfolds the rectangle that the cells span: two cells far apart cost gigabytes. Only where one lies beyond
# ZZ999 are all places looked at. `dimension` is a claim that other readers make room for; `spans` nobody reads.
_FAR = re.compile(rb"r\s*=\s*[\"'](?:[A-Za-z]{3,}[0-9]|[A-Za-z]*[0-9]{4})")
_NEAR = 26 * 27 * 999  # the most that cells up to ZZ999 span
_DIMENSION = re.compile(rb"[<:]dimension\s[^<>]*\bref\s*=\s*[\"']([^\"'<>]{1,99})[\"']")
# calamine reads a number up to the first comment, CDATA or sign written by its number: 9 of `9&#53;`.
_SPLIT = re.compile(
    rb"<(?:\w+:)?v(?:\s[^<>]*)?>[^<]*(?:<[!?]|&#0*(?:4[3-9]|5[0-7]);|&#[xX]0*(?:2[b-eB-E]|3[0-9]);)"
)
_EMPTY_CELL = re.compile(rb"<(?:\w+:)?c\s[^<>]*/>")
_PLACE = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]*)([0-9]+)[\"']")
# calamine reads text number -1, 0.9 or 0x0 as number 0: another cell's words.
_NO_TEXT = re.compile(rb"[<:]c\s[^<>]*\bt\s*=\s*[\"']s[\"'][^<>]*>\s*<(?:\w+:)?v[^<>]*>(?![0-9]+<)")
# The same cells as most programs write them. Each holds one of the signs that a cell of _NO_TEXT can't be without, so
# where these are as many as those signs, there is none of it.
_TEXT = re.compile(rb'="s"><v>[0-9]+<')
_SIGNS_OF_TEXT = (b'"s"', b"'s'", b"\"s'", b"'s\"")


def check(content: bytes, most_cells: int) -> None:
    """Raises Refused for one sheet's part."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        content = content.decode("utf-16", "replace").encode()
    if most_cells < _NEAR or _FAR.search(content):
        _check_places(content, most_cells)
    for ends in _DIMENSION.findall(content):
        _check_places(b" ".join(b'r="%s"' % end for end in ends.split(b":")), most_cells)
    if (b"<!" in content or b"&#" in content) and _SPLIT.search(content):
        raise damaged("một số bị chia cắt trong tệp")
    if not _has_only_plain_texts(content) and _NO_TEXT.search(content):
        raise damaged("một ô chỉ tới đoạn chữ không có trong tệp")


def _has_only_plain_texts(content: bytes) -> bool:
    return len(_TEXT.findall(content)) == sum(map(content.count, _SIGNS_OF_TEXT))


def _check_places(content: bytes, most_cells: int) -> None:
    """Of cells that hold something: a border dragged to the last row fills none."""
    rows = columns = 0
    content = _EMPTY_CELL.sub(b"", content)
    for letters, digits in _PLACE.findall(content):
        row = int(digits) if len(digits) <= len(str(_LAST_ROW)) else _LAST_ROW + 1
        column = (
            column_index(letters.decode().upper()) + 1 if len(letters) <= len("XFD") else _LAST_COLUMN + 1
        )
        if row > _LAST_ROW or column > _LAST_COLUMN:
            raise damaged("một ô nằm ngoài trang tính")
        if letters:
            rows, columns = max(rows, row), max(columns, column)
    if rows * columns > most_cells:
        raise too_large(f"một trang có {rows} dòng x {columns} cột")
