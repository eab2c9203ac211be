"""What happens in the sample campaign, in order of time: weeks close, and people act (story/acts.yaml). Starts nothing.

A folder with inbox/, late/ and story/ tells one campaign; paths in acts.yaml are <week>/<reporter>/<file>, below late/,
of a release below inbox/.
"""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from domain.calendar import Calendar
from domain.errors import UserError
from domain.weeks import WeekName, week_named

ACTS = Path("story") / "acts.yaml"


@dataclass(frozen=True, kw_only=True)
class Act:
    """Something that happened to a week; `at` is aware."""

    at: datetime
    week: WeekName


@dataclass(frozen=True, kw_only=True)
class Close(Act):
    """The weekly run."""


@dataclass(frozen=True, kw_only=True)
class Late(Act):
    """A file that came after the close."""

    reporter: str
    file: Path
    reason: str


@dataclass(frozen=True, kw_only=True)
class Republish(Act):
    """The week is looked at again."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class ReleaseFile(Act):
    """Somebody answers for a file in quarantine; then its week is looked at again."""

    reporter: str
    file: Path
    by: str
    reason: str


def sample_weeks(folder: Path) -> tuple[str, ...]:
    """The weeks that have files, in order."""
    return tuple(sorted(one.name for one in (folder / "inbox").iterdir() if one.is_dir()))


def acts_of(folder: Path, calendar: Calendar) -> tuple[Act, ...]:
    """Everything that happens, a close before what people do at the same moment.

    Raises UserError for a line of acts.yaml that can't be done, above all one about a week without files.
    """
    weeks = [WeekName.parse(name) for name in sample_weeks(folder)]
    closes = [Close(at=calendar.close(week), week=week) for week in weeks]
    return tuple(sorted((*closes, *_told(folder)), key=lambda act: act.at))


def _told(folder: Path) -> list[Act]:
    path = folder / ACTS
    lines = yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else None
    return [_act(folder, line) for line in lines or ()]


def _act(folder: Path, line: Mapping[str, Any]) -> Act:
    """Raises UserError that repeats the line."""
    try:
        at = _moment(line["at"])
        (kind,) = _KINDS.keys() & line.keys()
        if line.keys() - {"at", "reason", kind, *_ALSO.get(kind, ())}:
            raise KeyError("more than is known")  # a comma that nobody quoted cuts a reason in two
        act = _KINDS[kind](folder, at, line)
    except (KeyError, TypeError, ValueError) as error:
        said = "cần at (có múi giờ), reason và một trong late, republish, release (kèm by)"
        raise UserError(f"{ACTS}: {said}: {line}") from error
    if str(act.week) not in sample_weeks(folder):
        there = ", ".join(sample_weeks(folder))
        raise UserError(f"{ACTS}: tuần {act.week} không có tệp mẫu (có: {there}): {line}")
    return act


def _moment(said: str) -> datetime:
    at = datetime.fromisoformat(said)
    if at.tzinfo is None:
        raise ValueError(said)
    return at


def _late(folder: Path, at: datetime, line: Mapping[str, Any]) -> Act:
    week, reporter, file = _file(folder / "late", line["late"])
    return Late(at=at, week=week, reporter=reporter, file=file, reason=line["reason"])


def _republish(_folder: Path, at: datetime, line: Mapping[str, Any]) -> Act:
    return Republish(at=at, week=week_named(line["republish"]), reason=line["reason"])


def _release(folder: Path, at: datetime, line: Mapping[str, Any]) -> Act:
    week, reporter, file = _file(folder / "inbox", line["release"])
    return ReleaseFile(at=at, week=week, reporter=reporter, file=file, by=line["by"], reason=line["reason"])


_KINDS: Mapping[str, Callable[[Path, datetime, Mapping[str, Any]], Act]] = {
    "late": _late,
    "republish": _republish,
    "release": _release,
}


_ALSO = {"release": ("by",)}


def _file(root: Path, said: str) -> tuple[WeekName, str, Path]:
    """A disk may spell the marks of a Vietnamese name in two characters, where the line has one."""
    week, reporter, name = said.split("/")
    folder = root / week / reporter
    for path in folder.iterdir() if folder.is_dir() else ():
        if unicodedata.normalize("NFC", path.name) == unicodedata.normalize("NFC", name):
            return week_named(week), reporter, path
    raise UserError(f"{ACTS}: không có tệp {root.name}/{said}.")
