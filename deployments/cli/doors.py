"""The three flows as commands: starts the run, says what happens, shows the week, sets the exit code."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import typer

from config.settings import Settings, load_settings
from deployments.cli.before import require_database, require_sound, require_week
from deployments.cli.exits import exit_code_named
from deployments.cli.progress import sentence
from deployments.cli.runs import Ending, run_flow
from deployments.cli.show import show_week
from deployments.cli.speaking import say_json
from tasks.receiving import require_file, require_reporter

# An end state (flows/endings.py, and two of Prefect's own) as an operator reads it; JSON keeps its name.
ENDS = {
    "Published": "Đã phát hành",
    "Incomplete": "Chưa đủ",
    "Unchanged": "Không thay đổi",
    "Skipped": "Bỏ qua",
    "Failed": "Không thành công",
    "Crashed": "Dừng đột ngột",
}


def run_and_show(flow: str, parameters: Mapping[str, object], *, week: str | None, as_json: bool) -> None:
    """Run a flow with the current settings. Raises typer.Exit with the code of the ending (exits.py), UserError,
    ConfigError or StoreError where a run could not but fail."""
    asked = require_week(week)
    settings = load_settings()
    campaign = require_sound(settings)
    if "reporter" in parameters:
        require_reporter(campaign, str(parameters["reporter"]))
        require_file(Path(str(parameters["file"])))
    require_database(settings)
    ending = run_shown(settings, flow, parameters, as_json=as_json)
    if as_json:
        say_json(as_document(ending))
    elif asked and not ending.error:
        show_week(settings, asked)
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
        typer.echo(f"{ENDS.get(ending.name, ending.name)}: {ending.message}\n")
    return ending


def as_document(ending: Ending) -> dict[str, object]:
    """What a program reads of a run; the name of the end state stays Prefect's."""
    return {"end": ending.name, "message": ending.message, "error": ending.error, "exit_code": code(ending)}


def code(ending: Ending) -> int:
    """0 for every end state of type COMPLETED."""
    if ending.name == "Crashed":
        return 6
    return exit_code_named(ending.error) if ending.error else 0


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
