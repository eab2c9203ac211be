"""`python -m tests.fuzz --minutes 10 [--seed N]`: mutates, reads, keeps what reached something new, saves what broke.

A problem is cut down and saved to tests/fuzz/seeds/, named after what it broke; tests/fuzz/test_seeds.py replays those.
"""

import argparse
import logging
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from random import Random

from tasks.intake.preflight import examine
from tests.fuzz.corpus import KEPT, seeds
from tests.fuzz.coverage import Coverage
from tests.fuzz.mutations import mutated
from tests.fuzz.trial import Problem, Trials

_BATCH = 40
_TRIES_TO_CUT = 60


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Damaged files against the reading.")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    logging.getLogger("ntm.intake").setLevel(logging.CRITICAL)  # each problem is told once, at the end
    with tempfile.TemporaryDirectory() as folder:
        fuzz = _Fuzz(Trials(Path(folder)), Random(asked.seed))
        fuzz.go_on_until(time.monotonic() + 60 * asked.minutes)
    sys.stdout.write("\n".join(fuzz.report()) + "\n")
    return 1 if fuzz.problems else 0


class _Fuzz:
    def __init__(self, trials: Trials, random: Random) -> None:
        self._trials, self._random = trials, random
        self._corpus = list(seeds().items())
        self._coverage = Coverage()
        self._signs: Counter[str] = Counter()
        self._stopped: Counter[str] = Counter()
        self._executions = self._read = 0
        self.problems: dict[str, Problem] = {}

    def go_on_until(self, end: float) -> None:
        self._trials.run(self._corpus)  # what is loaded lazily is loaded
        self._try(self._corpus)
        while time.monotonic() < end:
            self._try([self._next() for _ in range(_BATCH)])

    def _next(self) -> tuple[str, bytes]:
        name, data = self._random.choice(self._corpus)
        others = [other for _, other in self._random.sample(self._corpus, 2)]
        return name, mutated(data, self._random, others)

    def _try(self, files: Sequence[tuple[str, bytes]]) -> None:
        new = [file for file in files if self._reaches_more(*file)]
        outcomes, problems = self._trials.run(files)
        self._executions += len(files)
        for outcome in outcomes:
            if outcome.sign not in self._signs:
                new.append((outcome.name, outcome.data))
            self._signs[outcome.sign] += 1
            self._read += " read " in outcome.sign
            if outcome.stopped:
                self._stopped[outcome.stopped] += 1
        self._corpus += [file for file in new if len(file[1]) < 200_000]
        for problem in problems:
            if problem.sign not in self.problems:
                self.problems[problem.sign] = problem
                self._save(problem)

    def _reaches_more(self, name: str, data: bytes) -> bool:
        before = len(self._coverage.lines)
        with self._coverage.traced():
            examine(data, name)
        return len(self._coverage.lines) > before

    def _save(self, problem: Problem) -> None:
        data = self._cut(problem)
        name = f"{sha256(data).hexdigest()[:8]}{Path(problem.name).suffix}"
        (KEPT / name).write_bytes(data)
        sys.stderr.write(f"{problem.sign}: {name}, {len(data)} bytes\n")

    def _cut(self, problem: Problem) -> bytes:
        """Shorter by pieces, as long as it breaks the same."""
        data = problem.data
        for _ in range(_TRIES_TO_CUT):
            length = max(1, len(data) // self._random.choice((2, 4, 8, 32)))
            at = self._random.randrange(len(data) + 1)
            shorter = data[:at] + data[at + length :]
            _, problems = self._trials.run([(problem.name, shorter)])
            if any(found.sign == problem.sign for found in problems):
                data = shorter
        return data

    def report(self) -> list[str]:
        return [
            f"{self._executions} files, {self._read} of them read whole, {len(self._signs)} different endings, "
            f"{len(self._corpus)} kept as reaching something new, {len(self.problems)} problems",
            *(f"  PROBLEM {sign}" for sign in self.problems),
            *(f"  child ended {count} times: {why}" for why, count in self._stopped.most_common(20)),
            "lines of the container check that ran:",
            *self._coverage.report(),
        ]


if __name__ == "__main__":
    sys.exit(main())
