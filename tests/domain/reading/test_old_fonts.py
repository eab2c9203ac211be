"""TCVN3 against glibc's own table; what is evident and what is asked."""

import shutil
import subprocess
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.reading import old_fonts
from domain.reading.old_fonts import (
    SEEN,
    SEEN_AS_CAPITALS,
    Run,
    Script,
    from_tcvn3,
    from_vni,
    script_in_tcvn3_font,
    script_without_font,
    settled,
    shared_script,
)
from domain.reading.syllables import is_syllable

SMALL = {letter: code for code, letter in SEEN.items()}
SYLLABLES = [
    f"{beginning}{before}{unicodedata.normalize('NFC', vowel + tone)}{after}"
    for beginning in ("", "b", "ch", "đ", "h", "m", "qu", "th", "tr", "x")
    for before, vowels, after in (
        ("", "aăâêôơư", "n"), ("", "aâô", "t"), ("u", "yê", "n"), ("i", "ê", "u"), ("ư", "ơ", "ng"), ("", "aôơ", "i"),
        ("o", "a", ""),
    )
    for vowel in vowels
    for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
]  # fmt: skip
WORDS = st.sampled_from([unicodedata.normalize("NFC", word) for word in SYLLABLES if is_syllable(word)])
TEXTS = st.lists(WORDS | st.sampled_from(["UBND", "17.1", "2023", "HTX", "(%)"]), min_size=1, max_size=8).map(
    " ".join
)


def in_tcvn3(text: str) -> str:
    return "".join(SMALL.get(letter, letter) for letter in text)


def in_vni(text: str) -> str:
    """VNI Windows, built from its own description: the letter, then one sign for roof and tone."""
    whole = {"đ": "ñ", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ì": "ì", "í": "í", "ỵ": "î", "ơ": "ô", "ư": "ö"}
    signs = {
        "\u0300": "ø",
        "\u0301": "ù",
        "\u0309": "û",
        "\u0303": "õ",
        "\u0323": "ï",
        "\u0302": "â",
        "\u0306": "ê",
    }
    both = dict(
        zip(
            [r + t for r in "\u0302\u0306" for t in "\u0300\u0301\u0309\u0303\u0323"],
            "àáåãäèéúüë",
            strict=True,
        )
    )
    out = ""
    for letter in text:
        if letter in whole:
            out += whole[letter]
            continue
        base, *marks = list(unicodedata.normalize("NFD", letter))
        horn = "\u031b" in marks
        said = "".join(sorted((m for m in marks if m != "\u031b"), key=lambda m: m not in "\u0302\u0306"))
        out += {"o": "ô", "u": "ö"}[base] if horn else base
        out += both.get(said) or signs.get(said, "")
    return out


# --- the table --------------------------------------------------------------------------------------------------------


def by_glibc(data: bytes) -> str:
    done = subprocess.run(
        ["iconv", "-f", "TCVN5712-1", "-t", "UTF-8"], input=data, capture_output=True, check=True
    )
    return done.stdout.decode()


def glibc_knows_it() -> bool:
    if shutil.which("iconv") is None:
        return False
    return b"TCVN5712-1" in subprocess.run(["iconv", "-l"], capture_output=True, check=False).stdout


needs_glibc = pytest.mark.skipif(not glibc_knows_it(), reason="this iconv knows no TCVN5712-1")
# glibc knows the standard's first code (VN1), in which each of the 134 letters has its own place. The fonts draw the
# third one (VN3), so the capitals with a tone differ: VN1 keeps them at these codes, where .Vn* fonts draw nothing or
# control characters stand; an officer sees them by .VnTimeH, which draws the small letter's code as a capital.
VN1_CAPITALS_WITH_TONE = bytes([
    0x80, 0x81, 0x82, 0x83, 0x84, 0xAF, 0xBA, 0xBF, 0xC0, 0x85, 0xC1, 0xC2, 0xC3, 0xC4, 0x86, 0x87, 0x88, 0x89, 0x8A,
    0x8B, 0xC5, 0xCD, 0xD9, 0xDA, 0x8C, 0x8D, 0x8E, 0x8F, 0x90, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0xDB, 0xE0, 0xF0,
    0xFF, 0x97, 0x98, 0x99, 0x9A, 0x9B, 0x9C, 0x9D, 0x9E, 0x9F, 0x01, 0x02, 0x04, 0x05, 0x06, 0x11, 0x12, 0x13, 0x14,
    0x15, 0x16, 0x17,
])  # fmt: skip


@needs_glibc
@pytest.mark.parametrize("code", SEEN, ids=lambda code: f"{ord(code):02X}")
def test_a_letter_of_the_fonts_is_that_of_glibc(code):
    assert unicodedata.normalize("NFC", by_glibc(code.encode("latin-1") + b" ")) == SEEN[code] + " "


@needs_glibc
def test_the_134_letters_are_all_seen_the_capitals_with_a_tone_by_the_small_letters_code():
    all_seen = set(SEEN.values()) | set(SEEN_AS_CAPITALS.values())
    assert len(SEEN) == 74
    assert len(all_seen) == 134
    capitals = set(by_glibc(b" ".join(bytes([code]) for code in VN1_CAPITALS_WITH_TONE)).split())
    assert capitals == all_seen - set(SEEN.values())


@needs_glibc
@pytest.mark.parametrize("code", VN1_CAPITALS_WITH_TONE)
def test_a_code_that_the_fonts_dont_draw_is_not_read(code):
    assert from_tcvn3(f"M{chr(code)}T") is None


@needs_glibc
def test_the_tones_that_stand_alone_are_those_of_glibc():
    letters = [by_glibc(b"a" + bytes([code])) for code in range(0xB0, 0xB5)]
    assert [unicodedata.normalize("NFC", letter) for letter in letters] == ["à", "ả", "ã", "á", "ạ"]
    assert [from_tcvn3("a" + chr(code)) for code in range(0xB0, 0xB5)] == ["à", "ả", "ã", "á", "ạ"]


@pytest.mark.parametrize("text", ["20 m²", "50±2", "37 °C", "km²/năm"])
def test_a_sign_behind_no_vowel_is_no_tone(text):
    assert settled(text, ".VnTime") == (text, None)


# --- there and back ---------------------------------------------------------------------------------------------------


@given(TEXTS)
def test_what_was_typed_in_tcvn3_is_read_back(text):
    assert from_tcvn3(in_tcvn3(text)) == text
    assert from_tcvn3(in_tcvn3(text), ".VnTimeH") == text.upper()
    assert from_tcvn3(unicodedata.normalize("NFD", in_tcvn3(text))) == text


@given(TEXTS)
def test_what_was_typed_in_vni_is_recognised_for_what_it_is(text):
    assert from_vni(in_vni(text)) == text


@given(TEXTS)
def test_vietnamese_in_unicode_is_never_taken_for_an_old_code(text):
    for each in (text, text.upper(), text.title(), unicodedata.normalize("NFD", text)):
        assert script_without_font(each) in (Script.NONE, Script.UNICODE)
        assert settled(each) == (each, None)
        assert script_in_tcvn3_font(each) is not Script.TCVN3
        assert script_in_tcvn3_font(each) is not Script.VNI


@given(TEXTS)
def test_a_text_in_a_tcvn3_font_is_never_read_as_another_one(text):
    """Read, or asked about; as it stands only where both codes write the same."""
    typed = in_tcvn3(text)
    read, old = settled(typed, ".VnTime")
    if old is None:
        assert read == typed
        assert typed == text or script_in_tcvn3_font(typed) is Script.UNICODE
    elif old.is_read:
        assert read == text


def test_nearly_every_word_of_tcvn3_and_vni_shows_what_it_is():
    words = {unicodedata.normalize("NFC", word) for word in SYLLABLES if is_syllable(word)}
    of_both = [word for word in words if not word.isascii() and in_tcvn3(word) != word]
    hidden = [word for word in of_both if script_without_font(in_tcvn3(word)) is Script.UNICODE]
    assert len(hidden) < len(of_both) / 5
    wrong = [word for word in of_both if script_in_tcvn3_font(in_tcvn3(word)) is Script.UNICODE]
    assert wrong == []


# --- what is evident --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "m²", "20 m³", "37 °C", "50±2", "½", "1½", "¼ ha", "®", "Word®", "©2023", "§1", "µm", "5 µg/l", "N·m", "kW·h",
        "B¹", "xã¹", "«xã»", "« là »", "nº 5", "1ª", "•", "·", "a × b", "£100", "café", "résumé", "naïve", "Noël",
        "crème brûlée", "été", "déjà vu", "Côte d'Ivoire", "São Paulo", "Müller", "Zürich", "El Niño", "smörgåsbord",
        "façade", "Brontë", "là", "xã", "hoà", "quí", "thuý", "Tài", "BÁO CÁO", "bê tông", "ô tô", "cà phê", "xi măng",
        "Krông Nô", "Ê-đê", "Ðà Nẵng",
        "Đạt", "chưa", "phát\u00adtriển", "",
    ],
)  # fmt: skip
def test_unicode_units_and_foreign_words_are_left_alone(text):
    assert settled(text) == (text, None)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("§¹t", "Đạt"),
        ("Ch\u00ada", "Chưa"),
        ("Ch­a ®¹t", "Chưa đạt"),
        ("C¬ b¶n ®¹t", "Cơ bản đạt"),
        ("X· Mü Hµ", "Xã Mỹ Hà"),
        ("UBND x· Mü ThÞnh", "UBND xã Mỹ Thịnh"),
        ("Tèt", "Tốt"),
        ("§¬n vÞ tÝnh: triÖu ®ång", "Đơn vị tính: triệu đồng"),
    ],
)
def test_tcvn3_without_its_font_is_asked_about_with_what_it_would_be(text, read):
    seen, old = settled(text)
    assert seen == text
    assert old is not None
    assert (old.code, old.facts["read"]) == ("TCVN3_WITHOUT_FONT", read)


@pytest.mark.parametrize(
    "text",
    ["Ñaït", "Cô baûn ñaït", "Chöa", "Chöa ñaït", "Xaõ Myõ Haø", "Ñôn vò tính: trieäu ñoàng", "XAÕ MYÕ HAØ"],
)
def test_vni_is_recognised_by_its_letters_in_any_font(text):
    for font in ("", "Arial", "VNI-Times", "'VNI-Times'"):
        seen, old = settled(text, font)
        assert (seen, old and old.code) == (text, "VNI_TEXT")


def test_a_text_of_both_kinds_takes_the_reading_that_the_clear_ones_share():
    assert shared_script(["xã", "§¹t", "17.1"]) is Script.TCVN3
    assert shared_script(["xã", "17.1"]) is Script.UNSURE
    assert shared_script(["xã", "Đạt"]) is Script.UNICODE
    assert shared_script(["xã", "Đạt ½"]) is Script.UNICODE
    assert shared_script(["xã", "§¹t", "Đạt ½"]) is Script.UNSURE
    assert settled("xã", ".VnTime", shared=Script.TCVN3)[0] == "xó"
    assert settled("xã", ".VnTime", shared=Script.UNICODE) == ("xã", None)
    seen, old = settled("xã", ".VnTime")
    assert (seen, old and old.code) == ("xã", "TCVN3_OR_UNICODE")
    assert old
    assert old.facts["readings"] == '"xó" (TCVN3) hoặc "xã" (Unicode)'


def test_each_run_is_read_in_its_own_font():
    text = "Xã Mü Hµ"
    seen, old = settled(text, ".VnTime", (Run("", 3), Run(".VnTime", 5)))
    assert seen == "Xã Mỹ Hà"
    assert old
    assert (old.code, old.typed, old.facts["read"]) == ("READ_FROM_TCVN3", text, "Xã Mỹ Hà")


@pytest.mark.parametrize(
    ("runs", "code"),
    [
        ((Run("", 3), Run("VNI-Times", 5)), "VNI_TEXT"),
        ((Run("", 3), Run(".VnTime", 4)), "FONT_NOT_UNICODE"),  # a letter is left over: nobody knows where
        ((Run("", 0), Run(".VnTime", 0)), "FONT_NOT_UNICODE"),
    ],
)
def test_one_run_that_cant_be_read_leaves_the_text_unread(runs, code):
    text = "Xã Myõ H" if code == "VNI_TEXT" else "Xã Mü Hµ"
    seen, old = settled(text, ".VnTime", runs)
    assert (seen, old and (old.code, old.typed)) == (text, (code, text))


def test_fonts_are_known_by_their_names():
    assert old_fonts.is_tcvn3_font("'.VnArial Narrow'")
    assert old_fonts.is_vni_font("VNI-Times")
    assert not old_fonts.is_tcvn3_font("Times New Roman")


@given(WORDS)
def test_no_old_code_writes_a_letter_without_one_of_its_codes(word):
    letters = [letter for letter in word if not letter.isascii()]
    for typed in (in_tcvn3(word), in_vni(word)) if letters else ():
        assert not old_fonts.old_codes_of(letters).isdisjoint(typed)


def test_a_picture_of_wingdings_is_the_sign_that_it_shows():
    assert settled("\xfc", "Wingdings") == ("✓", None)
    assert settled("\uf052", "Wingdings 2") == ("☑", None)
    assert settled("\xfa", "Wingdings") == ("\xfa", None)
    assert settled("\xfc", "Calibri") == ("\xfc", None)
