"""A batch of registered files is judged: the task around judging.py."""

from prefect.runtime import task_run

from tasks.judging import judge_waiting
from tasks.retrying import touches_the_world
from tasks.store.engine import reading
from tasks.store.submissions import find
from tasks.workplace import workplace


def _run_name() -> str:
    """Whose file it is; of a batch, how many."""
    batch = task_run.parameters["batch"]
    if len(batch) > 1:
        return f"Kiểm tra {len(batch)} tệp"
    work = workplace()
    with reading(work.engine) as connection:
        (stored,) = find(connection, batch)
    return f"Kiểm tra {work.campaign.roster[stored.arrival.reporter].name}"


@touches_the_world("Kiểm tra tệp", _run_name)
def check(batch: list[int]) -> None:
    """Judge these submissions and record the verdicts; one that has a verdict keeps it."""
    judge_waiting(workplace(), batch)
