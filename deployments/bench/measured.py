"""One week in a process of its own: `python -m deployments.bench.measured plain|prefect WEEK PARENT`, settings by
environment.

Says JSON lines: {"ready"} when everything is imported, at last {"end", "whole", "steps"}. Through Prefect it runs the
very flow of an operator; its steps are measured around their calls, Prefect's own work for each included.
"""

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from prefect import Task
from prefect.client.schemas.objects import State

from config.settings import Settings, load_settings
from deployments.bench.meter import Meter
from deployments.server import die_with
from flows.calling import as_functions
from flows.endings import ending
from flows.intake import intake
from flows.summary import hand_over, summary
from flows.weekly_summary import weekly_summary
from tasks.collect import collect
from tasks.standing import standing
from tasks.workplace import workplace

WHOLE = "whole"


def databases(settings: Settings) -> dict[str, Path]:
    """The ledger and Prefect's own, as files."""
    ledger = Path(settings.database_url.removeprefix("sqlite:///"))
    return {"ledger": ledger, "prefect": settings.prefect_home / "prefect.db"}


def plain(week: str, meter: Meter) -> State:
    """What the flow does, without Prefect; what it shows in Prefect's UI isn't made."""

    def call(step: Task[..., Any], *given: Any) -> Any:
        with meter.step(step.fn.__name__):
            return as_functions(step, *given)

    intake(call(collect), call)
    is_new = summary(week, call=call)
    return ending(standing(week), is_new=hand_over(week, call) or is_new)


def prefect(week: str, meter: Meter) -> State:
    """The flow itself. Every task call passes through the class, so that is where it is measured."""
    of_prefect: Callable[..., Any] = Task.__call__

    def call(step: Task[..., Any], *given: Any, **by_name: Any) -> Any:
        with meter.step(step.fn.__name__):
            return of_prefect(step, *given, **by_name)

    setattr(Task, "__call__", call)  # noqa: B010 - a plain assignment is refused by mypy for its overloads
    state: State = weekly_summary(week=week, return_state=True)
    return state


KINDS: Mapping[str, Callable[[str, Meter], State]] = {"plain": plain, "prefect": prefect}


def main(kind: str, week: str) -> int:
    """Returns 0 where the week ended in an end state of ours."""
    meter, around = (Meter(databases(load_settings())) for _ in range(2))
    _say({"ready": True})
    with around.step(WHOLE):
        with meter.step("open"):
            workplace()
        state = KINDS[kind](week, meter)
    _say(
        {"end": state.name, "message": state.message, "whole": around.costs()[WHOLE], "steps": meter.costs()}
    )
    return 0 if state.is_completed() else 1


def _say(line: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    die_with(parent=int(sys.argv[3]))
    sys.exit(main(sys.argv[1], sys.argv[2]))
