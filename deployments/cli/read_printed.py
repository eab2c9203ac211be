"""How `ntm read` says what was understood of a file: for people as tables, for programs as one document."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from config.messages import Message
from deployments.cli.speaking import finding_facts
from domain.campaign import Campaign
from domain.findings import Finding, Place, Severity
from domain.forms import CellKind, DossierState, labels_of_subjects
from domain.judgement import Judgement
from domain.reading.money import Amount
from domain.vietnamese import first_capital, normal_text, vi_date, vi_number
from tasks.intake.cell_by_cell import CellRead
from tasks.read_only import FileRead

_STYLES = {
    Severity.QUARANTINE: "red",
    Severity.ERROR: "red",
    Severity.WARNING: "yellow",
    Severity.NOTE: "dim",
}
_NOT_TAKEN = "[dim](không ghi)[/dim]"
_AS_IT_STANDS = "[dim]như trong tệp[/dim]"
_LONGEST = 60  # of what stood in the file; a remark may fill a page
_ByPlace = Mapping[Place, Sequence[Finding]]


def facts_of(file: FileRead, campaign: Campaign, messages: Mapping[str, Message]) -> dict[str, object]:
    """The same for a program; values in the words of people, `raw` as the file has it."""
    found = _by_place(file.verdict.findings)
    return {
        "file_name": file.file_name,
        "sha256": file.sha256,
        "reporter": file.reporter,
        "week": str(file.week or ""),
        "form": file.form,
        "state": file.verdict.state.value,
        "findings": [finding_facts(finding, messages) for finding in file.verdict.findings],
        "cells": [_cell_facts(cell, found.get(cell.place, ()), campaign) for cell in file.cells],
    }


def _cell_facts(cell: CellRead, found: Sequence[Finding], campaign: Campaign) -> dict[str, object]:
    return {
        "sheet": cell.place.sheet,
        "cell": cell.place.cell,
        "part": cell.part.value if cell.part else "header",
        "heading": cell.heading,
        "raw": cell.reading.raw,
        "read": said(cell, campaign),
        "how": cell.reading.code,
        "findings": [finding.code for finding in found],
    }


def said(cell: CellRead, campaign: Campaign) -> str:
    """What the cell was taken for, as people write it; "" where nothing was."""
    value = cell.reading.value
    if value is None:  # a result that is no number is kept as text
        return normal_text(cell.reading.raw) if cell.kind is CellKind.RESULT and not cell.reading.code else ""
    if cell.kind in (CellKind.COMMUNE, CellKind.REPORTER):
        return campaign.roster[value].name
    if cell.kind is CellKind.REMARK_SUBJECT:
        return labels_of_subjects(campaign.forms)[value]
    return _number_said(value, cell.kind) or _word_said(value)


def _number_said(value: object, kind: CellKind) -> str:
    match value:
        case Amount(dong=dong):
            return f"{vi_number(dong)} đồng"
        case Decimal():
            return vi_number(value) + ("%" if kind is CellKind.PERCENT else "")
        case _:
            return ""


def _word_said(value: object) -> str:
    match value:
        case bool():
            return "có" if value else "không"
        case Judgement() | DossierState():
            return value.vi
        case date():
            return vi_date(value)
        case _:
            return str(value)


class Printer:
    """`only_findings`: cells of which something is said, and no others."""

    def __init__(self, campaign: Campaign, messages: Mapping[str, Message], *, only_findings: bool) -> None:
        self.campaign, self.messages, self.only_findings = campaign, messages, only_findings
        self.console = Console(highlight=False)

    def show(self, file: FileRead, *, has_ledger: bool) -> None:
        """Whose it is, every cell, then what a run would decide and what is to be mended."""
        self._say(self._whose(file))
        found = _by_place(file.verdict.findings)
        for sheet, cells in groupby(file.cells, lambda cell: cell.place.sheet):
            self._print_sheet(sheet, [c for c in cells if not self.only_findings or c.place in found], found)
        self._print_elsewhere(file, {cell.place for cell in file.cells})
        self._say(f"[bold]Nếu nộp tệp này: {_decision(file)}.[/bold]")
        if file.cells and not has_ledger:
            self._say("[dim]Chưa có sổ cái trên máy này nên chưa so với các tuần trước.[/dim]")

    def _whose(self, file: FileRead) -> str:
        name = f"[bold]{escape(file.file_name)}[/bold]"
        if not file.reporter or file.week is None:
            return name
        return f"{name}: {escape(self.campaign.roster[file.reporter].name)}, tuần {file.week.vi}"

    def _print_sheet(self, sheet: str, cells: Sequence[CellRead], found: _ByPlace) -> None:
        if not cells:
            return
        title = f"“{escape(sheet)}”" if sheet else None
        table = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left")
        for heading, ratio in (("Ô", 1), ("Cột", 3), ("Trong tệp", 3), ("Hiểu là", 3), ("Cần lưu ý", 5)):
            table.add_column(heading, ratio=ratio, overflow="fold")
        for cell in cells:
            table.add_row(*self._row(cell, found.get(cell.place, ())))
        self.console.print(table)

    def _row(self, cell: CellRead, found: Sequence[Finding]) -> tuple[str, ...]:
        raw = normal_text(cell.reading.raw)
        told = "\n".join(self._told(finding) for finding in found)
        read = _read_as(raw, said(cell, self.campaign))
        return cell.place.cell, escape(cell.heading), escape(_short(raw)), read, told

    def _told(self, finding: Finding) -> str:
        style = _STYLES[finding.severity]
        words = self.messages[finding.code].text(finding)
        return f"[{style}]{first_capital(finding.severity.vi)}: {escape(words)}[/{style}]"

    def _print_elsewhere(self, file: FileRead, shown: set[Place]) -> None:
        """Of the file as a whole, of headings, of cells that no row keeps."""
        for finding in file.verdict.findings:
            if finding.place not in shown:
                where = f"{escape(finding.place.vi)}: " if finding.place.vi else ""
                self._say(f"{where}{self._told(finding)}")

    def _say(self, text: str) -> None:
        self.console.print(text, soft_wrap=True)


def _read_as(raw: str, taken: str) -> str:
    if taken == raw:
        return _AS_IT_STANDS
    return escape(_short(taken)) or _NOT_TAKEN


def _decision(file: FileRead) -> str:
    counted = Counter(finding.severity for finding in file.verdict.findings)
    counts = ", ".join(f"{counted[each]} {each.vi}" for each in Severity if counted[each])
    return file.verdict.state.vi + (f" ({counts})" if counts else "")


def _by_place(findings: Iterable[Finding]) -> _ByPlace:
    grouped: dict[Place, list[Finding]] = {}
    for finding in findings:
        grouped.setdefault(finding.place, []).append(finding)
    return grouped


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
