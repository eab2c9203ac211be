"""Section III: evidence documents by state and against the milestones; section VI: difficulties and
proposals.

Free text stands there only for units whose remarks are published: for the others no figure exists.
"""

from collections.abc import Iterator

from domain.calendar import Milestone
from domain.forms import DossierState, Part, labels_of_subjects
from domain.reporters import Reporter
from domain.summary import dossier_count_id, milestone_id, remark_id
from domain.vietnamese import first_capital, vi_date
from tasks.publication.blocks import Block, Cell, Column, Kind, Line, Listing, Paragraph, Section, Tone
from tasks.publication.cells import NOT_STATED, Report
from tasks.publication.week_before import (
    beside,
    compared_note,
    dated_last_cell,
    is_last,
    last_cell,
    last_week_words,
)

CODES_SHOWN = 5  # in a document; the annex has every code


def dossiers_section(report: Report) -> Section:
    blocks: list[Block] = [documents_table(report).whole(), *compared_note(report, Part.DOSSIERS, _counted)]
    if report.campaign.calendar.milestones:
        blocks.append(milestones_table(report, CODES_SHOWN).whole())
        blocks.append(
            Paragraph(
                "Mốc hồ sơ tính theo số chỉ tiêu có toàn bộ tài liệu đã kê đạt yêu cầu của mốc; "
                "chỉ tiêu chưa kê tài liệu là chưa có hồ sơ. Mốc hoàn thành tiêu chí tính theo xã tự đánh giá. "
                "Tỷ lệ là số đúng hạn trên số phải đạt; nội dung thiếu được kê đủ mã trong phụ lục.",
                Tone.MUTED,
            )
        )
    return Section("ho-so", "III", "Hồ sơ minh chứng so với các mốc", tuple(blocks))


def documents_table(report: Report) -> Listing:
    columns = (
        Column("Xã", 22),
        Column("Tổng số", 10, numeric=True),
        *(Column(first_capital(state.vi), 12, numeric=True) for state in DossierState),
    )
    lines = (_documents(report, commune) for commune in report.communes())
    return Listing("tai-lieu", "Tài liệu minh chứng theo tình trạng", columns, lines)


def _counted(commune: Reporter) -> tuple[str, ...]:
    return tuple(dossier_count_id(commune.id, state) for state in ("documents", *DossierState))


def _documents(report: Report, commune: Reporter) -> Line:
    ids = _counted(commune)
    if report.summary.value(ids[0]) is not None:
        return Line((Cell(commune.name), *(beside(report, report.cell(i)) for i in ids)))
    if is_last(report, ids[0]):
        of = last_week_words(report, commune.id, Part.DOSSIERS)
        name = Cell(f"{commune.name} ({of})", Tone.MUTED)
        return Line((name, *(last_cell(report, i) for i in ids)))
    return Line((Cell(commune.name), Cell(NOT_STATED, Tone.MUTED, ids[0], span=len(ids))))


def milestones_table(report: Report, codes: int | None = None) -> Listing:
    """`codes`: how many of those that are missing are named; None = all."""
    columns = (
        Column("Mốc, xã", 34),
        Column("Đúng hạn", 12, numeric=True),
        Column("Phải đạt", 12, numeric=True),
        Column("Tỷ lệ", 12, numeric=True),
        Column("Đến nay đã đạt", 17, numeric=True),
        Column("Chưa đạt đúng hạn", 45),
    )
    lines = _milestone_lines(report, codes, len(columns))
    return Listing("moc", "Mức độ hoàn thành từng mốc", columns, lines)


def _milestone_lines(report: Report, codes: int | None, span: int) -> Iterator[Line]:
    for milestone in report.campaign.calendar.milestones:
        yield Line((Cell(milestone_words(report, milestone), span=span),), strong=True)
        yield from (_reached(report, milestone, commune, codes) for commune in report.communes())


def milestone_words(report: Report, milestone: Milestone) -> str:
    """The milestone in the notice's words, its last good day, the working days left as of the close."""
    day = milestone.last_good_day
    settled = f"; chốt ngày {vi_date(day)}" if day < report.closed_on else ""
    left = report.left_words(day)
    return f"{milestone.name} - {milestone.wording} (ngày cuối cùng {vi_date(day)}; {left}{settled})"


def _reached(report: Report, milestone: Milestone, commune: Reporter, codes: int | None) -> Line:
    """What counts was reached in time; what has been reached since stands beside it."""
    ids = {w: milestone_id(milestone.id, commune.id, w) for w in ("in_time", "applicable", "share", "ready")}
    missing = milestone_id(milestone.id, commune.id, "missing")
    is_silent = report.summary.value(ids["ready"]) is None and report.summary.value(ids["in_time"]) is None
    if is_silent and not is_last(report, ids["ready"]):
        return Line((Cell(commune.name), Cell(NOT_STATED, Tone.MUTED, ids["ready"], span=5)))
    counted = [report.cell(ids[what]) for what in ("in_time", "applicable", "share")]
    if report.summary.value(ids["share"]) is None:
        counted = [Cell(NOT_STATED, Tone.MUTED, ids["in_time"], span=len(counted))]
    ready = _ready(report, milestone, commune)
    return Line((Cell(commune.name), *counted, ready, _missing(report, missing, codes)))


def _ready(report: Report, milestone: Milestone, commune: Reporter) -> Cell:
    ready = milestone_id(milestone.id, commune.id, "ready")
    if not is_last(report, ready):
        return beside(report, report.cell(ready))
    part = Part.DOSSIERS if milestone.dossier_state else Part.PROGRESS
    return dated_last_cell(report, ready, commune.id, part)


def _missing(report: Report, missing: str, codes: int | None) -> Cell:
    value = report.summary.value(missing)
    if not isinstance(value, str):
        return Cell("–", Tone.MUTED)
    return Cell(codes_words(report, value, codes), figure_id=missing)


def codes_words(report: Report, codes: str, at_most: int | None) -> str:
    """`61 chỉ tiêu: 1.1, 1.2, 1.3, …`, or criteria by their numbers; without any "không thiếu"."""
    listed = codes.split(", ") if codes else []
    numbers = {each.id: str(each.number) for each in report.campaign.catalogue.criteria}
    kind = "tiêu chí" if set(listed) <= set(numbers) else "chỉ tiêu"
    shown = ", ".join(numbers.get(code, code) for code in listed[:at_most])
    more = ", …" if at_most is not None and len(listed) > at_most else ""
    return f"{len(listed)} {kind}: {shown}{more}" if listed else "không thiếu"


def remarks_section(report: Report) -> Section:
    blocks = tuple(_remarks(report)) or (
        Paragraph("Tuần này các đơn vị chưa nêu khó khăn, kiến nghị.", Tone.MUTED),
    )
    return Section("kien-nghi", "VI", "Khó khăn, kiến nghị", blocks)


def _remarks(report: Report) -> Iterator[Block]:
    for subject, label in labels_of_subjects(report.campaign.forms).items():
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


def remarks_table(report: Report) -> Listing:
    columns = (Column("Nội dung", 30), Column("Đơn vị", 30), Column("Ý kiến của đơn vị", 100))
    lines = (
        Line((Cell(label), Cell(report.name(line.reporter)), report.cell(remark_id(line.reporter, subject))))
        for subject, label in labels_of_subjects(report.campaign.forms).items()
        for line in report.summary.reporters
        if report.summary.value(remark_id(line.reporter, subject))
    )
    return Listing("y-kien", "Khó khăn, kiến nghị của các đơn vị", columns, lines)
