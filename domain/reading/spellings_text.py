"""Texts in odd encodings and what becomes of them: the lines of docs/reading.md on letters, each run by a test."""

from domain.reading.cell import Cell, Reading
from domain.reading.old_fonts import settled
from domain.reading.spellings import Spelling, SpellingTable
from domain.reading.text import read_text

_NO_FONT = "ô không dùng phông .Vn"


def read_in_its_font(cell: Cell) -> Reading[str]:
    """One cell alone, as if the file had no other; its note is that of its font."""
    if not isinstance(cell.value, str):
        return read_text(cell)
    text, old = settled(cell.value, cell.font)
    reading = read_text(Cell(text, cell.number_format, formula=cell.formula, old=old))
    if old and old.is_read:
        return Reading(reading.value, reading.raw, old.code, old.facts)
    return reading


UNICODE = SpellingTable(
    kind="text",
    title="Chữ: Unicode và ký tự đặc biệt",
    intro="Chữ Unicode được đọc dù gõ bằng cách nào; chữ gốc vẫn được lưu cạnh giá trị đã đọc.",
    read=read_in_its_font,
    shown=str,
    spellings=(
        Spelling("Chưa đạt", "Chưa đạt"),
        Spelling("Ch\u01b0a \u0111a\u0323t", "Chưa đạt", where="Unicode tổ hợp (dấu gõ rời)"),
        Spelling("Ðạt", "Đạt", where="chữ Ð (U+00D0) trông giống Đ"),
        Spelling("\u200bĐạt\ufeff", "Đạt", where="có ký tự không nhìn thấy"),
        Spelling("Chưa\u00a0đạt", "Chưa đạt", where="dấu cách không ngắt dòng"),
        Spelling("  Chưa   đạt ", "Chưa đạt", where="thừa dấu cách"),
        Spelling("１２，５％", "12,5%", where="chữ và số toàn khổ"),
        Spelling("hoà giải", "hoà giải", where="so với danh sách thì hoà và hòa là một"),
        Spelling("850 m²", "850 m²"),
        Spelling("50±2 °C", "50±2 °C"),
        Spelling("½", "½"),
        Spelling("Word®", "Word®"),
        Spelling("#REF!", "", "CELL_ERROR_VALUE"),
    ),
)
OLD_FONTS = SpellingTable(
    kind="old_font",
    title="Chữ: phông cũ TCVN3 (ABC) và VNI",
    intro="Chữ trong phông .Vn được đọc theo TCVN3. Chữ VNI không được đọc: đề nghị chuyển sang Unicode.",
    read=read_in_its_font,
    shown=str,
    spellings=(
        Spelling("§¹t", "Đạt", "READ_FROM_TCVN3", font=".VnTime"),
        Spelling("C¬ b¶n ®¹t", "Cơ bản đạt", "READ_FROM_TCVN3", font=".VnArial Narrow"),
        Spelling("Ch\u00ada ®¹t", "Chưa đạt", "READ_FROM_TCVN3", font=".VnTime", where="ư lưu là dấu nối ẩn"),
        Spelling("x· mü hµ", "XÃ MỸ HÀ", "READ_FROM_TCVN3", font=".VnTimeH", where="phông chữ hoa"),
        Spelling("Di\u00d6n tÝch 20 m²", "Diện tích 20 m²", "READ_FROM_TCVN3", font=".VnTime"),
        Spelling("17.1", "17.1", font=".VnTime", where="chữ số như nhau ở mọi phông"),
        Spelling("Đạt", "Đạt", font=".VnTime", where="đã là Unicode"),
        Spelling("Báo cáo", "Báo cáo", font=".VnTime", where="đã là Unicode: theo TCVN3 không thành tiếng"),
        Spelling(
            "xã",
            "",
            "TCVN3_OR_UNICODE",
            font=".VnTime",
            where="xó (TCVN3) hoặc xã (Unicode), không có ô khác làm rõ",
        ),
        Spelling("Đạt", "Đạt", font="VNI-Times", where="đã là Unicode"),
        Spelling("Ñaït", "", "VNI_TEXT", font="VNI-Times"),
        Spelling("Ñaït", "", "VNI_TEXT", where=_NO_FONT),
        Spelling("Cô baûn ñaït", "", "VNI_TEXT", where=_NO_FONT),
        Spelling("Chöa", "", "VNI_TEXT", where=_NO_FONT),
        Spelling("§¹t", "", "TCVN3_WITHOUT_FONT", where=_NO_FONT),
        Spelling("Tèt", "", "TCVN3_WITHOUT_FONT", where=_NO_FONT),
        Spelling("X· Mü Hµ", "", "TCVN3_WITHOUT_FONT", where=_NO_FONT),
        Spelling("¸À", "", "FONT_NOT_UNICODE", font=".VnTime", where="mã không có trong phông"),
    ),
)
TABLES = (UNICODE, OLD_FONTS)
