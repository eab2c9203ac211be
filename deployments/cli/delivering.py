"""`ntm deliver`: everything that an office has not confirmed is handed over again, also what it refused.

Without a Prefect server: a person stands by and sees what happens. A run that delivers meanwhile does no harm, since
each delivery is claimed.
"""

import typer

from config.settings import load_settings
from deployments.cli.before import require_database, require_sound, require_week
from deployments.cli.speaking import say_json, silence_events
from domain.weeks import WeekName
from tasks.delivering import Outcome, hand_over_again, undelivered
from tasks.workplace import workplace


def deliver_again(week: str | None, *, as_json: bool) -> int:
    """Say of each delivery what became of it. Returns the exit code: 0 where nothing is owed any more, else 5."""
    settings = load_settings()
    only = require_week(week)
    require_sound(settings)
    require_database(settings)
    silence_events()
    work = workplace()
    outcomes = []
    for outcome in hand_over_again(work, only):
        outcomes.append(outcome)
        if not as_json:
            typer.echo(_line(outcome))
    owed = [f"{one.key} {one.recipient}" for one in undelivered(work, only)]
    if as_json:
        say_json({"tried": [_facts(outcome) for outcome in outcomes], "undelivered": owed})
    else:
        typer.echo(f"Còn {len(owed)} bản chưa giao được." if owed else "Không còn bản nào chưa giao.")
    return 5 if owed else 0


def _line(outcome: Outcome) -> str:
    _, week, revision = outcome.key.rsplit(":", 2)
    if outcome.error:
        return f"✗ {outcome.recipient}: {outcome.error}"
    return f"✓ {outcome.recipient}: bản {revision} tuần {WeekName.parse(week).vi} đã giao, văn phòng đã xác nhận."


def _facts(outcome: Outcome) -> dict[str, object]:
    return {
        "key": outcome.key,
        "recipient": outcome.recipient,
        "delivered": outcome.error is None,
        "why": str(outcome.error or ""),
    }
