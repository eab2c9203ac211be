"""What waits in an inbox: which file, of whom, for which week, received when. Reads no content, moves and
writes nothing.

Layout of a folder: <root>/<week>/<reporter>/<file>. Whether the reporter is known, and whether a file was
taken before, others decide: the ledger, not the folder, remembers.
"""

import logging
import os
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import yaml

from domain.errors import IntakeError
from domain.weeks import WeekName

RECEIVED = "received.yaml"
_UNFINISHED = (".part", ".partial", ".crdownload", ".tmp", ".filepart", ".lock")
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Arrival:
    """One waiting file. `received_at` is aware and decides lateness; `stated_by` names who stated it in a
    back-fill.
    """

    reporter: str
    week: str
    file_name: str
    path: Path
    received_at: datetime
    stated_by: str = ""


class Inbox(Protocol):
    """Any door that reports come in by."""

    def waiting(self) -> Iterator[Arrival]:
        """Everything that lies there, also what was taken before; always in the same order."""
        ...


@dataclass(frozen=True)
class FolderInbox:
    """A folder that offices save into. `first_seen` is what the ledger knows of a path; `now` is the run's
    clock.
    """

    root: Path
    zone: ZoneInfo
    first_seen: Callable[[Path], datetime | None]
    now: datetime
    settled_after: timedelta = timedelta(seconds=10)

    def waiting(self) -> Iterator[Arrival]:
        """A file that changed within `settled_after` may be half written; it waits for the next run."""
        for path in _files(self.root):
            # Never mtime: a copy keeps the one of the original, and anybody can set it.
            changed_at = datetime.fromtimestamp(path.lstat().st_ctime, self.zone)
            if self.now - changed_at < self.settled_after:
                continue
            received_at = min(self.first_seen(path) or self.now, changed_at)
            yield _arrival(path, received_at.astimezone(self.zone))


@dataclass(frozen=True)
class BackfillInbox:
    """A folder of past weeks: when each file came is stated by a named person in <root>/received.yaml."""

    root: Path

    def waiting(self) -> Iterator[Arrival]:
        """Raises IntakeError that lists every file without a statement, before the first is handed out."""
        paths = list(_files(self.root))
        stated = _statements(self.root / RECEIVED)
        keys = [_key(path.relative_to(self.root).as_posix()) for path in paths]
        unstated = [key for key in keys if key not in stated]
        if unstated:
            raise IntakeError(
                f"{RECEIVED} does not state when these came: {', '.join(unstated)}. Add a line for each."
            )
        for key, path in zip(keys, paths, strict=True):
            received_at, stated_by = stated[key]
            yield _arrival(path, received_at, stated_by)


def _arrival(path: Path, received_at: datetime, stated_by: str = "") -> Arrival:
    return Arrival(
        reporter=path.parent.name,
        week=path.parent.parent.name,
        file_name=unicodedata.normalize("NFC", path.name),
        path=path,
        received_at=received_at,
        stated_by=stated_by,
    )


def _files(root: Path) -> Iterator[Path]:
    """Every file at its place, by week, reporter and name, whatever order the disk lists them in."""
    if not root.is_dir():
        raise IntakeError(f"There is no inbox at {root}. Create the folder or set NTM_INBOX.")
    for week in _entries(root):
        if not week.is_dir(follow_symlinks=False):
            continue
        if not _is_week(week.name):
            _log.warning("inbox folder left out: not named like a week", extra={"path": week.path})
            continue
        for reporter in _entries(week.path):
            if reporter.is_dir(follow_symlinks=False):
                yield from (Path(entry.path) for entry in _entries(reporter.path) if _is_report(entry))
            else:
                _log.warning("inbox entry left out: in no reporter's folder", extra={"path": reporter.path})


def _entries(folder: Path | str) -> list[os.DirEntry[str]]:
    """What lies in a folder, sorted. Symbolic links lead out of the inbox, so none is followed, not even
    inside it.
    """
    with os.scandir(folder) as listing:
        entries = sorted(listing, key=lambda entry: _key(entry.name))
    for entry in entries:
        if entry.is_symlink():
            _log.warning("inbox entry left out: a symbolic link", extra={"path": entry.path})
    return [entry for entry in entries if not entry.is_symlink() and not _is_temporary(entry.name)]


def _is_report(entry: os.DirEntry[str]) -> bool:
    if entry.is_file(follow_symlinks=False):
        return True
    _log.warning("inbox entry left out: no plain file", extra={"path": entry.path})
    return False


def _is_temporary(name: str) -> bool:
    """Lock files of Excel (~$) and LibreOffice (.~lock), hidden files, unfinished downloads."""
    return name.startswith((".", "~$")) or name.casefold().endswith(_UNFINISHED)


def _is_week(name: str) -> bool:
    try:
        WeekName.parse(name)
    except ValueError:
        return False
    return True


def _key(path: str) -> str:
    """One writing of a path: some systems hand out decomposed file names."""
    return unicodedata.normalize("NFC", path)


def _statements(path: Path) -> Mapping[str, tuple[datetime, str]]:
    """Path from the root -> when it came, and who says so. Raises IntakeError that lists every line that is
    no statement.
    """
    if not path.is_file():
        raise IntakeError(f"{path} is not there. State in it when each file came, and who says so.")
    try:
        lines = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise IntakeError(f"{path} is no YAML: {error}. Mend it and run again.") from error
    if not isinstance(lines, dict):
        raise IntakeError(f"{path} must map each file to received_at and stated_by. Mend it and run again.")
    stated = {_key(str(name)): _statement(line) for name, line in lines.items()}
    wrong = [name for name, statement in stated.items() if statement is None]
    if wrong:
        raise IntakeError(
            f"{path}: no received_at with a time zone, or no stated_by, for: {', '.join(wrong)}."
        )
    return {name: statement for name, statement in stated.items() if statement is not None}


def _statement(line: Any) -> tuple[datetime, str] | None:
    """A time without its zone states nothing, a time nobody stands for neither. (YAML turns unquoted times to
    UTC.)
    """
    if not isinstance(line, dict) or not line.get("stated_by"):
        return None
    try:
        received_at = datetime.fromisoformat(str(line.get("received_at")))
    except ValueError:
        return None
    return (received_at, str(line["stated_by"])) if received_at.tzinfo else None
