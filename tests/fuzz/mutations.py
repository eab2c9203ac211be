"""Damage of every kind to a file: to its bytes, to the members of its package, to their markup, to records, to text.

Each takes a random source, so a seed repeats a run. Structure-aware ones leave the container sound, so that what is
behind it is reached.
"""

import io
import re
import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence
from random import Random

import olefile

from tasks.intake.biff import records
from tasks.intake.formats import OLE_MAGIC, ZIP_MAGIC

Mutation = Callable[[bytes, Random], bytes]
ODD_TEXTS = (
    *("", "0", "-1", "1", "true", "nan", "inf", "-inf", "1e308", "1e400", "-0", "4294967295", "4294967296"),
    *(
        "2147483648",
        "-2147483648",
        "99999999999999999999",
        "1048576",
        "1048577",
        "16385",
        "2958466",
        "0.1e-400",
    ),
    *(
        "XFD1048576",
        "A0",
        "A1",
        "ZZZ1",
        "A9999999",
        "1:1",
        "A1:XFD1048576",
        "#REF!",
        "1.234,5",
        "1,234.5",
        "１２",
    ),
    *(
        "s",
        "str",
        "inlineStr",
        "b",
        "e",
        "d",
        "hidden",
        "percentage",
        "collapse",
        "10000",
        "10001",
        "1000000000",
    ),
    *(
        "2023-02-30",
        "2023-04-12T25:61:61",
        "0000-00-00",
        "PT99999999999H",
        "tổng cộng",
        "Ð",
        "a\u0301" * 50,
        "\u200b",
    ),
    *(
        "x" * 40_000,
        "../../etc/passwd",
        "file:///etc/passwd",
        "http://127.0.0.1/",
        "=1+1",
        "&#1;",
        "&amp;",
        "]]>",
    ),
)
_ODD_BYTES = (
    b"\0",
    b"\xff",
    b"\xff\xff\xff\xff",
    b"\x7f\xff\xff\xff",
    b"\0\0\0\x80",
    b"PK\x05\x06",
    b"<",
    b">",
    b'"',
    b";",
)
_TAG = re.compile(rb"<[^<>]*>")
_VALUE = re.compile(rb'="([^"]*)"|>([^<>]+)<')


def mutated(data: bytes, random: Random, others: Sequence[bytes]) -> bytes:
    """One to six damages, mostly such as the format can carry."""
    for _ in range(random.choice((1, 1, 2, 3, 6))):
        data = random.choice(_of_kind(data))(data, random)
        if random.random() < 0.03 and others:
            data = _spliced(data, random.choice(others), random)
    return data


def _of_kind(data: bytes) -> Sequence[Mutation]:
    if data.startswith(ZIP_MAGIC):
        return (in_bytes, in_package, in_package, in_package, in_package, in_package)
    if data.startswith(OLE_MAGIC):
        return (in_bytes, in_records, in_records, in_records)
    return (in_bytes, in_text, in_text)


def in_bytes(data: bytes, random: Random) -> bytes:
    start = random.randrange(len(data) + 1)
    end = min(len(data), start + random.choice((1, 1, 2, 4, 16, 512)))
    replaced = random.choice(
        (
            b"",
            data[start:end] * 2,
            random.randbytes(end - start),
            random.choice(_ODD_BYTES),
            _flipped(data[start:end], random),
        )
    )
    return data[:start] if random.random() < 0.05 else data[:start] + replaced + data[end:]


def in_package(data: bytes, random: Random) -> bytes:
    """One member damaged, and all packed again with right lengths and checksums."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [(info.filename, archive.read(info)) for info in archive.infolist()]
    except Exception:  # noqa: BLE001 - bytes were damaged before
        return in_bytes(data, random)
    if not members:
        return data
    at = random.randrange(len(members))
    members[at : at + 1] = random.choice(_MEMBERS)(*members[at], random)
    return _packed(members, random.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)))


def _packed(members: Sequence[tuple[str, bytes]], compression: int) -> bytes:
    buffer, seen = io.BytesIO(), set()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in members:
            if name not in seen:
                archive.writestr(zipfile.ZipInfo(name), content, compression)
            seen.add(name)
    return buffer.getvalue()


Member = tuple[str, bytes]


def _dropped(_name: str, _content: bytes, _random: Random) -> list[Member]:
    return []


def _renamed(name: str, content: bytes, random: Random) -> list[Member]:
    odd = (
        "x/" + name,
        name.upper(),
        "xl/vbaProject.bin",
        "xl/worksheets/sheet9.xml",
        "Object 1",
        name + "\u0301",
    )
    return [(name, content), (random.choice(odd), content)]


def _damaged(name: str, content: bytes, random: Random) -> list[Member]:
    return [(name, in_bytes(content, random))]


def _remarked(name: str, content: bytes, random: Random) -> list[Member]:
    return [(name, in_markup(content, random))]


def _recoded(name: str, content: bytes, random: Random) -> list[Member]:
    text = content.decode("utf-8", "replace").replace("UTF-8", "UTF-16")
    return [(name, text.encode(random.choice(("utf-16", "utf-16-be", "utf-8-sig", "latin-1")), "replace"))]


_MEMBERS = (_dropped, _renamed, _damaged, _recoded, *(_remarked,) * 12)


def in_markup(content: bytes, random: Random) -> bytes:
    """A value made odd, or an element doubled, moved or left out."""
    found = list((_VALUE if random.random() < 0.75 else _TAG).finditer(content))
    if not found:
        return in_bytes(content, random)
    one, other = random.choice(found), random.choice(found)
    if one.re is _VALUE:
        group = 1 if one[1] is not None else 2
        odd = random.choice(ODD_TEXTS).encode() if random.random() < 0.7 else other[1] or other[2] or b""
        return content[: one.start(group)] + odd + content[one.end(group) :]
    first, last = sorted((one.start(), other.end()))
    piece = content[first:last][:20_000]
    where = random.choice(found).start()
    return random.choice(
        (
            content[:first] + content[last:],
            content[:where] + piece + content[where:],
            content[:where] + one[0] + content[where:],
        )
    )


def in_records(data: bytes, random: Random) -> bytes:
    """Records of an .xls with other numbers, lengths or payloads; the stream keeps its length."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as compound:
            stream = compound.openstream("Workbook").read()
        listed = list(records(stream))
    except Exception:  # noqa: BLE001 - bytes were damaged before
        return in_bytes(data, random)
    if not listed:
        return in_bytes(data, random)
    offset, number, payload = random.choice(listed)
    damages: Mapping[str, tuple[int, bytes]] = {
        "number": (offset, struct.pack("<H", random.choice(listed)[1])),
        "length": (
            offset + 2,
            struct.pack("<H", random.choice((0, 1, len(payload) + 1, 0xFFFF, max(len(payload) - 1, 0)))),
        ),
        "payload": (offset + 4, _flipped(payload, random)),
        "field": (
            offset + 4 + 2 * random.randrange(len(payload) // 2 + 1),
            random.choice((b"\xff\xff", b"\0\0", b"\0\x80")),
        ),
        "other": (offset, struct.pack("<H", number) + random.choice(listed)[2][:8]),
    }
    at, written = damages[random.choice(list(damages))]
    changed = (stream[:at] + written + stream[at + len(written) :])[: len(stream)]
    return _with_stream(data, stream, changed)


def _with_stream(data: bytes, old: bytes, new: bytes) -> bytes:
    """Sector by sector: those that differ are replaced where they stand."""
    result = bytearray(data)
    for start in range(0, len(old), 512):
        before, after = old[start : start + 512], new[start : start + 512]
        if before != after and (at := data.find(before)) >= 0:
            result[at : at + len(after)] = after
    return bytes(result)


def in_text(data: bytes, random: Random) -> bytes:
    odd = random.choice((*ODD_TEXTS, '"', '""', ";", ",", "\t", "\n", "\r", "\r\n", "\0", "\ufeff", "§¹t"))
    encoded = odd.encode(random.choice(("utf-8", "utf-16-le", "cp1258")), "replace")
    at = random.randrange(len(data) + 1)
    return data[:at] + encoded + data[at + random.choice((0, 0, 1, len(encoded))) :]


def _flipped(piece: bytes, random: Random) -> bytes:
    changed = bytearray(piece)
    for _ in range(random.choice((1, 1, 3))):
        if changed:
            changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def _spliced(data: bytes, other: bytes, random: Random) -> bytes:
    return data[: random.randrange(len(data) + 1)] + other[random.randrange(len(other) + 1) :]
