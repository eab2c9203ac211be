"""What an operator sees of a week in the Prefect UI: artifacts under keys that stay the same from run to run."""

import re
from itertools import zip_longest

from prefect.artifacts import create_markdown_artifact, create_table_artifact

from domain.findings import Finding, blocks
from domain.summary import FileLine, ReporterLine, Summary
from domain.weeks import WeekName
from tasks.aggregate import latest_summary
from tasks.publication.blocks import Table
from tasks.publication.cells import Report
from tasks.publication.glance import communes_at_a_glance, reporters_at_a_glance
from tasks.publication.many import FINDINGS_SHEET, is_many
from tasks.retrying import touches_the_world
from tasks.workplace import Workplace, workplace

FINDINGS_SHOWN = 100  # of many reporters: what an operator looks through at once
_HEADS = ("Đơn vị", "Mức", "Ô", "Nội dung", "Tệp")

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
    """One line for each reporter of the week; of many those that need attention, and how many more there are."""
    table = reporters_at_a_glance(_report(work, summary))
    heads = [column.heading for column in table.columns]
    texts = ((cell.text for cell in line.cells) for line in table.lines)
    return [dict(zip_longest(heads, line, fillvalue="")) for line in texts]


def findings(work: Workplace, summary: Summary) -> list[Line]:
    """One line for each error and warning in the week's files; of many reporters the first, errors before warnings."""
    found = [
        (line, file, finding)
        for line in summary.reporters
        for file in line.files
        for finding in file.findings
    ]
    if not is_many(_report(work, summary)) or len(found) <= FINDINGS_SHOWN:
        return [_finding(work, *each) for each in found]
    found.sort(key=lambda each: not blocks([each[2]]))
    left = len(found) - FINDINGS_SHOWN
    more = f"Còn {left} nội dung khác: xem phụ lục, trang tính “{FINDINGS_SHEET}”."
    return [
        *(_finding(work, *each) for each in found[:FINDINGS_SHOWN]),
        dict(zip_longest(_HEADS, [more], fillvalue="")),
    ]


def _finding(work: Workplace, line: ReporterLine, file: FileLine, finding: Finding) -> Line:
    cells = (
        work.campaign.roster[line.reporter].name,
        finding.severity.vi,
        escaped(finding.place.vi),
        escaped(work.messages[finding.code].sentence(finding)),
        escaped(file.file_name),
    )
    return dict(zip(_HEADS, cells, strict=True))


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
