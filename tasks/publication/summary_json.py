"""summary.json: the canonical bytes of a Summary, and back. The schema is docs/summary.schema.json.

Canonical: keys sorted, UTF-8, no float anywhere (whole numbers as integers, decimals as text), moments in
UTC. Equal summaries give equal bytes, from whichever database and in whichever time zone they were made.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from itertools import chain
from json.encoder import encode_basestring
from typing import Any, BinaryIO

from domain.findings import Finding, Place, Severity
from domain.forms import Part
from domain.submissions import SubmissionState
from domain.summary import (
    Change,
    Comparison,
    Figure,
    FigureKind,
    FileLine,
    ProjectLine,
    ReporterLine,
    ReporterWeekState,
    Summary,
)
from domain.weeks import WeekName
from tasks.publication.figure_file import FigureFile, ReadAt
from tasks.publication.figure_json import DAMAGE, Json, damaged, figure_of, figure_text, value_json, value_of
from tasks.publication.summary_parts import NONE, OPENS, parts

FORMAT = "ntm-summary/4"
# 3 knew no decision over a case, 2 no other week and not which parts are in force, 1 no source in the configuration.
READABLE = (FORMAT, "ntm-summary/3", "ntm-summary/2", "ntm-summary/1")


def to_bytes(summary: Summary) -> bytes:
    """One figure or field a line, so that two revisions can be compared as text."""
    file = BytesIO()
    write(summary, file)
    return file.getvalue()


def write(summary: Summary, file: BinaryIO) -> None:
    """The same into a file, for a summary that is larger than memory."""
    around = (_written(_around(summary)) + "\n").encode()
    before, no_changes, rest = around.partition(b'\n"changes": []')
    between, no_figures, after = rest.partition(NONE)
    figures = chain([OPENS], _pieces(summary.figures), [b"\n}"]) if summary.figures else [no_figures]
    changes = _changes(summary.changes) if summary.changes else [no_changes]
    file.writelines(chain([before], changes, [between], figures, [after]))


def parse(data: bytes) -> Summary:
    """The Summary that these bytes were made of, all in memory. Raises StoreError for what to_bytes never writes."""

    def read_at(size: int, offset: int) -> bytes:
        return data[offset : offset + size]

    with _told_as_damaged():
        around, start, end = parts(read_at)
        document = _known(json.loads(around))
        return _parsed(document, dict(_listed(document) or FigureFile(read_at, start, end)))


def read(file: BinaryIO) -> Summary:
    """The same of a file on the disk; its figures stay there, and are read when they are looked up."""
    with _told_as_damaged():
        around, start, end = parts(_reads(file))
        document = _known(json.loads(around))
        return _parsed(document, _listed(document) or FigureFile.of(file, start, end))


def read_around(file: BinaryIO) -> Summary:
    """All but the figures, for whoever asks for a number, a reason or who reported."""
    with _told_as_damaged():
        return _parsed(_known(json.loads(parts(_reads(file))[0])), {})


def _reads(file: BinaryIO) -> ReadAt:
    def read_at(size: int, offset: int) -> bytes:
        file.seek(offset)
        return file.read(size)

    return read_at


def _listed(document: Json) -> dict[str, Figure]:
    """Of bytes in a layout that is not ours."""
    return {figure_id: figure_of(figure_id, figure) for figure_id, figure in document["figures"].items()}


def _pieces(figures: Mapping[str, Figure]) -> Iterator[bytes]:
    if isinstance(figures, FigureFile):
        yield from figures.pieces()
        return
    between = b""
    for figure in sorted(figures.values(), key=lambda figure: figure.id):
        yield between + figure_text(figure).encode()
        between = b",\n"


def _changes(changes: Iterable[Change]) -> Iterator[bytes]:
    between = b'\n"changes": [\n'
    for change in changes:
        yield between + _written(_change(change)).encode()
        between = b",\n"
    yield b"\n]"


def _change(change: Change) -> Json:
    return {
        "figure": change.figure_id,
        "kind": change.kind.value,
        "before": value_json(change.before),
        "after": value_json(change.after),
    }


def _known(document: Json) -> Json:
    if document["format"] not in READABLE:
        raise ValueError(f"format {document['format']!r}")
    return document


@contextmanager
def _told_as_damaged() -> Iterator[None]:
    try:
        yield
    except DAMAGE as error:
        raise damaged(error) from error


def _written(value: Any) -> str:
    """What json.dumps(..., ensure_ascii=False, sort_keys=True, indent=0) gives, in a quarter of its time: with an
    indent the library yields every comma by itself."""
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, Mapping) and value:
        items = (f"{encode_basestring(key)}: {_written(value[key])}" for key in sorted(value))
        return "{\n" + ",\n".join(items) + "\n}"
    if isinstance(value, list | tuple) and value:
        return "[\n" + ",\n".join(map(_written, value)) + "\n]"
    return json.dumps(value)


def _around(summary: Summary) -> Json:
    """Without figures and changes, of which there may be too many to stand in one text."""
    return {
        "format": FORMAT,
        "campaign": summary.campaign,
        "week": str(summary.week),
        "revision": summary.revision,
        "deadline": _moment(summary.deadline),
        "as_of": _moment(summary.as_of),
        "config_hash": summary.config_hash,
        "code_version": summary.code_version,
        "reporters": [_reporter(line) for line in summary.reporters],
        "projects": [
            {"commune": p.commune, "key": p.key, "name": p.name, "decision": p.decision}
            for p in summary.projects
        ],
        "figures": {},
        "reason": summary.reason,
        "changes": [],
        "compared_with": _comparison(summary.compared_with),
        "later_weeks": [str(week) for week in summary.later_weeks],
    }


def _comparison(with_: Comparison | None) -> Json | None:
    if with_ is None:
        return None
    return {"week": str(with_.week), "revision": with_.revision, "sha256": with_.sha256}


def _reporter(line: ReporterLine) -> Json:
    return {
        "reporter": line.reporter,
        "state": line.state.value,
        "nil": line.nil,
        "received_at": _moment(line.received_at) if line.received_at else None,
        "owes": line.owes,
        "reason": line.reason,
        "awaits_correction": line.awaits_correction,
        "files": [_file(file) for file in line.files],
        "parts": [part.value for part in line.parts],
    }


def _file(file: FileLine) -> Json:
    return {
        "file_name": file.file_name,
        "sha256": file.sha256,
        "received_at": _moment(file.received_at),
        "state": str(file.state),
        "nil": file.nil,
        "findings": [
            {
                "code": finding.code,
                "severity": finding.severity.value,
                "sheet": finding.place.sheet,
                "cell": finding.place.cell,
                "facts": dict(finding.facts),
            }
            for finding in file.findings
        ],
    }


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _parsed(document: Json, figures: Mapping[str, Figure]) -> Summary:
    return Summary(
        campaign=document["campaign"],
        week=WeekName.parse(document["week"]),
        revision=document["revision"],
        deadline=datetime.fromisoformat(document["deadline"]),
        as_of=datetime.fromisoformat(document["as_of"]),
        config_hash=document["config_hash"],
        code_version=document["code_version"],
        reporters=tuple(_parsed_reporter(line) for line in document["reporters"]),
        projects=tuple(ProjectLine(**project) for project in document["projects"]),
        figures=figures,
        reason=document["reason"],
        changes=tuple(_parsed_change(change) for change in document["changes"]),
        compared_with=_parsed_comparison(document.get("compared_with")),
        later_weeks=tuple(WeekName.parse(week) for week in document.get("later_weeks", ())),
    )


def _parsed_comparison(with_: Json | None) -> Comparison | None:
    if with_ is None:
        return None
    return Comparison(WeekName.parse(with_["week"]), with_["revision"], with_["sha256"])


def _parsed_reporter(line: Json) -> ReporterLine:
    received = line["received_at"]
    files = tuple(_parsed_file(file) for file in line["files"])
    return ReporterLine(
        reporter=line["reporter"],
        state=ReporterWeekState(line["state"]),
        nil=line["nil"],
        received_at=datetime.fromisoformat(received) if received else None,
        owes=line["owes"],
        reason=line["reason"],
        awaits_correction=line["awaits_correction"],
        files=files,
        parts=tuple(Part(part) for part in line.get("parts", ())),
    )


def _parsed_file(file: Json) -> FileLine:
    findings = tuple(
        Finding(f["code"], Severity(f["severity"]), Place(f["sheet"], f["cell"]), f["facts"])
        for f in file["findings"]
    )
    received_at = datetime.fromisoformat(file["received_at"])
    state = SubmissionState(file["state"])
    return FileLine(file["file_name"], file["sha256"], received_at, state, file["nil"], findings)


def _parsed_change(change: Json) -> Change:
    kind = FigureKind(change["kind"])
    return Change(change["figure"], kind, value_of(kind, change["before"]), value_of(kind, change["after"]))
