"""What a hostile prover got past the doors, or made them dear with: files of a class each, argued in one line.

Every file starts from the same correct report as those of unseen_*.py; when it was sent, each was read as something
else than it shows, let in, or refused without a word that helps.
"""

from collections.abc import Callable

from tests.hostile.unseen_form import edited, parts_of
from tests.hostile.unseen_kit import UnseenFile, package
from tests.hostile.unseen_parts import part

SHEET, STRINGS = "xl/worksheets/sheet2.xml", "xl/sharedStrings.xml"
Make = Callable[[], bytes]


def _in_utf16(name: str) -> Make:
    return lambda: package({**parts_of(), name: _utf16(parts_of()[name])})


def _utf16(content: bytes) -> bytes:
    return content.decode().replace("UTF-8", "UTF-16").encode("utf-16")


_QUARANTINED: tuple[tuple[str, str, Make], ...] = (
    ("trang UTF-16.xlsx", "Excel shows this sheet, our reader takes it for an empty one: a part would vanish",
     _in_utf16(SHEET)),
    ("chữ dùng chung UTF-16.xlsx", "the same of all texts", _in_utf16(STRINGS)),
    ("sổ UTF-16.xlsx", "the same of the list of sheets", _in_utf16("xl/workbook.xml")),
    ("chương trình kèm theo.xlsx", "a program waits for whoever unpacks the archive",
     edited(part("xl/media/cai-dat.exe", b"MZ" + bytes(62)))),
    ("chương trình giả ảnh.xlsx", "the same under the name of a picture",
     edited(part("xl/media/image1.png", b"\x7fELF\x02\x01\x01" + bytes(57)))),
)  # fmt: skip
FILES = tuple(UnseenFile(name, "proved", "quarantine", why, make) for name, why, make in _QUARANTINED)
