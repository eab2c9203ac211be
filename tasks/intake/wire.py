"""How a Book, or its texts alone, travel from the reading child: one line of JSON, never pickle. Knows no
process, no file.

JSON keeps str, int (of 64 bits, as calamine has them), float, bool and null apart (17 is not 17.0); dates and times
travel as {"date": "2023-04-12"}.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from math import isfinite
from typing import Any

import orjson

from domain.reading.cell import RawValue
from domain.reading.old_fonts import Run
from tasks.intake.grid import Book, Sheet, Style


def book_to_line(book: Book) -> bytes:
    """One line without its line end."""
    sheets = [
        [s.name, s.rows, _by_style(s.styles), s.merged, s.hidden]
        + ([s.above, s.doubts] if s.above or s.doubts else [])
        for s in book.sheets
    ]
    return _line({"sheets": sheets}) if _is_finite(book) else _unusual_line({"sheets": sheets})


def _is_finite(book: Book) -> bool:
    """No number is NaN or an infinity. Very large ones may look so together."""
    return isfinite(
        sum(value for s in book.sheets for row in s.rows for value in row if type(value) is float)
    )


def _line(message: Mapping[str, Any]) -> bytes:
    """At a fifth of the cost, but a NaN would become null, a blank."""
    try:
        return orjson.dumps(message, default=_tagged, option=orjson.OPT_PASSTHROUGH_DATETIME)
    except orjson.JSONEncodeError:
        return _unusual_line(message)


def _unusual_line(message: Mapping[str, Any]) -> bytes:
    """Vietnamese as it is, a third shorter than in escapes and quicker to read; where a text holds half a sign, which
    has no UTF-8, in escapes."""
    line = json.dumps(message, default=_tagged, separators=(",", ":"), ensure_ascii=False)
    try:
        return line.encode()
    except UnicodeEncodeError:
        return json.dumps(message, default=_tagged, separators=(",", ":")).encode()


def _by_style(styles: Mapping[str, Style]) -> list[tuple[list[Any], list[str]]]:
    """Each style once, with its cells: hundreds of cells have the same few."""
    cells: dict[int, tuple[list[Any], list[str]]] = {}
    for cell, style in styles.items():
        of_style = cells.get(id(style))
        if of_style is None:
            of_style = cells[id(style)] = _style_to_json(style), []
        of_style[1].append(cell)
    return list(cells.values())


def message_in(line: bytes) -> Any:
    """What was said in one line. Raises ValueError for what is no answer of ours."""
    try:
        return orjson.loads(line)  # at a third of the cost
    except orjson.JSONDecodeError:
        return json.loads(line)  # NaN, an infinity, half a sign: not in JSON, but in a cell


def book_from_json(message: Mapping[str, Any]) -> Book:
    """The Book that was sent. Raises ValueError, KeyError or TypeError for anything else."""
    return Book(tuple(_sheet(*sheet) for sheet in message["sheets"]))


def texts_to_line(book: Book) -> bytes:
    """The same of its texts alone."""
    return _line({"texts": sorted(book.texts)})


def texts_from_json(message: Mapping[str, Any]) -> frozenset[str]:
    """The texts that were sent. Raises KeyError or TypeError for anything else."""
    return frozenset(message["texts"])


def _sheet(
    name: str,
    rows: list[list[Any]],
    styles: list[tuple[list[Any], list[str]]],
    merged: list[str],
    hidden: bool,
    *of_word: list[Any],
) -> Sheet:
    above, doubts = of_word or ([], [])
    return Sheet(
        name=name,
        rows=tuple(map(_row, rows)),
        styles=_by_cell(styles),
        merged=tuple(merged),
        hidden=hidden,
        above=tuple(above),
        doubts=tuple((cell, code) for cell, code in doubts),
    )


def _row(values: list[Any]) -> tuple[RawValue, ...]:
    return tuple(map(_untagged, values) if dict in map(type, values) else values)


def _by_cell(styles: list[tuple[list[Any], list[str]]]) -> dict[str, Style]:
    by_cell: dict[str, Style] = {}
    for style, cells in styles:
        by_cell |= dict.fromkeys(cells, _style(*style))
    return by_cell


def _style(
    number_format: str, font: str, formula: str, hidden: bool, runs: Sequence[tuple[str, int]] = ()
) -> Style:
    if runs:
        return Style(number_format, font, formula, hidden, tuple(Run(*run) for run in runs))
    return _plain_style(number_format, font, formula, hidden)


# A form has a few styles for its thousand cells.
@lru_cache(maxsize=1024)
def _plain_style(number_format: str, font: str, formula: str, hidden: bool) -> Style:
    return Style(number_format, font, formula, hidden)


def _style_to_json(style: Style) -> list[Any]:
    """Runs are rare: most styles go without."""
    said: list[Any] = [style.number_format, style.font, style.formula, style.hidden]
    return [*said, [(run.font, run.length) for run in style.runs]] if style.runs else said


def _tagged(value: object) -> dict[str, str] | str:
    """Called by json for what it can't write itself. A datetime is a date too: the narrower type decides."""
    if isinstance(value, timedelta):
        return str(value)  # a duration is no time of day; no column of a form asks for one
    if isinstance(value, datetime | date | time):
        return {type(value).__name__: value.isoformat()}
    raise TypeError(f"a cell can't hold a {type(value).__name__}")


_FROM_ISO: Mapping[str, Callable[[str], RawValue]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
}


def _untagged(value: Any) -> RawValue:
    """A date or a time as `_tagged` wrote it, any other value as it is. Raises KeyError or ValueError for neither."""
    if not isinstance(value, dict):
        return value
    ((kind, text),) = value.items()
    return _FROM_ISO[kind](str(text))
