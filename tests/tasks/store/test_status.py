"""How each week stands, asked without SQLAlchemy."""

import subprocess
import sys

import pytest

from domain.errors import StoreError
from domain.submissions import SubmissionState
from tasks.store.deliveries import mark_delivered, mark_failed
from tasks.store.engine import create_database, writing
from tasks.store.errors import StoreBusy
from tasks.store.publications import record_revision
from tasks.store.status import Undelivered, WeekStatus, week_statuses
from tasks.store.submissions import register
from tests.tasks.store.making import (
    CAMPAIGN,
    HOUR,
    NOON,
    SHA,
    W14,
    W15,
    W16,
    arrival,
    configure,
    revision,
    take_in,
)


def test_each_week_with_a_file_or_a_revision_is_told(engine, upgraded_url):
    configure(engine)
    take_in(engine, arrival(sha256=SHA["a"]), {}, state=SubmissionState.RETURNED, judged_by="rules-1")
    take_in(engine, arrival(sha256=SHA["a"]), {}, at=NOON + HOUR, judged_by="rules-2")
    take_in(engine, arrival(sha256=SHA["b"]), {}, state=SubmissionState.QUARANTINED)
    with writing(engine) as connection:
        register(connection, [arrival(week=W16), arrival(campaign="khac")], NOON)
        record_revision(connection, revision(2, recorded_at=NOON + 3 * HOUR), ["van-phong", "huyen-uy"])
        record_revision(connection, revision(1), ["van-phong"])
        record_revision(connection, revision(1, week=W14), [])
        mark_delivered(connection, revision(1).key, "van-phong", receipt="số 12", now=NOON)
        mark_failed(connection, revision(2).key, "van-phong", error="mã 401", can_pass=False)
    undelivered = (
        Undelivered(2, "huyen-uy", "pending", 0, ""),
        Undelivered(2, "van-phong", "refused", 0, "mã 401"),
    )
    assert week_statuses(upgraded_url, CAMPAIGN) == (
        WeekStatus(W14, {}, 1, NOON + HOUR, {}),
        WeekStatus(
            W15,
            {"accepted": 1, "quarantined": 1},
            2,
            NOON + 3 * HOUR,
            {"delivered": 1, "pending": 1, "refused": 1},
            undelivered,
        ),
        WeekStatus(W16, {"received": 1}, 0, None, {}),
    )


def test_a_database_without_tables_names_the_upgrade(database_url):
    engine = create_database(database_url)
    with writing(engine):
        pass  # the SQLite file is there now
    engine.dispose()
    with pytest.raises(StoreError, match="ntm db upgrade"):
        week_statuses(database_url, CAMPAIGN)


def test_a_missing_database_names_the_upgrade(tmp_path):
    with pytest.raises(StoreError, match="ntm db upgrade"):
        week_statuses(f"sqlite:///{tmp_path / 'none.db'}", CAMPAIGN)
    assert not (tmp_path / "none.db").exists()


def test_a_server_that_does_not_answer_can_pass(tmp_path):
    with pytest.raises(StoreBusy):
        week_statuses(f"postgresql://ntm@/ntm?host={tmp_path}", CAMPAIGN)


def test_to_ask_imports_nothing_slow():
    asked = "import sys, tasks.store.status; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"sqlalchemy", "alembic", "psycopg", "pandas", "prefect"} & set(loaded)
