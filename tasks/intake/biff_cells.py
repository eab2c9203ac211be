"""One pass over the records of an .xls: number formats, fonts, that a cell is a formula, what is hidden,
error values.

Source of the numbers: MS-XLS 2.4. Missing: the text of a formula (stored as tokens; it reads "..." here),
and merged ranges, which calamine gives.
"""

import struct
from collections.abc import Callable, Mapping

from domain.reading.cell import is_legacy_font
from tasks.intake import biff, biff_strings
from tasks.intake.effects import RAISED, STRUCK, runs_over
from tasks.intake.grid import Style
from tasks.intake.looks import Look, fonts_of, number_format
from tasks.intake.sheet_parts import BUILT_IN_FORMATS

FONT, FORMAT, XF, ROW, COLUMNS, SST, CONTINUE = 0x0031, 0x041E, 0x00E0, 0x0208, 0x007D, 0x00FC, 0x003C
NUMBER, RK, LABEL_SST, LABEL, BOOL_ERR, FORMULA, MUL_RK = (
    0x0203,
    0x027E,
    0x00FD,
    0x0204,
    0x0205,
    0x0006,
    0x00BD,
)
_ONE_CELL = (NUMBER, RK, LABEL_SST, LABEL, BOOL_ERR, FORMULA)
_STRUCK_OUT = 0x0008  # of the flags of a font
_WORKSHEET = 0x0010  # kind of substream in a BOF
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_ERROR_RESULT, _EMPTY_RESULT = 2, 3  # kinds of a formula's result that is no number


def looks(stream: bytes) -> list[Look]:
    """One Look for each sheet, in the order of the workbook. `stream` is that of biff.workbook_stream."""
    book = _Book()
    for offset, number, payload in biff.records(stream):
        book.take(offset, number, payload)
    return list(book.sheets.values())


class _Book:
    def __init__(self) -> None:
        self.sheets: dict[int, Look] = {}  # by the offset of its BOF
        self._look: Look | None = (
            None  # the sheet that the records belong to; None in the globals and in charts
        )
        self._formats: dict[int, str] = dict(BUILT_IN_FORMATS)
        self._fonts: list[str] = []
        self._effects: list[str] = []  # of the fonts
        self._cell_formats: list[tuple[int, int]] = []  # of XF: font, number format
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._depth = 0
        self._strings: list[bytes] | None = None  # the payloads of the table of strings while it goes on
        self._rich: Mapping[int, biff_strings.Rich] = {}
        self._globals: Mapping[int, Callable[[bytes], None]] = {
            biff.BOUNDSHEET: self._add_sheet,
            FONT: self._add_font,
            FORMAT: self._add_format,
            XF: self._add_cell_format,
            SST: self._begin_strings,
        }

    def take(self, offset: int, number: int, payload: bytes) -> None:
        if self._strings is not None:
            if number == CONTINUE:
                self._strings.append(payload)
                return
            self._rich, self._strings = biff_strings.rich(self._strings), None
        if number == biff.BOF:
            self._depth += 1
            if self._depth == 1:  # a chart inside a sheet has a BOF of its own
                self._look = self.sheets.get(offset)
                self._hidden_rows, self._hidden_columns = set(), set()
        elif number == biff.EOF:
            self._depth -= 1
        elif self._look is None and number in self._globals:
            self._globals[number](payload)
        elif self._look is not None and self._depth == 1:
            self._take_of_sheet(self._look, number, payload)

    def _take_of_sheet(self, look: Look, number: int, payload: bytes) -> None:
        if number in _ONE_CELL:
            row, column, style = struct.unpack_from("<3H", payload)
            rich = self._rich.get(struct.unpack_from("<I", payload, 6)[0]) if number == LABEL_SST else None
            self._add_cell(look, (row, column), style, is_formula=number == FORMULA, rich=rich)
            self._add_lost(look, (row, column), number, payload)
        elif number == MUL_RK:
            row, first = struct.unpack_from("<2H", payload)
            for nth in range((len(payload) - 6) // 6):
                self._add_cell(look, (row, first + nth), struct.unpack_from("<H", payload, 4 + 6 * nth)[0])
        elif number == ROW and payload[12] & 0x20:
            self._hidden_rows.add(struct.unpack_from("<H", payload)[0])
        elif number == COLUMNS and payload[8] & 0x01:
            first, last = struct.unpack_from("<2H", payload)
            self._hidden_columns.update(range(first, min(last, 255) + 1))

    def _add_cell(
        self,
        look: Look,
        cell: tuple[int, int],
        style: int,
        *,
        is_formula: bool = False,
        rich: "biff_strings.Rich | None" = None,
    ) -> None:
        index, code = self._cell_formats[style] if style < len(self._cell_formats) else (0, 0)
        hidden = look.hidden or cell[0] in self._hidden_rows or cell[1] in self._hidden_columns
        named = [(None if of is None else self._font(of), length) for of, length in rich or ()]
        font, runs = fonts_of(named, self._font(index))
        effects = [(None if of is None else self._effect(of), length) for of, length in rich or ()]
        if marked := runs_over(effects, self._effect(index)):
            look.effects[cell] = marked
        look.add(cell, Style(self._formats.get(code, ""), font, "..." if is_formula else "", hidden, runs))

    def _add_lost(self, look: Look, cell: tuple[int, int], number: int, payload: bytes) -> None:
        if number == BOOL_ERR and payload[7]:
            look.lost[cell] = _ERRORS.get(payload[6], "#N/A")
        elif number == FORMULA and payload[12:14] == b"\xff\xff":
            if payload[6] == _ERROR_RESULT:
                look.lost[cell] = _ERRORS.get(payload[8], "#N/A")
            elif payload[6] == _EMPTY_RESULT:
                look.lost[cell] = ""

    def _font(self, index: int) -> str:
        """Index 4 is never used: the fifth font has index 5."""
        index -= index > 4
        return self._fonts[index] if index < len(self._fonts) else ""

    def _effect(self, index: int) -> str:
        index -= index > 4
        return self._effects[index] if index < len(self._effects) else ""

    def _begin_strings(self, payload: bytes) -> None:
        self._strings = [payload]

    def _add_sheet(self, payload: bytes) -> None:
        offset, state, _ = struct.unpack_from("<IBB", payload)
        self.sheets[offset] = Look(_text(payload[6:], length_size=1), hidden=bool(state & 0x03))

    def _add_font(self, payload: bytes) -> None:
        name = _text(payload[14:], length_size=1)
        self._fonts.append(name if is_legacy_font(name) else "")
        (flags,), (script,) = struct.unpack_from("<H", payload, 2), struct.unpack_from("<H", payload, 8)
        self._effects.append(STRUCK if flags & _STRUCK_OUT else RAISED if script else "")

    def _add_format(self, payload: bytes) -> None:
        self._formats[struct.unpack_from("<H", payload)[0]] = number_format(_text(payload[2:], length_size=2))

    def _add_cell_format(self, payload: bytes) -> None:
        font, code = struct.unpack_from("<2H", payload)
        self._cell_formats.append((font, code))


def _text(data: bytes, *, length_size: int) -> str:
    """A string of BIFF8: its length in letters, a flag for two bytes a letter, the letters."""
    length = int.from_bytes(data[:length_size], "little")
    is_wide, letters = data[length_size] & 1, data[length_size + 1 :]
    return letters[: 2 * length].decode("utf-16-le") if is_wide else letters[:length].decode("latin-1")
