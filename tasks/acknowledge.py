"""Senders whose files were returned or quarantined are told: the task around answering.py."""

from tasks.answering import answer_all
from tasks.retrying import touches_the_world
from tasks.workplace import workplace


@touches_the_world("Phản hồi đơn vị")
def acknowledge() -> None:
    """Answer every verdict that keeps a file out of the sums and was not told yet, also a killed run's."""
    answer_all(workplace())
