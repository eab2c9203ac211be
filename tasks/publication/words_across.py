"""What the figures that compare weeks are called, in the list of changes."""

from collections.abc import Callable

from domain.forms import Part
from domain.summary import difference_id

Words = Callable[[str], str]  # what another figure, or a reporter, is called
_BESIDE = {"last": "số liệu kỳ trước", "change": "thay đổi so với kỳ trước", "since": "có từ tuần"}
_PLANS = {
    "planned_on": "ngày dự kiến hoàn thành",
    "baseline": "ngày dự kiến ban đầu",
    "slip": "số ngày chậm so với dự kiến ban đầu",
    "move": "số ngày dời so với lần trước",
    "moves": "số lần dời",
}
_MOVEMENTS = {
    "last": "nợ đọng kỳ trước",
    "accepted": "khối lượng nghiệm thu tăng thêm",
    "allotted": "vốn bố trí thêm",
    "paid": "thanh toán thêm",
    "gone": "không còn trong bảng",
    "renamed": "tên kỳ trước",
}


def words_across(figure_id: str, figure_words: Words, name: Words) -> str:
    """`figure_words` and `name` say what is compared. An id of a kind that is not known here stands for itself."""
    kind, _, rest = figure_id.partition("/")
    if kind in _BESIDE:
        return f"{figure_words(rest)}, {_BESIDE[kind]}"
    if kind == "case":
        commune, code, _ = rest.split("/")
        return f"{figure_words(difference_id(commune, code))}, số tuần chưa thống nhất"
    words = _WORDS.get(kind)
    return words(rest, name) if words else figure_id


def _previous_on(rest: str, name: Words) -> str:
    reporter, part = rest.split("/")
    return f"{name(reporter)}: tuần của số liệu kỳ trước ({Part(part).vi})"


def _cases(commune: str, name: Words) -> str:
    return f"{name(commune)}: số chênh lệch chưa thống nhất"


def _plan(rest: str, name: Words) -> str:
    commune, criterion, what = rest.split("/")
    return f"{name(commune)}: tiêu chí {criterion}, {_PLANS.get(what, what)}"


def _movement(rest: str, name: Words) -> str:
    commune, *project, what = rest.split("/")
    of_project = f"dự án {project[-1]}, " if project else ""
    return f"{name(commune)}: {of_project}{_MOVEMENTS.get(what, what)}"


_WORDS: dict[str, Callable[[str, Words], str]] = {
    "previous_on": _previous_on,
    "cases": _cases,
    "plan": _plan,
    "movement": _movement,
}
