"""Whether a file may be opened at all: hostile until checked. Knows containers; reads no cell, judges no
content.

Runs before the archive hands the file to a reader, in our own process, so nothing here trusts a length or a
name that the file states.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from domain.findings import Finding
from tasks.intake import (
    biff,
    delimited,
    docx_risks,
    foreign_parts,
    odf_risks,
    ooxml_risks,
    scans,
    sheet_bounds,
)
from tasks.intake.container import ContainerLimits, members, refuse_doctypes
from tasks.intake.formats import OLE_MAGIC, SAVE_AS, ZIP_MAGIC, FileFormat, kind_of
from tasks.intake.refusals import Refused, damaged, quarantine, unless_we_fail
from tasks.intake.scans import ScanFormat

LIMITS = ContainerLimits()
# What offices rename to .csv or what a browser saves in its place: ZIP, OLE, PDF, RTF, HTML and XML.
_OTHER_THAN_TABLE = re.compile(
    rb"PK\x03\x04|\xd0\xcf\x11\xe0|%PDF|\{\\rtf|(\xef\xbb\xbf)?\s*<(!doctype|html|\?xml)", re.I
)
_SHEET = b"sheetData"  # whatever its part is called
Risks = Iterator[tuple[str, str]]


@dataclass(frozen=True)
class Examined:
    """`format` is None exactly where there is a finding; such a file is never opened."""

    format: FileFormat | None
    findings: tuple[Finding, ...] = ()


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
    found: list[tuple[str, str]] = []
    file_format = None
    try:
        _refuse_empty(data)
        if scan := ScanFormat.of_name(file_name):
            found.extend(_scan_risks(data, scan))
        else:
            file_format = _format(file_name)
            found.extend(_risks(data, file_name, file_format, limits))
    except Refused as refusal:
        found.append((refusal.code, refusal.why))
    if not found:
        return Examined(file_format)
    first_of_each = dict(reversed(found))  # one finding a code, with what was found first
    codes = dict.fromkeys(code for code, _ in found)
    return Examined(None, tuple(quarantine(code, name=file_name, why=first_of_each[code]) for code in codes))


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


def _risks(data: bytes, file_name: str, file_format: FileFormat, limits: ContainerLimits) -> Risks:
    if file_format.is_text:
        return _text_risks(data)
    if data.startswith(OLE_MAGIC):
        return _compound_risks(data, file_format)
    if data.startswith(ZIP_MAGIC) and file_format is not FileFormat.XLS:
        return _package_risks(data, file_name, file_format, limits)
    raise _another(data)


def _package_risks(data: bytes, file_name: str, file_format: FileFormat, limits: ContainerLimits) -> Risks:
    parts = dict(members(data, limits))
    yield from foreign_parts.programs(parts)
    yield from _PACKAGES[file_format](parts, limits)
    is_named_so = PurePath(file_name).suffix.casefold() == ".xlsm"
    if file_format is FileFormat.XLSX and ooxml_risks.is_macro_enabled(parts) and not is_named_so:
        raise Refused("FILE_TYPE_UNKNOWN", "nội dung là sổ tính .xlsm")


def _another(data: bytes) -> Refused:
    """A file that its name calls otherwise: it is told what it is, so that its sender finds what to do."""
    return Refused("FILE_TYPE_UNKNOWN", f"nội dung là {kind_of(data)}")


def _text_risks(data: bytes) -> Risks:
    if _OTHER_THAN_TABLE.match(data):
        raise _another(data)
    delimited.decoded(data)
    yield from ()


def _compound_risks(data: bytes, file_format: FileFormat) -> Risks:
    """An OLE container is an .xls, or the wrapping of a workbook with a password."""
    stream = biff.workbook_stream(data)
    if file_format is not FileFormat.XLS:
        raise _another(OLE_MAGIC)
    yield from biff.risks(stream)


def _ooxml_risks(parts: Mapping[str, bytes], limits: ContainerLimits) -> Risks:
    refuse_doctypes(parts)
    if not ooxml_risks.is_workbook(parts):
        raise Refused("FILE_TYPE_UNKNOWN", "không phải bảng tính Excel")
    foreign_parts.refuse_other_letters(parts)
    yield from ooxml_risks.risks(parts)
    for content in parts.values():
        if _SHEET in content:
            sheet_bounds.check(content, limits.cells)


def _odf_risks(parts: Mapping[str, bytes], _limits: ContainerLimits) -> Risks:
    if not odf_risks.is_workbook(parts):
        raise Refused("FILE_TYPE_UNKNOWN", "không phải bảng tính ODS")
    if odf_risks.is_encrypted(parts):
        raise Refused("FILE_ENCRYPTED", "mật khẩu")
    refuse_doctypes(parts)
    cells = odf_risks.CONTENT
    foreign_parts.refuse_other_letters({cells: parts.get(cells, b"")})
    yield from odf_risks.risks(parts)


def _docx_risks(parts: Mapping[str, bytes], _limits: ContainerLimits) -> Risks:
    refuse_doctypes(parts)
    if not docx_risks.is_document(parts):
        raise Refused("FILE_TYPE_UNKNOWN", "không phải văn bản Word (.docx)")
    yield from docx_risks.risks(parts)


_PACKAGES = {FileFormat.XLSX: _ooxml_risks, FileFormat.ODS: _odf_risks, FileFormat.DOCX: _docx_risks}
