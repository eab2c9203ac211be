"""Reports judged as the intake judges them: read from the grid, beside what their sender had in force before."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import cache

from domain.criteria import Catalogue
from domain.findings import Finding
from domain.forms import Part
from domain.rules.against_last_week import compared_first, compared_then
from domain.rules.registry import judge
from domain.submissions import Earlier, EarlierPart, Submission, SubmissionState, Verdict
from tasks.intake.recognise import understand
from tests.planted.paper import Report, book_of
from tests.planted.weeks import reports

_Read = tuple[Submission, tuple[Finding, ...]]
_InForce = dict[Part, EarlierPart]


def judged(sent: Iterable[tuple[Report, _Read]]) -> Iterator[tuple[Report, Submission, Verdict]]:
    """One reporter's weeks in order. What was returned is in force in no later week."""
    in_force: _InForce = {}
    for report, (submission, findings) in sent:
        verdict = judge(
            submission, findings, report.campaign, _wanted(submission, in_force, report.campaign.catalogue)
        )
        if verdict.state is SubmissionState.ACCEPTED:
            in_force |= {part: EarlierPart(report.week, rows) for part, rows in submission.parts.items()}
        yield report, submission, verdict


def read(report: Report) -> _Read:
    deadline = report.campaign.calendar.deadline(report.week)
    return understand(
        book_of(report),
        campaign=report.campaign,
        reporter=report.reporter,
        week=report.week,
        sha256=f"{report.reporter} {report.week}",
        file_name="bao-cao-tuan.xlsx",
        received_at=deadline - timedelta(hours=2),
    )


@cache
def read_clean(reporter: str, at: int) -> _Read:
    return read(reports(reporter)[at])


def _wanted(submission: Submission, in_force: _InForce, catalogue: Catalogue) -> Earlier:
    """The parts that the intake asks the ledger for (tasks/last_week.py)."""
    asked = compared_first(submission, catalogue)
    first: Earlier = {part: each for part, each in in_force.items() if part in asked}
    then = compared_then(submission, first)
    return {**first, **{part: each for part, each in in_force.items() if part in then}}
