"""The campaign in one screen: `index.html` beside the published weeks. Knows stories and issues; knows no store.

Lines of criteria and debt, a week by unit matrix, milestones, open cases and every revision with its files. No script,
no request to anywhere. Of many communes those that met the least are drawn (decision 0018), of too many units those
with the most gaps stand in the matrix, who is silent among them, and the page says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path

from domain.calendar import Milestone
from domain.rates import Rates, rates
from domain.reporters import Reporter, ReporterKind
from domain.summary import ReporterWeekState, milestone_id
from domain.vietnamese import vi_date, vi_million_dong, vi_moment, vi_number
from domain.weeks import WeekName
from tasks.publication.blocks import Cell, Column, Line, Table, Tone, grouped_headings, shortened
from tasks.publication.cells import NOT_STATED, STATE_TONES, Report
from tasks.publication.lines import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, Axis, Plot, Series, series
from tasks.publication.many import by_attention, is_many, least, least_words
from tasks.publication.package import ANNEX, DOCUMENT, PAGE
from tasks.publication.section_differences import cases_table
from tasks.publication.story import NIL, Numbers, Story
from tasks.publication.templating import filled
from tasks.publication.view import DRAFT, SAMPLE

ROWS_SHOWN, CASES_SHOWN, ISSUES_SHOWN = 100, 12, 10
MANY_WEEKS = 12  # from here on the matrix writes its headings upright

# U+FE0E asks for the sign as text: some of them are pictures in colour otherwise.
SIGNS = {
    ReporterWeekState.ON_TIME: "✓",
    ReporterWeekState.LATE: "◐",
    ReporterWeekState.EXTENDED: "⏳\ufe0e",
    ReporterWeekState.RETURNED: "↩\ufe0e",
    ReporterWeekState.QUARANTINED: "⚠\ufe0e",
    ReporterWeekState.WAITING: "…",
    ReporterWeekState.MISSING: "✗",
    ReporterWeekState.EXCLUDED: "–",
}
NIL_SIGN, NIL_WORDS = "∅", "không phát sinh"
_GOOD = (ReporterWeekState.ON_TIME, ReporterWeekState.EXTENDED, ReporterWeekState.EXCLUDED)
_ALL_CRITERIA = "tất cả tiêu chí"
_RATES = ("Đã báo cáo", "Đúng hạn", "Tiếp nhận từ lần gửi đầu")
_KINDS = {ReporterKind.COMMUNE: "Các xã", ReporterKind.AGENCY: "Các cơ quan"}
_FILES = ((PAGE, "trang"), (DOCUMENT, "Word"), (ANNEX, "Excel"))


@dataclass(frozen=True)
class Issue:
    """One revision as the ledger knows it; `files` are the names of its documents."""

    week: WeekName
    number: int
    recorded_at: datetime
    reason: str
    files: tuple[str, ...]

    @property
    def links(self) -> tuple[tuple[str, str], ...]:
        """(address, words) of what lies in its folder, beside the index."""
        return tuple(
            (f"{self.week}/r{self.number}/{name}", words) for name, words in _FILES if name in self.files
        )


@dataclass(frozen=True)
class Panel:
    """One commune over the weeks."""

    name: str
    now: tuple[str, ...]
    criteria: Plot
    debt: Plot


@dataclass(frozen=True)
class Mark:
    """How one unit stood in one week."""

    sign: str
    words: str
    tone: Tone


@dataclass(frozen=True)
class Matrix:
    """`heads`: the year, and its weeks as (day, address of the latest page)."""

    heads: tuple[tuple[int, tuple[tuple[str, str], ...]], ...]
    received: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Mark, ...]], ...]
    left_out: int


def index(stories: Sequence[Story], latest: Report, issues: Sequence[Issue], made_of: str) -> bytes:
    """The page. `stories`: one for every published week, in order; `latest`: the last of these weeks; `made_of`: what
    the page says it was made of, for `is_made_of`."""
    campaign = latest.campaign
    newest = sorted(issues, key=lambda issue: (issue.week, issue.number), reverse=True)
    zone = campaign.calendar.zone
    return filled(
        "index.html.j2",
        made_of=made_of,
        heading=campaign.heading,
        labels=(DRAFT, SAMPLE) if campaign.sample else (DRAFT,),
        subtitle=_subtitle(stories, latest),
        newest=newest[0],
        panels=_panels(stories, latest),
        chosen=_chosen_words(latest),
        ends=tuple(vi_date(w.wednesday) for w in (campaign.calendar.first_week, campaign.calendar.last_week)),
        box={
            "width": WIDTH,
            "height": HEIGHT,
            "left": LEFT,
            "right": WIDTH - RIGHT,
            "top": TOP,
            "bottom": BOTTOM,
        },
        matrix=_matrix(stories, latest, issues),
        rates=_rates(stories, latest),
        many_weeks=len(stories) > MANY_WEEKS,
        key=tuple((sign, state.vi, STATE_TONES[state]) for state, sign in SIGNS.items()),
        nil=(NIL_SIGN, NIL_WORDS),
        milestones=_milestones(latest),
        cases=shortened(
            cases_table(by_attention(latest)), CASES_SHOWN, "Còn {} nội dung khác: xem báo cáo tuần."
        ),
        issues=newest[:ISSUES_SHOWN],
        older=newest[ISSUES_SHOWN:],
        moment=lambda issue: vi_moment(issue.recorded_at, zone),
        grouped_headings=grouped_headings,
    )


def is_made_of(path: Path, made_of: str) -> bool:
    """Whether the page that lies there was made of just this, and is whole."""
    try:
        page = path.read_bytes()
    except FileNotFoundError:
        return False
    return f'content="{made_of}"'.encode() in page[:1024] and page.endswith(b"</html>\n")


def _chosen_words(latest: Report) -> str:
    """Above the panels; of few communes nothing."""
    if not is_many(latest):
        return ""
    shown = f"Chỉ nêu {len(least(latest).communes())} trong {len(latest.communes())} xã"
    return f"{shown}: các xã {least_words(least(latest))} trong tuần gần nhất. Các xã khác: xem báo cáo tuần."


def _subtitle(stories: Sequence[Story], latest: Report) -> str:
    weeks = [
        week for week in latest.campaign.calendar.weeks() if not latest.campaign.calendar.why_no_report(week)
    ]
    return (
        f"Diễn biến qua các tuần báo cáo; đã phát hành {len(stories)}/{len(weeks)} tuần, "
        f"gần nhất là tuần {latest.summary.week.vi}"
    )


def _panels(stories: Sequence[Story], latest: Report) -> tuple[Panel, ...]:
    calendar = latest.campaign.calendar
    axis = Axis(calendar.first_week.wednesday, calendar.last_week.wednesday)
    marks = tuple(
        (axis.x(m.last_good_day), f"{m.name}: {vi_date(m.last_good_day)}") for m in calendar.milestones
    )
    return tuple(_panel(stories, commune, axis, marks, latest) for commune in least(latest).communes())


def _panel(
    stories: Sequence[Story],
    commune: Reporter,
    axis: Axis,
    marks: tuple[tuple[float, str], ...],
    latest: Report,
) -> Panel:
    asked = [len(latest.campaign.in_week(story.name).catalogue.criteria) for story in stories]
    largest = max((story.legal.get(commune.id) or 0 for story in stories), default=0)
    last = stories[-1]
    own, agreed, legal = (numbers.get(commune.id) for numbers in (last.own, last.agreed, last.legal))
    now = (
        f"tự đánh giá {_counted(own, asked[-1])}",
        f"hai bên thống nhất {_counted(agreed, asked[-1])}",
        f"nợ đọng {NOT_STATED if legal is None else f'{vi_million_dong(legal)} triệu đồng'}",
    )
    both = tuple(
        _line(look, axis, [(s, getattr(s, look)) for s in stories], commune, asked)
        for look in ("own", "agreed")
    )
    debt = _line("legal", axis, [(s, s.legal) for s in stories], commune, [largest] * len(stories))
    # Each week is drawn by what it was asked: all criteria of any catalogue stand at the upper edge.
    top = str(asked[-1]) if len(set(asked)) == 1 else _ALL_CRITERIA
    return Panel(commune.name, now, Plot(top, both, marks), Plot(vi_million_dong(largest), (debt,), marks))


def _counted(number: int | None, total: int) -> str:
    return NOT_STATED if number is None else f"{number}/{total}"


def _line(
    look: str,
    axis: Axis,
    weeks: list[tuple[Story, Numbers]],
    commune: Reporter,
    tops: Sequence[int],
) -> Series:
    """`tops`: week by week, what stands at the upper edge."""
    points = []
    for (story, numbers), top in zip(weeks, tops, strict=True):
        value, day = numbers.get(commune.id), story.name.wednesday
        shown = "" if value is None else vi_million_dong(value) if look == "legal" else f"{value}/{top}"
        points.append((day, value, top, f"{vi_date(day)}: {shown}"))
    return series(look, axis, points)


def _matrix(stories: Sequence[Story], latest: Report, issues: Sequence[Issue]) -> Matrix:
    """From the first week to the latest that is published; a week in between that isn't is an empty column."""
    by_week = {story.name: story for story in stories}
    calendar = latest.campaign.calendar
    weeks = [
        w for w in calendar.weeks() if w in by_week or (w < max(by_week) and not calendar.why_no_report(w))
    ]
    pages = {i.week: i.links[0][0] for i in sorted(issues, key=lambda i: i.number) if i.links}
    heads = tuple(
        (year, tuple((f"{w.wednesday.day}/{w.wednesday.month}", pages.get(w, "")) for w in own))
        for year, own in groupby(weeks, key=lambda week: week.wednesday.year)
    )
    shown = [by_week.get(week) for week in weeks]
    units = [u for u in latest.campaign.roster.reporters if any(s and u.id in s.marks for s in shown)]
    rows = tuple((unit.name, _marks(unit, shown)) for unit in _most_gaps(units, stories))
    received = tuple(story.received if story else "" for story in shown)
    return Matrix(heads, received, rows, len(units) - len(rows))


def _most_gaps(units: Sequence[Reporter], stories: Sequence[Story]) -> Sequence[Reporter]:
    """All of them in the order of the roster; of too many those with the most weeks that were not in order, of
    equal ones who reported in the fewest."""
    if len(units) <= ROWS_SHOWN:
        return units
    good = {state.value for state in _GOOD}
    gaps = {
        u.id: sum(s.marks.get(u.id, "on_time").removesuffix(NIL) not in good for s in stories) for u in units
    }
    reported = {u.id: sum(_has_reported(s.marks.get(u.id)) for s in stories) for u in units}
    return sorted(units, key=lambda unit: (-gaps[unit.id], reported[unit.id]))[:ROWS_SHOWN]


def _has_reported(said: str | None) -> bool:
    return said is not None and ReporterWeekState(said.removesuffix(NIL)).has_reported


def _marks(unit: Reporter, stories: Sequence[Story | None]) -> tuple[Mark, ...]:
    return tuple(
        _mark(story.marks.get(unit.id)) if story else Mark("", "chưa phát hành", Tone.MUTED)
        for story in stories
    )


def _mark(said: str | None) -> Mark:
    if said is None:
        return Mark("", "chưa phải báo cáo", Tone.MUTED)
    state = ReporterWeekState(said.removesuffix(NIL))
    is_nil = said.endswith(NIL)
    words = f"{state.vi}, {NIL_WORDS}" if is_nil else state.vi
    return Mark(SIGNS[state] + (NIL_SIGN if is_nil else ""), words, STATE_TONES[state])


def _rates(stories: Sequence[Story], latest: Report) -> Table:
    """Of all weeks that are published: first together, then unit by unit where they are few. Who owed a report then and
    stands in the roster no more counts in the whole. No figures: the weeks' own summaries are only counted."""
    columns = (Column("Đơn vị"), *(Column(head, numeric=True) for head in _RATES))
    units = [u for u in latest.campaign.roster.reporters if any(u.id in story.marks for story in stories)]
    kinds = [(words, [u.id for u in units if u.kind is kind]) for kind, words in _KINDS.items()]
    grouped = [("Cả đợt", sorted({reporter for story in stories for reporter in story.marks})), *kinds]
    together = [Line(_rate_cells(words, of, stories), strong=True) for words, of in grouped if of]
    apart = [] if is_many(latest) else units
    each = [Line(_rate_cells(unit.name, [unit.id], stories)) for unit in apart]
    return Table("ty-le", "", columns, tuple(together + each))


def _rate_cells(name: str, reporters: Sequence[str], stories: Sequence[Story]) -> tuple[Cell, ...]:
    said = (story.standing(reporter) for story in stories for reporter in reporters)
    counted = rates(each for each in said if each)
    counts = (counted.received, counted.on_time, counted.first_try)
    return Cell(name), *(_rate_cell(count, counted) for count in counts)


def _rate_cell(count: int, counted: Rates) -> Cell:
    percent = counted.share(count)
    if percent is None:
        return Cell("–", Tone.MUTED)
    return Cell(f"{count}/{counted.expected} ({vi_number(percent)}%)", number=count)


def _milestones(latest: Report) -> Table:
    """Communes x milestones: in time of applicable."""
    milestones = latest.campaign.calendar.milestones
    heads = (f"{m.name}\n(ngày cuối cùng {vi_date(m.last_good_day)})" for m in milestones)
    columns = (Column("Xã"), *(Column(head, numeric=True) for head in heads))
    lines = [
        Line((Cell(commune.name), *(_reached(latest, m, commune.id) for m in milestones)))
        for commune in least(latest).communes()
    ]
    whose = " của các xã nêu trên" if is_many(latest) else ""
    return Table("cac-moc", f"Số đạt đúng hạn trên số phải đạt{whose}", columns, tuple(lines))


def _reached(latest: Report, milestone: Milestone, commune: str) -> Cell:
    ids: Mapping[str, str] = {
        w: milestone_id(milestone.id, commune, w) for w in ("in_time", "applicable", "share")
    }
    cells = {what: latest.cell(figure_id) for what, figure_id in ids.items()}
    if cells["in_time"].number is None:
        return Cell(NOT_STATED, Tone.MUTED)
    return Cell(
        f"{cells['in_time'].text}/{cells['applicable'].text} ({cells['share'].text})",
        number=cells["in_time"].number,
    )
