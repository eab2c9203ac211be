"""Starting a flow from the command line: on the server that runs here, else on one that lives as long as the run."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from config.settings import Settings, child_environment
from deployments.server import LOOPBACK, client_environment, is_prefect, is_taken, local_server
from deployments.watching import ending_with

Listener = Callable[[str, Mapping[str, object]], None]


@dataclass(frozen=True)
class Ending:
    """How a flow run ended: the name of its state, its message, and the class of its error if it failed."""

    name: str
    message: str
    error: str = ""


Run = Callable[[Settings, str, Mapping[str, object]], Ending]


def run_flow(settings: Settings, flow: str, parameters: Mapping[str, object], listener: Listener) -> Ending:
    """Run one flow to its end; `listener` is told each event. What Prefect prints goes to home/log/run.log."""
    with (
        _server(settings) as api_url,
        _started(settings, api_url, command_of(flow, parameters)) as process,
        ending_with(api_url, process),
    ):
        return _ended(settings, api_url, process, listener)


@contextmanager
def runner(settings: Settings) -> Iterator[Run]:
    """Yields what runs one flow after the other, each with its own clock, on one server and in one process."""
    command = [sys.executable, "-P", "-m", "deployments.play_flows", str(os.getpid())]
    with (
        _server(settings) as api_url,
        _started(settings, api_url, command, stdin=subprocess.PIPE) as process,
        ending_with(api_url, process),
    ):

        def run(at: Settings, flow: str, parameters: Mapping[str, object]) -> Ending:
            request = {"flow": flow, "parameters": _given(parameters), "at": at.now().isoformat()}
            with suppress(BrokenPipeError):  # it died; that it says nothing is told below
                _write(process, request)
            return _ended(settings, api_url, process, lambda _event, _facts: None)

        yield run


def _ended(settings: Settings, api_url: str, process: "subprocess.Popen[str]", listener: Listener) -> Ending:
    ending = _listened(process, listener)
    # A process that lost its server is killed, or ends first with an error that says nothing to an officer.
    if ending and (not ending.error or is_taken(api_url)):
        return ending
    why = "Tiến trình" if is_taken(api_url) else "Máy chủ Prefect"
    return Ending("Crashed", f"{why} đã dừng giữa chừng; lần chạy sau sẽ làm tiếp. Nhật ký: {_log(settings)}")


def _write(process: "subprocess.Popen[str]", request: Mapping[str, object]) -> None:
    if process.stdin:
        process.stdin.write(json.dumps(request, default=str) + "\n")
        process.stdin.flush()


def command_of(flow: str, parameters: Mapping[str, object]) -> list[str]:
    """The process that runs one flow and ends with this one; parameters that are None are left to the flow."""
    program = [sys.executable, "-P", "-m", "deployments.run_flow"]
    return [*program, flow, json.dumps(_given(parameters), default=str), str(os.getpid())]


def _given(parameters: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in parameters.items() if value is not None}


@contextmanager
def _server(settings: Settings) -> Iterator[str]:
    running = f"http://{LOOPBACK}:{settings.server_port}/api"
    if is_prefect(running):
        yield running
    else:
        with local_server(settings.prefect_home, environment=child_environment(settings)) as api_url:
            yield api_url


def _started(
    settings: Settings, api_url: str, command: list[str], stdin: int = subprocess.DEVNULL
) -> "subprocess.Popen[str]":
    log = _log(settings)
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as errors:
        return subprocess.Popen(
            command,
            env=child_environment(settings) | client_environment(api_url, settings.prefect_home),
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )


def _log(settings: Settings) -> Path:
    return settings.home / "log" / "run.log"


def _listened(process: "subprocess.Popen[str]", listener: Listener) -> Ending | None:
    """What the process said of the run's end; None where it died without a word."""
    for line in process.stdout or ():
        said = json.loads(line)
        if "end" in said:
            return Ending(said["end"], said["message"], said["error"])
        listener(said["event"], said["facts"])
    return None
