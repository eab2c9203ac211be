"""The formats a report may come in. A name proposes one; only preflight settles it, from the bytes."""

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
