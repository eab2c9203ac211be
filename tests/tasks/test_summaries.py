"""Which summaries a run reads, and how often."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from domain.errors import StoreError
from tasks import summaries
from tasks.publication.summary_json import to_bytes
from tasks.store.archive import Archive
from tasks.summaries import summary_of, without_figures_of
from tests import factories

WEEK = factories.summary()
OTHER = factories.summary(revision=2)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    yield Archive(tmp_path)
    summaries._last.clear()


def damage(archive: Archive, sha256: str) -> None:
    archive.path(sha256).chmod(0o644)
    archive.path(sha256).write_bytes(b"")


def test_the_same_summary_is_read_once_and_another_takes_its_place(archive: Archive) -> None:
    one, other = (archive.put(to_bytes(week)) for week in (WEEK, OTHER))
    assert summary_of(archive, one) == WEEK
    assert summary_of(archive, one) is summary_of(archive, one)
    assert summary_of(archive, other) == OTHER
    assert len(summaries._last) == 1


def test_without_its_figures_a_summary_says_everything_else(archive: Archive) -> None:
    sha256 = archive.put(to_bytes(WEEK))
    assert without_figures_of(archive, sha256) == replace(WEEK, figures={})


def test_a_damaged_summary_is_never_read(archive: Archive) -> None:
    sha256 = archive.put(to_bytes(WEEK))
    damage(archive, sha256)
    for reading in (summary_of, without_figures_of):
        with pytest.raises(StoreError, match="bị hỏng"):
            reading(archive, sha256)
