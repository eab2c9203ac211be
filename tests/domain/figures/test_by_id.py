"""Figures that know their order are asked for it; others are sorted."""

from collections.abc import Iterator

from domain.figures.by_id import FiguresById, ids_under, told_in_order
from domain.summary import Figure, FigureKind

IDS = ("a/1", "a/2", "b/1")


class Ordered(FiguresById):
    """Figures that are no dict; counts how often it is asked for what begins alike."""

    def __init__(self) -> None:
        self.figures = {each: Figure(each, FigureKind.NUMBER, 1, ()) for each in IDS}
        self.asked: list[str] = []

    def under(self, prefix: str) -> Iterator[str]:
        self.asked.append(prefix)
        return (each for each in IDS if each.startswith(prefix))

    def __getitem__(self, figure_id: str) -> Figure:
        return self.figures[figure_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self.figures)

    def __len__(self) -> int:
        return len(self.figures)


def test_figures_that_know_their_order_find_what_begins_alike_themselves():
    ordered = Ordered()
    assert list(ids_under(ordered, "a/")) == ["a/1", "a/2"]
    assert ordered.asked == ["a/"]
    assert [figure_id for figure_id, _ in told_in_order(ordered)] == list(IDS)


def test_of_any_other_mapping_the_order_is_made():
    shuffled = {each: Ordered()[each] for each in reversed(IDS)}
    assert list(ids_under(shuffled, "a/")) == ["a/1", "a/2"]
    assert [figure_id for figure_id, _ in told_in_order(shuffled)] == list(IDS)
