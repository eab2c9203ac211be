"""Changes to an .ods that nobody has accepted or refused: the cells that they are about. Knows table:tracked-changes.

The values of the tables are those with all changes made; who looks at the sheet may see the earlier ones.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping

from tasks.intake.xml_pass import Attributes, attribute

Place = tuple[int, tuple[int, int]]  # the table's number; row and column, all from 0
_SETTLED = ("accepted", "rejected")
_WHOLE = ("insertion", "deletion")  # of rows, columns, tables


class Changes:
    """Filled by a pass over content.xml."""

    def __init__(self) -> None:
        self._places: set[Place] = set()
        self._is_tracked = self._is_pending = False
        self._within = 0  # what a change has removed or replaced stands within it, with changes of its own

    def starts(self) -> dict[str, Callable[[Attributes], None]]:
        return {
            "tracked-changes": lambda _: self._track(is_tracked=True),
            "cell-content-change": self._on_change,
            "movement": self._on_change,
            **dict.fromkeys(_WHOLE, self._on_whole),
            "cell-address": lambda attributes: self._on_address(attributes, ""),
            "target-range-address": lambda attributes: self._on_address(attributes, "start-"),
            "deletions": lambda _: self._go_within(1),
        }

    def ends(self) -> dict[str, Callable[[], None]]:
        return {
            "tracked-changes": lambda: self._track(is_tracked=False),
            "deletions": lambda: self._go_within(-1),
        }

    def by_table(self, tables: int) -> Mapping[int, list[tuple[int, int]]]:
        """The first cell of each change. One of a table that isn't there is told in the last that is."""
        cells: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for table, cell in sorted(self._places):
            cells[min(table, tables - 1)].append(cell)
        return cells

    def _track(self, *, is_tracked: bool) -> None:
        self._is_tracked = is_tracked

    def _go_within(self, step: int) -> None:
        self._within += step

    def _on_change(self, attributes: Attributes) -> None:
        self._is_pending = attribute(attributes, "acceptance-state") not in _SETTLED

    def _on_address(self, attributes: Attributes, start: str) -> None:
        if self._is_tracked and self._is_pending and not self._within:
            row, column, table = (
                _number(attributes, f"{start}{name}") or _number(attributes, name)
                for name in ("row", "column", "table")
            )
            self._places.add((table, (row, column)))
            self._is_pending = False

    def _on_whole(self, attributes: Attributes) -> None:
        if not self._is_tracked or self._within or attribute(attributes, "acceptance-state") in _SETTLED:
            return
        at, table = _number(attributes, "position"), _number(attributes, "table")
        kind = attribute(attributes, "type")
        self._places.add(
            (at, (0, 0)) if kind == "table" else (table, (0, at) if kind == "column" else (at, 0))
        )


def _number(attributes: Attributes, name: str) -> int:
    return max(int(attribute(attributes, name) or 0), 0)
