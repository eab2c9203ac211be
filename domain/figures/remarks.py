"""Difficulties and proposals in the units' own words, where free text may be published."""

from collections.abc import Iterator

from domain.campaign import Campaign
from domain.forms import Part
from domain.snapshot import WeekSnapshot, cells_behind
from domain.submissions import RemarkRow
from domain.summary import Figure, FigureKind, remark_id


def figures(snapshot: WeekSnapshot, campaign: Campaign) -> Iterator[Figure]:
    """One figure per unit and subject that says something.
    Free text of Công an and Quân sự never leaves the store."""
    published = {reporter.id for reporter in campaign.roster.reporters if reporter.publishes_remarks}
    for line in snapshot.rows_of(Part.REMARKS, RemarkRow):
        if line.reporter in published and line.row.text:
            figure_id = remark_id(line.reporter, line.row.subject)
            yield Figure(figure_id, FigureKind.TEXT, line.row.text, cells_behind([line], "text"))
