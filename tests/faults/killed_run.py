"""Plays the weekly run in a process that kills itself at one point: `python -m tests.faults.killed_run POINT`.

POINT names a function and a moment, e.g. `tasks.store.verdicts:record:after:3` = kill -9 after its third call returned.
Settings come from the environment, as for any run. Without a point the run goes through.
"""

import functools
import os
import signal
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

from flows.calling import as_functions
from flows.intake import intake
from flows.summary import hand_over, summary
from tasks.collect import collect
from tests.story import WEEK


def arm(point: str) -> None:
    """Replace the function by one that kills the process before or after its nth call."""
    path, name, moment, nth = point.split(":")
    holder: Any = import_module(path)
    *outer, last = name.split(".")
    for part in outer:
        holder = getattr(holder, part)
    setattr(holder, last, _deadly(getattr(holder, last), moment, int(nth)))


def _deadly(function: Callable[..., Any], moment: str, nth: int) -> Callable[..., Any]:
    calls = 0

    @functools.wraps(function)
    def armed(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == nth and moment == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = function(*args, **kwargs)
        if calls == nth:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return armed


if __name__ == "__main__":
    if len(sys.argv) > 1:
        arm(sys.argv[1])
    intake(as_functions(collect), as_functions)
    summary(WEEK, call=as_functions)
    hand_over(WEEK, as_functions)
