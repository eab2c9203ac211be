"""A secrecy mark stands alone or is two words nobody writes otherwise; the same letters in other words are none."""

import unicodedata

import pytest

from config.facts import load_campaign
from tasks.intake.grid import Book, Sheet
from tasks.intake.marks import is_marked, name_is_marked

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
    "BÁO CÁO TUẦN - MẬT",
    "BÁO CÁO TUẦN -MẬT",
    "Báo cáo tuần MẬT",
    "TÀI LIỆU TỐI MẬT",
    "MẬT / KHẨN",
    "HỎA TỐC, MẬT",
    "MẬT (Bản số 01)",
    "MẬT Bản số 01",
    "ĐỘ MẬT: MẬT",
    "MẬT; ĐỘ KHẨN: HỎA TỐC",
    "T Ố I  M Ậ T",
    "BÁO CÁO  T.Ố.I  M.Ậ.T",
    "M Ậ T",
    "TỐIMẬT",
    "Tài liệu tuyệt mật số 4",
    "Theo hồ sơ tối mật của đơn vị, " + "việc đang được xem xét tiếp, " * 9,
    "BÁO CÁO KẾT QUẢ THỰC HIỆN CHƯƠNG TRÌNH NÔNG THÔN MỚI NÂNG CAO VÀ KIỂU MẪU NĂM 2023 - MẬT",
    "SỐ 5 MËT",
    "ＭẬＴ",  # full-width
    "Ｔố　ｉ mật".replace("\u3000", ""),
    "ĐỀ XUẤT MẬT",
    "VĂN BẢN NÀY LÀ MẬT",
    "DIỄN BIẾN MẬT",
    "MẬT: KHÔNG PHỔ BIẾN",
    "MẬT: Không; TUYỆT MẬT: Có",
    "MẬT: Có",
    "MẬT:",
    "KHOAI MẬT - MẬT",
    "KHOAI MẬT\nMẬT",
    "tèi mËt",  # .VnTimeH shows small letters as capitals
    "b¸o c¸o tuÇn - mËt",
    "tµi liÖu mËt",
    "Taøi lieäu TOÁI MAÄT",
    "toái maät",
]
WORDS = [
    "bí mật",
    "Bảo vệ bí mật nhà nước",
    "mật độ dân số",
    "MẬT ĐỘ DÂN SỐ",
    "Mật độ",
    "Độ mật:",
    "mật ong",
    "MẬT ONG RỪNG",
    "Sản phẩm MẬT ONG; BÍ MẬT nhà nước",
    "SẢN LƯỢNG MẬT (lít)",
    "ĐỔI MẬT KHẨU",
    "ĐỘ MẬT:",
    "Tài liệu KHÔNG MẬT",
    "MẬT-ĐỘ",
    "Buổi tối mật độ xe cao",
    "Sản phẩm khác (mật, sữa)",
    "tối nay mật ong về",
    "THÂN MẬT",
    "MẬTX",
    "Đề nghị xem lại phần MẬT trong hồ sơ đã gửi tuần trước cho phòng và các xã để thống nhất số liệu",
    "Tài liệu không thuộc diện mật",
    "GIỐNG DƯA LÊ MẬT",
    "KHOAI LANG MẬT",
    "CÂY MẬT NHÂN",
    "Phố MẬT SƠN",
    "Thường, Mật, Tối mật, Tuyệt mật",  # the choices of a form
    "bÝ mËt",  # TCVN3
    "mËt ®é d©n sè",
    "mËt ong",
    "Bí maät",  # VNI
    "maät ñoä daân soá",
    "xã có mật ong",
    "Xã có sản phẩm mật, sữa",
    "MÔ HÌNH NUÔI ONG LẤY MẬT",
    "DỰ ÁN TRỒNG KHOAI MẬT",
    "KHOAI MẬT",
    "MÍT MẬT",
    "DƯA LƯỚI MẬT NĂM 2023",
    "CÂY CHÀ LÀ MẬT",
    "CƠ SỞ SẢN XUẤT MẬT",
    "CƠ SỞ CHẾ BIẾN MẬT",
    "CHUỐI MẬT MỐC",
    "VƯỜN ỔI MẬT",
    "NHÀ VĂN HÓA THÔN MẬT",
    "XÓM MẬT",
    "HƯƠNG MẬT",
    "HỒ SƠ MẬT: KHÔNG",
    "MẬT: Không",
    "MẬT : Không có.",
    "TÀI LIỆU MẬT: 0",
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
        ("bao cao TỐI MẬT.pdf", True),
        ("bao-cao-tuyệt-mật.pdf", True),
        ("bao_cao_tối_mật_12.4.docx", True),
        ("MẬT_bao cao.xlsx", True),
        ("BC12.4MẬT.xlsx", True),
        ("tuyệt mật2.pdf", True),
        ("Báo cáo MẬT.xlsx", True),
        ("BC-MẬT-12.4.xlsx", True),
        (unicodedata.normalize("NFD", "Báo cáo MẬT.xlsx"), True),
        ("Báo cáo mật ong.xlsx", False),
        ("BẢO MẬT thông tin.xlsx", False),
        ("MẬT_ĐỘ dân số.xlsx", False),
        ("Báo cáo bí mật nhà nước.xlsx", False),
        ("Bao-cao-mật-độ-dân-số.xlsx", False),
        ("Công tác bảo mật (bí mật).xlsx", False),
        ("MẬT ĐỘ DÂN SỐ (12.4).xlsx", False),
        ("BC tuần.mật", False),
        ("Nuôi ong lấy MẬT.xlsx", False),
        ("Đề xuất MẬT.xlsx", True),
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
    texts = Book((Sheet("Trống", ()), sheet)).texts
    assert any(is_marked(text, MARKS) for text in texts) is is_secret
