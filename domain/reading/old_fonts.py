"""Text typed in the fonts that were used before Unicode: TCVN3 (ABC, .VnTime) is read, VNI (VNI-Times) is recognised.

Such fonts draw Vietnamese letters where Latin-1 has others: "§¹t" in .VnTime is seen as "Đạt". Knows texts and names of
fonts; knows no file. What a text may be is told by its words: which of them are Vietnamese syllables as they stand, and
which under the old code. A word that is one under both is no evidence.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import Enum
from functools import lru_cache
from itertools import accumulate

from domain.reading.cell import OldText
from domain.reading.syllables import is_syllable
from domain.vietnamese import normal_text

# TCVN 5712:1993 as the fonts of ABC draw it (VN3): code, as the Latin-1 letter that stands there, and what is seen.
# Source: the standard's table 1; a test holds it to glibc's TCVN5712-1.
_CAPITALS = dict(zip("¡¢£¤¥¦§", "ĂÂÊÔƠƯĐ", strict=True))
_SMALL = dict(zip("¨©ª«¬\u00ad®", "ăâêôơưđ", strict=True))
_SMALL |= dict(zip("µ¶·¸¹»¼½¾ÆÇÈÉÊË", "àảãáạằẳẵắặầẩẫấậ", strict=True))
_SMALL |= dict(zip("ÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞ", "èẻẽéẹềểễếệìỉĩíị", strict=True))
_SMALL |= dict(zip("ßáâãäåæçèéêëìíî", "òỏõóọồổỗốộờởỡớợ", strict=True))
_SMALL |= dict(zip("ïñòóôõö÷øùúûüýþ", "ùủũúụừửữứựỳỷỹýỵ", strict=True))
# What is seen of a code: in .VnTime, and in .VnTimeH, which draws the small letters as capitals. 134 letters in all.
SEEN = _CAPITALS | _SMALL
SEEN_AS_CAPITALS = _CAPITALS | {code: letter.upper() for code, letter in _SMALL.items()}
# The five tones as signs of their own; behind anything but a vowel they are what they are in Latin-1 (m², 50±2, °C).
_TONES = dict(zip("°±²³´", "\u0300\u0309\u0303\u0301\u0323", strict=True))
_VOWEL_AND_TONE = re.compile("([aăâeêioôơuưyAĂÂEÊIOÔƠUƯY])([°±²³´])")
_TRANSLATED = str.maketrans(SEEN)
# Where the standard has capitals with a tone the fonts have no letter: neither reading is sure. U+0080-009F too.
_NOT_IN_FONTS = re.compile("[\x01-\x06\x11-\x17\x80-\x9f¯º¿À-ÅÍÙÚÛàðÿ]")

# VNI: a letter, and behind it the sign over or under it, as the Latin-1 letter that stands there.
_VNI_SIGNS = dict(zip("øùûõï", ["\u0300", "\u0301", "\u0309", "\u0303", "\u0323"], strict=True))
_VNI_SIGNS |= {"â": "\u0302", "ê": "\u0306"}
_VNI_SIGNS |= {
    code: roof + tone
    for roof, codes in (("\u0302", "àáåãä"), ("\u0306", "èéúüë"))
    for code, tone in zip(codes, ["\u0300", "\u0301", "\u0309", "\u0303", "\u0323"], strict=True)
}
_VNI_LETTERS = dict(zip("ñöôæóòìíî", "đươỉĩịìíỵ", strict=True))
_VNI_CARRIERS = {"a": "øùûõïâêàáåãäèéúüë", "eo": "øùûõïâàáåãä", "uôö": "øùûõï", "y": "øùûõ"}
_VNI_PAIR = re.compile(
    "|".join(f"[{on}][{signs}]" for on, signs in _VNI_CARRIERS.items()) + f"|[{''.join(_VNI_LETTERS)}]",
    re.IGNORECASE,
)

_WORD = re.compile("[\\w\u0300-\u036f\u00a1-\u00ff]+")
_BEYOND_LATIN_1 = re.compile("[ăđĩũơưĂĐĨŨƠƯ\u1ea0-\u1ef9\u0300-\u036f]")  # as Unicode alone has them
_SIGNS = frozenset("¡¢£¤¥¦§¨©«¬\u00ad®¶·¸¹»¼½¾×÷")  # no letters in Latin-1: within a word nobody types them
# As Unicode these end or are a word of their own: a note's number, a fraction (B¹), a micrometre.
_ENDS_ALSO = frozenset("¹¼½¾")
_LOOK_ALIKES = str.maketrans("Ðð", "Đđ")
_UNITS = frozenset({"µm", "N·m"})


class Script(Enum):
    """What the clear words of a text say. NONE: nothing that could be an old code; UNSURE: no clear word, or of two."""

    NONE = "none"
    UNICODE = "Unicode"
    TCVN3 = "TCVN3"
    VNI = "VNI"
    UNSURE = "unsure"


@dataclass(frozen=True)
class _Words:
    """How many words of a text are syllables under that code and not as they stand, and how many are none under it.

    `foreign`: none under any code, without a sign inside.
    """

    tcvn3: int
    vni: int
    not_tcvn3: int
    not_vni: int
    foreign: int


def is_tcvn3_font(name: str) -> bool:
    """.VnTime, .VnArialH; OpenDocument puts names with spaces in quotes."""
    return _bare(name).startswith(".vn")


def is_vni_font(name: str) -> bool:
    return _bare(name).startswith("vni")


def from_tcvn3(text: str, font: str = ".VnTime") -> str | None:
    """As it is seen in this font; all capitals where its name ends in H. None where a code is no letter of the font."""
    text = unicodedata.normalize("NFC", text)
    if _NOT_IN_FONTS.search(text):
        return None
    seen = text.translate(_TRANSLATED)
    if not _TONES.keys().isdisjoint(seen):
        seen = _VOWEL_AND_TONE.sub(lambda pair: pair[1] + _TONES[pair[2]], seen)
        seen = unicodedata.normalize("NFC", seen)
    return seen.upper() if _bare(font).endswith("h") else seen


def from_vni(text: str) -> str:
    """As it is seen in a VNI font. For evidence and for marks alone: no value is ever taken from it."""
    return _VNI_PAIR.sub(_vni_letter, unicodedata.normalize("NFC", text))


def _vni_letter(pair: re.Match[str]) -> str:
    small = pair[0].lower()
    letter = _VNI_LETTERS.get(small[0], small[0]) + "".join(map(_VNI_SIGNS.__getitem__, small[1:]))
    composed = unicodedata.normalize("NFC", letter)
    return composed if pair[0][0].islower() else composed.upper()


def old_codes_of(letters: Iterable[str]) -> frozenset[str]:
    """The letters of Latin-1 without one of which no old code can write any of these (small ones)."""
    wanted = set(letters)
    tcvn3 = {code for code, letter in SEEN_AS_CAPITALS.items() if letter.lower() in wanted}
    vni = {code for code, letter in _VNI_LETTERS.items() if letter in wanted}
    vni |= {
        s
        for s, mark in _VNI_SIGNS.items()
        for on in "aeouơưy"
        if unicodedata.normalize("NFC", on + mark) in wanted
    }
    return frozenset(tcvn3 | vni | {code.upper() for code in vni})


def script_in_tcvn3_font(text: str) -> Script:
    """Of a text whose font is .Vn*: people set such a font over Unicode text, too."""
    words = _words(text)
    if _SEEN_CODES.isdisjoint(text):
        return Script.UNICODE if words.not_tcvn3 else Script.NONE
    if words.vni > words.tcvn3 and not words.not_vni:
        return Script.VNI
    if bool(words.tcvn3) == bool(words.not_tcvn3):
        return Script.UNSURE
    return Script.TCVN3 if words.tcvn3 else Script.UNICODE


def script_without_font(text: str) -> Script:
    """TCVN3 or VNI where more words are clear than speak against it. Never UNSURE: what isn't evident is Unicode.

    A word counts if it is no Vietnamese syllable as it stands and is one under the old code. No Vietnamese word can
    count then; of foreign words one in hundreds does (French "tôt" is TCVN3 "tụt"), and hardly one without others
    beside it that don't (measured: of the 50,000 commonest
    words 27 in French, 17 in German, 6 in English); units and signs (m², 50±2, ½, ®) are no words or no syllables.
    """
    if text.isascii():
        return Script.NONE
    words = _words(text)
    if words.vni > words.not_vni + words.foreign and words.vni >= words.tcvn3:
        return Script.VNI
    return Script.TCVN3 if words.tcvn3 > words.not_tcvn3 + words.foreign else Script.UNICODE


@dataclass(frozen=True)
class Run:
    """So many letters of a cell in one font; "" for a font of Unicode."""

    font: str
    length: int


def pieces(text: str, font: str, runs: Sequence[Run] = ()) -> tuple[tuple[str, str], ...]:
    """(text, font) of each run, or the whole. Empty where the runs don't cover the text: which is which isn't known."""
    if not runs:
        return ((text, font),)
    ends = list(accumulate(run.length for run in runs))
    if ends[-1] != len(text):
        return ()
    return tuple((text[end - run.length : end], run.font) for run, end in zip(runs, ends, strict=True))


def shared_script(texts: Iterable[str]) -> Script:
    """What all clear texts in .Vn* fonts of one file are; UNSURE where none is clear, or clear ones differ."""
    clear = {script_in_tcvn3_font(text) for text in texts} & {Script.TCVN3, Script.UNICODE}
    return clear.pop() if len(clear) == 1 else Script.UNSURE


# What Excel inserts from a font of pictures, by its code in the font or in the private area: a tick is a tick
# (SEMANTICS, Judgement). Any other stays as it is stored, and is asked about.
_PICTURES: Mapping[str, Mapping[str, str]] = {
    font: {letter: sign for code, sign in signs for letter in (chr(code), chr(0xF000 + code))}
    for font, signs in {
        "wingdings": ((0xFC, "✓"), (0xFE, "☑"), (0xFB, "✗"), (0xFD, "☒"), (0xA8, "☐"), (0x6F, "☐")),
        "wingdings 2": ((0x50, "✓"), (0x52, "☑"), (0x53, "☒"), (0x54, "☒"), (0xA3, "☐")),
    }.items()
}


def settled(
    text: str, font: str = "", runs: Sequence[Run] = (), shared: Script = Script.UNSURE
) -> tuple[str, OldText | None]:
    """The text as it is understood, and what is told of it; None where it stands as it is.

    `shared`: shared_script of the file.
    """
    if text.isascii():
        return text, None
    if not runs:
        return _settled(text, font, shared)
    parts = [_settled(part, of, shared) for part, of in pieces(text, font, runs)]
    old = next((old for _, old in parts if old and not old.is_read), None) if parts else _unknown(text, font)
    if old:
        return text, replace(old, typed=text)
    seen, was_read = "".join(part for part, _ in parts), next((old for _, old in parts if old), None)
    return seen, was_read and _read(text, str(was_read.facts["font"]), seen)


@lru_cache(maxsize=8192)
def _settled(text: str, font: str, shared: Script) -> tuple[str, OldText | None]:
    pictures = _PICTURES.get(font.casefold())
    if text.isascii() or pictures:
        return "".join(pictures.get(sign, sign) for sign in text) if pictures else text, None
    if is_tcvn3_font(font):
        return _in_tcvn3_font(text, font, shared)
    if is_vni_font(font):
        is_unicode = _words(text).not_vni and not _words(text).vni
        return text, None if is_unicode else OldText(text, "VNI_TEXT", {"font": font, **_ALONE})
    match script_without_font(text):
        case Script.VNI:
            return text, OldText(text, "VNI_TEXT", _ALONE)
        case Script.TCVN3:
            return text, OldText(text, "TCVN3_WITHOUT_FONT", {"read": from_tcvn3(text) or "", **_ALONE})
    return text, None


def _in_tcvn3_font(text: str, font: str, shared: Script) -> tuple[str, OldText | None]:
    script = script_in_tcvn3_font(text)
    if script is Script.UNSURE:
        script = shared
    if script in (Script.NONE, Script.UNICODE):
        return text, None
    if script is Script.VNI:
        return text, OldText(text, "VNI_TEXT", {"font": font, **_ALONE})
    seen = from_tcvn3(text, font)
    if seen is None:
        return text, _unknown(text, font)
    if script is Script.TCVN3:
        return seen, _read(text, font, seen)
    readings = f'"{normal_text(seen)}" (TCVN3) hoặc "{normal_text(text)}" (Unicode)'
    return text, OldText(text, "TCVN3_OR_UNICODE", {"font": font, "readings": readings})


def _read(typed: str, font: str, seen: str) -> OldText:
    return OldText(typed, "READ_FROM_TCVN3", {"font": font, "read": normal_text(seen)})


def _unknown(text: str, font: str) -> OldText:
    return OldText(text, "FONT_NOT_UNICODE", {"font": font})


_ALONE = {"more": ""}  # how many other cells are like it: who sees them all may say so
_SEEN_CODES = frozenset(SEEN)


@lru_cache(maxsize=8192)
def _words(text: str) -> _Words:
    kinds = [kind for word in _WORD.findall(unicodedata.normalize("NFC", text)) for kind in _kinds(word)]
    return _Words(*(kinds.count(field.name) for field in fields(_Words)))


@lru_cache(maxsize=8192)
def _kinds(word: str) -> tuple[str, ...]:
    """The counts of _Words that it adds to; none where it is a syllable every way, or one sign, a code, a number."""
    if len(word) == 1 or word.isascii() or any(letter.isdecimal() for letter in word):
        return ()
    if _BEYOND_LATIN_1.search(word):
        return ("not_tcvn3", "not_vni")
    tcvn3 = from_tcvn3(word)
    stands, is_tcvn3 = is_syllable(word.translate(_LOOK_ALIKES)), tcvn3 is not None and is_syllable(tcvn3)
    is_vni = is_syllable(from_vni(word))
    if stands:
        return (*(() if is_tcvn3 else ("not_tcvn3",)), *(() if is_vni else ("not_vni",)))
    found = (*(("tcvn3",) if is_tcvn3 and not _is_unit(word) else ()), *(("vni",) if is_vni else ()))
    is_foreign = not is_tcvn3 and not is_vni and _SIGNS.isdisjoint(word) and max(word) >= "À"
    return ("foreign",) if is_foreign else found


def _is_unit(word: str) -> bool:
    return word in _UNITS or (word[-1] in _ENDS_ALSO and _SIGNS.isdisjoint(word[:-1]))


def _bare(name: str) -> str:
    return name.casefold().strip("'\"")
