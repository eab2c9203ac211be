"""The tables: made once, whole or not at all, and the same as the code says."""

from dataclasses import fields
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import bindparam, inspect, select, text

from domain.forms import Part
from domain.submissions import PLACE_FIELDS, ROW_TYPES
from tasks.store import schema, settlements
from tasks.store.columns import UtcTime
from tasks.store.dictionary import data_dictionary
from tasks.store.engine import create_database, reading, writing
from tasks.store.schema import is_current, upgrade
from tasks.store.submissions import register
from tasks.store.tables import ROW_TABLES, Decision, metadata
from tests.tasks.store.making import NOON, arrival
from tests.tasks.store.processes import kill_when_ready, two_at_once, upgrade_and_wait, upgrade_it

REPOSITORY = Path(__file__).parents[3]


def test_an_empty_database_is_brought_to_the_tables_of_the_code(database_url):
    engine = create_database(database_url)
    assert not is_current(engine)
    upgrade(engine)
    assert is_current(engine)
    with writing(engine) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_upgrading_twice_changes_nothing(database_url):
    engine = create_database(database_url)
    upgrade(engine)
    upgrade(engine)
    assert is_current(engine)
    engine.dispose()


@pytest.mark.slow
def test_two_processes_may_upgrade_at_once(database_url):
    assert two_at_once(upgrade_it, database_url) == [True, True]


@pytest.mark.slow
def test_a_killed_upgrade_leaves_no_table_and_may_be_repeated(database_url):
    kill_when_ready(upgrade_and_wait, database_url)
    engine = create_database(database_url)
    with writing(engine) as connection:
        assert inspect(connection).get_table_names() == []
    upgrade(engine)
    assert is_current(engine)
    engine.dispose()


def test_a_database_of_another_version_is_not_current(engine):
    with writing(engine) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    assert not is_current(engine)


def test_the_head_that_is_compared_with_is_the_newest_migration():
    migrations = Path(schema.__file__).parent / "migrations"
    assert ScriptDirectory(str(migrations)).get_heads() == [schema.HEAD]


@pytest.mark.parametrize("part", list(Part))
def test_a_row_table_has_a_column_for_every_field_of_its_row(part):
    places = {"verdict_id", "position", "column_map"} | (set(PLACE_FIELDS) - {"columns"})
    typed = {field.name for field in fields(ROW_TYPES[part])} - set(PLACE_FIELDS)
    assert set(ROW_TABLES[part].columns.keys()) == places | typed


def test_every_table_and_column_says_what_it_means():
    unsaid = [
        str(thing)
        for table in metadata.tables.values()
        for thing in (table, *table.columns)
        if not (thing.comment or "").strip()
    ]
    assert unsaid == []


@pytest.mark.postgres
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_the_meaning_stands_in_the_database_itself(database_url):
    engine = create_database(database_url)
    upgrade(engine)
    with writing(engine) as connection:
        seen = inspect(connection)
        for table in metadata.tables.values():
            assert seen.get_table_comment(table.name)["text"] == table.comment
            assert {c["name"]: c["comment"] for c in seen.get_columns(table.name)} == {
                c.name: c.comment for c in table.columns
            }
    engine.dispose()


def test_the_data_dictionary_is_current():
    written = (REPOSITORY / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
    assert written == data_dictionary(), "run: python -m tasks.store.dictionary docs/data-dictionary.md"


def test_what_was_released_before_there_were_other_decisions_stays_decided(database_url):
    """The database of the version before, with a release in it."""
    engine = create_database(database_url)
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        (file,) = register(connection, [arrival()], NOON)
        connection.execute(
            text("INSERT INTO releases VALUES (:file, 'Trưởng phòng', 'ghi nhầm ngày', :now)").bindparams(
                bindparam("now", type_=UtcTime)
            ),
            {"file": file.id, "now": NOON},
        )
    upgrade(engine)
    with reading(engine) as connection:
        decided = settlements.of(connection, [file.id])
    released = settlements.Settlement(file.id, Decision.RELEASED, "Trưởng phòng", "ghi nhầm ngày")
    assert decided == {file.id: settlements.Recorded(released, NOON)}
    engine.dispose()


def as_of_0003(database_url, row):
    """The database of an earlier version with this row in it, brought to today's."""
    engine = create_database(database_url)
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
        register(connection, [arrival()], NOON)
        verdict = text(_VERDICT).bindparams(bindparam("now", type_=UtcTime))
        connection.execute(verdict, {"now": NOON})
        connection.execute(text("INSERT INTO column_maps VALUES ('none', '{}')"))
        connection.execute(text(row))
    upgrade(engine)
    return engine


def test_a_debt_recorded_before_its_programme_was_asked_for_states_none(database_url):
    engine = as_of_0003(database_url, _DEBT_OF_0003)
    with reading(engine) as connection:
        row = connection.execute(select(ROW_TABLES[Part.DEBT])).one()
    assert (row.project, row.accepted, row.in_programme) == ("Đường", 1, None)
    engine.dispose()


def test_rows_of_before_state_neither_a_result_nor_a_state_that_was_read(database_url):
    """The state stays as written."""
    engine = as_of_0003(database_url, _ROW_OF_0003)
    with reading(engine) as connection:
        row = connection.execute(select(ROW_TABLES[Part.VERIFICATION])).one()
    assert (row.dossier_state, row.state, row.result, row.result_text) == ("Đang làm", None, None, "")
    engine.dispose()


_VERDICT = (
    "INSERT INTO verdicts (id, submission_id, judged_by, state, nil, form, header, parts, findings, recorded_at) "
    "VALUES (1, 1, 'rules-1', 'accepted', false, '', '{}', '[]', '[]', :now)"
)
_ROW_OF_0003 = (
    "INSERT INTO verification_rows (verdict_id, position, sheet, row, column_map, commune, indicator, judgement, "
    "commune_said, dossier_state, lacking, province_said, proposal) "
    "VALUES (1, 0, 'Thẩm tra', 5, 'none', 'my_ha', '1.1', 'met', '', 'Đang làm', '', '', '')"
)
_DEBT_OF_0003 = (
    "INSERT INTO debt_rows (verdict_id, position, sheet, row, column_map, project, kind, decision, term, accepted, "
    "repayment, note, unit, last_digit) VALUES (1, 0, 'Nợ', 5, 'none', 'Đường', 'project', '', '', 1, '', '', 1, 1)"
)
