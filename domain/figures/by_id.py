"""Figures in the order of their ids, wherever they stand: a country's week has ten million, too many for memory.

Knows no file; tasks/publication/figure_file.py reads them from the disk.
"""

from abc import abstractmethod
from collections.abc import Iterator, Mapping

from domain.summary import Figure


class FiguresById(Mapping[str, Figure]):
    """Iterates in the order of ids, and finds those that begin alike without looking at the others."""

    @abstractmethod
    def under(self, prefix: str) -> Iterator[str]:
        """The ids that begin with `prefix`, in their order."""

    def told(self) -> Iterator[tuple[str, object]]:
        """Each id with what is equal only where the figures are, and may be cheaper to have."""
        return iter(self.items())


def ids_under(figures: Mapping[str, Figure], prefix: str) -> Iterator[str]:
    """The ids that begin with `prefix`, in their order. Looks at all figures where they have no order."""
    if isinstance(figures, FiguresById):
        return figures.under(prefix)
    return iter(sorted(figure_id for figure_id in figures if figure_id.startswith(prefix)))


def told_in_order(figures: Mapping[str, Figure]) -> Iterator[tuple[str, object]]:
    """Each id with what is equal only where the figures are, in the order of ids."""
    if isinstance(figures, FiguresById):
        return figures.told()
    return iter(sorted(figures.items(), key=lambda item: item[0]))
