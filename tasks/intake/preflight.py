"""Whether a file may be opened at all: hostile until checked. Knows containers; reads no cell, judges no
content.

Runs before the archive hands the file to a reader, in our own process, so nothing here trusts a length or a
name that the file states.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from domain.findings import Finding
from tasks.intake import (
    biff,
    delimited,
    docx_risks,
    foreign_parts,
    main_parts,
    markup_weight,
    odf_risks,
    ooxml_risks,
    outside_parts,
    scans,
    sheet_bounds,
    sheet_xml,
)
from tasks.intake.container import ContainerLimits, members, refuse_doctypes
from tasks.intake.formats import OLE_MAGIC, SAVE_AS, ZIP_MAGIC, FileFormat, kind_of
from tasks.intake.looks import Look
from tasks.intake.refusals import Refused, damaged, quarantine, unless_we_fail
from tasks.intake.scans import ScanFormat

LIMITS = ContainerLimits()
# What offices rename to .csv or what a browser saves in its place: ZIP, OLE, PDF, RTF, HTML and XML.
_OTHER_THAN_TABLE = re.compile(
    rb"PK\x03\x04|\xd0\xcf\x11\xe0|%PDF|\{\\rtf|(\xef\xbb\xbf)?\s*<(!doctype|html|\?xml)", re.I
)
# Of all sheets together, ten times a form's: what is cut of them stands in memory with its batch.
_USUAL_BYTES = 1_000_000
_SHEET = b"sheetData"  # whatever its part is called
Risks = Iterator[tuple[str, str]]


@dataclass(frozen=True)
class Examined:
    """`format` is None exactly where there is a finding; such a file is never opened. `looks`: of its sheets, where the
    check has seen them already."""

    format: FileFormat | None
    findings: tuple[Finding, ...] = ()
    looks: Sequence[Look] | None = None


def examine(data: bytes, file_name: str, limits: ContainerLimits = LIMITS) -> Examined:
    """Check one file from its bytes. `file_name` gives the extension and the name that the officer knows."""
    examined = unless_we_fail(lambda: _examined(data, file_name, limits), file_name)
    return Examined(None, (examined,)) if isinstance(examined, Finding) else examined


def too_large_to_open(size: int, file_name: str, limits: ContainerLimits = LIMITS) -> Finding | None:
    """The finding over a file that is refused by its size alone, before its bytes are in memory."""
    most = most_bytes(file_name, limits)
    if size <= most:
        return None
    why = f"{size / 1e6:.1f} MB, tối đa {most / 1e6:.0f} MB".replace(".", ",")
    return quarantine("FILE_TOO_LARGE", name=file_name, why=why)


def most_bytes(file_name: str, limits: ContainerLimits = LIMITS) -> int:
    """The greatest file of this name that is taken in."""
    return limits.file_bytes if ScanFormat.of_name(file_name) is None else limits.scan_bytes


def _examined(data: bytes, file_name: str, limits: ContainerLimits) -> Examined:
    if too_large := too_large_to_open(len(data), file_name, limits):
        return Examined(None, (too_large,))
    check = _Check(file_name, limits)
    try:
        check.over(data)
    except Refused as refusal:
        check.found.append((refusal.code, refusal.why))
    if not check.found:
        return Examined(check.format, looks=check.looks)
    first_of_each = dict(reversed(check.found))  # one finding a code, with what was found first
    codes = dict.fromkeys(code for code, _ in check.found)
    return Examined(None, tuple(quarantine(code, name=file_name, why=first_of_each[code]) for code in codes))


class _Check:
    """One file's. `found` grows as it goes on: what was found before a refusal is told too."""

    def __init__(self, file_name: str, limits: ContainerLimits) -> None:
        self.found: list[tuple[str, str]] = []
        self.format: FileFormat | None = None
        self.looks: Sequence[Look] | None = None
        self._file_name, self._limits = file_name, limits

    def over(self, data: bytes) -> None:
        _refuse_empty(data)
        if scan := ScanFormat.of_name(self._file_name):
            self.found.extend(_scan_risks(data, scan))
            return
        self.format = _format(self._file_name)
        if self.format.is_text:
            _check_text(data)
        elif data.startswith(OLE_MAGIC):
            self.found.extend(_compound_risks(data, self.format))
        elif data.startswith(ZIP_MAGIC) and self.format is not FileFormat.XLS:
            self._over_package(dict(members(data, self._limits)), self.format)
        else:
            raise _another(data)

    def _over_package(self, parts: Mapping[str, bytes], file_format: FileFormat) -> None:
        self.found.extend(foreign_parts.programs(parts))
        if file_format is FileFormat.XLSX:
            self._over_workbook(parts)
        else:
            self.found.extend(_odf_risks(parts) if file_format is FileFormat.ODS else _docx_risks(parts))

    def _over_workbook(self, parts: Mapping[str, bytes]) -> None:
        refuse_doctypes(parts)
        markup_weight.refuse_heavy_lists(parts, ooxml_risks.CONTENT_TYPES)
        holding = outside_parts.holding(parts)
        markup_weight.refuse_heavy(holding.values(), markup_weight.WHOLE)
        if not ooxml_risks.is_workbook(parts):
            raise Refused("FILE_TYPE_UNKNOWN", "không phải bảng tính Excel")
        foreign_parts.refuse_other_letters(parts)
        main_parts.refuse_another_workbook(parts)
        self.found.extend(ooxml_risks.risks(parts))
        self.found.extend(outside_parts.risks(holding))
        sheets = {name: content for name, content in parts.items() if _SHEET in content}
        is_usual = sum(map(len, sheets.values())) <= _USUAL_BYTES
        sheet_bounds.refuse_heavy(sheets.values())
        cuts, left = {}, sheet_bounds.Left()
        for name, content in sheets.items():
            without = sheet_bounds.check(content, self._limits.cells, left)
            cuts[name] = without if is_usual else None
        is_named_so = PurePath(self._file_name).suffix.casefold() == ".xlsm"
        if ooxml_risks.is_macro_enabled(parts) and not is_named_so:
            raise Refused("FILE_TYPE_UNKNOWN", "nội dung là sổ tính .xlsm")
        self.looks = sheet_xml.usual_looks(parts, cuts)


def _format(file_name: str) -> FileFormat:
    file_format = FileFormat.of_name(file_name)
    if file_format is None:
        suffix = PurePath(file_name).suffix.casefold()
        raise Refused("FILE_TYPE_UNKNOWN", SAVE_AS.get(suffix, f"phần mở rộng {suffix}"))
    return file_format


def _refuse_empty(data: bytes) -> None:
    if not data.strip(b"\0"):
        raise damaged("tệp rỗng")


def _scan_risks(data: bytes, scan: ScanFormat) -> Risks:
    """What is wrong with it; where nothing is, it waits for a person (quarantined, never read)."""
    found = list(scans.risks(data, scan))
    yield from found or [("FILE_TO_BE_TYPED", f"tệp .{scan}")]


def _another(data: bytes) -> Refused:
    """A file that its name calls otherwise: it is told what it is, so that its sender finds what to do."""
    return Refused("FILE_TYPE_UNKNOWN", f"nội dung là {kind_of(data)}")


def _check_text(data: bytes) -> None:
    if _OTHER_THAN_TABLE.match(data):
        raise _another(data)
    delimited.decoded(data)


def _compound_risks(data: bytes, file_format: FileFormat) -> Risks:
    """An OLE container is an .xls, or the wrapping of a workbook with a password."""
    stream = biff.workbook_stream(data)
    if file_format is not FileFormat.XLS:
        raise _another(OLE_MAGIC)
    yield from biff.risks(stream)


def _odf_risks(parts: Mapping[str, bytes]) -> Risks:
    if not odf_risks.is_workbook(parts):
        raise Refused("FILE_TYPE_UNKNOWN", "không phải bảng tính ODS")
    markup_weight.refuse_heavy(parts.values(), markup_weight.WHOLE)
    if odf_risks.is_encrypted(parts):
        raise Refused("FILE_ENCRYPTED", "mật khẩu")
    refuse_doctypes(parts)
    cells = odf_risks.CONTENT
    foreign_parts.refuse_other_letters({cells: parts.get(cells, b"")})
    yield from odf_risks.risks(parts)


def _docx_risks(parts: Mapping[str, bytes]) -> Risks:
    refuse_doctypes(parts)
    markup_weight.refuse_heavy_lists(parts, ooxml_risks.CONTENT_TYPES)
    markup_weight.refuse_heavy(docx_risks.parsed_whole(parts), markup_weight.WHOLE)
    if not docx_risks.is_document(parts):
        raise Refused("FILE_TYPE_UNKNOWN", "không phải văn bản Word (.docx)")
    main_parts.refuse_another_document(parts)
    yield from docx_risks.risks(parts)
