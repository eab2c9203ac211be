"""A plausible week of the sample campaign, as a Summary: for whoever renders, stores or delivers one.

Full size: the campaign of config/campaigns/my-loc-2023 with its 13 units, 19 criteria and 76 rows. The
judgements follow a fixed pattern and mean nothing. Smaller pieces (rows, attempts, a small campaign) are in
factories_domain.py.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from config.facts import load_campaign, load_messages
from domain.campaign import Campaign
from domain.figures.build import next_revision, summarise
from domain.findings import Finding, Place, Severity
from domain.forms import DossierState
from domain.lineage import CALENDAR
from domain.reporters import Roster
from domain.snapshot import Attempt
from domain.summary import Figure, FigureKind, FigureValue, Summary
from tests import factories_domain as made

SAMPLE = "my-loc-2023"
WEEK = made.W15

# What units of the sample did that week; the others reported in time.
MISSING = ("pgd",)
RETURNED = "ptckh"
QUARANTINED = "pnv"
LATE = "ptnmt"


@cache
def campaign() -> Campaign:
    """The sample campaign as configuration states it."""
    return load_campaign(SAMPLE)


@cache
def campaign_of(communes: int) -> Campaign:
    """The sample among so many communes; those that are added are silent."""
    known, first = campaign().roster.reporters, campaign().roster.communes()[0]
    added = range(communes - len(campaign().roster.communes()))
    more = (replace(first, id=f"xa_{n}", name=f"Xã thứ {n}", aliases=()) for n in added)
    return replace(campaign(), roster=Roster((*known, *more)))


def says(finding: Finding) -> str:
    """The sentence that an officer reads."""
    return _messages()[finding.code].text(finding)


@cache
def _messages() -> Any:
    return load_messages()


def finding(code: str, sheet: str = "", cell: str = "", *, severity: str = "error", **facts: str) -> Finding:
    return Finding(code, Severity(severity), Place(sheet, cell), facts)


def summary(of: Campaign | None = None, **overrides: Any) -> Summary:
    """Revision 1 of the week of 12/4/2023, with any field replaced."""
    first = _first(of) if of else _sample_week()
    return replace(first, **overrides)


def revised(first: Summary, reason: str, values: Mapping[str, FigureValue]) -> Summary:
    """The next revision, in which these figures have other values."""
    revision = next_revision(with_values(first, values), first, reason)
    assert revision is not None
    return revision


def with_values(
    of: Summary, values: Mapping[str, FigureValue], *, kind: FigureKind = FigureKind.NUMBER
) -> Summary:
    """The same summary with some values replaced; `kind` is that of figures it did not have."""
    made_up = Figure("", kind, None, (CALENDAR,))
    new = {i: replace(of.figures.get(i, made_up), id=i, value=value) for i, value in values.items()}
    return replace(of, figures={**of.figures, **new})


@cache
def _sample_week() -> Summary:
    return _first(campaign())


def _first(of: Campaign) -> Summary:
    snapshot = made.snapshot(*_rows(of), attempts=_attempts(of), as_of=made.local("2023-04-13 09:30"))
    first = next_revision(summarise(snapshot, of, made.STAMP), None)
    assert first is not None
    return first


def _attempts(of: Campaign) -> dict[str, tuple[Attempt, ...]]:
    attempts = {}
    owing = [r for r in of.roster.reporters if r.owes and r.is_valid_on(WEEK.wednesday)]
    for n, reporter in enumerate(owing):
        if reporter.id not in MISSING:
            attempts[reporter.id] = _files(reporter.id, f"2023-04-12 {9 + n % 6:02d}:{(n * 17) % 60:02d}")
    attempts["bchqs"] = (_file("bchqs", "2023-04-12 10:05"),)
    return attempts


def _files(reporter: str, received: str) -> tuple[Attempt, ...]:
    found: tuple[Finding, ...]
    if reporter == RETURNED:
        found = (
            finding("JUDGEMENT_UNKNOWN", "Thẩm tra", "E9", seen="Đạt 1 phần"),
            finding("COMMUNE_UNKNOWN", "Thẩm tra", "B12", seen="Mỹ Thạnh"),
            finding("WEEK_NOT_STATED", severity="warning"),
        )
        return (_file(reporter, received, "returned", findings=found),)
    if reporter == QUARANTINED:
        found = (finding("FILE_HAS_MACRO", severity="quarantine", name="bao cao tuan.xlsm"),)
        return (_file(reporter, received, "quarantined", findings=found, file_name="bao cao tuan.xlsm"),)
    if reporter == LATE:
        return (_file(reporter, "2023-04-13 09:30"),)
    if reporter == "my_thinh":
        found = (
            finding(
                "STATED_DEBT_DIFFERS", "C. Nợ XDCB", "O9", severity="warning", seen="300", expected="250"
            ),
        )
        return (_file(reporter, received, findings=found),)
    return (_file(reporter, received),)


def _file(reporter: str, received: str, state: str = "accepted", **overrides: Any) -> Attempt:
    names = {"file_name": f"bao-cao-tuan-{reporter}.xlsx"}
    return made.attempt(hashlib.sha256(reporter.encode()).hexdigest(), received, state, **names | overrides)


_PATTERN = ("met",) * 14 + ("nearly_met", "met", "not_met", "met", "not_stated", "met")
_STATES = list(DossierState)


def _rows(of: Campaign) -> list[made.AnyRow]:
    rows: list[made.AnyRow] = []
    for k, commune in enumerate(of.roster.communes()):
        for n, indicator in enumerate(of.catalogue.indicators()):
            said = _PATTERN[(n * 3 + k * 7) % len(_PATTERN)]
            rows.append(_progress(commune.id, indicator.code, said, n))
            rows += _verification(of, commune.id, indicator.code, said, n + k)
            state = _STATES[(n + k) % len(_STATES)]
            rows += [made.document(commune.id, indicator.code, "Báo cáo thuyết minh", state)] if n % 3 else []
        rows += _conditions(of, commune.id)
    return rows + _debts() + _remarks()


def _progress(commune: str, code: str, said: str, n: int) -> made.AnyRow:
    if said in ("met", "not_stated"):
        return made.judged(commune, code, said)
    planned = date(2023, 4, 20) + timedelta(days=n % 30)
    return made.judged(commune, code, said, completion=Decimal(60 + n % 39), planned_on=planned)


def _verification(of: Campaign, commune: str, code: str, said: str, n: int) -> list[made.AnyRow]:
    """The agency in charge says the same, save for one row in fifteen; who did not report says nothing."""
    lead = of.assignments.lead_of(code, WEEK.wednesday)
    if lead is None or lead in (*MISSING, RETURNED, QUARANTINED):
        return []
    other = "not_met" if n % 15 == 0 else said
    lacking = "Thiếu biên bản kiểm tra" if other == "not_met" else ""
    return [made.verified(lead, commune, code, other, lacking=lacking, checked_on=date(2023, 4, 10))]


def _conditions(of: Campaign, commune: str) -> list[made.AnyRow]:
    followed = [c.id for c in of.catalogue.conditions if commune in c.communes]
    return [made.judged(commune, condition, _PATTERN[n + 12]) for n, condition in enumerate(followed)]


def _debts() -> list[made.AnyRow]:
    million = 10**6
    road = {
        "accepted": 4_812 * million + 500_000,
        "allotted_district": 3_000 * million,
        "allotted_commune": 562 * million,
    }
    return [
        made.project(
            "my_ha",
            "Đường trục xã đoạn Mỹ Hà - Quốc lộ 21",
            decision="QĐ 112/QĐ-UBND",
            **road,
            paid=3_400 * million,
            stated_debt=1_250 * million,
        ),
        made.project(
            "my_ha",
            "Trường mầm non khu B",
            decision="QĐ 87/QĐ-UBND",
            accepted=2_100 * million,
            allotted_province=2_100 * million,
            paid=1_900 * million,
            stated_debt=0,
        ),
        made.project(
            "my_thinh",
            "Nhà văn hóa thôn 4",
            accepted=850 * million,
            allotted_people=600 * million,
            paid=600 * million,
            stated_debt=300 * million,
        ),
        made.project("my_thinh", "Kênh tưới đồng Nội", allotted_commune=120 * million),
    ]


def _remarks() -> list[made.AnyRow]:
    return [
        made.remark(
            "my_ha",
            "difficulties",
            "Nguồn vốn đối ứng của xã còn hạn hẹp;\nmột số hộ chưa bàn giao mặt bằng.",
        ),
        made.remark(
            "my_thinh", "proposals", "Đề nghị huyện bố trí 250 triệu đồng để trả nợ nhà văn hóa thôn 4."
        ),
        made.remark("pnn", "difficulties", "Hồ sơ mã vùng trồng cần thêm thời gian lấy ý kiến Sở."),
        made.remark("ca", "difficulties", "Nội dung này không được công bố."),
    ]
