"""The clean debt table of a commune, week by week: sums in triệu đồng that only rise, each explained by the others."""

from random import Random

from domain.submissions import ALLOTTED_FIELDS
from tests.planted.paper import Line

MONEY = (
    "total_investment",
    "settled",
    "accepted",
    *ALLOTTED_FIELDS,
    "paid",
    "stated_debt",
    "debt_before_2015",
)
TOTAL, NO_DEBT = "Tổng cộng", "Không có nợ đọng XDCB"
WITHOUT_DEBT = frozenset({"xa_00007", "xa_00014"})  # communes that say so below their projects
OWING, REPAID, COVERED = (0, 1), 2, (3, 4, 5)  # the projects of a commune, by number
REPAID_IN = 7
_NAMES = (
    "Đường trục xã",
    "Trường mầm non",
    "Nhà văn hóa thôn",
    "Kênh tưới nội đồng",
    "Trạm y tế xã",
    "Sân thể thao",
)


def debts_of(commune: str, at: int) -> list[Line]:
    if commune in WITHOUT_DEBT:
        return [*(_project(commune, n, at) for n in COVERED), {"project": NO_DEBT}]
    projects = [_project(commune, n, at) for n in range(len(_NAMES))]
    return [*projects, total_of(projects)]


def total_of(projects: list[Line]) -> Line:
    """As a spreadsheet adds up: a blank counts for nothing, and text isn't added."""
    sums = {name: [p[name] for p in projects if isinstance(p.get(name), int | float)] for name in MONEY}
    return {"project": TOTAL} | {name: round(sum(stated), 6) for name, stated in sums.items()}


def moves(number: int, at: int) -> bool:
    """Whether a sum of this project has moved since the week before."""
    return (at + number) % 3 != 2 or (number == REPAID and at == REPAID_IN)


def _project(commune: str, number: int, at: int) -> Line:
    chance = Random(f"{commune}: project {number}")
    whole, owed = chance.randint(1200, 9000), chance.randint(60, 300)
    grown = whole // 50

    def accepted(week: int) -> int:
        return whole * 6 // 10 + grown * ((week + number) // 3)

    allotted = accepted(0) - owed if number not in COVERED else whole * 8 // 10
    sources = [allotted * 3 // 10, allotted // 5, allotted * 3 // 10]
    line: Line = dict(zip(ALLOTTED_FIELDS, (*sources, allotted - sum(sources) - 20, 0, 20), strict=True))
    if number == REPAID and at >= REPAID_IN:
        line["allotted_commune"] += accepted(at) - allotted
        allotted = accepted(at)
    debt = max(0, accepted(at) - allotted)
    return line | {
        "project": f"{_NAMES[number]} {commune}",
        "decision": f"{100 * (number + 1) + chance.randint(1, 99)}/QĐ-UBND ngày 12/5/2021",
        "term": "2021 - 2023",
        "total_investment": whole,
        "settled": whole - 100 if number == 0 else None,
        "accepted": accepted(at),
        "paid": whole * 4 // 10 + 10 * ((at + number + 2) // 3),
        "stated_debt": debt,
        "debt_before_2015": 0,
        "repayment": "Ngân sách xã" if debt else None,
    }
