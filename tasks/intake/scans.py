"""Scans and pictures of a report: kept, typed by a person, never read. Knows what they may not carry.

Nothing here is decoded: the bytes wait for the person who types them, who opens them in a viewer. So what acts in a
viewer is refused, and what its name doesn't say, and a file that is another one as well.
"""

import re
import zlib
from collections.abc import Iterator
from enum import StrEnum
from itertools import islice
from pathlib import PurePath

from tasks.intake.refusals import Refused, damaged, too_large

_PIECE = 1 << 16
_MOST_UNPACKED_BYTES = 30_000_000  # of a PDF's lists of objects; a scan has a few KB of them


class ScanFormat(StrEnum):
    PDF = "pdf"
    JPEG = "jpg"
    PNG = "png"
    TIFF = "tif"

    @classmethod
    def of_name(cls, file_name: str) -> "ScanFormat | None":
        """What the extension proposes; None for one that is no scan."""
        return _BY_SUFFIX.get(PurePath(file_name).suffix.casefold())


_BY_SUFFIX = {
    ".pdf": ScanFormat.PDF,
    ".jpg": ScanFormat.JPEG,
    ".jpeg": ScanFormat.JPEG,
    ".png": ScanFormat.PNG,
    ".tif": ScanFormat.TIFF,
    ".tiff": ScanFormat.TIFF,
}
# How each begins, the only place where a viewer must look; and what must stand somewhere before its end (a telephone
# may add to a JPEG; in a TIFF the end may be anything).
_BEGINS = {
    ScanFormat.PDF: re.compile(rb"%PDF-[12]\."),
    ScanFormat.JPEG: re.compile(rb"\xff\xd8\xff"),
    ScanFormat.PNG: re.compile(rb"\x89PNG\r\n\x1a\n"),
    ScanFormat.TIFF: re.compile(rb"II\*\0|MM\0\*|II\+\0|MM\0\+"),
}
_ENDS = {
    ScanFormat.PDF: re.compile(rb"%%EOF[\s\0]*\Z"),
    ScanFormat.JPEG: re.compile(rb"\xff\xd9"),
    ScanFormat.PNG: re.compile(rb"IEND\xaeB`\x82\Z"),
}
# A ZIP is read from its end: behind any head it is an archive as well, for whoever opens it as one.
_END_OF_ZIP, _LONGEST_END_OF_ZIP = b"PK\x05\x06", 22 + 65_535

# Long names can't be met by chance in a picture's bytes; /JS can, so it is looked for where no stream is.
_ACTIVE = re.compile(
    rb"/(JavaScript|Launch|EmbeddedFiles?|Rendition|RichMedia|Movie|SubmitForm|ImportData|GoTo[ER]|XFA)\b"
    rb"|/(AA)\s*(?:<<|\d+\s+\d+\s+R\b)"
)
_SCRIPT = re.compile(rb"/(JS)(?=[\s(<\[/\d])")
# A link waits for a click, but for one that is followed when the file is opened. Most lead to a page there.
_OPENING, _LINK = re.compile(rb"/OpenAction\b"), re.compile(rb"/URI\b")
_ELSEWHERE = re.compile(rb"\s*(\d+)\s+(\d+)\s+R\b")
_TO_A_PAGE = re.compile(rb"\s*(?:\[|<<(?![^<>]*/Next\b)[^<>]*/S\s*/GoTo\b[^<>]*>>)")
_MOST_OPENINGS = 20  # one for each time that the file was saved
_ENCRYPTED = re.compile(rb"/Encrypt(?=[\s<\[/\d])")
_LIST = b"/ObjStm"
_STREAM, _END_OF_STREAM = re.compile(rb"\bstream\r?\n.*?endstream", re.S), b"endstream"
# What begins a stream, and what ends one: a viewer goes by lengths and not by these, and takes either for the other.
_WORD = b"stream"
_BEGIN_OF_STREAM = re.compile(rb" *(?:\r\n|\n|\r)?")
# Only a list of objects says by a number where its first one begins; that of an outline is another object.
_FIRST = re.compile(rb"/First(?=[\s\0(\[<%/>])([\s\0]+\d+[\s\0]+\d+[\s\0]+R\b)?")
_STRING = re.compile(rb"\((?:[^()\\]|\\.)*+\)", re.S)
_PACKED_OTHERWISE = re.compile(rb"/(?:ASCII(?:85|Hex)|LZW|RunLength|Crypt)")
# The number of its first object, and where that begins.
_BEGIN_OF_LIST = re.compile(rb"\s*(?:\d+\s+\d+\s|\Z)")
# Of a scan of 20 MB: one list for every hundred objects, 80,000 of this sign among its pictures' bytes.
_MOST_LISTS, _MOST_STREAMS, _MOST_ESCAPES = 2_000, 100_000, 1_000_000
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


def risks(data: bytes, kind: ScanFormat) -> Iterator[tuple[str, str]]:
    """(code, what was found) for each thing that is not accepted. Raises Refused for what is not the kind it says."""
    if not _BEGINS[kind].match(data):
        raise Refused("FILE_TYPE_UNKNOWN", f"nội dung không phải tệp .{kind}")
    if kind in _ENDS and not _ENDS[kind].search(data):
        raise damaged("tệp bị cắt cụt hoặc có dữ liệu lạ ở cuối")
    if _END_OF_ZIP in data[-_LONGEST_END_OF_ZIP:]:
        raise damaged("tệp chứa thêm một tệp nén")
    if kind is ScanFormat.PDF:
        yield from _pdf_risks(data)


def _pdf_risks(data: bytes) -> Iterator[tuple[str, str]]:
    """Names may be written with #xx for any letter, and stand in packed lists of objects."""
    plain = _plain(data)
    if not data.count(_LIST) == plain.count(_LIST) <= _MOST_LISTS:
        raise _unseen()
    lists = _plain(b"\n".join(_object_lists(data)))
    outside = _without_streams(plain) + lists
    if _ENCRYPTED.search(outside):
        yield "FILE_ENCRYPTED", "mật khẩu"
    found = _ACTIVE.search(plain) or _ACTIVE.search(lists) or _SCRIPT.search(outside)
    if found:
        yield (
            "FILE_HAS_MACRO",
            f"PDF có nội dung tự chạy hoặc tệp đính kèm: {found[found.lastindex or 0].decode()}",
        )
    elif _opens_a_link(plain, lists):
        yield "FILE_HAS_MACRO", "PDF tự mở liên kết: OpenAction"


def _plain(data: bytes) -> bytes:
    if data.count(b"#") > _MOST_ESCAPES:
        raise _unseen()
    return _ESCAPED.sub(lambda escaped: bytes([int(escaped[1], 16)]), data)


def _without_streams(data: bytes) -> bytes:
    """Behind the last end every beginning would be followed to the end of the file."""
    end = data.rfind(_END_OF_STREAM) + len(_END_OF_STREAM)
    return _STREAM.sub(b" ", data[:end]) + data[end:] if end >= len(_END_OF_STREAM) else data


def _opens_a_link(plain: bytes, lists: bytes) -> bool:
    """Whether one may be followed at once. Where what happens at opening isn't seen, any link will do."""
    text = plain + lists
    if not _LINK.search(text):
        return False
    openings = list(islice(_OPENING.finditer(text), _MOST_OPENINGS + 1))
    seen = b"" if _LINK.search(lists) else plain  # what is packed may replace what is not
    return len(openings) > _MOST_OPENINGS or not all(
        _leads_to_a_page(text, at.end(), seen) for at in openings
    )


def _leads_to_a_page(text: bytes, at: int, seen: bytes) -> bool:
    elsewhere = _ELSEWHERE.match(text, at)
    if elsewhere is None:
        return _TO_A_PAGE.match(text, at) is not None
    objects = re.finditer(rb"\b%s\s+%s\s+obj\b" % elsewhere.groups(), seen)
    led = [_TO_A_PAGE.match(seen, found.end()) is not None for found in objects]
    return bool(led) and all(led)


def _object_lists(data: bytes) -> Iterator[bytes]:
    """Unpacked. Raises Refused for one that can't be looked through."""
    left, lists = _MOST_UNPACKED_BYTES, 0
    for before, at in _streams(data):
        if not _is_list(before):
            continue
        lists += 1
        if lists > _MOST_LISTS or at is None or _PACKED_OTHERWISE.search(before):
            raise _unseen()
        if b"/FlateDecode" in before:
            content = _unpacked(memoryview(data)[at:], left)
            left -= len(content)
            yield content
        else:  # its names stand in the file
            content = data[at : at + 100]
        if not _BEGIN_OF_LIST.match(content):
            raise _unseen()


def _streams(data: bytes) -> Iterator[tuple[bytes, int | None]]:
    """What stands before each word that may begin a stream, since the one before it, and where that stream begins; None
    where the word ends one."""
    if data.count(_WORD) > _MOST_STREAMS:
        raise _unseen()
    since, at = 0, data.find(_WORD)
    while at >= 0:
        end = at + len(_WORD)
        begins = _BEGIN_OF_STREAM.match(data, end) if data[at - 3 : at] != b"end" else None
        yield _plain(data[since:at]), begins.end() if begins else None
        since, at = end, data.find(_WORD, end)


def _is_list(before: bytes) -> bool:
    """By its type or by a number; where the number is another object, if no object ends before the stream."""
    if _LIST in before:
        return True
    found = list(_FIRST.finditer(before)) if b"/First" in before else []
    if not all(first[1] for first in found):
        return True
    return bool(found) and b"endobj" not in _STRING.sub(b"", before[found[-1].end() :])


def _unpacked(packed: memoryview, most: int) -> bytes:
    """In pieces: what follows its end would be copied, for every list."""
    stream, content = zlib.decompressobj(), b""
    try:
        for at in range(0, len(packed), _PIECE):
            content += stream.decompress(
                stream.unconsumed_tail + packed[at : at + _PIECE], most - len(content)
            )
            if len(content) >= most:
                raise too_large("dung lượng sau khi giải nén vượt giới hạn")
            if stream.eof:
                break
    except zlib.error as error:
        raise _unseen() from error
    return content


def _unseen() -> Refused:
    return damaged("PDF có phần không kiểm tra được")
