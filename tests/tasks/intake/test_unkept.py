"""Files at a door: loaded within bounds, looked through by the real reader, and nothing left behind."""

import hashlib
import os
import tempfile
from pathlib import Path

import pytest

from tasks.intake.preflight import LIMITS
from tasks.intake.unkept import Unkept, load, marked
from tasks.intake.workbook import ReadLimits
from tests.tasks.intake.packages import ods, sheet, xls, xlsx, xlsx_parts, zipped

MARKS = frozenset({"mật", "tối mật"})
STRINGS = '<row r="1"><c r="A1" t="inlineStr"><is><t>{}</t></is></c></row>'


def unkept(data: bytes, name: str) -> Unkept:
    return Unkept(name, hashlib.sha256(data).hexdigest(), len(data), data)


def book(text: str) -> bytes:
    return xlsx(sheet1=sheet(STRINGS.format(text)))


def names_of_marked(*files: Unkept) -> set[str]:
    found = marked(files, MARKS, ReadLimits())
    return {file.file_name for file in files if file.sha256 in found}


def test_every_format_is_looked_through_and_so_are_names() -> None:
    assert names_of_marked(
        unkept(book("Tối mật"), "a.xlsx"),
        unkept(book("bí mật"), "b.xlsx"),
        unkept("Mã;Giá\n1;MẬT\n".encode(), "c.csv"),
        unkept("Mã;Giá\n1;Bí mật\n".encode(), "d.csv"),
        unkept(book("Đạt"), "e (MẬT).xlsx"),
        unkept(b"\xa7\xb9t;1\r\nM\xcbT;2\r\n", "f.csv"),  # TCVN3, refused for its encoding
        unkept(b"\xd1a\xeft;1\r\nTO\xc1I MA\xc4T;2\r\n", "g.csv"),  # VNI
        unkept(book("ＭẬＴ"), "h.xlsx"),
        unkept(book("tèi mËt"), "i.xlsx"),
    ) == {"a.xlsx", "c.csv", "e (MẬT).xlsx", "f.csv", "g.csv", "h.xlsx", "i.xlsx"}


def in_two_runs(one: str, other: str) -> bytes:
    """A Word document; Word cuts a line into runs wherever the look changes or the spelling was checked."""
    runs = f"<w:r><w:rPr><w:b/></w:rPr><w:t>{one}</w:t></w:r><w:r><w:t>{other}</w:t></w:r>"
    body = f'<w:document xmlns:w="w"><w:body><w:p><w:r/></w:p><w:p>{runs}</w:p></w:body></w:document>'
    return zipped([("[Content_Types].xml", b"<Types/>"), ("word/document.xml", body.encode())])


def page_head(text: str) -> bytes:
    return sheet(after=f"<headerFooter><oddHeader>{text}</oddHeader></headerFooter>")


def comment(text: str) -> bytes:
    lines = f"<comment><text><r><t>{text}</t></r></text></comment>"
    return f"<comments><commentList>{lines}</commentList></comments>".encode()


WITHOUT_A_CELL = {
    "a comment.xlsx": xlsx({"xl/comments1.xml": comment("TỐI MẬT")}),
    "a page header.xlsx": xlsx(
        sheet1=page_head("&amp;L&amp;14Xã&amp;C&amp;&quot;Arial,Bold&quot;&amp;14MẬT")
    ),
    "a page header in a colour of the theme.xlsx": xlsx(sheet1=page_head("&amp;C&amp;K01+000MẬT")),
    "a property.xlsx": xlsx(
        {"docProps/core.xml": "<c><title>Báo cáo</title><subject>MẬT</subject></c>".encode()}
    ),
    "a text box.xlsx": xlsx(
        {"xl/drawings/drawing1.xml": b"<d><a:p xmlns:a='a'><a:t>M\xe1\xba\xacT</a:t></a:p></d>"}
    ),
    "a macro beside it.xlsm": xlsx(
        {"xl/vbaProject.bin": b"", "xl/sharedStrings.xml": "<sst><si><t>MẬT</t></si></sst>".encode()}
    ),
    "a cell among empty ones and numbers, a macro beside it.xlsm": xlsx(
        {"xl/vbaProject.bin": b""},
        sheet1=sheet(
            '<row><c r="A1"/><c r="B1" s="2"><v>-1.5E3</v></c><c r="C1" t="str"><f>A2</f><v>MẬT</v></c><c r="D1"/>'
            '<c r="E1"><v>7</v></c></row>'
        ),
    ),
    "a page header.ods": ods({"styles.xml": "<s><p>Xã</p><p>Tối<s/>mật</p></s>".encode()}),
    "an annotation.ods": ods(body="<office:annotation><t:p xmlns:t='t'>MẬT</t:p></office:annotation>"),
    "a text.docx": in_two_runs("TỐI ", "MẬT"),
    "a text behind another extension.xlsx": in_two_runs("TỐI ", "MẬT"),
    "a text.doc": xls()[:512] + "UBND XÃ\rTỐI MẬT\r".encode("utf-16-le"),
    "a comment.xls": xls()[:512] + b"\x03\0\x01" + "MẬT".encode("utf-16-le") + b"\x15\0",
}


@pytest.mark.parametrize("name", WITHOUT_A_CELL)
def test_a_mark_is_seen_where_no_cell_stands(name: str) -> None:
    assert names_of_marked(unkept(WITHOUT_A_CELL[name], name)) == {name}


def test_the_name_of_a_sheet_speaks_also_where_the_looks_of_its_cells_are_broken() -> None:
    named = xlsx_parts()["xl/workbook.xml"].replace("Tiến độ".encode(), "MẬT".encode())
    broken = sheet(before='<cols><col hidden="1"/></cols>')
    assert names_of_marked(unkept(xlsx({"xl/workbook.xml": named}, sheet1=broken), "a.xlsx")) == {"a.xlsx"}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", in_two_runs("Bảo vệ bí ", "mật")),
        ("a.xlsx", xlsx({"xl/comments1.xml": comment("MẬT ĐỘ")})),
        ("b.xlsx", xlsx(sheet1=page_head("&amp;CTuần 12/4"))),
        ("a.xls", xls()),
        ("a.ods", ods({"styles.xml": "<!DOCTYPE a [<!ENTITY b 'MẬT'>]><p>&b;</p>".encode()})),
        ("cut.docx", in_two_runs("TỐI ", "MẬT")[:-30]),
    ],
)
def test_other_words_and_what_is_not_sound_carry_no_mark(name: str, data: bytes) -> None:
    assert names_of_marked(unkept(data, name)) == set()


def test_a_part_that_breaks_off_speaks_up_to_there() -> None:
    broken = xlsx({"xl/comments1.xml": comment("MẬT")[:-20]})
    assert names_of_marked(unkept(broken, "a.xlsx")) == {"a.xlsx"}


def test_a_text_whose_columns_cannot_be_told_apart_is_looked_through_by_its_lines() -> None:
    prose = unkept("MẬT\nKính gửi A, B; C\nNơi nhận, lưu\nMột; hai; ba\nBốn\nNăm\nSáu\n".encode(), "thư.txt")
    assert names_of_marked(prose) == {"thư.txt"}


def test_a_file_that_cannot_be_opened_speaks_by_its_name_only() -> None:
    broken, named = unkept(b"PK\x03\x04 M\xe1\xba\xacT", "a.xlsx"), unkept(b"PK\x03\x04", "b (MẬT).xlsx")
    large = Unkept("c.csv", "cd" * 32, 6_000_000, None)
    assert names_of_marked(broken, named, large) == {"b (MẬT).xlsx"}


def open_files() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def test_what_was_looked_through_stands_in_no_folder_and_is_closed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    open_before = open_files()
    assert names_of_marked(*(unkept(book(f"Tối mật\n{n}"), f"{n}.xlsx") for n in range(3)))
    assert list(tmp_path.iterdir()) == []
    assert open_files() == open_before


@pytest.mark.parametrize(
    ("size", "is_held"), [(0, True), (9, True), (10, True), (11, False), (3_000_000, False)]
)
def test_a_file_above_the_limit_is_hashed_and_not_held(tmp_path: Path, size: int, is_held: bool) -> None:
    data = os.urandom(size)
    path = tmp_path / "bc.csv"
    path.write_bytes(data)
    loaded = load(path, "bc.csv", most=10)
    assert loaded == Unkept("bc.csv", hashlib.sha256(data).hexdigest(), size, data if is_held else None)


def test_the_limit_is_that_of_the_container_check(tmp_path: Path) -> None:
    path = tmp_path / "bc.csv"
    path.write_bytes(bytes(LIMITS.file_bytes + 1))
    assert load(path, "bc.csv").data is None


@pytest.mark.parametrize("encoding", ["utf-7", "shift_jis", "no-such-letters", "utf-16"])
def test_letters_that_nobody_can_read_hide_no_mark_of_another_part_and_end_no_run(encoding: str) -> None:
    odd = f'<?xml version="1.0" encoding="{encoding}"?><a>MẬT</a>'.encode()
    assert names_of_marked(
        unkept(xlsx({"docProps/odd.xml": odd}), "a.xlsx"),
        unkept(xlsx({"docProps/odd.xml": odd, "xl/comments1.xml": comment("TỐI MẬT")}), "b.xlsx"),
    ) == {"b.xlsx"}
