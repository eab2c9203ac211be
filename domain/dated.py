"""What holds on a day: units, assignments, what configuration dates. Both ends are included, an open end is None."""

from datetime import date
from typing import Protocol


class Dated(Protocol):
    @property
    def valid_from(self) -> date | None: ...

    @property
    def valid_to(self) -> date | None: ...


def holds(entry: Dated, day: date) -> bool:
    return (entry.valid_from or day) <= day <= (entry.valid_to or day)
