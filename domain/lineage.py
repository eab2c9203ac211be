"""Where a published value comes from: cells of archived files for a leaf, figure ids for a total, an earlier week's
summary for what was stated before, the configuration for what no unit states, and a decision for what the department
decided.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from sys import intern

from domain.weeks import WeekName


@dataclass(frozen=True, order=True, slots=True)
class CellSource:
    """One cell of one archived file. `raw` is the text as it stood there."""

    sha256: str
    sheet: str
    cell: str  # "F12"; of a CSV the same, counted by separators
    raw: str


@dataclass(frozen=True, order=True, slots=True)
class FigureSource:
    """Another figure of the same summary."""

    figure_id: str


@dataclass(frozen=True, order=True, slots=True)
class EarlierSource:
    """A figure of the summary of an earlier week: the one in which the value was stated. Summaries name the one that
    they were compared with, so which revision is meant is never in doubt."""

    week: WeekName
    figure_id: str


@dataclass(frozen=True, order=True, slots=True)
class ConfigurationSource:
    """A file of the configuration whose hash the summary names: `roster`, `calendar`, `assignments`,
    `catalogue/<id>`."""

    name: str


@dataclass(frozen=True, order=True, slots=True)
class DecisionSource:
    """What was decided over a case as it stood in that week. `decided_by` is a role."""

    week: WeekName
    decided_by: str
    reason: str


Source = CellSource | FigureSource | EarlierSource | ConfigurationSource | DecisionSource

ROSTER, CALENDAR = ConfigurationSource("roster"), ConfigurationSource("calendar")
ASSIGNMENTS = ConfigurationSource("assignments")


def figures_named(ids: Iterable[str]) -> tuple[FigureSource, ...]:
    return tuple(FigureSource(intern(figure_id)) for figure_id in ids)


def counted(chosen: Iterable[str], among: Iterable[str]) -> tuple[FigureSource, ...]:
    """The sources of a count: the figures that it counts; of a 0, those among which none was found."""
    return figures_named(chosen) or figures_named(among)
