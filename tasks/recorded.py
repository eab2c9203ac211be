"""A file as the ledger has it, found by what a person says of it: its number, or the beginning of its SHA-256, which
stands in every answer to a sender. Knows no Prefect.
"""

import re
from dataclasses import dataclass

from domain.errors import UserError
from tasks.store import settlements, verdicts
from tasks.store.engine import reading
from tasks.store.settlements import Recorded
from tasks.store.submissions import Stored, find, find_by_hash
from tasks.store.verdicts import VerdictInForce
from tasks.workplace import Workplace

_NUMBER = re.compile("[0-9]{1,10}")
_LARGEST = 2**31 - 1  # a larger number fits in no column
# Of a million files one in 4,300 shares its first eight signs with another.
_HASH = re.compile("[0-9a-f]{8,64}")


@dataclass(frozen=True)
class Known:
    """A file as the ledger has it."""

    stored: Stored
    in_force: VerdictInForce | None
    decision: Recorded | None


def known(work: Workplace, number: int) -> Known:
    """Raises UserError for a number that is no file of the campaign."""
    with reading(work.engine) as connection:
        files = [one for one in find(connection, [number]) if one.arrival.campaign == work.campaign.id]
        judged = verdicts.in_force(connection, [number])
        decided = settlements.of(connection, [number])
    if not files:
        raise UserError(f"Không có tệp số {number}. Hãy xem: ntm quarantine list")
    return Known(files[0], judged.get(number), decided.get(number))


def may_name_a_file(text: str) -> bool:
    """Whether it has the form of a number or of the beginning of a hash."""
    said = _said(text)
    return _NUMBER.fullmatch(said) is not None or _HASH.fullmatch(said) is not None


def number_of(work: Workplace, text: str) -> int:
    """The number of the one file that a person means. Raises UserError where there is none, or several."""
    if not may_name_a_file(text):
        raise UserError(
            f"“{text}” không phải là số của tệp, cũng không phải là ít nhất 8 ký tự đầu của mã SHA-256. "
            "Số của tệp: ntm quarantine list."
        )
    found = _named(work, _said(text))
    if not found:
        raise UserError(
            f"Không có tệp nào có số hoặc mã “{text}” trong sổ cái. Xin kiểm tra lại; số của tệp: ntm quarantine list."
        )
    if len(found) > 1:
        raise UserError(_which(work, text, found))
    return found[0].id


def _named(work: Workplace, said: str) -> tuple[Stored, ...]:
    """Eight digits can be both: a number that the ledger has goes first."""
    campaign = work.campaign.id
    with reading(work.engine) as connection:
        numbers = [int(said)] if _NUMBER.fullmatch(said) and int(said) <= _LARGEST else []
        numbered = tuple(one for one in find(connection, numbers) if one.arrival.campaign == campaign)
        if numbered or not _HASH.fullmatch(said):
            return numbered
        return find_by_hash(connection, campaign, said)


def _which(work: Workplace, text: str, found: tuple[Stored, ...]) -> str:
    """The same bytes can be several files: another unit's or week's copy, or what a person moved."""
    told = (
        f"số {one.id} ({work.campaign.roster[one.arrival.reporter].name}, tuần {one.arrival.week})"
        for one in found
    )
    return f"Có {len(found)} tệp mang mã “{text}”: {', '.join(told)}. Xin ghi số của tệp."


def _said(text: str) -> str:
    return text.strip().lower()
