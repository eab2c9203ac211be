"""A clean campaign: what twenty communes and eight agencies report in twelve weeks if nobody makes a mistake.

Values grow slowly, documents go their way in time for the milestones, sums only rise, and what was found lacking is
said anew each week. Written from the issue, SEMANTICS and the forms alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from domain.criteria import Indicator, Unit
from domain.forms import DossierState, Part
from domain.judgement import Judgement, rolled_up
from domain.weeks import WeekName
from tests.planted.campaign import AGENCIES, WEEKS, campaign, weeks
from tests.planted.debts import debts_of
from tests.planted.paper import Line, Report

NEVER, ALWAYS = 99, -1  # the week in which an indicator is met
LOOKED_AT = 6  # communes that every agency looks at, week after week
FAR = date(2023, 9, 30)  # planned by communes for what isn't met in the campaign
CRITERION = "2"  # every commune adds a row at the level of this criterion
GATE = "GATE-NO-DONG"
_GRADES = {
    Unit.YES_NO: ("Chưa có", "Đã có"),
    Unit.GRADE: ("Trung bình", "Tốt"),
    Unit.LEVEL: ("Mức độ 1", "Mức độ 3"),
}
_S = DossierState
_TO_THE_PROVINCE = (*[_S.PROVINCE_ASKED] * 2, *[_S.PROVINCE_REPLIED] * 2, _S.COMPLETE)
_WAYS = (
    (_S.DRAFTING, _S.SENT, _S.SENT, _S.CONFIRMED, *_TO_THE_PROVINCE),
    (
        _S.DRAFTING,
        _S.DRAFTING,
        _S.SENT,
        _S.SENT,
        _S.PROVINCE_ASKED,
        *_TO_THE_PROVINCE,
    ),  # chưa lập is no evidence
    (_S.SENT, _S.MORE_REQUESTED, _S.SENT, _S.CONFIRMED, *_TO_THE_PROVINCE),
)
_SENT_IN = ((1,), (2,), (0, 2))  # the weeks in which it is sent, of each way


@dataclass(frozen=True)
class Aim:
    """How one indicator goes in one commune. `met_in`: None where the commune says nothing of it."""

    indicator: Indicator
    met_in: int | None
    start: float
    way: int

    def judgement(self, at: int) -> Judgement:
        if self.met_in is None:
            return Judgement.NOT_STATED
        if at >= self.met_in:
            return Judgement.MET
        return Judgement.NEARLY_MET if self.met_in - at <= 2 else Judgement.NOT_MET

    def is_met(self, at: int) -> bool:
        return self.judgement(at) is Judgement.MET


def said(value: float, behind: str = "%") -> str:
    """In the way of the country: 85,5%."""
    return f"{round(value, 1):g}".replace(".", ",") + behind


@cache
def reports(reporter: str) -> tuple[Report, ...]:
    """The clean weeks of one reporter. Whoever changes one takes a copy."""
    one = _of_agency if reporter in AGENCIES else _of_commune
    return tuple(one(reporter, at, week) for at, week in enumerate(weeks()))


@cache
def aims(commune: str) -> tuple[Aim, ...]:
    chance = Random(f"{commune}: aims")
    return tuple(_aim(each, chance) for each in campaign().catalogue.indicators())


def _aim(indicator: Indicator, chance: Random) -> Aim:
    drawn = chance.random()
    met_in: int | None = ALWAYS if drawn < 0.5 else chance.randint(1, WEEKS - 1) if drawn < 0.88 else NEVER
    return Aim(
        indicator, None if drawn > 0.975 else met_in, chance.uniform(60, 80), chance.randrange(len(_WAYS))
    )


def _of_commune(reporter: str, at: int, week: WeekName) -> Report:
    unit = campaign().roster[reporter]
    tables = {
        Part.PROGRESS: list(_progress(reporter, at)),
        Part.DOSSIERS: list(_dossiers(reporter, at)),
        Part.DEBT: debts_of(reporter, at),
        Part.REMARKS: [
            {"subject": "Công tác chỉ đạo, điều hành trong tuần", "text": f"Đã họp giao ban lần {at + 1}."},
            {"subject": "Khó khăn, vướng mắc", "text": "Nguồn vốn đối ứng của xã còn hạn hẹp."},
        ],
    }
    return Report(campaign(), reporter, at, week, unit.aliases[0], week.wednesday, tables)


def _progress(commune: str, at: int) -> Iterator[Line]:
    catalogue = campaign().catalogue
    by_code = {each.indicator.code: each for each in aims(commune)}
    for criterion in catalogue.criteria:
        if str(criterion.number) == CRITERION:
            whole = rolled_up(by_code[each.code].judgement(at) for each in criterion.indicators)
            yield {"criterion_name": criterion.name, "indicator": CRITERION, "judgement": word(whole)}
        for indicator in criterion.indicators:
            yield _progress_line(by_code[indicator.code], at)
    owes = any(line.get("stated_debt") for line in debts_of(commune, WEEKS - 1))
    yield {"indicator": GATE, "judgement": word(Judgement.NOT_MET if owes else Judgement.MET)}


def _progress_line(aim: Aim, at: int) -> Line:
    indicator, judgement = aim.indicator, aim.judgement(at)
    line: Line = {"indicator": indicator.code, "indicator_text": indicator.name, "judgement": word(judgement)}
    if aim.met_in is None:
        return line
    line["result"] = _result(aim, at)
    if judgement is Judgement.MET:
        return line | {"completion": 100}
    planned = FAR if aim.met_in == NEVER else weeks()[aim.met_in].wednesday
    return line | {"completion": 70 + 2 * at, "planned_on": planned}


def word(judgement: Judgement) -> str | None:
    return None if judgement is Judgement.NOT_STATED else judgement.vi


def _result(aim: Aim, at: int) -> Any:
    indicator, is_met = aim.indicator, aim.is_met(at)
    if indicator.unit in _GRADES:
        return _GRADES[indicator.unit][is_met]
    if indicator.unit is Unit.COUNT:
        since = at - (aim.met_in or 0) if aim.met_in != ALWAYS else at + 6
        return 1 + since // 3 if is_met else 0
    value = number(aim, at)
    if indicator.unit is not Unit.PERCENT:
        return said(value, "")
    return f"nam {said(value)}, nữ {said(value)}" if indicator.split_by_sex else said(value)


def number(aim: Aim, at: int) -> float:
    """A result that reaches its target in the week in which it is met, half a point a week."""
    target, met_in = aim.indicator.target, aim.met_in or 0
    if target is None:
        return round(aim.start + 0.4 * at, 1)
    wanted = float(target.value)
    if aim.is_met(at):
        return wanted - 0.1 if target.op == "<=" else wanted
    short = 6 - 0.1 * at if met_in == NEVER else 0.5 * (met_in - at)
    return (
        round(wanted + short / 5, 1)
        if target.op == "<="
        else max(round((at + 1) / 10, 1), round(wanted - short, 1))
    )


def _dossiers(commune: str, at: int) -> Iterator[Line]:
    for n, aim in enumerate(aims(commune)):
        if aim.met_in is None:
            continue
        code = aim.indicator.code
        names = [f"Báo cáo kết quả chỉ tiêu {code}", f"Biên bản kiểm tra chỉ tiêu {code}"]
        for name in names[: 2 if n % 7 == 0 else 1]:
            yield _document(code, name, aim.way, at)
    yield _document(GATE, "Báo cáo tình hình nợ xây dựng cơ bản", 0, at)


def _document(code: str, name: str, way: int, at: int) -> Line:
    states = _WAYS[way]
    state = states[min(at, len(states) - 1)]
    line: Line = {"indicator": code, "document": name, "state": state.vi, "guided_by": "Phòng chuyên môn"}
    sent = [weeks()[n].wednesday - timedelta(days=9 if n == 0 else 2) for n in _SENT_IN[way] if n <= at]
    if sent:
        line["sent_on"] = sent[-1]
    if state is _S.MORE_REQUESTED:
        line |= {
            "answered_on": weeks()[at].wednesday - timedelta(days=2),
            "lacking": "Biểu tổng hợp có xác nhận",
        }
    elif _S.CONFIRMED in states and at >= states.index(_S.CONFIRMED):
        line["answered_on"] = weeks()[states.index(_S.CONFIRMED)].wednesday - timedelta(days=5)
    return line


def _of_agency(reporter: str, at: int, week: WeekName) -> Report:
    unit = campaign().roster[reporter]
    tables = {
        Part.VERIFICATION: list(_verification(reporter, at)),
        Part.REMARKS: [
            {
                "subject": "Công tác hướng dẫn, kiểm tra trong tuần",
                "text": f"Đã kiểm tra các xã, đợt {at + 1}.",
            }
        ],
    }
    return Report(campaign(), reporter, at, week, unit.name, week.wednesday, tables)


def _verification(agency: str, at: int) -> Iterator[Line]:
    week = weeks()[at]
    leads = campaign().assignments
    for commune in campaign().roster.communes()[:LOOKED_AT]:
        for line in reports(commune.id)[at].of(Part.PROGRESS):
            code = line["indicator"]
            if code == CRITERION or leads.lead_of(code, week.wednesday) != agency:
                continue
            found: Line = {"commune": commune.name, "indicator": code, "commune_said": line["judgement"]}
            found |= {"judgement": line["judgement"], "checked_on": week.wednesday - timedelta(days=5)}
            if line["judgement"] and line["judgement"] != Judgement.MET.vi:
                found |= {"lacking": f"Biên bản nghiệm thu đợt {at + 1}", "expected_on": FAR}
            yield found
