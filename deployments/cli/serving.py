"""`ntm serve`: the Prefect server with its UI, and beside it the process that executes scheduled runs."""

import os
import signal
import subprocess
import sys

import typer

from config.settings import Settings, child_environment, load_settings
from deployments.server import LOOPBACK, ServerNotReady, client_environment, local_server


def serve_everything() -> None:
    """Runs until interrupted. Raises ServerNotReady, StoreError."""
    settings = load_settings()
    # systemd and `kill` ask with SIGTERM; stopping is then as orderly as by Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    _prepare(settings)
    environment = child_environment(settings)
    with (
        local_server(settings.prefect_home, environment=environment, port=settings.server_port) as api_url,
        _executor(settings, environment | client_environment(api_url, settings.prefect_home)) as executor,
    ):
        typer.echo(f"Giao diện Prefect: http://{LOOPBACK}:{settings.server_port}   (Ctrl-C để dừng)")
        typer.echo(f"Hộp thư đến: {settings.inbox}\nBáo cáo phát hành: {settings.published}")
        _wait(executor)


def _prepare(settings: Settings) -> None:
    """The database and, where it is our own default, the inbox."""
    from tasks.store.engine import create_database
    from tasks.store.schema import upgrade

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


def _wait(executor: subprocess.Popen[bytes]) -> None:
    try:
        code = executor.wait()
        raise ServerNotReady(
            f"Tiến trình chạy các lịch đã dừng (mã {code}); xem log/serve.log trong NTM_HOME."
        )
    except KeyboardInterrupt:
        typer.echo("Đang dừng ...")
    finally:
        executor.terminate()
