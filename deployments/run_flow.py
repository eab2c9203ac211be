"""One flow run in a process of its own: `python -m deployments.run_flow FLOW JSON PARENT`, and it ends with PARENT.

A process of its own, since Prefect reads its settings when it is imported, and so that nothing Prefect prints reaches
the operator's screen. Speaks JSON lines on its output: {"event", "facts"} while it works, and at last one
{"end", "message", "error"}.
"""

import json
import logging
import sys
from collections.abc import Callable, Mapping
from typing import Any

from deployments.cli.exits import family
from deployments.server import die_with
from flows.decide_case import decide_case
from flows.late_submission import late_submission
from flows.republication import republication
from flows.settle_quarantine import settle_quarantine
from flows.weekly_summary import weekly_summary

FLOWS: Mapping[str, Callable[..., Any]] = {
    "weekly_summary": weekly_summary,
    "late_submission": late_submission,
    "republication": republication,
    "settle_quarantine": settle_quarantine,
    "decide_case": decide_case,
}


class JsonLines(logging.Handler):
    """Each event of our own loggers as one line. Facts travel as the record's arguments."""

    def emit(self, record: logging.LogRecord) -> None:
        facts = record.args if isinstance(record.args, Mapping) else {}
        say({"event": str(record.msg).split(" ")[0], "facts": dict(facts)})


def say(line: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=False, default=str) + "\n")
    sys.stdout.flush()


def listen() -> None:
    """From here on every event of ours is a line."""
    ours = logging.getLogger("ntm")
    ours.setLevel(logging.INFO)
    ours.addHandler(JsonLines())


def run(name: str, parameters: Mapping[str, Any]) -> int:
    """Run the flow and say how it ended. Returns 0 where it completed, else 1."""
    state = FLOWS[name](**parameters, return_state=True)
    error = None if state.is_completed() else state.result(raise_on_failure=False)
    say(
        {
            "end": state.name,
            "message": str(error or state.message),
            "error": family(error) if error else "",
        }
    )
    return 0 if state.is_completed() else 1


if __name__ == "__main__":
    die_with(parent=int(sys.argv[3]))
    listen()
    sys.exit(run(sys.argv[1], json.loads(sys.argv[2])))
