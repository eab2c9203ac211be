"""Workbooks written by LibreOffice itself: a genuine BIFF8 .xls, a genuine .ods.

Their bytes differ from run to run.
"""

import io
import subprocess
import tempfile
from pathlib import Path

from python_calamine import CalamineWorkbook

_SECONDS = 180


def converted(workbook: bytes, ending: str) -> bytes:
    """An .xlsx saved again as .xls or .ods by LibreOffice, which must be on the PATH as soffice."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "bao-cao.xlsx"
        source.write_bytes(workbook)
        profile = (Path(folder) / "profile").as_uri()
        command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", ending]
        command += ["--outdir", folder, str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
        return source.with_suffix(f".{ending}").read_bytes()


def same_cells(one: bytes, other: bytes) -> bool:
    """Whether two workbooks say the same: sheet names and the values of all cells, whatever their formats."""
    return _cells(one) == _cells(other)


def _cells(workbook: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook))
    return {
        name: [list(row) for row in book.get_sheet_by_name(name).to_python()] for name in book.sheet_names
    }
