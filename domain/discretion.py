"""A week without the own words of units whose free text isn't published (Công an, Quân sự): not what their findings
quote, nor the names they gave to files and sheets. A hash and a cell still lead to where it stands.

Only for what is published: a unit's own reply is written from its verdict and keeps everything.
Source: SEMANTICS, "Submissions".
"""

from collections.abc import Mapping
from dataclasses import replace

from domain.campaign import Campaign
from domain.findings import Finding
from domain.snapshot import Attempt, InForceRow, WeekSnapshot
from domain.submissions import Row

_Sheets = Mapping[tuple[str, str], str]  # hash and the sender's name of a sheet -> what is published instead


def without_own_words(snapshot: WeekSnapshot, campaign: Campaign) -> WeekSnapshot:
    """The same week, to be summarised."""
    silent = {reporter.id for reporter in campaign.roster.reporters if not reporter.publishes_remarks}
    sheets = _renamed(snapshot, silent, campaign)
    attempts = {
        reporter: tuple(_attempt(each, sheets) for each in files) if reporter in silent else files
        for reporter, files in snapshot.attempts.items()
    }
    rows = {
        part: tuple(_row(line, sheets) if line.reporter in silent else line for line in lines)
        for part, lines in snapshot.rows.items()
    }
    return replace(snapshot, attempts=attempts, rows=rows)


def published_name(sha256: str) -> str:
    """What stands for the name of such a unit's file: the beginning of its hash."""
    return sha256[:8]


def _renamed(snapshot: WeekSnapshot, silent: set[str], campaign: Campaign) -> _Sheets:
    """A sheet that the form names is ours to print; others are counted within their file."""
    ours = {sheet for form in campaign.forms for sheet in (form.header_sheet, *(p.sheet for p in form.parts))}
    others: dict[str, list[str]] = {}
    for sha256, sheet in sorted(_sheets(snapshot, silent)):
        if sheet and sheet not in ours:
            others.setdefault(sha256, []).append(sheet)
    return {
        (sha256, sheet): f"trang đổi tên {n}"
        for sha256, sheets in others.items()
        for n, sheet in enumerate(sheets, start=1)
    }


def _sheets(snapshot: WeekSnapshot, silent: set[str]) -> set[tuple[str, str]]:
    files = [attempt for reporter in silent for attempt in snapshot.attempts.get(reporter, ())]
    lines = [line for part in snapshot.rows.values() for line in part if line.reporter in silent]
    return {
        *((file.sha256, found.place.sheet) for file in files for found in file.findings),
        *((file.sha256, file.nil_source.sheet) for file in files if file.nil_source),
        *((line.sha256, line.row.sheet) for line in lines),
    }


def _attempt(attempt: Attempt, sheets: _Sheets) -> Attempt:
    source = attempt.nil_source
    return replace(
        attempt,
        file_name=attempt.file_name and published_name(attempt.sha256),
        findings=tuple(_finding(found, attempt.sha256, sheets) for found in attempt.findings),
        nil_source=source and replace(source, sheet=sheets.get((source.sha256, source.sheet), source.sheet)),
    )


def _finding(found: Finding, sha256: str, sheets: _Sheets) -> Finding:
    sheet = sheets.get((sha256, found.place.sheet), found.place.sheet)
    told = found.without_quotes()._replace(place=found.place._replace(sheet=sheet))
    if "name" in told.facts:  # in a finding over a whole file it is that of the file
        told = told._replace(facts={**told.facts, "name": published_name(sha256)})
    return told


def _row(line: InForceRow[Row], sheets: _Sheets) -> InForceRow[Row]:
    row = line.row
    return replace(line, row=replace(row, sheet=sheets.get((line.sha256, row.sheet), row.sheet)))
