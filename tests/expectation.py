"""How a published value is held against what an independent reader wrote down."""

import re
from datetime import date
from decimal import Decimal


def equals(value: object, wanted: object) -> bool:
    """Numbers by value, dates and words by their writing."""
    if isinstance(value, Decimal):
        is_number = isinstance(wanted, str) and re.fullmatch(r"-?[\d.]+", wanted) is not None
        return is_number and Decimal(str(wanted)) == value
    if isinstance(value, date):
        return value.isoformat() == wanted
    return value == wanted


def is_there(value: object) -> bool:
    """Where only presence was expected."""
    return value not in (None, "")
