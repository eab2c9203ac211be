"""Section III: evidence documents by state and against the milestones; section VI: difficulties and
proposals.

Free text stands there only for units whose remarks are published: for the others no figure exists.
"""

from collections.abc import Iterator

from domain.calendar import Milestone
from domain.forms import DossierState, Part
from domain.summary import dossier_count_id, milestone_id, remark_id
from domain.vietnamese import first_capital, vi_date
from tasks.publication.blocks import Block, Cell, Column, Kind, Line, Paragraph, Section, Table, Tone
from tasks.publication.cells import NOT_STATED, Report


def dossiers_section(report: Report) -> Section:
    blocks: list[Block] = [documents_table(report)]
    if report.campaign.calendar.milestones:
        blocks.append(milestones_table(report))
        blocks.append(
            Paragraph(
                "Mốc hồ sơ tính theo số chỉ tiêu có toàn bộ tài liệu đã kê đạt yêu cầu của mốc; "
                "chỉ tiêu chưa kê tài liệu là chưa có hồ sơ. Mốc hoàn thành tiêu chí tính theo xã tự đánh giá.",
                Tone.MUTED,
            )
        )
    return Section("ho-so", "III", "Hồ sơ minh chứng so với các mốc", tuple(blocks))


def documents_table(report: Report) -> Table:
    columns = (
        Column("Xã", 22),
        Column("Tổng số", 10, numeric=True),
        *(Column(first_capital(state.vi), 12, numeric=True) for state in DossierState),
    )
    lines = [Line((Cell(commune.name), *_documents(report, commune.id))) for commune in report.communes()]
    return Table("tai-lieu", "Tài liệu minh chứng theo tình trạng", columns, tuple(lines))


def _documents(report: Report, commune: str) -> tuple[Cell, ...]:
    ids = [dossier_count_id(commune, state) for state in ("documents", *DossierState)]
    if report.summary.value(ids[0]) is None:
        return (Cell(NOT_STATED, Tone.MUTED, ids[0], span=len(ids)),)
    return tuple(report.cell(figure_id) for figure_id in ids)


def milestones_table(report: Report) -> Table:
    columns = (
        Column("Mốc, xã", 60),
        Column("Đã đạt", 14, numeric=True),
        Column("Phải đạt", 14, numeric=True),
        Column("Tỷ lệ", 14, numeric=True),
    )
    lines: list[Line] = []
    for milestone in report.campaign.calendar.milestones:
        lines.append(Line((Cell(milestone_words(report, milestone), span=len(columns)),), strong=True))
        lines += [Line((Cell(c.name), *_reached(report, milestone.id, c.id))) for c in report.communes()]
    return Table("moc", "Mức độ hoàn thành từng mốc", columns, tuple(lines))


def milestone_words(report: Report, milestone: Milestone) -> str:
    """The milestone in the notice's words, its last good day, the working days left as of the close."""
    left = report.left_words(milestone.last_good_day)
    return (
        f"{milestone.name} - {milestone.wording} (ngày cuối cùng {vi_date(milestone.last_good_day)}; {left})"
    )


def _reached(report: Report, milestone: str, commune: str) -> tuple[Cell, ...]:
    ids = [milestone_id(milestone, commune, what) for what in ("ready", "applicable", "share")]
    if report.summary.value(ids[0]) is None:
        return (Cell(NOT_STATED, Tone.MUTED, ids[0], span=len(ids)),)
    return tuple(report.cell(figure_id) for figure_id in ids)


def remarks_section(report: Report) -> Section:
    blocks = tuple(_remarks(report)) or (
        Paragraph("Tuần này các đơn vị chưa nêu khó khăn, kiến nghị.", Tone.MUTED),
    )
    return Section("kien-nghi", "VI", "Khó khăn, kiến nghị", blocks)


def _remarks(report: Report) -> Iterator[Block]:
    for subject, label in remark_subjects(report).items():
        said = [p for line in report.summary.reporters if (p := _remark(report, line.reporter, subject))]
        if said:
            yield Paragraph(label, kind=Kind.HEADING)
            yield from said


def _remark(report: Report, reporter: str, subject: str) -> Paragraph | None:
    text = report.summary.value(remark_id(reporter, subject))
    if not text:
        return None
    return Paragraph(
        f"{report.name(reporter)}: {text}", kind=Kind.BULLET, figure_id=remark_id(reporter, subject)
    )


def remark_subjects(report: Report) -> dict[str, str]:
    """Subject id -> its label, in the order of the forms; the first spelling a form lists is the label."""
    labels: dict[str, str] = {}
    for form in report.campaign.forms:
        for part in form.parts:
            if part.part is Part.REMARKS:
                for label, subject in part.subjects.items():
                    labels.setdefault(subject, first_capital(label))
    return labels


def remarks_table(report: Report) -> Table:
    columns = (Column("Nội dung", 30), Column("Đơn vị", 30), Column("Ý kiến của đơn vị", 100))
    lines = [
        Line((Cell(label), Cell(report.name(line.reporter)), report.cell(remark_id(line.reporter, subject))))
        for subject, label in remark_subjects(report).items()
        for line in report.summary.reporters
        if report.summary.value(remark_id(line.reporter, subject))
    ]
    return Table("y-kien", "Khó khăn, kiến nghị của các đơn vị", columns, tuple(lines))
