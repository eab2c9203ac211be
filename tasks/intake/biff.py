"""The records of an Excel 97-2003 workbook (BIFF8), and what such a file may carry beside cells.

Knows the record stream; values are read by calamine. Source of the numbers: MS-XLS, sections 2.3 and 2.4.
"""

import io
import struct
from collections.abc import Iterator

import olefile

from tasks.intake.refusals import Refused, damaged

BOF, EOF, FILEPASS, BOUNDSHEET, SUPBOOK = 0x0809, 0x000A, 0x002F, 0x0085, 0x01AE
_OUTSIDE_DATA = {0x0876: "DConn", 0x01AD: "Qsi"}  # database connection, query table
_INSIDE_BOOK, _ADD_IN = 0x0401, 0x3A01  # the two kinds of SupBook that point nowhere else
_MACRO_SHEET, _MODULE = 1, 6
_MACRO_STORAGES = {"_vba_project_cur", "_vba_project", "vba", "macros"}
_OBJECT_STREAMS = {"objectpool", "\x01ole10native", "ctls"}
_ENCRYPTED_STREAMS = {"encryptedpackage", "encryptioninfo"}
Record = tuple[int, int, bytes]


def workbook_stream(data: bytes) -> bytes:
    """The record stream of the compound file; storages that are not accepted raise Refused first."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as compound:
            paths = compound.listdir(streams=True, storages=True)
            _check_names({part.casefold() for path in paths for part in path})
            stream: bytes = compound.openstream("Workbook").read()
            stated: int = compound.get_size("Workbook")
    except (
        OSError,
        struct.error,
        ValueError,
        IndexError,
        TypeError,
        AttributeError,
        OverflowError,
        RecursionError,
    ) as error:  # olefile raises all of these for damaged tables, the last for a directory that leads into itself
        raise damaged("không đọc được cấu trúc tệp .xls (Excel 97-2003)") from error
    if len(stream) != stated:
        raise damaged("tệp bị cắt cụt")
    return stream


def _check_names(names: set[str]) -> None:
    if not names:
        raise damaged("mục lục của tệp bị mất")
    if names & _ENCRYPTED_STREAMS:
        raise Refused("FILE_ENCRYPTED", "mật khẩu")
    if names & _MACRO_STORAGES:
        raise Refused("FILE_HAS_MACRO", "VBA")
    if names & _OBJECT_STREAMS or any(name.startswith("mbd") for name in names):
        raise Refused("FILE_HAS_EXTERNAL_LINK", "đối tượng nhúng OLE")
    if "workbook" not in names:
        raise Refused("FILE_TYPE_UNKNOWN", "không phải bảng tính Excel 97-2003")


def records(stream: bytes) -> Iterator[Record]:
    """(offset, record number, payload). Raises Refused where a record runs over the end."""
    at = 0
    while at + 4 <= len(stream):
        number, length = struct.unpack_from("<HH", stream, at)
        if at + 4 + length > len(stream):
            raise damaged("tệp bị cắt cụt")
        yield at, number, stream[at + 4 : at + 4 + length]
        at += 4 + length


def risks(stream: bytes) -> Iterator[tuple[str, str]]:
    """(code, what was found) for each thing that is not accepted. Raises Refused where sheets are cut off."""
    depth = 0
    for _, number, payload in records(stream):
        if number == FILEPASS:
            raise Refused("FILE_ENCRYPTED", "mật khẩu")  # what follows is ciphertext
        depth += (number == BOF) - (number == EOF)
        yield from _risks_of(number, payload, stream)
    if depth:
        raise damaged("tệp bị cắt cụt")


def _risks_of(number: int, payload: bytes, stream: bytes) -> Iterator[tuple[str, str]]:
    if number == BOUNDSHEET:
        offset, _, kind = struct.unpack_from("<IBB", payload.ljust(6, b"\0"))
        if stream[offset : offset + 2] != BOF.to_bytes(2, "little"):
            raise damaged("một trang tính bị mất")
        if kind in (_MACRO_SHEET, _MODULE):
            yield "FILE_HAS_MACRO", "trang macro Excel 4.0"
    elif number == SUPBOOK and payload[2:4] not in (
        _INSIDE_BOOK.to_bytes(2, "little"),
        _ADD_IN.to_bytes(2, "little"),
    ):
        yield "FILE_HAS_EXTERNAL_LINK", "liên kết tới tệp khác"
    elif number in _OUTSIDE_DATA:
        yield "FILE_HAS_EXTERNAL_LINK", _OUTSIDE_DATA[number]
