"""Construction debt of one project: what the law calls debt, what is unpaid, and how a project is named.

Whole đồng.
"""

import re

from domain.submissions import ALLOTTED_FIELDS, DebtRow, DebtRowKind
from domain.vietnamese import match_key

# "123/QĐ-UBND", "45/2021/QĐ-UBND": a number, then signs with a letter in them, which a date has not.
_DECISION_NUMBER = re.compile(
    r"(?<!\w)\d{1,6}\w{0,3}(?=[\d/]{0,6}/[^\s,;()]{0,30}[^\W\d_])(?:/[^\s,;()/]{1,30}){1,3}"
)
_UNSAFE = re.compile(r"[\s/\\|#?%]+")


def allotted(row: DebtRow) -> int | None:
    """Sum of the sources that are stated; None if none is."""
    stated = [amount for name in ALLOTTED_FIELDS if (amount := getattr(row, name)) is not None]
    return sum(stated) if stated else None


def legal_debt(row: DebtRow) -> int | None:
    """Accepted volume without allotted capital, never negative; None unless both are stated.

    A row that says "không có nợ đọng" is an explicit zero. Source: Luật Đầu tư công 39/2019/QH14, Điều 4.20.
    """
    capital = allotted(row)
    if row.accepted is None or capital is None:
        return 0 if row.kind is DebtRowKind.NO_DEBT else None
    return max(0, row.accepted - capital)


def unpaid(row: DebtRow) -> int | None:
    """Accepted volume that is not paid: not what the law calls debt. None unless both are stated."""
    return None if row.accepted is None or row.paid is None else row.accepted - row.paid


def project_key(row: DebtRow) -> str:
    """What one project is known by from week to week: its decision's number, else its name.

    Fits into a figure id.
    """
    number = _DECISION_NUMBER.search(match_key(row.decision))
    return _UNSAFE.sub("-", number[0] if number else match_key(row.project))
