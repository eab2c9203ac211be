"""Where a published value comes from: cells of archived files for a leaf, figure ids for a total."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class CellSource:
    """One cell of one archived file. `raw` is the text as it stood there."""

    sha256: str
    sheet: str
    cell: str  # "F12"; of a CSV the same, counted by separators
    raw: str


@dataclass(frozen=True, order=True)
class FigureSource:
    """Another figure of the same summary."""

    figure_id: str


Source = CellSource | FigureSource
