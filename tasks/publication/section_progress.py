"""Of section II, what moved: judgements that changed since the week before, and plans that slipped.

An arrow is a figure (`change/indicator/...`); here it is only sorted: who improved stands first, then who fell back.
"""

from collections.abc import Iterator
from enum import StrEnum

from domain.criteria import Criterion, Indicator
from domain.figures.by_id import ids_under
from domain.judgement import Judgement, Witness
from domain.reporters import Reporter
from domain.summary import change_id, criterion_id, indicator_id, last_id, plan_id
from domain.vietnamese import vi_date
from tasks.publication.blocks import Block, Cell, Column, Line, Listing, Paragraph, Tone, shortened
from tasks.publication.cells import Report, witness_words
from tasks.publication.many import by_attention
from tasks.publication.week_before import day_before, is_compared, last_cell, signed

MOVES_SHOWN, PLANS_SHOWN = 20, 15  # of each direction; the annex has all
MOVES_SHEET, PLANS_SHEET = "Chuyển biến", "Kế hoạch"
_HEIGHT = {Judgement.MET.vi: 3, Judgement.NEARLY_MET.vi: 2, Judgement.NOT_MET.vi: 1}

Move = tuple[Reporter, Indicator, Witness, str]  # the last is the arrow: `đạt → chưa đạt`


class Direction(StrEnum):
    """In the order of print; the value is what stands above its rows."""

    UP = "Tăng mức đánh giá"
    DOWN = "Giảm mức đánh giá"
    OTHER = "Mới có hoặc không còn số liệu"


def moved_blocks(report: Report) -> Iterator[Block]:
    """Nothing in the first week; else the table, or the sentence that nothing moved."""
    if not is_compared(report):
        return
    table = moves_table(by_attention(report), MOVES_SHOWN).whole()
    if table.lines:
        yield table
    else:
        yield Paragraph("Chuyển biến trong tuần: không có chỉ tiêu nào thay đổi đánh giá.")


def plan_blocks(report: Report) -> Iterator[Block]:
    more = "Còn {} kế hoạch khác: xem phụ lục, trang tính “" + PLANS_SHEET + "”."
    table = shortened(plans_table(report), PLANS_SHOWN, more)
    if table.lines:
        yield table


def moves_table(report: Report, at_most: int | None = None) -> Listing:
    """Indicators whose judgement changed; `at_most`: how many of each direction, None = all."""
    columns = (
        Column("Xã", 24),
        Column("Chỉ tiêu", 60),
        Column("Theo đánh giá của", 30),
        Column("Thay đổi", 40),
    )
    beside = f"So với tuần {vi_date(day_before(report))} hoặc lần báo cáo gần nhất"
    lines = _move_lines(report, at_most, len(columns))
    return Listing("chuyen-bien", "Chuyển biến trong tuần", columns, lines, beside)


def _move_lines(report: Report, at_most: int | None, span: int) -> Iterator[Line]:
    for direction, moves in moves_by_direction(report).items():
        if moves:
            yield Line((Cell(f"{direction.value} ({len(moves)})", span=span),), strong=True)
            yield from (_move(*move) for move in moves[:at_most])
        if at_most is not None and len(moves) > at_most:
            more = f"Còn {len(moves) - at_most} đánh giá khác: xem phụ lục, trang tính “{MOVES_SHEET}”."
            yield Line((Cell(more, Tone.MUTED, span=span),))


def moves_by_direction(report: Report) -> dict[Direction, list[Move]]:
    found: dict[Direction, list[Move]] = {direction: [] for direction in Direction}
    moved = frozenset(ids_under(report.summary.figures, change_id("indicator/")))  # few of all there are
    for commune in report.communes():
        for indicator in report.campaign.catalogue.indicators():
            for witness in Witness:
                figure_id = change_id(indicator_id(commune.id, indicator.code, witness))
                words = report.summary.value(figure_id) if figure_id in moved else None
                if isinstance(words, str):
                    found[_direction(words)].append((commune, indicator, witness, words))
    return found


def _direction(words: str) -> Direction:
    before, _, after = (_HEIGHT.get(word) for word in words.partition(" → "))
    if before is None or after is None:
        return Direction.OTHER
    return Direction.UP if after > before else Direction.DOWN


_TONES = {Direction.UP: Tone.GOOD, Direction.DOWN: Tone.BAD, Direction.OTHER: Tone.PLAIN}


def _move(commune: Reporter, indicator: Indicator, witness: Witness, words: str) -> Line:
    figure_id = change_id(indicator_id(commune.id, indicator.code, witness))
    arrow = Cell(words, _TONES[_direction(words)], figure_id)
    name = f"{indicator.code} {indicator.name}"
    return Line((Cell(commune.name), Cell(name), Cell(witness_words(witness)), arrow))


def plans_table(report: Report) -> Listing:
    """Criteria whose planned date is later than the first one, the most delayed first."""
    columns = (
        Column("Xã", 22),
        Column("Tiêu chí", 38),
        Column("Dự kiến ban đầu", 19),
        Column("Dự kiến hiện nay", 22),
        Column("Lùi (ngày)", 12, numeric=True),
        Column("Riêng tuần này (ngày)", 15, numeric=True),
        Column("Số lần thay đổi", 13, numeric=True),
    )
    slipped = sorted(
        slipped_plans(report),
        key=lambda pair: -(report.count(plan_id(pair[0].id, pair[1].id, "slip")) or 0),
    )
    lines = (_plan(report, commune, criterion) for commune, criterion in slipped)
    return Listing("ke-hoach-lui", "Tiêu chí lùi ngày dự kiến hoàn thành", columns, lines)


def slipped_plans(report: Report) -> list[tuple[Reporter, Criterion]]:
    """In the order of communes and of the catalogue."""
    return [
        (commune, criterion)
        for commune in report.communes()
        for criterion in report.campaign.catalogue.criteria
        if _has_slipped(report, commune.id, criterion.id)
    ]


def _has_slipped(report: Report, commune: str, criterion: str) -> bool:
    """Also a criterion whose date is not stated this week, but was last stated after the baseline; not one that the
    commune has met meanwhile."""
    if not _is_planned_later(report, commune, criterion):  # of most, and looked up sooner than what was said
        return False
    said = criterion_id(commune, criterion, Witness.COMMUNE)
    return Judgement.MET not in (report.summary.value(said), report.summary.value(last_id(said)))


def _is_planned_later(report: Report, commune: str, criterion: str) -> bool:
    if (report.count(plan_id(commune, criterion, "slip")) or 0) > 0:
        return True
    last = report.summary.value(last_id(plan_id(commune, criterion, "planned_on")))
    if last is None:
        return False
    baseline = report.summary.value(plan_id(commune, criterion, "baseline"))
    return baseline is not None and str(last) > str(baseline)


def _plan(report: Report, commune: Reporter, criterion: Criterion) -> Line:
    def said(what: str) -> Cell:
        figure_id = plan_id(commune.id, criterion.id, what)
        return report.cell(figure_id) if figure_id in report.summary.figures else Cell("–", Tone.MUTED)

    planned = plan_id(commune.id, criterion.id, "planned_on")
    now = said("planned_on") if planned in report.summary.figures else _last_planned(report, planned)
    name = Cell(f"{criterion.number} - {criterion.name}")
    numbers = (signed(said("slip")), signed(said("move")), said("moves"))
    return Line((Cell(commune.name), name, said("baseline"), now, *numbers))


def _last_planned(report: Report, planned: str) -> Cell:
    cell = last_cell(report, planned)
    return Cell(f"lần gần nhất ghi {cell.text}", Tone.MUTED, cell.figure_id)
