"""What can't be done is said at once: a Vietnamese sentence or a JSON document, an exit code, never a traceback."""

import fcntl
import json
import shutil
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from deployments.cli.before import require_home
from deployments.cli.exits import family
from deployments.server import is_prefect, is_taken
from domain.errors import ConfigError, NtmError, StoreError
from tests.deployments.commands import ntm, started
from tests.story import LATE_FILE, ROOT, WEEK

pytestmark = pytest.mark.slow  # each starts a process of its own

OVER = ("--week", WEEK, "--follow", "agency")
LATE = ("late", "--week", WEEK, "--reason", "x")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run", "--wee"], "--week"),
        (["runn"], "run, late"),
        ([*LATE, "--file", "x"], "Thiếu --reporter"),
        ([*LATE, "--reporter", "my_ha", "--file", "x", "--received-at", "hôm qua"], "--received-at"),
        ([*LATE, "--reporter", "my_ha", "--file", "nowhere.xlsx"], "nowhere.xlsx"),
        ([*LATE, "--reporter", "nobody", "--file", str(LATE_FILE)], "my_ha, my_thinh"),
        ([*LATE, "--reporter", "my_ha", "--file", str(LATE_FILE), "--reason", " "], "Lý do"),
        (["republish", "--week", WEEK, "--reason", ""], "Lý do"),
        (["quarantine", "release", "1", "--by", " ", "--reason", "x"], "--by"),
        (["quarantine", "refuse", "1", "--by", "Trưởng phòng", "--reason", " "], "Lý do"),
        (["quarantine", "refuse", "1", "--reason", "x"], "Thiếu --by"),
        (["quarantine", "release", "1", "--by", "x", "--reason", "x", "--week", "tuần này"], "2023-W15"),
        (["case", "decide", "my_ha", "1.1", *OVER, "--by", " ", "--reason", "x"], "--by"),
        (["case", "decide", "my_ha", "1.1", *OVER, "--by", "x", "--reason", " "], "Lý do"),
        (["case", "decide", "my_ha", *OVER, "--by", "x", "--reason", "x"], "Thiếu CODE"),
        (
            ["case", "decide", "my_ha", "1.1", *OVER[:3], "huyện", "--by", "x", "--reason", "x"],
            "--follow commune|agency",
        ),
        (["case", "list", "--week", "tuần này"], "2023-W15"),
        (["status", "--week", "garbage"], "2023-W15"),
        (["demo", "--week", "2023-W40"], "2023-W15"),
        (["demo", "--all", "--late"], "--late"),
        (["demo", "--all", "--week", WEEK], "--week"),
    ],
)
def test_a_wrong_command_is_explained_in_vietnamese_before_anything_is_started(
    tmp_path: Path, arguments: list[str], said: str
) -> None:
    result = ntm(tmp_path / "home", *arguments)
    assert result.returncode == 2
    assert said in result.stderr
    assert not any(word in result.stderr for word in ("Error", "Traceback", "Usage", "Invalid"))
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    ("arguments", "settings", "error", "code"),
    [
        (["run", "--wee"], {}, "UserError", 2),
        (["run"], {}, "StoreError", 4),
        (["run"], {"NTM_CAMPAIGN": "nowhere"}, "ConfigError", 2),
        (["status"], {}, "StoreError", 4),
        (["status"], {"NTM_SERVER_PORT": "99999"}, "ConfigError", 2),
        (["serve"], {"NTM_CAMPAIGN": "nowhere"}, "ConfigError", 2),
    ],
)
def test_for_a_program_an_error_is_one_json_document(
    tmp_path: Path, arguments: list[str], settings: dict[str, str], error: str, code: int
) -> None:
    result = ntm(tmp_path, *arguments, "--json", **settings)
    answer = json.loads(result.stdout)
    assert (answer["error"], answer["exit_code"], result.returncode) == (error, code, code)
    assert answer["message"]
    assert result.stderr == ""


def test_an_error_is_told_by_the_class_that_decides_its_exit_code() -> None:
    class Several(ConfigError):
        pass

    assert [family(one) for one in (Several(), StoreError(), NtmError(), ValueError())] == [
        "ConfigError",
        "StoreError",
        "NtmError",
        "ValueError",
    ]


def test_a_run_without_a_week_in_a_fresh_home_says_what_to_do(tmp_path: Path) -> None:
    result = ntm(tmp_path, "run")
    assert result.returncode == 4
    assert "ntm db upgrade" in result.stderr
    assert "Prefect" not in result.stdout


def test_a_run_with_a_broken_configuration_lists_every_mistake(tmp_path: Path) -> None:
    broken = tmp_path / "config"
    shutil.copytree(ROOT / "config", broken, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    calendar = broken / "campaigns" / "my-loc-2023" / "calendar.yaml"
    text = (
        calendar.read_text(encoding="utf-8").replace("16:30", "noon").replace("next_working_day", "soon", 1)
    )
    calendar.write_text(text, encoding="utf-8")
    result = ntm(tmp_path, "run", NTM_CONFIG_ROOT=str(broken))
    assert result.returncode == 2
    assert result.stderr.count("calendar.yaml:") == 2


@pytest.mark.parametrize("arguments", [["run"], ["serve"], ["demo"], ["db", "upgrade"], ["status"]])
@pytest.mark.parametrize("home", ["{file}", "{file}/below", "/proc/ntm"])
def test_a_home_that_cannot_be_is_a_sentence(tmp_path: Path, arguments: list[str], home: str) -> None:
    file = tmp_path / "a file in the way"
    file.touch()
    result = ntm(Path(home.format(file=file)), *arguments)
    assert result.returncode == 4
    assert "Hãy" in result.stderr
    assert "Traceback" not in result.stderr


def test_the_doctor_says_that_home_cannot_be_written(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    result = ntm(file, "doctor")
    assert result.returncode == 2
    assert "✗ Thư mục dữ liệu" in result.stdout
    assert "✓ Thư mục dữ liệu" in ntm(tmp_path / "new", "doctor").stdout
    assert not (tmp_path / "new").exists()


def test_a_home_that_can_be_made_is_left_unmade(tmp_path: Path) -> None:
    require_home(tmp_path / "a" / "b")
    assert list(tmp_path.iterdir()) == []


class SaysYes(BaseHTTPRequestHandler):
    """A stranger that is content with every question."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"true")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        pass


@contextmanager
def web_server() -> Iterator[int]:
    with HTTPServer(("127.0.0.1", 0), SaysYes) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


@contextmanager
def silent_socket() -> Iterator[int]:
    """Takes every call and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


@contextmanager
def chatterbox() -> Iterator[int]:
    """Speaks, but no HTTP."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_chatter, args=(listener,), daemon=True).start()
        yield listener.getsockname()[1]


def _chatter(listener: socket.socket) -> None:
    try:
        while True:
            call, _ = listener.accept()
            with call:
                call.sendall(b"220 mail.example ESMTP\r\n")
    except OSError:
        return


@pytest.mark.parametrize("stranger", [web_server, silent_socket, chatterbox])
def test_a_stranger_on_the_port_is_not_taken_for_prefect(tmp_path: Path, stranger: object) -> None:
    assert callable(stranger)
    with stranger() as port:
        api_url = f"http://127.0.0.1:{port}/api"
        assert is_taken(api_url)
        assert not is_prefect(api_url)
        result = ntm(tmp_path, "doctor", NTM_SERVER_PORT=str(port))
    assert result.returncode == 2
    assert f"một chương trình khác đang dùng cổng {port}" in result.stdout
    assert "Traceback" not in result.stderr


def test_a_port_that_nobody_uses_is_not_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert not is_taken(f"http://127.0.0.1:{port}/api")


def test_serve_says_that_its_port_is_taken(tmp_path: Path) -> None:
    with silent_socket() as port:
        result = ntm(tmp_path, "serve", NTM_SERVER_PORT=str(port))
    assert result.returncode == 6
    assert "NTM_SERVER_PORT" in result.stderr


def test_a_storys_clock_over_a_folder_of_today_is_refused(tmp_path: Path) -> None:
    """It would leave out every file, and publish everybody as missing."""
    result = ntm(tmp_path, "run", "--week", WEEK, NTM_STORY_NOW="2023-04-12T16:30:00+07:00")
    assert result.returncode == 2
    assert "NTM_INBOX_KIND=backfill" in result.stderr


def test_a_second_serve_of_one_home_is_refused_whatever_its_port(tmp_path: Path) -> None:
    with (tmp_path / "serve.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        result = ntm(tmp_path, "serve", NTM_SERVER_PORT="4999")
    assert result.returncode == 6
    assert f"đang chạy với thư mục {tmp_path}" in result.stderr


def test_a_run_that_is_interrupted_says_how_to_go_on(tmp_path: Path) -> None:
    assert ntm(tmp_path, "db", "upgrade").returncode == 0
    (tmp_path / "inbox").mkdir()
    process = started(tmp_path, "run", "--week", WEEK)
    assert process.stdout is not None
    assert "Đang mở máy chủ" in process.stdout.readline()
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "chạy lại lệnh để làm tiếp" in said


def test_status_says_where_it_looked_and_where_the_demo_is(tmp_path: Path) -> None:
    assert ntm(tmp_path / "demo", "db", "upgrade").returncode == 0
    missing = ntm(tmp_path, "status").stderr
    assert str(tmp_path / "ntm.sqlite3") in missing
    assert f"NTM_HOME={tmp_path / 'demo'} ntm status" in missing
    assert "NTM_HOME" not in ntm(tmp_path / "demo", "status").stdout


def test_status_says_why_nothing_is_known_of_a_week(tmp_path: Path) -> None:
    ntm(tmp_path, "db", "upgrade")
    said = ntm(tmp_path, "status", "--week", "2024-W20")
    assert said.returncode == 0
    assert "nằm ngoài đợt báo cáo" in said.stdout
    assert str(tmp_path) in said.stdout


def test_the_version_is_said(tmp_path: Path) -> None:
    from tasks.version import code_version

    assert ntm(tmp_path, "--version").stdout == f"{code_version()}\n"
