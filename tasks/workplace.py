"""What every step works with: settings, campaign, database, archive. Opened once a process, not carried in parameters.

Tasks hand each other ids and hashes; a process that Prefect starts anew opens its own workplace from the settings.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from config.facts import load_campaign, load_messages
from config.messages import Message
from config.settings import Settings, load_settings
from domain.campaign import Campaign
from domain.figures.build import Stamp
from tasks.intake.workbook import ReadLimits
from tasks.store.archive import Archive
from tasks.store.engine import Engine, open_engine
from tasks.version import code_version, rules_hash


@dataclass(frozen=True)
class Workplace:
    """The open doors of one campaign on this machine."""

    settings: Settings
    campaign: Campaign
    messages: Mapping[str, Message]
    engine: Engine
    archive: Archive

    @property
    def stamp(self) -> Stamp:
        """What every revision made here names."""
        return Stamp(self.campaign.config_hash, code_version())

    @property
    def judged_by(self) -> str:
        """What every verdict made here names: configuration and rules."""
        return f"{self.campaign.config_hash}/{rules_hash()}"

    @property
    def read_limits(self) -> ReadLimits:
        return limits_of(self.settings)

    def now(self) -> datetime:
        """The injected clock: aware, UTC."""
        return self.settings.now()


def limits_of(settings: Settings) -> ReadLimits:
    """What the reading child may use."""
    return ReadLimits(
        memory_bytes=settings.reader_memory_mb << 20,
        cpu_seconds=settings.reader_cpu_seconds,
        wall_seconds=settings.reader_wall_seconds,
    )


def workplace() -> Workplace:
    """The workplace of the current settings. Raises ConfigError with every mistake, StoreError without a database."""
    return _opened(load_settings())


def workplace_of(settings: Settings) -> Workplace:
    """The same of given settings: for a door that plays a story and changes the clock from act to act."""
    return _opened(settings)


def campaign() -> Campaign:
    """The campaign of the current settings, also where the database can't be reached. Raises ConfigError."""
    settings = load_settings()
    return _loaded(settings.campaign, settings.config_root)


def now() -> datetime:
    """The injected clock: aware, UTC."""
    return load_settings().now()


@lru_cache(maxsize=4)
def _loaded(campaign_id: str, config_root: Path) -> Campaign:
    return load_campaign(campaign_id, config_root)


@lru_cache(maxsize=4)
def _connected(database_url: str) -> Engine:
    """Not once for each clock of a played story: an engine that nobody holds any more leaves its connections open."""
    return open_engine(database_url)


@lru_cache(maxsize=4)
def _opened(settings: Settings) -> Workplace:
    return Workplace(
        settings=settings,
        campaign=_loaded(settings.campaign, settings.config_root),
        messages=load_messages(settings.config_root),
        engine=_connected(settings.database_url),
        archive=Archive(settings.archive),
    )
