"""A campaign of any size, for tests and measurements: python -m deployments.demo.any_size FOLDER --reporters 200

Writes FOLDER/config (a whole configuration, campaign `any-size`) and FOLDER/inbox with its received.yaml. The same
reporters, weeks and seed give the same bytes. What each unit does in each week is planted here and nowhere else.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from random import Random

from config.facts import load_campaign
from deployments.demo import any_stories
from deployments.demo.any_roster import Commune, communes, write_configuration
from deployments.demo.any_stories import AGENCIES, ANYBODY
from deployments.demo.packed import Mould, mould_of
from deployments.demo.sheets import sheets_of
from deployments.demo.stories import SentFile, Story, scenery
from deployments.demo.tables import Telling
from deployments.demo.workbooks import Stamp, by_xlsxwriter
from domain.calendar import Calendar
from domain.weeks import WeekName

_FIRST_WEEK = WeekName.parse("2023-W15")
_TEMPLATES = 48  # so many different reports a week, the sender apart; each takes 0.1 s
_STATED_BY = "Văn thư Phòng Nông nghiệp và PTNT"


class Planted(StrEnum):
    """What a unit does in a week. A nil report counts as on time."""

    ON_TIME = "on_time"
    LATE = "late"  # after the deadline, before the close
    NIL = "nil"
    MISSING = "missing"
    RETURNED = "returned"  # one wrong cell
    QUARANTINED = "quarantined"  # its header names the week before


# Of a hundred communes; the others report on time. Each happens where at least as many communes are as kinds here.
_SHARES = {
    Planted.LATE: 8,
    Planted.NIL: 4,
    Planted.MISSING: 4,
    Planted.RETURNED: 2,
    Planted.QUARANTINED: 2,
}
_NOT_COUNTED = (Planted.MISSING, Planted.RETURNED, Planted.QUARANTINED)


@dataclass(frozen=True)
class AnySize:
    """`reporters`: the communes and the same eight agencies; 11 as in the sample, 10,600 for the whole country."""

    reporters: int
    weeks: int = 1
    seed: int = 1

    def __post_init__(self) -> None:
        if self.reporters <= len(AGENCIES) or self.weeks < 1:
            raise ValueError(f"{self}: cần ít nhất {len(AGENCIES) + 1} đơn vị và một tuần")

    @cached_property
    def communes(self) -> tuple[Commune, ...]:
        return communes(self.reporters - len(AGENCIES))

    @property
    def names(self) -> tuple[WeekName, ...]:
        """The weeks, in order."""
        return tuple(_FIRST_WEEK.shifted(n) for n in range(self.weeks))

    def planted(self, number: int) -> Mapping[str, Planted]:
        """Reporter -> what it does in the `number`-th week from 0. Everybody's turn comes in another week."""
        done = self._turns(number)
        reported = {
            c for n in range(number) for c, kind in self._turns(n).items() if kind not in _NOT_COUNTED
        }
        # Nil refers to an earlier report; who has none sends a whole one.
        early = [c for c, kind in done.items() if kind is Planted.NIL and c not in reported]
        return done | dict.fromkeys((*AGENCIES, *early), Planted.ON_TIME)

    def _turns(self, number: int) -> dict[str, Planted]:
        kinds, size = self._kinds, len(self.communes)
        return {self.communes[at].id: kinds[(place + number) % size] for place, at in enumerate(self._order)}

    @cached_property
    def _order(self) -> list[int]:
        return Random(f"{self.seed}").sample(range(len(self.communes)), len(self.communes))

    @cached_property
    def _kinds(self) -> list[Planted]:
        """One for each commune. A late one stands before a nil one: who gets it next has reported."""
        size = len(self.communes)
        if size <= len(_SHARES):
            return [Planted.ON_TIME] * size
        rare = [kind for kind, share in _SHARES.items() for _ in range(max(1, size * share // 100))]
        return rare + [Planted.ON_TIME] * (size - len(rare))


def generate(size: AnySize, into: Path) -> None:
    """Write configuration and inbox into an empty or absent folder."""
    write_configuration(size.communes, str(size.names[-1]), into / "config")
    calendar = load_campaign("my-loc-2023").calendar
    received: dict[str, datetime] = {}
    for number, week in enumerate(size.names):
        for path, content, received_at in _files(size, number, calendar):
            place = into / "inbox" / str(week) / path
            place.parent.mkdir(parents=True)
            place.write_bytes(content)
            received[f"{week}/{path}"] = received_at
    lines = (_receipt(path, received_at) for path, received_at in received.items())
    (into / "inbox" / "received.yaml").write_text("".join(lines), encoding="utf-8")


def close_of(size: AnySize, number: int) -> datetime:
    """When the `number`-th week closes."""
    return load_campaign("my-loc-2023").calendar.close(size.names[number])


def _receipt(path: str, received_at: datetime) -> str:
    return f"'{path}': {{received_at: '{received_at.isoformat()}', stated_by: {_STATED_BY}}}\n"


_File = tuple[str, bytes, datetime]


def _files(size: AnySize, number: int, calendar: Calendar) -> Iterator[_File]:
    """Path below the week, content, time of receipt."""
    week = size.names[number]
    planted = size.planted(number)
    moulds = _Moulds(size, number)
    deadline = calendar.deadline(week)
    for n, commune in enumerate(size.communes):
        kind = planted[commune.id]
        if kind is not Planted.MISSING:
            name = any_stories.commune_file(week).name
            yield f"{commune.id}/{name}", moulds.filled(n, kind), _received_at(deadline, kind, n)
    for n, agency in enumerate(AGENCIES):
        telling, file = moulds.agency(agency)
        received_at = _received_at(deadline, Planted.ON_TIME, n)
        yield f"{agency}/{file.name}", _workbook(telling, file), received_at


def _received_at(deadline: datetime, kind: Planted, n: int) -> datetime:
    """During the last working hours before the deadline; late: in the 25 minutes after it."""
    if kind is Planted.LATE:
        return deadline + timedelta(minutes=1 + n % 25)
    return deadline - timedelta(minutes=n % 450)


class _Moulds:
    """The templates of one week, each made when it is first asked for."""

    def __init__(self, size: AnySize, number: int) -> None:
        self._size, self._number, self._week = size, number, size.names[number]
        self._stories, self._scenery = any_stories.sample_stories(), scenery()
        self._made: dict[tuple[Planted, int], Mould] = {}

    def filled(self, commune: int, kind: Planted) -> bytes:
        """The workbook of one commune."""
        week, sender = self._week, self._size.communes[commune].office
        texts = {ANYBODY: sender, ANYBODY.upper(): sender.upper()}
        if kind is Planted.QUARANTINED:
            texts[_day(week)] = _day(week.shifted(-1))
        like = kind if kind in (Planted.NIL, Planted.RETURNED) else Planted.ON_TIME
        return self._mould(like, commune % _TEMPLATES).filled(texts)

    def agency(self, agency: str) -> tuple[Telling, SentFile]:
        sample = any_stories.sample_of(self._size.communes, self._number)
        said = {commune: self._story(int(commune.id[3:]) - 1) for commune in sample}
        chance = Random(f"{self._size.seed}:{agency}:{self._number}")
        return any_stories.agency_telling(self._stories[agency], self._week, said, self._scenery, chance)

    def _mould(self, kind: Planted, template: int) -> Mould:
        key = (kind, template % 3 if kind is Planted.RETURNED else 0 if kind is Planted.NIL else template)
        if key not in self._made:
            telling, file = self._telling(*key)
            self._made[key] = mould_of(_workbook(telling, file), sheets_of(telling, file)[0])
        return self._made[key]

    def _telling(self, kind: Planted, template: int) -> tuple[Telling, SentFile]:
        story = self._story(template)
        if kind is Planted.NIL:
            return any_stories.nil_telling(story, self._week, self._scenery)
        file = any_stories.commune_file(self._week, is_wrong=kind is Planted.RETURNED)
        return Telling(story, {}, self._scenery), file

    def _story(self, commune: int) -> Story:
        template = commune % _TEMPLATES
        chance = Random(f"{self._size.seed}:{template}")
        base = any_stories.base_of(self._stories, template)
        return any_stories.commune_story(base, self._week, self._number, chance)


def _workbook(telling: Telling, file: SentFile) -> bytes:
    return by_xlsxwriter(
        sheets_of(telling, file), Stamp(str(telling.story.header["agency"]), file.received_at)
    )


def _day(week: WeekName) -> str:
    return f"{week.wednesday:%d/%m/%Y}"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Make a campaign of any size from the sample's words.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--reporters", type=int, default=11)
    parser.add_argument("--weeks", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    generate(AnySize(asked.reporters, asked.weeks, asked.seed), asked.folder)
    sys.stdout.write(f"{asked.folder}/config\n{asked.folder}/inbox\n")


if __name__ == "__main__":
    main()
