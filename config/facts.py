"""The door of the room: a campaign's folder in, domain objects out; or every mistake with file and line."""

from collections.abc import Mapping
from pathlib import Path

from config.build import build_campaign
from config.campaign_files import CampaignFiles, read_campaign, read_messages, with_holidays_of
from config.checks import all_mistakes
from config.checks_of_words import mistakes_of_messages
from config.messages import Message, messages_of
from config.mistakes import ConfigMistakes, Mistake
from domain.campaign import Campaign

CONFIG_ROOT = Path(__file__).parent


def load_campaign(campaign_id: str, root: Path = CONFIG_ROOT) -> Campaign:
    """The campaign as its files say now. Raises ConfigMistakes (a ConfigError): all mistakes of all files."""
    return build_campaign(_sound_files(campaign_id, root))


def load_campaign_for(year: int, campaign_id: str, root: Path = CONFIG_ROOT) -> Campaign:
    """The same with the days off of a year that the campaign need not reach. Raises ConfigMistakes, also where that
    year's file is not there."""
    files, mistakes = with_holidays_of(_sound_files(campaign_id, root), year, root)
    if mistakes:
        raise ConfigMistakes(mistakes)
    return build_campaign(files)


def campaign_files(campaign_id: str, root: Path = CONFIG_ROOT) -> Mapping[str, bytes]:
    """The bytes a campaign is loaded from, by name relative to `root`. Raises ConfigMistakes.

    Written into an empty folder they load again, with the same config_hash.
    """
    return _sound_files(campaign_id, root).contents


def check(root: Path, campaign_id: str) -> tuple[Mistake, ...]:
    """All mistakes, sorted by file and line; empty = the campaign loads."""
    return tuple(sorted(set(_read(campaign_id, root)[1])))


def load_messages(root: Path = CONFIG_ROOT) -> Mapping[str, Message]:
    """The sentence of every finding code. Raises ConfigMistakes."""
    document, mistakes = read_messages(root)
    mistakes = (*mistakes, *mistakes_of_messages(document))
    if mistakes:
        raise ConfigMistakes(mistakes)
    return messages_of(document.data)


def _sound_files(campaign_id: str, root: Path) -> CampaignFiles:
    files, mistakes = _read(campaign_id, root)
    if mistakes or files is None:
        raise ConfigMistakes(mistakes)
    return files


def _read(campaign_id: str, root: Path) -> tuple[CampaignFiles | None, tuple[Mistake, ...]]:
    files, mistakes = read_campaign(campaign_id, root)
    return files, (*mistakes, *(all_mistakes(files) if files else ()))
