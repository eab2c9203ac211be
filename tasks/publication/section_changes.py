"""Page one of a second or later revision: what changed, figure by figure in words, and why.

Knows in what order a leader asks for the figures, and which only follow from others.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import groupby, islice

from domain.figures.debt import AMOUNTS
from domain.judgement import Judgement, Witness
from domain.summary import AGREED, ALL, Change, FigureKind, FigureValue, ReporterWeekState, count_id
from domain.vietnamese import first_capital, vi_date
from tasks.publication.blocks import Block, Cell, Column, Line, Listing, Look, Paragraph, Section, Tone
from tasks.publication.cells import Report, cell_of
from tasks.publication.figure_names import figure_words
from tasks.publication.many import names
from tasks.publication.section_dossiers import CODES_SHOWN, codes_words

CHANGES_SHOWN = 12  # what page one bears beside the heading; the annex and the page have every change
ALL_CHANGES = "Thay đổi"  # the annex' sheet
_NUMBER = re.compile("([0-9]+)")
# What a leader looks for first; within a group units in the order of the roster.
_GROUPS = (
    "state",
    "rate",
    "district debt",
    "debt",
    "count",
    "criterion",
    "condition",
    "milestone",
    "other sum",
    "indicators_met",
    "dossier",
    "decision",
    "difference",
    "indicator",
    "project",
    "text",
    "remark",
    "something new",
)
_HEADLINE_DEBTS = ("legal", "stated")
# The ends of ids, in the order in which they are read.
_RATES = ("owed", "received", "received_share", "on_time", "on_time_share", *ReporterWeekState)
_DETAILS = ("follows", "ready", "in_time", "missing", "share", "result", "completion", "planned_on")
_WORDS = {
    str(word): n
    for n, word in enumerate(dict.fromkeys((*_RATES, *Witness, AGREED, *Judgement, *AMOUNTS, *_DETAILS)))
}
# They compare weeks, or gather what other figures say: where a real figure changes, some of these do. Page one counts
# them, the annex has them.
_FOLLOWING = (
    "cases", "case", "since", "owner", "due", "plan", "movement", "change", "last", "previous_on", "standing", "pace",
    "distance",
)  # fmt: skip


def changes_section(report: Report) -> Section | None:
    """None for revision 1: it replaces nothing."""
    summary = report.summary
    if summary.revision < 2:
        return None
    every, reason = stated_changes_table(report), summary.reason or "không ghi"
    count = sum(1 for _ in _stated(report))
    following = len(summary.changes) - count
    words = f"{first_capital(summary.issue_vi)}: {count} số liệu thay đổi. Lý do: {reason.rstrip('.')}."
    blocks: list[Block] = [Paragraph(words + _whose(report))]
    if count:
        first = replace(every, id="thay-doi", caption="", lines=islice(every.lines, CHANGES_SHOWN))
        blocks.append(first.whole())
    more = _more_words(count - CHANGES_SHOWN, following)
    if more:
        blocks.append(Paragraph(f"{more}: xem phụ lục, trang tính “{ALL_CHANGES}”."))
    if summary.later_weeks:
        blocks.append(Paragraph(_later_words(report)))
    return Section("thay-doi", "", "Nội dung thay đổi và lý do", tuple(blocks))


def _more_words(others: int, following: int) -> str:
    """What stands in the annex only: the rest of the changes, and what follows from them."""
    said = [f"Còn {others} thay đổi khác"] if others > 0 else []
    said += [f"{following} số liệu so sánh, tổng hợp thay đổi theo"] if following else []
    return ", ngoài ra ".join(said)


def _later_words(report: Report) -> str:
    weeks = ", ".join(vi_date(week.wednesday) for week in report.summary.later_weeks)
    return (
        f"Số liệu so sánh của các tuần đã phát hành sau đây sẽ khác: {weeks}; các bản đó giữ nguyên. "
        "Tuần phát hành tiếp theo so sánh với bản mới nhất."
    )


def _whose(report: Report) -> str:
    """Every unit of whom some figure changed, by its own word or another's."""
    named = {part for change in _stated(report) for part in change.figure_id.split("/")}
    units = [unit.name for unit in report.campaign.roster.reporters if unit.id in named]
    return f" Liên quan đến: {names(report, units, 'đơn vị')}." if units else ""


def _stated(report: Report) -> Iterator[Change]:
    return (change for change in report.summary.changes if not _only_follows(change))


def _only_follows(change: Change) -> bool:
    return change.figure_id.partition("/")[0] in _FOLLOWING


def stated_changes_table(report: Report) -> Listing:
    """Without the figures that only follow from others."""
    return _table(report, _stated(report))


def changes_table(report: Report) -> Listing:
    """Every change, what a leader looks for first on top, what only follows from others at the end."""
    return _table(report, report.summary.changes)


def _table(report: Report, changes: Iterable[Change]) -> Listing:
    columns = (Column("Nội dung", 60), Column("Bản trước", 24), Column("Bản này", 24))
    had_not_reported = _had_not_reported(report)
    lines = (
        Line(
            (
                Cell(figure_words(report, change.figure_id)),
                _before(report, change, had_not_reported),
                _value(report, change, change.after, change.figure_id),
            )
        )
        for change in _in_order(report, changes)
    )
    return Listing("moi-thay-doi", "Mọi thay đổi so với bản trước", columns, lines)


def _in_order(report: Report, changes: Iterable[Change]) -> Iterator[Change]:
    """By group, then by unit as the roster lists them, then word by word of the id: of many changes a small key each,
    and the words of one unit at a time."""
    place = partial(_place, {unit.id: n for n, unit in enumerate(report.campaign.roster.reporters)})
    for _, of_unit in groupby(sorted(changes, key=place), key=place):
        yield from sorted(of_unit, key=_words)


def _place(units: Mapping[str, int], change: Change) -> int:
    groups, group = (*_GROUPS, *_FOLLOWING), _group(change)
    unit = min((units[part] for part in change.figure_id.split("/") if part in units), default=-1)
    return groups.index(group if group in groups else "something new") * (len(units) + 1) + unit + 1


def _words(change: Change) -> list[tuple[int, list[str | int]]]:
    return [_word_rank(word) for word in change.figure_id.split("/")]


def _word_rank(word: str) -> tuple[int, list[str | int]]:
    """Words of ours as listed, then codes as a person counts: 1.2 before 1.10. Texts and numbers stand in turn."""
    parts = [int(part) if n % 2 else part for n, part in enumerate(_NUMBER.split(word))]
    return _WORDS.get(word, len(_WORDS)), parts


def _group(change: Change) -> str:
    kind, _, rest = change.figure_id.partition("/")
    if kind == "debt" and "/project/" in rest:
        return "project"
    if kind == "debt" and not rest.endswith(_HEADLINE_DEBTS):
        return "other sum"
    if kind == "debt" and rest.startswith(f"{ALL}/"):
        return "district debt"
    return "text" if kind in ("indicator", "milestone") and change.kind is FigureKind.TEXT else kind


def _had_not_reported(report: Report) -> frozenset[str]:
    """The communes whose every criterion was not stated in the revision before."""
    criteria = len(report.campaign.catalogue.criteria)
    counts = (change for change in report.summary.changes if change.figure_id.startswith("count/"))
    before = {change.figure_id: change.before for change in counts}
    silences = {c.id: count_id(c.id, Witness.COMMUNE, Judgement.NOT_STATED) for c in report.communes()}
    return frozenset(commune for commune, silence in silences.items() if before.get(silence) == criteria)


def _before(report: Report, change: Change, had_not_reported: frozenset[str]) -> Cell:
    """Of a commune that had not reported, a count of 0 only says that nobody stated anything; it is no zero."""
    kind, commune, *rest = [*change.figure_id.split("/"), ""]
    is_own_count = kind in ("count", "indicators_met") and Witness.AGENCY not in rest
    is_silence = commune in had_not_reported and is_own_count and change.before == 0
    return _value(report, change, None if is_silence else change.before)


def _value(report: Report, change: Change, value: FigureValue, figure_id: str = "") -> Cell:
    """A flag or a text that is gone is a dash, a comparison too; a number that is gone is not stated. An amount
    carries its unit: kinds of figures stand mixed in one column."""
    if value is None and (change.kind in (FigureKind.STATE, FigureKind.TEXT) or _only_follows(change)):
        return Cell("–", Tone.MUTED, figure_id)
    if (
        isinstance(value, str)
        and change.figure_id.startswith("milestone/")
        and change.kind is FigureKind.TEXT
    ):
        return Cell(codes_words(report, value, CODES_SHOWN), figure_id=figure_id)
    cell = cell_of(change.kind, value, figure_id)
    return Cell(f"{cell.text} triệu đồng", figure_id=figure_id) if cell.look is Look.MILLION else cell
