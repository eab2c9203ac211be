"""A published week in the terminal: who reported, how the communes stand, where the documents lie."""

import re
from collections.abc import Iterator
from pathlib import Path

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table as Printed

from config.facts import load_campaign, load_messages
from config.settings import Settings
from domain.summary import ReporterLine
from domain.weeks import WeekName
from tasks.publication.blocks import Cell, Table, Tone
from tasks.publication.cells import Report
from tasks.publication.glance import communes_at_a_glance, reporters_at_a_glance
from tasks.publication.many import FINDINGS_SHEET, NAMES_SHOWN, is_many, most_urgent_first
from tasks.publication.package import SUMMARY
from tasks.publication.section_reports import finding_words, standing_files
from tasks.publication.summary_json import read

SHOWN = 4  # findings of one reporter
_STYLES = {Tone.GOOD: "green", Tone.WARN: "yellow", Tone.BAD: "red", Tone.MUTED: "dim"}
_REVISION = re.compile(r"r([1-9]\d*)")


def show_week(settings: Settings, week: WeekName) -> None:
    """Print the latest published revision of the week; says so where there is none."""
    console = Console(highlight=False, soft_wrap=False)
    latest = latest_revision(settings.published_week(settings.campaign, str(week)))
    if latest is None:
        console.print(f"Tuần {week.vi}: chưa phát hành.")
        return
    messages = load_messages(settings.config_root)
    with (latest / SUMMARY).open("rb") as file:
        summary = read(file)
    campaign = load_campaign(settings.campaign, settings.config_root)
    report = Report(summary, campaign, lambda finding: messages[finding.code].sentence(finding))
    console.print(f"[bold]Tuần {week.vi}, {summary.issue_vi}[/bold]")
    for table in (reporters_at_a_glance(report), communes_at_a_glance(report)):
        print_table(console, table)
    _print_findings(console, report)
    console.print("Tài liệu đã phát hành:")
    for path in sorted(latest.iterdir()):
        console.print(f"  {path}", markup=False)
    index = settings.published_index(settings.campaign)
    if index.is_file():
        console.print(f"Diễn biến qua các tuần:\n  {index}", markup=False)


def latest_revision(week_folder: Path) -> Path | None:
    """The folder of the highest revision; what an operator put beside (`r1-cu`, `r2.bak`) is none."""
    numbered = [
        (int(match[1]), folder)
        for folder in week_folder.glob("r*")
        if (match := _REVISION.fullmatch(folder.name))
    ]
    return max(numbered, default=(0, None))[1]


def _print_findings(console: Console, report: Report) -> None:
    """Of many reporters those that need attention first; the others are counted."""
    telling = [line for line in report.summary.reporters if any(f.findings for f in standing_files(line))]
    at_most = NAMES_SHOWN if is_many(report) else len(telling)
    for line in most_urgent_first(report, telling)[:at_most]:
        for told in _findings(report, line):
            console.print(f"{report.name(line.reporter)}, {told}", markup=False)
    if len(telling) > at_most:
        others = f"Còn lỗi, lưu ý của {len(telling) - at_most} đơn vị khác"
        console.print(f"{others}: xem phụ lục, trang tính “{FINDINGS_SHEET}”.", markup=False)
    console.print()


def print_table(console: Console, table: Table) -> None:
    """What is said of the others would be squeezed into the first column: it stands below."""
    console.print(_printed(table))
    for line in table.lines:
        if len(line.cells) < len(table.columns):
            console.print(" ".join(_styled(cell) for cell in line.cells))


def _printed(table: Table) -> Printed:
    printed = Printed(
        *(column.heading for column in table.columns), box=box.SIMPLE_HEAD, title=table.caption or None
    )
    for line in table.lines:
        if len(line.cells) == len(table.columns):
            printed.add_row(*(_styled(cell) for cell in line.cells))
    return printed


def _styled(cell: Cell) -> str:
    style = _STYLES.get(cell.tone)
    return f"[{style}]{escape(cell.text)}[/{style}]" if style else escape(cell.text)


def _findings(report: Report, line: ReporterLine) -> Iterator[str]:
    """One sentence for each, the first few; the page has them all."""
    told = [finding_words(report, finding) for file in standing_files(line) for finding in file.findings]
    yield from told[:SHOWN]
    if len(told) > SHOWN:
        yield f"… và {len(told) - SHOWN} nội dung khác"
