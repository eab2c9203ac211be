"""A code beside the name of another indicator: a row that was copied, or a name column that slipped.

Rows keep codes alone (forms print the names), so both are compared here, where they are at hand. Only what is plainly
another indicator's name is told: in full, or as the beginning of that one name alone.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from domain.campaign import Campaign
from domain.criteria import Catalogue
from domain.findings import Finding, Place
from domain.telling import finding
from domain.vietnamese import match_key
from tasks.intake.headings import ColumnAt
from tasks.intake.known import Itself
from tasks.intake.read_lines import Line
from tasks.intake.table import Table

_NAME, _CODE = "indicator_text", "indicator"
_LONGEST = 400  # characters; no catalogue has a longer name, and what was seen is remembered
_FEWEST_WORDS = 3  # of a beginning: fewer begin too many sentences
_CATALOGUES, _TEXTS = 4, 1024


def name_findings(table: Table, lines: Sequence[Line], campaign: Campaign) -> Iterator[Finding]:
    """Of each row of a single indicator. A name merged over several rows belongs to the first of them."""
    name_at, code_at = _column(table, _NAME), _column(table, _CODE)
    if name_at is None or code_at is None:
        return
    owner_of, sheet = _owner_of(Itself(campaign.catalogue)), table.sheet
    for line in lines:
        cells, code = sheet.rows[line.row], line.kept[_CODE].value
        name = cells[name_at.index] if name_at.index < len(cells) else None
        if not code or not isinstance(name, str) or len(name) > _LONGEST:
            continue
        owner = owner_of(name, code)
        if owner:
            place = Place(sheet.name, sheet.name_of(line.row, code_at.index))
            told = {"indicator": code, "seen": sheet.cell(line.row, name_at.index).seen, "expected": owner}
            yield finding(campaign, "CODE_AND_NAME_DIFFER", place, **told)


def _column(table: Table, name: str) -> ColumnAt | None:
    return next((at for at in table.headings.columns if at.column.id == name), None)


@lru_cache(maxsize=_CATALOGUES)
def _owner_of(catalogue: Itself[Catalogue]) -> Callable[[str, str], str]:
    """(name, code) -> the other indicator whose name it is; "" where it may be this code's, several's or nobody's."""
    named = [(match_key(indicator.name), indicator.code) for indicator in catalogue.one.indicators()]

    @lru_cache(maxsize=_TEXTS)
    def owner_of(name: str, code: str) -> str:
        key = match_key(name.rstrip("…. "))
        codes = [other for full, other in named if _is_name(key, full)]
        is_anothers = len(codes) == 1 and code not in codes and catalogue.one.indicator(code) is not None
        return codes[0] if is_anothers else ""

    return owner_of


def _is_name(key: str, full: str) -> bool:
    """The name itself, or whole words that begin it."""
    if key == full:
        return True
    is_beginning = full.startswith(key) and not full[len(key) : len(key) + 1].isalnum()
    return is_beginning and len(key.split()) >= _FEWEST_WORDS
