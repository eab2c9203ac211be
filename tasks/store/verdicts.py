"""What was decided over each file, and the rows that count through it. Knows no whole week (snapshots.py).

A verdict is never updated; the latest one recorded is in force. Only an accepted file's rows are kept:
nothing of a returned or quarantined one can enter a sum, and what it said is read again from the archive.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, exists, or_, select

from domain.findings import Finding, Place, Severity
from domain.forms import Part
from domain.lateness import shows_a_report
from domain.lineage import CellSource
from domain.submissions import Submission, SubmissionState, Verdict
from domain.weeks import WeekName
from tasks.store.inserting import insert_new
from tasks.store.rows import write_rows
from tasks.store.submissions import TYPED
from tasks.store.tables import replies, settlements, submissions, verdicts


@dataclass(frozen=True)
class Judged:
    """One file judged. `judged_by` is the hash of the configuration and the rules, and whether somebody released it."""

    submission_id: int
    submission: Submission
    verdict: Verdict
    judged_by: str


@dataclass(frozen=True)
class VerdictInForce:
    """The latest verdict over a file, as a reply to its sender needs it."""

    id: int
    submission_id: int
    reporter: str
    week: WeekName
    sha256: str
    file_name: str
    received_at: datetime
    form: str
    nil: bool
    verdict: Verdict


def record(connection: Connection, judged: Judged, now: datetime) -> int | None:
    """Write the verdict and, where it accepts, the rows; return the verdict's id.

    None, and nothing written, where the same `judged_by` has ruled over this file already.
    """
    insert = insert_new(connection, verdicts).values(**_values(judged), recorded_at=now)
    verdict_id = connection.execute(insert.returning(verdicts.c.id)).scalar_one_or_none()
    if verdict_id is not None and judged.verdict.state is SubmissionState.ACCEPTED:
        write_rows(connection, verdict_id, judged.submission.parts)
    return verdict_id


def has_accepted_before(connection: Connection, campaign: str, reporter: str, week: WeekName) -> bool:
    """Whether a nil report of `week` has something to refer to: an accepted report of this or an earlier week
    that is not itself nil."""
    of_reporter = (
        submissions.c.campaign == campaign,
        submissions.c.reporter == reporter,
        submissions.c.week <= week,
    )
    accepted = (verdicts.c.state == SubmissionState.ACCEPTED, verdicts.c.nil.is_(False))
    query = _latest_with_submissions().where(*of_reporter, *accepted).limit(1)
    return connection.execute(query).first() is not None


def first_received_at(
    connection: Connection, campaign: str, reporter: str, week: WeekName
) -> datetime | None:
    """When the first file of this reporter for this week came that shows a report of its own; None before that. Not
    one that turned out to be another's: another submission stands in its place."""
    c, v = submissions.c, verdicts.c
    mine = and_(c.campaign == campaign, c.reporter == reporter, c.week == week)
    is_replaced = exists().where(settlements.c.submission_id == c.id, settlements.c.settled_as.is_not(None))
    known = select(c.id, c.received_at, v.state, v.findings).outerjoin(verdicts, v.submission_id == c.id)
    rows = connection.execute(known.where(mine, ~is_replaced).order_by(v.recorded_at, v.id))
    in_force = {row.id: row for row in rows}
    return min((row.received_at for row in in_force.values() if _shows_a_report(row)), default=None)


def in_force(connection: Connection, submission_ids: Sequence[int]) -> Mapping[int, VerdictInForce]:
    """Submission -> its latest verdict; one that was never judged has no key."""
    query = _latest_with_submissions().where(verdicts.c.submission_id.in_(submission_ids))
    return {row.submission_id: _in_force(row) for row in connection.execute(query)}


def unanswered(connection: Connection, campaign: str) -> tuple[VerdictInForce, ...]:
    """Verdicts in force that keep a file out and that its sender was not told yet, in the order of recording.

    What an officer typed from a scan no unit has sent: its mistakes were told to who typed it.
    """
    query = (
        _latest_with_submissions()
        .where(
            submissions.c.campaign == campaign,
            verdicts.c.state != SubmissionState.ACCEPTED,
            submissions.c.channel != TYPED,
            ~exists().where(replies.c.verdict_id == verdicts.c.id),
        )
        .order_by(verdicts.c.recorded_at, verdicts.c.id)
    )
    return tuple(_in_force(row) for row in connection.execute(query))


def quarantined(connection: Connection, campaign: str) -> tuple[VerdictInForce, ...]:
    """Verdicts in force over files of which nobody is sure whose or what they are, in the order of receipt."""
    query = (
        _latest_with_submissions()
        .where(submissions.c.campaign == campaign, verdicts.c.state == SubmissionState.QUARANTINED)
        .order_by(submissions.c.received_at, verdicts.c.submission_id)
    )
    return tuple(_in_force(row) for row in connection.execute(query))


def followed_by(connection: Connection, campaign: str, files: Sequence[VerdictInForce]) -> Mapping[int, int]:
    """Submission -> the last accepted file of its reporter and week that came no earlier; none: no key."""
    accepted = _latest_with_submissions().where(
        submissions.c.campaign == campaign,
        verdicts.c.state == SubmissionState.ACCEPTED,
        submissions.c.reporter.in_({file.reporter for file in files}),
    )
    came = [
        (row.reporter, row.week, row.received_at, row.submission_id)
        for row in connection.execute(accepted.order_by(submissions.c.received_at, submissions.c.id))
    ]
    return {
        file.submission_id: number
        for reporter, week, received_at, number in came
        for file in files
        if (file.reporter, file.week) == (reporter, week) and file.received_at <= received_at
    }


def accepted_as(connection: Connection, campaign: str, sha256: str) -> tuple[tuple[str, WeekName], ...]:
    """Reporter and week of every file of these bytes that is accepted."""
    query = _latest_with_submissions().where(
        submissions.c.campaign == campaign,
        submissions.c.sha256 == sha256,
        verdicts.c.state == SubmissionState.ACCEPTED,
    )
    return tuple((row.reporter, row.week) for row in connection.execute(query.order_by(submissions.c.id)))


def record_reply(
    connection: Connection, verdict: VerdictInForce, *, sha256: str, path: str, now: datetime
) -> bool:
    """Note that the sender was told. False where another process noted it first."""
    values = {"verdict_id": verdict.id, "submission_id": verdict.submission_id}
    insert = insert_new(connection, replies).values(**values, sha256=sha256, path=path, recorded_at=now)
    return connection.execute(insert.returning(replies.c.verdict_id)).first() is not None


def findings_from(stored: Sequence[Mapping[str, Any]]) -> tuple[Finding, ...]:
    """Findings as they went in, in their order."""
    return tuple(
        Finding(f["code"], Severity(f["severity"]), Place(f["sheet"], f["cell"]), f["facts"]) for f in stored
    )


def nil_source_from(sha256: str, stored: Mapping[str, str] | None) -> CellSource | None:
    """The cell of a nil statement in the file with this hash."""
    return CellSource(sha256, stored["sheet"], stored["cell"], stored["raw"]) if stored else None


def parts_from(stored: Sequence[str]) -> frozenset[Part]:
    """The parts that a file brings."""
    return frozenset(Part(name) for name in stored)


def _shows_a_report(row: Row[Any]) -> bool:
    state = SubmissionState(row.state or SubmissionState.RECEIVED)
    return shows_a_report(state, findings_from(row.findings or ()))


def _latest_with_submissions() -> Select[Any]:
    """The last verdict over each file. "None later" is asked verdict by verdict, through the index, so a query about
    one file doesn't rank those of all years."""
    v, later = verdicts.c, verdicts.alias().c
    same_moment = and_(later.recorded_at == v.recorded_at, later.id > v.id)
    is_later = and_(
        later.submission_id == v.submission_id, or_(later.recorded_at > v.recorded_at, same_moment)
    )
    columns = (submissions.c[name] for name in ("reporter", "week", "sha256", "file_name", "received_at"))
    return (
        select(verdicts, *columns)
        .join(submissions, submissions.c.id == v.submission_id)
        .where(~exists().where(is_later))
    )


def _in_force(row: Row[Any]) -> VerdictInForce:
    return VerdictInForce(
        id=row.id,
        submission_id=row.submission_id,
        reporter=row.reporter,
        week=row.week,
        sha256=row.sha256,
        file_name=row.file_name,
        received_at=row.received_at,
        form=row.form,
        nil=row.nil,
        verdict=Verdict(row.state, findings_from(row.findings)),
    )


def _values(judged: Judged) -> dict[str, Any]:
    submission = judged.submission
    source = submission.nil_source
    return {
        "submission_id": judged.submission_id,
        "judged_by": judged.judged_by,
        "state": judged.verdict.state,
        "nil": submission.nil,
        "nil_source": {"sheet": source.sheet, "cell": source.cell, "raw": source.raw} if source else None,
        "form": submission.form,
        "header": dict(submission.header),
        "parts": sorted(part for part, rows in submission.parts.items() if rows or not submission.nil),
        "findings": [_finding(finding) for finding in judged.verdict.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    place = {"sheet": finding.place.sheet, "cell": finding.place.cell}
    return {"code": finding.code, "severity": finding.severity, **place, "facts": dict(finding.facts)}
