"""`ntm status`: what the ledger says of each week, at once: imports no Prefect, no pandas, no SQLAlchemy."""

from dataclasses import asdict
from datetime import datetime
from zoneinfo import ZoneInfo

import typer

from config.settings import load_settings
from deployments.cli.progress import STATES
from deployments.cli.speaking import say_json
from domain.vietnamese import vi_moment
from tasks.store.status import WeekStatus, week_statuses

_DELIVERIES = {"delivered": "đã giao", "pending": "chưa giao", "refused": "bị từ chối"}
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def show_status(week: str | None, *, as_json: bool) -> None:
    """Print every week of the campaign, or one."""
    settings = load_settings()
    statuses = [
        s for s in week_statuses(settings.database_url, settings.campaign) if week in (None, str(s.week))
    ]
    if as_json:
        say_json([asdict(status) | {"week": str(status.week)} for status in statuses])
        return
    if not statuses:
        typer.echo(
            "Chưa có tệp nào được nhận." if week is None else f"Tuần {week}: chưa có tệp nào được nhận."
        )
    for status in statuses:
        typer.echo(_line(status))


def _line(status: WeekStatus) -> str:
    revision = (
        f"bản {status.revision} lúc {_local(status.issued_at)}" if status.issued_at else "chưa phát hành"
    )
    parts = (
        revision,
        _counted("tệp", STATES, status.files),
        _counted("giao", _DELIVERIES, status.deliveries),
    )
    return f"{status.week} ({status.week.vi}): " + "; ".join(part for part in parts if part)


def _counted(what: str, words: dict[str, str], counts: object) -> str:
    told = [f"{number} {words.get(state, state)}" for state, number in sorted(dict(counts).items())]  # type: ignore[call-overload]
    return f"{what}: {', '.join(told)}" if told else ""


def _local(moment: datetime) -> str:
    return vi_moment(moment, ZONE)
