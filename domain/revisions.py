"""Whether a new revision exists, what it changes, figure by figure, and why."""

from collections.abc import Iterator, Mapping
from heapq import merge
from itertools import groupby
from operator import itemgetter

from domain.figures.by_id import in_order
from domain.reporters import Roster
from domain.summary import Change, Figure, Summary
from domain.vietnamese import first_capital, first_of

_NAMED = 20  # units within a sentence


def changes(before: Mapping[str, Figure], after: Mapping[str, Figure]) -> tuple[Change, ...]:
    """All that `differing` finds."""
    return tuple(differing(before, after))


def differing(before: Mapping[str, Figure], after: Mapping[str, Figure]) -> Iterator[Change]:
    """Every figure whose value differs, in the order of their ids, also what is new or gone. Sources alone change
    nothing: the same figure read from another file is the same figure."""
    beside = merge(_side(0, before), _side(1, after), key=itemgetter(0))
    for figure_id, found in groupby(beside, key=itemgetter(0)):
        sides = {side: figure for _, side, figure in found}
        old, new = sides.get(0), sides.get(1)
        if old is None or new is None or old.value != new.value:
            kind = next(reversed(sides.values())).kind
            yield Change(figure_id, kind, old.value if old else None, new.value if new else None)


def _side(side: int, figures: Mapping[str, Figure]) -> Iterator[tuple[str, int, Figure]]:
    return ((figure.id, side, figure) for figure in in_order(figures))


def why_changed(before: Summary, after: Summary, roster: Roster) -> str:
    """What may have made the figures differ, in Vietnamese: the reason of a revision to which nobody gave one."""
    known = _files(before)
    came = [roster[r].name for r, files in _files(after).items() if files - known.get(r, set())]
    reasons = [
        (bool(came), f"có thêm tệp báo cáo của {first_of(came, _NAMED, 'đơn vị')}"),
        (before.config_hash != after.config_hash, "cấu hình của đợt báo cáo đã thay đổi"),
        (before.code_version != after.code_version, "phần mềm tổng hợp có phiên bản mới"),
    ]
    told = "; ".join(reason for holds, reason in reasons if holds) or "tình trạng báo cáo đã thay đổi"
    return first_capital(told)


def _files(summary: Summary) -> Mapping[str, set[str]]:
    """Reporter -> hashes of its files."""
    return {line.reporter: {file.sha256 for file in line.files} for line in summary.reporters}
