"""Settles a file in a process that kills itself: `python -m tests.faults.killed_release WAY NUMBER [POINT]`.

WAY: `as_it_lies`, `to:my_ha`, `refuse`, or `typed:FILE`. POINT as in killed_run.py.
"""

import sys
from pathlib import Path

from tasks.releasing import Target, release
from tasks.settling import Answer, refuse
from tasks.typed_in import type_in
from tasks.workplace import Workplace, workplace
from tests.faults.killed_run import arm


def settle(work: Workplace, way: str, number: int, by: str = "Trưởng phòng") -> bool:
    """Whether it was decided now."""
    given, (kind, _, what) = Answer(number, by, "đã xem lại"), way.partition(":")
    if kind == "refuse":
        return refuse(work, given).is_new
    if kind == "typed":
        return type_in(work, given, Path(what)).is_new
    return release(work, given, Target(what or None)).is_new


if __name__ == "__main__":
    if len(sys.argv) > 3:
        arm(sys.argv[3])
    settle(workplace(), sys.argv[1], int(sys.argv[2]))
