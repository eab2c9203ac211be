"""`ntm config check` and `ntm db upgrade`."""

import typer

from config.facts import check
from config.settings import load_settings
from deployments.cli.before import require_home
from deployments.cli.speaking import say_json


def check_configuration(*, as_json: bool) -> int:
    """Print every mistake with file and line. Returns the exit code: 0 sound, 2 not."""
    settings = load_settings()
    mistakes = check(settings.config_root, settings.campaign)
    if as_json:
        say_json([vars(mistake) for mistake in mistakes])
    else:
        for mistake in mistakes:
            typer.echo(str(mistake))
        typer.echo(f"Cấu hình {settings.campaign}: " + (f"{len(mistakes)} chỗ sai." if mistakes else "đúng."))
    return 2 if mistakes else 0


def upgrade_database(*, as_json: bool) -> None:
    """Create or upgrade the tables. Raises StoreError."""
    from tasks.store.engine import create_database
    from tasks.store.schema import upgrade

    settings = load_settings()
    require_home(settings.home)
    upgrade(create_database(settings.database_url))
    if as_json:
        say_json({"upgraded": True})
    else:
        typer.echo("Cơ sở dữ liệu đã sẵn sàng.")
