"""Who reported and who didn't: states and rates."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from domain.aggregation import share
from domain.lineage import CALENDAR, ROSTER, CellSource, Source, counted, figures_named
from domain.summary import Figure, FigureKind, ReporterLine, ReporterWeekState, rate_id, state_id
from domain.vietnamese import vi_moment

_COUNTED_STATES = {
    "on_time": ReporterWeekState.ON_TIME,
    "extended": ReporterWeekState.EXTENDED,
    "late": ReporterWeekState.LATE,
    "quarantined": ReporterWeekState.QUARANTINED,
    "returned": ReporterWeekState.RETURNED,
    "waiting": ReporterWeekState.WAITING,
    "missing": ReporterWeekState.MISSING,
}


def figures(lines: tuple[ReporterLine, ...], zone: ZoneInfo) -> Iterator[Figure]:
    """States of all that are listed; rates over those that owed a report and were not excluded."""
    for line in lines:
        yield from _of_reporter(line, zone)
    yield from _rates([line for line in lines if line.owes and line.state is not ReporterWeekState.EXCLUDED])


def _of_reporter(line: ReporterLine, zone: ZoneInfo) -> Iterator[Figure]:
    files = tuple(CellSource(file.sha256, "", "", file.file_name) for file in line.files)
    yield Figure(state_id(line.reporter), FigureKind.STATE, str(line.state), _behind(line, files))
    if line.received_at:
        yield Figure(
            state_id(line.reporter) + "/received_at",
            FigureKind.TEXT,
            vi_moment(line.received_at, zone),
            files,
        )
    if line.nil:
        yield Figure(state_id(line.reporter) + "/nil", FigureKind.STATE, "nil", files)
    if line.awaits_correction:
        yield Figure(
            state_id(line.reporter) + "/awaits_correction", FigureKind.STATE, "awaits_correction", files
        )


def _behind(line: ReporterLine, files: tuple[CellSource, ...]) -> tuple[Source, ...]:
    """The files; of a unit without one, who owes a report and until when; exclusions stand in the calendar."""
    if line.state is ReporterWeekState.EXCLUDED:
        return (*files, CALENDAR)
    return files or (ROSTER, CALENDAR)


def _rates(owed: list[ReporterLine]) -> Iterator[Figure]:
    def states(chosen: list[ReporterLine]) -> list[str]:
        return [state_id(line.reporter) for line in chosen]

    def number(what: str, chosen: list[ReporterLine]) -> Figure:
        sources = counted(states(chosen), [rate_id("owed")])
        return Figure(rate_id(what), FigureKind.NUMBER, len(chosen), sources)

    received = [line for line in owed if line.state.has_reported]
    on_time = [line for line in owed if line.state is ReporterWeekState.ON_TIME]
    owing = figures_named(states(owed))
    yield Figure(rate_id("owed"), FigureKind.NUMBER, len(owed), owing or (ROSTER, CALENDAR))
    yield number("received", received)
    for what, state in _COUNTED_STATES.items():
        yield number(what, [line for line in owed if line.state is state])
    yield number("nil", [line for line in owed if line.nil])
    for what, chosen in (("received_share", received), ("on_time_share", on_time)):
        yield Figure(rate_id(what), FigureKind.PERCENT, share(len(chosen), len(owed)), owing)
