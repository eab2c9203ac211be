"""Whether a new revision exists, what it changes, figure by figure, and why."""

from collections.abc import Iterator, Mapping, Sequence
from heapq import merge
from itertools import groupby
from operator import itemgetter

from domain.figures.by_id import ids_under, told_in_order
from domain.reporters import Roster
from domain.summary import Change, Figure, FigureValue, Summary
from domain.vietnamese import first_capital, first_of

_NAMED = 20  # units within a sentence


def changes(before: Mapping[str, Figure], after: Mapping[str, Figure]) -> tuple[Change, ...]:
    """All that `differing` finds."""
    return tuple(differing(before, after))


def differing(before: Mapping[str, Figure], after: Mapping[str, Figure]) -> Iterator[Change]:
    """Every figure whose value differs, in the order of their ids, also what is new or gone. Sources alone change
    nothing: the same figure read from another file is the same figure."""
    told = merge(told_in_order(before), told_in_order(after), key=itemgetter(0))
    for figure_id, found in groupby(told, key=itemgetter(0)):
        if _is_told_twice_alike([each for _, each in found]):
            continue
        old, new = before.get(figure_id), after.get(figure_id)
        either = new or old
        if either and (old is None or new is None or old.value != new.value):
            yield Change(figure_id, either.kind, old.value if old else None, new.value if new else None)


def _is_told_twice_alike(told: Sequence[object]) -> bool:
    return len(told) == 2 and told[0] == told[1]


def why_changed(before: Summary, after: Summary, roster: Roster) -> str:
    """What may have made the figures differ, in Vietnamese: the reason of a revision to which nobody gave one."""
    known = _files(before)
    came = [roster[r].name for r, files in _files(after).items() if files - known.get(r, set())]
    reasons = [
        (bool(came), f"có thêm tệp báo cáo của {first_of(came, _NAMED, 'đơn vị')}"),
        (_decided(before) != _decided(after), "có quyết định về nội dung chưa thống nhất"),
        (before.config_hash != after.config_hash, "cấu hình của đợt báo cáo đã thay đổi"),
        (before.code_version != after.code_version, "phần mềm tổng hợp có phiên bản mới"),
    ]
    told = "; ".join(reason for holds, reason in reasons if holds) or "tình trạng báo cáo đã thay đổi"
    return first_capital(told)


def _decided(summary: Summary) -> set[tuple[str, FigureValue]]:
    """What the department has decided over cases, and why."""
    return {(each, summary.value(each)) for each in ids_under(summary.figures, "decision/")}


def _files(summary: Summary) -> Mapping[str, set[str]]:
    """Reporter -> hashes of its files."""
    return {line.reporter: {file.sha256 for file in line.files} for line in summary.reporters}
