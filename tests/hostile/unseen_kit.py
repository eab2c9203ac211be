"""What one hostile or odd file is, and the plain ways to make its bytes: zip members with any lie, text in old fonts.

Knows the zip format (APPNOTE 6.3.9) and the TCVN3 and VNI letters that the files need. Knows nothing of the project's
reader: the classes come from the issue's text and SEMANTICS.md alone.
"""

from __future__ import annotations

import struct
import unicodedata
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

Outcome = Literal["accept", "return", "quarantine"]
Value = Decimal | date | str | None
Make = Callable[[], bytes]


@dataclass(frozen=True)
class UnseenFile:
    """One file as it lies in <inbox>/<week>/<reporter>/<name>.

    expects: (sheet, cell, value) that must be read so. Decimal = whole đồng or percent points; a judgement or state is
    its id in config/spellings.yaml; text is NFC; None = nothing may be taken from the cell ("not_stated" is None too).
    Sheet "" = the reader's own name for the only table (CSV, .xls of one sheet), cells counted as a spreadsheet shows
    them; for .docx see unseen_docx.py.
    faults: (sheet, cell) where the finding that returns the file must stand; empty = anywhere.
    Each file is to be judged in a store of its own: 'không phát sinh' is an error only where nothing came before.
    open_question: where the issue's text left the class open, and how it was argued.
    """

    name: str
    topic: str
    expected: Outcome
    why: str
    make: Make = field(repr=False)
    expects: tuple[tuple[str, str, Value], ...] = ()
    faults: tuple[tuple[str, str], ...] = ()
    open_question: str = ""
    reporter: str = "my_ha"
    week: str = "2023-W15"

    def content(self) -> bytes:
        return self.make()


# Zip.

DOS_TIME, DOS_DATE = 0x4A00, 0x568C  # 09:16:00 on 12/4/2023, the first reporting Wednesday


@dataclass(frozen=True)
class Member:
    """One zip member and, where set, what its headers claim instead of the truth."""

    name: str
    data: bytes
    method: int = 8
    flags: int = 0
    crc: int | None = None
    size: int | None = None  # unpacked size claimed
    packed: bytes | None = None  # compressed bytes as they are to lie in the file
    external_attr: int = 0
    local_name: str | None = None
    extra: bytes = b""
    zip64: bool = (
        False  # the local header gives its sizes in a zip64 field, as a writer that can't look ahead does
    )
    same_place_as: int | None = None  # no bytes of its own: points at the local header of this member

    def body(self) -> bytes:
        if self.packed is not None:
            return self.packed
        return deflated(self.data) if self.method == 8 else self.data

    def sums(self) -> tuple[int, int]:
        crc = zlib.crc32(self.data) if self.crc is None else self.crc
        return crc, len(self.data) if self.size is None else self.size


def deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def zip_bytes(members: Iterable[Member], prefix: bytes = b"", suffix: bytes = b"") -> bytes:
    out, directory = bytearray(prefix), bytearray()
    offsets: list[int] = []
    for member in members:
        offset = len(out) if member.same_place_as is None else offsets[member.same_place_as]
        offsets.append(offset)
        if member.same_place_as is None:
            out += _local(member)
        directory += _central(member, offset)
    return bytes(out + directory + end_of_directory(len(offsets), len(directory), len(out)) + suffix)


def _encoded(name: str) -> tuple[bytes, int]:
    raw = name.encode()
    return raw, 0 if raw.isascii() else 0x800


def _local(member: Member) -> bytes:
    name, utf8 = _encoded(member.local_name or member.name)
    body, (crc, size) = member.body(), member.sums()
    flags, descriptor = member.flags | utf8, b""
    header = (crc, len(body), size)
    if flags & 8:
        descriptor, header = b"PK\x07\x08" + struct.pack("<3I", crc, len(body), size), (0, 0, 0)
    extra = member.extra
    if member.zip64:
        extra, header = struct.pack("<2H2Q", 1, 16, size, len(body)), (crc, 0xFFFFFFFF, 0xFFFFFFFF)
    fields = (
        45 if member.zip64 else 20,
        flags,
        member.method,
        DOS_TIME,
        DOS_DATE,
        *header,
        len(name),
        len(extra),
    )
    return b"PK\x03\x04" + struct.pack("<5H3I2H", *fields) + name + extra + body + descriptor


def _central(member: Member, offset: int) -> bytes:
    name, utf8 = _encoded(member.name)
    crc, size = member.sums()
    fields = (
        20,
        45 if member.zip64 else 20,
        member.flags | utf8,
        member.method,
        DOS_TIME,
        DOS_DATE,
        crc,
        len(member.body()),
        size,
    )
    rest = (len(name), len(member.extra), 0, 0, 0, member.external_attr, offset)
    return b"PK\x01\x02" + struct.pack("<6H3I5H2I", *fields, *rest) + name + member.extra


def end_of_directory(count: int, size: int, offset: int) -> bytes:
    """The end record; with more members than it can count, the zip64 records before it."""
    if count <= 0xFFFF:
        return b"PK\x05\x06" + struct.pack("<4H2IH", 0, 0, count, count, size, offset, 0)
    zip64 = b"PK\x06\x06" + struct.pack("<Q2H2I4Q", 44, 45, 45, 0, 0, count, count, size, offset)
    locator = b"PK\x06\x07" + struct.pack("<IQI", 0, offset + size, 1)
    return zip64 + locator + b"PK\x05\x06" + struct.pack("<4H2IH", 0, 0, 0xFFFF, 0xFFFF, size, offset, 0)


def members_of(parts: dict[str, bytes]) -> list[Member]:
    return [Member(name, data) for name, data in parts.items()]


def package(parts: dict[str, bytes]) -> bytes:
    return zip_bytes(members_of(parts))


def changed(parts: dict[str, bytes], name: str, old: str, new: str) -> dict[str, bytes]:
    """The parts with one piece of one part replaced; the piece must be there, so a file is never odd by mistake."""
    text = parts[name].decode()
    if old not in text:
        raise LookupError(f"{name}: no {old!r} to replace")
    return {**parts, name: text.replace(old, new, 1).encode()}


# Text in old fonts.

# glibc 2.36 iconv -t TCVN5712-1, written down here so that the bytes don't depend on the machine.
_LETTERS = "àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđĂÂĐÊÔƠƯ"
_TCVN3 = "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊËÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\xadõö÷øùúûüýþ®¡¢§£¤¥¦"
_TO_TCVN3 = str.maketrans(_LETTERS, _TCVN3)
_VNI_MARKS = {"\u0300": "ø", "\u0301": "ù", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
_VNI_HATTED = {"\u0300": "à", "\u0301": "á", "\u0309": "å", "\u0303": "ã", "\u0323": "ä"}
_VNI_BREVE = {"\u0300": "è", "\u0301": "é", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë"}


def tcvn3(text: str) -> str:
    """As a .VnTime cell stores it (each byte seen as Latin-1). Capitals with a tone need a .Vn*H font."""
    return unicodedata.normalize("NFC", text).translate(_TO_TCVN3)


def vni(text: str) -> str:
    """As a VNI-Times cell stores it: base letter, then the mark as a letter of its own."""
    return "".join(_vni_letter(letter) for letter in unicodedata.normalize("NFC", text))


def _vni_letter(letter: str) -> str:
    plain = {
        "đ": "ñ",
        "Đ": "Ñ",
        "ơ": "ô",
        "Ơ": "Ô",
        "ư": "ö",
        "Ư": "Ö",
        "ị": "ò",
        "ỉ": "æ",
        "ĩ": "ó",
        "í": "í",
    }
    if letter in plain:
        return plain[letter]
    base, *marks = list(unicodedata.normalize("NFD", letter))
    tone = next((mark for mark in marks if mark in _VNI_MARKS), "")
    horned = plain.get(unicodedata.normalize("NFC", base + "\u031b"), base) if "\u031b" in marks else base
    if "\u0302" in marks:
        out = horned + _VNI_HATTED.get(tone, "â")
    elif "\u0306" in marks:
        out = horned + _VNI_BREVE.get(tone, "ê")
    else:
        out = horned + _VNI_MARKS.get(tone, "")
    return base + out[1:].upper() if letter.isupper() else out
