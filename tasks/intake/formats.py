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
