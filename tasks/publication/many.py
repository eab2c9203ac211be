"""A district, or a province, of many communes: which of them a document shows, and which sheet of the annex has all.

Few are all shown, and nothing here changes a byte. Source: docs/decisions/0018.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from domain.forms import Part
from domain.judgement import Judgement, Witness
from domain.reporters import Reporter, ReporterKind
from domain.summary import ReporterLine, ReporterWeekState, count_id, debt_id, previous_on_id
from domain.vietnamese import first_of
from tasks.publication.blocks import Block, Kind, Listing, Paragraph, Tone
from tasks.publication.cells import Report

MANY = 60  # more communes than this are many
COMMUNES_SHOWN, UNITS_SHOWN, NAMES_SHOWN = 30, 60, 20
SILENT_SHOWN = 10  # of the communes shown: section I names them, and there is little else to say of them
LEAST_SHOWN = 10  # as many as a leader compares in a minute

REPORTS_SHEET, FINDINGS_SHEET, COUNTS_SHEET = "Tình hình nộp", "Lỗi và lưu ý", "Số tiêu chí"
CONDITIONS_SHEET = "Điều kiện"
DEBT_SHEET, DOSSIERS_SHEET, REMARKS_SHEET = "Nợ XDCB", "Hồ sơ", "Ý kiến"
STANDING_SHEET, PACE_SHEET = "Đến công nhận", "Tiến độ đến mốc"
_IN_ORDER = (ReporterWeekState.ON_TIME, ReporterWeekState.EXTENDED, ReporterWeekState.EXCLUDED)


def is_many(report: Report) -> bool:
    return report.chosen is not None or len(report.communes()) > MANY


def by_attention(report: Report) -> Report:
    """Of many communes all, as they need attention: ten whose report was not accepted, the longest silent first; then
    by the fewest criteria met by their own word; the other silent ones last."""
    if not is_many(report) or report.chosen is not None:
        return report
    heard = _heard(report)
    silent = [commune for commune in report.communes() if commune.id not in heard]
    spoke = [commune for commune in report.communes() if commune.id in heard]
    silent.sort(key=lambda commune: _last_heard(report, commune.id))
    spoke.sort(key=lambda commune: _met(report, commune.id))
    return replace(report, chosen=(*silent[:SILENT_SHOWN], *spoke, *silent[SILENT_SHOWN:]))


def foremost(report: Report) -> Report:
    """The report as a document shows it: of many communes those that need attention first. Totals are not its to say:
    they come from figures over all."""
    return _cut(by_attention(report), COMMUNES_SHOWN)


def least(report: Report) -> Report:
    """For what is empty of a silent commune: of many those with the fewest criteria met, of which some are known."""
    if not is_many(report):
        return report
    shown = foremost(report).communes()
    spoke = tuple(commune for commune in shown if has_assessed(report, commune))
    return _cut(replace(report, chosen=spoke or shown), LEAST_SHOWN)


def least_words(shown: Report) -> str:
    """What those that `least` chose have in common: where nobody has assessed itself, nobody has met the least."""
    has_any = any(has_assessed(shown, commune) for commune in shown.communes())
    return "đạt ít tiêu chí nhất" if has_any else "chưa có số liệu"


def has_assessed(report: Report, commune: Reporter) -> bool:
    """Whether it stated any criterion itself."""
    return _met(report, commune.id) <= len(report.campaign.catalogue.criteria)


def most_indebted(report: Report, at_most: int = COMMUNES_SHOWN) -> Report:
    """Of many communes those with the largest debt by law."""
    if not is_many(report):
        return report
    ranked = sorted(report.communes(), key=lambda c: -(report.count(debt_id(c.id, "legal")) or 0))
    return _cut(replace(report, chosen=tuple(ranked)), at_most)


def _cut(report: Report, at_most: int) -> Report:
    return report if report.chosen is None else replace(report, chosen=report.chosen[:at_most])


def most_urgent_first(report: Report, lines: Sequence[ReporterLine]) -> Sequence[ReporterLine]:
    """Of many: who is silent first, the longest on top; then whose newer file waits, then the late ones."""
    if not is_many(report):
        return lines
    return sorted(lines, key=lambda line: (_urgency(line), _last_heard(report, line.reporter)))


def _urgency(line: ReporterLine) -> int:
    if not (line.state.has_reported or line.state in _IN_ORDER):
        return 0
    return 1 if line.awaits_correction else 2 if line.state not in _IN_ORDER else 3


def _heard(report: Report) -> frozenset[str]:
    return frozenset(line.reporter for line in report.summary.reporters if _urgency(line) > 0)


def _last_heard(report: Report, reporter: str) -> date:
    """The Wednesday of the week whose values stand in for a silent unit's; the earliest day of all without any, and
    of who is not silent."""
    is_commune = report.campaign.roster[reporter].kind is ReporterKind.COMMUNE
    part = Part.PROGRESS if is_commune else Part.VERIFICATION
    value = report.summary.value(previous_on_id(reporter, part))
    return value if isinstance(value, date) else date.min


def _met(report: Report, commune: str) -> int:
    """Who stated no criterion (it is excluded, or sent other parts) comes last: nobody can say that it has met few."""
    met = report.count(count_id(commune, Witness.COMMUNE, Judgement.MET))
    if met is None or report.is_silent(commune, Witness.COMMUNE):
        return len(report.campaign.catalogue.criteria) + 1
    return met


def names(report: Report, listed: Sequence[str], whom: str) -> str:
    """All of them; of many communes the first, and how many more. `whom`: `xã`, `đơn vị`."""
    return first_of(listed, NAMES_SHOWN if is_many(report) else len(listed), whom)


def sums_only(report: Report, table: Listing) -> Listing:
    """Of many communes a line each, without their projects: who owes the most has the most of them."""
    return replace(table, lines=(line for line in table.lines if line.strong)) if is_many(report) else table


def others_stand_in(report: Report, sheet: str) -> tuple[Paragraph, ...]:
    """What a reader must know before a section that shows some of many communes; of few nothing."""
    if not is_many(report):
        return ()
    where = f"Số liệu của tất cả các xã: xem phụ lục, trang tính “{sheet}”."
    return (Paragraph(f"{foremost_words(report)} {where}", Tone.MUTED),)


def foremost_words(report: Report) -> str:
    """`Chỉ nêu 30 trong 392 xã: 10 xã ..., 20 xã ...`: which communes `foremost` has chosen."""
    shown, heard = foremost(report).communes(), _heard(report)
    silent = sum(commune.id not in heard for commune in shown)
    least_met = sum(commune.id in heard and has_assessed(report, commune) for commune in shown)
    counted = {
        "chưa có báo cáo được tiếp nhận": silent,
        "tự đánh giá đạt ít tiêu chí nhất": least_met,
        "chưa có số liệu": len(shown) - silent - least_met,
    }
    told = ", ".join(f"{count} xã {words}" for words, count in counted.items() if count)
    return f"Chỉ nêu {len(shown)} trong {len(report.communes())} xã: {told}."


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
            kept.append(Paragraph(f"Các ý kiến khác: xem phụ lục, trang tính “{sheet}”.", Tone.MUTED))
    return tuple(kept)
