"""The ZIP container, checked byte by byte before any reader opens it. Knows members, names, sizes; no
workbook.

`zipfile` only lists the members. Their bytes are inflated here, because zipfile stops at the size that the
header states while other readers go on to the end of the stream.
"""

import io
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import unquote
from xml.parsers import expat

from tasks.intake.refusals import Refused, damaged, too_large

CHUNK = 1 << 20
RATIO_COUNTS_FROM = 1 << 20  # below 1 MB unpacked a high ratio harms nobody
_END, _END_SIGNATURE = struct.Struct("<4s4H2LH"), b"PK\x05\x06"
_ENTRY, _ENTRY_SIGNATURE = struct.Struct("<4s6H3L5H2L"), b"PK\x01\x02"  # of the directory
_ELSEWHERE, _NOWHERE = b"\xff\xff\xff\xff", 0xFFFFFFFF
_ANOTHER_NAME = 0x7075  # a field with a name in UTF-8 that some readers go by; parts have names in ASCII
_LOCAL, _LOCAL_SIGNATURE = struct.Struct("<4s5H3L2H"), b"PK\x03\x04"
# What a disk of another system would read as another name (Windows drops dots and spaces at the end of one), and what
# leads out of the package.
_BAD_NAME = re.compile(r"^/|\\|^[A-Za-z]:|(^|/)\.\.?(/|$)|//|[. ](/|$)|[\x00-\x1f\x7f]")
_LONGEST_NAME = 255  # as of a file on any disk
# One start tag: 25,000 attributes take as long as a whole report.
_LONGEST_TAG = 200_000
_LONG_TAG = re.compile(rb"<[^<>]{%d}" % _LONGEST_TAG)
MARKUP = re.compile(rb"^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\x00\s]*<")
# Office programs write UTF-8 or UTF-16 (ECMA-376 part 2, 8.1.4); the rest is what old tools leave in a property part.
_ENCODINGS = frozenset(
    {"utf-8", "utf-16", "utf-16le", "utf-16be", "us-ascii", "iso-8859-1", "windows-1252", "windows-1258"}
)
# A part that begins as nearly all do, its root element and all: no document type can follow, and its encoding is known.
# Whether the rest is well-formed is for whoever parses it.
_USUAL_BEGIN = re.compile(
    rb'(?:\xef\xbb\xbf)?<\?xml version="1\.0" encoding="(?:UTF|utf)-8"(?: standalone="(?:yes|no)")?+\?>\s*+'
    rb'<[A-Za-z][\w:]*+(?:\s++[\w:]++="[^"<&]*+")*+\s*+/?>'
)
_MARKUP_NAMES = (".xml", ".rels", ".vml", ".rdf")


@dataclass(frozen=True)
class ContainerLimits:
    """Ten times what a weekly form needs (13 KB, 15 members, 150 KB unpacked) and more; still harmless.

    A scan is not opened, only kept: twenty pages at 300 dpi have 1 MB each at most.
    """

    file_bytes: int = 5_000_000
    scan_bytes: int = 20_000_000
    members: int = 500
    unpacked_bytes: int = 60_000_000
    ratio: int = 200
    cells: int = 1_000_000  # of the rectangle that a sheet spans


def members(data: bytes, limits: ContainerLimits) -> Iterator[tuple[str, bytes]]:
    """Every member with its content, in the order of the file. Raises Refused where the container is not
    sound.
    """
    directory = _directory_of(data)
    _refuse_many(data[directory], limits)
    listed = _listed(data, directory)
    _check_names(listed)
    budget = limits.unpacked_bytes
    for info in listed:
        content = _inflated(data, info, min(budget, _allowance(info, limits)))
        budget -= len(content)
        yield info.filename, content


def refuse_doctypes(parts: Mapping[str, bytes]) -> None:
    """Raises Refused where markup, by its name or its first sign, declares a document type."""
    for name, content in parts.items():
        if name.casefold().endswith(_MARKUP_NAMES) or MARKUP.match(content):
            _refuse_doctype(name, content)


def _refuse_many(directory: bytes, limits: ContainerLimits) -> None:
    """Before anything looks at one entry after the other; what the end of the file says of their number is a claim."""
    count = directory.count(_ENTRY_SIGNATURE)
    if count > limits.members:
        raise too_large(f"{count} thành phần, tối đa {limits.members}")


def _listed(data: bytes, directory: slice) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            listed = sorted(archive.infolist(), key=lambda info: info.header_offset)
            directory_at = archive.start_dir
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as error:
        raise damaged("không đọc được mục lục của tệp nén") from error
    if directory_at != directory.start or _is_of_zip64(data[directory]):
        raise damaged("tệp nén có hai mục lục")
    if not listed or listed[0].header_offset != 0:
        raise damaged("có dữ liệu lạ ở đầu tệp")
    ends = [info.header_offset + _LOCAL.size + info.compress_size for info in listed]
    starts = [info.header_offset for info in listed[1:]] + [directory_at]
    if any(end > start for end, start in zip(ends, starts, strict=True)):
        raise damaged("các thành phần chồng lên nhau")
    return listed


def _directory_of(data: bytes) -> slice:
    """Where it stands by the end of the file, which stands right behind it: neither cut off, nor padded, nor followed
    by something else. A second end, of ZIP64, would stand between the two, and may name another directory; who goes by
    that reads other parts. No report is of 4 GB."""
    at = data.rfind(_END_SIGNATURE)
    if at < 0 or len(data) - at < _END.size:
        raise damaged("tệp bị cắt cụt")
    *_, size, start, comment_length = _END.unpack_from(data, at)
    if at + _END.size + comment_length != len(data):
        raise damaged("có dữ liệu lạ ở cuối tệp")
    if start + size != at:
        raise damaged("tệp nén có hai mục lục")
    return slice(start, at)


def _is_of_zip64(directory: bytes) -> bool:
    """Whether a size or a place in it says: look elsewhere."""
    if _ELSEWHERE not in directory:
        return False
    at = 0
    while at + _ENTRY.size <= len(directory):
        *numbers, name, extra, comment, _, _, _, place = _ENTRY.unpack_from(directory, at)
        if _NOWHERE in (*numbers[-2:], place):
            return True
        at += _ENTRY.size + name + extra + comment
    return False


def _check_names(listed: list[zipfile.ZipInfo]) -> None:
    # orig_filename: zipfile cuts `filename` at a NUL, other readers don't.
    names = [unquote(info.orig_filename) for info in listed]
    if any(len(name) > _LONGEST_NAME or _BAD_NAME.search(name) or _has_no_shape(name) for name in names):
        raise damaged("tên thành phần không hợp lệ")
    # Wide letters and the like (NFKC) make no other name. Look-alikes of other scripts do: nobody takes them for one.
    folded = sorted(unicodedata.normalize("NFKC", name).casefold() for name in names)
    if any(one == other for one, other in pairwise(folded)):
        raise damaged("hai thành phần trùng tên")
    if any(stat.S_ISLNK(info.external_attr >> 16) for info in listed):
        raise damaged("một thành phần là liên kết tới tệp khác")
    if any(_has_field(info.extra, _ANOTHER_NAME) for info in listed):
        raise damaged("một thành phần mang hai tên")
    if any(info.flag_bits & 0x1 for info in listed):
        raise Refused("FILE_ENCRYPTED", "thành phần trong tệp nén bị mã hóa")


def _has_field(extra: bytes, kind: int) -> bool:
    at = 0
    while at + 4 <= len(extra):
        found, length = struct.unpack_from("<2H", extra, at)
        if found == kind:
            return True
        at += 4 + length
    return False


def _has_no_shape(name: str) -> bool:
    """A mark that isn't seen, or that turns the writing round."""
    return not name.isascii() and any(unicodedata.category(sign) in ("Cf", "Cc", "Cs") for sign in name)


def _allowance(info: zipfile.ZipInfo, limits: ContainerLimits) -> int:
    return max(RATIO_COUNTS_FROM, limits.ratio * info.compress_size)


def _inflated(data: bytes, info: zipfile.ZipInfo, most: int) -> bytes:
    """The member's bytes, never more than `most`; length and checksum must be what the directory states."""
    packed = _packed(data, info)
    if info.file_size > most:
        raise _too_much()
    if info.compress_type == zipfile.ZIP_STORED:
        content = packed
    elif info.compress_type == zipfile.ZIP_DEFLATED:
        content = _deflated(packed, most)
    else:
        raise damaged("kiểu nén lạ")
    if len(content) > most:
        raise _too_much()
    if len(content) != info.file_size or zlib.crc32(content) != info.CRC:
        raise damaged("nội dung không khớp mã kiểm tra")
    return content


def _too_much() -> Refused:
    return too_large("dung lượng sau khi giải nén vượt giới hạn")


def _packed(data: bytes, info: zipfile.ZipInfo) -> bytes:
    header = data[info.header_offset : info.header_offset + _LOCAL.size]
    if len(header) < _LOCAL.size or not header.startswith(_LOCAL_SIGNATURE):
        raise damaged("thiếu phần đầu của một thành phần")
    name_length, extra_length = _LOCAL.unpack(header)[-2:]
    start = info.header_offset + _LOCAL.size
    name = data[start : start + name_length]
    if name != info.orig_filename.encode("utf-8" if info.flag_bits & 0x800 else "cp437", "replace"):
        raise damaged("một thành phần mang hai tên")
    start += name_length + extra_length
    return data[start : start + info.compress_size]


def _deflated(packed: bytes, most: int) -> bytes:
    """Written into one buffer that grows: pieces would stand in memory twice when they are joined."""
    stream, content = zlib.decompressobj(-zlib.MAX_WBITS), io.BytesIO()
    try:
        while not stream.eof and content.tell() <= most:
            piece = stream.decompress(stream.unconsumed_tail if content.tell() else packed, CHUNK)
            if not piece and not stream.eof:
                raise damaged("một thành phần bị cắt cụt")
            content.write(piece)
    except zlib.error as error:
        raise damaged("một thành phần không giải nén được") from error
    if stream.unused_data:
        raise damaged("một thành phần có dữ liệu thừa")
    return content.getvalue()


class _RootReached(Exception):
    """A document type can stand only before the root element: nothing more to see."""


def _refuse_doctype(name: str, content: bytes) -> None:
    """Let the parser itself look, in whatever encoding; a search for bytes would miss UTF-16."""
    if len(content) > _LONGEST_TAG and _LONG_TAG.search(content):
        raise damaged(f"thành phần {name} có một thẻ XML quá dài")
    if _USUAL_BEGIN.match(content):
        return
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _on_doctype
    parser.StartElementHandler = _on_root
    parser.XmlDeclHandler = _on_declaration
    try:
        parser.Parse(content, True)
    except _RootReached:
        return
    except (
        expat.ExpatError,
        LookupError,
        ValueError,
    ) as error:  # the last two: an encoding that nobody knows
        raise damaged(f"thành phần {name} không phải XML hợp lệ") from error


def _on_doctype(*_: object) -> None:
    raise damaged("XML có khai báo DTD")


def _on_declaration(_version: str, encoding: str | None, _standalone: int) -> None:
    """An encoding of another name would be looked for on the disk, and every reader might know another one by it."""
    if encoding is not None and encoding.casefold() not in _ENCODINGS:
        raise damaged(f"bảng mã lạ trong XML: {encoding[:20]}")


def _on_root(*_: object) -> None:
    raise _RootReached
