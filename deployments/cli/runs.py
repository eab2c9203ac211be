"""Starting a flow from the command line: on the server that runs here, else on one that lives as long as the run."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from config.settings import Settings, child_environment
from deployments.server import LOOPBACK, answers, client_environment, local_server

Listener = Callable[[str, Mapping[str, object]], None]


@dataclass(frozen=True)
class Ending:
    """How a flow run ended: the name of its state, its message, and the class of its error if it failed."""

    name: str
    message: str
    error: str = ""


def run_flow(settings: Settings, flow: str, parameters: Mapping[str, object], listener: Listener) -> Ending:
    """Run one flow to its end; `listener` is told each event. What Prefect prints goes to home/log/run.log."""
    with _server(settings) as api_url:
        environment = child_environment(settings) | client_environment(api_url, settings.prefect_home)
        return _listened(command_of(flow, parameters), environment, settings, listener)


def command_of(flow: str, parameters: Mapping[str, object]) -> list[str]:
    """The process that runs one flow (deployments/run_flow.py); parameters that are None are left to the flow."""
    given = {name: value for name, value in parameters.items() if value is not None}
    return [sys.executable, "-P", "-m", "deployments.run_flow", flow, json.dumps(given, default=str)]


@contextmanager
def _server(settings: Settings) -> Iterator[str]:
    running = f"http://{LOOPBACK}:{settings.server_port}/api"
    if answers(f"{running}/health"):
        yield running
    else:
        with local_server(settings.prefect_home, environment=child_environment(settings)) as api_url:
            yield api_url


def _listened(
    command: list[str], environment: Mapping[str, str], settings: Settings, listener: Listener
) -> Ending:
    log = settings.home / "log" / "run.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    ending = Ending("Crashed", f"Tiến trình dừng đột ngột; xem {log}.")
    with (
        log.open("ab") as errors,
        subprocess.Popen(
            command,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as process,
    ):
        for line in process.stdout or ():
            said = json.loads(line)
            if "end" in said:
                ending = Ending(said["end"], said["message"], said["error"])
            else:
                listener(said["event"], said["facts"])
    return ending
