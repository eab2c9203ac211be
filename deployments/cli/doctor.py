"""`ntm doctor`: everything that must stand before a run, each with its remedy. Changes nothing."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import typer
from packaging.requirements import Requirement

from config.facts import check
from config.settings import InboxKind, OfficeKind, Settings, load_settings
from deployments.cli.before import require_home
from deployments.cli.speaking import say_json
from deployments.cli.status import DELIVER, undelivered_lines
from deployments.server import LOOPBACK, is_prefect, is_taken
from domain.errors import NtmError, StoreError
from tasks.store.status import week_statuses

# Source: DESIGN, "Facts that decide": outside these the server does not start, or schedules nothing in silence.
KNOWN_GOOD = ("prefect>=3.8.8,<3.9", "fastapi>=0.139,<0.151", "sqlalchemy>=2.0.45,<2.1")
LEAST_FREE_BYTES = 1 << 30
LEFT_OUT_SHOWN = 3


@dataclass(frozen=True)
class Seen:
    """One thing examined. `remedy` is empty where it is well."""

    what: str
    found: str
    remedy: str = ""


def examine(*, as_json: bool) -> int:
    """Print what was seen. Returns the exit code: 0 all well, 2 something to mend."""
    seen = list(_everything(load_settings()))
    if as_json:
        say_json([vars(one) for one in seen])
    for one in [] if as_json else seen:
        mark = "✗" if one.remedy else "✓"
        typer.echo(f"{mark} {one.what}: {one.found}" + (f"\n    → {one.remedy}" if one.remedy else ""))
    return 2 if any(one.remedy for one in seen) else 0


def _everything(settings: Settings) -> Iterator[Seen]:
    yield from _versions()
    yield _configuration(settings)
    yield _database(settings)
    yield _home(settings)
    yield from _deliveries(settings)
    yield from _folders(settings)
    yield _left_out()
    yield _disk(settings)
    yield from _server(settings)


def _versions() -> Iterator[Seen]:
    yield Seen(
        "Python", sys.version.split()[0], "" if sys.version_info >= (3, 11) else "Cần Python 3.11 trở lên."
    )
    for text in KNOWN_GOOD:
        wanted = Requirement(text)
        installed = version(wanted.name)
        remedy = (
            "" if wanted.specifier.contains(installed) else f"Cần {text}; hãy cài lại từ requirements.lock."
        )
        yield Seen(wanted.name, installed, remedy)


def _configuration(settings: Settings) -> Seen:
    mistakes = check(settings.config_root, settings.campaign)
    found = f"{settings.campaign}: {len(mistakes)} chỗ sai" if mistakes else f"{settings.campaign}: đúng"
    return Seen("Cấu hình", found, "Hãy chạy: ntm config check" if mistakes else "")


def _database(settings: Settings) -> Seen:
    from tasks.store.engine import open_engine
    from tasks.store.schema import is_current

    try:
        current = is_current(open_engine(settings.database_url))
    except NtmError as error:
        return Seen("Cơ sở dữ liệu", "không mở được", str(error))
    return Seen(
        "Cơ sở dữ liệu", "đúng phiên bản" if current else "chưa đúng phiên bản", "" if current else _UPGRADE
    )


_UPGRADE = "Hãy chạy: ntm db upgrade"


def _home(settings: Settings) -> Seen:
    try:
        require_home(settings.home)
    except NtmError as error:
        return Seen("Thư mục dữ liệu", f"{settings.home}: không ghi được", str(error))
    return Seen("Thư mục dữ liệu", f"{settings.home}: ghi được")


def _deliveries(settings: Settings) -> Iterator[Seen]:
    """What an office has not confirmed. A database that cannot be read is told of above."""
    with suppress(StoreError):
        statuses = week_statuses(settings.database_url, settings.campaign)
        lines = [f"{status.week}, {line}" for status in statuses for line in undelivered_lines(status)]
        yield Seen("Giao văn phòng", "\n      ".join(lines) or "không còn nợ", DELIVER if lines else "")


def _folders(settings: Settings) -> Iterator[Seen]:
    yield _folder("Hộp thư đến", settings.inbox, "Hãy tạo thư mục hoặc đặt NTM_INBOX.")
    if settings.inbox_kind is InboxKind.BACKFILL and not (settings.inbox / "received.yaml").is_file():
        yield Seen("received.yaml", "không có", "Nhập lại dữ liệu cũ cần received.yaml trong hộp thư đến.")
    if settings.office is OfficeKind.FOLDER and not settings.office_folder.is_relative_to(settings.home):
        yield _folder("Thư mục của văn phòng", settings.office_folder, "Hãy kết nối ổ đĩa dùng chung.")


def _left_out() -> Seen:
    from tasks.receiving import left_out
    from tasks.workplace import workplace

    try:
        found = left_out(workplace())
    except NtmError:
        return Seen("Tệp bị để ngoài", "chưa xem được", "Hãy sửa các mục trên rồi chạy lại.")
    first = " ".join(f"{one.path}: {one.why}" for one in found[:LEFT_OUT_SHOWN])
    return Seen("Tệp bị để ngoài", str(len(found)), first + (" ..." if len(found) > LEFT_OUT_SHOWN else ""))


def _folder(what: str, path: Path, remedy: str) -> Seen:
    return Seen(what, str(path), "" if path.is_dir() else remedy)


def _disk(settings: Settings) -> Seen:
    there = next(folder for folder in (settings.home, *settings.home.parents) if folder.is_dir())
    free = shutil.disk_usage(there).free
    return Seen(
        "Đĩa còn trống",
        f"{free >> 20} MiB",
        "" if free > LEAST_FREE_BYTES else "Hãy dọn đĩa, cần ít nhất 1 GiB.",
    )


def _server(settings: Settings) -> Iterator[Seen]:
    port = settings.server_port
    api_url = f"http://{LOOPBACK}:{port}/api"
    if not is_prefect(api_url):
        if is_taken(api_url):
            yield Seen("Máy chủ Prefect", f"một chương trình khác đang dùng cổng {port}", _TAKEN)
        else:
            yield Seen("Máy chủ Prefect", f"không trả lời ở cổng {port}", "Hãy chạy: ntm serve")
        return
    yield Seen("Máy chủ Prefect", api_url)
    scheduled = _scheduled_runs(api_url)
    yield Seen(
        "Lượt chạy đã xếp lịch",
        str(scheduled),
        "" if scheduled else _NONE_SCHEDULED,
    )


_TAKEN = "Hãy tắt chương trình đó hoặc đặt NTM_SERVER_PORT là một cổng khác."
_NONE_SCHEDULED = "Chờ một phút sau khi mở ntm serve; nếu vẫn bằng 0, hãy mở lại và xem nhật ký."


def _scheduled_runs(api_url: str) -> int:
    """How many runs wait for their time: a scheduler that is alive but schedules nothing looks well otherwise."""
    import httpx

    wanted = {"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}}}
    try:
        answer = httpx.post(f"{api_url}/flow_runs/count", json=wanted, timeout=5.0, trust_env=False)
        return int(answer.raise_for_status().json())
    except (httpx.HTTPError, ValueError, TypeError):
        return 0
