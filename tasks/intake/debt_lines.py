"""What a line of the debt table is: a project, a total, a statement of no debt, a section's title; and what of it
nobody can be sure of. Whether a total is the sum of its rows stands in domain/rules.
"""

import re
from collections.abc import Iterator, Mapping, Set

from domain.campaign import Campaign
from domain.debt import names_a_decision
from domain.findings import Finding, Place
from domain.forms import CellKind, Part, PartForm
from domain.reading.cell import Cell
from domain.submissions import DebtRowKind
from domain.telling import finding
from domain.vietnamese import match_key, normal_text
from tasks.intake.table import Table

_LETTERED = re.compile(r"[ivxl]+|[^\W\d_]")  # I, II, IV; A, B, Đ: how sections are numbered
_HEADED = re.compile(
    r"(?:[IVXL]+|[A-ZĐ]) ?[.)/-] ?[^\W\d_].*"
)  # "II. Công trình mới"; "1. Đường" numbers projects
_COMMUNITY = "cộng đồng"  # begins like a total and is none
Cells = Mapping[str, Cell]


def kind_of(form: PartForm, cells: Cells) -> DebtRowKind:
    """By the words in the ordinal's or the project's cell; only a project can have a decision.

    A total may say more than its word ("Tổng cộng (6 dự án)"); the rules ask where no rows add up to it.
    """
    said = {match_key(cells[name].text) for name in ("project", "ordinal") if name in cells}
    totals = [match_key(text) for text in form.total_row]
    if said & set(totals):
        return DebtRowKind.TOTAL
    if said & {match_key(text) for text in form.no_debt}:
        return DebtRowKind.NO_DEBT
    begins_so = any(_begins(key, words) for key in said for words in totals)
    return DebtRowKind.TOTAL if begins_so and not has_decision(cells) else DebtRowKind.PROJECT


def is_lettered(cells: Cells) -> bool:
    """Numbered like a section, and without a decision: hardly a project."""
    return _LETTERED.fullmatch(ordinal(cells)) is not None and not has_decision(cells)


def section_number(cells: Cells) -> str:
    """Of a section ("ii", "a"), "" where it is none. Small letters number the parts of a project as well."""
    return ordinal(cells) if is_lettered(cells) and cells["ordinal"].text.isupper() else ""


def is_title(cells: Cells) -> bool:
    """ "I | Công trình chuyển tiếp" with nothing beside it, or both in one cell; "a | Nhà văn hóa" is a project that
    states nothing."""
    if section_number(cells):
        return all(cell.is_blank for name, cell in cells.items() if name not in ("ordinal", "project"))
    return is_headed(cells.get("project")) and all(
        cell.is_blank for name, cell in cells.items() if name != "project"
    )


def is_headed(project: Cell | None) -> bool:
    """Whether a project's cell begins with the number of a section."""
    return project is not None and _HEADED.fullmatch(normal_text(project.text)) is not None


def section_titles(table: Table, campaign: Campaign) -> Iterator[Finding]:
    """Those with their number in one cell: told, because a project may be called so."""
    at = {each.column.id: each.index for each in table.headings.columns}
    if table.headings.form.part is not Part.DEBT or "project" not in at:
        return
    for row in range(table.headings.last + 1, table.end):
        project = table.sheet.cell(row, at["project"])
        if is_headed(project) and is_title({name: table.sheet.cell(row, n) for name, n in at.items()}):
            place = Place(table.sheet.name, table.sheet.name_of(row, at["project"]))
            yield finding(campaign, "SECTION_TITLE", place, seen=project.seen)


def merged_sums(table: Table, rows: Set[int], campaign: Campaign) -> Iterator[Finding]:
    """One sum in a cell merged over several rows or kinds of money: whose it is, or which, nobody can say.

    `rows`: the zero-based lines that are rows.
    """
    if table.headings.form.part is not Part.DEBT:
        return
    money = {at.index for at in table.headings.columns if at.column.kind is CellKind.MONEY}
    for left, top, right, bottom in table.sheet.merged_ranges():
        if left not in money or top not in rows:
            continue
        below, cell = range(top + 1, min(bottom + 1, table.end)), table.sheet.cell(top, left)
        is_shared = any(row in rows for row in below) or any(left < index <= right for index in money)
        if is_shared and not cell.is_blank:
            place = Place(table.sheet.name, table.sheet.name_of(top, left))
            yield finding(campaign, "MONEY_MERGED", place, seen=cell.seen)


def ordinal(cells: Cells) -> str:
    return match_key(cells["ordinal"].text).strip("()[] .") if "ordinal" in cells else ""


def names_a_part(form: PartForm, cells: Cells) -> bool:
    """ "Trong đó: thiết bị"."""
    key = match_key(cells["project"].text) if "project" in cells else ""
    return any(_begins(key, match_key(words)) for words in form.part_row)


def has_decision(cells: Cells) -> bool:
    return "decision" in cells and names_a_decision(cells["decision"].text)


def _begins(key: str, words: str) -> bool:
    """With these as whole words: "tổng hợp" begins with "tổng", "cộngđồng" not with "cộng"."""
    goes_on = key[len(words) :]
    return bool(words) and key.startswith(words) and not goes_on[:1].isalnum() and key[:9] != _COMMUNITY
