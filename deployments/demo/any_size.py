"""A campaign of any size, for tests and measurements: python -m deployments.demo.any_size FOLDER --reporters 200

Writes FOLDER/config (a whole configuration, campaign `any-size`), FOLDER/inbox with its received.yaml, and what people
do after a close: FOLDER/late and FOLDER/story/acts.yaml. The same reporters, weeks and seed give the same bytes.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, cached_property
from pathlib import Path
from random import Random

import yaml

from config.facts import load_campaign
from deployments.demo.acts import ACTS
from deployments.demo.any_agencies import AGENCIES, reporting_in
from deployments.demo.any_decisions import Deed, File, acts_after, exclusions, extensions
from deployments.demo.any_files import WeekOfFiles, file_name
from deployments.demo.any_roster import Commune, communes, write_configuration
from deployments.demo.any_sendings import SENDINGS, Place, Planted, plan
from domain.calendar import Calendar
from domain.weeks import WeekName

_FIRST_WEEK = WeekName.parse("2023-W15")
_LAST_WEEK = WeekName.parse("2023-W52")  # the sample's calendar knows the holidays of its year
_STATED_BY = "Văn thư Phòng Nông nghiệp và PTNT"


@dataclass(frozen=True)
class AnySize:
    """`reporters`: the communes and the same eight agencies; 11 as in the sample, 10,600 for the whole country."""

    reporters: int
    weeks: int = 1
    seed: int = 1

    def __post_init__(self) -> None:
        if self.reporters <= len(AGENCIES) or self.weeks < 1:
            raise ValueError(f"{self}: cần ít nhất {len(AGENCIES) + 1} đơn vị và một tuần")
        if self.names[-1] > _LAST_WEEK:
            raise ValueError(f"{self}: tuần cuối là {self.names[-1]}, lịch mẫu chỉ đến {_LAST_WEEK}")

    @cached_property
    def communes(self) -> tuple[Commune, ...]:
        return communes(self.reporters - len(AGENCIES))

    @property
    def names(self) -> tuple[WeekName, ...]:
        """The weeks, in order."""
        return tuple(_FIRST_WEEK.shifted(n) for n in range(self.weeks))

    def planted(self, number: int) -> Mapping[str, Planted]:
        """Commune -> what it does in the `number`-th week from 0."""
        return plan(self._order, number)

    @cached_property
    def _order(self) -> list[str]:
        listed = [commune.id for commune in self.communes]
        return Random(f"{self.seed}").sample(listed, len(listed))


def generate(size: AnySize, into: Path) -> None:
    """Write configuration, inbox and acts into an empty or absent folder."""
    calendar = _calendar()
    deeds = [deed for number in range(size.weeks) for deed in _deeds(size, number)]
    decided = {"extensions": extensions(deeds, calendar), "exclusions": exclusions(deeds, calendar)}
    write_configuration(size.communes, str(size.names[-1]), decided, into / "config")
    workbooks = {week: WeekOfFiles(size.seed, size.communes, week, n) for n, week in enumerate(size.names)}
    sent = list(_write_agencies(workbooks, calendar, into / "inbox"))
    files = [file for deed in deeds for file in _files(deed, calendar)]
    sent += _write_communes(workbooks, files, into)
    lines = (_receipt(path, received_at) for path, received_at in sent)
    (into / "inbox" / "received.yaml").write_text("".join(lines), encoding="utf-8")
    _write_acts(acts_after(deeds, files, calendar), into / ACTS)


def close_of(size: AnySize, number: int) -> datetime:
    """When the `number`-th week closes."""
    return _calendar().close(size.names[number])


@cache
def _calendar() -> Calendar:
    """The sample's."""
    return load_campaign("my-loc-2023").calendar


_Receipt = tuple[str, datetime]  # path below the inbox, time of receipt
_Workbooks = Mapping[WeekName, WeekOfFiles]


def _deeds(size: AnySize, number: int) -> Iterator[Deed]:
    planted, week = size.planted(number), size.names[number]
    return (Deed(commune, week, planted[commune.id]) for commune in size.communes)


def _files(deed: Deed, calendar: Calendar) -> Iterator[File]:
    deadline = calendar.deadline(deed.week)
    for sending in SENDINGS[deed.kind]:
        received_at = sending.received_at(deadline, deed.commune.number)
        if not calendar.is_working_day(received_at.date()):
            received_at = datetime.combine(
                calendar.next_working_day(received_at.date()), received_at.timetz()
            )
        # In an agency's folder stand the files of several communes.
        behind = f" ({deed.commune.name})" if sending.place is Place.AGENCY else sending.name
        yield File(deed, sending, file_name(deed.week, behind), received_at)


def _write_communes(workbooks: _Workbooks, files: Iterable[File], into: Path) -> Iterator[_Receipt]:
    for file in files:
        content = workbooks[file.of.week].of_commune(file.of.commune, file.sending.content)
        is_handed_in = file.sending.place is Place.HANDED_IN
        _write(into / ("late" if is_handed_in else "inbox") / file.place, content)
        if not is_handed_in:
            yield file.place, file.received_at


def _write_agencies(workbooks: _Workbooks, calendar: Calendar, into: Path) -> Iterator[_Receipt]:
    for week, of_week in workbooks.items():
        for n, agency in enumerate(reporting_in(of_week.number)):
            place = f"{week}/{agency}/{file_name(week)}"
            _write(into / place, of_week.of_agency(agency, calendar))
            yield place, calendar.deadline(week) - timedelta(minutes=n)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _receipt(path: str, received_at: datetime) -> str:
    return f"'{path}': {{received_at: '{received_at.isoformat()}', stated_by: {_STATED_BY}}}\n"


def _write_acts(acts: Iterable[Mapping[str, str]], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    said = yaml.safe_dump(list(acts), allow_unicode=True, sort_keys=False, width=1000)
    path.write_text(said, encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Make a campaign of any size from the sample's words.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--reporters", type=int, default=11)
    parser.add_argument("--weeks", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    generate(AnySize(asked.reporters, asked.weeks, asked.seed), asked.folder)
    sys.stdout.write(f"{asked.folder}/config\n{asked.folder}/inbox\n{asked.folder / ACTS}\n")


if __name__ == "__main__":
    main()
