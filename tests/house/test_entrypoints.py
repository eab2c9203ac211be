"""Every way in can be imported, and every module too: a broken import must not wait for its first run."""

from importlib import import_module
from pathlib import Path

import pytest

from config.facts import load_campaign
from deployments.catalogue import Entry, catalogue

ROOT = Path(__file__).parents[2]
ROOMS = ("domain", "config", "tasks", "flows", "deployments")
# env.py and the versions run inside alembic only, as its documentation has it.
MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for room in ROOMS
    for path in (ROOT / room).rglob("*.py")
    if "migrations" not in path.parts and path.name != "__init__.py"
)


@pytest.mark.parametrize("name", MODULES)
def test_every_module_imports(name: str) -> None:
    import_module(name)


@pytest.mark.parametrize("entry", catalogue(load_campaign("my-loc-2023")), ids=lambda entry: entry.name)
def test_every_deployment_names_a_flow_that_exists(entry: Entry) -> None:
    from prefect import Flow

    module, name = entry.flow.rsplit(".", 1)
    assert isinstance(getattr(import_module(module), name), Flow)
