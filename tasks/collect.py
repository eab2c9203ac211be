"""What waits at a door is taken in: the tasks around receiving.py."""

from datetime import datetime
from pathlib import Path

from tasks.receiving import take_named, take_waiting
from tasks.retrying import touches_the_world
from tasks.store.engine import reading
from tasks.store.submissions import unjudged
from tasks.workplace import workplace


@touches_the_world("Nhận tệp")
def collect() -> list[list[int]]:
    """Take in what waits. Returns every submission without a verdict, also one that a killed run left over, in batches.

    Of one file each in a campaign that has few reporters, so that each is seen in the UI.
    """
    work = workplace()
    take_waiting(work)
    with reading(work.engine) as connection:
        waiting = unjudged(connection, work.campaign.id)
    size = work.settings.batch_of(len(work.campaign.roster.reporters))
    return [list(waiting[start : start + size]) for start in range(0, len(waiting), size)]


@touches_the_world("Nhận tệp nộp muộn")
def take_late(week: str, reporter: str, file: str, received_at: datetime | None) -> int:
    """Take in one file by name. Returns its submission, new or known."""
    return take_named(workplace(), week, reporter, Path(file), received_at).id
