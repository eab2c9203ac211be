"""The campaign that faults are planted into: the sample's, longer, with more communes, and with a catalogue in which an
officer has confirmed some targets and said how some results can move.
"""

from dataclasses import replace
from decimal import Decimal
from functools import cache

from config.facts import load_campaign
from deployments.demo.any_roster import communes
from domain.campaign import Campaign
from domain.criteria import Indicator
from domain.reporters import Reporter, ReporterKind, Roster
from domain.weeks import WeekName

COMMUNES, WEEKS = 20, 12
AGENCIES = ("pnn", "ca", "pnv", "ptckh", "pgd", "pktht", "ptnmt", "pldtbxh")

CONFIRMED = frozenset(
    {"2.1", "2.3", "4", "8.2", "11", "14.1", "14.4", "17.3", "17.10", "18.1", "13.2", "12.1"}
)
# In the indicator's unit, from one report to the next. None of these has a target, so nothing else is said of a jump.
STEPS = {"2.4": 6, "3.3": 6, "9": 4, "10": 5, "12.3": 6, "18.3": 8}
CUMULATIVE = frozenset({"13.1", "13.2", "13.3"})


@cache
def campaign() -> Campaign:
    sample = load_campaign("my-loc-2023")
    agencies = [each for each in sample.roster.reporters if each.kind is ReporterKind.AGENCY]
    added = [
        Reporter(each.id, each.name, ReporterKind.COMMUNE, (each.office,)) for each in communes(COMMUNES)
    ]
    catalogue = sample.catalogue
    stated = tuple(
        replace(one, indicators=tuple(_as_stated(each) for each in one.indicators))
        for one in catalogue.criteria
    )
    followed = tuple(
        replace(
            each, communes=frozenset(one.id for one in added) if each.id == "GATE-NO-DONG" else frozenset()
        )
        for each in catalogue.conditions
    )
    return replace(
        sample,
        calendar=replace(sample.calendar, last_week=sample.calendar.first_week.shifted(WEEKS - 1)),
        roster=Roster((*added, *agencies), sample.roster.within),
        catalogue=replace(catalogue, criteria=stated, conditions=followed),
        extensions=(),
        exclusions=(),
    )


def weeks() -> tuple[WeekName, ...]:
    return campaign().calendar.weeks()


def _as_stated(indicator: Indicator) -> Indicator:
    step = STEPS.get(indicator.code)
    target = indicator.target
    if target and indicator.code in CONFIRMED:
        target = replace(target, confirmed=True)
    return replace(
        indicator,
        target=target,
        plausible_step=None if step is None else Decimal(step),
        cumulative=indicator.code in CUMULATIVE,
    )
