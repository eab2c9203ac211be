"""A benchmark over several counts: each in a process of its own, so that its peak memory is its own."""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Measured = Mapping[int, Mapping[str, Any]]


@dataclass(frozen=True)
class Counted:
    """`module`: has `say(folder, count)`, which writes the numbers of one count as JSON. `prepare`: what all counts up
    to that one are measured over, written into a folder."""

    module: str
    what: str  # "reading"
    of: str  # "WORKBOOKS"
    counts: Sequence[int]
    prepare: Callable[[Path, int], None]
    table: Callable[[Measured], str]

    def main(self, arguments: Sequence[str] | None) -> int:
        parser = argparse.ArgumentParser(description=f"What {self.what} costs.")
        parser.add_argument(
            "counts", metavar=self.of, type=int, nargs="*", default=list(self.counts), help="how many"
        )
        with tempfile.TemporaryDirectory(prefix=f"ntm-{self.what}-") as folder:
            measured = self.measure(sorted(parser.parse_args(arguments).counts), Path(folder))
        sys.stdout.write(self.table(measured))
        return 0

    def measure(self, counts: Sequence[int], folder: Path) -> dict[int, Mapping[str, Any]]:
        """All counts over what is prepared for the largest."""
        self.prepare(folder, counts[-1])
        return {count: self._in_own_process(folder, count) for count in counts}

    def _in_own_process(self, folder: Path, count: int) -> Mapping[str, Any]:
        sys.stderr.write(f"  {self.what} {count}\n")
        code = f"import {self.module}; {self.module}.say({str(folder)!r}, {count})"
        done = subprocess.run(
            [sys.executable, "-P", "-c", code], stdout=subprocess.PIPE, text=True, check=True
        )
        measured: Mapping[str, Any] = json.loads(done.stdout)
        return measured
