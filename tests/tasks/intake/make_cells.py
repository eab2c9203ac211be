"""The cells that tests/forms/good/cells.* hold. cells.xlsx is written here, by openpyxl.

LibreOffice Calc 7.4 wrote the other two from it, by hand: `soffice --convert-to ods cells.xlsx` and
`soffice --convert-to "xls:MS Excel 97" cells.xlsx`.
"""

from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

STAMP = datetime(2023, 4, 12)  # noqa: DTZ001 - openpyxl writes naive times


def write(path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Tiến độ"
    sheet["C3"], sheet["D3"], sheet["E3"] = 17.0, 0.85, "Đạt"
    sheet["D3"].number_format = "0.0%"
    sheet["F3"] = date(2023, 4, 25)
    sheet["F3"].number_format = "dd/mm/yyyy"
    sheet["G3"], sheet["H3"], sheet["I3"] = "=C3+1", "#N/A", '=IF(C3=17,"","x")'
    sheet["C5"] = "m"
    sheet.merge_cells("C5:H6")
    sheet["C7"], sheet["D7"] = "B¸o c¸o", CellRichText("Xã ", TextBlock(InlineFont(rFont="VNI-Times"), "Myõ"))
    sheet["C7"].font = Font(name=".VnTime")
    sheet["C8"], sheet["L9"] = "ẩn dòng", "ẩn cột"
    sheet.row_dimensions[8].hidden = True
    sheet.column_dimensions["L"].hidden = True
    hidden = book.create_sheet("Danh mục")
    hidden.sheet_state = "hidden"
    hidden["A1"] = "Đạt"
    book.create_sheet("Trống")
    book.properties.created = book.properties.modified = STAMP
    book.save(path)


if __name__ == "__main__":
    write(Path(__file__).parents[2] / "forms" / "good" / "cells.xlsx")
