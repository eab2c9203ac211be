"""Files that are no table at all: scans, pictures, programs, archives, letters.

A scan or a picture is registered as received and queued for typing, which is a place in quarantine; everything else
is no accepted format.
"""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Callable

from tests.hostile.unseen_form import DEBT, edited, put
from tests.hostile.unseen_kit import Member, UnseenFile, zip_bytes
from tests.hostile.unseen_parts import PNG

TYPED = "received, queued for typing"


def pdf(extra: str = "", trailer: str = "") -> bytes:
    """One empty page; extra goes into the catalogue."""
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {extra} >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    end = (f"xref\n0 4\n0000000000 65535 f \n{table}trailer\n<< /Size 4 /Root 1 0 R {trailer} >>\n"
           f"startxref\n{len(out)}\n%%EOF\n")  # fmt: skip
    return out + end.encode()


def _png(width: int, height: int) -> bytes:
    """A picture of this claimed size with one line of data: a bomb for whoever unpacks it."""
    head = struct.pack(">2I5B", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b""))
    packed = (struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d)) for n, d in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


def _noise(seed: int, size: int) -> bytes:
    return random.Random(seed).randbytes(size)


_JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0" + bytes(64) + b"\xff\xd9"
_TIFF = b"II*\0\x08\0\0\0\0\0\0\0\0\0"
_HEIC = b"\0\0\0\x18ftypheic\0\0\0\0heicmif1" + bytes(64)
_EXE = b"MZ" + bytes(58) + struct.pack("<I", 64) + b"PE\0\0" + bytes(400)
_LNK = bytes.fromhex("4c0000000114020000000000c000000000000046") + bytes(56)
_RTF = rb"{\rtf1\ansi{\*\objdata 01050000}B\'e1o c\'e1o}"
_MAIL = "From: xa@example.org\r\nSubject: BC tuan\r\nContent-Type: text/plain\r\n\r\nGui bao cao\r\n"
_TYPED: tuple[tuple[str, str, Callable[[], bytes]], ...] = (
    ("bản quét.pdf", "a scan", pdf),
    ("bản quét có JavaScript.pdf", "a scan that runs a script when opened; it is never opened here",
     lambda: pdf("/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>")),
    ("bản quét có password.pdf", "an encrypted PDF: registered, a person asks for it again",
     lambda: pdf(trailer="/Encrypt 9 0 R")),
    ("bản quét cụt.pdf", "a PDF cut short", lambda: pdf()[:120]),
    ("ảnh chụp.jpg", "a photograph of the form", lambda: _JPEG),
    ("ảnh màn hình.png", "a screenshot", lambda: PNG),
    ("ảnh 60000 x 60000.png", "a picture that claims 3.6 thousand million points; nobody unpacks it",
     lambda: _png(60_000, 60_000)),
    ("bản fax.tif", "a fax", lambda: _TIFF),
    ("ảnh iPhone.heic", "a photograph from a telephone", lambda: _HEIC),
)  # fmt: skip
_REFUSED: tuple[tuple[str, str, Callable[[], bytes]], ...] = (
    ("PDF đổi đuôi.xlsx", "a PDF named .xlsx", lambda: pdf("/Lang (vi)")),
    ("ảnh đổi đuôi.xlsx", "a picture named .xlsx", lambda: PNG + b"\0"),
    ("chương trình.exe", "a program", lambda: _EXE),
    ("báo cáo.xlsx.exe", "a program behind a second extension", lambda: _EXE + bytes(16)),
    ("chương trình đổi đuôi.xlsx", "a program named .xlsx", lambda: _EXE + bytes(32)),
    ("lối tắt.lnk", "a Windows shortcut runs what it points at", lambda: _LNK),
    ("báo cáo.zip", "an archive around the report: whose content nobody has stated",
     lambda: zip_bytes([Member("Báo cáo.xlsx", edited()())])),
    ("báo cáo.rar", "an archive no reader opens", lambda: b"Rar!\x1a\x07\x01\0" + _noise(1, 300)),
    ("báo cáo.7z", "an archive no reader opens", lambda: b"7z\xbc\xaf\x27\x1c\0\4" + _noise(2, 300)),
    ("văn bản.rtf", "rich text with an object inside", lambda: _RTF),
    ("thư.eml", "a letter instead of a report", _MAIL.encode),
    ("không đuôi", "no extension: what it is meant to be is unknown", edited(put(DEBT, "R5", "không đuôi"))),
    ("nhiễu.xlsx", "random bytes (seeded)", lambda: _noise(3, 5000)),
    ("nhiễu sau đầu zip.xlsx", "random bytes behind a zip's first letters", lambda: b"PK\3\4" + _noise(4, 5000)),
    ("nhiễu.xls", "random bytes behind an OLE header", lambda: bytes.fromhex("d0cf11e0a1b11ae1") + _noise(5, 5000)),
    ("nhị phân.xlsb", "a binary workbook is no accepted format",
     lambda: zip_bytes([Member("xl/workbook.bin", b"\x83\1")])),
    ("có macro.xlsm", "the extension of a macro-enabled workbook, even without a macro inside",
     edited(put(DEBT, "R5", "xlsm"))),
    ("~$Báo cáo tuần.xlsx", "the lock file Excel leaves beside an open workbook",
     lambda: b"\x07Van thu" + b" " * 46 + b"\x07\0V\0a\0n\0" + b" \0" * 51),
)  # fmt: skip
_ASKED = {
    "không đuôi": "a colleague would try it; but 'magic bytes against extension' has nothing to compare",
    "có macro.xlsm": "could be read as the .xlsx it is; .xlsm is in no list of accepted formats and its type disagrees",
    "~$Báo cáo tuần.xlsx": "might be skipped silently; a file that arrived must be answered for",
}
FILES = (
    *(UnseenFile(name, "scans and pictures", "quarantine", f"{why} ({TYPED})", make) for name, why, make in _TYPED),
    *(UnseenFile(name, "other formats", "quarantine", why, make, open_question=_ASKED.get(name, ""))
      for name, why, make in _REFUSED),
)  # fmt: skip
