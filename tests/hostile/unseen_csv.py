"""The debt table as text: every encoding and separator, quoting, line ends, and text that is no report.

A CSV carries one part (SEMANTICS, Submissions): here the debt. Row 5 holds the headings, row 6 the first project, so
its accepted volume is G6.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Callable
from decimal import Decimal

from tests.hostile.unseen_form import DEBT, DEBT_HEADINGS, DEBT_ROWS, Scalar, edited, put
from tests.hostile.unseen_kit import Outcome, UnseenFile, tcvn3

READ = (("", "G6", Decimal(4_700_000_000)), ("", "K8", Decimal(220_500_000)))
HEADER: list[list[Scalar]] = [
    ["Cơ quan/đơn vị báo cáo", "UBND xã Mỹ Hà"], ["Kỳ báo cáo", "12/04/2023"], ["Đơn vị tính", "triệu đồng"], [],
]  # fmt: skip
Change = Callable[[list[list[str]]], object]


def rows(*changes: Change) -> list[list[str]]:
    whole: list[list[Scalar]] = [*HEADER, list(DEBT_HEADINGS), *DEBT_ROWS]
    table = [[_shown(value) for value in row] for row in whole]
    table = [row + [""] * (len(DEBT_HEADINGS) - len(row)) for row in table]
    for change in changes:
        change(table)
    return table


def _shown(value: Scalar) -> str:
    return "" if value is None else str(value).replace(".", ",") if isinstance(value, Decimal) else str(value)


def text(*changes: Change, separator: str = ";", ends: str = "\r\n", quoting: int = csv.QUOTE_MINIMAL) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator=ends, quoting=quoting).writerows(rows(*changes))  # type: ignore[arg-type]
    return out.getvalue()


def _put(row: int, column: int, value: str) -> Change:
    return lambda table: table[row - 1].__setitem__(column - 1, value)


def _unquoted_commas() -> bytes:
    """Commas between the fields and, unquoted, inside 4850,5: no reader can tell which is which. Words are quoted."""

    def field(value: str) -> str:
        return value if value.replace(",", "").isdigit() or "," not in value else f'"{value}"'

    return "".join(",".join(map(field, row)) + "\r\n" for row in rows()).encode("utf-8-sig")


def _cp1258(value: str) -> bytes:
    """Windows-1258 writes a tone as a mark of its own after the vowel."""
    out = bytearray()
    for letter in value:
        out += _cp1258_letter(letter)
    return bytes(out)


def _cp1258_letter(letter: str) -> bytes:
    try:
        return letter.encode("cp1258")
    except UnicodeEncodeError:
        base, *marks = list(unicodedata.normalize("NFD", letter))
        shape = "".join(mark for mark in marks if mark in "\u0302\u0306\u031b")
        tones = "".join(mark for mark in marks if mark not in shape)
        return (unicodedata.normalize("NFC", base + shape) + tones).encode("cp1258")


def _many_lines() -> bytes:
    return text().encode("utf-8-sig") + b";;;;;;;;;;;;;;;;;\r\n" * 5000


def _wide() -> bytes:
    return text().encode("utf-8-sig") + b";" * 20_000_000


_READ: tuple[tuple[str, str, Callable[[], bytes]], ...] = (
    ("nợ UTF-8 BOM.csv", "semicolons, UTF-8 with a BOM: Excel's own", lambda: text().encode("utf-8-sig")),
    ("nợ UTF-8 không BOM.csv", "the same without a BOM", lambda: text().encode()),
    ("nợ UTF-16 LE tab.csv", "Excel's 'Unicode text': UTF-16 and tabs, named .csv",
     lambda: b"\xff\xfe" + text(separator="\t").encode("utf-16-le")),
    ("nợ UTF-16 BE.csv", "big-endian UTF-16 with its BOM", lambda: b"\xfe\xff" + text().encode("utf-16-be")),
    ("nợ cp1258.csv", "Windows-1258, tones as marks of their own", lambda: _cp1258(text())),
    ("nợ tab.tsv", "tabs, UTF-8", lambda: text(separator="\t").encode()),
    ("nợ dấu phẩy có nháy.csv", "commas, every field quoted, decimal commas inside the quotes",
     lambda: text(separator=",", quoting=csv.QUOTE_ALL).encode("utf-8-sig")),
    ("nợ sep đầu tệp.csv", "a first line sep=; for Excel is no row of the table",
     lambda: b"sep=;\r\n" + text().encode()),
    ("nợ xuống dòng kiểu Mac.csv", "lines end in CR alone", lambda: text(ends="\r").encode("utf-8-sig")),
    ("nợ ghi chú nhiều dòng.csv", "a quoted field with line breaks, semicolons and doubled quotes",
     lambda: text(_put(6, 18, 'Chờ "quyết toán";\nđã gửi hồ sơ\r\nlần 2')).encode("utf-8-sig")),
    ("nợ NFD.csv", "decomposed Unicode, from a Mac",
     lambda: unicodedata.normalize("NFD", text()).encode("utf-8-sig")),
    ("nợ 5000 dòng trống.csv", "five thousand empty lines at the end, as Excel leaves them", _many_lines),
    ("nợ chữ số toàn khổ.csv", "full-width digits in one sum",
     lambda: text(_put(6, 7, "４７００")).encode("utf-8-sig")),
)  # fmt: skip
_READ_PLACES = {"nợ sep đầu tệp.csv": ()}
_RETURNED: tuple[tuple[str, str, Callable[[], bytes], tuple[tuple[str, str], ...]], ...] = (
    ("nợ phẩy không nháy.csv", "decimal commas that are separators too: rows longer than the headings, sums shifted",
     _unquoted_commas, ()),
    ("nợ hai kiểu viết.csv", "1,250.0 beside 4.700,0",
     lambda: text(_put(6, 7, "4.700,0"), _put(7, 5, "1,250.0")).encode("utf-8-sig"), (("", "E7"),)),
    ("nợ một dấu chấm.csv", "4.700 under triệu đồng: two readings",
     lambda: text(_put(6, 7, "4.700")).encode("utf-8-sig"), (("", "G6"),)),
    ("nợ lỗi REF.csv", "an error value saved as text", lambda: text(_put(6, 7, "#REF!")).encode(), (("", "G6"),)),
    ("nợ TRUE.csv", "TRUE where a sum is needed", lambda: text(_put(7, 7, "TRUE")).encode(), (("", "G7"),)),
    ("nợ dòng thừa ô.csv", "one row with a field more than there are headings: which one is too many?",
     lambda: text(lambda t: t[6].insert(6, "99")).encode("utf-8-sig"), ()),
    ("nợ thăng hoa.csv", "##### is what a narrow column prints, not a sum",
     lambda: text(_put(6, 7, "#####")).encode("utf-8-sig"), (("", "G6"),)),
    ("nợ thiếu đơn vị.csv", "no unit anywhere", lambda: text(lambda t: t.pop(2)).encode("utf-8-sig"), ()),
    ("nợ trống.csv", "the headings and no row", lambda: text(lambda t: t.__delitem__(slice(5, None))).encode(), ()),
    ("nợ công thức chữ.csv", "=SUM(H6:M6) as text has no value", lambda: text(_put(6, 7, "=SUM(H6:M6)")).encode(),
     (("", "G6"),)),
)  # fmt: skip
_QUARANTINED: tuple[tuple[str, str, Callable[[], bytes], str], ...] = (
    ("nợ byte 0 ở cuối.csv", "padded with nulls: a transfer that broke", lambda: text().encode() + bytes(4096), ""),
    ("nợ UTF-16 lẻ byte.csv", "UTF-16 cut in the middle of a letter",
     lambda: (b"\xff\xfe" + text().encode("utf-16-le"))[:-1], ""),
    ("nợ toàn byte lạ.csv", "bytes that are no text in any accepted encoding",
     lambda: bytes(range(256)) * 8, ""),
    ("bảng tính đổi đuôi.csv", "a workbook named .csv: magic bytes against extension",
     edited(put(DEBT, "R6", "csv")), ""),
    ("PDF đổi đuôi.csv", "a PDF named .csv", lambda: b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n", ""),
    ("nợ của xã khác.csv", "the header names Mỹ Thịnh",
     lambda: text(_put(1, 2, "UBND xã Mỹ Thịnh")).encode("utf-8-sig"), ""),
    ("nợ tuần khác.csv", "the header names the next week", lambda: text(_put(2, 2, "19/04/2023")).encode(), ""),
    ("nợ có dấu độ.csv", "TỐI MẬT in a note", lambda: text(_put(6, 18, "TỐI MẬT")).encode("utf-8-sig"), ""),
    ("nợ TCVN3.csv", "TCVN3 bytes: a CSV has no fonts, no heading is recognisable",
     lambda: tcvn3(text()).encode("latin-1", "replace"),
     "'without a font, asked' suggests a return; but reporter, week and form can't be read for certain, so the asking "
     "is done from quarantine"),
    ("nhật ký máy.csv", "text without any heading of a form", lambda: b"2023-04-12 08:00:01 INFO start\n" * 40, ""),
    ("nợ một dòng 20 MB.csv", "twenty million empty fields in one line: not a report's size", _wide, ""),
    ("nợ DDE.csv", "=cmd|'/c calc'!A0 runs a program where the CSV is opened in Excel",
     lambda: text(_put(6, 18, "=cmd|'/c calc'!A0")).encode("utf-8-sig"),
     "DDE is named under containers; a note column could be carried as text, but the next who opens the archived file "
     "runs it"),
)  # fmt: skip


def _csv(name: str, outcome: Outcome, why: str, make: Callable[[], bytes], **more: object) -> UnseenFile:
    return UnseenFile(name, "CSV", outcome, why, make, **more)  # type: ignore[arg-type]


FILES = (
    *(_csv(name, "accept", why, make, expects=_READ_PLACES.get(name, READ)) for name, why, make in _READ),
    *(_csv(name, "return", why, make, faults=faults) for name, why, make, faults in _RETURNED),
    *(_csv(name, "quarantine", why, make, open_question=asked) for name, why, make, asked in _QUARANTINED),
)  # fmt: skip
