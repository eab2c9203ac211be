"""What is dated in configuration: which entries hold on a day, when that changes, and which catalogue is asked then.

A week is what holds on its Wednesday (decision 0029).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import TypeVar
from zoneinfo import ZoneInfo

from config.campaign_files import CampaignFiles
from config.shape import is_said
from domain.dated import Dated, holds
from domain.weeks import WeekName

_DAY = timedelta(days=1)


D = TypeVar("D", bound=Dated)


def held(entries: Iterable[D], day: date) -> tuple[D, ...]:
    """Those that hold on the day."""
    return tuple(entry for entry in entries if holds(entry, day))


def aware(moment: datetime, zone: ZoneInfo) -> datetime:
    """One without an offset is local time of the campaign."""
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def changes(entries: Iterable[Dated]) -> Iterator[date]:
    """Each first day of something, and each day after the last one of something."""
    for entry in entries:
        if entry.valid_from:
            yield entry.valid_from
        if entry.valid_to and entry.valid_to < date.max:
            yield entry.valid_to + _DAY


def weeks_of(files: CampaignFiles) -> tuple[WeekName, ...]:
    """The weeks of the campaign; none where its ends could not be read."""
    first, last = files.calendar.data.first_week, files.calendar.data.last_week
    if not is_said(first, last):
        return ()
    return tuple(first.shifted(n) for n in range((last.wednesday - first.wednesday).days // 7 + 1))


@dataclass(frozen=True)
class Version:
    """The files as if they had one catalogue alone, and when it holds."""

    files: CampaignFiles
    valid_from: date | None = None
    valid_to: date | None = None


def versions(files: CampaignFiles) -> tuple[Version, ...]:
    """Every catalogue of the campaign, one after the other."""
    entries = files.campaign.data.later_catalogues
    if not entries:
        return (Version(files),)
    begins = [None, *(entry.valid_from for entry in entries)]
    ends = [start - _DAY if start and start > date.min else start for _, start in pairwise([*begins, None])]
    catalogues = (files.catalogue, *files.later_catalogues)
    alone = [replace(files, catalogue=one, later_catalogues=()) for one in catalogues]
    return tuple(Version(*each) for each in zip(alone, begins, ends, strict=True))
