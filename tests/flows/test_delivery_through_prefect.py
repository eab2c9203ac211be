"""An office that fails or refuses, met by `ntm run` on a real Prefect server: retries, end states, exit codes."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from config.settings import SHIPPED, OfficeKind, Settings, child_environment
from deployments.server import local_server
from tasks.store.engine import create_database
from tasks.store.schema import upgrade
from tasks.store.status import week_statuses
from tests.faults.receiver import Receiver, listening
from tests.story import RECIPIENT, ROOT, WEEK, settings_of

pytestmark = [pytest.mark.server, pytest.mark.slow]
PROGRAM = "from deployments.cli.main import main; main()"
KEY = f"my-loc-2023:{WEEK}:1"


@pytest.fixture(scope="module")
def api_url(used_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One server for all: every test has an installation of its own and looks for its own runs."""
    home = shutil.copytree(used_home, tmp_path_factory.mktemp("prefect") / "home")
    with local_server(Path(home), environment=dict(os.environ)) as url:
        yield url


@pytest.fixture
def office() -> Iterator[Receiver]:
    with listening(Receiver()) as receiver:
        yield receiver


@pytest.fixture
def settings(tmp_path: Path, api_url: str, office: Receiver) -> Settings:
    """A migrated home that hands over to the office by HTTP."""
    by_http = {"office": OfficeKind.HTTP, "office_url": office.url}
    chosen = settings_of(tmp_path / "home", server_port=urlsplit(api_url).port, **by_http)
    engine = create_database(chosen.database_url)
    upgrade(engine)
    engine.dispose()
    return chosen


def ntm_run(settings: Settings) -> tuple[int, dict[str, Any]]:
    """The exit code of `ntm run`, and what it says."""
    result = subprocess.run(
        [sys.executable, "-c", PROGRAM, "run", "--week", WEEK, "--json"],
        env=child_environment(settings) | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    return result.returncode, dict(json.loads(result.stdout)) if result.stdout else {"message": result.stderr}


def tries_of_the_delivery(api_url: str) -> int:
    """Of the newest run."""
    wanted = {"task_runs": {"name": {"like_": "Giao văn phòng"}}, "sort": "EXPECTED_START_TIME_DESC"}
    answer = httpx.post(f"{api_url}/task_runs/filter", json=wanted, timeout=10)
    return int(answer.raise_for_status().json()[0]["run_count"])


def deliveries(settings: Settings) -> dict[str, int]:
    (week,) = week_statuses(settings.database_url, settings.campaign)
    return dict(week.deliveries)


def test_an_office_that_fails_twice_gets_the_revision_at_the_third_try_of_the_same_run(
    settings: Settings, office: Receiver, api_url: str
) -> None:
    office.moods = ["broken", "broken"]
    code, said = ntm_run(settings)
    assert (code, said["end"], said["error"]) == (0, "Incomplete", "")
    assert "đã phát hành bản 1" in said["message"]
    assert tries_of_the_delivery(api_url) == 3
    assert office.requests == [KEY] * 3
    assert list(office.kept) == [(KEY, RECIPIENT)]
    assert deliveries(settings) == {"delivered": 1}


def test_an_office_that_refuses_is_asked_once_and_the_run_ends_with_5(
    settings: Settings, office: Receiver, api_url: str
) -> None:
    office.moods = ["unknown"]
    code, said = ntm_run(settings)
    assert (code, said["end"], said["error"]) == (5, "Failed", "DeliveryError")
    assert "ntm deliver" in said["message"]
    assert tries_of_the_delivery(api_url) == 1
    assert office.requests == [KEY]
    assert deliveries(settings) == {"refused": 1}
    shown = httpx.post(f"{api_url}/artifacts/latest/filter", json={}, timeout=10).json()
    assert len(shown) == 3  # the operator sees the week although the office didn't take it
    code, said = ntm_run(settings)
    assert (code, said["end"]) == (0, "Unchanged")
    assert "Văn phòng còn từ chối 1 bản" in said["message"]
    assert office.requests == [KEY]


def test_a_broken_configuration_ends_with_2_and_names_the_file(settings: Settings, office: Receiver) -> None:
    root = settings.home / "config"
    shutil.copytree(SHIPPED, root, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    roster = root / "campaigns" / settings.campaign / "roster.yaml"
    roster.write_text(roster.read_text(encoding="utf-8") + "nonsense: 1\n", encoding="utf-8")
    code, said = ntm_run(settings.model_copy(update={"config_root": root}))
    assert code == 2
    assert "roster.yaml" in said["message"]
    assert office.requests == []


@pytest.mark.parametrize("contents", [None, b"not a database at all, " * 100])
def test_a_database_that_is_missing_or_corrupt_ends_with_4_and_says_what_to_do(
    settings: Settings, office: Receiver, contents: bytes | None
) -> None:
    file = Path(settings.database_url.removeprefix("sqlite:///"))
    for one in file.parent.glob(f"{file.name}*"):
        one.unlink()
    if contents:
        file.write_bytes(contents)
    code, said = ntm_run(settings)
    assert code == 4
    assert "Hãy chạy: ntm" in said["message"]
    assert "Traceback" not in said["message"]
    assert office.requests == []
