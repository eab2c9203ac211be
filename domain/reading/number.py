"""A number written in Vietnamese: dots or spaces group thousands, a comma begins the decimals. Knows no unit.

Refused without a word: inf, nan, 1_000, 1e5, digits of other scripts, brackets for negative, a leading plus.
"""

import re
from decimal import Decimal

from domain.vietnamese import normal_text, vi_number

LONGEST_NUMBER = 40  # characters; nobody reports a longer number
_WHOLE = re.compile(r"[0-9]+")
_GROUPS = r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[1-9][0-9]{0,2}(?: [0-9]{3})+"
_GROUPED = re.compile(_GROUPS)
_COMMA_DECIMAL = re.compile(rf"({_GROUPS}|[0-9]+),([0-9]+)")
_DOT_DECIMAL = re.compile(r"[0-9]+\.[0-9]+")
_ENGLISH = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?")


def readings(text: str) -> tuple[Decimal, ...]:
    """Every number that `text` can mean: none = no number, one = clear, two = ask. Trailing zeros are kept.

    `1.234` is 1234 or 1,234; `1.234.567` and `12.5` mean one thing each; `1,234.5` is written in the
    English way.
    """
    text = normal_text(text)
    if len(text) > LONGEST_NUMBER:
        return ()
    if text[:1] in ("-", "−"):
        return tuple(-number for number in _unsigned(text[1:].lstrip()))
    return _unsigned(text)


def is_plain(text: str) -> bool:
    """Nothing but digits: no reading was needed."""
    return _WHOLE.fullmatch(normal_text(text)) is not None


def either(numbers: tuple[Decimal, ...]) -> str:
    """For an officer: `1.234 hoặc 1,234`."""
    return " hoặc ".join(vi_number(number) for number in numbers)


def _unsigned(text: str) -> tuple[Decimal, ...]:
    if _WHOLE.fullmatch(text):
        return (Decimal(text),)
    if match := _COMMA_DECIMAL.fullmatch(text):
        return (Decimal(f"{_digits(match[1])}.{match[2]}"),)
    if _GROUPED.fullmatch(text):
        return _grouped(text)
    if _DOT_DECIMAL.fullmatch(text):
        return (Decimal(text),)
    return _english(text) if _ENGLISH.fullmatch(text) else ()


def _grouped(text: str) -> tuple[Decimal, ...]:
    grouped = Decimal(_digits(text))
    return (grouped, Decimal(text)) if text.count(".") == 1 else (grouped,)


def _english(text: str) -> tuple[Decimal, ...]:
    """`1,234.5`, `1,234,567`: as an Englishman writes it, or with dots and commas mistaken."""
    whole, _, rest = text.partition(",")
    return Decimal(text.replace(",", "")), Decimal(f"{whole}.{re.sub('[.,]', '', rest)}")


def _digits(text: str) -> str:
    return text.replace(".", "").replace(" ", "")
