"""How a half-flow calls its steps: as Prefect tasks, seen in the UI, or as the plain functions inside them.

The order of the steps is written once (intake.py, summary.py). Tests, benchmarks and a machine without a server run it
`as_functions`; every flow runs it `as_tasks`.
"""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from prefect import Task

P = ParamSpec("P")
R = TypeVar("R")

Call = Callable[..., Any]


def as_tasks(step: Task[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """With retries and a line in the UI."""
    return step(*args, **kwargs)


def as_functions(step: Task[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """The function alone. An error passes straight through."""
    return step.fn(*args, **kwargs)
