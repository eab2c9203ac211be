"""`python -m deployments.bench.reading [COUNT ...]`: what reading a workbook costs beside bare python-calamine.

Promised is what stands between an archived file and the values of its cells: the container check, the child process
with the wire from it, and parsing numbers. What makes rows and findings of the values is `understood`, numbers among
it; `ours` is all of it, `all` its ratio.

Both sides take turns, batch by batch of the same files, so that a busy machine slows both; of what is promised, and of
calamine, the cheapest of a few turns counts, each with nothing remembered. Each count has a process of its own, so that
its peak memory is its own. Looking a new file through for secrecy marks is part of collecting; it is
measured beside, and not counted. Files that fill in the same forms say much the same, and what is said again is
remembered: `afresh` is the ratio of all where this process remembers nothing of the file before (over the last batch).
"""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from python_calamine import CalamineWorkbook

from config.facts import load_campaign
from deployments.bench.counted import Counted, Measured
from deployments.bench.meter import PeakOfChildren, cpu, forget_texts, least, peak_of, timed
from deployments.bench.report import Promise
from deployments.demo.any_roster import CAMPAIGN
from deployments.demo.any_size import AnySize, generate
from domain.forms import CellKind
from domain.weeks import WeekName
from tasks.intake.cells import Lists, result_way, way_of
from tasks.intake.grid import Book
from tasks.intake.habits import habits_of
from tasks.intake.known import known_down
from tasks.intake.preflight import examine
from tasks.intake.recognise import recognised, understand
from tasks.intake.table import Table
from tasks.intake.unkept import load, marked
from tasks.intake.workbook import FileToRead, ReadLimits, read_batch

COUNTS = (100, 1_000, 10_000)
STEPS = ("calamine", "container", "child", "numbers", "understood", "marks")
_OURS, _PROMISED = ("container", "child", "understood"), ("container", "child", "numbers")
_BATCH = 250  # what a task takes where there are as many reporters (config.settings)
_TURNS = 2
_NUMBERS = (CellKind.MONEY, CellKind.PERCENT, CellKind.RESULT)
_MB = 1e6
_RECEIVED_AT = datetime(2023, 4, 12, tzinfo=UTC)
T = TypeVar("T")


def main(arguments: Sequence[str] | None = None) -> int:
    return BENCH.main(arguments)


def _prepare(folder: Path, most: int) -> None:
    sys.stderr.write(f"writing {most} workbooks\n")
    generate(AnySize(most + most // 8 + 20), folder)  # not every reporter sends a workbook


def say(folder: str, count: int) -> None:
    """The numbers of one count as JSON: milliseconds of CPU per workbook by step, peak bytes."""
    reading, children = _Reading(Path(folder)), PeakOfChildren()
    for batch in _batches(_workbooks(Path(folder), count)):
        reading.over(batch)
    peaks = {"parent_bytes": peak_of(os.getpid()), "child_bytes": children.peak_bytes}
    ms = {step: 1000 * seconds / count for step, seconds in reading.seconds.items()}
    ms["afresh"] = 1000 * reading.afresh(batch) / len(batch)
    sys.stdout.write(json.dumps({"ms": ms, **peaks}))


def _workbooks(folder: Path, count: int) -> Sequence[Path]:
    """In no order: agencies among communes."""
    listed = sorted((folder / "inbox").rglob("*.xlsx"))
    return Random(1).sample(listed, count)


def _batches(paths: Sequence[Path]) -> Iterator[list[Path]]:
    waiting = iter(paths)
    while batch := list(islice(waiting, _BATCH)):
        yield batch


class _Reading:
    """Each step over one batch after the other."""

    def __init__(self, folder: Path) -> None:
        self.seconds = dict.fromkeys(STEPS, 0.0)
        self._campaign = load_campaign(CAMPAIGN, folder / "config")

    def over(self, paths: Sequence[Path]) -> None:
        self._step("calamine", lambda: [sum(_bare(path)) for path in paths], _TURNS)
        files = self._step("container", lambda: [opened(path) for path in paths], _TURNS)
        books = self._step("child", lambda: read_batch(files), _TURNS)
        tables = self._tables(books.values())
        self._step("numbers", lambda: self._parse_numbers(tables), _TURNS)
        self._step("understood", lambda: [self._understood(file, books[file]) for file in files])
        self._step("marks", lambda: self._looked_through(paths))

    def _tables(self, books: Iterable[object]) -> Sequence[Sequence[Table]]:
        return [recognised(book, self._campaign, None).tables for book in books if isinstance(book, Book)]

    def _parse_numbers(self, of_files: Sequence[Sequence[Table]]) -> None:
        """Sums, percentages and results."""
        for tables in of_files:
            self._parse_numbers_of(tables)

    def _parse_numbers_of(self, tables: Sequence[Table]) -> None:
        lists = Lists(self._campaign, {}, habits_of(tables, self._campaign.spellings.money_unit))
        for table in tables:
            for at in table.headings.columns:
                if at.column.kind in _NUMBERS:
                    is_result = at.column.kind is CellKind.RESULT
                    way = result_way(None, at, table, lists) if is_result else way_of(at, table, lists)
                    known_down(way, table.sheet, range(table.headings.last + 1, table.end), at.index)

    def afresh(self, paths: Sequence[Path]) -> float:
        """Seconds for container check and understanding of files each of which is like none before."""
        files = [opened(path) for path in paths]
        books = read_batch(files)
        return sum(self._afresh(file, books[file]) for file in files)

    def _step(self, name: str, step: Callable[[], T], turns: int = 0) -> T:
        """`turns`: how often; none = once, with what is remembered."""
        spent, done = least(step, turns) if turns else timed(step)
        self.seconds[name] += spent
        return done

    def _understood(self, file: FileToRead, book: object) -> int:
        """How many findings there are: nothing is kept."""
        if not isinstance(book, Book):
            raise SystemExit(f"{file.path}: {book}")
        week, reporter = file.path.parts[-3:-1]
        _, findings = understand(
            book,
            campaign=self._campaign,
            reporter=reporter,
            week=WeekName.parse(week),
            sha256=file.sha256,
            file_name=file.file_name,
            received_at=_RECEIVED_AT,
        )
        return len(findings)

    def _afresh(self, file: FileToRead, book: object) -> float:
        forget_texts()
        before = cpu()
        opened(file.path)
        self._understood(file, book)
        return cpu() - before

    def _looked_through(self, paths: Sequence[Path]) -> frozenset[str]:
        unkept = [load(path, path.name) for path in paths]
        return marked(unkept, self._campaign.spellings.secret, ReadLimits())


def _bare(path: Path) -> list[int]:
    """How many rows each sheet has."""
    with CalamineWorkbook.from_path(str(path)) as workbook:
        return [len(workbook.get_sheet_by_name(name).to_python()) for name in workbook.sheet_names]


def opened(path: Path) -> FileToRead:
    data = path.read_bytes()
    examined = examine(data, path.name)
    if examined.format is None:
        raise SystemExit(f"{path}: {examined.findings}")
    return FileToRead(sha256(data).hexdigest(), path, path.name, examined.format, examined.looks)


def table(measured: Measured) -> str:
    """Every count on a line, then the promises."""
    steps = "".join(f"{step:>11}" for step in STEPS[:-1])
    head = f"  {'workbooks':>9}{steps}{'ours':>8}{'all':>7}{'afresh':>8}{'parent MB':>11}{'child MB':>10}{'marks':>8}"
    lines = [_line(count, cost) for count, cost in measured.items()]
    promised = [promise.line for promise in promises(measured)]
    return "\n".join(["reading, ms of CPU per workbook", head, *lines, "", *promised]) + "\n"


def promises(measured: Measured) -> tuple[Promise, ...]:
    """At most four times bare calamine, and no dearer for being many."""
    least, most = min(measured), max(measured)
    last = measured[most]
    what = f"check, child and numbers of {most} workbooks to bare calamine"
    ratio = Promise(what, _sum(last, _PROMISED) / last["ms"]["calamine"], 4.0)
    if least == most:
        return (ratio,)
    first = measured[least]
    growing = {
        f"memory of the {who}": last[f"{who}_bytes"] / first[f"{who}_bytes"] for who in ("parent", "child")
    }
    growing["CPU per workbook"] = _sum(last, _OURS) / _sum(first, _OURS)
    more = (Promise(f"{what} at {most} to {least} workbooks", value, 1.5) for what, value in growing.items())
    return (ratio, *more)


def _line(count: int, cost: Mapping[str, Any]) -> str:
    ms, ours = cost["ms"], _sum(cost, _OURS)
    steps = "".join(f"{ms[step]:11.2f}" for step in STEPS[:-1])
    ratios = f"{ours / ms['calamine']:7.2f}{(ms['afresh'] + ms['child']) / ms['calamine']:8.2f}"
    memory = f"{cost['parent_bytes'] / _MB:11.0f}{cost['child_bytes'] / _MB:10.0f}"
    return f"  {count:9}{steps}{ours:8.2f}{ratios}{memory}{ms['marks']:8.2f}"


def _sum(cost: Mapping[str, Any], steps: Sequence[str]) -> float:
    return float(sum(cost["ms"][step] for step in steps))


BENCH = Counted("deployments.bench.reading", "reading", "WORKBOOKS", COUNTS, _prepare, table)

if __name__ == "__main__":
    sys.exit(main())
