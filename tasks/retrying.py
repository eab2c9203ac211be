"""When a step that touches the world is tried again: only where the same call can pass later, with jitter."""

from collections.abc import Callable
from functools import wraps
from inspect import isawaitable
from typing import Any, ParamSpec, TypeVar

from prefect import Task, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.states import get_state_exception
from prefect.tasks import exponential_backoff

from domain.errors import NtmError
from domain.telling import why_refused
from tasks.store.errors import StoreBusy

P = ParamSpec("P")
R = TypeVar("R")


def touches_the_world(
    name: str, run_name: str | Callable[[], str] | None = None
) -> Callable[[Callable[P, R]], Task[P, R]]:
    """A task that is tried three times more while its error `can_pass` (domain.errors); a disk that refuses may.

    Nothing is cached or persisted: the ledger decides what was done, never Prefect's memory.
    """
    as_task = task(
        name=name,
        task_run_name=run_name or name,
        cache_policy=NO_CACHE,
        persist_result=False,
        retries=3,
        retry_delay_seconds=exponential_backoff(backoff_factor=2),
        retry_jitter_factor=0.5,
        retry_condition_fn=_can_pass,
    )

    def decorated(step: Callable[P, R]) -> Task[P, R]:
        return as_task(_in_our_words(step))

    return decorated


def _in_our_words(step: Callable[P, R]) -> Callable[P, R]:
    """What a disk or folder says to the step is told in Vietnamese, as an error of the family."""

    @wraps(step)
    def told(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return step(*args, **kwargs)
        except OSError as error:
            raise StoreBusy(
                f"Hệ điều hành từ chối ({why_refused(error)}). Hãy kiểm tra rồi chạy lại."
            ) from error

    return told


async def _can_pass(_task: Task[..., Any], _run: TaskRun, state: State) -> bool:
    error: Any = get_state_exception(
        state
    )  # the error itself inside Prefect's sync engine, else a coroutine of it
    if isawaitable(error):
        error = await error
    return isinstance(error, NtmError) and error.can_pass
