"""One flow run in a process of its own: `python -m deployments.run_flow FLOW JSON`. Speaks JSON lines on its output.

A process of its own, since Prefect reads its settings when it is imported, and so that nothing Prefect prints reaches
the operator's screen. Lines are {"event", "facts"} while it works and one {"end", "message", "error"} at last.
"""

import json
import logging
import sys
from collections.abc import Callable, Mapping
from typing import Any

from flows.late_submission import late_submission
from flows.republication import republication
from flows.weekly_summary import weekly_summary

FLOWS: Mapping[str, Callable[..., Any]] = {
    "weekly_summary": weekly_summary,
    "late_submission": late_submission,
    "republication": republication,
}


class JsonLines(logging.Handler):
    """Each event of our own loggers as one line. Facts travel as the record's arguments."""

    def emit(self, record: logging.LogRecord) -> None:
        facts = record.args if isinstance(record.args, Mapping) else {}
        say({"event": str(record.msg).split(" ")[0], "facts": dict(facts)})


def say(line: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=False, default=str) + "\n")
    sys.stdout.flush()


def _family(error: object) -> str:
    """The class of our own that the exit code is decided by: of a ConfigMistakes it is ConfigError."""
    names = [kind.__name__ for kind in type(error).__mro__]
    return names[names.index("NtmError") - 1] if "NtmError" in names else names[0]


def main(name: str, parameters: str) -> int:
    """Run the flow and say how it ended. Returns 0 where it completed, else 1."""
    ours = logging.getLogger("ntm")
    ours.setLevel(logging.INFO)
    ours.addHandler(JsonLines())
    state = FLOWS[name](**json.loads(parameters), return_state=True)
    error = None if state.is_completed() else state.result(raise_on_failure=False)
    say(
        {
            "end": state.name,
            "message": str(error or state.message),
            "error": _family(error) if error else "",
        }
    )
    return 0 if state.is_completed() else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
