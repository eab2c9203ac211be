"""Zip tricks around a correct report: the sheets are right, the container lies.

All quarantined unless an ordinary program writes such a zip: what the headers claim and what lies there differ, so
two readers may see two different reports (issue 4, must-do 1).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

from tests.hostile.unseen_form import DEBT, PROGRESS, edited, parts_of, put
from tests.hostile.unseen_kit import (
    Member,
    UnseenFile,
    end_of_directory,
    members_of,
    package,
    zip_bytes,
)

SHEET = "xl/worksheets/sheet2.xml"


def _parts(mark: str) -> dict[str, bytes]:
    """The correct parts, with a note that makes the bytes of each case its own."""
    return parts_of(put(PROGRESS, "J5", mark))


def _with(*more: Member) -> Callable[[], bytes]:
    return lambda: zip_bytes([*members_of(parts_of()), *more])


def _one_changed(change: Callable[[Member], Member], name: str = SHEET) -> Callable[[], bytes]:
    """The correct package with one member written another way."""
    return lambda: zip_bytes([change(m) if m.name == name else m for m in members_of(parts_of())])


def _other_judgements() -> bytes:
    return parts_of(put(PROGRESS, "G9", "Đạt"))[SHEET]


def _overlapping() -> bytes:
    members = members_of(parts_of())
    at = next(n for n, member in enumerate(members) if member.name == SHEET)
    return zip_bytes([*members, Member("xl/worksheets/sheet9.xml", members[at].data, same_place_as=at)])


def _spaces_bomb() -> bytes:
    """300 MB of blanks inside a comment of a sheet, about 300 kB packed: equal full-flushed deflate blocks."""
    times, block = 300, b" " * 1_000_000
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    head = packer.compress(b"<worksheet><!--") + packer.flush(zlib.Z_FULL_FLUSH)
    body = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    tail = packer.compress(b"--></worksheet>") + packer.flush()
    crc = zlib.crc32(b"<worksheet><!--")
    for _ in range(times):
        crc = zlib.crc32(block, crc)
    crc, size = zlib.crc32(b"--></worksheet>", crc), times * len(block) + 30
    bomb = Member("xl/worksheets/sheet6.xml", b"", packed=head + body * times + tail, crc=crc, size=size)
    return zip_bytes([*members_of(parts_of()), bomb])


def _lying_small_bomb() -> bytes:
    """The same trick with a header that claims 4 kB: a check that trusts the header lets 40 MB through."""
    data = b"<worksheet><!--" + b" " * 40_000_000 + b"--></worksheet>"
    return _with(Member("xl/worksheets/sheet6.xml", data, size=4096))()


def _seventy_thousand() -> bytes:
    tiny = (Member(f"xl/media/{n}.png", b"", method=0) for n in range(70_000))
    return zip_bytes([*members_of(parts_of()), *tiny])


def _zip64() -> bytes:
    return zip_bytes([Member(m.name, m.data, zip64=True) for m in members_of(_parts("zip64"))])


def _zip64_lie() -> bytes:
    """Every size in zip64 extra fields only, and the sheet's is 8 EiB."""
    members = []
    for m in members_of(_parts("zip64")):
        size = 2**63 - 1 if m.name == SHEET else len(m.data)
        members.append(Member(m.name, m.data, extra=struct.pack("<2H2Q", 1, 16, size, len(m.body()))))
    return _sizes_masked(zip_bytes(members))


def _sizes_masked(data: bytes) -> bytes:
    """Headers that carry a zip64 field say 0xFFFFFFFF in the 32-bit sizes."""
    out = bytearray(data)
    for mark, sizes in ((b"PK\x03\x04", 18), (b"PK\x01\x02", 20)):
        at = out.find(mark)
        while at >= 0:
            out[at + sizes : at + sizes + 8] = b"\xff" * 8
            at = out.find(mark, at + 4)
    return bytes(out)


def _cut(share: float) -> Callable[[], bytes]:
    return lambda: (data := edited()())[: int(len(data) * share)]


def _streamed() -> bytes:
    return zip_bytes([Member(m.name, m.data, flags=8) for m in members_of(_parts("streamed"))])


def _stored() -> bytes:
    return zip_bytes([Member(m.name, m.data, method=0) for m in members_of(_parts("stored"))])


def _folder_zipped_again() -> bytes:
    folders = [
        Member(name, b"", method=0, external_attr=0x10) for name in ("_rels/", "xl/", "xl/worksheets/")
    ]
    return zip_bytes([*folders, *reversed(members_of(_parts("7-Zip")))])


def _disks() -> bytes:
    data = bytearray(edited()())
    at = data.rfind(b"PK\x05\x06")
    data[at + 4 : at + 8] = struct.pack("<2H", 1, 1)
    return bytes(data)


def _central_only_of_one() -> bytes:
    """A whole second package before the one the directory knows: streaming readers see the first one."""
    shown = package(parts_of(put(DEBT, "O5", 0)))
    return zip_bytes(members_of(parts_of()), prefix=shown)


def _dir_bytes_claimed() -> bytes:
    """The end record claims more directory entries than there are."""
    data = edited()()
    at = data.rfind(b"PK\x05\x06")
    size, offset = struct.unpack("<2I", data[at + 12 : at + 20])
    return data[:at] + end_of_directory(500, size, offset)


def _named(name: str) -> Callable[[], bytes]:
    return _with(Member(name, b"<x/>"))


_LOCAL_LIE = {"local_name": "xl/worksheets/sheet8.xml"}
_QUARANTINED: tuple[tuple[str, str, Callable[[], bytes]], ...] = (
    ("trùng tên khác hoa thường.xlsx", "two members differ only in case: Windows and Linux open different sheets",
     lambda: zip_bytes([*members_of(parts_of()), Member("XL/Worksheets/Sheet2.xml", _other_judgements())])),
    ("trùng tên hẳn.xlsx", "the same member twice: the first and the last say different judgements",
     lambda: zip_bytes([*members_of(parts_of()), Member(SHEET, _other_judgements())])),
    ("thành phần chồng nhau.xlsx", "two directory entries share the bytes of one member", _overlapping),
    ("sai CRC.xlsx", "a sheet's checksum is wrong: the bytes are not what was saved",
     _one_changed(lambda m: Member(m.name, m.data, crc=0x12345678))),
    ("bom giải nén 300 MB.xlsx", "300 MB of blanks packed a thousandfold", _spaces_bomb),
    ("bom khai nhỏ.xlsx", "a member of 40 MB whose header claims 4 kB", _lying_small_bomb),
    ("cờ mã hóa từng phần.xlsx", "the encryption flag on one sheet: it can't be checked",
     _one_changed(lambda m: Member(m.name, m.data, flags=1))),
    ("dữ liệu sau đuôi.xlsx", "a script appended after the end record", lambda: edited()() + b"#!/bin/sh\nid\n" * 80),
    ("byte 0 ở cuối.xlsx", "padded with null bytes, as a broken transfer leaves it (null-padded: issue, 1)",
     lambda: edited()() + bytes(65536)),
    ("byte 0 ở giữa.xlsx", "a block in the middle was never transferred and is all nulls",
     lambda: (d := edited()())[:2000] + bytes(1500) + d[3500:]),
    ("toàn byte 0.xlsx", "right length, nothing but nulls: a download that only reserved its room",
     lambda: bytes(8192)),
    ("chương trình đứng trước.xlsx", "an MZ header before the zip: magic bytes against extension",
     lambda: zip_bytes(members_of(parts_of()), prefix=b"MZ\x90\0" + bytes(508))),
    ("hai gói trong một tệp.xlsx", "two packages in one file with different debts", _central_only_of_one),
    ("zip64 khai 8 EB.xlsx", "a zip64 field claims 8 EiB for a sheet of 3 kB", _zip64_lie),
    ("liên kết tượng trưng.xlsx", "a member that is a symbolic link to /etc/passwd",
     _with(Member("xl/media/image1.png", b"/etc/passwd", method=0, external_attr=0o120777 << 16))),
    ("70000 thành phần.xlsx", "seventy thousand members in a weekly report", _seventy_thousand),
    ("đường dẫn leo thư mục.xlsx", "a member name that climbs out of the archive", _named("../../etc/cron.d/ntm")),
    ("đường dẫn ổ C.xlsx", "an absolute member name with a drive letter", _named("C:\\Windows\\Temp\\x.xml")),
    ("tên chứa byte 0.xlsx", "a member name with a null byte, cut short by some readers",
     _named("xl/worksheets/sheet2.xml\0.png")),
    ("tên dài 60000 ký tự.xlsx", "a member name of sixty thousand letters", _named("xl/" + "a" * 60_000)),
    ("tên trong và ngoài khác nhau.xlsx", "the local header names another sheet than the directory",
     _one_changed(lambda m: Member(m.name, m.data, **_LOCAL_LIE))),  # type: ignore[arg-type]
    ("nén LZMA.xlsx", "a compression no spreadsheet program writes (method 14) over bytes that are none",
     _one_changed(lambda m: Member(m.name, m.data, method=14))),
    ("nhiều đĩa.xlsx", "the end record says this is disk 1 of a split archive", _disks),
    ("khai 500 thành phần.xlsx", "the end record counts members that aren't there", _dir_bytes_claimed),
    ("cụt 30 phần trăm.xlsx", "truncated early", _cut(0.3)),
    ("cụt 85 phần trăm.xlsx", "truncated inside the last sheets, no directory", _cut(0.85)),
    ("cụt 99 phần trăm.xlsx", "truncated inside the directory", _cut(0.99)),
    ("cụt 2 byte.xlsx", "truncated two bytes before the end", lambda: edited()()[:-2]),
    ("rỗng.xlsx", "no bytes at all", lambda: b""),
    ("một byte.xlsx", "one byte", lambda: b"P"),
    ("zip rỗng.xlsx", "a valid zip without any member", lambda: zip_bytes([])),
    ("zip không phải bảng tính.xlsx", "a valid zip that holds a photo, not a workbook",
     lambda: zip_bytes([Member("anh.jpg", b"\xff\xd8\xff\xe0" + bytes(200), method=0)])),
)  # fmt: skip
_ACCEPTED: tuple[tuple[str, str, Callable[[], bytes], str], ...] = (
    ("zip64 đúng chuẩn.xlsx", "zip64 fields that agree: streaming writers save so, Excel opens it",
     _zip64, "zip64 is in no list of the issue; nothing lies and every office program opens it"),
    ("ghi kiểu dòng chảy.xlsx", "sizes in data descriptors, as web exports write them", _streamed, ""),
    ("không nén.xlsx", "members stored without compression", _stored, ""),
    ("nén lại bằng 7-Zip.xlsx", "unpacked and zipped again: folder entries, members in another order",
     _folder_zipped_again, "folder entries are not 'odd names': they hold no bytes and Excel ignores them"),
)  # fmt: skip
FILES = (
    *(UnseenFile(name, "zip", "quarantine", why, make) for name, why, make in _QUARANTINED),
    *(UnseenFile(name, "zip", "accept", why, make, expects=(("A. Tiến độ", "G6", "nearly_met"),), open_question=asked)
      for name, why, make, asked in _ACCEPTED),
)  # fmt: skip
