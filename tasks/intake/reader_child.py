"""The reading child: `python -I -m tasks.intake.reader_child`. Reads files that may abort, hang or fill its
process.

Talks over stdin and stdout, one JSON line each way: first its limits, answered by {"ready": true}; then a
file's path, its format and what is wanted of it, answered by {"sheets": ...}, {"texts": ...} or
{"refused": [code, why]}. It ends with its input. It needs no network, no environment and writes no file.
tasks/intake/workbook.py is the other end.
"""

import json
import resource
import struct
import sys
import zipfile
from collections.abc import Callable, Mapping
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.parsers.expat import ExpatError

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from domain.reading.cell import RawValue
from tasks.intake import biff, biff_cells, delimited, docx_sheets, ods_xml, sheet_xml
from tasks.intake.child_guard import Guard
from tasks.intake.formats import FileFormat
from tasks.intake.grid import Book, Sheet
from tasks.intake.looks import Look, dressed, range_name
from tasks.intake.refusals import Refused, damaged, too_large
from tasks.intake.wire import book_to_line, texts_to_line

_DESCRIPTORS = 8  # the three streams, the file that is read, and a few to spare


def main() -> None:
    """Answer until the input ends. What is not answered ends the process, and the parent sees that."""
    limits, guard = json.loads(sys.stdin.readline()), Guard()
    _restrict(limits)
    guard.close()
    _say('{"ready":true}')
    for line in sys.stdin:
        _allow_cpu(limits["cpu_seconds"])
        request = json.loads(line)
        guard.handed = request["path"]
        _say(_answer(request, limits["cells"]))


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _restrict(limits: Mapping[str, int]) -> None:
    _limit(resource.RLIMIT_AS, limits["memory_bytes"])
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NOFILE, _DESCRIPTORS)
    _limit(resource.RLIMIT_NPROC, 0)


def _limit(kind: int, most: int) -> None:
    """The hard limit stays: who started us may have set a lower one, and only root could raise it."""
    hard = resource.getrlimit(kind)[1]
    resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _allow_cpu(seconds: int) -> None:
    """The limit counts the whole life of the process: move it on for every file."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime)
    _limit(resource.RLIMIT_CPU, used + 1 + seconds)


def _answer(request: Mapping[str, str], most_cells: int) -> str:
    data, file_format = Path(request["path"]).read_bytes(), FileFormat(request["format"])
    try:
        if request["wanted"] == "texts":
            return texts_to_line(read_for_texts(data, file_format, most_cells))
        return book_to_line(read(data, file_format, most_cells))
    except Refused as refusal:
        return json.dumps({"refused": [refusal.code, refusal.why]})


def read(data: bytes, file_format: FileFormat, most_cells: int) -> Book:
    """The whole file. Raises Refused; may also take the process with it, which is why it runs in a child."""
    return _read(data, file_format, most_cells, _looks)


def read_for_texts(data: bytes, file_format: FileFormat, most_cells: int) -> Book:
    """The same with its looks left out, which cost three times the values. Only of an .ods they hold a text that
    calamine leaves out: that of any cell that it takes for an error."""
    return _read(data, file_format, most_cells, _looks if file_format is FileFormat.ODS else _no_looks)


def _read(
    data: bytes, file_format: FileFormat, most_cells: int, looks_of: Callable[[bytes, FileFormat], list[Look]]
) -> Book:
    if file_format.is_text:
        return Book((delimited.read(data, file_format),))
    try:
        if file_format is FileFormat.DOCX:
            with zipfile.ZipFile(BytesIO(data)) as archive:
                return docx_sheets.read(archive, most_cells)
        looks = {look.name: look for look in looks_of(data, file_format)}
        with CalamineWorkbook.from_filelike(BytesIO(data)) as workbook:
            names = [sheet.name for sheet in workbook.sheets_metadata if sheet.typ is SheetTypeEnum.WorkSheet]
            if len({name.casefold() for name in names}) < len(names):
                raise damaged("hai trang trùng tên")  # asked for by its name, the first would be read twice
            sheets = [workbook.get_sheet_by_name(name) for name in names]
            return Book(
                tuple(_sheet(sheet, looks.get(sheet.name, Look(sheet.name)), most_cells) for sheet in sheets)
            )
    except PasswordError as error:
        raise Refused("FILE_ENCRYPTED", "mật khẩu") from error
    except (CalamineError, ExpatError, zipfile.BadZipFile, struct.error, LookupError, ValueError) as error:
        raise damaged("cấu trúc bên trong không đọc được") from error


def _looks(data: bytes, file_format: FileFormat) -> list[Look]:
    if file_format is FileFormat.XLS:
        return biff_cells.looks(biff.workbook_stream(data))
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return sheet_xml.looks(archive) if file_format is FileFormat.XLSX else ods_xml.looks(archive)


def _no_looks(_data: bytes, _format: FileFormat) -> list[Look]:
    return []


def _sheet(sheet: CalamineSheet, look: Look, most_cells: int) -> Sheet:
    last_row, last_column = sheet.end or (-1, -1)
    if (last_row + 1) * (last_column + 1) > most_cells:
        raise too_large(f"trang {sheet.name} có {last_row + 1} dòng x {last_column + 1} cột")
    if not look.merged:
        look.merged.extend(_merged(sheet))
    rows = [_row(row) for row in sheet.to_python(skip_empty_area=False)]
    while rows and not rows[-1]:
        rows.pop()
    return dressed(sheet.name, rows, look)


def _row(cells: list[Any]) -> tuple[RawValue, ...]:
    """Blanks are None; those at the end of a row are left out."""
    values = [None if cell == "" else cell for cell in cells]
    while values and values[-1] is None:
        values.pop()
    # A duration is no time of day; no column of a form asks for one.
    if timedelta in map(type, values):
        values = [str(value) if isinstance(value, timedelta) else value for value in values]
    return tuple(values)


def _merged(sheet: CalamineSheet) -> list[str]:
    return [
        range_name(top, left, height=bottom - top + 1, width=right - left + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or []
    ]


if __name__ == "__main__":
    main()
