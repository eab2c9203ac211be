"""What a hostile prover got past the doors, or made them dear with: files of a class each, argued in one line.

Every file starts from the same correct report as those of unseen_*.py; when it was sent, each was read as something
else than it shows, let in, or refused without a word that helps.
"""

import random
from collections.abc import Callable

from tests.hostile.unseen_form import DEBT, edited, parts_of, put
from tests.hostile.unseen_kit import UnseenFile, package
from tests.hostile.unseen_ods import ods
from tests.hostile.unseen_parts import part

SHEET, STRINGS = "xl/worksheets/sheet2.xml", "xl/sharedStrings.xml"
Make = Callable[[], bytes]


def _in_utf16(name: str) -> Make:
    return lambda: package({**parts_of(), name: _utf16(parts_of()[name])})


def _utf16(content: bytes) -> bytes:
    return content.decode().replace("UTF-8", "UTF-16").encode("utf-16")


def _noise(one: bytes, other: bytes) -> bytes:
    """A million tags in an order that doesn't pack to nothing."""
    order = random.Random(4)
    return b"<R>" + b"".join(order.choices((one, other), k=1_000_000)) + b"</R>"


def _row_twice() -> bytes:
    parts = parts_of()
    return package({**parts, SHEET: parts[SHEET].replace(b'<c r="F5"', b'</row><row r="5"><c r="F5"')})


def _beside(name: str, content: bytes) -> Make:
    """The report with one more part, packed as a file on the way is."""
    return lambda: package({**parts_of(), name: content})


def _many_sheets() -> bytes:
    sheet = b"<worksheet><sheetData>" + b"<row><c/><d/></row>" * 40_000 + b"</sheetData></worksheet>"
    return package({**parts_of(), **{f"xl/worksheets/x{n}.xml": sheet for n in range(20)}})


def _named(formula: bytes) -> Make:
    book, name = (
        "xl/workbook.xml",
        b'<definedNames><definedName name="x">' + formula + b"</definedName></definedNames>",
    )
    return lambda: package({**parts_of(), book: parts_of()[book].replace(b"</sheets>", b"</sheets>" + name)})


def _table(rows: str) -> str:
    return f'<table:table table:name="Bom">{rows}</table:table>'


_BLOCK = (
    '<table:table-row table:number-rows-repeated="9000"><table:table-cell table:number-columns-repeated="100" \
office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell></table:table-row>'
)
_BLANKS = (
    '<table:table-row><table:table-cell office:value-type="string"><text:p><text:s text:c="2000000000"/></text:p>\
</table:table-cell></table:table-row>'
)
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
    ("danh sách liên kết.xlsx", "a list of parts in our own process: 65 s and 3 GB for a file of 3 MB",
     lambda: package({**parts_of(), "xl/worksheets/_rels/sheet9.xml.rels": _noise(b"<a/>", b"<b/>")})),
    ("nhiều trang.xlsx", "each sheet had the limit of one: 60 of them took a minute", _many_sheets),
    ("tên gọi DDE viết CDATA.xlsx", "Excel starts what a name says, however it is written",
     _named(b"<![CDATA[cmd|'/c calc'!A0]]>")),
    ("tên gọi DDE viết bằng số.xlsx", "the same with a sign by its number", _named(b"cmd&#124;'/c calc'!A0")),
    ("bảng có công thức DDE.xlsx", "the same in a formula that a table's column keeps",
     _beside("xl/tables/table9.xml", b"<table><totalsRowFormula>cmd|'/c calc'!A0</totalsRowFormula></table>")),
    ("hình lấy từ ngoài.xlsx", "a drawing of a comment fetches a picture where the file is opened",
     _beside("xl/drawings/vmlDrawing9.vml", b'<xml xmlns:v="v"><v:imagedata src="http://evil.example/x.png"/></xml>')),
    ("ods khối ô lặp.ods", "ninety million cells in a hundred blocks, none of which is large: 645 MB in the child",
     lambda: ods(tables=_table(_BLOCK * 100))),
    ("ods hai tỷ dấu cách.ods", "a text of two thousand million blanks, written as one element: 531 MB",
     lambda: ods(tables=_table(_BLANKS))),
    ("hai triệu dòng.csv", "short lines, of which no sheet holds so many: 750 MB",
     lambda: b"a\n" * 2_400_000),
    ("công thức sau dấu tab.csv", "a spreadsheet passes over the tab and starts a program",
     lambda: "TT;Ghi chú\n1;\"\t=cmd|'/c calc'!A0\"\n2;b\n".encode()),
)  # fmt: skip
FILES = tuple(UnseenFile(name, "proved", "quarantine", why, make) for name, why, make in _QUARANTINED)
