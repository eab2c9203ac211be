"""One cell as it stood, what may be wrong with any cell, and what a reading of it is.

Knows no kind of value.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Generic, Never, TypeVar

from domain.vietnamese import normal_text, vi_date, vi_number

RawValue = str | int | float | bool | date | datetime | time | None
T_co = TypeVar("T_co", covariant=True)

LONGEST_TEXT = 2000  # characters; free text beyond it is cut
_ERRORS = frozenset(
    ["#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"]
)  # Excel's and LibreOffice's; Err:502 and its like are LibreOffice's alone
_LIBRE_ERROR = re.compile(r"Err:\d{3}")
# Of a number format: quoted and bracketed parts, and widths of signs that are left blank or filled (`_-`, `* `).
_NOT_LETTERS = re.compile(r'"[^"]*"|\[[^\]]*\]|[\\_*].')
# In a number format: commas behind the last digit before something else each divide what is shown by 1000.
_SCALING = re.compile(r"[0#?](,+)(?![0#?,])")
_LITERAL = re.compile(r'"([^"]*)"|\[\$([^\]-]*)[^\]]*\]|\\(.)|[_*].|([$€£¥₫])')
_PLACEHOLDER = re.compile(r"[0#?@dmyhs]|general", re.IGNORECASE)
_DAY_OF_MONTH = re.compile(r"(?<!d)dd?(?!d)")  # three or four: the name of a weekday
_CONDITION = re.compile(r"\[[<>=]")
_OWN_DIGIT = re.compile(r"(?<![^\W\d_])[0-9]")  # that of m2 is no number's
_LETTER = re.compile(r"\w")  # asked first: it spares most cells a normal form
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_PLAIN_SPACE = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True)
class OldText:
    """What is told of a text that stood, or may have stood, in the code of an old font (domain/reading/old_fonts.py).

    `typed`: as it stands in the file. `code`: READ_FROM_TCVN3 where the cell's value was read from it, else why not.
    """

    typed: str
    code: str
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_read(self) -> bool:
        return self.code.startswith("READ_")


@dataclass(frozen=True)
class Cell:
    """A value with what the container said of it.

    `number_format`, `font`, `formula` as in the file, "" if unknown. `old`: where `value` was read from an old font's
    text, or where none could be.
    """

    value: RawValue = None
    number_format: str = ""
    font: str = ""
    formula: str = ""
    old: OldText | None = None

    @property
    def is_blank(self) -> bool:
        if not isinstance(self.value, str):
            return self.value is None
        return not _LETTER.search(self.value) and (
            not normal_text(self.value) or _is_to_be_filled(self.value)
        )

    @property
    def is_percent(self) -> bool:
        """Only a bare sign shows a hundredfold; one in quotes (`0.0"%"`) stands beside the number as it is."""
        return bool(self.number_format) and _is_percent(self.number_format)

    @property
    def is_date(self) -> bool:
        letters = _NOT_LETTERS.sub("", self.number_format).lower()
        return letters != "general" and ("d" in letters or "y" in letters)

    @property
    def shows_no_day(self) -> bool:
        """A day that is shown as month and year only (typed so, Excel made it the first of the month), or as a
        weekday's name. A time of day says nothing of it."""
        letters = _NOT_LETTERS.sub("", self.number_format).lower()
        if letters == "general" or _DAY_OF_MONTH.search(letters):
            return False
        return (
            "y" in letters or "d" in letters or ("m" in letters and "h" not in letters and "s" not in letters)
        )

    @property
    def number(self) -> Decimal | None:
        """The exact number of a numeric cell as Excel shows it; None for text, truth values, inf and nan.

        Binary noise (1234.5600000000001) ends after 15 significant digits, where Excel itself stops.
        """
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            return None
        number = Decimal(self.value) if isinstance(self.value, int) else Decimal(f"{self.value:.15g}")
        return plain(number) if number.is_finite() else None

    @property
    def thousands_hidden(self) -> int:
        """How often the number format divides by 1000 before it shows: 2 for `#,##0.0,,`, 0 for most."""
        return _thousands_hidden(self.number_format)

    @property
    def is_shown_otherwise(self) -> bool:
        """Whether its number format shows another number than it holds: divided by 1000, with digits of its own
        (`0"000"`), twice as percents, or none (`;;;`).
        """
        return bool(self.number_format) and _is_shown_otherwise(self.number_format)

    @property
    def words_beside(self) -> str:
        """What the number format writes beside the number: `tỷ` for `#,##0 "tỷ"`."""
        return _words_beside(self.number_format)

    @property
    def raw(self) -> str:
        """The text as it stood; a number as plain digits, a percent with its sign, a date as ISO 8601."""
        return self.old.typed[:LONGEST_TEXT] if self.old else self.text

    @property
    def text(self) -> str:
        """What is understood: `raw` but for text of an old font, which is Unicode here."""
        if isinstance(self.value, str):
            return self.value[:LONGEST_TEXT]
        if (number := self.number) is not None:
            return f"{plain(number * 100):f}%" if self.is_percent else f"{number:f}"
        return _written(self.value)

    @property
    def seen(self) -> str:
        """`raw` as an officer would write it: a date as 25/4/2023, the decimals of a number behind a comma. What was
        typed stays; of an old font's codes every one: in TCVN3 ư is an invisible hyphen.
        """
        if self.old:
            return _PLAIN_SPACE.sub(" ", _CONTROLS.sub("", self.raw)).strip()
        if isinstance(self.value, date):
            return vi_date(self.value)
        return normal_text(self.raw) if self.number is None else self.text.replace(".", ",")


@dataclass(frozen=True)
class Reading(Generic[T_co]):
    """What came of one cell.

    `value` None and no code: blank. A READ_* code tells how it was read; any other code refused it.
    """

    value: T_co | None
    raw: str
    code: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


def refusal(cell: Cell, code: str, **facts: str) -> Reading[Never]:
    """Nothing was read; `seen` is always among the facts."""
    return Reading(None, cell.raw, code, {"seen": cell.seen, **facts})


def fault_of(cell: Cell) -> Reading[Never] | None:
    """What makes a cell of any kind unreadable: an error value, a formula without result, an old font.

    Plain ASCII in an old font is the same letters in Unicode, so a code or a number there is read; other text is once
    domain/reading/old_fonts.py has settled what it is.
    """
    if cell.formula and cell.is_blank:
        return refusal(cell, "FORMULA_WITHOUT_VALUE")
    if not isinstance(cell.value, str):
        return None
    text = normal_text(cell.value)
    if text.upper() in _ERRORS or _LIBRE_ERROR.fullmatch(text):
        return refusal(cell, "CELL_ERROR_VALUE")
    if cell.old:
        return None if cell.old.is_read else refusal(cell, cell.old.code, **cell.old.facts)
    if cell.font and is_legacy_font(cell.font) and not text.isascii():
        return refusal(cell, "FONT_NOT_UNICODE", font=cell.font)
    return None


def shown_otherwise(cell: Cell, number: Decimal) -> Reading[Never]:
    """A format shows the sender another number, or another unit, than the cell holds: which is meant is asked."""
    shown = plain(number.scaleb(-3 * cell.thousands_hidden))
    read = f"{vi_number(shown)} {cell.words_beside}".strip()
    if _shows_no_number(cell.number_format):
        read = f'"{cell.words_beside}"' if cell.words_beside else "như ô trống"
    return refusal(cell, "NUMBER_SHOWN_OTHERWISE", read=read)


def is_legacy_font(name: str) -> bool:
    """TCVN3 fonts are called .VnTime, .VnArialH, VNI fonts VNI-Times: their letters are not Unicode. Nor are
    the pictures of Wingdings."""
    return name.casefold().lstrip("'\"").startswith((".vn", "vni", "wingdings"))


def is_odd(cell: Cell) -> bool:
    """Whether decomposed Unicode, a look-alike or an odd space was put right; plain spaces don't count."""
    if not isinstance(cell.value, str) or cell.value.isascii():
        return False
    return normal_text(cell.value) != _PLAIN_SPACE.sub(" ", cell.value).strip(" ")


def plain(number: Decimal) -> Decimal:
    """Without trailing zeros and without exponent, so that str() writes 85, 85.5, 1500000."""
    text = f"{number:f}"
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)


def _is_to_be_filled(text: str) -> bool:
    """The dots that forms print where something is to be written. One dot may be a slip."""
    return not text.strip("….\xa0 \t\r\n") and ("…" in text or "..." in text)


@lru_cache(maxsize=256)
def _is_percent(number_format: str) -> bool:
    return "%" in _NOT_LETTERS.sub("", number_format)


@lru_cache(maxsize=256)
def _thousands_hidden(number_format: str) -> int:
    """Of the section that hides most: which one shows a value is not asked."""
    return max(map(len, _SCALING.findall(_NOT_LETTERS.sub("", number_format))), default=0)


@lru_cache(maxsize=256)
def _is_shown_otherwise(number_format: str) -> bool:
    letters = _NOT_LETTERS.sub("", number_format)
    is_twice = any(part.count("%") > 1 for part in letters.split(";"))
    return is_twice or bool(_thousands_hidden(number_format)) or _adds_digits(number_format)


def _adds_digits(number_format: str) -> bool:
    """Or shows none of the value's. Without conditions the first section is that of sums and percents above zero."""
    parts = number_format.split(";")
    asked = parts if _CONDITION.search(number_format) else parts[:1]
    own = ("".join(map("".join, _LITERAL.findall(part))) for part in asked)
    return _shows_no_number(number_format) or any(map(_OWN_DIGIT.search, own))


@lru_cache(maxsize=256)
def _shows_no_number(number_format: str) -> bool:
    first = _NOT_LETTERS.sub("", number_format).partition(";")[0]
    return bool(number_format) and not _PLACEHOLDER.search(first)


@lru_cache(maxsize=256)
def _words_beside(number_format: str) -> str:
    """Of the first section that has any."""
    said = ("".join(map("".join, _LITERAL.findall(part))) for part in number_format.split(";"))
    return next(filter(None, map(normal_text, said)), "")


def _written(value: RawValue) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    return value.isoformat() if isinstance(value, date | time) else str(value)
