"""Faults in what agencies find: words that contradict each other, dates, copies, and what isn't theirs to judge."""

from collections.abc import Callable
from datetime import timedelta

from domain.findings import Place
from domain.forms import Part
from domain.judgement import Judgement
from tests.planted.kinds import Spot, kind
from tests.planted.paper import Line

V = Part.VERIFICATION
CONTRADICTION, SLIP, STALE = "contradiction", "slip", "stale copy"
_MET, _NOT = Judgement.MET.vi, Judgement.NOT_MET.vi


def _pick(spot: Spot, fits: Callable[[Line, Line, Line], bool]) -> tuple[Line, Line, Line] | None:
    """A line of the week before, now, and after."""
    # A clean table keeps its order.
    triples = zip(spot.before.of(V), spot.now.of(V), spot.after.of(V), strict=True)
    return spot.one_of(each for each in triples if fits(*each))


@kind(CONTRADICTION, of_communes=False)
def met_and_still_lacking(spot: Spot) -> bool:
    picked = _pick(spot, lambda _, now, __: bool(now["judgement"] == _MET))
    if not picked:
        return False
    picked[1]["lacking"] = "Biên bản nghiệm thu của cơ sở"
    spot.finds("MET_BUT_LACKING", V, picked[1], "lacking")
    return True


@kind(CONTRADICTION, of_communes=False)
def not_met_and_nothing_said(spot: Spot) -> bool:
    picked = _pick(spot, lambda _, now, __: bool(now["judgement"] == _NOT))
    if not picked:
        return False
    picked[1]["lacking"] = None
    spot.finds("NOT_MET_UNEXPLAINED", V, picked[1], "lacking")
    return True


@kind(CONTRADICTION, of_communes=False, is_limit=True)
def not_met_with_a_proposal_alone(spot: Spot) -> bool:
    picked = _pick(spot, lambda _, now, __: bool(now["judgement"] == _NOT))
    if not picked:
        return False
    picked[1].update({"lacking": None, "proposal": "Đề nghị xã bố trí vốn đối ứng"})
    return True


@kind(CONTRADICTION, of_communes=False)
def checked_before_the_last_check(spot: Spot) -> bool:
    picked = _pick(spot, lambda *_: True)
    if not picked:
        return False
    was, line, _ = picked
    line["checked_on"] = was["checked_on"] - timedelta(days=spot.chance.choice([1, 30]))
    spot.finds("CHECK_RUNS_BACKWARDS", V, line, "checked_on")
    return True


@kind(CONTRADICTION, of_communes=False, is_limit=True)
def checked_on_the_day_of_the_last_check(spot: Spot) -> bool:
    picked = _pick(spot, lambda *_: True)
    if not picked:
        return False
    picked[1]["checked_on"] = picked[0]["checked_on"]
    return True


def _checked(spot: Spot, days_after_the_deadline: int) -> tuple[Line, Line] | None:
    picked = _pick(spot, lambda *_: True)
    if not picked:
        return None
    deadline = spot.now.campaign.calendar.deadline(spot.now.week).date()
    _, line, later = picked
    line["checked_on"] = deadline + timedelta(days=days_after_the_deadline)
    if later["checked_on"] < line["checked_on"]:
        spot.finds_later("CHECK_RUNS_BACKWARDS", V, later, "checked_on")
    return line, later


@kind(SLIP, of_communes=False)
def checked_after_the_week(spot: Spot) -> bool:
    picked = _checked(spot, spot.chance.choice([1, 30]))
    if picked:
        spot.finds("DATE_AFTER_WEEK", V, picked[0], "checked_on")
    return picked is not None


@kind(SLIP, of_communes=False, is_limit=True)
def checked_on_the_day_of_the_deadline(spot: Spot) -> bool:
    return _checked(spot, 0) is not None


@kind(STALE, of_communes=False)
def lacking_word_for_word_as_before(spot: Spot) -> bool:
    picked = _pick(spot, lambda was, now, _: bool(was.get("lacking") and now.get("lacking")))
    if not picked:
        return False
    picked[1]["lacking"] = picked[0]["lacking"]
    spot.finds("STILL_LACKING", V, picked[1], "lacking")
    return True


@kind(STALE, of_communes=False)
def copy_of_last_weeks_findings(spot: Spot) -> bool:
    spot.now.tables = spot.before.copy().tables
    spot.finds_at("UNCHANGED_COPY", Place())
    for line in spot.now.of(V):
        if line.get("lacking"):
            spot.finds("STILL_LACKING", V, line, "lacking")
    return True


@kind(CONTRADICTION, of_communes=False)
def judges_what_is_not_its_own(spot: Spot) -> bool:
    leads, lines = spot.now.campaign.assignments, spot.now.of(V)
    others = [
        each.code
        for each in spot.now.campaign.catalogue.indicators()
        if leads.lead_of(each.code, spot.now.week.wednesday) != spot.now.reporter
    ]
    added = {
        "commune": lines[0]["commune"],
        "indicator": spot.chance.choice(others),
        "judgement": _MET,
        "checked_on": lines[0]["checked_on"],
    }
    lines.append(added)
    spot.finds("NOT_ASSIGNED", V, added, "indicator")
    return True


@kind(SLIP, of_communes=False)
def commune_that_is_none(spot: Spot) -> bool:
    picked = _pick(spot, lambda *_: True)
    if not picked:
        return False
    picked[1]["commune"] = "Xã Mỹ Thạnh"
    spot.finds("COMMUNE_UNKNOWN", V, picked[1], "commune")
    return True


@kind(CONTRADICTION, of_communes=False)
def indicator_of_a_commune_on_two_lines(spot: Spot) -> bool:
    picked = _pick(spot, lambda *_: True)
    if not picked:
        return False
    again = dict(picked[1])
    spot.now.of(V).append(again)
    spot.finds("INDICATOR_REPEATED", V, again, "indicator")
    return True


@kind(SLIP, of_communes=False)
def findings_of_another_week(spot: Spot) -> bool:
    spot.now.period = spot.after.period
    spot.finds_at("WEEK_DIFFERS", spot.now.header_place("period"))
    return True
