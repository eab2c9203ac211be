"""Of section IV, what moved since the last report: debt before, newly accepted, newly allotted, paid, debt now.

The line of all runs over the communes that stated debt in both; a commune that did not is a line that says so.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from domain.figures.by_id import ids_under
from domain.forms import Part
from domain.reporters import Reporter
from domain.summary import ALL, ProjectLine, change_id, debt_id, movement_id, project_id, project_movement_id
from domain.vietnamese import vi_date
from tasks.publication.blocks import Block, Cell, Column, Line, Listing, Paragraph, Tone, shortened
from tasks.publication.cells import Report
from tasks.publication.many import is_many, sums_only
from tasks.publication.week_before import day_before, is_compared, previous_on, signed

GROWN = {"accepted": "Nghiệm thu mới", "allotted": "Vốn bố trí mới", "paid": "Đã trả thêm"}
PROJECTS_SHOWN = 40
MOVEMENT_SHEET = "Biến động nợ"
_ALL = "Tất cả các xã"  # of a district, a province or the country
_GONE = re.compile(project_movement_id("([^/]+)", "(.+)", "gone"))


def movement_blocks(report: Report) -> Iterator[Block]:
    """Nothing in the first week."""
    if not is_compared(report):
        return
    more = "Còn {} dòng khác: xem phụ lục, trang tính “" + MOVEMENT_SHEET + "”."
    table = sums_only(report, movement_table(_most_moved(report)))
    yield shortened(table, PROJECTS_SHOWN, more)
    yield Paragraph(
        f"{_what_is_listed(report)} cộng các xã có số liệu cả hai lần; cột nợ tuần này gồm mọi xã có số liệu.",
        Tone.MUTED,
    )


def _what_is_listed(report: Report) -> str:
    if is_many(report):
        return f"Xã có nợ đọng thay đổi nhiều nhất xếp trước; từng dự án: xem phụ lục. Dòng “{_ALL}”"
    return f"Không liệt kê dự án không có biến động. Dòng “{_ALL}”"


def _most_moved(report: Report) -> Report:
    """Of many communes those first whose debt changed the most."""
    if not is_many(report):
        return report

    def changed(commune: Reporter) -> int:
        return abs(report.count(change_id(debt_id(commune.id, "legal"))) or 0)

    return replace(report, chosen=tuple(sorted(report.communes(), key=lambda commune: -changed(commune))))


def movement_table(report: Report) -> Listing:
    columns = (
        Column("Xã, dự án", 46),
        Column("Nợ tuần trước", 17, numeric=True),
        *(Column(words, 17, numeric=True) for words in GROWN.values()),
        Column("Nợ tuần này", 17, numeric=True),
    )
    caption = f"Biến động nợ so với tuần {vi_date(day_before(report))}"
    return Listing("bien-dong-no", caption, columns, _lines(report), "Đơn vị tính: triệu đồng")


def _lines(report: Report) -> Iterator[Line]:
    if _moved(report, ALL):
        yield _line(report, _ALL, ALL)
    listed, gone = _listed(report), _gone(report)
    for commune in report.communes():
        yield from _of_commune(report, commune, listed[commune.id], gone[commune.id])


def _moved(report: Report, commune: str) -> bool:
    return any(movement_id(commune, what) in report.summary.figures for what in ("last", *GROWN))


def _of_commune(
    report: Report, commune: Reporter, listed: list[ProjectLine], gone: list[str]
) -> Iterator[Line]:
    if not _moved(report, commune.id):
        why = _why_not_moved(report, commune.id)
        yield Line((Cell(commune.name), Cell(why, Tone.MUTED, span=5)), strong=True)
        return
    day = previous_on(report, commune.id, Part.DEBT)
    apart = f" (so với tuần {vi_date(day)})" if day and day != day_before(report) else ""
    yield _line(report, commune.name + apart, commune.id)
    yield from _projects(report, commune.id, listed, gone)


def _why_not_moved(report: Report, commune: str) -> str:
    if debt_id(commune, "projects") not in report.summary.figures:
        return "tuần này chưa có số liệu"
    if previous_on(report, commune, Part.DEBT) is None:
        return "lần đầu có số liệu, chưa có tuần trước để so sánh"
    return "chưa đủ số liệu để so sánh"


def _line(report: Report, name: str, commune: str) -> Line:
    grown = (signed(_said(report, movement_id(commune, what))) for what in GROWN)
    last = _said(report, movement_id(commune, "last"))
    return Line((Cell(name), last, *grown, report.cell(debt_id(commune, "legal"))), strong=True)


def _projects(report: Report, commune: str, listed: list[ProjectLine], gone: list[str]) -> Iterator[Line]:
    for project in listed:
        if _is_told(report, commune, project.key):
            name = project.name + _mark(report, commune, project.key)
            yield _project(report, commune, project.key, name)
    for key in gone:
        last_name = report.summary.value(project_movement_id(commune, key, "gone"))
        yield _project(report, commune, key, f"{last_name} (không còn trong danh sách)")


def _listed(report: Report) -> Mapping[str, list[ProjectLine]]:
    """Commune -> its projects."""
    listed: dict[str, list[ProjectLine]] = defaultdict(list)
    for project in report.summary.projects:
        listed[project.commune].append(project)
    return listed


def _is_told(report: Report, commune: str, key: str) -> bool:
    """Projects in which nothing moved are left out."""
    moved = (report.summary.value(project_movement_id(commune, key, what)) for what in (*GROWN, "renamed"))
    return any(moved) or _is_unknown_before(report, commune, key)


def _is_unknown_before(report: Report, commune: str, key: str) -> bool:
    """Its debt is known for the first time: it is new, or lacked a sum."""
    figures = report.summary.figures
    ids = {what: project_movement_id(commune, key, what) for what in ("last", *GROWN)}
    return ids["last"] not in figures and any(figure_id in figures for figure_id in ids.values())


def _is_new(report: Report, commune: str, key: str) -> bool:
    """Of one that is unknown before: if the table before did not list it, every sum has grown by all of it."""
    value = report.summary.value
    grown = {what: value(project_movement_id(commune, key, what)) for what in GROWN}
    whole = {what: value(project_id(commune, key, what)) for what in GROWN}
    return grown == whole


def _mark(report: Report, commune: str, key: str) -> str:
    renamed = report.summary.value(project_movement_id(commune, key, "renamed"))
    mark = f" (tên trước: {renamed})" if renamed else ""
    if not _is_unknown_before(report, commune, key):
        return mark
    return (" (mới)" if _is_new(report, commune, key) else " (lần trước chưa đủ số liệu tính nợ)") + mark


def _gone(report: Report) -> Mapping[str, list[str]]:
    """Commune -> the keys of projects that it no longer lists, in the summary's order. One pass: one a commune takes an
    hour where there are 2,000."""
    gone: dict[str, list[str]] = defaultdict(list)
    for figure_id in ids_under(report.summary.figures, "movement/"):
        if found := _GONE.fullmatch(figure_id):
            gone[found[1]].append(found[2])
    return gone


def _project(report: Report, commune: str, key: str, name: str) -> Line:
    grown = (signed(_said(report, project_movement_id(commune, key, what))) for what in GROWN)
    last = _said(report, project_movement_id(commune, key, "last"))
    return Line((Cell(name), last, *grown, _said(report, project_id(commune, key, "legal"))))


def _said(report: Report, figure_id: str) -> Cell:
    """A dash where there is no such figure: the project is new, or gone, or a sum is not stated."""
    return report.cell(figure_id) if figure_id in report.summary.figures else Cell("–", Tone.MUTED)
