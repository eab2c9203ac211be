"""A district, or a province, of many communes: which of them a document shows, and which sheet of the annex has all.

Few are all shown, and nothing here changes a byte. Source: docs/decisions/0018.
"""

from collections.abc import Sequence
from dataclasses import replace

from domain.judgement import Judgement, Witness
from domain.reporters import Reporter
from domain.summary import ReporterLine, ReporterWeekState, count_id
from tasks.publication.blocks import Block, Kind, Paragraph, Tone
from tasks.publication.cells import Report

MANY = 60  # more communes than this are many
COMMUNES_SHOWN, UNITS_SHOWN, NAMES_SHOWN = 30, 60, 20

REPORTS_SHEET, FINDINGS_SHEET, COUNTS_SHEET = "Tình hình nộp", "Lỗi và lưu ý", "Số tiêu chí"
DEBT_SHEET, DOSSIERS_SHEET, REMARKS_SHEET = "Nợ XDCB", "Hồ sơ", "Ý kiến"
_IN_ORDER = (ReporterWeekState.ON_TIME, ReporterWeekState.EXTENDED, ReporterWeekState.EXCLUDED)


def is_many(report: Report) -> bool:
    return report.chosen is not None or len(report.communes()) > MANY


def foremost(report: Report) -> Report:
    """The report as a document shows it: of many communes those that need attention first. Totals are not its to say:
    they come from figures over all."""
    if not is_many(report) or report.chosen is not None:
        return report
    lines = {line.reporter: line for line in report.summary.reporters}

    def rank(commune: Reporter) -> tuple[int, int]:
        met = report.count(count_id(commune.id, Witness.COMMUNE, Judgement.MET))
        return _urgency(lines.get(commune.id)), -1 if met is None else met

    return replace(report, chosen=tuple(sorted(report.communes(), key=rank)[:COMMUNES_SHOWN]))


def most_urgent_first(lines: Sequence[ReporterLine]) -> Sequence[ReporterLine]:
    return sorted(lines, key=_urgency)


def _urgency(line: ReporterLine | None) -> int:
    if line is None or not (line.state.has_reported or line.state in _IN_ORDER):
        return 0
    return 1 if line.awaits_correction else 2 if line.state not in _IN_ORDER else 3


def names(report: Report, listed: Sequence[str], whom: str) -> str:
    """All of them; of many communes the first, and how many more. `whom`: `xã`, `đơn vị`."""
    return first_of(listed, NAMES_SHOWN if is_many(report) else len(listed), whom)


def first_of(listed: Sequence[str], at_most: int, whom: str) -> str:
    """`Xã Mỹ Hà, Xã Mỹ Thịnh và 3 xã khác`."""
    left = len(listed) - at_most
    return ", ".join(listed[:at_most]) + (f" và {left} {whom} khác" if left > 0 else "")


def others_stand_in(report: Report, sheet: str) -> tuple[Paragraph, ...]:
    """What a reader must know before a section that shows some of many communes; of few nothing."""
    if not is_many(report):
        return ()
    words = (
        f"Chỉ nêu {COMMUNES_SHOWN} trong {len(report.communes())} xã: trước hết là xã chưa có báo cáo được tiếp nhận, "
        f"sau đó là xã có ít tiêu chí đạt nhất. Số liệu của tất cả các xã: xem phụ lục, trang “{sheet}”."
    )
    return (Paragraph(words, Tone.MUTED),)


def shortened_lists(report: Report, blocks: Sequence[Block], sheet: str) -> tuple[Block, ...]:
    """Of a list the first items below each heading; of few communes all."""
    if not is_many(report):
        return tuple(blocks)
    kept: list[Block] = []
    items = 0
    for block in blocks:
        is_item = isinstance(block, Paragraph) and block.kind is Kind.BULLET
        items = items + 1 if is_item else 0
        if items <= NAMES_SHOWN:
            kept.append(block)
        elif items == NAMES_SHOWN + 1:
            kept.append(Paragraph(f"Các ý kiến khác: xem phụ lục, trang “{sheet}”.", Tone.MUTED))
    return tuple(kept)
