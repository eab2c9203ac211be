"""Half-flow: what waits -> archived -> read -> judged -> recorded -> answered. In which order, and nothing else.

A bad file rejects itself, never the week: its verdict is data. Everything is settled in the ledger, so a run that was
killed anywhere is finished by the next one.
"""

from flows.calling import Call, as_tasks
from tasks.acknowledge import acknowledge
from tasks.check import check

ONE_TASK_EACH_UP_TO = 50  # reporters: one visible task for each; above, batches (DESIGN, "Facts that decide")
BATCH = 250


def intake(submissions: list[int], call: Call = as_tasks) -> None:
    """Judge these registered submissions and answer their senders; one that is judged already stays as it is."""
    for batch in batches(submissions):
        call(check, batch)
    call(acknowledge)


def batches(submissions: list[int]) -> list[list[int]]:
    """The same path for every size: batches of one up to 50 submissions, of 250 above."""
    size = 1 if len(submissions) <= ONE_TASK_EACH_UP_TO else BATCH
    return [submissions[start : start + size] for start in range(0, len(submissions), size)]
