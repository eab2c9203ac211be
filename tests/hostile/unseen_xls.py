"""The debt table as a hand-made Excel 97 workbook (BIFF8 in an OLE container), and what such a container can hide.

Row 5 of the sheet holds the headings, row 6 the first project, so its accepted volume is G6.
Sources: [MS-XLS] 2.4, [MS-CFB] 2.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from decimal import Decimal

from tests.hostile.unseen_csv import HEADER
from tests.hostile.unseen_form import DEBT, DEBT_HEADINGS, DEBT_ROWS, Scalar, edited, put
from tests.hostile.unseen_kit import Outcome, UnseenFile

END, FREE, FAT_SECTOR = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
CLSID_TIME = bytes(36)  # class id, state bits, two times: all zero, so equal in every run


# The OLE container.


def cfb(streams: dict[str, bytes], storages: tuple[str, ...] = ()) -> bytes:
    """A version 3 compound file; every stream is padded to 4096 bytes so that none needs the mini stream."""
    padded = {
        name: data.ljust(max(4096, -(-len(data) // 512) * 512), b"\0") for name, data in streams.items()
    }
    names = [*padded, *storages]
    entries_sectors = -(-(len(names) + 1) // 4)
    fat, body, starts, at = [FAT_SECTOR], b"", {}, 1 + entries_sectors
    fat += [*range(2, 1 + entries_sectors), END]
    for name, data in padded.items():
        starts[name], count = at, len(data) // 512
        fat += [*range(at + 1, at + count), END]
        body, at = body + data, at + count
    if len(fat) > 128:
        raise ValueError("one FAT sector holds 128 entries: a smaller stream is wanted")
    table = struct.pack("<128I", *(fat + [FREE] * (128 - len(fat))))
    return _cfb_header() + table + _directory(padded, storages, starts, entries_sectors) + body


def _cfb_header() -> bytes:
    fixed = struct.pack("<5H6x9I", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, END, 0, END, 0)
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + fixed
    return head + struct.pack("<109I", 0, *[FREE] * 108)


def _directory(
    streams: dict[str, bytes], storages: tuple[str, ...], starts: dict[str, int], sectors: int
) -> bytes:
    """The root and its children, chained to the right (a degenerate but lawful tree)."""
    names = sorted([*streams, *storages], key=lambda name: (len(name), name.upper()))
    out = _entry("Root Entry", 5, FREE, 1, END, 0)
    for number, name in enumerate(names, 1):
        right = number + 1 if number < len(names) else FREE
        if name in streams:
            out += _entry(name, 2, right, FREE, starts[name], len(streams[name]))
        else:
            out += _entry(name, 1, right, FREE, 0, 0)
    return out.ljust(sectors * 512, b"\0")


def _entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    raw = (name + "\0").encode("utf-16-le")
    return (raw.ljust(64, b"\0") + struct.pack("<H2B3I", len(raw), kind, 1, FREE, right, child) + CLSID_TIME
            + struct.pack("<IQ", start, size))  # fmt: skip


# BIFF8.


def _record(number: int, data: bytes = b"") -> bytes:
    return struct.pack("<2H", number, len(data)) + data


def _bof(kind: int) -> bytes:
    return _record(0x809, struct.pack("<4H2I", 0x600, kind, 0x0DBB, 0x07CC, 0, 6))


def _text(value: str) -> bytes:
    """One byte a letter where Latin-1 is enough, else UTF-16, as Excel chooses."""
    wide = any(ord(letter) > 0xFF for letter in value)
    return struct.pack("<HB", len(value), wide) + value.encode("utf-16-le" if wide else "latin-1")


def _cell(row: int, column: int, value: Scalar) -> bytes:
    place = struct.pack("<3H", row, column, 0)
    if isinstance(value, str):
        return _record(0x204, place + _text(value))
    return _record(0x203, place + struct.pack("<d", float(value)))  # type: ignore[arg-type]


def _xf() -> bytes:
    return _record(0xE0, struct.pack("<3H", 0, 0, 1) + bytes(14))


def _font() -> bytes:
    name = b"Arial"
    return _record(
        0x31,
        struct.pack("<5H4B", 240, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + struct.pack("<2B", len(name), 0) + name,
    )


def workbook(odd: dict[tuple[int, int], bytes] | None = None, rows: list[list[Scalar]] | None = None,
             globals_more: bytes = b"", date_1904: bool = False, sheet_kind: int = 0) -> bytes:  # fmt: skip
    """The Workbook stream. odd: (row, column) from 0 -> the whole record. sheet_kind 1 = an Excel 4 macro sheet."""
    table = rows or [*HEADER, list(DEBT_HEADINGS), *DEBT_ROWS]
    name = DEBT.encode("utf-16-le")
    head = _bof(5) + globals_more + _record(0x22, struct.pack("<H", date_1904)) + _font() * 5 + _xf() * 16
    bound_size = 4 + 4 + 2 + 2 + len(name)
    offset = len(head) + bound_size + 4
    sheet_entry = struct.pack("<I2B2B", offset, 0, sheet_kind, len(DEBT), 1) + name
    bound = _record(0x85, sheet_entry)
    if len(bound) != bound_size:
        raise ValueError("the sheet's offset would be wrong")
    return head + bound + _record(0x0A) + _sheet(table, odd or {})


def _sheet(table: list[list[Scalar]], odd: dict[tuple[int, int], bytes]) -> bytes:
    out = _bof(0x10) + _record(0x200, struct.pack("<2I3H", 0, len(table), 0, len(DEBT_HEADINGS), 0))
    for row, values in enumerate(table):
        for column, value in enumerate(values):
            if (row, column) in odd:
                out += odd[row, column]
            elif value is not None:
                out += _cell(row, column, value)
    return out + _record(0x0A)


def xls(**how: object) -> bytes:
    return cfb({"Workbook": workbook(**how)})  # type: ignore[arg-type]


def _at_g6(number: int, data: bytes) -> Callable[[], bytes]:
    return lambda: xls(odd={(5, 6): _record(number, struct.pack("<3H", 5, 6, 0) + data)})


def _loop() -> bytes:
    """The FAT sends the workbook stream's second sector back to its first."""
    data = bytearray(xls())
    struct.pack_into("<I", data, 512 + 4 * 3, 2)
    return bytes(data)


def _renamed(reporter: str) -> Callable[[], bytes]:
    rows = [["Cơ quan/đơn vị báo cáo", reporter], *HEADER[1:], list(DEBT_HEADINGS), *DEBT_ROWS]
    return lambda: xls(rows=rows)


def _marked() -> bytes:
    return xls(rows=[*HEADER[:3], ["TUYỆT MẬT"], list(DEBT_HEADINGS), *DEBT_ROWS])


_RK_4700 = struct.pack("<i", (4700 << 2) | 2)
_HTML = "<html><body><table><tr><td>Mã chỉ tiêu</td><td>Tự đánh giá</td></tr><tr><td>1.1</td><td>Đạt</td></tr></table>"
_XML_2003 = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:\
office:spreadsheet"/>'
)
READ = (("", "G6", Decimal(4_700_000_000)),)
_READ: tuple[tuple[str, str, Callable[[], bytes]], ...] = (
    ("nợ Excel 97.xls", "an ordinary Excel 97 workbook", xls),
    ("nợ Excel 97 số RK.xls", "a number in Excel's short form RK", _at_g6(0x27E, _RK_4700)),
    ("nợ Excel 97 số dạng chữ.xls", "4.700,0 as text, one byte a letter", _at_g6(0x204, _text("4.700,0"))),
    ("nợ Excel 97 gốc 1904.xls", "a workbook counting days from 1904; its dates are text",
     lambda: xls(date_1904=True)),
)  # fmt: skip
_RETURNED: tuple[tuple[str, str, Callable[[], bytes]], ...] = (
    ("nợ Excel 97 lỗi.xls", "#REF! in a sum", _at_g6(0x205, b"\x17\x01")),
    ("nợ Excel 97 TRUE.xls", "TRUE in a sum", _at_g6(0x205, b"\x01\x00")),
    ("nợ Excel 97 âm.xls", "a negative sum", _at_g6(0x203, struct.pack("<d", -4700))),
    ("nợ Excel 97 vô cực.xls", "an infinite number", _at_g6(0x203, struct.pack("<d", float("inf")))),
    ("nợ Excel 97 một dấu chấm.xls", "4.700 under triệu đồng", _at_g6(0x204, _text("4.700"))),
)  # fmt: skip
_QUARANTINED: tuple[tuple[str, str, Callable[[], bytes]], ...] = (
    ("nợ Excel 97 macro.xls", "a VBA storage beside the workbook",
     lambda: cfb({"Workbook": workbook()}, ("_VBA_PROJECT_CUR",))),
    ("nợ Excel 97 macro 4.xls", "an Excel 4.0 macro sheet", lambda: xls(sheet_kind=1)),
    ("nợ Excel 97 có password.xls", "a FILEPASS record: encrypted",
     lambda: xls(globals_more=_record(0x2F, bytes(6)))),
    ("nợ Excel 97 liên kết.xls", "a SUPBOOK record that names another workbook",
     lambda: xls(globals_more=_record(0x1AE, struct.pack("<H", 1) + _text("\x01\\\\10.0.0.9\\no.xls")))),
    ("nợ Excel 97 nhúng.xls", "an embedded object's storage", lambda: cfb({"Workbook": workbook()}, ("MBD0001",))),
    ("nợ Excel 97 cụt.xls", "truncated in the middle of the workbook stream", lambda: xls()[:3000]),
    ("nợ Excel 97 vòng lặp.xls", "the chain of sectors runs in a circle", _loop),
    ("xlsx có password.xlsx", "an encrypted package in an OLE container",
     lambda: cfb({"EncryptionInfo": b"\4\0\4\0", "EncryptedPackage": bytes(range(256)) * 16})),
    ("Word 97.doc", "a Word 97 document is no accepted format",
     lambda: cfb({"WordDocument": b"\xec\xa5" + bytes(600)})),
    ("Word 97 đổi đuôi.xls", "a Word document named .xls", lambda: cfb({"WordDocument": b"\xec\xa5" + bytes(5000)})),
    ("thư Outlook.msg", "a saved e-mail: not a report, its attachment is unknown",
     lambda: cfb({"__properties_version1.0": bytes(64)})),
    ("xls đổi đuôi.xlsx", "an Excel 97 workbook named .xlsx: magic bytes against extension",
     lambda: xls(rows=[*HEADER, list(DEBT_HEADINGS), *DEBT_ROWS[:2]])),
    ("xlsx đổi đuôi.xls", "a new workbook named .xls", edited(put(DEBT, "R6", "xls"))),
    ("trang web đổi đuôi.xls", "an HTML table named .xls, as web exports do", _HTML.encode),
    ("XML 2003.xls", "an XML spreadsheet of 2003 named .xls", _XML_2003.encode),
    ("nợ Excel 97 của xã khác.xls", "the header names Mỹ Thành", _renamed("UBND xã Mỹ Thành")),
    ("nợ Excel 97 có dấu độ.xls", "TUYỆT MẬT above the table", _marked),
)  # fmt: skip


def _xls(name: str, outcome: Outcome, why: str, make: Callable[[], bytes], **more: object) -> UnseenFile:
    return UnseenFile(name, "xls", outcome, why, make, **more)  # type: ignore[arg-type]


FILES = (
    *(_xls(name, "accept", why, make, expects=READ) for name, why, make in _READ),
    *(_xls(name, "return", why, make, faults=(("", "G6"),)) for name, why, make in _RETURNED),
    *(_xls(name, "quarantine", why, make) for name, why, make in _QUARANTINED),
)  # fmt: skip
