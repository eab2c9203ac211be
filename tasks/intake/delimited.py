"""CSV and TSV: which encoding, which separator, and the cells, all of them text.

Both are decided, never guessed: two readings that fit equally well are refused with the reason.
"""

import csv
import io
import unicodedata
from collections.abc import Iterator
from itertools import groupby, takewhile

from domain.reading.old_fonts import Script, script_without_font
from tasks.intake.doubts import TOO_SHORT, UNQUOTED
from tasks.intake.formats import FileFormat
from tasks.intake.formula_risks import refuse_outside
from tasks.intake.grid import Sheet, cell_name
from tasks.intake.refusals import Refused, damaged, too_large

SEPARATORS = {",": "dấu phẩy", ";": "dấu chấm phẩy", "\t": "dấu tab"}
_BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_VIETNAMESE = "ăâđêôơư" + unicodedata.normalize(
    "NFC", "".join(v + t for v in "aăâeêioôơuưy" for t in "\u0300\u0301\u0303\u0309\u0323")
)
_LETTERS_AND_SIGNS = frozenset(_VIETNAMESE + _VIETNAMESE.upper() + "\u00a0–—‘’“”…•·°×÷½¼¾±²³§€₫«»")
_OLD_ENCODINGS = {Script.TCVN3: "giống bảng mã TCVN3 (ABC)", Script.VNI: "giống bảng mã VNI"}
_ENOUGH = 20_000  # letters that tell an encoding
# Where the file is opened in a spreadsheet, which may pass over what doesn't show before it.
_BEGINS_A_FORMULA = tuple("=+-@＝＋－＠")
_UNSEEN = "\ufeff\u200b\u200c\u200d\u2060" + "".join(filter(str.isspace, map(chr, range(0x3001))))
# Of a sheet of Excel; as many as a workbook may hold that are filled. Understanding one takes up to 20 µs.
_MOST_COLUMNS, _MOST_CELLS = 16_384, 250_000
_BLOCK = 16  # rows: Excel leaves out separators at the end where a whole block has nothing behind them (its KB 77295)
_CONTROLS = frozenset(chr(code) for code in range(32)) - set("\t\r\n")


def read(data: bytes, file_format: FileFormat) -> Sheet:
    """The one sheet of a text file; its name is "" because the file has none. A blank field is None.

    Raises Refused where the encoding or the separator cannot be told.
    """
    text = decoded(data)
    _refuse_too_long(text)
    candidates = {"\t": "dấu tab"} if file_format is FileFormat.TSV else SEPARATORS
    tables = {separator: _table(text, separator) for separator in candidates}
    separator = _separator(tables)
    table = tables[separator] or []
    _refuse_too_large(table)
    width = _table_run(table)[1]
    # One field too many moves all behind it: such a row keeps its blanks, so that it shows.
    rows = tuple(_cells(row) if len(row) <= width else tuple(cell or None for cell in row) for row in table)
    for cell in (cell for row in rows for cell in row if cell):
        if not cell[0].isalnum() and (shown := cell.lstrip(_UNSEEN)).startswith(_BEGINS_A_FORMULA):
            refuse_outside(shown[1:])
    unquoted = [("A1", UNQUOTED)] if separator == "," and '"' not in text else []
    return Sheet(name="", rows=rows, doubts=(*_too_short(table, width), *unquoted))


def _refuse_too_long(text: str) -> None:
    """Before it stands in memory once for each separator. Blank lines at the end are taken off later."""
    filled = text.rstrip("".join(SEPARATORS) + ' \r\n"')
    lines = 1 + max(filled.count("\n"), filled.count("\r"))
    if lines > _MOST_CELLS:
        raise too_large(f"bảng có {lines} dòng")


def _refuse_too_large(table: list[list[str]]) -> None:
    """A sheet could not hold it. Blank lines at the end, as Excel leaves them, are taken off."""
    columns = max(map(len, table), default=0)
    if columns <= _MOST_COLUMNS:
        while table and not any(table[-1]):
            table.pop()
        columns = max(map(len, table), default=0)
    if columns > _MOST_COLUMNS or len(table) * columns > _MOST_CELLS:
        raise too_large(f"bảng có {len(table)} dòng x {columns} cột")


def decoded(data: bytes) -> str:
    """UTF-8 and UTF-16 by their mark, else UTF-8, else Windows-1258 if all of it is Vietnamese. Raises
    Refused.
    """
    encoding = next((name for mark, name in _BOMS.items() if data.startswith(mark)), "") or _without_mark(
        data
    )
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            raise damaged("nội dung không đúng bảng mã Unicode") from error
        text = _from_windows_1258(data)
    if not _CONTROLS.isdisjoint(text):
        raise damaged("có ký tự điều khiển trong tệp văn bản")
    return text


def _without_mark(data: bytes) -> str:
    """In UTF-16 every second byte of a separator or a digit is zero: the upper one. In padding both are."""
    first, second = data[::2].count(0), data[1::2].count(0)
    if len(data) % 2 or max(first, second) * 8 < len(data):
        return "utf-8"
    if second > 4 * first:
        return "utf-16-le"
    return "utf-16-be" if first > 4 * second else "utf-8"


def _from_windows_1258(data: bytes) -> str:
    """TCVN3 and VNI decode as Windows-1258 too, to letters that Vietnamese doesn't have (Đạt becomes §¹t)."""
    try:
        text = data.decode("cp1258")
    except UnicodeDecodeError as error:
        raise _not_unicode(data) from error
    composed = unicodedata.normalize("NFC", text)
    if any(not sign.isascii() and sign not in _LETTERS_AND_SIGNS for sign in composed):
        raise _not_unicode(data)
    return text


def _not_unicode(data: bytes) -> Refused:
    looks_like = _OLD_ENCODINGS.get(script_without_font(data.decode("latin-1")[:_ENOUGH]))
    return Refused("FILE_NOT_UNICODE", looks_like or "bảng mã không phải Unicode hoặc Windows-1258")


def readings_of(data: bytes) -> tuple[str, ...]:
    """Its text; where the encoding is refused, whatever the old ones make of it: for secrecy marks only."""
    try:
        return (decoded(data),)
    except Refused:
        return tuple(data.decode(encoding, "replace") for encoding in ("utf-8", "cp1258", "latin-1"))


def _table(text: str, separator: str) -> list[list[str]] | None:
    """The rows under this separator (RFC 4180 quotes); None where its quotes don't close."""
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error:
        return None


def _separator(tables: dict[str, list[list[str]] | None]) -> str:
    """The one under which the longest table shows.

    Raises Refused where two show tables of one length, and where the rows are of all lengths.
    """
    explained = {separator: _table_run(rows)[0] for separator, rows in tables.items() if rows is not None}
    if not explained:
        raise damaged("dấu ngoặc kép không đóng, hoặc một ô quá dài")
    best = max(explained.values())
    winners = [separator for separator, rows in explained.items() if rows == best]
    if best == 0:
        return winners[0]  # one column: every separator gives the same rows
    if len(winners) > 1:
        names = " hay ".join(SEPARATORS[separator] for separator in winners)
        raise damaged(f"không rõ cột phân cách bằng {names}")
    if _is_ragged(tables[winners[0]] or []):
        raise damaged("số cột không đều giữa các dòng")
    return winners[0]


def _is_ragged(rows: list[list[str]]) -> bool:
    """More rows of a width of their own than rows that stand beside others of theirs; titles of one field aside."""
    runs = [(width, sum(1 for _ in run)) for width, run in groupby(len(row) for row in rows if any(row))]
    alone = sum(length == 1 for width, length in runs if width > 1)
    beside = sum(length for width, length in runs if width > 1 and length > 1)
    return alone > max(1, beside)


def _table_run(rows: list[list[str]]) -> tuple[int, int]:
    """Length and width of the longest run of rows with one number of columns, two or more: the table. Blank lines don't
    end it."""
    runs = groupby(len(row) for row in rows if row)
    return max(((sum(1 for _ in run), width) for width, run in runs if width > 1), default=(0, 0))


def _too_short(table: list[list[str]], width: int) -> Iterator[tuple[str, str]]:
    """Rows that end early and filled, where blanks at the end are written out or every other row is full: a field was
    lost, and all behind it stand one column too far left. Header lines and a footer have few fields anyway."""
    full = [n for n, row in enumerate(table) if len(row) >= width > 1]
    short = [
        n for n, row in enumerate(table) if full[:1] < [n] and width < 2 * len(row) < 2 * width and row[-1]
    ]
    if len(short) == 1 or any(not table[n][-1] for n in full):
        for n in short:
            block = table[n - n % _BLOCK : n - n % _BLOCK + _BLOCK]
            if len(table[n]) < max(map(len, block)):
                yield cell_name(n, len(table[n])), TOO_SHORT


def _cells(row: list[str]) -> tuple[str | None, ...]:
    blank_at_the_end = sum(1 for _ in takewhile(lambda cell: cell == "", reversed(row)))
    return tuple(cell or None for cell in row[: len(row) - blank_at_the_end])
