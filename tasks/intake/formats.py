"""The formats a report may come in. A name proposes one; only preflight settles it, from the bytes."""

import re
from enum import StrEnum
from pathlib import PurePath

ZIP_MAGIC, OLE_MAGIC = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class FileFormat(StrEnum):
    """XLSX also stands for .xlsm without macros, CSV for .txt: their separator is found out, that of TSV is
    the tab. DOCX also stands for .docm, which is refused for what it is.
    """

    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    CSV = "csv"
    TSV = "tsv"
    DOCX = "docx"

    @property
    def is_text(self) -> bool:
        return self in (FileFormat.CSV, FileFormat.TSV)

    @classmethod
    def of_name(cls, file_name: str) -> "FileFormat | None":
        """The format that the extension proposes; None for one that is not accepted."""
        return _BY_SUFFIX.get(PurePath(file_name).suffix.casefold())


_BY_SUFFIX = {
    ".xlsx": FileFormat.XLSX,
    ".xlsm": FileFormat.XLSX,
    ".xls": FileFormat.XLS,
    ".ods": FileFormat.ODS,
    ".csv": FileFormat.CSV,
    ".txt": FileFormat.CSV,
    ".tsv": FileFormat.TSV,
    ".docx": FileFormat.DOCX,
    ".docm": FileFormat.DOCX,
}
# What else people send, and as what the same program saves it for us. Not read: .doc, .rtf and .xlsb would each need a
# reader of their own, .fods has no container that could be checked, .numbers and .gsheet hold no table of ours.
SAVE_AS = {
    ".doc": "tệp .doc cũ, đề nghị lưu dạng .docx hoặc .xlsx",
    ".rtf": "tệp .rtf, đề nghị lưu dạng .docx hoặc .xlsx",
    ".odt": "tệp .odt, đề nghị lưu dạng .docx hoặc .ods",
    ".dot": "tệp mẫu Word, đề nghị lưu dạng .docx",
    ".dotx": "tệp mẫu Word, đề nghị lưu dạng .docx",
    ".dotm": "tệp mẫu Word, đề nghị lưu dạng .docx",
    ".xlsb": "tệp .xlsb, đề nghị lưu dạng .xlsx",
    ".xltx": "tệp mẫu Excel, đề nghị lưu dạng .xlsx",
    ".xlt": "tệp mẫu Excel, đề nghị lưu dạng .xlsx",
    ".fods": "tệp .fods, đề nghị lưu dạng .ods hoặc .xlsx",
    ".numbers": "tệp .numbers, đề nghị xuất ra .xlsx",
    ".gsheet": "chỉ là liên kết tới Google Sheets, đề nghị tải về dạng .xlsx",
    ".gdoc": "chỉ là liên kết tới Google Docs, đề nghị tải về dạng .docx",
    ".et": "tệp .et của WPS, đề nghị lưu dạng .xlsx",
    ".wps": "tệp .wps, đề nghị lưu dạng .docx",
    ".zip": "tệp nén, đề nghị gửi từng tệp bên trong",
    ".rar": "tệp nén, đề nghị gửi từng tệp bên trong",
    ".7z": "tệp nén, đề nghị gửi từng tệp bên trong",
    ".heic": "ảnh .heic, đề nghị lưu dạng .jpg",
}

# What a file is by its first bytes, whatever its name says: offices rename, browsers save a page in place of a file.
_KINDS = (
    (rb"PK", "tệp nén (.xlsx, .ods, .docx hay .zip)"),
    (rb"\xd0\xcf\x11\xe0", "tệp Office 97-2003 (.xls, .doc) hoặc tệp có mật khẩu"),
    (rb"%PDF", "tệp PDF"),
    (rb"\{\\rtf", "văn bản RTF"),
    (rb"\xff\xd8\xff|\x89PNG|II\*\0|MM\0\*|GIF8|BM", "ảnh"),
    (rb"\s*<(?:!doctype\s+html|html|table|head|meta)", "trang web (HTML)"),
    (
        rb"\s*<\?xml.{0,2000}(?:progid=.Excel|urn:schemas-microsoft-com:office:spreadsheet)",
        "bảng tính Excel 2003 XML",
    ),
    (rb"\s*<", "tệp XML"),
    (rb"[^\0]{1,4000}\Z|[^\0]{4000}", "văn bản thuần (CSV?)"),
)


def kind_of(data: bytes) -> str:
    """In Vietnamese, for a sender."""
    start = data[:8000].removeprefix(b"\xef\xbb\xbf")
    return next((words for begins, words in _KINDS if re.match(begins, start, re.I | re.S)), "loại tệp khác")
