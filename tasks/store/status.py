"""How each week stands, for `ntm status`. Knows the names of tables and the drivers, not SQLAlchemy.

To import SQLAlchemy alone costs a third of a second, more than the command may take. So a few words of SQL
stand here; tests on both databases hold them against the tables.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Error as SqliteError
from sqlite3 import connect as connect_sqlite
from typing import Any

from domain.errors import StoreError
from domain.weeks import WeekName
from tasks.store.errors import StoreBusy

CONNECT_TIMEOUT_S = 5

_FILES = """
SELECT s.week, COALESCE(v.state, 'received'), COUNT(*)
FROM submissions s
LEFT JOIN (
    SELECT submission_id, state,
        ROW_NUMBER() OVER (PARTITION BY submission_id ORDER BY recorded_at DESC, id DESC) AS rank
    FROM verdicts
) v ON v.submission_id = s.id AND v.rank = 1
WHERE s.campaign = ? GROUP BY s.week, COALESCE(v.state, 'received')
"""
_REVISIONS = "SELECT week, number, recorded_at FROM revisions WHERE campaign = ? ORDER BY number"
_DELIVERIES = """
SELECT r.week, d.state, COUNT(*)
FROM deliveries d JOIN revisions r ON r.key = d.key
WHERE r.campaign = ? GROUP BY r.week, d.state
"""
_UNDELIVERED = """
SELECT r.week, r.number, d.recipient, d.state, d.attempts, d.last_error
FROM deliveries d JOIN revisions r ON r.key = d.key
WHERE r.campaign = ? AND d.state <> 'delivered'
"""


@dataclass(frozen=True, order=True)
class Undelivered:
    """A revision that a recipient (its id) has not confirmed; `last_error` is empty where nothing failed yet."""

    revision: int
    recipient: str
    state: str
    attempts: int
    last_error: str


@dataclass(frozen=True)
class WeekStatus:
    """`files` and `deliveries` count by state (SubmissionState, DeliveryState); revision 0 = none yet."""

    week: WeekName
    files: Mapping[str, int] = field(default_factory=dict)
    revision: int = 0
    issued_at: datetime | None = None
    deliveries: Mapping[str, int] = field(default_factory=dict)
    undelivered: tuple[Undelivered, ...] = ()


def week_statuses(url: str, campaign: str) -> tuple[WeekStatus, ...]:
    """Every week with a file or a revision, earliest first. Raises StoreError as `open_engine` does."""
    with _connection(url) as (connection, mark):
        files, issued, sent, owed = (
            connection.execute(query.replace("?", mark), (campaign,)).fetchall()
            for query in (_FILES, _REVISIONS, _DELIVERIES, _UNDELIVERED)
        )
    latest = {week: (number, _utc(at)) for week, number, at in issued}
    counted, delivered, undelivered = _counts(files), _counts(sent), _by_week(owed)
    return tuple(
        WeekStatus(WeekName.parse(week), counted[week], number, issued_at, delivered[week], undelivered[week])
        for week in sorted({*counted, *latest})
        for number, issued_at in [latest.get(week, (0, None))]
    )


@contextmanager
def _connection(url: str) -> Iterator[tuple[Any, str]]:
    """A connection of the driver, and how it marks a parameter."""
    scheme, _, rest = url.partition("://")
    opened = (
        _sqlite(rest.removeprefix("/")) if scheme.startswith("sqlite") else _postgres(f"postgresql://{rest}")
    )
    with opened as connection:
        yield connection, "?" if scheme.startswith("sqlite") else "%s"


@contextmanager
def _sqlite(path: str) -> Iterator[Any]:
    if not Path(path).is_file():
        raise StoreError(f"Chưa có cơ sở dữ liệu {path}. Hãy chạy: ntm db upgrade")
    try:
        with closing(connect_sqlite(path)) as connection:
            connection.execute("PRAGMA query_only = ON")
            yield connection
    except SqliteError as error:
        raise StoreError(f"Không đọc được cơ sở dữ liệu ({error}). Hãy chạy: ntm db upgrade") from error


@contextmanager
def _postgres(url: str) -> Iterator[Any]:
    import psycopg  # costs a tenth of a second, which a SQLite office need not pay

    try:
        with psycopg.connect(url, connect_timeout=CONNECT_TIMEOUT_S) as connection:
            yield connection
    except psycopg.errors.UndefinedTable as error:
        raise StoreError("Cơ sở dữ liệu chưa đúng phiên bản. Hãy chạy: ntm db upgrade") from error
    except psycopg.Error as error:
        raise StoreBusy(
            f"Không kết nối được cơ sở dữ liệu ({error}). Hãy kiểm tra máy chủ rồi chạy lại."
        ) from error


def _counts(rows: list[tuple[str, str, int]]) -> defaultdict[str, dict[str, int]]:
    counts: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for week, state, number in rows:
        counts[week][state] = number
    return counts


def _by_week(rows: list[tuple[Any, ...]]) -> defaultdict[str, tuple[Undelivered, ...]]:
    """Sorted here: databases sort text differently."""
    owed: defaultdict[str, tuple[Undelivered, ...]] = defaultdict(tuple)
    for week, *facts in sorted(rows):
        owed[week] += (Undelivered(*facts),)
    return owed


def _utc(stored: str | datetime) -> datetime:
    moment = datetime.fromisoformat(stored) if isinstance(stored, str) else stored
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
