"""How one value is kept so that SQLite and PostgreSQL hand back the same. Knows types of values, no table.

SQLite has no decimals (they would come back as floats), no time zones, no JSON and no enumerations. So each of
these is written by us, as text or as UTC.
"""

import json
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator

from domain.weeks import WeekName


def canonical_json(value: object) -> str:
    """One text for one value: keys sorted, no spaces, Vietnamese letters as they are."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


class UtcTime(TypeDecorator[datetime]):
    """An aware moment in, the same moment in UTC out. A naive one is refused: nobody knows what it means."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone; the store takes aware times only")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


class ExactDecimal(TypeDecorator[Decimal]):
    """A decimal as its own text: 85.50 stays 85.50."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, _dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


class CanonicalJson(TypeDecorator[Any]):
    """Text that `canonical_json` wrote. NULL is None, never the word null."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: Dialect) -> str | None:
        return None if value is None else canonical_json(value)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)


class Word(TypeDecorator[StrEnum]):
    """A member of one StrEnum, kept as its value. Raises ValueError for a word that the enumeration lacks."""

    impl = Text
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words
        self._known = {word.value: word for word in words}  # a week has 100,000 of them; Enum() is slow

    def process_bind_param(self, value: StrEnum | str | None, _dialect: Dialect) -> str | None:
        return None if value is None else self.words(value).value

    def process_result_value(self, value: str | None, _dialect: Dialect) -> StrEnum | None:
        return None if value is None else self._known.get(value) or self.words(value)


class Week(TypeDecorator[WeekName]):
    """A reporting week as `2023-W15`; the text sorts as the weeks do."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: WeekName | None, _dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> WeekName | None:
        return None if value is None else WeekName.parse(value)
