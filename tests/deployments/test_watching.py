"""A server that is gone ends what works with it, soon and in words; nothing lives on without its parent."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from config.settings import Settings, child_environment
from deployments import watching
from deployments.watching import ending_with
from tests.deployments.commands import ntm, started
from tests.deployments.test_server import is_gone_within
from tests.story import WEEK, settings_of

# A machine that does other things too takes half a minute for a start.
pytestmark = pytest.mark.timeout(300)

AT_MOST_S = 30.0  # the grace is 8, the rest for a busy machine; without a watch it was 345
RUN = ("run", "--week", WEEK)


@pytest.fixture
def sleeper() -> Iterator["subprocess.Popen[bytes]"]:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as process:
        yield process
        process.kill()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "GRACE_S", 0.3)
    monkeypatch.setattr(watching, "_POLL_S", 0.1)


def test_a_process_is_ended_when_nobody_listens_any_more(
    impatient: None, sleeper: "subprocess.Popen[bytes]"
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        api_url = f"http://127.0.0.1:{listener.getsockname()[1]}/api"
    with ending_with(api_url, sleeper):
        assert sleeper.wait(10) == -9


def test_a_process_is_left_alone_while_somebody_listens(
    impatient: None, sleeper: "subprocess.Popen[bytes]"
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        api_url = f"http://127.0.0.1:{listener.getsockname()[1]}/api"
        with ending_with(api_url, sleeper):
            time.sleep(1)
            assert sleeper.poll() is None


@pytest.fixture
def installation(tmp_path: Path, server_home: Path) -> dict[str, str]:
    """The settings of a migrated home with the committed week, as an environment."""
    settings = settings_of(tmp_path / "home", prefect_home=server_home, server_port=9)
    environment = ntm_variables(settings)
    assert ntm(settings.home, "db", "upgrade", **environment).returncode == 0
    return environment


def ntm_variables(settings: Settings) -> dict[str, str]:
    return {name: said for name, said in child_environment(settings).items() if name.startswith("NTM_")}


@contextmanager
def begun(environment: dict[str, str], *arguments: str, until: str) -> Iterator["subprocess.Popen[str]"]:
    """The command, once it has said a line with this in it; gone after the block."""
    with started(Path(environment["NTM_HOME"]), *arguments, **environment) as process:
        try:
            assert process.stdout is not None
            assert any(until in line for line in process.stdout)
            yield process
        finally:
            process.kill()


def child_of(parent: int, module: str) -> int:
    """The process that runs this module for `parent`."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            said = (folder / "cmdline").read_bytes().split(b"\0")
            its_parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            if module.encode() in said and its_parent == parent:
                return int(folder.name)
    raise AssertionError(f"{module} isn't running")


@pytest.mark.server
@pytest.mark.slow
def test_a_run_whose_server_is_killed_ends_soon_and_the_next_finishes_it(
    installation: dict[str, str],
) -> None:
    with begun(installation, *RUN, until="  · ") as process:
        os.kill(child_of(process.pid, "deployments.server"), 9)
        killed_at = time.monotonic()
        said, _ = process.communicate(timeout=110)
    assert time.monotonic() - killed_at < AT_MOST_S
    assert process.returncode == 6
    assert "Máy chủ Prefect đã dừng giữa chừng" in said
    second = ntm(Path(installation["NTM_HOME"]), *RUN, **installation)
    assert second.returncode == 0
    assert "bản 1" in second.stdout


@pytest.mark.server
@pytest.mark.slow
def test_a_run_goes_with_the_command_that_started_it(installation: dict[str, str]) -> None:
    with begun(installation, *RUN, until="  · ") as process:
        children = [child_of(process.pid, f"deployments.{name}") for name in ("server", "run_flow")]
    assert all(is_gone_within(child, 5.0) for child in children)


@pytest.mark.server
@pytest.mark.slow
def test_serve_says_where_it_is_and_ends_when_its_server_is_killed(installation: dict[str, str]) -> None:
    port = free_port()
    environment = installation | {"NTM_SERVER_PORT": str(port)}
    with begun(environment, "serve", "--json", until=f'"ui_url": "http://127.0.0.1:{port}"') as process:
        executor = child_of(process.pid, "deployments.serve")
        os.kill(child_of(process.pid, "deployments.server"), 9)
        said, _ = process.communicate(timeout=60)
    assert process.returncode == 6
    assert "Máy chủ Prefect đã dừng" in said
    assert is_gone_within(executor, 1.0)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port
