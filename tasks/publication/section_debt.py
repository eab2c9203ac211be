"""Section IV: construction debt per commune and project, in triệu đồng.

The debt by law, the debt a commune states and the unpaid sum are three figures and stay three columns. What
is not stated stays "chưa có số liệu"; a commune without a report is a line and never a zero. A sum that goes without
a project carries a sign, and a note below the table says how many it lacks. Where a commune says which projects
belong to the programme, a line says what of its sum does. Source: the
notice, item 1, last dash; Luật Đầu tư công 39/2019/QH14, Điều 4 khoản 20.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from domain.figures.beside import carried_projects
from domain.figures.debt_in_programme import AMOUNTS as OF_PROGRAMME
from domain.forms import Part
from domain.reporters import Reporter
from domain.summary import (
    ALL,
    ProjectLine,
    debt_id,
    debt_unknown_id,
    programme_id,
    programme_project_id,
    project_id,
)
from domain.vietnamese import first_of, first_small
from tasks.publication.blocks import Block, Cell, Column, Line, Listing, Paragraph, Section, Tone
from tasks.publication.cells import NOT_STATED, Report
from tasks.publication.many import DEBT_SHEET, NAMES_SHOWN, is_many, most_indebted, names, sums_only
from tasks.publication.section_movement import movement_blocks
from tasks.publication.week_before import beside, compared_note, is_last, last_cell, last_week_words

AMOUNTS = {
    "accepted": "Khối lượng đã nghiệm thu",
    "allotted": "Vốn đã bố trí",
    "paid": "Đã thanh toán",
    "legal": "Nợ đọng theo Luật (tính)",
    "stated": "Nợ đọng xã ghi",
    "unpaid": "Chưa thanh toán",
}

PARTIAL = "*"


def debt_section(report: Report) -> Section:
    law = (
        "Nợ đọng theo Luật Đầu tư công (Điều 4 khoản 20) được tính theo từng dự án: khối lượng đã nghiệm thu "
        "trừ vốn đã bố trí. "
        "Chưa thanh toán là số liệu khác: khối lượng đã nghiệm thu trừ số đã thanh toán."
    )
    shown = most_indebted(report)
    blocks: list[Block] = [Paragraph(total_words(report)), *_what_is_shown(report, shown)]
    blocks.append(sums_only(report, debt_table(report, shown.communes())).whole())
    notes = (partial_words(shown), unclear_words(shown), law)
    blocks += [Paragraph(words, Tone.MUTED) for words in notes if words]
    blocks += compared_note(shown, Part.DEBT, lambda c: [debt_id(c.id, what) for what in AMOUNTS])
    blocks += movement_blocks(report)
    return Section("no-xdcb", "IV", "Nợ xây dựng cơ bản", tuple(blocks))


def _what_is_shown(report: Report, shown: Report) -> Iterator[Paragraph]:
    """Of many communes who is missing in the total, and whom the table shows."""
    if not is_many(report):
        return
    missing = _missing(report)
    if missing:
        yield Paragraph(f"Xã chưa có số liệu ({len(missing)}): {names(report, missing, 'xã')}.")
    words = (
        f"Chỉ nêu {len(shown.communes())} trong {len(report.communes())} xã: các xã có nợ đọng theo Luật lớn nhất. "
        f"Số liệu của tất cả các xã và từng dự án: xem phụ lục, trang tính “{DEBT_SHEET}”."
    )
    yield Paragraph(words, Tone.MUTED)


def total_words(report: Report) -> str:
    """The district's debt in one sentence, with what is missing in it."""
    total = report.cell(debt_id(ALL, "legal"))
    gaps = missing_words(report)
    amount = f"{total.text} triệu đồng" if total.number is not None else NOT_STATED
    return f"Tổng nợ đọng xây dựng cơ bản theo Luật Đầu tư công: {amount}{f' ({gaps})' if gaps else ''}."


def missing_words(report: Report) -> str:
    """What the total lacks: communes without figures (many are only counted), projects whose debt cannot be computed.
    Empty if nothing.
    """
    missing = _missing(report)
    unknown = sum(report.count(debt_id(commune.id, "unknown_projects")) or 0 for commune in report.communes())
    words = []
    if missing:
        named = "" if is_many(report) else f": {', '.join(missing)}"
        words.append(f"chưa gồm {len(missing)} xã chưa có số liệu{named}")
    if unknown:
        words.append(f"chưa gồm {unknown} dự án chưa đủ số liệu để tính")
    return "; ".join(words)


def _missing(report: Report) -> list[str]:
    return [commune.name for commune in report.communes() if not _has_debt(report, commune.id)]


def _has_debt(report: Report, commune: str) -> bool:
    return debt_id(commune, "projects") in report.summary.figures


def debt_table(report: Report, communes: Sequence[Reporter] | None = None) -> Listing:
    """The projects of these communes (None = all), and the total over all."""
    columns = (Column("Xã, dự án", 42), *(Column(words, 18, numeric=True) for words in AMOUNTS.values()))
    lines = _lines(report, report.communes() if communes is None else communes)
    return Listing(
        "no-xdcb", "Nợ xây dựng cơ bản theo xã và dự án", columns, lines, "Đơn vị tính: triệu đồng"
    )


def debt_table_with_note(report: Report) -> Listing:
    """For the annex, which has no paragraphs: the notes are the table's last lines."""
    table, notes = debt_table(report), (partial_words(report), unclear_words(report))
    foot = (Line((Cell(note, Tone.MUTED, span=len(table.columns)),)) for note in notes if note)
    return replace(table, lines=chain(table.lines, foot))


def _lines(report: Report, communes: Sequence[Reporter]) -> Iterator[Line]:
    projects: dict[str, list[ProjectLine]] = defaultdict(list)
    for project in report.summary.projects:
        projects[project.commune].append(project)
    for commune in communes:
        yield from _of_commune(report, commune, projects[commune.id])
    yield _total(report)
    yield from _within_programme(report, ALL)


def _of_commune(report: Report, commune: Reporter, own: list[ProjectLine]) -> list[Line]:
    if not _has_debt(report, commune.id):
        if is_last(report, debt_id(commune.id, "projects")):
            return _of_silent_commune(report, commune)
        gap = Cell(NOT_STATED, Tone.MUTED, debt_id(commune.id, "legal"), span=len(AMOUNTS))
        return [Line((Cell(commune.name), gap), strong=True)]
    name = commune.name if own else f"{commune.name} (xã báo không có nợ đọng)"
    amounts = (beside(report, sum_cell(report, commune.id, what)) for what in AMOUNTS)
    return [
        Line((Cell(name), *amounts), strong=True),
        *_within_programme(report, commune.id),
        *(_of_project(report, n, p) for n, p in enumerate(own, 1)),
    ]


def _of_silent_commune(report: Report, commune: Reporter) -> list[Line]:
    """Its last sums and projects: grey, in words, and in no total."""
    of = last_week_words(report, commune.id, Part.DEBT)
    name = Cell(f"{commune.name} ({of}, không tính vào tổng)", Tone.MUTED)
    lines = [Line((name, *(last_cell(report, debt_id(commune.id, what)) for what in AMOUNTS)))]
    for key in carried_projects(report.summary.figures, commune.id):
        named = last_cell(report, project_id(commune.id, key, "name"))
        amounts = (last_cell(report, project_id(commune.id, key, what)) for what in AMOUNTS)
        lines.append(Line((replace(named, text=f"{len(lines)}. {named.text}"), *amounts)))
    return lines


def _of_project(report: Report, number: int, project: ProjectLine) -> Line:
    decision = f" ({project.decision})" if project.decision else ""
    amounts = (report.cell(project_id(project.commune, project.key, what)) for what in AMOUNTS)
    return Line((Cell(f"{number}. {project.name}{decision}"), *amounts))


def _total(report: Report) -> Line:
    gaps = missing_words(report)
    name = f"Tổng cộng ({gaps})" if gaps else "Tổng cộng"
    return Line((Cell(name), *(sum_cell(report, ALL, what) for what in AMOUNTS)), strong=True)


def sum_cell(report: Report, commune: str, amount: str) -> Cell:
    """The sum, with a sign behind it where some project does not state the amount."""
    return _signed(report, debt_id(commune, amount), debt_unknown_id(commune, amount))


def _signed(report: Report, sum_: str, unknown: str) -> Cell:
    cell = report.cell(sum_)
    is_partial = cell.number is not None and report.count(unknown)
    return replace(cell, text=cell.text + PARTIAL, sign=PARTIAL) if is_partial else cell


def _within_programme(report: Report, commune: str) -> Iterator[Line]:
    """What of the sum above belongs to the programme; nothing where nobody says which projects do."""
    if programme_id(commune, "unclear") not in report.summary.figures:
        return
    missing, unclear = (report.count(programme_id(commune, each)) for each in ("communes_missing", "unclear"))
    gaps = ", ".join(f"{n} {of}" for n, of in ((missing, "xã chưa ghi"), (unclear, "dự án chưa ghi rõ")) if n)
    name = f"Trong đó thuộc CT MTQG NTM{f' (chưa gồm {gaps})' if gaps else ''}"
    amounts = (
        _signed(report, programme_id(commune, each), programme_id(commune, f"unknown_{each}"))
        if each in OF_PROGRAMME
        else Cell("")
        for each in AMOUNTS
    )
    yield Line((Cell(name), *amounts), strong=commune == ALL)


def unclear_words(report: Report) -> str:
    """The projects that don't say whether they belong to the programme, of communes that say it of others."""
    unclear: dict[str, list[str]] = defaultdict(list)
    for project in report.summary.projects:
        said = report.summary.figures.get(programme_project_id(project.commune, project.key))
        if said and said.value is None:
            unclear[project.commune].append(project.name)
    named = [f"{name} ({commune.name})" for commune in report.communes() for name in unclear[commune.id]]
    listed = first_of(named, NAMES_SHOWN, "dự án")
    return f"Chưa ghi có thuộc CT MTQG NTM hay không: {listed}." if named else ""


def partial_words(report: Report) -> str:
    """What the sign says: per commune how many projects its sums lack, and in which columns. Empty if none."""
    lacking = [words for commune in report.communes() if (words := _lacking(report, commune))]
    return f"({PARTIAL}) Chưa gồm dự án chưa có số liệu. {' '.join(lacking)}" if lacking else ""


def _lacking(report: Report, commune: Reporter) -> str:
    """`Xã Mỹ Hà: 1 dự án (đã thanh toán; chưa thanh toán).`"""
    columns: dict[int, list[str]] = defaultdict(list)
    for amount, heading in AMOUNTS.items():
        unknown = report.count(debt_unknown_id(commune.id, amount))
        if unknown:
            columns[unknown].append(first_small(heading))
    words = ", ".join(f"{number} dự án ({'; '.join(named)})" for number, named in columns.items())
    return f"{commune.name}: {words}." if words else ""
