"""Parts of a package that no cell speaks of: in which letters they are written, and programs among them."""

from pathlib import Path

import pytest

from tasks.intake.grid import Book
from tasks.intake.preflight import examine
from tests.tasks.intake.packages import MAIN, ods, ods_parts, relations, sheet, xlsx, xlsx_parts, zipped
from tests.tasks.intake.test_container_classes import read
from tests.tasks.intake.word import docx, tbl

UNKNOWN = "FILE_TYPE_UNKNOWN"
STRINGS = f'<?xml version="1.0" encoding="UTF-8"?><sst xmlns="{MAIN}"><si><t>a</t></si></sst>'.encode()
STYLES = f'<?xml version="1.0" encoding="UTF-8"?><styleSheet xmlns="{MAIN}"/>'.encode()


def whole() -> dict[str, bytes]:
    rels = relations(
        ("worksheet", "worksheets/sheet1.xml", ""),
        ("sharedStrings", "sharedStrings.xml", ""),
        ("styles", "styles.xml", ""),
    )
    more = {"xl/sharedStrings.xml": STRINGS, "xl/styles.xml": STYLES}
    return {**xlsx_parts(workbook_rels=rels), **more}


def declared(content: bytes, encoding: str, *, written: str = "") -> bytes:
    return content.decode().replace("UTF-8", encoding).encode(written or encoding)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("part", whole())
def test_a_part_of_a_workbook_in_utf_16_is_refused_with_what_to_do(part: str, encoding: str) -> None:
    written = declared(whole()[part], "UTF-16", written=encoding)
    (finding,) = examine(zipped({**whole(), part: written}.items()), "bc.xlsx").findings
    assert finding.code == UNKNOWN
    assert "UTF-16" in finding.facts["why"]
    assert "lưu lại bằng Excel" in finding.facts["why"]


def test_a_sheet_in_utf_16_is_refused_without_a_declaration_and_under_any_name() -> None:
    content = sheet().partition(b"?>\n")[2].decode().encode("utf-16")
    parts = {
        **xlsx_parts(workbook_rels=relations(("worksheet", "bin/odd.bin", ""))),
        "xl/bin/odd.bin": content,
    }
    assert [f.code for f in examine(zipped(parts.items()), "bc.xlsx").findings] == [UNKNOWN]


def test_the_cells_of_an_ods_in_utf_16_are_refused_with_what_to_do() -> None:
    parts = ods_parts()
    parts["content.xml"] = declared(parts["content.xml"], "UTF-16")
    (finding,) = examine(zipped(parts.items()), "bc.ods").findings
    assert (finding.code, "UTF-16" in finding.facts["why"]) == (UNKNOWN, True)


def test_properties_in_utf_16_are_no_fault(tmp_path: Path) -> None:
    """SharePoint writes such; nobody reads cells there."""
    item = '<?xml version="1.0" encoding="UTF-16"?><x/>'.encode("utf-16")
    data = xlsx({"customXml/item1.xml": item, "docProps/custom.xml": item})
    assert isinstance(read(tmp_path, data, "bc.xlsx"), Book)


@pytest.mark.parametrize("encoding", ["iso-8859-1", "windows-1252", "windows-1258"])
def test_a_part_that_two_programs_would_read_in_two_ways_is_refused(encoding: str) -> None:
    part = declared(whole()["xl/sharedStrings.xml"], encoding, written="utf-8")
    assert [f.code for f in examine(xlsx({"xl/sharedStrings.xml": part}), "bc.xlsx").findings] == [UNKNOWN]


MACHINE = b"MZ\x90\0" + bytes(60)
PROGRAMS = {
    "xl/media/cai-dat.exe": MACHINE,
    "xl/media/image1.png": MACHINE,
    "thu/a.EXE": b"",
    "customXml/a.bin": b"\x7fELF\x02\x01",
    "docProps/thumbnail.emf": b"L\0\0\0\x01\x14\x02\0\0\0\0\0",
    "xl/theme/a.xml.js": b"x",
    "xl/printerSettings/p.bin": b"#!/bin/sh\nid\n",
    **{
        f"xl/a.{suffix}": b"x"
        for suffix in ("dll", "vbs", "bat", "cmd", "scr", "lnk", "hta", "ps1", "jar", "wsf")
    },
    "xl/a.ex%65": b"x",
}


def packages_with(part: str, content: bytes) -> dict[str, bytes]:
    return {
        "bc.xlsx": xlsx({part: content}),
        "bc.ods": ods({part: content}),
        "bc.docx": docx(tbl(["17"]), extra={part: content}),
    }


@pytest.mark.parametrize("name", ["bc.xlsx", "bc.ods", "bc.docx"])
@pytest.mark.parametrize("part", PROGRAMS)
def test_a_program_among_the_parts_is_refused_by_its_name_or_its_first_bytes(part: str, name: str) -> None:
    (finding,) = examine(packages_with(part, PROGRAMS[part])[name], name).findings
    assert (finding.code, finding.facts["why"]) == ("FILE_HAS_MACRO", part)


@pytest.mark.parametrize("name", ["bc.xlsx", "bc.ods", "bc.docx"])
@pytest.mark.parametrize(
    "part", ["xl/media/company.com.png", "xl/printerSettings/printerSettings1.bin", "a/exe"]
)
def test_a_part_that_only_resembles_a_program_is_none(part: str, name: str) -> None:
    assert examine(packages_with(part, b"M\0Z\0")[name], name).findings == ()


def test_a_sheet_in_utf_16_among_the_properties_is_refused_all_the_same() -> None:
    rels, content = relations(("worksheet", "../customXml/a.xml", "")), declared(sheet(), "UTF-16")
    parts = {**xlsx_parts(workbook_rels=rels), "customXml/a.xml": content}
    assert [f.code for f in examine(zipped(parts.items()), "bc.xlsx").findings] == [UNKNOWN]
