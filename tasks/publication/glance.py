"""A week at a glance, for the terminal and the operators' UI: the same cells as the documents in two short tables.

Of many communes those that need attention, and how many more there are (decision 0018)."""

from collections.abc import Sequence
from dataclasses import replace

from domain.judgement import Judgement, Witness
from domain.reporters import Reporter
from domain.summary import ReporterLine, count_id, debt_id
from tasks.publication.blocks import Cell, Column, Line, Table, Tone
from tasks.publication.cells import Report
from tasks.publication.many import (
    COUNTS_SHEET,
    REPORTS_SHEET,
    UNITS_SHOWN,
    foremost,
    is_many,
    most_urgent_first,
)
from tasks.publication.section_reports import received_cell, remark_cell, state_cell


def reporters_at_a_glance(report: Report) -> Table:
    """Also the units that sent something without owing it."""
    listed = most_urgent_first(report, report.summary.reporters)
    shown = listed[:UNITS_SHOWN] if is_many(report) else listed
    table = _table(
        "don-vi",
        ("Đơn vị", "Tình trạng", "Nhận lúc", "Cần lưu ý"),
        [Line(_of_reporter(report, line)) for line in shown],
    )
    return _others_counted(table, len(listed), f"đơn vị khác: xem phụ lục, trang tính “{REPORTS_SHEET}”.")


def communes_at_a_glance(report: Report) -> Table:
    """The four counts by each commune's own word, and its debt by law."""
    heads = ("Xã", *(judgement.vi for judgement in Judgement), "Nợ đọng theo Luật (triệu đồng)")
    lines = [Line(_of_commune(report, commune)) for commune in foremost(report).communes()]
    table = _table("xa", heads, lines, "Số tiêu chí, xã tự đánh giá")
    return _others_counted(
        table, len(report.communes()), f"xã khác: xem phụ lục, trang tính “{COUNTS_SHEET}”."
    )


def _others_counted(table: Table, all_of_them: int, others: str) -> Table:
    left = all_of_them - len(table.lines)
    foot = (Line((Cell(f"Còn {left} {others}", Tone.MUTED, span=len(table.columns)),)),) if left else ()
    return replace(table, lines=(*table.lines, *foot))


def _table(table_id: str, heads: Sequence[str], lines: Sequence[Line], caption: str = "") -> Table:
    return Table(table_id, caption, tuple(Column(head) for head in heads), tuple(lines))


def _of_reporter(report: Report, line: ReporterLine) -> tuple[Cell, ...]:
    name = report.name(line.reporter) + ("" if line.owes else " (chưa bắt buộc)")
    return (Cell(name), state_cell(line), received_cell(report, line), remark_cell(report, line))


def _of_commune(report: Report, commune: Reporter) -> tuple[Cell, ...]:
    counts = (report.cell(count_id(commune.id, Witness.COMMUNE, judgement)) for judgement in Judgement)
    return (Cell(commune.name), *counts, _debt(report, commune.id))


def _debt(report: Report, commune: str) -> Cell:
    legal = report.cell(debt_id(commune, "legal"))
    unknown = report.count(debt_id(commune, "unknown_projects"))
    return Cell(f"{legal.text} (còn {unknown} dự án chưa có số liệu)", Tone.WARN) if unknown else legal
