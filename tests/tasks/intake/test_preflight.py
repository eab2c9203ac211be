"""Every class of refusal beside a twin that passes. The hostile files are made in packages.py."""

import hashlib
import io
import struct
import tracemalloc
import zipfile
import zlib

import pytest

from domain.findings import Severity
from tasks.intake.container import ContainerLimits
from tasks.intake.formats import FileFormat
from tasks.intake.preflight import LIMITS, examine
from tests.tasks.intake import packages
from tests.tasks.intake.packages import (
    BAD,
    CHART_ENTRY,
    FORMS,
    ods,
    relations,
    types,
    xlsx,
    xlsx_parts,
    zipped,
)

MACRO_ENABLED = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"


def codes(data: bytes, name: str, limits: ContainerLimits = LIMITS) -> list[str]:
    examined = examine(data, name, limits)
    assert (examined.format is None) == bool(examined.findings)
    return [finding.code for finding in examined.findings]


@pytest.mark.parametrize("name", BAD)
def test_a_hostile_file_is_refused_for_what_it_is(name: str) -> None:
    assert codes(BAD[name], name) == [name.split()[0]]


def test_the_committed_hostile_files_are_those_that_are_tested() -> None:
    committed = {
        path.name: path.read_bytes() for path in (FORMS / "bad").iterdir() if path.name.startswith("FILE_")
    }
    assert committed == BAD


@pytest.mark.parametrize(
    ("name", "data", "file_format"),
    [
        ("bc.xlsx", xlsx(), FileFormat.XLSX),
        ("BC.XLSX", xlsx(), FileFormat.XLSX),
        ("không macro.xlsm", xlsx(content_types=types(main=MACRO_ENABLED)), FileFormat.XLSX),
        ("nén.xlsx", zipped(xlsx_parts().items(), zipfile.ZIP_DEFLATED), FileFormat.XLSX),
        ("bc.ods", ods(), FileFormat.ODS),
        ("bc.xls", packages.xls(), FileFormat.XLS),
        ("no.csv", b"Ma;Ket qua\r\n17.1;95,5\r\n", FileFormat.CSV),
        ("no.txt", b"Ma\tKet qua\r\n17.1\t95,5\r\n", FileFormat.CSV),
        ("no.tsv", b"Ma\tKet qua\r\n17.1\t95,5\r\n", FileFormat.TSV),
    ],
)
def test_a_sound_file_of_every_format_passes(name: str, data: bytes, file_format: FileFormat) -> None:
    examined = examine(data, name)
    assert (examined.format, examined.findings) == (file_format, ())


@pytest.mark.parametrize("path", sorted((FORMS / "good").glob("cells.*")), ids=lambda path: path.name)
def test_files_of_openpyxl_and_libreoffice_pass(path) -> None:
    assert codes(path.read_bytes(), path.name) == []


def test_what_offices_use_every_day_passes() -> None:
    link = relations(("hyperlink", "mailto:vanthu@example.vn", "External"))
    drawing = b'<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape/></xml>'
    extra = {
        "xl/worksheets/_rels/sheet1.xml.rels": link,
        "xl/drawings/vmlDrawing1.vml": drawing,  # a comment
        "xl/charts/chart1.xml": b"<c/>",
        "xl/media/image1.png": b"\x89PNG\r\n",
        "xl/printerSettings/printerSettings1.bin": b"\0\1",
    }
    assert codes(xlsx(extra), "bc.xlsx") == []


def test_a_chart_in_an_ods_passes_and_an_ole_object_of_the_same_name_does_not() -> None:
    chart = {"Object 1/content.xml": b"<chart/>"}
    assert codes(ods(chart, manifest=CHART_ENTRY), "bc.ods") == []
    assert codes(ods(chart), "bc.ods") == ["FILE_HAS_EXTERNAL_LINK"]


def test_the_finding_quarantines_and_names_the_file_and_the_reason() -> None:
    (finding,) = examine(BAD["FILE_HAS_MACRO vba.xlsm"], "Biểu tổng hợp.xlsm").findings
    assert finding.severity is Severity.QUARANTINE
    assert finding.facts == {"name": "Biểu tổng hợp.xlsm", "why": "xl/vbaProject.bin"}


def test_a_file_with_two_faults_is_told_both_once() -> None:
    data = xlsx({"xl/vbaProject.bin": b"", "xl/macrosheets/a.xml": b"<a/>", "xl/connections.xml": b"<c/>"})
    assert codes(data, "bc.xlsx") == ["FILE_HAS_MACRO", "FILE_HAS_EXTERNAL_LINK"]


def test_a_file_of_the_greatest_size_passes_and_one_byte_more_does_not() -> None:
    limits = ContainerLimits(file_bytes=len(xlsx()))
    assert codes(xlsx(), "bc.xlsx", limits) == []
    assert codes(xlsx() + b"\0", "bc.xlsx", limits) == ["FILE_TOO_LARGE"]


def test_as_many_members_as_allowed_pass_and_one_more_does_not() -> None:
    limits = ContainerLimits(members=len(xlsx_parts()))
    assert codes(xlsx(), "bc.xlsx", limits) == []
    assert codes(xlsx({"xl/one.more": b""}), "bc.xlsx", limits) == ["FILE_TOO_LARGE"]


def test_the_unpacked_size_counts_over_all_members() -> None:
    unpacked = sum(len(content) for content in xlsx_parts().values())
    assert codes(xlsx(), "bc.xlsx", ContainerLimits(unpacked_bytes=unpacked)) == []
    assert codes(xlsx(), "bc.xlsx", ContainerLimits(unpacked_bytes=unpacked - 1)) == ["FILE_TOO_LARGE"]


def deflated(content: bytes) -> bytes:
    return zipped({**xlsx_parts(), "xl/media/image1.png": content}.items(), zipfile.ZIP_DEFLATED)


def test_a_member_that_swells_a_thousandfold_is_too_large() -> None:
    assert codes(deflated(bytes(1 << 20)), "bc.xlsx") == []  # up to 1 MB harms nobody
    assert codes(deflated(bytes((1 << 20) + 1)), "bc.xlsx") == ["FILE_TOO_LARGE"]


def directory_entry(data: bytes, name: str) -> int:
    """Where the central directory lists this member: the second mention of the name, 46 bytes in."""
    return data.rindex(name.encode()) - 46


def stating(data: bytes, name: str, *, size: int, crc: int) -> bytes:
    """The same archive whose directory states another unpacked size and checksum for this member."""
    at = directory_entry(data, name)
    return (
        data[: at + 16]
        + struct.pack("<I", crc)
        + data[at + 20 : at + 24]
        + struct.pack("<I", size)
        + data[at + 28 :]
    )


def test_a_bomb_that_states_a_small_size_is_not_believed() -> None:
    bomb = stating(deflated(bytes(20 << 20)), "xl/media/image1.png", size=10, crc=zlib.crc32(bytes(10)))
    with zipfile.ZipFile(io.BytesIO(bomb)) as archive:
        assert archive.read("xl/media/image1.png") == bytes(10)  # zipfile does believe it
    assert codes(bomb, "bc.xlsx") == ["FILE_TOO_LARGE"]


def test_a_bomb_is_left_off_where_the_limit_is_reached() -> None:
    bomb = deflated(bytes(50 << 20))
    tracemalloc.start()
    try:
        assert codes(bomb, "bc.xlsx") == ["FILE_TOO_LARGE"]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 30 << 20  # 200 times its 50 KB, twice


def peak_of(data: bytes) -> tuple[list[str], int]:
    tracemalloc.start()
    try:
        return codes(data, "bc.xlsx"), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_bomb_that_states_its_size_is_not_unpacked_at_all() -> None:
    found, peak = peak_of(deflated(bytes(100 << 20)))
    assert found == ["FILE_TOO_LARGE"]
    assert peak < 4 << 20


def test_a_large_member_stands_in_memory_once() -> None:
    half_random = b"".join(hashlib.sha256(str(n).encode()).digest() + bytes(500) for n in range(40_000))
    found, peak = peak_of(deflated(half_random))
    assert found == []
    assert peak < 1.5 * len(half_random)


def test_a_member_longer_than_it_states_is_damaged() -> None:
    short = stating(deflated(bytes(1000)), "xl/media/image1.png", size=10, crc=zlib.crc32(bytes(10)))
    assert codes(short, "bc.xlsx") == ["FILE_DAMAGED"]


def test_a_member_with_another_name_in_its_own_header_is_damaged() -> None:
    data = xlsx({"xl/media/a.png": b""})
    at = data.index(b"xl/media/a.png")
    assert codes(data[:at] + b"xl/media/b.png" + data[at + 14 :], "bc.xlsx") == ["FILE_DAMAGED"]


def test_a_member_that_lies_inside_another_is_damaged() -> None:
    """Each is sound by itself, in name, length and checksum; nested often enough they make a bomb."""
    inner = zipped([("xl/media/b.png", b"b" * 100)])
    data = xlsx({"xl/media/a.png": inner, "xl/media/b.png": b"b" * 100})
    assert codes(data, "bc.xlsx") == []
    nested_at, at = data.index(inner), directory_entry(data, "xl/media/b.png") + 42
    assert codes(data[:at] + struct.pack("<I", nested_at) + data[at + 4 :], "bc.xlsx") == ["FILE_DAMAGED"]


@pytest.mark.parametrize("flag", [0x1, 0x1 | 0x40])
def test_a_member_with_the_flag_of_encryption_is_encrypted(flag: int) -> None:
    data = xlsx()
    at = directory_entry(data, "xl/worksheets/sheet1.xml") + 8
    assert codes(data[:at] + struct.pack("<H", flag) + data[at + 2 :], "bc.xlsx") == ["FILE_ENCRYPTED"]


def test_an_unusual_compression_is_damaged() -> None:
    assert codes(zipped(xlsx_parts().items(), zipfile.ZIP_LZMA), "bc.xlsx") == ["FILE_DAMAGED"]


@pytest.mark.parametrize("path", sorted((FORMS / "good").glob("cells.*")), ids=lambda path: path.name)
def test_no_cut_and_no_flipped_byte_makes_the_examination_itself_fail(path) -> None:
    data = path.read_bytes()
    for at in range(0, len(data), 97):
        assert "FILE_STOPPED_US" not in codes(data[:at], path.name)
        flipped = data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]
        assert "FILE_STOPPED_US" not in codes(flipped, path.name)


@pytest.mark.parametrize("cut", [22, 100, 1000])
@pytest.mark.parametrize("name", ["cells.xlsx", "cells.ods"])
def test_a_workbook_that_lost_its_end_or_had_it_zeroed_is_damaged(name: str, cut: int) -> None:
    data = (FORMS / "good" / name).read_bytes()
    assert codes(data[:-1], name) == ["FILE_DAMAGED"]
    assert codes(data[:-cut], name) == ["FILE_DAMAGED"]
    assert codes(data[:-cut] + bytes(cut), name) == ["FILE_DAMAGED"]


def test_an_old_workbook_whose_end_was_zeroed_is_damaged() -> None:
    """The end of an .xls holds its tables of sectors; here all but the first sector is lost."""
    data = packages.xls()
    assert codes(data[:512] + bytes(len(data) - 512), "bc.xls") == ["FILE_DAMAGED"]


@pytest.mark.parametrize("encoding", ["nonsense", "shift_jis", "cp037", "utf-7", "rot13"])
def test_markup_in_an_encoding_that_no_office_program_writes_is_damaged(encoding: str) -> None:
    """cp037 is EBCDIC: the same bytes say something else to a reader that knows it. The rest failed our own code."""
    part = f'<?xml version="1.0" encoding="{encoding}"?><x/>'.encode()
    (finding,) = examine(xlsx({"docProps/core.xml": part}), "bc.xlsx").findings
    assert finding.code == "FILE_DAMAGED"


@pytest.mark.parametrize("encoding", ["UTF-8", "utf-8", "us-ascii", "windows-1252", "ISO-8859-1"])
def test_markup_in_an_encoding_of_office_programs_is_sound(encoding: str) -> None:
    part = f'<?xml version="1.0" encoding="{encoding}"?><x/>'.encode()
    assert examine(xlsx({"docProps/core.xml": part}), "bc.xlsx").findings == ()


def test_two_cells_none_of_which_is_far_out_alone_may_span_too_much_together() -> None:
    """702 columns and 9,999 rows: neither has five digits or three letters."""
    rows = '<row r="1"><c r="ZZ1"><v>1</v></c></row><row r="{0}"><c r="A{0}"><v>1</v></c></row>'
    assert codes(xlsx(sheet1=packages.sheet(rows.format(9999))), "bc.xlsx") == ["FILE_TOO_LARGE"]
    assert codes(xlsx(sheet1=packages.sheet(rows.format(999))), "bc.xlsx") == []


@pytest.mark.parametrize("index", ["-1", "0.9", "0x0", "", "1e3"])
def test_one_index_of_a_text_that_cannot_be_is_found_among_good_ones(index: str) -> None:
    good = '<c r="A{0}" t="s"><v>0</v></c>'
    cells = "".join(f'<row r="{n}">{good.format(n)}</row>' for n in range(1, 9))
    bad = f'<row r="9"><c r="A9" t="s"><v>{index}</v></c></row>'
    assert codes(xlsx(sheet1=packages.sheet(cells)), "bc.xlsx") == []
    assert codes(xlsx(sheet1=packages.sheet(cells + bad)), "bc.xlsx") == ["FILE_DAMAGED"]
    assert codes(xlsx(sheet1=packages.sheet(cells + bad.replace('"s"', "'s'"))), "bc.xlsx") == [
        "FILE_DAMAGED"
    ]
