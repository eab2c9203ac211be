"""Faults in evidence documents: states out of order, dates that contradict each other, documents left behind."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

from domain.dossiers import MOVES
from domain.forms import DossierState, Part
from tests.planted.kinds import Spot, kind
from tests.planted.paper import Line
from tests.planted.weeks import GATE

D = Part.DOSSIERS
S = DossierState
BACKWARDS, CONTRADICTION, SLIP, STALE = "state goes backwards", "contradiction", "slip", "left behind"
GONE = "disappearance"
_BY_NAME = {each.vi: each for each in S}
_KEYS = ("indicator", "document")
_Triple = tuple[Line, Line, Line]  # of the week before, now, and after


def _pick(spot: Spot, fits: Callable[[Line, Line, Line], bool]) -> _Triple | None:
    def triples() -> list[_Triple]:
        # A clean table keeps its order.
        return list(zip(spot.before.of(D), spot.now.of(D), spot.after.of(D), strict=True))

    return spot.one_of(each for each in triples() if fits(*each))


def _state(line: Line) -> DossierState:
    return _BY_NAME[line["state"]]


def _steps_back_later(spot: Spot, state: DossierState, later: Line) -> None:
    """What the week after looks like beside a state that was never reached."""
    if _state(later) is not state and _state(later) not in MOVES[state]:
        spot.finds_later("DOSSIER_STEP_SKIPPED", D, later, "state")


def _misses_its_milestone(spot: Spot, line: Line) -> None:
    """Corrected after the first run: a milestone counts the documents of indicators (SEMANTICS, Dossier: "milestone
    share = applicable indicators with all listed documents"), and the gate is none."""
    if line["indicator"] != GATE:
        spot.finds("MILESTONE_PASSED", D, line, "state")


@kind(BACKWARDS)
def complete_and_then_not(spot: Spot) -> bool:
    picked = _pick(spot, lambda was, _, later: _state(was) is _state(later) is S.COMPLETE)
    if not picked:
        return False
    _, line, _ = picked
    line["state"] = S.PROVINCE_REPLIED.vi
    spot.finds("DOSSIER_STEP_SKIPPED", D, line, "state")
    return True


@kind(BACKWARDS)
def drafted_again_without_a_request(spot: Spot) -> bool:
    picked = _pick(spot, lambda was, *_: _state(was).has_reached(S.PROVINCE_ASKED))
    if not picked:
        return False
    _, line, later = picked
    line |= {"state": S.DRAFTING.vi, "sent_on": None, "answered_on": None}
    spot.finds("DOSSIER_STEP_SKIPPED", D, line, "state")
    _misses_its_milestone(spot, line)
    _steps_back_later(spot, S.DRAFTING, later)
    return True


@kind(BACKWARDS)
def over_two_offices_at_once(spot: Spot) -> bool:
    wanted = S.PROVINCE_REPLIED
    picked = _pick(
        spot, lambda was, now, later: _state(was) is S.SENT and was["sent_on"] == now["sent_on"] == later["sent_on"]
    )  # fmt: skip
    if not picked:
        return False
    _, line, later = picked
    line["state"] = wanted.vi
    spot.finds("DOSSIER_STEP_SKIPPED", D, line, "state")
    _steps_back_later(spot, wanted, later)
    return True


@kind(CONTRADICTION)
def answered_before_it_was_sent(spot: Spot) -> bool:
    picked = _pick(spot, lambda _, now, __: "answered_on" in now and _state(now) is not S.MORE_REQUESTED)
    if not picked:
        return False
    _, line, _ = picked
    line["answered_on"] = line["sent_on"] - timedelta(days=spot.chance.choice([1, 20]))
    spot.finds("DATES_RUN_BACKWARDS", D, line, "answered_on")
    return True


@kind(CONTRADICTION, is_limit=True)
def answered_on_the_day_it_was_sent(spot: Spot) -> bool:
    picked = _pick(spot, lambda _, now, __: "answered_on" in now and _state(now) is not S.MORE_REQUESTED)
    if not picked:
        return False
    picked[1]["answered_on"] = picked[1]["sent_on"]
    return True


def _answered(spot: Spot, days_after_the_deadline: int) -> Line | None:
    picked = _pick(spot, lambda _, now, __: "answered_on" in now and _state(now) is not S.MORE_REQUESTED)
    if not picked:
        return None
    deadline = spot.now.campaign.calendar.deadline(spot.now.week).date()
    picked[1]["answered_on"] = deadline + timedelta(days=days_after_the_deadline)
    return picked[1]


@kind(SLIP)
def answered_after_the_week(spot: Spot) -> bool:
    line = _answered(spot, spot.chance.choice([1, 5]))
    if line:
        spot.finds("DATE_AFTER_WEEK", D, line, "answered_on")
    return line is not None


@kind(SLIP, is_limit=True)
def answered_on_the_day_of_the_deadline(spot: Spot) -> bool:
    return _answered(spot, 0) is not None


@kind(CONTRADICTION)
def sent_without_a_day(spot: Spot) -> bool:
    picked = _pick(spot, lambda _, now, __: "sent_on" in now)
    if not picked:
        return False
    picked[1]["sent_on"] = None
    spot.finds("SENT_ON_NOT_STATED", D, picked[1], "sent_on")
    return True


@kind(CONTRADICTION)
def being_drafted_with_a_day_of_sending(spot: Spot) -> bool:
    picked = _pick(spot, lambda _, now, later: _state(now) is S.DRAFTING and "sent_on" in later)
    if not picked:
        return False
    _, line, _ = picked
    line["sent_on"] = spot.now.week.wednesday - timedelta(days=2)
    # Expected besides before the first run: SENT_ON_CHANGED in the week after. But the issue asks for dates that run
    # backwards, and this one moves on; that a draft can't have been sent is told where it stood. Decision 0027.
    spot.finds("STATE_BEFORE_SENDING", D, line, "state")
    return True


@kind(SLIP)
def another_day_of_sending(spot: Spot) -> bool:
    picked = _pick(
        spot, lambda was, now, later: now.get("sent_on") == was.get("sent_on") == later.get("sent_on") is not None
    )  # fmt: skip
    if not picked:
        return False
    _, line, later = picked
    line["sent_on"] += timedelta(days=spot.chance.choice([-7, -1, 1]))
    spot.finds("SENT_ON_CHANGED", D, line, "sent_on")
    spot.finds_later("SENT_ON_CHANGED", D, later, "sent_on")
    return True


@kind(STALE)
def not_sent_by_its_milestone(spot: Spot) -> bool:
    picked = _pick(
        spot, lambda was, now, _: _state(was) is S.DRAFTING and _state(now) is S.SENT and spot.at == 2
    )
    if not picked:
        return False
    _, line, _ = picked
    line |= {"state": S.DRAFTING.vi, "sent_on": None}
    spot.finds("MILESTONE_PASSED", D, line, "state")
    return True


@kind(STALE)
def province_not_asked_by_its_milestone(spot: Spot) -> bool:
    picked = _pick(
        spot, lambda _, now, __: _state(now) is S.PROVINCE_ASKED and spot.at == 4 and now["indicator"] != GATE
    )
    if not picked:
        return False
    was, line, _ = picked
    line["state"] = was["state"]
    spot.finds("MILESTONE_PASSED", D, line, "state")
    return True


def _asked_for_more(spot: Spot, days_ago: int) -> _Triple | None:
    """Before any milestone, in the second week."""
    picked = _pick(spot, lambda _, now, __: _state(now) is S.MORE_REQUESTED)
    if picked:
        picked[1]["answered_on"] = spot.now.week.wednesday - timedelta(days=days_ago)
    return picked


@kind(STALE)
def request_unanswered_for_two_weeks(spot: Spot) -> bool:
    picked = _asked_for_more(spot, 14)
    if picked:
        spot.finds("REQUEST_STANDS", D, picked[1], "state")
    return picked is not None


@kind(STALE, is_limit=True)
def request_unanswered_for_almost_two_weeks(spot: Spot) -> bool:
    return _asked_for_more(spot, 13) is not None


@kind(STALE)
def old_request_after_the_milestones(spot: Spot) -> bool:
    picked = _pick(spot, lambda was, *_: spot.at >= 6 and S.MORE_REQUESTED in MOVES[_state(was)])
    if not picked:
        return False
    _, line, later = picked
    asked_on = spot.now.week.wednesday - timedelta(days=spot.chance.choice([14, 15]))
    line |= {"state": S.MORE_REQUESTED.vi, "answered_on": asked_on, "lacking": "Biểu tổng hợp"}
    spot.finds("REQUEST_STANDS", D, line, "state")
    _misses_its_milestone(spot, line)
    _steps_back_later(spot, S.MORE_REQUESTED, later)
    return True


@kind(CONTRADICTION)
def document_on_two_lines(spot: Spot) -> bool:
    picked = _pick(spot, lambda *_: True)
    assert picked
    again = dict(picked[1])
    spot.now.of(D).append(again)
    spot.finds("DOCUMENT_REPEATED", D, again, "document")
    return True


@kind(GONE)
def one_of_two_documents_listed_no_more(spot: Spot) -> bool:
    """Planted after the first run (decision 0036)."""
    listed = Counter(line["indicator"] for line in spot.now.of(D))
    picked = _pick(spot, lambda _, line, __: listed[line["indicator"]] == 2)
    if not picked:
        return False
    spot.now.of(D).remove(picked[1])
    other = next(line for line in spot.now.of(D) if line["indicator"] == picked[1]["indicator"])
    spot.finds("DOCUMENT_GONE", D, other, "indicator")
    return True


@kind(GONE)
def only_document_of_the_gate_listed_no_more(spot: Spot) -> bool:
    """Planted after the first run (decision 0036)."""
    spot.now.tables[D] = [line for line in spot.now.of(D) if line["indicator"] != GATE]
    spot.finds_at("DOCUMENT_GONE", spot.now.sheet(D))
    return True


@kind(SLIP)
def state_in_other_words(spot: Spot) -> bool:
    picked = _pick(spot, lambda *_: True)
    assert picked
    picked[1]["state"] = spot.chance.choice(["Xong", "Đã gửi rồi"])
    spot.finds("DOSSIER_STATE_UNKNOWN", D, picked[1], "state")
    return True
