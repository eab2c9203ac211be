"""Scans come in, are never read, and may carry nothing that acts in the viewer of the person who types them."""

import io
import zlib
from pathlib import Path

import pytest
from PIL import Image

from domain.findings import Severity
from tasks.intake.preflight import LIMITS, examine
from tasks.intake.unkept import load
from tests.tasks.intake.packages import xlsx


def pdf(body: bytes = b"", trailer: bytes = b"") -> bytes:
    head = b"%PDF-1.4\n1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj\n"
    return head + body + b"\ntrailer <</Root 1 0 R " + trailer + b">>\nstartxref\n0\n%%EOF\n"


def picture(kind: str) -> bytes:
    data = io.BytesIO()
    Image.new("L", (3, 2)).save(data, kind)
    return data.getvalue()


def packed(names: bytes, look: bytes = b"/Filter /FlateDecode") -> bytes:
    inside = zlib.compress(names)
    return b"3 0 obj <</Type /ObjStm " + look + b" /N 1>> stream\r\n" + inside + b"\nendstream endobj"


def codes(data: bytes, name: str) -> list[str]:
    examined = examine(data, name)
    assert examined.format is None
    return [finding.code for finding in examined.findings]


SCANS = {
    "bc.pdf": pdf(), "BC.PDF": pdf(), "bc.jpg": picture("JPEG"), "bc.jpeg": picture("JPEG") + b"SEFT of a telephone",
    "bc.png": picture("PNG"), "bc.tif": picture("TIFF"), "bc.tiff": picture("TIFF"),
    "liên kết.pdf": pdf(b"4 0 obj <</S /URI /URI (http://example.vn)>> endobj"),
    "nén.pdf": pdf(packed(b"<</Type /Page>>")),
    "ảnh.pdf": pdf(b"5 0 obj <</Length 9>> stream\n(/JS (x) \nendstream endobj"),
    "đánh dấu.pdf": pdf(b"/EncryptMetadata false"),
}  # fmt: skip


@pytest.mark.parametrize("name", SCANS)
def test_a_scan_waits_to_be_typed(name: str) -> None:
    (finding,) = examine(SCANS[name], name).findings
    assert (finding.code, finding.severity) == ("FILE_TO_BE_TYPED", Severity.QUARANTINE)


HOSTILE = {
    "FILE_HAS_MACRO a script.pdf": pdf(b"<</S /JavaScript /JS (app.alert(1))>>"),
    "FILE_HAS_MACRO a script with an odd name.pdf": pdf(b"<</S /J#61vaScript /J#53 (x)>>"),
    "FILE_HAS_MACRO a script of a rendition.pdf": pdf(b"<</OP 0 /JS (x)>>"),
    "FILE_HAS_MACRO a program.pdf": pdf(b"<</OpenAction <</S /Launch /F (cmd.exe)>>>>"),
    "FILE_HAS_MACRO a file.pdf": pdf(b"<</Type /EmbeddedFile>>"),
    "FILE_HAS_MACRO packed.pdf": pdf(packed(b"<</S /JavaScript>>")),
    "FILE_HAS_MACRO packed and short.pdf": pdf(packed(b"<</JS (x)>>")),
    "FILE_ENCRYPTED a password.pdf": pdf(trailer=b"/Encrypt 9 0 R"),
    "FILE_DAMAGED packed otherwise.pdf": pdf(packed(b"x", b"/Filter [/ASCIIHexDecode /FlateDecode]")),
    "FILE_DAMAGED packed wrongly.pdf": pdf(packed(b"x").replace(zlib.compress(b"x"), b"abc")),
    "FILE_DAMAGED cut off.pdf": pdf()[:-8],
    "FILE_DAMAGED an archive behind.pdf": pdf() + xlsx(),
    "FILE_DAMAGED an archive behind.png": picture("PNG") + xlsx(),
    "FILE_DAMAGED an archive behind.jpg": picture("JPEG") + xlsx(),
    "FILE_DAMAGED cut off.png": picture("PNG")[:-4],
    "FILE_DAMAGED cut off.jpg": picture("JPEG")[:-2],
    "FILE_TYPE_UNKNOWN a picture.pdf": picture("JPEG"),
    "FILE_TYPE_UNKNOWN a document.jpg": pdf(),
    "FILE_TYPE_UNKNOWN a workbook.png": xlsx(),
    "FILE_TYPE_UNKNOWN a page.tif": b"<html></html>",
    "FILE_TYPE_UNKNOWN led by something.pdf": b"\n" + pdf(),
    "FILE_DAMAGED empty.pdf": b"",
    "FILE_DAMAGED zeroes.jpg": bytes(100),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_acts_or_is_not_what_it_says_is_refused(name: str) -> None:
    assert codes(HOSTILE[name], name) == [name.split()[0]]


@pytest.mark.parametrize("suffix", ["pdf", "jpg"])
def test_a_scan_may_be_larger_than_a_workbook_and_no_larger_than_its_own_limit(
    tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / f"bc.{suffix}"
    path.write_bytes(bytes(LIMITS.scan_bytes))
    assert load(path, path.name).data is not None
    path.write_bytes(bytes(LIMITS.scan_bytes + 1))
    assert load(path, path.name).data is None
    assert codes(path.read_bytes(), path.name) == ["FILE_TOO_LARGE"]
