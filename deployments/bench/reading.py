"""`python -m deployments.bench.reading [COUNT ...]`: what reading a workbook costs beside bare python-calamine.

Ours is all that stands between an archived file and its rows: the container check, the child process with the wire
from it, recognising and numbers. Both take turns, batch by batch of the same files, so that a busy machine slows both;
each count has a process of its own, so that its peak memory is its own. Looking a new file through for secrecy marks is
part of collecting; it is measured beside, and not counted. Files that fill in the same forms say much the same, and
what is said again is remembered: `afresh` is the ratio where this process remembers nothing of the file before
(measured over the last batch).
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from python_calamine import CalamineWorkbook

from config.facts import load_campaign
from deployments.bench.meter import PeakOfChildren, cpu, peak_of
from deployments.bench.report import Promise
from deployments.demo.any_roster import CAMPAIGN
from deployments.demo.any_size import AnySize, generate
from domain.weeks import WeekName
from tasks.intake.grid import Book
from tasks.intake.preflight import examine
from tasks.intake.recognise import understand
from tasks.intake.unkept import load, marked
from tasks.intake.workbook import FileToRead, ReadLimits, read_batch

COUNTS = (100, 1_000, 10_000)
STEPS = ("calamine", "container", "child", "understood", "marks")
_OURS = ("container", "child", "understood")
_BATCH = 250  # as in config.settings for an office of that size
_MB = 1e6
_RECEIVED_AT = datetime(2023, 4, 12, tzinfo=UTC)
T = TypeVar("T")
Measured = Mapping[int, Mapping[str, Any]]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="What reading a workbook costs.")
    parser.add_argument(
        "counts", metavar="COUNT", type=int, nargs="*", default=list(COUNTS), help="workbooks"
    )
    with tempfile.TemporaryDirectory(prefix="ntm-reading-") as folder:
        measured = measure(sorted(parser.parse_args(arguments).counts), Path(folder))
    sys.stdout.write(table(measured))
    return 0


def measure(counts: Sequence[int], folder: Path) -> dict[int, Mapping[str, Any]]:
    """All counts over files of one folder, the largest count's."""
    sys.stderr.write(f"writing {counts[-1]} workbooks\n")
    # Not every reporter sends a workbook.
    generate(AnySize(counts[-1] + counts[-1] // 8 + 20), folder)
    return {count: _in_own_process(folder, count) for count in counts}


def _in_own_process(folder: Path, count: int) -> Mapping[str, Any]:
    sys.stderr.write(f"  reading {count}\n")
    code = f"from deployments.bench import reading; reading.say({str(folder)!r}, {count})"
    said = subprocess.run([sys.executable, "-P", "-c", code], stdout=subprocess.PIPE, text=True, check=True)
    measured: Mapping[str, Any] = json.loads(said.stdout)
    return measured


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
        self._step("calamine", lambda: [sum(_bare(path)) for path in paths])
        files = self._step("container", lambda: [_opened(path) for path in paths])
        books = self._step("child", lambda: read_batch(files))
        self._step("understood", lambda: [self._understood(file, books[file]) for file in files])
        self._step("marks", lambda: self._looked_through(paths))

    def afresh(self, paths: Sequence[Path]) -> float:
        """Seconds for container check and understanding of files each of which is like none before."""
        files = [_opened(path) for path in paths]
        books = read_batch(files)
        return sum(self._afresh(file, books[file]) for file in files)

    def _step(self, name: str, step: Callable[[], T]) -> T:
        before = cpu()
        done = step()
        self.seconds[name] += cpu() - before
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
        for memo in _memos():
            memo.cache_clear()
        before = cpu()
        _opened(file.path)
        self._understood(file, book)
        return cpu() - before

    def _looked_through(self, paths: Sequence[Path]) -> frozenset[str]:
        unkept = [load(path, path.name) for path in paths]
        return marked(unkept, self._campaign.spellings.secret, ReadLimits())


def _memos() -> list[Any]:
    """Everything that reading remembers in this process."""
    rooms = [module for name, module in sys.modules.items() if name.startswith(("domain.", "tasks.intake."))]
    return [each for room in rooms for each in vars(room).values() if hasattr(each, "cache_clear")]


def _bare(path: Path) -> list[int]:
    """How many rows each sheet has."""
    with CalamineWorkbook.from_path(str(path)) as workbook:
        return [len(workbook.get_sheet_by_name(name).to_python()) for name in workbook.sheet_names]


def _opened(path: Path) -> FileToRead:
    data = path.read_bytes()
    examined = examine(data, path.name)
    if examined.format is None:
        raise SystemExit(f"{path}: {examined.findings}")
    return FileToRead(sha256(data).hexdigest(), path, path.name, examined.format)


def table(measured: Measured) -> str:
    """Every count on a line, then the promises."""
    steps = "".join(f"{step:>12}" for step in STEPS[:-1])
    beside = f"{'parent MB':>12}{'child MB':>10}{'marks':>9}"
    head = f"  {'workbooks':>9}{steps}{'ours':>10}{'ratio':>8}{'afresh':>8}{beside}"
    lines = [_line(count, cost) for count, cost in measured.items()]
    promised = [promise.line for promise in promises(measured)]
    return "\n".join(["reading, ms of CPU per workbook", head, *lines, "", *promised]) + "\n"


def promises(measured: Measured) -> tuple[Promise, ...]:
    """At most four times bare calamine, and no dearer for being many."""
    least, most = min(measured), max(measured)
    last = measured[most]
    ratio = Promise(f"reading {most} workbooks to bare calamine", _ours(last) / last["ms"]["calamine"], 4.0)
    if least == most:
        return (ratio,)
    first = measured[least]
    growing = {
        f"memory of the {who}": last[f"{who}_bytes"] / first[f"{who}_bytes"] for who in ("parent", "child")
    }
    growing["CPU per workbook"] = _ours(last) / _ours(first)
    more = (Promise(f"{what} at {most} to {least} workbooks", value, 1.5) for what, value in growing.items())
    return (ratio, *more)


def _line(count: int, cost: Mapping[str, Any]) -> str:
    ms = cost["ms"]
    steps = "".join(f"{ms[step]:12.2f}" for step in STEPS[:-1])
    ratios = f"{_ours(cost) / ms['calamine']:8.2f}{(ms['afresh'] + ms['child']) / ms['calamine']:8.2f}"
    memory = f"{cost['parent_bytes'] / _MB:12.0f}{cost['child_bytes'] / _MB:10.0f}"
    return f"  {count:9}{steps}{_ours(cost):10.2f}{ratios}{memory}{ms['marks']:9.2f}"


def _ours(cost: Mapping[str, Any]) -> float:
    return float(sum(cost["ms"][step] for step in _OURS))


if __name__ == "__main__":
    sys.exit(main())
