"""Small campaigns, weeks, files and rows for the tests of the domain: defaults that hold, overrides by keyword.

Dates and the shape of the catalogue are those of the public notice of 2023: eight Wednesdays from 12/4 to 31/5, the
break of 29/4-3/5, 19 criteria with 75 indicators in 76 rows. Who is in charge of what is made up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from domain.calendar import Calendar, DayOff, Milestone
from domain.campaign import Campaign, DocumentHeading
from domain.criteria import Assignment, Assignments, Catalogue, Condition, Criterion, Indicator, Unit
from domain.decisions import CaseDecision
from domain.figures.beside import Before
from domain.figures.build import Stamp, summarise
from domain.forms import DossierState, Part, Spellings
from domain.judgement import Judgement, Witness
from domain.lineage import CellSource, FigureSource
from domain.reporters import Reporter, ReporterKind, Roster
from domain.snapshot import Attempt, InForceRow, WeekSnapshot
from domain.submissions import (
    ALLOTTED_FIELDS,
    ROW_TYPES,
    DebtRow,
    DebtRowKind,
    DossierRow,
    ProgressRow,
    RemarkRow,
    Row,
    SubmissionState,
    VerificationRow,
)
from domain.summary import Figure, FigureValue, Summary
from domain.weeks import WeekName

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
W15 = WeekName(date(2023, 4, 12))
W18 = WeekName(date(2023, 5, 3))
W22 = WeekName(date(2023, 5, 31))
STAMP = Stamp(config_hash="c0ffee", code_version="1.0")
COMMUNE_PARTS = frozenset({Part.PROGRESS, Part.DOSSIERS, Part.DEBT, Part.REMARKS})


def local(moment: str) -> datetime:
    """`2023-04-12 16:00` on the clock of Việt Nam."""
    return datetime.fromisoformat(moment).replace(tzinfo=ZONE)


def days_off(
    first: date, last: date, name: str = "ngày nghỉ", *, announced: bool = True
) -> dict[date, DayOff]:
    """Every day of a break, both ends included."""
    return {first + timedelta(n): DayOff(name, announced) for n in range((last - first).days + 1)}


MILESTONES = (
    Milestone("M1", "Hồ sơ gửi phòng", "xong trước ngày 25/4/2023", date(2023, 4, 24), DossierState.SENT),
    Milestone(
        "M2", "Xin ý kiến Sở", "xong trước ngày 10/5/2023", date(2023, 5, 9), DossierState.PROVINCE_ASKED
    ),
    Milestone("M3", "Hoàn thành các tiêu chí", "chậm nhất trong tháng 5 năm 2023", date(2023, 5, 31)),
)


def calendar(**overrides: Any) -> Calendar:
    """The spring of 2023 with its one public holiday on a Wednesday."""
    facts: dict[str, Any] = {
        "zone": ZONE,
        "first_week": W15,
        "last_week": W22,
        "days_off": days_off(date(2023, 4, 29), date(2023, 5, 3), "nghỉ lễ 30/4"),
        "milestones": MILESTONES,
    }
    return Calendar(**facts | overrides)


# Rows per criterion, 1 to 19; criterion 2 has five rows of which 2.2a and 2.2b are one indicator.
_ROWS = (3, 5, 6, 1, 6, 3, 1, 5, 1, 1, 1, 3, 8, 4, 3, 3, 12, 8, 2)


def _indicators(number: int, rows: int) -> tuple[Indicator, ...]:
    if rows == 1:
        return (Indicator(str(number), f"Chỉ tiêu {number}", Unit.PERCENT),)
    if number == 2:
        joined = tuple(
            Indicator(code, f"Chỉ tiêu {code}", Unit.PERCENT, row_of="2.2") for code in ("2.2a", "2.2b")
        )
        others = [Indicator(code, f"Chỉ tiêu {code}", Unit.PERCENT) for code in ("2.1", "2.3", "2.4")]
        return (others[0], *joined, *others[1:])
    return tuple(
        Indicator(f"{number}.{n}", f"Chỉ tiêu {number}.{n}", Unit.YES_NO) for n in range(1, rows + 1)
    )


CATALOGUE = Catalogue(
    id="NTM-NC-2021-2025-DBSH",
    name="Bộ tiêu chí xã nông thôn mới nâng cao",
    confirmed=False,
    criteria=tuple(
        Criterion(f"NC-{number:02d}", number, f"Tiêu chí {number}", _indicators(number, rows))
        for number, rows in enumerate(_ROWS, start=1)
    ),
    conditions=(
        Condition(
            "KM-4-ANTT-1", "Không là xã trọng điểm về an ninh trật tự", frozenset({"my_thinh", "my_thanh"})
        ),
        Condition("GATE-NO-DONG", "Không có nợ đọng xây dựng cơ bản"),
    ),
)
EVERY_ROW = tuple(indicator.code for indicator in CATALOGUE.indicators())

ROSTER = Roster(
    (
        Reporter("my_ha", "Xã Mỹ Hà", ReporterKind.COMMUNE, ("UBND xã Mỹ Hà",)),
        Reporter("my_thinh", "Xã Mỹ Thịnh", ReporterKind.COMMUNE, ("UBND xã Mỹ Thịnh",)),
        Reporter("my_thanh", "Xã Mỹ Thành", ReporterKind.COMMUNE, ("UBND xã Mỹ Thành",)),
        Reporter("pktht", "Phòng Kinh tế và Hạ tầng", ReporterKind.AGENCY, ("Phòng kinh tế - Hạ tầng",)),
        Reporter("pgd", "Phòng Giáo dục và Đào tạo", ReporterKind.AGENCY),
        Reporter("ca", "Công an huyện", ReporterKind.AGENCY, publishes_remarks=False),
        Reporter("bchqs", "Ban CHQS huyện", ReporterKind.AGENCY, owes=False, publishes_remarks=False),
    )
)

# Criteria 1 to 4 to pktht, 5 to pgd, 19.1 to bchqs, 19.2 and the conditions to ca; the rest has nobody in charge.
_LEADS = {"1": "pktht", "2": "pktht", "3": "pktht", "4": "pktht", "5": "pgd"}
_LEADS_OF_ONE = {"19.1": "bchqs", "19.2": "ca", "KM-4-ANTT-1": "ca", "GATE-NO-DONG": "ca"}
ASSIGNMENTS = Assignments(
    tuple(
        Assignment(code, _LEADS_OF_ONE.get(code) or _LEADS.get(code.split(".")[0]))
        for code in (*EVERY_ROW, *(condition.id for condition in CATALOGUE.conditions))
    )
)


def campaign(**overrides: Any) -> Campaign:
    """The notice of 2023 with seven of its units."""
    facts: dict[str, Any] = {
        "id": "my-loc-2023",
        "name": "Nông thôn mới nâng cao, kiểu mẫu",
        "notice": "Thông báo tháng 4 năm 2023",
        "sample": True,
        "calendar": calendar(),
        "roster": ROSTER,
        "catalogue": CATALOGUE,
        "assignments": ASSIGNMENTS,
        "forms": (),
        "spellings": Spellings({}, {}, {}, frozenset(), frozenset()),
        "heading": DocumentHeading("UBND HUYỆN", "PHÒNG", "BC", "Mỹ Lộc", "Báo cáo", (), (), (), "VT"),
        "recipients": (),
        "severities": {},
    }
    return Campaign(**facts | overrides)


def with_reporter(reporter_id: str, **overrides: Any) -> Roster:
    """The roster with one unit changed."""
    return Roster(tuple(replace(r, **overrides) if r.id == reporter_id else r for r in ROSTER.reporters))


def attempt(sha256: str, received: str, state: str = "accepted", **overrides: Any) -> Attempt:
    """One file of a commune, recorded as it came; `received` as of local()."""
    facts: dict[str, Any] = {
        "file_name": f"{sha256}.xlsx",
        "received_at": local(received),
        "recorded_at": local(received),
        "parts": COMMUNE_PARTS,
    }
    return Attempt(sha256, state=SubmissionState(state), **facts | overrides)


AnyRow = InForceRow[Row]


def judged(commune: str, code: str, said: str, **overrides: Any) -> AnyRow:
    """The commune's own word on one indicator, criterion or condition."""
    columns = {"judgement": "G", "result": "F", "completion": "H", "planned_on": "I"}
    row = ProgressRow(
        sheet="A. Tiến độ", row=9, columns=columns, indicator=code, judgement=Judgement(said), **overrides
    )
    return InForceRow(commune, f"sha-{commune}", row)


def verified(agency: str, commune: str, code: str, said: str, **overrides: Any) -> AnyRow:
    """An agency's word on one indicator of one commune."""
    columns = {"judgement": "E", "state": "F", "lacking": "G", "checked_on": "H", "result": "L"}
    facts: dict[str, Any] = {"commune": commune, "indicator": code, "judgement": Judgement(said)}
    row = VerificationRow(sheet="Thẩm tra", row=7, columns=columns, **facts, **overrides)
    return InForceRow(agency, f"sha-{agency}", row)


def decided(week: WeekName, said: str, **overrides: Any) -> CaseDecision:
    """The department follows the agency over 1.1 of Mỹ Hà, the day after the week's close. said: `met not_met`."""
    first, second = said.split()
    facts: dict[str, Any] = {
        "commune": "my_ha",
        "code": "1.1",
        "follows": Witness.AGENCY,
        "decided_by": "Trưởng phòng Nông nghiệp và PTNT",
        "reason": "Biên bản kiểm tra ngày 12/4/2023",
        "recorded_at": calendar().close(week) + timedelta(days=1),
    }
    return CaseDecision(week=week, said=(first, second), **facts | overrides)


def document(commune: str, code: str, name: str, state: DossierState | None, **overrides: Any) -> AnyRow:
    """One evidence document."""
    columns = {"document": "C", "state": "D", "sent_on": "F"}
    facts: dict[str, Any] = {"indicator": code, "document": name, "state": state}
    return InForceRow(
        commune, f"sha-{commune}", DossierRow(sheet="B. Hồ sơ", row=5, columns=columns, **facts, **overrides)
    )


_DEBT_COLUMNS = {
    "project": "B",
    "in_programme": "F",
    "accepted": "G",
    "paid": "N",
    "stated_debt": "O",
} | dict(zip(ALLOTTED_FIELDS, "HIJKLM", strict=True))


def project(commune: str, name: str, **amounts: Any) -> AnyRow:
    """One project of a debt table; what isn't given is blank."""
    row = DebtRow(sheet="C. Nợ XDCB", row=8, columns=_DEBT_COLUMNS, project=name, **amounts)
    return InForceRow(commune, f"sha-{commune}", row)


def no_debt(commune: str) -> AnyRow:
    """The statement "không có nợ đọng"."""
    return project(commune, "Không có nợ đọng", kind=DebtRowKind.NO_DEBT)


def remark(reporter: str, subject: str, text: str) -> AnyRow:
    """One subject of free text."""
    row = RemarkRow(sheet="D. Ý kiến", row=4, columns={"text": "B"}, subject=subject, text=text)
    return InForceRow(reporter, f"sha-{reporter}", row)


_PART_OF = {kind: part for part, kind in ROW_TYPES.items()}


def snapshot(*lines: AnyRow, **overrides: Any) -> WeekSnapshot:
    """The week of 12/4/2023 as known at its close, with these rows in force."""
    rows: dict[Part, tuple[AnyRow, ...]] = {}
    for line in lines:
        part = _PART_OF[type(line.row)]
        rows[part] = (*rows.get(part, ()), line)
    facts: dict[str, Any] = {"week": W15, "as_of": local("2023-04-12 16:30"), "rows": rows}
    return WeekSnapshot("my-loc-2023", **facts | overrides)


def summary(*lines: AnyRow, of: Campaign | None = None, **overrides: Any) -> Summary:
    """What the week with these rows publishes."""
    return summarise(snapshot(*lines, **overrides), of or campaign(), STAMP)


def weeks(
    *rows: Sequence[AnyRow],
    of: Campaign | None = None,
    first: WeekName = W15,
    decisions: Sequence[CaseDecision] = (),
) -> list[Summary]:
    """What week after week publishes with these rows in force, each as known at its close, upon the week before; with
    the decisions over its cases and earlier ones, whenever they were recorded."""
    summaries: list[Summary] = []
    used = of or campaign()
    for n, in_force in enumerate(rows):
        week = first.shifted(n)
        before = Before(summaries[-1], f"sha-of-{week.shifted(-1)}") if summaries else None
        taken = tuple(each for each in decisions if each.week <= week)
        known = snapshot(*in_force, week=week, as_of=used.calendar.close(week), decisions=taken)
        summaries.append(summarise(known, used, STAMP, before))
    return summaries


def cells(figure: Figure) -> list[CellSource]:
    """The cells that a leaf leads to."""
    return [source for source in figure.sources if isinstance(source, CellSource)]


def named(figure: Figure) -> list[str]:
    """The ids of the figures that a total leads to."""
    return [source.figure_id for source in figure.sources if isinstance(source, FigureSource)]


def values(*lines: AnyRow, of: Campaign | None = None, **overrides: Any) -> Mapping[str, FigureValue]:
    """The same as id -> value."""
    return {figure.id: figure.value for figure in summary(*lines, of=of, **overrides).figures.values()}
