"""A week as it was known at a moment, for the summary, and what was in force before it, for the rules. Knows which
rows count, not what they say.

"Known" is our commit (recorded_at) only, of the file and of its verdict. Source: SEMANTICS, "Time",
"Submissions". Everything is sorted here, never by the database: two databases sort the same text differently.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, null, select

from domain.forms import Part
from domain.lateness import in_force
from domain.snapshot import Attempt, InForceRow, WeekSnapshot
from domain.submissions import Earlier, EarlierPart, SubmissionState
from domain.weeks import WeekName
from tasks.store import case_decisions
from tasks.store.rows import read_rows
from tasks.store.tables import submissions, verdicts
from tasks.store.verdicts import findings_from, nil_source_from, parts_from


@dataclass(frozen=True)
class _File:
    """An attempt and the verdict behind it. Without a verdict both are None."""

    reporter: str
    week: WeekName
    submission_id: int
    verdict_id: int | None
    judged_at: datetime | None
    attempt: Attempt


def snapshot(
    connection: Connection,
    campaign: str,
    week: WeekName,
    as_of: datetime,
    reporters: Collection[str] | None = None,
) -> WeekSnapshot:
    """Every attempt of the week and the rows in force, as recorded up to and including `as_of`, and what was decided
    over cases by then; of these reporters alone, at most MOST_IN_A_LIST, or of all.

    A nil report puts in force, part by part, what was last accepted when it was judged: a file that came
    after it, for an earlier week, is not what it spoke of. `connection` is one of `reading(engine)`, else the
    view is not consistent.
    """
    query = _known(campaign, as_of).where(submissions.c.week == week)
    wanted = query if reporters is None else query.where(submissions.c.reporter.in_(reporters))
    by_reporter = _grouped(_latest(connection.execute(wanted)))
    chosen = {reporter: _chosen(files) for reporter, files in by_reporter.items()}
    nil = dict(_nil_reports(by_reporter))
    history = _history(connection, campaign, week, nil, as_of)
    for reporter, report in nil.items():
        chosen[reporter] = {**_kept(history.get(reporter, ()), report), **chosen[reporter]}
    attempts = {reporter: tuple(file.attempt for file in files) for reporter, files in by_reporter.items()}
    rows = {part: _rows(connection, part, chosen) for part in Part}
    return WeekSnapshot(
        campaign,
        week,
        as_of,
        attempts,
        {part: found for part, found in rows.items() if found},
        case_decisions.known(connection, campaign, week, as_of, reporters),
    )


def in_force_before(
    connection: Connection,
    campaign: str,
    week: WeekName,
    parts: Mapping[str, Collection[Part]],
    as_of: datetime,
) -> Mapping[str, Earlier]:
    """Reporter -> each of its `parts` as in force in the latest week before `week`, as recorded up to and including
    `as_of`; a part that never was has no key.

    One query for the files and one a part for the rows, however many reporters: a batch asks once.
    """
    history = _history(connection, campaign, week, parts, as_of)
    last = {reporter: _last(rows, frozenset(parts[reporter])) for reporter, rows in history.items()}
    rows_of = {
        part: read_rows(connection, part, [found[part][1] for found in last.values() if part in found])
        for part in Part
    }
    return {
        reporter: {
            part: EarlierPart(of_week, rows_of[part].get(verdict, ()))
            for part, (of_week, verdict) in found.items()
        }
        for reporter, found in last.items()
    }


def _known(campaign: str, as_of: datetime) -> Select[Any]:
    """Files with each of their verdicts, the verdict in force last; a file without one has one row."""
    s, v = submissions.c, verdicts.c
    judged = and_(v.submission_id == s.id, v.recorded_at <= as_of)
    columns = (v.state, v.nil, v.nil_source, v.parts, v.findings, v.recorded_at.label("judged_at"))
    return (
        select(submissions, v.id.label("verdict_id"), *columns)
        .outerjoin(verdicts, judged)
        .where(s.campaign == campaign, s.recorded_at <= as_of)
        .order_by(v.recorded_at, v.id)
    )


def _without_findings(query: Select[Any]) -> Select[Any]:
    """They are most of what a file's row weighs."""
    others = (column for column in query.selected_columns if column.key != "findings")
    return query.with_only_columns(*others, null().label("findings"))


def _latest(rows: Iterable[Row[Any]]) -> list[_File]:
    return [_file(row) for row in {row.id: row for row in rows}.values()]


def _file(row: Row[Any]) -> _File:
    attempt = Attempt(
        sha256=row.sha256,
        file_name=row.file_name,
        received_at=row.received_at,
        recorded_at=row.recorded_at,
        state=row.state or SubmissionState.RECEIVED,
        nil=bool(row.nil),
        parts=parts_from(row.parts or ()),
        findings=findings_from(row.findings or ()),
        nil_source=nil_source_from(row.sha256, row.nil_source),
    )
    return _File(row.reporter, row.week, row.id, row.verdict_id, row.judged_at, attempt)


def _grouped(files: Iterable[_File]) -> Mapping[str, Sequence[_File]]:
    """Reporter -> its files in the order in which they came."""
    ordered = sorted(files, key=lambda f: (f.reporter, *_came(f)))
    return {reporter: tuple(group) for reporter, group in groupby(ordered, key=lambda f: f.reporter)}


def _came(file: _File) -> tuple[datetime, datetime, str]:
    return file.attempt.received_at, file.attempt.recorded_at, file.attempt.sha256


def _chosen(files: Sequence[_File]) -> dict[Part, _File]:
    """Part -> the file in force among those of one reporter and one week."""
    by_hash = {file.attempt.sha256: file for file in files}
    return {
        part: by_hash[attempt.sha256] for part, attempt in in_force(file.attempt for file in files).items()
    }


def _nil_reports(by_reporter: Mapping[str, Sequence[_File]]) -> Iterator[tuple[str, _File]]:
    for reporter, files in by_reporter.items():
        nil = _last_nil(files)
        if nil:
            yield reporter, nil


def _last_nil(files: Iterable[_File]) -> _File | None:
    accepted = [f for f in files if f.attempt.nil and f.attempt.state is SubmissionState.ACCEPTED]
    return accepted[-1] if accepted else None


def _history(
    connection: Connection, campaign: str, week: WeekName, reporters: Iterable[str], as_of: datetime
) -> Mapping[str, list[Row[Any]]]:
    """Reporter -> the rows of its files of earlier weeks, with each of their verdicts. One query for all."""
    wanted = list(reporters)
    by_reporter: dict[str, list[Row[Any]]] = {}
    if wanted:
        c = submissions.c
        query = _known(campaign, as_of).where(c.week < week, c.reporter.in_(wanted))
        for row in connection.execute(_without_findings(query)):
            by_reporter.setdefault(row.reporter, []).append(row)
    return by_reporter


def _newest(rows: Iterable[Row[Any]]) -> dict[Part, _File]:
    """Part -> the file in force in the last of these weeks that brought it; of files of one reporter."""
    found: dict[Part, _File] = {}
    for _, files in _weeks(rows):
        found = _chosen(files) | found
    return found


def _last(rows: Sequence[Row[Any]], parts: frozenset[Part]) -> dict[Part, tuple[WeekName, int]]:
    """Part -> the last of these weeks that had it in force, also by a nil report, and the verdict over the file that
    brought it; of the files of one reporter."""
    found: dict[Part, tuple[WeekName, int]] = {}
    for week, files in _weeks(rows):
        nil = _last_nil(files)
        kept = _kept(rows, nil) if nil else {}
        for part, file in {**kept, **_chosen(files)}.items():
            if part in parts and file.verdict_id is not None:
                found.setdefault(part, (week, file.verdict_id))
        if found.keys() == parts:
            break
    return found


def _kept(rows: Iterable[Row[Any]], nil: _File) -> dict[Part, _File]:
    """Part -> the file in force in the last earlier week that brought it, as known when `nil` was judged."""
    judged_at = nil.judged_at
    return _newest(
        row
        for row in rows
        if judged_at
        and row.week < nil.week
        and row.judged_at
        and max(row.recorded_at, row.judged_at) <= judged_at
    )


def _weeks(rows: Iterable[Row[Any]]) -> Iterator[tuple[WeekName, Sequence[_File]]]:
    """Each week, the last one first, with the files of one reporter in the order in which they came. Lazy: of a year
    mostly one week is looked at."""
    by_week: dict[WeekName, list[Row[Any]]] = {}
    for row in rows:
        by_week.setdefault(row.week, []).append(row)
    for week in sorted(by_week, reverse=True):
        yield week, tuple(sorted(_latest(by_week[week]), key=_came))


def _rows(
    connection: Connection, part: Part, chosen: Mapping[str, Mapping[Part, _File]]
) -> tuple[InForceRow[Any], ...]:
    """By reporter, then as they stand in the file."""
    files = [by_part[part] for _, by_part in sorted(chosen.items()) if part in by_part]
    stored = read_rows(connection, part, [f.verdict_id for f in files if f.verdict_id is not None])
    return tuple(
        InForceRow(file.reporter, file.attempt.sha256, row)
        for file in files
        for row in stored.get(file.verdict_id or 0, ())
    )
