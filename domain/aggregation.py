"""Counts and sums over a week's rows. The only module of domain that knows pandas.

Frames in and out have one row per commune and thing, and keep what is missing missing: an absent judgement is
`not_stated`, an absent sum is NA. pandas' own defaults would make both a zero or a drop.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd

from domain.judgement import Judgement

# Rolling up is taking the lowest rank: rolled_up() in judgement.py says why, and a property test holds them
# together.
_RANKED = (Judgement.NOT_MET, Judgement.NOT_STATED, Judgement.NEARLY_MET, Judgement.MET)
_RANK = {judgement: rank for rank, judgement in enumerate(_RANKED)}

Stated = Mapping[tuple[str, str], Judgement]  # (commune, code) -> what a witness said


def rolled_up_by(
    stated: Stated, group_of: Mapping[str, str], communes: Sequence[str]
) -> dict[tuple[str, str], Judgement]:
    """Judgement per (commune, group) from judgements per (commune, code).

    `group_of`: every code of the catalogue -> its group (criterion, or indicator of several rows), in order
    of print. A code that nobody judged counts as not stated; codes outside `group_of` are left aside.
    """
    index = pd.MultiIndex.from_product([list(communes), list(group_of)], names=["commune", "code"])
    ranks = pd.Series(
        [_RANK[stated.get(key, Judgement.NOT_STATED)] for key in index],
        index=index,
        dtype="int8",
        name="rank",
    )
    groups = index.get_level_values("code").map(group_of)
    lowest = ranks.groupby([index.get_level_values("commune"), groups], sort=False).min()
    return {key: _RANKED[rank] for key, rank in lowest.items()}


def counts_by_judgement(judged: Mapping[tuple[str, str], Judgement]) -> dict[tuple[str, Judgement], int]:
    """How many things of each commune have each of the four judgements; all four are there,
    absent ones as 0."""
    frame = pd.DataFrame(
        [(commune, judgement) for (commune, _), judgement in judged.items()], columns=["commune", "judgement"]
    )
    table = frame.groupby(["commune", "judgement"], sort=False).size().unstack(fill_value=0)
    table = table.reindex(columns=list(Judgement), fill_value=0)
    return {(commune, j): int(table.at[commune, j]) for commune in table.index for j in Judgement}


def sums_by(
    records: Iterable[Mapping[str, str | int | None]], key: str, amounts: Sequence[str]
) -> dict[str, dict[str, int | None]]:
    """Sum of each amount per value of `key`. Amounts are whole đồng; None = not stated.

    A sum runs over those that state it; where nobody states it, it is None and not 0 (Int64, min_count=1:
    float would lose đồng above 2^53, and sum() alone would make a missing figure 0).
    """
    rows = list(records)
    # pd.array and not astype: a list with None becomes float on its way into a frame and loses the last đồng.
    columns = {amount: pd.array([row[amount] for row in rows], dtype="Int64") for amount in amounts}
    frame = pd.DataFrame({key: [row[key] for row in rows], **columns})
    sums = frame.groupby(key, sort=False)[list(amounts)].sum(min_count=1)
    return {
        str(group): {
            amount: None if pd.isna(sums.at[group, amount]) else int(sums.at[group, amount])
            for amount in amounts
        }
        for group in sums.index
    }


def share(part: int, whole: int) -> Decimal | None:
    """Percent points with one decimal, halves upwards as people round; None of nothing."""
    if not whole:
        return None
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
