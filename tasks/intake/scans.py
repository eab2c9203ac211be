"""Scans and pictures of a report: kept, typed by a person, never read. Knows what they may not carry.

Nothing here is decoded: the bytes wait for the person who types them, who opens them in a viewer. So what acts in a
viewer is refused, and what its name doesn't say, and a file that is another one as well.
"""

import re
import zlib
from collections.abc import Iterator
from enum import StrEnum
from pathlib import PurePath

from tasks.intake.refusals import Refused, damaged, too_large

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
    rb"/(JavaScript|Launch|EmbeddedFiles?|Rendition|RichMedia|SubmitForm|ImportData|GoToE|XFA)\b"
)
_SCRIPT = re.compile(rb"/(JS)(?=[\s(<\[/\d])")
_ENCRYPTED = re.compile(rb"/Encrypt(?=[\s<\[/\d])")
_STREAM = re.compile(rb"\bstream\r?\n.*?endstream", re.S)
_OBJECT_LISTS = re.compile(rb"/ObjStm\b(?:(?!\bstream\b).){0,2000}?\bstream\r?\n", re.S)
_PACKED_OTHERWISE = re.compile(rb"/(?:ASCII(?:85|Hex)|LZW|RunLength|Crypt)")
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
    lists = b"\n".join(_object_lists(data))
    text = _plain(data)
    outside = _plain(_STREAM.sub(b" ", data)) + _plain(lists)
    if _ENCRYPTED.search(outside):
        yield "FILE_ENCRYPTED", "mật khẩu"
    found = _ACTIVE.search(text) or _ACTIVE.search(_plain(lists)) or _SCRIPT.search(outside)
    if found:
        yield "FILE_HAS_MACRO", f"PDF có nội dung tự chạy hoặc tệp đính kèm: {found[1].decode()}"


def _plain(data: bytes) -> bytes:
    return _ESCAPED.sub(lambda escaped: bytes([int(escaped[1], 16)]), data)


def _object_lists(data: bytes) -> Iterator[bytes]:
    """Unpacked. Raises Refused for one that can't be looked through."""
    left = _MOST_UNPACKED_BYTES
    for head in _OBJECT_LISTS.finditer(data):
        if _PACKED_OTHERWISE.search(_plain(head[0])):
            raise damaged("PDF có phần không kiểm tra được")
        if b"/FlateDecode" not in data[max(head.start() - 500, 0) : head.end()]:
            continue  # unpacked already: its names stand in the file
        try:
            unpacked = zlib.decompressobj().decompress(data[head.end() :], left)
        except zlib.error as error:
            raise damaged("PDF có phần không kiểm tra được") from error
        left -= len(unpacked)
        if left <= 0:
            raise too_large("dung lượng sau khi giải nén vượt giới hạn")
        yield unpacked
