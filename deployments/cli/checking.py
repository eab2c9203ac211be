"""`ntm config check` and `ntm db upgrade`."""

import typer

from config.facts import check
from config.mistakes import ConfigMistakes, Mistake
from config.settings import Settings, configuration_settings, load_settings
from deployments.cli.before import require_home
from deployments.cli.speaking import say_json


def check_configuration(*, as_json: bool) -> int:
    """Print every mistake, of settings and files, with file and line. Returns the exit code: 0 sound, 2 not."""
    settings, wrong = _settings()
    mistakes = wrong + (check(settings.config_root, settings.campaign) if settings else ())
    if as_json:
        say_json({"mistakes": [vars(mistake) for mistake in mistakes]})
    else:
        for mistake in mistakes:
            typer.echo(str(mistake))
        of = f" {settings.campaign}" if settings else ""
        typer.echo(f"Cấu hình{of}: " + (f"{len(mistakes)} chỗ sai." if mistakes else "đúng."))
    return 2 if mistakes else 0


def _settings() -> tuple[Settings | None, tuple[Mistake, ...]]:
    """What is sound of them, as far as it leads to the files, and what isn't."""
    try:
        return load_settings(), ()
    except ConfigMistakes as error:
        return configuration_settings(error.mistakes), error.mistakes


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
