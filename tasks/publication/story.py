"""What the index keeps of a week: how every unit stood, how many criteria each commune met, what it owed.

Small, and made of one summary alone: 52 weeks of it are read faster than one summary.json of a large district.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.judgement import Judgement, Witness
from domain.rates import Standing, standing
from domain.summary import AGREED, ReporterLine, ReporterWeekState, count_id, debt_id, rate_id
from domain.weeks import WeekName
from tasks.publication.cells import Report

NIL = "+nil"
Numbers = Mapping[str, int | None]  # commune -> a figure's value; None where nobody stated it


@dataclass(frozen=True)
class Story:
    """One week as its latest revision tells it. `marks`: reporter -> state, with `NIL` behind it where nil.
    `first_try`: those of them whose first file was accepted."""

    week: str
    received: str  # "9/11"
    marks: Mapping[str, str]
    first_try: Sequence[str]
    own: Numbers
    agreed: Numbers
    legal: Numbers

    @property
    def name(self) -> WeekName:
        return WeekName.parse(self.week)

    def standing(self, reporter: str) -> Standing | None:
        """None where nothing was owed."""
        said = self.marks.get(reporter)
        if said is None:
            return None
        return Standing(ReporterWeekState(said.removesuffix(NIL)), reporter in self.first_try)


def story_of(report: Report) -> Story:
    communes = [commune.id for commune in report.communes()]
    owing = [line for line in report.summary.reporters if line.owes]
    return Story(
        week=str(report.summary.week),
        received="/".join(report.cell(rate_id(what)).text for what in ("received", "owed")),
        marks={line.reporter: _mark(line) for line in owing},
        first_try=[line.reporter for line in owing if standing(line).at_first_try],
        own={c: _number(report, count_id(c, Witness.COMMUNE, Judgement.MET)) for c in communes},
        agreed={c: _number(report, count_id(c, AGREED, Judgement.MET)) for c in communes},
        legal={c: _number(report, debt_id(c, "legal")) for c in communes},
    )


def _mark(line: ReporterLine) -> str:
    return line.state.value + (NIL if line.nil else "")


def _number(report: Report, figure_id: str) -> int | None:
    """None also for a count over silence, which is printed as a dash."""
    return None if report.cell(figure_id).number is None else report.count(figure_id)
