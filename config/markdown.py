"""Tables of the pages that are written from the code."""

from collections.abc import Iterable


def markdown_table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Its lines and a blank one; nothing where there are no rows."""
    told = list(map(_row, rows))
    return [_row(heads), "|" + "---|" * len(heads), *told, ""] if told else []


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
