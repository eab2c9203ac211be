"""What runs in processes of its own: two at once, or one that is killed half-way."""

import multiprocessing
import os
import signal
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tasks.store.archive import Archive
from tasks.store.deliveries import claimed, mark_delivered
from tasks.store.engine import create_database, open_engine, writing
from tasks.store.publications import record_revision
from tasks.store.schema import is_current, upgrade
from tasks.store.submissions import register
from tests.tasks.store.making import NOON, arrival, revision

_NEW = multiprocessing.get_context("spawn")
PATIENCE_S = 60


def two_at_once(work: Callable[[str], Any], argument: str) -> list[Any]:
    """What `work(argument)` returned in two processes that began at the same moment."""
    barrier, answers = _NEW.Barrier(2), _NEW.SimpleQueue()
    workers = [_NEW.Process(target=_meet_and_work, args=(work, argument, barrier, answers)) for _ in range(2)]
    for worker in workers:
        worker.start()
    results = [answers.get() for _ in workers]
    for worker in workers:
        worker.join(PATIENCE_S)
        worker.close()
    answers.close()
    return results


def kill_when_ready(work: Callable[[str, Any], None], argument: str) -> None:
    """Start `work(argument, ready)` and kill it (SIGKILL) as soon as it says that it is ready."""
    ready = _NEW.Event()
    worker = _NEW.Process(target=work, args=(argument, ready))
    worker.start()
    assert ready.wait(PATIENCE_S), "the process never came to the point where it should be killed"
    os.kill(worker.pid or 0, signal.SIGKILL)
    worker.join(PATIENCE_S)
    assert worker.exitcode == -signal.SIGKILL
    worker.close()


def _meet_and_work(work: Callable[[str], Any], argument: str, barrier: Any, answers: Any) -> None:
    barrier.wait(PATIENCE_S)
    try:
        answers.put(work(argument))
    except Exception as error:  # noqa: BLE001 - the parent's assertion shows it
        answers.put(repr(error))


def upgrade_it(url: str) -> bool:
    engine = create_database(url)
    upgrade(engine)
    return is_current(engine)


def register_fifty(url: str) -> list[tuple[int, bool]]:
    arrivals = [arrival(sha256=f"{n:064x}") for n in range(50)]
    with writing(open_engine(url)) as connection:
        return [(registered.id, registered.is_new) for registered in register(connection, arrivals, NOON)]


def issue_the_first_revision(url: str) -> bool:
    with writing(open_engine(url)) as connection:
        return record_revision(connection, revision(1), ["van-phong"])


def deliver_into_a_file(url_and_file: str) -> int:
    """Hand over by writing one line; return how many this process wrote."""
    url, _, file = url_and_file.rpartition("|")
    engine, written = open_engine(url), 0
    with claimed(engine, revision(1).key, "van-phong") as delivery:
        if delivery:
            written += 1
            time.sleep(0.3)  # the other one is waiting by now
            with Path(file).open("a", encoding="utf-8") as lines:
                lines.write(delivery.key + "\n")
            with writing(engine) as connection:
                mark_delivered(connection, delivery.key, delivery.recipient, receipt="số 12", now=NOON)
    return written


def issue_and_wait(url: str, ready: Any) -> None:
    """Everything written, nothing committed."""
    with writing(open_engine(url)) as connection:
        record_revision(connection, revision(1), ["van-phong"])
        ready.set()
        time.sleep(PATIENCE_S)


def upgrade_and_wait(url: str, ready: Any) -> None:
    """Killed when the tables are made and before they are committed."""
    from tasks.store import schema

    def stuck(engine: Any) -> Any:
        return _Stuck(writing(engine), ready)

    schema.writing = stuck
    upgrade(create_database(url))


class _Stuck:
    def __init__(self, transaction: Any, ready: Any) -> None:
        self.transaction, self.ready = transaction, ready

    def __enter__(self) -> Any:
        return self.transaction.__enter__()

    def __exit__(self, *_: object) -> None:
        self.ready.set()
        time.sleep(PATIENCE_S)


def claim_and_wait(url: str, ready: Any) -> None:
    with claimed(open_engine(url), revision(1).key, "van-phong"):
        ready.set()
        time.sleep(PATIENCE_S)


def archive_and_wait(root: str, ready: Any) -> None:
    """Killed when the bytes are written and before they have their name."""

    def stuck(descriptor: Any) -> None:
        if stat.S_ISREG(os.fstat(descriptor).st_mode):
            ready.set()
            time.sleep(PATIENCE_S)

    os.fsync = stuck  # type: ignore[assignment]
    Archive(Path(root)).put(b"half " * 100_000)
