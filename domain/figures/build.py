"""A week's summary from its snapshot, and the revision that it makes of the one before."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import cast

from domain.campaign import Campaign
from domain.decisions import by_case
from domain.discretion import without_own_words
from domain.figures import (
    cases,
    change,
    debt,
    debt_in_programme,
    differences,
    dossiers,
    earlier,
    milestones,
    movement,
    pace,
    plans,
    progress,
    remarks,
    reporting,
    standing,
)
from domain.figures.beside import Before, Beside, carrying, week_before, week_of
from domain.forms import Part
from domain.lateness import reporter_lines
from domain.reporters import Reporter, ReporterKind, Roster
from domain.revisions import changes
from domain.snapshot import InForceRow, WeekSnapshot
from domain.submissions import Row, VerificationRow
from domain.summary import Figure, ProjectLine, ReporterLine, Summary

_TOTALLED = (debt, debt_in_programme, cases, movement)


@dataclass(frozen=True)
class Stamp:
    """What made a revision: the hash of its configuration and the version of the code."""

    config_hash: str
    code_version: str


class Summing:
    """A week's summary, made slice by slice of its communes: a country's rows and figures are too many for memory.

    First `figures_of` every slice, in the order of the communes' ids, then `totals`, then `summary`. No figure depends
    on where the slices are cut.
    """

    def __init__(
        self, others: WeekSnapshot, campaign: Campaign, stamp: Stamp, before: Before | None = None
    ) -> None:
        """others: what was recorded of the reporters that aren't communes. before: the week before."""
        campaign = campaign.in_week(others.week)
        self._campaign, self._stamp, self._before = campaign, stamp, before
        self._gone = campaign.roster.not_valid_on(others.week.wednesday)
        self._agencies = tuple(r for r in campaign.roster.reporters if r.kind is not ReporterKind.COMMUNE)
        self._others = self._known(others)
        self._said_of = _by_commune(self._others)
        self._then = week_before(before, campaign) if before else None
        self._lines_of_agencies = reporter_lines(self._others, _only(campaign, self._agencies))
        self._lines = list(self._lines_of_agencies)
        self._projects: list[ProjectLine] = []
        self._summed: dict[str, Figure] = {}

    def figures_of(self, snapshot: WeekSnapshot, communes: Sequence[Reporter]) -> dict[str, Figure]:
        """All figures of these communes by id. snapshot: what was recorded of them."""
        own = self._known(snapshot)
        lines, projects = reporter_lines(own, _only(self._campaign, communes)), debt.projects(own)
        slice_, heard = _only(self._campaign, (*communes, *self._agencies)), self._heard(own, communes)
        alone = _figures_alone(heard, slice_)
        week = week_of(own.week, alone, (*lines, *self._lines_of_agencies), projects, slice_)
        then = carrying(self._then, [commune.id for commune in communes]) if self._then else None
        figures = _figures_beside(heard, Beside(slice_, week, then, by_case(own.decisions)))
        self._lines += lines
        self._projects += projects
        self._summed |= _summed(figures, communes)
        return figures

    def totals(self) -> dict[str, Figure]:
        """The agencies' own figures, and those over all reporters."""
        agencies, lines = _only(self._campaign, self._agencies), self._lines_in_order()
        week = week_of(self._others.week, {}, lines, (), agencies)
        communes = [commune.id for commune in self._campaign.roster.communes_on(week.name.wednesday)]
        return {
            **_by_id(reporting.figures(lines, self._campaign.calendar.zone)),
            **_by_id(pace.distances(self._campaign.calendar, week.name)),
            **_by_id(remarks.figures(self._others, agencies)),
            **_by_id(earlier.of_agencies(Beside(agencies, week, self._then))),
            **_by_id(chain.from_iterable(each.totals(self._summed, communes) for each in _TOTALLED)),
        }

    def summary(self, figures: Mapping[str, Figure]) -> Summary:
        """Not yet a revision (number 0). figures: all that this has made."""
        week, calendar, lines = self._others.week, self._campaign.calendar, self._lines_in_order()
        received = [file.received_at for line in lines for file in line.files]
        return Summary(
            campaign=self._others.campaign,
            week=week,
            revision=0,
            deadline=calendar.deadline(week),
            as_of=max([calendar.close(week), *received]),
            config_hash=self._stamp.config_hash,
            code_version=self._stamp.code_version,
            reporters=lines,
            projects=tuple(self._projects),
            figures=figures,
            compared_with=self._before.named if self._before else None,
        )

    def _known(self, snapshot: WeekSnapshot) -> WeekSnapshot:
        """What counts of it: not what a unit sent before it was said that it no longer reports in this week."""
        of_valid = snapshot.parted(self._gone)[1] if self._gone else snapshot
        return without_own_words(of_valid, self._campaign)

    def _heard(self, own: WeekSnapshot, communes: Sequence[Reporter]) -> WeekSnapshot:
        """With what the agencies say of these communes."""
        said = [line for commune in communes for line in self._said_of.get(commune.id, ())]
        rows = {**own.rows, Part.VERIFICATION: (*own.rows.get(Part.VERIFICATION, ()), *said)}
        return replace(own, attempts={**own.attempts, **self._others.attempts}, rows=rows)

    def _lines_in_order(self) -> tuple[ReporterLine, ...]:
        by_id = {line.reporter: line for line in self._lines}
        return tuple(by_id[r.id] for r in self._campaign.roster.reporters if r.id in by_id)


def summarise(
    snapshot: WeekSnapshot, campaign: Campaign, stamp: Stamp, before: Before | None = None
) -> Summary:
    """The week as the snapshot knows it, beside the week before, not yet a revision (number 0), all in memory.
    Equal inputs give an equal summary."""
    communes = sorted(campaign.roster.communes(), key=lambda commune: commune.id)
    own, others = snapshot.parted({commune.id for commune in communes})
    summing = Summing(others, campaign, stamp, before)
    figures = summing.figures_of(own, communes) | summing.totals()
    return summing.summary(dict(sorted(figures.items())))


def _only(campaign: Campaign, reporters: Iterable[Reporter]) -> Campaign:
    """The campaign as if it had these reporters alone."""
    return replace(campaign, roster=Roster(tuple(reporters)))


def _by_commune(agencies: WeekSnapshot) -> Mapping[str, Sequence[InForceRow[Row]]]:
    """Commune -> what is said of it."""
    said: dict[str, list[InForceRow[Row]]] = defaultdict(list)
    for line in agencies.rows.get(Part.VERIFICATION, ()):
        said[cast(VerificationRow, line.row).commune].append(line)
    return said


def _summed(figures: Mapping[str, Figure], communes: Iterable[Reporter]) -> dict[str, Figure]:
    """Those that totals are made of, without their sources: of all communes together they stay in memory."""
    ids = [each.summed_ids(commune.id) for commune in communes for each in _TOTALLED]
    return {
        figure_id: replace(figures[figure_id], sources=())
        for figure_id in chain.from_iterable(ids)
        if figure_id in figures
    }


def _figures_alone(snapshot: WeekSnapshot, campaign: Campaign) -> dict[str, Figure]:
    """What needs no other week."""
    return {
        **_by_id(progress.figures(snapshot, campaign)),
        **_by_id(differences.figures(snapshot, campaign)),
        **_by_id(dossiers.figures(snapshot, campaign)),
        **_by_id(debt.figures(snapshot, campaign)),
        **_by_id(debt_in_programme.figures(snapshot, campaign)),
        **_by_id(remarks.figures(snapshot, campaign)),
    }


def _figures_beside(snapshot: WeekSnapshot, beside: Beside) -> dict[str, Figure]:
    """All of these communes: what stands alone, and what is made of it and of the week before."""
    reached = {**beside.now.figures, **_by_id(milestones.figures(snapshot, beside))}
    beside = _knowing(beside, reached)
    made = (each.figures(beside) for each in (earlier, change, plans, movement))
    of_rows = (each.figures(snapshot, beside) for each in (cases, standing))
    known = {**reached, **_by_id(chain.from_iterable((*made, *of_rows)))}
    return {**known, **_by_id(pace.figures(_knowing(beside, known), snapshot.as_of))}


def _knowing(beside: Beside, figures: Mapping[str, Figure]) -> Beside:
    return replace(beside, now=replace(beside.now, figures=figures))


def next_revision(draft: Summary, last: Summary | None, reason: str = "") -> Summary | None:
    """The draft as revision 1, or as the one after `last` with what changed and why;
    None where no figure differs."""
    if last is None:
        return replace(draft, revision=1, reason="", changes=())
    changed = changes(last.figures, draft.figures)
    if not changed:
        return None
    return replace(draft, revision=last.revision + 1, reason=reason, changes=changed)


def _by_id(figures: Iterable[Figure]) -> dict[str, Figure]:
    return {figure.id: figure for figure in figures}
