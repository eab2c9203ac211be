"""The scheduler of a real server makes runs. With SQLAlchemy 2.1 it makes none, without a word in any log."""

import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from deployments.server import local_server

# A machine that does other things too takes half a minute for a start.
pytestmark = [pytest.mark.server, pytest.mark.timeout(300)]

# Prefect looks for new deployments every 5 s; the rest is for a busy machine.
PATIENCE_S = 60.0
SERVICE_UNAVAILABLE = 503
WEDNESDAYS_AT_CLOSE = {"cron": "30 16 * * 3", "timezone": "Asia/Ho_Chi_Minh"}


@pytest.fixture
def api(server_home: Path) -> Iterator[httpx.Client]:
    # A shell that points elsewhere must not matter.
    shell = {"PREFECT_SERVER_DATABASE_CONNECTION_URL": "sqlite+aiosqlite:////nowhere/at/all.db"}
    with (
        local_server(server_home, environment=shell) as url,
        httpx.Client(base_url=url, trust_env=False) as client,
    ):
        yield client


def created(api: httpx.Client, path: str, body: dict[str, Any]) -> str:
    """Posted until taken: a busy SQLite makes Prefect answer 503, and its own client tries again too."""
    give_up_at = time.monotonic() + PATIENCE_S
    while (answer := api.post(path, json=body)).status_code == SERVICE_UNAVAILABLE:
        assert time.monotonic() < give_up_at
        time.sleep(0.5)
    return str(answer.raise_for_status().json()["id"])


def scheduled_runs(api: httpx.Client, deployment: str) -> list[dict[str, Any]]:
    query = {
        "deployments": {"id": {"any_": [deployment]}},
        "flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}},
        "sort": "EXPECTED_START_TIME_ASC",
    }
    runs: list[dict[str, Any]] = api.post("/flow_runs/filter", json=query).raise_for_status().json()
    return runs


def awaited_runs(api: httpx.Client, deployment: str) -> list[dict[str, Any]]:
    give_up_at = time.monotonic() + PATIENCE_S
    while not (runs := scheduled_runs(api, deployment)) and time.monotonic() < give_up_at:
        time.sleep(0.5)
    return runs


def test_a_deployment_with_a_cron_schedule_gets_its_scheduled_runs(api: httpx.Client) -> None:
    flow = created(api, "/flows/", {"name": "weekly-summary"})
    schedule = {"schedule": WEDNESDAYS_AT_CLOSE, "active": True}
    deployment = created(
        api, "/deployments/", {"name": "wednesdays", "flow_id": flow, "schedules": [schedule]}
    )

    runs = awaited_runs(api, deployment)

    assert len(runs) >= 3, "the scheduler made no runs: see docs/decisions/0001-versions-and-locks.md"
    assert all(run["auto_scheduled"] for run in runs)
    starts = [datetime.fromisoformat(run["expected_start_time"]) for run in runs]
    # 16:30 in Vietnam; the server speaks UTC.
    assert {(start.isoweekday(), start.hour, start.minute) for start in starts} == {(3, 9, 30)}
