"""A quarantined file is settled by the deployment's form on a real Prefect server."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from config.settings import Settings, child_environment
from deployments.cli.runs import command_of
from deployments.server import client_environment, local_server
from tasks.judging import judge_waiting
from tasks.receiving import take_named
from tasks.settling import waiting
from tests.story import DEMO, ROOT, WEEK, Story, settings_of

pytestmark = [pytest.mark.server, pytest.mark.slow]

REGISTER = """
from deployments.serve import deployments
for one in deployments():
    one.apply()
"""
WORD = {"by": "Trưởng phòng", "reason": "để nhầm thư mục"}


@pytest.fixture
def story(tmp_path: Path, server_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Story]:
    """Mỹ Hà's file in Mỹ Thịnh's folder, and one with a macro."""
    played = Story(settings_of(tmp_path / "home", prefect_home=server_home), monkeypatch)
    for reporter, folder in (("my_thinh", "my_ha"), ("pktht", "pktht")):
        number = take_named(played.work, WEEK, reporter, min((DEMO / "inbox" / WEEK / folder).iterdir())).id
        judge_waiting(played.work, [number])
    yield played
    played.close()


@pytest.fixture
def api_url(story: Story) -> Iterator[str]:
    with local_server(story.settings.prefect_home, environment=dict(os.environ)) as address:
        yield address


def environment(settings: Settings, api_url: str) -> dict[str, str]:
    ours = child_environment(settings) | client_environment(api_url, settings.prefect_home)
    return ours | {"PYTHONPATH": str(ROOT)}


def run(settings: Settings, api_url: str, **parameters: Any) -> dict[str, Any]:
    """The last line that the run says."""
    said = subprocess.run(
        command_of("settle_quarantine", parameters),
        env=environment(settings, api_url),
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    ).stdout
    return dict(json.loads(said.splitlines()[-1]))


def test_a_file_is_settled_once_and_nothing_is_published(story: Story, api_url: str) -> None:
    settings, choice = story.settings, "Xác nhận là báo cáo"
    moved = {"number": 1, "decision": choice, **WORD, "settled_as": {"reporter": "my_ha"}}
    as_it_lies = run(settings, api_url, number=1, decision=choice, **WORD)
    assert (as_it_lies["error"], "--reporter my_ha" in as_it_lies["message"]) == ("UserError", True)
    first = run(settings, api_url, **moved)
    assert (first["end"], "nay là tệp số 3" in first["message"]) == ("Skipped", True)
    assert run(settings, api_url, **moved)["end"] == "Unchanged"
    refused = run(settings, api_url, number=2, decision="Không chấp nhận", **WORD)
    assert refused["end"] == "Skipped"
    assert waiting(story.work) == ()
    assert not settings.published.exists()
    answer = httpx.post(f"{api_url}/flow_runs/filter", json={}, timeout=10).raise_for_status().json()
    assert {one["name"] for one in answer} == {
        "Tệp số 1: Xác nhận là báo cáo",
        "Tệp số 2: Không chấp nhận",
    }


@pytest.mark.parametrize(
    "wrong",
    [
        {"decision": "Xóa"},
        {"by": " "},
        {"reason": ""},
        {"number": 0},
        {"settled_as": {"reportr": "my_ha"}},
    ],
)
def test_the_api_refuses_a_word_that_the_form_does_not_offer(
    wrong: dict[str, Any], registered: tuple[str, str]
) -> None:
    api_url, deployment = registered
    given = {"number": 1, "decision": "Không chấp nhận", **WORD} | wrong
    answer = httpx.post(
        f"{api_url}/deployments/{deployment}/create_flow_run",
        json={"parameters": given, "enforce_parameter_schema": True},
        timeout=10,
    )
    assert answer.status_code == 409


@pytest.fixture(scope="module")
def registered(used_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The address of a server that knows the catalogue, and the deployment's id."""
    settings = settings_of(tmp_path_factory.mktemp("form") / "home", prefect_home=used_home)
    with local_server(settings.prefect_home, environment={}) as api_url:
        subprocess.run(
            [sys.executable, "-c", REGISTER], env=environment(settings, api_url), check=True, timeout=110
        )
        name = "Xử lý tệp chờ xác minh/xu-ly-cho-xac-minh"
        found = httpx.get(f"{api_url}/deployments/name/{name}", timeout=10).raise_for_status().json()
        yield api_url, found["id"]
