"""A real Prefect server on this machine, started and stopped by us: for the demo, for tests, for one office's PC.

Knows the process, its port, its settings, and what a client of it must be told. Doesn't know flows or schedules.
Doesn't import Prefect before a flow did: a client must have its settings before that import.

Run as `python -m deployments.server PARENT_PID SOCKET` it *is* that process; only `starting_server` says so.
"""

import ctypes
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from domain.errors import NtmError

LOOPBACK = "127.0.0.1"
LOG_NAME = "prefect-server.log"
# Two cores, 22 Nov 2026: an empty home takes 11 to 14 s (Prefect replays four years of migrations), a used one 5 s,
# nearly all of it CPU time; beside four busy processes 33 s.
START_TIMEOUT_S = 90.0
STOP_TIMEOUT_S = 10.0
_DRAIN_TIMEOUT_S = 5.0
_POLL_S = 0.1
_PATIENCE_S = 2.0
_LONGEST_ANSWER = 1000  # "true", or a version
_PR_SET_PDEATHSIG = 1  # <linux/prctl.h>

# For a caller that makes every run itself, at the time it wants: no runs appear by the clock, none is marked late.
WITHOUT_CLOCK: Mapping[str, str] = {
    "PREFECT_SERVER_SERVICES_SCHEDULER_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_LATE_RUNS_ENABLED": "false",
}

# By default each finished task is a write of its own, which collides with a flow's in SQLite; the flow's request is
# then refused with 503 and tried again 2 s later. Twelve flows of ten tasks: 17 s so, 7 s in batches.
_IN_BATCHES: Mapping[str, str] = {
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "50",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "50",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL": "1",
}

_WITHOUT_TELEMETRY: Mapping[str, str] = {
    # Importing Prefect in a terminal prints a notice and sends an event to its makers, unless this is set.
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
}


class ServerNotReady(NtmError):
    """The server process ended or didn't answer in time. The message holds its log's path and the log's end."""


@dataclass(frozen=True)
class StartingServer:
    """A server process that may not answer yet; other work can be done meanwhile."""

    api_url: str
    log: Path
    process: subprocess.Popen[bytes]

    def wait_until_ready(self, timeout_s: float = START_TIMEOUT_S) -> str:
        """Returns the API's URL once it answers. Raises ServerNotReady; a server that is too late is killed."""
        give_up_at = time.monotonic() + timeout_s
        while not is_prefect(self.api_url):
            if self.process.poll() is not None:
                raise self._not_ready(f"đã dừng với mã {self.process.returncode}")
            if time.monotonic() > give_up_at:
                self.process.kill()
                raise self._not_ready(f"không trả lời trong {timeout_s:g} giây")
            time.sleep(_POLL_S)
        return self.api_url

    def _not_ready(self, what: str) -> ServerNotReady:
        end = "\n".join(self.log.read_text(errors="replace").splitlines()[-20:])
        return ServerNotReady(f"Máy chủ Prefect {what}. Hãy xem {self.log}; những dòng cuối:\n{end}")


@contextmanager
def local_server(
    home: Path, *, environment: Mapping[str, str], settings: Mapping[str, str] | None = None, port: int = 0
) -> Iterator[str]:
    """A server that answers, gone when the block is left. Yields its API URL; parameters as in `starting_server`."""
    with starting_server(home, environment=environment, settings=settings, port=port) as server:
        yield server.wait_until_ready()


@contextmanager
def starting_server(
    home: Path, *, environment: Mapping[str, str], settings: Mapping[str, str] | None = None, port: int = 0
) -> Iterator[StartingServer]:
    """Start a server and hand it out at once; stop it when the block is left, however it is left.

    `home` holds its database and log; a second start in the same home takes half the time. `environment` is what
    the process inherits, less all PREFECT_* in it: a developer's shell must not lead the demo to the office's
    database. `settings` are PREFECT_* variables that go before ours. Port 0 takes any free one.

    On Linux the kernel kills the server when the *thread* that started it ends, also by kill -9 of this process:
    start it from a thread that outlives it.
    """
    home.mkdir(parents=True, exist_ok=True)
    with _listener(port) as listener:
        chosen_port = listener.getsockname()[1]
        server_environment = _server_environment(home, chosen_port, environment, settings or {})
        process = _spawn(listener, home, server_environment)
    try:
        yield StartingServer(f"http://{LOOPBACK}:{chosen_port}/api", home / LOG_NAME, process)
    finally:
        try:
            if process.poll() is None:
                _hand_over_what_waits()
        finally:
            _stop(process)


def client_environment(api_url: str, home: Path) -> dict[str, str]:
    """What a process must find in its environment when it imports Prefect, to be a quiet client of a local server.

    Prefect reads it once, at import: give it to a child process, or set it before the first import of a flow.
    Log lines of a run go to the server from INFO on, to the terminal from WARNING on (seen with Prefect 3.8.8).
    """
    return {
        **_WITHOUT_TELEMETRY,
        "PREFECT_API_URL": api_url,
        # What our steps say belongs beside what Prefect says of them, in the run's log.
        "PREFECT_LOGGING_EXTRA_LOGGERS": "ntm",
        "PREFECT_LOGGING_ROOT_LEVEL": "INFO",  # the extra logger has no level of its own and would stay at WARNING
        # Its profiles and results: nothing of the user's own ~/.prefect is read or written.
        "PREFECT_HOME": str(home.resolve()),
        # The profile of an empty home would start a second, temporary server where the first doesn't answer.
        "PREFECT_SERVER_EPHEMERAL_ENABLED": "false",
        "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "WARNING",
        "PREFECT_LOGGING_COLORS": "false",
        # A line logged outside of a run isn't the server's business; the default is a warning for each.
        "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
        # This server comes from the same packages: one request less for every client.
        "PREFECT_CLIENT_SERVER_VERSION_CHECK_ENABLED": "false",
    }


def _server_environment(
    home: Path, port: int, environment: Mapping[str, str], settings: Mapping[str, str]
) -> dict[str, str]:
    inherited = {name: value for name, value in environment.items() if not name.startswith("PREFECT_")}
    ours = {
        **_WITHOUT_TELEMETRY,
        **_IN_BATCHES,
        "PREFECT_HOME": str(home.resolve()),
        # The server's web page asks for its data at this address.
        "PREFECT_SERVER_API_HOST": LOOPBACK,
        "PREFECT_SERVER_API_PORT": str(port),
        "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
        "PREFECT_LOGGING_COLORS": "false",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        # `prefect server start` says so too: no second app will be made in this process.
        "PREFECT__SERVER_FINAL": "1",
    }
    return {**inherited, **ours, **settings}


def _listener(port: int) -> socket.socket:
    try:
        return socket.create_server((LOOPBACK, port))
    except OSError as error:
        raise ServerNotReady(
            f"Cổng {port} đang được dùng. Hãy tắt chương trình kia hoặc đặt NTM_SERVER_PORT."
        ) from error


def _spawn(listener: socket.socket, home: Path, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """The child gets the listening socket itself, so no other program can take the port in between."""
    command = [sys.executable, "-P", "-m", "deployments.server", str(os.getpid()), str(listener.fileno())]
    with (home / LOG_NAME).open("ab") as log:
        return subprocess.Popen(
            command,
            # Prefect reads .env, prefect.toml and pyproject.toml of the folder it stands in.
            cwd=home,
            env=environment,
            pass_fds=[listener.fileno()],
            # A group of its own: Ctrl-C in the terminal reaches us only, and we stop the server in order.
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )


def is_prefect(api_url: str) -> bool:
    """Whether a Prefect server there is well. A stranger on the port, an HTTP server or not, is none."""
    return _said(f"{api_url}/health") is True and isinstance(_said(f"{api_url}/admin/version"), str)


def is_taken(api_url: str) -> bool:
    """Whether any program listens there. A busy one counts: only a refused connection says that nobody does."""
    address = urlsplit(api_url)
    try:
        with socket.create_connection((str(address.hostname), address.port or 0), timeout=_PATIENCE_S):
            return True
    except ConnectionRefusedError:
        return False
    except OSError:
        return True


def _said(url: str) -> object:
    """The JSON answer, or None. No proxy is asked: ours is on this machine."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(url, timeout=_PATIENCE_S) as answer:
            return json.loads(answer.read(_LONGEST_ANSWER))
    except (OSError, http.client.HTTPException, ValueError):
        return None


def _hand_over_what_waits() -> None:
    """Let flows that ran in this process send their last log lines and events while there is a server.

    Prefect sends both behind a run's back, up to 2 s later. Without this they are lost, and at its end the process
    asks a server that is gone again and again, for half a minute (seen with 3.8.8).
    """
    if "prefect.events.worker" not in sys.modules:
        return
    # In a thread without an event loop: there Prefect waits instead of handing out something to await.
    thread = threading.Thread(target=_drain_prefect_workers)
    thread.start()
    thread.join()


def _drain_prefect_workers() -> None:
    from prefect.events.worker import EventsWorker
    from prefect.logging.handlers import APILogWorker

    for worker in (APILogWorker, EventsWorker):
        worker.drain_all(timeout=_DRAIN_TIMEOUT_S)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ask, wait, then kill the whole group; also when the waiting is interrupted by a second Ctrl-C."""
    process.terminate()
    try:
        with suppress(subprocess.TimeoutExpired):
            process.wait(STOP_TIMEOUT_S)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def die_with(parent: int) -> None:
    """End this process when `parent` ends, kill -9 included (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    # The parent may have died before the kernel was asked.
    if os.getppid() != parent:
        raise SystemExit("the process that started this one is gone")


def _serve(parent: int, descriptor: int) -> None:
    """Uvicorn with Prefect's app, without Prefect's command line, which takes 1.5 s more to start."""
    die_with(parent)
    import uvicorn

    config = uvicorn.Config(
        "prefect.server.api.server:create_app",
        factory=True,
        log_level="warning",
        # Subscribers to events never hang up by themselves.
        timeout_graceful_shutdown=3,
    )
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=descriptor)])


if __name__ == "__main__":
    _serve(parent=int(sys.argv[1]), descriptor=int(sys.argv[2]))
