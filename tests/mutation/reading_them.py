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
from tasks.intake.doors import Read, unkept_through
from tasks.intake.grid import Book
from tasks.intake.recognise import understand
from tasks.intake.unkept import Unkept
from tasks.intake.workbook import ReadLimits
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
    lying = [_lying(file_format.write(report), file_format, folder) for report, file_format in written]
    read = unkept_through(lying, campaign().spellings.secret, ReadLimits())
    return [
        _outcome(one, file, report, week)
        for one, (file, _), (report, _) in zip(read, lying, written, strict=True)
    ]


def _lying(data: bytes, file_format: Format, folder: Path) -> tuple[Unkept, Path]:
    file = Unkept(f"báo cáo.{file_format.ending}", hashlib.sha256(data).hexdigest(), len(data), data)
    path = folder / file.sha256
    path.write_bytes(data)
    return file, path


def _outcome(read: Read, file: Unkept, report: Report, week: WeekName) -> Outcome:
    if not isinstance(read, Book):
        return Outcome(SubmissionState.QUARANTINED, read, {})
    received = local("2023-04-12 09:00")
    about: dict[str, Any] = {"sha256": file.sha256, "file_name": file.file_name, "received_at": received}
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
