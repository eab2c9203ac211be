"""What stands below the rows of a table and is none of them: who made it, who signs, who receives it.

Known by exact words (config/spellings.yaml) or by "Mỹ Hà, ngày 12 tháng 4 năm 2023". Names of people stand there, and
none is kept. Where anything below still reads like a row nothing is cut off: in doubt it is read, and asked about.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from domain.campaign import Campaign
from domain.findings import Finding, Place
from domain.forms import CellKind
from domain.reading.cell import Cell, RawValue
from domain.reading.indicator import codes_of
from domain.telling import finding
from domain.vietnamese import match_key, normal_text
from tasks.intake.heading_units import unit_named
from tasks.intake.table import Table, is_unit_line

_PLACE_AND_DAY = re.compile(r"[^\d,;:]{2,60},ngày\W*\d{0,2}\W*tháng\W*\d{0,2}\W*năm\W*\d{0,4}\W*")
_NUMBER = re.compile(r"[-−+(]?\s*\d")  # with a unit or without


def without_footer(table: Table, campaign: Campaign) -> Table:
    """The table up to its footer; as it is where it has none."""
    for row in range(_silent_from(table, campaign), table.end):
        values = table.sheet.rows[row]
        at = next((c for c, value in enumerate(values) if _begins_a_footer(value, campaign)), None)
        if at is not None:
            return replace(table, end=row, footer=table.sheet.name_of(row, at))
    return table


def _silent_from(table: Table, campaign: Campaign) -> int:
    """The row from which on nothing is said. From below: of most tables the last row says something."""
    for row in reversed(range(table.headings.last + 1, table.end)):
        if _says_something(table.sheet.rows[row], table, campaign):
            return row + 1
    return table.headings.last + 1


def footer_finding(table: Table, campaign: Campaign) -> Iterator[Finding]:
    """Told, because everything that is left out is."""
    if table.footer:
        seen = next(
            Cell(value).seen for value in table.sheet.rows[table.end] if _begins_a_footer(value, campaign)
        )
        yield finding(campaign, "FOOTER_NOT_READ", Place(table.sheet.name, table.footer), seen=seen)


def _begins_a_footer(value: RawValue, campaign: Campaign) -> bool:
    """With one of the words as whole words: "Chủ tịch UBND xã", not "Chủ tịchđoàn"."""
    if not isinstance(value, str) or not value:
        return False
    key = match_key(value)
    begins = any(
        key.startswith(word) and not key[len(word) :][:1].isalnum() for word in campaign.spellings.footer
    )
    return begins or _PLACE_AND_DAY.fullmatch(key) is not None


def _names_another_unit(text: str, table: Table, campaign: Campaign) -> bool:
    """ "Ghi chú: số liệu tính theo nghìn đồng", where nothing or something else stands above the table."""
    if not is_unit_line(text) or all(at.column.kind is not CellKind.MONEY for at in table.headings.columns):
        return False
    said = campaign.spellings.money_unit.get(match_key(unit_named(normal_text(text)) or ""))
    return {said} != {line.unit for line in table.unit_lines}


def _says_something(values: Sequence[RawValue], table: Table, campaign: Campaign) -> bool:
    """A number, a date, or a word that stands in a list of ours."""
    filled = [value for value in values if value is not None]
    keys = [match_key(value) for value in filled if isinstance(value, str)]
    if len(keys) < len(filled) or any(_NUMBER.match(key) for key in keys):
        return True
    if any(_names_another_unit(value, table, campaign) for value in filled if isinstance(value, str)):
        return True
    if not keys:
        return False
    subjects = {match_key(text) for text in table.headings.form.subjects}
    spellings = campaign.spellings
    lists = (codes_of(campaign.catalogue), spellings.judgement, spellings.dossier_state, subjects)
    return any(campaign.roster.of_key(key) or any(key in each for each in lists) for key in keys)
