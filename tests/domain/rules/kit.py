"""A submission out of rows, and what the rules find in it."""

from collections import defaultdict
from typing import Any

from domain.findings import Finding
from domain.forms import Form, Part, PartForm
from domain.reporters import ReporterKind
from domain.rules import judge
from domain.submissions import NOTHING_EARLIER, ROW_TYPES, DebtRow, Earlier, EarlierPart, Row, Submission
from domain.weeks import WeekName
from tests.factories_domain import W15, campaign, local

W14 = W15.shifted(-1)
_PART_OF = {kind: part for part, kind in ROW_TYPES.items()}
_DEBT = PartForm(Part.DEBT, "C", (), total_row=("Tổng cộng", "Cộng", "Tổng"))
_FORM = Form("commune-weekly-v1", "NTM-XA-1", "", ReporterKind.COMMUNE, "", (), (_DEBT,))
CAMPAIGN = campaign(severities=defaultdict(lambda: "warning"), forms=(_FORM,))
LETTERS = {name: chr(ord("A") + n) for n, name in enumerate(DebtRow.__dataclass_fields__)}


def submission(
    *rows: Row,
    reporter: str = "my_ha",
    carrying: tuple[Part, ...] = (),
    nil: bool = False,
    week: WeekName = W15,
) -> Submission:
    """One file with these rows; `carrying` adds parts that hold none."""
    parts: dict[Part, tuple[Row, ...]] = dict.fromkeys(carrying, ())
    for row in rows:
        part = _PART_OF[type(row)]
        parts[part] = (*parts.get(part, ()), row)
    received = local("2023-04-12 09:00")
    return Submission("my-loc-2023", reporter, week, "sha", "tep.xlsx", received, nil=nil, parts=parts)


def before(*rows: Row, week: WeekName = W14) -> dict[Part, EarlierPart]:
    """These rows as they were in force in an earlier week."""
    return {part: EarlierPart(week, tuple(said)) for part, said in submission(*rows).parts.items()}


def found(code: str, *rows: Row, earlier: Earlier = NOTHING_EARLIER, **about: Any) -> tuple[Finding, ...]:
    """The findings of this code."""
    verdict = judge(submission(*rows, **about), (), CAMPAIGN, earlier)
    assert "RULE_FAILED" not in {finding.code for finding in verdict.findings}
    return tuple(finding for finding in verdict.findings if finding.code == code)


def cells(code: str, *rows: Row, **about: Any) -> list[str]:
    """Where they are."""
    return [finding.place.cell for finding in found(code, *rows, **about)]


def debt(row: int, project: str = "Đường trục xã", **fields: Any) -> DebtRow:
    """One row of the debt table, in đồng unless a unit is given. Column letters follow the order of the fields."""
    return DebtRow(sheet="C. Nợ XDCB", row=row, columns=LETTERS, project=project, **fields)
