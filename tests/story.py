"""The committed week played through the plain half-flows: the same steps as the Prefect flows, without a server."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from config.settings import InboxKind, Settings, child_environment
from domain.summary import Summary
from domain.weeks import WeekName
from flows.calling import as_functions
from flows.intake import intake
from flows.summary import hand_over, summary
from tasks.aggregate import latest_summary
from tasks.collect import collect, take_late
from tasks.store.engine import create_database
from tasks.store.schema import upgrade
from tasks.workplace import Workplace, _connected, _loaded, _opened, workplace

ROOT = Path(__file__).parents[1]
DEMO = ROOT / "deployments" / "demo"
WEEK = "2023-W15"
RECIPIENT = "vp_hdnd_ubnd"
CLOSE = datetime.fromisoformat("2023-04-12T16:30:00+07:00")
LATE_AT = datetime.fromisoformat("2023-04-13T10:20:00+07:00")
LATE_FILE = next((DEMO / "late" / WEEK / "my_thanh").iterdir())
LATE_REASON = "Xã Mỹ Thành gửi lại báo cáo đã sửa"


def settings_of(home: Path, database_url: str = "", **others: Any) -> Settings:
    """A home of its own, the committed inbox, the story's clock at the close."""
    given: dict[str, Any] = {"inbox": DEMO / "inbox", "inbox_kind": InboxKind.BACKFILL, "story_now": CLOSE}
    if database_url:
        given["database_url"] = database_url
    return Settings(home=home, **(given | others))


def forget_opened() -> None:
    """What a test before this one opened in this process."""
    for cache in (_opened, _connected, _loaded):
        cache.cache_clear()


class Story:
    """One installation on which the story is played. Settings reach the steps as they do in life: by environment."""

    def __init__(self, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        self.monkeypatch = monkeypatch
        self.settings = settings
        forget_opened()
        created = create_database(settings.database_url)
        upgrade(created)
        created.dispose()
        self.at(settings.now())

    def at(self, moment: datetime) -> None:
        """Set the story's clock."""
        self.set(story_now=moment)

    def set(self, **changed: Any) -> None:
        """Go on with other settings."""
        self.close()
        self.settings = self.settings.model_copy(update=changed)
        for name, value in child_environment(self.settings).items():
            if name.startswith("NTM_"):
                self.monkeypatch.setenv(name, value)

    def close(self) -> None:
        """Let go of the database; a process would end here."""
        if _connected.cache_info().currsize:
            _connected(self.settings.database_url).dispose()
        forget_opened()

    def weekly_run(self) -> bool:
        """What the flow weekly_summary does, without Prefect."""
        intake(as_functions(collect), as_functions)
        return self._summary()

    def late_file(
        self, file: Path = LATE_FILE, reporter: str = "my_thanh", reason: str = LATE_REASON
    ) -> bool:
        """What the flow late_submission does, without Prefect."""
        self.at(LATE_AT)
        intake([[as_functions(take_late, WEEK, reporter, str(file), None)]], as_functions)
        return self._summary(reason)

    def _summary(self, reason: str = "") -> bool:
        is_new = summary(WEEK, reason, call=as_functions)
        hand_over(WEEK, as_functions)
        return is_new

    @property
    def work(self) -> Workplace:
        return workplace()

    @property
    def summary(self) -> Summary:
        """What the latest revision says."""
        latest = latest_summary(self.work, WeekName.parse(WEEK))
        assert latest is not None
        return latest

    def folder(self, revision: int) -> Path:
        return self.settings.published / self.settings.campaign / WEEK / f"r{revision}"

    def published(self, revision: int) -> dict[str, bytes]:
        """File name -> bytes of one published revision."""
        return files_in(self.folder(revision))

    def at_the_office(self) -> dict[str, dict[str, bytes]]:
        """What the office got, by revision folder."""
        week = self.settings.office_folder / RECIPIENT / self.settings.campaign / WEEK
        return {folder.name: files_in(folder) for folder in sorted(week.iterdir())}


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
