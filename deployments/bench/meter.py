"""What a step costs: time, processor time, memory of the process and its children, growth of databases. Linux.

Knows /proc and SQLite files; nothing of steps but their names.
"""

import os
import resource
import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_LOOK_S = 0.02


@dataclass
class Cost:
    """Of one step, all its calls together. `growth`: database -> bytes."""

    calls: int = 0
    wall_s: float = 0.0
    cpu_s: float = 0.0
    peak_bytes: int = 0
    growth: dict[str, int] = field(default_factory=dict)


class Meter:
    """Measures steps that follow each other. `databases`: what a SQLite file is called -> its path."""

    def __init__(self, databases: Mapping[str, Path]) -> None:
        self._databases = databases
        self._costs: dict[str, Cost] = {}
        self._peak = 0
        threading.Thread(target=self._look_on, daemon=True).start()

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """What runs in the block costs this step."""
        self._peak = 0
        before = self._sizes()
        began, began_cpu = time.perf_counter(), cpu()
        try:
            yield
        finally:
            cost = self._costs.setdefault(name, Cost())
            cost.calls += 1
            cost.wall_s += time.perf_counter() - began
            cost.cpu_s += cpu() - began_cpu
            cost.peak_bytes = max(cost.peak_bytes, self._peak, _memory_of_tree())
            for database, size in self._sizes().items():
                cost.growth[database] = cost.growth.get(database, 0) + size - before[database]

    def costs(self) -> dict[str, dict[str, object]]:
        """As JSON takes it, in the order of the first calls."""
        return {name: asdict(cost) for name, cost in self._costs.items()}

    def _look_on(self) -> None:
        while True:
            self._peak = max(self._peak, _memory_of_tree())
            time.sleep(_LOOK_S)

    def _sizes(self) -> dict[str, int]:
        return {name: size_of(path) for name, path in self._databases.items()}


def size_of(database: Path) -> int:
    """Bytes of a SQLite database, pages that still stand in its write-ahead log included; 0 where there is none."""
    if not database.is_file():
        return 0
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        pages, page = (
            connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size")
        )
        return int(pages) * int(page)
    finally:
        connection.close()


def cpu_of(process: int) -> float:
    """Processor seconds that another process has used so far."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_of(process: int) -> int:
    """The most memory that another process ever had, in bytes."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


class PeakOfChildren:
    """The most memory that any child had, in bytes. getrusage would count our own, which each is a copy of at first."""

    def __init__(self) -> None:
        self.peak_bytes = 0
        threading.Thread(target=self._look_on, daemon=True).start()

    def _look_on(self) -> None:
        while True:
            for child in _children():
                with suppress(OSError, IndexError):  # it has just ended
                    self.peak_bytes = max(self.peak_bytes, peak_of(int(child)))
            time.sleep(_LOOK_S)


def least(work: Callable[[], T], turns: int) -> tuple[float, T]:
    """Processor seconds of the cheapest of so many turns, and what came of it. Each begins without what the one before
    remembered: a neighbour on this machine may double the cost of any, and halves that of none."""
    taken = []
    for _ in range(turns):
        forget_texts()
        taken.append(timed(work))
    return min(taken, key=lambda turn: turn[0])


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Processor seconds, of children too, and what came of it."""
    before = cpu()
    done = work()
    return cpu() - before, done


def forget_texts() -> None:
    """All that reading and rules remember in this process of the texts they have seen."""
    rooms = [module for name, module in sys.modules.items() if name.startswith(("domain.", "tasks.intake."))]
    for each in (each for room in rooms for each in vars(room).values() if hasattr(each, "cache_clear")):
        each.cache_clear()


def cpu() -> float:
    """Processor seconds of ours and of the children that have ended."""
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def _memory_of_tree() -> int:
    """Resident bytes of this process and its children. A page that they share counts for each."""
    return _memory("self") + sum(_memory(child) for child in _children())


def _children() -> list[str]:
    children: list[str] = []
    for listed in Path("/proc/self/task").glob("*/children"):
        with suppress(OSError):  # a thread that has just ended
            children += listed.read_text().split()
    return [child for child in children if not _is_copy(child)]


def _is_copy(child: str) -> bool:
    """Between fork and exec a child shows our own memory as its own."""
    try:
        return Path(f"/proc/{child}/cmdline").read_bytes() == Path("/proc/self/cmdline").read_bytes()
    except OSError:
        return True


def _memory(process: str) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError):  # a child that has just ended
        return 0
