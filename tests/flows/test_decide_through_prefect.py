"""A case is decided by the deployment's form on a real Prefect server."""

import json
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
from tests.stage_case import CODE, COMMUNE, publish_a_case
from tests.story import CLOSE, ROOT, WEEK, Story, settings_of

pytestmark = [pytest.mark.server, pytest.mark.slow]

REGISTER = """
from deployments.serve import deployments
for one in deployments():
    one.apply()
"""
DEPLOYMENT = "Quyết định chênh lệch/quyet-dinh-chenh-lech"
GIVEN = {
    "week": WEEK,
    "case": f"{COMMUNE} {CODE}",
    "decision": "Theo cơ quan thẩm tra",
    "by": "Trưởng phòng",
    "reason": "Biên bản 13/4",
}


@pytest.fixture
def story(tmp_path: Path, server_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Story]:
    settings = settings_of(tmp_path / "home", prefect_home=server_home, story_now=CLOSE)
    played = Story(settings, monkeypatch)
    publish_a_case(played)
    yield played
    played.close()


def in_a_process(settings: Settings, api_url: str, *command: str) -> str:
    ours = child_environment(settings) | client_environment(api_url, settings.prefect_home)
    done = subprocess.run(
        command,
        env=ours | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    return done.stdout


def run(story: Story, api_url: str, **changed: str) -> dict[str, Any]:
    """The last line that the run says."""
    said = in_a_process(story.settings, api_url, *command_of("decide_case", GIVEN | changed))
    return dict(json.loads(said.splitlines()[-1]))


def test_a_case_is_decided_once_and_nothing_is_published(story: Story) -> None:
    with local_server(story.settings.prefect_home, environment={}) as api_url:
        first = run(story, api_url)
        assert (first["end"], f"ntm republish --week {WEEK}" in first["message"]) == ("Skipped", True)
        assert run(story, api_url)["end"] == "Unchanged"
        assert run(story, api_url, decision="Theo xã tự đánh giá")["error"] == "UserError"
        assert run(story, api_url, matter="Hồ sơ")["error"] == "UserError"
        runs = httpx.post(f"{api_url}/flow_runs/filter", json={}, timeout=10).raise_for_status().json()
        word = f"tuần {WEEK}: Theo cơ quan thẩm tra"
        assert {f"{COMMUNE} {CODE}, {word}", f"{COMMUNE} {CODE}, hồ sơ, {word}"} <= {
            one["name"] for one in runs
        }
    assert story.summary.revision == 1


WRONG = (
    {"week": "tuần 15"},
    {"case": COMMUNE},
    {"decision": "đang xử lý"},
    {"matter": "khác"},
    {"by": " "},
    {"reason": ""},
)


def test_the_api_refuses_a_word_that_the_form_does_not_offer(server_home: Path, tmp_path: Path) -> None:
    settings = settings_of(tmp_path / "home", prefect_home=server_home)
    with local_server(settings.prefect_home, environment={}) as api_url:
        in_a_process(settings, api_url, sys.executable, "-c", REGISTER)
        found = httpx.get(f"{api_url}/deployments/name/{DEPLOYMENT}", timeout=10).raise_for_status().json()
        for changed in WRONG:
            answer = httpx.post(
                f"{api_url}/deployments/{found['id']}/create_flow_run",
                json={"parameters": GIVEN | changed, "enforce_parameter_schema": True},
                timeout=10,
            )
            assert answer.status_code == 409, changed
