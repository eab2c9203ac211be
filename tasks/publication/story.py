"""What the index keeps of a week: how every unit stood, how many criteria each commune met, what it owed.

Small, and made of one summary alone: 52 weeks of it are read faster than one summary.json of a large district.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.judgement import Judgement, Witness
from domain.summary import AGREED, ReporterLine, count_id, debt_id, rate_id
from domain.weeks import WeekName
from tasks.publication.cells import Report

NIL = "+nil"
Numbers = Mapping[str, int | None]  # commune -> a figure's value; None where nobody stated it


@dataclass(frozen=True)
class Story:
    """One week as its latest revision tells it. `marks`: reporter -> state, with `NIL` behind it where nil."""

    week: str
    received: str  # "9/11"
    marks: Mapping[str, str]
    own: Numbers
    agreed: Numbers
    legal: Numbers

    @property
    def name(self) -> WeekName:
        return WeekName.parse(self.week)


def story_of(report: Report) -> Story:
    communes = [commune.id for commune in report.communes()]
    return Story(
        week=str(report.summary.week),
        received="/".join(report.cell(rate_id(what)).text for what in ("received", "owed")),
        marks={line.reporter: _mark(line) for line in report.summary.reporters if line.owes},
        own={c: _number(report, count_id(c, Witness.COMMUNE, Judgement.MET)) for c in communes},
        agreed={c: _number(report, count_id(c, AGREED, Judgement.MET)) for c in communes},
        legal={c: _number(report, debt_id(c, "legal")) for c in communes},
    )


def _mark(line: ReporterLine) -> str:
    return line.state.value + (NIL if line.nil else "")


def _number(report: Report, figure_id: str) -> int | None:
    """None also for a count over silence, which is printed as a dash."""
    return None if report.cell(figure_id).number is None else report.count(figure_id)
