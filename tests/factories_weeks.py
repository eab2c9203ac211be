"""A week after factories.summary(), by hand as decision 0015 says: what changed, who fell silent, what is due.

Xã Mỹ Hà moved, Xã Mỹ Thịnh is compared with a week further back, Xã Mỹ Thành sent nothing. The numbers mean nothing.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from domain.forms import DossierState, Part
from domain.judgement import Judgement, Witness
from domain.summary import (
    AGREED,
    ALL,
    Comparison,
    FigureKind,
    FigureValue,
    Summary,
    case_age_id,
    cases_id,
    change_id,
    condition_id,
    count_id,
    criterion_id,
    debt_id,
    difference_id,
    dossier_count_id,
    indicator_id,
    indicators_met_id,
    last_id,
    milestone_id,
    movement_id,
    plan_id,
    previous_on_id,
    project_id,
    project_movement_id,
    since_id,
)
from tests import factories

WEEK = factories.WEEK.shifted(2)
BEFORE, FURTHER_BACK = factories.WEEK.shifted(1).wednesday, factories.WEEK.wednesday  # 19/4 and 12/4/2023
MOVED, BACK, SILENT = "my_ha", "my_thinh", "my_thanh"
MILLION = 10**6


def compared(**overrides: object) -> Summary:
    """The week of 26/4/2023 beside the week of 19/4/2023."""
    calendar = factories.campaign().calendar
    later = factories.summary(
        week=WEEK,
        deadline=calendar.deadline(WEEK),
        as_of=calendar.close(WEEK),
        compared_with=Comparison(factories.WEEK.shifted(1), 1, "ab" * 32),
    )
    later = _without_word_of(SILENT, later)
    for kind, values in _figures().items():
        later = factories.with_values(later, values, kind=kind)
    return replace(later, **overrides)  # type: ignore[arg-type]


def _without_word_of(commune: str, later: Summary) -> Summary:
    """What a week looks like in which this commune sent nothing."""
    unsaid = {
        i: Judgement.NOT_STATED
        for i in later.figures
        if i.startswith((f"indicator/{commune}/", f"criterion/{commune}/"))
        and i.endswith(("/commune", "/agreed"))
    }
    counts: dict[str, FigureValue] = {
        count_id(commune, of, j): 19 if j is Judgement.NOT_STATED else 0
        for of in (Witness.COMMUNE, AGREED)
        for j in Judgement
    }
    counts[indicators_met_id(commune, Witness.COMMUNE)] = 0
    milestones = {
        milestone_id(m, commune, what): None for m in ("M1", "M2", "M3") for what in ("ready", "share")
    }
    silent = factories.with_values(later, {**unsaid, **counts, **milestones})
    gone = tuple(f"{kind}/{commune}/" for kind in ("dossier", "difference", "condition", "plan"))
    return replace(silent, figures={i: f for i, f in silent.figures.items() if not i.startswith(gone)})


def _figures() -> Mapping[FigureKind, Mapping[str, FigureValue]]:
    return {
        FigureKind.DATE: {**_days(), **_plan_days()},
        FigureKind.NUMBER: {**_numbers(), **_last_numbers()},
        FigureKind.PERCENT: _shares(),
        FigureKind.MONEY: _money(),
        FigureKind.TEXT: _texts(),
        FigureKind.JUDGEMENT: _last_words(),
    }


def _days() -> dict[str, FigureValue]:
    days: dict[str, FigureValue] = {
        previous_on_id(MOVED, part): BEFORE for part in (Part.PROGRESS, Part.DOSSIERS, Part.DEBT)
    }
    days |= {previous_on_id(BACK, part): FURTHER_BACK for part in (Part.PROGRESS, Part.DEBT)}
    days |= {previous_on_id(SILENT, part): BEFORE for part in (Part.PROGRESS, Part.DOSSIERS, Part.DEBT)}
    return days | {
        since_id(difference_id(MOVED, "1.1")): FURTHER_BACK,
        since_id(difference_id(BACK, "2.1")): BEFORE,
    }


def _plan_days() -> dict[str, FigureValue]:
    return {
        plan_id(MOVED, "NC-08", "baseline"): date(2023, 5, 15),
        plan_id(MOVED, "NC-08", "planned_on"): date(2023, 5, 29),
        plan_id(BACK, "NC-03", "baseline"): date(2023, 5, 10),
        plan_id(BACK, "NC-03", "planned_on"): date(2023, 5, 8),
        plan_id(SILENT, "NC-05", "baseline"): date(2023, 5, 1),
        last_id(plan_id(SILENT, "NC-05", "planned_on")): date(2023, 5, 22),
    }


def _numbers() -> dict[str, FigureValue]:
    plans: dict[str, FigureValue] = {
        plan_id(MOVED, "NC-08", "slip"): 14,
        plan_id(MOVED, "NC-08", "move"): 7,
        plan_id(MOVED, "NC-08", "moves"): 2,
        plan_id(BACK, "NC-03", "slip"): -2,
        plan_id(BACK, "NC-03", "moves"): 1,
        plan_id(SILENT, "NC-05", "moves"): 1,
    }
    changes: dict[str, FigureValue] = {
        change_id(count_id(MOVED, Witness.COMMUNE, Judgement.MET)): 2,
        change_id(count_id(MOVED, Witness.COMMUNE, Judgement.NOT_MET)): -2,
        change_id(count_id(MOVED, Witness.COMMUNE, Judgement.NEARLY_MET)): 0,
        change_id(count_id(BACK, Witness.COMMUNE, Judgement.MET)): 1,
        change_id(indicators_met_id(MOVED, Witness.COMMUNE)): 3,
        change_id(dossier_count_id(MOVED, DossierState.SENT)): 4,
        change_id(milestone_id("M1", MOVED, "ready")): 4,
    }
    cases: dict[str, FigureValue] = {
        cases_id(ALL): 2,
        case_age_id(MOVED, "1.1"): 3,
        case_age_id(BACK, "2.1"): 2,
    }
    in_time: dict[str, FigureValue] = {
        milestone_id(m, commune, "in_time"): 9 for m in ("M2", "M3") for commune in (MOVED, BACK)
    }
    in_time |= {milestone_id("M1", MOVED, "in_time"): 64, milestone_id("M1", BACK, "in_time"): 75}
    return plans | changes | cases | in_time


def _shares() -> dict[str, FigureValue]:
    """in_time of 75, 75 and 19."""
    percents = {"M1": (Decimal("85.3"), Decimal(100)), "M2": (Decimal(12),) * 2, "M3": (Decimal("47.4"),) * 2}
    return {
        milestone_id(m, commune, "share"): percent
        for m, both in percents.items()
        for commune, percent in zip((MOVED, BACK), both, strict=True)
    }


def _last_numbers() -> dict[str, FigureValue]:
    counts = dict(zip(Judgement, (12, 3, 2, 2), strict=True))
    last: dict[str, FigureValue] = {
        last_id(count_id(SILENT, Witness.COMMUNE, judgement)): number for judgement, number in counts.items()
    }
    last |= {last_id(dossier_count_id(SILENT, state)): 5 for state in DossierState}
    return last | {
        last_id(indicators_met_id(SILENT, Witness.COMMUNE)): 61,
        last_id(dossier_count_id(SILENT, "documents")): 40,
        last_id(milestone_id("M1", SILENT, "ready")): 30,
        last_id(debt_id(SILENT, "projects")): 1,
    }


def _money() -> dict[str, FigureValue]:
    road, school = "112-qđ-ubnd", "87-qđ-ubnd"
    money: dict[str, FigureValue] = {
        movement_id(ALL, "last"): 1_700 * MILLION,
        movement_id(ALL, "accepted"): 500 * MILLION,
        movement_id(ALL, "allotted"): 700 * MILLION,
        movement_id(ALL, "paid"): 650 * MILLION,
        movement_id(MOVED, "last"): 1_450_500_000,
        movement_id(MOVED, "accepted"): 500 * MILLION,
        movement_id(MOVED, "allotted"): 700 * MILLION,
        movement_id(MOVED, "paid"): -50 * MILLION,
        movement_id(BACK, "last"): 250 * MILLION,
        change_id(debt_id(MOVED, "legal")): -200 * MILLION,
        change_id(debt_id(BACK, "accepted")): 5 * MILLION,
        project_movement_id(MOVED, road, "last"): 1_450_500_000,
        project_movement_id(MOVED, road, "allotted"): 200 * MILLION,
        project_movement_id(MOVED, school, "accepted"): 2_100 * MILLION,
        project_movement_id(MOVED, school, "allotted"): 2_100 * MILLION,
        project_movement_id(MOVED, school, "paid"): 1_900 * MILLION,
        project_movement_id(MOVED, "nha-hoa/1", "last"): 90 * MILLION,
    }
    last = {what: n * 100 * MILLION for n, what in enumerate(("accepted", "allotted", "paid", "legal"), 5)}
    money |= {last_id(debt_id(SILENT, what)): amount for what, amount in last.items()}
    return money | {last_id(project_id(SILENT, "cau", what)): amount for what, amount in last.items()}


def _texts() -> dict[str, FigureValue]:
    codes = [indicator.code for indicator in factories.campaign().catalogue.indicators()]
    return {
        change_id(indicator_id(MOVED, "3.1", Witness.COMMUNE)): "Đạt → Chưa đạt",
        change_id(indicator_id(MOVED, "5.1", Witness.COMMUNE)): "Cơ bản đạt → Đạt",
        change_id(indicator_id(BACK, "2.1", Witness.AGENCY)): "Chưa đạt → Cơ bản đạt",
        change_id(indicator_id(BACK, "4", Witness.COMMUNE)): "Chưa có số liệu → Đạt",
        difference_id(MOVED, "1.1"): "đạt / chưa đạt",
        milestone_id("M1", MOVED, "missing"): ", ".join(codes[:11]),
        milestone_id("M1", BACK, "missing"): "",
        project_movement_id(MOVED, "112-qđ-ubnd", "renamed"): "Đường trục xã",
        project_movement_id(MOVED, "nha-hoa/1", "gone"): "Nhà hóa táng",
        last_id(project_id(SILENT, "cau", "name")): "Cầu thôn 2",
    }


def _last_words() -> dict[str, FigureValue]:
    catalogue = factories.campaign().catalogue
    last: dict[str, FigureValue] = {
        last_id(criterion_id(SILENT, c.id, Witness.COMMUNE)): Judgement.MET for c in catalogue.criteria
    }
    last[last_id(criterion_id(SILENT, "NC-05", Witness.COMMUNE))] = Judgement.NOT_MET
    last |= {
        last_id(indicator_id(SILENT, i.code, Witness.COMMUNE)): Judgement.MET for i in catalogue.indicators()
    }
    last |= {
        last_id(condition_id(SILENT, c.id, Witness.COMMUNE)): Judgement.MET
        for c in catalogue.conditions
        if SILENT in c.communes
    }
    return last
