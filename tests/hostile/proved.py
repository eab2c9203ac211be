"""What a hostile prover got past the doors, or made them dear with: files of a class each, argued in one line.

Every file starts from the same correct report as those of unseen_*.py; when it was sent, each was read as something
else than it shows, let in, or refused without a word that helps.
"""

from collections.abc import Callable

from tests.hostile.unseen_form import DEBT, edited, parts_of, put
from tests.hostile.unseen_kit import UnseenFile, package
from tests.hostile.unseen_parts import part

SHEET, STRINGS = "xl/worksheets/sheet2.xml", "xl/sharedStrings.xml"
Make = Callable[[], bytes]


def _in_utf16(name: str) -> Make:
    return lambda: package({**parts_of(), name: _utf16(parts_of()[name])})


def _utf16(content: bytes) -> bytes:
    return content.decode().replace("UTF-8", "UTF-16").encode("utf-16")


def _row_twice() -> bytes:
    parts = parts_of()
    return package({**parts, SHEET: parts[SHEET].replace(b'<c r="F5"', b'</row><row r="5"><c r="F5"')})


_QUARANTINED: tuple[tuple[str, str, Make], ...] = (
    ("trang UTF-16.xlsx", "Excel shows this sheet, our reader takes it for an empty one: a part would vanish",
     _in_utf16(SHEET)),
    ("chữ dùng chung UTF-16.xlsx", "the same of all texts", _in_utf16(STRINGS)),
    ("sổ UTF-16.xlsx", "the same of the list of sheets", _in_utf16("xl/workbook.xml")),
    ("chương trình kèm theo.xlsx", "a program waits for whoever unpacks the archive",
     edited(part("xl/media/cai-dat.exe", b"MZ" + bytes(62)))),
    ("chương trình giả ảnh.xlsx", "the same under the name of a picture",
     edited(part("xl/media/image1.png", b"\x7fELF\x02\x01\x01" + bytes(57)))),
    ("ô ghi hai lần.xlsx", "two figures in one cell: Excel calls it damaged, we took the last one",
     edited(put(DEBT, "G5", xml='<c r="{r}"><v>4700</v></c><c r="{r}"><v>47</v></c>'))),
    ("hai giá trị một ô.xlsx", "the same with two values in one cell",
     edited(put(DEBT, "G5", xml='<c r="{r}"><v>4700</v><v>47</v></c>'))),
    ("dòng ghi hai lần.xlsx", "a row twice, each with a part of the cells: nobody can say which one holds",
     _row_twice),
    ("dấu cách ở Z65000.xlsx", "a blank typed far away makes 1.7 million cells: refused, and the cell is named",
     edited(put(DEBT, "Z65000", " "))),
    ("nợ 500000 cột.csv", "no office has so many columns, and no program of theirs shows them",
     lambda: b";".join(b"a%d" % n for n in range(500_000))),
)  # fmt: skip
FILES = tuple(UnseenFile(name, "proved", "quarantine", why, make) for name, why, make in _QUARANTINED)
