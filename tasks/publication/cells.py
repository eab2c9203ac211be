"""From a published figure to the words that officers read. Knows the summary and the campaign; knows no
layout.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from domain.campaign import Campaign
from domain.findings import Finding
from domain.judgement import Judgement, Witness
from domain.reporters import Reporter
from domain.summary import AGREED, ALL, FigureKind, FigureValue, ReporterWeekState, Summary, count_id
from domain.vietnamese import vi_date, vi_hour_and_day, vi_million_dong, vi_number
from tasks.publication.blocks import Cell, Look, Tone

NOT_STATED = "chưa có số liệu"
WITNESSES: tuple[Witness | str, ...] = (*Witness, AGREED)

# Signs that Times New Roman itself has (WGL4), so that no reader's Word falls back to another font.
SIGNS = {Judgement.MET: "●", Judgement.NEARLY_MET: "▲", Judgement.NOT_MET: "○", Judgement.NOT_STATED: "–"}
JUDGEMENT_TONES = {
    Judgement.MET: Tone.GOOD,
    Judgement.NEARLY_MET: Tone.WARN,
    Judgement.NOT_MET: Tone.BAD,
    Judgement.NOT_STATED: Tone.MUTED,
}
STATE_TONES = {
    ReporterWeekState.ON_TIME: Tone.GOOD,
    ReporterWeekState.EXTENDED: Tone.GOOD,
    ReporterWeekState.LATE: Tone.WARN,
    ReporterWeekState.RETURNED: Tone.BAD,
    ReporterWeekState.QUARANTINED: Tone.BAD,
    ReporterWeekState.MISSING: Tone.BAD,
    ReporterWeekState.WAITING: Tone.MUTED,
    ReporterWeekState.EXCLUDED: Tone.MUTED,
}

Says = Callable[[Finding], str]


@dataclass(frozen=True)
class Report:
    """What a builder of sections works from; the campaign is that of the summary's week. `says` turns a finding into
    its Vietnamese sentence. `chosen`: those of many communes that are shown (many.foremost); None = all."""

    summary: Summary
    campaign: Campaign
    says: Says
    chosen: tuple[Reporter, ...] | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "campaign", self.campaign.in_week(self.summary.week))

    @property
    def closed_on(self) -> date:
        """The day of the deadline: all ages and days left are counted from here, never from today."""
        return self.local(self.summary.deadline).date()

    def days_left(self, last_good_day: date) -> int:
        """Working days after the close up to and including that day; negative once it has passed."""
        return self.campaign.calendar.working_days_between(self.closed_on, last_good_day)

    def left_words(self, last_good_day: date) -> str:
        """The same in words. They name the day of the close: a later revision is read long after it, and the data were
        cut off before."""
        days, closed = self.days_left(last_good_day), vi_date(self.closed_on)
        if last_good_day < self.closed_on:
            return f"đã qua {-days} ngày làm việc tính đến {closed}" if days else "đã qua"
        return f"còn {days} ngày làm việc tính từ {closed}" if days else f"đến hạn vào {closed}"

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.campaign.calendar.zone)

    def moment_words(self, moment: datetime) -> str:
        """`15:40 ngày 12/4/2023`, local time."""
        local = self.local(moment)
        return vi_hour_and_day(local)

    def communes(self) -> tuple[Reporter, ...]:
        """The communes of the roster on that week's Wednesday, in the order of print."""
        if self.chosen is not None:
            return self.chosen
        return self.campaign.roster.communes_on(self.summary.week.wednesday)

    def name(self, reporter_id: str) -> str:
        if reporter_id == ALL:
            return "Tổng cộng"
        roster = self.campaign.roster
        return roster[reporter_id].name if roster.has(reporter_id) else reporter_id

    def count(self, figure_id: str) -> int | None:
        """A whole-number figure, None where it is not stated."""
        value = self.summary.value(figure_id)
        return value if isinstance(value, int) else None

    def judgement(self, figure_id: str) -> Judgement:
        value = self.summary.value(figure_id)
        return value if isinstance(value, Judgement) else Judgement.NOT_STATED

    def cell(self, figure_id: str) -> Cell:
        """The published value; what nobody stated says so and is never a zero."""
        figure = self.summary.figures.get(figure_id)
        if figure is None:
            return Cell(NOT_STATED, Tone.MUTED, figure_id)
        if figure.value == 0 and self._counts_silence(figure_id):
            return Cell("–", Tone.MUTED, figure_id)
        return cell_of(figure.kind, figure.value, figure_id)

    def is_silent(self, commune: str, witness: Witness | str) -> bool:
        """Whether this witness has judged no criterion of the commune; both must have spoken to agree."""
        if witness == AGREED:
            return any(self.is_silent(commune, each) for each in Witness)
        silent = self.count(count_id(commune, witness, Judgement.NOT_STATED))
        return silent == len(self.campaign.catalogue.criteria)

    def _counts_silence(self, figure_id: str) -> bool:
        """A count of 0 over what nobody stated: the four counts add up, but it is not printed as a zero."""
        kind, *rest = figure_id.split("/")
        return kind in ("count", "indicators_met") and self.is_silent(rest[0], rest[1])


def cell_of(kind: FigureKind, value: FigureValue, figure_id: str = "") -> Cell:
    """One value in Vietnamese words, with the number behind it."""
    if value is None:
        return Cell(NOT_STATED, Tone.MUTED, figure_id)
    if isinstance(value, Judgement):
        return Cell(f"{SIGNS[value]} {value.vi}", JUDGEMENT_TONES[value], figure_id)
    if isinstance(value, date):
        return Cell(vi_date(value), Tone.PLAIN, figure_id, value, Look.DATE)
    if isinstance(value, str):
        return _text_cell(kind, value, figure_id)
    return _number_cell(kind, value, figure_id)


def _number_cell(kind: FigureKind, value: int | Decimal, figure_id: str) -> Cell:
    if kind is FigureKind.MONEY:
        return Cell(
            vi_million_dong(int(value)), Tone.PLAIN, figure_id, Decimal(value).scaleb(-6), Look.MILLION
        )
    if kind is FigureKind.PERCENT:
        return Cell(f"{vi_number(_two_digits(value))}%", Tone.PLAIN, figure_id, value, Look.PERCENT)
    return Cell(vi_number(value), Tone.PLAIN, figure_id, value, Look.NUMBER)


_FLAG_WORDS = {
    "nil": "không phát sinh",
    "awaits_correction": "có tệp mới chờ sửa",
    "passed": "đã qua",
    "expected": "dự kiến",
    "commune": "theo xã",
    "agency": "theo cơ quan",
}


def _text_cell(kind: FigureKind, value: str, figure_id: str) -> Cell:
    if kind is FigureKind.STATE and value in list(ReporterWeekState):
        state = ReporterWeekState(value)
        return Cell(state.vi, STATE_TONES[state], figure_id)
    return Cell(_FLAG_WORDS.get(value, value) if kind is FigureKind.STATE else value, Tone.PLAIN, figure_id)


def _two_digits(value: int | Decimal) -> Decimal:
    return Decimal(value).quantize(Decimal("0.01"), ROUND_HALF_UP)


def witness_words(witness: Witness | str) -> str:
    return witness.vi if isinstance(witness, Witness) else "Hai bên thống nhất"
