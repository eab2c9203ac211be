"""A number written in Vietnamese: dots or spaces group thousands, a comma begins the decimals. Knows no unit.

The English way (`1,234.5`) and what either way can mean (`1.234`, `1,234`) are read only where the rest of the file
has settled it (`Separators`). Refused without a word: inf, nan, 1_000, 1e5, digits of other scripts, brackets for
negative, a leading plus, groups of another length than three.
"""

import re
from decimal import Decimal
from enum import StrEnum

from domain.reading.cell import plain
from domain.vietnamese import normal_text, vi_number

LONGEST_NUMBER = 40  # characters; nobody reports a longer number
_WHOLE = re.compile(r"[0-9]+")
_GROUPS = r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[1-9][0-9]{0,2}(?: [0-9]{3})+"
_GROUPED = re.compile(_GROUPS)
_COMMA_DECIMAL = re.compile(rf"({_GROUPS}|[0-9]+),([0-9]+)")
_DOT_DECIMAL = re.compile(r"[0-9]+\.[0-9]+")
_VIETNAMESE = re.compile(rf"[-−]?\s*(?:{_GROUPS}|[0-9]+)(?:,[0-9]+)?")
_ENGLISH = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_TORN = re.compile("[0-9][^\\S\r\n]*[\r\n\u2028\u2029]\\s*[0-9]")
_EITHER = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")  # 1.234 and 1,234: a group or three decimals
_BEFORE_UNIT = re.compile(r"[-−]?\s*([0-9][0-9., ]*?)\s*(?:%|(?:[^\W\d_]|₫)\D*)?")


class Separators(StrEnum):
    """How a text shows dots and commas to be used: both in the Vietnamese way, both in the English way, or only that a
    dot begins the decimals (`12.5`), which many write beside dots between thousands."""

    VIETNAMESE = "vietnamese"
    ENGLISH = "english"
    DOT_DECIMAL = "dot_decimal"


def readings(text: str, settled: Separators | None = None) -> tuple[Decimal, ...]:
    """Every number that `text` can mean: none = no number, one = clear, two = ask. Trailing zeros are kept.

    `1.234` and `1,234` mean a thousand or three decimals; `1.234.567` and `12.5` mean one thing each; `1,234.5` is
    written in the English way. The reading that groups comes first. `settled`: what the rest of the column shows.
    """
    torn, text = is_torn(text), normal_text(text).removesuffix(".")  # ends a sentence
    if torn or len(text) > LONGEST_NUMBER:
        return ()
    if text[:1] in ("-", "−"):
        return tuple(-number for number in _unsigned(text[1:].lstrip(), settled))
    return _unsigned(text, settled)


def separators_of(text: str, *, only_groups: bool = False) -> Separators | None:
    """What a number shows beyond doubt, also with a unit or % behind it; None: nothing, or it is no number.

    `only_groups`: its unit has no decimals (đồng), so `1.234` shows as much as `1.234.567`.
    """
    match = _BEFORE_UNIT.fullmatch(normal_text(text)[: 2 * LONGEST_NUMBER])
    number = match[1] if match else ""
    if _EITHER.fullmatch(number):
        grouped = Separators.VIETNAMESE if "." in number else Separators.ENGLISH
        return grouped if only_groups else None
    if _ENGLISH.fullmatch(number):
        return Separators.ENGLISH
    if _COMMA_DECIMAL.fullmatch(number) or (number.count(".") > 1 and _GROUPED.fullmatch(number)):
        return Separators.VIETNAMESE
    return Separators.DOT_DECIMAL if _DOT_DECIMAL.fullmatch(number) else None


def is_as_written(text: str, value: Decimal) -> bool:
    """Whether the Vietnamese way makes `value` of the text: then `"300,0" đọc là 300` would tell its writer nothing."""
    text = normal_text(text)
    return _VIETNAMESE.fullmatch(text) is not None and readings(text, Separators.VIETNAMESE) == (value,)


def is_torn(text: str) -> bool:
    """Digits on two lines are two numbers, however well they would go together: `100` above `200` is no 100.200."""
    return _TORN.search(text) is not None


def has_too_many_digits(text: str) -> bool:
    """Digits and separators alone, longer than anything that is read."""
    text = normal_text(text)
    return len(text) > LONGEST_NUMBER and re.fullmatch(r"[-−]?[0-9., ]+", text) is not None


def either(numbers: tuple[Decimal, ...]) -> str:
    """For an officer: `1.234 hoặc 1,234`."""
    return " hoặc ".join(vi_number(number) for number in numbers)


def plainly(numbers: tuple[Decimal, ...], unit: str = "") -> str:
    """How to write each so that nobody takes it for the other: `14950 hoặc 14,95`; no three digits behind a comma."""
    return " hoặc ".join(f"{_plainly(plain(number))}{unit}" for number in numbers)


def _plainly(number: Decimal) -> str:
    text = f"{number:f}".replace(".", ",")
    return f"{text}0" if re.fullmatch(r".*,[0-9]{3}", text) else text


def _unsigned(text: str, settled: Separators | None) -> tuple[Decimal, ...]:
    if _EITHER.fullmatch(text):
        return _either_way(text, settled)
    if _WHOLE.fullmatch(text):
        return (Decimal(text),)
    if match := _COMMA_DECIMAL.fullmatch(text):
        return (Decimal(f"{_digits(match[1])}.{match[2]}"),)
    if _GROUPED.fullmatch(text):
        return (Decimal(_digits(text)),)
    if _DOT_DECIMAL.fullmatch(text):
        return (Decimal(text),)
    return _english(text, settled) if _ENGLISH.fullmatch(text) else ()


def _either_way(text: str, settled: Separators | None) -> tuple[Decimal, ...]:
    grouped, decimals = Decimal(re.sub("[.,]", "", text)), Decimal(text.replace(",", "."))
    if settled is Separators.VIETNAMESE:
        return (grouped,) if "." in text else (decimals,)
    if settled is Separators.ENGLISH:
        return (grouped,) if "," in text else (decimals,)
    return grouped, decimals


def _english(text: str, settled: Separators | None) -> tuple[Decimal, ...]:
    """`1,234.5`, `1,234,567`: as an Englishman writes it, or with dots and commas mistaken."""
    whole, _, rest = text.partition(",")
    as_written = Decimal(text.replace(",", ""))
    if settled is Separators.ENGLISH:
        return (as_written,)
    return as_written, Decimal(f"{whole}.{re.sub('[.,]', '', rest)}")


def _digits(text: str) -> str:
    return text.replace(".", "").replace(" ", "")
