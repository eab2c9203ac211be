"""`make mutants`, or `python -m tests.mutants [weeks debt ...]`: whether its tests see one wrong sign in a module that
decides. Prints each mutant that lives; fails where more than a tenth of a module's do. docs/decisions/0035.

A mutant is loaded from memory, in a process of its own: nothing on the disk changes, and no .pyc can be stale.
"""

import argparse
import contextlib
import gc
import io
import os
import resource
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType

import pytest
from hypothesis import Phase, settings

from tests.mutants.making import Mutant, mutants

ROOT = Path(__file__).parents[2]
ENOUGH = 0.9
# Module -> the tests that speak of it.
ASKED = {
    "weeks": ("tests/domain/test_weeks.py",),
    "calendar": (
        "tests/domain/test_calendar.py",
        "tests/domain/test_almanac.py",
        "tests/domain/test_lateness.py",
        "tests/domain/figures/test_milestones.py",
        "tests/domain/test_frozen.py",
    ),
    "debt": (
        "tests/domain/test_debt.py",
        "tests/domain/rules/test_rules_debt.py",
        "tests/domain/figures/test_debt.py",
    ),
    "lateness": (
        "tests/domain/test_lateness.py",
        "tests/domain/test_reporter_lines.py",
        "tests/domain/test_frozen.py",
    ),
    "revisions": ("tests/domain/test_revisions.py",),
    "rules.debt": ("tests/domain/rules/test_rules_debt.py", "tests/config/test_rule_cases.py"),
}
# Nobody reads why a mutant fails, nor looks for the smallest example that makes it.
_BRIEFLY = ("-x", "-q", "-pno:xdist", "-pno:cacheprovider", "--assert=plain", "--hypothesis-profile=mutants")
_PROFILE = settings(
    deadline=None, max_examples=10, derandomize=True, database=None, phases=(Phase.explicit, Phase.generate)
)
# For a mutant that runs or grows for ever: seconds of CPU, bytes.
_LIMITS = ((resource.RLIMIT_CPU, 60), (resource.RLIMIT_AS, 4 << 30))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description="Wrong signs in the domain, one at a time, against its tests."
    )
    parser.add_argument("modules", nargs="*", choices=ASKED, metavar="module", help=", ".join(ASKED))
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args(arguments)
    settings.register_profile("mutants", _PROFILE)
    shares = [_killed(module, asked.jobs) for module in asked.modules or ASKED]
    return 0 if min(shares) >= ENOUGH else 1


def _killed(module: str, jobs: int) -> float:
    """The share of the module's mutants that its tests see."""
    path = ROOT / "domain" / f"{module.replace('.', '/')}.py"
    sound = path.read_text("utf-8")
    _warm_up(module)
    tried = list(_tried(module, mutants(sound), jobs))
    living = sorted((mutant.line, mutant.beside(sound)) for mutant, lives in tried if lives)
    for line, lines in living:
        sys.stdout.write("\n    ".join((f"{path.relative_to(ROOT)}:{line}", *lines)) + "\n")
    share = 1 - len(living) / len(tried)
    sys.stdout.write(f"domain.{module}: {len(tried)} mutants, {len(living)} live, {share:.1%} killed\n")
    sys.stdout.flush()
    return share


def _warm_up(module: str) -> None:
    """Its tests pass as it stands; and what they load, but for our own rooms, no child loads again."""
    with contextlib.redirect_stdout(io.StringIO()) as told:
        failed = _tests_of(module)
    if failed:
        raise SystemExit(f"domain.{module} as it stands:\n{told.getvalue()}")
    for name in [name for name in sys.modules if name.partition(".")[0] in ("domain", "config", "tests")]:
        del sys.modules[name]
    gc.freeze()  # children share what is there as long as nobody counts it


def _tried(module: str, those: Iterable[Mutant], jobs: int) -> Iterator[tuple[Mutant, bool]]:
    """Each mutant, and whether it lives; so many at a time."""
    running: dict[int, Mutant] = {}
    for mutant in those:
        if len(running) == jobs:
            yield _ended(running)
        running[_started(module, mutant.source)] = mutant
    while running:
        yield _ended(running)


def _ended(running: dict[int, Mutant]) -> tuple[Mutant, bool]:
    pid, status = os.wait()
    return running.pop(pid), status == 0


def _started(module: str, source: str) -> int:
    """The process that runs the module's tests over this text of it, and ends with 0 where they pass."""
    pid = os.fork()
    if pid:
        return pid
    failed = 1
    try:
        for limit, value in _LIMITS:
            resource.setrlimit(limit, (value, value))
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        sys.meta_path.insert(0, _Instead(f"domain.{module}", source))
        failed = _tests_of(module)
    finally:
        os._exit(failed)


def _tests_of(module: str) -> int:
    """0 where all pass. File by file: most mutants are seen by the first, and the others needn't be loaded."""
    with tempfile.TemporaryDirectory() as folder:
        plain = (*_BRIEFLY, f"--rootdir={ROOT}", f"--basetemp={folder}/tests")
        return int(next(filter(None, (pytest.main([*plain, str(ROOT / file)]) for file in ASKED[module])), 0))


class _Instead(MetaPathFinder):
    """Gives one module another text, as if it stood in its file."""

    def __init__(self, name: str, source: str) -> None:
        self._name, self._source = name, source

    def find_spec(self, fullname: str, path: object, target: object = None) -> ModuleSpec | None:
        if fullname != self._name:
            return None
        file = str(ROOT / f"{fullname.replace('.', '/')}.py")
        return spec_from_file_location(fullname, file, loader=_Loader(fullname, file, self._source))


class _Loader(SourceFileLoader):
    def __init__(self, name: str, file: str, source: str) -> None:
        super().__init__(name, file)
        self._source = source

    def get_code(self, fullname: str) -> CodeType:
        return compile(self._source, self.path, "exec", dont_inherit=True)


if __name__ == "__main__":
    sys.exit(main())
