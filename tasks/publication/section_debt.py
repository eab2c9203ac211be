"""Section IV: construction debt per commune and project, in triệu đồng.

The debt by law, the debt a commune states and the unpaid sum are three figures and stay three columns. What
is not stated stays "chưa có số liệu"; a commune without a report is a line and never a zero. Source: the
notice, item 1, last dash; Luật Đầu tư công 39/2019/QH14, Điều 4 khoản 20.
"""

from domain.reporters import Reporter
from domain.summary import ALL, ProjectLine, debt_id, project_id
from tasks.publication.blocks import Cell, Column, Line, Paragraph, Section, Table, Tone
from tasks.publication.cells import NOT_STATED, Report

AMOUNTS = {
    "accepted": "Khối lượng đã nghiệm thu",
    "allotted": "Vốn đã bố trí",
    "paid": "Đã thanh toán",
    "legal": "Nợ đọng theo Luật (tính)",
    "stated": "Nợ đọng xã ghi",
    "unpaid": "Chưa thanh toán",
}


def debt_section(report: Report) -> Section:
    law = (
        "Nợ đọng theo Luật Đầu tư công (Điều 4 khoản 20) được tính theo từng dự án: khối lượng đã nghiệm thu "
        "trừ vốn đã bố trí. "
        "Chưa thanh toán là số liệu khác: khối lượng đã nghiệm thu trừ số đã thanh toán."
    )
    blocks = (Paragraph(total_words(report)), debt_table(report), Paragraph(law, Tone.MUTED))
    return Section("no-xdcb", "IV", "Nợ xây dựng cơ bản", blocks)


def total_words(report: Report) -> str:
    """The district's debt in one sentence, with what is missing in it."""
    total = report.cell(debt_id(ALL, "legal"))
    gaps = missing_words(report)
    amount = f"{total.text} triệu đồng" if total.number is not None else NOT_STATED
    return f"Tổng nợ đọng xây dựng cơ bản theo Luật Đầu tư công: {amount}{f' ({gaps})' if gaps else ''}."


def missing_words(report: Report) -> str:
    """What the total lacks: communes without figures, projects whose debt cannot be computed. Empty if
    nothing.
    """
    missing = [commune.name for commune in report.communes() if not _has_debt(report, commune.id)]
    unknown = sum(report.count(debt_id(commune.id, "unknown_projects")) or 0 for commune in report.communes())
    words = []
    if missing:
        words.append(f"chưa gồm {len(missing)} xã chưa có số liệu: {', '.join(missing)}")
    if unknown:
        words.append(f"chưa gồm {unknown} dự án chưa đủ số liệu để tính")
    return "; ".join(words)


def _has_debt(report: Report, commune: str) -> bool:
    return debt_id(commune, "projects") in report.summary.figures


def debt_table(report: Report) -> Table:
    columns = (Column("Xã, dự án", 42), *(Column(words, 18, numeric=True) for words in AMOUNTS.values()))
    lines: list[Line] = []
    for commune in report.communes():
        lines += _of_commune(report, commune)
    lines.append(_total(report))
    return Table(
        "no-xdcb", "Nợ xây dựng cơ bản theo xã và dự án", columns, tuple(lines), "Đơn vị tính: triệu đồng"
    )


def _of_commune(report: Report, commune: Reporter) -> list[Line]:
    if not _has_debt(report, commune.id):
        gap = Cell(NOT_STATED, Tone.MUTED, debt_id(commune.id, "legal"), span=len(AMOUNTS))
        return [Line((Cell(commune.name), gap), strong=True)]
    own = [project for project in report.summary.projects if project.commune == commune.id]
    name = commune.name if own else f"{commune.name} (xã báo không có nợ đọng)"
    amounts = (report.cell(debt_id(commune.id, what)) for what in AMOUNTS)
    return [
        Line((Cell(name), *amounts), strong=True),
        *(_of_project(report, n, p) for n, p in enumerate(own, 1)),
    ]


def _of_project(report: Report, number: int, project: ProjectLine) -> Line:
    decision = f" ({project.decision})" if project.decision else ""
    amounts = (report.cell(project_id(project.commune, project.key, what)) for what in AMOUNTS)
    return Line((Cell(f"{number}. {project.name}{decision}"), *amounts))


def _total(report: Report) -> Line:
    gaps = missing_words(report)
    name = f"Tổng cộng ({gaps})" if gaps else "Tổng cộng"
    return Line((Cell(name), *(report.cell(debt_id(ALL, what)) for what in AMOUNTS)), strong=True)
