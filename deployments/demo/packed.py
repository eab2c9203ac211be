"""One workbook as the mould of many: its members stay compressed, only the sheet that says who reports is made anew.

Knows the .xlsx package; nothing of reports. Ten thousand workbooks by a library would take a quarter of an hour.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from deployments.demo.layout import Sheet, Value

_FIRST_SHEET = "xl/worksheets/sheet1.xml"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)
_LOCAL, _CENTRAL, _END = struct.Struct("<4s5H3L2H"), struct.Struct("<4s6H3L5H2L"), struct.Struct("<4s4H2LH")
_VERSION, _PLAIN, _FIRST_DAY = 20, 0, 33  # zip 2.0; no flags: our names are ASCII; 1/1/1980


@dataclass(frozen=True)
class _Member:
    name: bytes
    packed: bytes
    crc: int
    size: int

    def header(self, *, at: int | None = None) -> bytes:
        """Before the bytes, or in the directory, where `at` says where the bytes are."""
        sizes = (_VERSION, _PLAIN, zipfile.ZIP_DEFLATED, 0, _FIRST_DAY, self.crc, len(self.packed), self.size)
        if at is None:
            return _LOCAL.pack(b"PK\x03\x04", *sizes, len(self.name), 0) + self.name
        return _CENTRAL.pack(b"PK\x01\x02", _VERSION, *sizes, len(self.name), 0, 0, 0, 0, 0, at) + self.name


@dataclass(frozen=True)
class Mould:
    """A package whose first sheet is still text."""

    first_sheet: str
    others: tuple[_Member, ...]

    def filled(self, texts: Mapping[str, str]) -> bytes:
        """The workbook with these texts of the first sheet replaced. The same texts give the same bytes."""
        sheet = self.first_sheet
        for placeholder, text in texts.items():
            sheet = sheet.replace(placeholder, escape(text))
        return b"".join(_package((*self.others, _member(_FIRST_SHEET, sheet.encode()))))


def mould_of(workbook: bytes, first: Sheet) -> Mould:
    """`first` is the workbook's first sheet; it becomes plain text, without looks and merges."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        names = [name for name in archive.namelist() if name != _FIRST_SHEET]
        others = tuple(_member(name, archive.read(name)) for name in names)
    return Mould(_sheet_xml(first), others)


def _sheet_xml(sheet: Sheet) -> str:
    """Strings stand in their cells: the table of shared ones belongs to the other sheets."""
    rows = []
    for number, row in enumerate(sheet.rows, start=1):
        cells = (
            f'<c r="{chr(65 + column)}{number}" t="inlineStr"><is><t>{escape(_text(cell.value))}</t></is></c>'
            for column, cell in enumerate(row)
            if cell.value is not None
        )
        rows.append(f'<row r="{number}">{"".join(cells)}</row>')
    return f"{_HEAD}{''.join(rows)}</sheetData></worksheet>"


def _text(value: Value) -> str:
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)


def _member(name: str, content: bytes) -> _Member:
    deflating = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = deflating.compress(content) + deflating.flush()
    return _Member(name.encode("ascii"), packed, zlib.crc32(content), len(content))


def _package(members: tuple[_Member, ...]) -> Iterator[bytes]:
    directory, at = b"", 0
    for member in members:
        directory += member.header(at=at)
        head = member.header()
        at += len(head) + len(member.packed)
        yield head
        yield member.packed
    yield directory
    yield _END.pack(b"PK\x05\x06", 0, 0, len(members), len(members), len(directory), at, 0)
