"""Whether a new revision exists, what it changes, figure by figure, and why."""

from collections.abc import Mapping

from domain.reporters import Roster
from domain.summary import Change, Figure, FigureValue, Summary
from domain.vietnamese import first_capital


def changes(before: Mapping[str, Figure], after: Mapping[str, Figure]) -> tuple[Change, ...]:
    """Every figure whose value differs, in the order of `after`, then what is gone. Sources alone change
    nothing: the same figure read from another file is the same figure."""
    changed = [
        Change(figure.id, figure.kind, _value(before, figure.id), figure.value)
        for figure in after.values()
        if figure.id not in before or before[figure.id].value != figure.value
    ]
    gone = [
        Change(figure.id, figure.kind, figure.value, None)
        for figure in before.values()
        if figure.id not in after
    ]
    return (*changed, *gone)


def why_changed(before: Summary, after: Summary, roster: Roster) -> str:
    """What may have made the figures differ, in Vietnamese: the reason of a revision to which nobody gave one."""
    came = [roster[r].name for r, files in _files(after).items() if files - _files(before).get(r, set())]
    reasons = [
        (bool(came), f"có thêm tệp báo cáo của {', '.join(came)}"),
        (before.config_hash != after.config_hash, "cấu hình của đợt báo cáo đã thay đổi"),
        (before.code_version != after.code_version, "phần mềm tổng hợp có phiên bản mới"),
    ]
    told = "; ".join(reason for holds, reason in reasons if holds) or "tình trạng báo cáo đã thay đổi"
    return first_capital(told)


def _files(summary: Summary) -> Mapping[str, set[str]]:
    """Reporter -> hashes of its files."""
    return {line.reporter: {file.sha256 for file in line.files} for line in summary.reporters}


def _value(figures: Mapping[str, Figure], figure_id: str) -> FigureValue:
    figure = figures.get(figure_id)
    return figure.value if figure else None
