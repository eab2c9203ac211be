"""Who reported and who didn't: states and rates."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.aggregation import share
from domain.lineage import CellSource, FigureSource, Source
from domain.summary import Figure, FigureKind, ReporterLine, ReporterWeekState, rate_id, state_id
from domain.vietnamese import vi_date

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
    yield Figure(state_id(line.reporter), FigureKind.STATE, str(line.state), files)
    if line.received_at:
        yield Figure(
            state_id(line.reporter) + "/received_at",
            FigureKind.TEXT,
            local_moment(line.received_at, zone),
            files,
        )
    if line.nil:
        yield Figure(state_id(line.reporter) + "/nil", FigureKind.STATE, "nil", files)
    if line.awaits_correction:
        yield Figure(
            state_id(line.reporter) + "/awaits_correction", FigureKind.STATE, "awaits_correction", files
        )


def _rates(owed: list[ReporterLine]) -> Iterator[Figure]:
    def sources(chosen: list[ReporterLine]) -> tuple[Source, ...]:
        return tuple(FigureSource(state_id(line.reporter)) for line in chosen)

    def number(what: str, chosen: list[ReporterLine]) -> Figure:
        return Figure(rate_id(what), FigureKind.NUMBER, len(chosen), sources(chosen))

    received = [line for line in owed if line.state.has_reported]
    on_time = [line for line in owed if line.state is ReporterWeekState.ON_TIME]
    yield number("owed", owed)
    yield number("received", received)
    for what, state in _COUNTED_STATES.items():
        yield number(what, [line for line in owed if line.state is state])
    yield number("nil", [line for line in owed if line.nil])
    for what, chosen in (("received_share", received), ("on_time_share", on_time)):
        yield Figure(rate_id(what), FigureKind.PERCENT, share(len(chosen), len(owed)), sources(owed))


def local_moment(received_at: datetime, zone: ZoneInfo) -> str:
    """`16:12 12/4/2023`, in the campaign's zone."""
    local = received_at.astimezone(zone)
    return f"{local:%H:%M} {vi_date(local.date())}"
