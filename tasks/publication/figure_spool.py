"""Figures that are made slice by slice, put in the order of their ids on the disk. Knows lines; knows no campaign.

Each slice is sorted in memory and written as one run; then all runs are merged. A figure is one line of a run: a key
that sorts like its id, and its text.
"""

import os
from collections.abc import Iterable, Iterator
from heapq import merge
from typing import BinaryIO

from domain.summary import Figure
from tasks.publication.figure_file import FigureFile
from tasks.publication.figure_json import figure_text

# No text of JSON has one of these, and no other sign that an id may have is below them: lines sort as ids do.
_KEY_END, _ESCAPE, _LINE_END = "\x1d", "\x1e", "\x1f"
_ESCAPED = {number: f"{_ESCAPE}{chr(number + 0x40)}" for number in range(0x20)}
_PIECE = 1 << 16  # of each run at a time


class FigureSpool:
    """`file` is open for writing and reading, and empty."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._starts = [0]

    def add(self, figures: Iterable[Figure]) -> None:
        """One run. None of its ids was in another."""
        self._file.writelines(sorted(map(_line, figures)))
        self._starts.append(self._file.tell())

    def merged_into(self, file: BinaryIO) -> FigureFile:
        """All of them, as they stand in a summary.json. Raises ValueError where two have one id."""
        self._file.flush()
        runs = zip(self._starts, self._starts[1:], strict=False)
        between, last = b"", None
        for line in merge(*(self._lines(start, end) for start, end in runs)):
            key, _, text = line.partition(_KEY_END.encode())
            if key == last:
                raise ValueError(f"two figures with one id: {key.decode()}")
            file.write(between + text.replace(_LINE_END.encode(), b"\n"))
            between, last = b",\n", key
        file.flush()
        return FigureFile.of(file, 0, file.tell())

    def _lines(self, start: int, end: int) -> Iterator[bytes]:
        rest = b""
        for offset in range(start, end, _PIECE):
            read = os.pread(self._file.fileno(), min(_PIECE, end - offset), offset)
            *lines, rest = (rest + read).split(b"\n")
            yield from lines


def _line(figure: Figure) -> bytes:
    key = figure.id if figure.id.isprintable() else figure.id.translate(_ESCAPED)
    return f"{key}{_KEY_END}{figure_text(figure)}".replace("\n", _LINE_END).encode() + b"\n"
