"""The server process comes, says why when it doesn't, and goes with whoever started it."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from deployments.server import ServerNotReady, client_environment, local_server, starting_server

# A machine that does other things too takes half a minute for a start.
pytestmark = [pytest.mark.server, pytest.mark.timeout(300)]

STARTS_A_SERVER_AND_WAITS = """
import signal, sys, time
from pathlib import Path
from deployments.server import starting_server

# A shell starts what runs in the background with SIGINT ignored, and Python then leaves it so.
signal.signal(signal.SIGINT, signal.default_int_handler)

with starting_server(Path(sys.argv[1]), environment={}) as server:
    print(server.process.pid, flush=True)
    time.sleep(60)
"""

RUNS_A_FLOW_BESIDE_ITS_OWN_SERVER = """
import os, sys
from pathlib import Path
from deployments.server import client_environment, local_server

home = Path(sys.argv[1])
with local_server(home, environment={}) as url:
    os.environ.update(client_environment(url, home / "client"))
    from prefect import flow, get_run_logger

    @flow
    def weekly() -> None:
        get_run_logger().info("the last line")

    weekly()
import sqlite3
lines = sqlite3.connect(home / "prefect.db").execute("select message from log order by timestamp")
print("the last line" in {line for line, in lines})
"""


def is_alive(pid: int) -> bool:
    """A zombie counts as dead: who adopts it in a container may never ask for its code."""
    with suppress(FileNotFoundError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def is_gone_within(pid: int, seconds: float) -> bool:
    give_up_at = time.monotonic() + seconds
    while is_alive(pid) and time.monotonic() < give_up_at:
        time.sleep(0.05)
    return not is_alive(pid)


def python(code: str, home: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", code, str(home)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_server_answers_inside_its_block_and_is_gone_after_it(server_home: Path) -> None:
    with starting_server(server_home, environment={}) as server:
        url = server.wait_until_ready()
        assert httpx.get(f"{url}/health", trust_env=False).json() is True
    assert server.process.returncode is not None
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{url}/health", trust_env=False)


def test_a_server_that_cannot_start_says_so_and_names_its_log(tmp_path: Path) -> None:
    broken = {"PREFECT_SERVER_DATABASE_CONNECTION_URL": "sqlite+aiosqlite:////nowhere/at/all.db"}
    with (
        pytest.raises(
            ServerNotReady, match=r"(?s)prefect-server\.log.*unable to open database file"
        ) as refused,
        local_server(tmp_path, environment={}, settings=broken),
    ):
        pass
    assert "đã dừng với mã" in str(refused.value)


def test_a_server_that_does_not_answer_in_time_says_so(tmp_path: Path) -> None:
    with (
        starting_server(tmp_path, environment={}) as server,
        pytest.raises(ServerNotReady, match=r"trong 0\.1 giây"),
    ):
        server.wait_until_ready(timeout_s=0.1)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_server_goes_with_the_process_that_started_it(tmp_path: Path, how: signal.Signals) -> None:
    with python(STARTS_A_SERVER_AND_WAITS, tmp_path) as parent:
        assert parent.stdout is not None
        server = int(parent.stdout.readline())
        assert is_alive(server)
        parent.send_signal(how)
        try:
            parent.communicate(timeout=20)
        finally:
            parent.kill()
    assert is_gone_within(server, 5.0)


def test_a_client_loses_no_line_and_does_not_wait_for_a_server_that_is_gone(server_home: Path) -> None:
    client = python(RUNS_A_FLOW_BESIDE_ITS_OWN_SERVER, server_home)
    out, err = client.communicate(timeout=90)
    assert (out.strip(), err, client.returncode) == ("True", "", 0)


def test_a_client_reads_nothing_of_the_users_own_profile(tmp_path: Path) -> None:
    told = client_environment("http://127.0.0.1:1/api", tmp_path)
    asks = "import prefect.settings as s; print(s.get_current_settings().home, s.PREFECT_API_URL.value())"
    command = [sys.executable, "-c", asks]
    answer = subprocess.run(command, env={**os.environ, **told}, capture_output=True, text=True, check=True)
    assert answer.stdout.split() == [str(tmp_path), "http://127.0.0.1:1/api"]
