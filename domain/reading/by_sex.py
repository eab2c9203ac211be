"""A result stated for men and for women in one cell: "Nam 88,2%; nữ 86,4%". Knows no indicator and no target.

The words are exact: "năm", "nu" and "Vinam" name nobody. The cell stays a text; of it no single number is made.
"""

import re
from collections.abc import Mapping
from decimal import Decimal

from domain.reading.number import readings
from domain.vietnamese import normal_text

BOTH_SEXES = ("nam", "nữ")
_SEX = re.compile(rf"(?<![^\W\d_])({'|'.join(BOTH_SEXES)})(?![^\W\d_])")
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")


def sexes_named(text: str) -> frozenset[str]:
    """Which of the two words stand in the text."""
    return frozenset(_SEX.findall(normal_text(text).casefold()))


def results_by_sex(text: str) -> Mapping[str, Decimal]:
    """nam and nữ -> the one number that follows the word; empty wherever it is less plain than that."""
    before, *said = _SEX.split(normal_text(text).casefold())
    if _NUMBER.search(before) or sorted(said[::2]) != sorted(BOTH_SEXES):
        return {}
    numbers = ((sex, _only_number(after)) for sex, after in zip(said[::2], said[1::2], strict=True))
    stated = {sex: number for sex, number in numbers if number is not None}
    return stated if len(stated) == len(BOTH_SEXES) else {}


def _only_number(text: str) -> Decimal | None:
    written = _NUMBER.findall(text)
    numbers = readings(written[0]) if len(written) == 1 else ()
    return numbers[0] if len(numbers) == 1 else None
