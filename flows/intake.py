"""Half-flow: what waits -> archived -> read -> judged -> recorded -> answered. In which order, and nothing else.

A bad file rejects itself, never the week: its verdict is data. Everything is settled in the ledger, so a run that was
killed anywhere is finished by the next one.
"""

from flows.calling import Call, as_tasks
from tasks.acknowledge import acknowledge
from tasks.check import check


def intake(batches: list[list[int]], call: Call = as_tasks) -> None:
    """Judge these registered submissions and answer their senders; one that is judged already stays as it is."""
    for batch in batches:
        call(check, batch)
    call(acknowledge)
