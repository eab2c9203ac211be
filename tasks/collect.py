"""What waits at a door is taken in: the tasks around receiving.py."""

from datetime import datetime
from pathlib import Path

from tasks.receiving import take_named, take_waiting
from tasks.retrying import touches_the_world
from tasks.store.engine import reading
from tasks.store.submissions import unjudged
from tasks.workplace import workplace


@touches_the_world("Nhận tệp")
def collect() -> list[int]:
    """Take in what waits. Returns every submission without a verdict, also one that a killed run left over."""
    work = workplace()
    take_waiting(work)
    with reading(work.engine) as connection:
        return list(unjudged(connection, work.campaign.id))


@touches_the_world("Nhận tệp nộp muộn")
def take_late(week: str, reporter: str, file: str, received_at: datetime | None) -> int:
    """Take in one file by name. Returns its submission, new or known."""
    return take_named(workplace(), week, reporter, Path(file), received_at).id
