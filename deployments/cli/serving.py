"""`ntm serve`: the Prefect server with its UI, and beside it the process that executes scheduled runs."""

import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from config.settings import Settings, child_environment, load_settings
from deployments.cli.before import require_sound
from deployments.cli.speaking import say_json_line
from deployments.server import ServerNotReady, client_environment, is_taken, local_server
from deployments.watching import ending_with


def serve_everything(*, as_json: bool) -> None:
    """Runs until interrupted. Raises ConfigError, StoreError, ServerNotReady."""
    settings = load_settings()
    # systemd and `kill` ask with SIGTERM; stopping is then as orderly as by Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    _prepare(settings)
    environment = child_environment(settings)
    with (
        _alone(settings.home),
        local_server(settings.prefect_home, environment=environment, port=settings.server_port) as api_url,
        _executor(settings, environment | client_environment(api_url, settings.prefect_home)) as executor,
        ending_with(api_url, executor),
    ):
        _say_where(settings, api_url, as_json=as_json)
        _wait(executor, api_url, settings)


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """One `serve` a home: two would both execute the schedules. The lock ends with its process."""
    with (home / "serve.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ServerNotReady(
                f"ntm serve đang chạy với thư mục {home}. Hãy dùng máy chủ đó, hoặc dừng nó trước."
            ) from error
        yield


def _say_where(settings: Settings, api_url: str, *, as_json: bool) -> None:
    ui_url = api_url.removesuffix("/api")
    if as_json:
        folders = {"inbox": settings.inbox, "published": settings.published}
        say_json_line({"ui_url": ui_url, "api_url": api_url} | folders)
        return
    typer.echo(f"Giao diện Prefect: {ui_url}   (Ctrl-C để dừng)")
    typer.echo(f"Hộp thư đến: {settings.inbox}\nBáo cáo phát hành: {settings.published}")


def _prepare(settings: Settings) -> None:
    """The database and, where it is our own default, the inbox; first what would end the executor at once."""
    from tasks.store.engine import create_database
    from tasks.store.schema import upgrade

    require_sound(settings)
    upgrade(create_database(settings.database_url))
    if settings.inbox.is_relative_to(settings.home):
        settings.inbox.mkdir(parents=True, exist_ok=True)


def _executor(settings: Settings, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    log = settings.home / "log" / "serve.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "deployments.serve", str(os.getpid())],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=log.open("ab"),
        stderr=subprocess.STDOUT,
    )


def _wait(executor: subprocess.Popen[bytes], api_url: str, settings: Settings) -> None:
    try:
        code = executor.wait()
    except KeyboardInterrupt:
        typer.echo("Đang dừng ...", err=True)
        return
    finally:
        executor.terminate()
    what = f"Tiến trình chạy các lịch (mã {code})" if is_taken(api_url) else "Máy chủ Prefect"
    raise ServerNotReady(f"{what} đã dừng. Hãy xem nhật ký trong {settings.home} rồi chạy lại: ntm serve")
