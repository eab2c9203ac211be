"""docs/figures.md as a list: the ids that it names, each with its kinds."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from domain.figures.debt import AMOUNTS
from domain.forms import DossierState, Part
from domain.judgement import Judgement, Witness
from domain.summary import Figure, FigureKind

PAGE = Path(__file__).parents[1] / "docs" / "figures.md"


def _any_of(words: type[StrEnum] | tuple[str, ...]) -> str:
    return f"({'|'.join(words)})"


# What stands for certain words; any other placeholder for one word.
_WORDS = {
    "<amount>": _any_of(AMOUNTS),
    "<difference>": "difference/.+",
    "<figure id>": ".+",
    "<judgement>": _any_of(Judgement),
    "<part>": _any_of(Part),
    "<state>": _any_of(DossierState),
    "<witness>": _any_of(Witness),
    "<witness or agreed>": _any_of((*Witness, "agreed")),
}


@dataclass(frozen=True)
class Line:
    """One id as the page spells it, `cases/<commune>`, and what kinds of figure it may be."""

    id: str
    kinds: frozenset[str]

    def tells(self, figure: Figure) -> bool:
        is_like = "".join(_WORDS.get(word, "[^/]+" if word[0] == "<" else word) for word in self._words())
        return figure.kind.value in self.kinds and re.fullmatch(is_like, figure.id) is not None

    def _words(self) -> list[str]:
        return re.findall("<.+?>|[^<]+", self.id)


def lines() -> tuple[Line, ...]:
    """Every id of the page's first table."""
    rows = (
        row.split(" | ") for row in PAGE.read_text(encoding="utf-8").splitlines() if row.startswith("| `")
    )
    return tuple(line for row in rows for line in _lines(list(_ids(row[0])), row[1]))


def _lines(ids: list[str], kinds: str) -> Iterator[Line]:
    """A kind for each id, or one for all."""
    told = kinds.split(", ")
    for id_, kind in zip(ids, told if len(told) == len(ids) else [kinds] * len(ids), strict=True):
        yield Line(id_, frozenset(FigureKind) if kind == "as the figure" else _kinds(kind))


def _kinds(told: str) -> frozenset[str]:
    return frozenset(re.split(", | or ", told))


def _ids(cell: str) -> Iterator[str]:
    """`rate/on_time`, `late` and `.../nil` take the beginning over from the id before."""
    beginning = ""
    for said in re.findall("`(.+?)`", cell):
        start, _, word = said.rpartition("/")
        beginning = beginning if start in ("", "...") else start
        yield f"{beginning}/{word}"
