"""docs/figures.md, written by hand, names the ids that domain/summary.py spells, all of them and no other.

Whether what is published stands there with its kind: tests/flows/test_expected_campaign.py.
"""

import inspect
import re
from collections.abc import Iterator

from domain import summary
from domain.summary import FigureKind
from tests.figures_page import lines

# A figure id may be any, so also with its own slashes; what belongs to a state stands behind its id.
ANY = {"figure_id": ".+"}
BEHIND_STATES = "state/[^/]+/[^/]+"


def _spelled() -> Iterator[tuple[str, str]]:
    """Each with all its words, and without those that may be left out."""
    for name, function in vars(summary).items():
        if name.endswith("_id") and inspect.isfunction(function):
            words = inspect.signature(function).parameters
            every = {word: ANY.get(word, "[^/]+") for word in words}
            yield name, function(**every)
            needed = {word: every[word] for word, each in words.items() if each.default is each.empty}
            if needed != every:
                yield f"{name}, in short", function(**needed)


SPELLED = dict(_spelled())


def test_every_id_that_is_spelled_stands_on_the_page() -> None:
    assert len(SPELLED) > 20
    named = [line.id for line in lines()]
    assert [
        name for name, spelled in SPELLED.items() if not any(re.fullmatch(spelled, id_) for id_ in named)
    ] == []


def test_every_id_on_the_page_is_spelled() -> None:
    spelled = [*SPELLED.values(), BEHIND_STATES]
    named = [line.id for line in lines()]
    assert [id_ for id_ in named if not any(re.fullmatch(each, id_) for each in spelled)] == []


def test_every_kind_on_the_page_is_one() -> None:
    assert {kind for line in lines() for kind in line.kinds} == set(FigureKind)
