"""How a database is opened, read, written and locked. Knows SQLite and PostgreSQL; knows no table.

Every error of a driver leaves as a StoreError that says what to do next, or as a StoreBusy where waiting
helps; only a broken constraint stays an IntegrityError, because it is a mistake of ours.
"""

import fcntl
import hashlib
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError, IntegrityError

from domain.errors import StoreError
from tasks.store.errors import StoreBusy

BUSY_TIMEOUT_MS = 30_000  # how long a SQLite writer waits for the one before it
CONNECT_TIMEOUT_S = 5
LOCK_TRIES = 1200  # times LOCK_PAUSE_S: a minute
LOCK_PAUSE_S = 0.05
UPGRADE = "Hãy chạy: ntm db upgrade"

_SQLITE_BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED")
_POSTGRES_BUSY = ("08", "40", "53", "55P03", "57P")  # connection, serialization, resources, lock, shutdown


def open_engine(url: str) -> Engine:
    """An engine for a database that is there and answers; `url` as SQLAlchemy writes it, `postgresql://` too.

    Raises StoreError where the SQLite file is missing, StoreBusy where the server does not answer.
    """
    target = _database(url)
    if target.get_backend_name() == "sqlite" and not Path(str(target.database)).is_file():
        raise StoreError(f"Chưa có cơ sở dữ liệu {target.database}. {UPGRADE}")
    engine = _engine(target)
    with reading(engine) as connection:
        connection.execute(text("SELECT 1"))
    return engine


def create_database(url: str) -> Engine:
    """The same for `ntm db upgrade`: makes the folder of a SQLite file; the upgrade makes the file."""
    target = _database(url)
    if target.get_backend_name() == "sqlite":
        Path(str(target.database)).parent.mkdir(parents=True, exist_ok=True)
    return _engine(target)


def reading(engine: Engine) -> AbstractContextManager[Connection]:
    """One consistent view of the database while it is open; blocks no writer, and cannot write."""
    return _transaction(
        engine.execution_options(ntm_reads=True)
        if engine.dialect.name == "sqlite"
        else engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    )


def writing(engine: Engine) -> AbstractContextManager[Connection]:
    """One transaction: all of it or nothing. SQLite lets in one writer at a time, the next waits."""
    return _transaction(engine)


@contextmanager
def exclusive(engine: Engine, name: str) -> Iterator[None]:
    """Held by one process at a time for this database; given back by the system when the process dies.

    Needs no clock, so a killed run never blocks the next one. Waits a minute, then raises StoreBusy.
    """
    take = _file_lock if engine.dialect.name == "sqlite" else _server_lock
    with take(engine, name):
        yield


@contextmanager
def _transaction(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as connection, connection.begin():
        yield connection


def _database(url: str) -> URL:
    target = make_url(url)
    if target.get_backend_name() == "postgresql":
        return target.set(drivername="postgresql+psycopg")
    if target.get_backend_name() != "sqlite" or target.database in (None, "", ":memory:"):
        raise StoreError(
            f"Địa chỉ cơ sở dữ liệu phải là sqlite:///TỆP hoặc postgresql://..., không phải {target}"
        )
    return target


def _engine(target: URL) -> Engine:
    if target.get_backend_name() == "postgresql":
        engine = create_engine(
            target, pool_pre_ping=True, connect_args={"connect_timeout": CONNECT_TIMEOUT_S}
        )
    else:
        engine = create_engine(target)
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "handle_error", _say_what_to_do)
    return engine


def _set_pragmas(connection: SqliteConnection, _record: object) -> None:
    connection.isolation_level = (
        None  # the driver must not begin by itself: it would begin late, and deferred
    )
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes its lock at once: a reader that begins to write would be refused, not made to wait."""
    if connection.get_execution_options().get("ntm_reads"):
        connection.exec_driver_sql("PRAGMA query_only = ON")
        connection.exec_driver_sql("BEGIN")
    else:
        connection.exec_driver_sql("PRAGMA query_only = OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def use_write_ahead_log(engine: Engine) -> None:
    """Lets readers go on beside a writer. The file remembers it, so it is set once, by the upgrade."""
    if engine.dialect.name != "sqlite":
        return
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        if isinstance(raw, SqliteConnection):
            raw.execute("PRAGMA journal_mode = WAL")


# --- errors -------------------------------------------------------------------------------------------------


def _say_what_to_do(context: ExceptionContext) -> None:
    error = context.original_exception
    of_the_driver = isinstance(
        context.sqlalchemy_exception, DBAPIError
    )  # else: a value that we refuse to store
    if context.is_pre_ping or not of_the_driver or isinstance(context.sqlalchemy_exception, IntegrityError):
        return
    raise _translated(error) from error


def _translated(error: BaseException) -> StoreError:
    why = (str(error).splitlines() or [""])[0]
    sqlite_name = str(getattr(error, "sqlite_errorname", ""))
    state = getattr(error, "sqlstate", None)
    if sqlite_name.startswith(_SQLITE_BUSY) or (state or "").startswith(_POSTGRES_BUSY):
        return StoreBusy(f"Cơ sở dữ liệu đang bận ({why}). Xin thử lại sau ít phút.")
    if sqlite_name == "SQLITE_FULL":
        return StoreError(f"Ổ đĩa chứa cơ sở dữ liệu đã đầy ({why}). Hãy giải phóng chỗ rồi chạy lại.")
    if "no such table" in why or state in ("42P01", "42703") or "no such column" in why:
        return StoreError(f"Cơ sở dữ liệu chưa đúng phiên bản ({why}). {UPGRADE}")
    if not sqlite_name and state is None and type(error).__name__ == "OperationalError":
        return StoreBusy(
            f"Không kết nối được cơ sở dữ liệu ({why}). Hãy kiểm tra máy chủ và địa chỉ rồi chạy lại."
        )
    return StoreError(f"Cơ sở dữ liệu từ chối ({why}). Hãy chạy: ntm doctor")


# --- locks --------------------------------------------------------------------------------------------------


@contextmanager
def _file_lock(engine: Engine, name: str) -> Iterator[None]:
    with Path(f"{engine.url.database}.{name}.lock").open("w") as file:
        _wait(lambda: _lock_file(file.fileno()), name)
        yield


def _lock_file(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _server_lock(engine: Engine, name: str) -> Iterator[None]:
    number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        _wait(lambda: _asked(connection, "SELECT pg_try_advisory_lock(:number)", number), name)
        try:
            yield
        finally:
            _asked(connection, "SELECT pg_advisory_unlock(:number)", number)


def _asked(connection: Connection, question: str, number: int) -> bool:
    return bool(connection.execute(text(question), {"number": number}).scalar_one())


def _wait(taken: Any, name: str) -> None:
    for _ in range(LOCK_TRIES):
        if taken():
            return
        time.sleep(LOCK_PAUSE_S)
    raise StoreBusy(f"Một tiến trình khác đang giữ khóa '{name}'. Xin thử lại sau ít phút.")
