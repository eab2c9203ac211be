"""`ntm status`: what the ledger says of each week, at once: imports no Prefect, no pandas, no SQLAlchemy.

Times are the campaign's; to load a campaign takes 20 ms.
"""

from collections.abc import Iterator
from dataclasses import asdict
from shlex import quote
from zoneinfo import ZoneInfo

import typer

from config.facts import load_campaign
from config.settings import Settings, load_settings
from deployments.cli.before import require_week
from deployments.cli.progress import STATES
from deployments.cli.speaking import say_json
from domain.errors import StoreError
from domain.vietnamese import vi_moment
from tasks.store.status import WeekStatus, week_statuses

_DELIVERIES = {"delivered": "đã giao", "pending": "chưa giao", "refused": "bị từ chối"}
DELIVER = "Hãy xử lý nguyên nhân rồi chạy: ntm deliver"


def show_status(week: str | None, *, as_json: bool) -> None:
    """Print every week of the campaign, or one. Raises UserError, ConfigError, StoreError."""
    asked = require_week(week)
    settings = load_settings()
    calendar = load_campaign(settings.campaign, settings.config_root).calendar
    statuses = [one for one in _statuses(settings) if asked in (None, one.week)]
    if as_json:
        say_json([asdict(status) | {"week": str(status.week)} for status in statuses])
        return
    for status in statuses:
        typer.echo(_line(status, calendar.zone))
        for line in undelivered_lines(status):
            typer.echo(f"    ✗ {line}")
    if any(status.undelivered for status in statuses):
        typer.echo(f"    → {DELIVER}")
    if not statuses:
        why = calendar.why_no_report(asked) if asked else ""
        told = f"Tuần {asked}: chưa có tệp nào được nhận." if asked else "Chưa có tệp nào được nhận."
        typer.echo(f"{told} {why}".rstrip())
        typer.echo(f"Dữ liệu được tìm trong {settings.home}.{_where_the_demo_is(settings)}")


def undelivered_lines(status: WeekStatus) -> Iterator[str]:
    """One for each revision of the week that a recipient has not confirmed, with what the last attempt said."""
    for one in status.undelivered:
        why = one.last_error or "chưa gửi lần nào."
        yield f"Giao bản {one.revision} cho {one.recipient}: {_DELIVERIES[one.state]}. {why}"


def _statuses(settings: Settings) -> tuple[WeekStatus, ...]:
    try:
        return week_statuses(settings.database_url, settings.campaign)
    except StoreError as error:
        raise type(error)(f"{error}{_where_the_demo_is(settings)}") from error


def _where_the_demo_is(settings: Settings) -> str:
    """A hint for who has just run `make demo`, which keeps its data in a home of its own."""
    demo = settings.home / "demo"
    if not (demo / "ntm.sqlite3").is_file():
        return ""
    return f"\nDữ liệu chạy thử nằm ở {demo}; xem bằng lệnh: NTM_HOME={quote(str(demo))} ntm status"


def _line(status: WeekStatus, zone: ZoneInfo) -> str:
    revision = (
        f"bản {status.revision} lúc {vi_moment(status.issued_at, zone)}"
        if status.issued_at
        else "chưa phát hành"
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
