"""What waits in an inbox: which file, of whom, for which week, received when. Reads no content, moves and
writes nothing.

Layout of a folder: <root>/<week>/<reporter>/<file>. Whether the reporter is known, and whether a file was
taken before, others decide: the ledger, not the folder, remembers.
"""

import os
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import yaml

from domain.errors import IntakeError
from domain.telling import why_refused
from domain.vietnamese import vi_moment
from domain.weeks import week_or_none, why_no_week

RECEIVED = "received.yaml"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten thousand lines in half a second, not in three
_NEXT_RUN = "lượt chạy sau sẽ nhận."
_UNFINISHED = (".part", ".partial", ".crdownload", ".tmp", ".filepart", ".lock")


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


@dataclass(frozen=True)
class LeftOut:
    """What lies in the inbox and is not taken in. `path` from the inbox on; `why` is Vietnamese and says what to do."""

    path: str
    why: str


class Inbox(Protocol):
    """Any door that reports come in by."""

    def waiting(self) -> Iterator[Arrival | LeftOut]:
        """Everything that lies there, also what was taken before; always in the same order."""
        ...


@dataclass(frozen=True)
class FolderInbox:
    """A folder that offices save into; `now` is the run's clock.

    A file came when it last changed on the disk; whether it was seen before that, the ledger knows.
    """

    root: Path
    zone: ZoneInfo
    now: datetime
    settled_after: timedelta = timedelta(seconds=10)

    def waiting(self) -> Iterator[Arrival | LeftOut]:
        """A file that changed within `settled_after` may be half written; it waits for the next run, and so does one
        that came after the run's clock.
        """
        for found in _found(self.root):
            yield from [found] if isinstance(found, LeftOut) else self._settled(found)

    def _settled(self, path: Path) -> Iterator[Arrival | LeftOut]:
        try:
            # Never mtime: a copy keeps the one of the original, and anybody can set it.
            changed_at = datetime.fromtimestamp(path.lstat().st_ctime, self.zone)
        except OSError as error:
            yield LeftOut(_from(self.root, path), unreadable(error))
            return
        age = self.now - changed_at
        if age >= self.settled_after:
            yield _arrival(path, changed_at)
        elif age >= timedelta(0):
            seconds = int(self.settled_after.total_seconds())
            yield LeftOut(_from(self.root, path), f"Tệp vừa được chép, chưa đủ {seconds} giây; {_NEXT_RUN}")
        else:
            clock = vi_moment(self.now, self.zone)
            yield LeftOut(_from(self.root, path), f"Tệp đến sau giờ của lượt chạy ({clock}); {_NEXT_RUN}")


@dataclass(frozen=True)
class BackfillInbox:
    """A folder of past weeks: when each file came is stated by a named person in <root>/received.yaml."""

    root: Path

    def waiting(self) -> Iterator[Arrival | LeftOut]:
        """Raises IntakeError that lists every file without a statement, before the first is handed out."""
        found = list(_found(self.root))
        stated = _statements(self.root / RECEIVED)
        keys = {path: _key(_from(self.root, path)) for path in found if isinstance(path, Path)}
        unstated = [key for key in keys.values() if key not in stated]
        if unstated:
            raise IntakeError(
                f"{RECEIVED} chưa ghi thời điểm nhận của: {', '.join(unstated)}. Hãy ghi thêm cho mỗi tệp, "
                f"ví dụ: {unstated[0]}: {{received_at: '2023-04-12T08:40:00+07:00', stated_by: Văn thư}}"
            )
        for one in found:
            yield one if isinstance(one, LeftOut) else _arrival(one, *stated[keys[one]])


def unreadable(error: OSError) -> str:
    """Why a file or folder could not be read, and what to do."""
    if isinstance(error, PermissionError):
        return "Hệ thống không có quyền đọc; hãy cấp quyền đọc."
    if isinstance(error, FileNotFoundError):
        return "Tệp không còn ở đó; hãy chép lại nếu vẫn cần nộp."
    return f"Không đọc được ({why_refused(error)}); hãy kiểm tra ổ đĩa rồi chép lại."


def _arrival(path: Path, received_at: datetime, stated_by: str = "") -> Arrival:
    return Arrival(
        reporter=path.parent.name,
        week=path.parent.parent.name,
        file_name=unicodedata.normalize("NFC", path.name),
        path=path,
        received_at=received_at,
        stated_by=stated_by,
    )


def _from(root: Path, path: Path | str) -> str:
    return Path(path).relative_to(root).as_posix()


_Found = Iterator[Path | LeftOut]


def _found(root: Path) -> _Found:
    """Every file, by week, reporter and name, whatever order the disk lists them in; what is not at its place is
    left out. Raises IntakeError without an inbox.
    """
    try:
        os.scandir(root).close()
    except OSError as error:
        raise IntakeError(
            f"Không mở được hộp thư đến {root}. Hãy tạo thư mục, cấp quyền đọc hoặc đặt NTM_INBOX."
        ) from error
    for found in _in(root, _at_root):
        yield replace(found, path=_key(_from(root, found.path))) if isinstance(found, LeftOut) else found


def _at_root(entry: os.DirEntry[str]) -> _Found:
    if not entry.is_dir(follow_symlinks=False):
        if entry.name != RECEIVED:
            yield LeftOut(entry.path, "Tệp nằm ngoài thư mục tuần; hãy chuyển vào <tuần>/<đơn vị>/.")
    elif week_or_none(entry.name):
        yield from _in(entry.path, _in_week)
    else:
        yield LeftOut(entry.path, f"Tên thư mục không phải là tuần: {why_no_week(entry.name)}")


def _in_week(entry: os.DirEntry[str]) -> _Found:
    if entry.is_dir(follow_symlinks=False):
        yield from _in(entry.path, _of_reporter)
    else:
        yield LeftOut(entry.path, "Tệp nằm ngoài thư mục đơn vị; hãy chuyển vào thư mục của đơn vị.")


def _of_reporter(entry: os.DirEntry[str]) -> _Found:
    if entry.is_file(follow_symlinks=False):
        yield Path(entry.path)
    else:
        yield LeftOut(entry.path, "Không phải là tệp thường; hãy đặt tệp ngay trong thư mục của đơn vị.")


def _in(folder: Path | str, of_entry: Callable[[os.DirEntry[str]], _Found]) -> _Found:
    """What lies in a folder, sorted. Symbolic links lead out of the inbox, so none is followed, not even
    inside it.
    """
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: _key(entry.name))
    except OSError as error:
        yield LeftOut(str(folder), unreadable(error))
        return
    for entry in entries:
        if entry.is_symlink():
            yield LeftOut(entry.path, "Là liên kết nên không được mở; hãy chép chính tệp vào.")
        elif not _is_temporary(entry.name):
            yield from of_entry(entry)


def _is_temporary(name: str) -> bool:
    """Lock files of Excel (~$) and LibreOffice (.~lock), hidden files, unfinished downloads."""
    return name.startswith((".", "~$")) or name.casefold().endswith(_UNFINISHED)


def _key(path: str) -> str:
    """One writing of a path: some systems hand out decomposed file names."""
    return unicodedata.normalize("NFC", path)


def _statements(path: Path) -> Mapping[str, tuple[datetime, str]]:
    """Path from the root -> when it came, and who says so. Raises IntakeError that lists every line that is
    no statement.
    """
    if not path.is_file():
        raise IntakeError(f"Không có {path}. Hãy ghi trong đó mỗi tệp đến lúc nào và ai xác nhận.")
    try:
        lines = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER) or {}
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise IntakeError(f"{path} không đúng dạng YAML: {error}. Hãy sửa rồi chạy lại.") from error
    if not isinstance(lines, dict):
        raise IntakeError(f"{path} phải ghi received_at và stated_by cho từng tệp. Hãy sửa rồi chạy lại.")
    stated = {_key(str(name)): _statement(line) for name, line in lines.items()}
    wrong = [name for name, statement in stated.items() if statement is None]
    if wrong:
        raise IntakeError(
            f"{path}: thiếu received_at có múi giờ hoặc thiếu stated_by ở: {', '.join(wrong)}. Hãy ghi bổ sung."
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
