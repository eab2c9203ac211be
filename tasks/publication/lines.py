"""Line charts of the index as geometry, in units of a drawing 300 wide. A week without a number is a gap, never a zero.

Drawn by templates/index.html.j2. Lines are told apart by dashes and dots, never by colour alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

WIDTH, HEIGHT = 300.0, 84.0
LEFT, RIGHT, TOP, BOTTOM = 4.0, 6.0, 15.0, 70.0  # of the field in which lines are drawn

Value = int | None


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    words: str


@dataclass(frozen=True)
class Series:
    """`look` is a class of the style sheet; `runs` are the unbroken stretches, as points of a polyline."""

    look: str
    runs: tuple[str, ...]
    dots: tuple[Dot, ...]


@dataclass(frozen=True)
class Plot:
    """`top` is what stands at the upper edge; `marks` are the milestones: (x, words)."""

    top: str
    series: tuple[Series, ...]
    marks: tuple[tuple[float, str], ...]


@dataclass(frozen=True)
class Axis:
    """The campaign from its first to its last Wednesday."""

    first: date
    last: date

    def x(self, day: date) -> float:
        """Inside the field also for a day outside the campaign: its edge."""
        span = max((self.last - self.first).days, 1)
        at = min(max((day - self.first).days, 0), span)
        return _rounded(LEFT + (WIDTH - LEFT - RIGHT) * at / span)


def series(look: str, axis: Axis, points: Sequence[tuple[date, Value, int, str]]) -> Series:
    """`points`: day, value, what stands at the upper edge then, words of each week that was published, in order."""
    runs: list[list[Dot]] = [[]]
    for day, value, largest, words in points:
        if value is None:
            runs.append([])
        else:
            runs[-1].append(Dot(axis.x(day), _y(value, largest), words))
    dots = tuple(dot for run in runs for dot in run)
    drawn = tuple(" ".join(f"{dot.x},{dot.y}" for dot in run) for run in runs if len(run) > 1)
    return Series(look, drawn, dots)


def _y(value: int, largest: int) -> float:
    share = Decimal(value) / Decimal(largest) if largest else Decimal(0)
    return _rounded(BOTTOM - float(share) * (BOTTOM - TOP))


def _rounded(position: float) -> float:
    """The same digits on every machine."""
    return round(position, 1)
