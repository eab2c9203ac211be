"""`python -m deployments.bench [SIZE ...]`: each size once as plain functions and once through Prefect, then the table;
at last what reading costs (reading.py), of as many workbooks as the largest size has, and judging (judging.py).

Every run has a process, a home and a database of its own, Prefect's a server of its own, started before. Measured is
one week; with --weeks 2 the second one, which is compared with the first. Progress goes to stderr, the table to stdout,
all numbers to <home>/bench/result.json.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from config.settings import InboxKind, Settings, child_environment, load_settings
from deployments.bench import judging, reading
from deployments.bench.meter import cpu_of, peak_of, size_of
from deployments.bench.report import table
from deployments.demo.any_roster import CAMPAIGN
from deployments.demo.any_size import AnySize, close_of, generate
from deployments.server import WITHOUT_CLOCK, client_environment, starting_server
from domain.weeks import WeekName
from tasks.store.engine import create_database
from tasks.store.schema import upgrade

SIZES = (11, 200, 2_000, 10_600)

Result = dict[str, Any]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="What one week costs at any size.")
    parser.add_argument("sizes", metavar="SIZE", type=int, nargs="*", default=list(SIZES), help="reporters")
    parser.add_argument("--weeks", type=int, default=1, help="the last of so many is measured")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true", help="leave campaigns and databases where they are")
    asked = parser.parse_args(arguments)
    root = load_settings().home / "bench"
    measured: dict[int, Result] = {}
    for size in sorted(asked.sizes):
        measured[size] = measure(AnySize(size, asked.weeks, asked.seed), root / str(size))
        (root / "result.json").write_text(json.dumps(measured, indent=1), encoding="utf-8")
        if not asked.keep:
            shutil.rmtree(root / str(size))
    sys.stdout.write(table(measured))
    for beside in (reading, judging):
        counts = [count for count in beside.COUNTS if count <= max(asked.sizes)] or beside.COUNTS[:1]
        beside.main([str(count) for count in counts])
    return 0


def measure(size: AnySize, folder: Path) -> Result:
    """Both runs of the last week, plain first."""
    shutil.rmtree(folder, ignore_errors=True)
    _tell(f"{size.reporters} reporters: writing their files")
    generate(size, folder)
    return {"plain": _plain(size, folder), "prefect": _prefect(size, folder)}


def _plain(size: AnySize, folder: Path) -> Result:
    settings = _settings(size, folder, "plain")
    return _run("plain", size.reporters, size.names[-1], child_environment(settings))


def _prefect(size: AnySize, folder: Path) -> Result:
    settings = _settings(size, folder, "prefect")
    _tell("  a fresh Prefect server")
    database = settings.prefect_home / "prefect.db"
    with starting_server(
        settings.prefect_home, environment=child_environment(settings), settings=WITHOUT_CLOCK
    ) as server:
        api_url, number = server.wait_until_ready(), server.process.pid
        empty, used = size_of(database), cpu_of(number)
        environment = child_environment(settings) | client_environment(api_url, settings.prefect_home)
        result = _run("prefect", size.reporters, size.names[-1], environment)
        served = {"cpu_s": cpu_of(number) - used, "peak_bytes": peak_of(number)}
    # Only a server that has ended has written everything.
    return result | {"server": served | {"growth": size_of(database) - empty}}


def _settings(size: AnySize, folder: Path, kind: str) -> Settings:
    """Of a home in which the weeks before the last were played."""
    settings = Settings(
        home=folder / kind,
        campaign=CAMPAIGN,
        config_root=folder / "config",
        inbox=folder / "inbox",
        inbox_kind=InboxKind.BACKFILL,
        story_now=close_of(size, size.weeks - 1),
    )
    upgrade(create_database(settings.database_url))
    for number, week in enumerate(size.names[:-1]):
        then = settings.model_copy(update={"story_now": close_of(size, number)})
        _run("plain", size.reporters, week, child_environment(then))
    return settings


def _run(kind: str, size: int, week: WeekName, environment: Mapping[str, str]) -> Result:
    """In a process of its own. `start_s`: until all is imported; `end_s`: from the week's end to the process' end."""
    _tell(f"  {kind}, {week}")
    busy = os.getloadavg()[0]
    command = [
        sys.executable,
        "-P",
        "-m",
        "deployments.bench.measured",
        kind,
        str(week),
        str(os.getpid()),
    ]
    began = time.perf_counter()
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        lines = iter(process.stdout or ())
        said = next(lines, None)
        ready = time.perf_counter()
        last = next(lines, None)
        ended = time.perf_counter()
    if said is None or last is None or process.returncode:
        raise SystemExit(f"{kind}, {size}: the run failed with {process.returncode}: {last}")
    result: Result = json.loads(last)
    _tell(f"    {result['whole']['wall_s']:.1f} s, {result['end']}")
    return result | {"start_s": ready - began, "end_s": time.perf_counter() - ended, "load_before": busy}


def _tell(line: str) -> None:
    sys.stderr.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main())
