"""The reading child: `python -I -m tasks.intake.reader_child`. Reads files that may abort, hang or fill its
process.

Talks over stdin and stdout, one JSON line each way: first its limits and the formats of which more than values is
wanted, answered by {"ready": true}; then a file's path, its format and what is wanted of it, answered by {"sheets":
...}, {"texts": ...} or {"refused": [code, why]}. It ends with its input. It needs no network, no environment and writes
no file.
tasks/intake/workbook.py is the other end.
"""

import gc
import json
import resource
import struct
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.parsers.expat import ExpatError

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from domain.reading.cell import RawValue
from tasks.intake.child_guard import Guard
from tasks.intake.formats import FileFormat
from tasks.intake.grid import Book, Sheet
from tasks.intake.looks import Look, dressed, look_of, range_name
from tasks.intake.refusals import Refused, damaged, too_large
from tasks.intake.wire import book_to_line, texts_to_line

if TYPE_CHECKING:
    from zipfile import ZipFile

# What reads more of a format than calamine does. Each is loaded where a batch asks for it: all together are a third of
# a start. Once the guard is closed nothing can be loaded, so `import` in a function only finds what is there.
_READERS = {
    FileFormat.XLSX: ("zipfile", "tasks.intake.sheet_xml"),
    FileFormat.XLS: ("tasks.intake.biff_cells",),
    FileFormat.ODS: ("tasks.intake.ods_xml",),
    FileFormat.DOCX: ("tasks.intake.docx_sheets",),
    FileFormat.CSV: ("tasks.intake.delimited",),
    FileFormat.TSV: ("tasks.intake.delimited",),
}
_DESCRIPTORS = 8  # the three streams, the file that is read, and a few to spare


def main() -> None:
    """Answer until the input ends. What is not answered ends the process, and the parent sees that."""
    limits, guard = json.loads(sys.stdin.readline()), Guard()
    _restrict(limits)
    _load(limits["formats"])
    gc.freeze()
    guard.close()
    _say(b'{"ready":true}')
    for line in sys.stdin:
        _allow_cpu(limits["cpu_seconds"])
        request = json.loads(line)
        guard.handed = request["path"]
        _say(_answer(request, limits["cells"]))


def _load(formats: Sequence[str]) -> None:
    for name in formats:
        for module in _READERS[FileFormat(name)]:
            import_module(module)


def _say(line: bytes) -> None:
    sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()


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


def _answer(request: Mapping[str, str], most_cells: int) -> bytes:
    data, file_format = Path(request["path"]).read_bytes(), FileFormat(request["format"])
    try:
        if request["wanted"] == "texts":
            return texts_to_line(read_for_texts(data, file_format, most_cells))
        reader = read if request["wanted"] == "book" else read_values
        return book_to_line(reader(data, file_format, most_cells))
    except Refused as refusal:
        return json.dumps({"refused": [refusal.code, refusal.why]}).encode()


def read(data: bytes, file_format: FileFormat, most_cells: int) -> Book:
    """The whole file. Raises Refused; may also take the process with it, which is why it runs in a child."""
    return _read(data, file_format, most_cells, _looks)


def read_values(data: bytes, file_format: FileFormat, most_cells: int) -> Book:
    """The same of a file whose looks are known."""
    return _read(data, file_format, most_cells, _no_looks)


def read_for_texts(data: bytes, file_format: FileFormat, most_cells: int) -> Book:
    """The same with its looks left out, which cost three times the values. Only of an .ods they hold a text that
    calamine leaves out: that of any cell that it takes for an error."""
    return _read(data, file_format, most_cells, _looks if file_format is FileFormat.ODS else _no_looks)


def _read(
    data: bytes,
    file_format: FileFormat,
    most_cells: int,
    looks_of: Callable[[bytes, FileFormat, int], list[Look]],
) -> Book:
    if file_format.is_text:
        from tasks.intake import delimited

        return Book((delimited.read(data, file_format),))
    try:
        if file_format is FileFormat.DOCX:
            from tasks.intake import docx_sheets

            with _package(data) as archive:
                return docx_sheets.read(archive, most_cells)
        looks = {look.name: look for look in looks_of(data, file_format, most_cells)}
        if looks and file_format is FileFormat.XLSX:
            from tasks.intake import sheet_xml

            data = sheet_xml.plainly_named(data)
        with CalamineWorkbook.from_filelike(BytesIO(data)) as workbook:
            if len({sheet.name.casefold() for sheet in workbook.sheets_metadata}) < len(
                workbook.sheets_metadata
            ):
                raise damaged("hai trang trùng tên")  # asked for by its name, the first would be read twice
            names = [sheet.name for sheet in workbook.sheets_metadata if sheet.typ is SheetTypeEnum.WorkSheet]
            sheets = [workbook.get_sheet_by_name(name) for name in names]
            if file_format is FileFormat.XLS:  # whose looks leave them to calamine
                for sheet in sheets:
                    looks.setdefault(sheet.name, Look(sheet.name)).merged.extend(_merged(sheet))
            return Book(tuple(_sheet(sheet, look_of(sheet.name, looks), most_cells) for sheet in sheets))
    except PasswordError as error:
        raise Refused("FILE_ENCRYPTED", "mật khẩu") from error
    except (CalamineError, ExpatError, struct.error, LookupError, ValueError) as error:
        raise _not_readable() from error


def _looks(data: bytes, file_format: FileFormat, most_cells: int) -> list[Look]:
    if file_format is FileFormat.XLS:
        from tasks.intake import biff, biff_cells

        return biff_cells.looks(biff.workbook_stream(data))
    with _package(data) as archive:
        if file_format is FileFormat.ODS:
            from tasks.intake import ods_xml

            return ods_xml.looks(archive, most_cells)
        from tasks.intake import sheet_xml

        return sheet_xml.looks(set(archive.namelist()), archive.read)


@contextmanager
def _package(data: bytes) -> Iterator["ZipFile"]:
    import zipfile

    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            yield archive
    except zipfile.BadZipFile as error:
        raise _not_readable() from error


def _not_readable() -> Refused:
    return damaged("cấu trúc bên trong không đọc được")


def _no_looks(_data: bytes, _format: FileFormat, _most_cells: int) -> list[Look]:
    return []


def _sheet(sheet: CalamineSheet, look: Look, most_cells: int) -> Sheet:
    last_row, last_column = sheet.end or (-1, -1)
    if (last_row + 1) * (last_column + 1) > most_cells:
        raise too_large(f"trang {sheet.name} có {last_row + 1} dòng x {last_column + 1} cột")
    rows = [_row(row) for row in sheet.to_python(skip_empty_area=False)]
    while rows and not rows[-1]:
        rows.pop()
    return dressed(sheet.name, rows, look)


def _row(cells: list[Any]) -> tuple[RawValue, ...]:
    """Blanks are None; those at the end of a row are left out."""
    values = [None if cell == "" else cell for cell in cells]
    while values and values[-1] is None:
        values.pop()
    return tuple(values)


def _merged(sheet: CalamineSheet) -> list[str]:
    return [
        range_name(top, left, height=bottom - top + 1, width=right - left + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or []
    ]


if __name__ == "__main__":
    main()
