"""What must stand before a server is started: said in a second instead of after a failed run.

Imports nothing heavy at the top: `ntm status` takes a question from here.
"""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from config.facts import load_campaign, load_messages
from config.settings import InboxKind, Settings, load_settings
from deployments.cli.speaking import silence_events
from domain.campaign import Campaign
from domain.errors import ConfigError, StoreError
from domain.telling import why_refused
from domain.weeks import WeekName, week_named

if TYPE_CHECKING:
    from tasks.workplace import Workplace


def require_week(week: str | None) -> WeekName | None:
    """The week that the caller named, if any. Raises UserError for one that is none."""
    return None if week is None else week_named(week)


def require_sound(settings: Settings) -> Campaign:
    """The campaign, and a home that can be written. Raises ConfigError with every mistake, StoreError."""
    if settings.story_now and settings.inbox_kind is InboxKind.FOLDER:
        raise ConfigError(
            "NTM_STORY_NOW chỉ dùng cùng NTM_INBOX_KIND=backfill: với thư mục thường, mọi tệp đều đến sau giờ ấy."
        )
    campaign = load_campaign(settings.campaign, settings.config_root)
    load_messages(settings.config_root)
    require_home(settings.home)
    return campaign


def require_home(home: Path) -> None:
    """The folder of everything we keep can be written, or made. Leaves no trace. Raises StoreError."""
    try:
        there = next(folder for folder in (home, *home.parents) if folder.exists())
        with tempfile.TemporaryFile(dir=there):
            pass
    except OSError as error:
        raise StoreError(
            f"Không ghi được vào thư mục {home} ({why_refused(error)}). "
            "Hãy cấp quyền ghi, hoặc đặt NTM_HOME là một thư mục khác."
        ) from error


def require_database(settings: Settings) -> None:
    """Raises StoreError where the database isn't there or isn't of this version."""
    from tasks.store.engine import UPGRADE, open_engine
    from tasks.store.schema import is_current

    engine = open_engine(settings.database_url)
    try:
        if not is_current(engine):
            raise StoreError(f"Cơ sở dữ liệu chưa đúng phiên bản. {UPGRADE}")
    finally:
        engine.dispose()


def opened() -> "Workplace":
    """What a command works on that needs the ledger and no server. Raises ConfigError, StoreError."""
    from tasks.workplace import workplace

    settings = load_settings()
    require_sound(settings)
    require_database(settings)
    silence_events()
    return workplace()
