"""The three flows on a real Prefect server, started as the command line starts them."""

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from config.settings import Settings, child_environment
from deployments.cli.runs import command_of
from deployments.server import client_environment, local_server
from tasks.store.engine import create_database
from tasks.store.schema import upgrade
from tests.story import LATE_FILE, LATE_REASON, RECIPIENT, ROOT, WEEK, files_in, settings_of

pytestmark = [pytest.mark.server, pytest.mark.slow]


@pytest.fixture
def installation(tmp_path: Path, server_home: Path) -> Iterator[tuple[Settings, str]]:
    """A migrated home, and the address of a running server."""
    settings = settings_of(tmp_path / "home", prefect_home=server_home)
    engine = create_database(settings.database_url)
    upgrade(engine)
    engine.dispose()
    with local_server(settings.prefect_home, environment=dict(os.environ)) as api_url:
        yield settings, api_url


def start(settings: Settings, api_url: str, flow: str, **parameters: str) -> "subprocess.Popen[str]":
    environment = child_environment(settings) | client_environment(api_url, settings.prefect_home)
    return subprocess.Popen(
        command_of(flow, parameters),
        env=environment | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )


def run(settings: Settings, api_url: str, flow: str, **parameters: str) -> dict[str, Any]:
    """The last line that the run says."""
    process = start(settings, api_url, flow, **parameters)
    said, _ = process.communicate(timeout=110)
    return dict(json.loads(said.splitlines()[-1]))


def test_a_week_is_published_once_then_revised_by_a_late_file(installation: tuple[Settings, str]) -> None:
    settings, api_url = installation
    first = run(settings, api_url, "weekly_summary", week=WEEK)
    assert first["end"] == "Incomplete"
    assert "Xã Mỹ Thành" in first["message"]
    assert run(settings, api_url, "weekly_summary", week=WEEK)["end"] == "Unchanged"
    late = {"week": WEEK, "reporter": "my_thanh", "file": str(LATE_FILE), "reason": LATE_REASON}
    second = run(settings, api_url, "late_submission", **late, received_at="2023-04-13T10:20:00+07:00")
    assert "bản 2" in second["message"]
    assert run(settings, api_url, "republication", week=WEEK, reason="kiểm tra lại")["end"] == "Unchanged"
    assert {run_["name"] for run_ in found(api_url, "flow_runs")} == {
        "Tuần thứ Tư 12/4/2023",
        "Tuần thứ Tư 12/4/2023: my_thanh nộp muộn",
        "Tuần thứ Tư 12/4/2023: phát hành lại",
    }
    assert {state for run_ in found(api_url, "flow_runs") for state in [run_["state_type"]]} == {"COMPLETED"}
    keys = {artifact["key"] for artifact in found(api_url, "artifacts")}
    assert {f"my-loc-2023-2023-w15-{what}" for what in ("don-vi", "luu-y", "tong-hop")} <= keys
    assert len([task for task in found(api_url, "task_runs") if task["name"].startswith("Kiểm tra ")]) == 14


def test_a_week_that_is_not_over_or_outside_the_campaign_is_not_published(
    installation: tuple[Settings, str],
) -> None:
    settings, api_url = installation
    late = {"reporter": "my_thanh", "file": str(LATE_FILE), "reason": LATE_REASON}
    early = run(settings, api_url, "late_submission", week="2023-W16", **late)
    assert (early["end"], early["message"][:12]) == ("Skipped", "Đã nhận tệp.")
    assert run(settings, api_url, "republication", week="2023-W16", reason="thử")["end"] == "Skipped"
    never = run(settings, api_url, "republication", week=WEEK, reason="thử")
    assert (never["error"], "ntm run" in never["message"]) == ("UserError", True)
    outside = run(settings, api_url, "late_submission", week="2099-W01", **late)
    assert (outside["end"], outside["error"]) == ("Failed", "UserError")
    assert "nằm ngoài đợt báo cáo" in outside["message"]
    assert not settings.published.exists()


def found(api_url: str, what: str) -> list[dict[str, Any]]:
    answer = httpx.post(f"{api_url}/{what}/filter", json={}, timeout=10)
    return list(answer.raise_for_status().json())


@pytest.mark.parametrize("event", ["collected", "judged", "summarised", "recorded", "published"])
def test_a_flow_run_killed_in_a_step_is_finished_by_the_next(
    installation: tuple[Settings, str], event: str
) -> None:
    settings, api_url = installation
    process = start(settings, api_url, "weekly_summary", week=WEEK)
    assert process.stdout is not None
    for line in process.stdout:
        if json.loads(line).get("event") == event:
            process.send_signal(signal.SIGKILL)
            break
    assert process.wait(timeout=30) == -signal.SIGKILL
    process.stdout.close()
    assert run(settings, api_url, "weekly_summary", week=WEEK)["end"] in ("Incomplete", "Unchanged")
    week = settings.published / settings.campaign / WEEK
    assert [path.name for path in week.iterdir() if not path.name.startswith(".")] == ["r1"]
    office = settings.office_folder / RECIPIENT / settings.campaign / WEEK
    assert files_in(week / "r1") == files_in(office / "r1")
