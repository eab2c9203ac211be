"""Whether a new revision exists, and what it changes: figure by figure, nothing else."""

from collections.abc import Mapping

from domain.summary import Change, Figure, FigureValue


def changes(before: Mapping[str, Figure], after: Mapping[str, Figure]) -> tuple[Change, ...]:
    """Every figure whose value differs, in the order of `after`, then what is gone. Sources alone change
    nothing: the same figure read from another file is the same figure."""
    changed = [
        Change(figure.id, figure.kind, _value(before, figure.id), figure.value)
        for figure in after.values()
        if figure.id not in before or before[figure.id].value != figure.value
    ]
    gone = [
        Change(figure.id, figure.kind, figure.value, None)
        for figure in before.values()
        if figure.id not in after
    ]
    return (*changed, *gone)


def _value(figures: Mapping[str, Figure], figure_id: str) -> FigureValue:
    figure = figures.get(figure_id)
    return figure.value if figure else None
