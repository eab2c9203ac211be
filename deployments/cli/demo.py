"""`ntm demo`: the weekly job of the sample campaign, through the real flow and a real server, on the story's clock."""

from pathlib import Path

import typer

from config.settings import InboxKind, Settings, load_settings
from deployments.cli.doors import code, require_week, run_shown
from deployments.cli.show import show_week
from deployments.cli.speaking import say_json
from domain.weeks import WeekName

DEMO = Path(__file__).parents[1] / "demo"
CAMPAIGN = "my-loc-2023"


def demonstrate(week: str, *, as_json: bool) -> None:
    """Migrate the demo's own database, run the week, show it. Raises typer.Exit with the run's code."""
    from config.facts import load_campaign
    from tasks.store.engine import create_database
    from tasks.store.schema import upgrade

    require_week(week)
    close = load_campaign(CAMPAIGN).calendar.close(WeekName.parse(week))
    settings = demo_settings(load_settings()).at(close)
    upgrade(create_database(settings.database_url))
    ending = run_shown(settings, "weekly_summary", {"week": week}, as_json=as_json)
    if as_json:
        say_json({"end": ending.name, "message": ending.message, "published": str(settings.published)})
    elif not ending.error:
        show_week(settings, WeekName.parse(week))
    raise typer.Exit(code(ending))


def demo_settings(settings: Settings) -> Settings:
    """A home of its own below the given one, the committed inbox, nothing of the office's own settings."""
    return Settings(
        home=settings.home / "demo",
        campaign=CAMPAIGN,
        inbox=DEMO / "inbox",
        inbox_kind=InboxKind.BACKFILL,
        server_port=settings.server_port,
    )
