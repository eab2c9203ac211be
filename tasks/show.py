"""What an operator sees of a week in the Prefect UI: artifacts under keys that stay the same from run to run."""

import re
from collections.abc import Iterable

from prefect.artifacts import create_markdown_artifact, create_table_artifact

from domain.figures.reporting import local_moment
from domain.judgement import Judgement, Witness
from domain.summary import Summary, count_id, debt_id
from domain.vietnamese import vi_million_dong
from domain.weeks import WeekName
from tasks.aggregate import latest_summary
from tasks.retrying import touches_the_world
from tasks.workplace import Workplace, workplace

Line = dict[str, str]


@touches_the_world("Hiển thị")
def show(week: str) -> None:
    """Create the week's three artifacts: reporters by state, findings, figures per commune."""
    work = workplace()
    summary = latest_summary(work, WeekName.parse(week))
    if summary is None:
        return
    key = f"{summary.campaign}-{week}".lower()
    label = f"Tuần {summary.week.vi}, bản {summary.revision}"
    create_table_artifact(
        key=f"{key}-don-vi", table=reporters(work, summary), description=f"{label}: tình hình nộp"
    )
    create_table_artifact(
        key=f"{key}-luu-y", table=findings(work, summary), description=f"{label}: điểm cần lưu ý"
    )
    create_markdown_artifact(key=f"{key}-tong-hop", markdown=figures(work, summary), description=label)


def reporters(work: Workplace, summary: Summary) -> list[Line]:
    """One line for each reporter of the week."""
    zone = work.campaign.calendar.zone
    return [
        {
            "Đơn vị": work.campaign.roster[line.reporter].name,
            "Tình trạng": line.state.vi + (" (không phát sinh)" if line.nil else ""),
            "Nhận lúc": local_moment(line.received_at, zone) if line.received_at else "",
            "Lỗi và lưu ý": str(sum(len(file.findings) for file in line.files)),
        }
        for line in summary.reporters
    ]


def findings(work: Workplace, summary: Summary) -> list[Line]:
    """One line for each error and warning in the week's files."""
    return [
        {
            "Đơn vị": work.campaign.roster[line.reporter].name,
            "Mức": finding.severity.vi,
            "Ô": escaped(" ".join(part for part in (finding.place.sheet, finding.place.cell) if part)),
            "Nội dung": escaped(work.messages[finding.code].sentence(finding)),
            "Tệp": escaped(file.file_name),
        }
        for line in summary.reporters
        for file in line.files
        for finding in file.findings
    ]


def figures(work: Workplace, summary: Summary) -> str:
    """A Markdown table: per commune the four counts by its own word, and its debt by law."""
    head = ["Xã", *(judgement.vi for judgement in Judgement), "Nợ đọng theo Luật (triệu đồng)"]
    body = ([commune.name, *_counts(summary, commune.id)] for commune in work.campaign.roster.communes())
    folder = work.settings.published_week(summary.campaign, str(summary.week)) / f"r{summary.revision}"
    return "\n".join([*_table(head, body), "", f"Tài liệu: `{folder}`"])


def escaped(text: str) -> str:
    """Texts from files must not become links, tables or markup in the UI."""
    return re.sub(r"([\\`*_{}\[\]()<>#+\-!|~])", r"\\\1", text)


def _counts(summary: Summary, commune: str) -> list[str]:
    counts = [summary.value(count_id(commune, Witness.COMMUNE, judgement)) for judgement in Judgement]
    debt = summary.value(debt_id(commune, "legal"))
    return [*map(str, counts), vi_million_dong(debt) if isinstance(debt, int) else "chưa có số liệu"]


def _table(head: list[str], body: Iterable[list[str]]) -> list[str]:
    return [f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *body)]
