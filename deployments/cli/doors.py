"""The three flows as commands: starts the run, says what happens, shows the week, sets the exit code."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import typer

from config.settings import Settings, load_settings
from deployments.cli.exits import exit_code_named
from deployments.cli.progress import sentence
from deployments.cli.runs import Ending, run_flow
from deployments.cli.show import show_week
from deployments.cli.speaking import say_json
from domain.errors import UserError
from domain.weeks import WeekName


def run_and_show(flow: str, parameters: Mapping[str, object], *, week: str | None, as_json: bool) -> None:
    """Run a flow with the current settings. Raises typer.Exit with the code of the ending (exits.py)."""
    require_week(week)
    settings = load_settings()
    ending = run_shown(settings, flow, parameters, as_json=as_json)
    if as_json:
        say_json({"end": ending.name, "message": ending.message, "error": ending.error})
    elif week and not ending.error:
        show_week(settings, WeekName.parse(week))
    raise typer.Exit(code(ending))


def run_shown(settings: Settings, flow: str, parameters: Mapping[str, object], *, as_json: bool) -> Ending:
    """Run a flow; unless JSON is wanted, say each step as it is done, and the ending."""

    def listen(event: str, facts: Mapping[str, object]) -> None:
        line = sentence(event, facts)
        if line and not as_json:
            typer.echo(f"  · {line}")

    if not as_json:
        typer.echo("Đang mở máy chủ Prefect ...")
    ending = run_flow(settings, flow, parameters, listen)
    if not as_json:
        typer.echo(f"{ending.name}: {ending.message}\n")
    return ending


def code(ending: Ending) -> int:
    """0 for every end state of type COMPLETED."""
    if ending.name == "Crashed":
        return 6
    return exit_code_named(ending.error) if ending.error else 0


def require_week(week: str | None) -> None:
    """Raises UserError for a week that is none, before anything is started."""
    if week is not None:
        try:
            WeekName.parse(week)
        except ValueError as error:
            raise UserError(f"Không có tuần {week!r}: tuần được ghi dạng 2023-W15.") from error


def late_parameters(
    week: str, reporter: str, file: Path, reason: str, received_at: datetime | None
) -> dict[str, object]:
    """As the flow takes them. A time without a zone is the campaign's local time; the flow process knows the zone."""
    stated = received_at.isoformat() if received_at else None
    return {
        "week": week,
        "reporter": reporter,
        "file": str(file.absolute()),
        "reason": reason,
        "received_at": stated,
    }
