"""Registers the catalogue's deployments with the server and executes their runs: `python -m deployments.serve PARENT`.

A process of its own beside the server (see cli/serving.py); it ends with the process that started it.
"""

import sys
from importlib import import_module
from typing import cast

from prefect import Flow, serve
from prefect.deployments.runner import EntrypointType, RunnerDeployment
from prefect.schedules import Cron

from config.facts import load_campaign
from config.settings import load_settings
from deployments.catalogue import Entry, catalogue
from deployments.server import die_with


def deployment(entry: Entry) -> RunnerDeployment:
    """The entry as Prefect takes it. By module path: a file path would put flows/ first on sys.path and load every
    class twice."""
    module, name = entry.flow.rsplit(".", 1)
    flow: Flow[..., object] = getattr(import_module(module), name)
    made = flow.to_deployment(
        name=entry.name,
        description=entry.description,
        schedule=Cron(entry.cron, timezone=entry.zone) if entry.cron else None,
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    return cast(RunnerDeployment, made)  # a coroutine only inside an event loop, where nobody calls this


def deployments() -> tuple[RunnerDeployment, ...]:
    """Those of the campaign that the settings name. Raises ConfigError; `ntm serve` has asked before."""
    settings = load_settings()
    return tuple(map(deployment, catalogue(load_campaign(settings.campaign, settings.config_root))))


if __name__ == "__main__":
    die_with(parent=int(sys.argv[1]))
    # Pausing would outlive us: a process that ends slowly pauses what its successor has just registered.
    serve(*deployments(), print_starting_message=False, pause_on_shutdown=False)
