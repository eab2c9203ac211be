"""Struck-out, raised and lowered text: what can be understood two ways by it. Knows no format."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

TEXT_STRUCK = "TEXT_STRUCK"
STRUCK, RAISED = "struck", "raised"  # raised or lowered
TO_THE_END = 1 << 31
Marked = tuple[str, int, int]  # effect, its first letter, the letter after it
_BETWEEN_DIGITS = " .,/-:\u00a0"


def is_in_doubt(text: str, marked: Iterable[Marked]) -> bool:
    """Struck text may be withdrawn or forgotten: always. Raised text only where it can change a figure: right behind a
    number ("10²" reads 102), right before one, or alone in its cell (the mark of a footnote reads 1). "m²" and "CO₂"
    read the same raised or plain, and a judgement with a raised mark behind it is one that no reading accepts.
    """
    return any(_changes(text, *mark) for mark in marked)


def marked_runs(runs: Iterable[tuple[str, int]]) -> Iterator[Marked]:
    """`runs`: (effect or "", letters), one after the other. Word cuts one effect into several runs."""
    at = 0
    for effect, same in groupby(runs, key=lambda run: run[0]):
        start, at = at, at + sum(letters for _, letters in same)
        if effect and at > start:
            yield effect, start, at


def runs_over(named: Sequence[tuple[str | None, int]], own: str) -> tuple[Marked, ...]:
    """Of a text with runs, None for the effect of the cell itself; of a text without, the cell's own."""
    return tuple(marked_runs([(own if run is None else run, n) for run, n in named] or [(own, TO_THE_END)]))


def _changes(text: str, effect: str, start: int, end: int) -> bool:
    run, before, after = text[start:end], text[:start].rstrip(_BETWEEN_DIGITS), text[end:]
    if effect == STRUCK or not run.strip():
        return bool(run.strip())
    if not before and not after.strip():
        return any(letter.isdigit() for letter in run)
    return before[-1:].isdigit() or after[:1].isdigit()
