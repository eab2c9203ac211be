"""A published week in the terminal: who reported, how the communes stand, where the documents lie."""

from collections.abc import Iterator, Mapping

from rich import box
from rich.console import Console
from rich.table import Table

from config.facts import load_campaign, load_messages
from config.messages import Message
from config.settings import Settings
from domain.campaign import Campaign
from domain.figures.reporting import local_moment
from domain.findings import Finding, Severity
from domain.judgement import Judgement, Witness
from domain.summary import ReporterLine, ReporterWeekState, Summary, count_id, debt_id
from domain.vietnamese import vi_million_dong
from domain.weeks import WeekName
from tasks.publication.package import SUMMARY
from tasks.publication.summary_json import parse

SHOWN = 4  # findings of one reporter
_STYLES = {
    ReporterWeekState.ON_TIME: "green",
    ReporterWeekState.EXTENDED: "green",
    ReporterWeekState.LATE: "yellow",
    ReporterWeekState.EXCLUDED: "dim",
    ReporterWeekState.WAITING: "dim",
}


def show_week(settings: Settings, week: WeekName) -> None:
    """Print the latest published revision of the week; says so where there is none."""
    console = Console(highlight=False, soft_wrap=False)
    weeks_folder = settings.published_week(settings.campaign, str(week))
    revisions = sorted(weeks_folder.glob("r*"), key=lambda folder: int(folder.name[1:]))
    if not revisions:
        console.print(f"Tuần {week.vi}: chưa phát hành.")
        return
    summary = parse((revisions[-1] / SUMMARY).read_bytes())
    campaign = load_campaign(settings.campaign, settings.config_root)
    console.print(f"[bold]Tuần {week.vi}, bản {summary.revision}[/bold]")
    console.print(_reporters(summary, campaign))
    console.print(_communes(summary, campaign))
    _print_findings(console, summary, campaign, load_messages(settings.config_root))
    console.print("Tài liệu đã phát hành:")
    for path in sorted(revisions[-1].iterdir()):
        console.print(f"  {path}", markup=False)


def _print_findings(
    console: Console, summary: Summary, campaign: Campaign, messages: Mapping[str, Message]
) -> None:
    for line in summary.reporters:
        for told in _findings(line, messages):
            console.print(f"{campaign.roster[line.reporter].name}, {told}", markup=False)
    console.print()


def _reporters(summary: Summary, campaign: Campaign) -> Table:
    table = Table("Đơn vị", "Tình trạng", "Nhận lúc", "Lỗi, lưu ý", box=box.SIMPLE_HEAD)
    for line in summary.reporters:
        received = local_moment(line.received_at, campaign.calendar.zone) if line.received_at else ""
        style = _STYLES.get(line.state, "red")
        name = campaign.roster[line.reporter].name + ("" if line.owes else " (chưa bắt buộc)")
        table.add_row(name, f"[{style}]{_state(line)}[/{style}]", received, _counted(line))
    return table


def _state(line: ReporterLine) -> str:
    return line.state.vi + (", không phát sinh" if line.nil else "")


def _counted(line: ReporterLine) -> str:
    """`3 lỗi, 1 lưu ý`: what keeps a file out of the sums apart from what only travels with it."""
    severities = [finding.severity for file in line.files for finding in file.findings]
    notes = severities.count(Severity.WARNING)
    counts = ((len(severities) - notes, "lỗi"), (notes, "lưu ý"))
    return ", ".join(f"{number} {word}" for number, word in counts if number)


def _findings(line: ReporterLine, messages: Mapping[str, Message]) -> Iterator[str]:
    """One sentence for each, the first few; the page has them all."""
    told = [_told(finding, messages) for file in line.files for finding in file.findings]
    yield from told[:SHOWN]
    if len(told) > SHOWN:
        yield f"… và {len(told) - SHOWN} nội dung khác"


def _told(finding: Finding, messages: Mapping[str, Message]) -> str:
    place = " ".join(part for part in (finding.place.sheet, finding.place.cell) if part)
    return (f"{place}: " if place else "") + messages[finding.code].sentence(finding)


def _communes(summary: Summary, campaign: Campaign) -> Table:
    heads = [judgement.vi for judgement in Judgement]
    table = Table(
        "Xã", *heads, "Nợ đọng (triệu đồng)", box=box.SIMPLE_HEAD, title="Số tiêu chí, xã tự đánh giá"
    )
    reported = {line.reporter for line in summary.reporters if line.state.has_reported}
    for commune in campaign.roster.communes():
        counts = [str(summary.value(count_id(commune.id, Witness.COMMUNE, j))) for j in Judgement]
        debt = summary.value(debt_id(commune.id, "legal"))
        unknown = summary.value(debt_id(commune.id, "unknown_projects"))
        note = f" (còn {unknown} dự án chưa có số liệu)" if unknown else ""
        told = vi_million_dong(debt) + note if isinstance(debt, int) else "chưa có số liệu"
        table.add_row(commune.name, *(counts if commune.id in reported else ["–"] * len(counts)), told)
    return table
