"""Faults in what communes say of indicators: contradictions, slips, jumps, and words taken back."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from domain.criteria import Target, Unit
from domain.forms import Part
from domain.judgement import Judgement
from tests.planted.campaign import CUMULATIVE, STEPS
from tests.planted.kinds import Spot, kind
from tests.planted.paper import Line
from tests.planted.weeks import CRITERION, FAR, Aim, number, said

P = Part.PROGRESS
CONTRADICTION, SLIP, JUMP, GONE = "contradiction", "slip", "fall or jump", "disappearance"
_MET, _NEARLY, _NOT = (each.vi for each in (Judgement.MET, Judgement.NEARLY_MET, Judgement.NOT_MET))


def _aims_at(aim: Aim) -> Target | None:
    """Its target, where that is a number."""
    target = aim.indicator.target
    return target if target and isinstance(target.value, Decimal) else None


def _written(aim: Aim, value: float) -> str:
    text = said(value, "%" if aim.indicator.unit is Unit.PERCENT else "")
    return f"nam {text}, nữ {text}" if aim.indicator.split_by_sex else text


def _is_plain(aim: Aim) -> bool:
    """A number of which no more is known than its target."""
    return aim.indicator.code not in STEPS and aim.indicator.code not in CUMULATIVE


def _is_of_no_stated_criterion(aim: Aim) -> bool:
    """Of another, the criterion's own row would differ, too."""
    return not aim.indicator.code.startswith(f"{CRITERION}.")


def _pick(spot: Spot, fits: Callable[[Aim], bool]) -> tuple[Aim, Line] | None:
    return spot.one_of((aim, line) for aim, line in spot.indicators() if fits(aim))


def _later(spot: Spot, line: Line) -> Line:
    return spot.beside(spot.after, P, line, "indicator")


def _was(spot: Spot, line: Line) -> Line:
    return spot.beside(spot.before, P, line, "indicator")


def _just_short(target: Target, by: float) -> float:
    wanted = float(target.value)
    return wanted + by if target.op == "<=" else max(0.0, wanted - by)


# --- judgement, value and target -------------------------------------------------------------------------------------


@kind(CONTRADICTION)
def met_below_its_target(spot: Spot) -> bool:
    picked = _pick(spot, lambda aim: aim.is_met(spot.at) and _is_plain(aim) and _aims_at(aim) is not None)
    if not picked:
        return False
    aim, line = picked
    target = _aims_at(aim)
    assert target
    line["result"] = _written(aim, _just_short(target, spot.chance.choice([0.1, 0.5, 3])))
    spot.finds("MET_BELOW_TARGET", P, line, "result")
    return True


@kind(CONTRADICTION)
def met_but_not_by_women(spot: Spot) -> bool:
    picked = _pick(spot, lambda aim: aim.is_met(spot.at) and aim.indicator.split_by_sex)
    if not picked:
        return False
    aim, line = picked
    value = number(aim, spot.at)
    line["result"] = f"nam {said(value)}, nữ {said(value - 2)}"
    spot.finds("MET_BELOW_TARGET", P, line, "result")
    return True


def _is_unmet_with(confirmed: bool, spot: Spot) -> Callable[[Aim], bool]:
    def fits(aim: Aim) -> bool:
        target = _aims_at(aim)
        is_unmet = aim.judgement(spot.at) is Judgement.NOT_MET
        return is_unmet and _is_plain(aim) and target is not None and target.confirmed is confirmed

    return fits


@kind(CONTRADICTION)
def not_met_at_its_confirmed_target(spot: Spot) -> bool:
    picked = _pick(spot, _is_unmet_with(True, spot))
    if not picked:
        return False
    aim, line = picked
    target = _aims_at(aim)
    assert target
    line["result"] = _written(aim, float(target.value))
    spot.finds("NOT_MET_AT_TARGET", P, line, "result")
    return True


@kind(CONTRADICTION, is_limit=True)
def not_met_just_short_of_its_confirmed_target(spot: Spot) -> bool:
    picked = _pick(spot, _is_unmet_with(True, spot))
    if not picked:
        return False
    aim, line = picked
    target = _aims_at(aim)
    assert target
    line["result"] = _written(aim, _just_short(target, 0.1))
    return True


@kind(CONTRADICTION, is_limit=True)
def not_met_at_a_target_that_nobody_confirmed(spot: Spot) -> bool:
    picked = _pick(spot, _is_unmet_with(False, spot))
    if not picked:
        return False
    aim, line = picked
    target = _aims_at(aim)
    assert target
    line["result"] = _written(aim, float(target.value))
    return True


@kind(CONTRADICTION)
def men_alone(spot: Spot) -> bool:
    picked = _pick(spot, lambda aim: aim.is_met(spot.at) and aim.indicator.split_by_sex)
    if not picked:
        return False
    aim, line = picked
    line["result"] = f"{spot.chance.choice(['nam', 'nữ'])} {said(number(aim, spot.at))}"
    spot.finds("MEN_AND_WOMEN", P, line, "result")
    return True


@kind(CONTRADICTION)
def neither_men_nor_women(spot: Spot) -> bool:
    picked = _pick(spot, lambda aim: aim.is_met(spot.at) and aim.indicator.split_by_sex)
    if not picked:
        return False
    aim, line = picked
    line["result"] = said(number(aim, spot.at))
    spot.finds("MEN_AND_WOMEN", P, line, "result")
    return True


@kind(CONTRADICTION, is_limit=True)
def men_alone_where_it_is_not_met(spot: Spot) -> bool:
    picked = _pick(spot, lambda aim: not aim.is_met(spot.at) and aim.indicator.split_by_sex)
    if not picked:
        return False
    aim, line = picked
    line["result"] = f"nam {said(number(aim, spot.at))}"
    return True


@kind(CONTRADICTION)
def met_with_less_than_all(spot: Spot) -> bool:
    picked = _pick(spot, lambda aim: aim.is_met(spot.at))
    if not picked:
        return False
    _, line = picked
    line["completion"] = spot.chance.choice([60, 85, "99,9"])
    spot.finds("COMPLETION_DISAGREES", P, line, "completion")
    return True


@kind(CONTRADICTION)
def not_met_with_all(spot: Spot) -> bool:
    picked = _pick(spot, lambda aim: aim.judgement(spot.at) is Judgement.NOT_MET)
    if not picked:
        return False
    _, line = picked
    line["completion"] = 100
    spot.finds("COMPLETION_DISAGREES", P, line, "completion")
    return True


@kind(CONTRADICTION, is_limit=True)
def not_met_with_almost_all(spot: Spot) -> bool:
    picked = _pick(spot, lambda aim: aim.judgement(spot.at) is Judgement.NOT_MET)
    if not picked:
        return False
    picked[1]["completion"] = "99,9"
    return True


@kind(CONTRADICTION)
def met_without_evidence(spot: Spot) -> bool:
    picked = _pick(spot, lambda aim: aim.is_met(spot.at))
    if not picked:
        return False
    aim, line = picked
    documents = spot.now.tables[Part.DOSSIERS]
    spot.now.tables[Part.DOSSIERS] = [one for one in documents if one["indicator"] != aim.indicator.code]
    spot.finds("MET_WITHOUT_DOSSIER", P, line, "judgement")
    spot.finds_at("DOCUMENT_GONE", spot.now.sheet(Part.DOSSIERS))  # added with its rule (decision 0036)
    return True


@kind(CONTRADICTION)
def criterion_judged_otherwise(spot: Spot) -> bool:
    line = next(each for each in spot.now.of(P) if each["indicator"] == CRITERION)
    if line["judgement"] == _MET:
        return False
    line["judgement"] = _NEARLY if line["judgement"] == _NOT else _NOT
    spot.finds("CRITERION_ROW_DIFFERS", P, line, "judgement")
    return True


# --- words taken back ------------------------------------------------------------------------------------------------


def _withdraw(spot: Spot, said_now: str | None, note: str = "") -> Line | None:
    """Đạt in the week before, not now, and what stands beside it agrees."""
    picked = _pick(
        spot,
        lambda aim: (
            aim.is_met(spot.at - 1)
            and _is_of_no_stated_criterion(aim)
            and aim.indicator.unit is not Unit.COUNT
        ),
    )
    if not picked:
        return None
    aim, line = picked
    line |= {"judgement": said_now, "note": note}
    if said_now is None:
        line["completion"] = None
        return line
    line |= {"completion": 90, "planned_on": FAR}
    target = _aims_at(aim)
    if target:
        line["result"] = _written(aim, _just_short(target, 1.5))
    return line


@kind(GONE)
def met_last_week_and_not_now(spot: Spot) -> bool:
    line = _withdraw(spot, _NOT)
    if line:
        spot.finds("JUDGEMENT_WITHDRAWN", P, line, "judgement")
    return line is not None


@kind(GONE)
def met_last_week_and_nearly_now(spot: Spot) -> bool:
    line = _withdraw(spot, _NEARLY)
    if line:
        spot.finds("JUDGEMENT_WITHDRAWN", P, line, "judgement")
    return line is not None


@kind(GONE)
def met_last_week_and_silent_now(spot: Spot) -> bool:
    line = _withdraw(spot, None)
    if line:
        spot.finds("JUDGEMENT_WITHDRAWN", P, line, "judgement")
    return line is not None


@kind(GONE)
def met_last_week_and_no_line_now(spot: Spot) -> bool:
    """Planted after the first run: the issue asks for "đạt last week and not now without a reason"."""
    picked = _pick(spot, lambda aim: aim.is_met(spot.at - 1) and _is_of_no_stated_criterion(aim))
    if not picked:
        return False
    spot.now.of(P).remove(picked[1])
    _is_lost(spot, picked[0])
    return True


def _is_lost(spot: Spot, aim: Aim) -> None:
    """Its line is gone, or nobody can read whose it is."""
    if aim.is_met(spot.at - 1):
        spot.finds_at("JUDGEMENT_WITHDRAWN", spot.now.sheet(P))


@kind(GONE, is_limit=True)
def met_last_week_and_not_now_with_the_reason(spot: Spot) -> bool:
    return _withdraw(spot, _NOT, "Rà soát lại theo yêu cầu của Sở") is not None


# --- dates of plans --------------------------------------------------------------------------------------------------


@kind(SLIP)
def planned_for_a_day_that_is_past(spot: Spot) -> bool:
    picked = _pick(spot, lambda aim: not aim.is_met(spot.at + 1))
    if not picked:
        return False
    _, line = picked
    line["planned_on"] = spot.now.week.wednesday - timedelta(days=spot.chance.choice([1, 1, 6, 30]))
    spot.finds("PLANNED_DATE_PASSED", P, line, "planned_on")
    spot.finds_later("PLAN_SLIPPED", P, _later(spot, line), "planned_on")
    return True


@kind(SLIP, is_limit=True)
def planned_for_the_wednesday_itself(spot: Spot) -> bool:
    picked = _pick(spot, lambda aim: aim.met_in == spot.at + 1)
    if not picked:
        return False
    picked[1]["planned_on"] = spot.now.week.wednesday
    return True


@kind(SLIP)
def plan_moved(spot: Spot) -> bool:
    picked = _pick(spot, lambda aim: not aim.is_met(spot.at))
    if not picked:
        return False
    _, line = picked
    line["planned_on"] += timedelta(days=spot.chance.choice([1, 14, 60]))
    spot.finds("PLAN_SLIPPED", P, line, "planned_on")
    return True


@kind(SLIP)
def plan_with_the_month_first(spot: Spot) -> bool:
    picked = _pick(spot, lambda aim: not aim.is_met(spot.at))
    if not picked:
        return False
    _, line = picked
    line["planned_on"] = "10/25/2023"
    spot.finds("DATE_MONTH_FIRST", P, line, "planned_on")
    return True


@kind(SLIP)
def plan_in_another_decade(spot: Spot) -> bool:
    picked = _pick(spot, lambda aim: not aim.is_met(spot.at))
    if not picked:
        return False
    _, line = picked
    line["planned_on"] = date(spot.chance.choice([2013, 2033]), 7, 5)
    spot.finds("DATE_OUT_OF_CAMPAIGN", P, line, "planned_on")
    return True


# --- values that jump or fall ----------------------------------------------------------------------------------------


def _moved(spot: Spot, beyond: float) -> Line | None:
    """By the plausible step and so much more; downwards where that is below zero."""
    picked = _pick(spot, lambda aim: aim.indicator.code in STEPS)
    if not picked:
        return None
    aim, line = picked
    step, was = STEPS[aim.indicator.code], number(aim, spot.at - 1)
    line["result"] = _written(aim, was + step + beyond if beyond >= 0 else was - step + beyond)
    return line


@kind(JUMP)
def value_jumps_up(spot: Spot) -> bool:
    line = _moved(spot, 0.1)
    if line:
        spot.finds("VALUE_JUMPED", P, line, "result")
    return line is not None


@kind(JUMP)
def value_jumps_up_and_back(spot: Spot) -> bool:
    line = _moved(spot, 2.1)
    if line:
        spot.finds("VALUE_JUMPED", P, line, "result")
        spot.finds_later("VALUE_JUMPED", P, _later(spot, line), "result")
    return line is not None


@kind(JUMP)
def value_drops(spot: Spot) -> bool:
    line = _moved(spot, -0.1)
    if line:
        spot.finds("VALUE_JUMPED", P, line, "result")
        spot.finds_later("VALUE_JUMPED", P, _later(spot, line), "result")
    return line is not None


@kind(JUMP, is_limit=True)
def value_moves_by_the_whole_step(spot: Spot) -> bool:
    return _moved(spot, 0) is not None


@kind("stale copy")
def weekly_share_for_cumulative(spot: Spot) -> bool:
    picked = _pick(spot, lambda aim: aim.indicator.code in CUMULATIVE and aim.is_met(spot.at - 1))
    if not picked or _was(spot, picked[1])["result"] < 3:
        return False
    _, line = picked
    line["result"] = 1
    spot.finds("VALUE_FELL", P, line, "result")
    return True


@kind(JUMP)
def cumulative_value_falls(spot: Spot) -> bool:
    picked = _pick(spot, lambda aim: aim.indicator.code in CUMULATIVE and aim.is_met(spot.at - 1))
    if not picked or _was(spot, picked[1])["result"] < 2:
        return False
    _, line = picked
    line["result"] = _was(spot, line)["result"] - 1
    spot.finds("VALUE_FELL", P, line, "result")
    return True


@kind(JUMP, is_limit=True)
def cumulative_value_stands(spot: Spot) -> bool:
    picked = _pick(spot, lambda aim: aim.indicator.code in CUMULATIVE and aim.is_met(spot.at - 1))
    if not picked:
        return False
    picked[1]["result"] = _was(spot, picked[1])["result"]
    return True


# --- codes and cells -------------------------------------------------------------------------------------------------


@kind(SLIP)
def name_of_another_indicator(spot: Spot) -> bool:
    picked, other = _pick(spot, lambda _: True), _pick(spot, lambda aim: len(aim.indicator.name) > 30)
    if not picked or not other or picked[1] is other[1]:
        return False
    picked[1]["indicator_text"] = other[0].indicator.name
    spot.finds("CODE_AND_NAME_DIFFER", P, picked[1], "indicator")
    return True


@kind(SLIP, is_limit=True)
def name_in_own_words(spot: Spot) -> bool:
    picked = _pick(spot, lambda _: True)
    assert picked
    picked[1]["indicator_text"] = "Theo hướng dẫn của phòng chuyên môn"
    return True


@kind(SLIP)
def code_typed_as_a_number(spot: Spot) -> bool:
    picked = _pick(spot, lambda aim: aim.indicator.code in ("17.1", "17.10"))
    if not picked:
        return False
    picked[1]["indicator"] = 17.1
    spot.finds("INDICATOR_AMBIGUOUS", P, picked[1], "indicator")
    _is_lost(spot, picked[0])
    return True


@kind(SLIP, is_limit=True)
def clear_code_typed_as_a_number(spot: Spot) -> bool:
    picked = _pick(spot, lambda aim: aim.indicator.code in ("17.2", "8.3", "5.4"))
    if not picked:
        return False
    picked[1]["indicator"] = float(picked[0].indicator.code)
    return True


@kind(SLIP)
def code_that_is_none(spot: Spot) -> bool:
    picked = _pick(spot, _is_of_no_stated_criterion)
    assert picked
    picked[1]["indicator"] = spot.chance.choice(["17.13", "20.1", "2.2c"])
    spot.finds("INDICATOR_UNKNOWN", P, picked[1], "indicator")
    _is_lost(spot, picked[0])
    return True


@kind(CONTRADICTION)
def indicator_on_two_lines(spot: Spot) -> bool:
    picked = _pick(spot, lambda _: True)
    assert picked
    again = dict(picked[1])
    spot.now.of(P).append(again)
    spot.finds("INDICATOR_REPEATED", P, again, "indicator")
    return True


@kind(SLIP)
def more_than_all(spot: Spot) -> bool:
    picked = _pick(spot, lambda _: True)
    assert picked
    picked[1]["completion"] = spot.chance.choice([101, "850%"])
    spot.finds("PERCENT_OUT_OF_RANGE", P, picked[1], "completion")
    return True


@kind(SLIP)
def share_for_percent(spot: Spot) -> bool:
    picked = _pick(spot, lambda aim: not aim.is_met(spot.at))
    if not picked:
        return False
    picked[1]["completion"] = 0.85
    spot.finds("PERCENT_BELOW_ONE", P, picked[1], "completion")
    return True


@kind(SLIP)
def judgement_in_other_words(spot: Spot) -> bool:
    picked = _pick(spot, _is_of_no_stated_criterion)
    assert picked
    picked[1]["judgement"] = spot.chance.choice(["Đạt 100%", "Gần đạt", "x"])
    spot.finds("JUDGEMENT_UNKNOWN", P, picked[1], "judgement")
    return True
