"""The command line as an operator and as a program meet it: words, JSON, exit codes, and nothing heavy at the start."""

import hashlib
import json
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from deployments.cli.exits import CODES, exit_code, exit_code_named
from deployments.cli.main import app
from domain.errors import ConfigError, DeliveryError, IntakeError, NtmError, StoreError, UserError
from tasks.judging import judge_waiting
from tasks.receiving import take_named
from tasks.workplace import _opened
from tests.deployments.commands import ntm
from tests.story import DEMO, ROOT, WEEK, settings_of

pytestmark = pytest.mark.slow  # each starts a process of its own

CONFIG = ROOT / "config"


def commands() -> list[str]:
    group: Any = get_command(app)
    return [
        f"{name} {inner}".strip()
        for name, command in group.commands.items()
        for inner in getattr(command, "commands", {"": None})
    ]


@pytest.mark.parametrize("command", commands())
def test_every_command_says_in_its_help_what_it_changes(command: str) -> None:
    result = CliRunner().invoke(app, [*command.split(), "--help"], terminal_width=200)
    assert result.exit_code == 0
    assert "Thay đổi:" in result.output


def test_the_exit_codes_are_in_the_help() -> None:
    output = " ".join(CliRunner().invoke(app, ["--help"], terminal_width=400).output.split())
    assert all(f"{code} = " in output for code in CODES)


@pytest.mark.parametrize(
    ("error", "code"),
    [(UserError, 2), (ConfigError, 2), (IntakeError, 3), (StoreError, 4), (DeliveryError, 5), (NtmError, 1)],
)
def test_each_error_has_its_exit_code(error: type[NtmError], code: int) -> None:
    assert exit_code(error("")) == code


def test_an_error_of_another_process_is_known_by_its_name() -> None:
    assert exit_code_named("StoreError") == 4
    assert exit_code_named("ZeroDivisionError") == 6


@pytest.mark.parametrize("arguments", [["--help"], ["status"]])
def test_help_and_status_import_nothing_heavy(tmp_path: Path, arguments: list[str]) -> None:
    """They answer in under half a second; Prefect alone takes two to import, pandas and SQLAlchemy a third each.

    pydantic is not in the list: the settings are built on it, and typer imports it to read any option (decision 0006).
    """
    ntm(tmp_path, "db", "upgrade")
    program = (
        "import sys, atexit\n"
        "heavy = ('prefect', 'pandas', 'sqlalchemy', 'alembic', 'docx', 'rich')\n"
        "atexit.register(lambda: print([name for name in heavy if name in sys.modules], file=sys.stderr))\n"
        "from deployments.cli.main import main\n"
        "main()\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env={"NTM_HOME": str(tmp_path), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
        check=True,
    )
    assert result.stderr.strip() in ("[]", "['rich']")


def test_status_without_a_database_says_what_to_do(tmp_path: Path) -> None:
    result = ntm(tmp_path, "status")
    assert result.returncode == 4
    assert "ntm db upgrade" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_file_is_submitted_once_and_waits_to_be_judged(tmp_path: Path) -> None:
    file = next((DEMO / "inbox" / WEEK / "ca").iterdir())
    assert ntm(tmp_path, "db", "upgrade").returncode == 0
    arguments = ["submit", str(file), "--week", WEEK, "--reporter", "ca", "--json"]
    clock = {"NTM_STORY_NOW": "2023-04-12T10:00:00+07:00"}  # today the campaign is long locked
    first, second = (json.loads(ntm(tmp_path, *arguments, **clock).stdout) for _ in range(2))
    assert (first["is_new"], second["is_new"]) == (True, False)
    assert json.loads(ntm(tmp_path, "status", "--json").stdout)[0]["files"] == {"received": 1}
    next_week = {"NTM_STORY_NOW": "2023-04-20T10:00:00+07:00"}  # nobody ran either week
    said = ntm(tmp_path, "status", **next_week).stdout
    assert "2023-W15 (thứ Tư 12/4/2023): chưa phát hành; tệp: 1 chưa kiểm tra" in said
    assert "Đã quá giờ chốt 16:30 19/4/2023. Hãy chạy: ntm run --week 2023-W16" in said
    assert "2023-W17" not in said


@pytest.mark.parametrize(
    ("week", "reporter", "said"), [("2023-W99", "ca", "W01 đến W52"), (WEEK, "nobody", "my_ha")]
)
def test_an_unknown_week_or_reporter_is_refused_with_what_would_be_right(
    tmp_path: Path, week: str, reporter: str, said: str
) -> None:
    file = next((DEMO / "inbox" / WEEK / "ca").iterdir())
    ntm(tmp_path, "db", "upgrade")
    result = ntm(tmp_path, "submit", str(file), "--week", week, "--reporter", reporter)
    assert result.returncode == 2
    assert said in result.stderr


def test_config_check_lists_every_mistake_with_file_and_line(tmp_path: Path) -> None:
    broken = tmp_path / "config"
    shutil.copytree(CONFIG, broken, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    calendar = broken / "campaigns" / "my-loc-2023" / "calendar.yaml"
    calendar.write_text(
        calendar.read_text(encoding="utf-8").replace("next_working_day", "whenever", 1), encoding="utf-8"
    )
    roster = broken / "campaigns" / "my-loc-2023" / "roster.yaml"
    roster.write_text(roster.read_text(encoding="utf-8") + "nonsense: 1\n", encoding="utf-8")
    result = ntm(tmp_path, "config", "check", "--json", NTM_CONFIG_ROOT=str(broken))
    assert result.returncode == 2
    mistakes = json.loads(result.stdout)["mistakes"]
    assert {Path(mistake["file"]).name for mistake in mistakes} == {"calendar.yaml", "roster.yaml"}
    assert all(mistake["line"] > 1 for mistake in mistakes)


def test_config_check_lists_wrong_settings_and_a_wrong_campaign_at_once(tmp_path: Path) -> None:
    wrong = {
        "NTM_OFFICE": "fax",
        "NTM_OFFICE_TOKEN": "a\nb",
        "NTM_SERVER_PORT": "0",
        "NTM_CAMPAIGN": "my-loc-2032",
    }
    result = ntm(tmp_path, "config", "check", "--json", **wrong)
    assert result.returncode == 2
    named = [mistake["file"] for mistake in json.loads(result.stdout)["mistakes"]]
    assert named == ["NTM_OFFICE", "NTM_OFFICE_TOKEN", "NTM_SERVER_PORT", "campaigns/my-loc-2032"]


def test_config_check_names_a_wrong_folder_of_the_configuration_and_looks_no_further(tmp_path: Path) -> None:
    result = ntm(tmp_path, "config", "check", NTM_CONFIG_ROOT="~nobody-of-that-name/config")
    assert result.returncode == 2
    first, last = result.stdout.splitlines()
    assert first.startswith("NTM_CONFIG_ROOT: ")
    assert last == "Cấu hình: 1 chỗ sai."


def test_the_shipped_configuration_is_sound(tmp_path: Path) -> None:
    assert ntm(tmp_path, "config", "check").returncode == 0


def test_the_doctor_names_a_remedy_for_what_is_missing(tmp_path: Path) -> None:
    result = ntm(tmp_path, "doctor", NTM_SERVER_PORT="9")
    assert result.returncode == 2
    assert "→ Hãy chạy: ntm serve" in result.stdout
    assert "ntm db upgrade" in result.stdout


def test_the_doctor_shows_what_lies_in_the_inbox_and_is_left_out(tmp_path: Path) -> None:
    ntm(tmp_path, "db", "upgrade")
    for place in (f"{WEEK}/my_haa/bc.csv", f"{WEEK}/loose.csv"):
        file = tmp_path / "inbox" / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("Mã;Giá", encoding="utf-8")
    after = {
        "NTM_STORY_NOW": "2100-01-01T00:00:00+07:00"
    }  # whatever the disk's clock says, the files have come
    result = ntm(tmp_path, "doctor", NTM_SERVER_PORT="9", **after)
    assert "✗ Tệp bị để ngoài: 2" in result.stdout
    assert f"{WEEK}/my_haa/bc.csv: Không có đơn vị 'my_haa'" in result.stdout
    assert ntm(tmp_path, "doctor", NTM_SERVER_PORT="9").stdout.count("Hãy sửa các mục trên") == 0


def test_a_wrong_setting_is_named(tmp_path: Path) -> None:
    result = ntm(tmp_path, "status", NTM_OFFICE="pigeon", NTM_INBX="x")
    assert result.returncode == 2
    assert "NTM_OFFICE" in result.stderr
    assert "NTM_INBX" in result.stderr


def test_what_waits_in_quarantine_is_listed_and_released_by_its_number(tmp_path: Path) -> None:
    """A file of 12/4 in the folder of the week of 19/4; what only tells or warns is not listed."""
    file = next((DEMO / "inbox" / WEEK / "pgd").iterdir())
    settings = settings_of(tmp_path, story_now=datetime.fromisoformat("2023-04-18T10:00:00+07:00"))
    clock = {"NTM_STORY_NOW": "2023-04-18T10:00:00+07:00", "NTM_INBOX_KIND": "backfill"}
    assert ntm(tmp_path, "db", "upgrade").returncode == 0
    work = _opened(settings)
    judge_waiting(work, [take_named(work, "2023-W16", "pgd", file).id])
    listed = ntm(tmp_path, "quarantine", "list", **clock)
    assert (
        f"1. Phòng Giáo dục và Đào tạo, tuần 2023-W16, nhận lúc 10:00 18/4/2023: {file.name}" in listed.stdout
    )
    assert "khác với tuần nhận" in listed.stdout.splitlines()[1]
    assert listed.stdout.splitlines()[2].startswith("→")
    (told,) = json.loads(ntm(tmp_path, "quarantine", "list", "--json", **clock).stdout)
    assert (told["number"], told["reporter"], told["week"], told["releasable"]) == (
        1,
        "pgd",
        "2023-W16",
        True,
    )
    by = ["--by", "Trưởng phòng", "--reason", "ghi nhầm ngày"]
    assert "ntm quarantine refuse 1" in listed.stdout.splitlines()[2]
    refused = ntm(tmp_path, "quarantine", "release", "2", *by, **clock)
    assert (refused.returncode, refused.stdout) == (2, "")
    released = ntm(tmp_path, "quarantine", "release", "1", *by, **clock)
    assert "ntm republish --week 2023-W16" in released.stdout
    again = json.loads(ntm(tmp_path, "quarantine", "release", "1", *by, "--json", **clock).stdout)
    assert (again["released"], again["is_new"], again["state"]) == (1, False, "accepted")
    assert ntm(tmp_path, "quarantine", "list", **clock).stdout == "Không có tệp nào chờ xác minh.\n"


def test_beside_what_waits_stands_what_no_run_takes_in(tmp_path: Path) -> None:
    assert ntm(tmp_path, "db", "upgrade").returncode == 0
    inbox = tmp_path / "inbox"
    (inbox / WEEK / "my_tan").mkdir(parents=True)
    (inbox / WEEK / "my_tan" / "báo cáo.xlsx").write_bytes(b"x")
    listed = ntm(tmp_path, "quarantine", "list", NTM_INBOX=str(inbox)).stdout
    assert f"Chưa nhận vào hệ thống: {WEEK}/my_tan/báo cáo.xlsx: " in listed


def test_a_file_in_a_neighbours_folder_is_shown_released_to_its_unit_and_shown_again(tmp_path: Path) -> None:
    moment = datetime.fromisoformat("2023-04-12T10:00:00+07:00")
    clock = {"NTM_STORY_NOW": moment.isoformat(), "NTM_INBOX_KIND": "backfill"}
    ntm(tmp_path, "db", "upgrade")
    work = _opened(settings_of(tmp_path, story_now=moment))
    file = min((DEMO / "inbox" / WEEK / "my_ha").iterdir())
    judge_waiting(work, [take_named(work, WEEK, "my_thinh", file).id])
    shown = ntm(tmp_path, "quarantine", "show", "1", **clock).stdout
    assert all(words in shown for words in ("SHA-256", "xlsx", "[cần xác minh] ", "nhận: lệnh ntm"))
    assert "→ ntm quarantine release 1 --reporter my_ha" in shown
    mark = hashlib.sha256(file.read_bytes()).hexdigest()[:8]  # as the answer to the sender names it
    assert ntm(tmp_path, "quarantine", "show", mark, **clock).stdout == shown
    assert json.loads(ntm(tmp_path, "read", mark, "--json", **clock).stdout)["sha256"].startswith(mark)
    by = ["--by", "Trưởng phòng", "--reason", "để nhầm thư mục", "--json"]
    wrong = ntm(tmp_path, "quarantine", "release", "1", *by, "--reporter", "nobody", **clock)
    assert (wrong.returncode, json.loads(wrong.stdout)["error"]) == (2, "UserError")
    moved = json.loads(
        ntm(tmp_path, "quarantine", "release", "1", *by, "--reporter", "my_ha", **clock).stdout
    )
    assert moved["counts_as"] == {"number": 2, "reporter": "my_ha", "week": WEEK}
    before, after = (
        json.loads(ntm(tmp_path, "quarantine", "show", number, "--json", **clock).stdout) for number in "12"
    )
    assert (before["state"], before["decision"]["settled_as"], before["ways_out"]) == ("superseded", 2, [])
    assert (after["state"], after["in_place_of"], after["stated_by"]) == (
        "accepted",
        [1],
        before["stated_by"],
    )
    for command in (("quarantine", "show"), ("read",)):  # the same bytes are two files now
        asked = ntm(tmp_path, *command, mark, **clock)
        assert (asked.returncode, "số 1 (" in asked.stderr, "số 2 (" in asked.stderr) == (2, True, True)
    refused = ntm(tmp_path, "quarantine", "refuse", "1", *by[:-1], **clock)
    assert (refused.returncode, "nay là tệp số 2" in refused.stderr) == (2, True)
    typed = ntm(tmp_path, "quarantine", "typed", "1", "--file", str(file), *by[:2], **clock)
    assert typed.returncode == 2


def test_a_secret_file_is_listed_without_its_name(tmp_path: Path) -> None:
    secret = tmp_path / "bí mật.csv"
    secret.write_text("Mã;Ghi chú\n17.1;MẬT\n", encoding="utf-8")
    clock = {"NTM_STORY_NOW": "2023-04-12T10:00:00+07:00", "NTM_INBOX_KIND": "backfill"}
    ntm(tmp_path, "db", "upgrade")
    work = _opened(settings_of(tmp_path, story_now=datetime.fromisoformat(clock["NTM_STORY_NOW"])))
    judge_waiting(work, [take_named(work, WEEK, "ca", secret).id])
    listed = ntm(tmp_path, "quarantine", "list", **clock).stdout
    assert "(không lưu tên tệp)" in listed
    assert "bí mật" not in listed
    assert "ntm quarantine release" not in listed
    (told,) = json.loads(ntm(tmp_path, "quarantine", "list", "--json", **clock).stdout)
    assert (told["file_name"], told["releasable"], told["ways_out"]) == ("", False, ["refuse"])
    shown = ntm(tmp_path, "quarantine", "show", "1", **clock).stdout
    assert ("không mở" in shown, "bí mật" in shown) == (True, False)
    by = ["--by", "Trưởng phòng", "--reason", "gửi sai đường"]
    assert ntm(tmp_path, "quarantine", "refuse", "1", *by, **clock).returncode == 0
    assert ntm(tmp_path, "quarantine", "list", **clock).stdout == "Không có tệp nào chờ xác minh.\n"
