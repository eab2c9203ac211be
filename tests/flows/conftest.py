"""The story on each kind of database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import database_url  # noqa: F401 - a fixture
from tests.story import Story, settings_of


@pytest.fixture
def story(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Story]:  # noqa: F811
    """A fresh installation on SQLite, and on PostgreSQL."""
    played = Story(settings_of(tmp_path / "home", database_url), monkeypatch)
    yield played
    played.close()
