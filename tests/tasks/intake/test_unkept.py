"""Files at a door: loaded within bounds, looked through by the real reader, and nothing left behind."""

import hashlib
import os
import tempfile
from pathlib import Path

import pytest

from tasks.intake.preflight import LIMITS
from tasks.intake.unkept import Unkept, load, marked
from tasks.intake.workbook import ReadLimits
from tests.tasks.intake.packages import sheet, xlsx

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
    ) == {"a.xlsx", "c.csv", "e (MẬT).xlsx"}


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
