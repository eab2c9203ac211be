"""Page one of a second or later revision: what changed, figure by figure in words, and why.

Knows how every figure's id is spelled (domain/summary.py) and what it is called in Vietnamese.
"""

from collections.abc import Callable
from dataclasses import replace

from domain.forms import DossierState
from domain.judgement import Judgement, Witness
from domain.summary import AGREED, ALL, Change, FigureKind, FigureValue, count_id
from domain.vietnamese import first_capital, first_small
from tasks.publication.blocks import Block, Cell, Column, Line, Look, Paragraph, Section, Table, Tone
from tasks.publication.cells import Report, cell_of, witness_words
from tasks.publication.section_debt import AMOUNTS
from tasks.publication.section_dossiers import remark_subjects
from tasks.publication.words_across import words_across

CHANGES_SHOWN = 12  # what page one bears beside the heading; the annex and the page have every change
ALL_CHANGES = "Thay đổi"  # the annex' sheet
# What a leader looks for first; within a group, and for what is not named, the summary's own order.
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
    "difference",
    "indicator",
    "project",
    "text",
    "remark",
)
_HEADLINE_DEBTS = ("legal", "stated")

_RATES = {
    "owed": "Số đơn vị phải báo cáo",
    "received": "Số đơn vị đã báo cáo",
    "on_time": "Số đơn vị đúng hạn",
    "extended": "Số đơn vị được gia hạn",
    "late": "Số đơn vị báo cáo muộn",
    "returned": "Số đơn vị bị trả lại",
    "quarantined": "Số đơn vị chờ xác minh",
    "waiting": "Số đơn vị chưa đến hạn",
    "missing": "Số đơn vị chưa nộp",
    "nil": "Số đơn vị không phát sinh",
    "received_share": "Tỷ lệ đơn vị đã báo cáo",
    "on_time_share": "Tỷ lệ đơn vị đúng hạn",
}
_DETAILS = {
    "result": "kết quả thực hiện",
    "completion": "tỷ lệ hoàn thành",
    "planned_on": "ngày dự kiến hoàn thành",
    "checked_on": "ngày kiểm tra",
    "lacking": "nội dung còn thiếu",
}
_STATES = {"received_at": "thời điểm nhận", "nil": "không phát sinh", "awaits_correction": "tệp chờ sửa"}
_REACHED = {
    "ready": "số đã đạt",
    "applicable": "số phải đạt",
    "in_time": "số đạt đúng hạn",
    "share": "tỷ lệ",
    "missing": "nội dung chưa đạt đúng hạn",
}
_DEBTS = {
    **{what: first_small(words) for what, words in AMOUNTS.items()},
    "projects": "số dự án",
    "name": "tên dự án",
    "unknown_projects": "số dự án chưa tính được nợ",
    "communes_missing": "số xã chưa có số liệu nợ",
}


def changes_section(report: Report) -> Section | None:
    """None for revision 1: it replaces nothing."""
    summary = report.summary
    if summary.revision < 2:
        return None
    count, reason = len(summary.changes), summary.reason or "không ghi"
    every = changes_table(report)
    first = replace(every, id="thay-doi", caption="", lines=every.lines[:CHANGES_SHOWN])
    words = f"{first_capital(summary.issue_vi)}: {count} số liệu thay đổi. Lý do: {reason.rstrip('.')}."
    blocks: list[Block] = [Paragraph(words + _whose(report)), first]
    if count > CHANGES_SHOWN:
        more = f"Còn {count - CHANGES_SHOWN} thay đổi khác: xem phụ lục, trang “{ALL_CHANGES}”."
        blocks.append(Paragraph(more))
    return Section("thay-doi", "", "Nội dung thay đổi và lý do", tuple(blocks))


def _whose(report: Report) -> str:
    """Every unit of whom some figure changed, by its own word or another's."""
    named = {part for change in report.summary.changes for part in change.figure_id.split("/")}
    names = [unit.name for unit in report.campaign.roster.reporters if unit.id in named]
    return f" Liên quan đến: {', '.join(names)}." if names else ""


def changes_table(report: Report) -> Table:
    """Every change, what a leader looks for first on top."""
    columns = (Column("Nội dung", 60), Column("Bản trước", 24), Column("Bản này", 24))
    had_not_reported = _had_not_reported(report)
    lines = [
        Line(
            (
                Cell(figure_words(report, change.figure_id)),
                _before(change, had_not_reported),
                _value(change, change.after, change.figure_id),
            )
        )
        for change in sorted(report.summary.changes, key=_rank)
    ]
    return Table("moi-thay-doi", "Mọi thay đổi so với bản trước", columns, tuple(lines))


def _rank(change: Change) -> int:
    group = _group(change)
    return _GROUPS.index(group) if group in _GROUPS else len(_GROUPS)


def _group(change: Change) -> str:
    kind, _, rest = change.figure_id.partition("/")
    if kind == "debt" and "/project/" in rest:
        return "project"
    if kind == "debt" and not rest.endswith(_HEADLINE_DEBTS):
        return "other sum"
    if kind == "debt" and rest.startswith(f"{ALL}/"):
        return "district debt"
    return "text" if kind == "indicator" and change.kind is FigureKind.TEXT else kind


def _had_not_reported(report: Report) -> frozenset[str]:
    """The communes whose every criterion was not stated in the revision before."""
    criteria = len(report.campaign.catalogue.criteria)
    before = {change.figure_id: change.before for change in report.summary.changes}
    silences = {c.id: count_id(c.id, Witness.COMMUNE, Judgement.NOT_STATED) for c in report.communes()}
    return frozenset(commune for commune, silence in silences.items() if before.get(silence) == criteria)


def _before(change: Change, had_not_reported: frozenset[str]) -> Cell:
    """Of a commune that had not reported, a count of 0 only says that nobody stated anything; it is no zero."""
    kind, commune, *rest = [*change.figure_id.split("/"), ""]
    is_own_count = kind in ("count", "indicators_met") and Witness.AGENCY not in rest
    is_silence = commune in had_not_reported and is_own_count and change.before == 0
    return _value(change, None if is_silence else change.before)


def _value(change: Change, value: FigureValue, figure_id: str = "") -> Cell:
    """A flag or a text that is gone is a dash; a number that is gone is not stated. An amount carries its unit: kinds
    of figures stand mixed in one column."""
    if value is None and change.kind in (FigureKind.STATE, FigureKind.TEXT):
        return Cell("–", Tone.MUTED, figure_id)
    cell = cell_of(change.kind, value, figure_id)
    return Cell(f"{cell.text} triệu đồng", figure_id=figure_id) if cell.look is Look.MILLION else cell


def figure_words(report: Report, figure_id: str) -> str:
    """What a figure is called. An id of a kind that is not known here stands for itself."""
    kind, _, rest = figure_id.partition("/")
    words = _WORDS.get(kind)
    if words:
        return words(report, rest)
    return words_across(figure_id, lambda other: figure_words(report, other), report.name)


def _state(report: Report, rest: str) -> str:
    reporter, _, what = rest.partition("/")
    return f"{report.name(reporter)}: {_STATES.get(what, 'tình trạng báo cáo')}"


def _rate(_report: Report, rest: str) -> str:
    return _RATES.get(rest, rest)


def _criterion(report: Report, rest: str) -> str:
    commune, code, witness = rest.split("/")
    named = next((f"{c.number} - {c.name}" for c in report.campaign.catalogue.criteria if c.id == code), code)
    return f"{report.name(commune)}: tiêu chí {named} ({_by(witness)})"


def _count(report: Report, rest: str) -> str:
    commune, witness, judgement = rest.split("/")
    return f"{report.name(commune)}: số tiêu chí {Judgement(judgement).vi.lower()} ({_by(witness)})"


def _indicators_met(report: Report, rest: str) -> str:
    commune, witness = rest.split("/")
    return f"{report.name(commune)}: số chỉ tiêu đạt ({_by(witness)})"


def _indicator(report: Report, rest: str) -> str:
    commune, code, what = rest.split("/")
    return f"{report.name(commune)}: chỉ tiêu {_named(report, code)}, {_DETAILS.get(what) or _by(what)}"


def _difference(report: Report, rest: str) -> str:
    commune, code = rest.split("/")
    return f"{report.name(commune)}: chênh lệch chỉ tiêu {_named(report, code)} (xã / cơ quan)"


def _named(report: Report, code: str) -> str:
    indicator = report.campaign.catalogue.indicator(code)
    return f"{code} - {indicator.name}" if indicator else code


def _condition(report: Report, rest: str) -> str:
    commune, code, witness = rest.split("/")
    condition = report.campaign.catalogue.condition(code)
    return f"{report.name(commune)}: {condition.name if condition else code} ({_by(witness)})"


def _dossier(report: Report, rest: str) -> str:
    commune, state = rest.split("/")
    words = "tổng số" if state == "documents" else DossierState(state).vi
    return f"{report.name(commune)}: tài liệu minh chứng, {words}"


def _milestone(report: Report, rest: str) -> str:
    milestone, commune, what = rest.split("/")
    named = next((m.name for m in report.campaign.calendar.milestones if m.id == milestone), milestone)
    return f"{report.name(commune)}: {named}, {_REACHED.get(what, what)}"


def _debt(report: Report, rest: str) -> str:
    """A project's key may itself hold a slash (a decision number): it is what stands between."""
    commune, _, what = rest.partition("/")
    if not what.startswith("project/"):
        place = "Tổng cộng" if commune == ALL else report.name(commune)
        return f"{place}: {_DEBTS.get(what, what)}"
    key, _, what = what.removeprefix("project/").rpartition("/")
    named = next((p.name for p in report.summary.projects if (p.commune, p.key) == (commune, key)), key)
    return f"{report.name(commune)}: dự án {named}, {_DEBTS.get(what, what)}"


def _debt_unknown(report: Report, rest: str) -> str:
    commune, amount = rest.split("/")
    return f"{report.name(commune)}: số dự án chưa có số liệu {_DEBTS.get(amount, amount)}"


def _remark(report: Report, rest: str) -> str:
    reporter, _, subject = rest.partition("/")
    return f"{report.name(reporter)}: {remark_subjects(report).get(subject, subject)}"


def _by(witness: str) -> str:
    return first_small(witness_words(AGREED if witness == AGREED else Witness(witness)))


_WORDS: dict[str, Callable[[Report, str], str]] = {
    "state": _state,
    "rate": _rate,
    "criterion": _criterion,
    "count": _count,
    "indicators_met": _indicators_met,
    "indicator": _indicator,
    "difference": _difference,
    "condition": _condition,
    "dossier": _dossier,
    "milestone": _milestone,
    "debt": _debt,
    "debt_unknown": _debt_unknown,
    "remark": _remark,
}
