"""A week at a glance, for the terminal and the operators' UI: the same cells as the documents in two short tables."""

from collections.abc import Sequence

from domain.judgement import Judgement, Witness
from domain.reporters import Reporter
from domain.summary import ReporterLine, count_id, debt_id
from tasks.publication.blocks import Cell, Column, Line, Table, Tone
from tasks.publication.cells import Report
from tasks.publication.section_reports import received_cell, remark_cell, state_cell


def reporters_at_a_glance(report: Report) -> Table:
    """Also the units that sent something without owing it."""
    lines = [Line(_of_reporter(report, line)) for line in report.summary.reporters]
    return _table("don-vi", ("Đơn vị", "Tình trạng", "Nhận lúc", "Cần lưu ý"), lines)


def communes_at_a_glance(report: Report) -> Table:
    """The four counts by each commune's own word, and its debt by law."""
    heads = ("Xã", *(judgement.vi for judgement in Judgement), "Nợ đọng theo Luật (triệu đồng)")
    lines = [Line(_of_commune(report, commune)) for commune in report.communes()]
    return _table("xa", heads, lines, "Số tiêu chí, xã tự đánh giá")


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
