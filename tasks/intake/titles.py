"""What the lines above a commune's tables say, beside header lines: a sheet copied from a neighbour's file, or from
another week's, still carries their title. An agency's tables name communes rightly.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from domain.campaign import Campaign
from domain.findings import Finding, Place
from domain.forms import Form, Part
from domain.reading.cell import Cell
from domain.reading.date import read_date
from domain.reporters import ReporterKind, Roster
from domain.telling import finding
from domain.vietnamese import match_key
from domain.weeks import WeekName
from tasks.intake.headings import LONGEST_HEADING
from tasks.intake.known import Itself
from tasks.intake.table import Table
from tasks.intake.upper_headings import names_another_period

_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2} tháng \d{1,2} năm \d{4}")
# Where a name may begin and end: never inside a word.
_BEGINNING, _END = re.compile(r"(?<!\w)(?=\S)"), re.compile(r"(?<=\S)(?!\w)")
_HIGHEST = 50  # rows above a heading: a title stands near its table


@dataclass(frozen=True)
class _Title:
    """`of_sums`: it stands over a debt table, whose rows carry no code that would betray a second one."""

    place: Place
    cell: Cell
    of_sums: bool


def title_findings(
    tables: Sequence[Table], told: Collection[Place], form: Form, campaign: Campaign, of: tuple[str, WeekName]
) -> Iterator[Finding]:
    """`told`: where header lines stand, which are judged already. `of`: the reporter and the week of the file."""
    reporter, week = of
    if campaign.roster[reporter].kind is not ReporterKind.COMMUNE:
        return
    period = _behind([label for field in form.header if field.id == "period" for label in field.labels])
    for title in _titles(tables):
        if title.place in told:
            continue
        named = _communes_in(match_key(title.cell.text), Itself(campaign.roster))
        if named and reporter not in named:
            expected, other = campaign.roster[reporter].name, campaign.roster[min(named)].name
            facts = {"seen": title.cell.seen, "expected": expected, "other": other}
            yield finding(campaign, "REPORTER_DIFFERS", title.place, **facts)
        weeks = _weeks_in(title.cell.text, period)
        is_of_another = title.of_sums and not weeks and names_another_period(title.cell.text)
        if is_of_another or (weeks and week not in weeks):
            yield finding(campaign, "WEEK_DIFFERS", title.place, seen=title.cell.seen, expected=week.vi)


def _titles(tables: Sequence[Table]) -> Iterator[_Title]:
    """The texts between the table before, on the same sheet, and the headings."""
    ends: dict[str, int] = {}
    for table in tables:
        sheet = table.sheet
        first = table.headings.first
        for row in range(max(ends.get(sheet.name, 0), first - _HIGHEST), first):
            for column, value in enumerate(sheet.rows[row]):
                if isinstance(value, str) and len(value) <= LONGEST_HEADING:
                    place = Place(sheet.name, sheet.name_of(row, column))
                    yield _Title(place, sheet.cell(row, column), table.headings.form.part is Part.DEBT)
        ends[sheet.name] = table.end


@lru_cache(maxsize=1024)
def _communes_in(key: str, itself: Itself[Roster]) -> frozenset[str]:
    """Ids of the communes that it names whole. Of two names that overlap the one that goes on counts: "UBND xã Mỹ
    Thành Nam" names Mỹ Thành Nam, not Mỹ Thành.
    """
    named = list(_named_in(key, itself.one))
    return frozenset(id_ for _, end, id_ in named if not any(first < end < last for first, last, _ in named))


def _named_in(key: str, roster: Roster) -> Iterator[tuple[int, int, str]]:
    """Where a commune's name begins and ends, and the commune's id. Every run of whole words is looked up, so that a
    title costs the same however many names the roster has."""
    ends = [found.start() for found in _END.finditer(key)]
    for beginning in (found.start() for found in _BEGINNING.finditer(key)):
        for end in ends:
            if beginning < end <= beginning + roster.longest_key:
                known = roster.ever_of_key(key[beginning:end])
                if known is not None and known.kind is ReporterKind.COMMUNE:
                    yield beginning, end, known.id


def _behind(labels: Sequence[str]) -> re.Pattern[str]:
    """What follows a word for the period; not "kỳ báo cáo trước", which names another week rightly."""
    words = "|".join(re.escape(match_key(label)) for label in labels)
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)(?!\W*trước)(.*)") if words else re.compile(r"(?!)()")


def _weeks_in(text: str, period: re.Pattern[str]) -> set[WeekName]:
    """Of all dates behind the word: "từ 6/4/2023 đến 12/4/2023" names the week by its last day."""
    behind = period.search(match_key(text))
    days = [read_date(Cell(date)).value for date in _DATE.findall(behind[1])] if behind else []
    return {WeekName.containing(day) for day in days if day}
