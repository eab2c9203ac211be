"""Brings a database to the tables of this version, and says whether it is there. Knows Alembic, no row."""

from pathlib import Path

from sqlalchemy import Engine, inspect, text

from tasks.store.engine import exclusive, reading, use_write_ahead_log, writing

# The newest of migrations/versions; a test compares. `is_current` must not pay for importing Alembic.
HEAD = "0006"


def upgrade(engine: Engine) -> None:
    """All missing migrations in one transaction. Twice, or in two processes at once, does them once."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    with exclusive(engine, "upgrade"):
        use_write_ahead_log(engine)
        with writing(engine) as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def is_current(engine: Engine) -> bool:
    """Whether the tables are those of this code: neither older nor newer."""
    with reading(engine) as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == [HEAD]
