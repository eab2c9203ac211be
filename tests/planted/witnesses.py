"""Commune against department: where a department sees an indicator, its documents or its result otherwise, the week's
figures show a difference, and a case once it stands at the next close, or at once where the check is newer than the
commune's figures (SEMANTICS).

A difference is no finding of one file, so these are planted apart and looked for in the summary's figures. Where
nothing is planted a department says of documents and result what the commune does.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from random import Random

from domain.campaign import Campaign
from domain.figures.beside import Before
from domain.figures.build import Stamp, summarise
from domain.forms import DossierState as S
from domain.forms import Part
from domain.judgement import Judgement, Matter
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
_EVERY = 9  # of so many words of a department one is planted, on each matter another
_MATTER_AT = {0: Matter.JUDGEMENT, 3: Matter.DOSSIERS, 6: Matter.RESULT}
_FAR_BEHIND, _FAR_AHEAD = S.DRAFTING, S.COMPLETE
_EARLY = (S.NOT_STARTED, S.DRAFTING, S.SENT, S.MORE_REQUESTED)


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
    matter: Matter = Matter.JUDGEMENT

    def differs_in(self) -> Iterator[int]:
        return iter(() if self.silent else range(self.since, self.since + self.lasts))


@cache
def disputes() -> tuple[Dispute, ...]:
    chance = Random("disputes")
    found = []
    for agency in AGENCIES:
        for n, line in enumerate(reports(agency)[0].of(V)):
            matter, code = _MATTER_AT.get(n % _EVERY), line["indicator"]
            if matter is None or code in (GATE, CRITERION) or not line["judgement"]:
                continue
            commune = _named(line)
            if matter is Matter.RESULT and not _is_number(_said(commune, 0, code)["result"]):
                continue
            lasts, drawn = chance.choice([1, 1, 2, 3]), chance.random()
            since = chance.randrange(1, WEEKS - lasts)
            late, silent = drawn < 0.3, drawn > 0.85
            found.append(Dispute(agency, commune, code, since, lasts, late, silent, matter))
    return tuple(found)


def _named(line: Line) -> str:
    return next(c.id for c in campaign().roster.communes() if c.name == line["commune"])


def _said(commune: str, at: int, code: str) -> Line:
    """The commune's own line."""
    return next(line for line in reports(commune)[at].of(Part.PROGRESS) if line["indicator"] == code)


def _states(commune: str, at: int, code: str) -> list[str]:
    return [line["state"] for line in reports(commune)[at].of(Part.DOSSIERS) if line["indicator"] == code]


def _is_number(result: object) -> bool:
    return isinstance(result, str) and result.endswith("%") and "nam" not in result


Disputed = tuple[int, str, str, Matter]


def expected_differences() -> set[Disputed]:
    return {(at, each.commune, each.code, each.matter) for each in disputes() for at in each.differs_in()}


def expected_cases() -> dict[Disputed, int]:
    """The weeks that each has stood, both counted."""
    return {
        (at, each.commune, each.code, each.matter): at - each.since + 1
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
    for line in report.of(V):
        _repeat_the_commune(line, at)
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


def _repeat_the_commune(line: Line, at: int) -> None:
    """Of several documents of one indicator all are as far (weeks.py)."""
    commune, code = _named(line), line["indicator"]
    line["result"] = _said(commune, at, code).get("result")
    line["state"] = next(iter(_states(commune, at, code)), None)


def _see_otherwise(report: Report, line: Line, dispute: Dispute) -> None:
    _SEEN_OTHERWISE[dispute.matter](line, dispute.silent)
    if dispute.checked_late and not dispute.silent:
        line["checked_on"] = report.campaign.calendar.deadline(report.week).date()


def _judged_otherwise(line: Line, is_silent: bool) -> None:
    is_met = line["judgement"] == _MET
    if is_silent:
        line |= {"judgement": None, "lacking": None}
    else:
        line |= {"judgement": _NOT if is_met else _MET, "lacking": "Biên bản kiểm tra" if is_met else None}


def _documents_seen_otherwise(line: Line, is_silent: bool) -> None:
    is_early = line["state"] in [state.vi for state in _EARLY]
    line["state"] = None if is_silent else (_FAR_AHEAD if is_early else _FAR_BEHIND).vi


def _measured_otherwise(line: Line, is_silent: bool) -> None:
    line["result"] = None if is_silent else "3,1%"


_SEEN_OTHERWISE: Mapping[Matter, Callable[[Line, bool], None]] = {
    Matter.JUDGEMENT: _judged_otherwise,
    Matter.DOSSIERS: _documents_seen_otherwise,
    Matter.RESULT: _measured_otherwise,
}
