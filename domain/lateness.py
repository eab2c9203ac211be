"""The state of a reporter's week: the first that fits. Knows attempts, deadlines and extensions, not what
files say.

Source: SEMANTICS, "State of a reporter's week".
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from domain.calendar import Extension
from domain.campaign import Campaign, Exclusion
from domain.findings import Finding, Severity, is_refused, names_another_unit
from domain.forms import Part
from domain.reporters import Reporter
from domain.snapshot import Attempt, WeekSnapshot
from domain.submissions import SubmissionState
from domain.summary import FileLine, ReporterLine, ReporterWeekState
from domain.weeks import WeekName

# The least punctual attempt in force decides.
_PUNCTUALITY = (ReporterWeekState.ON_TIME, ReporterWeekState.EXTENDED, ReporterWeekState.LATE)

# What a week is called whose files are all still out of force; RECEIVED waits to be judged or typed.
_OUT_OF_FORCE = (
    (SubmissionState.QUARANTINED, ReporterWeekState.QUARANTINED),
    (SubmissionState.RECEIVED, ReporterWeekState.QUARANTINED),
    (SubmissionState.RETURNED, ReporterWeekState.RETURNED),
)
_TO_BE_MENDED = (SubmissionState.RETURNED, SubmissionState.QUARANTINED)


@dataclass(frozen=True)
class Due:
    """What one reporter was given for one week."""

    deadline: datetime
    correction_end: datetime
    extension: Extension | None
    exclusion: str  # its reason; "" where there is none

    @property
    def final(self) -> datetime:
        """The later of deadline and extension."""
        return max(self.deadline, self.extension.until) if self.extension else self.deadline

    def mending_until(self, received_at: datetime, first_received_at: datetime | None) -> datetime | None:
        """Until when a file that mends one received then is still in time; None where it comes late anyway.

        first_received_at: of the week's first attempt that `shows_a_report`. One that came on time gives all that
        follow it the correction time, as in `timeliness`.
        """
        came_in_time = first_received_at and first_received_at <= self.deadline
        ends = [self.correction_end if came_in_time else self.deadline]
        ends += [self.extension.until] if self.extension else []
        return max((end for end in ends if end > received_at), default=None)


def due(campaign: Campaign, reporter: str, week: WeekName, as_of: datetime) -> Due:
    """Deadline, correction time, the longest extension, and the reason of an exclusion if there is one.

    Of what people decide, only what they had decided by `as_of`: a week says what was known then. docs/decisions/0016.
    """

    def holds(one: Extension | Exclusion) -> bool:
        return one.decided_at is None or one.decided_at <= as_of

    return Due(
        campaign.calendar.deadline(week),
        campaign.calendar.correction_end(week),
        max(filter(holds, campaign.extensions_of(reporter, week)), key=lambda e: e.until, default=None),
        next((e.reason for e in campaign.exclusions_of(reporter, week) if holds(e)), ""),
    )


def is_locked(
    campaign: Campaign, reporter: str, week: WeekName, received_at: datetime, as_of: datetime
) -> bool:
    """Whether the campaign is over so long that this file is refused; an extension that lasts reopens the week,
    also one that was decided by `as_of` for a file that lay there before."""
    given = due(campaign, reporter, week, as_of)
    is_extended = given.extension is not None and received_at <= given.extension.until
    return received_at >= campaign.calendar.locked_from() and not is_extended


def in_force(attempts: Iterable[Attempt]) -> dict[Part, Attempt]:
    """Per part the accepted attempt that was received last;
    the order in which they are handed in changes nothing."""
    return {part: attempt for attempt in _accepted(attempts) for part in sorted(attempt.parts)}


def shows_a_report(state: SubmissionState, findings: Iterable[Finding]) -> bool:
    """Whether a file shows that its unit had reported when it came: not one that another unit's name stands in, nor one
    that a person said is no report. docs/decisions/0022."""
    told = tuple(findings)
    return state is SubmissionState.ACCEPTED or not (is_refused(told) or names_another_unit(told))


def timeliness(attempt: Attempt, attempts: Iterable[Attempt], given: Due) -> ReporterWeekState:
    """on_time, extended or late, by received_at only; the deadline itself is still on time.

    A correction of an attempt that came on time is on time until the correction time ends.
    """
    if attempt.received_at <= given.deadline:
        return ReporterWeekState.ON_TIME
    if attempt.received_at <= given.correction_end and any(
        a.received_at <= given.deadline and shows_a_report(a.state, a.findings) for a in attempts
    ):
        return ReporterWeekState.ON_TIME
    if given.extension and attempt.received_at <= given.extension.until:
        return ReporterWeekState.EXTENDED
    return ReporterWeekState.LATE


def deciding_attempt(attempts: tuple[Attempt, ...], given: Due) -> Attempt | None:
    """The accepted attempt that gives the week its state: of those that count the least punctual, of equals the
    latest, which made the report complete. None where nothing was accepted."""
    return max(
        _counting(attempts),
        key=lambda a: (_PUNCTUALITY.index(timeliness(a, attempts, given)), a.received_at, a.sha256),
        default=None,
    )


def _counting(attempts: Iterable[Attempt]) -> list[Attempt]:
    """Those in force, in the order of their receipt. A nil one that was the first to be accepted is in force too; one
    behind the week's own report says only that nothing has changed since that."""
    reports = [a for a in _accepted(attempts) if a.nil or a.parts]
    counting = {a.sha256 for a in (*in_force(reports).values(), *(a for a in reports[:1] if a.nil))}
    return [a for a in reports if a.sha256 in counting]


def week_state(attempts: tuple[Attempt, ...], given: Due, as_of: datetime) -> ReporterWeekState:
    """Exactly one state, the first that fits."""
    if given.exclusion:
        return ReporterWeekState.EXCLUDED
    deciding = deciding_attempt(attempts, given)
    if deciding:
        return timeliness(deciding, attempts, given)
    states = {attempt.state for attempt in attempts}
    for state, called in _OUT_OF_FORCE:
        if state in states:
            return called
    return ReporterWeekState.WAITING if as_of < given.final else ReporterWeekState.MISSING


def reporter_lines(snapshot: WeekSnapshot, campaign: Campaign) -> tuple[ReporterLine, ...]:
    """One line for every reporter that owes a report for the week or sent one, in the order of the roster."""
    day = snapshot.week.wednesday
    parts = _parts(snapshot)
    return tuple(
        replace(
            _line(snapshot, reporter, due(campaign, reporter.id, snapshot.week, snapshot.as_of)),
            parts=parts[reporter.id],
        )
        for reporter in campaign.roster.reporters
        if reporter.is_valid_on(day) and (reporter.owes or _own(snapshot.attempts.get(reporter.id, ())))
    )


def _parts(snapshot: WeekSnapshot) -> Mapping[str, tuple[Part, ...]]:
    """Reporter -> the parts that some file brings or keeps in force."""
    parts: dict[str, tuple[Part, ...]] = defaultdict(tuple)
    for part in Part:
        for reporter in {line.reporter for line in snapshot.rows.get(part, ())}:
            parts[reporter] = (*parts[reporter], part)
    return parts


def _line(snapshot: WeekSnapshot, reporter: Reporter, given: Due) -> ReporterLine:
    attempts = tuple(sorted(snapshot.attempts.get(reporter.id, ()), key=_moment))
    own = _own(attempts)
    counting = _counting(own)
    decided_by = deciding_attempt(own, given) or (own[-1] if own else None)
    state = week_state(own, given, snapshot.as_of)
    return ReporterLine(
        reporter=reporter.id,
        state=state,
        nil=bool(counting) and counting[-1].nil,
        received_at=decided_by.received_at if decided_by else None,
        owes=reporter.owes,
        reason=_reason(state, given),
        awaits_correction=bool(counting) and _awaits_correction(own),
        files=tuple(_file_line(attempt, _state_now(attempt, attempts)) for attempt in attempts),
    )


def _own(attempts: Iterable[Attempt]) -> tuple[Attempt, ...]:
    """Without what a person settled as another unit's, another week's, or a typed file: that one counts, not this."""
    return tuple(attempt for attempt in attempts if attempt.state is not SubmissionState.SUPERSEDED)


def _awaits_correction(attempts: Iterable[Attempt]) -> bool:
    """Whether the last of these is still to be mended; not one that a person said is no report."""
    reports = [attempt for attempt in attempts if not is_refused(attempt.findings)]
    return bool(reports) and reports[-1].state in _TO_BE_MENDED


def _reason(state: ReporterWeekState, given: Due) -> str:
    if state is ReporterWeekState.EXTENDED and given.extension:
        return given.extension.reason
    return given.exclusion


def _state_now(attempt: Attempt, attempts: Iterable[Attempt]) -> SubmissionState:
    """Superseded where later files of the week bring every part that this one brought; a nil one brings none."""
    is_replaced = attempt.parts and attempt not in in_force(attempts).values()
    if attempt.state is SubmissionState.ACCEPTED and is_replaced:
        return SubmissionState.SUPERSEDED
    return attempt.state


def _file_line(attempt: Attempt, state: SubmissionState) -> FileLine:
    told = tuple(f.without_internals() for f in attempt.findings if f.severity is not Severity.NOTE)
    return FileLine(attempt.file_name, attempt.sha256, attempt.received_at, state, attempt.nil, told)


def _accepted(attempts: Iterable[Attempt]) -> list[Attempt]:
    return sorted((a for a in attempts if a.state is SubmissionState.ACCEPTED), key=_moment)


def _moment(attempt: Attempt) -> tuple[datetime, datetime, str]:
    return attempt.received_at, attempt.recorded_at, attempt.sha256
