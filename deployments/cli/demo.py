"""`ntm demo`: the weekly job of the sample campaign, through the real flow and a real server, on the story's clock."""

from pathlib import Path

import typer

from config.settings import InboxKind, Settings, load_settings
from deployments.cli.before import require_sound
from deployments.cli.doors import as_document, code, late_parameters, run_shown
from deployments.cli.runs import Ending
from deployments.cli.show import show_week
from deployments.cli.speaking import say_json
from domain.errors import UserError
from domain.weeks import WeekName, week_named

DEMO = Path(__file__).parents[1] / "demo"
CAMPAIGN = "my-loc-2023"
LATE_REASON = "Đơn vị gửi lại báo cáo đã sửa sau giờ chốt"


def demonstrate(week: str, *, late: bool, as_json: bool) -> None:
    """Migrate the demo's own database, run the week or hand in its late file, show it. Raises typer.Exit with the run's
    code, UserError for a week without sample files."""
    from tasks.store.engine import create_database
    from tasks.store.schema import upgrade

    asked = week_named(week)
    require_sample(week)
    settings = demo_settings(load_settings())
    require_sound(settings)
    upgrade(create_database(settings.database_url))
    ending = _late(settings, week, as_json=as_json) if late else _weekly(settings, week, as_json=as_json)
    if as_json:
        say_json(as_document(ending) | {"published": settings.published})
    elif not ending.error:
        show_week(settings, asked)
    raise typer.Exit(code(ending))


def require_sample(week: str) -> None:
    """Raises UserError for a week without sample files: it would be published with everybody missing."""
    there = sorted(folder.name for folder in (DEMO / "inbox").iterdir() if folder.is_dir())
    if week not in there:
        raise UserError(f"Không có dữ liệu mẫu cho tuần {week}; có: {', '.join(there)}.")


def _weekly(settings: Settings, week: str, *, as_json: bool) -> Ending:
    """On the story's clock it is the close of that week."""
    from config.facts import load_campaign

    close = load_campaign(CAMPAIGN).calendar.close(WeekName.parse(week))
    return run_shown(settings.at(close), "weekly_summary", {"week": week}, as_json=as_json)


def _late(settings: Settings, week: str, *, as_json: bool) -> Ending:
    """On the story's clock it is the moment the late file came in. Raises UserError where the story has none."""
    from tasks.intake.inbox import Arrival, BackfillInbox

    waiting = (one for one in BackfillInbox(DEMO / "late").waiting() if isinstance(one, Arrival))
    arrival = next((one for one in waiting if one.week == week), None)
    if arrival is None:
        raise UserError(f"Dữ liệu mẫu không có tệp nộp muộn cho tuần {week}.")
    given = late_parameters(week, arrival.reporter, arrival.path, LATE_REASON, None)
    return run_shown(settings.at(arrival.received_at), "late_submission", given, as_json=as_json)


def demo_settings(settings: Settings) -> Settings:
    """A home of its own below the given one, the committed inbox, nothing of the office's own settings."""
    return Settings(
        home=settings.home / "demo",
        campaign=CAMPAIGN,
        inbox=DEMO / "inbox",
        inbox_kind=InboxKind.BACKFILL,
        server_port=settings.server_port,
    )
