"""What every figure is called in Vietnamese. Knows how the ids are spelled (domain/summary.py)."""

from collections.abc import Callable

from domain.forms import DossierState, Part, labels_of_subjects
from domain.judgement import Judgement, Matter, Witness
from domain.summary import AGREED, ALL, DOSSIERS
from domain.vietnamese import first_small
from tasks.publication.cells import Report, witness_words
from tasks.publication.section_debt import AMOUNTS

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
    "in_time": "số đạt đúng hạn",
    "applicable": "số phải đạt",
    "share": "tỷ lệ",
    "missing": "nội dung chưa đạt đúng hạn",
}
_PLANS = {
    "planned_on": "ngày dự kiến hoàn thành",
    "baseline": "ngày dự kiến ban đầu",
    "slip": "số ngày lùi so với ban đầu",
    "move": "số ngày lùi trong tuần",
    "moves": "số lần thay đổi ngày dự kiến",
}
_MOVEMENTS = {
    "last": "nợ lần trước",
    "accepted": "nghiệm thu mới",
    "allotted": "vốn bố trí mới",
    "paid": "trả thêm",
    "gone": "không còn trong danh sách",
    "renamed": "tên trước đây",
}
_DEBTS = {
    **{what: first_small(words) for what, words in AMOUNTS.items()},
    "projects": "số dự án",
    "unknown_projects": "số dự án chưa tính được nợ",
    "communes_missing": "số xã chưa có số liệu nợ",
    "name": "tên dự án",
}


_DECISIONS = {
    "follows": "quyết định",
    "decided_by": "người quyết định",
    "reason": "lý do quyết định",
}
_PROGRAMMES = {
    "legal": _DEBTS["legal"],
    "stated": _DEBTS["stated"],
    "unknown_legal": "số dự án chưa tính được nợ",
    "unknown_stated": "số dự án chưa ghi nợ",
    "unclear": "số dự án chưa ghi có thuộc hay không",
    "communes_missing": "số xã chưa ghi dự án nào thuộc",
}
_STANDINGS = {
    "open": "số chỉ tiêu, điều kiện còn chưa đạt để được công nhận",
    "open_codes": "các chỉ tiêu, điều kiện còn chưa đạt",
    "unstated": "số chỉ tiêu, điều kiện chưa có số liệu",
    "unstated_codes": "các chỉ tiêu, điều kiện chưa có số liệu",
    "documents": "số tài liệu chưa đến tình trạng các mốc yêu cầu",
}
_PACES = {
    "left": "số chỉ tiêu còn lại",
    "needed": "số cần đạt mỗi tuần",
    "real": "số thực tế đạt thêm mỗi tuần",
    "since": "tuần đầu có số liệu",
    "gained": "số đã đạt thêm từ tuần đầu",
    "weeks": "số tuần để tính",
}
_DISTANCES = {
    "last_good_day": "ngày cuối cùng",
    "days": "số ngày làm việc còn lại",
    "weeks": "số kỳ báo cáo còn lại",
    "passed": "đã qua",
    "expected": "dự kiến",
}


def figure_words(report: Report, figure_id: str) -> str:
    """What a figure is called. An id of a kind that is not known here stands for itself."""
    kind, _, rest = figure_id.partition("/")
    words = _WORDS.get(kind)
    return words(report, rest) if words else figure_id


def _state(report: Report, rest: str) -> str:
    reporter, _, what = rest.partition("/")
    return f"{report.name(reporter)}: {_STATES.get(what, 'tình trạng báo cáo')}"


def _rate(_report: Report, rest: str) -> str:
    return _RATES.get(rest, rest)


def _criterion(report: Report, rest: str) -> str:
    commune, code, witness = rest.split("/")
    return f"{report.name(commune)}: tiêu chí {_criterion_named(report, code)} ({_by(witness)})"


def _criterion_named(report: Report, code: str) -> str:
    return next((f"{c.number} - {c.name}" for c in report.campaign.catalogue.criteria if c.id == code), code)


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
    commune, code, *matter = rest.split("/")
    return f"{report.name(commune)}: chênh lệch {_about(report, code, matter)} (xã / cơ quan)"


def _about(report: Report, code: str, matter: list[str]) -> str:
    """`chỉ tiêu 1.1 - Quy hoạch`, of another matter than the judgement `hồ sơ chỉ tiêu 1.1 - Quy hoạch`."""
    what = "".join(f"{Matter(each).vi.lower()} " for each in matter)
    return f"{what}chỉ tiêu {_named(report, code)}"


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
    return f"{report.name(commune)}: {_milestone_named(report, milestone)}, {_REACHED.get(what, what)}"


def _milestone_named(report: Report, milestone: str) -> str:
    return next((m.name for m in report.campaign.calendar.milestones if m.id == milestone), milestone)


def _debt(report: Report, rest: str) -> str:
    """A project's key may itself hold a slash (a decision number): it is what stands between."""
    commune, _, what = rest.partition("/")
    if not what.startswith("project/"):
        place = "Tổng cộng" if commune == ALL else report.name(commune)
        return f"{place}: {_DEBTS.get(what, what)}"
    key, _, what = what.removeprefix("project/").rpartition("/")
    named = _project_named(report, commune, key)
    return f"{report.name(commune)}: dự án {named}, {_DEBTS.get(what, what)}"


def _project_named(report: Report, commune: str, key: str) -> str:
    return next((p.name for p in report.summary.projects if (p.commune, p.key) == (commune, key)), key)


def _change(report: Report, rest: str) -> str:
    return f"{figure_words(report, rest)}, thay đổi so với lần trước"


def _last(report: Report, rest: str) -> str:
    return f"{figure_words(report, rest)}, số liệu lần trước"


def _since(report: Report, rest: str) -> str:
    return f"{figure_words(report, rest)}, có từ tuần"


def _owner(report: Report, rest: str) -> str:
    return f"{figure_words(report, rest)}, cơ quan giải quyết"


def _due(report: Report, rest: str) -> str:
    return f"{figure_words(report, rest)}, hạn giải quyết"


def _previous_on(report: Report, rest: str) -> str:
    reporter, part = rest.split("/")
    return f"{report.name(reporter)}: tuần của số liệu lần trước, {Part(part).vi}"


def _case(report: Report, rest: str) -> str:
    commune, code, *matter, _ = rest.split("/")
    return f"{report.name(commune)}: số tuần chưa thống nhất {_about(report, code, matter)}"


def _cases(report: Report, rest: str) -> str:
    return f"{report.name(rest)}: số nội dung chưa thống nhất"


def _decision(report: Report, rest: str) -> str:
    commune, code, *matter, what = rest.split("/")
    words = _DECISIONS.get(what, what)
    return f"{report.name(commune)}: {_about(report, code, matter)}, {words} về nội dung chưa thống nhất"


def _plan(report: Report, rest: str) -> str:
    commune, code, what = rest.split("/")
    return f"{report.name(commune)}: tiêu chí {_criterion_named(report, code)}, {_PLANS.get(what, what)}"


def _movement(report: Report, rest: str) -> str:
    commune, _, what = rest.partition("/")
    key, _, last = what.removeprefix("project/").rpartition("/")
    named = f"dự án {_project_named(report, commune, key)}, " if key else "nợ xây dựng cơ bản, "
    return f"{report.name(commune)}: {named}{_MOVEMENTS.get(last, last)}"


def _standing(report: Report, rest: str) -> str:
    commune, of, what = rest.split("/")
    return f"{report.name(commune)}: {_STANDINGS.get(what, what)} ({_of(of)})"


def _pace(report: Report, rest: str) -> str:
    milestone, commune, of, what = rest.split("/")
    return (
        f"{report.name(commune)}: {_milestone_named(report, milestone)}, {_PACES.get(what, what)} ({_of(of)})"
    )


def _distance(report: Report, rest: str) -> str:
    milestone, what = rest.split("/")
    return f"{_milestone_named(report, milestone)}: {_DISTANCES.get(what, what)}"


def _of(of: str) -> str:
    return "hồ sơ minh chứng" if of == DOSSIERS else _by(of)


def _debt_unknown(report: Report, rest: str) -> str:
    commune, amount = rest.split("/")
    return f"{report.name(commune)}: số dự án chưa có số liệu {_DEBTS.get(amount, amount)}"


def _programme(report: Report, rest: str) -> str:
    commune, _, what = rest.partition("/")
    if what.startswith("project/"):
        named = _project_named(report, commune, what.removeprefix("project/"))
        return f"{report.name(commune)}: dự án {named}, thuộc CT MTQG NTM"
    place = "Tổng cộng" if commune == ALL else report.name(commune)
    return f"{place}: dự án thuộc CT MTQG NTM, {_PROGRAMMES.get(what, what)}"


def _remark(report: Report, rest: str) -> str:
    reporter, _, subject = rest.partition("/")
    return f"{report.name(reporter)}: {labels_of_subjects(report.campaign.forms).get(subject, subject)}"


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
    "programme": _programme,
    "remark": _remark,
    "change": _change,
    "last": _last,
    "since": _since,
    "owner": _owner,
    "due": _due,
    "previous_on": _previous_on,
    "case": _case,
    "cases": _cases,
    "decision": _decision,
    "plan": _plan,
    "movement": _movement,
    "standing": _standing,
    "pace": _pace,
    "distance": _distance,
}
