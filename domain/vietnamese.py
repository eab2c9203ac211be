"""Vietnamese text, numbers and dates: how we compare what officers write and how we write back."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache, partial
from zoneinfo import ZoneInfo

# U+00D0 (Icelandic eth) and U+0189 are typed for Đ by some keyboards and old converters; they look alike,
# they differ.
_LOOK_ALIKES: dict[int, str] = str.maketrans({"Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "ɖ": "đ"})
# Full-width digits, letters and signs, as keyboards of East Asia type them: the same characters as in ASCII. No more of
# compatibility forms than that (NFKC): m² would be m2, and ½ a 1 and a 2.
_LOOK_ALIKES |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
# Marks without a shape; control characters too (a CSV may hold them), which no document and no database takes.
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff\u00ad\x00-\x08\x0e-\x1f\x7f]")
_SPACES = re.compile(r"\s+")
# What normal text has none of. Most texts are normal as typed: one look costs a tenth of putting right.
_UNUSUAL = re.compile(f"[{_INVISIBLE.pattern[1:-1]}{''.join(map(chr, _LOOK_ALIKES))}]|[^\\S ]|  ")
_NFC = partial(unicodedata.normalize, "NFC")
# In normal text.
_AROUND_SIGNS = re.compile(r" (?:(?=[-–—/&(),.:;])|(?<=[-–—/&(),.:;] ))")

# Old and new tone placement differ letter by letter under NFC: hòa/hoà, khỏe/khoẻ, thúy/thuý. Names are
# compared in the old placement and kept as written. Only an open syllable has two ("hoàn" has one), and after
# q the u is no vowel ("quý").
_NEW_PLACEMENT = re.compile(
    "(?:(o)([ae])|(?<!q)(u)(y))([\u0300\u0301\u0303\u0309\u0323])(?![^\\W\\d_]|[\u0300-\u036f])"
)
# Where a look at composed letters can't rule it out.
_TWO_PLACEMENTS = re.compile("o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ]")


def normal_text(text: str) -> str:
    """NFC; look-alike Đ and full-width letters put right, no invisible marks, each run of spaces one space, trimmed."""
    return _known_text(text) if len(text) <= _LONGEST_KNOWN else _normal_text(text)


def match_key(text: str) -> str:
    """What two spellings of one name share: normal text, no case, one tone placement, no space around signs.

    Diacritics stay: "Mỹ Thịnh" and "Mỹ Thành" must never meet.
    """
    return _known_key(text) if len(text) <= _LONGEST_KNOWN else _match_key(text)


def _normal_text(text: str) -> str:
    if _UNUSUAL.search(text):
        text = _SPACES.sub(" ", _NFC(_INVISIBLE.sub("", text).translate(_LOOK_ALIKES)))
    return _NFC(text).strip()


def _match_key(text: str) -> str:
    folded = normal_text(text).casefold()
    if _TWO_PLACEMENTS.search(folded) or not unicodedata.is_normalized("NFC", folded):
        folded = _NFC(_NEW_PLACEMENT.sub(_old_placement, unicodedata.normalize("NFD", folded)))
    signs = _AROUND_SIGNS.sub("", folded).replace("–", "-").replace("—", "-")
    return _NFC(signs).rstrip(".:;, ")


# Headings, codes, judgements and names stand in every file, each read ten times. Only short ones are kept: 8 MB.
_LONGEST_KNOWN = 200
_known_text = lru_cache(maxsize=8192)(_normal_text)
_known_key = lru_cache(maxsize=8192)(_match_key)


def _old_placement(match: re.Match[str]) -> str:
    return (match[1] or match[3]) + match[5] + (match[2] or match[4])


def first_of(listed: Sequence[str], at_most: int, whom: str) -> str:
    """`Xã Mỹ Hà, Xã Mỹ Thịnh và 3 xã khác`."""
    left = len(listed) - at_most
    return ", ".join(listed[:at_most]) + (f" và {left} {whom} khác" if left > 0 else "")


def first_capital(text: str) -> str:
    """For the beginning of a sentence; the rest keeps its capitals (names)."""
    return text[:1].upper() + text[1:]


def first_small(text: str) -> str:
    """For the middle of a sentence."""
    return text[:1].lower() + text[1:]


def vi_date(day: date) -> str:
    """`12/4/2023`, as people write it; only the title uses the decree's own form (publication/view)."""
    return f"{day.day}/{day.month}/{day.year}"


def vi_moment(moment: datetime, zone: ZoneInfo) -> str:
    """`16:12 12/4/2023`, in that zone: for tables."""
    local = moment.astimezone(zone)
    return f"{local:%H:%M} {vi_date(local.date())}"


def vi_hour_and_day(local: datetime) -> str:
    """`16:12 ngày 12/4/2023`, on the clock that the moment is told by: for running text."""
    return f"{local:%H:%M} ngày {vi_date(local.date())}"


def vi_number(value: int | Decimal) -> str:
    """Thousands by dots, decimals by a comma, no trailing zeros: `1.234,5`."""
    # By way of Decimal, untouched by its context: an int formatted with "f" becomes a float and loses đồng.
    whole, _, fraction = f"{Decimal(value).copy_abs():f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    fraction = fraction.rstrip("0")
    return ("-" if value < 0 else "") + grouped + (f",{fraction}" if fraction else "")


def vi_tenths(value: Decimal) -> str:
    """One decimal, also where it is a zero: `2,0`, `−1,5`."""
    whole, _, tenth = f"{value.copy_abs():.1f}".partition(".")
    return f"{'−' if value < 0 else ''}{vi_number(int(whole))},{tenth}"


def vi_million_dong(amount: int) -> str:
    """Whole đồng written in triệu đồng without losing a đồng: 1234500000 is `1.234,5`."""
    return vi_number(Decimal(amount).scaleb(-6))
