"""What an operator sees of a week in the Prefect UI: artifacts under keys that stay the same from run to run."""

import re

from prefect.artifacts import create_markdown_artifact, create_table_artifact

from domain.summary import Summary
from domain.weeks import WeekName
from tasks.aggregate import latest_summary
from tasks.publication.blocks import Table
from tasks.publication.cells import Report
from tasks.publication.glance import communes_at_a_glance, reporters_at_a_glance
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
    label = f"Tuần {summary.week.vi}, {summary.issue_vi}"
    create_table_artifact(
        key=f"{key}-don-vi", table=reporters(work, summary), description=f"{label}: tình hình nộp"
    )
    create_table_artifact(
        key=f"{key}-luu-y", table=findings(work, summary), description=f"{label}: điểm cần lưu ý"
    )
    create_markdown_artifact(key=f"{key}-tong-hop", markdown=figures(work, summary), description=label)


def reporters(work: Workplace, summary: Summary) -> list[Line]:
    """One line for each reporter of the week."""
    table = reporters_at_a_glance(_report(work, summary))
    heads = [column.heading for column in table.columns]
    return [dict(zip(heads, (cell.text for cell in line.cells), strict=True)) for line in table.lines]


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
    table = communes_at_a_glance(_report(work, summary))
    folder = work.settings.published_week(summary.campaign, str(summary.week)) / f"r{summary.revision}"
    return "\n".join([*_markdown(table), "", f"Tài liệu: `{folder}`"])


def escaped(text: str) -> str:
    """Texts from files must not become links, tables or markup in the UI."""
    return re.sub(r"([\\`*_{}\[\]()<>#+\-!|~])", r"\\\1", text)


def _report(work: Workplace, summary: Summary) -> Report:
    return Report(summary, work.campaign, lambda finding: work.messages[finding.code].sentence(finding))


def _markdown(table: Table) -> list[str]:
    rows = [[column.heading for column in table.columns], ["---"] * len(table.columns)]
    rows += [[cell.text for cell in line.cells] for line in table.lines]
    return [f"| {' | '.join(cells)} |" for cells in rows]
