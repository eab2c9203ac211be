"""`ntm demo`: the weekly job of the sample campaign, through the real flow and a real server, on the story's clock."""

from pathlib import Path

import typer

from config.facts import load_campaign
from config.settings import InboxKind, Settings, load_settings
from deployments.cli.before import require_sound
from deployments.cli.doors import as_document, code, late_parameters, run_shown
from deployments.cli.runs import Ending, runner
from deployments.cli.show import latest_revision, show_week
from deployments.cli.speaking import say_json, silence_events
from deployments.demo.acts import Late, acts_of, sample_weeks
from domain.campaign import Campaign
from domain.errors import UserError
from domain.weeks import WeekName, week_named

DEMO = Path(__file__).parents[1] / "demo"
CAMPAIGN = "my-loc-2023"
FIRST_WEEK = "2023-W15"


def demonstrate(week: str, *, late: bool, as_json: bool) -> None:
    """Migrate the demo's own database, run the week or hand in its late file, show it. Raises typer.Exit with the run's
    code, UserError for a week without sample files."""
    asked = week_named(week)
    require_sample(week)
    settings, campaign = _installed()
    play_week = _late if late else _weekly
    ending = play_week(settings, campaign, asked, as_json=as_json)
    if as_json:
        say_json(as_document(ending) | {"published": settings.published})
    elif not ending.error:
        show_week(settings, asked)
    raise typer.Exit(code(ending))


def demonstrate_all(folder: Path = DEMO, *, as_json: bool) -> None:
    """Play the whole campaign and say one line for each act. Raises typer.Exit with the code of the last act, UserError
    for an act that can't be done."""
    from deployments.cli.playing import document, play, told

    acts = acts_of(folder, load_campaign(CAMPAIGN).calendar)
    settings, campaign = _installed(folder)
    silence_events()
    if not as_json:
        typer.echo(f"Đang mở máy chủ Prefect; {len(acts)} việc ...")
    played = []
    with runner(settings) as run:
        for one in play(settings, acts, run):
            played.append(one)
            if not as_json:
                typer.echo(told(one, settings, campaign))
    exit_code = code(played[-1].ending) if played else 0
    if as_json:
        acts_played = [document(one) for one in played]
        say_json({"acts": acts_played, "published": settings.published, "exit_code": exit_code})
    else:
        typer.echo(f"Diễn biến cả đợt, mọi bản phát hành: {settings.published_index(CAMPAIGN)}")
    raise typer.Exit(exit_code)


def require_sample(week: str) -> None:
    """Raises UserError for a week without sample files: it would be published with everybody missing."""
    if week not in sample_weeks(DEMO):
        raise UserError(f"Không có dữ liệu mẫu cho tuần {week}; có: {', '.join(sample_weeks(DEMO))}.")


def _installed(folder: Path = DEMO) -> tuple[Settings, Campaign]:
    from tasks.store.engine import create_database
    from tasks.store.schema import upgrade

    settings = demo_settings(load_settings(), folder)
    campaign = require_sound(settings)
    upgrade(create_database(settings.database_url))
    return settings, campaign


def _weekly(settings: Settings, campaign: Campaign, week: WeekName, *, as_json: bool) -> Ending:
    """On the story's clock it is the close of that week; what the weeks before had brought is taken in first."""
    from deployments.cli.playing import take_in

    close = campaign.calendar.close(week)
    earlier = [act for act in acts_of(DEMO, campaign.calendar) if act.at < close]
    if earlier:
        silence_events()
        if not as_json:
            typer.echo(f"Đang nhận báo cáo của các tuần trước ({len(earlier)} việc, không phát hành) ...")
        take_in(settings, earlier)
    return run_shown(settings.at(close), "weekly_summary", {"week": str(week)}, as_json=as_json)


def _late(settings: Settings, campaign: Campaign, week: WeekName, *, as_json: bool) -> Ending:
    """The week's first late file, at the moment it came in. Raises UserError where the story has none."""
    came = (act for act in acts_of(DEMO, campaign.calendar) if isinstance(act, Late) and act.week == week)
    act = next(came, None)
    if act is None:
        raise UserError(f"Dữ liệu mẫu không có tệp nộp muộn cho tuần {week}.")
    if latest_revision(settings.published_week(CAMPAIGN, str(week))) is None:
        raise UserError(f"Tuần {week} chưa phát hành lần nào. Hãy chạy trước: ntm demo --week {week}")
    given = late_parameters(str(week), act.reporter, act.file, act.reason, None)
    return run_shown(settings.at(act.at), "late_submission", given, as_json=as_json)


def demo_settings(settings: Settings, folder: Path = DEMO) -> Settings:
    """A home of its own below the given one, the committed inbox, nothing of the office's own settings."""
    return Settings(
        home=settings.home / "demo",
        campaign=CAMPAIGN,
        inbox=folder / "inbox",
        inbox_kind=InboxKind.BACKFILL,
        server_port=settings.server_port,
    )
