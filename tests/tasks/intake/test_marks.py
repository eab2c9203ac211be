"""A secrecy mark stands alone; the same letters in a sentence are words."""

import unicodedata

import pytest

from config.facts import load_campaign
from tasks.intake.grid import Book, Sheet
from tasks.intake.marks import book_is_marked, is_marked, name_is_marked

MARKS = load_campaign("my-loc-2023").spellings.secret

MARKED = [
    "MẬT",
    "mật",
    "Tối mật",
    "TUYỆT MẬT",
    unicodedata.normalize("NFD", "TUYỆT MẬT"),
    "  (TỐI  MẬT)  ",
    "[Mật].",
    "*** MẬT ***",
    "TỐI-MẬT",
    "Độ mật: MẬT",
    "Mức độ mật : Tuyệt mật",
    "UBND XÃ MỸ HÀ\nTỐI MẬT\nBáo cáo tuần",
    "\u200bMẬT\u00a0",
    "MËT",  # TCVN3
    "TèI MËT",
    "TOÁI MAÄT",  # VNI
]
WORDS = [
    "bí mật",
    "Bảo vệ bí mật nhà nước",
    "mật độ dân số",
    "MẬT ĐỘ DÂN SỐ",
    "Mật độ",
    "Độ mật:",
    "mật ong",
    "Tài liệu không thuộc diện mật",
    "mất",
    "mặt",
    "Bí\u00a0mật",
    "",
    "()",
]


@pytest.mark.parametrize("text", MARKED)
def test_a_mark_that_stands_alone_is_seen_however_it_is_written(text: str) -> None:
    assert is_marked(text, MARKS)


@pytest.mark.parametrize("text", WORDS)
def test_a_word_that_holds_the_same_letters_is_no_mark(text: str) -> None:
    assert not is_marked(text, MARKS)


@pytest.mark.parametrize(
    ("name", "is_secret"),
    [
        ("Báo cáo tuần 12.4 (MẬT).xlsx", True),
        ("[Tối mật] Báo cáo.xlsx", True),
        (unicodedata.normalize("NFD", "BC (mật).csv"), True),
        ("Báo cáo - TUYỆT MẬT.xlsx", True),
        ("MẬT.xlsx", True),
        ("Báo cáo bí mật nhà nước.xlsx", False),
        ("Bao-cao-mật-độ-dân-số.xlsx", False),
        ("Công tác bảo mật (bí mật).xlsx", False),
        ("MẬT ĐỘ DÂN SỐ (12.4).xlsx", False),
        ("BC tuần.mật", False),
    ],
)
def test_a_name_is_marked_by_a_word_of_its_own(name: str, is_secret: bool) -> None:
    assert name_is_marked(name, MARKS) is is_secret


@pytest.mark.parametrize(
    ("sheet", "is_secret"),
    [
        (Sheet("Tiến độ", ((None, 1), ("Mã", "(MẬT)"))), True),
        (Sheet("MẬT", ()), True),
        (Sheet("Danh mục", (("Mật",),), hidden=True), True),
        (Sheet("Mật độ", (("bí mật", 1.0, True, None),)), False),
    ],
)
def test_a_book_is_marked_by_any_cell_or_sheet_name(sheet: Sheet, is_secret: bool) -> None:
    assert book_is_marked(Book((Sheet("Trống", ()), sheet)), MARKS) is is_secret
