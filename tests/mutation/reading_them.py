"""Files through the real doors (container check, reading child, recognition, rules), many at once."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from domain.findings import Finding, Place, Severity
from domain.forms import Form, Part
from domain.rules.registry import judge
from domain.submissions import PLACE_FIELDS, Row, SubmissionState
from domain.weeks import WeekName
from tasks.intake.grid import Book
from tasks.intake.preflight import examine
from tasks.intake.recognise import understand
from tasks.intake.workbook import FileToRead, read_batch
from tests.factories_domain import W15, local
from tests.mutation.typed import Report, Spot, agency_report, commune_report, part_report
from tests.mutation.written import FORMATS, Format
from tests.tasks.intake.recognise_kit import campaign

Said = Mapping[Part, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True)
class Outcome:
    """`said`: what every part states, row by row, without places and raw texts."""

    state: SubmissionState
    findings: tuple[Finding, ...]
    said: Said

    @property
    def to_mend(self) -> set[Place]:
        """Where errors and warnings stand."""
        told = (Severity.QUARANTINE, Severity.ERROR, Severity.WARNING)
        return {finding.place for finding in self.findings if finding.severity in told}


def outcomes(written: Sequence[tuple[Report, Format]], folder: Path, week: WeekName = W15) -> list[Outcome]:
    """One child reads them all."""
    files, opened = [], []
    for report, file_format in written:
        data = file_format.write(report)
        name = f"báo cáo.{file_format.ending}"
        sha256 = hashlib.sha256(data).hexdigest()
        path = folder / sha256
        path.write_bytes(data)
        examined = examine(data, name)
        to_read = FileToRead(sha256, path, name, examined.format) if examined.format else None
        opened.append((sha256, examined, to_read, report))
        files += [to_read] if to_read else []
    books = read_batch(files)
    return [
        _outcome(books[to_read] if to_read else examined.findings, sha256, report, week)
        for sha256, examined, to_read, report in opened
    ]


def _outcome(
    read: Book | Finding | tuple[Finding, ...], sha256: str, report: Report, week: WeekName
) -> Outcome:
    if not isinstance(read, Book):
        found = (read,) if isinstance(read, Finding) else read
        return Outcome(SubmissionState.QUARANTINED, found, {})
    received = local("2023-04-12 09:00")
    about: dict[str, Any] = {"sha256": sha256, "file_name": "báo cáo", "received_at": received}
    submission, found = understand(read, campaign=campaign(), reporter=report.reporter, week=week, **about)
    verdict = judge(submission, found, campaign())
    said = {part: [_said(row) for row in rows] for part, rows in submission.parts.items()}
    return Outcome(verdict.state, verdict.findings, said)


def _said(row: Row) -> Mapping[str, Any]:
    """Precision is how a sum was written, not what it says."""
    silent = (*PLACE_FIELDS, "unit", "last_digit", "result_text")
    return {f.name: getattr(row, f.name) for f in fields(row) if f.name not in silent}


def spots_by_place(report: Report, file_format: Format) -> Mapping[Place, Spot]:
    return {file_format.place(report, spot): spot for spot in report.spots()}


@cache
def good_reports() -> Mapping[str, tuple[Report, Format]]:
    """A name for each good file -> what it says and its format."""
    forms: dict[str, Form] = {form.id: form for form in campaign().forms}
    commune, agency = commune_report(forms["commune-weekly-v1"]), agency_report(forms["agency-weekly-v1"])
    whole = {f"xã.{ending}": (commune, FORMATS[ending]) for ending in ("xlsx", "xls", "ods", "docx")}
    parts = {
        f"{part.value}.{ending}": (part_report(forms["commune-weekly-v1"], part), FORMATS[ending])
        for part, ending in (
            (Part.PROGRESS, "csv"),
            (Part.DEBT, "csv"),
            (Part.PROGRESS, "tsv"),
            (Part.DEBT, "tsv"),
        )
    }
    return {**whole, **parts, "phòng.xlsx": (agency, FORMATS["xlsx"]), "phòng.ods": (agency, FORMATS["ods"])}
