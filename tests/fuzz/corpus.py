"""What is mutated: a sound file of every format, the forms in them, the hostile ones, and what once broke something."""

import io
from collections.abc import Iterator
from pathlib import Path

from tasks.intake.formats import FileFormat
from tests.mutation.reading_them import good_reports
from tests.tasks.intake.packages import BAD, FORMS, ods, sheet, xlsx
from tests.tasks.intake.recognise_kit import DEBT, DOSSIERS, HEADER, PROGRESS, REMARKS, Lines, workbook

KEPT = Path(__file__).parent / "seeds"
_LARGEST = 60_000
_SHEETS: dict[str, Lines] = {
    "Thông tin": HEADER,
    "Tiến độ": [
        PROGRESS,
        [1, "Giao thông", "2.1", "Đường xã", "100%", "85,5%", "Đạt", 0.85, "25/4/2023", "ghi chú"],
    ],
    "Hồ sơ": [DOSSIERS, [1, "2.1", "Quyết định số 12/QĐ", "đang lập", "Phòng KTHT", "1/4/23", "", "dấu"]],
    "Nợ": [
        ["Đơn vị tính: triệu đồng"],
        DEBT,
        [
            1,
            "Nhà văn hóa thôn 3",
            "12/QĐ-UBND ngày 3/2/2020",
            "1.234,5",
            1200.5,
            100,
            200,
            "300",
            "",
            "400",
            "=4+5",
        ],
        ["", "Tổng cộng", "", "", "", "", "", "", "", "", "1.200"],
    ],
    "Ý kiến": [REMARKS, ["Khó khăn, vướng mắc", "Thiếu vốn"]],
}

_SCANS = {
    "scan.pdf": b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
    "scan.png": b"\x89PNG\r\n\x1a\n" + bytes(8) + b"IHDR" + bytes(17) + b"IEND\xaeB`\x82",
}


def seeds() -> dict[str, bytes]:
    """Name -> bytes; the name's extension is the format that a mutation of it keeps."""
    found = {path.name: path.read_bytes() for path in (FORMS / "good").iterdir()} | dict(BAD)
    found |= {"form.xlsx": _form(), "small.xlsx": xlsx(), "small.ods": ods(), "styled.xlsx": _styled()}
    found |= {name: file.write(report) for name, (report, file) in good_reports().items()} | _SCANS
    found |= dict(_texts()) | {path.name: path.read_bytes() for path in KEPT.iterdir() if path.suffix}
    return {
        n: d for n, d in found.items() if d and len(d) <= _LARGEST and (FileFormat.of_name(n) or n in _SCANS)
    }


def _form() -> bytes:
    buffer = io.BytesIO()
    workbook(_SHEETS).save(buffer)
    return buffer.getvalue()


def _styled() -> bytes:
    """Cells of every type, a shared formula, hidden and merged ones: what one pass over the sheet must tell apart."""
    cells = (
        '<row r="1" hidden="1"><c r="A1" t="inlineStr"><is><r><rPr><rFont val=".VnTime"/></rPr><t>x</t></r></is></c>'
        '</row><row r="2"><c r="A2"><f t="shared" ref="A2:A3" si="0">B1*2</f><v>2</v></c>'
        '<c r="B2" t="e"><v>#N/A</v></c></row><row r="3"><c r="A3"><f t="shared" si="0"/><v>4</v></c>'
        '<c r="C3" t="b"><v>1</v></c><c r="D3" t="d"><v>2023-04-12</v></c></row>'
    )
    columns = '<cols><col min="2" max="3" hidden="1"/></cols>'
    return xlsx(sheet1=sheet(cells, columns, '<mergeCells count="1"><mergeCell ref="A3:B4"/></mergeCells>'))


def _texts() -> Iterator[tuple[str, bytes]]:
    for separator, suffix in ((";", "csv"), ("\t", "tsv")):
        text = "\r\n".join(separator.join(map(str, line)) for line in (*HEADER, *_SHEETS["Tiến độ"]))
        for encoding in ("utf-8", "utf-16"):
            yield f"{encoding}.{suffix}", text.encode(encoding)
