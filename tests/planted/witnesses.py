"""Commune against department: where a department sees an indicator otherwise, the week's figures show a difference, and
a case once it stands at the next close, or at once where the check is newer than the commune's figures (SEMANTICS).

A difference is no finding of one file, so these are planted apart and looked for in the summary's figures.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from random import Random

from domain.campaign import Campaign
from domain.figures.beside import Before
from domain.figures.build import Stamp, summarise
from domain.forms import Part
from domain.judgement import Judgement
from domain.reporters import Roster
from domain.snapshot import Attempt, InForceRow, WeekSnapshot
from domain.submissions import Row, SubmissionState
from domain.summary import Summary
from domain.weeks import WeekName
from tests.planted.campaign import AGENCIES, WEEKS, campaign, weeks
from tests.planted.flow import read, read_clean
from tests.planted.paper import Line, Report
from tests.planted.weeks import CRITERION, GATE, LOOKED_AT, reports

V = Part.VERIFICATION
_MET, _NOT = Judgement.MET.vi, Judgement.NOT_MET.vi
_EVERY = 9  # of so many words of a department one is planted


@dataclass(frozen=True)
class Dispute:
    """`lasts`: weeks. `checked_late`: on the day of the deadline, after the commune's cut-off. `silent`: the department
    says nothing, which is no difference."""

    agency: str
    commune: str
    code: str
    since: int
    lasts: int
    checked_late: bool = False
    silent: bool = False

    def differs_in(self) -> Iterator[int]:
        return iter(() if self.silent else range(self.since, self.since + self.lasts))


@cache
def disputes() -> tuple[Dispute, ...]:
    chance = Random("disputes")
    found = []
    for agency in AGENCIES:
        for n, line in enumerate(reports(agency)[0].of(V)):
            if n % _EVERY or line["indicator"] in (GATE, CRITERION) or not line["judgement"]:
                continue
            commune = next(c.id for c in campaign().roster.communes() if c.name == line["commune"])
            lasts, drawn = chance.choice([1, 1, 2, 3]), chance.random()
            since = chance.randrange(1, WEEKS - lasts)
            late, silent = drawn < 0.3, drawn > 0.85
            found.append(Dispute(agency, commune, line["indicator"], since, lasts, late, silent))
    return tuple(found)


def expected_differences() -> set[tuple[int, str, str]]:
    return {(at, each.commune, each.code) for each in disputes() for at in each.differs_in()}


def expected_cases() -> dict[tuple[int, str, str], int]:
    """The weeks that each has stood, both counted."""
    return {
        (at, each.commune, each.code): at - each.since + 1
        for each in disputes()
        for at in each.differs_in()
        if at > each.since or each.checked_late
    }


def summaries() -> Iterator[Summary]:
    """Week by week, each beside the one before."""
    of = _six_communes()
    before: Before | None = None
    for at, week in enumerate(weeks()):
        summary = summarise(_snapshot(of, at, week), of, Stamp("", ""), before)
        before = Before(summary, str(week))
        yield summary


@cache
def _six_communes() -> Campaign:
    kept = [one.id for one in campaign().roster.communes()[:LOOKED_AT]]
    roster = Roster(tuple(one for one in campaign().roster.reporters if one.id in (*kept, *AGENCIES)))
    return replace(campaign(), roster=roster)


def _snapshot(of: Campaign, at: int, week: WeekName) -> WeekSnapshot:
    attempts: dict[str, tuple[Attempt, ...]] = {}
    rows: dict[Part, tuple[InForceRow[Row], ...]] = {}
    for reporter in of.roster.reporters:
        is_agency = reporter.id in AGENCIES
        file, _ = read(_disputing(reporter.id, at)) if is_agency else read_clean(reporter.id, at)
        parts = frozenset(file.parts)
        come = file.received_at
        attempts[reporter.id] = (
            Attempt(file.sha256, file.file_name, come, come, SubmissionState.ACCEPTED, parts=parts),
        )
        for part, lines in file.parts.items():
            in_force = (InForceRow(reporter.id, file.sha256, line) for line in lines)
            rows[part] = (*rows.get(part, ()), *in_force)
    return WeekSnapshot(of.id, week, of.calendar.close(week), attempts, rows)


def _disputing(agency: str, at: int) -> Report:
    report = reports(agency)[at].copy()
    names: Mapping[str, str] = {one.id: one.name for one in campaign().roster.communes()}
    for each in disputes():
        if each.agency == agency and each.since <= at < each.since + each.lasts:
            line = next(
                one
                for one in report.of(V)
                if (one["commune"], one["indicator"]) == (names[each.commune], each.code)
            )
            _see_otherwise(report, line, each)
    return report


def _see_otherwise(report: Report, line: Line, dispute: Dispute) -> None:
    if dispute.silent:
        line |= {"judgement": None, "lacking": None}
        return
    is_met = line["judgement"] == _MET
    line |= {"judgement": _NOT if is_met else _MET, "lacking": "Biên bản kiểm tra" if is_met else None}
    if dispute.checked_late:
        line["checked_on"] = report.campaign.calendar.deadline(report.week).date()
