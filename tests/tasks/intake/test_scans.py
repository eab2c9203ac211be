"""Scans come in, are never read, and may carry nothing that acts in the viewer of the person who types them."""

import io
import time
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


def packed(names: bytes, look: bytes = b"/Filter /FlateDecode", kind: bytes = b"/ObjStm") -> bytes:
    """A list of one object, its number and its place before it."""
    return listed(zlib.compress(b"3 0 " + names), look, kind)


def listed(inside: bytes, look: bytes, kind: bytes = b"/ObjStm") -> bytes:
    return b"3 0 obj <</Type " + kind + b" " + look + b" /N 1>> stream\r\n" + inside + b"\nendstream endobj"


def hidden(look: bytes, begin: bytes = b"stream\n", first: bytes = b"/First 4") -> bytes:
    """A list that runs a script and doesn't say by its type that it is one."""
    inside = zlib.compress(b"3 0 <</S /JavaScript /JS (x)>>")
    return (
        b"3 0 obj <</N 1 "
        + first
        + b" /Filter /FlateDecode "
        + look
        + b">>"
        + begin
        + inside
        + b"\nendstream endobj"
    )


def codes(data: bytes, name: str) -> list[str]:
    examined = examine(data, name)
    assert examined.format is None
    return [finding.code for finding in examined.findings]


LINK = b"4 0 obj <</S /URI /URI (http://example.vn)>> endobj"
SCANS = {
    "bc.pdf": pdf(), "BC.PDF": pdf(), "bc.jpg": picture("JPEG"), "bc.jpeg": picture("JPEG") + b"SEFT of a telephone",
    "bc.png": picture("PNG"), "bc.tif": picture("TIFF"), "bc.tiff": picture("TIFF"),
    "liên kết.pdf": pdf(LINK),
    "nén.pdf": pdf(packed(b"<</Type /Page>>")),
    "ảnh.pdf": pdf(b"5 0 obj <</Length 9>> stream\n(/JS (x) \nendstream endobj"),
    "mở ở trang đầu.pdf": pdf(b"<</OpenAction [3 0 R /XYZ null null 0]>>" + LINK),
    "mở ở trang đầu bằng lệnh.pdf": pdf(b"<</OpenAction <</S /GoTo /D [3 0 R /Fit]>>>>" + LINK),
    "mở ở trang đầu bằng lệnh ở chỗ khác.pdf": pdf(b"<</OpenAction 7 0 R>> 7 0 obj <</S/GoTo/D[3 0 R]>> endobj" + LINK),
    "mở ở trang đầu, nén.pdf": pdf(b"<</OpenAction 7 0 R>>" + packed(b"7 0 <</S/GoTo/D[3 0 R]>>")),
    "tên gần giống.pdf": pdf(b"<</AAPL (x) /AA (y) /OpenActions 1>>"),
    "mục lục và ảnh.pdf": pdf(
        b"5 0 obj <</First 6 0 R /Last 6 0 R>> endobj 7 0 obj <</FirstChar 1 /N 3>> stream\nx\nendstream endobj"
    ),
    "chữ stream.pdf": pdf(b"5 0 obj <</Title (a stream here)>> endobj" + packed(b"<</Type /Page>>")),
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
    "FILE_HAS_MACRO packed without its type.pdf": pdf(hidden(b"")),
    "FILE_HAS_MACRO packed without its type, with an odd name.pdf": pdf(hidden(b"", first=b"/#46irst 4")),
    "FILE_HAS_MACRO packed without its type, with a comment.pdf": pdf(hidden(b"", first=b"/First%\n4")),
    "FILE_HAS_MACRO packed, of many words.pdf": pdf(
        packed(b"<</S /JavaScript>>", b"/Filter /FlateDecode /A (%s)" % (b"x" * 3_000))
    ),
    "FILE_HAS_MACRO packed behind blanks.pdf": pdf(hidden(b"", b"stream  \n")),
    "FILE_HAS_MACRO packed without a line's end.pdf": pdf(hidden(b"", b"stream\r")),
    "FILE_HAS_MACRO packed behind a false stream.pdf": pdf(
        b"8 0 obj <</Length 25>> stream\nendstream <<>> stream\nabc endobj" + hidden(b"")
    ),
    "FILE_DAMAGED packed, with the word stream.pdf": pdf(hidden(b"/A (a stream here)")),
    "FILE_DAMAGED packed, with a false end.pdf": pdf(hidden(b"/A (endstream)")),
    "FILE_DAMAGED packed, its type before the word stream.pdf": pdf(
        hidden(b"/Type /ObjStm /A (stream)", first=b"")
    ),
    "FILE_HAS_MACRO packed, the rest elsewhere.pdf": pdf(hidden(b"", first=b"/First 9 0 R")),
    "FILE_HAS_MACRO packed, the rest elsewhere, with a false end.pdf": pdf(
        hidden(b"/A (endobj)", first=b"/First 9 0 R")
    ),
    "FILE_HAS_MACRO a link at opening.pdf": pdf(b"<</OpenAction <</S /URI /URI (http://example.vn)>>>>"),
    "FILE_HAS_MACRO a link at opening elsewhere.pdf": pdf(b"<</OpenAction 4 0 R>>" + LINK),
    "FILE_HAS_MACRO a link at opening packed.pdf": pdf(
        b"<</OpenAction 4 0 R>>" + packed(b"4 0 <</S/URI/URI(x)>>")
    ),
    "FILE_HAS_MACRO a link at opening with an odd name.pdf": pdf(b"<</Open#41ction <</S /U#52I /URI (x)>>>>"),
    "FILE_HAS_MACRO a link after the page.pdf": pdf(
        b"<</OpenAction <</S/GoTo/D[3 0 R]/Next<</S/URI/URI(x)>>>>>>"
    ),
    "FILE_HAS_MACRO a link of a page.pdf": pdf(
        b"<</Type /Page /AA <</O <</S /URI /URI (http://example.vn)>>>>>>"
    ),
    "FILE_HAS_MACRO actions of a page.pdf": pdf(b"<</Type /Page /AA 9 0 R>>"),
    "FILE_HAS_MACRO actions with an odd name.pdf": pdf(b"<</Type /Page /#41#41<</O 9 0 R>>>>"),
    "FILE_HAS_MACRO actions packed.pdf": pdf(packed(b"<</Type /Page/AA<</O 9 0 R>>>>")),
    "FILE_HAS_MACRO actions behind a false stream.pdf": pdf(b"%<<>>stream\n<</AA <</O 9 0 R>>>>\n%endstream"),
    "FILE_HAS_MACRO another file.pdf": pdf(b"<</S /GoToR /F (\\\\10.0.0.9\\a.pdf)>>"),
    "FILE_HAS_MACRO a film.pdf": pdf(b"<</Subtype /Movie /Movie <</F (http://example.vn/a)>>>>"),
    "FILE_ENCRYPTED a password.pdf": pdf(trailer=b"/Encrypt 9 0 R"),
    "FILE_DAMAGED packed otherwise.pdf": pdf(packed(b"x", b"/Filter [/ASCIIHexDecode /FlateDecode]")),
    "FILE_DAMAGED packed wrongly.pdf": pdf(listed(b"abc", b"/Filter /FlateDecode")),
    "FILE_DAMAGED packed twice.pdf": pdf(
        listed(zlib.compress(zlib.compress(b"3 0 <</AA 1 0 R>>")), b"/Filter [/FlateDecode /FlateDecode]")
    ),
    "FILE_DAMAGED packed by a short name.pdf": pdf(packed(b"<</AA 1 0 R>>", b"/Filter /Fl")),
    "FILE_DAMAGED packed under an odd name.pdf": pdf(packed(b"<</AA 1 0 R>>", kind=b"/Obj#53tm")),
    "FILE_DAMAGED packed in rows.pdf": pdf(
        listed(
            zlib.compress(b"\x023 0 <</A\x02A 1 0 R>>"),
            b"/Filter /FlateDecode /DecodeParms <</Predictor 12>>",
        )
    ),
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


LISTS = packed(b"<<>>").removesuffix(b"endstream endobj") * 1900
SLOW = {
    "lists": b"/ObjStm " * 2_300_000,
    "streams": b"stream\n" * 2_600_000,
    "signs by number": b"#41" * 6_000_000,
    "ends": b"%%EOF  " * 2_600_000,
    "actions": b"<</S/GoTo" * 2_000_000,
    "openings": b"/OpenAction 1 0 R 1 0 obj " * 700_000,
    "beginnings of lists": b"/First 1 0 R (" * 1_400_000,
    "short streams": b"/First 1 0 R stream endstream " * 60_000 + b"(" * 18_000_000,
    "lists without end": LISTS + bytes(19_000_000),
}


@pytest.mark.parametrize("name", SLOW)
def test_a_scan_made_to_be_slow_to_look_through_is_told_in_time(name: str) -> None:
    data = pdf(LINK + SLOW[name])
    begin = time.process_time()
    assert codes(data, "bc.pdf") in (["FILE_TO_BE_TYPED"], ["FILE_DAMAGED"], ["FILE_HAS_MACRO"])
    assert time.process_time() - begin < 3
