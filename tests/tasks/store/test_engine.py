"""How a database is opened, what it is told, and what one hears when it refuses."""

import sqlite3
import threading
from contextlib import closing

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from domain.errors import StoreError
from tasks.store import engine as engine_module
from tasks.store.engine import create_database, exclusive, open_engine, reading, writing
from tasks.store.errors import StoreBusy
from tasks.store.submissions import already_taken, register
from tests.tasks.store.making import CAMPAIGN, NOON, arrival

only_sqlite = pytest.mark.parametrize("upgraded_url", ["sqlite"], indirect=True)


@only_sqlite
def test_sqlite_is_told_to_lose_nothing(engine):
    with reading(engine) as connection:
        asked = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert asked == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000}


@only_sqlite
def test_a_sqlite_writer_has_its_lock_before_it_writes(engine, upgraded_url):
    path = upgraded_url.removeprefix("sqlite:///")
    another = sqlite3.connect(path, timeout=0)
    with closing(another), writing(engine), pytest.raises(sqlite3.OperationalError, match="locked"):
        another.execute("BEGIN IMMEDIATE")


@only_sqlite
def test_a_busy_sqlite_is_something_that_can_pass(engine, upgraded_url):
    with closing(sqlite3.connect(upgraded_url.removeprefix("sqlite:///"))) as another:
        another.execute("BEGIN IMMEDIATE")
        with engine.connect() as connection:
            connection.connection.driver_connection.execute("PRAGMA busy_timeout = 0")
        with pytest.raises(StoreBusy, match="đang bận"), writing(engine):
            pass


def test_a_reader_sees_one_moment_while_others_write(engine):
    with reading(engine) as before:
        assert already_taken(before, CAMPAIGN) == {}
        with writing(engine) as connection:
            register(connection, [arrival()], NOON)
        assert already_taken(before, CAMPAIGN) == {}
    with reading(engine) as after:
        assert len(already_taken(after, CAMPAIGN)) == 1


def test_a_reader_cannot_write(engine):
    with pytest.raises(StoreError), reading(engine) as connection:
        register(connection, [arrival()], NOON)
    with writing(engine) as connection:
        assert register(connection, [arrival()], NOON)[0].is_new


def test_a_transaction_that_fails_leaves_nothing(engine):
    with pytest.raises(TypeError), writing(engine) as connection:
        register(connection, [arrival(), None], NOON)  # type: ignore[list-item] # the mistake itself
    with reading(engine) as connection:
        assert already_taken(connection, CAMPAIGN) == {}


def test_a_broken_reference_is_a_mistake_of_ours_and_stays_one(engine):
    orphan = text("INSERT INTO documents (key, name, sha256, size) VALUES ('none', 'a', 'b', 1)")
    with pytest.raises(IntegrityError), writing(engine) as connection:
        connection.execute(orphan)


def test_tables_that_are_not_there_name_the_upgrade(database_url):
    engine = create_database(database_url)
    with pytest.raises(StoreError, match="ntm db upgrade"), reading(engine) as connection:
        already_taken(connection, CAMPAIGN)
    engine.dispose()


def test_a_missing_file_names_the_upgrade_and_is_not_made(tmp_path):
    with pytest.raises(StoreError, match="ntm db upgrade"):
        open_engine(f"sqlite:///{tmp_path / 'none.db'}")
    assert not (tmp_path / "none.db").exists()


def test_a_file_that_is_no_database_is_refused_for_good(tmp_path):
    (tmp_path / "ntm.db").write_text("Kính gửi: Phòng Nông nghiệp và PTNT " * 50, encoding="utf-8")
    with pytest.raises(StoreError, match="ntm doctor") as refused:
        open_engine(f"sqlite:///{tmp_path / 'ntm.db'}")
    assert not isinstance(refused.value, StoreBusy)


def test_a_server_that_does_not_answer_can_pass_and_no_password_is_told(tmp_path):
    with pytest.raises(StoreBusy, match="Không kết nối được") as refused:
        open_engine(f"postgresql://ntm:bi-mat@/ntm?host={tmp_path}")
    assert "bi-mat" not in str(refused.value)


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://server/ntm"])
def test_a_database_that_cannot_be_a_ledger_is_refused(url):
    with pytest.raises(StoreError, match="Địa chỉ"):
        open_engine(url)


def test_a_lock_keeps_a_second_one_waiting_and_lets_it_in_afterwards(engine, monkeypatch):
    monkeypatch.setattr(engine_module, "LOCK_TRIES", 3)
    with exclusive(engine, "delivery"):
        with pytest.raises(StoreBusy, match="delivery"), exclusive(engine, "delivery"):
            pass
        with exclusive(engine, "upgrade"):
            pass  # another name is another lock
    with exclusive(engine, "delivery"):
        pass


def test_threads_may_write_at_once(engine):
    def write(number: int) -> None:
        with writing(engine) as connection:
            register(connection, [arrival(sha256=f"{number:064x}")], NOON)

    threads = [threading.Thread(target=write, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with reading(engine) as connection:
        assert len(already_taken(connection, CAMPAIGN)) == 8
