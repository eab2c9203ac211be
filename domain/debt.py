"""Construction debt of one project: what the law calls debt, what is unpaid, and how a project is named.

Whole đồng.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from operator import attrgetter

from domain.submissions import ALLOTTED_FIELDS, DebtRow, DebtRowKind
from domain.vietnamese import match_key, normal_text

# "123/QĐ-UBND", "45/2021/QĐ-UBND": a number, then signs with a letter in them, which a date has not.
_DECISION_NUMBER = re.compile(
    r"(?<!\w)\d{1,6}\w{0,3}(?=[\d/]{0,6}/[^\s,;()]{0,30}[^\W\d_])(?:/[^\s,;()/]{1,30}){1,3}"
)
# What a number has and a date has not: looked for first, as it costs a tenth.
_SIGNS = re.compile(r"/[^\s,;()]{0,30}[^\W\d_]")
# "2022", or the end of "3/4/22": decisions of this century, as the programme began in 2010.
_YEAR = re.compile(r"(?<!\d)(?:((?:19|20)\d\d)|\d{1,2}([/.-])\d{1,2}\2(\d\d))(?!\d)")
# "giai đoạn 2021-2025" dates no decision.
_SPAN_OF_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d\s*[-–—]\s*(?:19|20)\d\d(?![\d/])")
_sources: Callable[[DebtRow], tuple[int | None, ...]] = attrgetter(*ALLOTTED_FIELDS)
_UNSAFE = re.compile(r"[\s/\\|#?%]+")


def allotted(row: DebtRow) -> int | None:
    """Sum of the sources that are stated; None if none is."""
    stated = [amount for amount in _sources(row) if amount is not None]
    return sum(stated) if stated else None


def is_unread(row: DebtRow, name: str) -> bool:
    """Whether something stands in the cell that could not be read: told there, and unknown, not blank."""
    if getattr(row, name) is not None:
        return False
    return bool(normal_text(row.raw.get(name, "")))


def knows_its_capital(row: DebtRow) -> bool:
    """No source is unread: what is computed from the others would be said of another sum."""
    return None not in _sources(row) or not any(is_unread(row, name) for name in ALLOTTED_FIELDS)


def blank_sources(row: DebtRow) -> tuple[str, ...]:
    """Capital sources whose cell is blank. One that can't be read is told at its cell already."""
    if None not in _sources(row):
        return ()
    return tuple(name for name in ALLOTTED_FIELDS if getattr(row, name) is None and not is_unread(row, name))


def legal_debt(row: DebtRow) -> int | None:
    """Accepted volume without allotted capital, never negative; None unless both are stated.

    A row that says "không có nợ đọng" is an explicit zero. Source: Luật Đầu tư công 39/2019/QH14, Điều 4.20.
    """
    capital = allotted(row)
    if row.accepted is None or capital is None:
        return 0 if row.kind is DebtRowKind.NO_DEBT else None
    return max(0, row.accepted - capital)


def owed(row: DebtRow) -> int:
    """By law, else as stated; 0 where nothing is known of it."""
    computed = legal_debt(row)
    return (row.stated_debt if computed is None else computed) or 0


def unpaid(row: DebtRow) -> int | None:
    """Accepted volume that is not paid: not what the law calls debt. None unless both are stated."""
    return None if row.accepted is None or row.paid is None else row.accepted - row.paid


def names_a_decision(text: str) -> bool:
    """Whether the number of a decision stands in it."""
    return _DECISION_NUMBER.search(match_key(text)) is not None


def project_key(row: DebtRow) -> str:
    """What one project is known by from week to week: number, year and signs of its decision
    (`12-2022-qđ-ubnd`), without the year where none is stated; without a decision its name.

    Fits into a figure id. Source: docs/decisions/0010.
    """
    return _keys(row.decision, row.project)[0]


def numbered(keys: Iterable[str]) -> Iterator[str]:
    """Each key as one of its own: what has been there is followed by `.2`, `.3`."""
    seen: Counter[str] = Counter()
    for key in keys:
        seen[key] += 1
        yield key if seen[key] == 1 else f"{key}.{seen[key]}"


def undated_key(row: DebtRow) -> str:
    """The project's key without the year of its decision: what all decisions of that number share."""
    return _keys(row.decision, row.project)[1]


def may_be_one_project(row: DebtRow, other: DebtRow) -> bool:
    """The same key, or the same number where one of the two states no year."""
    undated = undated_key(row)
    keys = {project_key(row), project_key(other)}
    return undated == undated_key(other) and (len(keys) == 1 or undated in keys)


# Every rule over two weeks asks for the keys of the same projects again: kept, they cost a tenth.
@lru_cache(maxsize=256)
def _keys(decision: str, project: str) -> tuple[str, str]:
    """With the year of the decision, and without."""
    found = _decision_in(decision)
    if found is None:
        name = _UNSAFE.sub("-", match_key(project))
        return name, name
    number, year, signs = found
    behind = _UNSAFE.sub("-", f"-{signs}" if signs else "")
    return (f"{number}-{year}{behind}" if year else f"{number}{behind}"), f"{number}{behind}"


def _decision_in(text: str) -> tuple[str, str, str] | None:
    """Number, year and signs."""
    text = _SPAN_OF_YEARS.sub(" ", match_key(text))
    found = _DECISION_NUMBER.search(text)
    if not found:
        return None
    number, *signs = found[0].split("/")
    inside = [sign for sign in signs if _YEAR.fullmatch(sign)]
    year = inside[0] if inside else _year_beside(text, found)
    return number.lstrip("0") or "0", year, "-".join(sign for sign in signs if sign not in inside)


def _year_beside(text: str, found: re.Match[str]) -> str:
    """The first year behind the number, but not behind the next number; else the last one before it."""
    another = _SIGNS.search(text, found.end()) and _DECISION_NUMBER.search(text, found.end())
    behind = _YEAR.search(text, found.end(), another.start() if another else len(text))
    if not behind:
        before = list(_YEAR.finditer(text, 0, found.start()))
        behind = before[-1] if before else None
    return behind[1] or f"20{behind[3]}" if behind else ""
