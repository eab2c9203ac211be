"""The real command in a process of its own, as an operator starts it."""

import subprocess
import sys
from pathlib import Path

from tests.story import ROOT

# What a shell starts in the background ignores SIGINT, and Python leaves it so: a test run, too.
PROGRAM = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "from deployments.cli.main import main; main()"
)


def ntm(home: Path, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run to its end."""
    return subprocess.run(
        command(*arguments),
        env=surroundings(home, **environment),
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
        cwd=ROOT,
    )


def started(home: Path, *arguments: str, **environment: str) -> "subprocess.Popen[str]":
    """The same, still running."""
    return subprocess.Popen(
        command(*arguments),
        env=surroundings(home, **environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
    )


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-c", PROGRAM, *arguments]


def surroundings(home: Path, **environment: str) -> dict[str, str]:
    """Nothing of the developer's own shell."""
    return {"NTM_HOME": str(home), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", **environment}
