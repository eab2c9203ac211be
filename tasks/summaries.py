"""Summaries out of the archive. The one that was read last stays: a run's steps ask for the same one after the other.

Its figures stay on the disk. Knows no Prefect.
"""

from pathlib import Path

from domain.summary import Summary
from tasks.publication.summary_json import read, read_around
from tasks.store.archive import Archive

_last: dict[tuple[Path, str], Summary] = {}


def summary_of(archive: Archive, sha256: str) -> Summary:
    """Checked against its hash when it is read. Raises StoreError where it is absent or damaged."""
    key = (archive.root, sha256)
    known = _last.get(key)
    if known is None:
        _last.clear()  # before the next one is read
        with archive.opened(sha256) as file:
            known = read(file)
        _last[key] = known
    return known


def without_figures_of(archive: Archive, sha256: str) -> Summary:
    """The same with an empty `figures`: who reported, what was decided, and what it was compared with."""
    known = _last.get((archive.root, sha256))
    if known:
        return known
    with archive.opened(sha256) as file:
        return read_around(file)
