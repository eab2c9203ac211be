"""Notices that a server is gone and ends what works with it, instead of letting it ask for minutes.

A Prefect client whose server was killed tries every request again, with pauses that grow: 345 s until it gives up
(seen with 3.8.8). The ledger needs none of that: the next run finishes what this one began.
"""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from deployments.server import is_taken

# A server that is only restarted is back within this time; a client bears it.
GRACE_S = 8.0
_POLL_S = 1.0


@contextmanager
def ending_with(api_url: str, process: "subprocess.Popen[Any]") -> Iterator[None]:
    """While the block runs, kill `process` once nobody has listened at `api_url` for GRACE_S."""
    left = threading.Event()
    watch = threading.Thread(target=_watch, args=(api_url, process, left), daemon=True)
    watch.start()
    try:
        yield
    finally:
        left.set()
        watch.join()


def _watch(api_url: str, process: "subprocess.Popen[Any]", left: threading.Event) -> None:
    refused = 0.0
    while not left.wait(_POLL_S):
        refused = 0.0 if is_taken(api_url) else refused + _POLL_S
        if refused >= GRACE_S:
            process.kill()
            return
