"""`ntm status`: what the ledger says of each week, at once: imports no Prefect, no pandas, no SQLAlchemy.

Times are the campaign's; to load a campaign takes 20 ms.
"""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from shlex import quote
from zoneinfo import ZoneInfo

import typer

from config.facts import load_campaign
from config.settings import Settings, load_settings
from deployments.cli.before import require_week
from deployments.cli.progress import STATES
from deployments.cli.speaking import say_json
from domain.calendar import Calendar
from domain.errors import StoreError
from domain.vietnamese import vi_moment
from domain.weeks import WeekName
from tasks.store.status import WeekStatus, week_statuses

_DELIVERIES = {"delivered": "đã giao", "pending": "chưa giao", "refused": "bị từ chối"}
DELIVER = "Hãy xử lý nguyên nhân rồi chạy: ntm deliver"


def show_status(week: str | None, *, as_json: bool) -> None:
    """Print every week of the campaign, or one. Raises UserError, ConfigError, StoreError."""
    asked = require_week(week)
    settings = load_settings()
    calendar = load_campaign(settings.campaign, settings.config_root).calendar
    known = _statuses(settings)
    missed = _missed(known, calendar, settings.now())
    statuses = [one for one in _with(missed, known) if asked in (None, one.week)]
    if as_json:
        say_json([_as_json(status, is_missed=status.week in missed) for status in statuses])
        return
    for status in statuses:
        typer.echo(_line(status, calendar.zone))
        if status.week in missed:
            closed = vi_moment(calendar.close(status.week), calendar.zone)
            typer.echo(f"    ✗ Đã quá giờ chốt {closed}. Hãy chạy: ntm run --week {status.week}")
        for line in undelivered_lines(status):
            typer.echo(f"    ✗ {line}")
    if any(status.undelivered for status in statuses):
        typer.echo(f"    → {DELIVER}")
    if not statuses:
        why = calendar.why_no_report(asked) if asked else ""
        told = f"Tuần {asked}: chưa có tệp nào được nhận." if asked else "Chưa có tệp nào được nhận."
        typer.echo(f"{told} {why}".rstrip())
        typer.echo(f"Dữ liệu được tìm trong {settings.home}.{_where_the_demo_is(settings)}")


def _missed(known: tuple[WeekStatus, ...], calendar: Calendar, now: datetime) -> tuple[WeekName, ...]:
    """From the first week that the ledger knows: what was before, nobody expects of us."""
    if not known:
        return ()
    published = [status.week for status in known if status.revision]
    return calendar.missed_weeks(known[0].week, published, now)


def _with(missed: tuple[WeekName, ...], known: tuple[WeekStatus, ...]) -> list[WeekStatus]:
    """Also weeks of which the ledger has nothing."""
    by_week = {week: WeekStatus(week) for week in missed} | {status.week: status for status in known}
    return [by_week[week] for week in sorted(by_week)]


def _as_json(status: WeekStatus, *, is_missed: bool) -> dict[str, object]:
    return asdict(status) | {"week": str(status.week), "is_missed": is_missed}


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
