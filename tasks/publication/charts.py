"""The three charts of the page as geometry: bars made of segments, in units of a drawing 360 wide (a phone's
width).

Drawn by templates/charts.svg.j2. A segment is told from its neighbour by its number, its hatching and the
key, never by colour alone; every chart says in `description` what a reader would see.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from domain.judgement import Judgement, Witness
from domain.summary import ReporterWeekState, count_id, rate_id
from domain.vietnamese import first_small
from tasks.publication.blocks import Cell
from tasks.publication.cells import NOT_STATED, Report, witness_words
from tasks.publication.many import LEAST_SHOWN, is_many, least, least_words, most_indebted
from tasks.publication.section_debt import PARTIAL, sum_cell
from tasks.publication.section_reports import in_state

WIDTH = 360.0
BAR_HEIGHT, LABEL_HEIGHT, GAP = 20.0, 16.0, 8.0
NARROWEST_WITH_NUMBER = 12.0


@dataclass(frozen=True)
class Segment:
    """`look` is a class of the style sheet: one for each judgement and state."""

    x: float
    width: float
    label: str
    look: str
    words: str
    figure_id: str

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 2)


@dataclass(frozen=True)
class Bar:
    """`note` stands where there is nothing to draw, or after the bar."""

    y: float
    label: str
    segments: tuple[Segment, ...]
    note: str = ""
    note_x: float = 0.0

    @property
    def bar_y(self) -> float:
        return self.y + LABEL_HEIGHT


@dataclass(frozen=True)
class Chart:
    id: str
    title: str
    description: str
    bars: tuple[Bar, ...]
    key: tuple[tuple[str, str], ...]  # look, words

    @property
    def height(self) -> float:
        return len(self.bars) * (LABEL_HEIGHT + BAR_HEIGHT + GAP)


def charts(report: Report) -> tuple[Chart, ...]:
    """Of many communes those that met the least, and those that owe the most; the states are those of all units."""
    return (
        states_chart(report),
        criteria_chart(least(report)),
        debt_chart(most_indebted(report, LEAST_SHOWN)),
    )


def states_chart(report: Report) -> Chart:
    """One bar over all that owed a report."""
    counted = [(state, len(in_state(report, state))) for state in ReporterWeekState]
    shown = [(state, count) for state, count in counted if count and state is not ReporterWeekState.EXCLUDED]
    parts = [(count, state.value, state.vi, rate_id(state.value)) for state, count in shown]
    total = sum(count for count, *_ in parts)
    bar = Bar(0, f"{total} đơn vị phải báo cáo", _stacked(parts, total))
    key = tuple((state.value, state.vi) for state, _ in shown)
    return Chart("bieu-nop", "Tình hình nộp báo cáo", _sentence(parts), (bar,), key)


def criteria_chart(report: Report) -> Chart:
    """Two bars a commune, one for each witness."""
    bars: list[Bar] = []
    told: list[str] = []
    for commune in report.communes():
        for witness in Witness:
            ids = {judgement: count_id(commune.id, witness, judgement) for judgement in Judgement}
            parts = [
                (report.count(id_) or 0, judgement.value, judgement.vi, id_) for judgement, id_ in ids.items()
            ]
            label = f"{commune.name}, {first_small(witness_words(witness))}"
            bars.append(Bar(_y(len(bars)), label, _stacked(parts, sum(count for count, *_ in parts))))
            told.append(f"{label}: {_sentence(parts)}")
    key = tuple((judgement.value, judgement.vi) for judgement in Judgement)
    whose = f"{len(report.communes())} xã {least_words(report)}" if is_many(report) else "từng xã"
    title = f"{len(report.campaign.catalogue.criteria)} tiêu chí của {whose}"
    return Chart("bieu-tieu-chi", title, " ".join(told), tuple(bars), key)


def debt_chart(report: Report) -> Chart:
    """Debt by law and debt stated of each commune, on one scale. What is not stated is a word, not a bar of
    no length.
    """
    wanted = [
        (f"{commune.name}, {words}", look, sum_cell(report, commune.id, what))
        for commune in report.communes()
        for what, look, words in (("legal", "legal", "theo Luật"), ("stated", "stated", "xã ghi"))
    ]
    largest = max((report.count(cell.figure_id) or 0 for *_, cell in wanted), default=0)
    bars = tuple(_debt_bar(report, n, wanted_bar, largest) for n, wanted_bar in enumerate(wanted))
    told = " ".join(f"{bar.label}: {bar.note}." for bar in bars)
    key = (("legal", "theo Luật Đầu tư công"), ("stated", "xã ghi"))
    partial = f"; {PARTIAL} chưa gồm dự án chưa có số liệu" if any(cell.sign for *_, cell in wanted) else ""
    whose = f" của {len(report.communes())} xã nợ nhiều nhất" if is_many(report) else ""
    return Chart("bieu-no", f"Nợ đọng xây dựng cơ bản{whose} (triệu đồng{partial})", told, bars, key)


ROOM_FOR_AMOUNT = 80.0


def _debt_bar(report: Report, number: int, wanted: tuple[str, str, Cell], largest: int) -> Bar:
    label, look, cell = wanted
    amount = report.count(cell.figure_id)
    if amount is None:
        return Bar(_y(number), label, (), NOT_STATED, 0.0)
    width = _share(amount, largest, WIDTH - ROOM_FOR_AMOUNT)
    segment = Segment(0.0, width, "", look, label, cell.figure_id)
    return Bar(_y(number), label, (segment,), cell.text, width + 6)


def _stacked(parts: Sequence[tuple[int, str, str, str]], total: int) -> tuple[Segment, ...]:
    """Segments side by side over the whole width; empty ones are left out."""
    segments: list[Segment] = []
    done = 0
    for count, look, words, figure_id in parts:
        if count:
            x, width = _share(done, total, WIDTH), _share(count, total, WIDTH)
            label = str(count) if width >= NARROWEST_WITH_NUMBER else ""
            segments.append(Segment(x, width, label, look, f"{words}: {count}", figure_id))
            done += count
    return tuple(segments)


def _share(part: int, whole: int, of: float) -> float:
    """Two decimals from exact arithmetic: the same digits on every machine."""
    return float(round(Decimal(part) / Decimal(whole) * Decimal(of), 2)) if whole else 0.0


def _sentence(parts: Sequence[tuple[int, str, str, str]]) -> str:
    return ", ".join(f"{first_small(words)} {count}" for count, _, words, _ in parts) + "."


def _y(number: int) -> float:
    return number * (LABEL_HEIGHT + BAR_HEIGHT + GAP)
